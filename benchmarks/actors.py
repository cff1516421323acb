"""The actors held against the state systems, Archigos and NGEC's tests; look-ups a second and time to load.

Usage: python benchmarks/actors.py [--json]
       python benchmarks/actors.py --leaders [--state ISO3]   the spells of rule that are missing or differ
       python benchmarks/actors.py --sectors                  the assertions of NGEC that are not met

Needs the datasets under $RAPALLO_SHARED (default ../shared). What differs is explained in ``actors.yaml``; an
explanation that is no longer needed is an error. Times are processor time of one core.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import actor_leaders
import actor_sectors
import actor_speed
import actor_systems
import yaml

from rapallo.actors import Table, table
from rapallo.actors.compiled import compiled

SHARED = Path(os.environ.get("RAPALLO_SHARED", Path(__file__).parents[2] / "shared")) / "data"
EXPLAINED = Path(__file__).with_suffix(".yaml")
LOOK_UPS, LOAD_MS = 20_000, 100


def systems(own: Table, explained: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
    """State-years and days of both systems, with what differs and why."""
    found: dict[str, Any] = {}
    for each in actor_systems.compared(own, SHARED / "state_system"):
        reasons = explained[each.system]
        apart = {code for code, _, _ in each.differing} | each.differing_days.keys()
        found[each.system] = {
            "state_years": each.years,
            "agreement": 1 - len(each.differing) / each.years,
            "differing": [f"{code} in {year}: only in the {who}" for code, year, who in each.differing],
            "days": each.days,
            "differing_days": each.differing_days,
            "why": {code: reasons.get(code, "not explained") for code in sorted(apart)},
            "not_explained": len(apart - reasons.keys()),
            "not_needed": sorted(reasons.keys() - apart),
        }
    return found


def leaders(own: Table) -> dict[str, Any]:
    """Leader-days agreed with Archigos, and the states that fall most short."""
    spells = actor_leaders.compared(own, SHARED / "leaders" / "archigos.parquet")
    short = [
        {"state": state, "days": days, "missed": missed}
        for state, days, missed in actor_leaders.by_state(spells)
        if missed > 0.01 * days
    ]
    return {"shares": actor_leaders.figures(spells), "below_99_percent": short}


def sectors(own: Table, explained: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The assertions of NGEC that are met, and why the others are not."""
    path = SHARED / "ngec_actor_tests" / "test_actor_resolution.py"
    outcomes = actor_sectors.outcomes(own, path)
    unmet = [each for each in outcomes if not each.met]
    reasons = {text: why for why, texts in explained.items() for text in texts}
    classes = Counter(reasons.get(each.assertion.text, "not explained") for each in unmet)
    return {
        "assertions": len(outcomes),
        "met": len(outcomes) - len(unmet),
        "share": 1 - len(unmet) / len(outcomes),
        "unmet": dict(classes.most_common()),
        "not_needed": sorted(reasons.keys() - {each.assertion.text for each in unmet}),
        "list": [
            {
                "text": each.assertion.text,
                "on": str(each.assertion.on),
                "asserted": f"{each.assertion.field} {' or '.join(each.assertion.expected) or 'none'}",
                "answered": each.answered or "none",
                "why": reasons.get(each.assertion.text, "not explained"),
            }
            for each in unmet
        ],
    }


def measure() -> dict[str, Any]:
    """Everything, as it is printed with ``--json``."""
    own = table()
    explained = yaml.load(EXPLAINED.read_bytes(), yaml.CSafeLoader)
    found = {
        "systems": systems(own, explained["systems"]),
        "leaders": leaders(own),
        "sectors": sectors(own, explained["sectors"]),
        "look_ups_a_second": actor_speed.looking_up(),
        "load_ms": actor_speed.loading(),
        "table": {
            "states": len(own.all_states()),
            "people": len(own.all_people()),
            "organisations, groups and blocs": len(own.all_bodies()),
            "names": len(own.names.holders),
        },
        "compiled_in_step": compiled() is not None,
        "machine": {
            "python": platform.python_version(),
            "system": platform.platform(),
            "cores": os.cpu_count(),
            "rapallo": version("rapallo"),
            "rapidfuzz": version("rapidfuzz"),
        },
    }
    return {**found, "within": within(found)}


def within(found: Mapping[str, Any]) -> dict[str, bool]:
    """What must be true, and whether it is."""
    system = found["systems"].values()
    return {
        "state-years 100 %": all(each["agreement"] == 1 and not each["not_explained"] for each in system),
        "leader-days 99 %": found["leaders"]["shares"]["all"]["share"] >= 0.99,
        "assertions 95 %": found["sectors"]["share"] >= 0.95,
        "every difference explained": "not explained" not in found["sectors"]["unmet"],
        "no explanation too many": not (
            found["sectors"]["not_needed"] or any(each["not_needed"] for each in system)
        ),
        f"look-ups {LOOK_UPS:,} a second": found["look_ups_a_second"]["all"] >= LOOK_UPS,
        "compiled file in step": found["compiled_in_step"],
        f"load {LOAD_MS} ms": found["load_ms"]["table"] < LOAD_MS,
    }


def show(found: Mapping[str, Any]) -> None:
    """Print the table."""
    print("  ".join(f"{key} {value}" for key, value in found["machine"].items()))
    print("  ".join(f"{value:,} {key}" for key, value in found["table"].items()))
    for system, each in found["systems"].items():
        apart = sum(each["differing_days"].values())
        years = f"{each['agreement']:.2%} of {each['state_years']:,} state-years agree"
        print(f"\n{system.upper():4} {years}; {apart} of {each['days']:,} state-days differ")
        for line in each["differing"]:
            print(f"     {line}")
        for code, why in each["why"].items():
            print(f"     {code}: {why}")
    print()
    for name, held in found["leaders"]["shares"].items():
        print(f"Archigos, {name:24}{held['share']:>9.2%} of {held['days']:>9,} leader-days")
    short = found["leaders"]["below_99_percent"]
    print(f"     {len(short)} states below 99 %: " + ", ".join(each["state"] for each in short))
    sector = found["sectors"]
    print(f"\nNGEC {sector['share']:.1%}: {sector['met']} of {sector['assertions']} assertions met; not met:")
    for why, count in sector["unmet"].items():
        print(f"     {count:>4}  {why}")
    print("\nlook-ups a second, one core")
    for kind, rate in found["look_ups_a_second"].items():
        print(f"     {kind:18}{rate:>9,.0f}")
    print("load in a fresh process, ms")
    for part, spent in found["load_ms"].items():
        print(f"     {part:22}{spent:>5.0f}")
    print()
    for what, holds in found["within"].items():
        print(f"{'yes' if holds else 'NO':4} {what}")


def list_leaders(state: str | None) -> None:
    """Print the states and spells that fall short."""
    spells = actor_leaders.compared(table(), SHARED / "leaders" / "archigos.parquet")
    if state:
        spells = [spell for spell in spells if spell.state == state.upper()]
    for name, held in actor_leaders.figures(spells).items():
        print(f"{name:24}{held['agreed']:>10} of {held['days']:>10} leader-days  {held['share']:.4%}")
    print("\nstate    days  missed")
    for who, days, missed in actor_leaders.by_state(spells):
        print(f"{who:5}{days:>8}{missed:>8}")
    print("\nstate  first       last        missed  Archigos                  ours instead")
    for spell in sorted(spells, key=lambda s: (s.state, s.first)):
        if spell.missed > (0 if state else 3):
            days = f"{spell.first}  {spell.last}  {spell.missed:>6}"
            print(f"{spell.state:5}  {days}  {spell.leader:24}  {spell.ours or '-'}")


def list_sectors() -> None:
    """Print the assertions that are not met."""
    explained = yaml.load(EXPLAINED.read_bytes(), yaml.CSafeLoader)
    for each in sectors(table(), explained["sectors"])["list"]:
        print(
            f"{each['text']!r} on {each['on']}: {each['asserted']}, we say {each['answered']}; {each['why']}"
        )


def main() -> int:
    """Measure and print; 1 where something that must be true is not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--leaders", action="store_true", help="list the spells of rule that fall short")
    parser.add_argument("--state", metavar="ISO3", help="with --leaders: of one state")
    parser.add_argument("--sectors", action="store_true", help="list the assertions that are not met")
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"no datasets at {SHARED}; set RAPALLO_SHARED")
    if options.leaders:
        list_leaders(options.state)
        return 0
    if options.sectors:
        list_sectors()
        return 0
    found = measure()
    if options.json:
        print(json.dumps(found, indent=1))
    else:
        show(found)
    return 0 if all(found["within"].values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
