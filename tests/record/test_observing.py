"""Asking for an amount: a value, a zero that is one, and the five ways of having none."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from rapallo.errors import InputError
from rapallo.model import Bulk, Interval, Source
from rapallo.record import Record
from tests.record import world

D = dt.date
COVERED = Interval(D(2000, 1, 1), D(2010, 12, 31), "range")
COW = Source("cow-book", "COW's book", D(2012, 1, 1), covers=COVERED, universe="cow")
ASKED: dict[str, tuple[str, ...]] = {
    "trait": ("nuclear_warheads", "CHN"),
    "flow": ("trade", "CHN", "PRK"),
    "dyad": ("minimum_distance", "CHN", "PRK"),
}
FAMILIES = pytest.mark.parametrize("family", list(ASKED))


def row(family: str, year: int, value: float = 7.0, **cells: object) -> dict[str, object]:
    name, *who = ASKED[family]
    ends = {"flow": ("origin", "destination"), "dyad": ("actor", "other"), "trait": ("actor",)}[family]
    named = dict(zip(ends, who, strict=True))
    called = {"kind" if family == "flow" else "name": name}
    return {
        "id": f"{family}:{year}:{value}",
        "value": value,
        **called,
        **named,
        **world.in_year(year),
    } | cells


def tell(record: Record, family: str, *cells: dict[str, object], source: Source = COW) -> None:
    told = [cell | {"id": f"{source.id}:{cell['id']}"} for cell in cells]
    record.load(Bulk(source, {family: (world.rows(family, *told, source=source),)}, whole=False))


def ask(record: Record, family: str, on: dt.date, **more: Any) -> Any:
    return record.view(on).amount(*ASKED[family], **more)


@FAMILIES
def test_what_a_source_says_is_observed_with_its_row(record: Record, family: str) -> None:
    tell(record, family, row(family, 2005, file="book.csv", line=12))
    told = ask(record, family, D(2005, 6, 1))
    assert (told.status, told.value, told.source) == ("observed", 7.0, "cow-book")
    assert told.row == f"cow-book:{family}:2005:7.0"
    assert told.when == Interval(D(2005, 1, 1), D(2005, 12, 31), "year")
    assert told.why == "cow-book (book.csv, line 12) says so"
    assert told.carried is None
    for day in (D(2005, 1, 1), D(2005, 12, 31)):
        assert ask(record, family, day).value == 7.0


@FAMILIES
def test_a_zero_that_is_said_is_a_zero(record: Record, family: str) -> None:
    tell(record, family, row(family, 2005, 0.0))
    told = ask(record, family, D(2005, 6, 1))
    assert (told.status, told.value) == ("observed", 0.0)
    assert ask(record, family, D(2006, 6, 1)).value is None


@FAMILIES
def test_a_day_without_a_value_within_its_years_is_missing(record: Record, family: str) -> None:
    tell(record, family, row(family, 2005))
    told = ask(record, family, D(2006, 6, 1))
    assert (told.status, told.value, told.row) == ("missing", None, "")
    assert told.why == "cow-book speaks of that day and has no value"


@FAMILIES
def test_a_day_out_of_its_years_is_not_covered(record: Record, family: str) -> None:
    tell(record, family, row(family, 2005))
    for day in (D(1999, 12, 31), D(2011, 1, 1)):
        told = ask(record, family, day)
        assert (told.status, told.value) == ("not_covered", None)
        assert "cow-book 2000–2010" in told.why


@FAMILIES
def test_an_amount_that_nobody_speaks_of_is_unknown(record: Record, family: str) -> None:
    told = ask(record, family, D(2005, 6, 1), carry=True)
    assert (told.status, told.value) == ("unknown", None)
    tell(record, family, row(family, 2005))
    known = record.view(D(2005, 6, 1), D(2000, 1, 1)).amount(*ASKED[family])
    assert known.status == "unknown"


@pytest.mark.parametrize(
    ("family", "who"),
    [("trait", ("SUN",)), ("flow", ("CHN", "SUN")), ("flow", ("SUN", "CHN")), ("dyad", ("SUN", "YUG"))],
)
def test_a_state_that_was_none_is_not_in_the_system(
    record: Record, family: str, who: tuple[str, ...]
) -> None:
    tell(record, family, row(family, 2005))
    told = record.view(D(2007, 6, 1)).amount(ASKED[family][0], *who, carry=True)
    assert (told.status, told.value) == ("not_in_system", None)
    assert "SUN" in told.why
    assert "cow system" in told.why


def test_each_source_is_told_with_whom_it_leaves_out(record: Record) -> None:
    tell(record, "trait", row("trait", 2005))
    gw = replace(COW, id="gw-book", universe="gw")
    tell(record, "trait", row("trait", 2005), source=gw)
    told = record.view(D(2007, 6, 1)).amount("nuclear_warheads", "SUN")
    assert told.why.split("; ") == [
        f"{system}-book leaves out SUN: not in the {system} system then" for system in ("cow", "gw")
    ]


def test_a_source_of_everybody_has_no_value_where_one_of_a_system_leaves_out(record: Record) -> None:
    tell(record, "trait", row("trait", 2005))
    on = D(2007, 6, 1)
    assert record.view(on).amount("nuclear_warheads", "TWN").status == "missing"  # in the COW system
    assert record.view(on).amount("nuclear_warheads", "XKX").status == "not_in_system"  # from 2008 on
    tell(record, "trait", row("trait", 2005), source=replace(COW, id="all", universe="all"))
    assert record.view(D(2009, 6, 1)).amount("nuclear_warheads", "PSE").status == "missing"


@FAMILIES
def test_the_last_value_is_carried_on_only_where_it_is_wanted_and_marked(record: Record, family: str) -> None:
    tell(record, family, row(family, 2003, 3.0), row(family, 2005, 5.0), row(family, 2008, 8.0))
    assert ask(record, family, D(2006, 1, 10)).status == "missing"
    told = ask(record, family, D(2006, 1, 10), carry=True)
    assert (told.status, told.value, told.carried) == ("carried", 5.0, dt.timedelta(days=10))
    assert told.when.start == D(2005, 1, 1)
    assert told.why == "cow-book speaks of that day and has no value; carried on from 2005"
    late = ask(record, family, D(2012, 1, 1), carry=True)
    assert (late.status, late.value, late.carried.days) == ("carried", 8.0, 3 * 365 + 1)
    assert ask(record, family, D(2002, 1, 1), carry=True).status == "missing"
    assert ask(record, family, D(2005, 5, 5), carry=True).carried is None


@FAMILIES
def test_of_two_releases_the_later_is_preferred(record: Record, family: str) -> None:
    old, new = (replace(COW, id=f"book-{n}", released=D(n, 1, 1)) for n in (2012, 2015))
    for source, value in ((new, 2.0), (old, 1.0)):
        tell(record, family, row(family, 2005, value), row(family, 2006, value), source=source)
    told = ask(record, family, D(2005, 6, 1))
    assert (told.value, told.source) == (2.0, "book-2015")
    assert ask(record, family, D(2007, 1, 1), carry=True).source == "book-2015"
    tell(record, family, row(family, 2009, 9.0), source=old)
    assert ask(record, family, D(2009, 1, 1)).source == "book-2012"  # the later has no value
    undated = replace(COW, id="zzz", released=None)
    tell(record, family, row(family, 2005, 3.0), source=undated)
    assert ask(record, family, D(2005, 6, 1)).source == "book-2015"
    tell(record, family, row(family, 2005, 4.0, confidence=0.95), source=replace(old, id="sure"))
    assert ask(record, family, D(2005, 6, 1)).source == "sure"


@FAMILIES
def test_what_was_known_then_is_asked_of_the_views_time(record: Record, family: str) -> None:
    tell(record, family, row(family, 2005, 1.0))
    known = record.view(D(2005, 6, 1)).known
    tell(record, family, row(family, 2005, 2.0), source=replace(COW, id="later", released=D(2020, 1, 1)))
    assert ask(record, family, D(2005, 6, 1)).value == 2.0
    assert record.view(D(2005, 6, 1), known).amount(*ASKED[family]).value == 1.0


@FAMILIES
def test_open_ends_hold_to_either_side(record: Record, family: str) -> None:
    tell(record, family, row(family, 2005, valid_to=None))
    assert ask(record, family, D(2100, 1, 1)).status == "observed"
    assert ask(record, family, D(2004, 12, 31)).status == "missing"
    never = replace(COW, id="never", released=D(2020, 1, 1))
    tell(record, family, row(family, 2004, 1.0, valid_from=None), source=never)
    assert ask(record, family, D(1800, 1, 1)).value == 1.0
    assert ask(record, family, D(2005, 1, 1)).value == 7.0


@FAMILIES
def test_a_source_that_declares_no_years_speaks_of_those_of_its_rows(record: Record, family: str) -> None:
    silent = Source("silent", "Silent")
    tell(record, family, row(family, 2003), row(family, 2007), source=silent)
    assert ask(record, family, D(2005, 1, 1)).status == "missing"
    told = ask(record, family, D(2008, 1, 1))
    assert (told.status, "silent 2003–2007" in told.why) == ("not_covered", True)


def test_a_pair_is_one_whichever_is_named_first_and_a_flow_is_not(record: Record) -> None:
    tell(record, "dyad", row("dyad", 2005))
    tell(record, "flow", row("flow", 2005))
    view = record.view(D(2005, 6, 1))
    assert view.amount("minimum_distance", "PRK", "CHN").value == 7.0
    assert view.amount("trade", "PRK", "CHN").status == "missing"


def test_a_flow_is_asked_by_its_good(record: Record) -> None:
    tell(record, "flow", row("flow", 2005), row("flow", 2005, 3.0, what="coal"))
    assert ask(record, "flow", D(2005, 6, 1)).value == 7.0
    assert ask(record, "flow", D(2005, 6, 1), what="coal").value == 3.0
    assert ask(record, "flow", D(2005, 6, 1), what="gas").status == "missing"


def test_names_of_ones_own_are_asked_as_others(record: Record) -> None:
    tell(record, "trait", row("trait", 2005, name="own:swagger"))
    tell(record, "dyad", row("dyad", 2005, 2.0, name="own:warmth"))
    tell(record, "flow", row("flow", 2005, 3.0, kind="own:gifts"))
    view = record.view(D(2005, 6, 1))
    assert view.amount("own:swagger", "CHN").value == 7.0
    assert view.amount("own:warmth", "CHN", "PRK").value == 2.0
    assert view.amount("own:gifts", "CHN", "PRK").value == 3.0
    assert view.amount("own:gifts", "PRK", "CHN").status == "missing"
    assert view.amount("own:nothing", "CHN").status == "unknown"


def test_what_is_supposed_away_is_not_observed(record: Record) -> None:
    tell(record, "trait", row("trait", 2005), row("trait", 2004, 4.0))
    view = record.view(D(2005, 6, 1)).without("cow-book:trait:2005:7.0")
    assert view.amount("nuclear_warheads", "CHN").status == "missing"
    assert view.amount("nuclear_warheads", "CHN", carry=True).value == 4.0


def test_what_is_no_amount_is_refused(record: Record) -> None:
    view = record.view(D(2005, 6, 1))
    with pytest.raises(InputError, match="'charm' is no trait, flow or amount of pairs"):
        view.amount("charm", "CHN")
    with pytest.raises(InputError, match="'nuclear_warheads' is an amount of one state"):
        view.amount("nuclear_warheads", "CHN", "PRK")
    with pytest.raises(InputError, match="'trade' is an amount of two states"):
        view.amount("trade", "CHN")
