"""The labelled clauses of ``corpus/``: read strictly, with what is wrong with a row told by file and row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rapallo.actors import actor, resolve
from rapallo.errors import UnknownActorError
from rapallo.model import MODALITIES, POLARITIES, parse_date
from rapallo.vocab import vocabulary

__all__ = ["CORPUS", "UNNAMED", "CorpusError", "Label", "Row", "label", "rows"]

CORPUS = Path(__file__).parent.parent / "corpus"
UNNAMED = "unnamed"  # party that is told of but is of no state: "the gunmen"
KEYS = frozenset(["t", "a", "x", "e", "mode", "ctx", "tie", "stance", "kind", "p", "m", "h", "when", "n"])
KINDS = frozenset(("flow", "trait", "cause"))
STANCES = frozenset(("fears", "wants", "believes", "opposes", "expects", "knows"))


@dataclass(frozen=True)
class Label:
    """One claim of a row; the fields are those of ``corpus/README.md``.

    Attributes:
        trigger: the words that carry the act.
        actors: by code, or ``unnamed``, the words that name each; ``""`` where only the story does.
        targets: likewise.
    """

    trigger: str
    actors: Mapping[str, str]
    targets: Mapping[str, str]
    kind: str
    event: str | None
    mode: str | None
    contexts: tuple[str, ...]
    tie: tuple[str, ...]
    stance: str | None
    polarity: str
    modality: str
    holders: tuple[tuple[str, str], ...]
    when: str | None
    amount: str | None


@dataclass(frozen=True)
class Row:
    """A sentence with its claims."""

    split: str
    origin: str
    number: int
    on: str
    text: str
    labels: tuple[Label, ...]


class CorpusError(ValueError):
    """A row that is not as the guideline has it."""


def _parties(raw: Any, text: str, what: str) -> dict[str, str]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        msg = f"{what} is not a mapping of code to words"
        raise CorpusError(msg)
    found = {}
    for code, words in raw.items():
        words = words or ""  # noqa: PLW2901
        if words and words not in text:
            msg = f"{words!r} is not in the sentence"
            raise CorpusError(msg)
        found[_code(str(code))] = words
    return found


def _code(label: str) -> str:
    if label.startswith(UNNAMED):
        return label
    try:
        return actor(label).id.partition("/")[0]
    except UnknownActorError:
        best = resolve(label.title(), on=parse_date("2024-05-15").start).best  # type: ignore[arg-type]
        return best.code if best is not None and len(label) > 3 else label


def _term(word: str, known: Any, what: str) -> str:
    if word not in known:
        msg = f"{word!r} is no {what}"
        raise CorpusError(msg)
    return word


def label(raw: Any, text: str) -> Label:
    """The label that a mapping in the short form gives.

    Raises:
        CorpusError: where it is not as the guideline has it.
    """
    if not isinstance(raw, dict) or "t" not in raw:
        msg = "a claim has no trigger t"
        raise CorpusError(msg)
    strange = set(raw) - KEYS
    if strange:
        msg = f"unknown key {min(strange)!r}"
        raise CorpusError(msg)
    trigger = str(raw["t"])
    if trigger not in text:
        msg = f"the trigger {trigger!r} is not in the sentence"
        raise CorpusError(msg)
    event = raw.get("e")
    if event is not None:
        _term(event, vocabulary("event_types"), "event type")
    mode = raw.get("mode")
    if mode is not None and (event is None or mode not in vocabulary("event_types")[event].more["modes"]):
        msg = f"{mode!r} is no mode of {event}"
        raise CorpusError(msg)
    tie = tuple(str(raw.get("tie") or "").split())
    if tie:
        _term(tie[0], vocabulary("tie_kinds"), "kind of tie")
        for clause in tie[2:]:
            _term(clause, vocabulary("clause_kinds"), "kind of clause")
    stance = raw.get("stance")
    if stance is not None:
        _term(stance, STANCES, "stance")
    kind = raw.get("kind") or ("tie" if tie else "stance" if stance else "event")
    if kind == "event" and event is None:
        msg = "a claim needs e, tie, stance or kind"
        raise CorpusError(msg)
    if raw.get("kind"):
        _term(kind, KINDS, "kind")
    holders = []
    for part in filter(None, (p.strip() for p in str(raw.get("h") or "").split(","))):
        who, _, attitude = part.rpartition(" ")
        holders.append((who, attitude))
    contexts = tuple(_term(c, vocabulary("contexts"), "context") for c in str(raw.get("ctx") or "").split())
    return Label(
        trigger,
        _parties(raw.get("a"), text, "a"),
        _parties(raw.get("x"), text, "x"),
        kind,
        event,
        mode,
        contexts,
        tie,
        stance,
        _term(raw.get("p", "positive"), POLARITIES, "polarity"),
        _term(raw.get("m", "asserted"), MODALITIES, "modality"),
        tuple(holders),
        str(raw["when"]) if raw.get("when") is not None else None,
        str(raw["n"]) if raw.get("n") is not None else None,
    )


def _only(row: Mapping[str, Any]) -> None:
    strange = set(row) - {"s", "c"}
    if strange:
        msg = f"unknown key {min(strange)!r}"
        raise CorpusError(msg)


def rows(split: str = "*") -> Iterator[Row]:
    """The rows of a split, or of all, in the order of the files.

    Raises:
        CorpusError: naming file and row.
    """
    for path in sorted(CORPUS.glob(f"{split}/*.yaml")):
        raw = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or {}
        for number, row in enumerate(raw.get("rows") or (), 1):
            where = f"{path.parent.name}/{path.name}, row {number}"
            try:
                text = str(row["s"])
                _only(row)
                labels = tuple(label(claim, text) for claim in row.get("c") or ())
            except (CorpusError, KeyError, TypeError) as error:
                msg = f"{where}: {error}"
                raise CorpusError(msg) from error
            yield Row(path.parent.name, path.name, number, str(raw.get("on", "2024-05-15")), text, labels)
