"""A table of one's own: guess what its columns are, in the words in which the project's datasets are told."""

from __future__ import annotations

import datetime as dt
import glob
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import yaml
from rapidfuzz import fuzz, process

from rapallo.errors import InputError
from rapallo.sources.cameo import plover
from rapallo.sources.codes import actor_ids
from rapallo.sources.dataset import Dataset
from rapallo.sources.dates import written
from rapallo.sources.sheet import Sheet
from rapallo.vocab import vocabulary

__all__ = ["Column", "Guess", "guess", "written_down"]

_SAMPLE = 400
_MOST = 0.7  # of the values must fit
_NAMED = 0.6  # of the names; those that nobody bears wait in the review queue
_ALIKE = 86.0
_FLOWS = {
    "trade": "import export trade flow",
    "arms": "tiv arms weapon",
    "aid": "aid oda grant",
    "energy": "gas oil energy",
}
_BEGINS = re.compile(r"begin|start|from|entry|since|signed|^st|beg", re.IGNORECASE)
_ENDS = re.compile(r"end|until|exit|to$|termin", re.IGNORECASE)
_GETS = re.compile(r"import|destin|recip|buyer|^to(_|$)", re.IGNORECASE)
_GIVES = re.compile(r"export|origin|donor|send|sell|suppl|^from(_|$)", re.IGNORECASE)
_NOT_AMOUNTS = re.compile(r"(^|_)(id|ident|number|num|no|version|line|index|dyad)$", re.IGNORECASE)
_PAST, _COMING = 1400, 2200


@dataclass(frozen=True, slots=True)
class Column:
    """What a column seems to be.

    Attributes:
        name: of the column.
        role: ``who, year, day, code, type, amount, words`` or ``unused``.
        scheme: of its codes, for ``who``.
        example: a value of it.
    """

    name: str
    role: str
    scheme: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a table seems to be.

    Attributes:
        columns: each column.
        family: ``trait, flow, dyad, event`` or ``tie``.
        told: the table as a dataset is told, ready for a file in YAML.
    """

    columns: tuple[Column, ...]
    family: str
    told: Mapping[str, Any]

    def dataset(self) -> Dataset:
        """The guess as a dataset that can be loaded."""
        return Dataset.model_validate(self.told)


def guess(sheet: Sheet, path: Path, *, kind: str = "partnership") -> Guess:
    """Guess what the columns of a table are, from their names and some hundred values of each.

    Args:
        sheet: the table.
        path: of its file.
        kind: of the ties, where it turns out to be a table of ties.

    Raises:
        InputError: where nothing in it names states, or nothing says when.
    """
    columns = tuple(_column(name, sheet.table.column(name)) for name in sheet.columns)
    who = [column for column in columns if column.role == "who"]
    when = [column for column in columns if column.role in {"year", "day"}]
    if not who:
        msg = f"no column of {sheet.name} names states"
        raise InputError(
            msg, hint="numbers of COW or Gleditsch-Ward, ISO alpha-3 codes or names; say which in a YAML file"
        )
    if not when:
        msg = f"no column of {sheet.name} says when"
        raise InputError(msg, hint="a year, or a day as 2024-06-22; say which in a YAML file")
    family, table = _table(columns, who, when, kind)
    table["unused"] = {
        c.name: "not told what it is" for c in columns if c.name.casefold() not in _used(table)
    }
    told = {
        "id": re.sub(r"[^a-z0-9]+", "-", path.stem.casefold()).strip("-") or "own",
        "title": path.name,
        "about": f"A table of one's own: {path.name}.",
        "universe": "own",
        "address": path.name,
        "licence": "One's own.",
        "redistribute": "ask, whoever made it decides",
        "cite": [],
        "releases": [
            {"version": dt.date.today().isoformat(), "files": {"rows": {"name": glob.escape(path.name)}}}
        ],
        "tables": {"rows": table},
    }
    return Guess(columns, family, told)


def written_down(found: Guess) -> str:
    r"""A guess as the text of a YAML file, to be looked through, put right and loaded.

    Examples:
        >>> written_down(Guess((), "trait", {"id": "own"}))
        'id: own\n'
    """
    return yaml.safe_dump(dict(found.told), allow_unicode=True, sort_keys=False, width=100)


def _table(
    columns: Sequence[Column], who: Sequence[Column], when: Sequence[Column], kind: str
) -> tuple[str, dict[str, Any]]:
    amounts = [column for column in columns if column.role == "amount"]
    codes = [{column.scheme: column.name} for column in who[:2]]
    coded = next((column for column in columns if column.role in {"code", "type"}), None)
    if coded is not None:
        acts = {"cameo" if coded.role == "code" else "event": coded.name}
        return "event", {"events": {"date": when[0].name, "actor": codes[:1], "other": codes[1:], **acts}}
    first = next((c for c in when if _BEGINS.search(c.name)), when[0])
    last = next((c for c in when if c is not first and _ENDS.search(c.name)), None)
    if len(who) > 1 and not amounts:
        mutual = vocabulary("tie_kinds")[kind].more["mutual"]
        sides = {"parties": codes} if mutual else {"actors": codes[:1], "targets": codes[1:]}
        words = [c.name for c in columns if c.role == "words"]
        spell = {"first": [first.name], "last": [last.name]} if last else {"first": [first.name]}
        return "tie", {"ties": {"kind": kind, **sides, **spell, "about": words}}
    if not amounts:
        msg = "no column of it holds amounts, acts or ends of ties"
        raise InputError(msg, hint="say in a YAML file what its columns are")
    family = "trait" if len(who) == 1 else "flow" if all(_flow(c.name) for c in amounts) else "dyad"
    spec: dict[str, Any] = {"family": family, "actor": codes[0]}
    if len(codes) > 1:
        spec["other"] = codes[1]
    spec |= {"year": first.name} if last is None else {"first": first.name, "last": last.name}
    spec["amounts"] = _amounts(amounts, family, who[0].name)
    return family, {"rows": [spec]}


def _amounts(columns: Sequence[Column], family: str, first: str) -> dict[str, dict[str, Any]]:
    """What the columns of amounts are; no two of them the same."""
    found: dict[str, dict[str, Any]] = {}
    taken: set[str] = set()
    for column in columns:
        name = _called(column.name, family)
        if name in taken and family != "flow":
            alike = (
                f"{_own(column.name)}{tail}" for tail in ("", *(f"_{n}" for n in range(2, len(columns) + 2)))
            )
            name = next(other for other in alike if other not in taken)
        told: dict[str, Any] = {"name": name}
        if family == "flow":
            told |= {"what": column.name} if len(columns) > 1 else {}
            gets, gives = _GETS.search(first), _GIVES.search(first)
            if gets or (not gives and _GETS.search(column.name)):
                told["reverse"] = True
        found[column.name] = told | {"unit": "as in the table"}
        taken.add(name)
    return found


def _called(column: str, family: str) -> str:
    """A term of the vocabulary that is meant by the name of a column; a name of one's own where none is."""
    if family == "flow":
        return _flow(column) or "trade"
    terms = list(vocabulary("trait_names" if family == "trait" else "dyad_names"))
    best = process.extractOne(_words(column), {t: _words(t) for t in terms}, scorer=fuzz.ratio)
    if best is not None and best[1] >= _ALIKE:
        return str(best[2])
    return _own(column)


def _own(column: str) -> str:
    return f"own:{re.sub(r'[^a-z0-9]+', '_', column.casefold()).strip('_') or 'amount'}"


def _flow(column: str) -> str:
    words = column.casefold()
    return next((kind for kind, marks in _FLOWS.items() if any(m in words for m in marks.split())), "")


def _words(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()


def _used(table: Mapping[str, Any]) -> set[str]:
    def said(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value.casefold()
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                yield key.casefold()
                yield from said(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from said(inner)

    return set(said(table))


def _column(name: str, column: pa.ChunkedArray) -> Column:
    values = [str(v).strip() for v in pc.unique(column).slice(0, _SAMPLE).to_pylist() if v is not None]
    values = [v.removesuffix(".0") for v in values if v and v.upper() not in {"NA", "NAN", "."}]
    if not values:
        return Column(name, "unused")
    numbers = [v for v in values if re.fullmatch(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", v, re.IGNORECASE)]
    whole = [int(v) for v in numbers if re.fullmatch(r"\d{1,9}", v)]
    role, scheme = _role(name, values, numbers, whole)
    return Column(name, role, scheme, values[0])


def _role(name: str, values: Sequence[str], numbers: Sequence[str], whole: Sequence[int]) -> tuple[str, str]:
    if _share(numbers, values) >= _MOST:
        if _share([n for n in whole if _PAST <= n <= _COMING], values) >= _MOST and len(values) < _SAMPLE:
            return "year", ""
        if re.search(r"cow|ccode|^cc|state|gw", name, re.IGNORECASE):
            scheme = "gw" if re.search(r"gw", name, re.IGNORECASE) else "cow"
            if _borne(scheme, values) >= _MOST:
                return "who", scheme
        if (
            re.search(r"code|cameo", name, re.IGNORECASE)
            and _share([v for v in values if plover(v)], values) >= _MOST
        ):
            return "code", ""
        return ("unused" if _NOT_AMOUNTS.search(name) else "amount"), ""
    if _share([v for v in values if written(v) is not None], values) >= _MOST:
        return "day", ""
    if _share([v for v in values if v.upper() in vocabulary("event_types")], values) >= _MOST:
        return "type", ""
    if (
        _share([v for v in values if re.fullmatch(r"[A-Z]{3}", v)], values) >= _MOST
        and _borne("iso3", values) >= _NAMED
    ):
        return "who", "iso3"
    return ("who", "name") if _borne("name", values) >= _NAMED else ("words", "")


def _borne(scheme: str, values: Sequence[str]) -> float:
    sample = values[:60]
    years = (dt.date.today().year, 1980, 1930)
    found = {value for year in years for value, _ in actor_ids(scheme, [(v, year) for v in sample])}
    return _share(list(found), sample)


def _share(some: Sequence[Any], of: Sequence[Any]) -> float:
    return len(some) / len(of) if of else 0.0
