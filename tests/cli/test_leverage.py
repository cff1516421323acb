"""What ``rapallo leverage`` says of bands, of all domains together, and of what the record cannot tell."""

from __future__ import annotations

import json

import pytest

from rapallo.cli import output
from rapallo.measures.market import DOMAINS

ASKED = ("leverage", "CHN", "PRK", "--on", "2024-06-22")


@pytest.fixture
def terminal(monkeypatch):
    """Standard output is a terminal."""
    monkeypatch.setattr(output, "wants_json", lambda *, asked: asked)


def test_json_bears_bands_and_what_is_untold(run):
    (day,) = json.loads(run(*ASKED).out)
    assert {part["domain"]: part["band"] for part in day["leverage"]}["protection"] == "near total"
    overall = day["overall"]
    assert (overall["band"], overall["domains"]) == ("near total", ["protection"])
    assert set(overall["heavy"]) == {"trade", "energy", "protection"}
    assert sorted((*overall["told"], *overall["untold"])) == sorted(DOMAINS)
    assert overall["untold"]["transit"] == "whether it has a coast is not in the record"


def test_a_table_ends_with_all_domains_together(run, terminal):
    said = " ".join(run(*ASKED).out.split())
    assert "near total" in said
    assert (
        "2024-06-22: near total over all (protection); heavy or more in 3 of 3 domains told; untold: arms"
        in said
    )
    assert "trade: 85% of North Korea's recorded trade is with China" in said


def test_nothing_held_says_what_is_untold(run, terminal):
    ran = run("leverage", "TUV", "SMR", "--on", "2024-06-22")
    assert ran.code == 3
    assert "TUV over SMR: the record shows none" in ran.out
    assert "none over all; heavy or more in 0 of 1 domain told; untold: trade" in " ".join(ran.out.split())


def test_cut_points_of_ones_own(run, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text("bands: {low: 0, high: 0.95}\nheavy: high\n", "utf-8")
    (day,) = json.loads(run(*ASKED, "--bands", mine).out)
    assert {part["band"] for part in day["leverage"]} == {"low"}
    assert (day["overall"]["band"], day["overall"]["heavy"]) == ("low", [])


@pytest.mark.parametrize("text", ["bands: {low: 1}", "[" * 5000, "\x00", None])
def test_bad_cut_points_are_an_error_in_one_line(run, tmp_path, text):
    mine = tmp_path / "mine.yaml"
    if text is not None:
        mine.write_text(text, "utf-8")
    ran = run(*ASKED, "--bands", mine)
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert ran.err
