"""All pairs at once say what one attack after the other says."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo import actors
from rapallo.cli.obliged_all import write
from rapallo.errors import InputError
from rapallo.model import Tie
from rapallo.pacts.casus import solve
from rapallo.pacts.fast import SCHEMA, Lives, everyone, table
from rapallo.pacts.web import weave
from rapallo.record import Record
from tests.pacts.agreement import (
    DAY,
    STATES,
    of_all,
    of_one,
    plainly,
    random_clause,
    random_ties,
    random_view,
)
from tests.pacts.test_laws import renamed
from tests.pacts.webs import Held, clause, pact, view

ALL_PAIRS = tuple(itertools.permutations(STATES, 2))
seeds = st.integers(0, 2**32)


@pytest.fixture(scope="module")
def record():
    with Record.open() as opened:
        yield opened


@pytest.mark.parametrize("block", range(6))
def test_random_webs(block):
    for seed in range(50 * block, 50 * block + 50):
        web = weave(random_view(seed))
        assert of_all(everyone(web, STATES, noes=True)) == plainly(web, ALL_PAIRS), seed


@pytest.mark.parametrize("on", ["1914-07-28", "1938-07-01", "2024-06-22"])
def test_the_starter_record(record, on):
    day = dt.date.fromisoformat(on)
    web = weave(record.view(day))
    bound = sorted({code for bond in web.bonds for code in bond.obliged})
    states = bound if len(bound) < 30 else random.Random(on).sample(bound, 30)
    told = of_all(everyone(web, states, noes=True))
    assert told == plainly(web, itertools.permutations(states, 2))
    assert told


def test_without_the_noes_the_rest_is_the_same():
    web = weave(random_view(3))
    whole = of_all(everyone(web, STATES, noes=True))
    assert of_all(everyone(web, STATES)) == {key: told for key, told in whole.items() if told[0] != "NO"}


def test_some_against_some():
    web = weave(random_view(7))
    whole = of_all(everyone(web, STATES, noes=True))
    found = of_all(everyone(web, STATES[:2], STATES[1:4], noes=True))
    assert found == {
        key: told for key, told in whole.items() if key[0] in STATES[:2] and key[1] in STATES[1:4]
    }


def test_rows_stand_in_order_and_third_states_alone_in_them():
    found = everyone(weave(random_view(11)), STATES, noes=True)
    rows = list(zip(found.attacker, found.attacked, found.state, strict=True))
    assert rows == sorted(set(rows))
    assert not np.any((found.state == found.attacker) | (found.state == found.attacked))


def test_nobody_and_nothing():
    empty = weave(view("1950-01-01"))
    assert len(everyone(empty, STATES)) == 0
    assert len(everyone(weave(random_view(1)), [])) == 0
    assert len(everyone(weave(random_view(1)), ["FRA"])) == 0


def test_a_state_named_twice_is_refused():
    with pytest.raises(InputError, match="named twice"):
        everyone(weave(view("1950-01-01")), ["FRA", "GBR", "FRA"])


def test_a_clause_against_a_state_that_no_pact_names():
    web = weave(view("1950-01-01", pact("p", ["FRA", "GBR"], clause(against=("DEU",)))))
    pairs = [("DEU", "FRA"), ("ESP", "FRA")]
    assert of_all(everyone(web, ["DEU", "ESP"], ["FRA"], noes=True)) == plainly(web, pairs)


@settings(deadline=None, max_examples=40)
@given(seeds)
def test_the_order_of_pacts_clauses_and_parties_does_not_matter(seed):
    ties = random_ties(seed)
    turned = tuple(
        replace(
            tie, clauses=tie.clauses[::-1], parties=tie.parties[::-1] if tie.kind == "pact" else tie.parties
        )
        for tie in ties[::-1]
    )
    one, other = (weave(Held(DAY, some)) for some in (ties, turned))
    told = of_all(everyone(one, STATES, noes=True))
    assert of_all(everyone(other, STATES, noes=True)) == told
    attacker, attacked = random.Random(seed).sample(STATES, 2)
    mine = {key: row for key, row in told.items() if key[:2] == (attacker, attacked)}
    assert of_one(solve(other, attacker=attacker, attacked=attacked)) == mine


@settings(deadline=None, max_examples=40)
@given(seeds)
def test_names_do_not_matter_to_all_pairs(seed):
    ties = tuple(replace(t, clauses=tuple(_nowhere(c) for c in t.clauses)) for t in random_ties(seed))
    names = dict(zip(STATES, (f"Q{n}Q" for n in range(len(STATES))), strict=True))
    plain = of_all(everyone(weave(Held(DAY, ties)), STATES, noes=True))
    other = of_all(
        everyone(weave(Held(DAY, tuple(renamed(t, names) for t in ties))), list(names.values()), noes=True)
    )
    assert other == {
        tuple(names[code] for code in key): (answer, names[side], *rest)
        for key, (answer, side, *rest) in plain.items()
    }


def _nowhere(its):
    """The clause without what hangs on who the states are: its territory, and great powers."""
    conditions = tuple(term for term in its.conditions if term != "great_power_only")
    return replace(its, territory=(), conditions=conditions)


@settings(deadline=None, max_examples=40)
@given(seeds)
def test_one_more_clause_takes_no_yes_away_from_any_pair(seed):
    rng = random.Random(seed)
    ties = random_ties(seed)
    more = pact("more", rng.sample(STATES, 3), random_clause(rng))
    before, after = (of_all(everyone(weave(Held(DAY, some)), STATES)) for some in (ties, (*ties, more)))
    lost = {key for key, told in before.items() if told[0] == "YES" and after.get(key, ("NO",))[0] != "YES"}
    assert not lost


@given(seeds)
def test_dates_bound_everything(seed):
    ties = random_ties(seed)
    assert len(everyone(weave(Held(dt.date(1948, 12, 31), ties)), STATES, noes=True)) == 0
    idle = tuple(replace(t, phases=tuple(replace(p, phase="signed") for p in t.phases)) for t in ties)
    assert len(everyone(weave(Held(DAY, idle)), STATES)) == 0


def test_it_ends_where_pacts_stand_in_a_circle():
    ring: list[Tie] = [
        pact(f"ring-{n}", [STATES[n - 1], STATES[n]], clause(trigger="any_war")) for n in range(len(STATES))
    ]
    web = weave(view("1950-01-01", *ring))
    told = of_all(everyone(web, STATES))
    assert told == plainly(web, ALL_PAIRS)
    assert max(step for _, _, step, _ in told.values()) > 2


@pytest.mark.parametrize("on", ["1914-07-28", "1955-07-01", "2024-06-22"])
def test_a_day_of_all_lives_is_the_view_of_that_day(record, on):
    day = dt.date.fromisoformat(on)
    assert weave(Lives(record).view(day)) == weave(record.view(day))


def test_the_table(record):
    found = table(record, 1913, 1914, on="07-28")
    assert found.schema == SCHEMA
    assert found["year"].unique().to_pylist() == [1913, 1914]
    day = dt.date(1914, 7, 28)
    states = {who for _, who, when in actors.memberships("cow") if when.contains(day)}
    rows = [row for row in found.to_pylist() if row["year"] == 1914]
    assert {row["attacker"] for row in rows} <= states
    told = {
        (r["attacker"], r["attacked"], r["state"]): (r["answer"], r[r["side"]], r["step"], r["clauses"])
        for r in rows
    }
    web = weave(record.view(day))
    assert told == of_all(everyone(web, sorted(states)))


def test_the_noes_of_a_table_by_option(record):
    fewer, more = table(record, 1914, 1914), table(record, 1914, 1914, noes=True)
    assert set(fewer["answer"].unique().to_pylist()) == {"YES", "DISPUTED", "OPTIONAL"}
    assert more.filter(pa.compute.field("answer") != "NO").num_rows == fewer.num_rows < more.num_rows


@pytest.mark.parametrize("on", ["02-30", "7-1", "July", ""])
def test_a_day_that_is_none(record, on):
    with pytest.raises(InputError, match="is no day of"):
        table(record, 1914, 1914, on=on)


def test_years_that_run_backwards(record):
    with pytest.raises(InputError, match="run backwards"):
        table(record, 1915, 1914)


def test_the_file(record, tmp_path):
    out = tmp_path / "obliged.parquet"
    rows = write(None, out, years="1913-1914")
    read = pa.parquet.read_table(out)
    assert read.num_rows == rows == table(record, 1913, 1914).num_rows
    assert read.to_pylist() == table(record, 1913, 1914).to_pylist()
    assert list(tmp_path.iterdir()) == [out]
