"""``rapallo measure``: rankings, figures, histories and pictures, and why there is no value."""

from __future__ import annotations

import json

import pytest

from rapallo.cli import output
from rapallo.measures.registry import yearly
from rapallo.record import Record
from tests.cli.small import of_years, write
from tests.cli.test_bad_input import assert_one_line_error
from tests.measures.releases import release, traits


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    return write(tmp_path_factory.mktemp("record") / "small.duckdb")


@pytest.fixture
def ask(run, record):
    """The JSON of an answer, and the exit code."""

    def call(*arguments):
        ran = run("measure", *arguments, "--record", record)
        assert ran.err == ""
        return json.loads(ran.out), ran.code

    return call


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr(output, "wants_json", lambda *, asked: asked)
    monkeypatch.setenv("COLUMNS", "100")


def test_all_measures_are_listed(run, terminal):
    ran = run("measure")
    assert ran.code == 0
    assert all(name in ran.out for name in yearly())
    assert {each["measure"] for each in json.loads(run("measure", "--json").out)} == set(yearly())


def test_a_card_is_shown_whole(run, terminal):
    ran = run("measure", "s-score", "--card")
    assert ran.code == 0
    assert "Signorino" in ran.out
    assert json.loads(run("measure", "s-score", "--card", "--json").out)["id"] == "s-score"


def test_all_states_of_a_year_are_ranked(ask):
    told, code = ask("cinc", "--on", "1990-06-01")
    assert (code, told["form"], told["years"], told["with_value"]) == (0, "ranking", [1990, 1990], 3)
    assert [(each["state"], each["rank"], each["value"]) for each in told["figures"]] == [
        ("SUN", 1, 0.5),
        ("FRA", 2, 0.3),
        ("ITA", 3, 0.2),
    ]
    assert len(told["without_value"][0]["states"]) > 100
    assert "no military expenditure" in told["without_value"][0]["why"]


def test_the_least_and_so_many(ask):
    told, _ = ask("cinc", "--on", "1990-06-01", "--least", "--most", "2")
    assert [each["state"] for each in told["figures"]] == ["ITA", "FRA"]


def test_the_last_year_that_has_a_value_is_taken(ask):
    assert ask("cinc")[0]["years"] == [1992, 1992]
    assert ask("cinc", "SUN")[0]["years"] == [1991, 1991]


def test_a_state_has_its_place(ask):
    told, _ = ask("cinc", "France", "ITA", "--on", "1991-01-01")
    assert [(each["state"], each["rank"]) for each in told["figures"]] == [("FRA", 2), ("ITA", 3)]


def test_a_number_of_the_system_follows_its_bearers(ask):
    told, _ = ask("cinc", "365", "--years", "1990-1992")
    assert [(each["state"], each["value"]) for each in told["figures"]][:2] == [("SUN", 0.5), ("RUS", 0.5)]
    assert told["figures"][2]["value"] is None


def test_a_history_says_of_each_year_without_value_why(ask):
    told, code = ask("cinc", "SUN", "--years", "1989-1993")
    assert code == 0
    whys = {each["year"]: each.get("why", "") for each in told["figures"]}
    assert whys[1990] == whys[1991] == ""
    assert "1990 to 1992" in whys[1989]
    assert "no member" in whys[1992]
    assert "ask for RUS" in next(each["hint"] for each in told["figures"] if each["year"] == 1992)


def test_a_pair_over_years(ask):
    told, _ = ask("peace-years", "FRA", "ITA", "--years", "1984-1993")
    values = {each["year"]: each["value"] for each in told["figures"]}
    assert [values[year] for year in (1985, 1986, 1987, 1991)] == [values[1984] + 1, 0.0, 1.0, 5.0]
    assert (values[1992], values[1993]) == (None, None)
    assert told["figures"][-1]["why"] == "the record has dispute ongoing for 1816 to 1991"


def test_both_directions_of_a_directed_pair(ask):
    (each,) = ask("dispute-hostility", "FRA", "ITA", "--on", "1985-01-01")[0]["figures"]
    assert (each["value"], each["back"]) == (4.0, 2.0)


def test_the_partners_of_a_state(ask):
    told, _ = ask("trade-share", "FRA", "--on", "1990-01-01")
    assert [(each["other"], each["value"], each["back"]) for each in told["figures"]] == [("ITA", 1.0, 1.0)]
    (lacking,) = told["without_value"]
    assert "no trade of the two" in lacking["why"]
    assert lacking["hint"] == ""


def test_all_pairs_once(ask):
    told, _ = ask("capital-distance", "--on", "1990-01-01")
    assert [(each["state"], each["other"]) for each in told["figures"]] == [("FRA", "ITA")]
    assert 1100 < told["figures"][0]["value"] < 1110
    assert told["without_value"] > 10_000


def test_some_states_among_themselves(ask, tmp_path):
    told, _ = ask("s-score", "--among", "FRA,ITA,ESP", "--on", "1990-01-01", "--plot", tmp_path / "h.svg")
    assert told["form"] == "matrix"
    assert len(told["figures"]) == 6
    assert "Spain" in (tmp_path / "h.svg").read_text()


def test_another_coding(run, ask, tmp_path):
    coding = tmp_path / "coding.yaml"
    coding.write_text("obligations: {atop_consultation: 1}\n")
    plain, coded = (
        ask("s-score", "FRA", "ITA", "--on", "1990-01-01", *more)[0]["figures"][0]["value"]
        for more in ((), ("--coding", coding))
    )
    assert plain == coded  # France owes all obligations, so one of them is as telling as all
    assert_one_line_error(run("measure", "cinc", "--coding", coding))


def test_what_the_record_lacks_is_named_with_what_to_add(ask, run):
    told, code = ask("un-agreement", "FRA", "ITA", "--on", "1990-01-01")
    assert code == 3
    assert told["figures"][0]["hint"] == "rapallo sources add un-votes --from FOLDER"
    told, code = ask("rivalry")
    assert (code, told["hint"]) == (3, "rapallo sources add tss-rivalries --from FOLDER")
    ran = run("measure", "s-score", "USA", "GBR")
    assert ran.code == 3
    assert "atop" in json.loads(ran.out)["figures"][0]["hint"]


def test_states_that_were_never_together(ask):
    assert ask("s-score", "260", "265", "--on", "1990-06-01")[1] == 0  # the two Germanies, until October
    told, code = ask("s-score", "255", "265", "--on", "1990-06-01")  # the whole of it, from then on
    assert (code, told["figures"][0]["why"]) == (3, "the two were not members on one day")
    told, code = ask("s-score", "CZE", "DDR", "--on", "1990-06-01")
    assert (code, told["figures"][0]["why"]) == (
        3,
        "Czechia was no member of the state system of Correlates of War",
    )


def test_a_value_that_rests_on_a_part_of_the_inputs_says_so(run, tmp_path):
    path = tmp_path / "part.duckdb"
    with Record.open(path, empty=True) as made:
        made.load(traits(release("nmc-9", 1990, 1990), *of_years("population", "FRA", 1990, 1990, 3.0)))
    told = json.loads(run("measure", "cinc", "FRA", "--on", "1990-01-01", "--record", path).out)
    assert told["figures"][0]["value"] == 1.0
    assert told["partial"][0]["why"].startswith("the record holds no military expenditure, ")


def test_the_starter_record_answers(run):
    told = json.loads(run("measure", "cinc", "--on", "2022-01-01").out)
    assert (told["figures"][0]["state"], told["with_value"] > 100, told["sources"]) == (
        "CHN",
        True,
        ["starter"],
    )
    told = json.loads(run("measure", "trade-share", "CHN", "PRK").out)
    assert told["figures"][0]["back"] > 0.5


@pytest.mark.parametrize(
    "question",
    [
        ("cinc", "--on", "1990-01-01"),
        ("cinc", "FRA", "ATG", "--on", "1990-01-01"),
        ("cinc", "FRA", "--years", "1990-1993"),
        ("cinc", "FRA", "SUN", "--years", "1990-1993"),
        ("peace-years", "FRA", "ITA", "--years", "1900-1993"),
        ("dispute-hostility", "FRA", "ITA", "--years", "1980-1993"),
        ("dispute-hostility", "FRA", "ITA", "--on", "1985-01-01"),
        ("capital-distance", "FRA", "ITA"),
        ("capital-distance", "FRA", "--least"),
        ("capital-distance",),
        ("s-score", "--among", "FRA,ITA,ESP"),
        ("balance-strong", "--years", "1990-1991"),
    ],
)
def test_a_page_for_a_person(run, terminal, record, question):
    ran = run("measure", *question, "--record", record)
    assert ran.code in {0, 3}, ran.err
    assert ran.out.splitlines()[0].startswith(question[0])
    assert (ran.code == 3) == (yearly()[question[0]].card.unit not in " ".join(ran.out.split()))


def test_years_without_value_stand_together(run, terminal, record):
    out = " ".join(run("measure", "cinc", "FRA", "--years", "1985-1994", "--record", record).out.split())
    assert "no value 1985–1989, 1993–1994: the record has" in out


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        (("cinc", "FRA", "SUN", "--years", "1990-1993"), "lines"),
        (("dispute-hostility", "FRA", "ITA", "--years", "1980-1993"), "lines"),
        (("cinc", "--on", "1990-01-01"), "ranking"),
        (("s-score", "FRA", "--on", "1990-01-01", "--least"), "ranking"),
        (("capital-distance", "--among", "FRA,ITA"), "heat"),
    ],
)
def test_a_picture(run, record, tmp_path, question, kind):
    ran = run("measure", *question, "--record", record, "--plot", tmp_path / "p.svg")
    assert ran.code == 0, ran.err
    assert f"rp-{kind}" in (tmp_path / "p.svg").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["p.svg"]


def test_a_picture_as_png(run, record, tmp_path):
    pytest.importorskip("resvg_py")
    ran = run(
        "measure", "cinc", "FRA", "--years", "1990-1992", "--record", record, "--plot", tmp_path / "p.PNG"
    )
    assert ran.code == 0, ran.err
    assert (tmp_path / "p.PNG").read_bytes().startswith(b"\x89PNG")


def test_an_unknown_state_is_met_with_a_suggestion(run):
    ran = run("measure", "cinc", "Germny")
    assert_one_line_error(ran)
    assert "Germany" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-measure",),
        ("cinc", "Atlantis"),
        ("cinc", "NATO"),
        ("cinc", "9999"),
        ("cinc", "²"),
        ("cinc", "FRA", "--years", "1700-1800"),
        ("cinc", "FRA", "--years", "2000-1990"),
        ("cinc", "FRA", "--years", "1990-3000"),
        ("cinc", "FRA", "--years", "1990-"),
        ("cinc", "FRA", "--years", "-1990"),
        ("cinc", "FRA", "--years", "nineteen"),
        ("cinc", "FRA", "--years", "0-0"),
        ("cinc", "FRA", "--years", "1990-1991-1992"),
        ("cinc", "--years", "1990-1991"),
        ("cinc", "--on", "1700-01-01"),
        ("cinc", "--on", "2990-01-01"),
        ("cinc", "FRA", "--on", "1990-01-01", "--years", "1990-1991"),
        ("cinc", "FRA", "--among", "FRA,ITA"),
        ("s-score", "FRA", "FRA"),
        ("s-score", "FRA", "--years", "1990-1991"),
        ("s-score", "FRA", "ITA", "USA"),
        ("balance-strong", "FRA"),
        ("cinc", "--system", "nowhere"),
        ("s-score", "--coding", "nowhere.yaml"),
    ],
)
def test_a_question_that_cannot_be_meant(run, arguments):
    assert_one_line_error(run("measure", *arguments))


def test_one_year_is_a_history_of_one(ask):
    told, _ = ask("cinc", "FRA", "--years", "1990")
    assert [(each["year"], each["value"]) for each in told["figures"]] == [(1990, 0.3)]


@pytest.mark.parametrize("path", ["picture", "picture.pdf", "folder.svg", "no/such/folder/p.svg", ".svg"])
def test_a_picture_that_cannot_be_written(run, record, tmp_path, path):
    (tmp_path / "folder.svg").mkdir()
    ran = run("measure", "cinc", "--on", "1990-01-01", "--record", record, "--plot", tmp_path / path)
    assert_one_line_error(ran)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.svg"]


def test_a_single_figure_makes_no_picture(run, record, tmp_path):
    ran = run("measure", "capital-distance", "FRA", "ITA", "--record", record, "--plot", tmp_path / "p.svg")
    assert_one_line_error(ran)
