"""Do new alliances bring disputes with third states that past disputes do not already tell? 1870 to 2005.

Usage: python benchmarks/history.py [--sources DIR] [--record FILE] [--placebos N] [--draws N] [--seed N]
[--write FILE]
       [--json]

A case is a pair of founders of a pact of ATOP and a politically relevant third state; what is known of it
ends with the year before the pact, outcomes are of the five years behind it. Models of a decade are fitted on
cases whose five years were over when it began. Intervals are drawn by pact. ``--write`` writes the
coefficients of the ranking that ships, fitted on all cases.
"""

from __future__ import annotations

import argparse
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
from history_cases import (
    AHEAD,
    DISPUTE,
    EFFECTS,
    PERSISTENCE,
    PLACE,
    Triads,
    World,
    alliances,
    armed,
    features,
    moved_apart,
    outcomes,
    similar,
    thirds,
    votes_apart,
)
from history_controls import MODELS, RIDGE, columns, matched, placebos, without_pact
from loading import loaded
from skill import Draws, auc, brier, calibration, log_loss, ranked

from rapallo.effects.logit import fit
from rapallo.record import Record

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DATASETS = (
    *("nmc", "atop", "cow-system", "cow-contiguity-years", "cow-capitals", "tss-rivalries", "cow-trade"),
    *("gml", "mid-dyads", "un-ideal-points"),
)
FIRST, LAST, TESTED = 1870, 2005, 1900
SHIPPED = "persistence and place, no rivalry codes"
CONTROLS = 3
"""Pairs without a new pact for each with one."""


def decades(first: int = TESTED) -> list[tuple[int, int]]:
    """The first and last year of each test decade."""
    return [(year, min(year + 9, LAST)) for year in range(first, LAST + 1, 10)]


def rolled(x: Floats, y: Floats, years: Ints, other: tuple[Floats, Floats, Ints] | None = None) -> Floats:
    """Probabilities of the cases of each decade from a model of cases whose outcome was known when it began.

    Args:
        x: features.
        y: 1 or 0, NaN where it is not known.
        years: of the pacts.
        other: the cases to fit on instead, as features, outcomes, years.
    """
    found = np.full(len(y), np.nan)
    from_x, from_y, from_years = other or (x, y, years)
    for first, last in decades():
        past = (from_years + AHEAD < first) & np.isfinite(from_y)
        now = (years >= first) & (years <= last) & np.isfinite(y)
        if now.any() and past.sum() > 200 and 0 < from_y[past].sum() < past.sum():
            found[now] = fit(from_x[past], from_y[past] > 0, ridge=RIDGE).probability(x[now])
    return found


def row_of(
    told: Floats, y: Floats, draws: Draws, tested: Ints, base: Floats | None, calm: Bools
) -> dict[str, Any]:
    """The figures of one model on the tested cases."""
    now, p = y[tested] > 0, told[tested]
    quiet = np.flatnonzero(calm[tested])
    slope, ratio = calibration(p, now)
    found = {
        "auc": auc(p, now),
        "auc_interval": draws.each(ranked(p, now)),
        "calm_auc": auc(p[quiet], now[quiet]),
        "brier": brier(p, now).mean(),
        "log_loss": log_loss(p, now).mean(),
        "slope": slope,
        "told_over_came": ratio,
    }
    if base is not None:
        less, more = log_loss(base[tested], now), log_loss(p, now)
        found["auc_gain"] = found["auc"] - auc(base[tested], now)
        ours, theirs = ranked(p, now), ranked(base[tested], now)
        found["auc_gain_interval"] = draws.each(lambda w: ours(w) - theirs(w))
        found["log_skill"] = 1.0 - more.sum() / less.sum()
        found["log_skill_interval"] = draws.ratio(less - more, less)
    return found


def disputes_table(data: Mapping[str, Any], outcome: str, count: int, seed: int) -> dict[str, Any]:
    """Every model on one outcome."""
    table, y, years, its = data["table"], data["outcomes"][outcome], data["years"], data["cases"]
    told = {"climatology": rolled(np.zeros((len(y), 1)), y, years)}
    told |= {name: rolled(columns(table, names), y, years) for name, names in MODELS.items()}
    control = data["control"]
    names = MODELS["persistence"]
    learnt = (columns(control["table"], names), control["outcomes"][outcome], control["years"])
    told["persistence, from pairs without a pact"] = rolled(columns(table, names), y, years, learnt)
    tested = np.flatnonzero(np.all([np.isfinite(each) for each in told.values()], axis=0))
    draws = Draws(its.pact[tested], count, seed)
    calm = table["recent_10"] == 0
    bare, plain = told["persistence"], told["persistence, no rivalry codes"]
    rows = {
        name: row_of(each, y, draws, tested, plain if "no rivalry" in name else bare, calm)
        for name, each in told.items()
    }
    return {"cases": len(tested), "pacts": len(draws.names), "share": (y[tested] > 0).mean(), "models": rows}


def drift_table(
    data: Mapping[str, Any], outcome: str, past: Mapping[str, Floats], count: int, seed: int
) -> dict[str, Any]:
    """A change of C: what its own past tells, and what effects add."""
    table, y, years, its = {**data["table"], **past}, data["outcomes"][outcome], data["years"], data["cases"]
    base = (*past, *PLACE)
    told = {
        "climatology": rolled(np.zeros((len(y), 1)), y, years),
        "its own past": rolled(columns(table, tuple(past)), y, years),
        "its own past and place": rolled(columns(table, base), y, years),
        "with theory effects": rolled(columns(table, (*base, *EFFECTS)), y, years),
        "with past disputes": rolled(columns(table, (*base, *PERSISTENCE)), y, years),
    }
    tested = np.flatnonzero(np.all([np.isfinite(each) for each in told.values()], axis=0))
    draws = Draws(its.pact[tested], count, seed)
    before = told["its own past and place"]
    rows = {
        name: row_of(each, y, draws, tested, before, data["table"]["recent_10"] == 0)
        for name, each in told.items()
    }
    found = {"cases": len(tested), "pacts": len(draws.names), "share": (y[tested] > 0).mean(), "models": rows}
    return found | {"first_year": int(years[tested].min())}


def gathered(world: World, seed: int) -> tuple[dict[str, Any], tuple[Ints, ...]]:
    """Real cases and those of pairs without a pact."""
    *real, tally = alliances(world, FIRST, LAST)
    its = thirds(world, *real)
    chance = np.random.default_rng(seed)
    others = thirds(world, *without_pact(world, tuple(real), chance, CONTROLS, partner=False))

    def told(cases: Triads) -> dict[str, Any]:
        its = {"cases": cases, "years": cases.row + world.panel.years[0]}
        return its | {"table": features(world, cases), "outcomes": outcomes(world, cases)}

    return told(its) | {"control": told(others), "tally": tally}, tuple(real)


def pasts(world: World, its: Triads) -> dict[str, dict[str, Floats]]:
    """What the past of each drift tells, known before the pact."""
    drop = (its.a, its.b, its.c)
    return {
        "alliances grow less alike": {
            "fell_before": moved_apart(world, its, -1, -1 - AHEAD),
            "alike": np.fmax(*(similar(world, its.row - 1, its.c, party, drop) for party in (its.a, its.b))),
            "least_alike": np.fmin(
                *(similar(world, its.row - 1, its.c, party, drop) for party in (its.a, its.b))
            ),
        },
        "UN votes grow apart": {
            "grew_before": votes_apart(world, its, -1, -1 - AHEAD),
            "own_point": world.ideal[its.row - 1, its.c],
            "distance": np.fmin(
                *(
                    np.abs(world.ideal[its.row - 1, its.c] - world.ideal[its.row - 1, p])
                    for p in (its.a, its.b)
                )
            ),
        },
        "arms build-up": {
            "armed_before": armed(world, its, -1, -1 - AHEAD),
            "spent": np.log(np.maximum(world.milex[its.row - 1, its.c], 1.0)),
        },
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    shared = Path(os.environ.get("RAPALLO_SHARED", "../shared"))
    parser.add_argument("--sources", type=Path, default=shared / "data", metavar="DIR")
    parser.add_argument("--record", type=Path, metavar="FILE")
    parser.add_argument("--placebos", type=int, default=200, metavar="N")
    parser.add_argument("--draws", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        record_file = asked.record or Path(folder) / "sources.duckdb"
        if not record_file.exists():
            loaded(DATASETS, asked.sources, record_file)
        with Record.open(record_file, read_only=True) as record:
            world = World(record)
    data, real = gathered(world, asked.seed)
    disputes = [name for name in data["outcomes"] if "GML" in name or "MID" in name]
    found: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "versions": {name: version(name) for name in ("rapallo", "duckdb", "numpy")},
        "seed": asked.seed,
        "draws": asked.draws,
        "cases": len(data["years"]),
        "controls": len(data["control"]["years"]),
        **data["tally"],
        "disputes": {name: disputes_table(data, name, asked.draws, asked.seed) for name in disputes},
        "matched": {name: matched(data, name, asked.draws, asked.seed) for name in data["outcomes"]},
        "matched_on_foes": {
            name: matched(data, name, asked.draws, asked.seed, ("foes_of_pair",)) for name in disputes
        },
        "drifts": {
            name: drift_table(data, name, past, asked.draws, asked.seed)
            for name, past in pasts(world, data["cases"]).items()
        },
    }
    if asked.placebos:
        found["placebos"] = placebos(world, data, real, asked.placebos, asked.seed)
    found["seconds"] = time.perf_counter() - began
    if asked.write:
        _write(asked.write, data, found)
    print(json.dumps(found, default=float)) if asked.json else _print(found)
    return 0


def _write(file: Path, data: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    """The coefficients of the ranking, fitted on all cases, and what it reached out of sample."""
    names, y = MODELS[SHIPPED], data["outcomes"][DISPUTE]
    made = fit(columns(data["table"], names), y > 0, ridge=RIDGE)
    row = found["disputes"][DISPUTE]["models"][SHIPPED]
    kept = {
        "cases": len(y),
        "track": {name: round(float(row[name]), 4) for name in ("auc", "brier", "slope", "told_over_came")},
        "intercept": round(made.intercept, 4),
        "features": {
            name: [round(float(each), 4) for each in its]
            for name, *its in zip(names, made.weights, made.means, made.spreads, strict=True)
        },
    }
    file.write_text(yaml.safe_dump(kept, sort_keys=False, default_flow_style=None), encoding="utf-8")


def _print(found: Mapping[str, Any]) -> None:
    print(f"{found['machine']}; {found['versions']}; seed {found['seed']}, {found['draws']} draws by pact")
    print(
        f"{found['pacts']} pacts ({found['wide']} wider ones left out), {found['cases']:,} cases, "
        f"{found['controls']:,} of pairs without a pact; {found['seconds']:.0f} s"
    )
    for name, its in {**found["disputes"], **found["drifts"]}.items():
        print(f"\n{name}: {its['share']:.3f} of {its['cases']:,} tested cases of {its['pacts']} pacts")
        for model, row in its["models"].items():
            _line(model, row)
    print()
    for told, key in (("matched", "matched"), ("matched on foes too", "matched_on_foes")):
        for name, its in found[key].items():
            low, high = its["difference_interval"]
            print(
                f"{told} ({its['matched']:,}) {name}: {its['with_pact']:.3f} with, {its['without']:.3f} "
                f"without a pact, {its['difference']:+.3f} [{low:+.3f}, {high:+.3f}]"
            )
    print(f"placebos: {found.get('placebos', 'not drawn')}")


def _line(model: str, row: Mapping[str, Any]) -> None:
    low, high = row["auc_interval"]
    gain = "  AUC {:+.3f} [{:+.3f}, {:+.3f}], log skill {:+.3f} [{:+.3f}, {:+.3f}]".format(
        row["auc_gain"], *row["auc_gain_interval"], row["log_skill"], *row["log_skill_interval"]
    )
    print(
        f"  {model:50} AUC {row['auc']:.3f} [{low:.3f}, {high:.3f}] calm {row['calm_auc']:.3f}"
        f"  Brier {row['brier']:.4f}  slope {row['slope']:.2f}  told/came {row['told_over_came']:.2f}{gain}"
    )


if __name__ == "__main__":
    sys.exit(main())
