"""The bytes of a small file that a user names: of a coding, of bands, of coefficients."""

from __future__ import annotations

from pathlib import Path

from rapallo.errors import InputError

__all__ = ["own_bytes"]


def own_bytes(path: Path, what: str, *, most: int, hint: str, a: str = "") -> bytes:
    """What stands in a file, if it is a file and no larger than it may be.

    Args:
        path: of the file; a device, a pipe or a folder is refused.
        what: it is to hold, in a word.
        most: how many bytes it may have.
        hint: what to do where it cannot be read.
        a: the article that the word takes.

    Raises:
        InputError: where it cannot be read or is too large.
    """
    try:
        if path.exists() and not path.is_file():
            msg = f"{path} is no file that can be read"
            raise InputError(msg, hint=hint)
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except (OSError, ValueError) as error:
        msg = f"cannot read the {what} in {path}: {getattr(error, 'strerror', None) or error}"
        raise InputError(msg, hint=hint) from error
    if len(raw) > most:
        msg = f"{path} is too large for {a}{what}"
        raise InputError(msg, hint=f"at most {most:,} bytes")
    return raw
