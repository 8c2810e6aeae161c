"""Ways of writing that split or hide a value: quoted-printable, escapes, entities, tags, emphasis, quotes."""

# ruff: noqa: E501 - patterns read better on long lines

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from leakkit.pii.readings.copy import Copy, Edit

_QUOTED_BYTES = re.compile(r"(?:=[0-9A-F]{2})+")
_SOFT_BREAK = re.compile(r"=\r?\n")
_QUOTED = re.compile(r"(?i)quoted-printable|=[C][23]=[89AB][0-9A-F]|=E2=80=|[\w.]=40\w|\w=\r?\n\w")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([nrt]|[\"/]))")
_ESCAPED = re.compile(r"\\u[0-9a-fA-F]{4}|\\[nrt]\S.{0,300}\\[nrt]", re.S)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_PERCENT_SIGN = re.compile(
    r"%40[\w\-]{1,60}%2[eE]|%2[eE][\w\-]{1,40}%40|%20%40|%40%20|%25(?:2[eE]|40)|\d%20\d{2,4}%20\d|%2[bB]\d{2}[\d%]{6}"
)
_TAGS = re.compile(
    r"(?i)(?:</?(?:b|i|em|strong|u|span|font|wbr|mark|code|small|tt|s|sub|sup)(?:\s[^<>]{0,200})?/?>|<!--[^<>]{0,80}-->)+"
)
_EMPHASIS = re.compile(
    r"(?<=[\w.])(\*{1,3}|`|~~|__)(?=[\w.@])|(?<=@)[*_`~]{1,2}(?=\w)|(?<=\w)[*`~_]{1,2}(?=@)"
)
_DIGIT_EMPHASIS = re.compile(r"(?<=\d)(?:\*{1,3}|`)?([ \-])(?:\*{1,3}|`)?(?=\d)")
_UNDERSCORES = re.compile(r"(?<![\w])\d{2,4}(?:_\d{2,4}){2,7}(?![\w])")
_BREAK = r"[ ]?\r?\n[> |]{0,8}"
_CARD_LINES = re.compile(
    rf"(?<![\d\-])(?:\d{{4}}[ \-]){{0,3}}\d{{1,4}}{_BREAK}\d{{1,4}}(?:[ \-]\d{{1,4}}){{0,3}}(?![\d\-:.])"
)
_IBAN_LINES = re.compile(
    rf"\b[A-Z]{{2}}\d\d(?: ?[A-Z0-9]{{4}}){{0,7}}(?: ?[A-Z0-9]{{1,3}})?{_BREAK}[A-Z0-9]{{1,4}}(?: ?[A-Z0-9]{{1,4}}){{0,7}}\b"
)
_PHONE_LINES = re.compile(r"\+\d[\d \-()]{2,14}\r?\n[> |]{1,8}\d[\d \-]{2,14}")
_MAIL_LINES = re.compile(
    r"(?<=[\w.\-]@)\r?\n[> |]{0,8}(?=[\w\-]+\.\w)|(?<=\w)\r?\n[>|][> |]{0,7}(?=@[a-z])|(?<=[\w][.\-])\r?\n[> |]{1,8}(?=[\w.\-]+@)"
)
_MAIL_HOST_LINES = re.compile(r"@[\w\-.]{1,40}[.\-](\r?\n[> |]{0,8})(?=[a-z][\w\-]*(?:\.\w|\b))")
_MAIL_HALVES = re.compile(
    r"(?<=\w)@[a-z0-9\-]{1,30}(?P<host>\r?\n)[a-z0-9\-]{1,30}\.(?:com|org|net|[a-z]{2})(?![\w(.])"
    r"|(?<![\w.@])[a-z][a-z0-9]{0,20}[._][a-z0-9]{1,20}(?P<name>\r?\n)@[a-z0-9\-]{2,40}\.(?:com|org|net|[a-z]{2})(?![\w(.])"
)
_COIN_LINES = re.compile(
    rf"\b(?:(?:bc1|ltc1|tb1)[a-z0-9]{{5,58}}{_BREAK}[a-z0-9]{{4,58}}|[13LMD][1-9A-HJ-NP-Za-km-z]{{5,30}}{_BREAK}[1-9A-HJ-NP-Za-km-z]{{4,30}}"
    rf"|0x[0-9a-fA-F]{{6,38}}{_BREAK}[0-9a-fA-F]{{2,36}})\b"
)
_COIN_WORD = re.compile(r"(?i)wallet|bitcoin|\bbtc\b|litecoin|ethereum")
_COINS = ("wallet", "tco", "btc", "teco", "ethereum")
"""What they hold at least, in small letters."""
_AT_LINE_ENDS = re.compile(r"@[a-z0-9\-]{0,30}\r?\n")
_AT_LINE_STARTS = re.compile(r"\n[>| ]{0,8}[\w.\-]*@")
"""An at sign on one of two lines, right before or behind the end of the first."""
_DIGIT_LINES = re.compile(rf"\d{_BREAK}\d")
_BREAKS = re.compile(_BREAK)


def decoded(copy: Copy) -> Copy:
    """Undo quoted-printable, escapes of JSON, entities of HTML and percent signs, where a text is full of them."""
    if "=" in copy.text and _QUOTED.search(copy.text):
        copy = copy.edited([(hit.start(), hit.end(), "") for hit in _SOFT_BREAK.finditer(copy.text)])
        copy = _by_bytes(copy, _QUOTED_BYTES, "=")
    if "\\" in copy.text and _ESCAPED.search(copy.text):
        copy = copy.edited([(hit.start(), hit.end(), _unescaped(hit)) for hit in _ESCAPE.finditer(copy.text)])
    if "&" in copy.text:
        copy = copy.edited(_entities(copy.text))
    if "%" in copy.text and _PERCENT_SIGN.search(copy.text):
        copy = _by_bytes(copy, _PERCENT, "%")
        copy = (
            _by_bytes(copy, _PERCENT, "%") if "%" in copy.text and _PERCENT_SIGN.search(copy.text) else copy
        )
    return copy


def _by_bytes(copy: Copy, runs: re.Pattern[str], mark: str) -> Copy:
    """Decode runs of bytes in hexadecimal as UTF-8; each character stands for its whole bytes."""
    edits: list[Edit] = []
    for run in runs.finditer(copy.text):
        new = unquote(run[0].replace(mark, "%"), errors="replace")
        if "\ufffd" in new or any(one < " " and one not in "\t\r\n" for one in new):
            continue
        place = run.start()
        for one in new:
            end = place + 3 * len(one.encode())
            edits.append((place, end, one))
            place = end
    return copy.edited(edits)


def _unescaped(hit: re.Match[str]) -> str:
    """Give what an escape of JSON stands for; a blank for half a character."""
    if hit[1]:
        sign = chr(int(hit[1], 16))
        return " " if "\ud800" <= sign <= "\udfff" or sign < " " else sign
    return {"n": "\n", "r": " ", "t": "\t"}.get(hit[2], hit[2])


def _entities(text: str) -> list[Edit]:
    """Give what entities of HTML stand for."""
    edits: list[Edit] = []
    for hit in _ENTITY.finditer(text):
        new = html.unescape(hit[0])
        if new != hit[0] and len(new) < 3 and not any("\ud800" <= one <= "\udfff" for one in new):
            edits.append((hit.start(), hit.end(), new))
    return edits


def bared(copy: Copy) -> Copy:
    """Take tags and marks of emphasis out of words and numbers."""
    text = copy.text
    if "<" in text:
        edits = []
        for hit in _TAGS.finditer(text):
            before, after = text[hit.start() - 1 : hit.start()], text[hit.end() : hit.end() + 1]
            if before and after and _joins(before, after):
                edits.append((hit.start(), hit.end(), ""))
        copy = copy.edited(edits)
    if "*" in copy.text or "`" in copy.text or "~~" in copy.text or "_" in copy.text:
        copy = copy.edited([(h.start(), h.end(), h[1]) for h in _DIGIT_EMPHASIS.finditer(copy.text)])
        copy = copy.edited([(h.start(), h.end(), "") for h in _EMPHASIS.finditer(copy.text)])
        copy = copy.edited(
            [(h.start(), h.end(), h[0].replace("_", " ")) for h in _UNDERSCORES.finditer(copy.text)]
        )
    return copy


def _joins(before: str, after: str) -> bool:
    """Tell whether what stands around a tag may be one word or number."""
    if before == " " or after == " ":
        return (before + after).strip().isdigit()
    return (before.isalnum() or before in "@.+-_") and (after.isalnum() or after in "@.+-_")


def unbroken(copy: Copy) -> Copy:
    """Join lines at which a number or an address runs over, quote marks and all."""
    text = copy.text
    if "\n" not in text:
        return copy
    edits: list[Edit] = []
    numbers = _DIGIT_LINES.search(text) is not None
    for pattern in (_IBAN_LINES, *((_CARD_LINES,) if numbers else ()), _PHONE_LINES):
        for hit in pattern.finditer(text):
            broken = _BREAKS.search(text, hit.start(), hit.end())
            if broken and _is_number(hit[0], pattern):
                edits.append((broken.start(), broken.end(), " " if pattern is _PHONE_LINES else _gap(hit[0])))
    small = text.lower()
    if any(one in small for one in _COINS) and _COIN_WORD.search(text):
        for hit in _COIN_LINES.finditer(text):
            broken = _BREAKS.search(text, hit.start(), hit.end())
            if broken and any(map(str.isdigit, hit[0][: broken.start() - hit.start()][3:])):
                edits.append((broken.start(), broken.end(), ""))
    edits += [(hit.start(1), hit.end(1), "") for hit in _MAIL_HOST_LINES.finditer(text)]
    if _AT_LINE_ENDS.search(text) or _AT_LINE_STARTS.search(text):
        edits += [(hit.start(), hit.end(), "") for hit in _MAIL_LINES.finditer(text)]
        edits += [(*hit.span(hit.lastgroup or 0), "") for hit in _MAIL_HALVES.finditer(text)]
    return copy.edited(_apart(edits))


def _gap(value: str) -> str:
    """Give what joins the two halves of a number: a blank or dash between whole groups of four, else nothing."""
    head, _, tail = value.partition("\n")
    last = re.split(r"[ \-]", head.strip())[-1]
    first = re.split(r"[ \-]", tail.lstrip("> |"))[0]
    return (" " if " " in value.strip() else "-") if len(last) == 4 or len(first) == 0 else ""


def _is_number(value: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether the signs of a number that runs over a line are as many as those of a card or account."""
    signs = re.sub(r"[\s>|\-]", "", value)
    if pattern is _CARD_LINES:
        return 13 <= len(signs) <= 19 and signs[0] in "23456"
    if pattern is _PHONE_LINES:
        return 8 <= sum(map(str.isdigit, signs)) <= 15
    return 15 <= len(signs) <= 34 and sum(map(str.isdigit, signs)) >= 10


def _apart(edits: list[Edit]) -> list[Edit]:
    """Give edits by place, without those that overlap one before."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept
