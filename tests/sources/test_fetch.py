"""Downloads from a server on this machine: gone on with, checked, refused."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rapallo.errors import InputError
from rapallo.sources import fetch as fetching
from rapallo.sources.fetch import fetch

pytestmark = pytest.mark.enable_socket

DATA = bytes(range(256)) * 4000


@dataclass
class Site:
    """What the server has, how it behaves, and what it was asked."""

    data: bytes = DATA
    etag: str = '"one"'
    ranges: bool = True
    breaks_after: int | None = None
    length: int | None = None
    status: int = 200
    leads_to: str = ""
    wrong_part: bool = False
    asked: list[str] = field(default_factory=list)
    sent: int = 0
    address: str = ""


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.asked.append(self.headers.get("Range", ""))
            if site.leads_to:
                self.send_response(302)
                self.send_header("Location", site.leads_to)
                self.end_headers()
                return
            if site.status != 200:
                self.send_error(site.status)
                return
            first = self._first()
            if first is not None and first >= len(site.data):
                self.send_error(416)
                return
            body = site.data[first or 0 :]
            self.send_response(200 if first is None else 206)
            if first is not None:
                told = 0 if site.wrong_part else first
                self.send_header("Content-Range", f"bytes {told}-{len(site.data) - 1}/{len(site.data)}")
            if site.etag:
                self.send_header("ETag", site.etag)
            if site.length != -1:
                self.send_header("Content-Length", str(site.length or len(body)))
            self.end_headers()
            body = body if site.breaks_after is None else body[: site.breaks_after]
            self.wfile.write(body)
            site.sent += len(body)

        def _first(self) -> int | None:
            asked = self.headers.get("Range")
            if not asked or not site.ranges or self.headers.get("If-Range") != site.etag:
                return None
            return int(asked.removeprefix("bytes=").rstrip("-"))

        def log_message(self, *_):
            pass

    return Handler


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    made = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(made))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_port}/data/rows.csv?release=1"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def broken_off(site, folder, after):
    site.breaks_after = after
    with pytest.raises(InputError, match="broke off"):
        fetch(site.address, folder)
    assert (folder / "rows.csv.part").read_bytes() == DATA[:after]
    site.breaks_after = None


def test_a_file_is_fetched_whole_and_progress_is_told(site, tmp_path):
    told = []
    path = fetch(site.address, tmp_path / "new" / "folder", progress=lambda *each: told.append(each))
    assert path.name == "rows.csv"
    assert path.read_bytes() == DATA
    assert left(path.parent) == ["rows.csv"]
    assert told[-1] == (len(DATA), len(DATA))
    assert [have for have, _ in told] == sorted(have for have, _ in told)


def test_what_broke_off_is_gone_on_with_and_no_byte_asked_for_twice(site, tmp_path):
    broken_off(site, tmp_path, 300_000)
    path = fetch(site.address, tmp_path, sha256=hashlib.sha256(DATA).hexdigest())
    assert path.read_bytes() == DATA
    assert site.asked == ["", "bytes=300000-"]
    assert site.sent == len(DATA)
    assert left(tmp_path) == ["rows.csv"]


@pytest.mark.parametrize("change", [{"ranges": False}, {"etag": '"two"'}, {"etag": ""}])
def test_where_going_on_is_not_safe_it_begins_anew(site, tmp_path, change):
    broken_off(site, tmp_path, 300_000)
    other = DATA[::-1]
    site.data = other
    for name, value in change.items():
        setattr(site, name, value)
    assert fetch(site.address, tmp_path).read_bytes() == other


@pytest.mark.parametrize("etag", ["", 'W/"weak"'])
def test_without_a_strong_tag_nothing_is_gone_on_with(site, tmp_path, etag):
    site.etag = etag
    broken_off(site, tmp_path, 300_000)
    assert fetch(site.address, tmp_path).read_bytes() == DATA
    assert site.asked == ["", ""]


def test_a_part_of_another_address_is_not_gone_on_with(site, tmp_path):
    broken_off(site, tmp_path, 300_000)
    assert fetch(site.address.replace("release=1", "release=2"), tmp_path).read_bytes() == DATA
    assert site.asked == ["", ""]


def test_a_part_that_is_longer_than_the_file_is_thrown_away(site, tmp_path):
    broken_off(site, tmp_path, 300_000)
    site.data = DATA[:300_000]
    assert fetch(site.address, tmp_path).read_bytes() == DATA[:300_000]
    assert site.asked == ["", "bytes=300000-", ""]


def test_another_part_than_was_asked_for_is_refused(site, tmp_path):
    broken_off(site, tmp_path, 300_000)
    site.wrong_part = True
    with pytest.raises(InputError, match="another part"):
        fetch(site.address, tmp_path)
    assert left(tmp_path) == ["rows.csv.part", "rows.csv.part.tag"]


@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_error_of_the_server_is_told_and_leaves_nothing(site, tmp_path, status):
    site.status = status
    with pytest.raises(InputError, match="cannot be got"):
        fetch(site.address, tmp_path)
    assert left(tmp_path) == []


@pytest.mark.parametrize("scheme", ["file://", "ftp://127.0.0.1", "data:text/csv,"])
def test_a_redirect_out_of_the_web_is_refused(site, tmp_path, scheme):
    secret = tmp_path / "secret.txt"
    secret.write_text("not to be read", encoding="utf-8")
    site.leads_to = f"{scheme}{secret}"
    with pytest.raises(InputError, match="cannot be got"):
        fetch(site.address, tmp_path / "got")
    assert left(tmp_path / "got") == []


def test_a_redirect_in_a_circle_is_refused(site, tmp_path):
    site.leads_to = site.address
    with pytest.raises(InputError, match="cannot be got"):
        fetch(site.address, tmp_path)
    assert len(site.asked) < 20


def test_a_length_that_promises_more_than_comes_is_a_break(site, tmp_path):
    site.length = len(DATA) + 10
    with pytest.raises(InputError, match=f"broke off after {len(DATA)} of {len(DATA) + 10}"):
        fetch(site.address, tmp_path)
    assert "rows.csv" not in left(tmp_path)


def test_a_length_that_promises_less_shows_in_the_hash_alone(site, tmp_path):
    site.length = 1000
    with pytest.raises(InputError, match="hashes to"):
        fetch(site.address, tmp_path, sha256=hashlib.sha256(DATA).hexdigest())


def test_a_file_over_the_limit_is_refused_whether_its_length_is_told_or_not(site, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "LIMIT", 1000)
    for length, why in ((None, f"it has {len(DATA)} bytes"), (-1, "more than 1000 bytes")):
        site.length = length
        with pytest.raises(InputError, match=why):
            fetch(site.address, tmp_path)
        assert "rows.csv" not in left(tmp_path)
        assert (tmp_path / "rows.csv.part").stat().st_size <= 1000


def test_the_hash_is_held_against_what_came(site, tmp_path):
    right = hashlib.sha256(DATA).hexdigest()
    assert fetch(site.address, tmp_path, sha256=right.upper()).read_bytes() == DATA
    (tmp_path / "rows.csv").write_bytes(b"the one of before")
    with pytest.raises(InputError, match=f"hashes to {right}, not to {'0' * 64}"):
        fetch(site.address, tmp_path, sha256="0" * 64)
    assert (tmp_path / "rows.csv").read_bytes() == b"the one of before"
    assert left(tmp_path) == ["rows.csv"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/a/../../../rows.csv", "rows.csv"),
        ("/a/..%2f..%2f..%2frows.csv", "rows.csv"),
        ("/%2e%2e", "download"),
        ("/", "download"),
        ("", "download"),
        ("/..%5c..%5crows.csv", ".._.._rows.csv"),
        ("/rows%00.csv", "rows_.csv"),
        ("/rows%0a.csv", "rows_.csv"),
    ],
)
def test_the_name_of_the_file_stays_in_the_folder(site, tmp_path, path, name):
    root = site.address.split("/data")[0]
    got = fetch(root + path, tmp_path / "deep" / "folder")
    assert got == tmp_path / "deep" / "folder" / name
    assert left(tmp_path) == ["deep"]
    assert left(tmp_path / "deep" / "folder") == [name]


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://example.org/a", "rows.csv", "http://", "", "http://[", "javascript:x"],
)
def test_what_is_no_address_of_the_web_is_refused(tmp_path, address):
    with pytest.raises(InputError, match="no address of the web"):
        fetch(address, tmp_path)
    assert left(tmp_path) == []


@pytest.mark.parametrize("tail", [":port/a", ":1/a", "/a b", "/ä", "/" + "a" * 400])
def test_an_address_that_cannot_be_asked_is_told_in_one_line(site, tmp_path, tail):
    root = "http://127.0.0.1" if tail.startswith(":") else site.address.split("/data")[0]
    with pytest.raises(InputError, match="cannot be got"):
        fetch(root + tail, tmp_path)


def test_a_folder_that_cannot_be_made_is_told(site, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be got"):
        fetch(site.address, tmp_path / "file" / "folder")
