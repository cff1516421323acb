"""Trade agreements and sanctions as ties."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rapallo.errors import InputError
from rapallo.record import Record
from tests.sources.datasets.reading import counts, made_up, real

D = dt.date


def _treaty(number: str, members: tuple[int, ...], **given: Any) -> dict[str, Any]:
    told = {"number": number, "name": f"Treaty {number}", "entry_type": "base_treaty", "year": 1990.0}
    codes = {f"c{n}": members[n - 1] if n <= len(members) else None for n in range(1, 4)}
    return {**told, "entryforceyear": None, **codes, **given}


def test_a_trade_agreement_has_its_members_its_steps_and_what_trend_finds_in_it(tmp_path: Path) -> None:
    treaties = [
        _treaty("1", (12, 250), entryforceyear=1992.0),
        _treaty("1+1", (12, 250, 620), entry_type="accession", year=1994.0),
        _treaty("7", (810, 200), year=1960.0),
    ]
    provisions = [
        {
            "Trade.Agreement": "1_Some name_1990",
            "Year": 1990.0,
            "X1.01.A": 1.0,
            "X1.02.B": 0.0,
            "X2.01.C": 2.0,
        },
        {"Trade.Agreement": "99_Other_1990", "Year": 1990.0, "X1.01.A": 1.0, "X1.02.B": None, "X2.01.C": 0.0},
    ]
    bulk = made_up("desta", {"treaties": treaties, "provisions": provisions}, tmp_path)
    one, more, old = bulk.ties
    assert one.id.endswith(":1")
    assert one.kind == "agreement"
    assert one.members(D(2000, 1, 1), role="party") == ("DZA", "FRA")
    assert (one.phase(D(1991, 1, 1)), one.phase(D(1992, 1, 1))) == ("signed", "in_force")
    assert one.members(D(1991, 1, 1)) == ()
    assert "2 environmental provisions" in one.about
    assert more.members(D(2000, 1, 1)) == ("DZA", "FRA", "PRT")
    assert more.phase(D(2000, 1, 1)) == "signed"
    assert old.members(D(1970, 1, 1)) == ("SUN", "CSK")
    assert counts(bulk) == {"desta.parquet": (3, 3), "trend.parquet": (2, 1)}
    with Record.open(empty=True) as record:
        first = record.load(bulk)
        assert first.added
        assert record.load(bulk).added == 0


def test_what_is_no_agreement_of_two_or_more_is_rejected_with_the_reason(tmp_path: Path) -> None:
    treaties = [
        _treaty("1", (12, 250), entry_type="withdrawal"),
        _treaty("2", (12, 250), entry_type="consolidated"),
        _treaty("3", (12, 250), entry_type="negotiation", year=None),
        _treaty("4", (12, 250), year=None),
        _treaty("5", (12, 998)),
        _treaty("6", (12, 250), entry_type="dream"),
        _treaty("7", (12, 250)),
    ]
    bulk = made_up("desta", {"treaties": treaties}, tmp_path)
    assert [tie.name for tie in bulk.ties] == ["Treaty 7"]
    assert counts(bulk) == {"desta.parquet": (7, 1)}
    assert {line for _, line in bulk.files[0].rejected.values()} == {1, 2, 3, 4, 5, 6}
    assert dict(bulk.unknown) == {("iso3n", "998"): 1}


def test_a_file_of_agreements_without_members_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no column c1, c2"):
        made_up(
            "desta",
            {"treaties": [{"number": "1"} | dict.fromkeys(("name", "entry_type", "year", "entryforceyear"))]},
            tmp_path,
        )


def _listed(name: str, members: str, **given: str) -> dict[str, str]:
    told = {"Common.Name": name, "Membership": members, "Type": "Framework Agreement"}
    days = {"Date.of.Signature": "06/03/1991", "Date.of.Entry.into.Force": "01/31/1992"}
    rest = {"WTO.notified": "no", "In.force.status": "in force", "Annexes.Available": "NA"}
    return {**told, **days, **rest, **{key.replace("_", "."): value for key, value in given.items()}}


def test_an_agreement_of_the_list_counts_where_each_member_is_known(tmp_path: Path) -> None:
    listed = [
        _listed("A", "Chile, Korea\\r\\n"),
        _listed("A", "Chile, Korea"),
        _listed("B", "Chile, Ruritania"),
        _listed("C", "Chile; Peru", Date_of_Signature="n/a", Date_of_Entry_into_Force="N/A"),
        _listed("D", "Chile; Peru", In_force_status="expired"),
        _listed("E", "Chile"),
        _listed("F", "Chile; Peru", Date_of_Signature="13/13/1991"),
    ]
    bulk = made_up("gptad", {"treaties": listed}, tmp_path)
    one, last = bulk.ties
    assert one.members(D(2000, 1, 1)) == ("CHL", "KOR")
    assert [(step.phase, step.on) for step in one.phases] == [
        ("signed", D(1991, 6, 3)),
        ("in_force", D(1992, 1, 31)),
    ]
    assert [step.phase for step in last.phases] == ["in_force"]
    assert counts(bulk) == {"GPTAD.csv": (7, 2)}
    assert len(bulk.files[0].rejected) == 5


def _case(number: int, target: str, sender: str, **given: Any) -> dict[str, Any]:
    kinds = dict.fromkeys(("trade", "arms", "military", "financial", "travel", "other"), 0)
    told = {
        "case_id": number,
        "sanctioned_state": target,
        "sanctioning_state": sender,
        "begin": 1990,
        "end": 1995,
    }
    rest = {
        "descr_trade": "",
        "target_mult": 0,
        "sender_mult": 0,
        "objective": "end_war",
        "success": "failed",
    }
    return {**told, **kinds, **rest, **given}


def test_a_sanction_has_senders_targets_and_an_end_unless_it_goes_on(tmp_path: Path) -> None:
    listed = [
        _case(1, "Iraq", "UN", trade=1, arms=1, descr_trade="exp_compl"),
        _case(2, "Korea, North", "EU, United States", end=2022, financial=1),
    ]
    bulk = made_up("gsdb", {"cases": listed}, tmp_path)
    one, on = bulk.ties
    assert (
        one.kind,
        one.members(D(1992, 1, 1), role="actor"),
        one.members(D(1992, 1, 1), role="target"),
    ) == (
        "sanction",
        ("UN",),
        ("IRQ",),
    )
    assert (one.phase(D(1995, 6, 1)), one.phase(D(1996, 1, 1))) == ("in_force", "ended")
    assert one.about == "Kinds: trade, arms. Trade: exp_compl. Objective: end_war. Success: failed."
    assert on.members(D(2024, 1, 1), role="actor") == ("EU", "USA")
    assert on.members(D(2024, 1, 1), role="target") == ("PRK",)
    assert on.phase(D(2024, 1, 1)) == "in_force"
    with Record.open(empty=True) as record:
        record.load(bulk)
        assert record.load(bulk).added == 0


def test_a_sanction_without_a_side_or_a_year_is_rejected(tmp_path: Path) -> None:
    listed = [
        _case(1, "Iraq", "UN"),
        _case(1, "Iraq", "UN"),
        _case(2, "Ruritania", "UN"),
        _case(3, "Iraq", "UN, Ruritania"),
        _case(4, "Iraq", "UN", begin="NA"),
        _case(5, "Iraq", "UN", begin=1999),
    ]
    bulk = made_up("gsdb", {"cases": listed}, tmp_path)
    assert counts(bulk) == {"GSDB_V3.csv": (6, 2)}
    assert bulk.ties[1].members(D(1992, 1, 1), role="actor") == ("UN",)
    assert dict(bulk.unknown) == {("name", "Ruritania"): 2}
    with pytest.raises(InputError, match="has no column sanctioning_state"):
        made_up(
            "gsdb",
            {"cases": [{k: v for k, v in _case(1, "Iraq", "UN").items() if k != "sanctioning_state"}]},
            tmp_path,
        )


@pytest.mark.shared
def test_the_real_agreements(shared: Path) -> None:
    bulk = real("desta", shared / "data" / "agreements")
    assert counts(bulk) == {"desta.parquet": (1217, 1075), "trend.parquet": (730, 710)}
    by_name = {tie.name: tie for tie in bulk.ties}
    india = by_name["Afghanistan India"]
    assert set(india.members(D(2010, 1, 1))) == {"AFG", "IND"}
    assert india.phase(D(2010, 1, 1)) == "in_force"
    kosovo = by_name["EC Kosovo SAA"].members(D(2020, 1, 1))
    assert "XKX" in kosovo
    assert len(kosovo) > 20
    gptad = real("gptad", shared / "data" / "agreements")
    assert counts(gptad)["GPTAD.csv"][0] == 352
    (first, *_) = [tie for tie in gptad.ties if tie.name == "Afghanistan - India"]
    assert [step.on for step in first.phases] == [D(2003, 3, 6), D(2003, 5, 13)]
