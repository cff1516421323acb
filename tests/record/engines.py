"""Two engines that answer the same named questions: DuckDB, and Spark over the exported Parquet."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest

from rapallo.record import Record, schema
from rapallo.record.exports.tables import TABLES
from rapallo.record.questions import question


class Engine(Protocol):
    """Asks a named question and gives its rows."""

    def ask(self, name: str, /, **params: object) -> list[dict[str, Any]]: ...


class DuckEngine:
    """The record itself."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def ask(self, name: str, /, **params: object) -> list[dict[str, Any]]:
        return self.record.query(name, **params).to_pylist()


class SparkEngine:
    """The same questions, transpiled by sqlglot, over the Parquet files of the record."""

    def __init__(self, session: Any, folder: Path) -> None:
        self.session = session
        for table in TABLES:
            session.read.parquet(str(folder / f"{table}.parquet")).createOrReplaceTempView(table)
        session.sql(schema.ledger("spark")).createOrReplaceTempView("ledger")

    def ask(self, name: str, /, **params: object) -> list[dict[str, Any]]:
        asked = question(name)
        bound = asked.bind(params)
        if "known" in bound and bound["known"] is None:
            bound["known"] = dt.datetime(9999, 1, 1)
        if "without" in bound:
            bound["without"] = bound["without"] or []
        bound |= {k: v.replace(tzinfo=dt.UTC) for k, v in bound.items() if isinstance(v, dt.datetime)}
        found = self.session.sql(asked.transpiled("spark"), args=bound)
        return [row.asDict(recursive=True) for row in found.collect()]


@contextmanager
def spark_session() -> Iterator[Any]:
    """A local session of two threads; skips with a reason where pyspark or Java is absent."""
    pyspark_sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("no Java runtime")
    session = (
        pyspark_sql.SparkSession.builder.master("local[2]")
        .appName("rapallo-tests")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.driver.memory", "1g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()
