"""Values as they are said or hidden from harvesters: digits in words or one by one, "at" and "dot" of addresses."""

# ruff: noqa: E501 - patterns read better on long lines

from __future__ import annotations

import re
from functools import cache

from leakkit.late import late
from leakkit.pii.readings.copy import Copy, Edit
from leakkit.pii.readings.words import AT_WORDS, DIGITS, DOT_WORDS, JOINTS, TIMES, TOP

_FEWEST, _MOST = 7, 34
_ONE_BY_ONE = re.compile(r"(?<![\w.,\-])\d(?:[ ]?[ ,.\-_/][ ]?\d){6,33}(?![\w]|[ ,.\-_/]\d)")
_SHORTEST, _LONGEST, _BEFORE = 8, 13, 50
"""Digits of telephone numbers; characters before one in which a word would say that it is another number."""
_OTHER_NUMBER = re.compile(
    r"(?i)\b(?:card|credit|karten?|kart[ay]|tarjeta|carta|cart[ãa]o|kaart|account|konto|cuenta|compte|conto|conta|rekening|iban|routing|sort|"
    r"ssn|social|ausweis\w*|passport|pasaporte|reisepass|passeport|passaporto|paszport|pin|codes?|código|codice|kod|id|bsn|dni|nie|cpf|pesel|"
    r"steuer\w*|aadhaar|nhs|order|invoice|ticket|case|ref\w*|serial|tracking|vin|licen[cs]e|steps?|scores?|rows?|count\w*)\b"
)
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[ \t,.\-–…]{1,4}(?:and |und |y |et |e |en |dash |minus |strich )?")
_OPEN, _CLOSE = r"[ ]?[\[({<|*]{1,2}[ ]?", r"[ ]?[\])}>|*]{1,2}[ ]?"
_TOPS = "|".join(sorted(TOP, key=lambda top: (-len(top), top)))
_AT = rf"(?:{_OPEN}(?:at|@|ät|a|{'|'.join(AT_WORDS)}){_CLOSE}|[_\-](?:at|arroba)[_\-]| @ ?|@ | (?:{'|'.join(AT_WORDS)}) )"
_DOT = rf"(?:{_OPEN}(?:{'|'.join(DOT_WORDS)}|\.){_CLOSE}| ?\. ?|[ _\-](?:{'|'.join(DOT_WORDS)})[ _\-])"
_JOINT = rf" (?:{'|'.join(sorted(JOINTS, key=lambda word: (-len(word), word)))}) "
_LOCAL = rf"[^\W_][\w+\-]{{0,40}}(?:(?:\.|{_OPEN}(?:{'|'.join(DOT_WORDS)}|\.){_CLOSE}| (?:{'|'.join(DOT_WORDS)}) |{_JOINT})[\w+\-]{{1,40}}){{0,3}}"
_ADDRESS = late(
    rf"(?i)(?<![\w.@])({_LOCAL}?)({_AT}|@)([a-z0-9][a-z0-9\-]{{1,40}}(?:{_DOT}[a-z0-9\-]{{2,30}}?){{0,2}}?{_DOT}(?:{_TOPS}))(?![\w@]|\.\w)"
)
_DOTS = re.compile(rf"(?i){_DOT}")
_DOTS_OF_LOCAL = re.compile(rf"(?i){_OPEN}(?:{'|'.join(DOT_WORDS)}|\.){_CLOSE}| (?:{'|'.join(DOT_WORDS)}) ")
_JOINTS_OF_LOCAL = re.compile(f"(?i){_JOINT}")
_AT_WORD = re.compile(rf"(?i) (?:{'|'.join(AT_WORDS)}) ")
_TELLING_WORD = re.compile(
    r"(?i)arroba|arobas|chiocciola|klammeraffe|apenstaart|zavin|ma[lł]pa|snabel|kukac| ät "
)
_COMMON = frozenset(
    "look me us at is was be are work arrive lunch meet meeting available sold bought visit find found here there more info "
    "online only shop order call stay stop start read see out and or the it on buy sale hosted email mail e-mail mailto contact".split()
)
_DEFANGED = re.compile(r"(?<=\w)[\[({]\.[\])}](?=\w)")


def counted(copy: Copy) -> Copy:
    """Put digits together that stand in words, or one by one."""
    copy = copy.edited(list(_in_words(copy.text)))
    edits: list[Edit] = []
    for hit in _ONE_BY_ONE.finditer(copy.text):
        digits = [place for place in range(hit.start(), hit.end()) if copy.text[place].isdigit()]
        if len({copy.text[place] for place in digits}) >= 4:
            if copy.text[max(0, hit.start() - 2) : hit.start()] == "+ ":
                edits.append((hit.start() - 1, hit.start(), ""))
            edits += [(a + 1, b, "") for a, b in zip(digits, digits[1:], strict=False)]
    return copy.edited(edits)


def _in_words(text: str) -> list[Edit]:
    """Give runs of digits in words, each word as its digit and what stands between as nothing."""
    edits: list[Edit] = []
    run: list[tuple[int, int, str]] = []
    times, begin = 1, -1
    for word in _WORD.finditer(text):
        plain = word[0].lower()
        if plain not in DIGITS and plain not in TIMES:
            if run and plain not in ("and", "und", "et", "y", "dash", "minus"):
                edits += _run(run, text)
                run = []
            continue
        if run and not _goes_on(run, text, begin if times > 1 else word.start()):
            edits += _run(run, text)
            run = []
        if plain in TIMES:
            times, begin = TIMES[plain], word.start()
            continue
        run.append((begin if times > 1 else word.start(), word.end(), DIGITS[plain] * times))
        times, begin = 1, -1
    return edits + _run(run, text)


def _goes_on(run: list[tuple[int, int, str]], text: str, place: int) -> bool:
    """Tell whether a number goes on at a place: only blanks and stops between, and no sentence that ends with it."""
    if not _BETWEEN.fullmatch(text, run[-1][1], place):
        return False
    return "." not in text[run[-1][1] : place] or sum(len(digits) for *_, digits in run) < _SHORTEST


def _run(run: list[tuple[int, int, str]], text: str) -> list[Edit]:
    """Give one run as edits, if it is as long as a number that matters."""
    if not _FEWEST <= sum(len(digits) for *_, digits in run) <= _MOST:
        return []
    edits: list[Edit] = []
    if _is_telephone(run, text):
        edits.append((run[0][0], run[0][0], "☎ "))
    for number, (start, end, digits) in enumerate(run):
        last = run[number - 1][1] if number else start
        if last < start:
            edits.append((last, start, ""))
        edits.append((start, end, digits))
    return edits


def _is_telephone(run: list[tuple[int, int, str]], text: str) -> bool:
    """Tell whether a run is as long as a telephone number, and no word before it says that it is another number."""
    size = sum(len(digits) for *_, digits in run)
    before = text[max(0, run[0][0] - _BEFORE) : run[0][0]]
    return _SHORTEST <= size <= _LONGEST and _OTHER_NUMBER.search(before) is None


def addressed(copy: Copy) -> Copy:
    """Give hidden addresses as they are: ``ana [at] example [dot] org`` as ``ana@example.org``."""
    text = copy.text
    edits: list[Edit] = []
    if _may(text):
        for hit in _ADDRESS.finditer(text):
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
    return re.compile(rf"(?i)@|\(a\)|[\[({{<|*_\- ](?:{'|'.join(AT_WORDS)})[\])}}>|*_\- ]")


def _may(text: str) -> bool:
    """Tell whether a text may hold a hidden address."""
    return _quick().search(text) is not None


def _is_address(hit: re.Match[str]) -> bool:
    """Tell whether words around an "at" are an address and no sentence."""
    local, sign, host = hit[1], hit[2], hit[3]
    plain_host = not _DOTS.search(host.replace(".", "")) and " " not in host
    if sign == "@" and plain_host and " " not in local:
        return False
    if local.lower() in _COMMON:
        return False
    if sign.strip() in ("@",) or not _AT_WORD.fullmatch(sign) or _TELLING_WORD.search(sign):
        return True
    spoken = re.search(rf"(?i)[ _\-](?:{'|'.join(DOT_WORDS)})[ _\-]", host) is not None
    return spoken or (plain_host and re.search(r"[\d._]", local) is not None)
