"""Names in Devanagari and the scripts of India built like it, as people write them in Latin letters, in several ways.

A consonant has an "a" that is not written. At the end of a word, and between two single consonants, it is mostly not
spoken either: कुलकर्णी is Kulkarni, but प्रजापति is Prajapati. A "v" right behind another consonant is mostly written
"w": Dwivedi, Ishwar.
"""

from __future__ import annotations

from itertools import product

_FIRST, _LAST, _BLOCK = 0x0900, 0x0D7F, 0x80
"""Unicode has these scripts one behind another, each in a block with the same letters at the same places."""

_DRAVIDIAN = 0x0B80
"""From this block on (Tamil, Telugu, Kannada, Malayalam) every "a" is spoken, unless a sign takes it off."""

_VOWELS = {
    0x05: "a", 0x06: "aa", 0x07: "i", 0x08: "ii", 0x09: "u", 0x0A: "uu", 0x0B: "ri", 0x0E: "e", 0x0F: "e",
    0x10: "ai", 0x11: "o", 0x12: "o", 0x13: "o", 0x14: "au", 0x0D: "e",
}  # fmt: skip
_SIGNS = {
    0x3E: "aa", 0x3F: "i", 0x40: "ii", 0x41: "u", 0x42: "uu", 0x43: "ri", 0x45: "e", 0x46: "e", 0x47: "e",
    0x48: "ai", 0x49: "o", 0x4A: "o", 0x4B: "o", 0x4C: "au",
}  # fmt: skip
_CONSONANTS = dict(
    enumerate(
        "k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h".split(),
        0x15,
    )
)
_WITH_DOT = {0x15: "q", 0x16: "kh", 0x17: "g", 0x1C: "z", 0x21: "r", 0x22: "rh", 0x2B: "f"}
"""Consonants with a dot below."""

_DOT, _SILENT, _NASAL = 0x3C, 0x4D, (0x01, 0x02)
_OF_NOSE = "n~"
"""A nasal written as a dot above, until all of a word is known."""

_CHANGES = (
    ("ksh", "x"), ("ks", "x"), ("iyaa$", "ia$"), ("aur$", "ore$"), ("e$", "ey"), ("ii$", "y"), ("ii", "ee"),
    ("uu", "oo"), ("w", "v"), ("v", "w"), ("au", "o"), ("sh", "s"), ("aa", "aa"),
)  # fmt: skip
"""Other writings (Dixit, Saxena, Dubey), by what stands in their place as a rule; that of the long "a" is rare."""

_USUAL = {
    "वर्मा": "verma varma", "चौधरी": "chaudhary choudhary chowdhury", "पांडेय": "pandey", "पाण्डेय": "pandey",
    "श्रीवास्तव": "srivastava shrivastava", "मोहम्मद": "mohammad mohammed", "मुहम्मद": "muhammad mohammad",
    "अहमद": "ahmad ahmed", "हुसैन": "hussain husain", "बेगम": "begum", "शेख": "sheikh shaikh", "शेख़": "sheikh shaikh",
    "अग्रवाल": "agarwal aggarwal agrawal", "बनर्जी": "banerjee", "मुखर्जी": "mukherjee", "चटर्जी": "chatterjee",
    "राय": "rai roy", "बोस": "bose", "अय्यर": "iyer", "चौहान": "chauhan chouhan", "सिद्दीकी": "siddiqui",
    "कुरैशी": "qureshi", "क़ुरैशी": "qureshi", "रिज़वी": "rizvi", "नक़वी": "naqvi", "सैयद": "syed sayyed", "मौर्य": "maurya",
}  # fmt: skip
"""Names that are written otherwise than their sounds say, in the order of how frequent that is."""

_MOST = 24
_Sound = tuple[str, str]


def is_indic(word: str) -> bool:
    """Tell whether a word has a letter of one of these scripts."""
    return any(_FIRST <= ord(sign) <= _LAST for sign in word)


def ways_in_latin(word: str) -> list[str]:
    """Give the ways in which a word is written in Latin letters, the usual one first.

    Examples
    --------
    >>> ways_in_latin("गीता")[:2], ways_in_latin("कुलकर्णी")[0], ways_in_latin("रावत")[:2]
    (['gita', 'geeta'], 'kulkarni', ['ravat', 'rawat'])
    """
    usual = _USUAL.get(word, "").split()
    sounds, dravidian = _sounds(word), any(ord(sign) >= _DRAVIDIAN for sign in word if is_indic(sign))
    spoken = [_joined(sounds)]
    if not dravidian:
        told = (_without_middle(sounds), _without_middle(sounds, from_end=False), sounds)
        spoken = [*(_joined(_without_last(some)) for some in told), *spoken]
    ways: dict[tuple[int, int, str], None] = {}
    for place, sound in enumerate(dict.fromkeys(spoken)):
        for some in product(*[(False, True) if old in f"{sound}$" else (False,) for old, _ in _CHANGES]):
            written = f"{sound}$"
            for (old, new), changed in zip(_CHANGES, some, strict=True):
                written = written.replace(old, new if changed else old)
            for long in ("aa", "ii", "uu") if not some[-1] else ("ii", "uu"):
                written = written.replace(long, long[0])
            ways[place + sum(some) + some[-1], place, written.rstrip("$")] = None
    return list(dict.fromkeys([*usual, *(written for *_, written in sorted(ways))]))[:_MOST]


def _sounds(word: str) -> list[_Sound]:
    """Give consonants and the vowel after each; a consonant is missing where a vowel stands alone."""
    sounds: list[_Sound] = []
    for sign in word:
        place, last = (ord(sign) - _FIRST) % _BLOCK, sounds[-1] if sounds else ("", "")
        if not is_indic(sign):
            sounds.append((sign, ""))
        elif place in _CONSONANTS:
            joined = _CONSONANTS[place] == "v" and last[0] not in ("", _OF_NOSE) and not last[1]
            sounds.append(("w" if joined else _CONSONANTS[place], "a"))
            bare = place
        elif place in _VOWELS:
            sounds.append(("", _VOWELS[place]))
        elif place in _NASAL:
            sounds.append((_OF_NOSE, ""))
        elif place == _DOT and sounds:
            sounds[-1] = (_WITH_DOT.get(bare, last[0]), last[1])
        elif place == _SILENT and sounds:
            sounds[-1] = (last[0], "")
        elif place in _SIGNS and sounds:
            sounds[-1] = (last[0], _SIGNS[place])
    return _with_singh(sounds)


def _with_singh(sounds: list[_Sound]) -> list[_Sound]:
    """Write an h behind a nasal as people do: सिंह is Singh."""
    return [
        ("n", vowel)
        if sound == _OF_NOSE
        else ("gh", vowel)
        if sound == "h" and before == _OF_NOSE
        else (sound, vowel)
        for (sound, vowel), (before, _) in zip(sounds, [("", ""), *sounds], strict=False)
    ]


def _joined(sounds: list[_Sound]) -> str:
    """Write sounds one behind another."""
    return "".join(map("".join, sounds))


def _without_last(sounds: list[_Sound]) -> list[_Sound]:
    """Take the "a" off the last consonant."""
    return [*sounds[:-1], (sounds[-1][0], "")] if len(sounds) > 1 and sounds[-1][1] == "a" else sounds


def _without_middle(sounds: list[_Sound], *, from_end: bool = True) -> list[_Sound]:
    """Take the "a" off consonants between two vowels, from the end of the word on or from its beginning."""
    result = list(sounds)
    places = range(1, len(result) - 1)
    for place in reversed(places) if from_end else places:
        (sound, vowel), after = result[place], result[place + 1]
        last = place + 1 == len(result) - 1 and after[1] == "a"
        if vowel == "a" and sound and result[place - 1][1] and after[0] and after[1] and not last:
            result[place] = (sound, "")
    return result
