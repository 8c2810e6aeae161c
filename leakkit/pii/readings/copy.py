"""A rewritten copy of a text that knows for each of its characters where it stands in the original."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

Edit = tuple[int, int, str]
"""First character, character after, what stands there instead."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A text and, for each of its characters, the stretch of the original that it stands for.

    Parameters
    ----------
    text : str
        The rewritten text.
    starts, ends : numpy.ndarray
        First character of the stretch and character after it.
    """

    text: str
    starts: np.ndarray
    ends: np.ndarray

    @classmethod
    def of(cls, text: str, begin: int = 0) -> Copy:
        """Give a copy in which nothing is changed; `begin` is its place in a longer original."""
        places = np.arange(begin, begin + len(text))
        return cls(text, places, places + 1)

    def edited(self, edits: Iterable[Edit]) -> Copy:
        """Give the copy with stretches replaced; they rise and do not overlap.

        A new text as long as the old one is taken sign by sign; else all of it stands for the whole stretch.

        Examples
        --------
        >>> copy = Copy.of("ana [at] x").edited([(3, 9, "@")])
        >>> copy.text, copy.stretch(0, 5)
        ('ana@x', (0, 10))
        """
        texts: list[str] = []
        starts: list[np.ndarray] = []
        ends: list[np.ndarray] = []
        place = 0
        for begin, end, new in edits:
            texts += [self.text[place:begin], new]
            starts.append(self.starts[place:begin])
            ends.append(self.ends[place:begin])
            if len(new) == end - begin:
                starts.append(self.starts[begin:end])
                ends.append(self.ends[begin:end])
            elif new:
                first = self.starts[begin] if begin < len(self.starts) else self.ends[-1]
                last = self.ends[end - 1] if end > begin else first
                starts.append(np.full(len(new), first))
                ends.append(np.full(len(new), last))
            place = end
        if not texts:
            return self
        texts.append(self.text[place:])
        starts.append(self.starts[place:])
        ends.append(self.ends[place:])
        return Copy("".join(texts), np.concatenate(starts), np.concatenate(ends))

    def spelled(self, sign: Callable[[str], str]) -> Copy:
        """Give the copy with every character that is not ASCII spelled anew, as one character, more or none."""
        if self.text.isascii():
            return self
        known = {one: sign(one) for one in set(self.text) if not one.isascii()}
        if all(one == new for one, new in known.items()):
            return self
        signs = [known.get(one, one) for one in self.text]
        counts = np.fromiter(map(len, signs), np.int64, len(signs))
        return Copy("".join(signs), np.repeat(self.starts, counts), np.repeat(self.ends, counts))

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Give the stretch of the original for which some characters of the copy stand."""
        return int(self.starts[start]), int(self.ends[end - 1])
