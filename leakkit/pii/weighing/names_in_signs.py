"""Names in Chinese and Japanese signs: what no name holds, and which are a family's name and a given one."""

from __future__ import annotations

import re

from leakkit.pii.gazetteer.lookup import SURNAME, lookup

_SIGNS = re.compile(r"[\u3005\u3400-\u9fff\u3041-\u3096\u30a1-\u30fc]+")
_HAN = re.compile(r"[\u3005\u3400-\u9fff]+")
_GRAMMAR = re.compile(
    r"[をがにで]|の[^\u30a1-\u30fc]|について|した|する|です|ます|ません|なし|ない|から|まで|より|という|ください|ありがとう|"
    r"[的了们們吗嗎呢请請您你我她这這那哪谁誰]|什么|什麼|没有|沒有|可以|不是|不用|已经|已經|因为|因為|如果|但是|还是|還是"
)
"""Words of sentences that stand in no name."""

_PARTICLES = re.compile(r"(?<=[\u3400-\u9fff])[はがをにのもへと]{1,2}\Z")
_ALONE, _LONGEST = 3, 6
"""Signs of a name whose family's name is one sign, and of the longest that are all Chinese ones."""


def edges_in_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """Give a name in signs without what follows it in a sentence; nothing (start is end) where it can be none.

    Parameters
    ----------
    text : str
        The text.
    start, end
        Where a tagger saw a person.

    Examples
    --------
    >>> text = "松井は不在、特記事項なし、白云深处"
    >>> [text[slice(*edges_in_signs(text, a, b))] for a, b in ((0, 3), (6, 12), (13, 17))]
    ['松井', '', '']
    """
    value = text[start:end]
    if value.isascii() or _SIGNS.fullmatch(value) is None:
        return start, end
    if (particle := _PARTICLES.search(value)) is not None:
        end = start + particle.start()
        value = text[start:end]
    if _GRAMMAR.search(value) is not None:
        return start, start
    if _HAN.fullmatch(value) is not None and len(value) > _ALONE and not is_whole(value):
        return start, start
    return start, end


def is_whole(name: str) -> bool:
    """Tell whether signs begin with a family's name of two or three that the lists know, and go on with a given one.

    Examples
    --------
    >>> is_whole("小笠原健太"), is_whole("欧阳秀兰"), is_whole("白云深处"), is_whole("長谷川")
    (True, True, False, False)
    """
    if not 2 < len(name) <= _LONGEST:
        return False
    firsts = [name[:size] for size in (2, 3, 4) if 0 < len(name) - size <= _ALONE]
    return any(flags & SURNAME for flags in lookup(firsts).tolist()) and not lookup([name])[0] & SURNAME
