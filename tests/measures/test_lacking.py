"""What measures are made of, and who is told what to add."""

from __future__ import annotations

import pytest

from rapallo.measures.lacking import needs, reason, span
from rapallo.measures.panel import Panel
from rapallo.measures.registry import yearly
from rapallo.record import Record
from rapallo.sources.dataset import names
from rapallo.vocab import vocabulary

TERMS = {"trait": "trait_names", "dyad": "dyad_names", "flow": "flow_kinds", "tie": "tie_kinds"}


@pytest.mark.parametrize("name", yearly())
def test_the_inputs_of_every_measure_are_known(name):
    for line in yearly()[name].card.inputs:
        family = line.partition(": ")[0]
        if ": " in line:
            assert any(need.family == family for need in needs(yearly()[name].card)), line


@pytest.mark.parametrize("name", yearly())
def test_what_is_to_be_added_is_there_to_be_added(name):
    for need in needs(yearly()[name].card):
        assert set(need.datasets) <= set(names())
        if need.family in TERMS:
            assert need.name in vocabulary(TERMS[need.family])


@pytest.fixture(scope="module")
def panel():
    with Record.open(empty=True) as record:
        yield Panel(record, 1990, 1990)


@pytest.mark.parametrize("name", yearly())
def test_a_record_without_anything_says_what_would_help(panel, name):
    lack = reason(panel, 0, yearly()[name].card)
    assert all(span(panel, need) is None for need in needs(yearly()[name].card))
    assert lack.why.startswith("the record holds no ")
    assert "rapallo sources add " in lack.hint
