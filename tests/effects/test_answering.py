"""Acts counted day by day: windows, horizons, rivals, and what is refused."""

import datetime as dt

import numpy as np
import pytest

from rapallo.effects.answering import ANSWERS, COUNTER, SILENCE, Cases, came, counts
from rapallo.effects.dealings import ACTS, BINDING, MOVES, Dealings, dealings
from rapallo.effects.fitted import fitted
from rapallo.errors import InputError
from rapallo.record import Record

A, B, C, D = range(4)
DAY = 15_000


def acts(*told: tuple[str, int, int, int]) -> Dealings:
    """Dealings of four states from (kind, who, to whom, days after DAY)."""
    empty = Dealings(("AAA", "BBB", "CCC", "DDD"), {})
    kinds: dict[str, list[int]] = {kind: [] for kind in (*ACTS, *MOVES, BINDING, COUNTER, "any")}
    for kind, one, other, after in told:
        key = int(empty.key(np.int64(one), np.int64(other), np.int64(DAY + after)))
        kinds[kind].append(key)
        if kind in ACTS:
            kinds["any"].append(key)
    return Dealings(empty.states, {kind: np.unique(np.array(keys, np.int64)) for kind, keys in kinds.items()})


def case(*, feud: bool = False) -> Cases:
    one = np.ones(1, np.int64)
    return Cases(DAY * one, A * one, B * one, C * one, np.array([feud]))


@pytest.mark.parametrize(("after", "within"), [(0, False), (1, True), (14, True), (15, False), (-3, False)])
def test_an_answer_counts_from_the_day_behind_the_move(after, within):
    its = acts(("punish", C, A, after))
    assert came(its, "punish", case(), 14)[0] == within
    assert came(its, SILENCE, case(), 14)[0] != within


def test_only_what_the_third_state_does_to_either_party_is_an_answer():
    its = acts(("ask", A, C, 2), ("ask", C, D, 2), ("ask", D, A, 2))
    assert not came(its, "ask", case(), 90)[0]
    assert came(acts(("ask", C, B, 2)), "ask", case(), 90)[0]


def test_silence_is_none_of_the_others():
    its = acts(("reassure", C, B, 20))
    said = {answer: bool(came(its, answer, case(), 30)[0]) for answer in ANSWERS}
    assert said.pop("reassure")
    assert not any(said.values())


def test_a_bond_with_one_of_two_rivals_is_not_against_the_other():
    its = acts((COUNTER, C, A, 3), (BINDING, C, B, 3))
    assert came(its, COUNTER, case(), 14)[0]
    assert not came(its, COUNTER, case(feud=True), 14)[0]


def test_counts_end_with_the_day_of_the_move():
    told = [
        ("ask", C, A, 0),
        ("ask", C, B, -29),
        ("ask", C, B, -30),
        ("ask", C, A, 1),
        ("punish", A, C, -364),
    ]
    found = counts(acts(*told), case())
    assert found["ask_30"][0] == pytest.approx(np.log(3))
    assert found["ask_90"][0] == pytest.approx(np.log(4))
    assert found["from_365"][0] == pytest.approx(np.log(2))
    assert found["pair_365"][0] == 0.0


def test_counts_know_nothing_of_what_comes():
    past = [("ask", C, A, -5), ("reassure", B, A, -100)]
    before = counts(acts(*past), case())
    after = counts(acts(*past, ("punish", C, A, 1), ("ask", A, B, 5)), case())
    assert {name: its.tolist() for name, its in before.items()} == {
        name: its.tolist() for name, its in after.items()
    }


def test_events_of_the_record_become_acts_between_two_states():
    found = dealings(Record.open(), dt.date(2014, 1, 1), dt.date(2024, 6, 1))
    one, other, day = found.split("any")
    assert len(one)
    assert (one != other).all()
    assert day.min() >= dt.date(2014, 1, 1).toordinal() - dt.date(1970, 1, 1).toordinal()
    assert all(set(found.kinds[kind]) <= set(found.kinds["any"]) for kind in (*ACTS, *MOVES))


@pytest.mark.parametrize("text", [None, "", "- 1", "a: [", "\x00"])
def test_without_coefficients_of_ones_own_it_is_refused(text, tmp_path, monkeypatch):
    monkeypatch.setenv("RAPALLO_FITTED", str(tmp_path))
    if text is not None:
        (tmp_path / "reactions.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="coefficients"):
        fitted.__wrapped__("reactions", "reactions")
