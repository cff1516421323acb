"""The small world: three ties of four states, trade, warheads, events, and a text with two claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

import duckdb
import pyarrow as pa

from rapallo.model import (
    Batch,
    Bulk,
    Claim,
    Clause,
    Document,
    Envelope,
    Event,
    FileReport,
    Flow,
    Holder,
    Interval,
    Party,
    Phase,
    Quantity,
    Quote,
    Reading,
    Source,
    Stance,
    Tie,
    TieContent,
    Trait,
    day,
    year,
)
from rapallo.record import Record, schema

LEARNT = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
READ_ON = dt.datetime(2024, 6, 22, 9, tzinfo=dt.UTC)
ON = dt.date(2024, 6, 22)

SOURCE = Source(
    "atlas", "Atlas of ties", dt.date(2023, 12, 1), "https://example.org/atlas", "CC0", "Nobody (2023)."
)
TEXT = "Moscow signed a pact with Pyongyang. Beijing fears it."


def since(first: str) -> Interval:
    return Interval(dt.date.fromisoformat(first), None, "since")


def envelope(when: Interval, confidence: float = 0.9) -> Envelope:
    return Envelope(SOURCE.id, "v1", when, confidence, "loaded")


def clause(tie: str, number: int, when: Interval, **more: object) -> Clause:
    given = {"kind": "defence", "trigger": "armed_attack", "response": "all_means", "strength": "automatic"}
    return Clause(f"{tie}/{number}", tie, envelope=envelope(when), **(given | more))  # type: ignore[arg-type]


def trade(origin: str, destination: str, number: int, value: float, **more: object) -> Flow:
    name = f"flow:trade:{origin}-{destination}:{number}"
    return Flow(name, "trade", origin, destination, value, "USD million", envelope(year(number)), **more)  # type: ignore[arg-type]


def warheads(state: str, number: int, value: float) -> Trait:
    name = f"trait:nuclear_warheads:{state}:{number}"
    return Trait(name, state, "nuclear_warheads", value, "warheads", envelope(year(number)))


PACT_1961 = Tie(
    "prk-chn-1961",
    "pact",
    "Treaty of Friendship",
    envelope(since("1961-07-11")),
    (Party("PRK", "party", since("1961-07-11")), Party("CHN", "party", since("1961-07-11"))),
    (
        Phase("signed", dt.date(1961, 7, 11)),
        Phase("in_force", dt.date(1961, 9, 10)),
        Phase("renewed", dt.date(2021, 7, 1), "month"),
    ),
    (
        clause("prk-chn-1961", 1, since("1961-09-10"), article="II", wording="help at once"),
        clause("prk-chn-1961", 2, since("1961-09-10"), kind="consultation", trigger="always"),
    ),
)
PACT_2024 = Tie(
    "rus-prk-2024",
    "pact",
    "Comprehensive Partnership",
    envelope(since("2024-06-19")),
    (Party("RUS", "party", since("2024-06-19")), Party("PRK", "party", since("2024-06-19"))),
    (Phase("signed", dt.date(2024, 6, 19)), Phase("in_force", dt.date(2024, 12, 4))),
    (clause("rus-prk-2024", 1, since("2024-12-04"), conditions=("national_law",), territory=("RUS", "PRK")),),
)
PACT_SUN = Tie(
    "prk-sun-1961",
    "pact",
    "Treaty with the Soviet Union",
    envelope(Interval(dt.date(1961, 7, 6), dt.date(1996, 9, 10), "range")),
    (Party("PRK", "party", since("1961-07-06")), Party("SUN", "party", since("1961-07-06"))),
    (Phase("signed", dt.date(1961, 7, 6)), Phase("ended", dt.date(1996, 9, 10))),
)
SANCTION = Tie(
    "usa-prk-sanctions",
    "sanction",
    "Sanctions on North Korea",
    envelope(since("2016-02-18")),
    (
        Party("USA", "actor", since("2016-02-18")),
        Party("JPN", "actor", Interval(dt.date(2016, 2, 19), dt.date(2020, 1, 1), "range")),
        Party("PRK", "target", since("2016-02-18")),
    ),
    (Phase("in_force", dt.date(2016, 2, 18)),),
)
FLOWS = (
    trade("CHN", "PRK", 2022, 894.0),
    trade("CHN", "PRK", 2023, 2000.5),
    trade("PRK", "CHN", 2023, 292.0),
    trade("RUS", "PRK", 2023, 34.0),
)
TRAITS = (warheads("CHN", 2022, 350), warheads("CHN", 2024, 500), warheads("RUS", 2023, 5889))
EVENTS = (
    Event(
        "visit-2019",
        "CONSULT",
        ("CHN", "PRK"),
        ("CHN", "PRK"),
        envelope(day(dt.date(2019, 6, 20))),
        mode="visit",
        contexts=("executive",),
        what="Xi visits Pyongyang",
        where="Pyongyang",
    ),
    Event("test-2017", "THREATEN", ("PRK",), ("USA", "JPN"), envelope(day(dt.date(2017, 9, 3)))),
)
BATCH = Batch(SOURCE, (PACT_1961, PACT_2024, PACT_SUN, SANCTION), FLOWS, TRAITS, EVENTS)

DOCUMENT = Document("doc:00000000000000aa", "A pact", ON, TEXT, "pact.txt", 0.8, 0.7)
CLAIMS = (
    Claim(
        "c1",
        "tie",
        "AGREE",
        ("RUS", "PRK"),
        ("RUS", "PRK"),
        Quote.cut(TEXT, 7, 20),
        contexts=("military",),
        actor_names=("Moscow",),
        when=Interval(dt.date(2024, 6, 17), dt.date(2024, 6, 22), "week"),
        tie=TieContent("pact", ("defence",), "signed"),
        confidence=0.8,
    ),
    Claim(
        "c2",
        "stance",
        None,
        ("CHN",),
        ("RUS", "PRK"),
        Quote.cut(TEXT, 37, 54),
        holders=(Holder("author", "states"), Holder("CHN", "fears")),
        modality="reported",
        stance=Stance("fears", ("RUS", "PRK"), "the pact"),
        quantity=Quantity(7000, "container", "weapons", approx=True),
        sentence=1,
    ),
)
READ = Batch(Source(DOCUMENT.id, "A pact", ON, "pact.txt"), reading=Reading(DOCUMENT, CLAIMS))

CORRECTED = dt.datetime(2024, 7, 1, 12, tzinfo=dt.UTC)
RETRACTED = dt.datetime(2024, 7, 2, 12, tzinfo=dt.UTC)
QUEUED = dt.datetime(2024, 7, 3, 12, tzinfo=dt.UTC)
DECIDED = dt.datetime(2024, 7, 4, 12, tzinfo=dt.UTC)
JUDGED = dt.datetime(2024, 7, 5, 12, tzinfo=dt.UTC)


@cache
def _schema(family: str) -> pa.Schema:
    with duckdb.connect() as scratch:
        schema.create(scratch)
        made = scratch.sql(f"SELECT * EXCLUDE (known_from, known_to, digest) FROM {family} LIMIT 0")
        return made.to_arrow_table().schema


def rows(family: str, *cells: Mapping[str, object], source: Source = SOURCE) -> pa.Table:
    """Rows of a family by the column, as a dataset hands them in; an envelope is put round what is told."""
    blank = {
        "source": source.id,
        "release": "v1",
        "valid_from": None,
        "valid_to": None,
        "precision": "year",
        **dict.fromkeys(("quote_exact", "quote_prefix", "quote_suffix", "quote_start", "quote_end")),
        "file": "atlas.csv",
        "line": None,
        "confidence": 0.9,
        "basis": "loaded",
        "checked_against": "",
    }
    own: Mapping[str, Mapping[str, object]] = {
        "trait": {"unit": "", "note": ""},
        "dyad": {"unit": "km", "note": ""},
        "flow": {"unit": "USD million", "what": ""},
        "event": {
            "event": "CONSULT",
            "mode": None,
            "contexts": [],
            "what": "",
            "place": None,
            "pair": None,
            "code": "",
            "intensity": None,
            "reports": 1,
            "sources": 1,
        },
    }
    return pa.Table.from_pylist([blank | own[family] | cell for cell in cells], schema=_schema(family))


def in_year(number: int) -> dict[str, object]:
    """The days of a year, as cells."""
    return {"valid_from": dt.date(number, 1, 1), "valid_to": dt.date(number, 12, 31)}


DISTANCES = Bulk(
    SOURCE,
    {
        "dyad": (
            rows(
                "dyad",
                *(
                    {
                        "id": f"atlas:minimum_distance:{one}-{other}:{number}",
                        "actor": one,
                        "other": other,
                        "name": "minimum_distance",
                        "value": kilometres,
                        "line": line,
                        **in_year(number),
                    }
                    for line, (one, other, number, kilometres) in enumerate(
                        [("CHN", "PRK", 2018, 0.0), ("JPN", "PRK", 2018, 480.0), ("JPN", "PRK", 2019, 481.0)],
                        2,
                    )
                ),
            ),
        )
    },
    files=(FileReport("atlas.csv", "0" * 64, 4, 3, {"no year": (1, 5)}, ("remarks",)),),
    whole=False,
)


def tell(record: Record) -> None:
    """Write the small world into a record, and let people work on it."""
    record.write(BATCH, now=LEARNT)
    record.load(DISTANCES, now=LEARNT)
    record.write(READ, now=READ_ON)
    record.correct(
        "flow:trade:RUS-PRK:2023", {"value": 34.4}, who="Ada", why="the yearbook says so", now=CORRECTED
    )
    record.retract("test-2017", who="Ben", why="coded twice", now=RETRACTED)
    record.review.add("unknown_code", "no actor bears it", {"code": "XYZ"}, SOURCE.id, now=QUEUED)
    doubt = record.review.add("doubtful_claim", "odd", {}, SOURCE.id, now=QUEUED + dt.timedelta(hours=1))
    record.review.reject(doubt, who="Cy", why="it is sound", now=DECIDED)
    record.merging.judge(
        "visit-2019", "visit-of-xi", "same", score=0.9, who="Ada", why="one visit, two feeds", now=JUDGED
    )
    record.merging.judge(
        "visit-2019",
        "test-2017",
        "different",
        who="Ben",
        why="years apart",
        now=JUDGED + dt.timedelta(hours=1),
    )
    record.merging.undo("visit-2019", "test-2017", now=JUDGED + dt.timedelta(hours=2))
