"""The starter record against the datasets: each function holds one kind of row against one of them."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from rapallo.actors import actor, to_cow
from rapallo.errors import RapalloError
from rapallo.model import Envelope, Flow, Tie, Trait

REASONS = {
    "left out": "not written yet, or of two states that no brief has asked about",
    "twice": "the two writings differ; the entry says so under disputed",
    "checked": "settled by the dataset the entry names",
    "typed": "another act of the same weeks, or the same under another type, which is a matter of coding",
    "unwritten": "remembered once only; left out until something bears it out",
    "minsaengdan": "Kim Il-sung before there was a North Korea; coded to it, as claims about him are",
    "prk-chn-1961 consultation": "article 4 only says that they go on consulting; ATOP asks for more",
    "prk-sun-1961 consultation": "article 3 only says that they consult; ATOP asks for more",
    "usa-twn-1954 consultation": "article 4 is about carrying out the treaty; ATOP asks for more",
    "fpda-1971": "a communiqué; ATOP counts treaties",
    "gbr-sun-1942 consultation": "ATOP's 2535, which begins in 1941; this is 2555, the treaty with Iran",
    "gbr-sun-1942 non_aggression": "ATOP's 2535, which begins in 1941; this is 2555, the treaty with Iran",
    "gbr-sun-1942 offence": "ATOP's 2535, which begins in 1941; this is 2555, the treaty with Iran",
    "jpn-sun-1941 non_aggression": "article 1 respects territory; ATOP counts neutrality alone",
    "fin-sun-1948 non_aggression": "article 4 bars hostile alliances; ATOP does not count it",
    "mys-sgp-1965 non_aggression": "article 5 bars harmful treaties; ATOP does not count it",
    "csk-sun-1943": "ATOP's 2563; Czechoslovakia was occupied and no state of the system",
    "pol-sun-1945": "ATOP's 3025; Poland was no state of the system in April",
    "hun-ukr-1991": "ATOP's 4120; Ukraine enters the system days later",
    "cze-svk-1992": "ATOP's 4370; signed before either was a state",
    "cis-1993 defence": "article 12 has members consult; help is left to the treaty of 1992 (4220)",
    "abk-rus-2008": "Abkhazia is no state of the system",
    "abk-rus-2014": "Abkhazia is no state of the system",
    "rus-sot-2008": "South Ossetia is no state of the system",
    "rus-sot-2015": "South Ossetia is no state of the system",
    "kaz-rus-2013": "ATOP keeps to the treaty of 1992 (4235)",
    "chn-ukr-2013": "ATOP has the communiqué of 1994 (4620)",
    "chn-ind-1954": "a treaty on trade; the principles stand in its preamble",
    "ind-npl-1950": "the duty stands in letters that were published in 1959",
    "btn-ind-1949": "Bhutan is no state of the system before 1971",
    "btn-ind-2007": "bars the use of soil and no more; ATOP does not count it",
    "ind-pak-1988": "bars attacks on nuclear installations alone",
    "ind-lka-1987": "an accord with letters; ATOP does not count it",
    "lao-vnm-1977": "ATOP has no alliance of Laos and Vietnam",
    "khm-vnm-1979": "signed by a government that few recognised",
    "eu-42-7": "ATOP has the treaty of Maastricht of 1992 (4175) and counts its defence from there",
    "laos-1962 non_aggression": "signed as a duty towards Laos, whom ATOP does not count as a member",
    "deu-west-1954 non_aggression": "what is found is the Manila Pact (3260)",
    "aut-1955": "a treaty that ended an occupation; ATOP does not count it",
    "nato-warsaw-1990": "ATOP counts the Charter of Paris of those days (3740)",
    "col-per-1934": "a peace treaty; ATOP does not count it",
    "dom-hti-1929": "ATOP has no pact of the two",
    "caricom-2006": "help against disasters and crime above all; ATOP does not count it",
    "anti-war-1933": "open to all states; ATOP does not count it",
    "andean-2002": "a commitment of ministers; ATOP counts treaties",
    "nordic-2011": "a declaration on disasters and attacks short of war; ATOP counts treaties",
    "esp-prt-1977": "ATOP ends the pact of 1939 (2435) with it and reads no promise in it",
    "ita-sun-1972": "ATOP counts the like protocol of France alone (3642)",
    "gbr-sun-1975 consultation": "what is found is the Final Act of Helsinki (3740)",
    "gbr-sun-1975 non_aggression": "what is found is the Final Act of Helsinki (3740)",
    "nato-geo-1994": "with NATO, which is no state",
    "mda-nato-1994": "with NATO, which is no state",
    "arm-nato-1994": "with NATO, which is no state",
    "aze-nato-1994": "with NATO, which is no state",
    "kaz-nato-1994": "with NATO, which is no state",
    "kgz-nato-1994": "with NATO, which is no state",
    "nato-uzb-1994": "with NATO, which is no state",
    "nato-tkm-1994": "with NATO, which is no state",
    "nato-tjk-2002": "with NATO, which is no state",
    "fin-nato-swe-1994": "with NATO, which is no state",
    "nato-neutrals-1995": "with NATO, which is no state",
    "bih-nato-srb-2006": "with NATO, which is no state",
    "jpn-usa-1951": "ATOP's 3220; Japan is no state of the system under occupation",
    "fra-lao-1953": "ATOP's 3245; Laos enters the system in those months",
    "kir-usa-1979": "ATOP's 3852; Kiribati is no state of the system before 1999",
    "tuv-usa-1979": "ATOP's 3842; Tuvalu is no state of the system before 2000",
    "chn-wsm-1975": "ATOP's 3746; Samoa is no state of the system before 1976",
    "chn-ton-1998": "ATOP's 4908; Tonga is no state of the system before 1999",
    "fsm-usa-1986": "Micronesia is no state of the system before 1991",
    "mhl-usa-1986": "the Marshall Islands are no state of the system before 1991",
    "plw-usa-1994": "ATOP has no alliance of Palau and the United States",
    "cok-nzl-2001": "the Cook Islands are no state of the system",
    "gbr-usa-1943": "an agreement on atomic energy; ATOP does not count it",
    "gbr-usa-1951": "an understanding; ATOP counts treaties",
    "can-usa-1940": "a declaration; ATOP counts treaties",
    "norad-1958": "a joint command under NATO; ATOP does not count it",
    "dnk-usa-1941": "signed by an envoy whom Copenhagen disowned; ATOP does not count it",
    "dnk-usa-1951": "carries out the North Atlantic Treaty, which ATOP counts (3180)",
    "isl-usa-1951": "carries out the North Atlantic Treaty, which ATOP counts (3180)",
    "fra-mco-1918": "Monaco is no state of the system before 1993",
    "fra-mco-2002": "ATOP has no alliance of France and Monaco",
    "fra-gbr-2010": "regular consultation in peace; ATOP does not count it",
    "usa-baltic-1998": "a charter that binds in politics; ATOP does not count it",
    "nato-rus-1997": "with NATO, which is no state",
    "nato-ukr-1997": "with NATO, which is no state",
    "sun-usa-1973": "arms control; ATOP does not count it",
    "odeca-1951": "the charter of an organisation; ATOP counts its defence council (3490)",
    "central-america-1987": "a procedure for peace that binds in politics; ATOP does not count it",
    "central-america-1995": "ATOP has no alliance of Central America after 1969",
    "cri-nic-1949": "a pact under the OAS and the Rio Pact; ATOP does not count it",
    "ecu-per-1998": "a peace settlement; ATOP does not count it",
    "arg-gbr-1990": "joint statements; ATOP counts treaties",
    "pan-usa-1936": "one article, on danger to the canal; ATOP does not count it",
    "rss-1982": "a memorandum; ATOP counts the treaty of 1996 (4778)",
    "unasur-2008": "a decision of presidents; ATOP counts treaties",
    "aus-jpn-2007": "a declaration; ATOP counts treaties",
    "biketawa-2000": "a declaration; ATOP counts treaties",
    "ecu-per-1942 defence": "what is found is the Declaration by United Nations (2550)",
    "ecu-per-1942 offence": "what is found is the Declaration by United Nations (2550)",
    "ecu-per-1942 non_aggression": "ATOP has no such protocol",
    "irq-sau-1936 non_aggression": "the articles on disputes and rebels; ATOP does not count them",
    "egy-gbr-1936": "ATOP's 2385; Egypt enters the system in 1937",
    "egy-irq-1964": "a step to a union; ATOP does not count it",
    "gbr-kwt-1961": "an exchange of notes; ATOP does not count it",
    "gbr-qat-1971": "ATOP counts the like treaty with Bahrain alone (3677)",
    "are-gbr-1971": "ATOP counts the like treaty with Bahrain alone (3677)",
    "bhr-gbr-1971 consultation": "consults in time of need; ATOP asks for more",
    "far-1971": "a federation; ATOP does not count it",
    "isr-syr-1974": "a disengagement; ATOP counts that of Sinai alone (3743)",
    "irn-irq-1975": "a treaty on the frontier; ATOP does not count it",
    "amu-1989 non_aggression": "article 15 bars the use of soil; ATOP does not count it",
    "lbn-syr-1991 non_aggression": "article 3 bars the use of soil; ATOP does not count it",
    "damascus-1991": "a declaration that was never carried out; ATOP does not count it",
    "are-fra-1995": "the text is not public; ATOP does not count it",
    "are-fra-2009": "the text is not public; ATOP does not count it",
    "syr-tur-1998": "minutes on terrorism; ATOP does not count them",
    "irn-syr-2006": "the text is not public; ATOP does not count it",
    "fra-cmr-1960": "ATOP reads no promise of help in it",
    "fra-entente-1961": "ATOP reads no promise of help in it",
    "ecowas-1999": "ATOP keeps to the protocol of 1981 (3895)",
    "gmb-sen-1965": "ATOP counts the confederation of 1981 alone (3930)",
    "tza-uga-1972": "minutes of a mediation; ATOP does not count them",
    "eth-som-1988": "ATOP does not count it",
    "sadc-2003": "ATOP counts it as a phase of the protocol of 2001 (4985)",
    "sadc-2001 defence": "owed since the pact of 2003, which ATOP counts with it",
    "sadc-2001 consultation": "owed since the pact of 2003, which ATOP counts with it",
    "sdn-tcd-2008": "one of many truces; ATOP does not count it",
    "ssd-uga-2014": "the text is not public; ATOP does not count it",
    "fra-entente-1961 non_aggression": "compared with the African and Malagasy Union (3455), next by date",
    "fra-kwt-1992": "the text is not public; ATOP does not count it",
    "fra-qat-1994": "the text is not public; ATOP does not count it",
    "are-gbr-1996": "the text is not public; ATOP does not count it",
    "alcora-1970": "secret and unknown when ATOP was coded",
    "psc-2013": "a framework; ATOP does not count it",
    "fra-dji-2011 defence": "the security clause; ATOP reads consultation alone",
    "gbr-yem-1934": "ATOP does not count it",
    "irq-tur-1946": "ATOP does not count it",
    "tripartite-1950": "ATOP does not count it",
    "mar-tun-1957": "ATOP does not count it",
    "casablanca-1961": "ATOP does not count it",
    "egy-irq-syr-1963": "ATOP does not count it",
    "irq-syr-1963": "ATOP does not count it",
    "oau-1963": "ATOP does not count it",
    "ken-som-1967": "ATOP does not count it",
    "bdi-cod-rwa-1966": "ATOP does not count it",
    "tripoli-1969": "ATOP does not count it",
    "isr-usa-1975": "ATOP does not count it",
    "isr-usa-1979": "ATOP does not count it",
    "irq-syr-1978": "ATOP does not count it",
    "eth-ken-1979": "ATOP does not count it",
    "lby-prk-1982": "ATOP does not count it",
    "ago-zaf-1984": "ATOP does not count it",
    "kwt-rus-1993": "ATOP does not count it",
    "yaounde-1996": "ATOP does not count it",
    "irq-usa-2008": "ATOP does not count it",
    "eac-2012": "ATOP does not count it",
    "afg-ind-1950": "ATOP does not count it",
    "quadruple-alliance-1815": "ATOP's 1035; the state system begins in 1816",
    "quintuple-alliance-1818": "a protocol; ATOP does not count it",
    "belgium-1839": "a guarantee of neutrality; ATOP does not count it",
    "luxembourg-1867": "a guarantee of neutrality; ATOP does not count it",
    "paris-1856 non_aggression": "this is the peace; 1195 is the guarantee of two weeks later",
    "paris-1856 offence": "this is the peace; 1195 is the guarantee of two weeks later",
    "gbr-jpn-1902 offence": "a war in defence of interests abroad, which ATOP reads as offensive too",
    "gbr-jpn-1905": "ATOP's 1415, which begins in 1902",
    "gbr-jpn-1911": "ATOP's 1415, which begins in 1902",
    "mne-srb-1912": "ATOP's 1480; Montenegro bears no number of the state system then",
    "fra-usa-1919": "never in force; ATOP does not count it",
    "fra-gbr-1919": "never in force; ATOP does not count it",
    "pol-rou-1926": "ATOP's 2070, which begins in 1921",
    "nine-power-1922": "ATOP counts the Four-Power Treaty alone",
    "alb-ita-1926": "ATOP counts from the alliance of 1927 (2205)",
    "kellogg-briand-1928": "open to all states; ATOP does not count it",
    "four-power-1933": "never in force; ATOP does not count it",
    "definition-of-aggression-1933 neutrality": "not in ATOP; 2315 is the treaty of Romania and Turkey",
    "bgr-yug-1937 defence": "ATOP does not count it; 2420 is the arrangement of Nyon",
    "bgr-yug-1937 non_aggression": "ATOP does not count it; 2420 is the arrangement of Nyon",
    "deu-gbr-1938": "a declaration; ATOP counts the French one alone",
    "gbr-pol-1939-april consultation": "it stands in the treaty of August, which ATOP counts with this one",
    "gbr-pol-1939-april offence": "it stands in the treaty of August, which ATOP counts with this one",
    "gbr-rou-1939 consultation": "one-sided, and not in ATOP; 2490 is the treaty with Turkey",
    "gbr-rou-1939 neutrality": "one-sided, and not in ATOP; 2490 is the treaty with Turkey",
    "gbr-rou-1939 offence": "one-sided, and not in ATOP; 2490 is the treaty with Turkey",
    "gbr-grc-1939 consultation": "one-sided, and not in ATOP; 2490 is the treaty with Turkey",
    "gbr-grc-1939 neutrality": "one-sided, and not in ATOP; 2490 is the treaty with Turkey",
    "gbr-grc-1939 offence": "one-sided, and not in ATOP; 2490 is the treaty with Turkey",
    "molotov-ribbentrop-1939 consultation": "article 3 asks to keep in touch; ATOP does not count it",
    "tripartite-1940 consultation": "article 4 sets up commissions; ATOP does not count it",
    "casablanca-1961 defence": "compared with the Union of African States (3430), next by date",
    "german-confederation-1815": "ATOP's 1020; the state system begins in 1816",
    "aut-sic-1815": "ATOP's 1025; the state system begins in 1816",
    "bgr-srb-1904": "ATOP's 1425; Bulgaria was no state of the system before 1908",
    "grc-tur-1933": "ATOP counts from the Balkan Pact of 1934 (2330)",
    "bel-deu-1937": "a declaration; ATOP does not count it",
    "deu-esp-1939": "secret when it was signed; ATOP does not count it",
    "gbr-tur-1939 neutrality": "a declaration, not in ATOP; 2490 is the treaty of October",
    "gbr-tur-1939 offence": "a declaration, not in ATOP; 2490 is the treaty of October",
    "fra-pol-1939": "ATOP keeps to the treaties of 1921 and 1925 (2060, 2135)",
    "fra-gbr-1940": "a declaration; ATOP does not count it",
    "hun-yug-1940": "ATOP has no alliance of Hungary and Yugoslavia",
    "csk-sun-1941": "signed by an exiled government; ATOP counts from 1943 (2563)",
    "pol-sun-1941": "signed by an exiled government; ATOP counts from 1945 (3025)",
    "fra-jpn-1941": "signed under occupation; ATOP does not count it",
    "moscow-declaration-1943": "ATOP counts the Declaration by United Nations of 1942 (2550)",
    "deu-fin-1944": "a letter of the president; ATOP does not count it",
    "aut-pma-1848": "ATOP's 1130; Parma enters the state system in 1851",
    "military_expenditure": "recalled after SIPRI; NMC rests on the IISS, which counts less",
    "primary_energy": "energy statistics in coal equivalent against NMC's own conversions",
    "population": "census revisions, or who is counted (residents abroad, migrants)",
    "military_personnel": "paramilitary and reserve forces counted or not; whole thousands in NMC",
    "iron_steel": "another year, or an estimate",
    "nuclear_warheads": "an estimate here; the Bulletin had confirmed none yet",
}
"""Why a fact and a dataset differ, by row and clause or by name of the trait."""


@dataclass
class Figure:
    """One row of the table of figures."""

    what: str
    held: int
    agree: int
    note: str = ""


@dataclass
class Findings:
    """What the checks found: figures, differences (row, what, reason) and failures."""

    figures: list[Figure] = field(default_factory=list)
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def differ(self, row: str, what: str, key: str) -> None:
        """List a difference with its reason."""
        self.differences.append((row, what, REASONS.get(key, "not explained")))


def cow(code: str, on: dt.date) -> int | None:
    """The Correlates of War number of a state on a day, None for one outside that system."""
    try:
        return to_cow(code, on)
    except RapalloError:
        return None


class Data:
    """The datasets, opened by plain name."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def rows(self, sql: str, **names: str) -> list[Any]:
        """Run SQL in which {name} stands for the file of that path."""
        paths = {k: f"'{self.root / v}'" for k, v in names.items()}
        return duckdb.sql(sql.format(**paths)).fetchall()


_LEVEL = "atop/atop-alliance-level_v4.01.csv"
KINDS = ("defence", "offence", "neutrality", "non_aggression", "consultation")


def pacts(found: Findings, data: Data, ties: list[Tie]) -> None:
    """Pacts against ATOP: found by the day of signature and two members; clause kinds against its pledges."""
    level = data.rows(
        "select l.atopid, begyr, begmo, begday, defense, offense, neutral, nonagg, consul, list(member) "
        "from read_csv({a}, sample_size=-1) l "
        "join (select atopid, member from read_csv({m}, sample_size=-1)) "
        "using (atopid) group by all",
        a=_LEVEL,
        m="atop/atop-member-level_v4.01.csv",
    )
    dyads = {
        (a, b, y): flags
        for a, b, y, *flags in data.rows(
            "select ccode1, ccode2, year, atop_defense, atop_offense, atop_neutral, atop_nonagg, atop_consul "
            "from {a}",
            a="atop/atop_alliance.parquet",
        )
    }
    hits = agree = same = asked = 0
    old = [t for t in ties if t.kind == "pact" and t.phases[0].on.year <= 2016]
    for tie in old:
        on = tie.phases[0].on
        members = {c for p in tie.parties if (c := cow(p.actor, p.when.start or on))}
        near = [
            r
            for r in level
            if r[1] == on.year
            and len(members & set(r[9])) >= 2
            and len(members) - len(members & set(r[9])) <= 8
        ]
        near.sort(
            key=lambda r: (
                abs((r[2] or 1) - on.month) * 31 + abs((r[3] or 1) - on.day),
                -len(members & set(r[9])),
            )
        )
        kinds = {c.kind for c in tie.clauses}
        if not near:
            found.differ(tie.id, "not in ATOP 4.01", tie.id)
            continue
        hits += 1
        row = near[0]
        same += (row[1], row[2], row[3]) == (on.year, on.month, on.day)
        if (row[2], row[3]) != (on.month, on.day):
            found.differences.append(
                (tie.id, f"ATOP {row[0]} begins {row[1]}-{row[2]}-{row[3]}", f"signed {on}")
            )
        theirs = {k for k, flag in zip(KINDS, row[4:9], strict=True) if flag}
        for kind in sorted(kinds ^ theirs):
            side = "only here" if kind in kinds else "only in ATOP"
            found.differ(tie.id, f"{kind} {side}", f"{tie.id} {kind}")
        asked += len(KINDS)
        agree += len(KINDS) - len(kinds ^ theirs)
    found.figures.append(
        Figure("pacts to 2016 found in ATOP 4.01", len(old), hits, f"{same} with the day of signature")
    )
    found.figures.append(Figure("clause flags of those in ATOP 4.01", asked, agree))
    held = ok = 0
    for tie in ties:
        key = re.search(r"atop_alliance\), (\d+)-(\d+) (\d{4})", tie.envelope.checked_against)
        if tie.kind != "pact" or not key:
            continue
        a, b, year = (int(g) for g in key.groups())
        flags = dyads.get((a, b, year))
        for clause in tie.clauses:
            if clause.envelope.basis != "checked":
                continue
            held += 1
            if flags and flags[KINDS.index(clause.kind)]:
                ok += 1
            else:
                found.failures.append(
                    f"{clause.id}: checked, but ATOP 5.1 has no {clause.kind} for {a}-{b} {year}"
                )
    found.figures.append(Figure("checked clauses borne out by ATOP 5.1", held, ok))
    _clauses_by_alliance(found, level, ties)
    _only_in_atop(found, data, level, ties)
    nato = next(t for t in ties if t.id == "nato-1949")
    years = dict(
        data.rows(
            "select member, min(yrent) from read_csv({m}, sample_size=-1) where atopid = 3180 group by 1",
            m="atop/atop-member-level_v4.01.csv",
        )
    )
    mine = {
        cow(p.actor, p.when.start or dt.date(1949, 4, 4)): (p.when.start or dt.date(1949, 1, 1)).year
        for p in nato.parties
    }
    both = [c for c in mine if c in years]
    found.figures.append(
        Figure("members of NATO, year of entry", len(both), sum(mine[c] == years[c] for c in both))
    )
    found.differences.extend(
        (
            f"nato-1949 {c}",
            f"{mine[c]} here, {years[c]} in ATOP",
            "the day of accession here; ATOP counts from the protocol",
        )
        for c in both
        if mine[c] != years[c]
    )


_ALLIANCE = re.compile(r"\(atop-alliance-level\), (\d+)")


def _clauses_by_alliance(found: Findings, level: list[Any], ties: list[Tie]) -> None:
    """Checked clauses of pacts that name an alliance of ATOP, against its flags."""
    flags = {r[0]: {k for k, flag in zip(KINDS, r[4:9], strict=True) if flag} for r in level}
    held = ok = 0
    for tie in ties:
        key = _ALLIANCE.search(tie.envelope.checked_against)
        for clause in tie.clauses if key else ():
            if clause.envelope.basis != "checked":
                continue
            held += 1
            if key and clause.kind in flags.get(int(key[1]), set()):
                ok += 1
            else:
                found.failures.append(f"{clause.id}: checked, but ATOP 4.01 has no {clause.kind} there")
    found.figures.append(Figure("checked clauses borne out by ATOP 4.01", held, ok))


def _only_in_atop(found: Findings, data: Data, level: list[Any], ties: list[Tie]) -> None:
    """Alliances of ATOP with an obligation, in force at any time since 1945, that the record leaves out."""
    ends = dict(data.rows("select atopid, endyr from read_csv({a}, sample_size=-1)", a=_LEVEL))
    pacts_ = [t for t in ties if t.kind == "pact"]
    named = {int(key[1]) for t in pacts_ if (key := _ALLIANCE.search(t.envelope.checked_against))}
    signed = [
        (t.phases[0].on.year, {c for p in t.parties if (c := cow(p.actor, p.when.start or t.phases[0].on))})
        for t in pacts_
    ]
    asked = met = 0
    left: list[str] = []
    for row in level:
        end = ends.get(row[0]) or 0
        if not any(row[4:8]) or (0 < end < 1945):
            continue
        asked += 1
        members = set(row[9])
        if row[0] in named or any(
            abs(year - row[1]) <= 1 and 2 * len(members & mine) > len(members) for year, mine in signed
        ):
            met += 1
        else:
            left.append(f"{row[0]} of {row[1]}")
    found.figures.append(Figure("alliances of ATOP 4.01 since 1945 in the record", asked, met))
    if left:
        found.differ(f"{len(left)} alliances of ATOP", ", ".join(left), "left out")


def trade(found: Findings, data: Data, flows: list[Flow], traits: list[Trait]) -> None:
    """Trade of 2014 against COW, within a fifth."""
    seen = {
        (b, a): v
        for a, b, v in data.rows(
            "select ccode1, ccode2, flow1 from {t} where year = 2014 and flow1 >= 0",
            t="trade/cow_trade_ddy.parquet",
        )
    }
    on = dt.date(2014, 1, 1)
    held = [f for f in flows if f.kind == "trade" and f.envelope.basis == "checked"]
    ok = 0
    for f in held:
        theirs = seen.get((cow(f.origin, on), cow(f.destination, on)))
        if theirs is not None and abs(f.value - theirs) <= 0.2 * theirs:
            ok += 1
        else:
            found.failures.append(f"{f.id}: {f.value:g} here, {theirs} in COW")
    found.figures.append(Figure("trade of 2014 within a fifth of COW", len(held), ok))
    sums = {
        c: (i, e)
        for c, i, e in data.rows(
            "select ccode, imports, exports from {t} where year = 2014", t="trade/cow_trade_sy.parquet"
        )
    }
    totals = [t for t in traits if t.name in {"imports", "exports"} and t.envelope.basis == "checked"]
    ok = 0
    for t in totals:
        theirs = sums[cow(t.actor, on)][t.name == "exports"]
        ok += bool(theirs) and abs(t.value - theirs) <= 0.2 * theirs
    found.figures.append(Figure("totals of 2014 within a fifth of COW", len(totals), ok))


SIPRI = {
    "KOR": "South Korea",
    "PRK": "North Korea",
    "ARE": "UAE",
    "TUR": "Turkey",
    "CZE": "Czechia",
    "VNM": "Viet Nam",
    "USA": "United States",
    "GBR": "United Kingdom",
    "BFA": "Burkina Faso",
    "RUS": "Russia",
    "TWN": "Taiwan",
}


def arms(found: Findings, data: Data, flows: list[Flow], traits: list[Trait]) -> None:
    """Arms of 2017 to 2021 against the sums of SIPRI's dyad-years, within a tenth."""
    file = "arms_transfers/sipri_tiv_dyadyear_1950_2021.csv.gz"
    seen = {
        (a, b): v
        for a, b, v in data.rows(
            "select supplier, recipient, sum(value) from read_csv({t}, sample_size=-1) "
            "where year between 2017 and 2021 group by 1, 2",
            t=file,
        )
    }

    def name(code: str) -> str:
        return SIPRI.get(code) or actor(code, on=dt.date(2020, 1, 1)).name

    held = [f for f in flows if f.kind == "arms" and f.envelope.basis == "checked"]
    ok = 0
    for f in held:
        theirs = seen.get((name(f.origin), name(f.destination)))
        if theirs and abs(f.value - theirs) <= max(0.1 * theirs, 1):
            ok += 1
        else:
            found.failures.append(f"{f.id}: {f.value:g} here, {theirs} in SIPRI")
    found.figures.append(Figure("arms of 2017-2021 within a tenth of SIPRI", len(held), ok))
    out: Counter[str] = Counter()
    for (a, _), v in seen.items():
        out[a] += v
    exports = [t for t in traits if t.name == "arms_exports" and t.envelope.basis == "checked"]
    good = [t for t in exports if abs(t.value - out[name(t.actor)]) <= 0.1 * out[name(t.actor)]]
    found.figures.append(Figure("arms exports of 2017-2021 within a tenth", len(exports), len(good)))


COLUMNS = {
    "population": 0,
    "military_expenditure": 1,
    "military_personnel": 2,
    "primary_energy": 3,
    "iron_steel": 4,
}


def capabilities(found: Findings, data: Data, traits: list[Trait]) -> None:
    """Traits against NMC 7 in every year of their period, within a tenth."""
    seen: dict[tuple[int, int], list[Any]] = {
        (c, y): v
        for c, y, *v in data.rows(
            "select ccode, year, tpop, milex / 1000, milper, pec, irst from {n}", n="nmc/cow_nmc.parquet"
        )
    }
    for name, column in COLUMNS.items():
        mine = [
            t
            for t in traits
            if t.name == name
            and "owid" not in t.envelope.checked_against
            and t.envelope.valid.start
            and t.envelope.valid.start.year <= 2022
        ]
        held = ok = 0
        apart: list[str] = []
        for t in mine:
            first, last = t.envelope.valid.start, t.envelope.valid.end
            assert first
            assert last
            number = cow(t.actor, first)
            theirs = [
                v
                for y in range(first.year, last.year + 1)
                if (v := seen.get((number or -1, y), [None] * 5)[column]) is not None and v >= 0
            ]
            if not theirs:
                continue
            held += 1
            good = all(
                abs(t.value - v) <= max(0.1 * max(v, t.value), 0.5 if column == 2 else 0) for v in theirs
            )
            ok += good
            if not good:
                apart.append(f"{t.actor} {first.year} {t.value:g} ({theirs[-1]:g})")
                if t.envelope.basis == "checked":
                    found.failures.append(f"{t.id}: checked, but {t.value:g} here, {theirs} in NMC")
        if apart:
            found.differ(f"{name}, here (in NMC)", ", ".join(apart), name)
        found.figures.append(Figure(f"{name.replace('_', ' ')} within a tenth of NMC 7", held, ok))


OWID = {"TUR": "Turkey", "COD": "Democratic Republic of Congo", "CIV": "Cote d'Ivoire"}


def expenditure(found: Findings, data: Data, traits: list[Trait]) -> None:
    """Military expenditure of 2020 against SIPRI's figures as told by Our World in Data, within a tenth."""
    on = dt.date(2020, 1, 1)
    file = "arms_transfers/owid_milex_cow_sipri.csv"
    seen: dict[str, float] = dict(
        data.rows(
            "select country, military_expenditure / 1e6 from read_csv({t}, sample_size=-1) where year = 2020",
            t=file,
        )
    )
    held = [t for t in traits if "owid_milex" in t.envelope.checked_against]
    good = []
    for t in held:
        theirs = seen.get(OWID.get(t.actor) or actor(t.actor, on=on).name)
        if theirs and abs(t.value - theirs) <= 0.1 * max(t.value, theirs):
            good.append(t)
        else:
            found.failures.append(f"{t.id}: {t.value:g} here, {theirs} in SIPRI")
    found.figures.append(Figure("expenditure of 2020 within a tenth of SIPRI", len(held), len(good)))


def warheads(found: Findings, data: Data, traits: list[Trait]) -> None:
    """Warheads against the Bulletin's counts."""
    names = {"USA": "United States", "GBR": "United Kingdom"}
    seen = {
        (n, y): v
        for n, y, v in data.rows(
            "select * from read_csv({w}, sample_size=-1)", w="nuclear_missile/warhead_stockpiles.csv"
        )
    }
    held = ok = 0
    for t in traits:
        if t.name != "nuclear_warheads" or not t.envelope.valid.start:
            continue
        key = (names.get(t.actor) or actor(t.actor).name, t.envelope.valid.start.year)
        if key not in seen:
            continue
        held += 1
        if abs(t.value - seen[key]) <= 0.05 * seen[key]:
            ok += 1
        else:
            found.differ(t.id, f"{t.value:g} here, {seen[key]:g} in the Bulletin", "nuclear_warheads")
    found.figures.append(Figure("warheads within a twentieth of the Bulletin", held, ok))


def launches(found: Findings, data: Data, envelopes: list[tuple[str, Envelope]]) -> None:
    """Missiles and launches against the CNS tables, by name and, where one is given, day."""
    held = ok = 0
    for row, envelope in envelopes:
        key = re.search(
            r"\((\w+_missile_tests_df)\), (.+?)(?: (\d{4}-\d\d-\d\d))?$", envelope.checked_against
        )
        if not key:
            continue
        held += 1
        days = {
            r[0]
            for r in data.rows(
                "select cast(launch_time as date) from {t} where missile_name = '" + key[2] + "'",
                t=f"nuclear_missile/{key[1]}.parquet",
            )
        }
        if days and (not key[3] or dt.date.fromisoformat(key[3]) in days):
            ok += 1
        else:
            found.failures.append(f"{row}: no launch {key[2]} {key[3] or ''}")
    found.figures.append(Figure("missiles and launches in the CNS tables", held, ok))


def conflicts(found: Findings, data: Data, ties: list[Tie]) -> None:
    """Rivalries, wars, borders and American troops against their tables."""
    seen = {
        (a, b): (s, e)
        for a, b, s, e in data.rows(
            'select ccode1, ccode2, max(start), max("end") from {r} group by 1, 2',
            r="rivalries/tss_rivalries.parquet",
        )
    }
    held = ok = starts = 0
    for t in ties:
        if not (key := re.search(r"tss_rivalries\), (\d+)-(\d+) (\d{4})", t.envelope.checked_against)):
            continue
        held += 1
        a, b, year = (int(g) for g in key.groups())
        row = seen.get((a, b))
        if row and row[1] >= year:
            ok += 1
            starts += row[0] == t.phases[0].on.year
            if row[0] != t.phases[0].on.year:
                found.differences.append(
                    (
                        t.id,
                        f"begins {t.phases[0].on.year} here, {row[0]} in the list",
                        "begins with a named event, or with the later of the two states",
                    )
                )
        else:
            found.failures.append(f"{t.id}: not among the rivalries of {year}")
    found.figures.append(
        Figure("rivalries in Thompson, Sakuwa & Suhas", held, ok, f"{starts} with the year of beginning")
    )
    wars = {
        w: {(a, i) for a, i in pairs}
        for w, pairs in data.rows(
            "select warnum, list((ccode1, initiator1)) from {w} group by 1",
            w="disputes/cow_war_inter.parquet",
        )
    }
    held = ok = 0
    for t in ties:
        if t.kind == "war" and (key := re.search(r"cow_war_inter\), (\d+)", t.envelope.checked_against)):
            held += 1
            sides = {c for p in t.parties if p.role == "actor" and (c := cow(p.actor, t.phases[0].on))}
            began = {c for c, i in wars[int(key[1])] if i == 1}
            ok += bool(sides & began)
            if not sides & began:
                found.differences.append(
                    (
                        t.id,
                        f"COW names {sorted(began)} as the initiator",
                        "joined a war that another had begun"
                        if "chn-korea" in t.id
                        else "who began is disputed",
                    )
                )
    found.figures.append(Figure("wars in COW, same side began", held, ok))
    land = {
        frozenset((a, b))
        for a, b in data.rows(
            "select statelno, statehno from read_csv({c}, sample_size=-1, encoding='latin-1') "
            'where conttype = 1 and "end" >= 201612',
            c="contiguity/contdir_master.csv",
        )
    }
    borders = [t for t in ties if t.kind == "border" and t.envelope.basis == "checked"]
    on = dt.date(2016, 12, 31)
    good = [t for t in borders if frozenset(cow(p.actor, on) for p in t.parties) in land]
    found.failures.extend(f"{t.id}: no land border in COW" for t in borders if t not in good)
    found.figures.append(Figure("land borders in COW", len(borders), len(good)))
    troops = {
        (i, y): n
        for i, y, n in data.rows(
            "select iso3c, year, troops_ad from read_csv({t}, sample_size=-1)",
            t="us_troops_bases/troopdata_country_year.csv.gz",
        )
    }
    based = [
        (t, key)
        for t in ties
        if (key := re.search(r"troopdata_country_year\), (\w+) (\d+)", t.envelope.checked_against))
    ]
    good2 = [t for t, key in based if (troops.get((key[1], int(key[2]))) or 0) >= 10]
    found.figures.append(Figure("American deployments of ten and more", len(based), len(good2)))
