"""Arrow arrays over the memory of NumPy ones and back; Arrow's own ways load pandas where it is installed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

__all__ = ["array", "numbers"]


def array(values: NDArray[Any], kind: pa.DataType, valid: NDArray[np.bool_] | None = None) -> pa.Array:
    """The values as an Arrow array, null where they are not valid.

    Args:
        values: of the bytes that the type has.
        kind: the type.
        valid: which of them count; all unless said.

    Examples:
        >>> array(np.array([1, 2]), pa.int64(), np.array([True, False])).to_pylist()
        [1, None]
    """
    held = pa.py_buffer(np.packbits(valid, bitorder="little")) if valid is not None else None
    return pa.Array.from_buffers(kind, len(values), [held, pa.py_buffer(np.ascontiguousarray(values))])


def numbers(column: pa.Array | pa.ChunkedArray, kind: type[np.generic]) -> NDArray[Any]:
    """The numbers of a column, of whatever is null anything.

    Args:
        column: of a type of as many bytes as ``kind``.
        kind: the type.

    Examples:
        >>> numbers(pa.chunked_array([[1.5], [2.5]]), np.float64).tolist()
        [1.5, 2.5]
    """
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    held = np.frombuffer(whole.buffers()[1] or b"", dtype=kind)
    return held[whole.offset : whole.offset + len(whole)]
