"""Listings in plain text: ``aws s3 ls``, checksum manifests, BagIt, download notes, Git LFS pointers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leakkit.errors import BadMemberError
from leakkit.leak.lines import short_lines
from leakkit.leak.listings.listing import MAX_SIZE, PATH_LIMIT, Listed, Tally, moment_from, size_from
from leakkit.leak.source import Source
from leakkit.leak.text import printable

LINE_LIMIT = PATH_LIMIT + 1024
"""A longer line is no entry (characters)."""

_OBJECT = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) +"
    r"(?:(?P<bytes>\d+) Bytes?|(?P<rounded>\d+(?:\.\d+)?) (?P<unit>[KMGTPE]i?B)|(?P<plain>\d+)) (?P<key>.+)"
)
_FOLDER = re.compile(r" *PRE .+")
_TOTAL_OBJECTS = re.compile(r"\s*Total Objects: (\d{1,18})\s*")
_TOTAL_SIZE = re.compile(r"\s*Total Size: (\d{1,18})(?: Bytes?)?\s*")
_UNITS = {letter: 1024 ** (power + 1) for power, letter in enumerate("KMGTPE")}

_HEX = r"[0-9a-fA-F]{32}(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{24}|[0-9a-fA-F]{32}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96})?"
_GNU = re.compile(rf"(?P<escaped>\\?)(?P<hash>{_HEX})(?: [ *]|[ \t]+\*?)(?P<name>.+)")
_BSD = re.compile(
    rf"(?P<escaped>\\?)(?P<kind>[A-Za-z0-9/-]{{2,20}}) ?\((?P<name>.+)\) ?= ?(?P<hash>{_HEX})\s*"
)
_INDENTED = re.compile(rf"\s*(?P<escaped>)(?P<hash>{_HEX})(?: [ *]|[ \t]+\*?)(?P<name>.+)")
_KIND_BY_LENGTH = {32: "md5", 40: "sha1", 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
_KIND_IN_NAME = re.compile(r"(?i)(blake3|b3sum|blake2b?|b2sum|sha3-?\d{3})")
_BAG_ENTRY = re.compile(rf"(?P<escaped>)(?P<hash>{_HEX})[ \t]+\*?(?P<name>.+)")
_BAG_FETCH = re.compile(r"(?P<url>[a-z][a-z0-9+.-]{1,20}://\S+)[ \t]+(?P<size>\d+|-)[ \t]+(?P<name>.+)")
_BAG_OXUM = re.compile(r"Payload-Oxum:\s*(\d{1,18})\.(\d{1,18})\s*", re.IGNORECASE)
_BAG_LINE = re.compile(r"[\w -]{1,80}:\s.*|\s+\S.*|")
_HUB_URL = re.compile(
    r"https?://(?:www\.)?huggingface\.co/(?:datasets/|spaces/)?([\w.-]{1,100}/[\w.-]{1,100})(?:[/?#].*)?"
)


def parse(source: Source, format: str, tally: Tally) -> Iterator[Listed]:
    """Give the entries of a listing in lines; lines that are none are skipped and counted."""
    if format == "git-lfs-pointer":
        yield _pointer(source)
        return
    read_line = {
        "aws-s3-ls": _s3_line,
        "checksum-manifest": _checksum_line,
        "bagit": _bag_line,
        "text-manifest": _note_line,
    }[format]
    for _, line in short_lines(source.stream(), LINE_LIMIT):
        listed = None
        if line is None:
            tally.n_unreadable += 1
        else:
            listed = read_line(line, source.name, tally)
        if listed is not None:
            yield listed


def _s3_line(line: str, name: str, tally: Tally) -> Listed | None:
    """Read a line of ``aws s3 ls``: date, time, size, one space, key (which may begin with spaces)."""
    match = _OBJECT.fullmatch(line)
    if match is None:
        _s3_other(line, tally)
        return None
    size, note = size_from(match["bytes"] or match["plain"]), None
    if match["rounded"]:
        rounded = float(match["rounded"][:20]) * _UNITS[match["unit"][0]]
        size, note = (round(rounded), "size rounded") if rounded <= MAX_SIZE else (None, None)
    if note is None and match["key"].endswith("/"):
        note = "folder marker"
    return Listed(match["key"], size, moment_from(match["time"]), note=note)


def _s3_other(line: str, tally: Tally) -> None:
    """Take what is no object: folders that were not opened, totals, blank lines, nonsense."""
    if _FOLDER.fullmatch(line):
        tally.n_folders += 1
    elif match := _TOTAL_OBJECTS.fullmatch(line):
        tally.claimed_objects = int(match[1])
    elif match := _TOTAL_SIZE.fullmatch(line):
        tally.claimed_bytes = int(match[1])
    elif line.strip() and "Total Size:" not in line:
        tally.n_unreadable += 1


def _checksum_line(line: str, name: str, tally: Tally) -> Listed | None:
    """Read a line of sha256sum and its kin, GNU or BSD style."""
    match = _GNU.fullmatch(line)
    kind = None
    if match is None:
        match = _BSD.fullmatch(line)
        if match is None:
            tally.n_unreadable += bool(line.strip()) and not line.lstrip().startswith(("#", ";"))
            return None
        kind = match["kind"].lower().replace("/", "-")
    return _hashed(match, kind or _kind_of(match["hash"], name))


def _kind_of(digest: str, name: str) -> str:
    """Name the hash by its length, unless the manifest's name says it is a newer one of that length."""
    if named := _KIND_IN_NAME.search(name.rpartition("/")[2]):
        word = named[1].lower()
        return {"b3sum": "blake3", "b2sum": "blake2b", "blake2": "blake2b"}.get(word, word)
    return _KIND_BY_LENGTH[len(digest)]


def _hashed(match: re.Match[str], kind: str) -> Listed:
    """Describe a file named beside its hash; a leading backslash says that its name is escaped."""
    path, digest = match["name"], match["hash"].lower()
    if match["escaped"]:
        path = re.sub(r"\\([\\nr])", lambda found: {"\\": "\\", "n": "\n", "r": "\r"}[found[1]], path)
    return Listed(
        path.removeprefix("./"),
        sha256=digest if kind == "sha256" and len(digest) == 64 else None,
        md5=digest if kind == "md5" and len(digest) == 32 else None,
        hash_source="manifest",
        other_hash=None if kind in {"sha256", "md5"} else f"{kind}:{digest}",
    )


def _bag_line(line: str, name: str, tally: Tally) -> Listed | None:
    """Read a line of a BagIt file (RFC 8493): manifest, fetch list, or the bag's own description."""
    if match := _BAG_ENTRY.fullmatch(line):
        kind = re.search(r"manifest-([a-z0-9]{2,10})\.", name.lower())
        listed = _hashed(match, kind[1] if kind else _KIND_BY_LENGTH[len(match["hash"])])
        return listed._replace(path=_percent_decoded(listed.path))
    if match := _BAG_FETCH.fullmatch(line):
        return Listed(_percent_decoded(match["name"]), size_from(match["size"]), hash_source="manifest")
    if match := _BAG_OXUM.fullmatch(line):
        tally.values["x_claimed_bytes"], tally.values["x_claimed_files"] = int(match[1]), int(match[2])
    elif not _BAG_LINE.fullmatch(line):
        tally.n_unreadable += 1
    return None


def _percent_decoded(path: str) -> str:
    """Undo the only escapes of BagIt: line feed, carriage return, per cent."""
    found = {"0a": "\n", "0d": "\r", "25": "%"}
    return re.sub(r"%(0[aAdD]|25)", lambda match: found[match[1].lower()], path)


def _note_line(line: str, name: str, tally: Tally) -> Listed | None:
    """Read a line of ``huggingface-metadata.txt``: address, branch, date, then hashes and names."""
    if match := _INDENTED.fullmatch(line):
        return _hashed(match, _kind_of(match["hash"], ""))
    key, _, value = line.partition(":")
    key, value = key.strip().lower(), value.strip()
    if key == "url":
        tally.values["x_url"] = printable(value, 500)
        if match := _HUB_URL.fullmatch(value):
            tally.values["model_id"] = match[1]
    elif key in {"branch", "download date"}:
        tally.values[f"x_{key.replace(' ', '_')}"] = printable(value, 200)
    elif line.strip() and not key.endswith("sum"):
        tally.n_unreadable += 1
    return None


def _pointer(source: Source) -> Listed:
    """Read a Git LFS pointer (version 1): at most 1,024 bytes, keys in order, oid and size required."""
    if source.size > 1024:
        raise BadMemberError("longer than a Git LFS pointer may be (1,024 bytes)")
    lines = source.head.decode("utf-8", "replace").splitlines()
    pairs = dict(line.split(" ", 1) for line in lines if " " in line)
    oid = re.fullmatch(r"sha256:([0-9a-f]{64})", pairs.get("oid", ""))
    size = size_from(pairs.get("size"))
    if (
        not pairs.get("version", "").startswith("https://git-lfs.github.com/spec/")
        or oid is None
        or size is None
    ):
        raise BadMemberError("a Git LFS pointer without a valid oid and size")
    return Listed(source.name, size, sha256=oid[1], hash_source="pointer")
