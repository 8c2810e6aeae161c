"""One request a line, in the plain-text logs of web servers, load balancers and object stores."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import unquote

from leakkit.leak.listings.listing import moment_from

Row = dict[str, Any]
Parser = Callable[[str], Iterator[Row]]

_MONTHS = {
    name: number
    for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)
}
_CLF_TIME = re.compile(r"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_QUOTED = r'"((?:[^"\\]++|\\.)*+)"'
_COMBINED = re.compile(
    r"(?P<client>[^\s\[\]\"]{1,255}) (?P<ident>\S{1,200}) "
    rf"(?P<user>[^\[\"]{{1,300}}?) ?\[(?P<time>[^\]]{{20,40}})\] "
    rf"(?P<request>{_QUOTED}) (?P<status>\d{{3}}|-) (?P<bytes>\d{{1,18}}|-)"
    rf"(?: (?P<referer>{_QUOTED}) (?P<agent>{_QUOTED}))?(?:[ ].*)?"
)
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|(?=.*:)[0-9a-fA-F:.]{2,45}")
_S3 = re.compile(
    r"(?P<owner>[0-9a-zA-Z]{1,64}|-) (?P<bucket>[\w.-]{1,255}) \[(?P<time>[^\]]{20,40})\] (?P<client>\S{1,100}) "
    rf"(?P<principal>\S{{1,500}}) (?P<id>\S{{1,100}}) (?P<operation>\S{{1,100}}) (?P<key>\S{{1,4096}}) "
    rf"(?:-|{_QUOTED}) (?P<status>\d{{3}}|-) (?P<error>\S{{1,100}}) (?P<bytes>\d{{1,18}}|-) (?P<size>\S{{1,20}}) "
    rf"(?P<total>\S{{1,20}}) (?P<turn>\S{{1,20}}) (?P<referer>-|{_QUOTED}) (?P<agent>-|{_QUOTED})(?:[ ].*)?"
)
_ALB = re.compile(
    r"(?P<kind>https?|h2|grpcs?|wss?) (?P<time>\S{20,40}) (?P<balancer>\S{1,200}) (?P<client>\S{1,100}) \S{1,100} "
    r"(?:[-\d.]{1,30} ){3}(?P<status>\d{3}|-) \S{1,10} \S{1,20} (?P<bytes>\d{1,18}|-) "
    rf"(?P<request>{_QUOTED}) (?P<agent>{_QUOTED})(?:[ ].*)?"
)
_REQUEST = re.compile(r"([A-Z][A-Z_-]{1,30}) (\S.{0,8000}?)(?: HTTP/\d(?:\.\d)?)?")
_LIST_OPERATIONS = frozenset({"BUCKET", "BUCKETVERSIONS", "UPLOADS"})
_AZURE_MARK = re.compile(r"[12]\.0;\d{4}-\d\d-\d\dT")
_GCS_COLUMNS = (
    "time_micros c_ip c_ip_type c_ip_region cs_method cs_uri sc_status cs_bytes sc_bytes time_taken_micros cs_host "
    "cs_referer cs_user_agent s_request_id cs_operation cs_bucket cs_object"
).split()


@lru_cache(maxsize=4096)
def _clf_day(
    day: str, month: str, year: str, sign: str, hours: str, minutes: str
) -> tuple[datetime, timedelta] | None:
    """Give midnight of a day, and what to take off for its zone; days repeat in a log."""
    try:
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return datetime(int(year), _MONTHS[month], int(day), tzinfo=UTC), offset if sign == "+" else -offset
    except (ValueError, KeyError, OverflowError):
        return None


def clf_time(text: str) -> datetime | None:
    """Give the UTC time of a stamp in the common log format.

    Examples
    --------
    >>> clf_time("05/Mar/2025:01:30:25 +0100").isoformat()
    '2025-03-05T00:30:25+00:00'
    """
    match = _CLF_TIME.fullmatch(text)
    if match is None:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
    found = _clf_day(day, month, year, sign, hours, minutes)
    if found is None:
        return None
    try:
        return found[0] + timedelta(hours=int(hour), minutes=int(minute), seconds=int(second)) - found[1]
    except OverflowError:
        return None


def number_from(text: object) -> int | None:
    """Give a count from its digits; a dash or anything else is unknown."""
    if isinstance(text, bool):
        return None
    if isinstance(text, int | float):
        return int(text) if 0 <= text < 2**63 else None
    return (
        int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 19 else None
    )


def request_parts(request: str | None) -> tuple[str | None, str | None]:
    """Give method and path of a request line; nonsense, which scanners send, is a path without a method."""
    match = _REQUEST.fullmatch(request or "")
    return (match[1], match[2]) if match else (None, request or None)


def without_port(client: str | None) -> str | None:
    """Give an address without the port behind it.

    Examples
    --------
    >>> without_port("192.0.2.7:443"), without_port("[2001:db8::1]:443"), without_port("2001:db8::1")
    ('192.0.2.7', '2001:db8::1', '2001:db8::1')
    """
    if not client:
        return None
    if client.startswith("["):
        return client[1:].partition("]")[0]
    return client.rpartition(":")[0] if client.count(":") == 1 else client


def _combined() -> Parser:
    """Read common and combined logs of nginx and Apache, with or without the virtual host in front."""

    def parse(line: str) -> Iterator[Row]:
        match = _COMBINED.fullmatch(line)
        time = clf_time(match["time"]) if match else None
        if match is None or time is None:
            return
        method, path = request_parts(match["request"][1:-1])
        client, user = match["client"], match["user"].strip()
        if _ADDRESS.fullmatch(match["ident"]) and " " in user:  # the virtual host stands in front
            client, user = match["ident"], user.partition(" ")[2]
        yield {
            "time": time,
            "client": client,
            "principal": user,
            "method": method,
            "path": path,
            "status": number_from(match["status"]),
            "bytes": number_from(match["bytes"]),
            "authenticated": True if user not in ("-", "", '""') and match["status"] != "401" else None,
            "user_agent": (match["agent"] or "")[1:-1],
        }

    return parse


def _s3() -> Parser:
    """Read S3 server access logs; a dash in place of the requester says that nobody signed the request."""

    def parse(line: str) -> Iterator[Row]:
        match = _S3.fullmatch(line)
        time = clf_time(match["time"]) if match else None
        if match is None or time is None:
            return
        method, rest = s3_method(match["operation"])
        key = "" if match["key"] == "-" else unquote(match["key"])
        agent = match["agent"]
        yield {
            "time": time,
            "client": match["client"],
            "principal": match["principal"],
            "method": method,
            "path": f"{match['bucket']}/{key}{rest}",
            "status": number_from(match["status"]),
            "bytes": number_from(match["bytes"]),
            "authenticated": match["principal"] != "-",
            "user_agent": agent[1:-1] if agent != "-" else None,
        }

    return parse


def s3_method(operation: str) -> tuple[str, str]:
    """Give method and what to add to the path for an operation such as ``REST.GET.OBJECT``.

    Reading a bucket's contents is LIST; reading its settings is CONFIG, since no data is given away.

    Examples
    --------
    >>> s3_method("REST.GET.BUCKET"), s3_method("REST.GET.OBJECT"), s3_method("REST.PUT.BUCKETPOLICY")
    (('LIST', ''), ('GET', ''), ('PUT', '?bucketpolicy'))
    """
    _, _, rest = operation.partition(".")
    verb, _, kind = rest.partition(".")
    verb = verb or operation
    if kind in ("OBJECT", "PART", "") or kind.startswith("OBJECT/"):
        return verb, ""
    if verb == "GET" and kind in _LIST_OPERATIONS:
        return "LIST", ""
    return ("CONFIG" if verb in ("GET", "HEAD") else verb), "" if kind == "BUCKET" else f"?{kind.lower()}"


def _alb() -> Parser:
    """Read logs of AWS application load balancers."""

    def parse(line: str) -> Iterator[Row]:
        match = _ALB.fullmatch(line)
        time = moment_from(match["time"]) if match else None
        if match is None or time is None:
            return
        method, path = request_parts(match["request"][1:-1])
        yield {
            "time": time,
            "client": without_port(match["client"]),
            "method": method,
            "path": path,
            "status": number_from(match["status"]),
            "bytes": number_from(match["bytes"]),
            "user_agent": match["agent"][1:-1],
        }

    return parse


def _azure() -> Parser:
    """Read Storage Analytics logs 1.0 and 2.0: semicolons, quotes, HTML escapes."""

    def parse(line: str) -> Iterator[Row]:
        if not _AZURE_MARK.match(line):
            return
        try:
            cells = [unescape(cell) for cell in next(csv.reader([line], delimiter=";"), [])]
        except (csv.Error, ValueError, OverflowError):
            return
        if len(cells) < 28 or (time := moment_from(_microseconds(cells[1]))) is None:
            return
        method = azure_method(cells[2])
        known = cells[7].lower()
        yield {
            "time": time,
            "client": without_port(cells[15]),
            "principal": cells[8] or (cells[7] if known not in ("anonymous", "") else None),
            "method": method,
            "path": cells[12] or cells[11],
            "status": number_from(cells[4]),
            "bytes": number_from(cells[20]),
            "authenticated": None if not known else known != "anonymous",
            "user_agent": cells[27],
        }

    return parse


def _microseconds(stamp: str) -> str:
    """Cut the seventh digit of a fraction, which Azure writes and nobody else reads."""
    return re.sub(r"(\.\d{6})\d+", r"\1", stamp[:64])


def azure_method(operation: str) -> str:
    """Give the method of an operation such as ``GetBlob``, ``ListBlobs`` or ``GetContainerACL``.

    Examples
    --------
    >>> (
    ...     azure_method("GetBlob"),
    ...     azure_method("ListBlobs"),
    ...     azure_method("GetContainerACL"),
    ...     azure_method("PutBlob"),
    ... )
    ('GET', 'LIST', 'CONFIG', 'PUT')
    """
    if operation.startswith("List") or operation == "QueryEntities":
        return "LIST"
    if operation in ("GetBlob", "GetFile", "ReadFile", "QueryEntity", "GetMessages", "PeekMessages"):
        return "GET"
    if operation in ("GetBlobProperties", "GetFileProperties", "GetPathStatus"):
        return "HEAD"
    if operation.startswith("Get"):
        return "CONFIG"
    if operation.startswith(("Delete", "Undelete")):
        return "DELETE"
    return (
        "PUT"
        if operation.startswith(("Put", "Set", "Create", "Copy", "Append", "Insert"))
        else operation.upper()
    )


def _gcs() -> Parser:
    """Read Google's usage logs; they name no user, so that nobody can say who was logged in."""
    columns = list(_GCS_COLUMNS)

    def parse(line: str) -> Iterator[Row]:
        nonlocal columns
        try:
            cells = next(csv.reader([line]), [])
        except csv.Error:
            return
        if "time_micros" in cells and "c_ip" in cells:
            columns = cells
            return
        row = dict(zip(columns, cells, strict=False))
        stamp = number_from(row.get("time_micros"))
        if stamp is None or not 10**15 <= stamp < 10**16 or len(cells) < 10:
            return
        path = (
            f"{row.get('cs_bucket', '')}/{row.get('cs_object', '')}"
            if row.get("cs_bucket")
            else row.get("cs_uri")
        )
        is_list = "Bucket" in row.get("cs_operation", "") or row.get("cs_operation") == "storage.objects.list"
        method = row.get("cs_method")
        yield {
            "time": datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=stamp),
            "client": row.get("c_ip"),
            "method": "LIST" if method == "GET" and is_list else method,
            "path": path,
            "status": number_from(row.get("sc_status")),
            "bytes": number_from(row.get("sc_bytes")),
            "user_agent": row.get("cs_user_agent"),
        }

    return parse


def _w3c() -> Parser:
    """Read extended logs of IIS and CloudFront, whose columns stand in a line of their own."""
    columns: list[str] = []

    def parse(line: str) -> Iterator[Row]:
        nonlocal columns
        if line.startswith("#"):
            if line.lower().startswith("#fields:"):
                columns = line[8:].split()
            return
        cells = line.split("\t") if "\t" in line else line.split(" ")
        row = dict(zip(columns, cells, strict=False))
        time = (
            moment_from(f"{row.get('date', '')}T{row.get('time', '')}Z")
            if len(cells) == len(columns)
            else None
        )
        if time is None:
            return
        query = row.get("cs-uri-query", "-")
        user = row.get("cs-username", "-")
        yield {
            "time": time,
            "client": row.get("c-ip"),
            "principal": user,
            "method": row.get("cs-method"),
            "path": row.get("cs-uri-stem", row.get("cs-uri", ""))
            + (f"?{query}" if query not in ("-", "") else ""),
            "status": number_from(row.get("sc-status")),
            "bytes": number_from(row.get("sc-bytes")),
            "authenticated": True if user not in ("-", "") and row.get("sc-status") != "401" else None,
            "user_agent": unquote(row.get("cs(User-Agent)", "").replace("+", " ")),
        }

    return parse


PARSERS: dict[str, Callable[[], Parser]] = {
    "alb": _alb,
    "azure-storage": _azure,
    "combined": _combined,
    "gcs-usage": _gcs,
    "s3": _s3,
    "w3c": _w3c,
}
"""Makers of parsers: each log gets its own, since some remember a line of column names."""
