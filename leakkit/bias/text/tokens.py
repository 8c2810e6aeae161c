"""Texts as numbers of words: which words stand in each document, and in what order.

A word is a run of letters, marks and digits of any script (Unicode categories L, M, N), with apostrophes
inside it ("don't"; ’ counts as '), in lower case as `str.lower` gives it. Invisible characters
(soft hyphen, zero-width joiner) inside a word are left out. Everything else parts words, so "well-known"
is two. A letter with its marks is one letter, however it is encoded (Unicode's form NFC). Scripts written
without spaces (Chinese, Thai) give whole phrases: their counts mean little. What is longer than 100 characters
(a key, an encoded file) is a word, but not told apart from others like it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.bias.text.visible import APOSTROPHES, INVISIBLE
from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pyarrow as pa

OTHER = 0
"""Number of the words that a full vocabulary did not take; its word is the empty text."""

MOST_WORDS = 1_000_000
LONGEST = 100
"""Characters of the longest word that is told apart; it bounds the memory of a full vocabulary."""


class Tokens(NamedTuple):
    """The words of some documents: those of document i are ``words[offsets[i]:offsets[i + 1]]``."""

    offsets: np.ndarray
    words: np.ndarray

    def documents(self) -> np.ndarray:
        """Give the document of each word (int64), counted from 0 in this batch."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))


class Vocabulary:
    """Words and their numbers; grows as texts are read. Number 0 (`OTHER`) is no word.

    Parameters
    ----------
    words : iterable of str
        Words to begin with, in lower case, numbered from 1.
    most_words : int
        When so many are known, new ones all get number 0: memory stays bounded, about 300 MB at a
        million. With ``most_words=0`` only `words` are known.

    Examples
    --------
    >>> import pyarrow as pa
    >>> vocabulary = Vocabulary()
    >>> found = tokenise(pa.array(["The nurse's day", None, "the END"]).fill_null(""), vocabulary)
    >>> found.offsets.tolist(), [vocabulary.words[i] for i in found.words]
    ([0, 3, 3, 5], ['the', "nurse's", 'day', 'the', 'end'])
    """

    def __init__(self, words: Iterable[str] = (), *, most_words: int = MOST_WORDS) -> None:
        self.words: list[str] = [""]
        self.ids: dict[str, int] = {}
        self._most = self._longest = 2**62
        for word in words:
            self.number(word)
        self._most, self._longest = most_words, LONGEST
        self._pieces: dict[bool, tuple[pa.Array, np.ndarray]] = {}  # by long or short: pieces and their codes
        self._several: list[tuple[int, ...]] = []
        self._kept = 0

    def __len__(self) -> int:
        """Give how many numbers there are, 0 included."""
        return len(self.words)

    def number(self, word: str) -> int:
        """Give the number of a word; a new word gets the next one while there is room."""
        found = self.ids.get(word)
        if found is not None:
            return found
        if len(self.ids) >= self._most or len(word) > self._longest:
            return OTHER
        self.ids[word] = len(self.words)
        self.words.append(word)
        return len(self.words) - 1

    def codes(self, pieces: pa.Array, long: bool) -> np.ndarray:
        """Give what stands for each piece of text: a word's number, or -1 - place among the several.

        `pieces` are distinct: numbers made of up to eight bytes, or bytes when they are `long`.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        nothing = (pa.array([] if long else [0], pieces.type), np.array([] if long else [OTHER], np.int64))
        known, table = self._pieces.get(long, nothing)
        places = pc.index_in(pieces, value_set=known).fill_null(-1).to_numpy()
        codes = np.append(table, OTHER)[places]
        new = np.flatnonzero(places < 0)
        if len(new):
            fresh = pieces.take(pa.array(new))
            codes[new] = self._take_in(fresh, long)
            if len(known) < 2 * self._most + 1000:  # else they are parsed anew in each batch
                self._pieces[long] = pa.concat_arrays([known, fresh]), np.append(table, codes[new])
                self._kept = len(self._several)
        return codes

    def expanded(self, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Give the numbers of words and how many words each piece is, where some are none or several."""
        counts = np.ones(len(codes), np.int64)
        special = np.flatnonzero(codes < 0)
        pieces = [self._several[-1 - code] for code in codes[special]]
        counts[special] = [len(piece) for piece in pieces]
        words = np.repeat(codes, counts)
        starts = (np.cumsum(counts) - counts)[special]
        places = np.repeat(starts - np.cumsum(counts[special]) + counts[special], counts[special])
        flat = [word for piece in pieces for word in piece]
        words[places + np.arange(len(flat))] = flat
        return words, counts

    def begin_batch(self) -> None:
        """Forget what the batch before needed and the full vocabulary did not keep."""
        del self._several[self._kept :]

    def _take_in(self, pieces: pa.Array, long: bool) -> list[int]:
        """Give the codes of pieces of text not seen before; plain words are taken in all at once."""
        raw = pieces.to_pylist() if long else pieces.to_numpy().view("S8").tolist()
        texts = b" ".join(raw).decode("utf-8", "replace").split(" ")
        other = {t for t in texts if not t.isascii() or t[0] == "'" or t[-1] == "'"}
        ids = self.ids
        new = [t for t in texts if t not in ids and t not in other and len(t) <= LONGEST]
        new = new[: max(self._most - len(ids), 0)]
        ids.update(zip(new, range(len(self.words), len(self.words) + len(new)), strict=True))
        self.words += new
        codes = {text: self.parsed(text) for text in texts if text in other}
        return [codes[t] if t in other else ids.get(t, OTHER) for t in texts]

    def parsed(self, text: str) -> int:
        """Give the code of a piece of text that may be no word or several."""
        found = tuple(map(self.number, split_words(text)))
        if len(found) == 1:
            return found[0]
        self._several.append(found)
        return -len(self._several)


def most_frequent(numbers: np.ndarray, counts: np.ndarray, words: list[str], most: int | None) -> np.ndarray:
    """Give the numbers of the `most` words with the highest counts, rising; ties by the alphabet.

    Numbers of words rest on how texts came in batches; which words are chosen must not.
    """
    if most is None or len(numbers) <= most:
        return numbers
    least = np.partition(counts, len(counts) - most)[len(counts) - most]
    sure = numbers[counts > least]
    tied = sorted(numbers[counts == least].tolist(), key=words.__getitem__)
    return np.sort(np.append(sure, np.array(tied[: most - len(sure)], np.int64)))


def words_of(texts: Iterable[str]) -> set[str]:
    """Give the words of a list of words that a caller wants left out."""
    if isinstance(texts, str):
        raise BadParameterError("Expected a list of words to leave out", "found one text", "put it in a list")
    return {word for text in texts for word in split_words(text)}


def split_words(text: str) -> list[str]:
    """Give the words of one text, in order, as the definition above says.

    Examples
    --------
    >>> split_words("‘Well-known’ rock’n’roll, Straße 9")
    ['well', 'known', "rock'n'roll", 'straße', '9']
    """
    seen = text.lower()
    if not seen.isascii():
        seen = unicodedata.normalize("NFC", "".join(c for c in seen if c not in INVISIBLE))
    kept = ("'" if c in APOSTROPHES else c if in_word(c) else " " for c in seen)
    return [word for piece in "".join(kept).split() if (word := piece.strip("'"))]


def in_word(character: str) -> bool:
    """Tell whether a character is a letter, mark or digit."""
    return character.isalnum() or unicodedata.category(character)[0] in "LMN"


def tokenise(texts: pa.Array, vocabulary: Vocabulary) -> Tokens:
    """Give the words of documents as numbers of `vocabulary`, which takes in new ones.

    Parameters
    ----------
    texts : pyarrow.Array of strings
        Documents, none missing, as `text_batches` gives them.
    vocabulary : Vocabulary
        Grows; the same for all batches of a corpus.

    Returns
    -------
    Tokens
        ``offsets`` (int64, one more than documents) and ``words`` (int64). About 100 MB of text a CPU
        second.
    """
    return tokenise_pieces(texts, vocabulary)[0]


class Pieces(NamedTuple):
    """Where words stand in the bytes of documents that follow each other, one space before and between them.

    A piece of text is what ASCII separators part: mostly one word, the number of which is in `first_words`
    (one more than pieces); `starts` and `stops` count bytes of `data`.
    """

    data: bytes
    starts: np.ndarray
    stops: np.ndarray
    first_words: np.ndarray


def tokenise_pieces(texts: pa.Array, vocabulary: Vocabulary) -> tuple[Tokens, Pieces]:
    """Give what `tokenise` does, and where each word stands in the bytes of the documents."""
    if not len(texts):
        none = np.zeros(0, np.int64)
        return Tokens(np.zeros(1, np.int64), none), Pieces(b"", none, none, np.zeros(1, np.int64))
    vocabulary.begin_batch()
    data, ends = _lowered(texts)
    letters = np.frombuffer(data, np.uint8) != 32
    edges = np.flatnonzero(letters[1:] != letters[:-1]) + 1
    starts, stops = edges[::2], edges[1::2]
    codes = _codes(data, starts, stops - starts, vocabulary)
    offsets = np.append(0, np.searchsorted(starts, ends))
    first_words = np.arange(len(codes) + 1)
    if len(codes) and codes.min() < 0:
        codes, counts = vocabulary.expanded(codes)
        np.cumsum(counts, out=first_words[1:])
        offsets = first_words[offsets]
    return Tokens(offsets, codes), Pieces(data, starts, stops, first_words)


def _lowered(texts: pa.Array) -> tuple[bytes, np.ndarray]:
    """Give the bytes of all texts with A-Z in lower case and every ASCII separator as a space.

    Also where each text ends. One space stands before the first text, and one after each.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    large = pa.large_string()
    spaced = pc.binary_join_element_wise(texts.cast(large), pa.scalar(" ", large), pa.scalar("", large))
    ends = np.frombuffer(spaced.buffers()[1], np.int64)[spaced.offset :][: len(texts) + 1]
    raw = memoryview(spaced.buffers()[2] or b"")[int(ends[0]) : int(ends[-1])]
    return b" " + bytes(raw).translate(_TABLE) + b" " * 9, ends[1:] - ends[0] + 1


def _codes(data: bytes, starts: np.ndarray, lengths: np.ndarray, vocabulary: Vocabulary) -> np.ndarray:
    """Give the code of each piece: up to eight bytes are looked up as one number, longer ones as bytes."""
    import pyarrow as pa

    windows = np.ndarray((len(data) - 7,), "<u8", data, 0, (1,))
    keys = windows[starts] & _MASKS[np.minimum(lengths, 8)]
    long = np.flatnonzero((lengths > 8) & (lengths <= _HUGE))
    keys[lengths > 8] = 0
    encoded = pa.array(keys).dictionary_encode()
    table = vocabulary.codes(encoded.dictionary, False)  # 0 stands for the long ones, filled below
    codes = table[encoded.indices.to_numpy()]
    if len(long):
        pieces = _pieces(data, starts[long], lengths[long]).dictionary_encode()
        codes[long] = vocabulary.codes(pieces.dictionary, True)[pieces.indices.to_numpy()]
    for place in np.flatnonzero(lengths > _HUGE).tolist():
        piece = data[int(starts[place]) : int(starts[place] + lengths[place])]
        codes[place] = OTHER if piece.isascii() else vocabulary.parsed(piece.decode("utf-8", "replace"))
    return codes


def _pieces(data: bytes, starts: np.ndarray, lengths: np.ndarray) -> pa.Array:
    """Cut pieces out of `data` into an Arrow array of bytes."""
    import pyarrow as pa

    offsets = np.zeros(len(starts) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    places = np.repeat(starts - offsets[:-1], lengths) + np.arange(offsets[-1])
    cut = np.frombuffer(data, np.uint8)[places]
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(cut)]
    return pa.Array.from_buffers(pa.large_binary(), len(starts), buffers)


def _byte(code: int) -> int:
    """Give what a byte becomes before words are told apart."""
    if code >= 0x80 or chr(code).isalnum() or code == 0x27:
        return ord(chr(code).lower()) if code < 0x80 else code
    return 0x20


_TABLE = bytes(map(_byte, range(256)))
_HUGE = 10 * LONGEST
"""Bytes of a piece of text beyond which it is neither looked up nor kept."""
_MASKS = np.array([(1 << 8 * k) - 1 for k in range(9)], np.uint64)
