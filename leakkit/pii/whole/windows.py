"""Short rows of signs of which one stands in every form that a pattern matches: a look that is cheaper than a pattern.

Of a thousand detectors few match any form of a table; the patterns of the others need not be compiled.
"""

from __future__ import annotations

from re import _constants as names  # type: ignore[attr-defined]
from typing import Any

import numpy as np

from leakkit.pii.matching.shapes import opens_case
from leakkit.pii.whole.shapes import REPEATS, WIDE, Writer, bits_of, parsed_as_one

Window = tuple[int, ...]
"""For one place after another the signs that may stand there, as bits."""

_LONGEST, _MOST = 8, 24
"""Places of a window, and windows of a pattern of which one must stand in a form."""


def windows_of(pattern: str) -> tuple[Window, ...]:
    """Give windows of which one stands in the form of every value a pattern matches; none where none is known."""
    if (tree := parsed_as_one(pattern)) is None:
        return ()
    try:
        return _Finder(opens_case(pattern)).windows(list(tree))
    except (KeyError, RecursionError):
        return ()


class _Finder(Writer):
    """Finds the windows of parsed patterns."""

    def windows(self, nodes: list[Any]) -> tuple[Window, ...]:
        """Give windows of which one stands in every form; none where nothing is known."""
        candidates: list[tuple[Window, ...]] = []
        run: Window = ()
        for node in nodes:
            if (more := self._fixed(node)) is not None:
                run += more
                continue
            kind, value = node
            inner = self._row(list(value[2])) if kind in REPEATS else None
            if inner is not None:  # at least so many stand behind what is before, and before what is behind
                inner *= min(value[0], _LONGEST)
                candidates.append((run + inner,))
                run = inner
                continue
            candidates += [(run,), self._inside(kind, value)]
            run = ()
        candidates.append((run,))
        best = max(candidates, key=_worth, default=())
        return tuple(_telling(window) for window in best) if _worth(best) else ()

    def _inside(self, kind: Any, value: Any) -> tuple[Window, ...]:
        """Give the windows of a part of which not every place is known."""
        if kind is names.SUBPATTERN:
            return self.windows(list(value[3]))
        if kind in REPEATS:
            return self.windows(list(value[2])) if value[0] else ()
        if kind is not names.BRANCH:
            return ()
        options = [self.windows(list(option)) for option in value[1]]
        joined = tuple(dict.fromkeys(window for option in options for window in option))
        return joined if all(options) and len(joined) <= _MOST else ()

    def _fixed(self, node: Any) -> Window | None:
        """Give what stands at each place of a part of fixed length; None for other parts."""
        kind, value = node
        if (found := self.members(node)) is not None:
            return None if found & WIDE or not (bits := bits_of(found)) else (bits,)
        if kind is names.AT:
            return ()
        if kind is names.SUBPATTERN:
            return self._row(list(value[3]))
        if kind in REPEATS and value[0] == value[1] <= _LONGEST:
            inner = self._row(list(value[2]))
            return None if inner is None else inner * value[0]
        return None

    def _row(self, nodes: list[Any]) -> Window | None:
        """Give the same of parts one after another."""
        run: Window = ()
        for node in nodes:
            if (more := self._fixed(node)) is None:
                return None
            run += more
        return run


def _worth(windows: tuple[Window, ...]) -> float:
    """Say how much it tells that one of some windows stands somewhere."""
    return min((sum(1 / bits.bit_count() for bits in _telling(window)) for window in windows), default=0.0)


def _telling(window: Window) -> Window:
    """Give the stretch of a window that tells most."""
    stretches = [window[at : at + _LONGEST] for at in range(max(1, len(window) - _LONGEST + 1))]
    return max(stretches, key=lambda stretch: sum(1 / bits.bit_count() for bits in stretch))


class Lines:
    """Forms in which windows are looked for.

    Parameters
    ----------
    forms : list of str
        Different forms.
    """

    def __init__(self, forms: list[str]) -> None:
        lengths = np.array([len(form) + 1 for form in forms])
        self._line = np.repeat(np.arange(len(forms)), lengths)
        self._signs = np.frombuffer(("\n".join(forms) + "\n").encode(), np.uint8)
        self._count = len(forms)
        self._marked: dict[int, np.ndarray] = {}
        self._known: dict[tuple[Window, ...], np.ndarray] = {}

    def having(self, windows: tuple[Window, ...]) -> np.ndarray:
        """Tell which forms have one of some windows.

        Examples
        --------
        >>> digit, dash = 1 << ord("0"), 1 << ord("-")
        >>> Lines(["00-00", "a0-", "0-a"]).having(((dash, digit), (digit, dash, 1 << ord("a")))).tolist()
        [True, False, True]
        """
        if (found := self._known.get(windows)) is None:
            found = self._known[windows] = np.zeros(self._count, bool)
            for window in windows:
                found[self._line[self._places(window)]] = True
        return found

    def _places(self, window: Window) -> np.ndarray:
        """Give the places at which a window begins."""
        size = max(0, len(self._signs) - len(window) + 1)
        here = np.ones(size, bool)
        for step, bits in enumerate(window):
            here &= self._of(bits)[step : step + size]
        return here.nonzero()[0]

    def _of(self, bits: int) -> np.ndarray:
        """Mark the places of some signs."""
        if bits not in self._marked:
            table = np.array([bits >> code & 1 for code in range(256)], bool)
            self._marked[bits] = table[self._signs]
        return self._marked[bits]
