"""From text to token arrays, all in NumPy: boundaries, rolling hashes of any piece of a token, shapes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.cache import code_of, key_of, load, store

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
U8 = NDArray[np.uint8]

PUNCTUATION, LETTER, DIGIT, BLANK, NEWLINE = 0, 1, 2, 3, 4
"""Classes of characters and of tokens."""
_HAN, _HIRAGANA, _KATAKANA = 5, 6, 7
"""Classes of letters that are written without blanks: where one follows another, a token ends."""

(
    SHAPE_PUNCTUATION,
    SHAPE_DIGIT,
    SHAPE_LOWER,
    SHAPE_TITLE,
    SHAPE_UPPER,
    SHAPE_INITIAL,
    SHAPE_MIXED,
    SHAPE_UNCASED,
    SHAPE_NEWLINE,
) = range(9)
"""Shapes of tokens: ``Anna`` is a title, ``ACME`` upper, ``J`` an initial, ``McCoy`` mixed."""

SEPARATOR = "\n\x1e\n"
"""Stands between the texts of a batch; no token and no window of three tokens reaches across."""

_SIZE = 0x10000
"""Code points of the first plane of Unicode."""

_BASE = np.uint64(0x9E3779B97F4A7C15 | 1)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_MASK = 0xFFFFFFFFFFFFFFFF
_STEP = 4096


@dataclass(slots=True)
class Tokens:
    """Tokens of a batch of texts, parallel arrays; `start` and `end` count code points of the joined text.

    `glued` says that no blank stands before, `code` is the first code point, `kind_of` the row in `types`.
    """

    start: I64
    end: I64
    kind: U8
    line: I64
    glued: NDArray[np.bool_]
    code: NDArray[np.uint32]
    kind_of: NDArray[np.int32]
    types: Types


@dataclass(slots=True)
class Types:
    """Distinct tokens of a batch, parallel arrays; `raw` and `folded` are 64-bit hashes."""

    start: I64
    end: I64
    raw: U64
    folded: U64
    shape: U8
    length: I64
    pieces: Pieces


@dataclass(slots=True)
class Pieces:
    """Rolling sums from which the hash of any stretch of the folded text follows."""

    sums: U64

    def hash(self, start: I64, end: I64) -> U64:
        """Hash the stretches ``[start, end)``; equal stretches have equal hashes wherever they stand."""
        return mixed((self.sums[end] - self.sums[start]) * inverse_powers(start), end - start)


def mixed(values: U64, length: I64) -> U64:
    """Spread the bits of rolling hashes."""
    spread = (values ^ (values >> np.uint64(29))) * _MIX + length.astype(np.uint64)
    return (spread ^ (spread >> np.uint64(32))) * _BASE


@cache
def _tables() -> tuple[U8, U8, NDArray[np.uint32]]:
    """Class, case (1 lower, 2 upper, 0 neither) and folded form of every code point below 0x10000."""
    key = key_of(code_of("gazetteer/tokens.py"), unicodedata.unidata_version)
    held = load("characters", key)
    if held is None or len(held) != 6 * _SIZE:
        held = b"".join(table.tobytes() for table in _made_tables())
        store("characters", key, held)
    kind, case = np.frombuffer(held, np.uint8, 2 * _SIZE).reshape(2, _SIZE)
    return kind, case, np.frombuffer(held, np.uint32, offset=2 * _SIZE)


def _made_tables() -> tuple[U8, U8, NDArray[np.uint32]]:
    """Ask Python about every one of them."""
    size = _SIZE
    kind, case = np.zeros(size, np.uint8), np.zeros(size, np.uint8)
    fold = np.arange(size, dtype=np.uint32)
    letters = [chr(code) for code in range(size)]
    kind[np.fromiter(map(str.isalpha, letters), bool, size)] = LETTER
    kind[np.fromiter(map(str.isdigit, letters), bool, size)] = DIGIT
    kind[np.fromiter(map(str.isspace, letters), bool, size)] = BLANK
    kind[[ord(c) for c in "\n\r\x0b\x0c\x85\u2028\u2029"]] = NEWLINE
    kind[0x300:0x370] = LETTER
    kind[[code for code in range(0x900, 0x1A00) if unicodedata.category(letters[code]) in ("Mn", "Mc")]] = (
        LETTER
    )
    kind[0x1E] = PUNCTUATION
    kind[[0x3005, *range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)]] = _HAN
    kind[0x3041:0x3097] = _HIRAGANA
    kind[[*range(0x30A1, 0x30FB), 0x30FC]] = _KATAKANA
    kind[[0xB2, 0xB3, 0xB9, *range(0x2070, 0x207A)]] = PUNCTUATION  # numbers of footnotes, glued to names
    case[np.fromiter(map(str.islower, letters), bool, size)] = 1
    case[np.fromiter(map(str.isupper, letters), bool, size)] = 2
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x590), *range(0x1E00, 0x2000), *range(0xFF21, 0xFF5B)):
        fold[code] = _folded(letters[code])
    return kind, case, fold


def _folded(letter: str) -> int:
    """Give the lower-case base letter."""
    special = {"ß": "s", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "a", "œ": "o", "þ": "t", "ð": "d"}
    lower = letter.lower()[0]
    return ord(special.get(lower) or unicodedata.normalize("NFKD", lower)[0])


def powers(size: int) -> U64:
    """Powers of the base modulo 2**64, from 0 to `size` - 1."""
    return np.multiply.outer(_power(_STEP, -(-size // _STEP)), _small_powers(1)).ravel()[:size]


def inverse_powers(places: I64) -> U64:
    """Powers of the inverse of the base; each the product of two of few, which take no memory."""
    large = _power(-_STEP, int(places.max(initial=0)) // _STEP + 1)
    return _small_powers(-1)[places % _STEP] * large[places // _STEP]


@cache
def _small_powers(step: int) -> U64:
    """Powers below `_STEP`."""
    return _power(step, _STEP)


def _power(step: int, count: int) -> U64:
    """Powers 0, `step`, twice `step` and so on of the base."""
    factors = np.full(count, pow(int(_BASE), step, 1 << 64), np.uint64)
    factors[:1] = 1
    return np.multiply.accumulate(factors)


def code_points(text: str) -> NDArray[np.uint32]:
    """Code points of a text, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _sums(codes: NDArray) -> U64:
    """Running sums of the polynomial of a sequence of code points."""
    values = codes.astype(np.uint64)
    values += np.uint64(7)
    values *= powers(len(codes))
    sums = np.empty(len(codes) + 1, np.uint64)
    sums[0] = 0
    np.cumsum(values, out=sums[1:])
    return sums


def hash_strings(words: list[str]) -> U64:
    """Hash whole strings as the tagger hashes folded tokens (case and accents do not count)."""
    joined = code_points("".join(words))
    ends = np.cumsum(np.fromiter(map(len, words), np.int64, len(words)))
    return Pieces(_sums(_fold(joined))).hash(ends - np.fromiter(map(len, words), np.int64, len(words)), ends)


def hash_word(word: str) -> int:
    """Hash one word as `hash_strings` does; of a few words that is faster."""
    total, power, base = 0, 1, int(_BASE)
    latin, fold = _latin()[2], _tables()[2]
    for code in map(ord, word):
        total += ((latin[code] if code < 256 else int(fold[code]) if code < _SIZE else code) + 7) * power
        power = power * base & _MASK
    total &= _MASK
    spread = ((total ^ total >> 29) * int(_MIX) + len(word)) & _MASK
    return (spread ^ spread >> 32) * base & _MASK


def _fold(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Fold case and accents; code points beyond 0xFFFF stay."""
    fold = _tables()[2]
    folded = fold[np.minimum(codes, 0xFFFF)]
    high = codes > 0xFFFF
    return np.where(high, codes, folded) if high.any() else folded


def tokenise(text: str) -> Tokens:
    """Cut a text into runs of letters, runs of digits, single other characters and line ends."""
    codes, kind, case, folded = _looked_up(text)
    change = np.empty(len(kind), bool)
    change[:1] = True
    change[1:] = (kind[1:] != kind[:-1]) | (kind[1:] == PUNCTUATION)
    edges = np.flatnonzero(change)
    ends = np.append(edges[1:], len(kind))
    token_kind = kind[edges]
    token_kind[token_kind >= _HAN] = LETTER
    real = token_kind != BLANK
    start, end, token_kind = edges[real], ends[real], token_kind[real]
    before = np.concatenate(([BLANK], kind))[start]
    glued = (before != BLANK) & (before != NEWLINE)
    line = np.cumsum(token_kind == NEWLINE)
    raw_pieces = Pieces(_sums(codes))
    raw = raw_pieces.hash(start, end)
    raw[token_kind == NEWLINE] = np.uint64(0)
    first, kind_of = _distinct(raw)
    types = _types(folded, case, start[first], end[first], token_kind[first], raw[first])
    return Tokens(start, end, token_kind, line, glued, codes[start].astype(np.uint32), kind_of, types)


def _looked_up(text: str) -> tuple[NDArray, U8, U8, NDArray]:
    """Give the code points of a text, with the class, the case and the folded form of each."""
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        return _looked_up_wide(text)
    kind, case, folded = (np.frombuffer(raw.translate(table), np.uint8) for table in _latin())
    return np.frombuffer(raw, np.uint8), kind, case, folded


def _looked_up_wide(text: str) -> tuple[NDArray, U8, U8, NDArray]:
    """Do the same where some code points are not among the first 256."""
    codes, tables = code_points(text), _tables()
    high = np.flatnonzero(codes > 0xFF)
    raw = text.encode("latin-1", "replace")
    kind, case, folded = (np.frombuffer(bytearray(raw.translate(table)), np.uint8) for table in _latin())
    few = np.minimum(codes[high], 0xFFFF)
    kind[high], case[high], folded = tables[0][few], tables[1][few], folded.astype(np.uint32)
    folded[high] = _fold(codes[high])
    return codes, kind, case, folded


@cache
def _latin() -> tuple[bytes, bytes, bytes]:
    """Class, case and folded form of the first 256 characters."""
    kind, case, fold = (table[:256].astype(np.uint8).tobytes() for table in _tables())
    return kind, case, fold


def _distinct(values: U64) -> tuple[I64, NDArray[np.int32]]:
    """Place of one token of every kind, and the number of the kind of every token; faster than sorting."""
    size = len(values)
    slot = (values >> np.uint64(46)).astype(np.int32)
    table = np.empty(1 << 18, np.int32)
    table[slot] = np.arange(size, dtype=np.int32)
    chosen = table[slot]
    clash = np.flatnonzero(values[chosen] != values)
    if len(clash):
        _, first, place = np.unique(values[clash], return_index=True, return_inverse=True)
        chosen[clash] = clash[first][place]
    kept = np.zeros(size, bool)
    kept[chosen] = True
    number = np.cumsum(kept, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(kept), number[chosen]


def _types(folded: NDArray, case: U8, start: I64, end: I64, kind: U8, raw: U64) -> Types:
    """Describe distinct tokens."""
    pieces = Pieces(_sums(folded))
    ups, lows, length = _count(case == 2, start, end), _count(case == 1, start, end), end - start
    first = case[start] == 2
    shape = np.full(len(start), SHAPE_MIXED, np.uint8)
    shape[(ups == 0) & (lows == 0)] = SHAPE_UNCASED
    shape[(ups == 0) & (lows > 0)] = SHAPE_LOWER
    shape[first & (ups == 1) & (lows == length - 1)] = SHAPE_TITLE
    shape[(ups == length) & (length > 1)] = SHAPE_UPPER
    shape[first & (length == 1)] = SHAPE_INITIAL
    shape[kind == DIGIT] = SHAPE_DIGIT
    shape[kind == PUNCTUATION] = SHAPE_PUNCTUATION
    shape[kind == NEWLINE] = SHAPE_NEWLINE
    hashes = pieces.hash(start, end)
    hashes[kind == NEWLINE] = np.uint64(0)
    return Types(start, end, raw, hashes, shape, length, pieces)


def _count(marks: NDArray[np.bool_], start: I64, end: I64) -> NDArray[np.int32]:
    """Count the marks in stretches."""
    sums = np.zeros(len(marks) + 1, np.int32)
    np.cumsum(marks, out=sums[1:])
    return np.asarray(sums[end] - sums[start], np.int32)
