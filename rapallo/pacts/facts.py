"""What the asker knows about an attack and the record cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapallo.errors import InputError

__all__ = ["FACTS", "Facts", "read_facts"]

FACTS: Mapping[str, str] = {
    "provoked": "whether the attacked side provoked the attack or began the war (yes or no)",
    "requested": "whether the attacked side asks for help (yes or no)",
    "decided": "whether the joint body that has to decide has decided to help (yes or no)",
    "great_power": "whether an attacker counts as a great power (yes or no)",
    "where": "where the attack falls: a state or territory by its code, or a named place or area",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of the first attack; None where nothing is said.

    Attributes:
        provoked: whether the attacked side provoked it.
        requested: whether the attacked side asks for help.
        decided: whether the joint body has decided.
        great_power: whether an attacker counts as a great power.
        where: where it falls.
    """

    provoked: bool | None = None
    requested: bool | None = None
    decided: bool | None = None
    great_power: bool | None = None
    where: str | None = None


def read_facts(given: Mapping[str, str]) -> Facts:
    """Facts by name, as the command line hands them in.

    Raises:
        InputError: where a name is not one of ``FACTS``, or a value neither ``yes`` nor ``no``.

    Examples:
        >>> read_facts({"provoked": "no", "where": "FLK"}).where
        'FLK'
        >>> read_facts({"weather": "bad"})
        Traceback (most recent call last):
        rapallo.errors.InputError: 'weather' is not a fact that bears on an obligation
        (facts are provoked, requested, decided, great_power, where)
    """
    for name, value in given.items():
        if name not in FACTS:
            msg = f"{name!r} is not a fact that bears on an obligation"
            raise InputError(msg, hint=f"facts are {', '.join(FACTS)}")
        if name == "where" and not value.strip():
            msg = "the fact 'where' names no place"
            raise InputError(msg, hint="leave it out where the place is not known")
        if name != "where" and value not in {"yes", "no"}:
            msg = f"the fact {name!r} cannot be {value!r}"
            raise InputError(msg, hint="it is yes or no; leave it out where it is not known")
    known = {name: given[name] == "yes" for name in given if name != "where"}
    return Facts(**known, where=given["where"].strip() if "where" in given else None)
