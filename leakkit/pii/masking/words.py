"""Words of many short texts at once: runs of letters and digits, with the letters of western and central Europe."""

from __future__ import annotations

from copy import copy
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.masking.keyed import bytes_of
from leakkit.pii.masking.rows import DIGIT, HIGH, LETTER, LOWER, Rows, running, string_array

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.masking.case import Case

_LOWERED = LOWER.tobytes()


@cache
def latin_letters() -> dict[str, np.ndarray]:
    """Give for the letters U+00C0 to U+017F which are "taken" and how their two bytes are written.

    Written they are "cased" (case folded), "lower" (in lower case) or "bare" (without accents; a byte 0
    behind a single letter). Taken is what stays two bytes in the first two and becomes one or two ASCII
    letters in the third, whatever stands beside it.
    """
    import unicodedata

    from leakkit.pii.masking.normalise import folded

    made: dict[str, np.ndarray] = {n: np.zeros((192, 2), np.uint8) for n in ("cased", "lower", "bare")}
    made["taken"] = np.zeros(192, bool)
    for number in range(192):
        letter = chr(0xC0 + number)
        plain, bare = unicodedata.normalize("NFKC", letter), folded(letter)
        forms = {"cased": plain.casefold().encode(), "lower": plain.lower().encode()}
        whole = letter.isalpha() and all(
            len(form) == 2 and form.decode().isalpha() for form in forms.values()
        )
        if whole and len(bare) <= 2 and bare.isascii() and bare.isalpha() and bare.islower():
            made["taken"][number] = True
            for name, form in (forms | {"bare": bare.ljust(2, "\0").encode()}).items():
                made[name][number] = list(form)
    return made


class Latin:
    """Where a text holds letters of two bytes, U+00C0 to U+017F, and which rows hold others."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        places = np.zeros(0, np.int64) if rows.is_ascii else (rows.data >= 0x80).nonzero()[0]
        self.places = places[(rows.data[places] >= 0xC3) & (rows.data[places] <= 0xC5)]
        self._letters = ((rows.data[self.places].astype(np.int16) - 0xC3) << 6) + (
            rows.byte(self.places + 1) - 0x80
        )
        taken = latin_letters()["taken"][self._letters]
        self.odd = np.zeros(rows.count, bool)
        if len(places) != 2 * len(self.places):
            lone = np.ones(len(rows.data), bool)
            lone[self.places], lone[self.places + 1] = False, False
            self.odd |= rows.rows_with(rows.of(HIGH) & lone)
        if not taken.all():
            self.odd[rows.row[self.places[~taken]]] = True

    def written(self, way: str) -> np.ndarray:
        """Give the bytes written in one of the ways of `latin_letters`."""
        made = np.frombuffer(bytearray(self._rows.data).translate(_LOWERED), np.uint8)  # faster than `take`
        if len(self.places):
            made[self.places], made[self.places + 1] = latin_letters()[way][self._letters].T
        return made

    def bare(self) -> Rows:
        """Give the rows in lower case without accents."""
        if not len(self.places):
            return Rows(self.written("bare"), self._rows.bounds)
        data = self.written("bare")
        return self._rows.kept((data != 0) | (self._rows.data == 0), data)  # a NUL of the text itself stays


def latin_of(rows: Rows) -> Latin:
    """Give the letters beyond ASCII of rows; mask, key and traits ask for those of the same ones, after each other."""
    held, latin = _LAST[0]
    if held is not rows:
        latin = Latin(rows)
        _LAST[0] = rows, latin
    return latin


_LAST: list[tuple[Any, Any]] = [(None, None)]


class Words:
    """The runs of marked bytes of rows, in order; `row` and `number` tell where each stands."""

    def __init__(self, rows: Rows, marked: np.ndarray) -> None:
        self.rows, self.marked = rows, marked
        before = np.zeros(len(marked), bool)
        before[1:] = marked[:-1]
        before[rows.starts[rows.lengths > 0]] = False
        self.begins = (marked & ~before).nonzero()[0]
        self.row = rows.row.take(self.begins)
        self._number()
        total = running(marked)  # runs of two rows may touch: count, do not look for ends
        at = np.append(total.take(self.begins), total[-1])
        self.lengths = at[1:] - at[:-1]
        self._bounds = at

    @cached_property
    def array(self) -> pa.Array:
        """The words of all runs."""
        return string_array(self.rows.data.take(self.marked.nonzero()[0]), self._bounds)

    @cached_property
    def distinct(self) -> tuple[np.ndarray, pa.Array]:
        """The number of each word among the different ones, and those: words come again far more often than texts."""
        encoded = self.array.dictionary_encode()
        return encoded.indices.to_numpy(), encoded.dictionary

    def are_in(self, known: frozenset[str]) -> np.ndarray:
        """Tell which words are among some."""
        codes, words = self.distinct
        return are_in(words, known)[codes]

    def hashed(self, case: Case) -> np.ndarray:
        """Give the hash of each word."""
        codes, words = self.distinct
        return case.word_hashes(bytes_of(words))[codes]

    def longer_than(self, least: int) -> Words:
        """Give the words that are longer: where they stand, and which they are."""
        made = copy(self)
        chosen = (self.lengths > least).nonzero()[0]
        codes, words = self.distinct
        made.distinct = codes[chosen], words
        made.begins, made.row, made.lengths = self.begins[chosen], self.row[chosen], self.lengths[chosen]
        made._number()
        return made

    def _number(self) -> None:
        """Count the words of each row."""
        self.counts = np.bincount(self.row, minlength=self.rows.count)
        self.firsts = running(self.counts)[:-1]
        self.number = np.arange(len(self.row)) - self.firsts[self.row]

    def rows_of_any(self, known: frozenset[str]) -> np.ndarray:
        """Tell which rows have any of some words."""
        made = np.zeros(self.rows.count, bool)
        made[self.row[self.are_in(known)]] = True
        return made

    def spaced(self) -> pa.Array:
        """Give each row as its words with one space between them."""
        data, kept = self.rows.data.copy(), self.marked.copy()
        gaps = self.begins[self.number > 0] - 1
        data[gaps], kept[gaps] = 32, True
        return self.rows.kept(kept, data).array()


def are_in(texts: pa.Array, known: frozenset[str]) -> np.ndarray:
    """Tell which texts are among some words."""
    import pyarrow.compute as pc

    return pc.is_in(texts, _known(known, str(texts.type))).to_numpy(zero_copy_only=False)


@lru_cache(maxsize=16)
def _known(words: frozenset[str], kind: str) -> pa.Array:
    """Give a set of words as an array."""
    import pyarrow as pa

    return pa.array(sorted(words), kind)


def bare_words(rows: Rows) -> tuple[Words, np.ndarray]:
    """Give the words of rows in lower case without accents, and which rows are odd."""
    latin = latin_of(rows)
    rows = latin.bare()
    return Words(rows, rows.of(DIGIT | LETTER | HIGH)), latin.odd


def cased_words(rows: Rows) -> tuple[Words, np.ndarray]:
    """Give the words of rows in lower case with accents, and which rows are odd."""
    latin = latin_of(rows)
    rows = Rows(latin.written("cased"), rows.bounds)
    return Words(rows, rows.of(DIGIT | LETTER | HIGH)), latin.odd
