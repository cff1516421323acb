"""What ``rapallo measure`` prints: answers about measures as tables and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.text import Text

from rapallo.cli import output
from rapallo.draw.scale import figure, figures
from rapallo.draw.spark import spark
from rapallo.measures.lacking import Lack, called

if TYPE_CHECKING:
    from rapallo.measures.answers import Answer, Figure
    from rapallo.measures.yearly import Yearly

__all__ = ["as_json", "card", "listing", "show"]

_SPARK = 48
_BLOCK = 16
"""Letters across of a year and a value, side by side with others."""
_REASONS = 6
"""How many reasons are told below a ranking."""
_SHORT = 24
"""Years up to which a history stands in one column."""
_CARD = (
    "definition",
    "equation",
    "inputs",
    "unit",
    "citation",
    "coding",
    "missing",
    "coverage",
    "checked",
    "limits",
)


def listing(*, json: bool) -> None:
    """All measures."""
    from rapallo.measures.registry import yearly

    rows = [
        (name, its.of, its.card.definition.partition(". ")[0].rstrip(".")) for name, its in yearly().items()
    ]
    if json:
        output.emit_json(
            [
                {"measure": name, "of": its.of, "definition": its.card.definition, "unit": its.card.unit}
                for name, its in yearly().items()
            ]
        )
    else:
        output.console().print(output.table("Measures", ("measure", "of", "what it is"), rows))


def card(its: Yearly, *, json: bool) -> None:
    """All that is known of a measure."""
    if json:
        output.emit_json(its.card)
        return
    rows = [(name, told) for name in _CARD if (told := getattr(its.card, name))]
    shown = [(name, ", ".join(told) if isinstance(told, tuple) else told) for name, told in rows]
    of = {"state": "of states", "pair": "of pairs of states", "world": "of the whole system"}[its.of]
    directed = ", from one to the other" if its.directed else ""
    output.console().print(output.table(f"{its.card.id}, {of}{directed}", ("", ""), shown))


def as_json(answer: Answer, *, most: int, least: bool) -> dict[str, Any]:
    """An answer for a script; what has no value says why, and a ranking is cut as on a terminal."""
    asked = answer.question
    figures = _cut(answer, most=most, least=least) if answer.form == "ranking" else answer.figures
    told: dict[str, Any] = {
        "measure": answer.card.id,
        "of": answer.of,
        "directed": answer.directed,
        "unit": answer.card.unit,
        "system": asked.system,
        "form": answer.form,
        "years": asked.years or (asked.year, asked.year),
        "sources": answer.sources,
        "figures": [_figure(each) for each in figures],
    }
    told["partial"] = [{"year": year, "why": lack.why} for year, lack in answer.partial]
    if answer.form == "ranking":
        told["with_value"] = answer.among
        told["without_value"] = [
            {"why": lack.why, "hint": lack.hint, "states": [each.other or each.state for each in its]}
            for lack, its in _lacking(answer.figures)
        ]
        if answer.of == "pair" and not asked.states:
            told["without_value"] = answer.unlisted
        if answer.lack is not None:
            told["why"], told["hint"] = answer.lack.why, answer.lack.hint
    return told


def _figure(each: Figure) -> dict[str, Any]:
    told: dict[str, Any] = {"year": each.year}
    told |= {name: held for name in ("state", "other") if (held := getattr(each, name))}
    told["value"] = each.value
    told |= {name: held for name in ("back", "rank") if (held := getattr(each, name)) is not None}
    if each.lack is not None:
        told["why"] = each.lack.why
        told |= {"hint": each.lack.hint} if each.lack.hint else {}
    return told


def show(answer: Answer, *, most: int, least: bool) -> None:
    """Print an answer for a person."""
    console = output.console()
    console.print(_head(answer))
    if answer.form == "history":
        _history(answer)
    elif answer.form == "matrix":
        _matrix(answer)
    elif answer.form == "ranking":
        _ranking(answer, most=most, least=least)
    else:
        _figures(answer)
    for lack, years in groupby(answer.partial, key=lambda each: each[1]):
        console.print(_note("in part", _spans([year for year, _ in years]), lack))
    if answer.found:
        console.print(Text(f"{answer.card.unit}; {_names(answer.sources)}", style="dim"))


def _head(answer: Answer) -> Text:
    asked = answer.question
    names = [called(each) for each in _states(answer)]
    of = f" of {' and '.join(names)}" if names and answer.form != "matrix" and len(names) < 3 else ""
    years = f"{asked.years[0]} to {asked.years[1]}" if asked.years else f"{asked.year}"
    head = Text.assemble((f"{answer.card.id}{of}", "bold"), f", {years}")
    if answer.form == "history" and len(answer.question.states) <= (1 if answer.of == "state" else 2):
        values = [each.value for each in answer.figures]
        known = [value for value in values if value is not None]
        if known:
            ends = f"  {figure(min(known))} to {figure(max(known))}"
            room = output.console().width - len(head) - len(ends) - 2
            head.append(f"  {spark(values, width=max(8, min(_SPARK, room)))}{ends}")
    return head


def _states(answer: Answer) -> tuple[str, ...]:
    """The ids of the states that were named."""
    named = answer.question.states
    last = answer.figures[-1] if answer.figures else None
    if last is None or not named:
        return ()
    if answer.of == "pair":
        return (last.state, last.other)[: len(named)]
    return tuple(each.state for each in answer.figures[-len(named) :])


def _history(answer: Answer) -> None:
    """Years and values, side by side where there are many, and the years without with their reasons."""
    console, states = output.console(), _states(answer)
    several = len(states) > 1 and answer.of == "state"
    if several or answer.directed:
        columns, rows = _wide(answer, states)
        console.print(output.table("", columns, rows))
    else:
        known = [(each.year, each.value) for each in answer.figures if each.value is not None]
        blocks = 1 if len(known) <= _SHORT else max(1, min(console.width // _BLOCK, 8))
        tall = -(-len(known) // blocks)
        columns = ["year", "value#"] * min(blocks, len(known))
        texts = figures([value for _, value in known])
        cells = [[str(year), text] for (year, _), text in zip(known, texts, strict=True)]
        rows = [[cell for held in cells[at::tall] for cell in held] for at in range(tall)]
        if known:
            console.print(output.table("", columns, rows))
    for who in states if several else ("",):
        its = [each for each in answer.figures if each.value is None and (not several or each.state == who)]
        for lack, years in groupby(its, key=lambda each: each.lack):
            console.print(_none(_spans([each.year for each in years]), lack))


def _wide(answer: Answer, states: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """A column for each state, or for each direction."""
    if answer.of == "pair":
        one, other = states
        columns = ["year", f"{one} to {other}#", f"{other} to {one}#"]
        held = [each for each in answer.figures if each.value is not None or each.back is not None]
        return columns, [[str(each.year), _value(each.value), _value(each.back)] for each in held]
    rows = []
    for year, each in groupby(answer.figures, key=lambda each: each.year):
        values = [held.value for held in each]
        if any(value is not None for value in values):
            rows.append([str(year), *map(_value, values)])
    return ["year", *(f"{who}#" for who in states)], rows


def _matrix(answer: Answer) -> None:
    states = list(dict.fromkeys(each.state for each in answer.figures))
    held = {(each.state, each.other): each for each in answer.figures}
    rows = [
        [called(one), *("" if one == other else _value(held[one, other].value) for other in states)]
        for one in states
    ]
    output.console().print(output.table("", ["", *(f"{who}#" for who in states)], rows))
    for lack, its in _lacking(answer.figures):
        output.console().print(_none(", ".join(f"{each.state} to {each.other}" for each in its), lack))


def _ranking(answer: Answer, *, most: int, least: bool) -> None:
    console, cut = output.console(), _cut(answer, most=most, least=least)
    partners, pairs = bool(answer.question.states), answer.of == "pair"
    back = partners and answer.directed
    columns = ["#", *(["state", "other"] if pairs and not partners else ["state"]), "value#"]
    rows = []
    texts = figures([each.value or 0.0 for each in cut])
    for each, text in zip(cut, texts, strict=True):
        names = [called(each.other)] if partners else [called(who) for who in (each.state, each.other) if who]
        rows.append([str(each.rank), *names, text, *([_value(each.back)] if back else [])])
    if rows:
        console.print(output.table("", [*columns, *(["back#"] if back else [])], rows))
        noun = "pairs" if pairs and not partners else "states"
        console.print(Text(f"{len(cut)} of {answer.among:,} {noun}", style="dim"))
    lacking = _lacking(answer.figures)
    for lack, its in lacking[:_REASONS]:
        console.print(_none(_names([called(each.other or each.state) for each in its]), lack))
    if left := sum(len(its) for _, its in lacking[_REASONS:]):
        console.print(_none(f"for {left} more", Lack("for reasons that --json gives")))
    if answer.lack is not None:
        console.print(_none("", answer.lack))
    elif answer.unlisted:
        console.print(
            Text(f"no value: {answer.unlisted:,} pairs; name two states to be told why", style="dim")
        )


def _figures(answer: Answer) -> None:
    console = output.console()
    for each in answer.figures:
        if each.value is None and each.back is None:
            console.print(_none(called(each.state) if answer.of == "state" else "", each.lack))
        elif answer.of == "state":
            text = f"{called(each.state)}: {_value(each.value)}, number {each.rank} of {answer.among}"
            console.print(text)
        elif answer.directed:
            for one, other, value in (
                (each.state, each.other, each.value),
                (each.other, each.state, each.back),
            ):
                console.print(f"{called(one)} to {called(other)}: {_value(value) or 'no value'}")
        else:
            console.print(_value(each.value))


def _cut(answer: Answer, *, most: int, least: bool) -> list[Figure]:
    known = [each for each in answer.figures if each.value is not None]
    return (known[::-1] if least else known)[:most]


def _lacking(figures: Iterable[Figure]) -> list[tuple[Lack, list[Figure]]]:
    """The figures without a value, by reason."""
    found: dict[Lack, list[Figure]] = {}
    for each in figures:
        if each.lack is not None:
            found.setdefault(each.lack, []).append(each)
    return list(found.items())


def _none(what: str, lack: Lack | None) -> Text:
    return _note("no value", "" if lack and lack.why.startswith(what) else what, lack)


def _note(kind: str, what: str, lack: Lack | None) -> Text:
    text = Text.assemble((kind, "bold"), f" {what}".rstrip(), f": {lack.why if lack else ''}")
    if lack and lack.hint:
        text.append(f" ({lack.hint})", style="dim")
    return text


def _value(value: float | None) -> str:
    return "" if value is None else figure(value)


def _names(names: Sequence[str]) -> str:
    left = len(names) - 6
    return ", ".join(names[:6]) + (f" and {left} more" if left > 0 else "")


def _spans(years: Sequence[int]) -> str:
    """Years as stretches.

    Examples:
        >>> _spans([1816, 1817, 1818, 1820])
        '1816–1818, 1820'
    """
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
