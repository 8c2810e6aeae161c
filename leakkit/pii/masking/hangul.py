"""Korean names as people write them in Latin letters: families by a list, given names by their syllables."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product

_FAMILIES = (
    "김 kim gim|이 lee yi rhee|박 park pak bak|최 choi choe|정 jung jeong chung|강 kang gang|조 cho jo|윤 yoon yun|장 jang chang|임 lim im|"
    "한 han|오 oh|서 seo suh|신 shin sin|권 kwon gwon|황 hwang|안 ahn an|송 song|류 ryu yoo|유 yoo yu|홍 hong|전 jeon jun chun|고 ko go|문 moon mun|"
    "손 son sohn|양 yang|배 bae|백 baek paik|허 heo hur|남 nam|심 shim sim|노 noh roh no|하 ha|곽 kwak|성 sung seong|차 cha|주 joo ju|우 woo|"
    "구 koo gu ku|민 min|나 na|진 jin|지 ji|엄 eom um|채 chae|원 won|천 cheon chun|방 bang|공 kong gong|현 hyun hyeon|변 byun byeon|염 yeom yum|"
    "여 yeo|추 choo chu|도 do|소 so|석 seok suk|선 sun seon|설 seol sul|마 ma|길 gil kil|표 pyo|명 myung myeong|기 ki gi|반 ban|왕 wang|금 keum geum|"
    "남궁 namgung namkoong|황보 hwangbo|제갈 jegal|선우 sunwoo seonu|독고 dokgo|사공 sagong"
)
_FIRSTS = (
    "g k",
    "kk",
    "n",
    "d t",
    "tt",
    "r l",
    "m",
    "b p",
    "pp",
    "s",
    "ss",
    " ",
    "j",
    "jj",
    "ch",
    "k",
    "t",
    "p",
    "h",
)
_VOWELS = (
    "a", "ae", "ya", "yae", "eo u", "e", "yeo you", "ye", "o", "wa", "wae", "oe", "yo", "u oo", "wo", "we", "wi", "yu",
    "eu", "ui", "i ee",
)  # fmt: skip
_LASTS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t",
    "t", "k", "t", "p", "t",
)  # fmt: skip
_USUAL = (
    "현 hyun hyeon|영 young yeong|희 hee hui|경 kyung gyeong|선 sun seon|성 sung seong|승 seung|정 jung jeong|준 jun joon|중 joong jung|"
    "우 woo u|원 won|은 eun|연 yeon youn|혜 hye|주 ju joo|수 soo su|숙 sook suk|순 soon sun|철 chul cheol|훈 hoon hun|형 hyung hyeong|"
    "규 kyu gyu|기 ki gi|석 seok suk|용 yong|명 myung myeong|미 mi|민 min|빈 bin|병 byung byeong|상 sang|서 seo|시 si shi|아 ah a|예 ye yea|"
    "윤 yoon yun|인 in|일 il|재 jae|종 jong|지 ji jee|진 jin|창 chang|태 tae|하 ha|한 han|호 ho|환 hwan|효 hyo|건 gun geon kun|동 dong|리 ri lee|림 rim lim"
)
_FIRST, _PER_FIRST, _PER_VOWEL = 0xAC00, 588, 28
_MOST_EACH, _MOST = 3, 8
_HANGUL = re.compile(r"[\uac00-\ud7a3]{1,4}")


def is_hangul(word: str) -> bool:
    """Tell whether a word is of Korean syllables, no more than a name has."""
    return _HANGUL.fullmatch(word) is not None


@lru_cache(maxsize=65_536)
def ways_in_latin(word: str) -> tuple[str, ...]:
    """Give the ways in which a name of Korean syllables is written in Latin letters, word by word.

    Of a whole name those of the family, and of the given name as one word and by its syllables.

    Examples
    --------
    >>> [way for way in ways_in_latin("박서준") if way in ("park", "seojun", "seo", "joon")]
    ['park', 'seojun', 'seo', 'joon']
    """
    families = _listed(_FAMILIES)
    size = 2 if word[:2] in families and len(word) > 2 else 1
    family = families.get(word[:size], ())
    if word in families or len(word) < 2:
        return families.get(word, ())
    if not family or len(word) - size > 2:
        return _given(word)
    if len(word) == 2:
        return tuple(dict.fromkeys([*_given(word), *family]))
    return (*family, *_given(word[size:]))


def _given(word: str) -> tuple[str, ...]:
    """Give the ways of a given name: glued, and by its syllables."""
    each = [_syllable(sign)[:_MOST_EACH] for sign in word]
    glued = ["".join(parts) for parts in product(*each)][:_MOST]
    return tuple(dict.fromkeys([*glued, *(way for ways in each for way in ways)]))


@cache
def _listed(entries: str) -> dict[str, tuple[str, ...]]:
    """Read a list of names and how they are written."""
    return {name: tuple(ways) for name, *ways in (entry.split() for entry in entries.split("|"))}


def _syllable(sign: str) -> tuple[str, ...]:
    """Give the ways of one syllable, usual ones first."""
    usual = _listed(_USUAL).get(sign)
    if usual:
        return usual
    number = ord(sign) - _FIRST
    first, vowel = number // _PER_FIRST, number % _PER_FIRST // _PER_VOWEL
    heads, tail = _FIRSTS[first].split() or [""], _LASTS[number % _PER_VOWEL]
    return tuple(head + middle + tail for middle in _VOWELS[vowel].split() for head in heads)
