"""Cells of lines with a key and a value: YAML, INI, dotenv, forms, heads of letters, logfmt, vCard, LDIF, accounts."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice

from leakkit.pii.keys import entity_of_key
from leakkit.pii.layout.text import Sheet
from leakkit.pii.lexicon import UNKNOWN, KeySense

_PAIR = re.compile(
    r"(?P<indent>[ \t>]*)(?P<item>(?:[-*\u2022\u00b7][ \t]+|\d{1,2}[.)][ \t]+)?)(?:export[ \t]+|set[ \t]+|\$)?"
    r"[\"'`*_]{0,3}(?P<key>[^\s:=\uff1a\"'`*{}<>|,;][^:=\uff1a\n\"`{}<>|;]{0,48}?)[\"'`*_]{0,3}[ \t]*\??[ \t]*"
    r"(?:(?P<sign>:=|=>|[:=\uff1a])|\.{3,}|\t)[*_]{0,3}(?P<value>.*)"
)
_RULES = frozenset("-=*_#")
_BREAKS = _RULES | set("[ \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | {""}
_BREAKS |= {chr(code) for code in range(0x2000, 0x200B)}
_WORDS = re.compile(r"[^\s,;|(/\u2022]+")
_MOST_LABELS = 201
_LOGFMT = re.compile(
    r"(?<![\w.\-/)\]])(?P<key>[A-Za-z_][\w.\-\[\]]{0,40})=(?:\"(?P<d>(?:[^\"\\\n]|\\.)*)\"|'(?P<s>(?:[^'\\\n]|\\.)*)'"
    r"|(?P<b>[^\s,;&|\"'<>()\]}]+))"
)
_VCARD = {
    "fn": "full name",
    "n": "surname",
    "tel": "phone",
    "org": "company",
    "bday": "dob",
    "nickname": "nick",
    "email": "email",
    "adr": "street address",
    "title": "job title",
    "url": "url",
    "geo": "coordinates",
    "gender": "gender",
}
_VCARD_N = ("surname", "first name", "middle name", "title", "title")
_VCARD_ADR = ("po box", "address line 2", "street", "city", "province", "postcode", "country")
_LDIF = {
    "cn": "full name",
    "sn": "surname",
    "l": "city",
    "st": "province",
    "o": "company",
    "ou": "department",
    "uid": "username",
    "c": "country",
    "gn": "first name",
    "dn": "dn",
    "street": "street",
    "title": "job title",
    "homephone": "phone",
    "pager": "phone",
}
_COMBO = re.compile(
    r"([^\s:;|,@]{1,64}@[^\s:;|,@]{1,200}\.[A-Za-z]{2,24})[:;|](\S{1,200}?)"
    r"(?:[:;|](?:\d{1,3}(?:\.\d{1,3}){3}|\+\d{9,15}|[A-Z]{2})){0,3}$"
)
"""An address and its password; where the list came from, an IP address, a telephone or a country may follow."""
_ACCOUNT = re.compile(r"([A-Za-z_][\w.@-]{0,40}):((?:\$\w{1,8}\$|\{[A-Z0-9]{3,8}\})[^\s:]{8,200})(?=:|$)")
_GECOS = re.compile(r"([a-z_][\w.-]{0,31}):[^:\s]{0,200}:\d{1,10}:\d{1,10}:([^:\n]{0,200}):(/[^:\n]{0,200}):")
_NO_KEY = re.compile(r"[\[\]@$%^+\\!&]|->|\w\.\w+/|/.*/|\(.*\(|\w\(")
_LOGFMT_NEXT = re.compile(r"[\s,&;][A-Za-z_][\w.\-]{0,40}=\S")
_SECTION = re.compile(r"[ \t]*\[{1,2}([^\[\]\n]{1,60})\]{1,2}[ \t]*$")
_SPACED = {
    "PERSON",
    "CITY",
    "STREET_ADDRESS",
    "ORGANIZATION",
    "STATE",
    "COUNTRY",
    "PHONE",
    "LOCATION",
    "CREDIT_CARD",
    "IBAN",
}


def _sense(key: str) -> KeySense:
    """Give the sense of a label; nothing for numbers and long ones."""
    return UNKNOWN if key.isdigit() or len(key) > 60 else entity_of_key(key)


def read_accounts(sheet: Sheet, any_here: bool = True) -> None:
    """Read lists of address and password, of account and hash, and passwd files, where there are any."""
    table = sheet.table()
    for number in sorted(sheet.lines_with("@")) if any_here else ():
        line, at = sheet.line(number), sheet.starts[number]
        if sheet.taken[number] or (":" not in line and "@" not in line):
            continue
        names: tuple[str, ...]
        if found := _COMBO.match(line):
            names = ("email", "password")
        elif found := _ACCOUNT.match(line):
            names = ("username", "password hash")
        elif found := _GECOS.match(line):
            names = ("username", "gecos")
        else:
            continue
        row = sheet.row()
        for column, name in enumerate(names, 1):
            start, end = found.span(column)
            if name == "gecos":
                end = start + len(sheet.text[at + start : at + end].split(",")[0])
            sheet.put(at + start, at + end, name, row, column, table)
        sheet.taken[number] = 1


def read_cards(sheet: Sheet) -> None:
    """Read vCards and LDIF entries, whose short names mean other things elsewhere."""
    text = sheet.text
    card = any(text[place + 1 : place + 2] in ("v", "V") for place in sheet.signs)
    card = card and "egin:vcard" in text.lower() and "BEGIN:VCARD" in text.upper()
    entry = any(place > 1 and text.startswith("dn:", place - 2) for place in sheet.signs)
    entry = entry and bool(re.search(r"(?m)^dn:{1,2} ", text))
    if not card and not entry:
        return
    table, row, inside = sheet.table(), sheet.row(), False
    for number in range(len(sheet.starts)):
        line, at = sheet.line(number), sheet.starts[number]
        name, sign, value = line.partition(":")
        lower = name.split(";")[0].split(".")[-1].strip().lower()
        if sheet.taken[number] or not sign:
            inside = inside and bool(line.strip())
            continue
        if (lower == "begin" and value.strip().upper() == "VCARD") or (entry and lower == "dn"):
            inside, row = True, sheet.row()
        elif lower == "end":
            inside = False
            sheet.taken[number] = 1
        if not inside:
            continue
        sheet.taken[number] = 1
        start = at + len(name) + 1
        if card and lower in ("n", "adr", "org"):
            keys = _VCARD_N if lower == "n" else _VCARD_ADR if lower == "adr" else ("company", "department")
            for column, (part, key) in enumerate(zip(value.split(";"), keys, strict=False)):
                sheet.put(start, start + len(part), key, row, column + 100, table)
                start += len(part) + 1
        elif not value.startswith(":"):
            key = (_VCARD if card else _LDIF).get(lower, lower)
            sheet.put(start, at + len(line), key, row, 0, table)


def read_pairs(sheet: Sheet) -> None:
    """Read lines that begin with a key, with the path to it by sections or indents."""
    table, row = sheet.table(), sheet.row()
    columns: dict[str, int] = {}
    seen: set[str] = set()
    section = ""
    parents: list[tuple[int, str]] = []
    signed = sheet.lines_with("\t", "...")
    for number in sorted(signed | _breaks(sheet, signed)):
        line = sheet.line(number)
        if sheet.taken[number] or len(line) > 4000:
            continue
        bare = line.strip()
        if bare[:1] == "[" and (found := _SECTION.match(line)):
            section, parents, row, seen = found[1], [], sheet.row(), set()
            continue
        found = _PAIR.match(line) if bare and number in signed else None
        if found is None:
            if not bare or (bare[0] in _RULES and set(bare) <= _RULES):
                row, seen = sheet.row(), set()
            continue
        key, indent = found["key"].strip(), len(found["indent"]) + len(found["item"])
        if key.count(" ") > 6 or key[0] in "#/<" or _NO_KEY.search(key):
            continue
        if (
            found["sign"] == "="
            and line[found.end("sign") :][:1] != " "
            and _LOGFMT_NEXT.search(found["value"])
        ):
            continue
        while parents and parents[-1][0] >= indent:
            parents.pop()
        if found["item"] and parents:
            row, seen = sheet.row(), set()
        value = found["value"].strip()
        if not value or value in ("|", ">", "{", "[", "|-", ">-"):
            parents.append((indent, key))
            continue
        path = f"{parents[-1][1]}.{key}" if parents else f"{section}.{key}" if section else key
        if path in seen:
            row, seen = sheet.row(), set()
        seen.add(path)
        at = sheet.starts[number]
        start, end = at + found.start("value"), at + len(line)
        for left, right, label in _several(sheet, start, end, path, found["sign"]):
            _put(sheet, left, right, label, row, columns.setdefault(label, len(columns)), table)


def _breaks(sheet: Sheet, signed: set[int]) -> set[int]:
    """Give the lines without signs that part records: empty ones, rules and heads of sections."""
    text, found = sheet.text, set()
    for number, start in enumerate(sheet.starts):
        if text[start : start + 1] in _BREAKS and number not in signed:
            bare = text[start : sheet.ends[number]].strip()
            if not bare or bare[0] in _RULES or bare[0] == "[":
                found.add(number)
    return found


def _several(sheet: Sheet, start: int, end: int, key: str, sign: str | None) -> list[tuple[int, int, str]]:
    """Cut a value at further labels on the same line; give start, end and label of each part."""
    text, signs = sheet.text, sheet.signs
    parts: list[tuple[int, int, str]] = []
    position = start
    first = bisect_left(signs, start)
    for place in signs[first : min(bisect_left(signs, end), first + _MOST_LABELS)]:
        if place < position or text.startswith("//", place + 1):
            continue
        label = _label_before(text, position, place, text[place])
        if label is not None and text[place + 1 : place + 2] != "":
            parts.append((start, label[0], key))
            start, position, key = place + 1, place + 1, label[1]
    return [*parts, (start, end, key)]


def _label_before(text: str, start: int, end: int, sign: str) -> tuple[int, str] | None:
    """Find the label that ends right before a sign: where it begins and what it is called."""
    base = max(start, end - 48)
    piece = text[base:end]
    last = piece.rstrip()[-1:]
    if not last.isalnum() and last not in (".", ")"):
        return None
    length = len(piece)
    words = [length - word.end() for word in islice(_WORDS.finditer(piece[::-1]), 4)]
    for at in reversed(words):
        label = piece[at:].strip()
        if not label[:1].isalpha() or "  " in label or (base + at == start and start == 0):
            continue
        if ")" in label[:-1].partition("(")[0]:
            continue
        sense = _sense(label)
        if sense.strength < 0.45:
            continue
        before = piece[:at]
        apart = (
            before.rstrip(" \t")[-1:] in ",;|(/\u2022." or before.endswith(("  ", "\t")) or not before.strip()
        )
        sure = apart or sign == "=" or sense.strength >= 0.9
        if sure and (sense.entity or apart) and (before.strip() or base > start):
            return base + at, label
    return None


def _put(sheet: Sheet, start: int, end: int, key: str, row: int, column: int, table: int) -> None:
    """Give out a value without quotes, commas, brackets and notes around it."""
    text = sheet.text
    while start < end and text[start] in " \t\u3000":
        start += 1
    while end > start and text[end - 1] in " \t,;|(/\u2022\\":
        end -= 1
    if end - start >= 2 and text[start] in "\"'`" and (close := text.rfind(text[start], start + 1, end)) > 0:
        start, end = start + 1, close
    elif (note := text.find(" #", start, end)) > 0:
        end = note
    while end - start > 4 and text[start : start + 2] == text[end - 2 : end] == "**":
        start, end = start + 2, end - 2
    sheet.put(start, end, key, row, column, table)


def read_logfmt(sheet: Sheet) -> None:
    """Read ``key=value`` wherever it stands in lines that nothing else has taken."""
    if "=" not in sheet.text:
        return
    table = sheet.table()
    columns: dict[str, int] = {}
    number, row, line_end = -1, 0, -1
    hits = list(_LOGFMT.finditer(sheet.text))
    for index, found in enumerate(hits):
        if found.start() >= line_end:
            number, row = sheet.line_of(found.start()), sheet.row()
            line_end = sheet.ends[number]
        if sheet.taken[number]:
            continue
        group = next(g for g in ("d", "s", "b") if found[g] is not None)
        start, end = found.span(group)
        key = found["key"]
        if group == "b" and index + 1 < len(hits) and hits[index + 1].start() < line_end:
            gap = sheet.text[end : hits[index + 1].start()]
            if (
                gap.startswith(" ")
                and 0 < gap.strip().count(" ") + 1 <= 6
                and entity_of_key(key).entity in _SPACED
            ):
                end = hits[index + 1].start() if not set(gap) & set(",;|&[]()") else end
        sheet.put(start, end, key, row, columns.setdefault(key, len(columns)), table)
