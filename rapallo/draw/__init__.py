"""Pictures as SVG strings, made in Python once for the brief and the desk; no script in them.

Colours are CSS custom properties (``--rp-...``) with their light values as fallback; :func:`palette_css`
gives the rules that set them for light, dark and print.
"""

from rapallo.draw.bars import stake_bars_svg
from rapallo.draw.ego import ego_svg
from rapallo.draw.links import Link
from rapallo.draw.map import map_svg
from rapallo.draw.theme import palette_css
from rapallo.draw.timeline import Mark, timeline_svg

__all__ = ["Link", "Mark", "ego_svg", "map_svg", "palette_css", "stake_bars_svg", "timeline_svg"]
