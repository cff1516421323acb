"""The tables of the record: what they are called, how they hang together, and how they are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb

from rapallo.errors import RecordError
from rapallo.vocab import check

__all__ = [
    "CHILDREN",
    "FAMILIES",
    "LISTS",
    "OWN",
    "VERSION",
    "VOCABULARIES",
    "check_term",
    "check_terms",
    "create",
    "ledger",
    "packaged",
    "verify",
]

VERSION = "2"
"""Version of the schema; a record of another version is refused."""

FAMILIES = ("document", "claim", "event", "tie", "party", "phase", "clause", "flow", "trait", "dyad")
"""The families that share one envelope."""

CHILDREN = {"claim": "document", "party": "tie", "phase": "tie", "clause": "tie"}
"""Families whose rows belong to a row of another, and the column that names it."""

VOCABULARIES = {
    "claim": {
        "kind": "claim_kinds",
        "event": "event_types",
        "contexts": "contexts",
        "polarity": "polarities",
        "modality": "modalities",
        "tie_kind": "tie_kinds",
        "tie_clauses": "clause_kinds",
        "tie_phase": "tie_phases",
    },
    "event": {"event": "event_types", "contexts": "contexts"},
    "tie": {"kind": "tie_kinds"},
    "phase": {"phase": "tie_phases"},
    "clause": {
        "kind": "clause_kinds",
        "trigger": "clause_triggers",
        "response": "clause_responses",
        "strength": "clause_strengths",
        "conditions": "clause_conditions",
    },
    "flow": {"kind": "flow_kinds"},
    "trait": {"name": "trait_names"},
    "dyad": {"name": "dyad_names"},
}
"""Columns that hold only terms of a vocabulary, by family."""

_AMOUNTS = frozenset(("trait_names", "flow_kinds", "dyad_names"))

OWN = "own:"
"""What the names of amounts begin with that are a user's own and in no vocabulary."""

LISTS = frozenset(("contexts", "conditions", "tie_clauses"))
"""Those of them that hold several."""


@cache
def packaged(name: str) -> str:
    """The text of an SQL file of this floor.

    Examples:
        >>> packaged("ledger.sql").splitlines()[0]
        '-- Every row of every family by its envelope.'
    """
    return files("rapallo.record").joinpath(name).read_text(encoding="utf-8")


def ledger(dialect: str = "duckdb") -> str:
    """The SELECT that puts the envelopes of all families under one another, in the dialect of an engine.

    Examples:
        >>> ledger("spark").count("UNION ALL")
        9
    """
    text = packaged("ledger.sql")
    if dialect == "duckdb":
        return text
    import sqlglot  # noqa: PLC0415 - slow to load, and DuckDB needs no translation

    return sqlglot.transpile(text, read="duckdb", write=dialect, comments=False)[0]


def check_terms(family: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Make sure that rows of a family use only terms of the vocabularies.

    Raises:
        VocabularyError: for the first term that is in none.
    """
    columns = VOCABULARIES.get(family, {})
    used: dict[str, set[str]] = {column: set() for column in columns}
    for row in rows:
        for column, terms in used.items():
            cell = row[column]
            terms.update(cell if isinstance(cell, list) else () if cell is None else (cell,))
    for column, terms in used.items():
        for term in sorted(terms):
            check_term(columns[column], term)


def check_term(name: str, term: str) -> None:
    """Make sure that a term is of a vocabulary, or a user's own name of an amount.

    Raises:
        VocabularyError: where it is neither.
    """
    if not (name in _AMOUNTS and term.startswith(OWN)):
        check(name, term)


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables in an empty database."""
    envelope = packaged("envelope.sql").strip()
    connection.execute(packaged("schema.sql").replace("/*envelope*/", envelope))
    connection.execute(f"CREATE VIEW ledger AS {ledger()}")
    connection.execute("INSERT INTO meta VALUES ('schema', $version)", {"version": VERSION})


def verify(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make sure that a database is a record of this version.

    Args:
        connection: to the database.
        name: what the error calls it.

    Raises:
        RecordError: where it is another database or a record of another version.
    """
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        found = []
    if not found:
        msg = f"{name} is a DuckDB database but no record of Rapallo"
        raise RecordError(msg, hint="name a new file to start a record in it")
    if found[0][0] != VERSION:
        msg = f"{name} is a record of schema {found[0][0]}, this Rapallo reads schema {VERSION}"
        raise RecordError(msg, hint="use the Rapallo that wrote it, or start a new record")
