"""Codes of CAMEO as types of PLOVER, held against the list of codes and the conversion of its makers."""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rapallo.sources.cameo import codes, named, plover
from rapallo.vocab import vocabulary


def test_every_code_uses_words_of_the_vocabulary():
    types, contexts = vocabulary("event_types"), vocabulary("contexts")
    assert len(codes()) > 200
    for code, (event, mode, about) in codes().items():
        assert re.fullmatch(r"\d{2,4}", code)
        assert event in types or (event == "" and code.startswith("01"))
        assert mode is None or mode in types[event].more["modes"]
        assert set(about) <= set(contexts)


def test_a_code_that_is_not_there_goes_as_the_longest_it_begins_with():
    assert "0841" in codes()
    assert "08419" not in codes()
    assert plover("08419") == plover("0841") == ("RETREAT", "release", ("legal",))
    assert plover("0349") == plover("034")


@pytest.mark.parametrize("code", ["", "0", "1", "99", "21", "AGREE", "O57", "-57", " 057", "5.7"])
def test_what_is_no_code_means_nothing(code):
    assert plover(code) is None


@given(st.text(max_size=6))
def test_any_text_means_a_type_or_nothing(code):
    found = plover(code)
    assert found is None or any(code.startswith(known) for known in codes())


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("010", ""),
        ("023", "REQUEST"),
        ("036", "AGREE"),
        ("042", "CONSULT"),
        ("057", "SUPPORT"),
        ("062", "COOPERATE"),
        ("0712", "AID"),
        ("0874", "RETREAT"),
        ("112", "ACCUSE"),
        ("120", "REJECT"),
        ("138", "THREATEN"),
        ("141", "PROTEST"),
        ("154", "MOBILIZE"),
        ("163", "SANCTION"),
        ("173", "COERCE"),
        ("190", "ASSAULT"),
    ],
)
def test_what_some_codes_mean(code, event):
    assert plover(code)[0] == event


def test_names_are_found_however_they_are_written():
    names = yaml.safe_load(files("rapallo.sources").joinpath("cameo_names.yaml").read_text(encoding="utf-8"))
    for code, name in names.items():
        for way in (name, name.upper(), name.replace(" ", "_"), f"  {name} "):
            assert named(way) is not None
            assert plover(named(way)) == plover(str(code))
    assert named("Make a bakery") is None


@pytest.mark.shared
def test_every_code_of_another_list_is_known(shared: Path):
    path = shared / "data" / "event_samples" / "cameo-codes.csv"
    with path.open(encoding="latin-1", newline="") as file:
        listed = [row["code"] for row in csv.DictReader(file)]
    assert len(listed) > 300
    assert [code for code in listed if plover(code) is None] == []


@pytest.mark.shared
def test_types_agree_with_the_conversion_of_the_makers_but_where_it_is_said(shared: Path):
    text = (shared / "data" / "plover_codebook" / "CAMEO2PLOVER-2021.txt").read_text(encoding="utf-8")
    theirs = {}
    for line in text.splitlines():
        if found := re.match(r"\s*(\d{2,4})\s*:([^#]*)", line):
            event, mode, about = ([part.strip() for part in found[2].split(",")] + ["", ""])[:3]
            theirs[found[1]] = event, mode, about
    assert len(theirs) > 250
    ours = {code: plover(code) for code in theirs}
    assert None not in ours.values()
    others = {code for code, (event, *_) in theirs.items() if ours[code][0] != event}
    said = ("035", "055", "08", "116", "163")  # at the top of cameo.yaml
    assert {code for code in others if not code.startswith(said)} == set()
    types = 1 - len(others) / len(theirs)
    modes = sum((ours[code][1] or "") == mode for code, (_, mode, _) in theirs.items()) / len(theirs)
    about = sum(set(ours[code][2]) == set(words.split()) for code, (_, _, words) in theirs.items()) / len(
        theirs
    )
    print(f"of {len(theirs)} codes: type {types:.3f}, mode {modes:.3f}, contexts {about:.3f} agree")
    assert (round(types, 2), round(modes, 2), round(about, 2)) == (0.95, 0.86, 0.87)
