"""The actors held against the state systems, Archigos and the NGEC tests; look-ups a second and time to load.

Usage: python benchmarks/actors.py [--json]
       python benchmarks/actors.py --leaders [--state ISO3]   the spells of rule that are missing or differ

Needs the datasets under $RAPALLO_SHARED (default ../shared).
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import actor_leaders

from rapallo.actors import table

SHARED = Path(os.environ.get("RAPALLO_SHARED", Path(__file__).parents[2] / "shared")) / "data"


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


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--leaders", action="store_true", help="list the spells of rule that fall short")
    parser.add_argument("--state", metavar="ISO3", help="with --leaders: of one state")
    options = parser.parse_args()
    if options.leaders:
        list_leaders(options.state)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
