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
_NO_LETTER = _DIGIT | _POINT | _HIGH


def line_starts(data: NDArray[np.uint8], firsts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give where the lines of some rows begin, each row's first with them."""
    lines = np.sort(np.concatenate([firsts, np.flatnonzero(data == _LINE_END) + 1]))
    lines = lines[np.append(True, lines[1:] > lines[:-1])]
    return lines[lines < len(data)]


def without_capitals(data: NDArray[np.uint8], lines: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which lines, given by their first bytes, rising, have no capital of ASCII."""
    if not len(lines):
        return np.zeros(0, bool)
    return np.maximum.reduceat(_marks(_UPPER, data.tobytes()), lines) == 0


def in_small_lines(
    data: NDArray[np.uint8],
    lines: NDArray[np.int64],
    small: NDArray[np.bool_],
    words: NDArray[np.int64],
    some: NDArray[np.int64],
) -> NDArray[np.bool_]:
    r"""Tell which of some words stand in lines that may be in small letters: all that the tagger takes for such.

    Parameters
    ----------
    data : numpy.ndarray
        Bytes.
    lines : numpy.ndarray
        Where lines begin, rising.
    small : numpy.ndarray
        Which lines have no capital.
    words : numpy.ndarray
        Where words begin, rising.
    some : numpy.ndarray
        Where those begin that are asked for, rising; only their lines are looked at.

    Examples
    --------
    >>> text = np.frombuffer(b"ask priya about it\nAsk her\nx = {a: b}\n", np.uint8)
    >>> lines, words = np.array([0, 19, 27]), np.array([0, 4, 10, 16, 19, 23, 27, 32, 35])
    >>> in_small_lines(text, lines, without_capitals(text, lines), words, np.array([4, 23, 32])).tolist()
    [True, False, False]
    """
    own = np.searchsorted(lines, some, "right") - 1
    plain = np.zeros(len(lines), bool)
    plain[own] = small[own]
    places = np.flatnonzero(plain)
    if len(places):
        begins, ends = lines[places], np.append(lines[1:], len(data))[places]
        counts = np.searchsorted(words, ends) - np.searchsorted(words, begins)
        plain[places] = _is_prose(*_joined(data, begins, ends), counts)
    return plain[own]


def _joined(
    data: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[bytes, NDArray[np.int64]]:
    """Give some lines one after the other, and where each begins."""
    sizes = ends - begins
    raw = data.tobytes()
    if int(sizes.sum()) < len(raw):
        raw = b"".join([raw[a:b] for a, b in zip(begins.tolist(), ends.tolist(), strict=True)])
    return raw, np.cumsum(sizes) - sizes


def _is_prose(raw: bytes, lines: NDArray[np.int64], words: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which lines have some words and few signs of code."""
    found: NDArray[np.bool_] = words + _count(_HIGH, raw, lines) >= _LEAST_WORDS
    tokens = words + _count(_NO_LETTER, raw, lines) + 1
    return found & (_count(_SIGN, raw, lines) * 100 <= CODE_SHARE * tokens)


def _count(table: NDArray[np.bool_], raw: bytes, lines: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count bytes of a class in each line."""
    return np.add.reduceat(_marks(table, raw), lines, dtype=np.int64)


def _marks(table: NDArray[np.bool_], raw: bytes) -> NDArray[np.uint8]:
    """Give a one for each byte of a class, else a nought."""
    return np.frombuffer(raw.translate(table.tobytes()), np.uint8)
