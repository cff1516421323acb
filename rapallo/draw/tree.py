"""Who must help whom, as a tree: the clash at the left, those whom each draws in to the right of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from rapallo.draw.lettering import shorten, wrap
from rapallo.draw.svg import element, number, picture
from rapallo.draw.theme import colour
from rapallo.model import Obligation, Obligations, Reason

__all__ = ["tree_svg"]

_TEXT, _NOTE = 14.0, 11.0
_NODE, _EDGE, _TALL, _ROW, _TOP = 216.0, 200.0, 46.0, 68.0, 30.0
_NAMED = 2  # more states than these stand as one node with their number
_COLOURS = {"YES": "contradicted", "DISPUTED": "outdated", "OPTIONAL": "tie-pact", "NO": "not_covered"}
_WORDS = {"YES": "must help", "DISPUTED": "disputed", "OPTIONAL": "may help", "NO": "need not"}
_STYLE = (
    f".rp-tree text{{font:{_TEXT:g}px system-ui,sans-serif;fill:{colour('ink')}}}"
    f".rp-tree .rp-quiet{{font-size:{_NOTE:g}px;fill:{colour('quiet')}}}"
    f".rp-tree .rp-box{{fill:{colour('paper')};stroke:{colour('ink')}}}"
    f".rp-tree .rp-party{{fill:{colour('party')};stroke:{colour('party')}}}"
    f".rp-tree .rp-on-party{{fill:{colour('on-party')};font-weight:700}}"
    f".rp-tree .rp-edge{{fill:none;stroke:{colour('quiet')};stroke-width:1.6}}"
    ".rp-tree .rp-DISPUTED-edge{stroke-dasharray:6 4}.rp-tree .rp-OPTIONAL-edge{stroke-dasharray:2 3}"
    ".rp-tree .rp-NO-edge{stroke-dasharray:1 4}"
    + "".join(f".rp-tree .rp-is-{key}{{fill:{colour(name)}}}" for key, name in _COLOURS.items())
    + ".rp-tree .rp-word{font-size:11px;font-weight:700}"
)


@dataclass(slots=True)
class _Node:
    entry: Obligation
    who: list[str]
    then: list[_Node] = field(default_factory=list)
    row: float = 0.0


def tree_svg(found: Obligations, names: Mapping[str, str], pacts: Mapping[str, str]) -> str:
    """Draw the obligations of one attack.

    Args:
        found: an answer of ``rapallo.pacts.obligations``.
        names: what to call each code; codes stay where there is none.
        pacts: what to call each pact, by the id of its tie.

    Returns:
        One ``svg`` element. A state hangs on the party that draws it in, by an edge that names the pact and
        the article, dashed where the answer is disputed, with both readings for those who point at it. States
        drawn in by the same clauses stand as one node, which names them for those who point at it.
    """
    grown = {side: _grow(found, side) for side in (found.attacker, found.attacked)}
    row, nodes, marks = 0.0, list[str](), list[str]()
    deepest = 0
    for side, roots in grown.items():
        start = row
        for root in roots:
            row = _place(root, row)
        row = max(row, start + 1)
        middle = (roots[0].row + roots[-1].row) / 2 if roots else start
        principals = (found.attacker, *found.with_attacker)
        if side == found.attacked:
            principals = (found.attacked, *found.with_attacked)
        word = "attacks" if side == found.attacker else "is attacked"
        if len(principals) > 1:
            word = word.replace("attacks", "attack").replace("is ", "are ")
        nodes.append(_principal(_called(principals, names), word, middle))
        for root in roots:
            deepest = max(deepest, _draw(root, 1, middle, names, pacts, nodes, marks))
    if not found.answers:
        nodes.append(_text("no clause in the record is at issue", _NODE + 24, _y(0.5), class_="rp-quiet"))
    wide = 4 + _NODE + max(deepest, 1) * (_EDGE + _NODE)
    said = [f"{_called(n, names)}: {_WORDS[a]}" for a, n in _by_answer(found)]
    return picture(
        *marks,
        *nodes,
        width=wide,
        height=_TOP + row * _ROW + 4,
        title=_headline(found, names),
        desc=". ".join(said) + "." if said else "No clause in the record is at issue.",
        kind="tree",
        style=_STYLE,
    )


def _by_answer(found: Obligations) -> list[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for entry in found.answers:
        groups.setdefault(entry.answer, []).append(entry.actor)
    return list(groups.items())


def _grow(found: Obligations, side: str) -> list[_Node]:
    """The nodes that hang on a principal; each other state hangs on the one that was drawn in before it."""
    at: dict[str, _Node] = {}
    roots: list[_Node] = []
    groups: dict[tuple[object, ...], _Node] = {}
    order = list(_WORDS)
    for entry in sorted(found.answers, key=lambda o: (o.step, order.index(o.answer))):
        if entry.side != side:
            continue
        reason = entry.because[0]
        parent = at.get(reason.attacked) or at.get(reason.attacker)
        key = (id(parent), entry.answer, entry.step, reason.clause, reason.why, bool(entry.conflicts))
        node = groups.get(key)
        if node is None:
            node = groups[key] = _Node(entry, [])
            (parent.then if parent else roots).append(node)
        node.who.append(entry.actor)
        at.setdefault(entry.actor, node)
    return roots


def _place(node: _Node, row: float) -> float:
    """Give the node and those under it their rows from that one on; returns the next free one."""
    start = row
    for under in node.then:
        row = _place(under, row)
    row = max(row, start + 1)
    node.row = (node.then[0].row + node.then[-1].row) / 2 if node.then else start
    return row


def _draw(
    node: _Node,
    depth: int,
    parent: float,
    names: Mapping[str, str],
    pacts: Mapping[str, str],
    nodes: list[str],
    marks: list[str],
) -> int:
    left = 2 + depth * (_NODE + _EDGE)
    answer, reason = node.entry.answer, node.entry.because[0]
    start, end = (left - _EDGE, _y(parent)), (left, _y(node.row))
    bend = start[0] + 22
    d = f"M{number(start[0])} {number(start[1])}H{number(bend)}V{number(end[1])}H{number(end[0])}"
    edge = element("path", class_=f"rp-edge rp-{answer}-edge", d=d)
    marks.append(element("g", element("title", escape(_told(reason, answer, names))), edge))
    room = _EDGE - 34
    lines = [*wrap(pacts.get(reason.tie, reason.tie), _NOTE, room, lines=2), *_article(reason, room)]
    for index, line in enumerate(lines):
        y = end[1] - 5 - (len(lines) - 1 - index) * 13
        marks.append(_text(line, bend + 6, y, class_="rp-quiet"))
    many = len(node.who) > _NAMED
    label = f"{len(node.who)} states" if many else _called(node.who, names)
    pulled = [f"{conflict.why} [{conflict.against}]" for conflict in node.entry.conflicts]
    whole = "; ".join([f"{_called(node.who, names)}: {_WORDS[answer]}", *pulled])
    said = _WORDS[answer] + (", pulled both ways" if pulled else "")
    said += f", step {node.entry.step}" if node.entry.step > 1 and not pulled else ""
    parts = [
        element("title", escape(whole)),
        element("rect", class_="rp-box", x=left, y=end[1] - _TALL / 2, width=_NODE, height=_TALL, rx=5),
        element("rect", class_=f"rp-is-{answer}", x=left, y=end[1] - _TALL / 2, width=6, height=_TALL, rx=3),
        _text(shorten(label, _TEXT, _NODE - 24), left + 14, end[1] - 3),
        _text(said, left + 14, end[1] + 14, class_=f"rp-word rp-is-{answer}"),
    ]
    nodes.append(element("g", *parts))
    return max([depth, *(_draw(u, depth + 1, node.row, names, pacts, nodes, marks) for u in node.then)])


def _told(reason: Reason, answer: str, names: Mapping[str, str]) -> str:
    """What stands behind an edge; of a dispute both readings."""
    said = f"{reason.why} [{reason.clause}]"
    if answer == "DISPUTED":
        settles = "; ".join(reason.settles) or "what the states in between do"
        said = f"On one reading it must help, on the other it need not. {said}. It turns on: {settles}"
    return f"{said}. {reason.wording}" if reason.wording else said


def _article(reason: Reason, room: float) -> list[str]:
    number = reason.why.partition(":")[0].rpartition(", Article ")[2]
    stands = ", Article " in reason.why.partition(":")[0]
    return [shorten(f"Article {number}", _NOTE, room)] if stands else []


def _principal(name: str, word: str, row: float) -> str:
    y = _y(row)
    return element(
        "g",
        element("title", escape(f"{name} {word}")),
        element("rect", class_="rp-party", x=2, y=y - _TALL / 2, width=_NODE, height=_TALL, rx=5),
        _text(shorten(name, _TEXT, _NODE - 20), 14, y - 3, class_="rp-on-party"),
        _text(word, 14, y + 14, class_="rp-on-party rp-word"),
    )


def _text(text: str, x: float, y: float, *, class_: str | None = None) -> str:
    return element("text", escape(text), class_=class_, x=x, y=y)


def _y(row: float) -> float:
    return _TOP + row * _ROW + _ROW / 2 - 12


def _called(codes: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(code, code) for code in codes)


def _headline(found: Obligations, names: Mapping[str, str]) -> str:
    attackers, attacked = (found.attacker, *found.with_attacker), (found.attacked, *found.with_attacked)
    verb = "attacks" if len(attackers) == 1 else "attack"
    return (
        f"Who must help whom if {_called(attackers, names)} {verb} {_called(attacked, names)} on {found.on}"
    )
