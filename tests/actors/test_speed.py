"""Looking up is fast; the bound is wide enough for a busy machine. ``make bench-actors`` has the figures."""

from __future__ import annotations

import datetime as dt
import time

from rapallo.actors.load import table
from rapallo.actors.resolving import resolve_in


def best_of(count: int, act) -> float:  # type: ignore[no-untyped-def]
    times = []
    for _ in range(count):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


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
