"""Works as citations: Markdown, BibTeX, CSL."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rapallo.sources.dataset import Citation

__all__ = ["bibtex", "csl", "keys", "markdown"]

_KINDS = {
    "article-journal": "article",
    "book": "book",
    "dataset": "misc",
    "report": "techreport",
    "chapter": "incollection",
}
_SIGNS = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%#_$"}
    | {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def keys(works: Sequence[Citation]) -> list[str]:
    """A key for each work, all of them different: the family name of its first author and the year.

    Examples:
        >>> from rapallo.sources.dataset import Citation
        >>> work = Citation(author=("Bakker, Femke",), year=2001, title="One")
        >>> keys([work, work.model_copy(update={"title": "Two"})])
        ['bakker2001', 'bakker2001b']
    """
    found: list[str] = []
    for work in works:
        plain = unicodedata.normalize("NFKD", work.author[0].split(",")[0].casefold())
        stem = "".join(c for c in plain if c.isascii() and c.isalnum()) + str(work.year)
        tails = ("", *ascii_lowercase[1:], *(f"-{n}" for n in range(27, len(works) + 28)))
        found.append(next(stem + tail for tail in tails if stem + tail not in found))
    return found


def markdown(work: Citation) -> str:
    """A work in one line.

    Examples:
        >>> from rapallo.sources.dataset import Citation
        >>> work = Citation(author=("Emerson, Richard",), year=1962, title="Power-Dependence Relations",
        ...                 container="American Sociological Review", volume="27", issue="1", pages="31-41")
        >>> markdown(work)
        'Emerson, Richard (1962). Power-Dependence Relations. *American Sociological Review* 27(1): 31-41'
    """
    authors = " & ".join(filter(None, ("; ".join(work.author[:-1]), work.author[-1])))
    text = f"{authors} ({work.year}). {work.title}"
    if work.container:
        issue = f"({work.issue})" if work.issue else ""
        text += f". *{work.container}*" + (f" {work.volume}{issue}" if work.volume else "")
        text += f": {work.pages}" if work.pages else ""
    text += f". {work.publisher}" if work.publisher else ""
    return text + (f". doi:{work.doi}" if work.doi else f". {work.address}" if work.address else "")


def bibtex(work: Citation, ident: str = "") -> str:
    """A work as an entry of BibTeX.

    Args:
        work: to be cited.
        ident: its key, where that is not just its author and year.
    """
    container = "booktitle" if work.type == "chapter" else "journal"
    fields = {
        "author": " and ".join(_person(name) for name in work.author),
        "year": str(work.year),
        "title": f"{{{_escaped(work.title)}}}",
        container: _escaped(work.container),
        "volume": _escaped(work.volume),
        "number": _escaped(work.issue),
        "pages": re.sub("-+|–", "--", _escaped(work.pages)),
        "institution" if work.type == "report" else "publisher": _escaped(work.publisher),
        "doi": _address(work.doi),
        "url": _address(work.address),
    }
    told = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{_KINDS[work.type]}{{{ident or keys([work])[0]},\n{told}\n}}"


def _person(name: str) -> str:
    """A name as BibTeX takes it; one without a comma is that of a body, and is held together."""
    return _escaped(name) if "," in name else f"{{{_escaped(name)}}}"


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_SIGNS)


def _address(text: str) -> str:
    """An address or DOI, which is taken as it stands; braces would end the field."""
    return text.replace("{", "%7B").replace("}", "%7D")


def csl(work: Citation, ident: str = "") -> dict[str, Any]:
    """A work as an item of CSL JSON.

    Args:
        work: to be cited.
        ident: its id, where that is not just its author and year.
    """
    people = []
    for name in work.author:
        family, _, given = name.partition(", ")
        people.append({"family": family, "given": given} if given else {"literal": family})
    item = {
        "id": ident or keys([work])[0],
        "type": work.type,
        "author": people,
        "issued": {"date-parts": [[work.year]]},
        "title": work.title,
        "container-title": work.container,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "publisher": work.publisher,
        "DOI": work.doi,
        "URL": work.address,
    }
    return {name: value for name, value in item.items() if value}
