"""What the docs say is what the code does."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from rapallo import vocab
from rapallo.cli.app import COMMANDS

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def pages():
    scripts = str(ROOT / "scripts")
    sys.path.insert(0, scripts)
    try:
        spec = importlib.util.spec_from_file_location("make_docs", ROOT / "scripts/make_docs.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(scripts)
    return module.written()


def test_pages_that_follow_from_the_code_are_up_to_date(pages):
    made = {name: (ROOT / "docs" / name).read_text("utf-8") for name in pages}
    assert made == pages, "run make docs"


def test_no_page_of_the_record_is_left_over(pages):
    assert {f"starter/{path.name}" for path in (ROOT / "docs/starter").glob("*.md")} <= set(pages)


def test_every_term_is_on_the_page():
    page = (ROOT / "docs/vocabulary.md").read_text("utf-8")
    for name in vocab.names():
        for term in vocab.vocabulary(name):
            assert f"`{term}`" in page, (name, term)


def test_every_command_is_in_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in COMMANDS:
        assert f"rapallo {name}" in readme, name


def test_links_lead_somewhere():
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


def test_no_path_of_a_machine_is_in_the_repo():
    private = re.compile(r"/work/|/root/|/opt/|/home/[a-z]+/")
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if (
            path.is_file()
            and not parts[0].startswith(".")
            and path.suffix in {".py", ".md", ".yaml", ".toml", ".sh"}
        ):
            if path == Path(__file__):
                continue
            found = private.search(path.read_text("utf-8"))
            assert found is None, (path, found)
