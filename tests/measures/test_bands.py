"""Bands of leverage, per domain and over all, and how a bad file of cut points is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.errors import InputError
from rapallo.measures import leverage, load_bands, together
from rapallo.measures.bands import LARGEST
from rapallo.measures.market import DOMAINS
from tests.measures.worlds import FakeView, flow

GOOD = "bands: {little: 0, much: 0.5}\nheavy: much\n"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "mine.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_the_bands_that_come_with_rapallo():
    bands = load_bands()
    assert bands.names == ("none", "slight", "marked", "heavy", "near total")
    assert bands.heavy == "heavy"
    assert set(bands.least) == set(DOMAINS)
    cut = {0.0: "none", 0.0099: "none", 0.01: "slight", 0.0999: "slight", 0.1: "marked", 0.2999: "marked"}
    cut |= {0.3: "heavy", 0.6999: "heavy", 0.7: "near total", 1.0: "near total"}
    assert {value: bands.of("arms", value) for value in cut} == cut


def test_over_all_the_highest_counts_and_the_heavy_are_counted():
    values = {"trade": 0.75, "energy": 0.35, "arms": 0.05, "aid": 0.9, "protection": 0.0}
    found = load_bands().overall(values, {"technology": "no row", "transit": "no coast"})
    assert found.band == "near total"
    assert found.domains == ("trade", "aid")
    assert found.heavy == ("trade", "energy", "aid")
    assert found.told == tuple(values)
    assert found.untold == {"technology": "no row", "transit": "no coast"}


def test_small_dependences_do_not_add_up():
    found = load_bands().overall(dict.fromkeys(DOMAINS, 0.09), {})
    assert (found.band, found.heavy) == ("slight", ())
    assert load_bands().overall(dict.fromkeys(DOMAINS, 0.0), {}).domains == ()
    assert load_bands().overall({}, dict.fromkeys(DOMAINS, "no row")).band is None


def test_leverage_bears_its_band_and_that_over_all():
    view = FakeView(sent=(flow("trade", "CHN", "PRK", 20), flow("trade", "RUS", "PRK", 60)))
    (part,) = leverage(view, "CHN", "PRK")
    assert (part.band, part.value) == ("marked", pytest.approx(0.25 * (1 - 0.25)))
    found = together(view, "CHN", "PRK")
    assert found.parts == (part,)
    assert (found.overall.band, found.overall.domains, found.overall.heavy) == ("marked", ("trade",), ())
    assert found.overall.told == ("trade",)


def test_cut_points_of_ones_own(tmp_path: Path):
    text = GOOD + "domains:\n  trade: {little: 0, much: 0.1}\n"
    bands = load_bands(written(tmp_path, text))
    assert (bands.of("trade", 0.2), bands.of("arms", 0.2)) == ("much", "little")
    view = FakeView(sent=(flow("trade", "CHN", "PRK", 20), flow("trade", "RUS", "PRK", 60)))
    assert leverage(view, "CHN", "PRK", bands=bands)[0].band == "much"
    assert together(view, "CHN", "PRK", bands=bands).overall.heavy == ("trade",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("- none\n", "holds no entries"),
        ("just words", "holds no entries"),
        ("heavy: much\n", "bands holds no entries"),
        ("bands: {little: 0, much: 0.5}\n", "heavy names none"),
        ("bands: {little: 0, much: 0.5}\nheavy: [much]\n", "heavy names none"),
        ("bands: {little: 0, much: 0.5}\nheavy: all\n", "heavy names none"),
        ("bands: [0, 1]\nheavy: much\n", "bands holds no entries"),
        ("bands: {much: 0}\nheavy: much\n", "2 to 12 bands"),
        ("bands: {" + ", ".join(f"b{n}: {n / 20}" for n in range(13)) + "}\nheavy: b1\n", "2 to 12 bands"),
        ("bands: {little: 0.1, much: 0.5}\nheavy: much\n", "start at 0 and rise"),
        ("bands: {little: 0, some: 0.5, much: 0.5}\nheavy: much\n", "start at 0 and rise"),
        ("bands: {little: 0, some: 0.6, much: 0.5}\nheavy: much\n", "start at 0 and rise"),
        ("bands: {little: 0, much: 1.5}\nheavy: much\n", "no number from 0 to 1"),
        ("bands: {little: 0, much: -1}\nheavy: much\n", "no number from 0 to 1"),
        ("bands: {little: 0, much: .nan}\nheavy: much\n", "no number from 0 to 1"),
        ("bands: {little: 0, much: .inf}\nheavy: much\n", "no number from 0 to 1"),
        ("bands: {little: 0, much: yes}\nheavy: much\n", "no number from 0 to 1"),
        ("bands: {little: 0, much: null}\nheavy: much\n", "no number from 0 to 1"),
        ("bands: {little: 0, much: [1]}\nheavy: much\n", "no number from 0 to 1"),
        ("bands: {little: 0, much: 2001-13-45}\nheavy: much\n", "no number from 0 to 1"),
        ("bands: {little: 0, much: 1" + "0" * 400 + "}\nheavy: much\n", "no number from 0 to 1"),
        ("bands: {little: 0, much: " + "9" * 9000 + "}\nheavy: much\n", "not YAML"),
        ("bands: {0: 0, 1: 1}\nheavy: 1\n", "a name is no text"),
        ('bands: {"": 0, much: 1}\nheavy: much\n', "a name is no text"),
        ('bands: {"\\e[31m": 0, much: 1}\nheavy: much\n', "a name is no text"),
        ("bands: {little: 0, " + "m" * 31 + ": 1}\nheavy: little\n", "a name is no text"),
        (GOOD + "bands: {a: 0, b: 1}\n", "stands twice"),
        (GOOD + "weights: {trade: 2}\n", "'weights' is no part"),
        (GOOD + "domains: {culture: {little: 0, much: 1}}\n", "'culture' is no domain"),
        (GOOD + "domains: {trade: {little: 0, most: 1}}\n", "trade has other bands"),
        (GOOD + "domains: {trade: 0.5}\n", "trade holds no entries"),
        (GOOD + "domains: [trade]\n", "domains holds no entries"),
        ("bands: &a {little: 0, much: 1}\nheavy: much\ndomains: {trade: *a}\n", "aliases"),
        ("bands: !!python/object/apply:os.system [ls]\n", "constructor"),
        ("bands: {? [a] : 1}\n", "not YAML"),
        ("bands: {little: 0\n", "line"),
        ("a: 1\n---\nb: 2\n", "document"),
        (b"\xff\xfe\x00", "not YAML"),
        ("[" * 10_000, "nesting"),
        ("#" * (LARGEST + 1), "too large"),
    ],
)
def test_a_bad_file_is_refused_in_words(tmp_path: Path, text: str | bytes, said: str):
    with pytest.raises(InputError, match=said):
        load_bands(written(tmp_path, text))


def test_what_is_no_file_is_refused(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path in (tmp_path, pipe, loop, tmp_path / "none", Path("/dev/zero"), Path("a\x00b")):
        with pytest.raises(InputError):
            load_bands(path)


@given(raw=st.binary(max_size=300))
def test_any_bytes_are_refused_and_nothing_else(raw: bytes, tmp_path_factory: pytest.TempPathFactory):
    with pytest.raises(InputError):
        load_bands(written(tmp_path_factory.getbasetemp(), raw))


@given(st.sampled_from(DOMAINS), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_the_band_never_falls_as_the_value_rises(domain, one, other):
    bands = load_bands()
    less, more = sorted((one, other))
    assert bands.names.index(bands.of(domain, less)) <= bands.names.index(bands.of(domain, more))


@given(st.dictionaries(st.sampled_from(DOMAINS), st.floats(0.0, 1.0), min_size=1), st.floats(0.0, 1.0))
def test_one_more_domain_never_lowers_the_band_over_all(values, more):
    bands = load_bands()
    new = next((domain for domain in DOMAINS if domain not in values), None)
    if new is None:
        return
    before, after = bands.overall(values, {}), bands.overall({**values, new: more}, {})
    assert bands.names.index(before.band) <= bands.names.index(after.band)
    assert len(before.heavy) <= len(after.heavy) <= len(before.heavy) + 1
