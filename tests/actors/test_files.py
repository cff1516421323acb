"""The actor files themselves, and files of a user's own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from rapallo.actors import table, with_extra
from rapallo.actors.load import own_files
from rapallo.actors.notation import capitals, codes, phrases, span
from rapallo.actors.roles import roles
from rapallo.actors.rows import ActorFile
from rapallo.errors import InputError

SUMMER_2024 = dt.date(2024, 6, 22)
FILES = pytest.mark.parametrize("path", own_files(), ids=lambda path: path.stem)


@FILES
def test_every_row_is_valid_and_says_its_basis(path: Path) -> None:
    raw = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    held = ActorFile.model_validate(raw)
    assert "basis" in raw
    assert held.basis == "recalled" or held.checked_against


@FILES
def test_rows_of_a_section_have_ids_of_their_own(path: Path) -> None:
    raw = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    lists = [raw.get(key, []) for key in ("states", "organisations", "groups", "blocs")]
    lists += list(raw.get("leaders", {}).values())
    for rows in lists:
        ids = [row["id"] for row in rows]
        assert len(ids) == len(set(ids))


def test_no_role_word_is_also_a_name_of_a_state() -> None:
    states = {e.name.text.casefold() for e in table().names.entries if e.role == "state"}
    assert not roles().words.keys() & states


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_adds_and_overrides(tmp_path: Path) -> None:
    mine = with_extra(
        write(
            tmp_path,
            """
            states:
            - {id: NRX, iso: no, name: Narnia, adj: Narnian, is: 1950-10-16/.., region: Elsewhere,
               cow: 999, capital: Cair Paravel 1.00 2.00}
            - {id: RUS, region: Eurasia}
            leaders:
              NRX:
              - {id: aslan, name: Aslan, office: king 1950-10-16/..}
            organisations:
            - {id: NATO, left: {2024-01-01: FRA}}
            seats:
            - {of: NRX, names: the Lamp-post}
            epithets:
            - {of: CHN, names: the Dragon *0.5}
            """,
        )
    )
    assert mine.actor("RUS").region == "Eurasia"
    assert mine.actor("RUS").cow == 365
    assert mine.actor(999, on=SUMMER_2024).name == "Narnia"
    assert "FRA" not in mine.members("NATO", SUMMER_2024)
    assert [c.actor for c in mine.resolve("the Narnian king", on=SUMMER_2024).candidates] == ["NRX/aslan"]
    assert [c.code for c in mine.resolve("the lamp-post", on=SUMMER_2024).candidates] == ["NRX"]
    assert [c.confidence for c in mine.resolve("the Dragon", on=SUMMER_2024).candidates] == [0.5]
    assert table().actor("RUS").region == "Eastern Europe"
    assert table().resolve("Narnia", on=SUMMER_2024).candidates == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("states: [", "mine.yaml is not YAML: line"),
        ("- a\n- b", "mine.yaml holds no sections"),
        ("nations: []", "nations"),
        ("states: {}", "mine.yaml: states is not a list of rows"),
        ("states: [{name: X}]", "mine.yaml: states is not a list of rows"),
        ("states: [{id: NRX, name: Narnia}]", "mine.yaml: states NRX is: field required"),
        ("states: [{id: Narnia, name: Narnia, is: 1950-10-16/..}]", "states Narnia id"),
        ("states: [{id: NRX, name: Narnia, is: 1950-10-16/.., capitol: X}]", "states NRX capitol"),
        ("states: [{id: NRX, name: Narnia, is: yesterday}]", "'yesterday' is not a span of days"),
        ("states: [{id: NRX, name: Narnia, is: 1950-13-16/..}]", "'1950-13-16'"),
        ("states: [{id: NRX, name: Narnia, is: 1950-10-16/1940-01-01}]", "before it begins"),
        ("states: [{id: NRX, name: N, is: 1950-10-16/.., cow: 365}]", "COW code 365 is held by RUS and NRX"),
        ("states: [{id: NRX, name: N, is: 1950-10-16/.., cow: many}]", "'many' does not begin with a code"),
        ("states: [{id: NRX, name: N, is: 1950-10-16/.., capital: X}]", "'X' is not a capital"),
        ("states: [{id: NRX, name: N, is: 1950-10-16/.., into: XYZ}]", "NRX names XYZ, which no row defines"),
        ("leaders: {XYZ: [{id: a, name: A}]}", "XYZ/a names XYZ"),
        ("leaders: {RUS: [{id: a, name: A, office: king}]}", "'king' is not an office"),
        ("leaders: []", "leaders is not a list of rows for each state"),
        ("organisations: [{id: ORG, name: O, left: {2020-01-01: FRA}}]", "FRA leaves on 2020-01-01"),
        ("organisations: [{id: RUS, name: R}]", "RUS stands twice"),
        ("seats: [{of: XYZ, names: the Hill}]", "XYZ, which no row defines"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        with_extra(write(tmp_path, text))
    assert message in str(error.value)
    assert str(error.value).startswith("mine.yaml")
    assert "\n" not in str(error.value)
    assert error.value.hint


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.yaml cannot be read"):
        with_extra(tmp_path / "absent.yaml")
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(InputError, match=r"binary\.yaml cannot be read"):
        with_extra(tmp_path / "binary.yaml")


def test_the_notation() -> None:
    assert phrases("A *0.5 @1990-01-01/..") == phrases("A @1990-01-01/.. *0.5")
    assert codes("255 1816-01-01/1945-05-08 1990-10-03/..; 260 1955-05-05/1990-10-02", ())[2][0] == 260
    assert codes(7, (span("../.."),)) == ((7, span("../..")),)
    assert capitals("Port of Spain 10.66 -61.51")[0].longitude == -61.51
