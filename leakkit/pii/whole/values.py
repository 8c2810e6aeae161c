"""Different values that a detector matches whole, with what several checks ask of them: their forms, their hosts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.whole.shapes import TABLE
from leakkit.pii.whole.texts import bytes_of, from_bytes, matched, numbered

if TYPE_CHECKING:
    import pyarrow as pa

_LATIN, _WIDE = "\x04\x02", ("\x01", "\x04")
"""How forms draw a Latin letter beyond ASCII, and what stands in the form of every text that is not ASCII."""


class Values:
    """Values of a field.

    Parameters
    ----------
    texts : pyarrow.Array
        Large strings without nulls.
    forms : tuple of (numpy.ndarray, list of str), optional
        The number of each one's form (`leakkit.pii.whole.shapes`), and the forms; worked out when left out.
    """

    def __init__(self, texts: pa.Array, forms: tuple[np.ndarray, list[str]] | None = None) -> None:
        self.texts, self._given = texts, forms

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, places: np.ndarray) -> pa.Array:
        """Give some of the texts."""
        import pyarrow as pa

        return self.texts if len(places) == len(self.texts) else self.texts.take(pa.array(places))

    @cached_property
    def _forms(self) -> tuple[np.ndarray, list[str]]:
        """The number of each value's form, and the forms, of which each is some value's."""
        if self._given is None:
            data, bounds = bytes_of(self.texts)
            return numbered(from_bytes(data.translate(TABLE), bounds))
        codes, names = self._given
        used = np.flatnonzero(np.bincount(codes, minlength=len(names)))
        place = np.zeros(len(names), np.int64)
        place[used] = np.arange(len(used))
        return place[codes], [names[number] for number in used.tolist()]

    def by_form(self, told: Callable[[str], bool]) -> np.ndarray:
        """Tell of each value what its form tells."""
        codes, names = self._forms
        return np.array([told(name) for name in names], bool)[codes]

    def are_ascii(self) -> np.ndarray:
        """Tell which values are ASCII."""
        return self.by_form(lambda form: not any(sign in form for sign in _WIDE))

    def matched(self, pattern: str) -> np.ndarray:
        """Tell which values a pattern matches that takes all digits for the same, and all letters of ASCII and Latin.

        Few forms are asked instead of many values; values with other characters are asked themselves.
        """
        import pyarrow as pa

        codes, names = self._forms
        drawn = pa.array([name.replace(_LATIN, "a") for name in names], pa.large_string())
        found = matched(drawn, pattern)[codes]
        wide = np.array(["\x01" in name for name in names], bool)
        if wide.any():
            places = np.flatnonzero(wide[codes])
            found[places] = matched(self.take(places), pattern)
        return found

    @cached_property
    def hosts(self) -> tuple[list[str], np.ndarray]:
        """The different texts after the last ``@``, and the number of each value's."""
        import pyarrow as pa

        codes, names = self._forms
        texts = self.texts
        bounds = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
        begins = bounds[:-1] + np.array([name.rfind("@") + 1 for name in names], np.int64)[codes]
        offsets = np.append(np.stack([bounds[:-1], begins], 1).ravel(), bounds[-1])
        halves = pa.LargeStringArray.from_buffers(2 * len(texts), pa.py_buffer(offsets), texts.buffers()[2])
        encoded = halves.take(pa.array(np.arange(1, 2 * len(texts), 2))).dictionary_encode()
        return encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
