"""Coefficients fitted on data whose terms do not let them ship: made by each user from data of their own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rapallo.errors import InputError
from rapallo.measures.own_file import own_bytes
from rapallo.sources.starter.strict import parse

__all__ = ["fitted"]

FOLDER = "RAPALLO_FITTED"
LARGEST = 100_000
"""Bytes a file of coefficients may have."""


@cache
def fitted(name: str, made_by: str) -> Mapping[str, Any]:
    """The coefficients of a model, from ``<name>.yaml`` in the folder that RAPALLO_FITTED names.

    Args:
        name: of the model.
        made_by: the benchmark that writes the file (``--write FILE``).

    Raises:
        InputError: where there is no such file, or it cannot be read.
    """
    file = Path(os.environ.get(FOLDER, ".")) / f"{name}.yaml"
    hint = f"python benchmarks/{made_by}.py --write {name}.yaml makes them; {FOLDER} names the folder"
    try:
        found = parse(str(file), own_bytes(file, "coefficients", most=LARGEST, hint=hint))
    except InputError as error:
        msg = f"there are no coefficients of {name}: {error.message}"
        raise InputError(msg, hint=hint) from error
    if not isinstance(found, dict):
        msg = f"{file} holds no coefficients"
        raise InputError(msg)
    return found
