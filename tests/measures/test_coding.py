"""What a file that says how much obligations count may hold, and how a bad one is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.errors import InputError
from rapallo.measures.coding import LARGEST, Coding, load_coding
from rapallo.vocab import vocabulary

GOOD = "dataset: atop\nobligations:\n  atop_defence: 2\n  atop_consultation: 0.5\n"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "mine.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_the_coding_that_comes_with_rapallo():
    coding = load_coding()
    assert coding.dataset == "atop"
    assert dict(coding.obligations) == {
        "atop_defence": 3,
        "atop_offence": 3,
        "atop_neutrality": 2,
        "atop_consultation": 2,
        "atop_non_aggression": 1,
    }
    assert (coding.levels, coding.maximum) == ((0.0, 1.0, 2.0, 3.0), 3.0)


def test_a_file_of_ones_own(tmp_path: Path):
    coding = load_coding(written(tmp_path, GOOD))
    assert coding == Coding("atop", {"atop_defence": 2.0, "atop_consultation": 0.5})
    assert (coding.levels, coding.maximum) == ((0.0, 0.5, 2.0), 2.0)


def test_a_byte_order_mark_and_no_dataset_are_no_fault(tmp_path: Path):
    coding = load_coding(written(tmp_path, b"\xef\xbb\xbfobligations: {atop_defence: 1, atop_offence: 0}"))
    assert (coding.dataset, coding.levels) == ("", (0.0, 1.0))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no coding"),
        ("# nothing\n", "holds no coding"),
        ("- atop_defence\n", "holds no coding"),
        ("just words", "holds no coding"),
        ("dataset: atop\n", "says of no obligation"),
        ("obligations: []\n", "says of no obligation"),
        ("obligations: {}\n", "says of no obligation"),
        ("obligations: {atop_defence: 0}\n", "count nothing"),
        ("obligations: {atop_defence: -1}\n", "no number from 0"),
        ("obligations: {atop_defence: .nan}\n", "no number from 0"),
        ("obligations: {atop_defence: .inf}\n", "no number from 0"),
        ("obligations: {atop_defence: yes}\n", "no number from 0"),
        ("obligations: {atop_defence: much}\n", "no number from 0"),
        ("obligations: {atop_defence: null}\n", "no number from 0"),
        ("obligations: {atop_defence: [3]}\n", "no number from 0"),
        ("obligations: {atop_defence: 1" + "0" * 400 + "}\n", "no number from 0"),
        ("obligations: {atop_defence: 0x" + "f" * 9000 + "}\n", "no number from 0"),
        ("obligations: {atop_defence: " + "9" * 9000 + "}\n", "cannot be read"),
        ("obligations: {atop_defence: 2001-13-45}\n", "cannot be read"),
        ("obligations: {friendship: 1}\n", "'friendship' is no amount"),
        ("obligations: {0x" + "f" * 900 + ": 1}\n", "no text is no amount"),
        ('obligations: {"\\e[31m": 1}\n', r"'\\x1b\[31m' is no amount"),
        ("obligations: {atop_defence: 1, atop_defence: 2}\n", "'atop_defence' is there twice"),
        ("dataset: a\ndataset: b\n", "'dataset' is there twice"),
        ("scale: 3\n" + GOOD, "'scale' is no part"),
        ("dataset: [atop]\nobligations: {atop_defence: 1}\n", "dataset is no text"),
        ("obligations: &a {atop_defence: 1}\n", "anchor, an alias or a tag"),
        ("obligations: !!python/object/apply:os.system [ls]\n", "anchor, an alias or a tag"),
        ("obligations: {? [a] : 1}\n", "not YAML"),
        ("obligations: {atop_defence: 1\n", "not YAML"),
        ("obligations:\n\t- x\n", "not YAML"),
        ("a: 1\n---\nb: 2\n", "not YAML"),
        (b"\xff\xfe\x00", "not YAML"),
        (b"\x00" * 50, "not YAML"),
        ("[" * 50_000, "nested too deep|not YAML"),
        ("{a: " * 20_000, "nested too deep"),
        ("#" * (LARGEST + 1), "too large"),
    ],
)
def test_a_bad_file_is_refused_in_words(tmp_path: Path, text: str | bytes, said: str):
    with pytest.raises(InputError, match=said):
        load_coding(written(tmp_path, text))


def test_too_many_levels_are_refused(tmp_path: Path):
    names = list(vocabulary("dyad_names"))[:13]
    text = "obligations:\n" + "".join(f"  {name}: {at + 1}\n" for at, name in enumerate(names))
    with pytest.raises(InputError, match="more than 12 ways"):
        load_coding(written(tmp_path, text))


def test_what_is_no_file_is_refused(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path in (tmp_path, pipe, loop, tmp_path / "none", Path("/dev/zero"), Path("a\x00b")):
        with pytest.raises(InputError):
            load_coding(path)


@given(raw=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes, tmp_path_factory: pytest.TempPathFactory):
    path = written(tmp_path_factory.getbasetemp(), raw)
    with pytest.raises(InputError):
        load_coding(path)


@given(
    counts=st.dictionaries(
        st.sampled_from(["atop_defence", "atop_offence", "atop_consultation"]),
        st.floats(0.0, 1000.0),
        min_size=1,
    )
)
def test_what_is_written_is_what_is_read(counts: dict[str, float], tmp_path_factory: pytest.TempPathFactory):
    text = "obligations:\n" + "".join(f"  {name}: {value:.9f}\n" for name, value in counts.items())
    path = written(tmp_path_factory.getbasetemp(), text)
    expected = {name: float(f"{value:.9f}") for name, value in counts.items()}
    if not max(expected.values()):
        with pytest.raises(InputError):
            load_coding(path)
    else:
        assert dict(load_coding(path).obligations) == expected
