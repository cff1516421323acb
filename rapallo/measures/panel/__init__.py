"""What a record holds, as grids of years by states: the ground that measures and dyad-years stand on."""

from rapallo.measures.panel.cells import Cells
from rapallo.measures.panel.panel import Panel
from rapallo.measures.panel.system import System, system

__all__ = ["Cells", "Panel", "System", "system"]
