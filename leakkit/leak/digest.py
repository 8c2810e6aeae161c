"""Hashes of members: SHA-256 by default, BLAKE3 when asked for, in one reading of the bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from leakkit.errors import BadParameterError

BUFFER = 2**18
ALGORITHMS = ("sha256", "blake3")


def algorithms(hash: bool | str | tuple[str, ...]) -> tuple[str, ...]:
    """Give the hashes meant by an argument ``hash``: True is SHA-256, False none.

    Examples
    --------
    >>> algorithms(True), algorithms(False), algorithms(("sha256", "blake3"))
    (('sha256',), (), ('sha256', 'blake3'))
    """
    if hash is True:
        return ("sha256",)
    chosen = () if hash is False else tuple(hash) if isinstance(hash, tuple | list) else (hash,)
    if unknown := [name for name in chosen if name not in ALGORITHMS]:
        raise BadParameterError(
            f"Expected hash to name {' or '.join(ALGORITHMS)}", f"found {unknown[0]!r}", "use hash=True"
        )
    return chosen


class Digest:
    """Several hashes of one stream of bytes.

    Examples
    --------
    >>> digest = Digest(("sha256",))
    >>> digest.update(b"")
    >>> digest.result()["sha256"][:12]
    'e3b0c44298fc'
    """

    __slots__ = ("_hashes",)

    def __init__(self, names: tuple[str, ...]) -> None:
        self._hashes: dict[str, Any] = {name: _new(name) for name in names}

    def update(self, data: bytes | memoryview) -> None:
        """Add bytes."""
        for value in self._hashes.values():
            value.update(data)

    def read(self, file: BinaryIO, told: Callable[[int], None] | None = None) -> int:
        """Add all that is left of `file`; give the number of bytes, and tell them on the way."""
        buffer = bytearray(BUFFER)
        view = memoryview(buffer)
        total = 0
        readinto = cast(Any, file).readinto
        while length := readinto(buffer):
            self.update(view[:length])
            total += length
            if told is not None:
                told(length)
        return total

    def result(self) -> dict[str, str]:
        """Give the hexadecimal digests by name."""
        return {name: value.hexdigest() for name, value in self._hashes.items()}


def _new(name: str) -> Any:
    """Start one hash."""
    if name == "sha256":
        return hashlib.sha256(usedforsecurity=False)
    import blake3

    return blake3.blake3()
