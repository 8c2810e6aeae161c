"""Names and snippets of a leak made harmless to look at: in a terminal, in HTML, in a spreadsheet.

What is escaped: control characters (ANSI sequences begin with one), characters that turn the writing
direction (Unicode bidi controls, "Trojan Source", CVE-2021-42574), invisible format characters, line
separators, private-use and lone surrogates. Ordinary letters of every script stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

_PLAIN = re.compile(r"[ -~]*")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def _escaped(character: str) -> str:
    """Give one hidden character as a visible code."""
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def printable(text: str, limit: int | None = None) -> str:
    r"""Give `text` with every hidden or direction-turning character as a visible code.

    Parameters
    ----------
    text : str
        A name or message that came from a leak.
    limit : int, optional
        Longest result in characters; the middle is left out of a longer one.

    Returns
    -------
    str
        One line, valid UTF-8, safe to print in a terminal. It is not escaped for HTML.

    Examples
    --------
    >>> printable("report\x1b[31m.txt")
    'report\\x1b[31m.txt'
    >>> printable("Straße 東京")
    'Straße 東京'
    >>> printable("a" * 30, limit=11)
    'aaaaa…aaaaa'
    """
    if not _PLAIN.fullmatch(text):
        text = "".join(_escaped(c) if unicodedata.category(c) in _HIDDEN_CATEGORIES else c for c in text)
    if limit is not None and len(text) > limit:
        half = (limit - 1) // 2
        text = f"{text[:half]}…{text[len(text) - half :]}"
    return text


def spreadsheet_safe(text: str) -> str:
    """Give `text` so that no spreadsheet takes it for a formula (a quote is put before it).

    Follows the OWASP advice on CSV injection. Also escapes hidden characters.

    Examples
    --------
    >>> spreadsheet_safe("=cmd()")
    "'=cmd()"
    >>> spreadsheet_safe("weights/model.gguf")
    'weights/model.gguf'
    """
    quoted = "'" + text if text.lstrip().startswith(_FORMULA_START) else text
    return printable(quoted)
