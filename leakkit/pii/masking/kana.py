"""Japanese names in kana as people write them in Latin letters (Hepburn); long vowels are short, doubled or have an h."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ROWS = (
    "ア a|カ ka|サ sa|タ ta|ナ na|ハ ha|マ ma|ヤ ya|ラ ra|ワ wa|イ i|キ ki|シ shi|チ chi|ニ ni|ヒ hi|ミ mi|リ ri|ウ u|ク ku|ス su|ツ tsu|ヌ nu|フ fu|"
    "ム mu|ユ yu|ル ru|エ e|ケ ke|セ se|テ te|ネ ne|ヘ he|メ me|レ re|オ o|コ ko|ソ so|ト to|ノ no|ホ ho|モ mo|ヨ yo|ロ ro|ヲ o|ガ ga|ザ za|ダ da|バ ba|"
    "パ pa|ギ gi|ジ ji|ヂ ji|ビ bi|ピ pi|グ gu|ズ zu|ヅ zu|ブ bu|プ pu|ゲ ge|ゼ ze|デ de|ベ be|ペ pe|ゴ go|ゾ zo|ド do|ボ bo|ポ po|ン n|ヴ vu"
)
_SIGNS = dict(entry.split() for entry in _ROWS.split("|"))
_SMALL = {"ャ": "ya", "ュ": "yu", "ョ": "yo"}
_HISSING = re.compile(r"(?<=sh|ch)iy|(?<=j)iy|(?<=[kgnhbpmr])i(?=y[auo])")
_LONG_O, _LONG_U = re.compile(r"o[ou]"), re.compile(r"uu")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc]{2,12}")


def is_kana(word: str) -> bool:
    """Tell whether a word is of kana alone."""
    return _KANA.fullmatch(word) is not None


@lru_cache(maxsize=65_536)
def ways_in_latin(word: str) -> tuple[str, ...]:
    """Give the ways in which a word of kana is written in Latin letters.

    Examples
    --------
    >>> ways_in_latin("サトウ"), ways_in_latin("しょうじ")
    (('sato', 'satou', 'satoh', 'satoo'), ('shoji', 'shouji', 'shohji', 'shooji'))
    """
    plain = _spelt(_katakana(unicodedata.normalize("NFC", word)))
    ways = [_LONG_U.sub("u", _LONG_O.sub(long, plain)) for long in ("o", "ou", "oh", "oo")]
    return tuple(dict.fromkeys([*ways, _LONG_O.sub("o", plain)]))


def _katakana(word: str) -> str:
    """Write hiragana as katakana."""
    return "".join(chr(ord(sign) + 0x60) if "\u3041" <= sign <= "\u3096" else sign for sign in word)


def _spelt(word: str) -> str:
    """Write katakana sign by sign: small ones change the sign before them, or double the next."""
    made, doubled = "", False
    for sign in word:
        if sign == "ッ":
            doubled = True
        elif sign == "ー":
            made += made[-1:]
        elif sign in _SMALL:
            made = _HISSING.sub("", made + _SMALL[sign])
        else:
            way = _SIGNS.get(sign, "")
            made += ("t" if way.startswith("ch") else way[:1]) * doubled + way
            doubled = False
    return made
