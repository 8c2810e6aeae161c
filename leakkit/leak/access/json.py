"""Requests in JSON: CloudTrail, Azure and Google audit logs, S3 logs from CloudWatch, and web servers' own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

from leakkit.leak.access.lines import (
    azure_method,
    clf_time,
    number_from,
    request_parts,
    s3_method,
    without_port,
)
from leakkit.leak.json_stream import JsonStream, leaves
from leakkit.leak.listings.listing import moment_from

Row = dict[str, Any]
Flat = dict[str, Any]
"""Leaves of an object by the names on the way to them, joined by dots."""

_LEAVES = 300
_DEPTH = 12
_TEXT = 16_384
_ANONYMOUS = frozenset({"anonymous", "anonymous_principal", "anonymousprincipal"})
_ERROR_STATUS = {
    "AccessDenied": 403,
    "AllAccessDisabled": 403,
    "SignatureDoesNotMatch": 403,
    "NoSuchKey": 404,
}
_ERROR_STATUS |= {"NoSuchBucket": 404, "InternalError": 500, "SlowDown": 503, "NotModified": 304}
_GRPC_STATUS = {0: 200, 3: 400, 5: 404, 7: 403, 8: 429, 13: 500, 14: 503, 16: 401}
_DOCUMENT = re.compile(rb'\s*(?:\{\s*"(?:Records|records|value|entries)"\s*:\s*\[|\[\s*\{)')
_DOCUMENT_MARKS = (b'"eventName"', b'"callerIpAddress"', b'"protoPayload"', b'"CallerIpAddress"')
_LISTS = frozenset({"Records", "records", "value", "entries"})

_NAMES = {
    "time": "time timestamp @timestamp ts time_iso8601 time_local request_time date datetime start_time StartUTC "
    "eventTime",
    "client": "remote_addr remote_ip client_ip clientip ip client request.remote_ip request.client_ip ClientHost "
    "http_x_forwarded_for x_forwarded_for source.ip client.ip httpRequest.remoteIp sourceIp",
    "principal": "remote_user user username user_id principal requester ClientUsername user.name auth_user",
    "method": "request_method method http_method verb RequestMethod request.method http.request.method "
    "httpRequest.requestMethod",
    "path": "request_uri uri path url RequestPath request.uri url.path url.original request_path key object "
    "httpRequest.requestUrl",
    "request": "request request_line message",
    "status": "status status_code statuscode response_code DownstreamStatus http_status http.response.status_code code "
    "httpRequest.status",
    "bytes": "body_bytes_sent bytes_sent bytes size response_size DownstreamContentSize http.response.body.bytes "
    "httpRequest.responseSize content_length",
    "user_agent": "http_user_agent user_agent useragent agent request_User-Agent request.headers.User-Agent.0 "
    "user_agent.original httpRequest.userAgent userAgent",
    "authenticated": "authenticated is_authenticated",
}
_ALIASES = {column: tuple(names.split()) for column, names in _NAMES.items()}


def flatten(value: Any) -> Flat:
    """Give the leaves of a parsed object by their dotted names, a bounded number of them."""
    found: Flat = {}
    pending = [("", value, 0)]
    while pending and len(found) < _LEAVES:
        name, item, depth = pending.pop()
        if depth > _DEPTH:
            continue
        if isinstance(item, dict):
            pending += [
                (f"{name}.{key}" if name else str(key), inner, depth + 1) for key, inner in item.items()
            ][:_LEAVES]
        elif isinstance(item, list):
            pending += [(f"{name}.{place}", inner, depth + 1) for place, inner in enumerate(item[:10])]
        elif item is not None and not (isinstance(item, str) and len(item) > _TEXT):
            found[name] = item
    return found


def _json() -> Callable[[str], Iterator[Row]]:
    """Read one object a line, or a line that holds a list of them."""

    def parse(line: str) -> Iterator[Row]:
        if line.lstrip()[:1] not in ("{", "["):
            return
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            return
        listed = (
            next((value[name] for name in _LISTS if name in value), None)
            if isinstance(value, dict)
            else value
        )
        for item in listed if isinstance(listed, list) else [value]:
            row = row_from(flatten(item))
            if row is not None:
                yield row

    return parse


PARSERS: dict[str, Callable[[], Callable[[str], Iterator[Row]]]] = {"json": _json}


def is_document(head: bytes) -> bool:
    """Tell one JSON value over many lines, or with its requests in a list, from one object a line."""
    return bool(_DOCUMENT.match(head))


def is_log_document(head: bytes) -> bool:
    """Tell a log of requests from other JSON by names that only such logs have."""
    return any(mark in head for mark in _DOCUMENT_MARKS)


def document_rows(file: BinaryIO) -> Iterator[Row | None]:
    """Give a row, or None, for each object of the list in a JSON document of any size."""
    found: Flat | None = None
    start = 0
    for path, kind, value in leaves(iter(JsonStream(file))):
        if kind == "start_map":
            if (
                found is None
                and path[-1:] == ["[]"]
                and (len(path) == 1 or path[:-1] in ([name] for name in _LISTS))
            ):
                found, start = {}, len(path)
        elif kind == "end_map":
            if found is not None and len(path) == start:
                yield row_from(found)
                found = None
        elif found is not None and len(found) < _LEAVES and value is not None:
            name = ".".join(path[start:]).replace("[]", "0")
            if not (isinstance(value, str) and len(value) > _TEXT):
                found.setdefault(name, value)


def row_from(flat: Flat) -> Row | None:
    """Give the request that an object describes, by whichever kind of log it comes from."""
    if "eventName" in flat and ("eventSource" in flat or "eventVersion" in flat):
        return _cloudtrail(flat)
    if "operationName" in flat and ("callerIpAddress" in flat or "identity.type" in flat):
        return _azure(flat)
    if "OperationName" in flat and "CallerIpAddress" in flat:
        return _azure_table(flat)
    if "protoPayload.methodName" in flat:
        return _google_audit(flat)
    if "operation" in flat and "request_time" in flat and ("bucket_name" in flat or "bucket_arn" in flat):
        return _s3_cloudwatch(flat)
    return _generic(flat)


def _cloudtrail(flat: Flat) -> Row | None:
    """Read an AWS CloudTrail event; its HTTP status is made from its error code."""
    time = moment_from(flat.get("eventTime"))
    if time is None:
        return None
    kind = str(flat.get("userIdentity.type", ""))
    named = (
        flat.get(f"userIdentity.{name}")
        for name in ("arn", "userName", "principalId", "invokedBy", "accountId")
    )
    principal = next((str(name) for name in named if name), None)
    anonymous = (
        str(flat.get("userIdentity.accountId", "")).lower() in _ANONYMOUS or kind.lower() in _ANONYMOUS
    )
    error = flat.get("errorCode")
    method, rest = _event_method(str(flat["eventName"]))
    bucket = flat.get("requestParameters.bucketName")
    key = flat.get("requestParameters.key") or ""
    return {
        "time": time,
        "client": flat.get("sourceIPAddress"),
        "principal": None if anonymous else principal,
        "method": method,
        "path": f"{bucket}/{key}{rest}"
        if bucket
        else flat.get("requestParameters.name") or flat.get("eventSource"),
        "status": 200 if not error else _ERROR_STATUS.get(str(error), 403 if "Denied" in str(error) else 400),
        "bytes": number_from(flat.get("additionalEventData.bytesTransferredOut")),
        "authenticated": False if anonymous else (True if principal or kind else None),
        "user_agent": str(flat.get("userAgent", "")).removeprefix("[").removesuffix("]"),
    }


def _event_method(name: str) -> tuple[str, str]:
    """Give method and what to add to the path for an event such as ``GetObject``.

    Examples
    --------
    >>> _event_method("GetObject"), _event_method("ListObjectsV2"), _event_method("PutBucketPolicy")
    (('GET', ''), ('LIST', ''), ('PUT', '?bucketpolicy'))
    """
    for prefix, method in (
        ("Get", "GET"),
        ("Head", "HEAD"),
        ("List", "LIST"),
        ("Delete", "DELETE"),
        ("Put", "PUT"),
    ):
        if name.startswith(prefix):
            rest = name[len(prefix) :]
            if rest == "Object" or (method == "LIST" and rest.startswith("Object")):
                return method, ""
            return ("CONFIG" if method in ("GET", "HEAD", "LIST") else method), f"?{rest.lower()}"
    return (
        ("PUT", "") if name in ("CopyObject", "UploadPart", "CreateMultipartUpload") else (name.upper(), "")
    )


def _azure(flat: Flat) -> Row | None:
    """Read an Azure resource log of a storage account."""
    time = moment_from(_six_digits(flat.get("time")))
    if time is None:
        return None
    kind = flat.get("identity.type")
    names = ("requester.upn", "requester.objectId", "requester.appId", "tokenHash")
    named = next((flat[f"identity.{name}"] for name in names if flat.get(f"identity.{name}")), kind)
    anonymous = str(kind or "").lower() == "anonymous"
    return {
        "time": time,
        "client": without_port(flat.get("callerIpAddress")),
        "principal": None if anonymous else named,
        "method": azure_method(str(flat["operationName"])),
        "path": flat.get("properties.objectKey") or flat.get("uri"),
        "status": number_from(str(flat.get("statusCode", ""))),
        "bytes": number_from(flat.get("properties.responseBodySize")),
        "authenticated": None if not kind else not anonymous,
        "user_agent": flat.get("properties.userAgentHeader"),
    }


def _azure_table(flat: Flat) -> Row | None:
    """Read a row of the table StorageBlobLogs, as Log Analytics exports it."""
    kind = flat.get("AuthenticationType")
    renamed = {
        "time": flat.get("TimeGenerated"),
        "operationName": flat["OperationName"],
        "callerIpAddress": flat["CallerIpAddress"],
        "identity.type": kind,
        "identity.requester.upn": flat.get("RequesterUpn"),
        "identity.requester.objectId": flat.get("RequesterObjectId"),
        "properties.objectKey": flat.get("ObjectKey"),
        "uri": flat.get("Uri"),
        "statusCode": flat.get("StatusCode"),
        "properties.responseBodySize": flat.get("ResponseBodySize"),
        "properties.userAgentHeader": flat.get("UserAgentHeader"),
    }
    return _azure(renamed)


def _six_digits(stamp: object) -> object:
    """Cut the seventh digit of a fraction."""
    return re.sub(r"(\.\d{6})\d+", r"\1", stamp[:64]) if isinstance(stamp, str) else stamp


def _google_audit(flat: Flat) -> Row | None:
    """Read a Google Cloud audit log; reads by anybody of a public bucket are not in such logs at all."""
    time = moment_from(_six_digits(flat.get("timestamp")))
    if time is None:
        return None
    operation = str(flat["protoPayload.methodName"]).rpartition(".")[2].lower()
    method = {"get": "GET", "list": "LIST", "create": "PUT", "update": "PUT", "delete": "DELETE"}.get(
        operation
    )
    if method in ("GET", "LIST") and ".objects." not in str(flat["protoPayload.methodName"]):
        method = "CONFIG"
    principal = flat.get("protoPayload.authenticationInfo.principalEmail")
    code = flat.get("protoPayload.status.code", 0)
    return {
        "time": time,
        "client": flat.get("protoPayload.requestMetadata.callerIp"),
        "principal": principal,
        "method": method or operation.upper(),
        "path": flat.get("protoPayload.resourceName"),
        "status": _GRPC_STATUS.get(code, 400) if isinstance(code, int) else None,
        "authenticated": True if principal else None,
        "user_agent": flat.get("protoPayload.requestMetadata.callerSuppliedUserAgent"),
    }


def _s3_cloudwatch(flat: Flat) -> Row | None:
    """Read an S3 server access log as CloudWatch delivers it."""
    time = moment_from(flat.get("request_time"))
    if time is None:
        return None
    method, rest = s3_method(str(flat["operation"]))
    requester = flat.get("requester")
    return {
        "time": time,
        "client": flat.get("remote_ip"),
        "principal": requester,
        "method": method,
        "path": f"{flat.get('bucket_name', '')}/{flat.get('key') or ''}{rest}",
        "status": number_from(_digits(flat.get("http_status"))),
        "bytes": number_from(flat.get("bytes_sent")),
        "authenticated": requester not in (None, "", "-"),
        "user_agent": flat.get("user_agent"),
    }


def _generic(flat: Flat) -> Row | None:
    """Read a request of any web server that writes JSON: time, and two of client, path and status."""
    row = {
        column: next((flat[name] for name in names if name in flat), None)
        for column, names in _ALIASES.items()
    }
    row["time"] = _time(row["time"])
    request = row.pop("request")
    if isinstance(request, str) and (parts := request_parts(request))[0]:
        row["method"], row["path"] = row["method"] or parts[0], row["path"] or parts[1]
    row["status"], row["bytes"] = number_from(_digits(row["status"])), number_from(_digits(row["bytes"]))
    row["client"] = without_port(row["client"]) if isinstance(row["client"], str) else None
    for name in ("path", "method", "principal", "user_agent"):
        row[name] = row[name] if isinstance(row[name], str) else None
    known = row["authenticated"]
    if not isinstance(known, bool):
        row["authenticated"] = (
            True if row["principal"] not in (None, "", "-") and row["status"] != 401 else None
        )
    if row["time"] is None or [row["client"], row["path"], row["status"]].count(None) > 1:
        return None
    return row


def _digits(value: object) -> object:
    """Give digits as digits, whatever they were written as."""
    return value.strip() if isinstance(value, str) else value


def _time(value: object) -> datetime | None:
    """Read a time: ISO 8601, the common log format, or seconds, milli- or microseconds since 1970."""
    if isinstance(value, str):
        text = value.strip()[:64]
        if re.fullmatch(r"\d{9,16}(?:\.\d{1,9})?", text):
            return _time(float(text))
        return clf_time(text) or moment_from(_six_digits(text))
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        return None
    seconds = float(value)
    while seconds > 10**11:
        seconds /= 1000
    if not 10**8 < seconds < 10**11:
        return None
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return None
