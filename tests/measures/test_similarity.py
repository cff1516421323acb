"""How alike portfolios are, reckoned by hand, and what must hold of any portfolios."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray

from rapallo.errors import InputError
from rapallo.measures.coding import Coding
from rapallo.measures.panel import Panel
from rapallo.measures.portfolios import KINDS, MEASURES, portfolio, similarities, similarity
from rapallo.measures.similarity import cohen_kappa, differences, joint, s_score, scott_pi, tau_b
from rapallo.model import Bulk, Source
from rapallo.record import Record
from tests.record import world

Floats = NDArray[np.float64]

LEVELS = (0.0, 1.0, 2.0, 3.0)
FORMS = ("absolute", "squared", "binary", "nominal")
# x = (3, 1, 0, 0) and y = (2, 3, 0, 0), towards x itself, y, z and v
FOUR = np.array([[3.0, 1, 0, 0], [2, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 3]])


def every(
    held: Floats, levels: tuple[float, ...] = LEVELS, weights: Floats | None = None
) -> dict[str, Floats]:
    of = joint(held, levels, weights)
    found = {"tau-b": tau_b(of)} if weights is None else {}
    for form in FORMS:
        found[f"s {form}"] = s_score(of, form)
        if weights is None:
            found[f"pi {form}"] = scott_pi(of, form)
            found[f"kappa {form}"] = cohen_kappa(of, form)
    return found


@pytest.mark.parametrize(
    ("form", "apart"),
    [
        ("absolute", 1 / 3 + 2 / 3),
        ("squared", 1 / 9 + 4 / 9),
        ("binary", 0.0),
        ("nominal", 2.0),
    ],
)
def test_s_by_hand(form, apart):
    # 1 - 2 (sum of distances) / (4 states)
    assert s_score(joint(FOUR, LEVELS), form)[0, 1] == pytest.approx(1 - 2 * apart / 4)


def test_weighted_s_by_hand():
    weights = np.array([0.5, 0.25, 0.125, 0.125])
    # |3 - 2|/3 towards the first, |1 - 3|/3 towards the second
    absolute = 1 - 2 * (0.5 * 1 / 3 + 0.25 * 2 / 3) / 1.0
    squared = 1 - 2 * (0.5 * 1 / 9 + 0.25 * 4 / 9) / 1.0
    of = joint(FOUR, LEVELS, weights)
    assert s_score(of, "absolute")[0, 1] == pytest.approx(absolute)
    assert s_score(of, "squared")[0, 1] == pytest.approx(squared)


def test_a_state_without_a_weight_is_left_out():
    weights = np.array([0.5, np.nan, 0.25, 0.25])
    # towards the second nothing is counted: |3 - 2|/3 of weight 0.5 in a total of 1
    assert s_score(joint(FOUR, LEVELS, weights), "absolute")[0, 1] == pytest.approx(1 - 2 * 0.5 / 3)
    assert np.isnan(s_score(joint(FOUR, LEVELS, np.full(4, np.nan)), "absolute")).all()
    assert np.isnan(s_score(joint(FOUR, LEVELS, np.zeros(4)), "absolute")).all()


def test_pi_by_hand():
    # shares of 0, 1, 2, 3 in x: 2/4, 1/4, 0, 1/4; in y: 2/4, 0, 1/4, 1/4; their mean: 1/2, 1/8, 1/8, 1/4
    mean = (1 / 2, 1 / 8, 1 / 8, 1 / 4)
    expected = sum(mean[a] * mean[b] * ((a - b) / 3) ** 2 for a in range(4) for b in range(4))
    observed = (1 / 9 + 4 / 9) / 4
    assert scott_pi(joint(FOUR, LEVELS), "squared")[0, 1] == pytest.approx(1 - observed / expected)
    nominal = 1 - sum(share**2 for share in mean)
    assert scott_pi(joint(FOUR, LEVELS), "nominal")[0, 1] == pytest.approx(1 - (2 / 4) / nominal)


def test_kappa_by_hand():
    one, other = (2 / 4, 1 / 4, 0, 1 / 4), (2 / 4, 0, 1 / 4, 1 / 4)
    expected = sum(one[a] * other[b] * abs(a - b) / 3 for a in range(4) for b in range(4))
    observed = (1 / 3 + 2 / 3) / 4
    assert cohen_kappa(joint(FOUR, LEVELS), "absolute")[0, 1] == pytest.approx(1 - observed / expected)
    # any obligation: both owe to the first two and not to the others
    assert cohen_kappa(joint(FOUR, LEVELS), "binary")[0, 1] == pytest.approx(1.0)


def test_tau_by_hand():
    # pairs of states: (1,2) against, (1,3) (1,4) (2,3) (2,4) with, (3,4) at one level in both
    assert tau_b(joint(FOUR, LEVELS))[0, 1] == pytest.approx((4 - 1) / math.sqrt(5 * 5))
    # x = (3, 1, 0, 0) and z = (0, 0, 3, 0): (1,3) (2,3) against, (3,4) at one level in x, so of the six
    # (1,2) (1,4) (2,4) at one level in z
    assert tau_b(joint(FOUR, LEVELS))[0, 2] == pytest.approx((0 - 2) / math.sqrt(5 * 3))


def test_distances_are_those_of_the_scale_not_of_what_occurs():
    held = np.array([[2.0, 0, 0], [2, 2, 0], [0, 0, 2]])
    assert s_score(joint(held, (0, 2)), "absolute")[0, 1] == pytest.approx(1 - 2 * 1 / 3)
    assert s_score(joint(held, (0, 2, 4)), "absolute")[0, 1] == pytest.approx(1 - 2 * 0.5 / 3)


def test_differences_of_uneven_levels():
    levels = np.array([0.0, 0.5, 2.0])
    assert_allclose(differences(levels, "absolute")[1], [0.25, 0, 0.75])
    assert_array_equal(differences(levels, "binary"), [[0, 1, 1], [1, 0, 0], [1, 0, 0]])
    assert_array_equal(differences(levels, "nominal"), 1 - np.eye(3))


@pytest.mark.parametrize("bad", [4.0, np.nan, -1.0, 0.5])
def test_a_level_that_is_not_on_the_scale_is_refused(bad: float):
    with pytest.raises(InputError, match="not on its scale"):
        joint(np.array([[3.0, bad], [0, 3]]), LEVELS)


def test_no_states_and_one_state():
    assert all(values.shape == (0, 0) for values in every(np.empty((0, 0))).values())
    alone = every(np.array([[3.0]]))
    assert alone["s absolute"].item() == 1.0
    assert all(np.isnan(v).all() for name, v in alone.items() if not name.startswith("s "))


@st.composite
def portfolios(draw: st.DrawFn) -> Floats:
    states = draw(st.integers(2, 7))
    cells = draw(st.lists(st.sampled_from(LEVELS), min_size=states**2, max_size=states**2))
    held = np.array(cells).reshape(states, states)
    np.fill_diagonal(held, 3.0)
    return held


def plain_s(x: Floats, y: Floats) -> float:
    return 1 - 2 * sum(abs(a - b) for a, b in zip(x, y, strict=True)) / 3 / len(x)


def plain_tau(x: Floats, y: Floats) -> float:
    pairs = [(x[i] - x[j], y[i] - y[j]) for i in range(len(x)) for j in range(i)]
    free = sum(a != 0 for a, _ in pairs) * sum(b != 0 for _, b in pairs)
    return sum(float(np.sign(a * b)) for a, b in pairs) / math.sqrt(free) if free else math.nan


def plain_kappa(x: Floats, y: Floats) -> float:
    expected = np.mean([(a - b) ** 2 for a in x for b in y])
    return float(1 - np.mean((x - y) ** 2) / expected) if expected else math.nan


def plain_pi(x: Floats, y: Floats) -> float:
    both = np.concatenate([x, y])
    expected = np.mean([(a - b) ** 2 for a in both for b in both])
    return float(1 - np.mean((x - y) ** 2) / expected) if expected else math.nan


@given(held=portfolios())
def test_the_same_as_pair_by_pair(held: Floats):
    found = every(held)
    plain = {"s absolute": plain_s, "tau-b": plain_tau, "kappa squared": plain_kappa, "pi squared": plain_pi}
    for name, reckon in plain.items():
        expected = [[reckon(x, y) for y in held] for x in held]
        assert_allclose(found[name], expected, atol=1e-12, equal_nan=True)


@given(held=portfolios())
def test_symmetric_bounded_and_one_with_itself(held: Floats):
    for name, values in every(held).items():
        known = values[~np.isnan(values)]
        assert_allclose(values, values.T, atol=1e-12, equal_nan=True)
        assert (known <= 1 + 1e-12).all()
        if not name.startswith("kappa"):
            assert (known >= -1 - 1e-12).all()
        diagonal = values.diagonal()
        assert_allclose(diagonal[~np.isnan(diagonal)], 1.0)


@given(held=portfolios(), data=st.data())
def test_who_comes_first_does_not_matter(held: Floats, data: st.DataObject):
    order = np.array(data.draw(st.permutations(range(len(held)))))
    before, after = every(held), every(held[np.ix_(order, order)])
    for name in before:
        assert_allclose(after[name], before[name][np.ix_(order, order)], atol=1e-12, equal_nan=True)


@given(held=portfolios(), factor=st.sampled_from([0.5, 2.0, 8.0]))
def test_the_unit_of_the_scale_does_not_matter(held: Floats, factor: float):
    after = every(held * factor, tuple(level * factor for level in LEVELS))
    for name, values in every(held).items():
        assert_allclose(after[name], values, atol=1e-12, equal_nan=True)


@given(held=portfolios(), factor=st.sampled_from([0.25, 3.0]))
def test_only_the_shares_of_weights_matter(held: Floats, factor: float):
    weights = np.arange(1.0, len(held) + 1)
    before, after = every(held, weights=weights), every(held, weights=weights * factor)
    for name, values in before.items():
        assert_allclose(after[name], values, atol=1e-12)
    alike = every(held, weights=np.full(len(held), factor))["s absolute"]
    assert_allclose(alike, every(held)["s absolute"], atol=1e-12)


@given(held=portfolios())
def test_a_state_without_ties_makes_all_others_more_alike_by_s(held: Floats):
    states = len(held)
    more = np.zeros((states + 1, states + 1))
    more[:states, :states], more[states, states] = held, 3.0
    before, after = every(held)["s absolute"], every(more)["s absolute"]
    # the sum of distances stays, over one state more
    assert_allclose(1 - after[:states, :states], (1 - before) * states / (states + 1), atol=1e-12)


ATOP = Source("atop-0", "Alliances of the test", None, "https://example.org/atop", "CC0", "Nobody (2023).")
NMC = Source("nmc-0", "Capability of the test", None, "https://example.org/nmc", "CC0", "Nobody (2023).")
KINDS_OF_DUTY = ("defence", "offence", "neutrality", "consultation", "non_aggression")


def duties(one: str, other: str, *in_force: str) -> list[dict[str, object]]:
    return [
        {
            "id": f"{one}-{other}:{kind}",
            "actor": one,
            "other": other,
            "name": f"atop_{kind}",
            "value": float(kind in in_force),
            "unit": "",
            **world.in_year(1980),
        }
        for kind in KINDS_OF_DUTY
    ]


@pytest.fixture(scope="module")
def panel() -> Iterator[Panel]:
    """In 1980 America and Canada owe defence to each other; Cuba owes America peace; capability of two."""
    cells = [
        *duties("USA", "CAN", "defence", "consultation"),
        *duties("CAN", "USA", "defence", "consultation"),
        *duties("CUB", "USA", "non_aggression"),
        *duties("USA", "CUB"),
    ]
    strong = [
        {"id": f"cinc:{who}", "actor": who, "name": "cinc", "value": value, **world.in_year(1980)}
        for who, value in (("USA", 0.75), ("CUB", 0.25))
    ]
    with Record.open(empty=True) as record:
        record.load(Bulk(ATOP, {"dyad": (world.rows("dyad", *cells, source=ATOP),)}))
        record.load(Bulk(NMC, {"trait": (world.rows("trait", *strong, source=NMC),)}))
        yield Panel(record, 1980, 1980)


def places(panel: Panel) -> list[int]:
    return [panel.system.position(who, 1980) for who in ("USA", "CAN", "CUB")]


def test_a_portfolio_is_what_a_state_owes(panel: Panel):
    usa, can, cub = places(panel)
    held = portfolio(panel, 0)
    assert_array_equal(held[np.ix_([usa, can, cub], [usa, can, cub])], [[3, 3, 0], [3, 3, 0], [1, 0, 3]])
    assert np.nansum(held) == 3.0 * panel.system.member[0].sum() + 3 + 3 + 1


def test_measures_of_a_panel_by_hand(panel: Panel):
    usa, can, cub = places(panel)
    found, states = similarities(panel, 0), panel.system.member[0].sum()
    assert list(found) == [measure.card.id for measure in MEASURES]
    # America and Cuba: |3 - 1| + |3 - 0| + |0 - 3| of 3
    assert found["s-score"][usa, cub] == pytest.approx(1 - 2 * (8 / 3) / states)
    assert found["s-score-squared"][usa, cub] == pytest.approx(1 - 2 * (4 / 9 + 1 + 1) / states)
    assert found["s-score-binary"][usa, cub] == pytest.approx(1 - 2 * 2 / states)
    # weights of America and Cuba alone: 0.75 x 2/3 and 0.25 x 1
    assert found["s-score-weighted"][usa, cub] == pytest.approx(1 - 2 * (0.75 * 2 / 3 + 0.25))
    assert found["s-score-weighted-squared"][usa, cub] == pytest.approx(1 - 2 * (0.75 * 4 / 9 + 0.25))
    for name in KINDS:
        assert found[name][usa, can] == pytest.approx(1.0)


def test_no_value_but_where_two_were_members_together(panel: Panel):
    for measure in MEASURES:
        values = measure.compute(panel, 0)
        assert_array_equal(~np.isnan(values), panel.system.together[0])
        assert_array_equal(values, similarity(panel, 0, measure.card.id))


def test_a_coding_of_ones_own_changes_levels_and_scale(panel: Panel):
    usa, _, cub = places(panel)
    rules = Coding("atop", {"atop_defence": 1.0, "atop_non_aggression": 0.0})
    states = panel.system.member[0].sum()
    assert portfolio(panel, 0, rules)[cub, usa] == 0.0
    # towards America, Canada and Cuba 1 each of at most 1
    assert similarity(panel, 0, "s-score", rules)[usa, cub] == pytest.approx(1 - 2 * 3 / states)


def test_without_a_source_there_is_no_value():
    with Record.open(empty=True) as record:
        bare = Panel(record, 1980, 1980)
        assert np.isnan(portfolio(bare, 0)).all()
        assert all(np.isnan(values).all() for values in similarities(bare, 0).values())


def test_an_unknown_measure_is_refused(panel: Panel):
    with pytest.raises(InputError, match="s-core is no measure"):
        similarity(panel, 0, "s-core")


def test_every_card_is_full():
    for measure in MEASURES:
        card = measure.card
        filled = (card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits)
        assert all((*filled, card.coding, card.missing, card.coverage, card.checked)), card.id
        assert (card.kind, measure.of, measure.directed) == ("measure", "pair", False)
