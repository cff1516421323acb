"""ATOP's alliances as pacts with clauses."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from rapallo.errors import InputError
from rapallo.model import Bulk, Clause, Tie
from rapallo.record import Record
from rapallo.sources.dataset import Release, dataset
from rapallo.sources.datasets import atop
from rapallo.sources.load import locate, read_release

MEMBERS = sorted({*atop._NEEDED, *atop._words(), *atop._CODED, "cowid", "cow4id"})
GOLDEN = Path(__file__).with_name("atop_golden.yaml")


def member(
    number: int, code: int, came: str = "1900-1-1", went: str = "", **fields: object
) -> dict[str, object]:
    """A member's row, all of whose fields are 0 but those named."""
    row: dict[str, object] = dict.fromkeys(MEMBERS, 0)
    row |= dict(zip(atop._ENTRY, came.split("-"), strict=True))
    row |= dict(zip(atop._EXIT, (went or "0-0-0").split("-"), strict=True))
    row["cowid"] = row["cow4id"] = ""
    return row | {"atopid": number, "member": code, "ineffect": 0 if went else 1} | fields


def write(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def read(
    folder: Path,
    members: Sequence[Mapping[str, object]],
    alliances: Sequence[Mapping[str, object]] | None = None,
    scores: Sequence[Mapping[str, object]] = (),
) -> Bulk:
    """The release of made-up files."""
    if alliances is None:
        codes: dict[object, dict[object, None]] = {}
        for row in members:
            codes.setdefault(row["atopid"], {})[row["member"]] = None
        alliances = [
            {"atopid": number, "cowid": 3999, "cow4id": "", "ineffect": 1}
            | {f"mem{n}": (*its, "", "", "")[n] for n in range(3)}
            for number, its in codes.items()
        ]
    paths = {"members": folder / "m.csv", "alliances": folder / "a.csv"}
    write(paths["members"], members)
    write(paths["alliances"], alliances)
    if scores:
        paths["scores"] = folder / "s.csv"
        write(paths["scores"], scores)
    release = dataset("atop").release("4.01")
    loose: Release = release.model_copy(
        update={
            "files": {role: spec.model_copy(update={"rows": None}) for role, spec in release.files.items()}
        }
    )
    return read_release("atop", loose, paths)


def written(clause: Clause) -> str:
    """A clause as the golden file writes it."""
    return " ".join(
        filter(
            None,
            (
                clause.kind,
                "if_attacked" if (clause.kind, clause.trigger) == ("neutrality", "armed_attack") else "",
                ",".join(clause.conditions),
                f"by {','.join(sorted(clause.obliged))}" if clause.obliged else "",
                f"against {','.join(sorted(clause.against))}" if clause.against else "",
            ),
        )
    )


def test_an_obligation_bears_its_conditions_and_adversary(tmp_path: Path) -> None:
    flags: dict[str, Any] = {
        "defense": 1,
        "defcoadv": 1,
        "defconpr": 1,
        "specthrt": 1,
        "statthr1": 365,
        "nonagg": 1,
    }
    bulk = read(tmp_path, [member(1, 220, "1925-5-1", **flags), member(1, 290, "1925-5-1", **flags)])
    (tie,) = bulk.ties
    assert (tie.id, tie.kind, tie.name) == ("atop-4.01:1", "pact", "Pact of France and Poland, 1925 (ATOP 1)")
    assert [written(c) for c in tie.clauses] == [
        "defence named_adversary,unprovoked against RUS,SUN",
        "non_aggression",
    ]
    assert [(p.phase, p.on) for p in tie.phases] == [("in_force", dt.date(1925, 5, 1))]
    assert "3999" in tie.about
    assert all(file.kept == file.read and not file.left_out for file in bulk.files)


def test_a_threat_named_without_being_a_condition_limits_nothing(tmp_path: Path) -> None:
    flags: dict[str, Any] = {"defense": 1, "specthrt": 1, "statthr1": 365}
    (tie,) = read(tmp_path, [member(1, 220, **flags), member(1, 255, **flags)]).ties
    assert [written(c) for c in tie.clauses] == ["defence"]
    assert "Named as a threat: RUS, SUN." in tie.about


def test_neutrality_takes_no_adversary_from_the_threat(tmp_path: Path) -> None:
    flags: dict[str, Any] = {"neutral": 1, "neucoadv": 1, "neucoatt": 1, "specthrt": 1, "statthr1": 365}
    (tie,) = read(tmp_path, [member(1, 300, **flags), member(1, 255, **flags)]).ties
    assert [written(c) for c in tie.clauses] == ["neutrality if_attacked named_adversary"]


def test_obligations_that_differ_by_member_name_the_obliged(tmp_path: Path) -> None:
    rows = [member(1, 2, defense=1, consul=1, asymm=1), member(1, 740, defcoloc=0, consul=1, asymm=1)]
    (tie,) = read(tmp_path, rows).ties
    assert [written(c) for c in tie.clauses] == ["defence by USA", "consultation"]
    assert "obligations differ between the parties" in tie.about


def test_limits_that_are_not_described_stand_as_conditions(tmp_path: Path) -> None:
    rows = [member(1, 2, defense=1, obvary=1, consul=1), member(1, 200, defense=1, olimob=1, consul=1)]
    (tie,) = read(tmp_path, rows).ties
    assert [written(c) for c in tie.clauses] == [
        "defence toward_some by USA",
        "defence other_limits by GBR",
        "consultation",
    ]


def test_phases_on_end_with_like_terms_are_one_clause(tmp_path: Path) -> None:
    phases = [("1950-1-1", "1960-1-1", 1, 0), ("1960-1-1", "1970-1-1", 2, 1)]
    rows = [
        member(1, code, came, went, phase=phase, defense=1, defcoloc=place, consul=1)
        for came, went, phase, place in phases
        for code in (2, 200)
    ]
    (tie,) = read(tmp_path, rows).ties
    days = {written(c): (c.envelope.valid.start, c.envelope.valid.end) for c in tie.clauses}
    assert days == {
        "defence": (dt.date(1950, 1, 1), dt.date(1959, 12, 31)),
        "defence in_territory": (dt.date(1960, 1, 1), dt.date(1969, 12, 31)),
        "consultation": (dt.date(1950, 1, 1), dt.date(1969, 12, 31)),
    }
    assert [(p.phase, p.on.year) for p in tie.phases] == [("in_force", 1950), ("ended", 1970)]
    assert len(tie.parties) == 2
    assert "Its phases began: 1 on 1950-01-01, 2 on 1960-01-01." in tie.about


def test_a_member_that_left_and_came_back_is_a_party_twice(tmp_path: Path) -> None:
    rows = [
        member(1, 651, "1950-6-17", "1979-3-31", consul=1),
        member(1, 651, "1989-5-22", consul=1),
        member(1, 645, "1951-2-2", consul=1),
    ]
    (tie,) = read(tmp_path, rows).ties
    assert tie.members(dt.date(1985, 1, 1)) == ("IRQ",)
    assert tie.members(dt.date(1990, 1, 1)) == ("EGY", "IRQ")


def test_a_state_that_another_follows_under_its_number_hands_the_pact_on(tmp_path: Path) -> None:
    rows = [member(1, 365, "1961-7-6", "1996-9-10", defense=1), member(1, 731, "1961-7-6", "1996-9-10")]
    (tie,) = read(tmp_path, rows).ties
    assert tie.members(dt.date(1991, 12, 25)) == ("SUN", "PRK")
    assert tie.members(dt.date(1991, 12, 26)) == ("RUS", "PRK")
    assert tie.clauses[0].obliged == ("SUN", "RUS")
    assert tie.phase(dt.date(1996, 9, 10)) == "ended"


def test_a_day_that_is_not_known_is_the_month(tmp_path: Path) -> None:
    rows = [member(1, code, "1815-11-20", "1822-12-", nonagg=1) for code in (200, 220)]
    (tie,) = read(tmp_path, rows).ties
    assert (tie.phases[1].on, tie.phases[1].precision) == (dt.date(1822, 12, 1), "month")


def test_codes_without_words_are_told_as_codes_with_whom_they_hold_for(tmp_path: Path) -> None:
    rows = [member(1, 2, consul=1, base=3, proadd=2), member(1, 740, consul=1, base=3, terrres=1)]
    (tie,) = read(tmp_path, rows).ties
    assert "troops or bases on another's soil (BASE 3)" in tie.about
    assert "PROADD 2 (USA), TERRRES 1 (JPN)" in tie.about


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (member(1, 777, consul=1), "nobody bears the code member"),
        (member(1, 210, "1900-1-1", ineffect=0, consul=1), "no day of leaving"),
        (member(1, 210, "0-0-0", consul=1), "no day of entry"),
        (member(1, 210, "1900-1-1", "1899-1-1", consul=1), "it leaves before it enters"),
        (member(1, 210, defense=9), "defense is neither 0 nor 1"),
        (member(1, 210, phase="x"), "phase is no number"),
    ],
)
def test_a_bad_row_is_rejected_with_its_reason(
    tmp_path: Path, row: Mapping[str, object], reason: str
) -> None:
    bulk = read(tmp_path, [member(1, 2, consul=1), member(1, 200, consul=1), row])
    members = next(file for file in bulk.files if file.file == "m.csv")
    assert dict(members.rejected) == {reason: (1, 4)}
    assert members.read == members.kept + 1
    assert (("cow", "777") in bulk.unknown) == (row["member"] == 777)
    assert bulk.ties[0].members(dt.date(1900, 1, 1)) == ("USA", "GBR")


def test_an_alliance_whose_members_are_others_is_rejected(tmp_path: Path) -> None:
    alliances = [{"atopid": 1, "cowid": "", "cow4id": "", "ineffect": 1, "mem1": 2, "mem2": 220}]
    bulk = read(tmp_path, [member(1, 2, consul=1), member(1, 200, consul=1)], alliances)
    rejected = {file.file: dict(file.rejected) for file in bulk.files}
    assert rejected == {
        "a.csv": {"its members are not those of the other file": (1, 2)},
        "m.csv": {"no alliance of that number": (2, 2)},
    }
    assert bulk.ties == ()


def test_scores_stand_with_their_pact(tmp_path: Path) -> None:
    scores = [
        {"atopid": number, "Scope.score": 1.5, "Depth.score": -0.5, "PotMilCapacity.score": 0.25}
        for number in (1, 2)
    ]
    bulk = read(tmp_path, [member(1, 2, consul=1), member(1, 200, consul=1)], scores=scores)
    assert bulk.ties[0].about.endswith("scope 1.5, depth -0.5, potential military capacity 0.25.")
    assert {f.file: dict(f.rejected) for f in bulk.files}["s.csv"] == {"no alliance of that number": (1, 3)}


def test_a_file_without_a_column_of_conditions_is_refused(tmp_path: Path) -> None:
    rows = [{k: v for k, v in member(1, 2, defense=1).items() if k != "defcoadv"}]
    with pytest.raises(InputError, match="no column defcoadv"):
        read(tmp_path, rows)


def test_a_pact_is_written_and_the_same_again_adds_nothing(tmp_path: Path) -> None:
    bulk = read(tmp_path, [member(1, 2, defense=1, defcodem=1), member(1, 200, defense=1, defcodem=1)])
    with Record.open(empty=True) as record:
        assert record.load(bulk).added
        assert not record.load(bulk).added
        (tie,) = record.view(dt.date(1950, 1, 1)).pacts()
        assert tie.clauses[0].conditions == ("demand",)


def test_what_one_owes_the_other_is_asked_in_that_order(tmp_path: Path) -> None:
    flags = ("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul")
    pairs = [(2, 740, year, 1) for year in (1952, 1953, 1955)] + [(740, 2, year, 0) for year in (1952, 1953)]
    table = pa.Table.from_pylist(
        [
            {"ccode1": one, "ccode2": other, "year": year} | dict.fromkeys(flags, 0) | {"atop_defense": owed}
            for one, other, year, owed in pairs
        ]
    )
    pq.write_table(table, tmp_path / "atop_alliance.parquet")
    release = dataset("atop").release("5.1")
    files = {"dyads": release.files["dyads"].model_copy(update={"rows": None})}
    bulk = read_release(
        "atop", release.model_copy(update={"files": files}), {"dyads": tmp_path / "atop_alliance.parquet"}
    )
    with Record.open(empty=True) as record:
        record.load(bulk)
        view = record.view(dt.date(1953, 6, 1))
        assert view.amount("atop_defence", "USA", "JPN").value == 1
        assert view.amount("atop_defence", "JPN", "USA").value == 0
        assert record.view(dt.date(1954, 6, 1)).amount("atop_defence", "USA", "JPN").status == "missing"


@pytest.fixture(scope="module")
def files(shared: Path) -> Bulk:
    ((release, paths),) = [
        found for found in locate("atop", [shared / "data/atop"]) if found[0].version == "4.01"
    ]
    return read_release("atop", release, paths)


@pytest.mark.shared
def test_every_alliance_and_member_is_accounted_for(files: Bulk) -> None:
    counts = [(file.read, file.kept, sum(n for n, _ in file.rejected.values())) for file in files.files]
    assert sorted(counts) == [(492, 487, 5), (745, 745, 0), (2398, 2397, 1)]
    assert not any(file.left_out for file in files.files)
    assert dict(files.unknown) == {("cow", "8152"): 1}
    assert len(files.ties) == 745
    assert all(tie.clauses for tie in files.ties)


@pytest.mark.shared
def test_every_pledge_of_every_member_is_a_clause_on_each_of_its_days(files: Bulk, shared: Path) -> None:
    ties = {tie.id.rpartition(":")[2]: tie for tie in files.ties}
    path = shared / "data/atop/atop-member-level_v4.01.csv"
    with path.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["member"] != "8152"]
    pledges = 0
    for row in rows:
        tie = ties[row["atopid"]]
        on = dt.date(int(row["yrent"]), int(row["moent"]), int(row["dayent"] or 1))
        codes = {p.actor for p in tie.parties if p.when.contains(on)}
        for field, (kind, *_) in atop._KINDS.items():
            its = [c for c in tie.clauses if c.kind == kind and c.envelope.valid.contains(on)]
            everybody = [c for c in its if not c.obliged or codes <= set(c.obliged)]
            if row[field] == "1":
                pledges += 1
                assert its, (row["atopid"], row["member"], kind)
            elif everybody:
                again = [r for r in rows if (r["atopid"], r["member"]) == (row["atopid"], row["member"])]
                assert any(r[field] == "1" for r in again), (row["atopid"], row["member"], kind)
    assert pledges > 4000


@pytest.mark.shared
@pytest.mark.parametrize("number", yaml.safe_load(GOLDEN.read_text()))
def test_a_known_alliance_is_as_we_know_it_or_the_difference_is_noted(files: Bulk, number: str) -> None:
    known: dict[str, Any] = yaml.safe_load(GOLDEN.read_text())[number]
    differing = known.get("atop", {})
    assert all(known.get(key) != value for key, value in differing.items())
    want = known | differing
    (tie,) = [tie for tie in files.ties if tie.id == f"atop-4.01:{number}"]
    first = want["begins"]
    assert (tie.phases[0].phase, tie.phases[0].on) == ("in_force", first)
    assert [p.on for p in tie.phases if p.phase == "ended"] == ([want["ends"]] if want["ends"] else [])
    assert sorted(tie.members(first)) == want["parties"]
    there = [c for c in tie.clauses if c.envelope.valid.contains(first)]
    assert sorted(map(written, there)) == sorted(want["clauses"])
    for code, on in want.get("joined", {}).items():
        assert _starts(tie, code) == on
    for code, on in want.get("left", {}).items():
        assert _last(tie, code) == on - dt.timedelta(days=1)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1335", ("secret", "60 months", "renews itself unless denounced")),
        ("3285", ("an integrated command", "240 months", "120 months of each renewal")),
        ("3215", ("without limit of time", "renunciation is allowed")),
        ("3440", ("120 months", "60 months of each renewal")),
        ("3445", ("without limit of time", "no alliance directed against a party")),
        ("2470", ("secret in part", "division of gains", "120 months")),
    ],
)
def test_what_is_no_obligation_in_war_is_told_in_words(
    files: Bulk, number: str, words: tuple[str, ...]
) -> None:
    (tie,) = [tie for tie in files.ties if tie.id == f"atop-4.01:{number}"]
    parts = {part.strip(" .") for part in tie.about.partition("By ATOP:")[2].partition(".")[0].split(";")}
    assert set(words) <= parts


def _starts(tie: Tie, code: str) -> dt.date | None:
    return next(p.when.start for p in tie.parties if p.actor == code)


def _last(tie: Tie, code: str) -> dt.date | None:
    return next(p.when.end for p in tie.parties if p.actor == code)


@pytest.mark.shared
def test_pairs_of_release_5_1(shared: Path) -> None:
    ((release, paths),) = [f for f in locate("atop", [shared / "data/atop"]) if f[0].version == "5.1"]
    bulk = read_release("atop", release, paths)
    (file,) = bulk.files
    assert (file.read, file.kept) == (273296, 267402)
    assert not file.left_out
    with Record.open(empty=True) as record:
        record.load(bulk)
        view = record.view(dt.date(1975, 6, 1))
        assert view.amount("atop_defence", "USA", "JPN").value == 1
        assert view.amount("atop_defence", "JPN", "USA").value == 0
        assert view.amount("atop_defence", "CHN", "PRK").value == 1
        assert view.amount("atop_consultation", "CHN", "PRK").value == 0
