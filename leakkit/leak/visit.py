"""What a walk over a leak says at each step: a member to look at, or the end of a container."""

from __future__ import annotations

import struct
import tarfile
import zipfile
from dataclasses import dataclass, field

from leakkit.leak.archives.unpack import BROKEN
from leakkit.leak.listings.listing import Listed
from leakkit.leak.source import Source

UNREADABLE = (
    *BROKEN,
    tarfile.TarError,
    zipfile.BadZipFile,
    struct.error,
    RuntimeError,
    ArithmeticError,
    MemoryError,
    LookupError,
)
"""What the archive libraries raise on members that cannot be read."""


@dataclass(slots=True)
class Visit:
    """One member while it is being looked at.

    `source` is None where nothing can be read (`status` and `error` say why) and for members that a
    listing only claims (`listed`). `stored` is the name of an outermost member as its file system has it,
    from the root of the leak on, by which it can be opened again. `is_container` announces that the
    members inside come next, and that a `Leave` for the same path follows. `packed` tells that reading
    backwards unpacks again.
    """

    path: str
    container: str | None = None
    size: int | None = None
    compressed_size: int | None = None
    mtime: float | None = None
    source: Source | None = None
    format: str = "unknown"
    format_by: str = "extension"
    status: str = "ok"
    error: str | None = None
    escapes: bool = False
    is_container: bool = False
    listed: Listed | None = None
    etag: str | None = None
    digests: dict[str, str] | None = None
    packed: bool = False
    stored: str = ""


@dataclass(slots=True)
class Leave:
    """The end of a container: how reading its members went."""

    path: str
    status: str = "ok"
    error: str | None = None
    rules: list[str] = field(default_factory=list)


Step = Visit | Leave
