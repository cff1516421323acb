"""Write the record in one of the forms it can take."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from rapallo.errors import InputError, RecordError
from rapallo.record.exports.tables import export_csv, export_parquet

if TYPE_CHECKING:
    from rapallo.record.store import Record

__all__ = ["FORMATS", "export"]

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

FORMATS = {
    "csv": "every table, all versions of all rows, a file each",
    "parquet": "every table, all versions of all rows, a file each",
    "graphml": "the ties of a day as a graph",
    "gexf": "the ties of a day as a graph, for Gephi",
    "geojson": "the ties of a day as lines between capitals",
    "statements": "ties and events as statements of FollowTheMoney, a line of JSON each",
}


def export(
    record: Record, form: str, to: Path, *, on: dt.date | None = None, kind: str | None = None
) -> tuple[Path, ...]:
    """Write the record.

    Args:
        record: what is written.
        form: one of ``FORMATS``.
        to: a folder for ``csv`` and ``parquet``, a file for the others; what is there is replaced.
        on: the day of ties; today unless said.
        kind: only ties of that kind, in graphs and maps.

    Returns:
        The files.

    Raises:
        InputError: where there is no such form.
        RecordError: where they cannot be written.
    """
    if form not in FORMATS:
        msg = f"there is no form {form!r}"
        raise InputError(msg, hint=f"there are {', '.join(FORMATS)}")
    if form == "csv":
        return export_csv(record, to)
    if form == "parquet":
        return export_parquet(record, to)
    view = record.view(on or dt.date.today())
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        if form == "geojson":
            from rapallo.record.exports.maps import geojson  # noqa: PLC0415 - networkx is slow to load

            to.write_text(json.dumps(geojson(view, kind=kind), ensure_ascii=False), encoding="utf-8")
        elif form == "statements":
            from rapallo.record.exports.statements import statements  # noqa: PLC0415

            with to.open("w", encoding="utf-8") as sink:
                sink.writelines(f"{json.dumps(said, ensure_ascii=False)}\n" for said in statements(view))
        else:
            import networkx  # noqa: PLC0415

            from rapallo.record.exports.graphs import graph  # noqa: PLC0415

            write = networkx.write_graphml if form == "graphml" else networkx.write_gexf
            made = graph(view, kind=kind)
            for *_, cells in made.edges(data=True):
                cells |= {k: _NOT_XML.sub("\ufffd", v) for k, v in cells.items() if isinstance(v, str)}
            write(made, to)
    except OSError as error:
        msg = f"{to} cannot be written: {error.strerror or error}"
        raise RecordError(msg) from error
    return (to,)
