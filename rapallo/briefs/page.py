"""A brief as one self-contained page: no script, nothing fetched, words of strangers escaped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from rapallo.briefs import pictures
from rapallo.briefs.article import paragraphs
from rapallo.briefs.outline import anchor, meaning, outline
from rapallo.briefs.words import plain
from rapallo.draw import palette_css
from rapallo.model import Brief

__all__ = ["render_html"]


def render_html(brief: Brief) -> str:
    """A brief as one HTML page.

    Returns:
        A document with its styles and pictures inside. A content security policy forbids scripts and
        requests; the text, its title and the record's words are escaped.
    """
    page = outline(brief)
    drawn = [
        {
            "part": part,
            "map": Markup(pictures.map_of(page, part)),  # noqa: S704 - drawn here, words escaped
            "ego": Markup(pictures.ego(page, part)),  # noqa: S704
            "bars": {card.actor: Markup(pictures.bars(card)) for card in part.cards},  # noqa: S704
        }
        for part in page.moves
    ]
    return _template().render(
        page=page,
        brief=brief,
        moves=drawn,
        article=paragraphs(brief.document.text, brief.claims),
        timeline=Markup(pictures.timeline(page)),  # noqa: S704
        palette=Markup(palette_css()),  # noqa: S704
        style=Markup(_read("brief.css")),  # noqa: S704
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"plain": plain, "anchor": anchor, "meaning": meaning}
    return environment.from_string(_read("brief.html.j2"))


def _read(name: str) -> str:
    return files("rapallo.briefs").joinpath("templates", name).read_text("utf-8")
