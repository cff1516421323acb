"""A claim held against the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["VERDICTS", "Check", "Verdict"]

Verdict = Literal["borne_out", "contradicted", "outdated", "not_covered"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Check:
    """What the record says of one claim.

    Attributes:
        claim: id of the claim, or the sentence where one was asked.
        verdict: ``borne_out, contradicted, outdated`` (true once) or ``not_covered``.
        rows: ids of the rows it rests on.
        why: in words, with figures and dates.
        covered_by: for ``not_covered``, the source that would cover it.
    """

    claim: str
    verdict: Verdict
    rows: tuple[str, ...]
    why: str
    covered_by: str = ""
