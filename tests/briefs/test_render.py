from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from rich.console import Console

from rapallo.briefs import brief_json, render_html, render_markdown, render_terminal
from rapallo.briefs.article import paragraphs
from rapallo.briefs.outline import outline
from rapallo.model import Quote
from tests.briefs.sample import BRIEF, CLAIMS, EMPTY, HOSTILE, MOVE, ROWS, STAKES, TEXT

FORBIDDEN = {"script", "iframe", "object", "embed", "img", "form", "base"}


def terminal(brief):
    console = Console(width=100, record=True, force_terminal=False, highlight=False, quiet=False)
    with console.capture() as captured:
        render_terminal(brief, console)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


class Page(HTMLParser):
    """Collects what a test asks of a page: its tags, ids, links and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value)

    def handle_data(self, data):
        self.words += data


@pytest.mark.parametrize("brief", [BRIEF, EMPTY], ids=["pact", "empty"])
def test_markdown_stays_as_it_is(brief, snapshot):
    assert render_markdown(brief) == snapshot


@pytest.mark.parametrize("brief", [BRIEF, EMPTY], ids=["pact", "empty"])
def test_terminal_stays_as_it_is(brief, snapshot):
    assert terminal(brief) == snapshot


@pytest.mark.parametrize("brief", [BRIEF, EMPTY], ids=["pact", "empty"])
def test_json_stays_as_it_is(brief, snapshot):
    assert json.dumps(brief_json(brief), ensure_ascii=False, indent=1) == snapshot


def test_json_holds_what_the_contract_names():
    made = brief_json(BRIEF)
    wanted = (
        "document claims checks moves stakes reactions obligations leverage outlook options open_questions "
        "diagnostics"
    )
    assert set(wanted.split()) <= set(made)
    assert made["reactions"]["status"] == "unavailable"
    assert made["reactions"]["why"]
    assert made["stakes"][0]["move"] == "m1"
    part = made["stakes"][0]["parts"][0]
    assert {"effect", "direction", "size", "unit", "band", "why", "path"} <= set(part)
    assert {"id", "kind", "parties", "what", "when", "claims"} <= set(made["moves"][0])
    assert len(made["diagnostics"]) == 4
    assert json.loads(json.dumps(made)) == made


def test_who_is_rattled_comes_before_the_claims():
    for text in (terminal(BRIEF), render_markdown(BRIEF), Page(render_html(BRIEF)).words):
        lower = text.casefold()
        assert (
            lower.index("who is rattled")
            < lower.index("what is claimed")
            < lower.index("duties that changed")
        )


def test_every_reason_shows_its_rows_and_the_quote_of_the_move():
    text = Page(render_html(BRIEF)).words
    for key, row in ROWS.items():
        assert row["label"] in text
        assert key in text
    assert CLAIMS[0].quote.exact in text


def test_every_link_leads_somewhere_on_the_page_and_ids_are_unique():
    page = Page(render_html(BRIEF))
    inner = [link for link in page.links if link.startswith("#")]
    assert inner
    assert {link[1:] for link in inner} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_page_asks_for_nothing_from_outside():
    page = Page(render_html(BRIEF))
    assert not FORBIDDEN & page.tags
    assert all(link.startswith(("#", "data:,")) for link in page.links)
    assert "url(" not in render_html(BRIEF)


def hostile():
    """The sample with hostile words wherever strangers' words come in."""
    text = HOSTILE + "\n" + TEXT
    shift = len(HOSTILE) + 1
    claims = tuple(
        replace(
            c,
            quote=Quote.cut(text, c.quote.start + shift, c.quote.end + shift),
            actor_names=(HOSTILE,),
            where=HOSTILE,
        )
        for c in CLAIMS
    )
    bad = replace(claims[0], id="c1", quote=Quote.cut(text, 0, len(HOSTILE)))
    stance = replace(claims[2], stance=replace(claims[2].stance, content=HOSTILE))
    rows = {k: {**r, "label": HOSTILE, "source_title": HOSTILE, "name": HOSTILE} for k, r in ROWS.items()}
    parts = tuple(replace(p, why=HOSTILE) for p in STAKES[0].parts)
    return replace(
        BRIEF,
        document=replace(BRIEF.document, title=HOSTILE, text=text, address=HOSTILE),
        claims=(bad, claims[1], stance),
        moves=(replace(MOVE, what=HOSTILE),),
        stakes={"m1": (replace(STAKES[0], parts=parts), *STAKES[1:])},
        checks=tuple(replace(c, why=HOSTILE, covered_by=HOSTILE) for c in BRIEF.checks),
        open_questions=(HOSTILE,),
        diagnostics=tuple(replace(d, text=HOSTILE, why=HOSTILE, claims=()) for d in BRIEF.diagnostics),
        rows=rows,
    )


def test_hostile_words_stay_words_on_the_page():
    html = render_html(hostile())
    page = Page(html)
    assert not FORBIDDEN & page.tags
    assert not {name for name in page.attributes if name.startswith("on")}
    assert not [link for link in page.links if not link.startswith(("#", "data:,"))]
    assert "alert(1)" in page.words
    assert "{{7*7}}" in page.words


def test_hostile_words_stay_words_in_markdown_and_on_a_terminal():
    markdown = render_markdown(hostile())
    assert not re.search(r"(?<!\\)<script", markdown)
    assert not re.search(r"(?<!\\)\]\(", markdown)
    assert "[bold]" in terminal(hostile())


def test_no_claims_says_why_sentence_by_sentence():
    for text in (terminal(EMPTY), render_markdown(EMPTY), Page(render_html(EMPTY)).words):
        assert "No claims found" in text
        for entry in EMPTY.diagnostics:
            assert entry.text in text
            assert entry.why in text


def test_pieces_of_the_article_give_back_its_text_whatever_the_quotes_overlap():
    nested = replace(CLAIMS[0], id="c9", quote=Quote.cut(TEXT, 10, 25))
    across = replace(CLAIMS[0], id="c8", quote=Quote.cut(TEXT, 40, 70))
    claims = (*CLAIMS, nested, across)
    cut = paragraphs(TEXT, claims)
    assert ["".join(p.text for p in paragraph) for paragraph in cut] == TEXT.split("\n")
    begins = [c for paragraph in cut for piece in paragraph for c in piece.begins]
    assert sorted(begins) == sorted(c.id for c in claims)
    covered = "".join(p.text for paragraph in cut for p in paragraph if "c9" in p.claims)
    assert covered == nested.quote.exact


def test_headline_names_the_highest_and_nobody_low():
    headline = outline(BRIEF).headline
    assert "China and South Korea have most at stake" in headline
    assert "Japan" not in headline


def test_a_text_without_a_move_says_so():
    page = outline(replace(BRIEF, moves=(), stakes={}, obligations=(), leverage=()))
    assert "no new move" in page.headline
    assert "no new move" in Page(render_html(page.brief)).words


def test_a_recalled_row_is_marked_as_unchecked():
    assert "recalled, not checked" in render_markdown(BRIEF)
