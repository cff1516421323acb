"""Write the pages of ``docs/`` that follow from the code: vocabularies, commands, models, the record."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from starter_pages import pages

from rapallo import effects, measures, vocab
from rapallo.cli.app import COMMANDS, rapallo
from rapallo.measures import registry
from rapallo.measures.cards import Card
from rapallo.sources.citing import markdown
from rapallo.sources.dataset import dataset
from rapallo.sources.dataset import names as dataset_names

WIDTH = 96
DOCS = Path(__file__).parent.parent / "docs"


def vocabulary_page() -> str:
    """Every term of every vocabulary, with what it means and whose definition it is."""
    lines = [
        "# Vocabularies",
        "",
        "Written by `make docs` from `rapallo/vocab/*.yaml`; correct it there.",
        "",
    ]
    for name in vocab.names():
        words = vocab.vocabulary(name)
        lines += [
            f"## {name}",
            "",
            words.about,
            "",
            f"Source: {words.source}.",
            "",
            "| term | meaning | more |",
            "|---|---|---|",
        ]
        for term in words.values():
            more = "; ".join(
                f"{k}: {', '.join(v) if isinstance(v, list) else v}" for k, v in term.more.items()
            )
            lines.append(f"| `{term.id}` | {term.meaning} | {more} |")
        lines.append("")
    return "\n".join(lines)


def commands_page() -> str:
    """The help of every command."""
    lines = ["# Commands", "", "Written by `make docs` from the commands themselves.", ""]
    context = click.Context(
        rapallo, info_name="rapallo", terminal_width=WIDTH, help_option_names=["-h", "--help"]
    )
    lines += ["```text", rapallo.get_help(context), "```", ""]
    for name in COMMANDS:
        command = rapallo.get_command(context, name)
        assert command is not None
        pages = [(f"rapallo {name}", command)]
        if isinstance(command, click.Group):
            pages += [(f"rapallo {name} {sub}", command.commands[sub]) for sub in command.commands]
        for title, page in pages:
            inner = click.Context(
                page, parent=context, info_name=title.removeprefix("rapallo "), terminal_width=WIDTH
            )
            lines += [f"## {title}", "", "```text", page.get_help(inner), "```", ""]
    return "\n".join(lines)


def models_page() -> str:
    """The card of every measure and effect, those of years by what they are of."""
    lines = ["# Models", "", "Written by `make docs` from the cards that `rapallo models --json` prints.", ""]
    by_year = registry.yearly()
    groups = {
        "Measures of a day": [card for card in measures.models() if card.id not in by_year],
        "Effects": list(effects.models()),
    }
    for title, of in (("states", "state"), ("pairs of states", "pair"), ("the whole system", "world")):
        groups[f"Measures of years, of {title}"] = [its.card for its in by_year.values() if its.of == of]
    for title, cards in groups.items():
        lines += [f"- [{title}](#{title.lower().replace(',', '').replace(' ', '-')}): {len(cards)}"]
    for title, cards in groups.items():
        lines += ["", f"## {title}", ""]
        if title.startswith("Measures of years"):
            lines += [
                "Asked for with `rapallo measure NAME`, and as columns of `rapallo dyads --with NAME`.",
                "",
            ]
        for card in cards:
            lines += [*_card(card), ""]
    return "\n".join(lines).rstrip() + "\n"


def _card(card: Card) -> list[str]:
    told = {
        "Equation": card.equation,
        "Inputs": ", ".join(card.inputs),
        "Unit": card.unit,
        "After": card.citation,
        "Choices": card.coding,
        "Missing": card.missing,
        "Covers": card.coverage,
        "Checked": card.checked,
        "Limits": card.limits,
    }
    return [
        f"### {card.id}",
        "",
        card.definition,
        "",
        *(f"- {name}: {text}" for name, text in told.items() if text),
    ]


def datasets_page() -> str:
    """Every dataset that can be loaded: what it holds, of whom and when, on what terms."""
    lines = [
        "# Datasets",
        "",
        "Written by `make docs` from `rapallo/sources/datasets/*.yaml`; correct it there. None of them comes",
        "with Rapallo: `rapallo sources add NAME --from PATH --record FILE` loads one from files you have.",
        "",
        "| name | what it holds | releases | speaks of | may it be passed on? | get it from |",
        "|---|---|---|---|---|---|",
    ]
    for name in dataset_names():
        one = dataset(name)
        releases = "; ".join(
            r.version + (f" ({r.covers[0]}–{r.covers[1]})" if r.covers else "") for r in one.releases
        )
        what = f"**{one.title}.** {one.about}"
        cells = (f"`{one.id}`", what, releases, one.universe, one.redistribute, one.address)
        lines.append(f"| {' | '.join(cell.replace('|', ' ') for cell in cells)} |")
    lines += ["", "## What to cite", ""]
    for name in dataset_names():
        lines.append(f"- `{name}`: {'; '.join(markdown(work) for work in dataset(name).cite)}")
    return "\n".join(lines)


PAGES = {
    "datasets.md": datasets_page,
    "vocabulary.md": vocabulary_page,
    "commands.md": commands_page,
    "models.md": models_page,
}


def written() -> dict[str, str]:
    """The text of every page by its path under ``docs``."""
    texts = {name: page() for name, page in PAGES.items()} | pages()
    return {name: text if text.endswith("\n") else f"{text}\n" for name, text in texts.items()}


def main() -> int:
    """Write the pages."""
    (DOCS / "starter").mkdir(exist_ok=True)
    for name, text in written().items():
        (DOCS / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
