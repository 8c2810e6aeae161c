"""Forms that keys are made of, for many values at once where they are usual; the others one by one.

As in `many_masks`, each function gives forms and which rows are odd; empty forms count as odd.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.masking import normalise as one
from leakkit.pii.masking.rows import (
    BLANK,
    CLASSES,
    DIGIT,
    HIGH,
    LETTER,
    OTHER_BLANK,
    UPPER,
    Rows,
    fixed_strings,
    replaced,
    together,
)
from leakkit.pii.masking.words import Words, bare_words, cased_words, latin_of

if TYPE_CHECKING:
    import pyarrow as pa

Formed = tuple[Any, np.ndarray]
_IN_PHONE = np.isin(np.arange(256), list(b"0123456789 +-./()"))
_LONGEST_PHONE = 40
_BEFORE_CROSS = np.isin(np.arange(256), list(b"( "))
_NOT_IN_EMAIL = b"<>\"':%&[({"
_ODD_IN_EMAIL = np.isin(np.arange(256), list(_NOT_IN_EMAIL)) | ((CLASSES & (OTHER_BLANK | BLANK)) != 0)
_LENGTH_OF_CODE = np.full(100, 3)
_LENGTH_OF_CODE[[int(code) for code in one.CALLING_CODES if len(code) == 2]] = 2
_BEFORE_NINE = [int(code) for code in one.CODES_BEFORE_NINE]
_LIKE_NUMBERS = [int(code) for code in one.CODES_LIKE_NUMBERS]
_LENGTH_OF_CODE[[10 * int(code) + n for code in one.CALLING_CODES if len(code) == 1 for n in range(10)]] = 1


def normalise_array(entity: str, values: pa.Array) -> pa.Array:
    """Give an array without nulls in the forms that keys are made of, each as `normalise` gives it."""
    way = _MANY[one.form_of(entity).__name__]
    return together(values, way, lambda text: one.normalise(entity, text))


def _email(rows: Rows) -> Formed:
    """Lower the case; letters with accents may stand before the sign alone."""
    latin, at = latin_of(rows), rows.last_of(64)
    odd = latin.odd | (rows.lengths == 0)
    if rows.has_blank or rows.has(_NOT_IN_EMAIL):
        odd |= rows.rows_with(_ODD_IN_EMAIL.take(rows.data))
    behind = rows.places(64) + 1
    odd[rows.row.take(behind[rows.byte(behind) == 46] - 1)] = True
    odd |= (rows.byte(rows.starts) == 46) | (rows.byte(rows.ends - 1) == 46)
    odd[rows.row.take(latin.places[latin.places > at[rows.row.take(latin.places)]])] = True
    return Rows(latin.written("lower"), rows.bounds).array(), odd


def _phone(rows: Rows) -> Formed:
    """Give the national significant number."""
    data, digit = rows.data, rows.of(DIGIT)
    wrong = ~_IN_PHONE.take(data)
    wrong[2:] |= (data[2:] == 41) & (data[1:-1] == 48) & (data[:-2] == 40)
    odd = rows.rows_with(wrong) | (rows.lengths > _LONGEST_PHONE)
    cross = rows.byte(rows.past(np.where(odd, rows.ends, rows.starts), _BEFORE_CROSS)) == 43
    numbers = rows.kept(digit)
    cross |= (numbers.byte(numbers.starts) == 48) & (numbers.byte(numbers.starts + 1) == 48)
    filled = numbers.data != 48
    begins = numbers.first(filled)
    first, second = (numbers.byte(begins + step).astype(np.int64) - 48 for step in range(2))
    length = numbers.ends - begins
    odd |= length < 4
    third = numbers.byte(begins + 2).astype(np.int64) - 48
    long = (length >= 12) & (length <= 15) & (first > 1) & ~np.isin(10 * first + second, _LIKE_NUMBERS)
    nine = np.isin(10 * first + second, _BEFORE_NINE) | ((first == 7) & np.isin(second, (3, 4, 7, 9)))
    cross |= (begins == numbers.starts) & (long | ((length == 11) & (third != 9) & nine))
    behind = begins + np.where(cross, _LENGTH_OF_CODE.take(10 * first + second, mode="clip"), 0)
    behind += ~cross & (length == 11) & (first == 8) & (second == 9) & (begins == numbers.starts)
    begins = np.where(cross, numbers.first(filled & numbers.behind(behind)), behind)
    first, second, third, fifth = (numbers.byte(begins + step).astype(np.int64) - 48 for step in (0, 1, 2, 4))
    eleven = numbers.ends - begins == 11
    begins += eleven & (first == 1) & (second > 1) & (third != 9) & (fifth > 1)
    odd |= begins >= numbers.ends
    return numbers.cut(begins, numbers.ends).array(), odd


def _digits(rows: Rows) -> Formed:
    """Keep the digits alone."""
    made = rows.kept(rows.of(DIGIT))
    return made.array(), rows.any_of(HIGH) | (made.lengths == 0)


def _identifier(rows: Rows) -> Formed:
    """Keep letters and digits, in upper case."""
    made = rows.kept(rows.of(DIGIT | LETTER), UPPER.take(rows.data))
    return made.array(), rows.any_of(HIGH) | (made.lengths == 0)


def _plain(rows: Rows) -> Formed:
    """Fold the case."""
    latin, blank = latin_of(rows), rows.data == 32
    wrong = rows.of(OTHER_BLANK)
    wrong[1:] |= blank[1:] & blank[:-1]
    odd = latin.odd | rows.rows_with(wrong) | _ends_blank(rows)
    return Rows(latin.written("cased"), rows.bounds).array(), odd


def _ends_blank(rows: Rows) -> np.ndarray:
    """Tell which rows are empty or begin or end with a space."""
    return (rows.lengths == 0) | (rows.byte(rows.starts) == 32) | (rows.byte(rows.ends - 1) == 32)


def _exact(rows: Rows) -> Formed:
    """Keep every character."""
    ends = np.stack([rows.byte(rows.starts), rows.byte(rows.ends - 1)])
    return rows.array(), (rows.lengths == 0) | ((ends <= 32) | (ends >= 127)).any(axis=0)


def _address(rows: Rows) -> Formed:
    """Keep an IPv4 address as it is."""
    return rows.array(), rows.plain_ipv4()[0]


def _words(rows: Rows) -> Formed:
    """Keep the words without accents."""
    words, odd = bare_words(rows)
    return words.spaced(), odd | (words.counts == 0)


def _name(rows: Rows) -> Formed:
    """Order the words."""
    import pyarrow as pa
    import pyarrow.compute as pc

    words, odd = cased_words(rows)
    odd = odd | (words.counts == 0) | words.rows_of_any(one.ANY_TITLES)
    made = words.spaced()
    two = np.flatnonzero((words.counts == 2) & ~odd)
    first, second = (words.array.take(words.firsts[two] + step) for step in range(2))
    turned = pc.less(second, first).to_numpy(zero_copy_only=False)
    others = pc.binary_join_element_wise(second.filter(turned), first.filter(turned), " ")
    more = np.flatnonzero((words.counts > 2) & ~odd)
    sorted_words = [" ".join(sorted(text.split(" "))) for text in made.take(pa.array(more)).to_pylist()]
    places = np.concatenate([two[turned], more])
    return replaced(made, places, pa.concat_arrays([others, pa.array(sorted_words, others.type)])), odd


def _date(rows: Rows) -> Formed:
    """Write a date of three numbers as year and two sorted numbers."""
    odd = rows.any_of(HIGH | LETTER) | (rows.lengths > one.LONGEST_DATE)
    runs = Words(rows, rows.of(DIGIT))
    odd |= (runs.counts != 3) | (np.bincount(runs.row[runs.lengths > 4], minlength=rows.count) > 0)
    fit = np.flatnonzero(~odd)
    three = runs.firsts[fit][:, None] + np.arange(3)
    lengths, begins = runs.lengths[three], runs.begins[three]
    numbers = np.zeros(three.shape, np.int64)
    for step in range(4):
        digit = rows.byte((begins + step).ravel()).reshape(three.shape).astype(np.int64) - 48
        numbers = np.where(step < lengths, numbers * 10 + digit, numbers)
    long = lengths == 4
    short = ~long.any(axis=1) & (lengths[:, 2] == 2)
    wrong = (lengths == 3).any(axis=1) | ((long.sum(axis=1) != 1) & ~short)
    which = np.where(short, 2, long.argmax(axis=1))
    years = np.take_along_axis(numbers, which[:, None], axis=1)[:, 0]
    years = np.where(short, years + np.where(years <= 25, 2000, 1900), years)
    rest = np.sort(np.where(np.arange(3) == which[:, None], 1000, numbers), axis=1)
    odd[fit[wrong]] = True
    codes = np.zeros((rows.count, 10), np.uint8)
    codes[fit] = _date_codes(years, rest[:, 0], rest[:, 1])
    return fixed_strings(codes), odd


def _date_codes(years: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Write numbers as ASCII codes of ``YYYY-MM-DD``."""
    dash = np.full(len(years), 45 - 48)
    parts = (
        years // 1000,
        years // 100,
        years // 10,
        years,
        dash,
        first // 10,
        first,
        dash,
        second // 10,
        second,
    )
    return (np.stack([np.where(part < 0, part, part % 10) for part in parts], axis=1) + 48).astype(np.uint8)


_MANY: dict[str, Callable[[Rows], Formed]] = {
    "_email": _email,
    "_phone": _phone,
    "_digits": _digits,
    "_identifier": _identifier,
    "_plain": _plain,
    "_exact": _exact,
    "_address": _address,
    "_words": _words,
    "_name": _name,
    "_date": _date,
}
"""By the name of the function of `normalise` that forms one value."""
