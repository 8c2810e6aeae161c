"""Leaks one does not hold: what bucket listings, checksum manifests and Git LFS pointers say is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib import import_module
from typing import Any, NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.lines import BREAKS
from leakkit.leak.source import Source

_PARSERS = {
    "s3-xml": "xml",
    "azure-xml": "xml",
    "s3-json": "json",
    "gcs-json": "json",
    "azure-json": "json",
    "aws-s3-ls": "text",
    "checksum-manifest": "text",
    "bagit": "text",
    "text-manifest": "text",
    "git-lfs-pointer": "text",
}

LISTING_FORMATS = frozenset(_PARSERS)
"""Formats that name what is elsewhere."""

PATH_LIMIT = 8_192
"""Longest name that is believed (characters); object stores allow 1,024 bytes, file systems 4,096."""

MAX_SIZE = 2**63 - 1


class Listed(NamedTuple):
    """One object that a listing names; nothing of it is at hand, all is the listing's own word.

    Attributes
    ----------
    path : str
        Key or file name as the listing means it (unescaped), not yet safe to print.
    size : int or None
        Bytes; with the note ``size rounded`` only about so many.
    mtime : datetime or None
        UTC. ``aws s3 ls`` prints the local time of whoever ran it, without a zone: taken as UTC.
    sha256, md5 : str or None
        Lower-case hex. An S3 ETag of 32 hex digits is given as `md5`; that is true unless the object
        is encrypted by KMS or a customer's key. An ETag with ``-N`` is no MD5.
    etag : str or None
        Without its quotes.
    hash_source : {'listing', 'manifest', 'pointer'}
        What kind of witness named the object.
    note : str or None
        What is odd about the entry (``size rounded``, ``older version``, ``deleted``).
    other_hash : str or None
        A hash of another kind as ``sha512:<hex>``.
    """

    path: str
    size: int | None = None
    mtime: datetime | None = None
    sha256: str | None = None
    etag: str | None = None
    md5: str | None = None
    hash_source: str = "listing"
    note: str | None = None
    other_hash: str | None = None


@dataclass(slots=True)
class Tally:
    """What was met while a listing was read, beside its entries."""

    n_listed: int = 0
    n_bytes: int = 0
    n_unreadable: int = 0
    n_without_size: int = 0
    n_rounded: int = 0
    n_folders: int = 0
    goes_on: str | None = None
    claimed_objects: int | None = None
    claimed_bytes: int | None = None
    danger: tuple[str, str] | None = None
    values: dict[str, Any] = field(default_factory=dict)

    def count(self, listed: Listed) -> None:
        """Count one entry."""
        self.n_listed += 1
        self.n_bytes += listed.size or 0
        self.n_without_size += listed.size is None
        self.n_rounded += listed.note == "size rounded"


def read_listing(
    source: Source, format: str, *, max_entries: int | None = None, tally: Tally | None = None
) -> Iterator[Listed]:
    r"""Give the objects a listing names, one by one, in its order, with flat memory.

    Parameters
    ----------
    source : Source
    format : str
        One of `LISTING_FORMATS`.
    max_entries : int, optional
        Entries after which reading stops with an error of status limit.
    tally : Tally, optional
        Filled while the entries are taken.

    Raises
    ------
    BadMemberError
        The listing breaks off (what stands before the break has been given), is hostile, or is
        longer than `max_entries`. A bad entry in a sound listing is skipped and counted in `tally`.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> source = BytesSource(b"2026-05-01 10:00:00       4096 ckpt/step 1.pt\n", "ls.txt")
    >>> [(listed.path, listed.size) for listed in read_listing(source, "aws-s3-ls")]
    [('ckpt/step 1.pt', 4096)]
    """
    if format not in _PARSERS:
        raise BadMemberError(f"{format} is no listing")
    tally = Tally() if tally is None else tally
    parse: Callable[[Source, str, Tally], Iterator[Listed]]
    parse = import_module(f"leakkit.leak.listings.{_PARSERS[format]}").parse
    for listed in parse(source, format, tally):
        if not listed.path or len(listed.path) > PATH_LIMIT:
            tally.n_unreadable += 1
            continue
        if max_entries is not None and tally.n_listed >= max_entries:
            raise BadMemberError(f"more than {max_entries:,} entries", status="limit")
        tally.count(listed)
        yield listed


def read(source: Source, format: str) -> Facts:
    """Read a listing through and say how much it names and whether it is complete.

    Returns
    -------
    Facts
        ``x_n_listed``, ``x_bytes_listed`` (sum of the known sizes), ``x_truncated_listing`` (it says
        itself that it goes on: totals are a lower bound), ``x_n_unreadable`` (entries skipped),
        ``x_n_sizes_unknown``, ``x_n_sizes_rounded``, ``x_n_folders_unlisted``, and where the listing
        states them ``x_claimed_objects``, ``x_claimed_bytes``, ``x_url``.
    """
    tally = Tally()
    facts = Facts(danger="none_found" if format.endswith("-xml") else None)
    try:
        for _ in read_listing(source, format, tally=tally):
            pass
    except BadMemberError as error:
        facts.status, facts.error = error.status, error.reason
    if tally.danger is not None:
        facts.flag(*tally.danger)
    if facts.status == "ok" and (tally.claimed_objects or 0) > tally.n_listed + tally.n_unreadable:
        facts.status = "truncated"
        facts.error = f"claims {tally.claimed_objects:,} objects and names {tally.n_listed:,}"
    if facts.error is None:
        facts.error = _remark(tally)
    facts.values |= {
        "x_n_listed": tally.n_listed,
        "x_bytes_listed": tally.n_bytes,
        "x_truncated_listing": bool(tally.goes_on or tally.n_folders)
        or facts.status in {"truncated", "limit"},
        "x_n_unreadable": tally.n_unreadable,
        "x_n_sizes_unknown": tally.n_without_size,
        "x_n_sizes_rounded": tally.n_rounded,
        "x_n_folders_unlisted": tally.n_folders,
        "x_claimed_objects": tally.claimed_objects,
        "x_claimed_bytes": tally.claimed_bytes,
    } | tally.values
    return facts


def _remark(tally: Tally) -> str | None:
    """Say what makes the totals of a readable listing uncertain."""
    remarks = []
    if tally.goes_on:
        remarks.append(f"the listing goes on elsewhere ({tally.goes_on}); totals are a lower bound")
    if tally.n_folders:
        remarks.append(
            f"folders named without what is in them: {tally.n_folders:,}; totals are a lower bound"
        )
    if tally.n_rounded:
        remarks.append(f"rounded sizes: {tally.n_rounded:,}")
    if tally.n_unreadable:
        remarks.append(f"entries that could not be read: {tally.n_unreadable:,}")
    return "; ".join(remarks) or None


def both_ends(source: Source) -> tuple[bytes, bytes]:
    """Give the first 64 and the last 4 kilobytes of a member."""
    length = min(source.size, 4096)
    try:
        return source.head, source.read_at(source.size - length, length)
    except BadMemberError:
        raise
    except BREAKS as error:
        raise BadMemberError(f"cannot be read to its end ({type(error).__name__})") from None


def size_from(text: object) -> int | None:
    """Give a size in bytes from a number or its digits; None for anything else.

    Examples
    --------
    >>> size_from("1039254"), size_from(12), size_from("-1"), size_from("4.7 GiB")
    (1039254, 12, None, None)
    """
    if isinstance(text, bool):
        return None
    if isinstance(text, int):
        return text if 0 <= text <= MAX_SIZE else None
    if isinstance(text, str) and len(text) < 20 and text.isascii() and text.isdigit():
        return int(text) if int(text) <= MAX_SIZE else None
    return None


def moment_from(text: object) -> datetime | None:
    """Give a moment in UTC from ISO 8601 or an HTTP date; without a zone it is taken as UTC.

    Examples
    --------
    >>> moment_from("2026-07-22T07:31:17.789Z").isoformat()
    '2026-07-22T07:31:17.789000+00:00'
    >>> moment_from("Fri, 01 May 2026 10:00:00 GMT").isoformat()
    '2026-05-01T10:00:00+00:00'
    >>> moment_from("soon") is None
    True
    """
    if not isinstance(text, str) or not 8 <= len(text) <= 64:
        return None
    try:
        found = datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def etag_from(text: object) -> tuple[str | None, str | None]:
    """Give an ETag without quotes and, when it can be one, the MD5 in it.

    Examples
    --------
    >>> etag_from('"828ef3fdfa96f00ad9f27c383fc9ac7f"')
    ('828ef3fdfa96f00ad9f27c383fc9ac7f', '828ef3fdfa96f00ad9f27c383fc9ac7f')
    >>> etag_from('"0123456789abcdef0123456789abcdef-298"')
    ('0123456789abcdef0123456789abcdef-298', None)
    """
    if not isinstance(text, str) or not text or len(text) > 200:
        return None, None
    etag = text.strip().removeprefix("W/").strip('"')
    is_md5 = len(etag) == 32 and all(character in "0123456789abcdefABCDEF" for character in etag)
    return etag or None, etag.lower() if is_md5 else None


def md5_from_base64(text: object) -> str | None:
    """Give an MD5 in hex from its base64 form, as Google and Azure write it.

    Examples
    --------
    >>> md5_from_base64("J6a/Q5Y90eYT91eLXlNUwQ==")
    '27a6bf43963dd1e613f7578b5e5354c1'
    """
    from base64 import b64decode

    if not isinstance(text, str) or len(text) != 24:
        return None
    try:
        digest = b64decode(text, validate=True)
    except ValueError:
        return None
    return digest.hex() if len(digest) == 16 else None
