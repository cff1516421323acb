"""The store: sourced, dated rows in one DuckDB file, asked by named questions and read as of a day."""

from rapallo.record.review import Review, ReviewItem
from rapallo.record.store import Record
from rapallo.record.view import View
from rapallo.record.writer import Written

__all__ = ["Record", "Review", "ReviewItem", "View", "Written"]
