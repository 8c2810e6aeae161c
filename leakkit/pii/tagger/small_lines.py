"""Lines of a buffer without capitals, in which a name may be in small letters: those of prose, not of code."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.tagger.features import CODE_SHARE, CODE_SIGNS

_LINE_END = 10
_LEAST_WORDS = 3
_UPPER, _SIGN, _POINT, _HIGH, _DIGIT = (np.zeros(256, bool) for _ in range(5))
_UPPER[0x41:0x5B] = True
_DIGIT[0x30:0x3A] = True
_SIGN[[ord(sign) for sign in CODE_SIGNS]] = True
_POINT[[code for code in range(0x21, 0x7F) if not chr(code).isalnum()]] = True
_HIGH[0x80:] = True


def line_starts(data: NDArray[np.uint8], firsts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give where the lines of some rows begin, each row's first with them."""
    lines = np.union1d(firsts, np.flatnonzero(data == _LINE_END) + 1)
    return lines[lines < len(data)]


def small_lines(
    data: NDArray[np.uint8], lines: NDArray[np.int64], words: NDArray[np.int64]
) -> NDArray[np.bool_]:
    r"""Tell which lines may be in small letters: all that the tagger takes for such, and few more.

    Parameters
    ----------
    data : numpy.ndarray
        Bytes.
    lines : numpy.ndarray
        Where lines begin.
    words : numpy.ndarray
        Where words begin.

    Examples
    --------
    >>> text = np.frombuffer(b"ask priya about it\nAsk her\nx = {a: b}\n", np.uint8)
    >>> small_lines(text, np.array([0, 19, 27]), np.array([0, 4, 10, 16, 19, 23, 27, 32, 35])).tolist()
    [True, False, False]
    """
    high = _count(_HIGH, data, lines)
    found = (_count(_UPPER, data, lines) == 0) & (_of(words, lines) + high >= _LEAST_WORDS)
    if not found.any():
        return found
    tokens = _of(words, lines) + _count(_DIGIT, data, lines) + _count(_POINT, data, lines) + high + 1
    return found & (_count(_SIGN, data, lines) * 100 <= CODE_SHARE * tokens)


def _count(table: NDArray[np.bool_], data: NDArray[np.uint8], lines: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count bytes of a class in each line."""
    marks = np.frombuffer(data.tobytes().translate(table.tobytes()), np.uint8)
    return _of(np.flatnonzero(marks), lines)


def _of(places: NDArray[np.int64], lines: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count places in each line, in order."""
    bounds = np.searchsorted(places, lines)
    return np.diff(bounds, append=len(places))
