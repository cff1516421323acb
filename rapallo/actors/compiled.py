"""All actor files in one that is read at once, used only while it is in step with what it was made from.

``make actors`` writes ``data/compiled.json``: the validated rows in columns, and every name with the places
of the records that bear it, so that neither YAML nor validation nor the reading of every row stands between
a question and its answer. It carries the SHA-256 of the files it follows from: the YAML files and this
package's code. Where that is another one the YAML files are read.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapallo.fingerprint import fingerprint

if TYPE_CHECKING:
    from rapallo.actors.rows import ActorFile
    from rapallo.actors.tables import Table

__all__ = ["DATA", "PATH", "Compiled", "compiled", "digest", "sources", "text"]

DATA = Path(__file__).parent / "data"
PATH = DATA / "compiled.json"
_BODIES = ("organisations", "groups", "blocs")
_LISTS = ("states", *_BODIES, "seats", "epithets", "places")


@dataclass(frozen=True)
class Compiled:
    """What the compiled file holds.

    Attributes:
        rows: the sections, with the attributes of a validated :class:`rapallo.actors.rows.ActorFile`.
        holders: folded names, each with the places of its bearers among the keys of the table, parted by
            blanks.
        roles: the raw sections of ``roles.yaml``.
    """

    rows: ActorFile
    holders: Mapping[str, str]
    roles: Mapping[str, Any]


def sources() -> tuple[Path, ...]:
    """The files that the compiled one follows from."""
    return (*sorted(DATA.rglob("*.yaml")), *sorted(Path(__file__).parent.glob("*.py")))


def digest() -> str:
    """The fingerprint of the sources."""
    return fingerprint(sources())


@cache
def compiled(path: Path = PATH) -> Compiled | None:
    """The compiled file; None where there is none or it is out of step."""
    try:
        raw = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(raw, dict) or raw.get("digest") != digest():
        return None
    holders = dict(zip(raw["names"].split("\n"), raw["bearers"].split("\n"), strict=True))
    return Compiled(_rows(raw), holders, raw["roles"])


class _Sections:
    """The sections of the compiled file under the names of the validated ones."""

    def __init__(self, sections: dict[str, Any]) -> None:
        self.__dict__.update(sections)


def _rows(raw: dict[str, Any]) -> Any:
    """Rows as tuples whose fields are those of the validated ones."""
    sections: dict[str, Any] = {"known_to": date.fromisoformat(raw["known_to"]) if raw["known_to"] else None}
    for name in _LISTS:
        make = _maker(name, raw["fields"])
        sections[name] = [make(*values) for values in raw["rows"][name]]
    for name in _BODIES:
        sections[name] = [
            row._replace(joined=_dated(row.joined), left=_dated(row.left)) for row in sections[name]
        ]
    person = _maker("leaders", raw["fields"])
    sections["leaders"] = {
        state: [person(*values) for values in rows] for state, rows in raw["rows"]["leaders"].items()
    }
    return _Sections(sections)


def _dated(listed: Mapping[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): members for day, members in listed.items()}


def _maker(section: str, fields: Mapping[str, Sequence[Sequence[Any]]]) -> Any:
    listed = fields[section]
    defaults = [field[1] for field in listed if len(field) > 1]
    return namedtuple(section, [field[0] for field in listed], defaults=defaults)


def text(rows: ActorFile, table: Table, roles: Mapping[str, Any], *, of: str) -> str:
    """The text of the compiled file.

    Args:
        rows: the validated rows.
        table: the table of those rows.
        roles: the raw sections of ``roles.yaml``.
        of: the digest of the sources, taken before they were read.
    """
    dumped = rows.model_dump(mode="json")
    kinds = {name: next(iter(getattr(rows, name)), None) for name in _LISTS}
    kinds["leaders"] = next((who for people in rows.leaders.values() for who in people), None)
    fields: dict[str, list[list[Any]]] = {}
    for name, example in kinds.items():
        model = type(example).model_fields if example is not None else {}
        fields[name] = sorted(
            ([key] if info.is_required() else [key, info.get_default(call_default_factory=True)])
            for key, info in model.items()
        )
        fields[name].sort(key=len)
    packed: dict[str, Any] = {name: [_values(row, fields[name]) for row in dumped[name]] for name in _LISTS}
    packed["leaders"] = {
        state: [_values(row, fields["leaders"]) for row in people]
        for state, people in dumped["leaders"].items()
    }
    whole = {
        "digest": of,
        "known_to": dumped["known_to"],
        "fields": fields,
        "roles": roles,
        "rows": packed,
        "names": "\n".join(table.names.holders),
        "bearers": "\n".join(table.names.holders.values()),
    }
    lines = (f"{json.dumps(key)}:{_dumped(value)}" for key, value in whole.items())
    return "{" + ",\n".join(lines) + "}\n"


def _values(row: Mapping[str, Any], fields: Sequence[Sequence[Any]]) -> list[Any]:
    """The values of a row in the order of the fields, without those at the end that are what goes unsaid."""
    values = [row[field[0]] for field in fields]
    while values and len(fields[len(values) - 1]) > 1 and values[-1] == fields[len(values) - 1][1]:
        values.pop()
    return values


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict)
