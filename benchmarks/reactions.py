"""Do third states answer to moves, beyond what they do anyway? Daily events of 2005 to 2015.

Usage: python benchmarks/reactions.py [--sources DIR] [--record FILE] [--moves N] [--draws N] [--seed N]
       [--years A-B] [--write FILE] [--json]

A move is a day on which two states sign an agreement, aid each other or cooperate militarily, visit, sanction
or threaten. For every third state that dealt with either in the year before: which answers does it give
towards them within 14, 30 and 90 days? Models are fitted on moves whose answers were all in before the test
year began, and tried on each year once. ``--write`` writes the coefficients of those that pass, fitted on all
years.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))
from loading import loaded
from skill import Draws, auc, brier, calibration, log_loss, ranked, reliability

from rapallo.effects.answering import (
    ANSWERS,
    COUNTER,
    HORIZONS,
    RECORD,
    SILENCE,
    STANDING,
    Cases,
    came,
    cases,
    counts,
    members,
    standing,
    with_counter,
)
from rapallo.effects.dealings import ACTS, MOVES, Dealings, dealings
from rapallo.effects.logit import fit
from rapallo.measures.panel import Panel
from rapallo.record import Record

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]

DATASETS = (
    "temporal-graph",
    "nmc",
    "atop",
    "cow-system",
    "cow-contiguity-years",
    "tss-rivalries",
    "cow-trade",
)
MORE = ("cow-capitals", "un-ideal-points")
EVENTS = "temporal-graph-icews0515"
FIRST, LAST = dt.date(2005, 1, 1), dt.date(2015, 12, 31)
QUIET = 14
"""Days behind a move in which another of the same pair and kind is not one of its own."""
LOOKED_AT = 20
"""Of the earlier events of a pair the last so many tell the rate after any event."""
RIDGE = 50.0
"""Of 1, 10, 50 and 200, chosen on 2008 from models of 2006 and 2007."""
GRAVITY = ("power", "power_of_pair", "far_least")
SHIPPED = "with how they stand"
"""The model chosen on 2008 alone, before any test year: what passes in it ships."""


def moves(
    acts: Dealings, panel: Panel, per_kind: int, chance: np.random.Generator
) -> tuple[Longs, Longs, Longs, Longs]:
    """Days, parties and kinds of moves between members: of each year and kind so many drawn."""
    begin = np.datetime64("2006-01-01").astype(np.int64)
    stop = np.datetime64("2015-12-31").astype(np.int64) - max(HORIZONS)
    found = []
    for kind, name in enumerate(MOVES):
        one, other, day = acts.split(name)
        low, high = np.minimum(one, other), np.maximum(one, other)
        order = np.lexsort((day, high, low))
        low, high, day = low[order], high[order], day[order]
        fresh = np.ones(len(day), bool)
        last = {}
        for at, key in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
            fresh[at] = day[at] - last.get(key, -(10**6)) > QUIET
            if fresh[at]:
                last[key] = day[at]
        at = np.flatnonzero(
            fresh
            & (day >= begin)
            & (day <= stop)
            & _members(acts, panel, day, low)
            & _members(acts, panel, day, high)
        )
        years = day[at].astype("datetime64[D]").astype("datetime64[Y]").astype(int)
        for year in np.unique(years):
            its = at[years == year]
            its = chance.permutation(its)[:per_kind]
            found.append((day[its], low[its], high[its], np.full(len(its), kind)))
    days, a, b, kinds = (np.concatenate(part).astype(np.int64) for part in zip(*found, strict=True))
    return days, a, b, kinds


def _members(acts: Dealings, panel: Panel, day: Longs, who: Longs) -> Bools:
    rows = day.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970 - panel.years[0]
    held = np.stack([members(acts, panel, year) for year in panel.years])
    return held[rows, who]


def thirds(acts: Dealings, panel: Panel, days: Longs, a: Longs, b: Longs) -> tuple[Longs, Longs]:
    """For each move the third states that dealt with either in the year before: moves' positions, states."""
    every = np.arange(len(acts.states))
    at, c = (each.ravel() for each in np.meshgrid(np.arange(len(days)), every, indexing="ij"))
    first, last = days[at] - 365, days[at] - 1
    dealt = sum(
        acts.count("any", *pair, first, last) for party in (a[at], b[at]) for pair in ((c, party), (party, c))
    )
    keep = (dealt > 0) & (c != a[at]) & (c != b[at]) & _members(acts, panel, days[at], c)
    return at[keep], c[keep]


def after_any(acts: Dealings, answer: str, its: Cases, horizon: int) -> Floats:
    """How often the third state answered so to the last events of the two, as log odds."""
    one, other, day = acts.split("any")
    key = acts.key(np.minimum(one, other), np.maximum(one, other), day)
    among = np.unique(key)
    low, high = np.minimum(its.a, its.b), np.maximum(its.a, its.b)
    stop = np.searchsorted(among, acts.key(low, high, its.day - horizon), side="right")
    start = np.maximum(np.searchsorted(among, acts.key(low, high, its.day - 365)), stop - LOOKED_AT)
    size = np.maximum(stop - start, 0)
    case = np.repeat(np.arange(len(size)), size)
    event = start[case] + np.arange(len(case)) - np.repeat(np.cumsum(size) - size, size)
    back = its.take(case)
    past = Cases(
        among[event] - acts.key(low[case], high[case], np.zeros(1, np.int64)),
        back.a,
        back.b,
        back.c,
        back.feud,
    )
    hits = np.bincount(case, came(acts, answer, past, horizon), len(size))
    return np.log((hits + 0.5) / (size - hits + 0.5))


def models(answer: str, table: Mapping[str, Floats], after: Floats) -> dict[str, list[Floats]]:
    """The features of each model, by its name."""
    acts = (*ACTS, COUNTER) if answer == SILENCE else (answer,)
    own = [table[f"{kind}_{window}"] for kind in acts for window in (30, 90, 365)]
    if answer == SILENCE:
        own += [table[f"any_{window}"] for window in (30, 90, 365)]
    record = [table[name] for name in RECORD]
    kind = [table[f"move_{name}"] for name in MOVES]
    still = [table[name] for name in STANDING]
    return {
        "gravity": [table[name] for name in GRAVITY],
        "after any event": [after],
        "own rate": own,
        "own record": record,
        "with the kind of move": [*record, *kind],
        SHIPPED: [*record, *still],
        "all": [*record, *kind, *still],
    }


def rolled(x: Floats, y: Bools, day: Longs, years: Longs, tests: range) -> Floats:
    """Probabilities of each test year from moves whose 90 days were over when it began; else NaN."""
    found = np.full(len(y), np.nan)
    for year in tests:
        begin = np.datetime64(f"{year}-01-01").astype(np.int64)
        past, now = day + max(HORIZONS) < begin, years == year
        found[now] = fit(x[past], y[past], ridge=RIDGE).probability(x[now])
    return found


def gathered(record_file: Path, per_kind: int, seed: int) -> dict[str, Any]:
    """All cases with their features."""
    with Record.open(record_file, read_only=True) as record:
        panel = Panel(record, 2003, 2015)
        acts = with_counter(dealings(record, FIRST, LAST, [EVENTS]), panel)
        chance = np.random.default_rng(seed)
        days, a, b, kinds = moves(acts, panel, per_kind, chance)
        at, c = thirds(acts, panel, days, a, b)
        its = cases(acts, panel, days[at], a[at], b[at], c)
        table = counts(acts, its) | standing(acts, panel, its)
    table |= {f"move_{name}": (kinds[at] == n).astype(float) for n, name in enumerate(MOVES)}
    pair = its.a * len(acts.states) + its.b
    return {"acts": acts, "cases": its, "table": table, "pair": pair, "moves": len(days), "kind": kinds[at]}


def figures(
    data: Mapping[str, Any], answer: str, horizon: int, tests: range, draws: Draws, tested: Longs
) -> dict[str, Any]:
    """The row of the table of one answer and horizon."""
    its, acts, table = data["cases"], data["acts"], data["table"]
    y = came(acts, answer, its, horizon)
    after = after_any(acts, answer, its, horizon)
    told = {"climatology": rolled(np.zeros((len(y), 1)), y, its.day, its.years, tests)}
    for name, features in models(answer, table, after).items():
        told[name] = rolled(np.column_stack(features), y, its.day, its.years, tests)
    now = y[tested]
    quiet = (table["any_90"] == 0)[tested]
    own = log_loss(told["own rate"][tested], now)
    rows = {}
    for name, probability in told.items():
        p = probability[tested]
        loss, square = log_loss(p, now), brier(p, now)
        slope, ratio = calibration(p, now)
        still = np.flatnonzero(quiet)
        rows[name] = {
            "brier": square.mean(),
            "auc": auc(p, now),
            "log_skill": 1.0 - loss.sum() / own.sum(),
            "log_skill_interval": draws.ratio(own - loss, own),
            "quiet_log_skill": 1.0 - loss[still].sum() / own[still].sum(),
            "quiet_log_skill_interval": draws.ratio((own - loss)[still], own[still], still),
            "quiet_auc": auc(p[still], now[still]),
            "slope": slope,
            "told_over_came": ratio,
            "reliability": reliability(p, now),
        }
    best = told[SHIPPED][tested]
    rows[SHIPPED]["auc_interval"] = draws.each(ranked(best, now))
    less, more = (log_loss(told[name][tested], now) for name in ("own record", SHIPPED))
    rows[SHIPPED]["over_record"] = 1.0 - more.sum() / less.sum()
    rows[SHIPPED]["over_record_interval"] = draws.ratio(less - more, less)
    climate = log_loss(told["climatology"][tested], now)
    rows[SHIPPED]["over_climatology"] = 1.0 - more.sum() / climate.sum()
    rows["own rate"]["auc_interval"] = draws.each(ranked(told["own rate"][tested], now))
    before = came(acts, answer, Cases(its.day - horizon - 1, its.a, its.b, its.c, its.feud), horizon)[tested]
    return {
        "share": now.mean(),
        "cases": len(now),
        "quiet_cases": int(quiet.sum()),
        "quiet_share": now[quiet].mean(),
        "after_over_before": now.sum() / before.sum(),
        "after_over_before_interval": draws.ratio(now.astype(float), before.astype(float)),
        "models": rows,
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    shared = Path(os.environ.get("RAPALLO_SHARED", "../shared"))
    parser.add_argument("--sources", type=Path, default=shared / "data", metavar="DIR")
    parser.add_argument("--record", type=Path, metavar="FILE")
    parser.add_argument("--moves", type=int, default=20, help="of each kind and year", metavar="N")
    parser.add_argument("--draws", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--years", default="2009-2015", help="the test years", metavar="A-B")
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        record_file = asked.record or Path(folder) / "sources.duckdb"
        if not record_file.exists():
            loaded((*DATASETS, *MORE), asked.sources, record_file, without={"icews14"})
        data = gathered(record_file, asked.moves, asked.seed)
    first, last = map(int, asked.years.split("-"))
    tested = np.flatnonzero((data["cases"].years >= first) & (data["cases"].years <= last))
    draws = Draws(data["pair"][tested], asked.draws, asked.seed)
    found: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("rapallo", "duckdb", "numpy")},
        "seed": asked.seed,
        "draws": asked.draws,
        "test_years": asked.years,
        "moves": data["moves"],
        "cases": len(data["pair"]),
        "pairs": len(draws.names),
        "answers": {
            f"{answer} {horizon}": figures(data, answer, horizon, range(first, last + 1), draws, tested)
            for answer in ANSWERS
            for horizon in HORIZONS
        },
    }
    found["seconds"] = time.perf_counter() - began
    print(json.dumps(found, default=float), flush=True) if asked.json else _print(found)
    if asked.write:
        _write(asked.write, data, found)
    return 0


def _write(file: Path, data: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    """The coefficients of the answers whose interval of skill over the own rate lies above 0."""
    its, names = data["cases"], (*RECORD, *STANDING)
    x = np.column_stack([data["table"][name] for name in names])
    models = {}
    for key, row in found["answers"].items():
        answer, horizon = key.split()
        shipped = row["models"][SHIPPED]
        if shipped["log_skill_interval"][0] <= 0.0:
            continue
        made = fit(x, came(data["acts"], answer, its, int(horizon)), ridge=RIDGE)
        models.setdefault(answer, {})[int(horizon)] = {
            "skill": round(float(shipped["log_skill"]), 4),
            "interval": [round(each, 4) for each in shipped["log_skill_interval"]],
            "over_climatology": round(float(shipped["over_climatology"]), 4),
            "brier": round(float(shipped["brier"]), 4),
            "auc": round(float(shipped["auc"]), 3),
            "intercept": round(made.intercept, 4),
            "weights": [round(each, 4) for each in made.weights.tolist()],
        }
    scales = {
        name: [round(float(mean), 5), round(float(spread), 5)]
        for name, mean, spread in zip(names, made.means, made.spreads, strict=True)
    }
    kept = {"test_years": found["test_years"], "cases": found["cases"], "scales": scales, "models": models}
    file.write_text(
        yaml.safe_dump(kept, sort_keys=False, default_flow_style=None, width=118), encoding="utf-8"
    )


def _print(found: Mapping[str, Any]) -> None:
    print(f"{found['machine']}; {found['versions']}; seed {found['seed']}, {found['draws']} draws by pair")
    print(
        f"{found['moves']} moves, {found['cases']:,} cases; {found['pairs']} pairs tested in "
        f"{found['test_years']}; {found['seconds']:.0f} s"
    )
    for name, its in found["answers"].items():
        print(
            f"\n{name} days: came in {its['share']:.3f} of {its['cases']:,}; {its['quiet_share']:.3f} of "
            f"{its['quiet_cases']:,} without dealings in 90 days; as often behind the move as before it: "
            f"{its['after_over_before']:.3f} {_span(its['after_over_before_interval'], '.3f')}"
        )
        for model, row in its["models"].items():
            skill, quiet = row["log_skill_interval"], row["quiet_log_skill_interval"]
            span = _span(row["auc_interval"], ".3f") if "auc_interval" in row else ""
            print(
                f"  {model:22} Brier {row['brier']:.4f}  log skill {row['log_skill']:+.4f} {_span(skill)}"
                f"  quiet {row['quiet_log_skill']:+.4f} {_span(quiet)}  AUC {row['auc']:.3f} {span} quiet "
                f"{row['quiet_auc']:.3f}  slope {row['slope']:.2f}  told/came {row['told_over_came']:.2f}"
            )


def _span(interval: tuple[float, float], form: str = "+.4f") -> str:
    return f"[{interval[0]:{form}}, {interval[1]:{form}}]"


if __name__ == "__main__":
    sys.exit(main())
