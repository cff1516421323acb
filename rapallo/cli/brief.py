"""``rapallo brief``: the main job."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rapallo.cli import options, output, texts
from rapallo.cli.app import EMPTY


@click.command("brief")
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--date", "published", type=options.DAY, metavar="D", help="The day the text is dated.")
@click.option(
    "--html", type=click.Path(path_type=Path), metavar="F", help="Also write one self-contained page."
)
@click.option("--markdown", type=click.Path(path_type=Path), metavar="F", help="Also write Markdown.")
@options.record
@options.as_json
def command(
    text: Path,
    published: dt.date | None,
    html: Path | None,
    markdown: Path | None,
    record_file: Path | None,
    *,
    json_: bool,
) -> int:
    """Read a TEXT and say whom its moves rattle and why; then its claims and what the record says of them."""
    from rapallo import briefs

    article = texts.load(text, published=published)
    with options.opened(record_file) as record:
        made = briefs.brief(article.text, record=record, published=article.published, address=article.address)
    if not made.claims:
        texts.demand_actors(article.address, made.diagnostics)
    if html:
        texts.save(html, briefs.render_html(made))
    if markdown:
        texts.save(markdown, briefs.render_markdown(made))
    if output.wants_json(asked=json_):
        output.emit_json(briefs.brief_json(made))
    else:
        briefs.render_terminal(made, output.console())
    return 0 if made.claims else EMPTY
