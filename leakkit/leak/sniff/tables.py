"""Lines that repeat a shape: separated values, logs, listings of a bucket."""

from __future__ import annotations

import re

PLAIN = frozenset(
    {"", "txt", "text", "dat", "data", "out", "bak", "old", "tmp", "lst", "list", "0", "1", "2", "3"}
)
"""Extensions that say nothing about a text's format."""

_SEPARATORS, _RARE = (b"\t", b",", b";", b"|", b"~", b"^"), (b"~", b"^")
"""What parts the cells of a table; the rare ones are asked for more, whoever asks."""

_LINES = 12
_QUOTED = re.compile(rb'"(?:[^"]|"")*+(?:"|\Z)')
_TIME = (
    rb"\d{4}[-/]\d\d[-/]\d\d[T _]\d\d[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d{1,9})?(?:Z|[ ]?[+-]\d\d:?\d\d|[ ]UTC)?"
)
_LOG_LINE = re.compile(
    rb"(?:\[?" + _TIME + rb"\]?(?:[ |]|: |\t|\r?$)"
    rb"|(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d "
    rb"|\[?\x1b?(?:\[\d{1,3}m)?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)"
    rb"(?:\x1b\[\d{0,3}m)?[\]: |\t]"
    rb"|(?:level|time|ts|timestamp)=\S"
    rb"|[IWEF]\d{4} \d\d:\d\d:\d\d\.\d"
    rb"|\[(?:[ ]*\d+\.\d{6}|rank ?\d+|\d\d:\d\d:\d\d(?:\.\d+)?"
    rb"|[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d(?:\.\d+)? \d{4})\]"
    rb"|\d\d:\d\d:\d\d(?:[.,]\d{1,6})? [A-Z\[]"
    rb"|\{'(?:loss|train_loss|eval_loss|train_runtime)':)"
)
_LISTING_LINE = re.compile(
    rb"(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +\d+(?:\.\d+)?(?: (?:[KMGTPE]i?B|Bytes))? +\S"
    rb"|[ ]*PRE \S|Total Objects: \d|[ ]+Total Size: \d|[ ]*\r?$)"
)
_LISTING_OBJECT = re.compile(rb"(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +\d|[ ]*PRE \S+/\r?(?:\n|\Z))")


def _lines(window: bytes) -> list[bytes]:
    """The first whole lines of a window; a last line without its end counts only when it is alone."""
    lines = window.split(b"\n", _LINES + 1)[: _LINES + 1]
    return lines[:-1] if len(lines) > 1 else lines


def content_lines(window: bytes) -> list[bytes]:
    """Give lines that are neither empty nor comments, without the spaces around them."""
    lines = [line.strip() for line in window.split(b"\n", 60)[:60]]
    return [line for line in lines if line and line[:1] not in (b"#", b";")]


def is_log(window: bytes) -> bool:
    r"""Tell whether most of the first lines begin with a time or a level.

    Examples
    --------
    >>> is_log(b"2026-05-01 10:00:00,123 INFO start\n2026-05-01 10:00:01,000 INFO end\n")
    True
    >>> is_log(b"2026-05-01 10:00:00,1.5\n2026-05-01 10:01:00,1.4\n")
    False
    """
    lines = [line for line in _lines(window) if line.strip()]
    if not any(map(_LOG_LINE.match, lines[:2])):
        return False
    found = sum(1 for line in lines if _LOG_LINE.match(line))
    return found >= 3 or 2 * found > len(lines)


def is_bucket_listing(window: bytes) -> bool:
    r"""Tell whether every line is one of ``aws s3 ls``: date, time, size, key; a folder; a total.

    Examples
    --------
    >>> is_bucket_listing(b"2026-05-01 10:00:00 4998663696 ckpt/model.safetensors\n")
    True
    """
    if _LISTING_OBJECT.match(window) is None:
        return False
    return all(map(_LISTING_LINE.match, _lines(window)))


def separator_of(window: bytes, strict: bool = False) -> bytes | None:
    r"""Give the separator that stands equally often in each of the first lines.

    Parameters
    ----------
    window : bytes
        The beginning of a text.
    strict : bool
        Ask for three lines and for cells that prose does not have; for names that are no table's.

    Examples
    --------
    >>> separator_of(b'id;name\n1;"a;b"\n2;c\n')
    b';'
    >>> separator_of(b"Dear Ada,\nthank you, and yours,\n") is None
    True
    """
    plain = _QUOTED.sub(b'""', window) if b'"' in window else window
    lines = [line for line in _lines(plain) if line.strip() and line[:1] != b"#"]
    if len(lines) < (3 if strict else 1):
        return None
    for separator in _SEPARATORS:
        count = lines[0].count(separator)
        if not count or any(line.count(separator) != count for line in lines):
            continue
        is_rare = separator in _RARE
        if (
            not strict
            and not is_rare
            or separator == b"\t"
            or (count >= 2 and _cells_are_short(lines, separator))
        ):
            return separator
    return None


def _cells_are_short(lines: list[bytes], separator: bytes) -> bool:
    """Prose has a space after its commas; a Markdown table has bars at both ends."""
    if separator == b"|" and lines[0].lstrip()[:1] == b"|":
        return False
    spaced = sum(line.count(separator + b" ") for line in lines)
    return 2 * spaced < sum(line.count(separator) for line in lines)
