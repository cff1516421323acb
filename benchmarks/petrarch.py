"""The unit tests of PETRARCH (Open Event Data Alliance 2014) from plain sentences, parsed by ourselves.

The main figures are those of ``rapallo.reading.dictionaries`` with the verbs, actors, agents and discards
that lie beside the records. Every record counts, whatever its codes, also those that expect no event and
those that their authors mark as not working; left out are only those that test a broken parse tree, which we
do not read. Neither the switches between records (``require_dyad``, ``new_actor_length``, lengths of clauses
cut at commas) nor their trees are used: an event of an actor that no dictionary names ("---", a noun phrase
in quotes) counts neither as told nor as there. Actors are compared by their first three letters and codes by
their root, or both in full (``full_*``).

The coder was made while looking at the records at even places (``seen_*``). Of those at odd places only the
second was seen (``unseen_*``).

``plain_*`` is the reader as it is: the actors are laid over its table as a user's file would be, the verbs
are its own. There a sentence counts where its expected codes are all of CAMEO's twenty roots; most are not,
but codes of their own dictionary. All figures but counts are in percent.
"""

from __future__ import annotations

import datetime as dt
import html
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import yaml
from scores import scores

from rapallo import actors
from rapallo.errors import RapalloError
from rapallo.reading import read
from rapallo.reading.dictionaries import Dictionaries
from rapallo.reading.interchange import cameo_root

__all__ = ["measure"]

Coded = tuple[str, str, str]
ROOTS = {f"{n:02d}" for n in range(1, 21)}
STATEMENTS = frozenset(("01", "02"))  # comments and appeals have no type in PLOVER
NO_ACTOR = re.compile(r'^[-+#"]')
BROKEN_TREE = "bad_input_parse"
KINDS = ("verbs", "actors", "agents", "discards")


@dataclass(frozen=True)
class Record:
    """A sentence and its expected events: source, target, code."""

    text: str
    on: dt.date
    events: frozenset[Coded]


def records(path: Path) -> Iterator[Record | None]:
    """The records in order; None for one that tests a broken parse tree."""
    raw = re.sub(r"<!--.*?-->", "", path.read_text("utf-8", errors="replace"), flags=re.DOTALL)
    for head, body in re.findall(r"<Sentence\b(.*?)>(.*?)</Sentence>", raw, re.DOTALL):
        date = re.search(r'date\s*=\s*"(\d{4})(\d\d)(\d\d)"', head)
        text = re.search(r"<Text>(.*?)</Text>", body, re.DOTALL)
        if date is None or text is None or BROKEN_TREE in body:
            yield None
            continue
        day = dt.date(int(date[1]), int(date[2]), int(date[3]))
        yield Record(html.unescape(" ".join(text[1].split())), day, frozenset(_expected(body)))


def _expected(body: str) -> Iterator[Coded]:
    for coding in re.findall(r"<EventCoding\b(.*?)/?>", body):
        told = {k: html.unescape(v) for k, _, v in re.findall(r"""(\w+)\s*=\s*(["'])(.*?)\2""", coding)}
        if "eventcode" in told:
            for source, target in product(told["sourcecode"].split("/"), told["targetcode"].split("/")):
                yield source, target, told["eventcode"]


def rooted(events: Iterable[Coded]) -> frozenset[Coded]:
    """Events by the first three letters of their actors and the root of their code."""
    return frozenset((source[:3], target[:3], code[:2]) for source, target, code in events)


def known(events: Iterable[Coded]) -> frozenset[Coded]:
    """Those events whose actors both have a code."""
    return frozenset(e for e in events if not (NO_ACTOR.match(e[0]) or NO_ACTOR.match(e[1])))


def measure(path: Path) -> dict[str, float]:
    """Precision, recall and F1 over the records.

    Args:
        path: the XML file; the dictionaries lie beside it, those of version 2 for records of that version.
            Where none lie there, the figures are those of the reader as it is.
    """
    rows = [*records(path)]
    without = plain(path, [r for r in rows if r])
    if len(beside(path)) < len(KINDS):
        return without | {f"plain_{k}": v for k, v in without.items()}
    coder = Dictionaries.load(beside(path))
    told = [
        known((e.source, e.target, e.code) for e in coder.code(r.text, r.on)) if r else None for r in rows
    ]
    pairs = [(t, known(r.events)) if r and t is not None else None for r, t in zip(rows, told, strict=True)]
    whole = [p for p in pairs if p]
    found = _scored(whole, rooted)
    found |= {f"full_{k}": v for k, v in _scored(whole, frozenset).items()}
    for name, half in (("seen", pairs[::2]), ("unseen", pairs[1::2])):
        found[f"{name}_f1"] = _scored([p for p in half if p], rooted)["f1"]
        found[f"{name}_full_f1"] = _scored([p for p in half if p], frozenset)["f1"]
    found |= {"sentences": float(len(whole)), "events": float(sum(len(gold) for _, gold in whole))}
    return found | {f"plain_{k}": v for k, v in without.items()}


def beside(path: Path) -> list[Path]:
    """The dictionaries of the records' version."""
    second = "2.0" in path.name
    found = []
    for kind in KINDS:
        files = sorted(path.parent.glob(f"*.{kind}*.txt"), key=lambda p: len(p.name))
        found += files[-1:] if second else files[:1]
    return found


def _scored(
    pairs: Iterable[tuple[frozenset[Coded], frozenset[Coded]]],
    by: Callable[[Iterable[Coded]], frozenset[Coded]],
) -> dict[str, float]:
    cut = [(by(told), by(gold)) for told, gold in pairs]
    return scores(sum(len(t & g) for t, g in cut), sum(len(t) for t, _ in cut), sum(len(g) for _, g in cut))


def plain(path: Path, rows: Iterable[Record]) -> dict[str, float]:
    """The reader as it is, on the records whose codes are CAMEO's."""
    names = next((names_of(p) for p in beside(path) if ".actors" in p.name), {})
    text, codes = own_actors(names, dt.date(1995, 1, 5))
    kept = [r for r in rows if all(code[:2] in ROOTS and len(code) in (3, 4) for *_, code in r.events)]
    pairs = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "petrarch.yaml"
        file.write_text(text, encoding="utf-8")
        with actors.using(actors.with_extra(file)):
            for row in kept:
                gold = frozenset(e for e in known(row.events) if e[2][:2] not in STATEMENTS)
                pairs.append((frozenset(_dyads(row, codes)), gold))
    return _scored(pairs, rooted) | {"sentences": float(len(kept))}


def names_of(path: Path) -> dict[str, list[str]]:
    """The names of each code, of the first code that an entry has."""
    names: dict[str, list[str]] = {}
    text = re.sub(r"<!.*?-->", "", path.read_text("utf-8", errors="replace"), flags=re.DOTALL)
    for entry in re.split(r"\n(?=[A-Z])", re.sub(r"#.*", "", text)):
        code = re.search(r"\[([A-Za-z]{3})", entry)
        called = [
            re.sub(r"\[.*", "", line).strip("+ \t").replace("_", " ").strip() for line in entry.splitlines()
        ]
        if code:
            names.setdefault(code[1].upper(), []).extend(_written(name) for name in called if name)
    return names


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


def _dyads(row: Record, codes: Mapping[str, str]) -> Iterator[Coded]:
    try:
        claims = read(row.text, published=row.on).claims
    except RapalloError:
        return
    for claim in claims:
        if claim.event is None or claim.polarity != "positive":
            continue
        for source, target in product(claim.actors, claim.targets):
            if source != target:
                yield codes.get(source, source[:3]), codes.get(target, target[:3]), cameo_root(claim)
