"""Draw the README's picture: the head of the brief of an example, as a browser shows it."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import rapallo
from rapallo.briefs import render_html
from rapallo.reading import find_date, load_text

ROOT = Path(__file__).parent.parent
WIDTH, HEIGHT = 1100, 1180


def main() -> int:
    """Write ``docs/brief.png``; 1 where there is no Chromium."""
    browser_path = shutil.which("chromium")
    if browser_path is None:
        print("no chromium")
        return 1
    text = load_text(ROOT / "examples" / "pact.txt")
    published = find_date(text)
    assert isinstance(published, dt.date)
    page_text = render_html(rapallo.brief(text, published=published, address="pact.txt"))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "brief.html"
        file.write_text(page_text, "utf-8")
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(file.as_uri())
        page.screenshot(path=ROOT / "docs" / "brief.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
