"""Who is meant by a name on a day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.actors import names, resolve, table
from rapallo.model import Resolution

SUMMER_2024 = dt.date(2024, 6, 22)


def ask(name: str, on: dt.date = SUMMER_2024, near: tuple[str, ...] = ()) -> Resolution:
    return resolve(name, on=on, near=near)


@pytest.mark.parametrize(
    ("name", "actor", "code", "role"),
    [
        ("Russia", "RUS", "RUS", "state"),
        ("the Kremlin", "RUS", "RUS", "government"),
        ("Moscow", "RUS", "RUS", "capital"),
        ("the Russians", "RUS", "RUS", "nationals"),
        ("Putin", "RUS/putin", "RUS", "leader"),
        ("Vladimir Putin", "RUS/putin", "RUS", "leader"),
        ("Mr. Putin", "RUS/putin", "RUS", "leader"),
        ("President Putin", "RUS/putin", "RUS", "leader"),
        ("The Russian president, Vladimir Putin,", "RUS/putin", "RUS", "leader"),
        ("the president of Russia", "RUS/putin", "RUS", "leader"),
        ("Russia's Putin", "RUS/putin", "RUS", "leader"),
        ("Kim", "PRK/kim-jong-un", "PRK", "leader"),
        ("Mr Kim", "PRK/kim-jong-un", "PRK", "leader"),
        ("Kim Jong-un", "PRK/kim-jong-un", "PRK", "leader"),
        ("Kim Jong Un", "PRK/kim-jong-un", "PRK", "leader"),
        ("reclusive North Korean chief, Kim Jong-un", "PRK/kim-jong-un", "PRK", "leader"),
        ("the North Korean strongman", "PRK/kim-jong-un", "PRK", "leader"),
        ("leader of North Korea", "PRK/kim-jong-un", "PRK", "leader"),
        ("Kim Il-sung", "PRK/kim-il-sung", "PRK", "leader"),
        ("Kim Jong-nam", "PRK/kim-jong-nam", "PRK", "nationals"),
        ("Zhao Leji", "CHN/zhao-leji", "CHN", "government"),
        ("Mao Zedong", "CHN/mao", "CHN", "leader"),
        ("Chinese president Xi Jinping", "CHN/xi", "CHN", "leader"),
        ("the Chinese Communist Party", "CHN", "CHN", "government"),
        ("Chinese foreign minister", "CHN", "CHN", "government"),
        ("Chinese vice president Han Zheng", "CHN", "CHN", "government"),
        ("Polish government", "POL", "POL", "government"),
        ("North Korean troops", "PRK", "PRK", "government"),
        ("Poland's current interior minister", "POL", "POL", "government"),
        ("the Hermit Kingdom", "PRK", "PRK", "state"),
        ("NATO secretary general", "NATO", "NATO", "organisation"),
        ("the Houthi rebels", "HOUTHIS", "HOUTHIS", "group"),
        ("the Global South", "GLOBAL-SOUTH", "GLOBAL-SOUTH", "bloc"),
        ("the US", "USA", "USA", "state"),
        ("the U.S.", "USA", "USA", "state"),
        ("President Zelensky of Ukraine", "UKR/zelensky", "UKR", "leader"),
        ("Supreme Leader Ayatollah Ali Khamenei", "IRN/khamenei", "IRN", "leader"),
        ("Russian President Vladimir V. Putin", "RUS/putin", "RUS", "leader"),
        ("Paris, France", "FRA", "FRA", "state"),
    ],
)
def test_one_is_meant(name: str, actor: str, code: str, role: str) -> None:
    best = ask(name).best
    assert best, ask(name)
    assert (best.actor, best.code, best.role) == (actor, code, role)
    assert 0 < best.confidence <= 1
    assert best.why


@pytest.mark.parametrize(
    ("name", "actors"),
    [
        ("Congo", ["COD", "COG"]),
        ("Korea", ["KOR", "PRK"]),
        ("Koreans", ["KOR", "PRK"]),
        ("Georgia", ["GEO", "USA"]),
        ("Guinea", ["GIN", "GNB", "GNQ", "PNG"]),
        ("Dominican", ["DOM", "DMA"]),
        ("Kashmir", ["IND", "PAK"]),
        ("the Congolese government", ["COD", "COG"]),
    ],
)
def test_ambiguity_is_an_answer(name: str, actors: list[str]) -> None:
    answer = ask(name)
    assert answer.best is None
    assert [c.actor for c in answer.candidates] == actors
    assert "may mean" in answer.why


@pytest.mark.parametrize(
    ("name", "near", "actor"),
    [
        ("Congo", ("COG",), "COG"),
        ("Korea", ("PRK", "CHN"), "PRK"),
        ("Georgia", ("RUS", "GEO"), "GEO"),
        ("Guinea", ("GNB",), "GNB"),
    ],
)
def test_a_context_settles(name: str, near: tuple[str, ...], actor: str) -> None:
    best = ask(name, near=near).best
    assert best
    assert best.actor == actor
    assert "in the context" in best.why


def test_a_context_that_does_not_bear_the_name_changes_nothing() -> None:
    assert ask("Congo", near=("FRA",)) == ask("Congo")
    assert ask("Russia", near=("CHN",)) == ask("Russia")


@pytest.mark.parametrize(
    ("name", "on", "actors"),
    [
        ("Kim", "1999-06-01", ["KOR/kim-dae-jung", "PRK/kim-jong-il"]),
        ("Kim", "1993-01-01", ["PRK/kim-il-sung"]),
        ("Korea", "1900-01-01", ["KRE"]),
        ("Germany", "1975-01-01", ["DEU", "DDR"]),
        ("Germany", "2024-01-01", ["DEU"]),
        ("Vietnam", "1970-01-01", ["VDR", "RVN"]),
        ("Vietnam", "1980-01-01", ["VNM"]),
        ("Yemen", "1980-01-01", ["YEM", "YMD"]),
        ("Sudan", "2024-01-01", ["SDN"]),
        ("Georgia", "1950-01-01", ["USA"]),
        ("Russia", "1980-01-01", ["SUN"]),
        ("the Kremlin", "1980-01-01", ["SUN"]),
        ("Serbia", "1914-07-28", ["SRB"]),
        ("Serbia", "1999-04-01", ["YUG"]),
        ("Austria", "1914-07-28", ["AUH"]),
        ("Prague", "1968-08-21", ["CSK"]),
        ("Prague", "2024-01-01", ["CZE"]),
        ("the Russian president", "2010-01-01", ["RUS/medvedev"]),
        ("the Russian leader", "2010-01-01", ["RUS/putin"]),
        ("the Soviet leader", "1970-01-01", ["SUN/brezhnev"]),
        ("President Lee", "2010-01-01", ["KOR/lee-myung-bak"]),
        ("Lee", "2010-01-01", ["KOR/lee-myung-bak", "SGP/lee"]),
        ("Johnson", "1965-01-01", ["USA/johnson"]),
        ("Johnson", "2020-01-01", ["GBR/johnson"]),
        ("Chiang Kai-shek", "1945-08-15", ["CHN/chiang"]),
        ("Chiang Kai-shek", "1955-08-15", ["TWN/chiang"]),
        ("the American president", "2025-01-20", ["USA/biden", "USA/trump"]),
    ],
)
def test_the_day_settles(name: str, on: str, actors: list[str]) -> None:
    assert [c.actor for c in ask(name, dt.date.fromisoformat(on)).candidates] == actors


def test_what_is_past_is_answered_with_less_confidence_and_a_reason() -> None:
    union = ask("the Soviet Union").best
    assert union
    assert (union.code, union.why.endswith("no longer a state that day")) == ("SUN", True)
    burma, trump, bavaria = ask("Burma").best, ask("Trump").best, ask("Bavaria").best
    assert burma
    assert trump
    assert bavaria
    assert burma.confidence < 1
    assert "2017-01-20 to 2021-01-20, not in office" in trump.why
    assert (bavaria.actor, bavaria.code, bavaria.role) == ("BAV", "DEU", "place")
    assert ask("Munich").candidates == ()


def test_a_role_under_a_name_of_another_time_names_no_holder() -> None:
    for name, code in (("the West German chancellor", "DEU"), ("the Soviet leader", "SUN")):
        best = ask(name).best
        assert best
        assert (best.actor, best.role) == (code, "government")


def test_former_holders_are_offered_latest_first() -> None:
    answer = ask("the former Russian president")
    assert [c.actor for c in answer.candidates] == ["RUS/medvedev", "RUS/yeltsin"]
    assert {c.role for c in answer.candidates} == {"nationals"}


def test_an_office_without_a_name_in_the_files_means_the_state() -> None:
    best = ask("the Guatemalan president", dt.date(1860, 1, 1)).best
    assert best
    assert (best.actor, best.role) == ("GTM", "government")
    assert "not in the actor files" in best.why


def test_epithets_and_small_letters_lower_the_confidence() -> None:
    middle, center = ask("the Middle Kingdom").best, ask("the Center Kingdom").best
    assert middle
    assert center
    assert center.code == middle.code == "CHN"
    assert center.confidence < middle.confidence < 1
    pronoun, verb = ask("us").best, ask("who").best
    assert pronoun
    assert verb
    assert pronoun.confidence < 0.5 > verb.confidence


@pytest.mark.parametrize(
    ("typo", "actor"),
    [
        ("Rusia", "RUS"),
        ("Polnad", "POL"),
        ("Zelenski", "UKR/zelensky"),
        ("Pyongyan", "PRK"),
        ("Ukriane", "UKR"),
    ],
)
def test_typos_are_offered_and_never_taken(typo: str, actor: str) -> None:
    answer = ask(typo)
    assert answer.best is None
    assert actor in {c.actor for c in answer.candidates}
    assert all("one letter from" in c.why and c.confidence <= 0.5 for c in answer.candidates)
    assert "one letter away" in answer.why


@pytest.mark.parametrize(
    "name", ["", " ", "the", "’s", "?!", "Narnia", "the two leaders", "Korean War", "\N{SNOWMAN}"]
)
def test_nobody_is_an_answer_with_a_reason(name: str) -> None:
    answer = ask(name)
    assert answer.candidates == ()
    assert answer.why


SPELLINGS = [
    str.upper,
    str.lower,
    lambda text: text if text.startswith("the ") else f"the {text}",
    lambda text: f"{text}'s",
    lambda text: f"{text}’s",
    lambda text: f" {text.replace(' ', '  ')} ",
    lambda text: f"“{text},”",
    lambda text: text.replace("-", " "),
    lambda text: text.replace("'", "’"),
]
OWN = sorted(
    {
        entry.name.text
        for entry in table().names.entries
        if entry.name.when.contains(SUMMER_2024) and entry.name.kind not in {"acronym", "person"}
    }
)


@given(st.sampled_from(OWN), st.sampled_from(SPELLINGS))
def test_spelling_does_not_matter(text: str, spell) -> None:  # type: ignore[no-untyped-def]
    plain, spelt = ask(text), ask(spell(text))
    assert [(c.actor, c.code) for c in plain.candidates] == [(c.actor, c.code) for c in spelt.candidates]


@given(st.sampled_from(table().names.entries))
def test_every_name_leads_to_its_bearer_in_its_days(entry) -> None:  # type: ignore[no-untyped-def]
    on = entry.name.when.start or entry.name.when.end or SUMMER_2024
    found = {c.actor for c in ask(entry.name.text, on).candidates}
    ruled = entry.role in {"leader", "government", "nationals"} and entry.name.kind == "person"
    assert entry.actor in found or (ruled and any(f.startswith(entry.code) or "/" in f for f in found))


@given(st.text(max_size=40), st.dates(dt.date(1800, 1, 1), dt.date(2100, 1, 1)))
def test_any_text_is_answered(text: str, on: dt.date) -> None:
    answer = ask(text, on)
    assert answer.asked == text
    assert (len(answer.candidates) == 1) or answer.why
    confidences = [c.confidence for c in answer.candidates]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < c <= 1 for c in confidences)


def test_the_gazetteer_holds_each_name_as_written_and_folded() -> None:
    held = names()
    for key in ("côte d'ivoire", "cote divoire", "kim jong-un", "kim jong un", "u.s.", "us", "kremlin"):
        assert key in held
    assert {who for who, _ in held["congo"]} == {"COD", "COG"}
    assert all(key == key.casefold() and not key.startswith("the ") for key in held)
    assert held["us"][0][1].text in {"US", "U.S."}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Sergey Viktorovich Lavrov", "RUS"),
        ("Joseph Robinette Biden", "USA"),
        ("Uhuru Muigai Kenyatta", "KEN"),
    ],
)
def test_a_person_is_known_with_the_names_between(name, code):
    found = resolve(name, on=dt.date(2014, 6, 1))
    assert found.best is not None
    assert found.best.code == code
    assert found.best.confidence < 1
    assert found.best.why.endswith("with names between")


def test_names_between_make_no_person_of_what_is_none():
    assert resolve("Union Of Soviet Republics Foo", on=dt.date(2014, 6, 1)).best is None
    assert resolve("World Trade Organization", on=dt.date(2014, 6, 1)).best.code == "WTO"
