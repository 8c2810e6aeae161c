"""Bucket listings in XML: S3 (both versions, object versions), Google's XML interface, Azure."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, unquote_plus
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import XMLParser

from leakkit.errors import BadMemberError
from leakkit.leak.lines import CHUNK, read_chunks
from leakkit.leak.listings.listing import (
    PATH_LIMIT,
    Listed,
    Tally,
    both_ends,
    etag_from,
    md5_from_base64,
    moment_from,
    size_from,
)
from leakkit.leak.source import Source
from leakkit.leak.text import printable

TOKEN_LIMIT = 2**20
"""Longest tag or stretch of text (bytes)."""

_OBJECTS = frozenset({"Contents", "Version", "DeleteMarker", "Blob"})
_FOLDERS = frozenset({"CommonPrefixes", "BlobPrefix"})
_MORE = frozenset({"IsTruncated", "NextMarker"})
_DECLARATION = b"<?xml"
_BLANK = b"\xef\xbb\xbf \t\r\n"
_CONTROL_REFERENCE = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));")
_URL_KEYS = re.compile(rb"<(?:\w{1,20}:)?EncodingType>\s*url\s*<")
_MAX_DEPTH = 20
_MAX_LEAVES = 64
_MAX_NAMES = 1_000
"""Different tags and attributes; the parser remembers each, and listings have a few dozen."""


class _Target:
    """Collects the leaves of each object and of the listing itself; keeps nothing else."""

    def __init__(self) -> None:
        self.objects: list[tuple[str, dict[str, str]]] = []
        self.outer: dict[str, str] = {}
        self.n_events = self.n_folders = 0
        self._open: list[str] = []
        self._object: dict[str, str] | None = None
        self._object_depth = self._length = 0
        self._text: list[str] = []
        self._names: set[str] = set()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self.n_events += 1
        name = tag.rpartition("}")[2].rpartition(":")[2]
        self._names.add(tag)
        self._names.update(attributes)
        if len(self._names) > _MAX_NAMES:
            raise BadMemberError(f"more than {_MAX_NAMES:,} different tags in XML", status="refused")
        self._open.append(name)
        if len(self._open) > _MAX_DEPTH:
            raise BadMemberError(f"XML nested deeper than {_MAX_DEPTH}", status="refused")
        self._text, self._length = [], 0
        if name in _OBJECTS and self._object is None:
            self._object, self._object_depth = {}, len(self._open)
        elif self._object is not None and attributes.get("Encoded") == "true":
            self._object["Encoded"] = "true"
        self.n_folders += name in _FOLDERS

    def data(self, text: str) -> None:
        """Take text; no name or number is as long as the limit."""
        self.n_events += 1
        self._length += len(text)
        if self._length <= PATH_LIMIT + 1:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """Close an element; a leaf's text is kept by its name."""
        name = self._open.pop()
        if self._object is not None and len(self._open) < self._object_depth:
            self.objects.append((name, self._object))
            self._object = None
        elif self._text or self._length:
            if self._object is None:
                if len(self.outer) < _MAX_LEAVES or name in _MORE:
                    self.outer[name] = "".join(self._text)
            elif len(self._object) < _MAX_LEAVES:
                self._object.setdefault(
                    name, "".join(self._text)
                )  # metadata may repeat a name; the first counts
        elif name in _MORE:
            self.outer[name] = ""
        self._text, self._length = [], 0

    def close(self) -> None:
        """End the document."""


def parse(source: Source, format: str, tally: Tally) -> Iterator[Listed]:
    """Give the objects of an XML listing; several pages one after another are allowed."""
    encoded = any(_URL_KEYS.search(part) for part in both_ends(source))
    describe = _azure if format == "azure-xml" else _s3
    target = _Target()
    try:
        for _ in _feed(source, target):
            for kind, leaves in target.objects:
                listed = describe(kind, leaves, encoded)
                if listed is None:
                    tally.n_unreadable += 1
                else:
                    yield listed
            target.objects.clear()
    except DefusedXmlException:
        tally.danger = _entity_rule(source)
        raise BadMemberError(
            "declares a document type, as no listing does; XML bombs begin so", "refused"
        ) from None
    finally:
        tally.n_folders = target.n_folders
        tally.goes_on = _goes_on(target.outer)
        if name := target.outer.get("Name"):
            tally.values["x_bucket"] = printable(name, 200)


def _feed(source: Source, target: _Target) -> Iterator[None]:
    """Parse chunk by chunk; stop for a moment after each."""
    parser, since_event, seen = None, 0, 0
    for text, is_first in _documents(source):
        if is_first:
            if parser is not None:
                _finish(parser)
                yield
            parser = XMLParser(target=target, forbid_dtd=True)
            target._open.clear()
            target._object = None
        assert parser is not None
        try:
            parser.feed(text)
        except ParseError:
            yield  # what stands before the break
            raise BadMemberError("no well-formed XML") from None
        except (ValueError, LookupError) as error:  # an encoding that nobody knows
            if isinstance(error, (BadMemberError, DefusedXmlException)):
                raise
            raise BadMemberError("XML in an unknown encoding") from None
        since_event = since_event + len(text) if target.n_events == seen else 0
        seen = target.n_events
        if since_event > TOKEN_LIMIT:
            raise BadMemberError(f"an XML tag is longer than {TOKEN_LIMIT:,} bytes", status="limit")
        yield
    if parser is not None:
        _finish(parser)
        yield


def _finish(parser: Any) -> None:
    """End a document that should be complete."""
    try:
        parser.close()
    except ParseError:
        raise BadMemberError("the listing ends before it is complete", status="truncated") from None


def _documents(source: Source) -> Iterator[tuple[bytes, bool]]:
    """Give the bytes in chunks, each marked when a new XML document begins with it."""
    first = True
    for part in _unbroken(source):
        for text in _split(part):
            if first and not text.strip(_BLANK):
                continue
            yield text, first or text.startswith(_DECLARATION)
            first = False


def _unbroken(source: Source) -> Iterator[bytes]:
    """Give the bytes in chunks that do not end within a short tag or reference."""
    held = b""
    for chunk in read_chunks(source.stream(), CHUNK):
        held += chunk
        starts = [at for mark in (b"<", b"&") if (at := held.find(mark, max(len(held) - 16, 0))) >= 0]
        end = min(starts, default=len(held))
        yield held[:end]
        held = held[end:]
    yield held


def _split(text: bytes) -> Iterator[bytes]:
    """Cut before each XML declaration; replace references to characters that XML does not allow."""
    if b"&#" in text:
        text = _CONTROL_REFERENCE.sub("\ufffd".encode(), text)
    start = 0
    while (end := text.find(_DECLARATION, start + 1)) >= 0:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _entity_rule(source: Source) -> tuple[str, str]:
    """Say what a refused document type was for, from its first megabyte."""
    parser = XMLParser(target=_Target(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        for chunk in read_chunks(io.BytesIO(source.read_at(0, min(source.size, 2**20)))):
            parser.feed(chunk)
    except EntitiesForbidden as error:
        outside = error.sysid is not None or error.pubid is not None
        return "yes", "xml-external-entity" if outside else "xml-entity-expansion"
    except DefusedXmlException:
        return "yes", "xml-external-entity"
    except (ParseError, BadMemberError, ValueError, LookupError):
        pass
    return "review", "xml-document-type"


def _goes_on(outer: dict[str, str]) -> str | None:
    """Name the mark by which a listing says that there is more."""
    if outer.get("IsTruncated", "").strip().lower() == "true":
        return "IsTruncated"
    return "NextMarker" if outer.get("NextMarker", "").strip() and "IsTruncated" not in outer else None


def _s3(kind: str, leaves: dict[str, str], encoded: bool) -> Listed | None:
    """Describe an object of S3, Google's XML interface or one of their imitators."""
    key = leaves.get("Key")
    if not key:
        return None
    etag, md5 = etag_from(leaves.get("ETag"))
    note = None
    if kind == "DeleteMarker":
        note = "deleted"
    elif leaves.get("IsLatest", "").strip().lower() == "false":
        note = "older version"
    elif key.endswith("/"):
        note = "folder marker"
    return Listed(
        unquote_plus(key) if encoded else key,
        size_from(leaves.get("Size", "").strip()),
        moment_from(leaves.get("LastModified", "").strip()),
        etag=etag,
        md5=md5,
        note=note,
    )


def _azure(kind: str, leaves: dict[str, str], encoded: bool) -> Listed | None:
    """Describe a blob."""
    name = leaves.get("Name")
    if not name:
        return None
    note = "older version" if leaves.get("Snapshot") or leaves.get("IsCurrentVersion") == "false" else None
    note = "deleted" if leaves.get("Deleted", "").strip().lower() == "true" else note
    return Listed(
        unquote(name) if leaves.get("Encoded") else name,
        size_from(leaves.get("Content-Length", "").strip()),
        moment_from(leaves.get("Last-Modified", "").strip()),
        etag=etag_from(leaves.get("Etag"))[0],
        md5=md5_from_base64(leaves.get("Content-MD5", "").strip()),
        note="folder marker" if note is None and leaves.get("ResourceType") == "directory" else note,
    )
