"""In which domains lost leverage counts: four always, others where the weights say so."""

from __future__ import annotations

from dataclasses import replace

from rapallo.effects import leverage_changes, load_weights, stakes, supposed_move
from rapallo.effects.leverage_lost import levers
from rapallo.effects.weights import Scale
from tests.measures.worlds import ON, FakeView, strength, tie

HELD = replace(tie("n", "agreement", "RUS", "IRN"), about="nuclear cooperation: comprehensive power")
VIEW = FakeView(held=(HELD,), amounts=strength(RUS=0.05, IRN=0.02, CHN=0.2))
MOVE = supposed_move(["CHN", "IRN"], "partnership", on=ON)


def test_technology_is_lost_only_where_the_weights_name_it():
    weights = load_weights()
    assert levers(weights) == ("trade", "energy", "arms", "protection")
    named = {**weights.effects, "leverage_lost/technology": Scale(weight=0.2, scale=0.1)}
    wider = weights.model_copy(update={"effects": named})
    assert levers(wider) == ("trade", "energy", "arms", "protection", "technology")

    def lost(these):
        return {(s.actor, p.part) for s in stakes(VIEW, MOVE, weights=these) for p in s.parts}

    assert not {part for _, part in lost(weights)} & {"technology", "leverage_lost/technology"}
    assert any(actor == "RUS" for actor, _ in lost(wider))
    assert {change.domain for change in leverage_changes(VIEW, MOVE)} <= set(levers(weights))
