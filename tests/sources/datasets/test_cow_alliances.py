"""The formal alliances of COW, in a file made up in its form."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from rapallo.errors import InputError
from rapallo.model import Bulk
from rapallo.record import Record
from rapallo.sources.dataset import dataset
from rapallo.sources.load import locate, read_release

COLUMNS = (
    *("version4id", "ccode", "state_name", "ss_type", "left_censor", "right_censor", "version"),
    *(
        f"{span}_{part}"
        for span in ("all_st", "all_end", "mem_st", "mem_end")
        for part in ("day", "month", "year")
    ),
    *("defense", "neutrality", "nonaggression", "entente"),
)


def member(
    number: int, code: int, came: str = "1900-1-1", went: str = "--", **fields: object
) -> dict[str, object]:
    """A row of a member, which came and went with the alliance."""
    row: dict[str, object] = dict.fromkeys(COLUMNS, 0)
    for span, on in (("all_st", came), ("mem_st", came), ("all_end", went), ("mem_end", went)):
        row |= dict(zip((f"{span}_year", f"{span}_month", f"{span}_day"), on.split("-"), strict=True))
    row |= {"version4id": number, "ccode": code, "state_name": "", "version": "4.1"}
    return row | fields


def write(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(folder: Path, rows: Sequence[Mapping[str, object]]) -> Bulk:
    write(folder / "alliance_v4.1_by_member.csv", rows)
    ((release, paths),) = locate("cow-alliances", [folder])
    return read_release("cow-alliances", release, paths)


def test_an_alliance_becomes_a_pact_with_its_obligations(tmp_path: Path) -> None:
    flags = {"defense": 1, "entente": 1, "left_censor": 1}
    bulk = read(tmp_path, [member(7, code, "1816-1-1", "1870-9-19", **flags) for code in (200, 235)])
    (tie,) = bulk.ties
    assert (tie.id, tie.kind) == ("cow-alliances-4.1:7", "pact")
    assert tie.name == "Pact of United Kingdom and Portugal, 1816 (COW 7)"
    assert [(c.kind, c.trigger, c.obliged) for c in tie.clauses] == [
        ("defence", "armed_attack", ()),
        ("consultation", "threat", ()),
    ]
    assert [(p.phase, p.on) for p in tie.phases] == [
        ("in_force", dt.date(1816, 1, 1)),
        ("ended", dt.date(1870, 9, 19)),
    ]
    assert tie.about == "COW has it from 1816-01-01 to 1870-09-19. It was there before 1816."
    (file,) = bulk.files
    assert (file.read, file.kept, file.left_out) == (2, 2, ())


def test_a_member_comes_and_goes_on_its_own_days(tmp_path: Path) -> None:
    rows = [
        member(1, 2, "1949-4-4", nonaggression=1),
        member(1, 220, "1949-4-4", nonaggression=1),
        member(1, 640, "1952-2-18", "1970-1-1", nonaggression=1),
    ]
    (tie,) = read(tmp_path, rows).ties
    assert tie.members(dt.date(1950, 1, 1)) == ("USA", "FRA")
    assert tie.members(dt.date(1969, 12, 31)) == ("USA", "FRA", "TUR")
    assert tie.members(dt.date(1970, 1, 1)) == ("USA", "FRA")
    assert tie.phase(dt.date(2000, 1, 1)) == "in_force"
    assert tie.about.endswith("in effect at the end of 2012.")


def test_an_obligation_of_some_names_them(tmp_path: Path) -> None:
    rows = [member(1, 2, defense=1, neutrality=""), member(1, 740, neutrality="")]
    (tie,) = read(tmp_path, rows).ties
    assert [(c.kind, c.obliged) for c in tie.clauses] == [("defence", ("USA",))]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (member(1, 777, entente=1), "nobody bears the code ccode"),
        (member(1, 210, "--", entente=1), "no day of entry"),
        (member(1, 210, "1900-1-1", "1899-1-1"), "it leaves before it enters"),
        (member(1, 210, entente=3), "entente is neither 0 nor 1"),
    ],
)
def test_a_bad_row_is_rejected_with_its_reason(
    tmp_path: Path, row: Mapping[str, object], reason: str
) -> None:
    bulk = read(tmp_path, [member(1, 2, entente=1), member(1, 200, entente=1), row])
    assert dict(bulk.files[0].rejected) == {reason: (1, 4)}
    assert bulk.ties[0].members(dt.date(1900, 1, 1)) == ("USA", "GBR")
    assert bool(bulk.unknown) == (row["ccode"] == 777)


def test_a_file_without_a_column_is_refused(tmp_path: Path) -> None:
    row = {key: cell for key, cell in member(1, 2).items() if key != "entente"}
    with pytest.raises(InputError, match="no column entente"):
        read(tmp_path, [row])


def test_the_same_file_twice_adds_nothing(tmp_path: Path) -> None:
    bulk = read(tmp_path, [member(1, 2, entente=1), member(1, 200, entente=1)])
    assert dataset("cow-alliances").redistribute.startswith("no")
    with Record.open(empty=True) as record:
        assert record.load(bulk).added
        assert not record.load(bulk).added
        (tie,) = record.view(dt.date(1950, 1, 1)).pacts()
        assert tie.clauses[0].kind == "consultation"
