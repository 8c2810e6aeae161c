"""One entry of an archive, whatever the archive: the words that zip and tar readers share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(slots=True)
class Entry:
    """An archive member before it is opened.

    `name` is as stored, with hidden characters escaped; `status` is ok when `open` may be called.
    `escapes` is True for absolute names and names that climb out with '..'.
    """

    name: str
    size: int | None = None
    compressed_size: int | None = None
    mtime: float | None = None
    status: str = "ok"
    error: str | None = None
    escapes: bool = False
    open: Callable[[], BinaryIO] | None = None


PATH_LIMIT = 2_048
"""Longest path inside archives that is shown whole (bytes)."""


def shortened(path: str) -> str:
    """Give a path of at most `PATH_LIMIT` bytes; of a longer one the middle is replaced by its hash.

    Archives can give a member a name of 64 thousand characters, and every member inside repeats it.

    Examples
    --------
    >>> len(shortened("a" * 3000)), len(shortened("東" * 3000).encode())
    (2042, 2044)
    """
    if len(path) <= PATH_LIMIT // 4:
        return path
    data = path.encode("utf-8", "backslashreplace")
    if len(data) <= PATH_LIMIT:
        return path
    half = (PATH_LIMIT - 24) // 2
    start, end = data[:half].decode("utf-8", "ignore"), data[-half:].decode("utf-8", "ignore")
    return f"{start}…{hashlib.sha256(data).hexdigest()[:16]}…{end}"


def climbs_out(name: str) -> bool:
    r"""Tell whether a stored name would leave the folder it is unpacked into.

    Examples
    --------
    >>> climbs_out("../../etc/evil.txt"), climbs_out("/abs"), climbs_out("C:\\x"), climbs_out("a/..b/c")
    (True, True, True, False)
    """
    parts = name.replace("\\", "/").split("/")
    return (
        name.startswith(("/", "\\"))
        or ".." in parts
        or (len(name) > 1 and name[1] == ":" and name[0].isalpha())
    )
