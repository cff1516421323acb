"""Agreement in roll calls and distance of ideal points: cases by hand, and what must not matter."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rapallo.measures import votes
from rapallo.measures.panel import Panel
from rapallo.model import Bulk, Source
from rapallo.record import Record
from tests.record import world

NAN = np.nan
KINDS = ("half", "own", "none")
BY_ID = {measure.card.id: measure for measure in votes.MEASURES}

# Five roll calls. One: yes, yes, no, abstains, absent. Other: yes, no, abstains, abstains, yes.
BALLOTS = np.array([[1, 1, 3, 2, 0], [1, 3, 2, 2, 1]], dtype=np.int8)

assemblies = st.tuples(st.integers(0, 6), st.integers(0, 8)).flatmap(
    lambda shape: arrays.arrays(np.int8, shape, elements=st.integers(0, 3))
)


def test_agreement_by_hand() -> None:
    # Both voted in four: alike in the first and the fourth, opposed in the second, half way in the third.
    assert votes.agreement(BALLOTS, "half")[0, 1] == (1 + 0 + 0.5 + 1) / 4
    assert votes.agreement(BALLOTS, "own")[0, 1] == (1 + 0 + 0 + 1) / 4
    # Neither abstained in the first two, and they agreed in one.
    assert votes.agreement(BALLOTS, "none")[0, 1] == 1 / 2


def test_s_by_hand() -> None:
    # Distances 0, 2, 1, 0: 1 - 2 * 3 / (2 * 4).
    assert votes.s3un(BALLOTS)[0, 1] == 1 - 2 * 3 / (2 * 4)


def test_always_opposed_and_always_alike() -> None:
    ballots = np.array([[1, 3, 1], [3, 1, 3], [1, 3, 1]], dtype=np.int8)
    for kind in KINDS:
        np.testing.assert_array_equal(votes.agreement(ballots, kind)[0], [1.0, 0.0, 1.0])
    np.testing.assert_array_equal(votes.s3un(ballots)[0], [1.0, -1.0, 1.0])


def test_who_abstains_from_all_agrees_with_none_where_abstention_is_absence() -> None:
    ballots = np.array([[2, 2], [1, 3]], dtype=np.int8)
    assert votes.agreement(ballots, "half")[0, 1] == 0.5
    assert votes.agreement(ballots, "own")[0, 1] == 0.0
    assert np.isnan(votes.agreement(ballots, "none")[0, 1])


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (1, 0), (3, 0), (3, 4)])
@pytest.mark.parametrize("kind", KINDS)
def test_absence_gives_nothing(shape: tuple[int, int], kind: votes.Abstention) -> None:
    found = votes.agreement(np.zeros(shape, dtype=np.int8), kind)
    assert found.shape == (shape[0], shape[0])
    assert np.isnan(found).all()


@given(assemblies)
def test_against_counting_one_by_one(ballots: np.ndarray) -> None:
    for one in range(len(ballots)):
        for other in range(len(ballots)):
            pairs = [(a, b) for a, b in zip(ballots[one], ballots[other], strict=True) if a and b]
            decided = [(a, b) for a, b in pairs if 2 not in {a, b}]
            half = np.mean([1 - abs(int(a) - int(b)) / 2 for a, b in pairs]) if pairs else NAN
            own = np.mean([a == b for a, b in pairs]) if pairs else NAN
            none = np.mean([a == b for a, b in decided]) if decided else NAN
            for kind, expected in zip(KINDS, (half, own, none), strict=True):
                found = votes.agreement(ballots, kind)[one, other]
                np.testing.assert_allclose(found, expected, rtol=1e-12)


@given(assemblies)
def test_bounds_symmetry_and_order_of_conventions(ballots: np.ndarray) -> None:
    for kind in KINDS:
        found = votes.agreement(ballots, kind)
        known = found[np.isfinite(found)]
        assert ((known >= 0.0) & (known <= 1.0)).all()
        np.testing.assert_array_equal(found, found.T)
    half, own = votes.agreement(ballots, "half"), votes.agreement(ballots, "own")
    assert not (own > half + 1e-12).any()
    np.testing.assert_allclose(votes.s3un(ballots), 2.0 * half - 1.0)


@given(assemblies, st.randoms(use_true_random=False))
def test_names_of_states_and_order_of_calls_do_not_matter(ballots: np.ndarray, chance) -> None:
    order, calls = list(range(ballots.shape[0])), list(range(ballots.shape[1]))
    chance.shuffle(order)
    chance.shuffle(calls)
    for kind in KINDS:
        found = votes.agreement(ballots[order][:, calls], kind)
        np.testing.assert_allclose(found, votes.agreement(ballots, kind)[np.ix_(order, order)])


@given(assemblies)
def test_yes_and_no_can_change_places(ballots: np.ndarray) -> None:
    turned = np.where(ballots == 0, 0, 4 - ballots).astype(np.int8)
    for kind in KINDS:
        np.testing.assert_allclose(votes.agreement(turned, kind), votes.agreement(ballots, kind))


@given(assemblies)
def test_calls_from_which_all_stay_away_and_members_who_never_come_change_nothing(
    ballots: np.ndarray,
) -> None:
    wider = np.pad(ballots, ((0, 1), (0, 1)))
    for kind in KINDS:
        found = votes.agreement(wider, kind)
        np.testing.assert_allclose(found[:-1, :-1], votes.agreement(ballots, kind))
        assert np.isnan(found[-1]).all()


@given(st.lists(st.one_of(st.just(NAN), st.floats(-4, 4)), max_size=6), st.floats(-4, 4))
def test_distances(points: list[float], shift: float) -> None:
    found = votes.distances(np.array(points))
    np.testing.assert_array_equal(found, found.T)
    assert not (found < 0).any()
    through = found[:, :, None] + found[None, :, :]
    assert not (found[:, None, :] > through + 1e-9).any()
    np.testing.assert_allclose(votes.distances(np.array(points) + shift), found, atol=1e-12)


def vote(actor: str, session: int, call: int, cast: int, source: str, when: dt.date) -> dict[str, object]:
    return {
        "id": f"{source}:{actor}:{session}:{call}",
        "actor": actor,
        "name": "un_vote",
        "value": float(cast),
        "note": f"session {session}, roll call {call}; R/55/1; issues: Colonialism",
        "valid_from": when,
        "valid_to": when,
        "precision": "day",
    }


def bulk(source: str, *cells: dict[str, object]) -> Bulk:
    made = Source(source, "Votes")
    return Bulk(made, {"trait": (world.rows("trait", *cells, source=made),)})


def point(actor: str, value: float) -> dict[str, object]:
    own = {"id": f"point:{actor}", "actor": actor, "name": "un_ideal_point", "value": value}
    return own | world.in_year(2000)


AUTUMN, SPRING = dt.date(2000, 11, 3), dt.date(2001, 3, 5)


@pytest.fixture(scope="module")
def record() -> Record:
    made = Record.open(empty=True)
    ballots = [
        *(("USA", 1, 1, AUTUMN), ("GBR", 1, 1, AUTUMN), ("CUB", 1, 3, AUTUMN)),
        *(("USA", 2, 3, AUTUMN), ("GBR", 2, 2, AUTUMN), ("CUB", 2, 1, AUTUMN)),
        *(("USA", 7, 1, SPRING), ("CUB", 7, 1, SPRING)),
    ]
    newer = [vote(who, 55, call, cast, "votes-2", when) for who, call, cast, when in ballots]
    newer.append(vote("USA", 54, 1, 1, "votes-2", dt.date(2000, 5, 5)))
    made.load(bulk("votes-2", *newer))
    made.load(bulk("votes-1", *(vote(who, 55, 1, 2, "votes-1", AUTUMN) for who in ("USA", "GBR", "CUB"))))
    made.load(bulk("points-1", point("USA", 2.5), point("CUB", -1.0)))
    return made


@pytest.fixture(scope="module")
def panel(record: Record) -> Panel:
    return Panel(record, 1999, 2000)


def value(panel: Panel, name: str, one: str, other: str, row: int = 1) -> float:
    found = BY_ID[name].compute(panel, row)
    return found[panel.system.position(one, 2000), panel.system.position(other, 2000)].item()


def test_a_year_is_the_session_that_opens_in_it(panel: Panel) -> None:
    # Session 55 opens in 2000; its roll call 7 was in 2001, and the vote of May 2000 is of session 54.
    ballots = votes.roll_calls(panel, 1)
    assert ballots.shape == (panel.system.shape[1], 3)
    assert ballots[panel.system.position("USA", 2000)].tolist() == [1, 3, 1]
    assert ballots[panel.system.position("GBR", 2000)].tolist() == [1, 2, 0]
    assert votes.roll_calls(panel, 0).sum() == 1


def test_measures_of_a_record(panel: Panel) -> None:
    assert value(panel, "un-agreement", "USA", "GBR") == (1 + 0.5) / 2
    assert value(panel, "un-agreement-same", "USA", "GBR") == 1 / 2
    assert value(panel, "un-agreement-decided", "GBR", "USA") == 1.0
    assert value(panel, "un-agreement", "USA", "CUB") == pytest.approx(1 / 3)
    assert value(panel, "un-s3", "USA", "CUB") == pytest.approx(1 - 2 * 4 / (2 * 3))
    assert value(panel, "un-ideal-distance", "CUB", "USA") == 3.5
    for name in BY_ID:
        assert np.isnan(value(panel, name, "USA", "FRA"))
        assert np.isnan(value(panel, name, "USA", "USA"))


def test_a_panel_may_begin_in_any_year(record: Record) -> None:
    alone = Panel(record, 2000, 2000)
    assert value(alone, "un-agreement", "USA", "GBR", row=0) == 0.75


def test_votes_that_were_not_yet_known_do_not_count(record: Record) -> None:
    assert votes.roll_calls(Panel(record, 2000, 2000, known=dt.date(1999, 1, 1)), 0).size == 0


def test_a_record_without_votes() -> None:
    panel = Panel(Record.open(empty=True), 1900, 1901)
    for measure in votes.MEASURES:
        found = measure.compute(panel, 1)
        assert found.shape == (panel.system.shape[1],) * 2
        assert np.isnan(found).all()
