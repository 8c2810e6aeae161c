"""MessagePack read token by token, without building what it holds; long values are passed over unread.

https://github.com/msgpack/msgpack/blob/master/spec.md
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.formats.protobuf import Window
from leakkit.leak.source import Source

TOKENS_LIMIT = 500_000
DEPTH_LIMIT = 100

_SIZES = {
    0xC4: ("bin", 1), 0xC5: ("bin", 2), 0xC6: ("bin", 4), 0xC7: ("ext", 1), 0xC8: ("ext", 2),
    0xC9: ("ext", 4), 0xD9: ("str", 1), 0xDA: ("str", 2), 0xDB: ("str", 4), 0xDC: ("array", 2),
    0xDD: ("array", 4), 0xDE: ("map", 2), 0xDF: ("map", 4),
}  # fmt: skip
_NUMBERS = {
    0xCA: ">f", 0xCB: ">d", 0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q", 0xD0: ">b", 0xD1: ">h",
    0xD2: ">i", 0xD3: ">q",
}  # fmt: skip


class Token(NamedTuple):
    """One value: its kind, how many items or bytes, where its bytes begin, and the number it is.

    `kind` is nil, bool, number, str, bin, ext, array or map. `code` is the type of an ext.
    """

    kind: str
    length: int
    place: int
    value: float | int | None = None
    code: int = 0

    @property
    def end(self) -> int:
        """First byte after the token (after the opening alone for array and map)."""
        return self.place + (self.length if self.kind in ("str", "bin", "ext") else 0)


def token_at(window: Window, place: int) -> Token:
    r"""Give the token at `place`.

    Raises
    ------
    BadMemberError
        No such token, or the file ends inside it (``truncated``).

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> token_at(Window(BytesSource(b"\xa2hi")), 0)
    Token(kind='str', length=2, place=1, value=None, code=0)
    """
    window.spend()
    raw = window.read_at(place, 10)
    if not raw:
        raise BadMemberError("the file ends before its last value", status="truncated")
    try:
        token = _token(raw, place)
    except (struct.error, IndexError):
        raise BadMemberError("the file ends inside a value", status="truncated") from None
    if token.end > window.size:
        raise BadMemberError("a value is longer than the file", status="truncated")
    if token.kind in ("array", "map") and token.length > window.size - token.place:
        raise BadMemberError("a list claims more items than the file has bytes", status="truncated")
    return token


def _token(raw: bytes, place: int) -> Token:
    """Read the token that `raw` begins with."""
    mark = raw[0]
    if mark < 0x80 or mark >= 0xE0:
        return Token("number", 0, place + 1, mark if mark < 0x80 else mark - 256)
    if mark < 0xC0:
        kind, mask = ("map", 15) if mark < 0x90 else ("array", 15) if mark < 0xA0 else ("str", 31)
        return Token(kind, mark & mask, place + 1)
    if mark in (0xC0, 0xC2, 0xC3):
        return Token("nil" if mark == 0xC0 else "bool", 0, place + 1, mark == 0xC3)
    if mark in _NUMBERS:
        code = _NUMBERS[mark]
        return Token("number", 0, place + 1 + struct.calcsize(code), struct.unpack_from(code, raw, 1)[0])
    if mark in _SIZES:
        kind, width = _SIZES[mark]
        if len(raw) < 1 + width + (kind == "ext"):
            raise IndexError
        length = int.from_bytes(raw[1 : 1 + width], "big")
        start = place + 1 + width + (kind == "ext")
        return Token(kind, length, start, None, raw[1 + width] if kind == "ext" else 0)
    if 0xD4 <= mark <= 0xD8:
        return Token("ext", 1 << (mark - 0xD4), place + 2, None, raw[1])
    raise BadMemberError("a value begins with a byte that MessagePack does not use")


def walk_leaves(source: Source) -> Iterator[tuple[tuple[str, ...], Token, Window]]:
    """Give every value that is no list or map, with the names that lead to it.

    The outermost value only; what follows it is not looked at. Keys that are no text stand as ``?``.

    Raises
    ------
    BadMemberError
        Broken or cut off; nested deeper than `DEPTH_LIMIT` (``refused``); more than `TOKENS_LIMIT`
        tokens (``limit``).
    """
    window = Window(source, TOKENS_LIMIT)
    path: list[str] = []
    left: list[list[int]] = []  # per open list or map: items left, is it a map, items read
    place = 0
    while True:
        if left and left[-1][1]:
            key = token_at(window, place)
            path[-1] = _key(window, key)
            place = key.end
        elif left:
            path[-1] = str(left[-1][2])
        token = token_at(window, place)
        place = token.end
        if token.kind in ("array", "map") and token.length:
            if len(left) >= DEPTH_LIMIT:
                raise BadMemberError(f"lists are nested more than {DEPTH_LIMIT} deep", status="refused")
            left.append([token.length, token.kind == "map", 0])
            path.append("")
            continue
        yield tuple(path), token, window
        while left:
            left[-1][0] -= 1
            left[-1][2] += 1
            if left[-1][0]:
                break
            left.pop()
            path.pop()
        if not left:
            return


def _key(window: Window, token: Token) -> str:
    """Give the text of a key; a number as its digits."""
    if token.kind == "number":
        return str(token.value)
    if token.kind not in ("str", "bin"):
        if token.kind in ("array", "map") and token.length:
            raise BadMemberError("a key is a list")
        return "?"
    return window.read_at(token.place, min(token.length, 500)).decode("utf-8", "replace")


def looks_like_msgpack(source: Source) -> str | None:
    """Tell a map with text keys, and whether it holds Flax arrays; looks at the head only.

    Returns
    -------
    str or None
        ``flax-msgpack``, ``msgpack`` or None. At least four values must parse, or the whole file.
    """
    first = source.head[:2]
    if not (0x81 <= first[0] <= 0x8F or first[0] in (0xDE, 0xDF)):
        return None
    second = source.head[{0xDE: 3, 0xDF: 5}.get(first[0], 1) :][:1]
    if not second or not (0xA1 <= second[0] <= 0xBF or second[0] in (0xD9, 0xC4)):
        return None
    count, found, whole = 0, "msgpack", False
    try:
        for path, token, window in walk_leaves(source):
            if not all(name and name.isprintable() and "\ufffd" not in name for name in path):
                return None
            if token.kind == "ext" and is_array(window, token):
                return "flax-msgpack"
            count += 1
            if count >= 200 or token.end > len(source.head):
                break
            whole = token.end == source.size
    except BadMemberError as error:
        return found if error.status == "truncated" and count >= 8 else None
    return found if count >= 4 or whole else None


def is_array(window: Window, token: Token) -> bool:
    """Tell whether an ext is an array as Flax writes it: shape, dtype name and bytes in a list."""
    return token.code == 1 and token.length > 5 and window.read_at(token.place, 1) == b"\x93"
