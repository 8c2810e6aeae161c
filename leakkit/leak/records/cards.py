r"""Lines of directory entries (LDIF) and vCards as they are meant: folded lines joined, coded values decoded.

An export of a directory writes every value beyond ASCII in base64 (``cn:: w4ZnZXI=``) and breaks lines at 76
characters; old phone books write quoted-printable. Names of half the world stand in a leak in no other way.
Sources: RFC 2849 (LDIF), RFC 2426 and RFC 6350 (vCard), RFC 2045 (quoted-printable).
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator

CARD_FORMATS = frozenset({"text", "unknown"})
"""Formats that entries and cards are told as."""

_HEAD = re.compile(
    rb"(?i)(?:\s|\xef\xbb\xbf|#[^\n]*+\n|version:[^\n]*+\n)*+(?:dn::?[ \t]?[\w+/]|BEGIN:VCARD[ \t]*\r?\n)"
)
_FOLDED = re.compile(rb"(?m)^[^\n]++(?:\n[ \t][^\n]*+)+")
_FOLD = re.compile(rb"\r?\n[ \t]")
_CODED = re.compile(rb"(?m)^([A-Za-z][\w.-]*(?:;[\w.-]+)*)::[ \t]?([A-Za-z0-9+/=]{4,})(?=\r?$)")
_QUOTED = re.compile(
    rb"(?mi)^([A-Z][\w.-]*(?:;[^:;\n]*)*;(?:ENCODING=)?QUOTED-PRINTABLE(?:;[^:\n]*)?):((?:[^\n]*=\r?\n)*[^\n]*)"
)
_CHARSET = re.compile(
    rb"(?i)CHARSET=(utf-?8|iso-8859-\d\d?|windows-125\d|koi8-[ru]|shift_jis|gb\w{3,5}|big5|euc-\w\w)(?![\w-])"
)
_RECORD = re.compile(rb"(?<!=)(?<!=\r)\n(?=[A-Za-z])")
_MOST = 2**16
"""Bytes of a value that is still read; photos and certificates are longer."""

_HELD = 2**21
"""Bytes that wait for the end of a line that goes on."""


def are_cards(head: bytes) -> bool:
    r"""Tell whether a file begins with directory entries or cards.

    Examples
    --------
    >>> are_cards(b"version: 1\n\ndn: uid=made.up,dc=example,dc=org\n"), are_cards(b"dna: a chain\n")
    (True, False)
    """
    return bool(_HEAD.match(head))


def plain(chunks: Iterator[bytes]) -> Iterator[bytes]:
    r"""Give chunks of valid UTF-8 with their lines unfolded and their coded values decoded.

    Every line keeps its number: lines that were joined to one before stay behind it as empty ones. What is no
    text when decoded (photos, keys) stays as it was.

    Examples
    --------
    >>> b"".join(plain(iter([b"dn: cn=a\ncn:: w4Zn\n ZXI=\nmail: a@b.example\n"]))).decode()
    'dn: cn=a\ncn: Æger\n\nmail: a@b.example\n'
    """
    held = b""
    for chunk in chunks:
        held += chunk
        cut = max(
            (found.start() + 1 for found in _RECORD.finditer(held, max(0, len(held) - _MOST))), default=0
        )
        if not cut and len(held) > _HELD:
            cut = held.rfind(b"\n") + 1 or len(held)
        if cut:
            yield _decoded(held[:cut])
            held = held[cut:]
    if held:
        yield _decoded(held)


def _decoded(text: bytes) -> bytes:
    """Unfold and decode whole lines."""
    if b"\n " in text or b"\n\t" in text:
        text = _FOLDED.sub(_unfolded, text)
    if b"::" in text:
        text = _CODED.sub(_of_base64, text)
    if b"=" in text:
        text = _QUOTED.sub(_of_quoted, text)
    return text


def _unfolded(found: re.Match[bytes]) -> bytes:
    """Join a line with those that go on, and put as many empty ones behind it."""
    line, count = _FOLD.subn(b"", found[0])
    return line + b"\n" * count


def _of_base64(found: re.Match[bytes]) -> bytes:
    """Give a line with its value decoded, or as it was."""
    if len(found[2]) > _MOST:
        return found[0]
    try:
        text = _text(base64.b64decode(found[2], validate=True), "utf-8")
    except binascii.Error:
        return found[0]
    return found[1] + b": " + text if text else found[0]


def _of_quoted(found: re.Match[bytes]) -> bytes:
    """Give a line with its value decoded, or as it was; it may go on behind a ``=`` at its end."""
    if len(found[2]) > _MOST:
        return found[0]
    charset = _CHARSET.search(found[1])
    text = _text(quopri.decodestring(found[2]), charset[1].decode() if charset else "utf-8")
    return found[1] + b": " + text + b"\n" * found[2].count(b"\n") if text else found[0]


def _text(value: bytes, charset: str) -> bytes:
    """Give the text that is meant, in one line; nothing where it is none."""
    try:
        words = value.decode(charset).split()
    except (UnicodeDecodeError, LookupError):
        return b""
    return " ".join(words).encode() if "".join(words).isprintable() else b""
