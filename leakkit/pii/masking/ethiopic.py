"""Names in Ethiopic letters (Amharic, Tigrinya) as people write them in Latin ones: by a list, others by rules."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import islice, product

_USUAL = (
    "ገብረሥላሴ gebreselassie gebreselasie gebrselassie|ገብረስላሴ gebreselassie gebreselasie gebrselassie|ኃይለሥላሴ haileselassie "
    "haileselasie|ንጉሤ nigussie nigusse negussie nigusie|ንጉሴ nigussie nigusse|ታደሰ tadesse tadese|ተፈራ teferra tefera|መኮንን "
    "mekonnen mekonen|ደምሴ demissie demisse demsie|ዘውዴ zewde zewdie zewdu|ወልደማርያም woldemariam weldemariam|ገብረማርያም "
    "gebremariam|ወልደ wolde welde|ኃይሉ hailu haylu|ሃይሉ hailu haylu|ኃይለ haile|ትዕግስት tigist tigest|ወርቁ worku werku|ወርቅነህ workneh werkneh|ወንድሙ wondimu wendimu|ሰለሞን solomon selomon|ዮሐንስ "
    "yohannes johannes yohanes|ገብርኤል gebriel gabriel|ሚካኤል mikael michael|ሐና hanna hana|ሃና hana hanna|አሰፋ assefa asefa|"
    "ህይወት hiwot hiywot|ቤተልሔም betelhem bethlehem|ቤተልሄም betelhem bethlehem|አዲሱ addisu adisu|ጌታቸው getachew|አስቴር aster "
    "ester|ታምራት tamrat|አየለ ayele|ተሾመ teshome|አብርሃም abraham abreham|ይስሐቅ yisehak isaac|ማርያም mariam maryam|ዳግማዊ dagmawi|"
    "ኤልያስ elias|እስጢፋኖስ estifanos stephanos|ጴጥሮስ petros|ጳውሎስ paulos pawlos|ፀሐይ tsehay|ጸሐይ tsehay|ኪዳኔ kidane kidanie|"
    "አፈወርቂ afewerki afeworki|ተወልደ tewolde tewelde|ሓጎስ hagos|በርሀ berhe|ግደይ gidey giday"
)
_VOWELS = {
    "A": ("e", "a"),
    "U": ("u",),
    "I": ("i",),
    "AA": ("a",),
    "EE": ("e", "ie"),
    "E": ("", "i", "e"),
    "O": ("o",),
}
"""The seven orders of a letter; the sixth is mostly silent."""

_OF_VOWELS = {"A": ("a",), "U": ("u",), "I": ("i",), "AA": ("a",), "EE": ("e",), "E": ("e", "i"), "O": ("o",)}
_CONSONANTS = {
    "HH": "h", "SZ": "s", "X": "h", "C": "ch", "TH": "t", "PH": "p", "TZ": "ts", "KX": "kh", "Q": "k", "NY": "gn",
    "GLOTTAL ": "", "PHARYNGEAL ": "",
}  # fmt: skip
_SYLLABLE = re.compile(r"ETHIOPIC SYLLABLE (.+?)(W?)(AA|EE|A|U|I|E|O)")
_ETHIOPIC = re.compile(r"[\u1200-\u135a]{2,16}")
_MOST = 16


def is_ethiopic(word: str) -> bool:
    """Tell whether a word is of Ethiopic letters alone."""
    return _ETHIOPIC.fullmatch(word) is not None


@lru_cache(maxsize=65_536)
def ways_in_latin(word: str) -> tuple[str, ...]:
    """Give the ways in which a word of Ethiopic letters is written in Latin ones, the likely ones first.

    Examples
    --------
    >>> ways_in_latin("አበበ")[:2], ways_in_latin("ታደሰ")
    (('abebe', 'abeba'), ('tadesse', 'tadese'))
    """
    if (usual := _usual().get(word)) is not None:
        return usual
    letters = [_ways_of(sign, place, word[place + 1 :]) for place, sign in enumerate(word)]
    return tuple(dict.fromkeys("".join(ways) for ways in islice(product(*letters), _MOST)))


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    """Give the ways of the usual names."""
    entries = (entry.split() for entry in _USUAL.split("|"))
    return {name: tuple(ways) for name, *ways in entries}


def _ways_of(sign: str, place: int, rest: str) -> tuple[str, ...]:
    """Give the ways of one letter; the sixth order has a vowel where two consonants would begin a word."""
    found = _SYLLABLE.fullmatch(unicodedata.name(sign, ""))
    if found is None:
        return ("",)
    consonant, round_, vowel = found[1], found[2].lower(), found[3]
    begins = _CONSONANTS.get(consonant, consonant.lower())
    if not begins:
        return _OF_VOWELS[vowel]
    vowels = _VOWELS[vowel]
    if vowel == "E" and rest:
        vowels = ("i", "e", "") if not place else ("", "i")
    elif vowel == "E":
        vowels = ("",)
    elif vowel == "EE" and rest or vowel == "A" and rest:
        vowels = ("e",)
    return tuple(begins + round_ + one for one in vowels)
