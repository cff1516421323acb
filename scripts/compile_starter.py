"""Write ``rapallo/record/seed.zip``, the starter record as finished tables, from its files."""

from __future__ import annotations

from rapallo.record import opening, seed


def main() -> None:
    """Read the files, write the tables, say how much."""
    of = seed.digest()
    connection = opening.in_memory(empty=True)
    opening.from_files(connection)
    rows = seed.dump(connection, of=of)
    connection.close()
    print(f"{seed.PATH.name}: {rows:,} rows, {seed.PATH.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
