"""Whom a move rattles, and why: named effects of a move on every state, each with its card and its rows."""

from rapallo.effects.changes import leverage_changes, obligation_changes
from rapallo.effects.move import before_and_after, recorded, supposed_move
from rapallo.effects.registry import models
from rapallo.effects.stakes import band, stakes
from rapallo.effects.weights import Weights, load_weights

__all__ = [
    "Weights",
    "band",
    "before_and_after",
    "leverage_changes",
    "load_weights",
    "models",
    "obligation_changes",
    "recorded",
    "stakes",
    "supposed_move",
]
