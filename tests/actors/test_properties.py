"""What holds of every state on every day, of every name in any spelling, and of any file of a user's own."""

from __future__ import annotations

import datetime as dt
import random
import string
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from rapallo.actors import actor, fold, from_cow, from_gw, resolve, states, table, to_cow, to_gw, with_extra
from rapallo.actors.misspelling import OneLetterOff
from rapallo.errors import InputError, UnknownActorError
from rapallo.model import Interval

FIRST, LAST = dt.date(1816, 1, 1), dt.date(2026, 12, 31)
SUMMER_2024 = dt.date(2024, 6, 22)
DAY = dt.timedelta(days=1)


# -- codes on every day -----------------------------------------------------------------------------------


def all_spells() -> list[Interval]:
    """Every spell of existence and of a code."""
    found = []
    for state in table().all_states():
        found += [*state.exists, *(when for _, when in (*state.cow, *state.gw))]
    return found


def stretches() -> list[tuple[dt.date, dt.date]]:
    """The days from 1816 on, parted at each day on which a spell begins or is over.

    What exists and bears which code follows from whether a day lies in a spell, so it is the same on all days
    of a stretch; what holds of its first and last day holds of each day between.
    """
    begins = {FIRST}
    for when in all_spells():
        begins |= {day for day in (when.start, when.end + DAY if when.end else None) if day}
    starts = sorted(day for day in begins if FIRST <= day <= LAST)
    return list(zip(starts, [*(day - DAY for day in starts[1:]), LAST], strict=True))


STRETCHES = stretches()


def test_the_stretches_cover_every_day_once() -> None:
    assert sum((last - first).days + 1 for first, last in STRETCHES) == (LAST - FIRST).days + 1
    assert all(first <= last for first, last in STRETCHES)
    for first, last in STRETCHES:
        for when in all_spells():
            assert when.contains(first) == when.contains(last)


def goes_round(on: dt.date) -> int:
    """Check every code system in both directions, and in a round, on a day; returns how many codes."""
    checked = 0
    for state in states(on):
        if state.cow is not None:
            assert (to_cow(state.id, on), from_cow(state.cow, on)) == (state.cow, state.id)
            checked += 1
        if state.gw is not None:
            assert (to_gw(state.id, on), from_gw(state.gw, on)) == (state.gw, state.id)
            checked += 1
        if state.cow is not None and state.gw is not None:
            assert from_gw(to_gw(from_cow(to_cow(state.id, on), on), on), on) == state.id
        if state.iso3 is not None:
            assert actor(state.iso3, on=on).id == state.id
    return checked


@pytest.mark.parametrize("end", [0, 1], ids=["first days", "last days"])
def test_codes_go_round_on_every_day_since_1816(end: int) -> None:
    assert sum(goes_round(stretch[end]) for stretch in STRETCHES) > 50_000


@given(st.dates(FIRST, LAST))
@settings(max_examples=50)
def test_codes_go_round_on_any_day(on: dt.date) -> None:
    assert goes_round(on) > 50


@pytest.mark.parametrize("end", [0, 1], ids=["first days", "last days"])
@pytest.mark.parametrize(("system", "back"), [("cow", from_cow), ("gw", from_gw)])
def test_no_code_answers_outside_its_days(system: str, back: Callable[[int, dt.date], str], end: int) -> None:
    held = [(s.id, code, when) for s in table().all_states() for code, when in getattr(s, system)]
    for stretch in STRETCHES:
        on = stretch[end]
        present = {code: who for who, code, when in held if when.contains(on)}
        for code in {code for _, code, _ in held}:
            if code in present:
                assert back(code, on) == present[code]
            else:
                with pytest.raises(UnknownActorError):
                    back(code, on)


def test_nobody_comes_out_of_nowhere_or_ends_in_it() -> None:
    known = {state.id for state in table().all_states()}
    for state in table().all_states():
        assert {*state.into, *state.out_of, *(owner for owner, _ in state.of)} <= known - {state.id}
        assert (
            state.id in {other for heir in state.into for other in table().predecessors(heir)}
            or not state.into
        )


def test_what_is_no_recognised_state_says_so() -> None:
    flagged = {s.id: s.status for s in table().all_states() if s.status != "recognised"}
    assert {"XKX", "PSE", "TWN", "ESH", "ABK", "SOT", "SLX", "HKG", "MAC", "GRL"} <= flagged.keys()
    present = {state.id for state in states(SUMMER_2024)}
    assert present & flagged.keys() == {who for who, status in flagged.items() if status != "territory"}
    assert actor("SOMALILAND").id == actor("SLX").id == "SLX"
    assert actor("HKG", on=dt.date(1990, 1, 1)).of == "GBR"
    assert actor("HKG", on=dt.date(2000, 1, 1)).of == "CHN"


# -- names in any spelling --------------------------------------------------------------------------------

NAMED = sorted(
    {
        entry.name.text
        for entry in table().names.entries
        if entry.name.when.contains(SUMMER_2024) and entry.name.kind not in {"acronym", "person"}
    }
)
DEMONYMS = sorted({e.name.text for e in table().names.entries if e.name.kind == "demonym"})


def bare(text: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)
    )


CASES = [str, str.upper, str.lower, str.title]
MARKS = [str, bare, lambda text: text.replace("-", " "), lambda text: text.replace("-", "–")]
ENDS = [str, lambda text: f"{text}'s", lambda text: f"{text}’s", lambda text: f"“{text}”,"]


@given(st.sampled_from(NAMED), st.sampled_from(CASES), st.sampled_from(MARKS), st.sampled_from(ENDS))
def test_case_diacritics_hyphens_and_possessives_do_not_matter(text, case, marks, end) -> None:  # type: ignore[no-untyped-def]
    spelt = end(case(marks(text)))
    plain, other = resolve(text, on=SUMMER_2024), resolve(spelt, on=SUMMER_2024)
    assert {(c.actor, c.code, c.sector) for c in plain.candidates} == {
        (c.actor, c.code, c.sector) for c in other.candidates
    }


@pytest.mark.parametrize(
    ("possessive", "code"),
    [("America's", "USA"), ("Hama's", "SYR"), ("St. George's", "GRD"), ("Hamas'", "HAMAS")],
)
def test_a_possessive_makes_no_other_name(possessive: str, code: str) -> None:
    assert {c.code for c in resolve(possessive, on=SUMMER_2024).candidates} == {code}


@given(st.sampled_from(DEMONYMS))
def test_a_people_is_met_with_and_without_its_plural(text: str) -> None:
    bearers = [e for e in table().names.find(fold(text)) if e.name.kind == "demonym"]
    on = bearers[0].name.when.start or bearers[0].name.when.end or SUMMER_2024
    found = {c.code for c in resolve(f"the {text}", on=on).candidates}
    assert bearers[0].code in found
    for role in ("government", "troops", "farmers"):
        assert bearers[0].code in {c.code for c in resolve(f"the {text} {role}", on=on).candidates}


WORDS = [text for text in NAMED if text.isalpha() and text.isascii() and len(text) >= 6]


@given(st.sampled_from(WORDS), st.randoms(use_true_random=False))
def test_a_letter_amiss_is_offered_and_never_taken(text: str, rng: random.Random) -> None:
    at = rng.randrange(1, len(text) - 1)
    letter = rng.choice(string.ascii_lowercase)
    wrong = rng.choice(
        [
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        ]
    )
    assume(fold(wrong) not in table().names.holders and fold(wrong) != fold(text))
    answer = resolve(wrong, on=SUMMER_2024)
    assume(not answer.sector or answer.candidates)  # the slip made a word for a role of it
    meant = {c.actor for c in resolve(text, on=SUMMER_2024).candidates}
    assert answer.best is None
    assert meant <= {c.actor for c in answer.candidates}
    assert all(c.confidence <= 0.5 and c.why.startswith("one letter from") for c in answer.candidates)


@given(
    st.lists(st.text("abcd", min_size=3, max_size=9), max_size=40), st.text("abcd", min_size=5, max_size=9)
)
def test_one_letter_off_finds_all_that_comparing_each_finds(words: list[str], asked: str) -> None:
    slow = {word for word in words if len(word) >= 5 and OSA.distance(word, asked) == 1}
    assert set(OneLetterOff(words).of(asked)) == slow


@given(st.sampled_from(table().names.entries), st.dates(FIRST, LAST))
def test_an_answer_says_on_which_side_of_its_days_a_name_is(entry, on: dt.date) -> None:  # type: ignore[no-untyped-def]
    for found in resolve(entry.name.text, on=on).candidates:
        assert found.why
        assert 0 < found.confidence <= 1
        assert table().actor(found.code).id == found.code


# -- files of a user's own --------------------------------------------------------------------------------


def refused(path: Path) -> str:
    with pytest.raises(InputError) as error:
        with_extra(path)
    told = str(error.value)
    assert "\n" not in told
    assert len(told) < 400
    return told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no sections"),
        ("\0", "is not YAML"),
        ("a: &a [x]\nstates: [*a, *a]", "refers to another part of itself"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nseats: [*c, *c]", "refers to"),
        ("[" * 5000, "is not YAML"),
        ("states: " + "[" * 900 + "]" * 900, "mine.yaml"),
        ("!!python/object/apply:os.system ['true']", "is not YAML"),
        ("states: [{id: 7}]", "states 7 id"),
        ("groups: [{id: [a]}]", "groups is not a list of rows with ids"),
        ("seats: [{of: RUS, names: 5}]", "names"),
        ("seats: [{of: RUS, names: X, sector: army}]", "sector"),
        ("leaders: {RUS: [{id: a, name: A, office: king 2020-01-01/2019-01-01}]}", "before it begins"),
        ("states: [{id: NRX, name: N, is: 2020-01-01/.., status: territory, of: QQQ}]", "QQQ"),
        ("known_to: tomorrow", "known_to"),
        ("basis: gospel", "basis"),
    ],
)
def test_hostile_files_are_refused_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    assert message in refused(path)


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert "larger than" in refused(path)


def told(path: Path) -> str:
    """What a file is refused with; nothing where it is taken."""
    try:
        assert with_extra(path).actor("RUS").cow == 365
    except InputError as error:
        return str(error)
    return ""


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.dates()
ROWS = st.dictionaries(
    st.sampled_from(["id", "name", "is", "aka", "of", "names", "office", "cow", "joined", "capital"]),
    SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.text(max_size=4), SCALARS, max_size=2),
    max_size=4,
)
FILES = st.dictionaries(
    st.sampled_from(["states", "leaders", "organisations", "groups", "blocs", "seats", "places", "nations"]),
    SCALARS | st.lists(ROWS | SCALARS, max_size=2) | st.dictionaries(st.text(max_size=3), ROWS, max_size=2),
    min_size=1,
    max_size=2,
)


@given(FILES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_is_taken_or_refused_in_one_line(tmp_path: Path, raw: dict[str, object]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    assert "\n" not in told(path)
