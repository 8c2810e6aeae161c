"""Texts that are tables, dumps or records themselves: their cells, and what the cells are by key, column and value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leakkit.pii.keys import entity_of_key
from leakkit.pii.layout.gate import ENDS, LEADER
from leakkit.pii.layout.json import read_literals
from leakkit.pii.layout.markup import read_markup
from leakkit.pii.layout.pairs import read_accounts, read_cards, read_logfmt, read_pairs
from leakkit.pii.layout.segments import is_segment, read_segments
from leakkit.pii.layout.signs import EVERY, OF_TABLES, TABLES, Kind
from leakkit.pii.layout.sql import read_dumps
from leakkit.pii.layout.tables import read_aligned, read_tables
from leakkit.pii.layout.text import Cell, Sheet, last_word, signs_of
from leakkit.pii.lexicon import UNKNOWN

__all__ = ["Cell", "cells", "has_layout", "typed"]

Typed = tuple[int, int, str, float, str]

_DUMP = re.compile(r"(?i)\b(?:insert\s|replace\s{1,8}into|copy\s)|^[ \t]{0,20}\((?:'|\d)", re.M)
_LITERAL = re.compile(r"[\"'\w]\s{0,8}:\s{0,8}[\"'\d\[{tfnN\\-]|[\[{]\s{0,40}[\"'\[{]")
_OPENED = re.compile(r"\(\d")
_MARKUP = re.compile(r"<[A-Za-z/!][^<>]{0,200}>")
_PAIRS = re.compile(r"[\w)\"'*][ \t]{0,8}[:=\uff1a]|:[^\s:]{2,200}$", re.M)
_ROWS = re.compile(r"\t|;[^;\n]*[;\n]|\|[^|\n]*[|\n]|,[^,\n]*[,\n]|   |@[^\s;]{1,200};")


_SIGN = re.compile(r"[:=\uff1a](?![/\\\d])|(?<=\w)[=:](?=\d)|\.{4}")
_LAST_REACH = 45
_BREAK = re.compile(r"[\n\t,;|(){}<>=:\"]")
_AFTER_AT = re.compile(r"@[^\s:;|]{1,200}[:;|]\S")
_LED = re.compile(r"(?m)^[ \t]{0,20}([^\W\d_][^\n:=.]{0,40}?\.?) {0,3}\.{4,}")
"""A label of a form before dots that lead to its value."""
_OTHER = re.compile(r"\w:(?:\$|\{[A-Z]|x:\d)|(?i:BEGIN:VCARD)|(?m:^dn: )|\"(?i:columns|headers?|fields)\"")
_MATRIX = re.compile(r"(?i)\"(?:columns|headers?|fields|cols|names|column_names)\"")


def _telling(text: str, signs: list[int]) -> bool:
    """Say whether a key anywhere in the text tells an entity: first the words right before signs, then phrases."""
    single: set[str] = set()
    for sign in signs:
        word = last_word(text[max(0, sign - _LAST_REACH) : sign])
        if word is not None and word not in single:
            if entity_of_key(word).entity is not None:
                return True
            single.add(word)
    if LEADER in text and any(
        entity_of_key(found[1].strip()).entity is not None for found in _LED.finditer(text)
    ):
        return True
    if all(word.isascii() and word.casefold() not in ENDS for word in single):
        return False
    seen: set[str] = set()
    for found in _SIGN.finditer(text):
        at = found.start()
        piece = text[max(0, at - 36) : at].rstrip(" \t\"'`*_)\\?")
        words = _BREAK.split(piece)[-1].split()[-1 if found[0] == "=" else -3 :]
        while words and not words[0].lstrip("\"'`*_-$[")[:1].isalpha():
            del words[0]
        key = " ".join(words)
        if key not in seen:
            seen.add(key)
            if entity_of_key(key).entity is not None:
                return True
    return False


def _card(text: str, signs: list[int]) -> bool:
    """Say whether a card or an entry of a directory begins in a text."""
    if any(text[place + 1 : place + 2] in ("v", "V") for place in signs) and "begin:vcard" in text.casefold():
        return True
    return any(place > 1 and text.startswith("dn: ", place - 2) for place in signs)


_SIGNS_OF_OTHER = (":$", ":{", ":x:", "dn: ", '"column', '"header', '"field')


def _other(text: str, signs: list[int]) -> bool:
    """Say whether lines of accounts, cards or lists of columns stand in a text; what is cheap to ask first."""
    if "@" in text and _AFTER_AT.search(text):
        return True
    if _card(text, signs):
        return True
    return any(sign in text for sign in _SIGNS_OF_OTHER) and _OTHER.search(text) is not None


_BEFORE_COLON, _AFTER_COLON = re.compile(r"[\"'\w]\s{0,8}\Z"), re.compile(r":\s{0,8}[\"'\d\[{tfnN\\-]")


def _ends_name(text: str, sign: int, ends: str, blanks: re.Pattern[str]) -> bool:
    """Say whether a letter, digit or one of some ends stands before a sign, over blanks as a pattern has them."""
    last = text[sign - 1 : sign]
    if last.isalnum() or (last and last in ends):
        return True
    return last.isspace() and blanks.search(text[max(0, sign - 9) : sign]) is not None


def _literal(text: str) -> bool:
    """As `_LITERAL`, from its signs: prose has few of them."""
    if "[" in text or "{" in text:
        return _LITERAL.search(text) is not None
    at = text.find(":")
    while at >= 0:
        if _ends_name(text, at, "\"'_", _BEFORE_COLON) and _AFTER_COLON.match(text, at):
            return True
        at = text.find(":", at + 1)
    return False


_BEFORE_SIGN, _AFTER_SIGN = re.compile(r"[\w)\"'*][ \t]{0,8}\Z"), re.compile(r":[^\s:]{2,200}$", re.M)


def _pairs(text: str, signs: list[int]) -> bool:
    """As `_PAIRS`, from its signs."""
    return any(
        _ends_name(text, sign, ")\"'*_", _BEFORE_SIGN) or _AFTER_SIGN.match(text, sign) for sign in signs
    )


def _rows(text: str) -> bool:
    """As `_ROWS`, from its signs."""
    if "\t" in text or "   " in text:
        return True
    for sign in ";|,^~":
        at = text.find(sign)
        if at >= 0 and (text.find(sign, at + 1) > 0 or text.find("\n", at + 1) > 0):
            return True
    return "@" in text and ";" in text and _ROWS.search(text) is not None


def _dump(text: str) -> bool:
    """Say whether a statement of SQL or a row of its values stands in a text."""
    if "('" not in text and not _OPENED.search(text):
        small = text.encode("utf-8", "replace").lower()
        if (
            b"insert" not in small
            and b"replace" not in small
            and b"copy" not in small
            and "\u017f" not in text
        ):
            return False
    return _DUMP.search(text) is not None


def has_layout(text: str) -> bool:
    """Say by a quick look whether a text may be a table, dump or record; prose mostly is not."""
    return any(look.search(text) for look in (_LITERAL, _DUMP, _MARKUP, _PAIRS, _ROWS))


def cells(text: str, may: int = EVERY) -> list[Cell]:
    r"""Take a text apart that is itself CSV, SQL, JSON, YAML, XML, a form or the like.

    Parameters
    ----------
    text : str
        One value: a file's text, a message, a field of a record. Formats may be mixed and broken.
    may : int
        What else than keys may give cells, as `gate.open_rows` tells; the rest is not looked for.

    Returns
    -------
    list of Cell
        In order of place. ``(start, end, key, row, column, table)``: code points of the value without
        quotes; its key or column name with the path to it, None where there is none; numbers of the
        record, of the column in its table, and of the table. Cells may overlap where two readings are
        possible. Empty for prose, and for records none of whose keys tells an entity.

    Notes
    -----
    Linear in the length of the text. Escapes inside a value (``\\u00e9``, ``''``, ``&amp;``) stay as they stand.

    Examples
    --------
    >>> [(c.key, c.row) for c in cells("name;city" + chr(10) + "Ann Lee;Ulm")]
    [('name', 1), ('city', 1)]
    """
    signs = signs_of(text)
    telling = _telling(text, signs)
    sheet = _read(text, telling, signs, may)
    if sheet is None:
        return []
    if telling and (_pairs(text, signs) or LEADER in text):
        read_pairs(sheet)
        read_logfmt(sheet)
    best: dict[tuple[int, int], Cell] = {}
    for cell in sheet.cells:
        known = best.setdefault(cell[:2], cell)
        if known is not cell and _strength(cell) > _strength(known):
            best[cell[:2]] = cell
    return sorted(best.values())


def _read(text: str, telling: bool, signs: list[int], may: int) -> Sheet | None:
    """Read whatever a text may hold but lines that begin with a key; None where it may hold nothing at all."""
    dump = bool(may & Kind.DUMP or (may & Kind.ACCOUNTS and not telling)) and _dump(text)
    markup = "<" in text and _MARKUP.search(text)
    rows = bool(not telling or may & OF_TABLES) and "\n" in text and _rows(text)
    segments = "MSH|" in text or is_segment(text)
    if not (telling or dump or markup or rows or segments) and not _other(text, signs):
        return None
    sheet = Sheet(text, signs)
    if dump:
        read_dumps(sheet)
    if markup:
        read_markup(sheet)
    if (telling or (may & Kind.LISTS and _MATRIX.search(text))) and _literal(text):
        read_literals(sheet)
    if segments:
        read_segments(sheet)
    if ":" in text or "|" in text or ";" in text:
        read_cards(sheet)
        read_accounts(sheet, bool(may & Kind.ACCOUNTS))
    if rows:
        read_tables(sheet, "".join(sign for sign, kind in TABLES.items() if may & kind))
        if may & Kind.BLANKS:
            read_aligned(sheet)
    return sheet


def _strength(cell: Cell) -> float:
    """Say how firmly the key of a cell tells an entity."""
    sense = UNKNOWN if cell.key is None else entity_of_key(cell.key)
    return sense.strength if sense.entity else 0.0


def typed(text: str, found: Sequence[Cell] | None = None) -> list[Typed]:
    """Tell what the cells of a text are, by the names of keys and columns and by a vote of the values.

    Parameters
    ----------
    text : str
        The text.
    found : sequence of Cell, optional
        Its cells; read from the text when left out.

    Returns
    -------
    list of tuple
        ``(start, end, entity, score, evidence)`` in order of place, without overlaps. Values that do not
        look like the entity of their column are left out. `evidence` holds no values and no key names.
    """
    from leakkit.pii.layout.typed import typed_cells

    return typed_cells(text, cells(text) if found is None else found)
