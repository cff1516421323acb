"""Leaders by day, held against Archigos 4.1 until 2015."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from rapallo.actors import actor, from_gw, leaders, resolve, table
from rapallo.actors.folding import fold
from rapallo.errors import UnknownActorError
from rapallo.model import Interval

IN_THE_NEWS = (
    "USA CHN RUS PRK KOR JPN UKR IND PAK SAU IRN ISR TUR GBR FRA DEU POL PHL VNM AUS EGY ETH SOM ERI "
    "NER MLI BFA NGA GHA ZAF DZA MAR LBY SYR IRQ QAT ARE YEM ARM AZE GEO BLR KAZ BRA MEX ECU VEN COL "
    "ARG CAN ITA ESP GRC NLD SWE FIN HUN SRB TWN"
)

# Spells of rule since 1990 for which Archigos has somebody else, or nobody, in the states it holds.
ELSE_IN_ARCHIGOS = {
    "GEO/ivanishvili": "ruled without office; Archigos has the presidents",
    "TLS/gusmao": "Archigos follows the presidents",
    "PRT/costa": "Archigos follows the presidents",
    "POL/duda": "Archigos ends with his predecessor",
    "ROU/iohannis": "Archigos ends with his predecessor",
    "BDI/ngeze": "spelt otherwise in Archigos",
    "BGR/simeon": "spelt otherwise in Archigos",
    "GEO/gamsakhurdia": "before the state enters the Gleditsch-Ward system",
    "AZE/mutalibov": "before the state enters the Gleditsch-Ward system",
    "GEO/burjanadze": "spelt otherwise in Archigos",
    "AFG/hatif": "acted for twelve days, for which Archigos has nobody",
    "DDR/de-maiziere": "ruled after the free election; Archigos keeps the chairman of a party",
    "MDA/brega": "acted after the last day Archigos has for the state",
    "MDA/voronin": "ruled as president and party leader; Archigos has his prime ministers",
    "LAO/nouhak": "spelt otherwise in Archigos",
    "THA/meechai": "acted for seventeen days, for which Archigos has nobody",
    "THA/sunthorn": "led the junta for a fortnight, for which Archigos has nobody",
    "TLS/estanislau": "Archigos follows the presidents",
    "TLS/rui-araujo": "Archigos follows the presidents",
    "VEN/lepage": "acted while Pérez, whom Archigos keeps, was suspended",
    "GTM/maldonado": "Archigos ends with his predecessor",
    "BLZ/barrow": "run together with an initial in Archigos",
    "BIH/bakir-izetbegovic": "chairman from 2012-03-10; Archigos leaves out two turns of the chair",
    "BIH/radmanovic": "chairman again from 2012-11-10; Archigos leaves out two turns of the chair",
    "GRC/thanou": "caretaker for an election; Archigos keeps her predecessor",
    "HRV/kosor": "Archigos follows the presidents",
    "HRV/milanovic": "Archigos follows the presidents",
    "HRV/racan": "Archigos follows the presidents",
    "HRV/sanader": "Archigos follows the presidents",
    "LTU/landsbergis": "before the state enters the Gleditsch-Ward system",
    "MKD/kljusev": "before the state enters the Gleditsch-Ward system",
    "MNE/djukanovic": "Archigos has nobody for the state since 2006",
    "MNE/luksic": "Archigos has nobody for the state since 2006",
    "MNE/sturanovic": "Archigos has nobody for the state since 2006",
    "PRT/barroso": "Archigos follows the presidents",
    "PRT/guterres": "Archigos follows the presidents",
    "PRT/passos-coelho": "Archigos follows the presidents",
    "PRT/santana-lopes": "Archigos follows the presidents",
    "PRT/socrates": "Archigos follows the presidents",
    "SCG/kostunica": "under Yugoslavia in Archigos",
    "SVN/peterle": "before the state enters the Gleditsch-Ward system",
}
# First days that lie more than a month apart.
OTHER_FIRST_DAY = {
    "KAZ/nazarbayev": "counted from independence here",
    "KGZ/akayev": "counted from independence here",
    "RUS/yeltsin": "counted from the end of the Soviet Union here",
    "TKM/niyazov": "counted from independence here",
    "UKR/kravchuk": "counted from independence here",
    "UZB/karimov": "counted from independence here",
    "LAO/choummaly": "counted from the leadership of the party here",
    "LAO/khamtay": "counted from the leadership of the party here",
    "VEN/maduro": "a year early in Archigos: Chávez died on 2013-03-05",
    "VEN/ramon-velasquez": "elected on 1993-06-05; Archigos keeps the suspended Pérez until August",
    "BIH/komsic": "chairman again from 2013-07-10; Archigos runs his turns together",
    "LVA/godmanis": "counted from independence here",
    "SVN/bajuk": "counted from the day his government was sworn in here",
}


def test_rulers_come_first_and_officials_after() -> None:
    found = leaders("RUS", dt.date(2024, 6, 22))
    assert found[0].id == "RUS/putin"
    assert {"RUS/mishustin", "RUS/lavrov"} <= {who.id for who in found[1:]}
    assert found[0].of == "RUS"
    assert found[0].role == "president"
    assert [who.id for who in leaders("USA", dt.date(2025, 1, 20))][:2] == ["USA/trump", "USA/biden"]


def test_a_leader_is_an_actor_in_office_only() -> None:
    assert actor("USA/trump", on=dt.date(2018, 1, 1)).when.end == dt.date(2021, 1, 20)
    with pytest.raises(UnknownActorError, match="USA/trump was not in office on 2022-01-01"):
        actor("USA/trump", on=dt.date(2022, 1, 1))
    assert actor("PRK/kim-jong-nam").role == ""


def test_an_aide_of_the_president_is_no_president() -> None:
    found = resolve("the Turkish president", on=dt.date(2020, 6, 22))
    assert [c.actor for c in found.candidates] == ["TUR/erdogan"]


def test_no_data_is_empty_and_no_state_is_an_error() -> None:
    assert leaders("IOT", dt.date(2024, 1, 1)) == ()
    with pytest.raises(UnknownActorError):
        leaders("NATO", dt.date(2024, 1, 1))


@pytest.mark.parametrize("state", IN_THE_NEWS.split())
def test_states_in_the_news_have_a_ruler_each_month_since_2016(state: str) -> None:
    # months between two rulers, as after a death or an election without a majority, may have none
    months = [dt.date(year, month, 15) for year in range(2016, 2026) for month in range(1, 13)]
    without = [on for on in months if not any(table().person(w.id).rules(on) for w in leaders(state, on))]  # type: ignore[union-attr]
    assert len(without) <= 9, without


@pytest.mark.parametrize(
    "state", ["USA", "GBR", "FRA", "DEU", "AUH", "ITA", "ESP", "TUR", "IRN", "EGY", "MAR", "OMN"]
)
def test_old_powers_have_a_ruler_each_quarter_since_1816(state: str) -> None:
    exists = table().state(state).exists  # type: ignore[union-attr]
    occupied = [Interval(dt.date(1945, 5, 24), dt.date(1949, 9, 14), "range")] if state == "DEU" else []
    quarters = [dt.date(year, month, 5) for year in range(1816, 2026) for month in (1, 4, 7, 10)]
    without = [
        on
        for on in quarters
        if any(days.contains(on) for days in exists)
        and not any(days.contains(on) for days in occupied)
        and not any(who.rules(on) for who in table().people(state))
    ]
    assert not without


def test_terms_lie_within_the_days_of_the_state() -> None:
    for who in table().all_people():
        state = table().state(who.state)
        assert state
        for days in who.rule:
            assert any(days.overlaps(spell) for spell in state.exists), who.id


def words(text: str) -> set[str]:
    return {w for w in re.split(r"[^a-z]+", fold(re.sub(r"([a-z])([A-Z])", r"\1 \2", text))) if len(w) > 2}


def alike(one: set[str], other: set[str]) -> bool:
    return any(a == b or (len(a) > 4 and a[:5] == b[:5]) for a in one for b in other)


def test_rulers_since_1990_agree_with_archigos(shared: Path) -> None:
    spells: dict[str, list[tuple[str, dt.date, dt.date]]] = defaultdict(list)
    for r in pq.read_table(shared / "data/leaders/archigos.parquet").to_pylist():
        first, last = dt.date.fromisoformat(r["startdate"]), dt.date.fromisoformat(r["enddate"])
        try:
            spells[from_gw(int(r["gwcode"]), first + (last - first) / 2)].append((r["leader"], first, last))
        except UnknownActorError:
            continue
    compared, unmatched, late = 0, set(), set()
    for who in table().all_people():
        known = words(" ".join(name.text for _, name in who.own_names))
        for days in who.rule if who.state in spells else ():
            if not days.start or not dt.date(1990, 1, 1) <= days.start <= dt.date(2015, 12, 1):
                continue
            compared += 1
            last = days.end or dt.date(2016, 1, 1)
            gaps = [
                abs((first - days.start).days)
                for name, first, end in spells[who.state]
                if alike(words(name), known) and first <= last and end >= days.start
            ]
            if not gaps:
                unmatched.add(who.id)
            elif min(gaps) > 31:
                late.add(who.id)
    assert compared > 330
    assert unmatched == set(ELSE_IN_ARCHIGOS)
    assert late == set(OTHER_FIRST_DAY)
