"""The facts: how each is known, what must be there, and that the record is of one piece."""

import datetime as dt
from collections import Counter

import pytest
from pydantic import ValidationError

from rapallo.actors import actor
from rapallo.errors import InputError, UnknownActorError
from rapallo.model import RECALLED_CAP
from rapallo.sources.starter import RELEASE, SOURCE, load, read
from rapallo.sources.starter.reader import _refuse_twins

BEFORE_ITS_STATE = {"minsaengdan"}


@pytest.fixture(scope="module")
def ties():
    return {tie.id: tie for batch in load() for tie in batch.ties}


@pytest.fixture(scope="module")
def rows():
    families = ("ties", "flows", "traits", "events")
    return [row for b in load() for f in families for row in getattr(b, f)] + [
        c for b in load() for tie in b.ties for c in tie.clauses
    ]


def test_every_fact_says_how_it_is_known(rows):
    for row in rows:
        e = row.envelope
        assert e.basis in {"checked", "recalled"}, row.id
        assert e.basis == "recalled" or "(" in e.checked_against, row.id
        assert e.basis == "checked" or e.confidence <= RECALLED_CAP, row.id
        assert "{" not in e.checked_against, row.id
        assert "/" not in e.checked_against, row.id
        assert (e.source, e.release) == (SOURCE.id, RELEASE)
        assert e.known_from is None
        assert e.quote is None


def test_ids_are_unique(rows):
    assert not [k for k, n in Counter(r.id for r in rows).items() if n > 1]


def test_a_twin_is_refused():
    batch = next(b for b in load() if b.events)
    with pytest.raises(InputError, match="twice"):
        _refuse_twins((batch, batch))


def test_families_are_as_wide_as_promised(rows, ties):
    kinds = Counter(tie.kind for tie in ties.values())
    assert kinds["pact"] >= 35
    assert kinds["rivalry"] >= 60
    assert kinds["sanction"] >= 50
    assert kinds["border"] >= 120
    assert kinds["troops"] >= 60
    assert sum(r.id.startswith("flow:trade:") for r in rows) >= 900
    assert len({r.actor for r in rows if r.id.startswith("trait:population:")}) >= 195
    assert len({r.actor for r in rows if r.id.startswith("trait:nuclear_warheads:")}) == 9


def test_every_actor_is_known_on_its_days(ties):
    for b in load():
        named = [
            (t.id, p.actor, day) for t in b.ties for p in t.parties for day in (p.when.start, p.when.end)
        ]
        named += [(f.id, x, f.envelope.valid.start) for f in b.flows for x in (f.origin, f.destination)]
        named += [(t.id, t.actor, t.envelope.valid.start) for t in b.traits]
        named += [(e.id, x, e.envelope.valid.start) for e in b.events for x in (*e.actors, *e.targets)]
        for row, code, on in named:
            try:
                actor(code, on=on or dt.date(2026, 1, 1))
            except UnknownActorError:
                assert row in BEFORE_ITS_STATE


def test_clauses_belong_to_their_pact(ties):
    for tie in ties.values():
        assert bool(tie.clauses) == (tie.kind == "pact")
        named = {p.actor for p in tie.parties}
        for n, clause in enumerate(tie.clauses, 1):
            assert clause.id == f"{tie.id}/{n}"
            assert clause.tie == tie.id
            assert {*clause.obliged, *clause.protected} <= named


@pytest.mark.parametrize(
    ("tie", "on", "phase"),
    [
        ("prk-rus-2024", "2024-06-18", None),
        ("prk-rus-2024", "2024-06-22", "signed"),
        ("prk-rus-2024", "2024-12-04", "in_force"),
        ("prk-rus-2000", "2024-12-03", "in_force"),
        ("prk-rus-2000", "2024-12-04", "ended"),
        ("prk-sun-1961", "1996-09-10", "ended"),
        ("prk-chn-1961", "2024-06-22", "in_force"),
        ("anzus-usa-nzl", "1990-01-01", "suspended"),
        ("relations-irn-sau", "2020-01-01", "ended"),
        ("relations-irn-sau", "2023-03-10", "in_force"),
        ("sanction-ecowas-ner", "2023-12-01", "in_force"),
        ("sanction-ecowas-ner", "2024-03-01", "ended"),
    ],
)
def test_phases(ties, tie, on, phase):
    assert ties[tie].phase(dt.date.fromisoformat(on)) == phase


def test_nato_grows_to_thirty_two(ties):
    nato = ties["nato-1949"]
    assert len(nato.members(dt.date(1949, 8, 24))) == 12
    assert len(nato.members(dt.date(2023, 4, 3))) == 30
    assert "FIN" in nato.members(dt.date(2023, 4, 4))
    assert len(nato.members(dt.date(2024, 6, 22))) == 32


def test_the_treaty_of_1961_binds_china_and_that_of_2000_binds_nobody(ties):
    assert {c.kind for c in ties["prk-chn-1961"].clauses} >= {"defence"}
    assert {c.kind for c in ties["prk-rus-2000"].clauses} == {"consultation"}
    assert [p.on.year for p in ties["prk-chn-1961"].phases if p.phase == "renewed"] == [1981, 2001, 2021]


def test_the_soviet_party_hands_over_to_russia(ties):
    parties = {p.actor: p.when for p in ties["prk-sun-1961"].parties}
    assert parties["SUN"].end == dt.date(1991, 12, 25)
    assert parties["RUS"].start == dt.date(1991, 12, 26)
    assert parties["RUS"].end == dt.date(1996, 9, 9)


def test_china_takes_most_of_what_north_korea_trades(rows):
    trade = {r.id: r.value for r in rows if r.id.startswith("flow:trade:") and r.id.endswith(":2023")}
    with_prk = {k: v for k, v in trade.items() if "PRK" in k}
    china = sum(v for k, v in with_prk.items() if "CHN" in k)
    assert china / sum(with_prk.values()) > 0.9


def test_partners_stay_within_totals(rows):
    totals = {(r.actor, r.name, r.envelope.valid.start): r.value for r in rows if r.id.startswith("trait:")}
    sums = Counter()
    for r in rows:
        if r.id.startswith("flow:trade:"):
            sums[r.origin, "exports", r.envelope.valid.start] += r.value
            sums[r.destination, "imports", r.envelope.valid.start] += r.value
    over = {k for k, v in sums.items() if k in totals and v > 1.02 * totals[k]}
    assert {who for who, _, when in over} <= {"PRK"}
    assert all(when.year == 2014 for _, _, when in over)


def test_a_validation_error_never_escapes():
    with pytest.raises(InputError) as caught:
        read("a.yaml", b"about: A.\nties: {x: {kind: pact}}")
    assert not isinstance(caught.value, ValidationError)
    assert "more" in caught.value.hint
