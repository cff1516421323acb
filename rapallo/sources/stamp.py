"""What every row of a file says of where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from rapallo.model import Envelope, Interval
from rapallo.sources.quoting import literal

__all__ = ["Stamp"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """The part of the envelope that all rows of a file share.

    Attributes:
        source: id of the release.
        release: its version.
        file: name of the file.
        confidence: of its rows.
    """

    source: str
    release: str
    file: str
    confidence: float

    def columns(self) -> str:
        """The columns of the envelope as the end of a SELECT, but for the days and the line."""
        cells = {
            "source": literal(self.source),
            "release": literal(self.release),
            "file": literal(self.file),
            "confidence": f"{self.confidence!r}::DOUBLE",
            "basis": "'loaded'",
            "checked_against": "''",
            **dict.fromkeys(("quote_exact", "quote_prefix", "quote_suffix"), "NULL::VARCHAR"),
            **dict.fromkeys(("quote_start", "quote_end"), "NULL::INTEGER"),
        }
        return ", ".join(f"{cell} AS {name}" for name, cell in cells.items())

    def envelope(self, when: Interval, line: int, *, confidence: float | None = None) -> Envelope:
        """The envelope of one row."""
        sure = self.confidence if confidence is None else confidence
        return Envelope(self.source, self.release, when, sure, "loaded", file=self.file, line=line)
