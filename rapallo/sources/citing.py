"""Works as citations: Markdown, BibTeX, CSL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rapallo.sources.dataset import Citation

__all__ = ["bibtex", "csl", "markdown"]

_KINDS = {
    "article-journal": "article",
    "book": "book",
    "dataset": "misc",
    "report": "techreport",
    "chapter": "incollection",
}


def key(work: Citation) -> str:
    """The key of a work: the family name of its first author and the year."""
    family = work.author[0].split(",")[0]
    return "".join(c for c in family.casefold() if c.isalnum()) + str(work.year)


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


def bibtex(work: Citation) -> str:
    """A work as an entry of BibTeX."""
    container = "booktitle" if work.type == "chapter" else "journal"
    fields = {
        "author": " and ".join(work.author),
        "year": str(work.year),
        "title": f"{{{work.title}}}",
        container: work.container,
        "volume": work.volume,
        "number": work.issue,
        "pages": work.pages.replace("-", "--"),
        "publisher": work.publisher,
        "doi": work.doi,
        "url": work.address,
    }
    told = ",\n".join(f"  {name} = {{{_escaped(value)}}}" for name, value in fields.items() if value)
    return f"@{_KINDS[work.type]}{{{key(work)},\n{told}\n}}"


def _escaped(text: str) -> str:
    return text.replace("&", r"\&").replace("%", r"\%").replace("#", r"\#").replace("_", r"\_")


def csl(work: Citation) -> dict[str, Any]:
    """A work as an item of CSL JSON."""
    people = []
    for name in work.author:
        family, _, given = name.partition(", ")
        people.append({"family": family, "given": given} if given else {"literal": family})
    item = {
        "id": key(work),
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
