"""One suite for the named questions: the same assertions on DuckDB and, transpiled, on Spark."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rapallo.errors import RecordError
from rapallo.record import Record, questions
from tests.record import world
from tests.record.engines import Engine

ON = world.ON
EARLIER = dt.datetime(2024, 6, 30)
DOC = world.DOCUMENT.id

Check = Callable[[Engine], None]
SUITE: dict[str, Check] = {}


def of(check: Check) -> Check:
    """Enter a check into the suite under the question it is named after."""
    SUITE[check.__name__] = check
    return check


def column(rows: list[dict[str, Any]], name: str = "id") -> list[Any]:
    return [row[name] for row in rows]


@of
def ties_as_of(engine: Engine) -> None:
    found = engine.ask("ties_as_of", on=ON)
    assert [(row["id"], row["phase"]) for row in found] == [
        ("prk-chn-1961", "in_force"),
        ("rus-prk-2024", "signed"),
        ("usa-prk-sanctions", "in_force"),
    ]
    assert column(engine.ask("ties_as_of", on=ON, kind="sanction")) == ["usa-prk-sanctions"]
    assert column(engine.ask("ties_as_of", on=dt.date(1996, 9, 9))) == ["prk-chn-1961", "prk-sun-1961"]
    assert column(engine.ask("ties_as_of", on=dt.date(1996, 9, 10))) == ["prk-chn-1961"]
    assert engine.ask("ties_as_of", on=ON, known=dt.datetime(2023, 12, 31)) == []


@of
def ties_of_state(engine: Engine) -> None:
    assert column(engine.ask("ties_of_state", on=ON, state="CHN")) == ["prk-chn-1961"]
    assert column(engine.ask("ties_of_state", on=ON, state="JPN")) == []
    assert column(engine.ask("ties_of_state", on=dt.date(2020, 1, 1), state="JPN")) == ["usa-prk-sanctions"]
    assert column(engine.ask("ties_of_state", on=ON, state="PRK", kind="pact")) == [
        "prk-chn-1961",
        "rus-prk-2024",
    ]


@of
def ties_of_pair(engine: Engine) -> None:
    for state, other in (("RUS", "PRK"), ("PRK", "RUS")):
        (row,) = engine.ask("ties_of_pair", on=ON, state=state, other=other)
        assert (row["id"], row["phase"]) == ("rus-prk-2024", "signed")
    assert engine.ask("ties_of_pair", on=ON, state="RUS", other="CHN") == []


@of
def ties_known(engine: Engine) -> None:
    assert column(engine.ask("ties_known")) == [
        "prk-chn-1961",
        "prk-sun-1961",
        "rus-prk-2024",
        "usa-prk-sanctions",
    ]
    assert engine.ask("ties_known", known=dt.datetime(2023, 12, 31)) == []


@of
def parties_known(engine: Engine) -> None:
    found = engine.ask("parties_known")
    assert [r["actor"] for r in found if r["tie"] == "usa-prk-sanctions"] == ["USA", "JPN", "PRK"]
    assert len(found) == 9


@of
def parties_as_of(engine: Engine) -> None:
    found = engine.ask("parties_as_of", on=ON, tie="usa-prk-sanctions")
    assert [(row["actor"], row["role"]) for row in found] == [("USA", "actor"), ("PRK", "target")]
    assert column(engine.ask("parties_as_of", on=dt.date(1961, 7, 10)), "actor") == ["PRK", "SUN"]


@of
def phases_as_of(engine: Engine) -> None:
    found = engine.ask("phases_as_of", on=ON, tie="prk-chn-1961")
    assert [(r["phase"], r["valid_from"], r["precision"]) for r in found] == [
        ("signed", dt.date(1961, 7, 11), "day"),
        ("in_force", dt.date(1961, 9, 10), "day"),
        ("renewed", dt.date(2021, 7, 1), "month"),
    ]
    assert column(engine.ask("phases_as_of", on=ON, tie="rus-prk-2024"), "phase") == ["signed"]


@of
def clauses_as_of(engine: Engine) -> None:
    assert [(r["id"], r["phase"]) for r in engine.ask("clauses_as_of", on=ON)] == [
        ("prk-chn-1961/1", "in_force"),
        ("prk-chn-1961/2", "in_force"),
        ("rus-prk-2024/1", "signed"),
    ]
    (row,) = engine.ask("clauses_as_of", on=dt.date(2024, 12, 4), tie="rus-prk-2024")
    assert (row["conditions"], row["territory"], row["phase"]) == (
        ["national_law"],
        ["RUS", "PRK"],
        "in_force",
    )


@of
def clauses_known(engine: Engine) -> None:
    assert column(engine.ask("clauses_known")) == ["prk-chn-1961/1", "prk-chn-1961/2", "rus-prk-2024/1"]


@of
def flows_as_of(engine: Engine) -> None:
    found = engine.ask("flows_as_of", on=ON, kind="trade")
    assert [(r["origin"], r["destination"], r["value"]) for r in found] == [
        ("CHN", "PRK", 2000.5),
        ("PRK", "CHN", 292.0),
        ("RUS", "PRK", 34.4),
    ]
    assert column(engine.ask("flows_as_of", on=dt.date(2022, 12, 31))) == ["flow:trade:CHN-PRK:2022"]
    assert column(engine.ask("flows_as_of", on=ON, origin="RUS", known=EARLIER), "value") == [34.0]
    assert column(engine.ask("flows_as_of", on=ON, destination="CHN")) == ["flow:trade:PRK-CHN:2023"]
    less = engine.ask("flows_as_of", on=ON, origin="CHN", without=["flow:trade:CHN-PRK:2023"])
    assert column(less) == ["flow:trade:CHN-PRK:2022"]
    assert engine.ask("flows_as_of", on=ON, kind="arms") == []


@of
def flows_of_state(engine: Engine) -> None:
    assert column(engine.ask("flows_of_state", on=ON, state="CHN")) == [
        "flow:trade:CHN-PRK:2023",
        "flow:trade:PRK-CHN:2023",
    ]
    assert engine.ask("flows_of_state", on=ON, state="JPN") == []


@of
def flows_of_pair(engine: Engine) -> None:
    found = engine.ask("flows_of_pair", on=ON, state="PRK", other="CHN")
    assert column(found) == ["flow:trade:CHN-PRK:2022", "flow:trade:CHN-PRK:2023", "flow:trade:PRK-CHN:2023"]
    since = engine.ask("flows_of_pair", on=ON, state="PRK", other="CHN", since=dt.date(2023, 1, 1))
    assert column(since) == ["flow:trade:CHN-PRK:2023", "flow:trade:PRK-CHN:2023"]


@of
def traits_as_of(engine: Engine) -> None:
    found = engine.ask("traits_as_of", on=ON, name="nuclear_warheads")
    assert [(r["actor"], r["value"]) for r in found] == [("CHN", 500.0), ("RUS", 5889.0)]
    assert column(engine.ask("traits_as_of", on=dt.date(2023, 6, 1)), "value") == [350.0, 5889.0]
    less = engine.ask("traits_as_of", on=ON, without=["trait:nuclear_warheads:RUS:2023"])
    assert column(less, "actor") == ["CHN"]


@of
def traits_of_state(engine: Engine) -> None:
    assert column(engine.ask("traits_of_state", on=ON, state="CHN"), "value") == [350.0, 500.0]
    since = engine.ask(
        "traits_of_state", on=ON, state="CHN", name="nuclear_warheads", since=dt.date(2023, 1, 1)
    )
    assert column(since, "value") == [500.0]


@of
def events_as_of(engine: Engine) -> None:
    assert column(engine.ask("events_as_of", on=ON)) == ["visit-2019"]
    assert column(engine.ask("events_as_of", on=ON, known=EARLIER)) == ["test-2017", "visit-2019"]
    assert engine.ask("events_as_of", on=dt.date(2019, 6, 19)) == []
    assert engine.ask("events_as_of", on=ON, since=dt.date(2019, 6, 21)) == []


@of
def events_of_state(engine: Engine) -> None:
    (row,) = engine.ask("events_of_state", on=ON, state="CHN")
    assert (row["mode"], row["contexts"], row["actors"]) == ("visit", ["executive"], ["CHN", "PRK"])
    assert column(engine.ask("events_of_state", on=ON, state="USA", known=EARLIER)) == ["test-2017"]


@of
def events_of_pair(engine: Engine) -> None:
    assert column(engine.ask("events_of_pair", on=ON, state="PRK", other="CHN")) == ["visit-2019"]
    assert column(engine.ask("events_of_pair", on=ON, state="USA", other="PRK", known=EARLIER)) == [
        "test-2017"
    ]
    assert engine.ask("events_of_pair", on=ON, state="USA", other="CHN") == []


@of
def claims_of_document(engine: Engine) -> None:
    first, second = engine.ask("claims_of_document", document=DOC)
    assert (first["id"], first["tie_clauses"], first["tie_phase"]) == (f"{DOC}/c1", ["defence"], "signed")
    assert first["holders"] == [{"who": "author", "attitude": "states"}]
    assert (second["stance_attitude"], second["quantity_value"], second["valid_from"]) == (
        "fears",
        7000.0,
        None,
    )
    assert engine.ask("claims_of_document", document="doc:none") == []


@of
def claims_of_pair(engine: Engine) -> None:
    assert column(engine.ask("claims_of_pair", on=ON, state="CHN", other="PRK")) == [f"{DOC}/c2"]
    assert column(engine.ask("claims_of_pair", on=ON, state="PRK", other="RUS")) == [f"{DOC}/c1", f"{DOC}/c2"]
    assert engine.ask("claims_of_pair", on=dt.date(2024, 6, 21), state="PRK", other="RUS") == []


@of
def dyads_as_of(engine: Engine) -> None:
    found = engine.ask("dyads_as_of", on=ON, name="minimum_distance")
    assert [(r["actor"], r["other"], r["value"], r["line"]) for r in found] == [
        ("CHN", "PRK", 0.0, 2),
        ("JPN", "PRK", 481.0, 4),
    ]
    earlier = engine.ask("dyads_as_of", on=dt.date(2018, 6, 1), name="minimum_distance", state="JPN")
    assert column(earlier, "value") == [480.0]
    assert engine.ask("dyads_as_of", on=ON, name="capital_distance") == []


@of
def amount_of_state(engine: Engine) -> None:
    found = engine.ask("amount_of_state", name="nuclear_warheads", actor="CHN")
    assert [(r["valid_from"].year, r["value"], r["unit"]) for r in found] == [
        (2022, 350.0, "warheads"),
        (2024, 500.0, "warheads"),
    ]
    assert engine.ask("amount_of_state", name="nuclear_warheads", actor="JPN") == []
    assert engine.ask("amount_of_state", name="gdp", actor="CHN") == []
    before = dt.datetime(2023, 12, 31)
    assert engine.ask("amount_of_state", name="nuclear_warheads", actor="CHN", known=before) == []


@of
def amount_of_flow(engine: Engine) -> None:
    asked = {"name": "trade", "actor": "CHN", "other": "PRK"}
    assert column(engine.ask("amount_of_flow", **asked), "value") == [894.0, 2000.5]
    assert column(engine.ask("amount_of_flow", **asked, what=""), "value") == [894.0, 2000.5]
    assert engine.ask("amount_of_flow", **asked, what="coal") == []
    assert column(engine.ask("amount_of_flow", name="trade", actor="PRK", other="CHN"), "value") == [292.0]
    corrected = {"name": "trade", "actor": "RUS", "other": "PRK"}
    assert column(engine.ask("amount_of_flow", **corrected), "value") == [34.4]
    assert column(engine.ask("amount_of_flow", **corrected, known=EARLIER), "value") == [34.0]


@of
def amount_of_pair(engine: Engine) -> None:
    for actor, other in (("JPN", "PRK"), ("PRK", "JPN")):
        found = engine.ask("amount_of_pair", name="minimum_distance", actor=actor, other=other)
        assert column(found, "value") == [480.0, 481.0]
    assert engine.ask("amount_of_pair", name="minimum_distance", actor="JPN", other="CHN") == []


@of
def sources_of_amount(engine: Engine) -> None:
    (row,) = engine.ask("sources_of_amount", family="dyad", name="minimum_distance")
    assert (row["source"], row["universe"], row["covers_from"]) == ("atlas", world.SOURCE.universe, None)
    assert (row["first_day"], row["last_day"]) == (dt.date(2018, 1, 1), dt.date(2019, 12, 31))
    (row,) = engine.ask("sources_of_amount", family="flow", name="trade")
    assert row["last_day"] == dt.date(2023, 12, 31)
    (row,) = engine.ask("sources_of_amount", family="trait", name="nuclear_warheads")
    assert row["last_day"] == dt.date(2024, 12, 31)
    assert engine.ask("sources_of_amount", family="trait", name="trade") == []


@of
def judgements_of(engine: Engine) -> None:
    for ids in (["visit-2019"], ["visit-of-xi"], ["visit-of-xi", "visit-2019", "nothing"]):
        (row,) = engine.ask("judgements_of", ids=ids)
        assert (row["one"], row["other"], row["verdict"]) == ("visit-2019", "visit-of-xi", "same")
        assert (row["score"], row["who"], row["why"]) == (0.9, "Ada", "one visit, two feeds")
    assert engine.ask("judgements_of", ids=["test-2017"]) == []
    then = world.JUDGED.replace(tzinfo=None) + dt.timedelta(hours=1, minutes=1)
    assert column(engine.ask("judgements_of", ids=["test-2017"], known=then), "verdict") == ["different"]
    assert engine.ask("judgements_of", ids=["visit-2019"], known=world.DECIDED.replace(tzinfo=None)) == []


@of
def loadings(engine: Engine) -> None:
    (row,) = engine.ask("loadings")
    assert (row["source"], row["file"], row["rows_read"], row["rows_kept"]) == ("atlas", "atlas.csv", 4, 3)
    assert (row["rows_rejected"], list(row["left_out"])) == (1, ["remarks"])
    assert engine.ask("loadings", source="another") == []
    assert engine.ask("loadings", known=dt.datetime(2023, 12, 31)) == []


@of
def rejections(engine: Engine) -> None:
    (row,) = engine.ask("rejections", source="atlas")
    assert (row["reason"], row["rows"], row["line"]) == ("no year", 1, 5)
    assert engine.ask("rejections", known=dt.datetime(2023, 12, 31)) == []


@of
def documents(engine: Engine) -> None:
    (row,) = engine.ask("documents")
    assert (row["id"], row["title"], row["claims"], row["legibility"]) == (DOC, "A pact", 2, 0.8)
    assert engine.ask("documents", on=dt.date(2024, 6, 21)) == []


@of
def sources(engine: Engine) -> None:
    assert [(r["id"], r["licence"], r["held"]) for r in engine.ask("sources")] == [
        ("atlas", "CC0", 35),
        (DOC, "", 3),
    ]
    assert column(engine.ask("sources", known=dt.datetime(2024, 2, 1)), "held") == [36]


@of
def review_queue(engine: Engine) -> None:
    (row,) = engine.ask("review_queue", status="open")
    assert (row["kind"], row["payload"], row["source"]) == ("unknown_code", '{"code": "XYZ"}', "atlas")
    assert engine.ask("review_queue", status="accepted") == []
    assert engine.ask("review_queue", known=EARLIER) == []
    (row,) = engine.ask("review_queue", status="rejected")
    assert (row["kind"], row["who"], row["why"]) == ("doubtful_claim", "Cy", "it is sound")
    (row,) = engine.ask("review_queue", known=world.QUEUED.replace(tzinfo=None), status="open")
    assert row["kind"] == "unknown_code"
    before = world.DECIDED.replace(tzinfo=None) - dt.timedelta(seconds=1)
    assert len(engine.ask("review_queue", known=before, status="open")) == 2


@of
def row_history(engine: Engine) -> None:
    first, second = engine.ask("row_history", id="flow:trade:RUS-PRK:2023")
    assert (first["who"], first["closed_by"]) == (None, "Ada")
    assert (second["who"], second["why"], second["known_to"]) == ("Ada", "the yearbook says so", None)
    assert second["known_from"] == first["known_to"] == world.CORRECTED.replace(tzinfo=None)
    (gone,) = engine.ask("row_history", id="test-2017")
    assert (gone["family"], gone["closed_by"], gone["closed_why"]) == ("event", "Ben", "coded twice")


@of
def coverage(engine: Engine) -> None:
    spans = {
        (r["source"], r["family"]): (r["first_day"], r["last_day"], r["held"]) for r in engine.ask("coverage")
    }
    assert spans["atlas", "flow"] == (dt.date(2022, 1, 1), dt.date(2023, 12, 31), 4)
    assert spans["atlas", "event"] == (dt.date(2019, 6, 20), dt.date(2019, 6, 20), 1)
    assert spans[DOC, "claim"] == (dt.date(2024, 6, 17), dt.date(2024, 6, 22), 2)


@of
def rows_by_id(engine: Engine) -> None:
    found = engine.ask("rows_by_id", ids=["visit-2019", "prk-chn-1961/1", "nothing", "test-2017"])
    assert [(r["id"], r["family"], r["source_title"]) for r in found] == [
        ("prk-chn-1961/1", "clause", "Atlas of ties"),
        ("visit-2019", "event", "Atlas of ties"),
    ]
    assert engine.ask("rows_by_id", ids=[]) == []


@of
def changes_since(engine: Engine) -> None:
    found = engine.ask("changes_since", after=EARLIER)
    assert [(r["id"], r["change"]) for r in found] == [
        ("flow:trade:RUS-PRK:2023", "added"),
        ("flow:trade:RUS-PRK:2023", "closed"),
        ("test-2017", "closed"),
    ]
    until = engine.ask("changes_since", after=dt.datetime(2024, 1, 2), known=EARLIER)
    assert {r["family"] for r in until} == {"document", "claim"}


SPAN = {"since": dt.date(2018, 1, 1), "on": dt.date(2024, 12, 31)}


def in_order(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """The cells of some columns, sorted: for questions that promise no order."""
    return sorted(tuple(row[name] for name in names) for row in rows)


@of
def traits_over_years(engine: Engine) -> None:
    names = ["nuclear_warheads", "population"]
    found = engine.ask("traits_over_years", names=names, **SPAN)
    assert in_order(found, "actor", "valid_from", "value") == [
        ("CHN", dt.date(2022, 1, 1), 350.0),
        ("CHN", dt.date(2024, 1, 1), 500.0),
        ("RUS", dt.date(2023, 1, 1), 5889.0),
    ]
    assert {(r["name"], r["confidence"], r["source"]) for r in found} == {("nuclear_warheads", 0.9, "atlas")}
    until = engine.ask("traits_over_years", names=names, on=dt.date(2022, 6, 1))
    assert in_order(until, "actor", "value") == [("CHN", 350.0)]
    last_day = engine.ask("traits_over_years", names=names, since=dt.date(2023, 12, 31), on=ON)
    assert in_order(last_day, "actor", "value") == [("CHN", 500.0), ("RUS", 5889.0)]
    only = engine.ask("traits_over_years", names=names, states=["RUS", "JPN"], **SPAN)
    assert in_order(only, "actor", "value") == [("RUS", 5889.0)]
    assert len(engine.ask("traits_over_years", names=names, sources=["atlas", "another"], **SPAN)) == 3
    assert engine.ask("traits_over_years", names=names, sources=["another"], **SPAN) == []
    assert engine.ask("traits_over_years", names=["population"], **SPAN) == []
    assert engine.ask("traits_over_years", names=names, known=dt.datetime(2023, 12, 31), **SPAN) == []


@of
def dyads_over_years(engine: Engine) -> None:
    names = ["minimum_distance"]
    told = ("actor", "other", "valid_from", "value")
    assert in_order(engine.ask("dyads_over_years", names=names, **SPAN), *told) == [
        ("CHN", "PRK", dt.date(2018, 1, 1), 0.0),
        ("JPN", "PRK", dt.date(2018, 1, 1), 480.0),
        ("JPN", "PRK", dt.date(2019, 1, 1), 481.0),
    ]
    days = {"since": dt.date(2018, 12, 31), "on": dt.date(2018, 12, 31)}
    (row,) = engine.ask("dyads_over_years", names=names, states=["PRK", "JPN", "USA"], **days)
    assert (row["name"], row["valid_to"], row["value"]) == ("minimum_distance", dt.date(2018, 12, 31), 480.0)
    assert (row["confidence"], row["source"]) == (0.9, "atlas")
    assert engine.ask("dyads_over_years", names=names, states=["JPN"], **SPAN) == []
    assert len(engine.ask("dyads_over_years", names=names, sources=["atlas"], **SPAN)) == 3
    assert engine.ask("dyads_over_years", names=names, sources=["another"], **SPAN) == []
    assert engine.ask("dyads_over_years", names=["contiguity"], **SPAN) == []
    assert engine.ask("dyads_over_years", names=names, known=dt.datetime(2023, 12, 31), **SPAN) == []


@of
def flows_over_years(engine: Engine) -> None:
    found = engine.ask("flows_over_years", names=["trade", "aid"], **SPAN)
    assert in_order(found, "actor", "other", "valid_from", "value") == [
        ("CHN", "PRK", dt.date(2022, 1, 1), 894.0),
        ("CHN", "PRK", dt.date(2023, 1, 1), 2000.5),
        ("PRK", "CHN", dt.date(2023, 1, 1), 292.0),
        ("RUS", "PRK", dt.date(2023, 1, 1), 34.4),
    ]
    assert {(r["name"], r["unit"], r["what"]) for r in found} == {("trade", "USD million", "")}
    only = engine.ask("flows_over_years", names=["trade"], states=["RUS", "PRK"], **SPAN)
    assert in_order(only, "actor", "other", "value") == [("RUS", "PRK", 34.4)]
    then = engine.ask("flows_over_years", names=["trade"], states=["RUS", "PRK"], known=EARLIER, **SPAN)
    assert column(then, "value") == [34.0]
    assert engine.ask("flows_over_years", names=["trade"], on=dt.date(2021, 12, 31)) == []
    assert len(engine.ask("flows_over_years", names=["trade"], sources=["atlas"], **SPAN)) == 4
    assert engine.ask("flows_over_years", names=["trade"], sources=["another"], **SPAN) == []
    assert engine.ask("flows_over_years", names=["arms"], **SPAN) == []


@of
def spells_of_ties(engine: Engine) -> None:
    found = engine.ask("spells_of_ties", kind="sanction", **SPAN)
    assert [(r["actor"], r["role"], r["valid_from"], r["valid_to"]) for r in found] == [
        ("USA", "actor", dt.date(2016, 2, 18), None),
        ("JPN", "actor", dt.date(2016, 2, 19), dt.date(2020, 1, 1)),
        ("PRK", "target", dt.date(2016, 2, 18), None),
    ]
    assert {(r["id"], r["source"]) for r in found} == {("usa-prk-sanctions", "atlas")}
    later = engine.ask("spells_of_ties", kind="sanction", since=dt.date(2020, 1, 2), on=ON)
    assert column(later, "actor") == ["USA", "PRK"]
    pacts = engine.ask("spells_of_ties", kind="pact", on=dt.date(1961, 7, 10))
    assert [(r["id"], r["actor"]) for r in pacts] == [("prk-sun-1961", "PRK"), ("prk-sun-1961", "SUN")]
    assert len(engine.ask("spells_of_ties", kind="sanction", sources=["atlas"], **SPAN)) == 3
    assert engine.ask("spells_of_ties", kind="sanction", sources=["another"], **SPAN) == []
    assert {r["begun"] for r in found} == {dt.date(2016, 2, 18)}
    assert engine.ask("spells_of_ties", kind="rivalry", **SPAN) == []
    assert engine.ask("spells_of_ties", kind="pact", known=dt.datetime(2023, 12, 31), **SPAN) == []


@of
def source_spans(engine: Engine) -> None:
    atlas, text = engine.ask("source_spans")
    assert (atlas["id"], atlas["title"], atlas["released"]) == (
        "atlas",
        "Atlas of ties",
        dt.date(2023, 12, 1),
    )
    assert (atlas["covers_from"], atlas["covers_to"]) == (None, None)
    assert (atlas["universe"], atlas["citation"]) == (world.SOURCE.universe, "Nobody (2023).")
    assert (text["id"], text["licence"], text["citation"]) == (DOC, "", "")
    assert column(engine.ask("source_spans", known=dt.datetime(2024, 2, 1))) == ["atlas"]
    assert engine.ask("source_spans", known=dt.datetime(2023, 12, 31)) == []


@of
def roll_calls(engine: Engine) -> None:
    """That both engines take it; what it answers is in ``tests/measures/test_votes.py``."""
    assert engine.ask("roll_calls", on=ON) == []
    assert engine.ask("roll_calls", on=ON, since=dt.date(2017, 12, 5), known=EARLIER) == []


@pytest.mark.parametrize("name", questions.names())
def test_question(name: str, engine: Engine) -> None:
    assert name in SUITE, f"nothing says what {name}.sql must answer"
    SUITE[name](engine)


@pytest.mark.parametrize("name", questions.names())
def test_every_question_says_what_it_answers_and_what_it_takes(name: str) -> None:
    asked = questions.question(name)
    body = "\n".join(line for line in asked.sql.splitlines() if not line.startswith("--"))
    assert set(re.findall(r"\$(\w+)", body)) == set(asked.parameters)
    assert "?" in asked.about


def test_the_suite_asks_nothing_that_is_not_there() -> None:
    assert set(SUITE) == set(questions.names())


def test_errors_of_asking_say_what_to_do(record: Record) -> None:
    with pytest.raises(RecordError, match=r"no query 'ties_as_off' \(did you mean ties_as_of"):
        record.query("ties_as_off")
    with pytest.raises(RecordError, match=r"needs the parameter 'other' \(other: code of the other\)"):
        record.query("ties_of_pair", on=ON, state="CHN")
    with pytest.raises(RecordError, match=r"has no parameter 'nation' \(it takes on, state"):
        record.query("ties_of_state", on=ON, state="CHN", nation="PRK")
    with pytest.raises(RecordError, match=r"'on' of the query 'ties_as_of' cannot be 'no day'"):
        record.query("ties_as_of", on="no day")


def test_the_answers_of_views_and_questions_agree(told: Record) -> None:
    for on in (ON, dt.date(1961, 7, 8), dt.date(1970, 1, 1), dt.date(2018, 1, 1), dt.date(2025, 1, 1)):
        view = told.view(on)
        assert [t.id for t in view.ties()] == view.query("ties_as_of").column("id").to_pylist()
        clauses = sorted(c.id for t in view.ties() for c in t.clauses)
        assert clauses == sorted(view.query("clauses_as_of").column("id").to_pylist())
        for state in ("CHN", "PRK", "JPN", "SUN"):
            asked = view.query("ties_of_state", state=state).column("id").to_pylist()
            assert [t.id for t in view.ties(state)] == asked


def test_parquet_holds_every_version(told: Record, tmp_path: Path) -> None:
    import pyarrow.parquet

    files = told.export_parquet(tmp_path / "new" / "folder")
    assert {f.stem for f in files} >= {"tie", "claim", "flow", "source"}
    assert pyarrow.parquet.read_table(tmp_path / "new" / "folder" / "flow.parquet").num_rows == 5
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(RecordError, match="cannot be written"):
        told.export_parquet(blocked)
