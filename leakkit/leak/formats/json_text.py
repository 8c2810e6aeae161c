"""JSON members read with depth, memory and trailing garbage kept in bounds."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.source import HEADER_LIMIT, Source

DEPTH_LIMIT = 500
"""Deepest nesting taken for honest; Python's own parser gives up near 1,000."""

_SCAN_LIMIT = 4 * 2**20
_VALUES_LIMIT = 1_500_000
_OPENERS = b"{["
_NOT_STRUCTURE = bytes(set(range(256)) - set(b'{}[]"'))
_STARTS = re.compile(r"[\s\ufeff]*")


class Parsed(NamedTuple):
    """A JSON value, and a note when something follows it that is no JSON."""

    value: Any
    note: str | None


def parse_json(source: Source) -> Parsed:
    """Give the JSON value a member holds; text after it is noted, not refused.

    Raises
    ------
    BadMemberError
        Larger than `HEADER_LIMIT` or more values than are kept (``limit``), nested deeper than
        `DEPTH_LIMIT` (``refused``), cut off (``truncated``), or no JSON (``corrupt``).

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> parse_json(BytesSource(b'{"a": 1} trailing')).note
    '9 characters follow the JSON value'
    """
    if source.size > HEADER_LIMIT:
        raise BadMemberError(
            f"{source.size:,} bytes of JSON; at most {HEADER_LIMIT:,} are parsed", status="limit"
        )
    raw = source.read_at(0, source.size)
    if raw.count(b",") + raw.count(b"[") + raw.count(b"{") > _VALUES_LIMIT:
        raise BadMemberError("the JSON holds more values than are kept in memory", status="limit")
    if nesting_depth(raw) > DEPTH_LIMIT:
        raise BadMemberError(f"the JSON is nested more than {DEPTH_LIMIT} deep", status="refused")
    text = decode_text(raw)
    try:
        value, end = json.JSONDecoder().raw_decode(text, _start(text))
    except json.JSONDecodeError as error:
        cut_off = error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated string")
        if cut_off:
            raise BadMemberError("the JSON ends inside a value", status="truncated") from None
        raise BadMemberError(f"no JSON at line {error.lineno}, column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise BadMemberError(f"no JSON that can be parsed ({type(error).__name__})") from None
    left = len(text) - end if text[end:].strip("\0 \t\r\n") else 0
    return Parsed(value, f"{left:,} characters follow the JSON value" if left else None)


def _start(text: str) -> int:
    """Place of the first character that is neither space nor byte-order mark."""
    match = _STARTS.match(text)
    return match.end() if match else 0


def parse_object(source: Source, facts: Facts) -> dict[str, Any]:
    """Give the JSON object of a member and put the note on what follows it into `facts`."""
    value, facts.error = parse_json(source)
    if not isinstance(value, dict):
        raise BadMemberError("the JSON is not an object")
    return value


def refused(error: BadMemberError) -> Facts:
    """Give the facts of JSON that was refused for its depth; any other error is raised again."""
    if error.status != "refused":
        raise error
    facts = Facts(status=error.status, error=error.reason)
    facts.flag("yes", "json-depth")
    return facts


def decode_text(raw: bytes) -> str:
    """Give text in UTF-8, or in UTF-16 or UTF-32 where a mark says so; wrong bytes are replaced."""
    codec = "utf-32" if raw[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") else "utf-8"
    if codec == "utf-8" and raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        codec = "utf-16"
    return raw.decode(codec, "replace")


def nesting_depth(raw: bytes) -> int:
    """Give the deepest nesting of objects and lists in JSON text, without parsing it.

    Linear in the bytes. A text cut inside a string may count brackets of that string.

    Examples
    --------
    >>> nesting_depth(b'{"a": [1, "]["]}'), nesting_depth(b'["{"]')
    (2, 1)
    """
    if not raw.count(b"[") + raw.count(b"{"):
        return 0
    plain = raw.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in raw else raw
    structure = b"".join(plain.translate(None, _NOT_STRUCTURE).split(b'"')[::2])
    if not structure:
        return 0
    import numpy as np

    signs = np.frombuffer(structure, dtype=np.uint8)
    steps = np.where((signs == _OPENERS[0]) | (signs == _OPENERS[1]), 1, -1).astype(np.int32)
    return max(0, int(steps.cumsum(dtype=np.int32).max()))


def judge_depth(source: Source, facts: Facts) -> None:
    """Flag JSON whose nesting exhausts a naive reader; looks at the first 4 MiB."""
    raw = source.head
    if source.size > len(raw) and raw.count(b"[") + raw.count(b"{") > 64:
        raw = source.read_at(0, min(source.size, _SCAN_LIMIT))
    if raw.count(b"[") + raw.count(b"{") > DEPTH_LIMIT and nesting_depth(raw) > DEPTH_LIMIT:
        facts.flag("yes", "json-depth")
    else:
        facts.danger = facts.danger or "none_found"


def whole_number(value: Any) -> int | None:
    """Give a positive whole number that a count may be, from a number or its text; else None.

    Examples
    --------
    >>> whole_number("32"), whole_number(1e3), whole_number(-1), whole_number(True), whole_number("many")
    (32, 1000, None, None, None)
    """
    if isinstance(value, str) and len(value) <= 18 and value.isascii() and value.isdigit():
        value = int(value)
    if isinstance(value, float) and value == value and abs(value) < 2**53 and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value < 2**62 else None
