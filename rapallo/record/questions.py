"""The named questions: SQL files in ``queries/``, one question a file."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapallo.errors import RecordError

__all__ = ["Question", "names", "question"]

_PARAMETER = re.compile(r"^-- \$(\w+)( \(optional\))?: (.+)$")
_DAYS = {"on", "since"}
_TYPES: Mapping[str, type] = {
    **dict.fromkeys((*_DAYS, "known", "after"), dt.date),
    **dict.fromkeys(("ids", "without", "names", "states", "sources"), list),
}
"""What a parameter must be, by its name; all others are text."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question the record answers.

    Attributes:
        name: name of its file.
        about: what it answers.
        parameters: what each parameter means.
        optional: those that may be left out.
        sql: its text, in DuckDB's dialect.
    """

    name: str
    about: str
    parameters: Mapping[str, str]
    optional: frozenset[str]
    sql: str

    def bind(self, given: Mapping[str, object]) -> dict[str, object]:
        """Values for all parameters: those given, None for the optional ones left out.

        Raises:
            RecordError: where one is missing or unknown.
        """
        takes = f"it takes {', '.join(self.parameters)}"
        for name in given:
            if name not in self.parameters:
                msg = f"the query {self.name!r} has no parameter {name!r}"
                raise RecordError(msg, hint=takes)
        for name in self.parameters:
            if given.get(name) is None and name not in self.optional:
                msg = f"the query {self.name!r} needs the parameter {name!r}"
                raise RecordError(msg, hint=f"{name}: {self.parameters[name]}")
            self._is_of_its_type(name, given.get(name))
        return {name: given.get(name) for name in self.parameters}

    def _is_of_its_type(self, name: str, value: object) -> None:
        right = not isinstance(value, dt.datetime) if name in _DAYS else True
        if value is not None and not (right and isinstance(value, _TYPES.get(name, str))):
            msg = f"the parameter {name!r} of the query {self.name!r} cannot be {value!r}"
            raise RecordError(msg, hint=f"{name}: {self.parameters[name]}")

    def transpiled(self, dialect: str) -> str:
        """Its text in another dialect that sqlglot knows.

        Examples:
            >>> ":state" in question("ties_of_state").transpiled("spark")
            True
        """
        import sqlglot  # noqa: PLC0415 - slow to load, and DuckDB needs no translation

        return sqlglot.transpile(self.sql, read="duckdb", write=dialect, comments=False)[0]


@cache
def names() -> tuple[str, ...]:
    """The names of all questions, in alphabetical order.

    Examples:
        >>> "ties_as_of" in names()
        True
    """
    folder = files("rapallo.record").joinpath("queries")
    return tuple(sorted(p.name.removesuffix(".sql") for p in folder.iterdir() if p.name.endswith(".sql")))


@cache
def question(name: str) -> Question:
    """The question of that name.

    Raises:
        RecordError: where there is none.

    Examples:
        >>> question("ties_of_pair").parameters["state"]
        'code of one state'
    """
    if name not in names():
        msg = f"there is no query {name!r}"
        near = difflib.get_close_matches(name, names(), n=3)
        raise RecordError(
            msg, hint=f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(names())}"
        )
    sql = files("rapallo.record").joinpath("queries", f"{name}.sql").read_text(encoding="utf-8")
    comments = [line for line in sql.splitlines() if line.startswith("-- ")]
    told = [match for match in map(_PARAMETER.match, comments) if match]
    about = " ".join(line.removeprefix("-- ") for line in comments if not _PARAMETER.match(line))
    optional = frozenset(match[1] for match in told if match[2])
    return Question(name, about, {match[1]: match[3] for match in told}, optional, sql)
