"""Fail where a package that the program installs is under the GPL or AGPL alone.

Reads the names from the core lock and the extras, and the licences from the metadata of what is installed.
A package with a choice of licences passes if one of them does.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, files, metadata, requires
from pathlib import Path

LOCK = Path(__file__).parent.parent / "locks" / "core.txt"
COPYLEFT = re.compile(r"(?<![A-Za-z])A?GPL|Affero|(?<!Lesser )General Public Licen[cs]e", re.IGNORECASE)
WORDS = {
    "MIT": "Permission is hereby granted, free of charge, to any person obtaining a copy of this software",
    "BSD": "Redistribution and use in source and binary forms, with or without modification, are permitted",
}
"""By which words a licence file that stands alone is known."""
LINKABLE = re.compile(r"LGPL|Lesser General Public|Library General Public", re.IGNORECASE)


def names() -> set[str]:
    """Packages of the core lock, and of every extra but ``dev`` and ``all``."""
    locked = set(re.findall(r"^([A-Za-z0-9._-]+)==", LOCK.read_text("utf-8"), re.MULTILINE))
    extras = {
        re.split(r"[<>=\[; ]", line, maxsplit=1)[0]
        for line in requires("rapallo") or []
        if "extra ==" in line and not re.search(r"extra == '(dev|all)'", line)
    }
    return locked | extras - {"rapallo"}


def choices(name: str) -> list[str]:
    """The licences one may choose from, as the package's metadata states them."""
    data = metadata(name)
    stated = data.get("License-Expression") or ""
    if not stated:
        stated = data.get("License") or ""
        if not stated or len(stated) > 100:
            classifiers = [c for c in data.get_all("Classifier") or [] if c.startswith("License ::")]
            return [c.rsplit("::", 1)[-1].strip() for c in classifiers] or by_text(name)
    return [part.strip("() ") for part in re.split(r"\bOR\b", stated)]


def by_text(name: str) -> list[str]:
    """The licence whose words stand in the licence file of a package that states none."""
    papers = [file for file in files(name) or [] if re.match(r"(?i)licen[cs]e", file.name)]
    texts = [" ".join(file.read_text("utf-8").split()) for file in papers]
    return [licence for licence, words in WORDS.items() if any(words in text for text in texts)]


def main() -> int:
    """Print what was found; 1 where a licence forbids shipping or none is stated."""
    wrong, absent, seen = [], [], 0
    for name in sorted(names()):
        try:
            found = choices(name)
        except PackageNotFoundError:
            absent.append(name)  # a package for another platform
            continue
        seen += 1
        if not found or all(COPYLEFT.search(c) and not LINKABLE.search(c) for c in found):
            wrong.append(f"{name}: {' or '.join(found) or 'states no licence'}")
    print(f"licences: {seen} packages looked at, {len(absent)} of other platforms not installed here")
    for line in wrong:
        print(f"  not allowed: {line}")
    return bool(wrong) or not seen


if __name__ == "__main__":
    sys.exit(main())
