"""One document, read and weighed: the brief, and how it is printed.

Whom its moves rattle and why comes first; then its claims beside what the record says of them, the duties and
the leverage that changed, who is said to fear or want what, and what the text leaves open.
"""

import sys
from types import ModuleType
from typing import Any

from rapallo.brief.assemble import brief
from rapallo.brief.moves import moves
from rapallo.brief.page import render_html
from rapallo.brief.plain import render_markdown
from rapallo.brief.terminal import render_terminal
from rapallo.brief.twin import brief_json
from rapallo.model import Brief

__all__ = ["brief", "brief_json", "moves", "render_html", "render_markdown", "render_terminal"]


class _Face(ModuleType):
    """Lets ``rapallo.brief(text, ...)`` be called although the floor bears the name of its verb."""

    def __call__(self, *asked: Any, **more: Any) -> Brief:
        return brief(*asked, **more)


sys.modules[__name__].__class__ = _Face
