"""Files to text: what is bad says so in one line, what is text comes through."""

import pytest

from rapallo.errors import InputError
from rapallo.reading.clean import MAX_BYTES, decode, load_text, normalise

PAGE = """<!doctype html><html><head><title>Two sign</title><script>var x = "steal()";</script></head><body>
<nav><a href="/">Home</a></nav><script>alert("Peru attacked Chile")</script><article><h1>Two sign</h1>
<p>Peru and Chile signed a defence pact in Lima on Monday after a year of talks between the two sides.</p>
<p>The presidents said that the treaty would be ratified by both parliaments before the end of the year.</p>
<style>p { color: red }</style><p>Bolivia, not invited, condemned the pact and recalled its envoy.</p>
</article></body></html>"""


def write(tmp_path, raw):
    path = tmp_path / "article.txt"
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "empty"),
        (b" \n\t \n", "empty"),
        (b"%PDF-1.7 ...", "binary"),
        (b"PK\x03\x04 zip", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"<html><body><script>alert(1)</script></body></html>", "without an article"),
    ],
)
def test_bad_files_raise_one_line_with_a_hint(tmp_path, raw, message):
    with pytest.raises(InputError, match=message) as caught:
        load_text(write(tmp_path, raw))
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_file_over_the_limit_is_not_read(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(InputError, match="the limit is 10 MB"):
        load_text(path)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(InputError, match="cannot read"):
        load_text(tmp_path / "none.txt")
    with pytest.raises(InputError, match="folder"):
        load_text(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(tmp_path, encoding):
    text = "Zürich hosted “talks” between Peru and Chile – at last.\n" * 4
    assert load_text(write(tmp_path, text.encode(encoding))) == text


def test_two_encodings_in_one_file_are_refused_with_the_line():
    with pytest.raises(InputError, match="line 2"):
        decode("Zürich –\n".encode() + "café”".encode("cp1252"))


def test_utf8_once_read_as_windows_1252_is_mended():
    broken = "Russia’s “allies” – and Peru’s".encode().decode("cp1252", errors="ignore")
    assert decode(broken.encode()).startswith("Russia’s")


def test_a_clean_file_comes_back_unchanged(tmp_path):
    text = "Two sign\nDate: 2024-06-22\n\nPeru and Chile met.  They signed.\n"
    assert load_text(write(tmp_path, text.encode())) == text


def test_scripts_of_a_page_never_survive(tmp_path):
    text = load_text(write(tmp_path, PAGE.encode()))
    assert "defence pact" in text
    assert "recalled its envoy" in text
    assert not any(word in text for word in ("steal", "alert", "attacked", "color", "<"))


def test_normalise_is_idempotent_and_leaves_nothing_invisible():
    text = normalise("a\u200bb\ufeff\u00adc\r\nd\x00\x07\ud800")
    assert text == "abc\nd\ufffd"
    assert normalise(text) == text
