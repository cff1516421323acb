"""Each command answers, as a table for a person and as JSON for a script, with an exit code to trust."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from rapallo.cli import output
from rapallo.cli.app import COMMANDS

ON = ("--on", "2024-06-22")


@pytest.fixture
def terminal(monkeypatch):
    """Standard output is a terminal."""
    monkeypatch.setattr(output, "wants_json", lambda *, asked: asked)


QUESTIONS = {
    "who": ("who", "the Kremlin", *ON),
    "ties": ("ties", "PRK", "CHN", *ON),
    "events": ("events", "RUS", "PRK", "--to", "2024-12-31"),
    "obliged": ("obliged", "--attacker", "USA", "--attacked", "PRK", *ON),
    "leverage": ("leverage", "CHN", "PRK", *ON),
    "rattled": ("rattled", "RUS", "PRK", "--kind", "defence", *ON),
    "check": ("check", "China and North Korea signed a defence pact in 1961.", *ON),
    "sources": ("sources", "list"),
    "models": ("models",),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_json_when_piped(run, name):
    ran = run(*QUESTIONS[name])
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)
    assert ran.err == ""


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_table_on_a_terminal(run, terminal, name):
    ran = run(*QUESTIONS[name])
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) > 1
    with pytest.raises(json.JSONDecodeError):
        json.loads(ran.out)


@pytest.mark.parametrize(
    "question",
    [
        ("who", "Ruritania", *ON),
        ("ties", "TUV", "SMR", *ON),
        ("events", "TUV", "SMR"),
        ("check", "The bakery opens at six.", *ON),
    ],
)
def test_an_empty_answer_has_a_code_of_its_own(run, question):
    ran = run(*question)
    assert ran.code == 3, ran
    assert "Traceback" not in ran.err


def test_help_fits_on_one_screen_and_names_every_command(run):
    ran = run("--help")
    assert ran.code == 0
    assert len(ran.out.splitlines()) <= 24
    assert all(name in ran.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run, name):
    ran = run(name, "--help")
    assert ran.code == 0
    assert ran.out.startswith("Usage: rapallo")


def test_states_may_be_named_by_iso3_cow_code_or_name(run):
    answers = [run("ties", state, "--kind", "pact", *ON).out for state in ("PRK", "731", "North Korea")]
    assert answers[0] == answers[1] == answers[2]


def test_a_brief_holds_every_part_of_the_contract(run, example, tmp_path):
    page = tmp_path / "brief.html"
    ran = run("brief", example, "--html", page)
    assert ran.code == 0, ran.err
    made = json.loads(ran.out)
    assert set(made) >= {
        "document",
        "claims",
        "checks",
        "moves",
        "stakes",
        "reactions",
        "obligations",
        "leverage",
        "outlook",
        "options",
        "open_questions",
        "diagnostics",
    }
    assert made["outlook"]["status"] == "unavailable"
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_a_text_read_twice_adds_nothing(run, example, tmp_path):
    record = tmp_path / "record.duckdb"
    first = run("read", example, "--into", record)
    second = run("read", example, "--into", record)
    assert first.code == second.code == 0
    assert " 0 rows added" in second.err
    assert " 0 rows added" not in first.err
    assert run("ties", "SAU", "PAK", "--on", "2025-09-20", "--record", record).code == 0


def test_explain_accounts_for_every_sentence(run, example, terminal):
    ran = run("read", example, "--explain")
    assert ran.code == 0
    assert "nothing: " in ran.out


def test_a_folder_is_read_whole(run, example):
    ran = run("read", example.parent)
    assert ran.code == 0
    assert len(json.loads(ran.out)) > 20


def test_a_closed_pipe_is_no_error(example):
    command = f"{sys.executable} -c 'from rapallo.cli import main; main()' models --json | head -c 10"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["[/red]", "[bold]Ruritania[/]", "[link=x]"])
def test_square_brackets_are_shown_and_mean_nothing(run, terminal, name):
    ran = run("who", name, *ON)
    assert ran.code == 3
    assert name in ran.out


def test_a_state_is_asked_for_by_its_cow_code(run):
    assert [c["code"] for c in json.loads(run("who", "710", *ON).out)["candidates"]] == ["CHN"]


def test_a_state_with_nothing_at_stake_is_not_listed_as_rattled(run):
    listed = json.loads(run("rattled", "RUS", "PRK", "--top", "300", *ON).out)["stakes"]
    assert listed
    assert {stake["band"] for stake in listed}.isdisjoint({"none"})
    before_figures = run("rattled", "SUN", "CUB", "--on", "1962-10-01")
    assert (before_figures.code, json.loads(before_figures.out)["stakes"]) == (3, [])


def test_all_ids_of_rows_are_shown_whole(run, terminal, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    ran = run("rattled", "RUS", "PRK", *ON)
    assert "…" not in ran.out
    assert "more, in the JSON" in " ".join(ran.out.split())
