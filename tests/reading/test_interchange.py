"""Claims as PLOVER JSON lines and as CAMEO dyads."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest

from rapallo.model import Claim, Document, Holder, Interval, Quote, Reading, TieContent
from rapallo.reading.interchange import CAMEO_COLUMNS, cameo_csv, cameo_root, plover_lines, plover_type

TEXT = "They did so, said Oslo, in words of some length."
DAY = dt.date(2024, 5, 13)


def claim(event, actors, targets, **more):
    keys = {"holders": (Holder("author", "states"),), "when": Interval(DAY, DAY, "day")} | more
    return Claim("c1", "event", event, tuple(actors), tuple(targets), Quote.cut(TEXT, 0, 11), **keys)


def reading(*claims):
    document = Document("doc:1", "A title, with a comma", dt.date(2024, 5, 15), TEXT, address="a.txt")
    return Reading(document, claims, ())


def events(*claims):
    return [json.loads(line) for line in plover_lines([reading(*claims)]).splitlines()]


def dyads(*claims):
    rows = list(csv.DictReader(io.StringIO(cameo_csv([reading(*claims)]))))
    return [(row["source"], row["target"], row["root"], row["quad"]) for row in rows]


def test_a_plover_record():
    (found,) = events(claim("SANCTION", ["PER"], ["CHL"], mode="expel", contexts=("diplomatic",)))
    assert found["id"] == "doc:1:c1"
    assert (found["date"], found["enddate"]) == ("2024-05-13", "2024-05-13")
    assert found["actor"] == [{"code": "PER"}]
    assert found["recipient"] == [{"code": "CHL"}]
    assert (found["event"], found["mode"], found["context"]) == (["SANCTION"], ["expel"], ["diplomatic"])
    assert found["quad_code"] == 4
    assert found["event_text"] == ["They did so"]


def test_a_reciprocal_act_has_actors_and_no_recipient_and_two_dyads():
    met = claim("CONSULT", ["CHL", "PER"], ["CHL", "PER"])
    assert events(met)[0]["recipient"] == []
    assert dyads(met) == [("CHL", "PER", "04", "1"), ("PER", "CHL", "04", "1")]


def test_an_act_within_a_state_is_a_dyad_with_itself():
    assert dyads(claim("COERCE", ["NER"], ["NER"], mode="arrest")) == [("NER", "NER", "17", "4")]


def test_an_act_of_one_keeps_its_empty_target():
    assert dyads(claim("MOBILIZE", ["PER"], [])) == [("PER", "", "15", "4")]


def test_a_finished_signature_is_support_and_a_promise_is_not():
    signed = claim("AGREE", ["CHL", "PER"], ["CHL", "PER"], tie=TieContent("pact", (), "signed"))
    assert plover_type(signed) == "SUPPORT"
    assert cameo_root(signed) == "05"
    assert cameo_root(claim("AGREE", ["PER"], ["CHL"])) == "03"


@pytest.mark.parametrize(
    ("event", "mode", "root"),
    [
        ("ACCUSE", None, "11"),
        ("ACCUSE", "investigate", "09"),
        ("ASSAULT", None, "18"),
        ("ASSAULT", "aerial", "19"),
        ("ASSAULT", "unconventional", "20"),
        ("RETREAT", "withdraw", "08"),
        ("CONCEDE", None, "08"),
        ("COERCE", "arrest", "17"),
    ],
)
def test_roots_by_mode(event, mode, root):
    assert cameo_root(claim(event, ["PER"], ["CHL"], mode=mode)) == root


def test_a_promise_is_an_event_of_its_own():
    (found,) = events(claim("CONCEDE", ["PER"], ["CHL"], modality="intended"))
    assert found["event"] == ["AGREE"]
    assert dyads(claim("AGREE", ["PER"], ["CHL"], modality="intended")) == [("PER", "CHL", "03", "1")]


@pytest.mark.parametrize(
    "other", [{"modality": "intended"}, {"modality": "hypothetical"}, {"polarity": "negative"}]
)
def test_what_did_not_happen_is_no_event(other):
    planned = claim("ASSAULT", ["PER"], ["CHL"], **other)
    assert (events(planned), dyads(planned)) == ([], [])


def test_an_open_date_is_the_day_of_the_text():
    assert events(claim("AID", ["PER"], ["CHL"], when=None))[0]["date"] == "2024-05-15"
    since = claim("AID", ["PER"], ["CHL"], when=Interval(dt.date(2019, 1, 1), None, "since"))
    assert events(since)[0]["date"] == "2019-01-01"


def test_a_stance_is_no_event():
    fear = Claim("c2", "stance", None, ("PER",), ("CHL",), Quote.cut(TEXT, 0, 11))
    assert events(fear) == []
    with pytest.raises(ValueError, match="no event"):
        plover_type(fear)


def test_nothing_read_gives_a_header_alone():
    assert cameo_csv([]) == ",".join(CAMEO_COLUMNS) + "\n"
    assert plover_lines([]) == ""
