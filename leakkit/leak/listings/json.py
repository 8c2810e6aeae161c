"""Bucket listings in JSON: ``aws s3api``, Google's interface and ``gcloud``, ``az storage blob list``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

from leakkit.leak.json_stream import JsonStream, leaves
from leakkit.leak.listings.listing import (
    Listed,
    Tally,
    both_ends,
    etag_from,
    md5_from_base64,
    moment_from,
    size_from,
)
from leakkit.leak.source import Source

Object = dict[str, Any]

_MAX_LEAVES = 64
_MAX_TEXT = 16_384
_URL_KEYS = re.compile(rb'"EncodingType"\s*:\s*"url"')
_LISTS = {
    "s3-json": frozenset({"Contents", "Versions", "DeleteMarkers"}),
    "gcs-json": frozenset({"items"}),
    "azure-json": frozenset(),
}
_FOLDERS = {"s3-json": "CommonPrefixes", "gcs-json": "prefixes", "azure-json": "prefixes"}
_MORE = ("IsTruncated", "NextToken", "NextContinuationToken", "NextMarker", "nextPageToken", "nextMarker")


def parse(source: Source, format: str, tally: Tally) -> Iterator[Listed]:
    """Give the objects of a JSON listing; several pages one after another or in a list are allowed."""
    encoded = any(_URL_KEYS.search(part) for part in both_ends(source))
    describe = {"s3-json": _s3, "gcs-json": _google, "azure-json": _azure}[format]
    more: Object = {}
    for kind, found in _objects(source, format, more, tally):
        listed = describe(kind, found)
        if listed is None:
            is_page = not kind and not any(name.endswith("name") for name in found)
            more |= {name: found[name] for name in _MORE if name in found}
            tally.n_unreadable += not is_page
        else:
            yield listed._replace(path=unquote_plus(listed.path)) if encoded else listed
        tally.goes_on = _goes_on(more)
    tally.goes_on = _goes_on(more)


def _objects(source: Source, format: str, outer: Object, tally: Tally) -> Iterator[tuple[str, Object]]:
    """Give (name of its list, leaves by path) for each object; marks of more pages go into `outer`."""
    lists, folders = _LISTS[format], _FOLDERS[format]
    found: Object | None = None
    start, kind = 0, ""
    for path, event, value in leaves(iter(JsonStream(source.stream()))):
        if event == "start_map":
            inside = path[-2:-1] if path[-1:] == ["[]"] else [""]
            if path[-1:] == ["[]"] and (inside and inside[0] in lists or len(path) == 1):
                found, start, kind = {}, len(path), inside[0] if inside else ""
            tally.n_folders += inside == [folders]
        elif event == "end_map":
            if found is not None and len(path) == start:
                yield kind, found
                found = None
        elif found is not None:
            if len(found) < _MAX_LEAVES and not (isinstance(value, str) and len(value) > _MAX_TEXT):
                found[".".join(path[start:])] = value
        else:
            if path and path[-1] in _MORE:
                outer[path[-1]] = value
            tally.n_folders += path[-2:] == [folders, "[]"]


def _goes_on(outer: Object) -> str | None:
    """Name the mark by which a listing says that there is more."""
    if outer.get("IsTruncated") is False:
        return None
    return next((name for name in _MORE if outer.get(name)), None)


def _text(value: object) -> str | None:
    """Give `value` when it is a text that is not empty."""
    return value if isinstance(value, str) and value else None


def _s3(kind: str, found: Object) -> Listed | None:
    """Describe an object, a version or a delete marker."""
    key = _text(found.get("Key"))
    if key is None:
        return None
    etag, md5 = etag_from(found.get("ETag"))
    note = "folder marker" if key.endswith("/") else None
    if kind == "DeleteMarkers":
        note = "deleted"
    elif found.get("IsLatest") is False:
        note = "older version"
    return Listed(
        key,
        size_from(found.get("Size")),
        moment_from(found.get("LastModified")),
        etag=etag,
        md5=md5,
        note=note,
    )


def _google(kind: str, found: Object) -> Listed | None:
    """Describe an object as Google's interface or one of the two listings of ``gcloud storage`` gives it."""

    def first(*names: str) -> Any:
        return next(
            (found[full] for name in names for full in (name, f"metadata.{name}") if full in found), None
        )

    url = _text(found.get("storage_url") or found.get("url"))
    from_url = url.split("#", 1)[0].removeprefix("gs://").partition("/")[2] if url else None
    name = _text(first("name")) or from_url
    if not name:
        return None
    note = "folder marker" if name.endswith("/") else None
    if first("timeDeleted", "softDeleteTime", "noncurrent_time") is not None:
        note = "older version"
    return Listed(
        name,
        size_from(first("size")),
        moment_from(first("updated", "update_time", "timeCreated", "creation_time")),
        etag=etag_from(first("etag"))[0],
        md5=md5_from_base64(first("md5Hash", "md5_hash")),
        note=note,
    )


def _azure(kind: str, found: Object) -> Listed | None:
    """Describe a blob; ``az`` changed the place of the MD5 once."""
    name = _text(found.get("name"))
    if name is None:
        return None
    note = "older version" if found.get("snapshot") or found.get("isCurrentVersion") is False else None
    note = "deleted" if found.get("deleted") is True else note
    md5 = found.get("properties.contentSettings.contentMd5") or found.get("properties.contentMd5")
    return Listed(
        name,
        size_from(found.get("properties.contentLength", found.get("contentLength"))),
        moment_from(found.get("properties.lastModified", found.get("lastModified"))),
        etag=etag_from(found.get("properties.etag", found.get("etag")))[0],
        md5=md5_from_base64(md5),
        note=note,
    )
