"""The obligations as a picture."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from rapallo.draw import tree_svg
from rapallo.pacts import obligations
from tests.pacts.webs import NORTH_ATLANTIC, SUMMER_1914, clause, pact, view

NAMES = {"RUS": "Russia", "SRB": "Serbia", "AUT": "Austria", "DEU": "Germany", "FRA": "France"}


def drawn(held, attacker, attacked, names=NAMES, pacts=None):
    svg = tree_svg(obligations(held, attacker=attacker, attacked=attacked), names, pacts or {})
    return svg, ET.fromstring(svg)


def texts(root):
    return [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_chain_of_1914():
    svg, root = drawn(view("1914-07-28", *SUMMER_1914), "AUT", "SRB", pacts={"serbia": "Promise to Serbia"})
    said = texts(root)
    assert {"Austria", "attacks", "Serbia", "is attacked", "Russia", "must help", "disputed, step 2"} <= {
        *said
    }
    assert "Promise to Serbia" in said
    assert svg.count("rp-DISPUTED-edge") == 3  # two edges and the rule
    assert "On one reading it must help, on the other it need not" in svg
    assert root.get("role") == "img"
    assert "Russia: must help" in svg


def test_many_states_stand_as_one_that_names_them():
    _, root = drawn(view("2024-06-22", NORTH_ATLANTIC), "RUS", "POL")
    assert "31 states" in texts(root)
    assert any("USA" in (e.text or "") and "GBR" in (e.text or "") for e in root.iter() if "title" in e.tag)
    assert "Article 5" in texts(root)


def test_nothing_at_issue_is_said():
    assert "no clause in the record is at issue" in texts(drawn(view("1950-01-01"), "AAA", "BBB")[1])


def test_a_state_pulled_both_ways_is_marked():
    held = view(
        "1950-01-01",
        pact("help", ["BBB", "CCC"], clause()),
        pact("out", ["AAA", "CCC"], clause("neutrality")),
    )
    assert "must help, pulled both ways" in texts(drawn(held, "AAA", "BBB")[1])


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", '"><img onerror=x>', "a & b", "]]>", "W" * 500]
)
def test_hostile_names_are_escaped(name):
    held = view("1950-01-01", pact("p", ["BBB", "CCC"], clause(wording=name, article=name)))
    svg, root = drawn(held, "AAA", "BBB", {"AAA": name, "BBB": name, "CCC": name}, {"p": name})
    assert not [e for e in root.iter() if e.tag.endswith(("script", "img"))]
    assert "<script" not in svg
