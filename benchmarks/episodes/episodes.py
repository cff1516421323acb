"""Loads the coded episodes and holds each to the codes of states, the works and the words of the protocol."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from rapallo.actors import Table, table

HERE = Path(__file__).with_suffix(".yaml")
EPISODES = 60
PERIODS = ((1914, "1879-1914"), (1945, "1915-1945"), (1989, "1946-1989"), (2024, "1990-2024"))
Wrong = tuple[tuple[str | int, ...], str]
Kind = Literal[
    "defence", "neutrality", "non_aggression", "consultation", "partnership", "arms_deal", "sanction", "base",
    "recognition", "mediation", "break", "visit", "merger", "test",
]  # fmt: skip
Effect = Literal[
    "adversary_strengthened", "leverage_lost", "entrapment", "brokerage_lost", "balance_strain",
    "reach_extended", "sanctions_exposed", "alliance_devalued", "emboldened", "needs_ally_strong",
    "reassured",
]  # fmt: skip


class EpisodeError(ValueError):
    """An episode that breaks the protocol; the message begins with the file and its line."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Work(_Row):
    """A work recalled."""

    author: str
    title: str
    year: int = Field(ge=1900, le=2026)


class Third(_Row):
    """A third state that cared: by which effects, the main one first, and which way."""

    state: str
    effects: tuple[Effect, ...] = Field(min_length=1, max_length=2)
    direction: Literal["worse", "better"]
    sure: Literal["high", "medium"]
    why: str = Field(min_length=10)
    source: str

    @model_validator(mode="after")
    def _reassured_is_better(self) -> Third:
        if self.effects[0] == "reassured" and self.direction == "worse":
            msg = "reassured is always better"
            raise ValueError(msg)
        return self


class Episode(_Row):
    """A move, its parties, and the third states that cared, the most concerned first."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    date: dt.date
    what: str = Field(min_length=10)
    kind: Kind
    parties: tuple[str, ...] = Field(min_length=1)
    third: tuple[Third, ...] = Field(min_length=2, max_length=6)
    unmoved: tuple[str, ...] = ()

    @property
    def eve(self) -> dt.date:
        """The day before."""
        return self.date - dt.timedelta(days=1)

    @property
    def period(self) -> str:
        """One of the four periods."""
        return next(name for last, name in PERIODS if self.date.year <= last)

    @property
    def coded(self) -> dict[str, Third]:
        """Its third states by code, in their order."""
        return {one.state: one for one in self.third}


def load(path: Path = HERE, *, count: int | None = EPISODES) -> tuple[Episode, ...]:
    """The episodes in the order of the file.

    Raises:
        EpisodeError: what is wrong, after ``file:line``.
    """
    text = path.read_text("utf-8")
    tree, rows = yaml.compose(text, Loader=yaml.BaseLoader), yaml.load(text, Loader=yaml.BaseLoader)
    nodes = _child(tree, "episodes").value
    works = {key: Work.model_validate(row) for key, row in rows["works"].items()}
    found: list[Episode] = []
    for node, row in zip(nodes, rows["episodes"], strict=True):
        try:
            episode = Episode.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            raise EpisodeError(_at(path, node, first["loc"], first["msg"])) from error
        for where, wrong in _wrongs(episode, works, table()):
            raise EpisodeError(_at(path, node, where, wrong))
        if any(episode.id == other.id for other in found):
            raise EpisodeError(_at(path, node, ("id",), f"{episode.id} stands twice"))
        if found and episode.date < found[-1].date:
            raise EpisodeError(_at(path, node, ("date",), f"{episode.date} is before the episode above"))
        found.append(episode)
    if unused := sorted(works.keys() - {one.source for episode in found for one in episode.third}):
        raise EpisodeError(_at(path, _child(tree, "works"), unused[:1], f"{unused[0]} is not cited"))
    if count is not None and len(found) != count:
        raise EpisodeError(_at(path, tree, ("episodes",), f"{len(found)} episodes instead of {count}"))
    return tuple(found)


def _wrongs(episode: Episode, works: dict[str, Work], codes: Table) -> list[Wrong]:
    wrong: list[Wrong] = []
    here = {actor.id for actor in codes.states(episode.date)}
    named: list[Wrong] = [(("parties", at), code) for at, code in enumerate(episode.parties)]
    named += [(("third", at, "state"), one.state) for at, one in enumerate(episode.third)]
    named += [(("unmoved", at), code) for at, code in enumerate(episode.unmoved)]
    seen: set[str] = set()
    for where, code in named:
        if code not in here:
            wrong.append((where, f"{code} is no state in being on {episode.date}"))
        if code in seen:
            wrong.append((where, f"{code} stands twice"))
        seen.add(code)
    wrong += [
        (("third", at, "source"), f"{one.source} is not among the works")
        for at, one in enumerate(episode.third)
        if one.source not in works
    ]
    if not dt.date(1879, 1, 1) <= episode.date <= dt.date(2024, 12, 31):
        wrong.append((("date",), f"{episode.date} is not in 1879-2024"))
    return wrong


def _child(node: Any, key: str | int) -> Any:
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int):
        return node.value[key]
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == key), node)
    return node


def _at(path: Path, node: Any, where: Any, wrong: str) -> str:
    for key in where:
        node = _child(node, key)
    return f"{path.name}:{node.start_mark.line + 1}: {'.'.join(map(str, where))}: {wrong}"
