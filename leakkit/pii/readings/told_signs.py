"""Numbers told digit by digit in Chinese, Japanese and Korean, where no blank parts the words for digits."""

# ruff: noqa: E501, RUF001 - words in their own scripts

from __future__ import annotations

from itertools import pairwise

from leakkit.late import late
from leakkit.pii.readings.copy import Edit
from leakkit.pii.readings.known_rows import is_known_row
from leakkit.pii.readings.told_numbers import OTHER_NUMBER

SIGNS = dict(zip("零〇一二三四五六七八九幺", "001234567891", strict=True))
"""Chinese and Japanese signs for digits, with those of calls and radio."""
SOUNDS = {
    word: str(digit)
    for digit, words in enumerate(
        "ゼロ/レイ/マル イチ/いち ニイ/ニー/ニ/に サン/さん ヨン/よん/シ ゴー/ゴ/ご ロク/ろく ナナ/なな/シチ ハチ/はち キュウ/キュー/きゅう/ク".split()
    )
    for word in words.split("/")
} | {"ぜろ": "0"}
"""Japanese digits by their sound."""
SYLLABLES = dict(zip("공영일이삼사오육륙칠팔구", "001234566789", strict=True))
"""Korean digits by their sound."""
_GAP = "[ 、，,・の\\-–]{0,2}"
_SOUND = "|".join(sorted(SOUNDS, key=len, reverse=True))
_TOLD = (
    (late(f"(?<![{''.join(SIGNS)}十百千万年第])[{''.join(SIGNS)}](?:{_GAP}[{''.join(SIGNS)}]){{6,33}}(?![十百千万年个人])"), SIGNS),
    (late(f"(?:{_SOUND})(?:{_GAP}(?:{_SOUND})){{6,33}}"), SOUNDS),
    (late(f"(?<![가-힣])[공영일](?:[ \\-,]?[{''.join(SYLLABLES)}]){{6,33}}"), SYLLABLES),
)  # fmt: skip
_ONE = late(f"{_SOUND}|[{''.join(SIGNS)}{''.join(SYLLABLES)}]")
_PHONE = range(8, 14)


def told_in_signs(text: str) -> list[Edit]:
    """Give numbers told in Chinese, Japanese or Korean digits as edits, each digit by itself.

    Examples
    --------
    >>> from leakkit.pii.readings.copy import Copy
    >>> Copy.of("幺三九 零四四七二").edited(told_in_signs("幺三九 零四四七二")).text
    '☎ 13904472'
    """
    edits: list[Edit] = []
    if text.isascii():
        return edits
    for pattern, digits in _TOLD:
        for run in pattern.finditer(text):
            ones = [
                (one.start(), one.end(), digits[one[0]])
                for one in _ONE.finditer(text, run.start(), run.end())
            ]
            told = "".join(digit for *_, digit in ones)
            if not (_is_list([int(digit) for digit in told]) or is_known_row(told)):
                edits += _as_edits(ones, text)
    return sorted(edits, key=lambda edit: (edit[0], edit[1]))


def _is_list(values: list[int]) -> bool:
    """Tell whether digits only count up, or are few that come again and again."""
    return len(set(values)) < 4 or all(other - one == 1 for one, other in pairwise(values[:5]))


def _as_edits(ones: list[tuple[int, int, str]], text: str) -> list[Edit]:
    """Give digits as edits, what stands between as nothing, and the sign of a telephone before them."""
    start = ones[0][0]
    edits: list[Edit] = []
    if len(ones) in _PHONE and OTHER_NUMBER.search(text[max(0, start - 50) : start]) is None:
        edits.append((start, start, "☎ "))
    last = start
    for begin, end, digit in ones:
        if last < begin:
            edits.append((last, begin, ""))
        edits.append((begin, end, digit))
        last = end
    return edits
