"""What is derived from detectors, kept in the user's cache folder so that the next process need not derive it again.

Nothing of a leak is ever kept: only what follows from the detectors. The folder is ``$LEAKKIT_CACHE``, else
``leakkit`` in ``%LOCALAPPDATA%`` (Windows), ``$XDG_CACHE_HOME`` or ``~/.cache``; ``LEAKKIT_CACHE=off`` keeps nothing.

Hyperscan trusts the databases it is given: one that somebody else made could crash this process or worse. A file
is therefore read only when it is a plain file of our own user that nobody else may write, in a folder of which
the same is true, and when its hash is right. Everything else is passed over in silence, and written anew.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from leakkit import __version__

VARIABLE = "LEAKKIT_CACHE"
SUFFIX = ".lkc"
MOST_FILES = 48
MOST_BYTES = 1 << 28
_MAGIC = b"leakkit cache 1\n"
_SIZE = 32
_STALE = 3600
_HEAD = len(_MAGIC) + _SIZE + 8
_PACKAGE = Path(__file__).resolve().parents[2]


def key_of(*parts: bytes | str) -> bytes:
    """Give the key of what is derived from `parts`, by this version of the kit, of Python and on this machine."""
    data = [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]
    sizes = b"".join(len(part).to_bytes(8, "little") for part in data)
    return blake2b(b"".join([_salt(), sizes, *data]), digest_size=_SIZE).digest()


@cache
def code_of(*names: str) -> bytes:
    """Give the source of modules of this package; what they derive is void when it changes."""
    found = []
    for name in names:
        with contextlib.suppress(OSError):
            found.append((Path(__file__).parent / name).read_bytes())
    return b"\0".join(found)


def keeps() -> bool:
    """Tell whether anything is kept."""
    return _folder() is not None


def load(kind: str, key: bytes) -> bytes | None:
    """Give what was kept under a key; None where there is nothing that can be trusted."""
    folder = _folder()
    if folder is None or not _is_ours(folder):
        return None
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    try:
        with open(os.open(_path(folder, kind, key), flags), "rb") as file:
            known = os.fstat(file.fileno())
            if not (stat.S_ISREG(known.st_mode) and _safe(known) and _HEAD <= known.st_size <= MOST_BYTES):
                return None
            data = file.read(known.st_size)
    except OSError:
        return None
    body = data[_HEAD:]
    return body if data[:_HEAD] == _head(key, body) else None


def store(kind: str, key: bytes, body: bytes) -> None:
    """Keep something under a key; in silence where that cannot be done."""
    folder = _folder()
    if folder is None or len(body) + _HEAD > MOST_BYTES:
        return
    try:
        _make(folder)
        if not _is_ours(folder):
            return
        handle, name = tempfile.mkstemp(dir=folder, prefix="new-", suffix=".tmp")  # mode 0600
        try:
            with open(handle, "wb") as file:
                file.write(_head(key, body))
                file.write(body)
            os.replace(name, _path(folder, kind, key))
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
        _prune(folder)
    except OSError:
        return


def remembered(kind: str, key: bytes, derive: Callable[[], Any]) -> Any:
    """Give what was kept under a key, or derive and keep it: anything that JSON can say."""
    if (body := load(kind, key)) is not None:
        with contextlib.suppress(ValueError):
            return json.loads(body)
    made = derive()
    store(kind, key, json.dumps(made, separators=(",", ":")).encode())
    return made


@cache
def _salt() -> bytes:
    """Give what everything that is kept depends on."""
    machine = os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_IDENTIFIER", "")
    return repr((__version__, sys.version, sys.platform, sys.byteorder, machine)).encode()


def _folder() -> Path | None:
    """Give the folder; None where nothing is to be kept, or the folder would lie among the kit's own files."""
    chosen = os.environ.get(VARIABLE, "")
    if chosen.lower() in ("off", "0", "no", "none"):
        return None
    try:
        folder = Path(chosen) if chosen else _usual()
        # a relative path would follow the current folder, which may be the leak
        if folder is None or not folder.is_absolute() or folder.resolve().is_relative_to(_PACKAGE):
            return None
    except (OSError, RuntimeError, ValueError):
        return None
    return folder


def _usual() -> Path | None:
    """Give the folder where nothing else is asked for."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
        return Path(base) / "leakkit" / "cache" if base else None
    base = os.environ.get("XDG_CACHE_HOME", "")
    above = Path(base) if os.path.isabs(base) else Path.home() / ".cache"
    # as root with another user's home, our files would be in that user's way
    near = next((p for p in (above, *above.parents) if p.exists()), None)
    if near is None or near.stat().st_uid != os.geteuid():
        return None
    return above / "leakkit"


def _make(folder: Path) -> None:
    """Make the folder, for our own user alone."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def _is_ours(folder: Path) -> bool:
    """True for a folder of our own user that nobody else may write."""
    try:
        known = os.stat(folder)
    except OSError:
        return False
    return stat.S_ISDIR(known.st_mode) and _safe(known)


def _safe(known: os.stat_result) -> bool:
    """True for what belongs to our own user and nobody else may write; Windows guards the folder itself."""
    if sys.platform == "win32":
        return True
    return known.st_uid == os.geteuid() and not known.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _path(folder: Path, kind: str, key: bytes) -> Path:
    """Give the file of a key."""
    return folder / f"{kind}-{key.hex()[:40]}{SUFFIX}"


def _head(key: bytes, body: bytes) -> bytes:
    """Give what stands before a body: what it is, how long, and its hash together with its key."""
    return _MAGIC + len(body).to_bytes(8, "little") + blake2b(body, key=key, digest_size=_SIZE).digest()


def _prune(folder: Path) -> None:
    """Remove the oldest files where there are many, and what processes that were stopped have left."""
    known = [(path.stat().st_mtime, path) for path in folder.iterdir() if path.suffix in (SUFFIX, ".tmp")]
    files = sorted(pair for pair in known if pair[1].suffix == SUFFIX)
    old = [pair for pair in known if pair[1].suffix != SUFFIX and pair[0] < time.time() - _STALE]
    for _, path in (*old, *files[: max(0, len(files) - MOST_FILES)]):
        path.unlink(missing_ok=True)
