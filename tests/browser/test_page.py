"""The page in a real browser: quiet, self-contained, readable on a phone, in the dark and on paper."""

from __future__ import annotations

import re
import shutil

import pytest

from rapallo.briefs import render_html
from tests.briefs.sample import BRIEF, CLAIMS, EMPTY
from tests.briefs.test_render import hostile

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a brief; afterwards nothing may have been asked for and nothing logged."""
    asked: list[str] = []
    logged: list[str] = []
    pages = []

    def open_(brief=BRIEF, *, wide=1280, scheme="light"):
        file = tmp_path / "brief.html"
        file.write_text(render_html(brief), "utf-8")
        page = browser.new_page(viewport={"width": wide, "height": 900}, color_scheme=scheme)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: logged.append(message.text))
        page.on("pageerror", lambda error: logged.append(str(error)))
        page.on("dialog", lambda dialog: (logged.append("dialog"), dialog.dismiss()))
        page.goto(file.as_uri())
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert logged == []


@pytest.mark.parametrize("brief", [BRIEF, EMPTY, hostile()], ids=["pact", "empty", "hostile"])
@pytest.mark.parametrize("wide", [360, 768, 1280, 1920])
def test_nothing_scrolls_sideways(opened, brief, wide):
    page = opened(brief, wide=wide)
    assert page.evaluate("document.documentElement.scrollWidth") <= wide


def rgb(text):
    return [float(n) for n in re.findall(r"[\d.]+", text)[:3]]


def luminance(text):
    linear = [
        c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb(text)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_can_be_read(opened, scheme):
    page = opened(scheme=scheme)
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (luminance(paper) > 0.5) == (scheme == "light")
    for part in (".headline", ".meta", ".reason h4", ".verdict", "summary", ".text", "footer"):
        colour = page.evaluate(f"getComputedStyle(document.querySelector('{part}')).color")
        assert contrast(colour, paper) >= 4.5, part


def test_a_quote_leads_to_its_claim_and_back(opened):
    page = opened()
    first = CLAIMS[0]
    page.click(f"a.lit:has-text('{first.quote.exact}')")
    assert page.url.endswith(f"#claim-{first.id}")
    assert page.evaluate("document.querySelector(':target').id") == f"claim-{first.id}"
    page.click(f"#claim-{first.id} a.id")
    assert page.url.endswith(f"#quote-{first.id}")


def test_a_row_that_is_linked_to_can_be_seen_when_followed(opened):
    page = opened()
    page.click(".reason summary")
    page.click(".reason ul.rows a[href^='#row-']")
    assert page.evaluate("document.querySelector(':target').checkVisibility()")


def test_words_in_pictures_do_not_leave_them(opened):
    page = opened()
    outside = page.evaluate(
        """[...document.querySelectorAll('svg.rp-picture')].flatMap(svg => {
            const frame = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].filter(t => {
                const box = t.getBoundingClientRect();
                return box.left < frame.left - 1 || box.right > frame.right + 1
                    || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
            }).map(t => t.textContent);
        })"""
    )
    assert outside == []


def test_pictures_have_names(opened):
    page = opened()
    assert page.locator("svg[role=img]").count() >= 3
    assert page.get_by_role("img", name="Ties: Russia and North Korea signed a defence pact").count() == 1


def test_it_prints(opened):
    page = opened()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.emulate_media(media="print", color_scheme="dark")
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert luminance(paper) > 0.9
