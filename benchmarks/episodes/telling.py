"""The figures as tables, and the hits and misses in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from episodes import Third
from scoring import OURS, TOP, Case, is_right
from simple import SIMPLE

__all__ = ["table", "told", "words"]


def table(found: Mapping[str, Mapping[str, Any]]) -> str:
    """The figures of every group: the first in full, of the others the recalls and the effects."""
    whole = found["all"]
    lines = [f"{whole['posed']} of {whole['episodes']} episodes posed"]
    if "recall" not in whole:
        return lines[0]
    lines += [f"recall over all, unposed ones as misses: {_three(whole['recall over all'])}", ""]
    lines.append(f"{'':26}{'recall in the top five':28}{'mean rank'}")
    for by in (OURS, *SIMPLE):
        lines.append(f"{by:26}{_three(whole['recall'][by]):28}{_three(whole['mean rank'][by], 1)}")
    lines += [
        "",
        f"above the best, {whole['best simple ranking']}: {_three(whole['recall above the best'])}",
        f"right effect among those found, strict: {_three(whole['right effect, strict'])}",
        f"right effect among those found, lenient: {_three(whole['right effect, lenient'])}",
        "",
        f"{'':28}{'posed':>8}{'ours':>20}"
        + "".join(f"{by.split(',')[0]:>17}" for by in SIMPLE)
        + f"{'right':>8}",
    ]
    for name, row in list(found.items())[1:]:
        start = f"{name:28}{row['posed']:>4}/{row['episodes']:<3}"
        if "recall" not in row:
            lines.append(start)
            continue
        simple = "".join(f"{row['recall'][by][0]:17.2f}" for by in SIMPLE)
        lines.append(f"{start}{_three(row['recall'][OURS]):>20}{simple}{row['right effect, strict'][0]:8.2f}")
    return "\n".join(lines)


def _three(figure: Sequence[float], places: int = 2) -> str:
    value, low, high = (f"{number:.{places}f}" for number in figure)
    return f"{value} [{low}, {high}]"


def told(case: Case) -> dict[str, Any]:
    """One episode for JSON."""
    return {
        "id": case.episode.id,
        "kind": case.episode.kind,
        "unposed": case.unposed,
        "seconds": round(case.seconds, 3),
        "coded": list(case.episode.coded),
        "top": {by: list(case.order(by)[:TOP]) for by in (OURS, *SIMPLE)},
        "states": {one.state: _fate(case, one) for one in case.episode.third},
    }


def words(cases: Sequence[Case], *, every: bool) -> str:
    """What went wrong, counted, and where asked every episode."""
    lines = ["", "Not posed:"]
    lines += [f"  {case.episode.id}: {case.unposed}" for case in cases if case.unposed] or ["  none"]
    fates = Counter(_fate(case, one) for case in cases if not case.unposed for one in case.episode.third)
    lines += ["", "Of the coded states:", *_counted(fates.items())]
    missed = Counter(
        f"{one.effects[0]}, {one.direction}"
        for case in cases
        if not case.unposed
        for one in case.episode.third
        if one not in case.hits(OURS)
    )
    lines += ["", "Not in the top five, by the main coded effect:", *_counted(missed.items())]
    crowd = Counter(
        part.effect
        for case in cases
        for code, stake in list(case.stakes.items())[:TOP]
        if code not in case.episode.coded
        for part in stake.parts[:1]
    )
    lines += ["", "In the top five and not coded, by what put them there:", *_counted(crowd.items())]
    quiet = [
        f"{case.episode.id} {c}"
        for case in cases
        for c in case.order(OURS)[:TOP]
        if c in case.episode.unmoved
    ]
    lines += ["", f"Said to be unmoved, yet in the top five: {', '.join(quiet) or 'none'}"]
    slow = max(cases, key=lambda case: case.seconds)
    lines.append(f"Slowest: {slow.episode.id}, {slow.seconds:.1f} s with {len(slow.episode.parties)} parties")
    if every:
        lines += [line for case in cases if not case.unposed for line in _episode(case)]
    return "\n".join(lines)


def _counted(items: Iterable[tuple[str, int]]) -> list[str]:
    return [f"  {count:4} {what}" for what, count in sorted(items, key=lambda item: (-item[1], item[0]))]


def _fate(case: Case, one: Third) -> str:
    if case.unposed:
        return "not posed"
    stake = case.stakes.get(one.state)
    if stake is None:
        return "without a stake"
    if one not in case.hits(OURS):
        return "with a stake, below the top five"
    if is_right(one, stake, strict=True):
        return "in the top five, for the right reason"
    if is_right(one, stake, strict=False):
        return "in the top five, the right reason not the main one"
    return "in the top five, for another reason"


def _episode(case: Case) -> list[str]:
    episode = case.episode
    lines = ["", f"{episode.date} {episode.what} ({episode.kind})"]
    for one in episode.third:
        stake = case.stakes.get(one.state)
        at = f"#{case.order(OURS).index(one.state) + 1} {stake.size:.2f}" if stake else "-"
        by = f"{stake.parts[0].effect} ({stake.parts[0].direction}): {stake.parts[0].why}" if stake else ""
        lines.append(
            f"  {one.state} {_fate(case, one)}; coded {' '.join(one.effects)} ({one.direction}); {at} {by}"
        )
    extra = [
        f"{code} {stake.size:.2f} {stake.parts[0].effect}"
        for code, stake in list(case.stakes.items())[:TOP]
        if code not in episode.coded
    ]
    lines.append(f"  not coded: {', '.join(extra) or 'none'}")
    return lines
