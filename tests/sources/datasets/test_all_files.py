"""Every file of the shared data is read by one dataset, or it is said here why it is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path

import pytest

from rapallo.sources.dataset import dataset, names

_TEXTS = "texts with labels to measure reading on, no data of the record"
_ORACLE = "results of another program to measure against"

NOT_LOADED: Mapping[str, str] = {
    "case2021_task2/*": _TEXTS,
    "india_police/*": _TEXTS,
    "ngec_actor_tests/*": _TEXTS,
    "petrarch_unit/*": _TEXTS,
    "plv_train/*": _TEXTS,
    "plover_codebook/*": "the codebook of the vocabulary of events",
    "icews14/stat.txt": "how many names and kinds the graph has, which its files show",
    "oracles/*": _ORACLE,
    "un_votes/qss_unvoting_pctagree.csv.gz": _ORACLE,
    "gmcr/*": "conflicts as games, to measure the analysis of moves on",
    "small_games/*": "games with their equilibria, to measure against",
    "cshapes/*": "borders as shapes, for maps; distances between them are read as cow-mindist and gw-mindist",
    "event_samples/cameo-codes.csv": "names of the codes of CAMEO, which the project tells by itself",
    "event_samples/goldstein_mappings.parquet": "intensity by code of CAMEO, which the event files bear",
    "event_samples/gdelt_events2.csv": "the columns of GDELT, which are held against those it is read by",
    "event_samples/gdelt_GDELT_2.0_Events_Column_Labels_Header_Row_Sep2016.csv": "the header of GDELT",
    "state_system/countrycode_codelist_without_cldr.csv": "a crosswalk, to measure the actors against",
    "state_system/cw_system.parquet": "the spells of cow_states.parquet again, under other names of columns",
    "state_system/cw_gw_panel.parquet": "a crosswalk of codes by year, which the actors hold themselves",
    "state_system/gw_cw_panel.parquet": "a crosswalk of codes by year, which the actors hold themselves",
    "state_system/false_cow_dyads.parquet": "pairs that a panel of years makes up: states that never met",
    "state_system/false_gw_dyads.parquet": "pairs that a panel of years makes up: states that never met",
    "disputes/cow_mid_disps.parquet": "columns of MIDA_5.0.csv again, without the sides",
    "nuclear_missile/nca_dataset.csv": "the agreements of nca_df.parquet again, their kinds as numbers",
}
"""Folder and file, as patterns, to the reason."""


def _files(shared: Path) -> Iterator[str]:
    root = shared / "data"
    yield from sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and path.name != "NOTICE"
    )


def _readers(file: str) -> set[str]:
    """The datasets of which a release has a file of that name."""
    return {
        name
        for name in names()
        for release in dataset(name).releases
        for spec in release.files.values()
        if any(Path(file).match(pattern) for pattern in spec.name)
    }


def _excused(file: str) -> list[str]:
    return [pattern for pattern in NOT_LOADED if fnmatch(file, pattern)]


@pytest.mark.shared
def test_every_file_is_read_once_or_excused(shared: Path) -> None:
    told = {file: (_readers(file), _excused(file)) for file in _files(shared)}
    assert told
    wrong = {file: (sorted(by), why) for file, (by, why) in told.items() if len(by) + bool(why) != 1}
    assert not wrong, "\n".join(
        f"{file}: {f'read by {by}' if by else 'read by nobody'}{' and excused' if why else ''}"
        for file, (by, why) in wrong.items()
    )


@pytest.mark.shared
def test_every_excuse_is_of_a_file_that_is_there(shared: Path) -> None:
    files = list(_files(shared))
    assert not [pattern for pattern in NOT_LOADED if not any(fnmatch(file, pattern) for file in files)]


@pytest.mark.parametrize("pattern", NOT_LOADED)
def test_an_excuse_has_words_and_no_reader_is_hidden_by_it(pattern: str) -> None:
    assert len(NOT_LOADED[pattern].split()) > 3
    if not pattern.endswith("*"):
        assert not _readers(pattern)
