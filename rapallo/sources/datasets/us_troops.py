"""Troops of the United States by host and year, the rows of a host whom its makers have twice added up."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from rapallo.sources.amounts import amounts
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.specs import Amount, Code, RowSpec
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

_USED = ("ccode", "year", "troops_ad")
_SPEC = RowSpec(
    family="dyad",
    actor=Code(iso3="USA", fixed=True),
    other=Code(cow="ccode"),
    year="year",
    amounts={"troops_ad": Amount(name="troops_hosted", unit="persons", least=0)},
)


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The active-duty personnel in each host; a host under two names in a year has the sum of its rows."""
    sheets["hosts"].require(_USED)
    with duckdb.connect() as scratch:
        scratch.register("whole_sheet", sheets["hosts"].table)
        scratch.execute(f"""
            CREATE VIEW sheet AS
            SELECT {LINE}, ccode, year, coalesce(
                sum(try_cast(trim(troops_ad) AS DOUBLE)) OVER (PARTITION BY ccode, year)::VARCHAR, troops_ad
            ) AS troops_ad
            FROM whole_sheet
        """)
        found = amounts(scratch, (_SPEC,), stamps["hosts"])
    found.used = set(_USED)
    return {"hosts": found}
