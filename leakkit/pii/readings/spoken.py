"""Values as they are said or hidden from harvesters: digits in words or one by one, "at" and "dot" of addresses."""

# ruff: noqa: E501 - patterns read better on long lines

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from leakkit.late import late
from leakkit.pii.readings.copy import Copy, Edit
from leakkit.pii.readings.told_numbers import told_in_words
from leakkit.pii.readings.told_signs import told_in_signs
from leakkit.pii.readings.words import AT_WORDS, DOT_WORDS, JOINTS, TELLING_AT, TOP, WIDE_AT, WIDE_DOT

_ONE_BY_ONE = late(r"(?<![\w.,\-])\d(?:[ ]?[ ,.\-_/][ ]?\d){6,33}(?![\w]|[ ,.\-_/]\d)")
_OPEN, _CLOSE = r"[ ]?[\[({<|*]{1,2}[ ]?", r"[ ]?[\])}>|*]{1,2}[ ]?"


def _any_of(words: Iterable[str]) -> str:
    """Give a pattern for one of some words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_TOPS, _ATS, _TELLING = _any_of(TOP), _any_of([*AT_WORDS, *WIDE_AT]), _any_of([*TELLING_AT, *WIDE_AT])
_DOT_WORD = _any_of([*DOT_WORDS, *WIDE_DOT])
_AT = rf"(?:{_OPEN}(?:@|ät|a|{_ATS}){_CLOSE}|[_\-](?:at|arroba)[_\-]| @ ?|@ |[ \n](?:{_ATS})[ \n]|(?:{_any_of(WIDE_AT)}) ?)"
_DOT = rf"(?:{_OPEN}(?:{_DOT_WORD}|\.){_CLOSE}| ?\. ?|[ _\-](?:{_DOT_WORD})[ _\-]|(?:{_any_of(WIDE_DOT)}) ?)"
_JOINT = rf" (?:{_any_of(JOINTS)}) "
_TOLD_DOT = rf"{_OPEN}(?:{_DOT_WORD}|\.){_CLOSE}| (?:{_DOT_WORD}) "
_LOCAL = rf"[^\W_][\w+\-]{{0,40}}(?:(?:\.|{_TOLD_DOT}|{_JOINT})[\w+\-]{{1,40}}){{0,3}}"
_ADDRESS = late(
    rf"(?i)(?<![\w.@])({_LOCAL}?)({_AT}|@)([^\W_](?:[^\W_]|-){{1,40}}?(?:{_DOT}(?:[^\W_]|-){{2,30}}?){{0,2}}?{_DOT}(?:{_TOPS}))(?![\w@]|\.\w|{_DOT}(?:{_TOPS})(?!\w))"
)
_DOTS = late(rf"(?i){_DOT}")
_DOTS_OF_LOCAL = late(rf"(?i){_TOLD_DOT}")
_JOINTS_OF_LOCAL = late(f"(?i){_JOINT}")
_AT_WORD = late(rf"(?i)[ \n](?:{_ATS})[ \n]")
_TELLING_WORD = late(rf"(?i){_TELLING}")
_SPOKEN_DOT = late(rf"(?i)[ _\-](?:{_any_of(DOT_WORDS)})[ _\-]|{_any_of(WIDE_DOT)}")
_SIGNS_OF_ADDRESS = (
    rf"@|\(a\)|[\[({{<|*_\- \n](?:{'|'.join(sorted(AT_WORDS, key=len, reverse=True))})[\])}}>|*_\- \n]"
)
_BEFORE, _BEHIND = 300, 400
"""Characters before the sign of an address, and behind it, that it may reach."""
_COMMON = frozenset(
    "look me us at is was be are work arrive lunch meet meeting available sold bought visit find found here there more info "
    "online only shop order call stay stop start read see out and or the it on buy sale hosted email mail e-mail mailto contact".split()
)
_ROLES = frozenset("info contact order shop mail email".split())
_HOUR = late(
    r"(?i)(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|home|work|school|the|my|your|our)(?![\w\-])"
)
"""What stands behind "at" in sentences and begins no host."""
_DEFANGED = late(r"(?<=\w)[\[({]\.[\])}](?=\w)")


def counted(copy: Copy) -> Copy:
    """Put digits together that stand in words, or one by one."""
    copy = copy.edited(told_in_words(copy.text))
    copy = copy.edited(told_in_signs(copy.text))
    edits: list[Edit] = []
    for hit in _ONE_BY_ONE.finditer(copy.text):
        digits = [place for place in range(hit.start(), hit.end()) if copy.text[place].isdigit()]
        if len({copy.text[place] for place in digits}) >= 4:
            if copy.text[max(0, hit.start() - 2) : hit.start()] == "+ ":
                edits.append((hit.start() - 1, hit.start(), ""))
            edits += [(a + 1, b, "") for a, b in zip(digits, digits[1:], strict=False)]
    return copy.edited(edits)


def addressed(copy: Copy) -> Copy:
    """Give hidden addresses as they are: ``ana [at] example [dot] org`` as ``ana@example.org``."""
    text = copy.text
    edits: list[Edit] = []
    for begin, stop in _around_signs(text):
        for hit in _ADDRESS.finditer(text, begin, stop):
            if _is_address(hit):
                local = _JOINTS_OF_LOCAL.sub(_joint, hit[1])
                new = _DOTS_OF_LOCAL.sub(".", local) + "@" + _DOTS.sub(".", hit[3])
                edits.append((hit.start(), hit.end(), new))
    copy = copy.edited(edits)
    return copy.edited([(hit.start(), hit.end(), ".") for hit in _DEFANGED.finditer(copy.text)])


def _joint(word: re.Match[str]) -> str:
    """Give the sign that a word stands for."""
    return JOINTS[word[0].strip().lower()]


@cache
def _quick() -> re.Pattern[str]:
    """Compile what every hidden address holds."""
    return re.compile(rf"(?i){_SIGNS_OF_ADDRESS}|{_any_of(WIDE_AT)}")


@cache
def _quick_in_ascii() -> Any:
    """Compile the same for text in ASCII, by RE2, which looks at all words at once."""
    import re2

    return re2.compile(rf"(?i){_SIGNS_OF_ADDRESS}".encode())


def _around_signs(text: str) -> list[tuple[int, int]]:
    """Give the stretches of a text, apart from one another, in which a hidden address may stand: those around signs."""
    found: list[tuple[int, int]] = []
    quick = _quick_in_ascii().finditer(text.encode()) if text.isascii() else _quick().finditer(text)
    for sign in quick:
        begin, stop = max(0, sign.start() - _BEFORE), min(len(text), sign.end() + _BEHIND)
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], stop
        else:
            found.append((begin, stop))
    return found


def _is_address(hit: re.Match[str]) -> bool:
    """Tell whether words around an "at" are an address and no sentence."""
    local, sign, host = hit[1], hit[2], hit[3]
    plain_host = not _DOTS.search(host.replace(".", "")) and " " not in host
    spoken = _SPOKEN_DOT.search(host) is not None
    if sign == "@" and plain_host and " " not in local:
        return False
    telling = _TELLING_WORD.search(sign) is not None
    if local.lower() in _COMMON and not (local.lower() in _ROLES and spoken and sign.strip().lower() != "at"):
        return False
    if sign.strip().lower() == "at" and _HOUR.match(host):
        return False
    if not _DOTS.sub(".", host).isascii() and not (telling and spoken):
        return False
    if sign.strip() in ("@",) or not _AT_WORD.fullmatch(sign) or telling:
        return True
    return spoken or (plain_host and re.search(r"[\d._]", local) is not None)
