"""Pictures as SVG strings, made in Python once for the brief, the desk and measures; no script in them.

Colours are CSS custom properties (``--rp-...``) with their light values as fallback; :func:`palette_css`
gives the rules that set them for light, dark and print.
"""

from rapallo.draw.bars import stake_bars_svg
from rapallo.draw.ego import ego_svg
from rapallo.draw.heat import heat_svg
from rapallo.draw.lines import lines_svg
from rapallo.draw.links import Link
from rapallo.draw.map import map_svg
from rapallo.draw.measured import measured_svg
from rapallo.draw.png import svg_to_png
from rapallo.draw.ranking import ranking_svg
from rapallo.draw.series import Event, Series
from rapallo.draw.spark import braille, spark
from rapallo.draw.theme import palette_css
from rapallo.draw.timeline import Mark, timeline_svg
from rapallo.draw.tree import tree_svg

__all__ = [
    "Event",
    "Link",
    "Mark",
    "Series",
    "braille",
    "ego_svg",
    "heat_svg",
    "lines_svg",
    "map_svg",
    "measured_svg",
    "palette_css",
    "ranking_svg",
    "spark",
    "stake_bars_svg",
    "svg_to_png",
    "timeline_svg",
    "tree_svg",
]
