"""``rapallo read --dictionaries``: dyads and full codes as CSV."""

from __future__ import annotations

import csv
import io

import pytest


@pytest.fixture
def files(tmp_path):
    """A folder of dictionaries and a text."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "own.verbs.txt").write_text("--- BLAME [111] ---\nBLAME\n- * ALOUD [X1]\n- * AGAIN\n")
    (folder / "own.actors.txt").write_text("RURITANIA [RUR]\nSYLDAVIA [SYL]\n")
    text = tmp_path / "text.txt"
    text.write_text("On Monday Ruritania blamed Syldavia. Syldavia blamed Ruritania aloud.")
    return folder, text


def test_rows_and_what_is_unread(run, files):
    folder, text = files
    ran = run("read", text, "--date", "2001-05-04", "--dictionaries", folder)
    assert ran.code == 0
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(r["date"], r["source"], r["target"], r["root"], r["quad"], r["code"]) for r in rows] == [
        ("2001-05-04", "RUR", "SYL", "11", "3", "111"),
        ("2001-05-04", "SYL", "RUR", "", "", "X1"),
    ]
    assert rows[0]["id"] == f"{rows[0]['document']}:1"
    assert "own.verbs.txt, line 4: a pattern without a code" in ran.err


def test_a_text_without_events_is_told_by_the_exit_code(run, files):
    folder, text = files
    text.write_text("The sun shone on Ruritania.")
    ran = run("read", text, "--date", "2001-05-04", "--dictionaries", folder)
    assert (ran.code, len(ran.out.splitlines())) == (3, 1)


@pytest.mark.parametrize("other", [("--explain",), ("--json",), ("--format", "cameo"), ("--into", "r.db")])
def test_it_makes_no_claims(run, files, other):
    folder, text = files
    ran = run("read", text, "--date", "2001-05-04", "--dictionaries", folder, *other)
    assert ran.code == 2
    assert "--dictionaries" in ran.err
