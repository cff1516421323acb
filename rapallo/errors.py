"""The errors Rapallo raises on purpose.

::

    RapalloError                 one line and a hint; the command line prints it and exits with 2
    ├── InputError               what was handed in cannot be used (a file, a date, a scenario, an address)
    │   └── UnknownActorError    a name or code that no actor bears on that day
    ├── VocabularyError          a term that no vocabulary of ``rapallo.vocab`` holds
    └── RecordError              the record file cannot be opened, read or written

Everything else that escapes is a defect of Rapallo.
"""

from __future__ import annotations

__all__ = ["InputError", "RapalloError", "RecordError", "UnknownActorError", "VocabularyError"]


class RapalloError(Exception):
    """The root of all errors that Rapallo raises on purpose.

    Attributes:
        hint: what the reader can do about it, in one line; may be empty.

    Examples:
        >>> str(RapalloError("no text in the file", hint="is it a scan?"))
        'no text in the file (is it a scan?)'
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class InputError(RapalloError):
    """What was handed in cannot be used; nothing was written."""


class UnknownActorError(InputError):
    """A name or code that no actor bears on that day."""


class VocabularyError(RapalloError):
    """A term that no vocabulary holds."""


class RecordError(RapalloError):
    """The record file cannot be opened, read or written; it is left as it was."""
