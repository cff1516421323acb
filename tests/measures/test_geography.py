"""Distances against an iteration of Vincenty's and known values; contiguity and capitals by hand."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.actors.distance import geodesic_km
from rapallo.measures.geography import MEASURES, capitals, ellipsoid_km, sphere_km
from rapallo.measures.panel import Panel
from rapallo.record import Record
from tests.measures.releases import dyads, release, traits

BY_ID = {measure.card.id: measure for measure in MEASURES}
PLACES = st.tuples(st.floats(-89, 89), st.floats(-180, 180)).map(np.array)


def vincenty_km(one, other):
    """Vincenty (1975), inverse, on WGS84; None where it does not settle, as near the antipodes."""
    a, f = 6378.137, 1 / 298.257223563
    b = a * (1 - f)
    u1, u2 = (math.atan((1 - f) * math.tan(math.radians(place[0]))) for place in (one, other))
    turn = lam = math.radians(other[1] - one[1])
    for _ in range(200):
        cross = math.cos(u2) * math.sin(lam)
        along = math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam)
        sin_s = math.hypot(cross, along)
        cos_s = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * math.cos(lam)
        if sin_s == 0:
            return 0.0
        sigma = math.atan2(sin_s, cos_s)
        sin_a = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_s
        cos2 = 1 - sin_a**2
        mid = cos_s - 2 * math.sin(u1) * math.sin(u2) / cos2 if cos2 > 1e-15 else 0.0
        c = f / 16 * cos2 * (4 + f * (4 - 3 * cos2))
        before, lam = (
            lam,
            turn + (1 - c) * f * sin_a * (sigma + c * sin_s * (mid + c * cos_s * (2 * mid**2 - 1))),
        )
        if abs(lam - before) < 1e-13:
            break
    else:
        return None
    k = cos2 * (a**2 - b**2) / b**2
    big_a = 1 + k / 16384 * (4096 + k * (-768 + k * (320 - 175 * k)))
    big_b = k / 1024 * (256 + k * (-128 + k * (74 - 47 * k)))
    inner = cos_s * (2 * mid**2 - 1) - big_b / 6 * mid * (4 * sin_s**2 - 3) * (4 * mid**2 - 3)
    return b * big_a * (sigma - big_b * sin_s * (mid + big_b / 4 * inner))


def test_against_vincenty_on_200_pairs():
    rng = np.random.default_rng(7)
    ones = np.stack([np.degrees(np.arcsin(rng.uniform(-1, 1, 200))), rng.uniform(-180, 180, 200)])
    others = np.stack([np.degrees(np.arcsin(rng.uniform(-1, 1, 200))), rng.uniform(-180, 180, 200)])
    found = ellipsoid_km(ones, others)
    checked = 0
    for at, km in enumerate(found):
        exact = vincenty_km(ones[:, at], others[:, at])
        if exact is not None and exact < 19_000:
            checked += 1
            allowed = 0.015 if exact < 10_000 else 0.06 if exact < 15_000 else 0.5  # kilometres
            assert abs(km - exact) < allowed
    assert checked > 190


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((0.0, 0.0), (0.0, 90.0), 6378.137 * math.pi / 2),  # a quarter of the equator
        ((0.0, 0.0), (90.0, 0.0), 10001.966),  # a quarter of a meridian
        (
            (50 + 3 / 60 + 59 / 3600, -(5 + 42 / 60 + 53 / 3600)),
            (58 + 38 / 60 + 38 / 3600, -(3 + 4 / 60 + 12 / 3600)),
            969.954,
        ),
        ((10.0, 20.0), (10.0, 20.0), 0.0),
    ],
)
def test_known_values(one, other, km):
    assert float(ellipsoid_km(np.array(one), np.array(other))) == pytest.approx(km, abs=0.05)


def test_as_the_distance_between_two_places():
    rng = np.random.default_rng(3)
    ones, others = (np.stack([rng.uniform(-90, 90, 50), rng.uniform(-180, 180, 50)]) for _ in "ab")
    others[:, 0] = -ones[0, 0], ones[1, 0] + 180  # the antipode
    found = ellipsoid_km(ones, others)
    told = [geodesic_km(tuple(ones[:, at]), tuple(others[:, at])) for at in range(50)]
    assert np.allclose(found, told, rtol=0, atol=1e-9)


@settings(deadline=None)
@given(PLACES, PLACES, st.floats(-180, 180))
def test_symmetric_bounded_and_the_same_for_any_meridian(one, other, turn):
    there, back = ellipsoid_km(one, other), ellipsoid_km(other, one)
    assert there == pytest.approx(float(back), abs=1e-6)
    assert 0 <= there < 20_040
    moved = ellipsoid_km(one + np.array([0, turn]), other + np.array([0, turn]))
    if there < 19_900:  # else rounding may put it on either side of where the formula changes
        assert float(moved) == pytest.approx(float(there), abs=1e-3)
        assert float(there) == pytest.approx(float(sphere_km(one, other)), rel=0.007, abs=1e-6)


@pytest.fixture(scope="module")
def panel():
    begin, end = dt.date(1950, 1, 1), dt.date(1970, 12, 31)
    moved = dt.date(1960, 4, 20), dt.date(1960, 4, 21)
    with Record.open(empty=True) as record:
        record.load(
            traits(
                release("cow-capitals-1", 1816, 2024),
                ("capital_latitude", "BRA", begin, moved[0], 0.0),
                ("capital_longitude", "BRA", begin, moved[0], -43.0),
                ("capital_latitude", "BRA", moved[1], end, 0.0),
                ("capital_longitude", "BRA", moved[1], end, -48.0),
                ("capital_latitude", "ARG", begin, end, 0.0),
                ("capital_longitude", "ARG", begin, end, -58.0),
            )
        )
        record.load(
            dyads(
                release("cow-contiguity-1", 1816, 1965),
                ("contiguity", "ARG", "BRA", 1960, 1.0),
                ("contiguity", "USA", "CUB", 1960, 4.0),
            )
        )
        record.load(
            dyads(release("cow-mindist-1", 1886, 2019), ("minimum_distance", "USA", "CUB", 1960, 150.5))
        )
        yield Panel(record, 1959, 1966)


def of(panel, measure, year, one, other):
    row = year - panel.years[0]
    places = panel.system.position(one, year), panel.system.position(other, year)
    return float(BY_ID[measure].compute(panel, row)[places])


@pytest.mark.parametrize(("year", "degrees"), [(1959, 15), (1960, 15), (1961, 10)])
def test_the_first_capital_of_a_year_counts(panel, year, degrees):
    km = 6378.137 * math.radians(degrees)  # along the equator, so the sphere and the ellipsoid agree
    for measure in ("capital-distance", "capital-distance-spherical"):
        assert of(panel, measure, year, "BRA", "ARG") == pytest.approx(km)
        assert of(panel, measure, year, "ARG", "BRA") == pytest.approx(km)


def test_capitals_that_are_not_told(panel):
    assert np.isnan(of(panel, "capital-distance", 1960, "BRA", "USA"))
    assert np.isfinite(capitals(panel)[:, 1]).sum() == 4


def test_two_numbers_in_a_year_have_a_capital_each():
    with Record.open(empty=True) as record:
        split = dt.date(1990, 10, 2), dt.date(1990, 10, 3)
        record.load(
            traits(
                release("cow-capitals-1", 1816, 2024),
                ("capital_latitude", "DEU", dt.date(1955, 5, 5), split[0], 50.7),
                ("capital_latitude", "DEU", split[1], dt.date(2024, 12, 31), 52.5),
            )
        )
        panel = Panel(record, 1989, 1991)
        norths = capitals(panel)[0]
        west, all_of_it = (int(np.searchsorted(panel.system.codes, code)) for code in (260, 255))
        assert norths[:2, west].tolist() == [50.7, 50.7]
        assert norths[1:, all_of_it].tolist() == [52.5, 52.5]
        assert np.isnan(norths[2, west])


def test_contiguity(panel):
    assert of(panel, "contiguity", 1960, "BRA", "ARG") == 1
    assert of(panel, "contiguity", 1960, "CUB", "USA") == 4
    assert of(panel, "contiguity", 1960, "CUB", "ARG") == 0
    assert np.isnan(of(panel, "contiguity", 1966, "BRA", "ARG"))  # not covered


def test_minimum_distance(panel):
    assert of(panel, "minimum-distance", 1960, "CUB", "USA") == 150.5
    assert np.isnan(of(panel, "minimum-distance", 1960, "CUB", "ARG"))


def test_nobody_is_far_from_itself_and_an_empty_record_has_no_value(panel):
    with Record.open(empty=True) as empty:
        for measure in MEASURES:
            assert np.isnan(np.diag(measure.compute(panel, 1))).all()
            assert np.isnan(measure.compute(Panel(empty, 1960, 1960), 0)).all()


def test_every_card_is_filled():
    for measure in MEASURES:
        card = measure.card
        assert all((card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits))
        assert all((card.coding, card.missing, card.coverage, card.checked))
