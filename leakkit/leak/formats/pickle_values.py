"""What stands on the stack while a pickle is read: stand-ins for values that are never made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class Sentinel:
    """A stand-in without any property but its name."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name}>"


OTHER = Sentinel("other")
"""A float, a truth value, None, a large integer: nothing to look at."""

LOST = Sentinel("lost")
"""Text that is too long for a name, or was not kept because a budget was spent."""

MISSING = Sentinel("missing")
"""Taken from an empty stack or memo, or unreadable: a real loader stops here."""

EXTENSION = Sentinel("extension")
"""Named by a number in the extension registry of whoever loads."""


@dataclass(slots=True, eq=False)
class Import:
    """A name that loading would import.

    Attributes
    ----------
    module, name : str
        As they stand in the pickle; both may hold dots.
    invoked : bool
        True when loading would also call it.
    resolved : bool or None
        For functions that reach names (``getattr``): True when every use of it was followed to a name,
        False when one was not, None when it was never used.
    opcode : int
        How many opcodes stand before its first appearance.
    """

    module: str
    name: str
    invoked: bool = False
    resolved: bool | None = None
    opcode: int = 0

    @property
    def path(self) -> str:
        """The dotted name; that of the module alone where the module itself is meant."""
        return f"{self.module}.{self.name}" if self.name else self.module


@dataclass(slots=True, eq=False)
class Blob:
    """Bytes inside the pickle: where they stand in the member."""

    offset: int
    length: int


@dataclass(slots=True, eq=False)
class Persistent:
    """A persistent id: how torch names a storage."""

    pid: Any


@dataclass(slots=True, eq=False)
class Made:
    """What a call or a container opcode would give.

    Attributes
    ----------
    maker : Import or other stand-in
        What was called; None for lists, sets and dictionaries.
    arguments : tuple
        What it was called with.
    state : object
        What it was given afterwards.
    children : dict
        Items by key (position for lists); only those worth keeping.
    """

    maker: Any = None
    arguments: tuple[Any, ...] = ()
    state: Any = None
    children: dict[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str | None:
        """The dotted name of what was called."""
        return self.maker.path if isinstance(self.maker, Import) else None
