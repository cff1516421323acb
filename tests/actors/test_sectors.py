"""For which sector of society somebody acts, and phrases that hold a name somewhere."""

from __future__ import annotations

import datetime as dt

import pytest

from rapallo import vocab
from rapallo.actors import resolve, table
from rapallo.actors.roles import roles
from rapallo.actors.sectors import of_office

SUMMER_2024 = dt.date(2024, 6, 22)


@pytest.mark.parametrize(
    ("name", "code", "sector"),
    [
        ("Russia", "RUS", ""),
        ("the Russians", "RUS", ""),
        ("Moscow", "RUS", "GOV"),
        ("the Kremlin", "RUS", "GOV"),
        ("Vladimir Putin", "RUS", "GOV"),
        ("Angela Merkel", "DEU", "ELI"),
        ("the Bundestag", "DEU", "LEG"),
        ("Mossad", "ISR", "SPY"),
        ("Polish troops", "POL", "MIL"),
        ("the Polish defence ministry", "POL", "GOV MIL"),
        ("Kenyan police", "KEN", "COP"),
        ("the Kyiv police", "UKR", "COP"),
        ("the Shanghai authorities", "CHN", "GOV"),
        ("Ukrainian agricultural workers", "UKR", "AGR"),
        ("trade unions in Denmark", "DNK", "LAB"),
        ("two Chinese warplanes", "CHN", "MIL"),
        ("a former CIA official", "USA", "ELI"),
        ("the Turkish opposition", "TUR", "PTY OPP"),
        ("European Union lawmakers", "EU", "LEG"),
        ("Russia's ambassador to Poland", "RUS", "GOV"),
        ("Abkhazia", "ABK", "PRE"),
        ("NATO", "NATO", "IGO"),
        ("the West", "WEST", ""),
        ("ordinary Kazakhs", "KAZ", "CVL"),
        ("an Arleigh Burke-class destroyer", "USA", "MIL"),
        ("the Kenya Red Cross", "KEN", "SOC"),
        ("Red Crescent Society", "IFRC", "NGO"),
        ("KCNA", "PRK", "GOV JRN"),
        ("the Associated Press", "USA", "JRN"),
        ("Tsinghua University", "CHN", "EDU"),
        ("Naftogaz", "UKR", "BUS"),
        ("Bank of Mexico", "MEX", "GOV"),
        ("Oath Keepers", "OATH-KEEPERS", "UAF"),
        ("Cristiano Ronaldo", "PRT", "CVL"),
        ("Russian occupiers", "RUS", "UNK"),
    ],
)
def test_an_answer_says_its_sector(name: str, code: str, sector: str) -> None:
    found = resolve(name, on=SUMMER_2024)
    assert [(c.code, c.sector) for c in found.candidates] == [(code, sector)]
    assert found.sector == sector


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("soldiers", "MIL"),
        ("gunmen", "UAF"),
        ("the defence minister", "GOV MIL"),
        ("a disgraced former minister", "ELI"),
    ],
)
def test_a_role_of_nobody_named_has_a_sector_and_no_actor(phrase: str, sector: str) -> None:
    found = resolve(phrase, on=SUMMER_2024)
    assert (found.candidates, found.best, found.sector) == ((), None, sector)
    assert "nobody named" in found.why
    [whose] = resolve(phrase, on=SUMMER_2024, near=("POL",)).candidates
    assert whose.code == "POL"


@pytest.mark.parametrize(
    ("office", "sector"),
    [
        ("minister of justice", "GOV"),
        ("minister of industry", "GOV"),
        ("secretary of the National Security Council", "GOV"),
        ("mayor of Mexico City", "GOV"),
        ("governor-general", "GOV"),
        ("chief executive", "GOV"),
        ("deputy minister of defence", "GOV MIL"),
        ("speaker of the senate", "LEG"),
        ("opposition leader", "PTY OPP"),
        ("head of intelligence", "SPY"),
    ],
)
def test_an_office_of_state_is_of_the_government_unless_it_is_of_another_arm(
    office: str, sector: str
) -> None:
    assert of_office(office) == sector


def test_an_enemy_is_nobody_of_the_context() -> None:
    found = resolve("the occupiers", on=SUMMER_2024, near=("UKR",))
    assert (found.candidates, found.sector) == ((), "UNK")


@pytest.mark.parametrize(
    ("name", "on", "sector"),
    [
        ("Vladimir Putin", "1999-01-01", "SPY"),
        ("Vladimir Putin", "2001-01-01", "GOV"),
        ("Albin Kurti", "2021-01-01", "PTY OPP"),
        ("Albin Kurti", "2021-10-01", "GOV"),
        ("Jüri Ratas", "2021-07-01", "LEG"),
        ("Scott Morrison", "2022-10-01", "LEG"),
        ("Scott Morrison", "2024-10-01", "ELI"),
        ("David Barnea", "2024-06-22", "SPY"),
        ("Keir Starmer", "2022-06-22", "PTY OPP"),
    ],
)
def test_a_person_has_the_sector_of_the_office_held_that_day(name: str, on: str, sector: str) -> None:
    best = resolve(name, on=dt.date.fromisoformat(on)).best
    assert best
    assert best.sector == sector


@pytest.mark.parametrize("phrase", ["Korean War", "puppies", "a cat named Frank", "Marcus Beam"])
def test_a_name_inside_or_none_is_not_taken_for_the_whole(phrase: str) -> None:
    assert resolve(phrase, on=SUMMER_2024).candidates == ()


def test_a_phrase_is_told_with_less_confidence_than_a_name() -> None:
    name, phrase = (resolve(text, on=SUMMER_2024).best for text in ("Denmark", "trade unions in Denmark"))
    assert name
    assert phrase
    assert phrase.confidence < name.confidence


def test_another_spelling_of_a_part_of_a_name_is_met() -> None:
    best = resolve("Mohammed Hussein Roble", on=dt.date(2022, 3, 1)).best
    assert best
    assert best.actor == "SOM/roble"
    assert "another spelling" in best.why


@pytest.mark.parametrize(
    ("name", "on", "codes"),
    [
        ("the Dominican president", "2024-06-22", {"DOM", "DMA"}),
        ("Congolese troops", "2024-06-22", {"COD", "COG"}),
        ("Kim", "1999-06-01", {"KOR", "PRK"}),
        ("Vietnam", "1965-01-01", {"VDR", "RVN"}),
        ("Niger", "2024-06-22", {"NER"}),
        ("Nigerians", "2024-06-22", {"NGA"}),
        ("Nigeriens", "2024-06-22", {"NER"}),
        ("Guineans", "2024-06-22", {"GIN", "GNB", "GNQ"}),
    ],
)
def test_who_may_be_meant_on_the_day(name: str, on: str, codes: set[str]) -> None:
    found = resolve(name, on=dt.date.fromisoformat(on))
    assert {c.code for c in found.candidates} == codes
    assert (found.best is None) == (len(codes) > 1)


def test_every_sector_in_the_files_is_in_the_vocabulary() -> None:
    known = vocab.vocabulary("sectors").keys()
    used = [entry.sector for entry in table().names.entries]
    used += [role.sector for role in roles().words.values()]
    used += list(roles().titles.values())
    assert {code for sector in used for code in sector.split()} <= set(known)
