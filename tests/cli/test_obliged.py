"""``rapallo obliged`` as a user calls it."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from rapallo.cli import obliged_page, output
from tests.cli.test_bad_input import assert_one_line_error

ON = ("--on", "2024-06-22")
KOREA = ("obliged", "--attacker", "USA", "--attacked", "PRK", *ON)


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr(output, "wants_json", lambda *, asked: asked)


def test_json_keeps_the_contract_and_gains_keys(run):
    told = json.loads(run(*KOREA, "--likely", "--why", "CHN").out)
    assert told["answers"]["CHN"]["answer"] == "YES"
    assert told["tree"]["attacker"] == "USA"
    assert told["likely"]["CHN"]["by_kind"]["cases"] == 96
    assert told["likely"]["CHN"]["by_kind"]["loaded"] is False
    assert "Honoured when tested" in told["likely_caution"]
    assert {c["who"] for c in told["conflicts"]} >= {"PHL", "THA"}
    assert told["why"][1].startswith("YES: CHN")


@pytest.mark.usefixtures("terminal")
def test_a_person_reads_states_by_answer(run):
    out = run(*KOREA, "--likely").out
    assert out.startswith("United States attacks North Korea on 2024-06-22\n\nYES: bound to help (1)\n")
    assert "  China for North Korea\n" in out
    assert "pulled both ways: it may have to help United States against China" in out
    assert "honoured 39 of 96, 41% (31% to 51%, published figures, not" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 110


@pytest.mark.usefixtures("terminal")
def test_why_one_state_and_why_not(run):
    ukraine = ("obliged", "--attacker", "UKR", "--attacked", "RUS", "--on", "2025-01-01")
    assert "DISPUTED: North Korea, on the side of Russia" in run(*ukraine, "--why", "PRK").out
    assert "NO: Brazil owes nothing here" in run(*ukraine, "--why", "BRA").out
    assert "one of those that clash" in run(*ukraine, "--why", "RUS").out
    early = run(*ukraine[:-1], "2024-08-10", "--why", "PRK").out
    assert "signed, not in force" in early


@pytest.mark.usefixtures("terminal")
def test_the_tree_as_before(run):
    assert "─ YES: China for North Korea" in run(*KOREA, "--tree").out


def test_where_is_a_fact(run):
    falklands = ("obliged", "--attacker", "ARG", "--attacked", "GBR", "--on", "1982-04-02")
    for more in (("--where", "FLK"), ("--fact", "where=FLK")):
        assert json.loads(run(*falklands, *more).out)["answers"]["DEU"]["answer"] == "NO"


def test_a_place_that_nobody_knows_leaves_it_open(run):
    falklands = ("obliged", "--attacker", "ARG", "--attacked", "GBR", "--on", "1982-04-02")
    assert json.loads(run(*falklands, "--where", "Ruritania").out)["answers"]["DEU"]["answer"] == "DISPUTED"


def test_several_attack(run):
    war = ("--attacker", "DEU", "--attacker", "SUN", "--attacked", "POL")
    told = json.loads(run("obliged", *war, "--on", "1939-09-17").out)
    assert told["attackers"] == ["DEU", "SUN"]
    assert told["answers"]["FRA"]["answer"] == "YES"
    assert "SUN" not in told["answers"]


def test_a_picture_is_written(run, tmp_path):
    assert run(*KOREA, "--svg", tmp_path / "tree.svg").code == 0
    assert ET.parse(tmp_path / "tree.svg").getroot().get("role") == "img"


def test_whose_attack(run):
    told = json.loads(run("obliged", "--whose-attack-obliges", "CHN", "--attacked", "PRK", *ON).out)
    assert told["asked"] == len(told["found"]) > 190
    none = run("obliged", "--whose-attack-obliges", "BRA", "--attacked", "PRK", "--attacker", "KOR", *ON)
    assert (none.code, json.loads(none.out)["found"]) == (3, [])


@pytest.mark.usefixtures("terminal")
def test_the_questions_turned_around_for_a_person(run):
    whose = run("obliged", "--whose-attack-obliges", "CHN", "--attacked", "PRK", *ON).out
    assert "Whose attack on North Korea would oblige China" in whose
    assert "that is each of the states asked" in whose
    gap = run("obliged", "--attacker", "UKR", "--attacked", "RUS", "--gap", "CHN", *ON).out
    assert "1. YES: China promises Russia help in any war with Ukraine" in gap
    chains = run("obliged", "--attacker", "KOR", "--attacked", "PRK", "--chains", *ON).out
    assert "  it breaks without prk-chn-1961/1\n" in chains
    assert "drawn in by no clause: France, United Kingdom, Russia" in chains


@pytest.mark.parametrize(
    "arguments",
    [
        ("--attacker", "USA"),
        ("--attacked", "PRK"),
        ("--attacker", "PRK", "--attacked", "PRK"),
        ("--attacker", "USA", "--attacker", "USA", "--attacked", "PRK"),
        ("--attacker", "USA", "--attacked", "PRK", "--why", "Atlantis"),
        ("--attacker", "USA", "--attacked", "PRK", "--gap", "USA"),
        ("--attacker", "USA", "--attacked", "PRK", "--gap", "CHN", "--chains"),
        ("--attacker", "USA", "--attacker", "KOR", "--attacked", "PRK", "--chains"),
        ("--whose-attack-obliges", "PRK", "--attacked", "PRK"),
        ("--attacker", "USA", "--attacked", "PRK", "--fact", "weather=bad"),
        ("--attacker", "USA", "--attacked", "PRK", "--fact", "provoked"),
        ("--attacker", "USA", "--attacked", "PRK", "--fact", "provoked=maybe"),
        ("--attacker", "USA", "--attacked", "PRK", "--fact", "provoked=yes", "--fact", "provoked=no"),
        ("--attacker", "USA", "--attacked", "PRK", "--where", " "),
        ("--attacker", "USA", "--attacked", "PRK", "--where", "PRK", "--fact", "where=KOR"),
        ("--attacker", "USA", "--attacked", "PRK", "--attacked", "CHN", "--where", "PRK"),
        ("--attacker", "USA", "--attacked", "PRK", "--svg", "/no/such/folder/tree.svg"),
    ],
)
def test_what_cannot_be_meant(run, arguments):
    assert_one_line_error(run("obliged", *arguments, *ON))


def test_before_the_record_begins_there_is_nothing(run):
    ran = run("obliged", "--attacker", "FRA", "--attacked", "GBR", "--on", "1700-01-01")
    assert ran.code in {2, 3}
    assert "Traceback" not in ran.err


def test_names_are_not_put_into_ids():
    names = {"CHN": "China"}
    assert obliged_page.named(["CHN: a [supposed:CHN-RUS/1]"], names) == "China: a [supposed:CHN-RUS/1]"


def test_every_pair_goes_to_a_file(run, tmp_path):
    out = tmp_path / "all.csv"
    done = run("obliged", "--all", "--on", "1914-07-28", "--out", str(out), "--json")
    assert done.code == 0
    lines = out.read_text("utf-8").splitlines()
    assert len(lines) - 1 == json.loads(done.out)["rows"] > 0
    assert lines[0].startswith('"year","attacker","attacked"')
    assert not [file for file in tmp_path.iterdir() if file != out]


@pytest.mark.parametrize(
    "arguments",
    [("--all",), ("--all", "--out", "all.txt"), ("--all", "--out", "a.csv", "--years", "2000-1990")],
)
def test_every_pair_goes_nowhere_where_it_is_not_said_how(run, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert_one_line_error(run("obliged", *arguments))
    assert not list(tmp_path.iterdir())
