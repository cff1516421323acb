"""``rapallo sources``: list, show, add, map; nothing is fetched unasked and nothing lost in silence."""

from __future__ import annotations

import hashlib
import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from rapallo.cli import output
from rapallo.record import Record
from rapallo.sources.dataset import names

EVIL = "'; DROP TABLE event; --"
TABLE = (
    f'country,year,v,"{EVIL}"\nFrance,1990,1,x\nPoland,1990,2,{EVIL}\n'
    "Atlantis,1990,3,x\nFrance,1990,4,x\nodd\n"
)


@pytest.fixture
def table(tmp_path) -> Path:
    path = tmp_path / "mine" / "my [table].csv"
    path.parent.mkdir()
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def told(run, table, tmp_path) -> Path:
    """What `sources map` saved of the table."""
    path = tmp_path / "mine.yaml"
    ran = run("sources", "map", table, "--save", path, "--yes")
    assert ran.code == 0, ran.err
    return path


@pytest.fixture
def terminal(monkeypatch):
    """As a person sees it."""
    monkeypatch.setattr(output, "wants_json", lambda *, asked: asked)
    monkeypatch.setenv("COLUMNS", "200")


def refused(ran, *words: str) -> None:
    assert ran.code == 2, ran
    assert ran.err.count("\n") == 1, ran.err
    assert "(" in ran.err, f"no hint: {ran.err}"
    for word in words:
        assert word in ran.err


def test_what_can_be_added_is_listed(run):
    listed = json.loads(run("sources", "list", "--available", "--json").out)
    assert [one["id"] for one in listed] == list(names())
    assert all(one["licence"] and one["address"] and one["redistribute"] for one in listed)
    assert "tables" not in listed[0]


def test_what_can_be_added_is_listed_for_a_person(run, terminal):
    ran = run("sources", "list", "--available")
    assert ran.code == 0
    for name in names():
        assert name in ran.out


def test_the_sources_of_a_record_are_listed(run, terminal):
    assert json.loads(run("sources", "list", "--json").out)[0]["id"]
    assert "licence" in run("sources", "list").out


def test_a_dataset_is_shown(run, terminal):
    shown = json.loads(run("sources", "show", "nmc", "--json").out)
    assert (shown["id"], shown["loaded"]) == ("nmc", [])
    ran = run("sources", "show", "nmc")
    for word in (shown["title"], "not in this record", shown["releases"][0]["version"], "Singer"):
        assert word in ran.out


def test_a_dataset_that_nobody_knows_is_refused(run, tmp_path):
    refused(run("sources", "show", "nothing"), "no dataset 'nothing'", "--available")
    refused(run("sources", "show", EVIL), EVIL)
    missing = run("sources", "show", tmp_path / "none.yaml")
    assert missing.code == 2
    assert "none.yaml cannot be read" in missing.err
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: x\n", encoding="utf-8")
    shown = run("sources", "show", bad)
    assert (shown.code, shown.out) == (2, "")
    assert "bad.yaml: title" in shown.err


def test_nothing_is_fetched_unasked(run, tmp_path, socket_disabled):
    record = tmp_path / "record.duckdb"
    refused(run("sources", "add", "nmc", "--record", record), "by hand", "--from PATH")
    assert not record.exists()
    refused(run("sources", "add", "nmc", "--from", tmp_path), "record file", "--record FILE")


def test_a_known_address_is_not_fetched_without_a_yes(run, told, tmp_path, socket_disabled):
    one = yaml.safe_load(told.read_text(encoding="utf-8"))
    one["releases"][0]["files"]["rows"]["address"] = "https://example.org/rows.csv"
    told.write_text(yaml.safe_dump(one), encoding="utf-8")
    refused(
        run("sources", "add", told, "--record", tmp_path / "record.duckdb"), "nothing was fetched", "--yes"
    )
    assert not (tmp_path / "record.duckdb").exists()


def test_a_table_is_mapped_saved_and_added(run, told, table, tmp_path):
    record = tmp_path / "record.duckdb"
    ran = run("sources", "add", told, "--from", table, "--record", record)
    assert ran.code == 0, ran.err
    ((done),) = json.loads(ran.out)
    (file,) = done["files"]
    assert (file["read"], file["kept"], file["left_out"]) == (5, 2, [])
    assert file["rejected"] == {
        "1 fields in a row of 4": [1, 6],
        "nobody bears the code country": [1, 4],
        "the same again as on an earlier line": [1, 5],
    }
    assert done["unknown"] == [{"scheme": "name", "code": "Atlantis", "rows": 1}]
    assert done["written"]["added"] == 2
    again = json.loads(run("sources", "add", told, "--from", table.parent, "--record", record).out)
    assert (again[0]["written"]["added"], again[0]["written"]["unchanged"]) == (0, 2)
    with Record.open(record, read_only=True) as opened:
        assert done["source"] in {row["id"] for row in opened.query("sources").to_pylist()}
    shown = json.loads(run("sources", "show", told, "--record", record, "--json").out)
    assert [row["source"] for row in shown["loaded"]] == [done["source"]]


def test_what_became_of_each_row_is_told_to_a_person(run, told, table, tmp_path, terminal):
    ran = run("sources", "add", told, "--from", table, "--record", tmp_path / "record.duckdb")
    assert ran.code == 0, ran.err
    for words in (
        "my [table].csv",
        "nobody bears the code country, first on line 4",
        "1 fields in a row of 4, first on line 6",
        "2 rows are new, 0 it held already",
        "nobody is known by Atlantis (1); they wait in rapallo review",
    ):
        assert words in " ".join(ran.out.split())


def test_brackets_in_names_are_no_markup(run, told, table, tmp_path, terminal):
    one = yaml.safe_load(told.read_text(encoding="utf-8"))
    one["title"] = "[/red] [bold]table"
    told.write_text(yaml.safe_dump(one), encoding="utf-8")
    ran = run("sources", "add", told, "--from", table, "--record", tmp_path / "record.duckdb")
    assert ran.code == 0, ran.err
    assert "[/red] [bold]table" in ran.out


def test_a_release_or_file_that_is_not_there_is_refused(run, told, table, tmp_path):
    record = tmp_path / "record.duckdb"
    assert (
        "no release '9'"
        in run("sources", "add", told, "--from", table, "--release", "9", "--record", record).err
    )
    refused(
        run("sources", "add", "nmc", "--from", table, "--record", record), "no release of nmc is there whole"
    )
    gone = run("sources", "add", told, "--from", tmp_path / "gone.csv", "--record", record)
    assert (gone.code, "there is no file" in gone.err) == (2, True)
    assert not record.exists()


def test_a_table_of_which_nothing_is_kept_is_empty(run, told, table, tmp_path):
    table.write_text(f'country,year,v,"{EVIL}"\nAtlantis,1990,1,x\n', encoding="utf-8")
    ran = run("sources", "add", told, "--from", table, "--record", tmp_path / "record.duckdb")
    assert ran.code == 3
    assert json.loads(ran.out)[0]["files"][0]["kept"] == 0


def test_a_broken_file_leaves_the_record_as_it_was(run, told, table, tmp_path):
    record = tmp_path / "record.duckdb"
    assert run("sources", "add", told, "--from", table, "--record", record).code == 0
    table.write_bytes(b"\0\0")
    ran = run("sources", "add", told, "--from", table, "--record", record)
    assert (ran.code, ran.out) == (2, "")
    table.write_text(TABLE, encoding="utf-8")
    again = json.loads(run("sources", "add", told, "--from", table, "--record", record).out)
    assert (again[0]["written"]["added"], again[0]["written"]["unchanged"]) == (0, 2)


def test_map_shows_what_the_columns_are(run, table, terminal):
    found = json.loads(run("sources", "map", table, "--json").out)
    assert found["family"] == "trait"
    assert [(c["name"], c["role"]) for c in found["columns"]] == [
        ("country", "who"),
        ("year", "year"),
        ("v", "amount"),
        (EVIL, "words"),
    ]
    ran = run("sources", "map", table)
    assert "rows of the family trait" in ran.out
    assert EVIL in ran.out


def test_map_saves_nothing_without_a_yes_and_tells_how_to_go_on(run, table, tmp_path):
    path = tmp_path / "mine.yaml"
    ran = run("sources", "map", table, "--save", path)
    assert ran.code == 2
    assert "nothing was saved (--yes saves without asking)" in ran.err
    assert not path.exists()
    ran = run("sources", "map", table, "--save", path, "--yes")
    assert f"rapallo sources add {path} --from {table}" in ran.err
    ran = run("sources", "map", table, "--save", tmp_path / "no" / "mine.yaml", "--yes")
    assert (ran.code, "cannot be written" in ran.err) == (2, True)


def test_map_refuses_what_it_cannot_read(run, tmp_path, table):
    assert run("sources", "map", tmp_path / "gone.csv").code == 2
    assert run("sources", "map", tmp_path).code == 2
    assert run("sources", "map", table, "--kind", "love").code == 2
    table.write_text("a,b\nx,y\n", encoding="utf-8")
    refused(run("sources", "map", table), "names states")


@pytest.fixture
def site(table, monkeypatch):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(table.parent)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/my%20%5Btable%5D.csv"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.enable_socket
def test_an_address_that_is_named_is_fetched_and_checked(run, told, tmp_path, site):
    record = tmp_path / "record.duckdb"
    wrong = run("sources", "add", told, "--from", site, "--sha256", "0" * 64, "--record", record)
    assert (wrong.code, "hashes to" in wrong.err, record.exists()) == (2, True, False)
    right = hashlib.sha256(TABLE.encode()).hexdigest()
    ran = run("sources", "add", told, "--from", site, "--sha256", right, "--record", record)
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)[0]["files"][0]["sha256"] == right
    assert [path.name for path in (tmp_path / "record.duckdb.files").rglob("*.csv")] == ["my [table].csv"]


def test_commands_say_what_they_do(run):
    for command in ("list", "show", "add", "map"):
        ran = run("sources", command, "--help")
        assert (ran.code, "Usage" in ran.out) == (0, True)


def test_a_feed_is_a_file_a_day_and_reports_of_one_act_are_one_event(run, tmp_path, terminal):
    from rapallo.sources.dataset import dataset

    columns = dataset("gdelt2").release("2.0").files["events"].columns
    record, feed = tmp_path / "r.duckdb", tmp_path / "feed"
    feed.mkdir()
    days = {"20240619000000": [(1, 7), (2, 3)], "20240619001500": [(3, 5)], "20240620000000": [(4, 2)]}
    for name, told in days.items():
        lines = []
        for number, articles in told:
            cells = {
                "GLOBALEVENTID": number,
                "SQLDATE": name[:8],
                "EventCode": "042",
                "NumArticles": articles,
            }
            cells |= {"Actor1CountryCode": "RUS", "Actor2CountryCode": "PRK", "NumSources": 2}
            lines.append("\t".join(str(cells.get(column, "")) for column in columns))
        (feed / f"{name}.export.CSV").write_text("\n".join(lines) + "\n", "utf-8")
    assert run("sources", "add", "gdelt2", "--from", feed, "--record", record).code == 0
    again = run("sources", "add", "gdelt2", "--from", feed, "--record", record)
    assert again.code == 0
    assert "0 rows are new" in again.out
    asked = run(
        "events", "RUS", "PRK", "--from", "2024-06-19", "--to", "2024-06-21", "--record", record, "--json"
    )
    found = [e for e in json.loads(asked.out) if e["envelope"]["source"] == "gdelt2-2.0"]
    assert [(e["reports"], e["sources"], e["code"]) for e in found] == [(15, 6, "042"), (2, 2, "042")]
