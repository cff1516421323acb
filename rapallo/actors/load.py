"""Reads actor files into tables."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapallo.actors.compiled import DATA, compiled
from rapallo.actors.tables import Table
from rapallo.errors import InputError

if TYPE_CHECKING:
    from rapallo.actors.rows import ActorFile

FORM = "see rapallo/actors/data/states.yaml for the form"
LARGEST = 10_000_000

__all__ = ["own_files", "own_rows", "table", "using", "with_extra"]


def _parse(text: str, origin: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415

    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.CSafeLoader)):
            msg = f"{origin} refers to another part of itself"
            raise InputError(msg, hint="write the part out; anchors and aliases are not read")
        raw = yaml.load(text, yaml.CSafeLoader)
    except RecursionError as error:
        msg = f"{origin} is nested too deep"
        raise InputError(msg, hint=FORM) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        msg = f"{origin} is not YAML" + (f": line {mark.line + 1}" if mark else "")
        raise InputError(msg, hint=FORM) from error
    if not isinstance(raw, dict):
        msg = f"{origin} holds no sections"
        raise InputError(
            msg, hint="it may hold states, leaders, organisations, groups, blocs, seats, epithets, places"
        )
    return raw


def _validated(raw: dict[str, Any], origin: str) -> ActorFile:
    from pydantic import ValidationError  # noqa: PLC0415

    from rapallo.actors.rows import ActorFile  # noqa: PLC0415

    try:
        return ActorFile.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = _place(raw, first["loc"])
        msg = f"{origin}: {where}: {first['msg'][0].lower()}{first['msg'][1:]}"
        raise InputError(msg, hint=FORM) from error


def _place(raw: Any, path: tuple[int | str, ...]) -> str:
    """The path to an entry in words: the id of a row says more than its number."""
    words = []
    for step in path:
        try:
            raw = raw[step]
        except (KeyError, IndexError, TypeError):
            raw = None
        words.append(
            str(raw["id"]) if isinstance(step, int) and isinstance(raw, dict) and "id" in raw else str(step)
        )
    return " ".join(words)


def own_files() -> tuple[Path, ...]:
    """The project's own actor files; ``roles.yaml`` holds words, no actors."""
    return tuple(path for path in sorted(DATA.rglob("*.yaml")) if path.name != "roles.yaml")


@cache
def _own() -> dict[str, Any]:
    """The raw sections of the project's own files, each row with the basis its file states."""
    from rapallo.actors.rows import merge, with_basis  # noqa: PLC0415

    merged: dict[str, Any] = {}
    for path in own_files():
        merged = merge(merged, with_basis(_parse(path.read_text(encoding="utf-8"), path.name)))
    return merged


def own_rows() -> ActorFile:
    """The project's own rows, read from YAML and validated.

    Raises:
        InputError: where a file is not YAML or a row is not valid.
    """
    return _validated(_own(), "rapallo/actors/data")


def table() -> Table:
    """The table in use: the project's own, read once on first use, or that of :func:`using`.

    The project's own comes from the compiled file while that is in step with the YAML files, else from these.

    Examples:
        >>> table().actor("PRK").name
        'North Korea'
    """
    return _in_use.get() or _embedded()


_in_use: ContextVar[Table | None] = ContextVar("in_use", default=None)


@contextmanager
def using(other: Table) -> Iterator[Table]:
    """A block in which every question is asked of another table, as that of :func:`with_extra`."""
    before = _in_use.set(other)
    try:
        yield other
    finally:
        _in_use.reset(before)


@cache
def _embedded() -> Table:
    ready = compiled()
    return Table(ready.rows, ready.holders) if ready else _checked(own_rows())


def _checked(rows: ActorFile) -> Table:
    made = Table(rows)
    made.check()
    return made


def with_extra(path: Path | str) -> Table:
    """The project's table with a user's file laid over it.

    Args:
        path: a YAML file with any of the sections ``states, leaders, organisations, groups, blocs, seats,
            epithets, places``. A row with a known id changes the keys it gives; other rows and all names
            are added.

    Returns:
        A new table; the project's own one is not changed.

    Raises:
        InputError: where the file cannot be read, is not YAML, or a row is not valid; names file and row.
    """
    from rapallo.actors.rows import merge, with_basis  # noqa: PLC0415

    path = Path(path)
    try:
        if path.stat().st_size > LARGEST:
            msg = f"{path.name} is larger than {LARGEST // 1_000_000} MB"
            raise InputError(msg, hint="an actor file holds rows of names and dates")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path.name} cannot be read"
        raise InputError(msg, hint=getattr(error, "strerror", None) or "it is not UTF-8 text") from error
    raw = _parse(text, path.name)
    _well_formed(raw, path.name)
    rows = _validated(merge(_own(), with_basis(raw)), path.name)
    try:
        return _checked(rows)
    except InputError as error:
        msg = f"{path.name}: {error.message}"
        raise InputError(msg, hint=error.hint) from error


def _well_formed(raw: dict[str, Any], origin: str) -> None:
    """Refuse sections whose shape would break the merge; everything else is validated after it."""
    hint = FORM
    for section, rows in raw.items():
        if section in {"basis", "checked_against", "known_to"}:
            continue
        by_state = section == "leaders"
        if by_state and not isinstance(rows, dict):
            msg = f"{origin}: leaders is not a list of rows for each state"
            raise InputError(msg, hint=hint)
        needs_id = section not in {"seats", "epithets", "places"}
        for entries in rows.values() if by_state else [rows]:
            if not isinstance(entries, list) or not all(
                isinstance(row, dict) and (isinstance(row.get("id", []), Hashable) or not needs_id)
                for row in entries
            ):
                msg = f"{origin}: {section} is not a list of rows" + (" with ids" if needs_id else "")
                raise InputError(msg, hint=hint)
