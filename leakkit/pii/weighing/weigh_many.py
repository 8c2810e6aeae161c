"""Weigh all matches of a batch: neighbours of all at once, values and surroundings that come again only once.

Gives what `leakkit.pii.weighing.weigh.weigh` gives for each span alone; that is tested.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.weighing.context import AFTER, BEFORE, key_before
from leakkit.pii.weighing.neighbours import NUMBER_SIGNS, allowed

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows
    from leakkit.pii.weighing.weigh import Rule, Weighed

_TOUCHING = np.zeros(256, bool)
_TOUCHING[[*range(48, 58), *range(65, 91), *range(97, 123), 95]] = True
_DIGIT = np.zeros(256, bool)
_DIGIT[48:58] = True
_SIGN = np.zeros(256, bool)
_SIGN[[ord(c) for c in NUMBER_SIGNS]] = True
_ALNUM = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_KEY_REACH = 80


def untouched(
    rows: Rows, rules: Sequence[Rule], which: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    """Give the places of the spans that no letter, digit or underscore of ASCII touches, as their rules ask.

    Spans whose neighbours are not ASCII stay: `weigh_all` looks at them one by one.
    """
    if not len(which):
        return which
    kinds = np.array([("none", "word", "token", "number").index(r.detector.neighbours) for r in rules])
    kind, data = kinds[which], rows.array
    before, after = data[np.maximum(starts - 1, 0)], data[np.minimum(ends, len(data) - 1)]
    touched = (_TOUCHING[before] & (starts > 0)) | _TOUCHING[after]
    left = _SIGN[before] & _DIGIT[data[np.maximum(starts - 2, 0)]] & (starts > 1)
    right = _SIGN[after] & _DIGIT[data[np.minimum(ends + 1, len(data) - 1)]]
    dropped = (touched & (kind > 0)) | ((left | right) & (kind == 3))
    return np.flatnonzero(~dropped & (ends > starts))


class Surroundings:
    """The texts of a batch as one, byte by byte, to cut windows from."""

    def __init__(self, rows: Rows) -> None:
        data = bytes(rows.data)
        self.exact = data.decode("latin-1")
        self.zeroed = data.translate(_ZEROS).decode("latin-1")
        """With every digit a zero: the same window comes again and again in machine text."""

    def windows(self, begin: int, start: int, end: int, stop: int) -> tuple[int, int] | None:
        """Give where the windows before and after a span begin and end; None where they are not ASCII."""
        exact = self.exact
        low, high = max(begin, start - BEFORE), min(stop, end + AFTER)
        reach = max(begin, start - _KEY_REACH)
        if not (exact[reach:start].isascii() and exact[end : high + 1].isascii()):
            return None
        line = exact.rfind("\n", low, start)
        if line >= 0:
            low = line + 1
        elif low > begin and exact[low - 1].isalnum():
            low = start - len(exact[low:start].lstrip(_ALNUM))
        line = exact.find("\n", end, high)
        if line >= 0:
            high = line
        elif high < stop and exact[high].isalnum():
            high = end + len(exact[end:high].rstrip(_ALNUM))
        return low, high


def weigh_all(
    rows: Rows,
    rules: Sequence[Rule],
    which: np.ndarray,
    starts: np.ndarray,
    ends: np.ndarray,
    names: Sequence[str],
    keys: Sequence[str] | None,
) -> list[Weighed | None]:
    """Weigh spans that `untouched` left.

    Parameters
    ----------
    rows : Rows
        The texts.
    rules : sequence of Rule
        The detectors made ready.
    which, starts, ends : numpy.ndarray
        Detector, first byte and byte after of each span.
    names, keys : sequence of str
        Name of the field, and key inside the text, for each span; `keys` None where there are none.
    """
    from leakkit.pii.weighing.weigh import weigh

    around = Surroundings(rows)
    exact, zeroed = around.exact, around.zeroed
    places = rows.row_of(starts)
    found: list[Weighed | None] = []
    columns = zip(
        which.tolist(),
        starts.tolist(),
        ends.tolist(),
        rows.starts[places].tolist(),
        rows.ends[places].tolist(),
        names,
        keys if keys is not None else [""] * len(which),
        strict=True,
    )
    for index, start, end, begin, stop, name, key in columns:
        rule = rules[index]
        value = exact[start:end]
        if rule.detector.needs == "key" and not name and not key:
            head = exact[max(begin, start - _KEY_REACH) : start].rstrip(" \t\"'[(")
            if head[-1:] not in (":", "=", ">"):
                found.append(None)
                continue
        borders = around.windows(begin, start, end, stop)
        if borders is None:
            text = exact[begin:stop].encode("latin-1").decode("utf-8", "replace")
            first = len(exact[begin:start].encode("latin-1").decode("utf-8", "replace"))
            last = first + len(value.encode("latin-1").decode("utf-8", "replace"))
            found.append(weigh(rule, text, first, last, name, key))
            continue
        low, high = borders
        context, against = rule.context, rule.against
        text = exact if context.has_digits else zeroed
        word = context.among(text[low:start]) or context.among(text[end:high])
        if word is None and not name and not key and rule.detector.needs == "context":
            found.append(None)
            continue
        if not value.isascii():
            value = value.encode("latin-1").decode("utf-8", "replace")
        verdict = rule.verdict(value)
        if verdict is None or (
            rule.detector.neighbours == "token" and not allowed("token", exact, start, end)
        ):
            found.append(None)
            continue
        enemy = None
        if against.words:
            text = exact if against.has_digits else zeroed
            enemy = against.among(text[low:start]) or against.among(text[end:high])
        inner = key or key_before(
            exact[max(begin, start - _KEY_REACH) : start], min(start - begin, _KEY_REACH)
        )
        found.append(rule.compose(verdict, word, enemy, name, key, inner))
    return found
