"""Trade of pairs and of states; estimates of product and population."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sources.datasets.reading import counts, made_up, real, rows


def _pair(one: int, other: int, inward: Any, outward: Any) -> dict[str, Any]:
    smooth = {"smoothflow1": 1, "smoothflow2": 1}
    return {"ccode1": one, "ccode2": other, "year": 1950, "flow1": inward, "flow2": outward, **smooth}


def test_the_first_flow_is_what_the_first_state_imports(tmp_path: Path) -> None:
    pairs = [_pair(200, 2, 5.5, 0), _pair(2, 200, 0, 5.5), _pair(2, 20, -9, None)]
    states = [{"ccode": 2, "year": 1950, "imports": 8.5, "exports": -9}]
    bulk = made_up("cow-trade", {"dyads": pairs, "states": states}, tmp_path)
    assert {
        (r["origin"], r["destination"], r["value"]) for r in rows(bulk, "flow") if r["kind"] == "trade"
    } == {
        ("USA", "GBR", 5.5),
        ("GBR", "USA", 0.0),
    }
    assert [(r["name"], r["value"], r["unit"]) for r in rows(bulk)] == [("imports", 8.5, "USD million")]
    assert counts(bulk) == {"cow_trade_ddy.parquet": (3, 1), "cow_trade_sy.parquet": (1, 1)}


def test_pairs_alone_are_a_release(tmp_path: Path) -> None:
    bulk = made_up("cow-trade", {"dyads": [_pair(2, 200, 1.0, 2.0), _pair(200, 2, 2.0, 1.0)]}, tmp_path)
    kinds = sorted(row["kind"] for row in rows(bulk, "flow"))
    assert kinds == ["trade", "trade", "trade_smoothed", "trade_smoothed"]


def test_an_estimate_bears_its_deviation(tmp_path: Path) -> None:
    amounts = {"mrgdppc": 2000.5, "sd_mrgdppc": 300.5, "pwtrgdp": 50.0, "sd_pwtrgdp": None, "pwtpop": 1.25}
    listed = [
        {"ccode": 2, "year": 1900, **amounts, "sd_pwtpop": 0.5},
        {"ccode": 2, "year": 1901, **dict.fromkeys(amounts), "sd_pwtpop": None},
    ]
    bulk = made_up("gdp-pop", {"states": listed}, tmp_path)
    assert [(r["name"], r["value"], r["note"]) for r in rows(bulk)] == [
        ("gdp", 50.0, ""),
        ("gdp_per_capita", 2000.5, "sd 300.5"),
        ("population", 1250.0, "sd in millions 0.5"),
    ]
    assert bulk.files[0].rejected == {"missing in the source": (1, 2)}


@pytest.mark.shared
def test_the_real_trade(shared: Path) -> None:
    bulk = real("cow-trade", shared / "data" / "trade")
    assert counts(bulk) == {
        "cow_trade_ddy.parquet": (1_347_308, 673_654),
        "cow_trade_sy.parquet": (14_410, 13_077),
    }
    flows = {r["id"]: r["value"] for table in bulk.tables["flow"] for r in _of(table, "origin", "CHN", 2014)}
    back = {r["id"]: r["value"] for table in bulk.tables["flow"] for r in _of(table, "origin", "USA", 2014)}
    there, here = flows["cow-trade-4.0:trade:CHN-USA:2014"], back["cow-trade-4.0:trade:USA-CHN:2014"]
    assert 460_000 < there < 480_000  # what the United States import from China, and not the other way round
    assert 120_000 < here < 190_000
    usa = {r["name"]: r["value"] for r in rows(bulk) if r["actor"] == "USA" and r["valid_from"].year == 2010}
    assert 1_960_000 < usa["imports"] < 1_970_000
    assert 1_270_000 < usa["exports"] < 1_280_000


def _of(table: Any, column: str, code: str, year: int) -> list[dict[str, Any]]:
    import pyarrow.compute as pc

    found = table.filter(pc.equal(table[column], code))
    return [row for row in found.to_pylist() if row["valid_from"].year == year]


@pytest.mark.shared
def test_the_real_estimates(shared: Path) -> None:
    bulk = real("gdp-pop", shared / "data" / "trade")
    assert counts(bulk) == {"cw_gdppop.parquet": (16_536, 16_493)}
    assert not bulk.unknown
    india = {
        r["name"]: r["value"] for r in rows(bulk) if r["actor"] == "IND" and r["valid_from"].year == 2011
    }
    assert 1_150_000 < india["population"] < 1_350_000
    assert india["gdp"] > 4_000_000
