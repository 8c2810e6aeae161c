"""Many literals found in one pass by Hyperscan, each the sign of several detectors."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.matching.databases import compiled, kept
from leakkit.pii.matching.near import Places
from leakkit.pii.matching.units import distinct

if TYPE_CHECKING:
    from leakkit.pii.matching.units import Units

_ALNUM = np.zeros(256, bool)
_ALNUM[[*range(48, 58), *range(65, 91), *range(97, 123)]] = True
_SMALL = np.zeros(256, bool)
_SMALL[97:123] = True
_END_BITS = 40
PATTERN, OF_CHARACTERS = 2, 3
"""Stand where it is told whether case is open, for what is a pattern of Hyperscan: of bytes, of characters."""

MANY_LITERALS, _LONG_PATTERNS = 400, 5_000
"""What is compiled of so many, or of patterns of so many bytes, is kept for the next process."""

_NEVER = b"\xff"
"""A byte that no text in UTF-8 has. Where all of some thousand literals are longer, Hyperscan looks at every second or
fourth place alone, and takes many more of these for candidates than it saves; one of a byte forbids it that."""


class Literals:
    """Many literals searched in one pass, each for several detectors."""

    def __init__(self, wanted: Iterable[tuple[bytes, int, int]]) -> None:
        table: dict[tuple[bytes, int], set[int]] = {}
        for literal, open_case, detector in wanted:
            literal = literal.lower() if 0 < open_case < PATTERN else literal
            table.setdefault((literal, open_case), set()).add(detector)
        self._take(
            [literal for literal, _ in table],
            [open_case for _, open_case in table],
            [len(ids) for ids in table.values()],
            [one for ids in table.values() for one in sorted(ids)],
        )

    def _take(self, known: list[bytes], open_case: list[int], sizes: list[int], flat: list[int]) -> None:
        """Set what the search needs."""
        self.known, self._open_case = known, open_case
        self.lengths = np.array([len(literal) for literal in known], np.int64)
        self.sizes = np.array(sizes, np.int64)
        self._flat = np.array(flat, np.int64)
        self._first = np.cumsum(self.sizes) - self.sizes
        self._own: dict[int, np.ndarray] = {}

    def packed(self) -> list[Any]:
        """Give the literals as JSON can say them: each list of detectors once, and for each literal which it is."""
        known = [literal.decode("latin-1") for literal in self.known]
        open_case = [int(one) for one in self._open_case]
        lists: dict[tuple[int, ...], int] = {}
        parts = np.split(self._flat, self._first[1:]) if known else []
        which = [lists.setdefault(tuple(part.tolist()), len(lists)) for part in parts]
        return [known, open_case, which, list(lists)]

    @classmethod
    def unpacked(cls, packed: list[Any]) -> Literals:
        """Make literals of what `packed` gave."""
        found = cls.__new__(cls)
        known, open_case, which, lists = packed
        flat = list(chain.from_iterable([lists[one] for one in which]))
        found._take(
            [one.encode("latin-1") for one in known], open_case, [len(lists[one]) for one in which], flat
        )
        return found

    @cached_property
    def _to_capital(self) -> np.ndarray:
        """Which literals end with a capital after what is none."""
        return np.array([_to_capital(one) for one in self.known], bool)

    @cached_property
    def _database(self) -> Any:
        """The literals, compiled when they are first looked for; many are kept for the next process."""
        if not self.known:
            return None
        expressions = partial(self._expressions, self._patterns)
        if not self._are_many():
            return compiled(*expressions(), literal=not self._patterns)
        return kept(self._parts(), expressions, literal=not self._patterns)

    def _are_many(self) -> bool:
        """Tell whether what is compiled is worth keeping."""
        return len(self.known) >= MANY_LITERALS or (self._patterns and self.lengths.sum() >= _LONG_PATTERNS)

    @property
    def _patterns(self) -> bool:
        """Whether any is a pattern."""
        return max(self._open_case, default=0) >= PATTERN

    def _parts(self) -> list[bytes]:
        """Give all that a database depends on."""
        return [b"".join([*self.known, _NEVER]), self.lengths.tobytes(), bytes(self._open_case)]

    def _expressions(self, patterns: bool) -> tuple[list[bytes], list[int]]:
        """Give the literals with the flags of each; as patterns where some are."""
        import hyperscan

        kinds = {1: hyperscan.HS_FLAG_CASELESS, OF_CHARACTERS: hyperscan.HS_FLAG_UTF8}
        flags = [kinds.get(one, 0) for one in self._open_case]
        if not patterns:
            return (
                ([*self.known, _NEVER], [*flags, 0]) if len(flags) >= MANY_LITERALS else (self.known, flags)
            )
        told = zip(self.known, self._open_case, strict=True)
        return [one if kind >= PATTERN else as_pattern(one) for one, kind in told], flags

    def scan(self, data: Any) -> tuple[np.ndarray, np.ndarray]:
        """Give literal and byte after it of all occurrences."""
        if not self.known or not len(data):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        found: list[int] = []
        add = found.append

        def note(identifier: int, start: int, end: int, flags: int, context: object) -> None:
            """Take one occurrence; one number for both is cheapest, as this runs most often of all."""
            add(identifier << _END_BITS | end)

        self._database.scan(data, match_event_handler=note)
        taken = np.array(found, np.int64)
        taken = taken[taken < len(self.known) << _END_BITS]
        return taken >> _END_BITS, taken & (1 << _END_BITS) - 1

    def pairs(self, data: Any, units: Units, lead: int = 0) -> np.ndarray:
        """Give detector and unit, as one number, of all occurrences; sorted, each once.

        `lead` bytes stand in `data` before the first of the buffer.
        """
        ids, ends = self.scan(data)
        if not len(ids):
            return np.zeros(0, np.int64)
        return self.expand(ids, units.of(ends - 1 - lead), units.count)

    def whole(self, data: Any, single: np.ndarray) -> Places:
        """Give all occurrences but those of `single` words to which letters are glued in small case.

        A literal that ends with the capital of the next word in camel case may have any letter behind it.
        """
        ids, ends = self.scan(data)
        array = np.frombuffer(data, np.uint8)
        starts = ends - self.lengths[ids]
        before, first = array[np.maximum(starts - 1, 0)], array[starts]
        after = array[np.minimum(ends, len(array) - 1)]
        glued = (_SMALL[after] & ~self._to_capital[ids]) | (_ALNUM[before] & _SMALL[first] & (starts > 0))
        kept = ~(glued & single[ids])
        return Places(ids[kept], starts[kept], ends[kept])

    @property
    def detectors(self) -> np.ndarray:
        """The detectors that have literals here."""
        return distinct(self._flat)

    def of(self, detector: int) -> np.ndarray:
        """Tell which literals belong to a detector."""
        if (found := self._own.get(detector)) is None:
            found = np.zeros(len(self.known), bool)
            found[
                np.searchsorted(self._first + self.sizes, np.flatnonzero(self._flat == detector), "right")
            ] = True
            self._own[detector] = found
        return found

    def expand(self, ids: np.ndarray, where: np.ndarray, count: int) -> np.ndarray:
        """Give detector and unit, as one number, of literals in units; sorted, each once."""
        if not len(ids):
            return np.zeros(0, np.int64)
        ids, where = np.divmod(distinct(ids * count + where), count)
        counts = self.sizes[ids]
        shift = np.repeat(self._first[ids] - (np.cumsum(counts) - counts), counts)
        detectors = self._flat[np.arange(int(counts.sum())) + shift]
        return distinct(detectors * count + np.repeat(where, counts))


def as_pattern(literal: bytes) -> bytes:
    r"""Write a literal as a pattern.

    Examples
    --------
    >>> as_pattern(b"a.")
    b'\\x61\\x2e'
    """
    return b"".join(b"\\x%02x" % code for code in literal)


def _to_capital(literal: bytes) -> bool:
    """Tell whether a literal ends with a capital after what is none."""
    return literal[-1:].isupper() and not literal[-2:-1].isupper()
