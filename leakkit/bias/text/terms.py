"""Where the terms of a lexicon stand in texts: whole words and phrases, all of them in one pass.

This is what "a document mentions a group" means in every function of this room. A term is found

- where no letter, mark or digit of any script and no underscore touches it, so also in "woman's";
- whatever its case, but one whose form says "capitalised" only with capitals;
- with words of a phrase parted by blanks (a line break too) or one hyphen, and words with a hyphen likewise:
  "same-sex" is "same sex"; other punctuation parts a phrase ("black. People");
- with any apostrophe and any hyphen for the same; characters that nobody sees are left out of the text;
- but not inside a longer term ("american" in "african american"), whichever group that is of.

Composed and decomposed letters (é as one character or two) are alike (Unicode's form NFC). Hyperscan looks for
all terms at once; where it has no wheel, or a phrase is too long for it, RE2 does the same, slower.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from leakkit.bias.text.visible import APOSTROPHES, INVISIBLE, as_seen

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

SEPARATOR = "\x1e"
_HYPHEN = rb"-|\xe2\x80[\x90\x91]"
_GAP = rb"(?:" + _HYPHEN + rb"|(?:[ \t\r\n]|\xc2\xa0|\xe2\x80[\x80-\x8a\xaf]|\xe3\x80\x80){1,8})"
_ALIKE = {
    "'": rb"(?:" + b"|".join(sign.encode() for sign in APOSTROPHES) + rb")",
    "-": rb"(?:" + _HYPHEN + rb")",
    " ": _GAP,
}
_INNER_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_SMALL_WORDS = {"of", "and", "the", "d'ivoire"}
_WORD_BYTE = np.zeros(256, bool)
_WORD_BYTE[[*range(48, 58), *range(65, 91), *range(97, 123), 39, *range(128, 256)]] = True
_END_BITS = 40
MOST_HYPERSCAN = 3_000
"""Terms that Hyperscan compiles in about three seconds; more go to RE2, which needs none and is slower after."""
_WIDEST = 4


class Hits(NamedTuple):
    """Terms found in some documents: document and term by number, first byte and byte after the last.

    Bytes are counted in `data`, the documents of the batch one after the other, each with a separator;
    `offsets` says where each begins, and the last where the data end. Hits are sorted by place.
    """

    documents: np.ndarray
    terms: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    data: bytes
    offsets: np.ndarray

    def words(self) -> tuple[np.ndarray, int]:
        """Give how many words begin before each hit (about: other signs beyond ASCII count as letters)."""
        begins = _WORD_BYTE[np.frombuffer(self.data, np.uint8)]
        begins[1:] &= ~begins[:-1]
        count = np.zeros(len(begins) + 1, np.int32)
        np.cumsum(begins, dtype=np.int32, out=count[1:])
        return count[self.starts].astype(np.int64), int(count[-1])


class Terms:
    """The terms of a lexicon, ready to be looked for.

    Parameters
    ----------
    lexicon : pandas.DataFrame
        A LEXICON frame.
    engine : {'hyperscan', 're2'}, optional
        Left out, Hyperscan where it is installed and the terms are not too many.
    """

    def __init__(self, lexicon: pd.DataFrame, engine: str | None = None) -> None:
        capitals = lexicon["form"].fillna("").str.contains("capitalised", regex=False)
        keys = list(zip(map(plain_term, lexicon["term"]), capitals.tolist(), strict=True))
        self.known = sorted(set(keys))
        number = {key: place for place, key in enumerate(self.known)}
        pairs = list(zip(lexicon["axis"].tolist(), lexicon["group"].tolist(), strict=True))
        self.groups: list[tuple[str, str]] = sorted(set(pairs))
        place = {pair: index for index, pair in enumerate(self.groups)}
        links = sorted({(number[key], place[pair]) for key, pair in zip(keys, pairs, strict=True)})
        self._links = np.array(links, np.int64).reshape(-1, 2)
        self._first = np.searchsorted(self._links[:, 0], np.arange(len(self.known) + 1))
        self.lengths = np.array([_fixed_length(term) for term, _ in self.known], np.int64)
        fast = len(self.known) <= MOST_HYPERSCAN and find_spec("hyperscan") is not None
        fast = fast if engine is None else engine == "hyperscan"
        self._scan = _hyperscan(tuple(self.known)) if fast else _re2(tuple(self.known))

    def find(self, texts: pa.LargeStringArray) -> Hits:
        """Give all terms in a batch of documents, by place."""
        data, offsets = joined(as_seen(texts))
        if not self.known or not data:
            none = np.zeros(0, np.int64)
            return Hits(none, none, none, none, data, offsets)
        terms, starts, ends = self._scan(data)
        sized = self.lengths[terms] > 0
        starts = np.where(sized, ends - self.lengths[terms], starts)
        order = np.lexsort((terms, -ends, starts))
        terms, starts, ends = terms[order], starts[order], ends[order]
        kept = _alone(data, starts, ends)
        terms, starts, ends = terms[kept], starts[kept], ends[kept]
        kept = _outermost(starts, ends)
        terms, starts, ends = terms[kept], starts[kept], ends[kept]
        documents = np.searchsorted(offsets, starts, side="right") - 1
        return Hits(documents, terms, starts, ends, data, offsets)

    def of_groups(self, hits: Hits) -> tuple[np.ndarray, np.ndarray]:
        """Give number of the hit and number of the group; a term of two groups gives two pairs."""
        counts = (self._first[1:] - self._first[:-1])[hits.terms]
        shift = np.repeat(self._first[hits.terms] - (np.cumsum(counts) - counts), counts)
        links = np.arange(int(counts.sum())) + shift
        return np.repeat(np.arange(len(hits.terms)), counts), self._links[links, 1]


def plain_term(term: str) -> str:
    """Give a term as it is looked for: blanks for hyphens between words, plain apostrophes, all of it seen."""
    seen = "".join("'" if c in APOSTROPHES else c for c in term if c not in INVISIBLE)
    seen = " ".join(seen.replace("\u2010", "-").replace("\u2011", "-").split())
    return _INNER_HYPHEN.sub(" ", unicodedata.normalize("NFC", seen))


def joined(texts: pa.LargeStringArray) -> tuple[bytes, np.ndarray]:
    """Give documents as one run of bytes, each with a separator behind it; where each begins, and the end."""
    import pyarrow as pa
    import pyarrow.compute as pc

    nothing, separator = (pa.scalar(text, pa.large_string()) for text in ("", SEPARATOR))
    parted = pc.binary_join_element_wise(texts, nothing, separator)
    offsets = np.frombuffer(parted.buffers()[1], np.int64)[parted.offset : parted.offset + len(parted) + 1]
    data = parted.buffers()[2]
    whole = b"" if data is None else memoryview(data)[int(offsets[0]) : int(offsets[-1])].tobytes()
    return whole, offsets - offsets[0]


def _fixed_length(term: str) -> int:
    """Give the bytes of every match of a term where all have as many, else 0."""
    return 0 if not term.isascii() or set(term) & set(_ALIKE) else len(term)


def _pattern(term: str, capitals: bool) -> bytes:
    """Give the regular expression of a term, in bytes."""
    parts = [_capitalised(term), term.upper()] if capitals else [term]
    made = b"|".join(b"".join(_letter(sign, capitals) for sign in part) for part in parts)
    before, after = (rb"\b" if _is_plain(sign) else b"" for sign in (term[0], term[-1]))
    return before + b"(?:" + made + b")" + after


def _letter(sign: str, exact: bool) -> bytes:
    """Give the expression of one character; cases of letters beyond ASCII are spelled out."""
    if sign in _ALIKE:
        return _ALIKE[sign]
    if sign.isascii() or exact or sign.upper() == sign.lower():
        return re.escape(sign).encode()
    return b"(?:" + sign.lower().encode() + b"|" + sign.upper().encode() + b")"


def _capitalised(term: str) -> str:
    """Write a name with capitals, but not its small words."""
    return " ".join(word if word in _SMALL_WORDS else word[:1].upper() + word[1:] for word in term.split(" "))


def _is_plain(sign: str) -> bool:
    """Tell whether a character is what a border in bytes is drawn for."""
    return sign.isascii() and (sign.isalnum() or sign == "_")


@lru_cache(maxsize=16)
def _hyperscan(known: tuple[tuple[str, bool], ...]) -> Any:
    """Give the search by Hyperscan, or RE2 where a term is too long for it.

    The start of a match is asked for only where its length varies.
    """
    import hyperscan

    if not known:
        return None
    caseless, start = hyperscan.HS_FLAG_CASELESS, hyperscan.HS_FLAG_SOM_LEFTMOST
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = [
        (0 if capitals else caseless) | (0 if _fixed_length(term) else start) for term, capitals in known
    ]
    expressions, ids = [_pattern(*key) for key in known], list(range(len(known)))
    try:
        database.compile(expressions=expressions, ids=ids, flags=flags, elements=len(known))
    except hyperscan.error:
        return _re2(known)

    def scan(data: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give term, first byte and byte after the last of all matches."""
        found: list[int] = []
        begun: list[int] = []
        add, begin = found.append, begun.append

        def note(identifier: int, first: int, end: int, flags: int, context: object) -> None:
            """Take one match; called for each, so it does next to nothing."""
            add(identifier << _END_BITS | end)
            begin(first)

        database.scan(data, match_event_handler=note)
        taken = np.array(found, np.int64)
        return taken >> _END_BITS, np.array(begun, np.int64), taken & (1 << _END_BITS) - 1

    return scan


@lru_cache(maxsize=16)
def _re2(known: tuple[tuple[str, bool], ...]) -> Any:
    """Give the search by RE2: the longest term at each place, in either case."""
    import re2

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.longest_match, options.max_mem = True, 512 * 2**20
    searches = []
    for capitals in (False, True):
        held = {place: key for place, key in enumerate(known) if key[1] is capitals}
        options.case_sensitive = capitals
        if held:
            alternatives = b"|".join(_pattern(*key) for key in held.values())
            ids = {_folded(key[0]): place for place, key in held.items()}
            ids |= {key[0]: place for place, key in held.items()}
            searches.append((re2.compile(alternatives, options=options), ids))

    def scan(data: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give term, first byte and byte after the last of the longest match at each place."""
        found: list[tuple[int, int, int]] = []
        for pattern, ids in searches:
            match = pattern.search(data, 0)
            while match is not None:
                start, shorter = match.start(), match
                while shorter is not None and _touched(
                    data, *shorter.span()
                ):  # then a shorter term may be alone
                    shorter = pattern.match(data, start, shorter.end() - 1)
                match = shorter or match
                text = plain_term(match.group(0).decode().lower())
                place = ids[text] if text in ids else ids[_folded(text)]
                found.append((place, match.start(), match.end()))
                match = pattern.search(data, start + 1)
        table = np.array(found, np.int64).reshape(-1, 3)
        return table[:, 0], table[:, 1], table[:, 2]

    return scan


def _folded(text: str) -> str:
    """Give a text as its capitals read in lower case (ß as ss)."""
    return text.upper().lower()


def _alone(data: bytes, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Tell which matches no letter, mark or digit of any script touches (ASCII ones: known)."""
    array = np.frombuffer(data, np.uint8)
    after = array[np.minimum(ends, len(array) - 1)] >= 128
    before = (array[np.maximum(starts - 1, 0)] >= 128) & (starts > 0)
    edge = (array[starts] >= 128) | (array[ends - 1] >= 128)
    kept = np.ones(len(starts), bool)
    for place in np.flatnonzero(after | before | edge).tolist():
        kept[place] = not _touched(data, int(starts[place]), int(ends[place]))
    return kept


def _touched(data: bytes, start: int, end: int) -> bool:
    """Tell whether a match is part of a longer word."""
    left = data[max(start - _WIDEST, 0) : start].decode("utf-8", "ignore")[-1:]
    right = data[end : end + _WIDEST].decode("utf-8", "ignore")[:1]
    return _joins(left) or _joins(right)


def _joins(sign: str) -> bool:
    """Tell whether a neighbour makes a match part of a longer word."""
    if sign in APOSTROPHES:  # one of them counts as a letter in Unicode; so does no sign at all
        return False
    return sign == "_" or unicodedata.category(sign)[0] in "LMN"


def _outermost(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Tell which matches lie in no longer one; sorted by start, longest first."""
    if not len(starts):
        return np.zeros(0, bool)
    reach = np.maximum.accumulate(ends)
    first = np.searchsorted(starts, starts, side="left")  # first match with the same start, the longest
    earlier = np.where(first > 0, reach[np.maximum(first - 1, 0)], -1)
    return (earlier < ends) & (ends == ends[first])
