"""Tables without quotes: cells cut at their delimiters, so that they stay in the order in which they stand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from leakkit.leak.lines import CleanText

_BREAK = 10


class PlainRows:
    """The rows of a table piece by piece, as long as each piece has no quotes and all of its rows are of one width.

    Parameters
    ----------
    stream : CleanText
        The text.
    delimiter : str
        What parts cells.
    width : int
        Cells of a row; at least two, as an empty line is else no row.
    header : bool
        Whether the first row names the columns.
    most : int
        Most bytes of a piece.

    Attributes
    ----------
    left : file or None
        What another reader is to go on with; None at the end.
    header : bool
        Whether a row with names is still to come.
    """

    def __init__(self, stream: CleanText, delimiter: str, width: int, header: bool, most: int) -> None:
        self._stream, self._width, self._most = stream, width, most
        self._delimiter = delimiter.encode()
        self.header = header
        self.left: Any = None

    def __iter__(self) -> Iterator[tuple[int, pa.Array]]:
        """Give the number of rows of each piece and their cells, row by row."""
        held, broken = self._stream.read(self._most), None
        rest = b""
        while held:
            after, broken = self._after()
            data = rest + held
            cells = self._cells(data, is_last=not after and broken is None)
            if cells is None:
                self.left = _Again([data, after], self._stream, broken)
                return
            texts, size = cells
            if len(texts):
                yield len(texts) // self._width, texts
            if broken is not None:
                raise broken
            rest, held = data[size:], after

    def _after(self) -> tuple[bytes, Exception | None]:
        """Give the next piece, or why there is none; what came before it counts even so."""
        try:
            return self._stream.read(self._most), None
        except Exception as error:
            return b"", error

    def _cells(self, data: bytes, is_last: bool) -> tuple[pa.Array, int] | None:
        """Give the cells of whole rows and their bytes; None where some row is not plain."""
        size = len(data) if is_last else data.rfind(b"\n") + 1
        whole = data[:size] if data.endswith(b"\n", 0, size) else data[:size] + b"\n"
        if self._width < 2 or len(self._delimiter) != 1 or not size:
            return None
        whole = whole.replace(b"\r\n", b"\n") if b"\r" in whole else whole
        if b'"' in whole or b"\r" in whole:
            return None
        if self.header:
            names, _, whole = whole.partition(b"\n")
            if not names:
                return None
        cells = self._cut(whole)
        if cells is None:
            return None
        self.header = False
        return cells, size

    def _cut(self, whole: bytes) -> pa.Array | None:
        """Cut rows into cells; None where one has more or fewer than there are columns."""
        signs = np.frombuffer(whole, np.uint8)
        ends = np.flatnonzero((signs == self._delimiter[0]) | (signs == _BREAK))
        last = signs[ends[self._width - 1 :: self._width]] == _BREAK
        if len(ends) % self._width or not last.all() or whole.count(b"\n") != len(last):
            return None
        bounds = np.zeros(len(ends) + 1, np.int64)
        bounds[1:] = ends - np.arange(len(ends))
        texts = whole.translate(None, self._delimiter + b"\n")
        return pa.LargeStringArray.from_buffers(len(ends), pa.py_buffer(bounds), pa.py_buffer(texts))


class _Again(io.RawIOBase):
    """Pieces that were read already, then what follows; or the error that came then."""

    def __init__(self, pieces: list[bytes], stream: CleanText, broken: Exception | None) -> None:
        super().__init__()
        self._pieces, self._stream, self._broken = [piece for piece in pieces if piece], stream, broken

    def readable(self) -> bool:
        """Tell that the text can be read."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Give the next bytes, at most a piece, at least one unless the text has ended."""
        if self._pieces:
            piece = self._pieces.pop(0)
            if size is not None and 0 <= size < len(piece):
                self._pieces.insert(0, piece[size:])
                return piece[:size]
            return piece
        if self._broken is not None:
            raise self._broken
        return self._stream.read(size)


def in_turn(names: list[str], count: int) -> pa.Array:
    """Give the names of the columns again and again, `count` times.

    Examples
    --------
    >>> in_turn(["a", "bc"], 2).to_pylist()
    ['a', 'bc', 'a', 'bc']
    """
    forms = [name.encode() for name in names]
    lengths = np.tile(np.array([len(form) for form in forms], np.int32), count)
    bounds = np.zeros(len(lengths) + 1, np.int32)
    np.cumsum(lengths, out=bounds[1:])
    data = pa.py_buffer(b"".join(forms) * count)
    return pa.StringArray.from_buffers(len(lengths), pa.py_buffer(bounds), data)
