"""The record in the forms of others: tables, graphs, maps, statements."""

from rapallo.record.exports.forms import FORMATS, export

__all__ = ["FORMATS", "export"]
