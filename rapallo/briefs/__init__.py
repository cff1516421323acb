"""One document, read and weighed: the brief, and how it is printed.

Whom its moves rattle and why comes first; then its claims beside what the record says of them, the duties and
the leverage that changed, who is said to fear or want what, and what the text leaves open.
"""

from rapallo.briefs.assemble import brief
from rapallo.briefs.moves import moves
from rapallo.briefs.page import render_html
from rapallo.briefs.plain import render_markdown
from rapallo.briefs.terminal import render_terminal
from rapallo.briefs.twin import brief_json

__all__ = ["brief", "brief_json", "moves", "render_html", "render_markdown", "render_terminal"]
