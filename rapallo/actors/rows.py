"""What an actor file may hold, the project's own and a user's: the one place where it is validated."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["ActorFile", "BodyRow", "LeaderRow", "NameRow", "StateRow", "merge", "with_basis"]

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Basis = Literal["checked", "recalled"]
Sector = Annotated[str, Field(pattern=r"^([A-Z]{3}( [A-Z]{3})?)?$")]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, str_strip_whitespace=True)


class StateRow(_Row):
    """A state; ``data/states.yaml`` says at its head what each key means."""

    id: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    name: Annotated[str, Field(min_length=1)]
    exists: Annotated[str, Field(alias="is")]
    iso: bool = True
    official: str = ""
    aka: str = ""
    former: str = ""
    adj: str = ""
    people: str | None = None
    region: str = ""
    cow: str | int | None = None
    gw: str | int | None = None
    capital: str = ""
    into: str = ""
    lives_on: str = ""
    status: Literal["recognised", "partly recognised", "territory"] = "recognised"
    of: str = ""
    out_of: str = ""
    ids: str = ""
    basis: Basis | None = None


class LeaderRow(_Row):
    """A person; ``data/leaders/README.md`` says what each key means."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Annotated[str, Field(min_length=1)]
    short: str | None = None
    aka: str = ""
    office: str = ""
    rules: str | bool = True
    lived: str = ""
    basis: Basis | None = None


class BodyRow(_Row):
    """An organisation, an armed group or a bloc; the heads of their files say what each key means."""

    id: Id
    name: Annotated[str, Field(min_length=1)]
    aka: str = ""
    exists: Annotated[str, Field(alias="is")] = "../.."
    of: str = ""
    region: str = ""
    members: Literal["all"] | None = None
    without: str = ""
    joined: dict[dt.date, str] = {}
    left: dict[dt.date, str] = {}
    fuzzy: str = ""
    sector: Sector = ""
    basis: Basis | None = None


class NameRow(_Row):
    """A seat of power, an epithet or a place: names that mean an actor without being its own."""

    of: Id
    names: Annotated[str, Field(min_length=1)]
    sector: Sector = ""
    basis: Basis | None = None


class ActorFile(_Row):
    """An actor file: any of these sections.

    A row of a user's file whose id is known changes the keys it gives of the known row; all others are added.
    """

    basis: Basis = "recalled"
    checked_against: str = ""
    known_to: dt.date | None = None
    states: list[StateRow] = []
    leaders: dict[str, list[LeaderRow]] = {}
    organisations: list[BodyRow] = []
    groups: list[BodyRow] = []
    blocs: list[BodyRow] = []
    seats: list[NameRow] = []
    epithets: list[NameRow] = []
    places: list[NameRow] = []


def merge(known: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Lay the raw sections of one file over those of another; rows meet by id, names are added.

    Args:
        known: raw sections as YAML gives them.
        more: raw sections whose keys win.

    Returns:
        New raw sections; neither argument is changed.
    """
    merged: dict[str, Any] = {**known, **{key: value for key, value in more.items() if key not in _SECTIONS}}
    for section in ("states", "organisations", "groups", "blocs"):
        if section in more:
            merged[section] = _over(known.get(section, []), more[section])
    for section in ("seats", "epithets", "places"):
        if section in more:
            merged[section] = [*known.get(section, []), *more[section]]
    if "leaders" in more:
        people = dict(known.get("leaders", {}))
        for state, rows in more["leaders"].items():
            people[state] = _over(people.get(state, []), rows)
        merged["leaders"] = people
    return merged


def with_basis(raw: dict[str, Any]) -> dict[str, Any]:
    """The raw sections of a file, each row with the basis of the file where it states none of its own."""
    basis = raw.get("basis", "recalled")

    def based(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{"basis": basis, **row} for row in rows]

    found = dict(raw)
    for section in _SECTIONS & raw.keys():
        rows = raw[section]
        found[section] = (
            {of: based(listed) for of, listed in rows.items()} if section == "leaders" else based(rows)
        )
    return found


_SECTIONS = frozenset(
    {"states", "leaders", "organisations", "groups", "blocs", "seats", "epithets", "places"}
)


def _over(known: list[dict[str, Any]], more: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_id = {row["id"]: row for row in known}
    for row in more:
        by_id[row["id"]] = {**by_id.get(row["id"], {}), **row}
    return list(by_id.values())
