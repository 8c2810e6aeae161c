"""Which words of a buffer can begin a name: every different word is looked at once and remembered."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.lookup import Gazetteer
from leakkit.pii.gazetteer.tokens import hash_strings, tokenise
from leakkit.pii.tagger.features import describe
from leakkit.pii.tagger.small_lines import in_small_lines, line_starts, without_capitals

SLOTS = 1 << 17
"""Words remembered at most; of two that fall on one slot the later stays."""
LONGEST = 32
"""Bytes of the longest word that is remembered; a longer one is always worth a look."""
NEVER = (
    "SQL CUDA UTF TLS SSL HTTP HTTPS JSON XML YAML CSV HTML CSS GPU CPU API URL URI UUID SHA RSA AES DNS TCP UDP "
    "SSH FTP IMAP SMTP INFO DEBUG WARN WARNING ERROR FATAL TRACE NULL NONE TRUE FALSE TODO FIXME UNIQUE VALUES "
    "INSERT SELECT INTO TABLE COPY GET POST PUT HEAD DELETE DHCPACK DHCPREQUEST DHCPDISCOVER DHCPOFFER CRON CMD"
).split()
"""Words in capitals that a machine writes; with nothing but them in it a line is not looked at."""

AGENT = r"Mozilla/\d[\d.]{0,20}(?: \([ -!#-'*-~]{0,300}\)| [A-Za-z]{1,40}/[\w.+\-]{1,40})*"
"""What a browser calls itself, up to a quote or another word: no person and no place stands in it."""

_AGENT, _AGENT_IN_TEXT = re.compile(AGENT.encode()), re.compile(AGENT, re.ASCII)
_MANY = 8
"""Where one of so many words is new or can begin a name, the text is looked at more closely."""
_SHIFT = np.uint64(64 - 17)
_LINE_END = 10
U64 = NDArray[np.uint64]
_LETTER = np.zeros(256, bool)
_LETTER[[*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0x80, 0x100)]] = True
_DIGIT, _BEFORE, _AFTER, _UPPER = (np.zeros(256, bool) for _ in range(4))
_DIGIT[0x30:0x3A] = True
_BEFORE[[ord(sign) for sign in "@_$\\%"]] = True
_AFTER[[ord(sign) for sign in "@_$"]] = True
_UPPER[0x41:0x5B] = True
_LOWER = np.zeros(256, bool)
_LOWER[0x61:0x7B] = True
_INSIDE = _LETTER | _DIGIT
_INSIDE[0x80:] = False
_INSIDE[[ord(sign) for sign in "+/=_-"]] = True
_MASKS = np.array([(1 << (8 * n)) - 1 for n in range(8)] + [2**64 - 1], np.uint64)
_ODD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


class Words:
    """Remembers by their bytes which words can begin a name."""

    def __init__(self, lists: Gazetteer) -> None:
        self._lists = lists
        self._keys = np.zeros(SLOTS, np.uint64)
        self._begins = np.zeros(SLOTS, bool)
        self._small = np.zeros(SLOTS, bool)
        self._never = hash_strings([word.lower() for word in NEVER])

    def rows(self, data: NDArray[np.uint8], firsts: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which rows, given by their first bytes, have a word that can begin a name.

        Most rows of prose have a word that begins with a capital and goes on in small letters; it always can, and
        the others of such a row are not looked at. Some words can only in a line without capitals.
        """
        starts, ends = words, stops = _runs(data)
        beside, closed = _beside(data, starts, ends)
        found = np.zeros(len(firsts), bool)
        titled = np.flatnonzero(
            _UPPER[data[starts]] & _LOWER[data[np.minimum(starts + 1, len(data) - 1)]] & ~closed & ~beside
        )
        if len(titled) * _MANY > len(starts):
            titled = titled[(ends - starts)[titled] <= LONGEST]
            titled = titled[~inside(_spans(data), starts[titled])]
            found[np.searchsorted(firsts, starts[titled], "right") - 1] = True
            rest = _words_of(~found, firsts, starts)
            starts, ends, beside, closed = starts[rest], ends[rest], beside[rest], closed[rest]
        places = self._beginnings(data, starts, ends, beside, closed)
        found[np.searchsorted(firsts, places, "right") - 1] = True
        if not found.all():
            lines = line_starts(data, firsts)
            small = without_capitals(data, lines)
            small &= ~found[np.searchsorted(firsts, lines, "right") - 1]
            if small.any():
                rest = _words_of(small, lines, words)
                places = self._small_ones(data, words[rest], stops[rest])
                places = places[in_small_lines(data, lines, small, words, places)]
                found[np.searchsorted(firsts, places, "right") - 1] = True
        return found

    def _small_ones(
        self, data: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Give where those of some words begin that can be names in a line without capitals."""
        lengths = ends - starts
        short, keys, slots = _slots(data, starts, lengths)
        new = np.flatnonzero(short & (self._keys[slots] != keys))
        small = self._small[slots] | ~short
        small[new] = self._looked_up(data, starts[new], lengths[new], keys[new])[1]
        return starts[small]

    def _beginnings(
        self,
        data: NDArray[np.uint8],
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        beside: NDArray[np.bool_],
        closed: NDArray[np.bool_],
    ) -> NDArray[np.int64]:
        """Give at which of some words a name can begin; at some of them will be none.

        Left out is what `candidates` leaves out for the signs right beside it, and single words in capitals
        that machines write.
        """
        short, keys, slots = _slots(data, starts, ends - starts)
        known = short & (self._keys[slots] == keys)
        found = np.flatnonzero(~closed & ~(known & ~self._begins[slots]))
        found = found[~inside(_spans(data), starts[found])]
        if len(found) * _MANY > len(starts):
            found = found[~_random(data, starts, beside)[found]]
        new = found[short[found] & ~known[found]]
        begins = self._begins[slots] | ~short
        begins[new] = self._looked_up(data, starts[new], (ends - starts)[new], keys[new])[0]
        return starts[found[begins[found]]]

    def _looked_up(
        self, data: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64], keys: U64
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Tell of new words which can begin a name, and which in a line without capitals, and remember it."""
        if not len(keys):
            return np.zeros(0, bool), np.zeros(0, bool)
        different, first, place = np.unique(keys, return_index=True, return_inverse=True)
        told, small = self._told(data, starts[first], lengths[first])
        slots = (different >> _SHIFT).astype(np.int64)
        self._keys[slots], self._begins[slots], self._small[slots] = different, told, small
        return told[place], small[place]

    def _told(
        self, data: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Look at words: take each apart into tokens, for signs that are not ASCII may stand in it."""
        raw = data.tobytes()
        words = [raw[s : s + n] for s, n in zip(starts.tolist(), lengths.tolist(), strict=True)]
        tokens = tokenise(b" \n".join([b"", *words]).decode("utf-8", "replace"))
        seen = describe(tokens, self._lists)
        begins = seen.begins & ~(np.isin(seen.types.folded, self._never) & (seen.types.shape == 4))
        told, small = np.zeros(len(words), bool), np.zeros(len(words), bool)
        line = np.cumsum(tokens.code == _LINE_END)  # other line ends may stand inside a word
        told[line[begins[tokens.kind_of]] - 1] = True
        small[line[seen.small[tokens.kind_of]] - 1] = True
        return told, small


def agents(text: str) -> list[tuple[int, int]]:
    """Give the characters where browsers say what they are."""
    return [found.span() for found in _AGENT_IN_TEXT.finditer(text)] if "Mozilla/" in text else []


def _spans(data: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """Give the bytes where browsers say what they are."""
    raw = data.tobytes()
    return [found.span() for found in _AGENT.finditer(raw)] if b"Mozilla/" in raw else []


def inside(spans: list[tuple[int, int]], places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which places stand in one of some spans, which are in order and apart."""
    if not spans:
        return np.zeros(len(places), bool)
    table = np.array(spans, np.int64)
    at = np.searchsorted(table[:, 0], places, "right") - 1
    return (at >= 0) & (places < table[np.maximum(at, 0), 1])


def _words_of(
    wanted: NDArray[np.bool_], firsts: NDArray[np.int64], starts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Give which words stand in some rows; all of them begin in one."""
    bounds = np.searchsorted(starts, firsts)
    return np.flatnonzero(np.repeat(wanted, np.diff(bounds, append=len(starts))))


def _runs(data: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give where runs of letters begin and end; every byte above ASCII counts as one."""
    edges = _edges(_LETTER, data)
    return edges[::2], edges[1::2]


def _edges(table: NDArray[np.bool_], data: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Give in turn where runs of some bytes begin and end."""
    marks = np.zeros(len(data) + 2, np.uint8)
    marks[1:-1] = np.frombuffer(data.tobytes().translate(table.tobytes()), np.uint8)
    return np.flatnonzero(marks[1:] != marks[:-1])


def _beside(
    data: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which words stand beside a digit, and which are part of an identifier or handle by the signs beside."""
    padded = np.zeros(len(data) + 4, np.uint8)
    padded[2:-2] = data
    before, first, after = padded[starts + 1], data[starts], padded[ends + 2]
    closed = _BEFORE[before] | _AFTER[after]
    digits = _DIGIT[before].view(np.uint8) + _DIGIT[after]
    closed |= (digits == 2) | ((digits > 0) & (ends - starts == 1))
    odd = np.flatnonzero((before == ord("/")) | (after == ord(".")) | (after == ord("(")))
    closed[odd] |= (before[odd] == ord("/")) & _DIGIT[padded[starts[odd]]]
    closed[odd] |= (after[odd] == ord(".")) & _DIGIT[padded[ends[odd] + 3]]
    closed[odd] |= (after[odd] == ord("(")) & _UPPER[first[odd]]
    return digits > 0, closed & (first < 0x80)


def _random(
    data: NDArray[np.uint8], starts: NDArray[np.int64], beside: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell which words stand in hashes, base64 and the like: beside digits, in a long or a much mixed run."""
    edges = _edges(_INSIDE, data)
    begins, sizes = edges[::2], edges[1::2] - edges[::2]
    if not len(begins):
        return np.zeros(len(starts), bool)
    place = np.searchsorted(begins, starts, "right") - 1
    inside = (place >= 0) & (data[starts] < 0x80)
    place[~inside] = 0
    times = np.bincount(place, beside & inside, len(begins))
    return inside & ((beside & (sizes[place] > 8)) | (times[place] >= 3))


def _slots(
    data: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], U64, NDArray[np.int64]]:
    """Tell which words are short enough to be remembered, with the hash and the slot of each."""
    short = lengths <= LONGEST
    keys = np.zeros(len(starts), np.uint64)
    keys[short] = _keys(data, starts[short], lengths[short])
    return short, keys, (keys >> _SHIFT).astype(np.int64)


def _keys(data: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> U64:
    """Hash words of at most `LONGEST` bytes."""
    padded = np.zeros(len(data) + LONGEST, np.uint8)
    padded[: len(data)] = data
    eights = np.ndarray((len(padded) - 7,), "<u8", padded.data, strides=(1,))
    keys = lengths.astype(np.uint64) * _ODD[0]
    for place in range(0, LONGEST, 8):
        rows = np.flatnonzero(lengths > place) if place else slice(None)
        part = eights[starts[rows] + place] & _MASKS[np.minimum(lengths[rows] - place, 8)]
        mixed = (keys[rows] ^ part) * _ODD[1]
        keys[rows] = (mixed ^ (mixed >> np.uint64(29))) * _ODD[2]
    return keys ^ (keys >> np.uint64(32))
