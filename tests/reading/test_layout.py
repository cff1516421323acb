"""Lines to blocks."""

import datetime as dt

import pytest

from rapallo.errors import InputError
from rapallo.reading.layout import blocks, find_date


def kinds(text):
    return [(b.kind, text[b.start : b.end]) for b in blocks(text)]


def test_headline_date_body_and_heading():
    text = "Two sign\nDate: 2024-06-22\n\nThey met in Oslo.\nWhat comes next\nThey will meet again.\n"
    assert [k for k, _ in kinds(text)] == ["headline", "date", "body", "heading", "body"]


def test_hard_wrapped_lines_are_one_paragraph():
    line = "Peru and Chile signed a pact of mutual defence in the city\nof Lima on Monday, and both"
    line = line.replace("on Monday, and", "on Monday,\nand")
    text = f"{line} were there to see it.\n\n{line} shook hands.\n"
    assert [k for k, _ in kinds(text)] == ["body", "body"]


def test_a_dateline_is_not_part_of_the_news():
    assert kinds("LIMA, May 3 (Agency) - Chile closed its embassy.")[0][1] == "Chile closed its embassy."
    assert kinds("LIMA — Chile closed its embassy.")[0][1] == "Chile closed its embassy."


def test_text_without_any_full_stop_is_read():
    assert [k for k, _ in kinds("Peru attacked Chile")] == ["body"]


@pytest.mark.parametrize(
    "line", ["Date: 2024-06-22", "Published: 22 June 2024", "Updated: June 22, 2024", "date: 22 June 2024"]
)
def test_date_lines(line):
    assert find_date(f"Two sign\n{line}\n\nThey met.") == dt.date(2024, 6, 22)


def test_a_day_that_does_not_exist():
    with pytest.raises(InputError, match="2023-02-30"):
        find_date("Two sign\nDate: 2023-02-30\n\nThey met.")


@pytest.mark.parametrize("text", ["x" * 250_000, "Peru met Chile. " * 20_000, "word " * 60_000])
def test_a_paragraph_no_parser_takes_is_cut(text):
    found = blocks(text)
    assert len(found) > 2
    assert all(0 < b.end - b.start <= 100_000 for b in found)
    assert "".join(text[b.start : b.end] for b in found).replace(" ", "") == text.replace(" ", "")
