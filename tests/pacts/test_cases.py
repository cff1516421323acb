"""Cases that an analyst knows the answer to."""

from __future__ import annotations

import pytest

from rapallo.pacts import obligations
from tests.pacts.webs import (
    CSTO,
    INVASION,
    NATO,
    NORTH_ATLANTIC,
    PRK_CHN,
    RUS_PRK,
    SUMMER_1914,
    USA_JPN,
    USA_KOR,
    Held,
    view,
)


def ask(held: Held, attacker: str, attacked: str, **facts: str):
    found = obligations(held, attacker=attacker, attacked=attacked, facts=facts)
    return {entry.actor: entry for entry in found.answers}


@pytest.mark.parametrize(
    ("on", "answer", "why"),
    [
        ("2024-08-10", "NO", "signed, not in force"),
        ("2024-12-03", "NO", "signed, not in force"),
        ("2024-12-04", "DISPUTED", "RUS attacked UKR first (war-rus-ukr)"),
    ],
)
def test_ukraine_strikes_russia(on, answer, why):
    entry = ask(view(on, RUS_PRK, INVASION), "UKR", "RUS")["PRK"]
    assert entry.answer == answer
    assert why in entry.because[0].why
    assert entry.side == "RUS"


def test_nothing_is_owed_before_it_is_signed():
    assert ask(view("2024-06-18", RUS_PRK, INVASION), "UKR", "RUS") == {}


def test_whether_it_was_provoked_settles_the_dispute():
    held = view("2025-01-01", RUS_PRK, INVASION)
    (open_question,) = ask(held, "UKR", "RUS")["PRK"].because[0].settles
    assert "provoked" in open_question
    assert ask(held, "UKR", "RUS", provoked="no")["PRK"].answer == "YES"
    assert ask(held, "UKR", "RUS", provoked="yes")["PRK"].answer == "NO"


def test_russias_own_attack_binds_no_friend_of_it():
    entry = ask(view("2025-01-01", RUS_PRK), "RUS", "UKR")["PRK"]
    assert entry.answer == "NO"
    assert "protects it only where it is attacked" in entry.because[0].why


def test_the_wars_of_russia_chain_through_north_korea_to_china():
    held = view("2025-01-01", RUS_PRK, PRK_CHN, INVASION)
    entry = ask(held, "UKR", "RUS")["CHN"]
    assert (entry.answer, entry.step, entry.side) == ("DISPUTED", 2, "RUS")
    assert (entry.because[0].attacker, entry.because[0].attacked) == ("UKR", "PRK")
    assert "CHN" not in ask(view("2025-01-01", RUS_PRK, INVASION), "UKR", "RUS")


def test_china_owes_north_korea_help():
    found = ask(view("2024-06-22", PRK_CHN, USA_KOR, NORTH_ATLANTIC), "USA", "PRK")
    assert (found["CHN"].answer, found["CHN"].step) == ("YES", 1)
    assert found["FRA"].answer == "DISPUTED"
    assert (found["FRA"].step, found["FRA"].side, found["FRA"].because[0].attacker) == (2, "USA", "CHN")


def test_every_member_owes_poland_help_by_means_of_its_own_choice():
    found = ask(view("2024-06-22", NORTH_ATLANTIC, CSTO), "RUS", "POL")
    assert {code for code, entry in found.items() if entry.answer == "YES"} == set(NATO) - {"POL"}
    assert "the means are left" in found["USA"].because[0].why
    assert "constitutional process" in found["USA"].because[0].why
    assert found["BLR"].answer == "NO"


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"where": "FLK"}, "NO"),
        ({"where": "the Falkland Islands"}, "NO"),
        ({}, "DISPUTED"),
        ({"where": "GBR"}, "YES"),
    ],
)
def test_the_falklands_lie_outside_the_north_atlantic_treaty(facts, answer):
    assert ask(view("1982-04-02", NORTH_ATLANTIC), "ARG", "GBR", **facts)["USA"].answer == answer


def test_a_place_nobody_knows_leaves_it_open():
    found = ask(view("2024-06-22", NORTH_ATLANTIC), "RUS", "GBR", where="Ruritania")
    assert found["USA"].answer == "DISPUTED"


def test_south_korea():
    held = view("2024-06-22", USA_KOR)
    assert ask(held, "PRK", "KOR")["USA"].answer == "YES"
    assert ask(held, "PRK", "USA")["KOR"].answer == "NO"
    assert ask(held, "PRK", "USA", where="Guam")["KOR"].answer == "YES"


def test_the_senkaku_are_administered_by_japan():
    held = view("2024-06-22", USA_JPN)
    assert ask(held, "CHN", "JPN", where="Senkaku")["USA"].answer == "YES"
    assert ask(held, "CHN", "JPN")["USA"].answer == "YES"
    assert ask(held, "CHN", "JPN", where="TWN")["USA"].answer == "NO"
    assert ask(held, "CHN", "USA", where="GUM")["JPN"].answer == "NO"
    assert ask(held, "CHN", "USA", where="Okinawa")["JPN"].answer == "YES"


def test_armenia_has_to_ask():
    held = view("2022-09-13", CSTO)
    found = ask(held, "AZE", "ARM")
    assert {entry.answer for entry in found.values()} == {"YES"}
    assert "once ARM asks" in found["RUS"].because[0].why
    assert ask(held, "AZE", "ARM", requested="no")["RUS"].answer == "NO"
    assert ask(held, "AZE", "ARM", requested="yes")["RUS"].because[0].settles == ()


def test_the_chain_of_1914():
    found = ask(view("1914-07-28", *SUMMER_1914), "AUT", "SRB")
    steps = {code: (entry.answer, entry.step, entry.side) for code, entry in found.items()}
    assert steps == {
        "RUS": ("YES", 1, "SRB"),
        "DEU": ("DISPUTED", 2, "AUT"),
        "FRA": ("DISPUTED", 3, "SRB"),
        "ITA": ("NO", 1, "AUT"),
    }
    assert (found["FRA"].because[0].attacker, found["FRA"].because[0].attacked) == ("DEU", "RUS")


def test_italy_is_not_bound_in_1914_because_austria_began():
    (reason,) = ask(view("1914-07-28", *SUMMER_1914), "AUT", "SRB")["ITA"].because
    assert reason.answer == "NO"
    assert "unprovoked" in reason.why
    assert "AUT" in reason.why


def test_an_attack_within_an_alliance_is_open_for_all_its_members():
    found = ask(view("2024-06-22", NORTH_ATLANTIC), "TUR", "GRC")
    assert set(found) == set(NATO) - {"TUR", "GRC"}
    assert {entry.answer for entry in found.values()} == {"DISPUTED"}
    assert "within it" in found["FRA"].because[0].why
