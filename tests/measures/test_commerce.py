"""Trade shares, Barbieri's indices, dependence and concentration: cases by hand, and what must not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rapallo.measures import commerce
from rapallo.measures.panel import Panel
from rapallo.model import Batch, Envelope, Flow, Source, Trait, year
from rapallo.record import Record

NAN = np.nan
BY_ID = {measure.card.id: measure for measure in commerce.MEASURES}

# Three states. 0 sends 30 to 1 and 10 to 2; 1 sends 20 to 0 and nothing to 2; 2 sends 40 to 0, and what it
# sends to 1 is missing.
SENT = np.array([[NAN, 30.0, 10.0], [20.0, NAN, 0.0], [40.0, NAN, NAN]])
NONE = np.full(3, NAN)


def world(states: int):
    """Flows among states, some missing, with an empty diagonal."""
    amounts = st.one_of(st.just(NAN), st.just(0.0), st.floats(0.01, 1e6))
    made = arrays.arrays(np.float64, (states, states), elements=amounts)
    return made.map(lambda sent: np.where(np.eye(states, dtype=bool), NAN, sent))


worlds = st.integers(0, 6).flatmap(world)


def share_of(sent: np.ndarray) -> np.ndarray:
    none = np.full(len(sent), NAN)
    return commerce.shares(commerce.between(sent), commerce.totals(sent, none, none))


def test_the_trade_of_a_pair_is_missing_where_either_way_is() -> None:
    # 0 and 1: 30 + 20; 0 and 2: 10 + 40; 1 and 2: 0 + missing.
    expected = [[NAN, 50.0, 50.0], [50.0, NAN, NAN], [50.0, NAN, NAN]]
    np.testing.assert_array_equal(commerce.between(SENT), expected)


def test_a_missing_flow_is_left_out_of_sums() -> None:
    # 0: exports 30 + 10, imports 20 + 40; 1: exports 20 + 0, imports 30; 2: exports 40, imports 10 + 0.
    np.testing.assert_array_equal(commerce.totals(SENT, NONE, NONE), [100.0, 50.0, 50.0])


def test_reported_totals_count_where_they_are_not_below_the_sum() -> None:
    exports, imports = np.array([60.0, 15.0, NAN]), np.array([50.0, NAN, 30.0])
    # 0: 60 (sum 40) + sum 60 (reported 50); 1: sum 20 (reported 15) + sum 30; 2: sum 40 + 30 (sum 10).
    np.testing.assert_array_equal(commerce.totals(SENT, exports, imports), [120.0, 50.0, 70.0])


def test_shares() -> None:
    # 0: 50/100 and 50/100; 1: 50/50 with 0; 2: 50/50 with 0.
    expected = [[NAN, 0.5, 0.5], [1.0, NAN, NAN], [1.0, NAN, NAN]]
    np.testing.assert_array_equal(share_of(SENT), expected)


def test_barbieri() -> None:
    share = np.array([[NAN, 0.64], [0.25, NAN]])
    # sqrt(0.64 * 0.25) = 0.8 * 0.5; 1 - (0.64 - 0.25) = 0.61; 0.4 * 0.61 = 0.244.
    assert commerce.salience(share)[0, 1] == pytest.approx(0.4)
    assert commerce.symmetry(share)[0, 1] == pytest.approx(0.61)
    assert commerce.interdependence(share)[1, 0] == pytest.approx(0.244)


def test_dependence_and_its_asymmetry() -> None:
    # 50/1000 = 0.05 and 50/200 = 0.25; no product, none.
    found = commerce.dependence(commerce.between(SENT), np.array([1000.0, 200.0, NAN]))
    np.testing.assert_array_equal(found, [[NAN, 0.05, 0.05], [0.25, NAN, NAN], [NAN] * 3])
    difference = commerce.asymmetry(found)
    assert (difference[1, 0], difference[0, 1]) == (pytest.approx(0.2), pytest.approx(-0.2))
    assert np.isnan(difference[0, 2])


def test_no_product_is_not_a_product_of_zero() -> None:
    assert np.isnan(commerce.dependence(np.array([[NAN, 5.0], [5.0, NAN]]), np.zeros(2))).all()


def test_concentration() -> None:
    share = np.array([[NAN, 0.3, 0.4, 0.0], [0.0, NAN, 1.0, 0.0], [0.1, 0.39, NAN, NAN], [NAN] * 4])
    # 0.09 + 0.16 = 0.25, its root 0.5; a single partner 1; 0.49 of all trade is too little to tell; nothing.
    np.testing.assert_allclose(commerce.herfindahl(share), [0.25, 1.0, NAN, NAN])
    np.testing.assert_allclose(commerce.hirschman(share), [0.5, 1.0, NAN, NAN])


def test_equal_partners_give_the_inverse_of_their_number() -> None:
    share = np.full((5, 5), 0.25)
    np.fill_diagonal(share, NAN)
    np.testing.assert_allclose(commerce.herfindahl(share), np.full(5, 0.25))
    np.testing.assert_allclose(commerce.hirschman(share), np.full(5, 0.5))


@pytest.mark.parametrize("states", [0, 1, 3])
def test_nothing_gives_nothing(states: int) -> None:
    sent, none = np.full((states, states), NAN), np.full(states, NAN)
    assert np.isnan(commerce.totals(sent, none, none)).all()
    share = share_of(sent)
    assert share.shape == (states, states)
    for found in (share, commerce.interdependence(share), commerce.hirschman(share)):
        assert np.isnan(found).all()


def test_no_trade_at_all_has_no_shares() -> None:
    sent = np.array([[NAN, 0.0], [0.0, NAN]])
    np.testing.assert_array_equal(commerce.totals(sent, np.full(2, NAN), np.full(2, NAN)), [0.0, 0.0])
    assert np.isnan(share_of(sent)).all()


@given(worlds)
def test_bounds_and_symmetry(sent: np.ndarray) -> None:
    share = share_of(sent)
    assert (np.nansum(share, axis=1) <= 1.0 + 1e-9).all()
    for found in (share, commerce.salience(share), commerce.symmetry(share), commerce.interdependence(share)):
        known = found[np.isfinite(found)]
        assert ((known >= 0.0) & (known <= 1.0 + 1e-9)).all()
    for found in (commerce.salience(share), commerce.symmetry(share), commerce.between(sent)):
        np.testing.assert_array_equal(found, found.T)
    difference = commerce.asymmetry(share)
    np.testing.assert_array_equal(difference, -difference.T)
    herfindahl, hirschman = commerce.herfindahl(share), commerce.hirschman(share)
    np.testing.assert_allclose(hirschman**2, herfindahl)
    assert not (herfindahl > hirschman + 1e-9).any()


@given(worlds, st.randoms(use_true_random=False))
def test_names_of_states_do_not_matter(sent: np.ndarray, chance) -> None:
    order = list(range(len(sent)))
    chance.shuffle(order)
    moved = np.ix_(order, order)
    np.testing.assert_allclose(share_of(sent[moved]), share_of(sent)[moved])
    found = commerce.hirschman(share_of(sent))
    np.testing.assert_allclose(commerce.hirschman(share_of(sent[moved])), found[order])


@given(worlds, st.sampled_from([0.5, 2.0, 1024.0]))
def test_the_unit_of_money_does_not_matter_to_shares(sent: np.ndarray, scale: float) -> None:
    np.testing.assert_array_equal(share_of(scale * sent), share_of(sent))


@given(worlds, st.sampled_from([NAN, 0.0]))
def test_a_state_that_trades_with_nobody_changes_nothing(sent: np.ndarray, amount: float) -> None:
    wider = np.full((len(sent) + 1,) * 2, amount)
    wider[:-1, :-1] = sent
    wider[-1, -1] = NAN
    np.testing.assert_allclose(share_of(wider)[:-1, :-1], share_of(sent))
    np.testing.assert_allclose(
        commerce.hirschman(share_of(wider))[:-1], commerce.hirschman(share_of(sent)), rtol=1e-12
    )


SOURCE = Source("ledger", "A ledger of trade")


def in_year(number: int) -> Envelope:
    return Envelope("ledger", "1", year(number), 0.9, "loaded")


def flow(
    origin: str, destination: str, value: float, unit: str = "USD million", what: str = "", at: int = 2000
) -> Flow:
    row = f"{origin}-{destination}-{unit}-{what}"
    return Flow(row, "trade", origin, destination, value, unit, in_year(at), what)


def trait(actor: str, name: str, value: float) -> Trait:
    return Trait(f"{actor}-{name}", actor, name, value, "USD million", in_year(2000))


@pytest.fixture(scope="module")
def panel() -> Panel:
    record = Record.open(empty=True)
    flows = (
        *(flow("CAN", "USA", 200.0), flow("USA", "CAN", 100.0)),
        *(flow("CAN", "MEX", 0.0), flow("MEX", "CAN", 0.0)),
        *(flow("MEX", "USA", 60.0),),
        *(flow("CAN", "USA", 7.0, "tonnes"), flow("CAN", "USA", 50.0, what="wheat")),
    )
    traits = (
        *(trait("CAN", "exports", 300.0), trait("CAN", "imports", 50.0)),
        *(trait("CAN", "gdp", 1000.0), trait("USA", "gdp", 10000.0)),
    )
    record.write(Batch(SOURCE, flows=flows, traits=traits))
    return Panel(record, 1999, 2000)


def value(panel: Panel, name: str, *states: str, at: int = 2000) -> float:
    found = BY_ID[name].compute(panel, at - 1999)
    return found[tuple(panel.system.position(state, 2000) for state in states)].item()


def test_measures_of_a_record(panel: Panel) -> None:
    # Canada: exports 300 as reported (sum 200), imports 100 by sum (reported 50): 300 of 400 with the USA.
    assert value(panel, "trade-share", "CAN", "USA") == 0.75
    # The USA: exports 100 + imports 200 + 60 from Mexico = 360, as Mexico's imports from it are missing.
    assert value(panel, "trade-share", "USA", "CAN") == pytest.approx(300.0 / 360.0)
    assert value(panel, "trade-symmetry", "USA", "CAN") == pytest.approx(1.0 - (300.0 / 360.0 - 0.75))
    assert value(panel, "trade-salience", "USA", "CAN") == pytest.approx((0.75 * 300.0 / 360.0) ** 0.5)
    assert value(panel, "trade-interdependence", "USA", "CAN") == pytest.approx(
        0.625**0.5 * (1.0 - 1.0 / 12.0)
    )
    assert value(panel, "trade-dependence", "CAN", "USA") == 0.3
    assert value(panel, "trade-dependence", "USA", "CAN") == 0.03
    assert value(panel, "trade-dependence-lower", "CAN", "USA") == 0.03
    assert value(panel, "trade-dependence-higher", "USA", "CAN") == 0.3
    assert value(panel, "trade-asymmetry", "USA", "CAN") == pytest.approx(-0.27)
    # 0.75 with the USA and 0 with Mexico.
    assert value(panel, "trade-herfindahl", "CAN") == 0.5625
    assert value(panel, "trade-concentration", "CAN") == 0.75


def test_a_reported_zero_a_missing_flow_and_no_state_are_three_things(panel: Panel) -> None:
    assert value(panel, "trade-share", "CAN", "MEX") == 0.0
    assert np.isnan(value(panel, "trade-share", "MEX", "USA"))
    assert np.isnan(value(panel, "trade-share", "CAN", "FRA"))
    assert np.isnan(value(panel, "trade-share", "CAN", "CAN"))
    # Mexico's trade is 60 of exports and 0 of imports; what is known both ways is none of it.
    assert np.isnan(value(panel, "trade-concentration", "MEX"))


@pytest.mark.parametrize("name", BY_ID)
def test_shapes_and_years_without_rows(panel: Panel, name: str) -> None:
    states = panel.system.shape[1]
    found = BY_ID[name].compute(panel, 0)
    assert found.shape == ((states,) if BY_ID[name].of == "state" else (states, states))
    assert np.isnan(found).all()


@pytest.mark.parametrize("name", [name for name, measure in BY_ID.items() if measure.of == "pair"])
def test_what_is_not_directed_is_symmetric(panel: Panel, name: str) -> None:
    found = BY_ID[name].compute(panel, 1)
    assert BY_ID[name].directed != np.array_equal(found, found.T, equal_nan=True)


def test_who_was_no_member_has_no_value() -> None:
    record = Record.open(empty=True)
    flows = flow("DDR", "POL", 5.0, at=1991), flow("POL", "DDR", 5.0, at=1991)
    record.write(Batch(SOURCE, flows=flows))
    assert np.isnan(BY_ID["trade-share"].compute(Panel(record, 1990, 1991), 1)).all()
