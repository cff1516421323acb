"""Events as the records that pipelines take: PLOVER JSON lines, and dyads with a root or a full code.

Of claims, events alone are told: acts that happened by the text (asserted or reported, and not denied),
promises among them. Standing relations, stances, plans and what is supposed have no place in either form. A
claim whose date is open bears the day of its text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

from rapallo.model import Claim, Document, Reading
from rapallo.vocab import vocabulary

if TYPE_CHECKING:
    from rapallo.reading.dictionaries import CodedEvent

__all__ = ["CAMEO_COLUMNS", "cameo_csv", "cameo_root", "coded_csv", "plover_lines", "plover_type"]

CAMEO_COLUMNS = ("id", "date", "source", "target", "root", "quad", "document", "url")
_TOLD = frozenset(("asserted", "reported"))
_PROMISES = frozenset(("AGREE", "CONCEDE"))
_QUADS = {"verbal_cooperation": 1, "material_cooperation": 2, "verbal_conflict": 3, "material_conflict": 4}
_CAMEO_QUADS = {range(1, 6): 1, range(6, 9): 2, range(9, 14): 3, range(14, 21): 4}
_FIGHT = frozenset(("aerial", "drone", "firearms", "heavy-weapons"))
_SIGNED = frozenset(("signed", "renewed"))


def plover_type(claim: Claim) -> str:
    """The event type by PLOVER's manual: a finished signature is SUPPORT, a promise to yield AGREE.

    Raises:
        ValueError: where the claim is no event.
    """
    if claim.event is None:
        msg = f"claim {claim.id} is a {claim.kind} and no event"
        raise ValueError(msg)
    signed = claim.tie is not None and claim.tie.phase in _SIGNED
    if claim.event == "AGREE" and signed and claim.modality != "intended":
        return "SUPPORT"
    return "AGREE" if claim.event == "CONCEDE" and claim.modality == "intended" else claim.event


def cameo_root(claim: Claim) -> str:
    """The two-digit root of CAMEO (Gerner, Schrodt & Yilmaz 2009) for a claim, "01" to "20".

    Types that several roots go to are told apart by mode: an inquiry is 09, violence by armed forces 19,
    by unconventional means 20.
    """
    event = plover_type(claim)
    if event == "ACCUSE":
        return "09" if claim.mode == "investigate" else "11"
    if event == "ASSAULT":
        return "20" if claim.mode == "unconventional" else "19" if claim.mode in _FIGHT else "18"
    root: str = vocabulary("event_types")[event].more["cameo"][0]
    return root


def _events(reading: Reading) -> Iterator[Claim]:
    for claim in reading.claims:
        told = claim.modality in _TOLD or (claim.modality == "intended" and claim.event in _PROMISES)
        if claim.event and told and claim.polarity == "positive" and claim.actors:
            yield claim


def _dates(claim: Claim, document: Document) -> tuple[str, str]:
    when = claim.when
    start = when.start if when is not None and when.start is not None else document.published
    end = when.end if when is not None and when.end is not None else start
    return start.isoformat(), max(start, end).isoformat()


def plover_lines(readings: Iterable[Reading]) -> str:
    """Newline-delimited JSON in the fields of the PLOVER manual (Open Event Data Alliance 2021).

    All parties of a reciprocal act stand as ``actor``, with no ``recipient``, as the manual has it.
    """
    lines = []
    for reading in readings:
        for claim in _events(reading):
            event = plover_type(claim)
            both = claim.actors == claim.targets
            date, last = _dates(claim, reading.document)
            record: dict[str, Any] = {
                "id": f"{reading.document.id}:{claim.id}",
                "date": date,
                "enddate": last,
                "actor": [{"code": code} for code in claim.actors],
                "recipient": [] if both else [{"code": code} for code in claim.targets],
                "event": [event],
                "mode": [claim.mode] if claim.mode else [],
                "context": list(claim.contexts),
                "quad_code": _QUADS[str(vocabulary("event_types")[event].more["quad"])],
                "event_text": [claim.quote.exact],
                "cite_info": {"title": reading.document.title, "url": reading.document.address},
                "coder": "rapallo",
                "comment": " > ".join(f"{h.who} {h.attitude}" for h in claim.holders),
            }
            lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return "".join(lines)


def coded_csv(coded: Iterable[tuple[str, Iterable[CodedEvent]]]) -> str:
    """Comma-separated dyads that dictionaries coded, in the columns of `cameo_csv` with the full code behind.

    The root is the first two digits of the code, and the quad that of CAMEO: both empty where it has no such
    root, and neither means anything where the dictionaries follow another codebook.

    Args:
        coded: the address of each text, with its events.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*CAMEO_COLUMNS, "code"))
    for address, events in coded:
        for number, event in enumerate(events, 1):
            root = event.code[:2] if _quad(event.code[:2]) else ""
            ident = f"{event.document}:{number}"
            row = (ident, event.date.isoformat(), event.source, event.target, root, _quad(root) or "")
            writer.writerow((*row, event.document, address, event.code))
    return out.getvalue()


def _quad(root: str) -> int | None:
    number = int(root) if root.isascii() and root.isdigit() else 0
    return next((q for roots, q in _CAMEO_QUADS.items() if number in roots), None)


def cameo_csv(readings: Iterable[Reading]) -> str:
    """Comma-separated dyads, one row for each source and target, a reciprocal act in both directions."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CAMEO_COLUMNS)
    for reading in readings:
        for claim in _events(reading):
            root, document = cameo_root(claim), reading.document
            quad = _quad(root)
            date, _ = _dates(claim, document)
            pairs = list(product(claim.actors, claim.targets or ("",)))
            within = len(pairs) == 1  # an act of a state upon its own people
            for number, (source, target) in enumerate(((s, t) for s, t in pairs if within or s != t), 1):
                ident = f"{document.id}:{claim.id}.{number}"
                writer.writerow((ident, date, source, target, root, quad, document.id, document.address))
    return out.getvalue()
