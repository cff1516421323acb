"""Hold the measures and the dyad-years against the values of other programs, and time them.

Usage: python benchmarks/measures.py [--sources DIR] [--similarity FILE] [--dyads FILE] [--states FILE]
       [--record FILE] [--speed] [--json]

DIR is ``data`` under RAPALLO_SHARED (``../shared`` unless set); its datasets are loaded into a new record,
or FILE is a record that holds them. ``--similarity`` and ``--dyads`` take a file in the form of the oracles
(a CSV, gzipped or not); without them, and without ``--speed``, all of ``DIR/oracles`` are taken and the rest
of the table is printed too: the index of capabilities, the agreement of votes, the reliability of alliances,
and the speed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from loading import loaded

DATASETS = (
    *("nmc", "atop", "cow-system", "cow-contiguity", "cow-contiguity-years", "democracy", "tss-rivalries"),
    *("cow-trade", "cow-igo", "gml", "cow-capitals", "un-ideal-points", "un-votes", "alliance-performance"),
)
WITH = ("atop", "nmc", "contiguity", "majors", "mids", "democracy", "rivalries", "igos", "trade", "distance")
"""With the pairs and years themselves the eleven steps and 54 columns of the R program."""
MEASURE_OF = {
    "s_val_unw_sq": "s-score-squared",
    "s_val_unw_abs": "s-score",
    "s_bin_unw_sq": "s-score-binary",
    "s_bin_unw_abs": "s-score-binary",
    "s_val_cincw_abs": "s-score-weighted",
    "s_val_cincw_sq": "s-score-weighted-squared",
    "pi_val_sq": "pi",
    "kappa_val_sq": "kappa",
    "pi_val_abs": "pi-absolute",
    "kappa_val_abs": "kappa-absolute",
    "pi_bin": "pi-binary",
    "kappa_bin": "kappa-binary",
    "pi_val_nominal_fpsim": "pi-nominal",
    "tau_b_val": "tau-b",
}
PAIRS = (("USA", "RUS"), ("FRA", "DEU"), ("IND", "PAK"), ("CHN", "JPN"), ("ARG", "BRA"))
"""Whose histories are timed, once one other has been asked for."""
TOLERANCE = 1e-9
EXPLAINED = {
    "conttype": "the oracle lacks spells that both files of COW hold (Hungary and the Soviet Union in 1950)",
    "capdist": "the oracle is spherical, ours is over the WGS84 ellipsoid",
    **dict.fromkeys(("spatial", "ideological", "interventionary", "ongoingrivalry"), "see tssr_id"),
    "tssr_id": "rivalry 158 bears the number of a state that was not in being; in ours it is South Yemen",
    "cw_name": "names are not compared",
}


def compared(record_file: Path, file: Path) -> dict[str, Any]:
    """A file of dyad-years or state-years, cell by cell."""
    from rapallo.measures.dyads import Asked, dyads
    from rapallo.record import Record

    theirs = _read(file)
    keys = ["ccode1", "ccode2", "year"] if "ccode1" in theirs.column_names else ["ccode", "year"]
    universe = "dyads" if len(keys) == 3 else "state-years"
    years = theirs.column("year").unique().to_pylist()
    found: dict[str, Any] = {"equal": 0, "cells": 0, "rows": theirs.num_rows, "by_column": {}}
    found["rows_ours_alone"] = found["rows_theirs_alone"] = 0
    with Record.open(record_file, read_only=True) as record:
        for first, last in _spans(sorted(years)):
            ours = dyads(record, Asked(first, last, WITH, universe))
            same = ", ".join(keys)
            within = f"(SELECT * FROM theirs WHERE year BETWEEN {first} AND {last})"
            for one, other, told in (("ours", within, "ours"), (within, "ours", "theirs")):
                sql = f"SELECT count(*) FROM {one} AS a ANTI JOIN {other} AS b USING ({same})"
                found[f"rows_{told}_alone"] += duckdb.sql(sql).fetchall()[0][0]
            for column in theirs.column_names:
                if column in keys or column not in ours.column_names:
                    continue
                pair = duckdb.sql(
                    f'SELECT a."{column}"::DOUBLE AS a, b."{column}"::DOUBLE AS b, {same}'
                    f" FROM {within} AS b LEFT JOIN ours AS a USING ({same})"
                ).to_arrow_table()
                _tally(found, column, pair)
    missing = [c for c in theirs.column_names if c not in found["by_column"] and c not in keys]
    for column in missing:
        found["by_column"][column] = {"equal": 0, "cells": 0, "why": EXPLAINED.get(column, "not in ours")}
    return found


def _tally(found: dict[str, Any], column: str, pair: pa.Table) -> None:
    ours, theirs = (pair.column(side).to_numpy(zero_copy_only=False).astype(float) for side in ("a", "b"))
    near = np.abs(ours - theirs) <= TOLERANCE * np.maximum(1.0, np.abs(theirs))
    equal = near | (np.isnan(ours) & np.isnan(theirs))
    its = found["by_column"].setdefault(column, {"equal": 0, "cells": 0})
    its["equal"] += int(equal.sum())
    its["cells"] += len(equal)
    found["equal"] += int(equal.sum())
    found["cells"] += len(equal)
    if not equal.all():
        at = np.flatnonzero(~equal)
        listed = its.setdefault("differ", [])
        for row in at[: 8 - len(listed)].tolist():
            told = pair.slice(row, 1).to_pylist()[0]
            listed.append({("ours" if k == "a" else "theirs" if k == "b" else k): v for k, v in told.items()})
        if column in EXPLAINED:
            its["why"] = EXPLAINED[column]


def similar(record_file: Path, file: Path) -> dict[str, Any]:
    """A file of similarities, cell by cell: the worst difference of each measure."""
    from rapallo.measures import portfolios
    from rapallo.measures.panel import Panel
    from rapallo.record import Record

    theirs = _read(file)
    by_measure: dict[str, float] = {}
    cells = 0
    with Record.open(record_file, read_only=True) as record:
        for year in sorted(theirs.column("year").unique().to_pylist()):
            panel = Panel(record, year, year)
            ours = portfolios.similarities(panel, 0)
            part = theirs.filter(pa.compute.equal(theirs.column("year"), year))
            one, other = (
                np.searchsorted(panel.system.codes, part.column(side).to_numpy())
                for side in ("ccode1", "ccode2")
            )
            for column, name in MEASURE_OF.items():
                if column not in part.column_names:
                    continue
                want = part.column(column).to_numpy(zero_copy_only=False).astype(float)
                got = ours[name][one, other]
                both = np.isnan(want) & np.isnan(got)
                gap = np.where(both, 0.0, np.nan_to_num(np.abs(got - want), nan=np.inf))
                by_measure[column] = max(by_measure.get(column, 0.0), float(gap.max(initial=0.0)))
                cells += len(gap)
    return {"worst": max(by_measure.values(), default=0.0), "cells": cells, "by_measure": by_measure}


def _read(file: Path) -> pa.Table:
    return duckdb.sql(
        f"SELECT * FROM read_csv('{file}', nullstr=['', 'NA'], sample_size=-1)"
    ).to_arrow_table()


def _spans(years: list[int]) -> Iterator[tuple[int, int]]:
    """Years as runs, none of more than forty years."""
    first = last = years[0]
    for year in years[1:]:
        if year != last + 1 or year - first >= 40:
            yield first, last
            first = year
        last = year
    yield first, last


def own_checks(record_file: Path) -> dict[str, Any]:
    """The index against the published one, votes against the published share, alliances against the study."""
    from rapallo.measures.national import cinc_years
    from rapallo.measures.panel import Panel
    from rapallo.measures.reliability import reliability
    from rapallo.measures.votes import agreement, roll_calls
    from rapallo.record import Record

    with Record.open(record_file, read_only=True) as record:
        panel = Panel(record, 1816, 2022)
        gap = np.abs(cinc_years(panel, "nmc") - panel.trait("cinc", "nmc"))
        kept = {
            pledge or "all": {"honoured": its.honoured, "of": its.honoured + its.violated, "share": its.share}
            for pledge in (None, "defence", "offence", "neutrality")
            for its in [reliability(record, coding="bf", pledge=pledge)]
        }
        r = voted_alike(Panel(record, 1946, 2023), agreement, roll_calls)
    return {
        "cinc": {"worst": float(np.nanmax(gap)), "cells": int(np.isfinite(gap).sum())},
        "un_agreement": r,
        "reliability": kept,
    }


def voted_alike(panel: Any, agreement: Any, roll_calls: Any) -> dict[str, Any]:
    """Agreement with the United States, worked out of single votes, against the published column."""
    ours, theirs = [], []
    published = panel.pairs("vote_agreement", "un-ideal-points")
    for row, year in enumerate(panel.years):
        usa = panel.system.position("USA", year)
        ours.append(agreement(roll_calls(panel, row), "own")[:, usa])
        theirs.append(published.year(row)[:, usa])
    one, other = np.concatenate(ours), np.concatenate(theirs)
    both = np.isfinite(one) & np.isfinite(other)
    return {"r": float(np.corrcoef(one[both], other[both])[0, 1]), "values": int(both.sum())}


TIMED = """
import json, sys, time
from pathlib import Path
from rapallo.record import Record
from rapallo.measures.dyads import Asked, write_dyads
record = Record.open(Path(sys.argv[1]), read_only=True)
began = time.perf_counter()
rows = write_dyads(record, Asked(1816, int(sys.argv[3]), tuple(sys.argv[4].split(","))), Path(sys.argv[2]))
spent = time.perf_counter() - began
status = Path("/proc/self/status").read_text()  # getrusage would tell of the parent's memory too
peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
print(json.dumps({"rows": rows, "seconds": spent, "peak_mb": peak}))
"""


def speed(record_file: Path) -> dict[str, Any]:
    """The table of all directed dyad-years with 54 columns, all S-scores, and one pair's history."""
    from rapallo.measures import portfolios
    from rapallo.measures.panel import Panel
    from rapallo.record import Record

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "d.parquet"
        arguments = [str(record_file), str(out), "2025", ",".join(WITH)]
        run = subprocess.run(
            [sys.executable, "-c", TIMED, *arguments], capture_output=True, text=True, check=True
        )
        table = json.loads(run.stdout)
        table["columns"] = len(duckdb.sql(f"SELECT * FROM '{out}' LIMIT 0").columns)
        table["file_mb"] = out.stat().st_size / 2**20
    with Record.open(record_file, read_only=True) as record:
        began = time.perf_counter()
        panel = Panel(record, 1816, 2018)
        pairs = 0
        for row in range(len(panel.years)):
            pairs += int(np.isfinite(portfolios.similarity(panel, row, "s-score")).sum())
        scores = {"seconds": time.perf_counter() - began, "values": pairs}
        history(record, "USA", "GBR", 1816, 2023)
        spent = []
        for one, other in PAIRS:
            began = time.perf_counter()
            history(record, one, other, 1816, 2023)
            spent.append((time.perf_counter() - began) * 1000)
        pair = sorted(spent)[len(spent) // 2]
    return {"table": table, "s_scores": scores, "pair_ms": pair}


def history(record: Any, one: str, other: str, first: int, last: int) -> pa.Table:
    """All columns of one pair over the years."""
    from rapallo.measures.dyads import Asked, dyads

    return dyads(record, Asked(first, last, WITH, states=(one, other)))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    shared = Path(os.environ.get("RAPALLO_SHARED", "../shared"))
    parser.add_argument("--sources", type=Path, default=shared / "data", metavar="DIR")
    parser.add_argument("--record", type=Path, metavar="FILE")
    parser.add_argument("--similarity", type=Path, metavar="FILE")
    parser.add_argument("--dyads", type=Path, metavar="FILE")
    parser.add_argument("--states", type=Path, metavar="FILE")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("rapallo", "duckdb", "numpy", "pyarrow")},
    }
    every = not (asked.similarity or asked.dyads or asked.states or asked.speed)
    with tempfile.TemporaryDirectory() as folder:
        record_file = asked.record or Path(folder) / "sources.duckdb"
        if not record_file.exists():
            began = time.perf_counter()
            loaded(DATASETS, asked.sources, record_file)
            found["loading_seconds"] = time.perf_counter() - began
        oracles = asked.sources / "oracles"
        files = [asked.dyads, asked.states] if not every else []
        if every:
            files = sorted(oracles.glob("oracle_ps_*.csv.gz"))
        for file in filter(None, files):
            its = compared(record_file, file)
            key = "dyads" if file == asked.dyads else file.name.partition(".")[0]
            found[key] = its
        similarity = asked.similarity or (oracles / "oracle_similarity_atop.csv.gz" if every else None)
        if similarity:
            found["similarity"] = similar(record_file, similarity)
        if every:
            found |= own_checks(record_file)
        if every or asked.speed:
            found["speed"] = speed(record_file)
    if asked.json:
        print(json.dumps(found, default=str))
    else:
        _print(found)
    return 0


def _print(found: dict[str, Any]) -> None:
    print(f"{found['machine']}; {found['versions']}")
    for name, its in found.items():
        if isinstance(its, dict) and "by_column" in its:
            print(f"{name}: {its['equal']:,} of {its['cells']:,} cells equal, {its['rows']:,} rows")
            print(
                f"  rows that only one has: ours {its['rows_ours_alone']}, theirs {its['rows_theirs_alone']}"
            )
            for column, told in its["by_column"].items():
                if told["equal"] < told["cells"] or not told["cells"]:
                    differ = told["cells"] - told["equal"]
                    why = told.get("why", "not explained")
                    print(f"  {column}: {differ} differ; {why}; {told.get('differ', [])[:2]}")
    if "similarity" in found:
        its = found["similarity"]
        print(f"similarity: worst difference {its['worst']:.2g} over {its['cells']:,} cells")
        for name, gap in its["by_measure"].items():
            print(f"  {name}: {gap:.2g}")
    for name in ("cinc", "un_agreement", "reliability", "speed", "loading_seconds"):
        if name in found:
            print(f"{name}: {found[name]}")


if __name__ == "__main__":
    sys.exit(main())
