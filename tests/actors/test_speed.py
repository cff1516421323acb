"""Loading and looking up are fast; bounds are ratios or wide enough for a busy machine."""

from __future__ import annotations

import datetime as dt
import time
from importlib.resources import files

import yaml

from rapallo.actors.load import FILES, _own, table
from rapallo.actors.resolving import resolve_in
from rapallo.actors.tables import Table


def best_of(count: int, act) -> float:  # type: ignore[no-untyped-def]
    times = []
    for _ in range(count):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


def test_a_table_costs_little_more_than_reading_its_files() -> None:
    from rapallo.actors.load import _validated

    texts = [(files("rapallo.actors") / "data" / f"{name}.yaml").read_text("utf-8") for name in FILES]
    reading = best_of(3, lambda: [yaml.load(text, yaml.CSafeLoader) for text in texts])
    building = best_of(3, lambda: Table(_validated(_own(), "own")))
    assert building < 1.5 * reading


def test_thousands_of_names_a_second() -> None:
    on, own = dt.date(2024, 6, 22), table()
    texts = [entry.name.text for entry in own.names.entries]
    resolve_in(own, "Russia", on, ())

    def all_of_them() -> None:
        for text in texts:
            resolve_in(own, text, on, ())

    assert len(texts) / best_of(3, all_of_them) > 20_000


def test_a_second_look_is_a_look_into_a_dict() -> None:
    on = dt.date(2024, 6, 22)
    assert table().resolve("Rusia", on=on) is table().resolve("Rusia", on=on)
