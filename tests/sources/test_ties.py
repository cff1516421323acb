"""Rows of tables as ties: members, ends, numbers that rows share, clauses; and what is not kept."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from rapallo.sources.found import Found
from rapallo.sources.specs import TieSpec
from rapallo.sources.stamp import Stamp
from rapallo.sources.ties import ties

STAMP = Stamp("made-up-1", "1", "made_up.csv", 0.9)
PACT = {"kind": "pact", "parties": [{"name": "members"}], "first": "begins", "last": "ends"}
SANCTION = {"kind": "sanction", "actors": [{"cow": "a"}], "targets": [{"cow": "b"}], "first": "begins"}


def read(spec, listed) -> Found:
    table = pa.Table.from_pylist([{**row, "line": line} for line, row in enumerate(listed, 2)])
    return ties(table, TieSpec.model_validate(spec), STAMP)


def row(**cells):
    return {"members": "France; Poland", "begins": "1921-02-19", "ends": ""} | cells


def test_members_of_one_cell_are_parted_by_semicolons():
    (tie,) = read(PACT, [row(members=" France;Poland ; ;NA; Romania;France")]).ties
    assert [(party.actor, party.role) for party in tie.parties] == [
        ("FRA", "party"),
        ("POL", "party"),
        ("ROU", "party"),
    ]
    assert (tie.id, tie.kind, tie.envelope.line, tie.envelope.file) == (
        "made-up-1:2",
        "pact",
        2,
        "made_up.csv",
    )


@pytest.mark.parametrize("cell", ["", None, "NA", ".", "-9", "ongoing", "Present", "none"])
def test_an_open_end_is_open(cell):
    (tie,) = read(PACT, [row(ends=cell)]).ties
    assert (tie.envelope.valid.end, tie.envelope.valid.precision) == (None, "since")
    assert [(phase.phase, phase.on) for phase in tie.phases] == [("in_force", dt.date(1921, 2, 19))]


def test_an_end_ends_it_with_the_precision_it_was_told_in():
    (tie,) = read(PACT, [row(begins="1921", ends="1939-09")]).ties
    assert (tie.envelope.valid.start, tie.envelope.valid.end) == (dt.date(1921, 1, 1), dt.date(1939, 9, 30))
    assert [(phase.phase, phase.precision) for phase in tie.phases] == [
        ("in_force", "year"),
        ("ended", "month"),
    ]


def test_days_can_stand_in_three_columns():
    spec = {"kind": "pact", "parties": [{"name": "members"}], "first": "y m d", "last": "y2 m2 d2"}
    (tie,) = read(spec, [row(y=1921, m=2, d=-9, y2="-9", m2="", d2=None)]).ties
    assert (tie.envelope.valid.start, tie.envelope.valid.end) == (dt.date(1921, 2, 1), None)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"begins": ""}, "no day on which it begins"),
        ({"begins": None}, "no day on which it begins"),
        ({"begins": "-9"}, "no day on which it begins"),
        ({"begins": "long ago"}, "no day on which it begins"),
        ({"ends": "1920-01-01"}, "ends before it begins"),
        ({"ends": "13/45/1930"}, "no day on which it ends"),
        ({"ends": "later"}, "no day on which it ends"),
        ({"members": ""}, "nobody bears the codes of its parties"),
        ({"members": "Atlantis; Lemuria"}, "nobody bears the codes of its parties"),
        ({"members": "France"}, "fewer than two parties are known"),
        ({"members": "France; Atlantis"}, "fewer than two parties are known"),
        ({"members": "France; France"}, "fewer than two parties are known"),
        ({"number": ""}, "no number in number"),
    ],
)
def test_each_reason_for_which_a_row_is_not_kept(cells, reason):
    found = read(PACT | {"ident": "number"}, [row(number="1"), row(number="2") | cells])
    assert found.rejected == {reason: (1, 3)}
    assert [tie.id for tie in found.ties] == ["made-up-1:1"]


def test_unknown_parties_are_counted_and_the_tie_stands_among_the_others():
    found = read(PACT, [row(members="France; Poland; Atlantis"), row(members="Atlantis; Poland; Romania")])
    assert [len(tie.parties) for tie in found.ties] == [2, 2]
    assert dict(found.unknown) == {("name", "Atlantis"): 2}


def test_rows_of_one_number_are_one_tie_over_all_their_days():
    listed = [
        row(number=7.0, members="France; Poland", begins="1921-02-19", ends="1939-09-01"),
        row(number=7.0, members="Romania", begins="1926", ends="1930"),
        row(number=7.0, members="France; Poland", begins="1921-02-19", ends="1939-09-01"),
        row(number=8.0, members="Romania; Poland", begins="1921", ends="1930"),
        row(number=8.0, members="France", begins="1920", ends=""),
    ]
    first, second = read(PACT | {"ident": "number"}, listed).ties
    assert first.id == "made-up-1:7"
    assert [(party.actor, party.when.start.year, party.when.end.year) for party in first.parties] == [
        ("FRA", 1921, 1939),
        ("POL", 1921, 1939),
        ("ROU", 1926, 1930),
    ]
    assert (first.envelope.valid.start.year, first.envelope.valid.end) == (1921, dt.date(1939, 9, 1))
    assert (second.envelope.valid.start.year, second.envelope.valid.end) == (1920, None)


def test_a_bad_row_of_a_number_leaves_the_tie_to_the_others():
    found = read(
        PACT | {"ident": "number"}, [row(number="1", begins=""), row(number="1"), row(number="1", ends="x")]
    )
    assert [tie.envelope.line for tie in found.ties] == [3]
    assert found.rejected == {"no day on which it begins": (1, 2), "no day on which it ends": (1, 4)}


def test_who_acts_upon_whom():
    spec = SANCTION | {"about": ["aim", "gone"]}
    listed = [{"a": "2.0", "b": 40, "begins": "1962-02-07", "aim": " regime ", "gone": None}]
    (tie,) = read(spec, listed).ties
    assert [(party.actor, party.role) for party in tie.parties] == [("USA", "actor"), ("CUB", "target")]
    assert (tie.name, tie.about) == ("Sanction of USA, CUB", "aim: regime")
    found = read(spec, [listed[0] | {"b": 9999}])
    assert (found.ties, found.rejected) == ([], {"fewer than two parties are known": (1, 2)})


def test_a_side_can_be_the_same_in_all_rows():
    spec = SANCTION | {"actors": [{"cow": "2", "fixed": True}]}
    (tie,) = read(spec, [{"b": "40", "begins": "1962"}]).ties
    assert tie.parties[0].actor == "USA"


def test_codes_mean_who_bore_them_when_it_began():
    spec = PACT | {"parties": [{"cow": "a"}, {"cow": "b"}]}
    found = read(spec, [row(a="365", b="2", begins="1972"), row(a="365", b="2", begins="2002")])
    assert [tie.parties[0].actor for tie in found.ties] == ["SUN", "RUS"]


def test_clauses_are_those_whose_columns_say_so():
    spec = PACT | {
        "clauses": {"def": "defence", "non": "non_aggression", "con": "consultation", "d2": "defence"}
    }
    listed = [
        row(**{"def": "1", "non": "0", "con": "Yes", "d2": "1.0"}),
        row(**{"def": "", "non": None, "con": "NA", "d2": "No"}),
    ]
    one, other = read(spec, listed).ties
    assert [(clause.id, clause.kind, clause.response) for clause in one.clauses] == [
        ("made-up-1:2/1", "defence", "military_assistance"),
        ("made-up-1:2/2", "consultation", "consult"),
    ]
    assert other.clauses == ()


def test_columns_go_by_whatever_case_and_names_by_what_they_say():
    evil = "'; DROP TABLE tie; --"
    (tie,) = read(PACT | {"name": "TITLE", "first": "Begins"}, [row(Title=evil)]).ties
    assert tie.name == evil
