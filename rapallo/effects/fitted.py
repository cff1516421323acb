"""Coefficients fitted on data whose terms do not let them ship: made by each user from data of their own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from rapallo.errors import InputError

__all__ = ["fitted"]

FOLDER = "RAPALLO_FITTED"


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
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        msg = f"there are no coefficients of {name}: {file} cannot be read"
        hint = f"python benchmarks/{made_by}.py --write {name}.yaml makes them; {FOLDER} names the folder"
        raise InputError(msg, hint=hint) from error
    if not isinstance(found, dict):
        msg = f"{file} holds no coefficients"
        raise InputError(msg)
    return found
