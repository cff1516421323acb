"""A file that is not what it should be is refused in one line that names the file and the entry."""

import contextlib

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.errors import InputError
from rapallo.sources.starter import read
from rapallo.sources.starter.strict import LIMIT, parse

PACT = {
    "kind": "pact",
    "name": "A pact",
    "parties": ["PRK", "CHN"],
    "phases": ["signed 1961-07-11", "in_force 1961-09-10"],
    "basis": "recalled",
    "clauses": [
        {
            "kind": "defence",
            "trigger": "state_of_war",
            "response": "all_means",
            "strength": "automatic",
            "wording": "Help.",
        }
    ],
}
FLOW = {
    "kind": "trade",
    "unit": "USD million",
    "period": 2023,
    "basis": "recalled",
    "rows": {"CHN-PRK": 2000},
}
TRAIT = {"name": "missile_range", "unit": "km", "period": 2017, "basis": "recalled", "rows": {"PRK": 13000}}
EVENT = {
    "event": "MOBILIZE",
    "mode": "weapons",
    "actors": ["PRK"],
    "when": "2006-10-09",
    "what": "A test",
    "basis": "recalled",
}
SECTIONS = {"ties": PACT, "flows": FLOW, "traits": TRAIT, "events": EVENT}


def file(section, entry):
    return yaml.safe_dump({"about": "A test.", section: {"it": entry}}, allow_unicode=True).encode()


def refusal(section, **change):
    entry = {k: v for k, v in {**SECTIONS[section], **change}.items() if v is not ...}
    with pytest.raises(InputError) as caught:
        read("x.yaml", file(section, entry))
    text = str(caught.value)
    assert text.startswith("x.yaml, it: ")
    assert "\n" not in text
    return text


@pytest.mark.parametrize("section", SECTIONS)
def test_the_entries_of_this_test_are_valid(section):
    batch = read("x.yaml", file(section, SECTIONS[section]))
    assert len(getattr(batch, section)) == 1


def clause(**change):
    return [{k: v for k, v in {**PACT["clauses"][0], **change}.items() if v is not ...}]


@pytest.mark.parametrize(
    ("section", "change", "words"),
    [
        ("ties", {"kind": "alliance"}, "tie_kinds"),
        ("ties", {"colour": "red"}, "Extra inputs"),
        ("ties", {"basis": ...}, "basis"),
        ("ties", {"basis": "read"}, "basis"),
        ("ties", {"confidence": 0.7}, "0.6"),
        ("ties", {"confidence": 1.5}, "confidence"),
        ("ties", {"basis": "checked"}, "checked against"),
        ("ties", {"name": ""}, "name"),
        ("ties", {"parties": ["PRK"]}, "two or more parties"),
        ("ties", {"parties": ["PRK", "China"]}, "'China'"),
        ("ties", {"parties": ["PRK", "CHN 1950-01-01"]}, "outside the days"),
        ("ties", {"parties": ["PRK", "CHN 1970..1965"]}, "ends before"),
        ("ties", {"actors": ["USA"]}, "no actors"),
        ("ties", {"phases": []}, "phases"),
        ("ties", {"phases": ["signed 2023-02-30"]}, "2023-02-30"),
        ("ties", {"phases": ["signed"]}, "not a date"),
        ("ties", {"phases": ["begun 1961"]}, "tie_phases"),
        ("ties", {"phases": ["renewed 1961"]}, "begin with"),
        ("ties", {"phases": ["signed 1961-07-11", "in_force 1960"]}, "not in order"),
        ("ties", {"phases": ["in_force 1961", "ended 1970", "renewed 1980"]}, "cannot follow"),
        ("ties", {"clauses": []}, "a pact has a clause"),
        ("ties", {"kind": "partnership"}, "has no clauses"),
        ("ties", {"kind": "sanction", "clauses": []}, "actors and targets"),
        ("ties", {"clauses": clause(kind="defense")}, "clauses.0.kind"),
        ("ties", {"clauses": clause(trigger="attack")}, "clause_triggers"),
        ("ties", {"clauses": clause(strength="strong")}, "clause_strengths"),
        ("ties", {"clauses": clause(response="help")}, "clause_responses"),
        ("ties", {"clauses": clause(conditions=["sunshine"])}, "clause_conditions"),
        ("ties", {"clauses": clause(obliged=["USA"])}, "USA is no party"),
        ("ties", {"clauses": clause(wording=...)}, "wording"),
        ("ties", {"clauses": clause(basis="checked")}, "checked against"),
        ("flows", {"kind": "money"}, "flow_kinds"),
        ("flows", {"rows": {}}, "rows"),
        ("flows", {"rows": {"CHN": 1}}, "rows.CHN"),
        ("flows", {"rows": {"CHN-CHN": 1}}, "leads nowhere"),
        ("flows", {"rows": {"CHN-PRK": -1}}, "rows.CHN-PRK"),
        ("flows", {"rows": {"CHN-PRK": float("nan")}}, "rows.CHN-PRK"),
        ("flows", {"rows": {"CHN-PRK": 1e40}}, "rows.CHN-PRK"),
        ("flows", {"period": "2023..2020"}, "ends"),
        ("flows", {"period": "soon"}, "soon"),
        ("traits", {"name": "wealth"}, "trait_names"),
        ("traits", {"rows": {"PRK": "far"}}, "rows.PRK"),
        ("events", {"event": "WAR"}, "event_types"),
        ("events", {"mode": "visit"}, "no mode of MOBILIZE"),
        ("events", {"contexts": ["weather"]}, "contexts"),
        ("events", {"actors": []}, "actors"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(section, change, words):
    assert words in refusal(section, **change)


@pytest.mark.parametrize(
    ("pairs", "words"), [(["PRK-CHN 1948"], "CHN-PRK"), (["CHN-PRK"], "1948-09-09"), ([], "pairs")]
)
def test_borders_are_dated_and_in_order(pairs, words):
    data = yaml.safe_dump({"about": "A test.", "borders": {"it": {"basis": "recalled", "pairs": pairs}}})
    with pytest.raises(InputError, match=words):
        read("x.yaml", data.encode())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"# only a comment\n", "empty"),
        (b"- a\n- b\n", "x.yaml"),
        (b"just words", "x.yaml"),
        (b"about: [", "x.yaml, line"),
        (b"about: a\nabout: b\n", "line 2: 'about' stands twice"),
        (b"about: a\n<<: {ties: {}}\n", "x.yaml"),
        (b"a: &a [x]\nb: *a\n", "aliases"),
        (b"about: !!python/object/apply:os.system ['true']\n", "x.yaml"),
        (b"\xff\xfe\x00\x01", "x.yaml"),
        (b"\x00\x01\x02", "x.yaml"),
        (b"about: \xe9\n", "x.yaml"),
        (b"? [a, b]\n: c\n", "x.yaml"),
        (b"? {a: b}\n: c\n", "x.yaml"),
        (b"2024: a\n", "x.yaml"),
        (b"ties: {}\n", "about"),
        (b"about: a\nties: []\n", "ties"),
        (b"about: a\nties: {IT: {}}\n", "x.yaml, IT"),
        (b"about: a\nties: {it: null}\n", "x.yaml, it"),
        (b"a" * (LIMIT + 1), "over the limit"),
        (b"[" * 100_000, "x.yaml"),
        (b"---\na: 1\n---\nb: 2\n", "x.yaml"),
    ],
)
def test_what_is_no_such_file_is_refused(data, words):
    with pytest.raises(InputError) as caught:
        read("x.yaml", data)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_billion_laughs_stay_small():
    lines = ['a0: &a0 ["ha"]'] + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 30)]
    with pytest.raises(InputError, match="aliases"):
        parse("x.yaml", "\n".join(lines).encode())


def test_words_stay_words():
    assert parse("x.yaml", b"[NO, yes, 2024-06-19, 0x10, ~, 1961]") == [
        "NO",
        "yes",
        "2024-06-19",
        16,
        None,
        1961,
    ]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(InputError):
        assert read("x.yaml", data).source.id == "starter"
