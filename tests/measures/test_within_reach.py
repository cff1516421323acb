"""Cities in reach: that they lie where they should, and who counts."""

import datetime as dt
import math
from collections import Counter
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo import actors
from rapallo.actors.distance import geodesic_km
from rapallo.draw.world import load
from rapallo.measures.panel import Panel
from rapallo.measures.within_reach import MEASURES, cities, cities_within, within_reach
from rapallo.record import Record
from tests.measures.releases import release, traits
from tests.measures.worlds import FakeView, trait

ON = dt.date(2025, 1, 1)
BY_ID = {measure.card.id: measure for measure in MEASURES}
# Areas that the map draws apart from the state that the list gives them to.
DRAWN_APART = {"CHN": ("HKG", "MAC"), "USA": ("PRI",), "SOM": ("SOM/somaliland",), "CYP": ("CYP/north",)}
# On islands that the map leaves out, or where its lines of control and GeoNames differ.
ELSEWHERE = {"Tarawa", "Nassau", "Laayoune", "Sevastopol", "Simferopol"}


@cache
def outlines(state):
    world = load()
    keys = [key for key in (state, *DRAWN_APART.get(state, ())) if key in world.areas]
    return [np.array(world.ring(ring)) for key in keys for polygon in world.areas[key] for ring in polygon]


def degrees_outside(city) -> float:
    """How far outside the outline of its state a city lies; 0 inside."""
    inside, nearest = False, math.inf
    for ring in outlines(city.state):
        for turn in (-360, 0, 360):
            at = np.array([city.longitude + turn, city.latitude])
            one, other = ring, np.roll(ring, -1, axis=0)
            crossing = (one[:, 1] > at[1]) != (other[:, 1] > at[1])
            rise = np.where(crossing, other[:, 1] - one[:, 1], 1)
            reach = one[:, 0] + (at[1] - one[:, 1]) / rise * (other[:, 0] - one[:, 0])
            inside ^= bool((crossing & (reach > at[0])).sum() % 2)
            along = other - one
            length = np.maximum((along**2).sum(axis=1), 1e-12)
            share = np.clip(((at - one) * along).sum(axis=1) / length, 0, 1)
            nearest = min(nearest, float(np.hypot(*(one + share[:, None] * along - at).T).min()))
    return 0.0 if inside else nearest


def test_every_city_lies_in_its_state_or_on_its_coast():
    drawn = [city for city in cities() if outlines(city.state)]
    outside = {city.name: degrees_outside(city) for city in drawn if city.name not in ELSEWHERE}
    assert len(drawn) > 1750
    assert max(outside.values()) < 0.5  # degrees: the outlines are thinned
    assert np.mean([far == 0 for far in outside.values()]) > 0.94
    assert np.mean([far < 0.05 for far in outside.values()]) > 0.985


def test_every_state_has_a_city_and_no_city_stands_twice():
    held = Counter(city.state for city in cities())
    states = {state.id for state in actors.states(ON) if state.cow}
    assert states <= set(held)
    assert len({(city.state, city.latitude, city.longitude) for city in cities()}) == len(cities())
    assert len(cities()) > 1700


def test_capitals_lie_where_the_actors_say():
    at = {(city.state, city.name): (city.latitude, city.longitude) for city in cities()}
    found = 0
    for state in actors.states(ON):
        place = at.get((state.id, state.capital or ""))
        if place is not None and state.latitude is not None:
            found += 1
            assert geodesic_km(place, (state.latitude, state.longitude)) < 40, state.id
    assert found > 120


def test_numbers_of_people_are_plausible():
    assert all(city.people >= 1000 for city in cities())
    assert max(city.people for city in cities()) < 40e6
    assert 1.5e9 < sum(city.people for city in cities()) < 3e9
    few = Counter(city.state for city in cities() if city.people < 300_000)
    assert max(few.values()) <= 2  # the largest city of a state, or its capital


def test_within_a_distance():
    near = cities_within((39.03, 125.75), 200)
    names = [found.city.name for found in near]
    assert names[0] == "Pyongyang"
    assert "Seoul" in names
    assert "Busan" not in names
    assert [found.km for found in near] == sorted(found.km for found in near)


@settings(deadline=None, max_examples=25)
@given(st.floats(-60, 70), st.floats(-180, 180), st.floats(0, 9000), st.floats(0, 9000))
def test_farther_reaches_all_that_nearer_does(north, east, km, more):
    nearer = {found.city for found in cities_within((north, east), km)}
    farther = {found.city for found in cities_within((north, east), km + more)}
    assert nearer <= farther
    assert cities_within((north, east), 20_100, without="CHN") == tuple(
        found for found in cities_within((north, east), 20_100) if found.city.state != "CHN"
    )


def test_of_a_view():
    view = FakeView(amounts=(trait("missile_range", "PRK", 200.0),))
    found = within_reach(view, "PRK")
    assert found is not None
    assert found.km == 200
    assert found.path == (view.amounts[0].id,)
    assert "Seoul" in [near.city.name for near in found.within]
    assert not any(near.city.state == "PRK" for near in found.within)
    assert found.people == sum(near.city.people for near in found.within)
    assert within_reach(view, "JPN") is None
    supposed = within_reach(view, "JPN", km=100, origin=(35.0, 139.0))
    assert supposed is not None
    assert (supposed.within, supposed.path) == ((), ())


@pytest.fixture(scope="module")
def panel():
    days = dt.date(2010, 1, 1), dt.date(2012, 12, 31)
    with Record.open(empty=True) as record:
        record.load(
            traits(
                release("cow-capitals-1", 1816, 2024),
                ("capital_latitude", "PRK", *days, 39.03),
                ("capital_longitude", "PRK", *days, 125.75),
                ("capital_latitude", "JPN", *days, 35.7),
                ("capital_longitude", "JPN", *days, 139.7),
            )
        )
        record.load(
            traits(
                release("arms-1", 2010, 2012),
                ("missile_range", "PRK", dt.date(2010, 1, 1), dt.date(2010, 12, 31), 200.0),
                ("missile_range", "FRA", *days, 8000.0),
            )
        )
        yield Panel(record, 2010, 2011)


def test_of_a_year(panel):
    place = panel.system.position("PRK", 2010)
    near = cities_within((39.03, 125.75), 200, without="PRK")
    people = BY_ID["people-in-missile-range"].compute(panel, 0)
    assert people[place] == sum(found.city.people for found in near)
    assert BY_ID["cities-in-missile-range"].compute(panel, 0)[place] == len(near)
    # Japan has no range in the record, France no capital.
    assert np.isfinite(people).sum() == 1


def test_the_last_range_that_is_told_counts(panel):
    later = Panel(panel.record, 2012, 2012)
    place = later.system.position("PRK", 2012)
    before = BY_ID["people-in-missile-range"].compute(panel, 0)[panel.system.position("PRK", 2010)]
    assert BY_ID["people-in-missile-range"].compute(later, 0)[place] == before


def test_an_empty_record_has_no_value():
    with Record.open(empty=True) as empty:
        assert all(np.isnan(each.compute(Panel(empty, 2010, 2010), 0)).all() for each in MEASURES)


def test_every_card_is_filled():
    for measure in MEASURES:
        card = measure.card
        assert all((card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits))
        assert all((card.coding, card.missing, card.coverage, card.checked))
