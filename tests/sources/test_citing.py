"""Citations in the forms others read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.sources.citing import bibtex, csl, keys, markdown
from rapallo.sources.dataset import Citation, dataset, names

WORK = Citation(
    author=("Ćosić & Sons, Ana", "Institute for Peace and War"),
    year=2001,
    title="50% of {treaties} \\ $5 #1_a ~b^c",
    container="War & Peace",
    volume="27",
    issue="1",
    pages="31-41",
    doi="10.1000/a_b%c#d",
    address="https://example.org/a_b?c=1&d=2%203#top",
)


def fields(entry: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) = \{(.*)\},?$", entry, re.MULTILINE))


def test_bibtex_escapes_what_it_takes_for_commands_and_leaves_addresses():
    entry = bibtex(WORK)
    assert entry.startswith("@article{cosicsons2001,\n")
    found = fields(entry)
    assert found["title"] == (
        r"{50\% of \textbraceleft{}treaties\textbraceright{} \textbackslash{} \$5 \#1\_a "
        r"\textasciitilde{}b\textasciicircum{}c}"
    )
    assert found["journal"] == r"War \& Peace"
    assert found["author"] == r"Ćosić \& Sons, Ana and {Institute for Peace and War}"
    assert found["pages"] == "31--41"
    assert (found["doi"], found["url"]) == (WORK.doi, WORK.address)


@pytest.mark.parametrize("pages", ["31-41", "31--41", "31–41"])
def test_pages_are_parted_by_two_dashes(pages):
    assert fields(bibtex(WORK.model_copy(update={"pages": pages})))["pages"] == "31--41"


@pytest.mark.parametrize(
    ("kind", "entry", "holder", "maker"),
    [
        ("article-journal", "article", "journal", "publisher"),
        ("book", "book", "journal", "publisher"),
        ("chapter", "incollection", "booktitle", "publisher"),
        ("report", "techreport", "journal", "institution"),
        ("dataset", "misc", "journal", "publisher"),
    ],
)
def test_kinds_of_works(kind, entry, holder, maker):
    work = WORK.model_copy(update={"type": kind, "publisher": "Press"})
    assert bibtex(work).startswith(f"@{entry}{{")
    assert fields(bibtex(work))[holder] == r"War \& Peace"
    assert fields(bibtex(work))[maker] == "Press"
    assert csl(work)["type"] == kind


@given(st.text(min_size=1), st.text())
def test_braces_of_any_entry_close(title, address):
    entry = bibtex(WORK.model_copy(update={"title": title, "address": address}), "key")
    depth = 0
    for sign in entry:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0


def test_markdown_leaves_out_what_is_not_known():
    bare = Citation(author=("Anonymous",), year=1900, title="A report", type="report")
    assert markdown(bare) == "Anonymous (1900). A report"
    assert markdown(bare.model_copy(update={"address": "https://example.org"})).endswith(
        ". https://example.org"
    )
    three = bare.model_copy(update={"author": ("A, B", "C, D", "E, F")})
    assert markdown(three).startswith("A, B; C, D & E, F (1900)")


def test_csl_parts_persons_from_bodies():
    item = csl(WORK)
    assert item["author"] == [
        {"family": "Ćosić & Sons", "given": "Ana"},
        {"literal": "Institute for Peace and War"},
    ]
    assert item["issued"] == {"date-parts": [[2001]]}
    assert "publisher" not in item


def test_keys_differ():
    works = [WORK] * 60
    assert len(set(keys(works))) == 60
    assert keys([WORK.model_copy(update={"author": ("外交部",)})]) == ["2001"]


def test_every_work_of_the_catalogue_can_be_cited():
    works = [work for name in names() for work in dataset(name).cite]
    assert len(works) > 30
    for work, ident in zip(works, keys(works), strict=True):
        assert markdown(work)
        assert csl(work, ident)["id"] == ident
        assert fields(bibtex(work, ident))["title"]
