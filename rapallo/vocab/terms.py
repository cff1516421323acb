"""Loads the vocabularies; a term that none holds raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from rapallo.errors import VocabularyError

__all__ = ["Term", "Vocabulary", "check", "names", "vocabulary"]


@dataclass(frozen=True, slots=True)
class Term:
    """One term.

    Attributes:
        id: how code and files write it.
        meaning: what it stands for, in a sentence.
        more: what else its vocabulary says of it, e.g. the modes and the CAMEO roots of an event type.
    """

    id: str
    meaning: str
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary(Mapping[str, Term]):
    """A closed set of terms with the source of their definition; maps each id to its term.

    Attributes:
        name: name of its file.
        about: what the vocabulary is for.
        source: author, year and title of the definition, or ``Rapallo``.
    """

    name: str
    about: str
    source: str
    terms: Mapping[str, Term]

    def __getitem__(self, term: str) -> Term:
        try:
            return self.terms[term]
        except KeyError:
            msg = f"{term!r} is not in the vocabulary {self.name!r}"
            raise VocabularyError(msg, hint=f"it holds {', '.join(self.terms)}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, term: object) -> bool:
        return term in self.terms


@cache
def names() -> tuple[str, ...]:
    """The names of all vocabularies, in alphabetical order.

    Examples:
        >>> "event_types" in names()
        True
    """
    here = files("rapallo.vocab")
    return tuple(sorted(p.name.removesuffix(".yaml") for p in here.iterdir() if p.name.endswith(".yaml")))


@cache
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of that name.

    Raises:
        VocabularyError: where there is none.

    Examples:
        >>> vocabulary("clause_kinds")["defence"].meaning
        'come to the help of a party that is attacked'
    """
    if name not in names():
        msg = f"there is no vocabulary {name!r}"
        raise VocabularyError(msg, hint=f"there are {', '.join(names())}")
    raw = yaml.load(files("rapallo.vocab").joinpath(f"{name}.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    terms = {}
    for term, entry in raw["terms"].items():
        entry = {"meaning": entry} if isinstance(entry, str) else dict(entry)  # noqa: PLW2901
        terms[term] = Term(term, entry.pop("meaning"), entry)
    return Vocabulary(name, raw["about"], raw["source"], terms)


def check(name: str, term: str) -> str:
    """The term itself, where the vocabulary holds it.

    Raises:
        VocabularyError: where it does not.

    Examples:
        >>> check("polarities", "nearly")
        'nearly'
    """
    return vocabulary(name)[term].id
