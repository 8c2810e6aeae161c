"""How much a leak may cost to open: limits on unpacked bytes, ratio, members, depth; and the meter that counts."""

from __future__ import annotations

from dataclasses import dataclass, fields

from leakkit.errors import BadMemberError, BadParameterError

AGAIN_TIMES = 4
AGAIN_FREE = 2**30
"""Bytes that may be unpacked more than once: these, and `AGAIN_TIMES` what was unpacked once."""

SPARED = 2**31
"""Bytes that may be unpacked beyond the ratio of the outermost archives, over the whole leak.

Small members are spared the ratio, members of one archive can share their bytes, and bombs in bombs
multiply: only the sum, held against what stands on the disk, keeps the work in proportion.
"""

WINDOW_LIMIT = 2**27
"""Memory that dictionaries (xz) and windows (zstd) may take, an archive and those around it together."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits on what hides inside archives and listings; plain files on disk are not limited.

    Whatever meets a limit becomes a row with ``status="limit"``; the run goes on.

    Parameters
    ----------
    unpacked_bytes : int
        Bytes that may be unpacked in one pass over the whole leak (default 1 TiB).
    ratio : float
        Unpacked to packed bytes of one member (default 250). Deflate reaches 1,032 on zeros; text
        seldom passes 30. Checked only beyond `ratio_from` bytes, so that small members are spared.
    ratio_from : int
        Unpacked bytes of a member from which on the ratio is checked (default 8 MiB).
    members : int
        Members inside archives and listings, over the whole leak (default 1,000,000).
    depth : int
        Archives inside archives (default 5; 0 opens none).

    Examples
    --------
    >>> Budget(depth=2).depth
    2
    """

    unpacked_bytes: int = 2**40
    ratio: float = 250.0
    ratio_from: int = 8 * 2**20
    members: int = 1_000_000
    depth: int = 5

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, int | float) or isinstance(value, bool) or not value >= 0:
                raise BadParameterError(
                    f"Expected a number of at least 0 for the budget's {field.name}",
                    f"found {value}" if isinstance(value, float | int) else f"found a {type(value).__name__}",
                    "correct it",
                )


class Meter:
    """Counts what a pass over one leak has unpacked, and ends members that overdraw the budget."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.unpacked = self.again = self.members = 0
        self.window_left = WINDOW_LIMIT
        """What archives inside the one that is open may still take for windows (bytes)."""
        self._allowed, self._outer_unpacked, self._spared = float("inf"), 0, 0.0

    def enter(self, packed: int | None) -> None:
        """Say that an archive of `packed` bytes is opened that stands in no other."""
        self._allowed, self._outer_unpacked = self.budget.ratio * max(packed or 0, 1), 0
        self.window_left = WINDOW_LIMIT

    def count_member(self) -> None:
        """Count one more member inside a container; raise once the limit is met."""
        self.members += 1
        if self.members > self.budget.members:
            raise BadMemberError(
                f"more than {self.budget.members:,} members in archives and listings", status="limit"
            )

    def check_declared(self, size: int | None, packed: int | None) -> None:
        """Refuse a member whose own header promises more than the budget."""
        if size is None:
            return
        if size > self.budget.unpacked_bytes - self.unpacked:
            raise BadMemberError("its header promises more bytes than the budget has left", status="limit")
        if packed is not None and size > self.budget.ratio_from and size > self.budget.ratio * max(packed, 1):
            raise BadMemberError(
                f"unpacks to {size / max(packed, 1):,.0f} times its packed size; the limit is {self.budget.ratio:,.0f}",
                status="limit",
            )

    def unpack(self, n: int) -> None:
        """Count `n` bytes that nobody had unpacked before; raise when that is too much."""
        self.unpacked += n
        self._outer_unpacked += n
        self._spared += max(0, min(n, self._outer_unpacked - self._allowed))
        self.check_spent()

    def check_spent(self) -> None:
        """Raise when the whole budget is spent, or too much came out of too little."""
        if self.unpacked > self.budget.unpacked_bytes:
            raise BadMemberError(
                f"the leak's budget of {self.budget.unpacked_bytes:,} unpacked bytes is spent",
                status="limit",
            )
        if self._outer_unpacked > self._allowed and self._spared > SPARED:
            raise BadMemberError(
                f"its members together unpack to more than {self.budget.ratio:,.0f} times the archive's packed size",
                status="limit",
            )

    def reserve_window(self, declared: int | None) -> int:
        """Give the limit for the window of a stream, and keep the rest for what is inside it.

        `declared` is what its first header says, None for streams that hold little back.

        Raises
        ------
        BadMemberError
            The stream declares more than is left.
        """
        if declared is None:
            return 0
        if declared > self.window_left:
            raise BadMemberError("unpacking asks for more memory than is given", status="limit")
        given = max(declared, self.window_left // 2)  # later frames may want more than the first
        self.window_left -= given
        return given

    def counter(self, packed: int | None = None) -> Counter:
        """Give what counts the unpacked bytes of one member of `packed` bytes."""
        return Counter(self, packed)


class Counter:
    """Counts the bytes one stream gives; bytes unpacked again after a rewind are counted apart.

    Ratio and total look at bytes that are new; what is unpacked again may come to `AGAIN_TIMES` the
    total and `AGAIN_FREE` bytes, so that the work stays in proportion to the leak.
    """

    __slots__ = ("_ceiling", "_furthest", "_meter", "_position")

    def __init__(self, meter: Meter, packed: int | None) -> None:
        budget = meter.budget
        self._meter, self._position, self._furthest = meter, 0, 0
        self._ceiling = None if packed is None else max(budget.ratio_from, budget.ratio * max(packed, 1))

    def rewind(self) -> None:
        """Say that the stream starts again."""
        self._position = 0

    def __call__(self, n: int) -> None:
        """Count `n` bytes.

        Raises
        ------
        BadMemberError
            A limit of the budget is met.
        """
        meter = self._meter
        self._position += n
        new = max(0, self._position - self._furthest)
        self._furthest += new
        meter.again += n - new
        meter.unpack(new)
        if self._ceiling is not None and self._furthest > self._ceiling:
            raise BadMemberError(
                f"unpacks to more than {meter.budget.ratio:,.0f} times its packed size", status="limit"
            )
        if meter.again > AGAIN_TIMES * meter.unpacked + AGAIN_FREE:
            raise BadMemberError(
                "its archive would have to be unpacked again and again; unpack it and inventory the folder",
                status="limit",
            )
