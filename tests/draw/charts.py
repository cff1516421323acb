"""What the tests of charts ask of every one of them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "</title><script>alert(1)</script>\"'&",
    "Bosnia & Herzegovina",
    "a very long name " * 30,
    "x" * 400,
    "ישראל",
    "المملكة العربية السعودية",
    "👩‍👩‍👧‍👦 🇺🇸",
    "\u202egnp\x00\ud800\n\tend",
    "",
]


def parsed(svg: str) -> ET.Element:
    """The picture, which must be sound, say what it is and hold no script."""
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    ids = root.get("aria-labelledby", "").split()
    assert [root.find(f"*[@id='{i}']").tag for i in ids] == [f"{SVG}title", f"{SVG}desc"]
    assert not list(root.iter(f"{SVG}script"))
    assert not re.search("nan|inf", re.sub(">[^<]*<", "", svg))
    svg.encode("utf-8")
    return root


def texts(root: ET.Element, name: str) -> list[ET.Element]:
    """The text elements of a class."""
    return [text for text in root.iter(f"{SVG}text") if name in (text.get("class") or "").split()]


def read(element: ET.Element) -> str:
    return "".join(element.itertext())


def turning(text: str) -> bool:
    return bool(re.search("[\u202a-\u202e\u2066-\u2069]", text))
