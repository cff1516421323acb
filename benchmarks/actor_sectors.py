"""Actors and sectors, held against the assertions of NGEC's test of actor resolution (Halterman et al. 2023).

An assertion says of a phrase and a day which country or which sector codes it is coded to, or that it is
nobody. It is read from the syntax of the test file, nothing of which is run. Asserted titles of
encyclopaedia pages and job titles are no codes and are left out.

NGEC's country field holds ``IGO``, ``UNO`` and ``EUR`` for organisations, and for a territory few recognise
the state it is held to be a part of; the answers are brought into that form before they are compared.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapallo.actors import Table
from rapallo.model import Candidate, Resolution

TODAY = dt.date(2022, 11, 15)  # what the tests of that year mean by "today"
UN_FAMILY = frozenset("UN UNSC UNGA ICJ WHO UNHCR UNRWA UNICEF WFP FAO UNESCO ILO IAEA ICAO UNDP".split())  # noqa: SIM905
_METHODS = {"agent_to_code", "short_text_to_agent", "search_nat", "trf_agent_match"}
_FIELDS = {"country": "country", "code_1": "sector", "code_2": "second sector"}


@dataclass(frozen=True)
class Assertion:
    """One assertion: of what, on which day, in which context, and what must be the answer."""

    test: str
    text: str
    on: dt.date
    context: str
    field: str
    expected: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True)
class Outcome:
    """An assertion with what we answer."""

    assertion: Assertion
    answered: str

    @property
    def met(self) -> bool:
        """Whether the answer is as asserted."""
        return (self.answered in self.assertion.expected) != self.assertion.negated


def outcomes(table: Table, path: Path) -> list[Outcome]:
    """Every assertion of the file with our answer."""
    return [Outcome(each, _answered(table, each)) for each in assertions(path)]


def assertions(path: Path) -> list[Assertion]:
    """The assertions about countries, sectors and nobody, in the order of the file."""
    found: list[Assertion] = []
    lists: dict[str, list[str]] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if isinstance(node.value, ast.List):
                lists[node.targets[0].id] = ast.literal_eval(node.value)
        elif isinstance(node, ast.FunctionDef):
            names = [arg.arg for arg in node.args.args if arg.arg != "ag"]
            for value in _parameters(node, lists) or [None]:
                known: dict[str, Any] = dict.fromkeys(names, value)
                found += _of_body(node.name, node.body, known)
    return list(dict.fromkeys(found))


def _parameters(node: ast.FunctionDef, lists: Mapping[str, list[str]]) -> list[str]:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and len(decorator.args) == 2:
            values = decorator.args[1]
            if isinstance(values, ast.Name):
                return lists[values.id]
    return []


def _of_body(test: str, body: list[ast.stmt], known: dict[str, Any]) -> Iterator[Assertion]:
    for statement in body:
        if isinstance(statement, ast.Assign):
            _learn(statement, known)
        elif isinstance(statement, ast.For) and isinstance(statement.target, ast.Name):
            for value in _value(statement.iter, known):
                yield from _of_body(test, statement.body, {**known, statement.target.id: value})
        elif isinstance(statement, ast.Assert):
            yield from _of_assert(test, statement.test, known)


def _learn(statement: ast.Assign, known: dict[str, Any]) -> None:
    target, value = statement.targets[0], statement.value
    call = value if isinstance(value, ast.Call) else None
    method = call.func.attr if call and isinstance(call.func, ast.Attribute) else ""
    names = [n.id for n in getattr(target, "elts", [target]) if isinstance(n, ast.Name)]
    if call and method in _METHODS:
        keywords = {k.arg: _value(k.value, known) for k in call.keywords}
        given = [_value(arg, known) for arg in call.args] + ["", ""]
        context = keywords.get("known_country") or given[1]
        known[names[0]] = (given[0], keywords.get("query_date") or given[2], context)
        if len(names) == 2:  # search_nat gives the country and what is left of the text
            known[names[0]] = (*known[names[0]], "country")
            known.pop(names[1], None)
    elif call:
        known.pop(names[0], None)
    else:
        known[names[0]] = _value(value, known)


def _value(node: ast.expr, known: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    if isinstance(node, ast.Subscript):
        return known[node.value.id].get(ast.literal_eval(node.slice), "")  # type: ignore[attr-defined]
    return ast.literal_eval(node)


def _of_assert(test: str, node: ast.expr, known: Mapping[str, Any]) -> Iterator[Assertion]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Name):
        yield _assertion(test, known[node.operand.id], "nobody", ("nobody",))
    if not isinstance(node, ast.Compare):
        return
    left, operator, right = node.left, node.ops[0], node.comparators[0]
    if isinstance(left, ast.Name) and left.id in known:
        query = known[left.id]
        if len(query) == 4:
            yield _assertion(test, query[:3], "country", (_value(right, known),))
        else:
            yield _assertion(test, query, "nobody", ("nobody",))
    elif isinstance(left, ast.Subscript) and isinstance(left.value, ast.Name):
        field = _FIELDS.get(ast.literal_eval(left.slice))
        if field and left.value.id in known:
            expected = _value(right, known)
            listed = tuple(expected) if isinstance(operator, ast.In) else (expected,)
            negated = isinstance(operator, ast.NotEq)
            yield _assertion(test, known[left.value.id], field, listed, negated=negated)


def _assertion(
    test: str, query: tuple[str, str, str], field: str, expected: tuple[str, ...], *, negated: bool = False
) -> Assertion:
    text, on, context = query
    return Assertion(test, text, _day(on), context, field, expected, negated)


def _day(text: str) -> dt.date:
    if not text or text.casefold() == "today":
        return TODAY
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y"):
        try:
            return dt.datetime.strptime(text.title(), form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    msg = f"{text!r} is no day"
    raise ValueError(msg)


def _answered(table: Table, asked: Assertion) -> str:
    near = table.resolve(asked.context, on=asked.on).candidates if asked.context else ()
    found = table.resolve(asked.text, on=asked.on, near=tuple(dict.fromkeys(c.code for c in near)))
    best = _first(found)
    if asked.field == "nobody":
        return "nobody" if best is None and not found.sector else (best.actor if best else found.sector)
    if asked.field == "country":
        return _country(table, best, asked.on) if best else ""
    primary, _, second = (best.sector if best else found.sector).partition(" ")
    return primary if asked.field == "sector" else second


def _first(found: Resolution) -> Candidate | None:
    """The best candidate, as NGEC always takes one; corrections of a letter are no answer."""
    offered = found.candidates and all(c.why.startswith("one letter from") for c in found.candidates)
    return None if offered or not found.candidates else found.candidates[0]


def _country(table: Table, best: Candidate, on: dt.date) -> str:
    body, state = table.body(best.code), table.state(best.code)
    if body and body.kind == "group":
        return body.of or ""
    if body:
        return {"EU": "EUR"}.get(
            body.id, "UNO" if body.id in UN_FAMILY else "IGO" if body.sector == "IGO" else ""
        )
    return (state.part_of(on) if state and state.sector == "PRE" else None) or best.code
