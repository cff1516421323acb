"""The unit tests of PETRARCH (Open Event Data Alliance 2014) from plain sentences, with its own actors.

Their actors are those of its validation dictionary, most of them invented states; they are laid over the
table as a user's file would be. Their verbs are not: what is measured is the reader as it is. A sentence
counts where its expected codes are all of CAMEO's twenty roots; many test the machinery of patterns with
codes that mean nothing, and are left out. Events are compared as (source, target, root), actors by their
first three letters, in percent.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from scores import scores

from rapallo import actors
from rapallo.errors import RapalloError
from rapallo.reading import read
from rapallo.reading.interchange import cameo_root

__all__ = ["measure"]

Dyad = tuple[str, str, str]
ROOTS = {f"{n:02d}" for n in range(1, 21)}
STATEMENTS = frozenset(("01", "02"))  # comments and appeals have no type in PLOVER
NO_STATE = re.compile(r"^[-+#]+$")


@dataclass(frozen=True)
class Sentence:
    """A sentence and its expected events."""

    text: str
    on: dt.date
    events: frozenset[Dyad]


def sentences(path: Path) -> Iterator[Sentence]:
    """The sentences whose expected codes are all CAMEO's."""
    raw = re.sub(r"<!--.*?-->", "", path.read_text("utf-8", errors="replace"), flags=re.DOTALL)
    for head, body in re.findall(r"<Sentence\b(.*?)>(.*?)</Sentence>", raw, re.DOTALL):
        date = re.search(r'date\s*=\s*"(\d{4})(\d\d)(\d\d)"', head)
        text = re.search(r"<Text>(.*?)</Text>", body, re.DOTALL)
        coded = re.findall(r"<EventCoding\b(.*?)/?>", body)
        events = [dict(re.findall(r'(\w+)\s*=\s*"([^"]*)"', one)) for one in coded]
        codes = [e.get("eventcode", "") for e in events if "eventcode" in e]
        if date is None or text is None or any(not _is_cameo(code) for code in codes):
            continue
        found = {
            (e["sourcecode"][:3], e["targetcode"][:3], e["eventcode"][:2])
            for e in events
            if "eventcode" in e and "sourcecode" in e and "targetcode" in e
        }
        kept = frozenset(d for d in found if not (NO_STATE.match(d[0]) or NO_STATE.match(d[1])))
        day = dt.date(int(date[1]), int(date[2]), int(date[3]))
        yield Sentence(" ".join(text[1].split()), day, kept)


def _is_cameo(code: str) -> bool:
    return code[:2] in ROOTS and len(code) in (3, 4)


def dictionary(path: Path) -> dict[str, list[str]]:
    """The names of each code, of the first code that an entry has."""
    names: dict[str, list[str]] = {}
    plain = _uncommented(path.read_text("utf-8", errors="replace"))
    for entry in re.split(r"\n(?=[A-Z])", plain):
        code = re.search(r"\[([A-Za-z]{3})", entry)
        called = [
            re.sub(r"\[.*", "", line).strip("+ \t").replace("_", " ").strip() for line in entry.splitlines()
        ]
        if code:
            names.setdefault(code[1].upper(), []).extend(_written(name) for name in called if name)
    return names


def _uncommented(text: str) -> str:
    return re.sub(r"#.*", "", re.sub(r"<!.*?-->", "", text, flags=re.DOTALL))


def _written(name: str) -> str:
    """A name as the sentences write it: the dictionary has capitals alone."""
    return name if "." in name or len(name) < 4 else name.title()


def own_actors(names: Mapping[str, list[str]], on: dt.date) -> tuple[str, dict[str, str]]:
    """A user's actor file for the codes that no name of the table bears, and their codes of the others."""
    known, fresh = {}, []
    for number, (code, called) in enumerate(names.items()):
        best = next((b for name in called if (b := actors.resolve(name, on=on).best) is not None), None)
        if best is not None and best.confidence >= 0.9:
            known[best.code] = code
            continue
        ident = f"PETR-{number:03d}"
        known[ident] = code
        fresh.append({"id": ident, "name": called[0], "aka": "; ".join(dict.fromkeys(called[1:]))})
    return yaml.safe_dump({"basis": "recalled", "organisations": fresh}, allow_unicode=True), known


def measure(records: Path) -> dict[str, float]:
    """Precision, recall and F1 of (source, target, root) over the sentences.

    Args:
        records: the XML file; the names of ``PETR.Validate.actors.txt`` are known where that lies beside it.
    """
    beside = records.with_name("PETR.Validate.actors.txt")
    names = dictionary(beside) if beside.is_file() else {}
    rows = list(sentences(records))
    text, codes = own_actors(names, dt.date(1995, 1, 5))
    hits = told = gold = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "petrarch.yaml"
        path.write_text(text, encoding="utf-8")
        with actors.using(actors.with_extra(path)):
            for row in rows:
                found = set(_dyads(row, codes))
                wanted = {d for d in row.events if d[2] not in STATEMENTS}
                hits, told, gold = hits + len(found & wanted), told + len(found), gold + len(wanted)
    return scores(hits, told, gold) | {"sentences": float(len(rows)), "events": float(gold)}


def _dyads(row: Sentence, codes: Mapping[str, str]) -> Iterator[Dyad]:
    try:
        claims = read(row.text, published=row.on).claims
    except RapalloError:
        return
    for claim in claims:
        if claim.event is None or claim.polarity != "positive":
            continue
        for source in claim.actors:
            for target in claim.targets:
                if source != target:
                    yield codes.get(source, source[:3]), codes.get(target, target[:3]), cameo_root(claim)
