"""The plain sentences of ``corpus/plain``: common verbs of agency news, which teach and never measure.

A sentence a line; under it, indented, a line for each claim: trigger, actors, targets, terms, parted by bars,
parties by ``+``. Terms are an event type with its mode, a kind of tie with its phase, a stance, ``flow``,
``trait`` or ``cause``, and a polarity or modality where it is not the usual one::

    Egyptian police detained a Libyan trader and his son on Monday.
      detained | Egyptian police | a Libyan trader + his son | COERCE arrest
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from clauses import CORPUS, KINDS, STANCES, UNNAMED, CorpusError, Label, Row, label

from rapallo.model import MODALITIES, POLARITIES
from rapallo.vocab import vocabulary

__all__ = ["plain_rows"]


def plain_rows(paths: Sequence[Path] | None = None) -> Iterator[Row]:
    """The plain sentences, in the order of the files; codes and contexts are not labelled.

    Raises:
        CorpusError: naming file and line.
    """
    for path in sorted((CORPUS / "plain").glob("*.txt")) if paths is None else paths:
        text, number, labels = "", 0, list[Label]()
        for line_number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            if not line.startswith(" "):
                if text:
                    yield Row("plain", path.name, number, "2024-05-15", text, tuple(labels))
                text, number, labels = line.strip(), line_number, []
                continue
            try:
                labels.append(_label(line, text))
            except CorpusError as error:
                msg = f"plain/{path.name}, line {line_number}: {error}"
                raise CorpusError(msg) from error
        if text:
            yield Row("plain", path.name, number, "2024-05-15", text, tuple(labels))


def _label(line: str, text: str) -> Label:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 4:
        msg = "a claim has four fields parted by bars"
        raise CorpusError(msg)
    trigger, actors, targets, terms = parts
    if not trigger:
        msg = f"the trigger {trigger!r} is not in the sentence"
        raise CorpusError(msg)
    found = _terms(terms.split())
    if not found.keys() & {"e", "tie", "stance", "kind"}:
        msg = "no event type, tie, stance or kind among the terms"
        raise CorpusError(msg)
    if "phase" in found:
        found["tie"] = f"{found.get('tie', '')} {found.pop('phase')}"
    return label({"t": trigger, "a": _parties(actors), "x": _parties(targets)} | found, text)


def _parties(field: str) -> dict[str, str]:
    words = [part.strip() for part in field.split(" + ") if part.strip() not in ("", "-")]
    return {f"{UNNAMED}{i}": phrase for i, phrase in enumerate(words)}


def _terms(words: Sequence[str]) -> dict[str, str]:
    """Each term by the key that it has in the short form; the phase of a tie by ``phase``."""
    found: dict[str, str] = {}
    for word in words:
        modes = vocabulary("event_types")[found["e"]].more["modes"] if "e" in found else ()
        group = next(
            (
                name
                for name, known in (
                    ("e", vocabulary("event_types")),
                    ("mode", modes),
                    ("tie", vocabulary("tie_kinds")),
                    ("phase", vocabulary("tie_phases")),
                    ("stance", STANCES),
                    ("kind", KINDS),
                    ("p", POLARITIES),
                    ("m", MODALITIES),
                )
                if word in known
            ),
            None,
        )
        if group is None or group in found:
            msg = f"{word!r} is no term" if group is None else f"{word!r} is a second {group}"
            raise CorpusError(msg)
        found[group] = word
    return found
