"""Look-ups a second on one core, and the time to load, each in processes of their own.

The look-ups are mixed and each asked once, of a fresh table, so that no answer is remembered: every name of
the table on a day of its own, demonyms with roles, titles with names, names in other spellings, names one
letter off, and names nobody bears. Loading is timed from before ``import rapallo.actors`` to the first
answer.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import random
import statistics
import subprocess
import sys
import time

LOAD = """
import time
began = time.process_time()
import rapallo.actors
imported = time.process_time()
table = rapallo.actors.table()
loaded = time.process_time()
import datetime
table.resolve("the Kremlin", on=datetime.date(2024, 6, 22))
print(imported - began, loaded - imported, time.process_time() - began)
"""
SHARES = {"name": 0.6, "role": 0.15, "title": 0.1, "spelling": 0.1, "one letter off": 0.025, "nobody": 0.025}


def loading(runs: int = 9) -> dict[str, float]:
    """Median milliseconds of a fresh process: to import, to load, and both up to the first answer."""
    found = []
    for _ in range(runs):
        done = subprocess.run([sys.executable, "-c", LOAD], check=True, capture_output=True, text=True)
        found.append([1000 * float(part) for part in done.stdout.split()])
    imported, loaded, total = (statistics.median(column) for column in zip(*found, strict=True))
    return {"import": imported, "table": loaded, "to the first answer": total}


def looking_up() -> dict[str, float]:
    """Look-ups a second of a process of its own: all, and by what is looked up."""
    done = subprocess.run([sys.executable, __file__], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def questions(count: int, seed: int = 1922) -> dict[str, list[tuple[str, dt.date]]]:
    """Names and days to ask for, by kind, none twice."""
    from rapallo.actors import table

    rng = random.Random(seed)
    entries = [e for e in table().names.entries if len(e.name.text) > 3]
    rng.shuffle(entries)

    def some_day(when: object) -> dt.date:
        start = getattr(when, "start", None) or dt.date(1950, 1, 1)
        end = getattr(when, "end", None) or dt.date(2024, 12, 31)
        return start + dt.timedelta(days=rng.randrange(max((end - start).days, 1)))

    named = [(e.name.text, some_day(e.name.when)) for e in entries]
    demonyms = [(e.name.text, some_day(e.name.when)) for e in entries if e.name.kind == "demonym"]
    people = [(e.name.text, some_day(e.name.when)) for e in entries if e.name.kind == "person"]
    roles = [
        "president",
        "government",
        "foreign minister",
        "troops",
        "leader",
        "parliament",
        "farmers",
        "army",
    ]
    titles = ["Mr", "President", "Prime Minister", "General", "Foreign Minister"]
    letters = "abcdefghijklmnopqrstuvwxyz"

    def off(text: str) -> str:
        at = rng.randrange(1, len(text))
        return text[:at] + rng.choice(letters) + text[at + 1 :]

    pools = {
        "name": named,
        "role": [(f"the {text} {role}", on) for role in roles for text, on in demonyms],
        "title": [(f"{title} {text}", on) for title in titles for text, on in people],
        "spelling": [(f"{text.upper()}’s", on) for text, on in named],
        "one letter off": [(off(text), on) for text, on in named],
        "nobody": [("".join(rng.choices(letters, k=8)).title(), dt.date(2024, 6, 22)) for _ in range(count)],
    }
    found = {}
    for kind, share in SHARES.items():
        pool = list(dict.fromkeys(pools[kind]))
        rng.shuffle(pool)
        found[kind] = pool[: round(count * share)]
    return found


def main() -> None:
    """Print the look-ups a second as JSON."""
    from rapallo.actors import table
    from rapallo.actors.compiled import compiled
    from rapallo.actors.folding import fold
    from rapallo.actors.tables import Table

    asked = questions(20_000)
    fold.cache_clear()
    gc.collect()
    gc.freeze()  # so that the collector does not walk through the questions
    ready = compiled()
    fresh = Table(ready.rows, ready.holders) if ready else table()
    fresh.resolve("Rusia", on=dt.date(2024, 6, 22))  # one of each way in, so that indexes stand
    seconds = {}
    for kind, pairs in asked.items():
        began = time.process_time()
        for text, on in pairs:
            fresh.resolve(text, on=on)
        seconds[kind] = time.process_time() - began
    rates = {kind: len(asked[kind]) / spent for kind, spent in seconds.items()}
    rates["all"] = sum(map(len, asked.values())) / sum(seconds.values())
    print(json.dumps(rates))


if __name__ == "__main__":
    main()
