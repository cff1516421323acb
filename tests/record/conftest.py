"""A small world of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rapallo.record import Record
from tests.record import world


@pytest.fixture
def record() -> Iterator[Record]:
    """An empty record in memory."""
    with Record.open(empty=True) as opened:
        yield opened


@pytest.fixture
def filled(record: Record) -> Record:
    """A record of the small world, known from 2024-01-01, and the reading of one text from 2024-06-22."""
    record.write(world.BATCH, now=world.LEARNT)
    record.write(world.READ, now=world.READ_ON)
    return record
