"""Leadership in alliance blocs: by hand, bounds, and what must not change it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.measures.leadership import MEASURES, concentration, margin, patron, share
from rapallo.measures.panel import Panel
from rapallo.model import Bulk
from rapallo.record import Record
from tests.measures.test_centrality import dyad
from tests.record import world

QUICK = settings(max_examples=50, deadline=None)
ALL = (share, margin, patron, concentration)
# 0 with 1 and 2, 3 with nobody
ALLIED = np.array([[0, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]], dtype=bool)


@st.composite
def blocs(draw, most: int = 7) -> tuple[np.ndarray, np.ndarray]:
    count = draw(st.integers(0, most))
    cells = draw(st.lists(st.booleans(), min_size=count**2, max_size=count**2))
    upper = np.triu(np.array(cells, dtype=bool).reshape(count, count), 1)
    amounts = st.sampled_from((0.0, 0.01, 0.02, 0.15, np.nan))
    return upper | upper.T, np.array(draw(st.lists(amounts, min_size=count, max_size=count)), dtype=float)


def test_a_bloc_by_hand() -> None:
    capability = np.array([0.12, 0.06, 0.02, 0.5])
    nothing = pytest.approx(np.nan, nan_ok=True)
    assert share(ALLIED, capability) == pytest.approx([12 / 20, 6 / 18, 2 / 14, np.nan], nan_ok=True)
    assert patron(ALLIED, capability) == pytest.approx([6 / 20, 12 / 18, 12 / 14, np.nan], nan_ok=True)
    assert margin(ALLIED, capability) == pytest.approx([6 / 18, -6 / 18, -10 / 14, np.nan], nan_ok=True)
    # shares .6 .3 .1: sqrt((.46 - 1/3) / (2/3)); two states: the difference of the shares
    expected = [((0.46 - 1 / 3) / (2 / 3)) ** 0.5, 6 / 18, 10 / 14]
    found = concentration(ALLIED, capability)
    assert found[:3] == pytest.approx(expected)
    assert found[3] == nothing


def test_one_unknown_ally_leaves_no_value() -> None:
    capability = np.array([0.12, np.nan, 0.02, 0.5])
    for of in ALL:
        assert np.isnan(of(ALLIED, capability)).tolist() == [True, True, False, True]


def test_a_bloc_without_capability_has_no_leader() -> None:
    for of in ALL:
        assert np.isnan(of(ALLIED, np.zeros(4))).all()


def test_one_that_has_it_all() -> None:
    capability = np.array([0.3, 0.0, 0.0, 0.1])
    assert [of(ALLIED, capability)[0] for of in ALL] == pytest.approx([1.0, 1.0, 0.0, 1.0])
    assert [of(ALLIED, capability)[1] for of in ALL] == pytest.approx([0.0, -1.0, 1.0, 1.0])


@QUICK
@given(blocs())
def test_bounds(given_) -> None:
    with np.errstate(invalid="ignore"):
        for of, lowest in ((share, 0), (margin, -1), (patron, 0), (concentration, 0)):
            found = of(*given_)
            assert found.shape == given_[1].shape
            known = found[np.isfinite(found)]
            assert ((known >= lowest) & (known <= 1 + 1e-12)).all()


@QUICK
@given(blocs(), st.randoms(use_true_random=False), st.sampled_from((0.5, 100.0)))
def test_neither_other_names_nor_another_unit_nor_a_loner_change_it(given_, chance, unit: float) -> None:
    allied, capability = given_
    order = list(range(len(allied)))
    chance.shuffle(order)
    for of in ALL:
        plain = of(allied, capability)
        renamed = of(allied[np.ix_(order, order)], capability[order] * unit)
        assert renamed == pytest.approx(plain[order], nan_ok=True, abs=1e-12)
        more = of(np.pad(allied, (0, 1)), np.append(capability, 0.4))
        assert more[:-1] == pytest.approx(plain, nan_ok=True, abs=1e-12)


def test_values_of_a_year() -> None:
    traits = [
        {"id": f"cinc-{who}", "actor": who, "name": "cinc", "value": value, **world.in_year(1960)}
        for who, value in (("USA", 0.2), ("GBR", 0.05), ("FRA", 0.03))
    ]
    dyads = [dyad("USA", "GBR", "atop_defence", 1960), dyad("GBR", "PRT", "atop_defence", 1960)]
    tables = {"trait": (world.rows("trait", *traits),), "dyad": (world.rows("dyad", *dyads),)}
    with Record.open(empty=True) as record:
        record.load(Bulk(world.SOURCE, tables))
        panel = Panel(record, 1960, 1961)
        usa, gbr, fra = (panel.system.position(who, 1960) for who in ("USA", "GBR", "FRA"))
        for measure in MEASURES:
            found = measure.compute(panel, 0)
            # Portugal's capability is unknown, France has no ally
            assert np.isnan(found[[gbr, fra]]).all()
            assert np.isnan(measure.compute(panel, 1)).all()
            expected = {"leadership": 0.8, "patron": 0.2}.get(measure.card.id.rpartition("-")[2], 0.6)
            assert found[usa] == pytest.approx(expected)


def test_every_card_is_filled() -> None:
    for measure in MEASURES:
        card = measure.card
        assert all((card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits))
        assert all((card.coding, card.missing, card.coverage, card.checked)), card.id
