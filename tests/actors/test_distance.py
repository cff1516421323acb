"""Distances over the ellipsoid and between capitals."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.actors import distance_km
from rapallo.actors.distance import geodesic_km
from rapallo.errors import InputError, UnknownActorError

PLACES = st.tuples(st.floats(-89, 89), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        # one degree of a meridian at the equator and at the pole, and of the equator (WGS84)
        ((0.0, 0.0), (1.0, 0.0), 110.574),
        ((89.0, 0.0), (90.0, 0.0), 111.694),
        ((0.0, 0.0), (0.0, 1.0), 111.320),
        # Land's End to John o' Groats, the worked example of T. Vincenty's formula on WGS84
        ((50.06632, -5.71475), (58.64402, -3.07009), 969.954),
        # a quarter of a meridian
        ((0.0, 0.0), (90.0, 0.0), 10001.966),
    ],
)
def test_known_lengths(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    assert geodesic_km(one, other) == pytest.approx(km, abs=0.1)


@given(PLACES, PLACES)
def test_a_distance_is_even_handed_and_near_the_sphere(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    there, back = geodesic_km(one, other), geodesic_km(other, one)
    assert there == pytest.approx(back, abs=1e-6)
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    chord = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    sphere = 2 * 6371.0 * math.asin(min(1.0, math.sqrt(chord)))
    assert there == pytest.approx(sphere, rel=0.007, abs=0.01)


def test_between_capitals() -> None:
    assert distance_km("USA", "USA") == 0
    assert distance_km(2, "RUS") == pytest.approx(7842, abs=15)
    bonn, berlin = (distance_km("FRA", "DEU", on=dt.date(y, 1, 1)) for y in (1970, 2024))
    assert bonn < 410
    assert berlin > 870


def test_only_between_states() -> None:
    with pytest.raises(InputError, match="NATO has no capital"):
        distance_km("NATO", "RUS")
    with pytest.raises(UnknownActorError):
        distance_km("RUS", "SUN", on=dt.date(2024, 1, 1))
