"""Armed groups, blocs, seats of power and epithets: who is meant on which day, and what weighs how much."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest
import yaml

from rapallo.actors import fold, from_cow, members, names, resolve, states, table
from rapallo.actors.load import own_files, own_rows
from rapallo.actors.notation import phrases
from rapallo.errors import UnknownActorError

TAKEN_FROM_A_TEXT = 0.3
"""What the reader asks of a name at least."""


@pytest.mark.parametrize(
    ("name", "on", "actor", "role"),
    [
        ("the Sandinistas", "1978-06-01", "FSLN", "group"),
        ("the Sandinistas", "1985-06-01", "NIC", "government"),
        ("the Taliban", "1999-06-01", "TALIBAN", "group"),
        ("the Taliban", "2023-06-01", "AFG", "government"),
        ("ZANU", "1978-06-01", "ZANU", "group"),
        ("FRELIMO", "1970-06-01", "FRELIMO", "group"),
        ("FRELIMO", "1980-06-01", "MOZ", "government"),
        ("the Chinese Communists", "1947-06-01", "CHINESE-COMMUNISTS", "group"),
        ("the Chinese Communists", "1955-06-01", "CHN", "government"),
        ("the Khmer Rouge", "1973-06-01", "KHMERROUGE", "group"),
        ("the Khmer Rouge", "1977-06-01", "KHM", "government"),
        ("the Khmer Rouge", "1990-06-01", "KHMERROUGE", "group"),
        ("Jabhat al-Nusra", "2014-06-01", "HTS", "group"),
        ("the Syrian Democratic Forces", "2018-06-01", "SDF", "group"),
        ("YPG", "2013-06-01", "YPG", "group"),
        ("ISWAP", "2020-06-01", "ISWAP", "group"),
        ("the Provisional IRA", "1985-06-01", "IRA", "group"),
        ("the Northern Alliance", "2000-06-01", "NORTHERN-ALLIANCE", "group"),
        ("Biafra", "1968-06-01", "BIAFRA", "group"),
        ("the Confederacy", "1863-06-01", "CSA", "group"),
        ("the Frontline States", "1985-06-01", "AFRICAN-FRONTLINE", "organisation"),
        ("frontline states", "2024-06-01", "FRONTLINE", "bloc"),
        ("the Balkan Pact", "1936-06-01", "BALKAN-ENTENTE", "organisation"),
        ("the Balkan Pact", "1955-06-01", "BALKAN-PACT", "organisation"),
        ("the Baghdad Pact", "1957-06-01", "CENTO", "organisation"),
        ("the Common Market", "1975-06-01", "EU", "organisation"),
        ("OPEC+", "2024-06-01", "OPEC-PLUS", "organisation"),
        ("the Organization of African Unity", "1980-06-01", "AU", "organisation"),
        ("the Porte", "1876-06-01", "TUR", "government"),
        ("the Sick Man of Europe", "1876-06-01", "TUR", "state"),
        ("the Hermit Kingdom", "1880-06-01", "KRE", "state"),
        ("the Hermit Kingdom", "2024-06-01", "PRK", "state"),
        ("the Kremlin", "1962-10-22", "SUN", "government"),
        ("the KGB", "1983-09-01", "SUN", "government"),
        ("Prague Castle", "1968-08-21", "CSK", "government"),
        ("the Kuomintang", "1930-06-01", "CHN", "government"),
        ("the Ballhausplatz", "1914-07-23", "AUH", "government"),
        ("the Wilhelmstrasse", "1914-07-31", "DEU", "government"),
        ("the Quai d'Orsay", "1938-09-30", "FRA", "government"),
        ("the Assad regime", "2015-06-01", "SYR", "government"),
        ("the Derg", "1980-06-01", "ETH", "government"),
        ("Ikulu", "2024-06-01", "TZA", "government"),
        ("Malacañang", "2024-06-01", "PHL", "government"),
        ("Malacanang", "2024-06-01", "PHL", "government"),
        ("Casa de Nariño", "2024-06-01", "COL", "government"),
        ("El Mouradia", "2024-06-01", "DZA", "government"),
        ("the Makhzen", "2024-06-01", "MAR", "government"),
        ("the Akorda", "2024-06-01", "KAZ", "government"),
        ("perfidious Albion", "1914-06-01", "GBR", "state"),
        ("Uncle Sam", "2024-06-01", "USA", "state"),
        ("the Land of the Rising Sun", "2024-06-01", "JPN", "state"),
        ("the Evil Empire", "1983-06-01", "SUN", "state"),
        ("the West African bloc", "2024-06-01", "ECOWAS", "organisation"),
    ],
)
def test_who_is_meant_then(name: str, on: str, actor: str, role: str) -> None:
    best = resolve(name, on=dt.date.fromisoformat(on)).best
    assert best, resolve(name, on=dt.date.fromisoformat(on))
    assert (best.actor, best.role) == (actor, role)


@pytest.mark.parametrize(
    "word",
    [
        "union", "alliance", "league", "court", "bear", "lion", "dragon", "castle", "north", "south",
        "east", "let", "can", "may", "us", "who", "amal", "badr", "boxers", "partisans", "whites",
        "erin", "zion", "oz", "columbia", "crescent", "motherland", "hun", "boot", "elephant",
        "kingdom", "simbas", "centre", "boxer",
    ],
)  # fmt: skip
def test_a_word_of_everyday_use_is_not_taken_for_an_actor(word: str) -> None:
    """A body, a seat or an epithet by that name weighs less than the reader asks for, in 2024 and in 1900."""
    given = {"seat", "epithet"}
    bodies = {body.id for body in table().all_bodies()}
    for who, name in names().get(word, ()):
        if (who in bodies and name.kind != "acronym") or name.kind in given:
            for on in (dt.date(1900, 6, 1), dt.date(2024, 6, 1)):
                found = {c.actor: c.confidence for c in resolve(name.text, on=on).candidates}
                assert found.get(who, 0.0) < TAKEN_FROM_A_TEXT, (who, name)


def test_the_days_of_a_name_lie_within_those_of_its_body() -> None:
    for body in table().all_bodies():
        first = min((days.start or dt.date.min) for days in body.exists)
        last = max((days.end or dt.date.max) for days in body.exists)
        for _, name in body.own_names:
            begins, ends = name.when.start or dt.date.min, name.when.end or dt.date.max
            if body.id not in NAMED_BEFORE:
                assert first <= begins <= last, (body.id, name)
            assert ends <= last or name.when.end is None, (body.id, name)


NAMED_BEFORE = {
    "SCO": "the Shanghai Five met five years before the organisation was founded",
    "ECO": "Regional Cooperation for Development was its forerunner",
}
"""Bodies that bear the name of a forerunner, and why."""


def test_a_group_of_a_state_in_the_context_is_meant() -> None:
    on = dt.date(2022, 2, 1)
    assert resolve("Ahlu Sunna wal Jama'a", on=on).best is None
    for near, group in (("SOM", "ASWJ"), ("MOZ", "ANSAR-AL-SUNNA")):
        best = resolve("Ahlu Sunna wal Jama'a", on=on, near=(near,)).best
        assert best
        assert best.actor == group


@pytest.mark.parametrize(
    ("group", "state"),
    [("FDLR", "RWA"), ("ADF", "UGA"), ("RDK", "RUS"), ("FRELIMO", "PRT"), ("LET", "PAK"), ("HAMAS", "PSE")],
)
def test_a_group_is_of_the_state_it_fights_or_of_the_people_it_comes_from(group: str, state: str) -> None:
    body = table().body(group)
    assert body
    assert body.of == state


def test_a_group_sits_in_a_state_of_its_days_and_only_a_few_in_none() -> None:
    rows = own_rows()
    stateless = {row.id for row in rows.groups if not row.of}
    assert stateless == {"ALQAEDA", "IS"}
    known = {state.id: state.exists for state in table().all_states()}
    early = {
        body.id
        for body in table().all_bodies()
        if body.kind == "group"
        and body.of
        and not any(theirs.overlaps(ours) for theirs in known[body.of] for ours in body.exists)
    }
    assert early == BEFORE_THEIR_STATE


BEFORE_THEIR_STATE = {"BLACK-SEPTEMBER", "MAHDISTS", "RIF"}
"""Groups of a land that was no state in their days."""


def test_blocs_say_what_is_fuzzy() -> None:
    rows = own_rows()
    assert all(row.fuzzy for row in rows.blocs)
    assert not any(row.fuzzy for row in (*rows.organisations, *rows.groups))


def test_names_of_a_row_are_told_once() -> None:
    held = yaml.safe_load(next(path for path in own_files() if path.name == "seats.yaml").read_text("utf-8"))
    for row in (*held["seats"], *held["epithets"]):
        told = [(fold(phrase.text), phrase.when) for phrase in phrases(row["names"])]
        assert len(told) == len(set(told)), row["of"]


def test_the_great_powers_are_those_of_correlates_of_war(shared: Path) -> None:
    """To the day, where the state that bears the code then is in being."""
    rows = duckdb.execute(
        """SELECT ccode::INT, make_date(styear::INT, stmonth::INT, stday::INT),
             make_date(endyear::INT, endmonth::INT, endday::INT) FROM read_parquet(?)""",
        [str(shared / "data/state_system/cow_majors.parquet")],
    ).fetchall()
    changes = sorted({day for _, first, last in rows for day in (first, last)})
    for on in changes:
        theirs = set()
        for code, first, last in rows:
            if first <= on <= last:
                try:
                    theirs.add(from_cow(code, on))
                except UnknownActorError:
                    assert on.year < 1921, code
        assert theirs <= {state.id for state in states(on)}
        assert set(members("GREAT-POWERS", on)) == theirs, on
