"""Access logs in a leak: who asked for what and when, and the first read by somebody without a login."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadFrameError, BadMemberError, BadParameterError
from leakkit.frames import ACCESS
from leakkit.leak.access import json as access_json
from leakkit.leak.access import lines as access_lines
from leakkit.leak.lines import clean_chunks, short_lines
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from leakkit.leak.walk import Visit

BATCH_ROWS = 8_192
LINE_LIMIT = 2**18
"""A longer line is no request (characters)."""

_LOOKED_AT = 50
_SURE = frozenset({"access-log"})
_MAYBE = frozenset({"csv", "jsonl", "json", "log", "text", "tsv"})
_MARKS = (
    b"HTTP/",
    b"time_micros",
    b"eventName",
    b"allerIpAddress",
    b"protoPayload",
    b"#Fields:",
    b'"status',
    b'"http',
)
_PARSERS = {**access_lines.PARSERS, **access_json.PARSERS}
LOG_KINDS = tuple(sorted(_PARSERS))
"""What `parse_access` understands."""

Row = dict[str, Any]


@dataclass(slots=True)
class AccessTally:
    """What `parse_access` met: lines seen, requests among them, lines that are none."""

    n_lines: int = 0
    n_requests: int = 0
    n_bad: int = 0


def parse_access(
    lines: Iterable[str | None],
    format: str | None = None,
    *,
    source_path: str = "",
    tally: AccessTally | None = None,
) -> Iterator[pa.RecordBatch]:
    r"""Give the requests in the lines of a log as Arrow batches of the access frame.

    Parameters
    ----------
    lines : iterable of str
        Lines in order, without their ends; None stands for a line that was too long.
    format : str, optional
        One of `LOG_KINDS`: alb (AWS load balancers), azure-storage (Storage Analytics 1.0 and 2.0),
        combined (nginx and Apache, common and combined), gcs-usage (Google's usage logs in CSV), json
        (CloudTrail, Azure resource logs, Google audit logs, S3 logs from CloudWatch, Caddy, Traefik,
        nginx and others, one object a line or ``{"Records": [...]}`` in one line), s3 (S3 server access
        logs), w3c (IIS and CloudFront). None looks at the first lines.
    source_path : str
        Goes into the column of this name.
    tally : AccessTally, optional
        Filled on the way; lines that are no request are counted, not fatal.

    Yields
    ------
    pyarrow.RecordBatch
        Columns of `leakkit.frames.ACCESS`. Times are UTC as far as the log tells its zone. `status`
        of CloudTrail and Google audit logs is made from their error codes. `authenticated` is missing
        where the log cannot tell: an empty user in a web server's log says nothing of logins by
        cookie (only a user's name, or an answer 401, does), and Google usage logs name nobody. A
        request with a shared access signature counts as authenticated, although whoever finds such a
        URL may use it.

    Examples
    --------
    >>> line = '192.0.2.7 - - [06/Mar/2025:23:41:52 +0000] "GET /models/a.bin HTTP/1.1" 200 512 "-" "curl/8"'
    >>> [batch] = parse_access([line])
    >>> batch.column("method").to_pylist(), batch.column("status").to_pylist()
    (['GET'], [200])
    """
    if format is not None and format not in _PARSERS:
        raise BadParameterError(
            "Expected a kind of log", f"found {format!r}", f"use one of {', '.join(LOG_KINDS)}"
        )
    tally = AccessTally() if tally is None else tally
    waiting = iter(lines)
    if format is None:
        head = list(islice(waiting, _LOOKED_AT))
        format, waiting = kind_of([line for line in head if line]), chain(head, waiting)
    parse = _PARSERS[format or "combined"]()
    rows: list[Row] = []
    for number, line in enumerate(waiting):
        tally.n_lines += 1
        found = list(parse(line)) if line else []
        tally.n_bad += not found and line != "" and not (line or "").startswith("#")
        for row in found:
            tally.n_requests += 1
            rows.append(_finished(row, source_path, number))
            if len(rows) >= BATCH_ROWS:
                yield ACCESS.batch(rows)
                rows = []
    if rows:
        yield ACCESS.batch(rows)


def kind_of(lines: list[str]) -> str | None:
    """Tell which kind of log most of the first lines are; None when they are none."""
    best, most = None, 0
    for name in LOG_KINDS:
        parse = _PARSERS[name]()
        hits = sum(
            1 for line in lines[:_LOOKED_AT] if len(line) <= LINE_LIMIT and any(True for _ in parse(line))
        )
        if hits > most:
            best, most = name, hits
    return best if 2 * most >= len([line for line in lines[:_LOOKED_AT] if line and line[0] != "#"]) else None


def _finished(row: Row, source_path: str, number: int) -> Row:
    """Escape what came from the log, and say where it stood."""
    for name, limit in (
        ("client", 100),
        ("principal", 300),
        ("method", 40),
        ("path", 2_000),
        ("user_agent", 500),
    ):
        value = row.get(name)
        row[name] = printable(str(value), limit) if value not in (None, "", "-") else None
    if row.get("authenticated") is None and row.get("status") == 401:
        row["authenticated"] = False
    return {**row, "source_path": source_path, "row": number}


def visit_batches(visits: Iterable[Visit]) -> Iterator[pa.RecordBatch]:
    """Give the requests in all access logs met on a walk; broken members give what stands before the break."""
    for visit in visits:
        if visit.source is None or visit.format not in _SURE | _MAYBE:
            continue
        try:
            yield from _member(visit)
        except BadMemberError:
            continue  # the artifacts frame says why


def _member(visit: Visit) -> Iterator[pa.RecordBatch]:
    """Give the requests of one member, when it is a log of requests."""
    source = visit.source
    assert source is not None
    if visit.format not in _SURE and not any(mark in source.head for mark in _MARKS):
        return
    head = next(clean_chunks(source.stream(), len(source.head) or 1), b"")
    if access_json.is_document(head):
        if visit.format in _SURE or access_json.is_log_document(head):
            rows = (
                _finished(row, visit.path, number)
                for number, row in enumerate(access_json.document_rows(source.stream()))
                if row is not None
            )
            while batch := list(islice(rows, BATCH_ROWS)):
                yield ACCESS.batch(batch)
        return
    first = head.decode("utf-8", "replace").split("\n")[: _LOOKED_AT + 1]
    kind = kind_of([line.rstrip("\r") for line in (first[:-1] or first)])
    if kind is None and visit.format not in _SURE:
        return
    lines = (line for _, line in short_lines(source.stream(), LINE_LIMIT))
    yield from parse_access(lines, kind or "combined", source_path=visit.path)


def first_unauthenticated(access: pd.DataFrame, *, by_refusals: bool = False) -> pd.Series | None:
    """Give the earliest successful read by a client that is known to have had no login.

    A read is a GET or LIST that was answered with 200 to 299 (206 is part of a file). From this moment
    on the data must be taken as open to anybody, not just since its discovery.

    Parameters
    ----------
    access : pandas.DataFrame
        What ``leak.access()`` gives.
    by_refusals : bool, default False
        Also take answers to nobody in particular, in a log that cannot tell logins, for a path that the
        same log refused with 401 at some other time: it wanted a login there, and then it did not.

    Returns
    -------
    pandas.Series or None
        The row, the first by time, then by path and line. None when no such read is in the logs, which
        is no proof that there was none.

    Notes
    -----
    It misleads where logs were rotated away or switched on late (the first read may be older), where
    public pages and health checks are answered without a login by design (look at `path` and
    `client`), where the clock was wrong, and where a shared link was used: that counts as a login. Rows
    whose `authenticated` is missing are never taken: web servers' and Google's usage logs cannot say.

    Examples
    --------
    >>> from datetime import datetime
    >>> from leakkit.frames import ACCESS
    >>> seen = {"method": "GET", "path": "/a", "source_path": "log", "status": 200}
    >>> rows = [
    ...     {**seen, "row": 0, "time": datetime(2025, 3, 1), "authenticated": True},
    ...     {**seen, "row": 1, "time": datetime(2025, 3, 2), "authenticated": False, "status": 403},
    ...     {**seen, "row": 2, "time": datetime(2025, 3, 3), "authenticated": False},
    ... ]
    >>> int(first_unauthenticated(ACCESS.from_rows(rows))["row"])
    2
    """
    needed = ("time", "principal", "method", "path", "status", "authenticated", "source_path", "row")
    if missing := [name for name in needed if name not in access.columns]:
        raise BadFrameError(
            "Expected an access frame", f"found no {', '.join(missing)}", "pass leak.access()"
        )
    open_to_all = access["authenticated"].eq(False).fillna(False)
    if by_refusals:
        refused = access.loc[
            access["status"].eq(401).fillna(False), ["source_path", "path"]
        ].drop_duplicates()
        wanted = (
            access[["source_path", "path"]].merge(refused, how="left", indicator=True)["_merge"].eq("both")
        )
        untold = access["authenticated"].isna() & access["principal"].isna() & access["path"].notna()
        open_to_all |= untold & wanted.to_numpy()
    chosen = access[
        open_to_all
        & access["method"].isin(["GET", "LIST"]).fillna(False)
        & access["status"].between(200, 299).fillna(False)
        & access["time"].notna()
    ]
    if chosen.empty:
        return None
    return chosen.sort_values(["time", "source_path", "row"], kind="stable").iloc[0]


def mask_client(address: object) -> str:
    """Give an address fit to be shown: the network, never the machine.

    Keeps 24 bits of an IPv4 and 48 bits of an IPv6 address, which is what usual guidance on the
    anonymisation of addresses keeps; host names are hidden altogether.

    Examples
    --------
    >>> mask_client("203.0.113.77"), mask_client("2001:db8:1:2::3"), mask_client("pc-ada.example.org")
    ('203.0.113.x', '2001:db8:1:x', 'hidden')
    >>> mask_client(None)
    'unknown'
    """
    if not isinstance(address, str) or not address:
        return "unknown"
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "hidden"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is None:
            network = ipaddress.ip_network((parsed, 48), strict=False).network_address
            return str(network).removesuffix("::") + ":x"
        parsed = parsed.ipv4_mapped
    return str(parsed).rpartition(".")[0] + ".x"
