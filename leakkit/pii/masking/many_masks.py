"""Masks of many values at once where they have the usual form; `values.mask_array` does the others one by one.

Each function takes rows of bytes and gives their masks and which rows were not of the usual form: what it
gives for those is of no worth.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from leakkit.pii.masking.rows import (
    BLANK,
    CLASSES,
    DIGIT,
    HIGH,
    INNER,
    LETTER,
    LOW_LINE,
    OTHER_BLANK,
    UPPER,
    Rows,
    fixed_strings,
    running,
    string_array,
)
from leakkit.pii.masking.values import BLOT, DOT, LONGEST, VENDOR_PREFIXES, mask_signs
from leakkit.pii.masking.words import latin_of

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_OTHER, _NONE, _INITIALS = 52, 53, 54
_HIDING = np.where(np.isin(np.arange(256), list(b" -./")), np.arange(256), ord(DOT)).astype("<u2")
_FORM = np.where(CLASSES == DIGIT, 48, np.where(CLASSES == LETTER, 97, np.arange(256))).astype(np.uint8)
_IN_GAP = np.isin(np.arange(256), list(b" -"))
_INITIAL = np.full(256, _OTHER, np.int64)
_INITIAL[np.frombuffer(_LETTERS.encode(), np.uint8)] = np.arange(52)
"""Number of each letter; every other byte is shown as a dot."""

_IS_CODE = np.zeros(100, bool)
_IS_CODE[[
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61,
    62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
]] = True  # fmt: skip
"""Which numbers of two digits are calling codes (ITU-T E.164)."""

Masked = tuple[Any, np.ndarray]
"""Masks as a string array, and which rows are odd."""


def email(rows: Rows) -> Masked:
    """Keep two first letters and the last label."""
    import pyarrow.compute as pc

    at, dot = rows.last_of(64), rows.last_of(46)
    one, two = rows.byte(rows.starts), rows.byte(at + 1)
    odd = rows.any_of(OTHER_BLANK | BLANK) | (one >= 0x80) | (two >= 0x80)
    odd |= (at <= rows.starts) | (dot <= at + 1) | (rows.ends - dot < 2) | (rows.ends - dot > 11)
    tops = rows.cut(dot, np.where(odd, dot, rows.ends))
    letters = tops.of(LETTER)
    letters[tops.starts[~odd]] = True  # the point before them
    odd |= tops.rows_with(~letters)
    name, host = at - rows.starts, dot - at - 1
    if not rows.is_ascii:
        inner = ((rows.data & 0xC0) == 0x80).nonzero()[0]  # bytes that begin no character
        row = rows.row.take(inner)
        name = name - np.bincount(row[inner < at[row]], minlength=rows.count)
        host = host - np.bincount(row[(inner > at[row]) & (inner < dot[row])], minlength=rows.count)
    first, second = np.where(name > 3, _INITIAL[one], _NONE), np.where(host > 3, _INITIAL[two], _NONE)
    heads = _email_heads().take(first * _INITIALS + second)
    return pc.binary_join_element_wise(heads, tops.array(), ""), odd


@cache
def _email_heads() -> Any:
    """Give all a masked address may begin with."""
    import pyarrow as pa
    import pyarrow.compute as pc

    marks = [*_LETTERS, DOT, ""]
    number = np.arange(_INITIALS**2)
    ends = pa.array([f"{mark}{BLOT}" for mark in marks])
    both = ends.take(number // _INITIALS), ends.take(number % _INITIALS)
    return pc.binary_join_element_wise(*both, "@")


def name(rows: Rows) -> Masked:
    """Keep initials of up to four words."""
    import pyarrow.compute as pc

    latin = latin_of(rows)
    letter = rows.of(LETTER)
    ahead = np.zeros(len(rows.data), bool)  # the byte before is a letter of the same row
    ahead[1:] = (letter | rows.of(HIGH))[:-1]
    ahead[rows.starts[rows.lengths > 0]] = False
    odd = latin.odd | rows.rows_with(rows.of(DIGIT | LOW_LINE | OTHER_BLANK) | (rows.of(INNER) & ~ahead))
    inside = ahead.copy()  # within a word: behind a letter, or behind a sign between letters
    inside[1:] |= rows.of(INNER)[:-1]
    inside[rows.starts[rows.lengths > 0]] = False
    odd |= rows.rows_with(rows.of(HIGH) & ~inside)
    begins = np.flatnonzero(letter & ~inside)
    words = np.bincount(rows.row[begins], minlength=rows.count)
    odd |= words == 0
    number = np.arange(len(begins)) - running(words)[rows.row[begins]]
    codes = np.full((rows.count, 4), _NONE)
    begins, number = begins[number < 4], number[number < 4]
    goes_on = (begins + 1 < rows.ends[rows.row[begins]]) & _in_word(rows, begins + 1)
    codes[rows.row[begins], number] = np.where(goes_on, _INITIAL[rows.data[begins]], _OTHER)
    made = _initials("").take(codes[:, 0] * _INITIALS + codes[:, 1])
    if (words > 2).any():
        more = _initials(" ").take(codes[:, 2] * _INITIALS + codes[:, 3])
        made = pc.binary_join_element_wise(made, more, "")
    return made, odd


def _in_word(rows: Rows, places: np.ndarray) -> np.ndarray:
    """Tell of bytes whether they may stand in a word."""
    return (CLASSES[rows.byte(places)] & (LETTER | HIGH | INNER)) != 0


@cache
def _initials(before: str) -> Any:
    """Give all a masked name may begin with, or go on with."""
    import pyarrow as pa

    first = [f"{before}{mark}{DOT * 4}" for mark in (*_LETTERS, DOT)] + [""]
    second = [f" {mark}{DOT * 4}" for mark in (*_LETTERS, DOT)] + [""]
    return pa.array([a + b for a in first for b in second])


def username(rows: Rows) -> Masked:
    """Keep the first letter."""
    import pyarrow as pa

    odd = rows.any_of(HIGH | OTHER_BLANK | BLANK) | (rows.lengths < 5)
    first = rows.byte(rows.starts)
    masks = pa.array([f"{mark}{BLOT}" for mark in (*_LETTERS, DOT)])
    return masks.take(_INITIAL[first]), odd | (first == 64)


def identifier(rows: Rows) -> Masked:
    """Keep the form and the last two."""
    odd = _odd(rows) | (rows.counts(rows.of(DIGIT | LETTER)) < 8)
    return _dotted(rows, ~odd), odd


def all_signs(rows: Rows) -> Masked:
    """Keep the form alone: texts of one form have one mask."""
    import pyarrow as pa

    forms = Rows(_FORM.take(rows.data), rows.bounds).array().dictionary_encode()
    masks = [mask_signs(form) for form in forms.dictionary.to_pylist()]
    return pa.array(masks, pa.string()).take(forms.indices), np.zeros(rows.count, bool)


def _odd(rows: Rows) -> np.ndarray:
    """Tell which rows are not plain ASCII, are empty or too long, or do not end on two letters or digits."""
    odd = rows.any_of(HIGH | OTHER_BLANK) | (rows.lengths < 2) | (rows.lengths > LONGEST)
    odd |= rows.byte(rows.starts) == 32
    for number in (1, 2):
        odd |= (CLASSES.take(rows.byte(rows.ends - number)) & (DIGIT | LETTER)) == 0
    return odd


def _dotted(rows: Rows, last_two: np.ndarray) -> Any:
    """Put dots for what is hidden, but for the last two bytes of some rows, which are ASCII."""
    codes = _HIDING.take(rows.data)
    ends = rows.ends[last_two]
    for number in (1, 2):
        codes[ends - number] = rows.data[ends - number]
    bounds = running(1 + 2 * (codes == ord(DOT)).view(np.uint8))[rows.bounds]
    data = codes.tobytes().decode("utf-16-le").encode()  # the fastest way to make three bytes of one
    return string_array(np.frombuffer(data, np.uint8), bounds)


def card(rows: Rows) -> Masked:
    """Keep the last four digits."""
    digit = rows.of(DIGIT)
    count = rows.counts(digit)
    odd = rows.any_of(HIGH) | (count < 12) | (count > 19)
    ends = np.cumsum(count)
    digits = np.append(rows.data[digit], np.zeros(4, np.uint8))
    start = f"{DOT * 4} " * 3
    return _behind(start, digits[np.maximum(ends[:, None] - 4, 0) + np.arange(4)]), odd


def _behind(start: str, codes: np.ndarray) -> Any:
    """Put the same text before each row of a matrix of ASCII codes."""
    head = np.frombuffer(start.encode(), np.uint8)
    return fixed_strings(np.hstack([np.broadcast_to(head, (len(codes), len(head))), codes]))


def iban(rows: Rows) -> Masked:
    """Keep the country and the last two."""
    odd = rows.rows_with(~rows.of(DIGIT | LETTER | BLANK))
    odd |= rows.counts(rows.of(DIGIT | LETTER)) < 15
    first, second = rows.byte(rows.starts), rows.byte(rows.starts + 1)
    third, fourth = rows.byte(rows.ends - 2), rows.byte(rows.ends - 1)
    odd |= (_INITIAL[first] == _OTHER) | (_INITIAL[second] == _OTHER) | (third == 32) | (fourth == 32)
    middle = np.frombuffer(f"{DOT * 2} {DOT * 4} {DOT * 4} {DOT * 2}".encode(), np.uint8)
    parts = (UPPER[first], UPPER[second], *middle, third, fourth)
    return fixed_strings(np.stack(np.broadcast_arrays(*parts), axis=1)), odd


def ip_address(rows: Rows) -> Masked:
    """Keep the network of an IPv4 address."""
    odd, last = rows.plain_ipv4()
    data = rows.data.copy()
    data[last[~odd] + 1] = ord("x")
    end = np.where(odd, rows.starts, last + 2)
    return rows.cut(rows.starts, end, data).array(), odd


def phone(rows: Rows) -> Masked:
    """Keep the calling code, where it is written, and the last two digits."""
    import pyarrow.compute as pc

    first, second = rows.byte(rows.starts), rows.byte(rows.starts + 1)
    signs = np.where(first == 43, 1, 2 * ((first == 48) & (second == 48)))  # "+" or "00"
    third = rows.byte(rows.starts + signs)
    odd = _odd(rows) | ((signs > 0) & ((third == 32) | (third == 48)))
    length = np.where((signs > 0) & ~odd, _code_length(rows, rows.starts + signs), 0)
    codes = _number_at(rows, rows.starts + signs, length)
    begins = rows.starts + np.where(length > 0, length + signs, 0)
    begins = np.where(length > 0, rows.past(np.where(length > 0, begins, rows.ends), _IN_GAP), begins)
    rest = rows.cut(begins, rows.ends)
    count = rest.counts(rest.of(DIGIT))
    made = _dotted(rest, (count >= 8) & ~odd)
    return pc.binary_join_element_wise(_code_heads().take(codes), made, ""), odd | (count < 6)


@cache
def _code_heads() -> Any:
    """Give all calling codes as a masked number begins with them; nothing for 0."""
    import pyarrow as pa

    return pa.array(["", *(f"+{code} " for code in range(1, 1000))])


def _code_length(rows: Rows, places: np.ndarray) -> np.ndarray:
    """Count the digits of the calling code that stands by itself at a place; 0 where none does."""
    run = np.zeros(rows.count, np.int64)
    for number in range(4):
        digit = CLASSES.take(rows.byte(places + number)) == DIGIT
        run += digit & (run == number) & (places + number < rows.ends)
    one, two = rows.byte(places), _number_at(rows, places, np.full(rows.count, 2))
    known = (
        ((run == 1) & np.isin(one, list(b"17"))) | ((run == 2) & _IS_CODE[np.clip(two, 0, 99)]) | (run == 3)
    )
    return np.where(known, run, 0)


def _number_at(rows: Rows, places: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Read numbers of up to three digits."""
    made = np.zeros(rows.count, np.int64)
    for step in range(3):
        digit = rows.byte(places + step).astype(np.int64) - 48
        made = np.where(step < lengths, made * 10 + digit, made)
    return np.where(lengths > 0, made, 0)


def url(rows: Rows) -> Masked:
    """Keep the scheme."""
    import pyarrow as pa
    import pyarrow.compute as pc

    values, kinds = rows.array(), np.zeros(rows.count, np.int64)
    for number, scheme in enumerate(("http://", "https://"), start=1):
        kinds[pc.starts_with(values, scheme).to_numpy(zero_copy_only=False)] = number
    other = pc.match_substring(values, "://").to_numpy(zero_copy_only=False) & (kinds == 0)
    return pa.array([BLOT, f"http://{BLOT}", f"https://{BLOT}"]).take(kinds), other


def secret(rows: Rows) -> Masked:
    """Keep the vendor's prefix and say the length."""
    import pyarrow as pa
    import pyarrow.compute as pc

    values = rows.array()
    lengths = pc.utf8_length(values).to_numpy(zero_copy_only=False).astype(np.int64)
    head = sum(rows.byte(rows.starts + step).astype(np.int64) << 8 * step for step in range(3))
    present = set(np.unique(head).tolist())
    which = np.zeros(rows.count, np.int64)
    for number, prefix in enumerate(VENDOR_PREFIXES, start=1):  # the longest come first
        if int.from_bytes(prefix.encode()[:3], "little") in present:
            fits = pc.starts_with(values, prefix).to_numpy(zero_copy_only=False)
            which[fits & (lengths >= len(prefix) + 12) & (which == 0)] = number
    pairs, places = np.unique(which << 40 | lengths, return_inverse=True)
    prefixes = ("", *VENDOR_PREFIXES)
    texts = [f"{prefixes[pair >> 40]}{BLOT}({pair & (1 << 40) - 1})" for pair in pairs.tolist()]
    begins = pc.starts_with(values, "-----BEGIN").to_numpy(zero_copy_only=False)
    return pa.array(texts, pa.string()).take(places), begins
