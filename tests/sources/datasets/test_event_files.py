"""Event files: ICEWS, its counts by pair and year, its graphs, GDELT, POLECAT."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from rapallo.errors import InputError
from rapallo.model import Bulk
from rapallo.record import Record
from rapallo.sources import cameo
from rapallo.sources.codes import actor_ids, meaning
from rapallo.sources.dataset import dataset
from rapallo.sources.load import locate, read_release
from tests.sources.datasets.reading import counts, made_up, real, rows

D = dt.date


def _from_text(name: str, version: str, texts: Mapping[str, str], folder: Path) -> Bulk:
    """Read texts in the place of a release's files."""
    paths = {}
    for role, text in texts.items():
        paths[role] = folder / f"{role}.tsv"
        paths[role].write_text(text, encoding="utf-8")
    return read_release(name, dataset(name).release(version), paths)


def _tabbed(listed: Sequence[Sequence[object]]) -> str:
    return "".join("\t".join(map(str, row)) + "\n" for row in listed)


def _gdelt(name: str, role: str, listed: Sequence[Mapping[str, object]], version: str) -> str:
    columns = dataset(name).release(version).files[role].columns
    assert all(set(row) <= set(columns) for row in listed)
    return _tabbed([[row.get(column, "") for column in columns] for row in listed])


def _told(number: int, one: str, other: str, **given: object) -> dict[str, object]:
    told = {"GLOBALEVENTID": number, "SQLDATE": 20150301, "EventCode": "042", "GoldsteinScale": 1.9}
    counted = {"NumMentions": 9, "NumSources": 2, "NumArticles": 7}
    return {**told, **counted, "Actor1CountryCode": one, "Actor2CountryCode": other, **given}


def test_gdelt_names_states_as_cameo_does_and_organisations_by_their_group(tmp_path: Path) -> None:
    listed = [
        _told(1, "ROM", "TMP", ActionGeo_FullName='Dili "the capital', SOURCEURL="https://example.org/a"),
        _told(2, "", "GEO", Actor1KnownGroupCode="UNO", EventCode="0841"),
        _told(3, "PSE", "ISR", Actor1KnownGroupCode="HMS", EventCode="190"),
        _told(4, "USA", ""),
    ]
    bulk = _from_text("gdelt2", "2.0", {"events": _gdelt("gdelt2", "events", listed, "2.0")}, tmp_path)
    first, second, third, fourth = rows(bulk, "event")
    assert (first["actors"], first["targets"], first["pair"]) == (["ROU"], ["TLS"], "ROU-TLS")
    assert (first["event"], first["mode"], first["code"], first["intensity"]) == (
        "CONSULT",
        "visit",
        "042",
        1.9,
    )
    assert (first["reports"], first["sources"], first["valid_from"]) == (7, 2, D(2015, 3, 1))
    assert (first["what"], first["place"]) == ("https://example.org/a", 'Dili "the capital')
    assert (second["actors"], second["targets"], second["mode"]) == (["UN"], ["GEO"], "release")
    assert third["actors"] == ["HAMAS"]
    assert (fourth["actors"], fourth["targets"], fourth["pair"]) == (["USA"], [], "USA")
    assert counts(bulk) == {"events.tsv": (4, 4)}


def test_rows_of_gdelt_that_are_no_act_between_those_known_are_rejected(tmp_path: Path) -> None:
    listed = [
        _told(1, "USA", "CHN"),
        _told(1, "USA", "CHN"),
        _told(2, "AFR", "CHN"),
        _told(3, "QQQ", "CHN"),
        _told(4, "USA", "CHN", SQLDATE=20159901),
        _told(5, "USA", "CHN", EventCode="---"),
        _told(6, "", ""),
    ]
    text = _gdelt("gdelt1", "events", listed, "1.0") + "a\tb\n"
    bulk = _from_text("gdelt1", "1.0", {"events": text}, tmp_path)
    assert counts(bulk) == {"events.tsv": (8, 1)}
    assert bulk.files[0].rejected["2 fields in a row of 58"] == (1, 8)
    assert bulk.files[0].rejected["nobody bears the name or code of who acted"] == (2, 3)
    assert dict(bulk.unknown) == {("cameo", "QQQ"): 1}
    assert not bulk.whole


def test_files_of_gdelt_from_before_april_2013_have_no_address(tmp_path: Path) -> None:
    text = _gdelt("gdelt1", "back", [_told(1, "USA", "SUN", SQLDATE=19790101)], "1.0-back")
    bulk = _from_text("gdelt1", "1.0-back", {"back": text}, tmp_path)
    assert [r["what"] for r in rows(bulk, "event")] == [""]
    assert len(text.split("\t")) == 57


@pytest.mark.parametrize(
    ("name", "file", "version"),
    [
        ("gdelt1", "20130401.export.CSV.zip", "1.0"),
        ("gdelt1", "200601.zip", "1.0-back"),
        ("gdelt1", "1979.zip", "1.0-back"),
        ("gdelt2", "20150218230000.export.CSV.zip", "2.0"),
    ],
)
def test_a_file_of_gdelt_is_known_by_its_name(tmp_path: Path, name: str, file: str, version: str) -> None:
    (tmp_path / file).touch()
    assert [release.version for release, _ in locate(name, [tmp_path])] == [version]
    other = "gdelt1" if name == "gdelt2" else "gdelt2"
    with pytest.raises(InputError, match="no release"):
        locate(other, [tmp_path])


_POLECAT = [
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Recipient Name", "Recipient Country", "Recipient COW"),
    *("Placename", "City", "District", "Province", "Country", "Source", "Publication Date", "Version"),
]


def test_polecat_is_plover_as_it_stands(tmp_path: Path) -> None:
    def told(number: str, **given: str) -> list[str]:
        base = {
            "Event ID": number,
            "Event Date": "2020-05-01",
            "Event Type": "CONSULT",
            "Event Mode": "visit",
        }
        base |= {"Intensity": "2.0", "Contexts": "Military;Diplomatic", "Actor Country": "USA"}
        base |= {"Recipient Country": "None", "Actor Name": 'a "man', "City": "Paris"}
        return [{**base, **{k.replace("_", " "): v for k, v in given.items()}}.get(c, "") for c in _POLECAT]

    listed = [
        _POLECAT,
        told("a", Recipient_Country="FRA"),
        told("b"),
        told("c", Event_Type="DANCE", Recipient_Country="FRA"),
        told("d", Recipient_Country="QQQ"),
        told("e", Actor_Country="None"),
    ]
    bulk = _from_text("polecat", "2023", {"events": _tabbed(listed)}, tmp_path)
    first, second = rows(bulk, "event")
    assert (first["event"], first["mode"], sorted(first["contexts"])) == (
        "CONSULT",
        "visit",
        ["diplomatic", "military"],
    )
    assert (first["actors"], first["targets"], first["intensity"], first["place"]) == (
        ["USA"],
        ["FRA"],
        2.0,
        "Paris",
    )
    assert (second["actors"], second["targets"]) == (["USA"], [])
    assert counts(bulk) == {"events.tsv": (5, 2)}
    assert dict(bulk.unknown) == {("iso3", "QQQ"): 1}
    with pytest.raises(InputError, match="has no column"):
        _from_text("polecat", "2023", {"events": _tabbed([_POLECAT[1:], told("a")[1:]])}, tmp_path)


def _graph(folder: Path, quads: Sequence[Sequence[object]]) -> Bulk:
    names = [
        "Citizen_(India)",
        "China",
        "Nobody_At_All_Xyzzy",
        "Minister_(Holy_See_(Vatican_City_State))",
        "Police_(Ruritania)",
    ]
    acts = ["Consult", "Make_a_visit", "Dance"]
    texts = {
        "entities": _tabbed([(name, n) for n, name in enumerate(names)]),
        "relations": _tabbed([(name, n) for n, name in enumerate(acts)]),
        "train": _tabbed(quads),
        "valid": _tabbed([(1, 1, 0, 48, -1)]),
        "test": _tabbed([(0, 0, 1, 8736, -1)]),
    }
    return _from_text("temporal-graph", "icews14", texts, folder)


def test_a_quadruple_is_an_act_of_the_country_in_brackets_on_its_day(tmp_path: Path) -> None:
    quads = [
        (0, 0, 1, 24, -1),
        (2, 0, 1, 0, -1),
        (1, 2, 0, 0, -1),
        (3, 1, 1, 0, -1),
        (4, 1, 1, 0, -1),
        (77, 1, 1, 0, -1),
    ]
    bulk = _graph(tmp_path, quads)
    found = {row["id"].rpartition("icews14:")[2]: row for row in rows(bulk, "event")}
    assert set(found) == {"train:1", "train:4", "valid:1", "test:1", "train:6"}
    one = found["train:1"]
    assert (one["actors"], one["targets"], one["event"], one["code"]) == (["IND"], ["CHN"], "CONSULT", "040")
    assert (one["valid_from"], one["what"]) == (D(2014, 1, 2), "Consult")
    assert (found["train:4"]["actors"], found["train:4"]["mode"]) == (["VAT"], "visit")
    assert found["train:6"]["actors"] == []
    assert found["test:1"]["valid_from"] == D(2014, 12, 31)
    assert counts(bulk)["train.tsv"] == (6, 3)
    assert dict(bulk.unknown) == {("name", "Ruritania"): 1}  # persons are no codes
    with Record.open(empty=True) as record:
        assert record.load(bulk).added == 5
        assert record.load(bulk).added == 0


def test_icews_means_the_states_of_its_own_list(tmp_path: Path) -> None:
    columns = [
        *("Event ID", "Event Date", "Source Country", "Event Text", "CAMEO Code", "Intensity"),
        *("Target Country", "City", "District", "Province", "Country"),
    ]
    told = {"Event Date": "2015-02-01", "CAMEO Code": "040", "Intensity": "1"}
    named = [("Georgia", "GEO"), ("Guinea", "GIN"), ("Congo", "COG"), ("Moldova, Republic of", "MDA")]
    named += [("Palestinian Territory, Occupied", "PSE"), ("Democratic Republic of the Congo", "COD")]
    listed = [columns] + [
        [
            {**told, "Event ID": str(n), "Source Country": name, "Target Country": "China"}.get(c, "")
            for c in columns
        ]
        for n, (name, _) in enumerate(named)
    ]
    bulk = _from_text("icews", "2018", {"events": _tabbed(listed)}, tmp_path)
    assert [row["actors"] for row in rows(bulk, "event")] == [[actor] for _, actor in named]


def test_a_dataset_can_say_whom_it_means_and_that_it_means_nobody() -> None:
    asked = [("Georgia", 2015), ("Vietnam", 1968), ("Vietnam", 2000), ("Mars", 2000)]
    with meaning({"Georgia": "GEO", "Vietnam": "cow:817 cow:816", "Mars": ""}):
        meant = dict(actor_ids("name", asked))
    assert meant == {("Georgia", 2015): "GEO", ("Vietnam", 1968): "RVN", ("Vietnam", 2000): "VNM"}
    assert ("Georgia", 2015) not in actor_ids("name", asked)


def test_counts_of_a_pair_that_do_not_change_are_one_row(tmp_path: Path) -> None:
    rest = dict.fromkeys(("id", "i_year", "j_year", "i_iso3c", "j_iso3c", "i_log_gdp", "j_log_pop"), "")
    listed = [
        {
            "i": one,
            "j": other,
            "year": year,
            "verbCoop": words,
            "matlCoop": 0,
            "verbConf": 0,
            "matlConf": 1,
            **rest,
        }
        for one, other, year, words in [
            ("Korea, Republic Of", "China", 2003, 5),
            ("Korea, Republic Of", "China", 2004, 5),
            ("China", "Korea, Republic Of", 2003, 2),
            ("Ruritania", "China", 2003, 2),
        ]
    ]
    bulk = made_up("icews-dyadyear", {"dyads": listed}, tmp_path)
    words = [r for r in rows(bulk, "dyad") if r["name"] == "icews_verbal_cooperation"]
    assert {
        (r["actor"], r["other"], r["value"], r["valid_from"].year, r["valid_to"].year) for r in words
    } == {
        ("KOR", "CHN", 5.0, 2003, 2004),
        ("CHN", "KOR", 2.0, 2003, 2003),
    }
    assert counts(bulk) == {bulk.files[0].file: (4, 3)}


def test_every_name_of_an_act_leads_to_a_code_that_is_in_the_table() -> None:
    assert cameo.named("Express intent to meet or negotiate") == "036"
    assert cameo.named("consult") == "040"
    assert cameo.named("Dance") is None
    for name in ("Use_unconventional_violence", "fight with small arms and light weapons"):
        code = cameo.named(name)
        assert code is not None
        assert cameo.plover(code) is not None


@pytest.mark.shared
def test_all_codes_and_names_of_cameo_are_known(shared: Path) -> None:
    folder = shared / "data" / "event_samples"
    with (folder / "cameo-codes.csv").open(encoding="latin-1", newline="") as file:
        listed = list(csv.DictReader(file))
    assert len(listed) == 312
    assert not [row["code"] for row in listed if cameo.plover(row["code"]) is None]
    for row in listed:
        code = cameo.named(row["name"])
        assert code is not None
        assert code.startswith(row["code"]), row
    for graph in ("icews14", "icews0515"):
        text = (shared / "data" / graph / "relation2id.txt").read_text(encoding="utf-8")
        acts = [line.rpartition("\t")[0] for line in text.splitlines() if "\t" in line]
        assert not [act for act in acts if cameo.named(act) is None]


@pytest.mark.shared
def test_the_columns_of_gdelt_are_those_of_its_own_list(shared: Path) -> None:
    with (shared / "data" / "event_samples" / "gdelt_events2.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert list(dataset("gdelt2").release("2.0").files["events"].columns) == names


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "folder", "kept"),
    [
        ("icews", "event_samples", {"icews_2018_sample.tab": (3705, 3694)}),
        ("icews-dyadyear", "event_samples", {"icews_dyadyear_2002_2014_netify.parquet": (298376, 298376)}),
    ],
)
def test_of_the_real_files_so_many_rows_are_kept(
    shared: Path, name: str, folder: str, kept: dict[str, tuple[int, int]]
) -> None:
    bulk = real(name, shared / "data" / folder)
    assert counts(bulk) == kept
    assert not bulk.unknown


@pytest.mark.shared
def test_the_real_graph_of_2014(shared: Path) -> None:
    bulk = real("temporal-graph", shared / "data" / "icews14", "icews14")
    got = counts(bulk)
    assert (got["train.txt"][0], got["valid.txt"][0], got["test.txt"][0]) == (74845, 8514, 7371)
    assert sum(kept for file, (_, kept) in got.items() if not re.search("2id", file)) > 70_000
    found = rows(bulk, "event")
    assert {row["valid_from"].year for row in found} == {2014}
    pairs = Counter(row["pair"] for row in found if row["pair"] and "-" in row["pair"])
    assert {"RUS-UKR", "ISR-PSE", "CHN-JPN"} <= {pair for pair, _ in pairs.most_common(40)}
