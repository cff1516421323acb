"""Dictionary files: what is read of them, what is listed as unread, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapallo.errors import InputError
from rapallo.reading.dictionaries import Dictionaries
from rapallo.reading.dictionaries.actors import read_actors, read_agents, read_discards
from rapallo.reading.dictionaries.verbs import read_verbs
from tests.reading.dictionaries import conftest

READERS = {"verbs": read_verbs, "actors": read_actors, "agents": read_agents, "discards": read_discards}


@pytest.fixture
def written(tmp_path):
    """Write a dictionary and read it."""

    def call(kind: str, text: str):
        path = tmp_path / f"a.{kind}.txt"
        path.write_text(text, encoding="utf-8")
        return READERS[kind](path)

    return call


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("ASK", {"ASK", "ASKS", "ASKED", "ASKING"}),
        ("BLAME", {"BLAME", "BLAMES", "BLAMED", "BLAMING"}),
        ("AGREE", {"AGREE", "AGREES", "AGREED", "AGREEING"}),
        ("RATIFY", {"RATIFY", "RATIFIES", "RATIFIED", "RATIFYING"}),
        ("PLAY", {"PLAY", "PLAYS", "PLAYED", "PLAYING"}),
        ("BAN", {"BAN", "BANS", "BANNED", "BANNING"}),
        ("TIE", {"TIE", "TIES", "TIED", "TIING"}),
        ("PUSH", {"PUSH", "PUSHES", "PUSHED", "PUSHING"}),
        ("FAX_", {"FAX"}),
        ("RUN {RAN}", {"RUN", "RAN"}),
    ],
)
def test_forms_of_a_verb(written, verb, forms):
    assert set(written("verbs", f"--- A [010] ---\n{verb}\n").forms) == forms


def test_forms_of_a_verb_of_several_words(written):
    forms = written("verbs", "--- A [010] ---\nWIRE_+TAP\n").forms
    assert set(forms) == {"TAP", "TAPS", "TAPPED", "TAPPING"}
    assert {(f.before, f.after) for row in forms.values() for f in row} == {(("WIRE",), ())}


def test_the_longest_pattern_is_tried_first(written):
    text = "--- A [010] ---\nASK\n- * B [011]\n- * B C [012]\n- *_B_C [013]\n"
    patterns = written("verbs", text).forms["ASK"][0].entry.patterns
    assert [p.codes.forward for p in patterns] == ["013", "012", "011"]


def test_brackets_of_the_second_version(written):
    text = "--- A [010] ---\nASK\n- * {FREE TRADE} (WITH +) [011]\n"
    (pattern,) = written("verbs", text).forms["ASK"][0].entry.patterns
    assert [(e.kind, e.text, e.tight) for e in pattern.right] == [
        ("word", "FREE", False),
        ("word", "TRADE", True),
        ("word", "WITH", False),
        ("target", "+", False),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "line", "why"),
    [
        ("verbs", "--- A [010] ---\nASK\n- FOR [011]", 3, "one *"),
        ("verbs", "--- A [010] ---\nASK\n- * FOR", 3, "without a code"),
        ("verbs", "--- A [010] ---\nASK\n- * &NONE [011]", 3, "no set of synonyms is called &NONE"),
        ("verbs", "--- A [010] ---\nASK\n- * {B | C} [011]", 3, "alternatives"),
        ("verbs", "--- A [010] ---\nASK\nGO_ON", 3, "which of its words"),
        ("verbs", "--- A [010] [020] ---\nASK", 1, "only the first"),
        ("verbs", "- * B [011]\nASK", 1, "no verb"),
        ("verbs", "ASK\n&B\n+C\n&B\n+D", 4, "stood before"),
        ("verbs", "ASK\n&B\n+C $ D", 3, "no meaning"),
        ("actors", "A [AAA]\n\t[BBB 19991301-20001231]", 2, "day that is none"),
        ("actors", "A [AAA]\n\t[BBB 20010101-20001231]", 2, "before it begins"),
        ("actors", "A [AAA]\n\t[B B B]", 2, "no code with dates"),
        ("agents", "B [~BBB]\nA [AAA]", 2, "no ~"),
        ("agents", "B [~BBB]\n!A!S [~AAA]", 2, "no set is called !A!"),
        ("discards", "B\n+", 2, "no words"),
    ],
)
def test_what_has_no_effect_is_listed(written, kind, text, line, why):
    (unread,) = written(kind, text).unread
    assert (unread.file, unread.line) == (f"a.{kind}.txt", line)
    assert why in unread.why


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("verbs", "", "is empty"),
        ("verbs", "# nothing\n\n", "is empty"),
        ("verbs", "&A\n+B\n", "line 2: the file ends and holds no verb"),
        ("verbs", "--- A [010 ---\nASK", "line 1: a square bracket"),
        ("verbs", "ASK {ASKED", "line 1: 'ASK {ASKED' is no verb"),
        ("verbs", "ASK\n<!-- to the end\n", "line 2: a comment is never closed"),
        ("verbs", "ASK\n&A\n+&B\n&B\n+&A\n", "holds itself"),
        ("verbs", "ASK\n- * " + "B " * 60 + "[010]", "line 2: a pattern of 61 places"),
        ("verbs", "ASK\n- * " + "B" * 2000 + "[010]", "line 2: 2009 characters"),
        ("verbs", "ASK\n&A\n" + "".join(f"+B{n}\n" for n in range(99)) + "&C\n+&A &A\n", "more than 5000"),
        (
            "verbs",
            "ASK\n" + "".join(f"&A{n}\n+&A{n + 1}\n" for n in range(2000)) + "&A2000\n+B",
            "sets within",
        ),
        ("actors", "[AAA]", "line 1: a code of nobody"),
        ("actors", "+A [AAA]", "line 1: a synonym of nobody"),
        ("actors", "- [AAA]", "names nobody"),
        ("agents", "[~AAA]", "is no agent"),
        ("agents", "A [AAA]", "holds no agent"),
        (
            "agents",
            "!A! = " + ",".join("BCDEFG") + "\n" + "!A!" * 5 + " [~AAA]",
            "line 2: its marks make 7776",
        ),
        ("discards", "", "is empty"),
    ],
)
def test_a_broken_file_is_refused_by_line(written, kind, text, message):
    with pytest.raises(InputError) as error:
        written(kind, text)
    assert f"a.{kind}.txt" in str(error.value)
    assert message in str(error.value)


def test_binary_large_and_missing_files_are_refused(tmp_path):
    path = tmp_path / "a.verbs.txt"
    with pytest.raises(InputError, match="cannot read"):
        read_verbs(path)
    path.write_bytes(b"%PDF-1.7\x00\x01")
    with pytest.raises(InputError, match="binary"):
        read_verbs(path)
    with path.open("wb") as file:
        file.truncate(11_000_000)
    with pytest.raises(InputError, match="11 MB"):
        read_verbs(path)


def test_a_folder_has_one_verb_dictionary_and_an_actor_dictionary(tmp_path):
    with pytest.raises(InputError, match="there is no dictionary"):
        Dictionaries.load(tmp_path / "none")
    with pytest.raises(InputError, match="0 verb dictionaries"):
        Dictionaries.load(tmp_path)
    (tmp_path / "a.verbs.txt").write_text("ASK")
    with pytest.raises(InputError, match="no actor dictionary"):
        Dictionaries.load(tmp_path)
    (tmp_path / "b.verbs.txt").write_text("ASK")
    with pytest.raises(InputError, match="2 verb dictionaries"):
        Dictionaries.load(tmp_path)


def test_several_actor_dictionaries_and_files_of_no_kind(folder, tmp_path):
    (tmp_path / "more.actors.txt").write_text("RURITANIA [XXX]\nGRUNEWALD [GRU]")
    (tmp_path / "issues.txt").write_text("anything")
    found = Dictionaries.load([folder, tmp_path])
    assert [(u.file, u.line) for u in found.unread] == [("issues.txt", 0)]
    first, second = found.actors.at(("RURITANIA",), 0), found.actors.at(("GRUNEWALD",), 0)
    assert first is not None
    assert second is not None
    assert (first[1].code(conftest.ON), second[1].code(conftest.ON)) == ("RUR", "GRU")


LINES = st.text(alphabet="AB _+*&$%^-[]{}()~!:=#;<>|,0119\t'", max_size=25)
PIECES = st.lists(
    LINES | st.sampled_from((conftest.VERBS + conftest.ACTORS + conftest.AGENTS).splitlines()), max_size=25
)


@pytest.mark.parametrize("kind", READERS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=PIECES)
def test_any_file_is_read_or_refused(tmp_path, kind, lines):
    path = tmp_path / f"any.{kind}.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        found = READERS[kind](path)
    except InputError as error:
        assert path.name in str(error)  # noqa: PT017
    else:
        assert all(u.why and u.line for u in found.unread)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=PIECES)
def test_any_patterns_code_a_sentence(tmp_path, folder, lines):
    path = tmp_path / "any.verbs.txt"
    path.write_text("\n".join(["--- GIVE [070] ---", "GIVE {GAVE}", *lines]), encoding="utf-8")
    try:
        found = Dictionaries.load([path, *(p for p in folder.iterdir() if "verbs" not in p.name)])
    except InputError:
        return
    for event in found.code("A and B gave B a castle; Ruritania gave Syldavia and Borduria A.", conftest.ON):
        assert event.source != event.target
        assert event.code
