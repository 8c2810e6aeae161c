"""A member as a file for other people's parsers: every read costs, and the budget ends what never would."""

from __future__ import annotations

import io

from leakkit.errors import BadMemberError
from leakkit.leak.source import Source

_COST_OF_A_READ = 512


class GuardedFile(io.RawIOBase):
    """A read-only, seekable file over a source that raises `BadMemberError` when its budget is spent.

    A read costs its bytes, plus a fixed price for the work around it. Reads that each follow a jump
    cost as well what such reads gave before: a parser that chases a chain of blocks usually glues
    them together, and copies all of them every time.

    Parameters
    ----------
    source : Source
        The member.
    base : int
        Offset in the member that counts as the file's beginning.
    budget : int
        Units that may be spent (default 256 Mi, about half a second of work).

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> file = GuardedFile(BytesSource(b"abcdef"), base=2)
    >>> file.seek(1), file.read(2)
    (1, b'de')
    """

    def __init__(self, source: Source, base: int = 0, budget: int = 2**28) -> None:
        super().__init__()
        self._source, self._base, self._left = source, base, budget
        self._position, self._jumped, self._chain = 0, True, 0

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that the position can be set."""
        return True

    def tell(self) -> int:
        """Give the position."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Set the position."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position, self._jumped = start + offset, True
        if self._position < 0:
            raise BadMemberError("a header points before the start of the file")
        return self._position

    @property
    def _size(self) -> int:
        """Bytes from the beginning to the end of the member."""
        return max(0, self._source.size - self._base)

    def read(self, size: int | None = -1) -> bytes:
        """Give up to `size` bytes; everything that is left when it is negative."""
        rest = max(0, self._size - self._position)
        wanted = rest if size is None or size < 0 else min(size, rest)
        if size is not None and size > self._size:
            raise BadMemberError("a header asks for more bytes than the file has")
        data = self._source.read_at(self._base + self._position, wanted)
        self._chain = self._chain + len(data) if self._jumped else 0
        self._left -= len(data) + self._chain + _COST_OF_A_READ
        if self._left < 0:
            raise BadMemberError("reading the structure costs more than its budget", status="limit")
        self._position, self._jumped = self._position + len(data), False
        return data
