"""Arms transfers, military expenditure, troops and bases of the United States."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rapallo.errors import InputError
from rapallo.record import Record
from tests.sources.datasets.reading import counts, made_up, real, rows

D = dt.date


def _order(**given: Any) -> dict[str, Any]:
    told = {
        "Recipient": "India",
        "Supplier": "Soviet Union",
        "Year of order": 1980.0,
        "Year of order estimate": None,
        "Number ordered": 5.0,
        "Number ordered estimate": None,
        "Weapon designation": "X-1",
        "Weapon description": "a plane",
        "Number delivered": 5.0,
        "Number delivered estimate": None,
        "Year(s) of delivery": "1981",
        "status": "New",
        "Comments": None,
        "SIPRI TIV per unit": 2.0,
        "SIPRI TIV for total order": 10.0,
        "SIPRI TIV of delivered weapons": 10.0,
    }
    return {**told, **given}


def test_an_order_is_what_was_delivered_of_it_from_the_first_year_to_the_last(tmp_path: Path) -> None:
    listed = [
        _order(),
        _order(),
        _order(**{"Year(s) of delivery": "1985-1987; 1990", "Weapon designation": "Y-2"}),
    ]
    bulk = made_up("sipri-register", {"orders": listed}, tmp_path)
    found = rows(bulk, "flow")
    assert [(r["kind"], r["origin"], r["destination"], r["value"], r["what"]) for r in found] == [
        ("arms", "SUN", "IND", 10.0, "X-1"),
        ("arms", "SUN", "IND", 10.0, "X-1"),
        ("arms", "SUN", "IND", 10.0, "Y-2"),
    ]
    assert (found[0]["valid_from"], found[0]["valid_to"], found[0]["precision"]) == (
        D(1981, 1, 1),
        D(1981, 12, 31),
        "year",
    )
    assert (found[2]["valid_from"], found[2]["valid_to"], found[2]["precision"]) == (
        D(1985, 1, 1),
        D(1990, 12, 31),
        "range",
    )
    with Record.open(empty=True) as record:
        assert record.load(bulk).added == 3
        assert record.load(bulk).added == 0


def test_orders_that_armed_nobody_are_rejected_with_the_reason(tmp_path: Path) -> None:
    listed = [
        _order(),
        _order(**{"Year(s) of delivery": None, "SIPRI TIV of delivered weapons": 0.0}),
        _order(**{"Year(s) of delivery": "soon"}),
        _order(Supplier="unknown supplier(s)"),
        _order(Recipient="Ruritania"),
        _order(Supplier="India"),
    ]
    bulk = made_up("sipri-register", {"orders": listed}, tmp_path)
    assert counts(bulk) == {bulk.files[0].file: (6, 1)}
    assert bulk.files[0].rejected == {
        "nothing of it was delivered yet, or nobody says when": (2, 2),
        "nobody is called by the name of the supplier": (1, 4),
        "nobody is called by the name of the recipient": (1, 5),
        "a state with itself": (1, 6),
    }
    assert dict(bulk.unknown) == {("name", "Ruritania"): 1}  # who is unknown to SIPRI too is no question


def test_names_in_arms_transfers_mean_whom_sipri_means_in_the_year(tmp_path: Path) -> None:
    names = [
        ("Serbia", "2010", "SRB"),
        ("Yugoslavia", "1970", "YUG"),
        ("Viet Nam", "1970", "VDR"),
        ("Benin", "1965", "BEN"),
        ("Hezbollah (Lebanon)*", "2000", "HEZBOLLAH"),
        ("Congo", "1990", "COG"),
        ("NATO**", "1990", "NATO"),
    ]
    place = dict.fromkeys(("supplier_lon", "supplier_lat", "recipient_lon", "recipient_lat"), "0")
    codes = {"supplier_cown": "NA", "recipient_cown": "NA"}
    listed = [
        {"supplier": "France", "recipient": name, "year": year, "value": "3", **codes, **place}
        for name, year, _ in names
    ]
    bulk = made_up("sipri-tiv", {"dyads": listed}, tmp_path)
    assert not bulk.unknown
    assert {r["destination"] for r in rows(bulk, "flow")} == {actor for _, _, actor in names}
    assert {r["unit"] for r in rows(bulk, "flow")} == {"TIV million"}


def test_expenditure_of_one_state_that_stands_under_two_names_counts_once(tmp_path: Path) -> None:
    def cells(country: str, year: int, amount: str) -> dict[str, Any]:
        share = "2.5" if amount else ""
        return {
            "country": country,
            "year": year,
            "military_expenditure": amount,
            "military_expenditure_per_capita": "1",
            "military_expenditure_share_gdp": share,
        }

    listed = [
        cells("Germany", 1970, "2000000"),
        cells("West Germany", 1970, "2100000"),
        cells("Serbia", 1960, "5000000"),
        cells("World", 1960, "9000000"),
        cells("Italy", 1960, ""),
    ]
    bulk = made_up("owid-milex", {"states": listed}, tmp_path)
    assert [(r["actor"], r["name"], r["value"]) for r in rows(bulk)] == [
        ("DEU", "military_burden", 2.5),
        ("YUG", "military_burden", 2.5),
        ("DEU", "military_expenditure_constant", 2.0),
        ("YUG", "military_expenditure_constant", 5.0),
    ]
    assert sum(lines for lines, _ in bulk.files[0].rejected.values()) == 3
    assert not bulk.unknown


_BRANCHES = [
    "army_ad",
    "navy_ad",
    "air_force_ad",
    "marine_corps_ad",
    "coast_guard_ad",
    "space_force_ad",
    "army_national_guard",
    "air_national_guard",
    "army_reserve",
    "navy_reserve",
    "marine_corps_reserve",
    "air_force_reserve",
    "coast_guard_reserve",
    "total_selected_reserve",
    "army_civilian",
    "navy_civilian",
    "marine_corps_civilian",
    "air_force_civilian",
    "dod_civilian",
    "total_civilian",
]


def test_troops_are_counted_by_host_and_zeros_are_kept(tmp_path: Path) -> None:
    hosts = [
        ("Japan", 740, 1000),
        ("India", 750, 0),
        ("Guam", 1008, 7000),
        ("United States", 2, 9),
        ("Vietnam", 816, 5),
    ]
    listed = [
        {"countryname": name, "year": 1968, "ccode": code, "iso3c": "NA", "region": "", "troops_ad": troops}
        | dict.fromkeys(_BRANCHES, 0)
        for name, code, troops in hosts
    ]
    bulk = made_up("us-troops", {"hosts": listed}, tmp_path)
    assert [(r["actor"], r["other"], r["value"]) for r in rows(bulk, "dyad")] == [
        ("USA", "IND", 0.0),
        ("USA", "JPN", 1000.0),
        ("USA", "RVN", 5.0),
    ]
    assert counts(bulk) == {bulk.files[0].file: (5, 3)}
    assert not bulk.unknown  # numbers of territories are no question


def test_a_host_that_stands_under_two_names_has_the_sum_of_both(tmp_path: Path) -> None:
    names = (("Czech Republic", 316, 0), ("Czechia", 316, 16), ("Germany", 255, "NA"))
    listed = [
        {"countryname": name, "year": 2024, "ccode": code, "iso3c": "", "region": "", "troops_ad": troops}
        | dict.fromkeys(_BRANCHES, 0)
        for name, code, troops in names
    ]
    bulk = made_up("us-troops", {"hosts": listed}, tmp_path)
    assert [(r["other"], r["value"]) for r in rows(bulk, "dyad")] == [("CZE", 16.0)]
    assert bulk.files[0].rejected == {
        "missing in the source": (1, 4),
        "the same again as on an earlier line": (1, 3),
    }


def test_a_base_is_a_tie_and_a_site_that_is_merely_paid_for_is_none(tmp_path: Path) -> None:
    def cells(name: str, code: str, base: int, lilypad: int, funded: int) -> dict[str, Any]:
        place = {"countryname": "Somewhere", "ccode": code, "iso3c": "", "basename": name, "lat": 1, "lon": 1}
        return {**place, "base": base, "lilypad": lilypad, "fundedsite": funded}

    listed = [
        cells("Fort One", "740", 1, 0, 0),
        cells("NA", "740", 0, 1, 0),
        cells("Camp Two", "740", 0, 0, 1),
        cells("Fort Three", "2", 1, 0, 0),
        cells("Fort Four", "999", 1, 0, 0),
    ]
    bulk = made_up("us-bases", {"bases": listed}, tmp_path)
    one, two = bulk.ties
    assert (one.kind, one.name, [(p.actor, p.role) for p in one.parties]) == (
        "troops",
        "Fort One",
        [("USA", "actor"), ("JPN", "target")],
    )
    assert one.phases == ()
    assert one.envelope.valid.precision == "unknown"
    assert two.name == "A base without a name"
    assert sum(lines for lines, _ in bulk.files[0].rejected.values()) == 3
    assert dict(bulk.unknown) == {("cow", "999"): 1}


def test_a_file_without_the_column_of_the_value_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no column"):
        made_up("us-troops", {"hosts": [{"countryname": "Japan", "year": 1968, "ccode": 740}]}, tmp_path)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "folder", "read", "kept"),
    [
        ("sipri-register", "arms_transfers", 29058, 27479),
        ("sipri-tiv", "arms_transfers", 21324, 20891),
        ("owid-milex", "arms_transfers", 15981, 14760),
        ("us-troops", "us_troops_bases", 13135, 11720),
        ("us-bases", "us_troops_bases", 414, 338),
    ],
)
def test_of_the_real_files_so_many_rows_are_kept(
    shared: Path, name: str, folder: str, read: int, kept: int
) -> None:
    ((_, got),) = counts(real(name, shared / "data" / folder)).items()
    assert got == (read, kept)


@pytest.mark.shared
def test_some_amounts_of_the_real_files(shared: Path) -> None:
    troops = {
        (r["other"], r["valid_from"].year): r["value"]
        for r in rows(real("us-troops", shared / "data" / "us_troops_bases"), "dyad")
    }
    assert troops["RVN", 1968] == 537377
    assert troops["DEU", 2020] == 35138
    assert troops["DEU", 1955] > 250_000
    arms = rows(real("sipri-register", shared / "data" / "arms_transfers"), "flow")
    helicopters = [
        r for r in arms if (r["destination"], r["what"]) == ("AFG", "Mi-24V/Mi-35") and r["origin"] == "BLR"
    ]
    assert [(r["value"], r["valid_from"]) for r in helicopters] == [(13.6, D(2019, 1, 1))]
    assert {r["origin"] for r in arms if r["valid_from"] < D(1990, 1, 1)} >= {"SUN", "CSK", "USA"}
    spent = {
        (r["actor"], r["valid_from"].year): r["value"]
        for r in rows(real("owid-milex", shared / "data" / "arms_transfers"))
        if r["name"] == "military_burden"
    }
    assert spent["USA", 2010] == 4.92
