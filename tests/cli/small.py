"""A small record in a file: capability, alliances, disputes, trade and capitals of a few states."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from rapallo.measures.national import COMPONENTS
from rapallo.model import Bulk
from rapallo.record import Record
from tests.measures.releases import dyads, release, traits
from tests.record.world import in_year, rows

OBLIGATIONS = ("atop_defence", "atop_offence", "atop_neutrality", "atop_consultation", "atop_non_aggression")


def of_years(name: str, state: str, first: int, last: int, value: float):
    return [(name, state, dt.date(y, 1, 1), dt.date(y, 12, 31), value) for y in range(first, last + 1)]


def flows(source, *told: tuple[str, str, int, float]) -> Bulk:
    cells = (
        {
            "id": f"{source.id}:{one}-{other}:{year}",
            "kind": "trade",
            "origin": one,
            "destination": other,
            "what": "",
            "value": value,
            "unit": "USD million",
            "line": line,
            **in_year(year),
        }
        for line, (one, other, year, value) in enumerate(told, 2)
    )
    return Bulk(source, {"flow": (rows("flow", *cells, source=source),)})


def write(path: Path) -> Path:
    """NMC of 1990 to 1992, ATOP of 1990 to 1992, disputes of 1816 to 1991 and trade of 1990.

    France has 3 of 10 of the people in 1990 and 1991, Italy 2, the Soviet Union 5; in 1992 France has 3 and
    Italy 2 of 5. France defends Italy from 1990 on.
    """
    with Record.open(path, empty=True) as record:
        people = [
            *of_years("population", "FRA", 1990, 1992, 3.0),
            *of_years("population", "ITA", 1990, 1992, 2.0),
            *of_years("population", "SUN", 1990, 1991, 5.0),
        ]
        components = [each for each in COMPONENTS if each != "population"]
        nothing = [each for name in components for each in of_years(name, "FRA", 1990, 1992, 0.0)]
        record.load(traits(release("nmc-9", 1990, 1992), *people, *nothing))
        pledged = [(name, "FRA", "ITA", 1990 + at, 1.0) for at in range(3) for name in OBLIGATIONS]
        record.load(dyads(release("atop-9", 1990, 1992), *pledged))
        record.load(
            dyads(
                release("gml-9", 1816, 1991),
                ("dispute_ongoing", "FRA", "ITA", 1985, 1.0),
                ("dispute_onset", "FRA", "ITA", 1985, 1.0),
                ("dispute_hostility", "FRA", "ITA", 1985, 4.0),
                ("dispute_hostility", "ITA", "FRA", 1985, 2.0),
            )
        )
        record.load(
            flows(release("cow-trade-9", 1990, 1991), ("FRA", "ITA", 1990, 30.0), ("ITA", "FRA", 1990, 10.0))
        )
        capitals = [
            *of_years("capital_latitude", "FRA", 1990, 1992, 48.86),
            *of_years("capital_longitude", "FRA", 1990, 1992, 2.35),
            *of_years("capital_latitude", "ITA", 1990, 1992, 41.9),
            *of_years("capital_longitude", "ITA", 1990, 1992, 12.5),
        ]
        record.load(traits(release("cow-capitals-9", 1990, 1992), *capitals))
    return path
