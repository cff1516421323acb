"""The codes of datasets as actors of the record: each code with its day, asked once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from itertools import pairwise

import yaml

from rapallo import actors
from rapallo.errors import RapalloError

__all__ = ["SCHEMES", "actor_ids", "bearers", "meaning", "named"]

Finder = Callable[[str, dt.date], str | None]

_LIKELY = 0.8
_MEANT: ContextVar[Mapping[str, str]] = ContextVar("meant")


@contextmanager
def meaning(names: Mapping[str, str]) -> Iterator[None]:
    """Let names and codes mean what a dataset means by them, in a block.

    Args:
        names: a name or code as it is written there to the id of an actor; to a code with its scheme
            (``cow:365``) where it depends on the day, or several of which the first counts that somebody
            bears; to nothing where nobody is meant.
    """
    token = _MEANT.set(names)
    try:
        yield
    finally:
        _MEANT.reset(token)


def actor_ids(scheme: str, asked: Iterable[tuple[str, int | None]]) -> Mapping[tuple[str, int | None], str]:
    """The actors that codes mean in the years they are used for; codes that nobody bears are absent.

    A state that bore a code for most of a year bears it for the year; one that never did is looked for among
    those who bore it last or will bear it next.

    Args:
        scheme: one of ``SCHEMES``.
        asked: (code, year); no year for a code that means the same at all times.

    Examples:
        >>> actor_ids("cow", [("365", 1970), ("365", 2000), ("999", 2000)])
        {('365', 1970): 'SUN', ('365', 2000): 'RUS'}
    """
    find = _finder(scheme)
    found = {}
    for code, year in asked:
        actor = next((a for on in _days(year) if (a := find(code, on)) is not None), None)
        if actor is not None:
            found[code, year] = actor
    return found


def bearers(
    scheme: str, code: str, first: dt.date, last: dt.date | None, *, within: bool = False
) -> tuple[tuple[str, dt.date, dt.date | None], ...]:
    """The actors a code means from one day to another, each with its first and last day.

    Days between two bearers on which nobody bears the code are left out. Those before the first bearer and
    after the last are theirs, as a dataset may begin earlier than the code does.

    Args:
        scheme: one of ``SCHEMES``.
        code: under that scheme.
        first: day.
        last: day; None where there is none.
        within: whether days before the first bearer and after the last are left out too.

    Examples:
        >>> [(actor, str(begun)) for actor, begun, _ in bearers("cow", "365", dt.date(1918, 3, 12), None)]
        [('RUS', '1918-03-12'), ('SUN', '1922-12-30'), ('RUS', '1991-12-26')]
    """
    find, stop = _finder(scheme), last or max(first, dt.date.today())
    halves = (dt.date(year, month, 1) for year in range(first.year, stop.year + 1) for month in (1, 7))
    held, begun, spells = find(code, first), first, []
    for before, after in pairwise((first, *(day for day in halves if first < day < stop), stop)):
        if find(code, after) != held:
            changed = _change(lambda on: find(code, on), before, after)
            spells.append((held, begun, changed - dt.timedelta(days=1)))
            held, begun = find(code, changed), changed
    spells.append((held, begun, stop))
    of = [(actor, start, end) for actor, start, end in spells if actor is not None]
    if not of:
        return ()
    starts = [of[0][1] if within else first, *(start for _, start, _ in of[1:])]
    closing = of[-1][2] if within and of[-1][2] < stop else last
    ends = [*(end for _, _, end in of[:-1]), closing]
    return tuple((actor, start, end) for (actor, _, _), start, end in zip(of, starts, ends, strict=True))


def _change(find: Callable[[dt.date], str | None], before: dt.date, after: dt.date) -> dt.date:
    """The first day on which a code no longer means what it meant before, where it changes once."""
    held = find(before)
    while (after - before).days > 1:
        middle = before + (after - before) / 2
        before, after = (middle, after) if find(middle) == held else (before, middle)
    return after


def named(name: str, on: dt.date, near: tuple[str, ...] = ()) -> str | None:
    """The actor a dataset calls by a name; None where nobody bears it, or more than one.

    Datasets call a state of the past by the name it came to bear: Benin in 1965.
    """
    best = actors.resolve(name, on=on, near=near).best
    if best is not None and best.confidence >= _LIKELY:
        return best.code
    later = actors.resolve(name, on=dt.date.today(), near=near).best
    if later is None or later.confidence < _LIKELY or not _lived(later.code, on):
        return None
    return later.code


def _lived(code: str, on: dt.date) -> bool:
    try:
        return actors.actor(code, on=on).id == code
    except RapalloError:
        return False


def _days(year: int | None) -> tuple[dt.date, ...]:
    if year is None:
        return (dt.date.today(),)  # a code without a year means whoever bears it now
    year = min(max(year, 1), 9998)
    return dt.date(year, 7, 1), dt.date(year, 12, 31), dt.date(year, 1, 1)


def _finder(scheme: str) -> Finder:
    """How codes of a scheme are looked up, those first that a dataset means otherwise."""
    find, meant = SCHEMES[scheme], _MEANT.get({})
    if not meant:
        return find

    def found(code: str, on: dt.date) -> str | None:
        if code not in meant:
            return find(code, on)
        parts = [said.rpartition(":") for said in meant[code].split()]
        return next((a for its, _, said in parts if (a := SCHEMES[its or "iso3"](said, on))), None)

    return found


def _quiet(find: Callable[[str, dt.date], str]) -> Finder:
    def found(code: str, on: dt.date) -> str | None:
        try:
            return find(code, on)
        except (RapalloError, ValueError, KeyError, OverflowError):
            return None

    return found


def _whole(code: str) -> int:
    """The number a code is, also where a file writes it as 2.0."""
    number = float(code)
    if not number.is_integer():
        msg = f"{code} is no whole number"
        raise ValueError(msg)
    return int(number)


def _iso3(code: str, on: dt.date) -> str:
    try:
        return actors.actor(code, on=on).id
    except RapalloError:
        return actors.actor(code).id


@cache
def _listed(scheme: str) -> Mapping[str, str]:
    """The table of a scheme: code to ISO 3166 alpha-3."""
    text = files("rapallo.sources").joinpath(f"{scheme}.yaml").read_text(encoding="utf-8")
    return {str(code): iso3 for code, iso3 in yaml.safe_load(text).items()}


def _iso3n(code: str, on: dt.date) -> str:
    return _iso3(_listed("iso3n")[f"{_whole(code):03}"], on)


def _cameo(code: str, on: dt.date) -> str:
    return _iso3(_listed("cameo_actors").get(code, code), on)


def _name(name: str, on: dt.date) -> str | None:
    return named(name, on)


SCHEMES: Mapping[str, Finder] = {
    "cow": _quiet(lambda code, on: actors.from_cow(_whole(code), on)),
    "gw": _quiet(lambda code, on: actors.from_gw(_whole(code), on)),
    "iso3": _quiet(_iso3),
    "iso3n": _quiet(_iso3n),
    "cameo": _quiet(_cameo),
    "name": _name,
}
"""What codes there are: numbers of COW and of Gleditsch and Ward, ISO 3166 alpha-3 and
numeric, actors of CAMEO, names in words."""
