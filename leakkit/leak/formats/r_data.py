"""R's serialised objects (``.rds``, ``.RData``), walked for what loading or looking at them would run.

Vectors, texts, lists and their attributes are data. Closures, byte code, calls and promises are code; a
promise is evaluated as soon as it is looked at (CVE-2024-27322, R before 4.4.0).
https://cran.r-project.org/doc/manuals/r-release/R-ints.html#Serialization-Formats
"""

from __future__ import annotations

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.cursor import Cursor
from leakkit.leak.source import Source

_ITEMS_LIMIT = 300_000
_CODE = {
    3: "r-closure", 4: "r-environment", 5: "r-promise", 6: "r-call", 7: "r-builtin", 8: "r-builtin",
    20: "r-expression", 21: "r-bytecode", 22: "r-pointer", 23: "r-weak-reference",
    239: "r-call", 240: "r-call", 243: "r-bytecode", 244: "r-bytecode", 249: "r-namespace",
    250: "r-package", 248: "r-package", 246: "r-call", 245: "r-call",
}  # fmt: skip
_BARE = frozenset({254, 253, 252, 251, 247, 242, 241})
_WIDTHS = {10: 4, 13: 4, 14: 8, 15: 16, 24: 1}
_SYMBOL, _PAIRS, _CHARACTERS, _TEXTS, _LIST, _S4, _COMPACT, _REFERENCE = 1, 2, 9, 16, 19, 25, 238, 255
_HAS_ATTRIBUTES, _HAS_TAG = 0x200, 0x400


def read(source: Source, format: str = "r-data") -> Facts:
    r"""Tell whether a file of R objects holds code.

    Returns
    -------
    Facts
        ``danger`` is ``none_found`` when the object was walked to its end and holds data only, else
        ``review`` with the kind of code that was met first, or ``r-serialisation`` for what is not
        walked (the text form, more than 300,000 items, a damaged file).

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> number = b"X\n" + bytes.fromhex("00000002 00040201 00020300 0000000d 00000001 00000007")
    >>> read(BytesSource(number)).danger
    'none_found'
    """
    facts = Facts()
    try:
        rule = _walk(source)
    except BadMemberError as error:
        facts.status, facts.error, rule = error.status, error.reason, "r-serialisation"
    if rule:
        facts.flag("review", rule)
    else:
        facts.danger = "none_found"
    return facts


def _start(source: Source) -> Cursor | None:
    """Give the place of the first item; None for the text form."""
    head = source.head
    place = 5 if head[:3] in (b"RDX", b"RDA", b"RDB") else 0
    form = head[place : place + 2]
    if form not in (b"X\n", b"B\n"):
        return None
    cursor = Cursor(source, place + 2, ">" if form == b"X\n" else "<")
    version, _, _ = cursor.numbers("i", 3)
    if version == 3:
        cursor.skip(cursor.number("I"))
    elif version != 2:
        raise BadMemberError("the version of R's serialisation is neither 2 nor 3")
    return cursor


def _walk(source: Source) -> str:
    """Give the rule of the first code that is met; empty when there is none."""
    cursor = _start(source)
    if cursor is None:
        return "r-serialisation"
    waiting, items = [1], 0  # how many items are still due on each level
    while waiting:
        if waiting[-1] == 0:
            waiting.pop()
            continue
        waiting[-1] -= 1
        items += 1
        if items > _ITEMS_LIMIT:
            return "r-serialisation"
        rule = _item(cursor, waiting)
        if rule:
            return rule
        if len(waiting) > _ITEMS_LIMIT:
            raise BadMemberError("lists are nested too deeply", status="refused")
    return ""


def _item(cursor: Cursor, waiting: list[int]) -> str:
    """Read one item; what it holds is put on `waiting`. Gives the rule of code."""
    flags = cursor.number("I")
    kind = flags & 0xFF
    attributes = int(bool(flags & _HAS_ATTRIBUTES))
    if kind in _BARE:
        return ""
    if kind == _REFERENCE:
        cursor.skip(0 if flags >> 8 else 4)
    elif kind == _CHARACTERS:
        cursor.skip(max(0, cursor.number("i")))
        waiting.append(attributes)  # R reads and drops them: code may stand there
    elif kind == _SYMBOL:
        waiting.append(1)
    elif kind == _PAIRS:
        waiting.append(attributes + int(bool(flags & _HAS_TAG)) + 2)
    elif kind == _COMPACT:
        waiting.append(3)
    elif kind == _S4:
        waiting.append(attributes)
    elif kind in (_TEXTS, _LIST):
        waiting.append(_length(cursor, 4) + attributes)
    elif kind in _WIDTHS:
        cursor.skip(_length(cursor, _WIDTHS[kind]) * _WIDTHS[kind])
        waiting.append(attributes)
    else:
        return _CODE.get(kind, "r-serialisation")
    return ""


def _length(cursor: Cursor, item_size: int) -> int:
    """Give how many items a vector has, checked against the bytes that are left."""
    length = cursor.number("i")
    if length == -1:
        high, low = cursor.numbers("I", 2)
        length = high << 32 | low
    if length < 0:
        raise BadMemberError("a vector has a negative length")
    cursor.need(length, item_size)
    return length
