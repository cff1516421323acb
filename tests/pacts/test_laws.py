"""What holds of any web of pacts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.model import Clause, Party, Tie
from rapallo.pacts import compare, obligations
from tests.pacts.webs import Held, clause, pact, war

STATES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG")
DAY = dt.date(1950, 1, 1)
some = st.lists(st.sampled_from(STATES), unique=True, max_size=2).map(tuple)


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    kinds = ("defence", "defence", "offence", "neutrality", "non_aggression", "consultation")
    triggers = ("armed_attack", "state_of_war", "aggression", "any_war")
    conditions = ("unprovoked", "on_request", "collective_decision", "two_or_more_powers", "national_law")
    return clause(
        draw(st.sampled_from(kinds)),
        trigger=draw(st.sampled_from(triggers)),
        strength=draw(st.sampled_from(("automatic", "automatic", "constitutional_process", "discretionary"))),
        conditions=tuple(draw(st.lists(st.sampled_from(conditions), unique=True, max_size=2))),
        territory=draw(st.one_of(st.just(()), some)),
        obliged=draw(st.one_of(st.just(()), some)),
        protected=draw(st.one_of(st.just(()), some)),
        against=draw(st.one_of(st.just(()), some)),
    )


@st.composite
def webs(draw: st.DrawFn) -> tuple[Tie, ...]:
    ties = []
    for number in range(draw(st.integers(0, 7))):
        parties = draw(st.lists(st.sampled_from(STATES), min_size=2, max_size=4, unique=True))
        phase = draw(st.sampled_from(("in_force", "in_force", "in_force", "signed", "suspended")))
        terms = draw(st.lists(clauses(), min_size=1, max_size=2))
        ties.append(pact(f"p{number}", parties, *terms, phases=[(phase, "1949-01-01")]))
    if draw(st.booleans()):
        ties.append(war(*draw(st.permutations(STATES))[:2], since="1949-06-01"))
    return tuple(ties)


def answers(ties: tuple[Tie, ...], attacker: str = "AAA", attacked: str = "BBB") -> dict[str, str]:
    found = obligations(Held(DAY, ties), attacker=attacker, attacked=attacked)
    return {entry.actor: entry.answer for entry in found.answers}


@given(webs())
def test_it_ends_and_speaks_of_third_states_once(ties):
    found = obligations(Held(DAY, ties), attacker="AAA", attacked="BBB")
    codes = [entry.actor for entry in found.answers]
    assert len(codes) == len(set(codes))
    assert not {"AAA", "BBB"} & set(codes)
    for entry in found.answers:
        assert entry.side in {"AAA", "BBB"}
        assert 1 <= entry.step <= 2 * len(STATES)
        assert entry.answer == entry.because[0].answer


@given(webs(), clauses(), st.integers(0, 6), st.booleans())
def test_one_more_clause_takes_no_yes_away(ties, more, at, own_pact):
    before = answers(ties)
    pacts = [number for number, tie in enumerate(ties) if tie.kind == "pact"]
    if own_pact or not pacts:
        wider = (*ties, pact("more", STATES[2:5], more))
    else:
        chosen = pacts[at % len(pacts)]
        tie = ties[chosen]
        added = replace(more, id=f"{tie.id}/9", tie=tie.id)
        wider = (*ties[:chosen], replace(tie, clauses=(*tie.clauses, added)), *ties[chosen + 1 :])
    after = answers(wider)
    assert {code for code in before if before[code] == "YES"} <= {c for c in after if after[c] == "YES"}


def renamed(tie: Tie, names: dict[str, str]) -> Tie:
    def swap(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names[code] for code in codes)

    return replace(
        tie,
        parties=tuple(Party(names[p.actor], p.role, p.when) for p in tie.parties),
        clauses=tuple(
            replace(
                c,
                obliged=swap(c.obliged),
                protected=swap(c.protected),
                against=swap(c.against),
                territory=swap(c.territory),
            )
            for c in tie.clauses
        ),
    )


@given(webs(), st.permutations(STATES))
def test_names_do_not_matter(ties, order):
    names = dict(zip(STATES, order, strict=True))
    plain = obligations(Held(DAY, ties), attacker="AAA", attacked="BBB")
    other = obligations(
        Held(DAY, tuple(renamed(tie, names) for tie in ties)), attacker=names["AAA"], attacked=names["BBB"]
    )
    shape = [(names[o.actor], o.answer, names[o.side], o.step, o.pulled_by) for o in plain.answers]
    assert [(o.actor, o.answer, o.side, o.step, o.pulled_by) for o in other.answers] == shape


@given(webs())
def test_a_day_before_everything_nothing_is_owed(ties):
    held = Held(dt.date(1948, 12, 31), ties)
    assert obligations(held, attacker="AAA", attacked="BBB").answers == ()


@given(webs())
def test_what_is_not_in_force_binds_nobody(ties):
    idle = tuple(
        replace(t, phases=tuple(replace(p, phase="signed") for p in t.phases)) if t.kind == "pact" else t
        for t in ties
    )
    assert set(answers(idle).values()) <= {"NO"}


@given(webs())
def test_fewer_steps_say_less(ties):
    held = Held(DAY, ties)
    first = obligations(held, attacker="AAA", attacked="BBB", steps=1)
    whole = obligations(held, attacker="AAA", attacked="BBB")
    assert {o.actor for o in first.answers} <= {o.actor for o in whole.answers}
    bound = {(o.actor, o.because[0]) for o in first.answers if o.answer == "YES"}
    assert bound <= {(o.actor, o.because[0]) for o in whole.answers}


@settings(max_examples=60)
@given(webs(), st.integers(0, 6))
def test_compare_is_the_difference_of_all_pairs(ties, at):
    fewer = tuple(tie for number, tie in enumerate(ties) if number != at)
    found = compare(Held(DAY, fewer), Held(DAY, ties), attackers=STATES, attacked=STATES[:3])
    expected = set()
    for attacker in STATES:
        for attacked in STATES[:3]:
            if attacker != attacked:
                then, now = answers(fewer, attacker, attacked), answers(ties, attacker, attacked)
                for code in {*then, *now}:
                    if then.get(code, "NO") != now.get(code, "NO"):
                        expected.add((attacker, attacked, code, then.get(code, "NO"), now.get(code, "NO")))
    assert {(c.attacker, c.attacked, c.actor, c.before, c.after) for c in found} == expected
    assert len(found) == len(expected)


@given(webs())
def test_every_clause_that_pulls_back_is_told_and_no_other(ties):
    alive = [(t, c) for t in ties if t.kind == "pact" and t.phase(DAY) == "in_force" for c in t.clauses]
    parties = {c.id: {p.actor for p in t.parties} for t, c in alive}
    restraints = {c.id: c for _, c in alive if c.kind in {"neutrality", "non_aggression"}}
    for entry in obligations(Held(DAY, ties), attacker="AAA", attacked="BBB").answers:
        enemy = "AAA" if entry.side == "BBB" else "BBB"
        bound = {
            row
            for row, c in restraints.items()
            if entry.actor in parties[row] & ({*c.obliged} or parties[row])
        }
        told = {
            row
            for row in bound
            if restraints[row].kind == "non_aggression"
            and enemy in (restraints[row].protected or parties[row])
        }
        assert told <= set(entry.pulled_by) <= bound
