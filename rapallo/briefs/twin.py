"""The JSON twin of a brief."""

from __future__ import annotations

from typing import Any

from rapallo.model import Brief, to_json

__all__ = ["brief_json"]


def brief_json(brief: Brief) -> dict[str, Any]:
    """A brief as JSON.

    Returns:
        ``document, on, claims, checks, moves, stakes, reactions, obligations, leverage, outlook, options,
        open_questions, diagnostics, rows``; each stake names its ``move``, ``rows`` maps the id of a row to
        what the record holds. A part that is not there is
        ``{"status": "unavailable", "why": ...}``.
    """
    made: dict[str, Any] = to_json(brief)
    for move in made["moves"]:
        if move["tie"] is not None:
            move["tie"] = move["tie"]["id"]
    made["stakes"] = [{"move": move, **stake} for move, found in made["stakes"].items() for stake in found]
    return made
