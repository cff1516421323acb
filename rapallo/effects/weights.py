"""The weights of the effects: a file that a user can replace."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rapallo.errors import InputError

__all__ = ["Scale", "Weights", "load_weights"]

Unit = Annotated[float, Field(ge=0.0, le=1.0)]
Positive = Annotated[float, Field(gt=0.0, allow_inf_nan=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Scale(_Strict):
    """How a size becomes a contribution.

    Attributes:
        weight: the most the effect can add to a stake, 0 to 1.
        scale: the size at which it has added 63% of that.
    """

    weight: Unit
    scale: Positive

    def contribution(self, size: float) -> float:
        """``weight * (1 - exp(-size / scale))``.

        Examples:
            >>> round(Scale(weight=0.4, scale=0.03).contribution(0.03), 3)
            0.253
        """
        return self.weight * (1.0 - exp(-size / self.scale))


class Weights(_Strict):
    """Everything the effects take as given; ``weights.yaml`` says what each entry means."""

    effects: Mapping[str, Scale]
    answers: Mapping[str, Unit]
    entrapping: tuple[str, ...]
    interest: Mapping[str, Unit]
    arms_supply: Unit
    at_distance: Unit
    meeting: tuple[str, ...]
    base_km: Positive
    reach_of_strangers: Unit
    tightening: Unit
    at_risk: Unit
    standing_years: Positive
    dealing: Mapping[str, Unit]

    def of(self, effect: str, part: str = "") -> Scale:
        """The scale of an effect, or of one part of it.

        Raises:
            InputError: where the file has none.

        Examples:
            >>> load_weights().of("leverage_lost", "trade").weight
            0.2
        """
        for name in (f"{effect}/{part}", effect):
            if name in self.effects:
                return self.effects[name]
        msg = f"the weights have no entry for {effect!r}"
        raise InputError(msg, hint="copy rapallo/effects/weights.yaml and change the copy")


def load_weights(path: Path | None = None) -> Weights:
    """The weights in a file, or those that come with Rapallo.

    Raises:
        InputError: where the file cannot be read or an entry is missing, unknown or out of bounds.

    Examples:
        >>> load_weights().answers["YES"]
        1.0
    """
    if path is None:
        return _shipped()
    try:
        return _parse(path.read_bytes(), str(path))
    except OSError as error:
        msg = f"cannot read the weights in {path}: {error.strerror}"
        raise InputError(msg) from error


@cache
def _shipped() -> Weights:
    return _parse(files("rapallo.effects").joinpath("weights.yaml").read_bytes(), "weights.yaml")


def _parse(raw: bytes, name: str) -> Weights:
    try:
        return Weights.model_validate(yaml.load(raw, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        msg = f"{name} is not YAML"
        raise InputError(msg, hint="copy rapallo/effects/weights.yaml and change the copy") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the file"
        msg = f"{name}: {where}: {first['msg']}"
        raise InputError(msg, hint="copy rapallo/effects/weights.yaml and change the copy") from error
