"""Who belongs to what, by date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.actors import actor, members, resolve, states, table
from rapallo.errors import InputError, UnknownActorError

SUMMER_2024 = dt.date(2024, 6, 22)


@pytest.mark.parametrize(
    ("org", "on", "count"),
    [
        ("UN", "2024-06-22", 193),
        (
            "UN",
            "1945-12-31",
            47,
        ),  # of 51 founders Belarus, India, the Philippines and Ukraine were no states yet
        ("NATO", "1949-08-24", 12),
        ("NATO", "2024-06-22", 32),
        ("EU", "2019-12-31", 28),
        ("EU", "2020-02-01", 27),
        ("AU", "2024-06-22", 55),
        ("OIC", "2024-06-22", 57),
        ("AL", "2024-06-22", 22),
        ("OSCE", "2024-06-22", 57),
        ("COE", "2022-03-15", 47),
        ("COE", "2022-03-17", 46),
        ("OECD", "2024-06-22", 38),
        ("CSTO", "2024-06-22", 6),
        ("SCO", "2024-07-04", 10),
        ("ASEAN", "2024-06-22", 10),
        ("GCC", "2024-06-22", 6),
        ("ECOWAS", "2024-06-22", 15),
        ("ECOWAS", "2025-02-01", 12),
        ("OAS", "2024-06-22", 34),
        ("OPEC", "2024-06-22", 12),
        ("G20", "2024-06-22", 21),
        ("WP", "1980-01-01", 7),
        ("P5", "1991-12-25", 5),
        ("P5", "1991-12-26", 5),
    ],
)
def test_as_many_as_there_were(org: str, on: str, count: int) -> None:
    found = members(org, dt.date.fromisoformat(on))
    assert len(found) == count, found


def test_membership_follows_the_day() -> None:
    assert "RUS" in members("G7", dt.date(2014, 3, 24))
    assert "RUS" not in members("G7", dt.date(2014, 3, 25))
    assert "EGY" not in members("AL", dt.date(1985, 1, 1))
    assert "MAR" not in members("AU", dt.date(2016, 1, 1))
    assert {"SUN"} == set(members("P5", dt.date(1970, 1, 1))) - {"CHN", "FRA", "GBR", "USA"}
    assert "RUS" in members("P5", dt.date(1992, 1, 1))
    assert members("BRICS", dt.date(2010, 1, 1)) == ("BRA", "CHN", "IND", "RUS")


@given(st.sampled_from(table().all_bodies()), st.dates(dt.date(1880, 1, 1), dt.date(2026, 6, 1)))
def test_members_exist_on_the_day(body, on: dt.date) -> None:  # type: ignore[no-untyped-def]
    if not body.members or not any(days.contains(on) for days in body.exists):
        with pytest.raises((InputError, UnknownActorError)):
            members(body.id, on)
        return
    bodies = {other.id for other in table().all_bodies()}
    assert set(members(body.id, on)) <= {state.id for state in states(on)} | bodies


def test_what_is_not_known_is_an_error_not_an_empty_list() -> None:
    with pytest.raises(InputError, match="not in the actor files"):
        members("IMF", SUMMER_2024)
    with pytest.raises(InputError, match="Africa, Latin America"):
        members("GLOBAL-SOUTH", SUMMER_2024)
    with pytest.raises(UnknownActorError, match="WP was not in being"):
        members("WP", SUMMER_2024)
    with pytest.raises(UnknownActorError):
        members("FRA", SUMMER_2024)


def test_organisations_are_actors() -> None:
    nato = actor("NATO", on=SUMMER_2024)
    assert (nato.kind, nato.cow, nato.name) == ("organisation", None, "NATO")
    assert ("FIN", dt.date(2023, 4, 4)) in [(who, when.start) for who, when in nato.members]
    assert actor("hamas").of == "PSE"


def test_a_bloc_says_that_it_is_fuzzy() -> None:
    best = resolve("the West", on=SUMMER_2024).best
    assert best
    assert best.role == "bloc"
    assert "no fixed members" in best.why


def test_ids_are_one_set() -> None:
    ids = [row.id for row in table().all_states()]
    ids += [row.id for row in table().all_bodies()]
    ids += [row.id for row in table().all_people()]
    assert len(ids) == len(set(ids)) == len({id_.casefold() for id_ in ids})
    assert all(
        len(body.id) != 3 or body.id not in {state.id for state in states(SUMMER_2024)}
        for body in table().all_bodies()
    )
