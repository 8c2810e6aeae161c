"""Leaks behind a URL: buckets, shares and single files through fsspec, fetched only where they are looked at."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import urlsplit

from leakkit.errors import (
    BadParameterError,
    LeakkitError,
    LeakNotFoundError,
    LeakUnreadableError,
    MissingExtraError,
    NotALeakError,
)
from leakkit.leak.archives.unpack import RewindingReader
from leakkit.leak.listings.listing import moment_from
from leakkit.leak.text import printable

BLOCK = 2**21
"""Bytes fetched beyond what is asked for; a header of any file costs about so many."""

CONNECT_SECONDS, READ_SECONDS = 10, 60
PAGE = 1_000
"""Objects asked for at once; S3 gives no more."""

_HTTP = frozenset({"http", "https"})
_S3 = frozenset({"s3", "s3a"})
_EMPTY_NAMES = ("", ".")


class Found(NamedTuple):
    """One remote object: relative path as stored, size, time (seconds), ETag, how to open it, place in its system."""

    path: str
    size: int | None
    mtime: float | None
    etag: str | None
    open: Callable[[], BinaryIO]
    place: str = ""


def check_remote(url: str, **storage_options: Any) -> None:
    """Raise unless at least one object can be listed at `url`.

    Raises
    ------
    LeakNotFoundError, LeakUnreadableError, NotALeakError, MissingExtraError, BadParameterError
        Nothing there; no permission, credentials or answer; nothing in it; a package is missing; no
        URL that can be read.
    """
    if next(iter(open_remote(url, **storage_options)), None) is None:
        raise NotALeakError(
            f"Expected files at {shown(url)}", "found none", "check the bucket and the prefix"
        )


def open_remote(url: str, **storage_options: Any) -> Iterator[Found]:
    """Give every object under an fsspec URL, page by page or folder by folder, in a fixed order.

    Parameters
    ----------
    url : str
        ``s3://bucket/prefix``, ``gs://``, ``az://``, ``memory://``, ... An ``https://`` URL is one
        file; links in it are not followed.
    **storage_options
        As fsspec takes them (``anon=True``, ``key=``, ``client_kwargs=``).

    Yields
    ------
    Found
        Its ``open()`` gives a file that fetches blocks as they are read; close it. Errors of the
        connection leave it as `LeakUnreadableError`, which is an OSError.

    Notes
    -----
    A bucket that is read with your own credentials has your name in its log. For a public bucket
    pass ``anon=True``; without any credentials S3 is asked anonymously in any case.

    Examples
    --------
    >>> import fsspec
    >>> with fsspec.open("memory://invented-leak/a.txt", "wb") as file:
    ...     _ = file.write(b"invented")
    >>> [(found.path, found.size) for found in open_remote("memory://invented-leak")]
    [('a.txt', 8)]
    """
    system, root, protocol = _filesystem(url, storage_options)
    try:
        if protocol in _HTTP or _is_file(system, root, protocol):
            yield _single(system, root, url, protocol)
        elif protocol in _S3:
            yield from _s3_objects(system, root)
        else:
            yield from _tree(system, root)
    except Exception as error:
        raise _explained(error, url) from None


def shown(url: str) -> str:
    """Give a URL fit for a message: without user, password, parameters and query, escaped.

    Examples
    --------
    >>> shown("https://ada:secret@example.org/leak.zip?X-Amz-Signature=abc")
    'https://example.org/leak.zip'
    """
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where what stands behind the colon is no number, but half a password
        host, path = parts.netloc.rpartition("@")[2], parts.path.partition(";")[0]
        return printable(f"{parts.scheme}://{host}{path}", 200)
    except ValueError:
        return printable(url.partition("://")[0], 20) + "://…"


def _filesystem(url: str, storage_options: dict[str, Any]) -> tuple[Any, str, str]:
    """Give the file system behind a URL, the path in it and the protocol."""
    import fsspec

    protocol = url.partition("://")[0].lower()
    if "::" in url or not protocol.replace("+", "").isalnum():
        raise BadParameterError(
            "Expected a plain URL such as s3://bucket/prefix",
            f"found {shown(url)}, which is chained or has no protocol",
            "name the place itself; archives in it are opened anyway",
        )
    options = _with_timeouts(protocol, storage_options)
    try:
        kind = fsspec.get_filesystem_class(protocol)
        system = kind(**kind._get_kwargs_from_urls(url) | options)
        return system, kind._strip_protocol(url), protocol
    except Exception as error:
        raise _explained(error, url) from None


def _with_timeouts(protocol: str, given: dict[str, Any]) -> dict[str, Any]:
    """Add limits on waiting where the caller set none, and keep listings out of memory."""
    options: dict[str, Any] = {"use_listings_cache": False, "skip_instance_cache": True} | given
    if protocol in _S3:
        waits = {"connect_timeout": CONNECT_SECONDS, "read_timeout": READ_SECONDS}
        options["config_kwargs"] = waits | options.get("config_kwargs", {})
        if "anon" not in options and not {"key", "secret", "token", "profile", "session"} & set(options):
            options["anon"] = not _has_aws_credentials()
    elif protocol in _HTTP:
        with suppress(ImportError):
            import aiohttp

            timeout = aiohttp.ClientTimeout(total=None, connect=CONNECT_SECONDS, sock_read=READ_SECONDS)
            options["client_kwargs"] = {"timeout": timeout} | options.get("client_kwargs", {})
    return options


def _has_aws_credentials() -> bool:
    """Tell whether this machine has credentials that S3 would be shown."""
    try:
        from botocore.session import Session

        return Session().get_credentials() is not None
    except Exception:
        return True  # let the library itself say what is wrong


def _explained(error: Exception, url: str) -> LeakkitError:
    """Turn what the libraries raise into one of our errors, with its reason where OSErrors have theirs."""
    found = _translated(error, url)
    if isinstance(found, OSError) and found.strerror is None:
        found.strerror = found.found.removeprefix("found ").removeprefix("that ")
    return found


def _translated(error: Exception, url: str) -> LeakkitError:
    """Choose our error for what the libraries raise; no query and no signature of the URL is in it."""
    name, place = type(error).__name__, shown(url)
    if isinstance(error, LeakkitError):
        return error
    if isinstance(error, ImportError):
        return MissingExtraError(
            f"Expected the package that opens {place.partition('://')[0]}:// URLs",
            "found that it is not installed",
            'pip install "leakkit[cloud]"',
        )
    if isinstance(error, FileNotFoundError) and not _is_connection(error.__cause__):
        return LeakNotFoundError("Expected files at a URL", f"found nothing at {place}", "check the spelling")
    if isinstance(error, PermissionError) or "Credential" in name or "Forbidden" in name:
        return LeakUnreadableError(
            f"Expected to read {place}",
            f"found that access is denied ({name})",
            "pass anon=True for a public bucket, or credentials that may read it",
        )
    if isinstance(error, ValueError | TypeError) and not isinstance(error, OSError):
        return BadParameterError(
            "Expected a URL and storage options that fsspec knows",
            f"found that {place} is refused ({name})",
            "use s3://, gs://, az:// or https://, with the options its documentation names",
        )
    return LeakUnreadableError(
        f"Expected to read {place}",
        f"found no usable answer ({type(error.__cause__ or error).__name__})",
        "check the address and the network, then try again",
    )


def _is_connection(cause: BaseException | None) -> bool:
    """Tell whether a file was 'not found' only because nobody answered."""
    return isinstance(cause, OSError | TimeoutError) and not isinstance(cause, FileNotFoundError)


def _is_file(system: Any, root: str, protocol: str) -> bool:
    """Tell whether the URL names one object; a bucket without a key is not asked for."""
    if protocol in _S3 and "/" not in root.strip("/"):
        return False
    return bool(system.info(root)["type"] == "file")


def _single(system: Any, root: str, url: str, protocol: str) -> Found:
    """Describe the one object that the URL names."""
    info = system.info(root)
    path = urlsplit(url).path if protocol in _HTTP else root
    name = path.rstrip("/").rpartition("/")[2]
    return _found(system, root, name if name not in _EMPTY_NAMES else "leak", info)


def _s3_objects(system: Any, root: str) -> Iterator[Found]:
    """List a bucket page by page, so that a prefix of millions of objects needs no memory."""
    bucket, _, prefix = root.strip("/").partition("/")
    prefix = f"{prefix}/" if prefix else ""
    more: dict[str, str] = {}
    while True:
        page = system.call_s3("list_objects_v2", Bucket=bucket, Prefix=prefix, MaxKeys=PAGE, **more)
        for entry in page.get("Contents", ()):
            key = entry["Key"]
            if not key.endswith("/"):
                yield _found(system, f"{bucket}/{key}", key[len(prefix) :], entry)
        token = page.get("NextContinuationToken")
        if not page.get("IsTruncated") or not token or more.get("ContinuationToken") == token:
            return
        more = {"ContinuationToken": token}


def _tree(system: Any, root: str) -> Iterator[Found]:
    """List folder by folder: files by name, then folders by name."""
    base = root.rstrip("/")
    pending, seen = [base], {base}
    while pending:
        folder = pending.pop()
        entries = sorted(system.ls(folder, detail=True), key=_entry_name)
        folders = []
        for entry in entries:
            name = _entry_name(entry)
            if entry["type"] == "directory" and name not in seen:
                seen.add(name)
                folders.append(name)
            elif entry["type"] == "file":
                yield _found(system, entry["name"], name[len(base) :].lstrip("/") or name, entry)
        pending.extend(reversed(folders))


def _entry_name(entry: dict[str, Any]) -> str:
    """Give the path of an entry without a slash at its end."""
    return str(entry["name"]).rstrip("/")


def _found(system: Any, place: str, path: str, info: dict[str, Any]) -> Found:
    """Describe one object from what its file system tells."""
    size = next(
        (info[name] for name in ("size", "Size", "ContentLength") if isinstance(info.get(name), int)), None
    )
    etag = next((str(info[name]).strip('"') for name in ("ETag", "etag", "e_tag") if info.get(name)), None)
    return Found(path, size, _seconds(info), etag, lambda: _open(system, place, size), place)


def found_again(url: str, place: str, found: Found, **storage_options: Any) -> Found:
    """Give an object that `open_remote` gave in another process, ready to be opened here.

    Parameters
    ----------
    url, **storage_options
        As for `open_remote`.
    place : str
        ``found.place`` of that time.
    found : Found
        What else was known of it; its ``open`` is not used.
    """
    system, _, _ = _filesystem(url, storage_options)
    return found._replace(open=lambda: _open(system, place, found.size), place=place)


def _seconds(info: dict[str, Any]) -> float | None:
    """Give the time of the last change, whatever the file system calls it."""
    for name in ("LastModified", "last_modified", "mtime", "updated", "modified", "created"):
        value = info.get(name)
        if isinstance(value, datetime):
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        if (moment := moment_from(value)) is not None:
            return moment.timestamp()
    return None


def _open(system: Any, place: str, size: int | None) -> BinaryIO:
    """Open one object so that only the blocks that are read are fetched; a small one comes at once."""
    url = _url_of(system, place)
    known = {"size": size} if "call_s3" in dir(system) and size is not None else {}

    def start() -> BinaryIO:
        try:
            if size is not None and size <= BLOCK and "http" not in system.protocol:
                return io.BytesIO(system.cat_file(place) if size else b"")
            return cast(BinaryIO, system.open(place, "rb", block_size=BLOCK, cache_type="readahead", **known))
        except Exception as error:
            raise _explained(error, url) from None

    file = start()
    if size is not None and file.seekable() and not type(file).__name__.endswith("StreamingFile"):
        return cast(BinaryIO, _RemoteFile(file, url))
    with suppress(Exception):
        file.close()
    return cast(BinaryIO, RewindingReader(lambda: cast(BinaryIO, _RemoteFile(start(), url)), size=size))


def _url_of(system: Any, place: str) -> str:
    """Name a place for a message."""
    if "://" in place:
        return place
    protocol = system.protocol if isinstance(system.protocol, str) else system.protocol[0]
    return f"{protocol}://{place.lstrip('/')}"


class _RemoteFile(io.RawIOBase):
    """A remote file whose errors are ours, so that a lost connection costs one row and not the run."""

    def __init__(self, file: BinaryIO, url: str) -> None:
        super().__init__()
        self._file, self._url = file, url

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def seekable(self) -> bool:
        """Tell whether the position can be set."""
        return bool(self._file.seekable())

    def read(self, size: int | None = -1) -> bytes:
        """Fetch the next `size` bytes."""
        try:
            return self._file.read(-1 if size is None else size)
        except Exception as error:
            raise _explained(error, self._url) from None

    def readinto(self, buffer: Any) -> int:
        """Fetch bytes into `buffer`."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Set the position."""
        try:
            return self._file.seek(offset, whence)
        except ValueError as error:
            raise OSError(str(error)) from None

    def tell(self) -> int:
        """Give the position."""
        return self._file.tell()

    def close(self) -> None:
        """Let the connection go."""
        if not self.closed:
            with suppress(Exception):
                self._file.close()
        super().close()
