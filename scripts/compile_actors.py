"""Write ``rapallo/actors/data/compiled.json`` from the YAML files, after holding them against each other."""

from __future__ import annotations

from rapallo.actors import compiled
from rapallo.actors.load import own_rows
from rapallo.actors.roles import own_roles
from rapallo.actors.tables import Table


def main() -> None:
    """Check, write, and say what was written."""
    digest = compiled.digest()
    rows = own_rows()
    table = Table(rows)
    table.check()
    written = compiled.text(rows, table, own_roles(), of=digest)
    compiled.PATH.write_text(written, encoding="utf-8")
    people, names = len(table.all_people()), len(table.names.holders)
    print(f"{compiled.PATH.name}: {people} people, {names} names, {len(written.encode()):,} bytes")


if __name__ == "__main__":
    main()
