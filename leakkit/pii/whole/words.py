"""Words without which a detector says nothing: its literals, or its context; looked for in many values at once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.matching.shapes import literals_of
from leakkit.pii.weighing.context import MOST_WORDS

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.detector import Detector

_TOKEN = re.compile(r"[^\W_]+")
_JOINT = r"[ _\-./'’]?"
_DIGIT = re.compile(r"[0-9]")
_ZEROS = str.maketrans("123456789", "0" * 9)
_SHORTEST = 2
_MEMORY = 1 << 25
"""Bytes for the automaton; with too few of them RE2 is a hundred times slower."""


@cache
def literals_in(detector: Detector) -> tuple[str, ...]:
    """Give patterns of literals of which one stands in every match; none where they are too short to tell."""
    found, open_case = literals_of(detector.pattern)
    for words, is_open in ((found, open_case), (detector.trigger, detector.trigger_ignore_case)):
        if words and all(len(word) >= _SHORTEST and any(map(str.isalpha, word)) for word in words):
            flag = "(?i:%s)" if is_open else "%s"
            return tuple(flag % _escaped(word) for word in words)
    return ()


def context_of(words: Iterable[Sequence[str]]) -> list[str]:
    """Give patterns of context words of many detectors: with the joints that may part their words, and their borders.

    Words with the same first letter are one pattern, sorted, which keeps the automaton small. Each digit stands for
    all, so that one automaton will do for values with their digits and for those without.
    """
    heads: dict[str, set[str]] = {}
    free: set[str] = set()
    for phrase in {word for some in words for word in some}:
        parts = _TOKEN.findall(phrase)[:MOST_WORDS]
        inside = _JOINT.join(map(_escaped, parts)) or _escaped(phrase)
        if parts and phrase.isascii() and inside[0].isalpha():
            heads.setdefault(inside[0], set()).add(inside[1:])
        else:
            free.add(f"(?i:{inside})")
    bordered = [
        rf"(?:[^A-Za-z](?i:{first})|{first.upper()})(?i:{'|'.join(sorted(rests))})[^a-z]"
        for first, rests in sorted(heads.items())
    ]
    return [_DIGIT.sub(r"\\d", pattern) for pattern in (*bordered, *sorted(free))]


def _escaped(word: str) -> str:
    """Write a word for RE2, which knows fewer escapes than Python."""
    return re.sub(r"([^\w\s])", r"\\\1", word) if word.isascii() else re.escape(word).replace("\\ ", " ")


class Wanted:
    """Words of some detectors, compiled as one pattern.

    Parameters
    ----------
    patterns : tuple of str
        What to look for; for `alike` with no digits but those that are to be found.
    """

    def __init__(self, patterns: tuple[str, ...]) -> None:
        self._patterns = tuple(dict.fromkeys(patterns))

    @cached_property
    def _pattern(self) -> Any:
        """The words, compiled when they are first looked for as they are."""
        return _compiled(self._patterns)

    @cached_property
    def _alike(self) -> Any:
        """The same words with ``0`` for every digit."""
        folded = tuple(dict.fromkeys(pattern.translate(_ZEROS) for pattern in self._patterns))
        return self._pattern if folded == self._patterns else _compiled(folded)

    def among(self, data: bytes, ends: np.ndarray, most: int | None = None) -> np.ndarray:
        """Give the values in which one of the words stands; parameters as for `rows_with`."""
        return rows_with(self._pattern, data, ends, most)

    def alike(self, values: pa.Array, codes: np.ndarray, data: bytes, ends: np.ndarray) -> np.ndarray:
        """Give the same by the values with ``0`` for every digit: number of each, and the different ones as lines."""
        import pyarrow as pa

        told = np.zeros(len(ends), bool)
        told[rows_with(self._alike, data, ends)] = True
        found = np.flatnonzero(told[codes])
        if len(found) and self._alike is not self._pattern:
            found = found[self.among(*joined(values.take(pa.array(found))))]
        return found


def _compiled(patterns: tuple[str, ...]) -> Any:
    """Compile patterns as one."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = _MEMORY
    return re2.compile("|".join(patterns).encode(), options)


def rows_with(pattern: Any, data: bytes, ends: np.ndarray, most: int | None = None) -> np.ndarray:
    """Give the lines in which a pattern matches; it may begin or end with a line break, and pass over none.

    Parameters
    ----------
    pattern : re2 pattern
        Compiled for bytes.
    data : bytes
        The lines, a line break before each and after the last.
    ends : numpy.ndarray
        The place of the line break after each.
    most : int, optional
        Stop once so many are found.
    """
    import re2

    found: list[int] = []
    search, anchor, position, size = pattern._regexp.Match, re2._Anchor.UNANCHORED, 0, len(data)
    stops = ends.tolist()
    while position < size:
        begin, _ = search(anchor, data, position, size)[0]
        if begin < 0:
            break
        row = bisect_left(stops, begin + (data[begin] == _BREAK))
        if row == len(stops):
            break
        found.append(row)
        if len(found) == most:
            break
        position = stops[row]
    return np.array(found, np.int64)


_BREAK = 10


def as_lines(texts: list[str]) -> tuple[bytes, np.ndarray]:
    """Give texts of ASCII as lines, and the place of the break after each."""
    ends = np.cumsum([len(text) + 1 for text in texts])
    return ("\n" + "\n".join(texts) + "\n").encode(), ends


def joined(values: Any) -> tuple[bytes, np.ndarray]:
    """Give large strings as lines, and the place of the break after each."""
    import pyarrow as pa
    import pyarrow.compute as pc

    lengths = pc.binary_length(values).to_numpy(zero_copy_only=False)
    whole = pc.binary_join(
        pa.LargeListArray.from_arrays(pa.array([0, len(values)], pa.int64()), values),
        pa.scalar("\n", pa.large_string()),
    )
    return b"\n" + whole[0].as_buffer().to_pybytes() + b"\n", np.cumsum(lengths + 1)
