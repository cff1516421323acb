"""A small world of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rapallo.record import Record
from tests.record import world
from tests.record.engines import DuckEngine, Engine, SparkEngine, spark_session


@pytest.fixture
def record() -> Iterator[Record]:
    """An empty record in memory."""
    with Record.open(empty=True) as opened:
        yield opened


@pytest.fixture
def filled(record: Record) -> Record:
    """A record of the small world, known from 2024-01-01, and the reading of one text from 2024-06-22."""
    record.write(world.BATCH, now=world.LEARNT)
    record.load(world.DISTANCES, now=world.LEARNT)
    record.write(world.READ, now=world.READ_ON)
    return record


@pytest.fixture(scope="session")
def told() -> Iterator[Record]:
    """The small world and what people did to it: a correction, a retraction, an item to review."""
    with Record.open(empty=True) as opened:
        world.tell(opened)
        yield opened


@pytest.fixture(scope="session")
def spark(told: Record, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkEngine]:
    """Spark over the Parquet files of the same record."""
    folder = tmp_path_factory.mktemp("parquet")
    told.export_parquet(folder)
    with spark_session() as session:
        yield SparkEngine(session, folder)


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def engine(request: pytest.FixtureRequest, told: Record) -> Engine:
    """Both engines in turn."""
    return DuckEngine(told) if request.param == "duckdb" else request.getfixturevalue("spark")
