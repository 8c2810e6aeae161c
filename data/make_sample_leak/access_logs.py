"""The requests as three kinds of log write them: S3 server access log, CloudTrail lines, nginx combined."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np

from data.make_sample_leak import access
from data.make_sample_leak.access import (
    BUCKET,
    CLOSED,
    FIRST_OBJECT,
    FIRST_READ,
    KEYS,
    OPENED,
    STRANGER,
    Request,
)
from data.make_sample_leak.archives import gzip_bytes
from data.make_sample_leak.exhibit import INVENTED, Exhibit, Item
from data.make_sample_leak.identifiers import ip_address
from data.make_sample_leak.population import Person
from data.make_sample_leak.spans import note_spans

S3_LOG = f"logs/s3/{BUCKET}-2025-03.log"
TRAIL = "logs/cloudtrail/2025-03.jsonl"
WEB, WEB_OLD = "logs/nginx/access.log", "logs/nginx/access.log.1"
ROTATED = datetime(2025, 3, 5, tzinfo=UTC)
BROWSERS = (
    "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/135.0",
    "Mozilla/5.0 (Macintosh) Safari/605",
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clf(time: datetime) -> str:
    """Give a time as access logs write it, whatever the machine's language."""
    return f"[{time:%d}/{MONTHS[time.month - 1]}/{time:%Y:%H:%M:%S %z}]"


def _note(
    exhibit: Exhibit, path: str, row: int, field: str, text: str, entity: str, value: str, owner: str
) -> None:
    """Write the place of a value in a line (or field) into the truth."""
    start = text.index(value)
    note_spans(exhibit, path, row, field, [(start, start + len(value), entity, value, owner, False)])


def _s3_line(request: Request, random: np.random.Generator) -> str:
    """Write a request as the S3 server access log does."""
    signed = request.principal != "-"
    ident = "".join("0123456789ABCDEF"[int(d)] for d in random.integers(0, 16, 16))
    path = f"/{request.key}" if request.key != "-" else "/?list-type=2"
    error = "AccessDenied" if request.status == 403 else "-"
    verb = request.operation.split(".")[1]
    return (
        f"{access.OWNER} {BUCKET} {clf(request.time)} {request.client} {request.principal} {ident} "
        f'{request.operation} {request.key} "{verb} {path} HTTP/1.1" {request.status} {error} '
        f"{request.size} {request.size} "
        f'{int(random.integers(8, 400))} {int(random.integers(4, 90))} "-" "{request.agent}" - INVENTED= '
        f"{'SigV4' if signed else '-'} ECDHE-RSA-AES128-GCM-SHA256 {'AuthHeader' if signed else '-'} "
        f"{BUCKET}.s3.fennimoor.example TLSv1.3 - -"
    )


def _save_s3_log(exhibit: Exhibit, requests: list[Request], random: np.random.Generator) -> None:
    """Write the S3 log; S3 delivers its lines late and out of order."""
    late = [
        (r.time + timedelta(seconds=int(random.integers(0, 3_600))), place)
        for place, r in enumerate(requests)
    ]
    lines = []
    for row, (_, place) in enumerate(sorted(late)):
        request, line = requests[place], _s3_line(requests[place], random)
        lines.append(line)
        _note(exhibit, S3_LOG, row, "", line, "IP_ADDRESS", request.client, request.person_id)
        if request.person_id:
            _note(
                exhibit,
                S3_LOG,
                row,
                "",
                line,
                "USERNAME",
                request.principal.rsplit("/", 1)[1],
                request.person_id,
            )
    planted = "the first unsigned read, among signed ones; lines out of order"
    exhibit.file(S3_LOG, "\n".join(lines) + "\n", "access-log", planted)
    _note_story(exhibit, S3_LOG)


def _trail_event(request: Request, place: int) -> dict[str, Any]:
    """Write a request as a CloudTrail data event."""
    user = request.principal.rsplit("/", 1)[-1]
    identity = {"type": "IAMUser", "arn": request.principal, "accountId": access.ACCOUNT, "userName": user}
    if request.principal == "-":
        identity = {"type": "AWSAccount", "principalId": "", "accountId": "anonymous"}
    name = {"REST.GET.BUCKET": "ListObjects", "REST.GET.OBJECT": "GetObject", "REST.PUT.OBJECT": "PutObject"}
    return {
        "eventVersion": "1.11",
        "userIdentity": identity,
        "eventTime": f"{request.time:%Y-%m-%dT%H:%M:%SZ}",
        "eventSource": "s3.amazonaws.com",
        "eventName": name.get(request.operation, request.operation),
        "awsRegion": "eu-invented-1",
        "sourceIPAddress": request.client,
        "userAgent": f"[{request.agent}]",
        "errorCode": "AccessDenied" if request.status == 403 else None,
        "requestParameters": {"bucketName": BUCKET, "key": None if request.key == "-" else request.key},
        "additionalEventData": {"bytesTransferredOut": request.size},
        "eventID": f"invented-{place:06d}",
        "readOnly": "GET" in request.operation,
        "eventType": "AwsApiCall",
        "recipientAccountId": access.ACCOUNT,
    }


def _save_trail(exhibit: Exhibit, requests: list[Request]) -> None:
    """Write a sample of the requests and the change that opened the bucket as CloudTrail lines."""
    sample = [r for r in requests if r.principal == "-" or r.time > OPENED][: exhibit.many(260, 60)]
    deploy = f"arn:aws:iam::{access.ACCOUNT}:user/ci-deploy"
    sample.append(Request(OPENED, "192.0.2.10", deploy, "PutBucketPolicy", "-", 200, 0, "terraform/1.10", ""))
    lines = []
    for row, request in enumerate(sorted(sample, key=lambda r: r.time)):
        event = _trail_event(request, row)
        lines.append(json.dumps(event) + "\n")
        _note(
            exhibit,
            TRAIL,
            row,
            "sourceIPAddress",
            request.client,
            "IP_ADDRESS",
            request.client,
            request.person_id,
        )
        if request.person_id:
            user = event["userIdentity"]["userName"]
            for field, text in (("arn", request.principal), ("userName", user)):
                _note(exhibit, TRAIL, row, f"userIdentity.{field}", text, "USERNAME", user, request.person_id)
    exhibit.file(TRAIL, "".join(lines), "access-log", "who opened the bucket, and who came first")
    _note_story(exhibit, TRAIL)


class WebLog:
    """Lines of the web server with what is personal in them, before they are sorted by time."""

    def __init__(self) -> None:
        self.rows: list[tuple[datetime, str, list[tuple[str, str, str]]]] = []

    def add(
        self,
        time: datetime,
        client: str,
        path: str,
        status: int,
        *,
        person: Person | None = None,
        user: str = "-",
        agent: str = BROWSERS[0],
        size: int = 5_120,
    ) -> None:
        """Add a line; `person` is who asked, as far as anybody knows."""
        local = clf(time.astimezone(timezone(timedelta(hours=1))))
        text = f'{client} - {user} {local} "GET {path} HTTP/1.1" {status} {size} "-" "{agent}"'
        owner = person.person_id if person else ""
        found = [("IP_ADDRESS", client, owner)]
        if person and person.username in text:
            found.append(("USERNAME", person.username, owner))
        self.rows.append((time, text, found))

    def save(self, exhibit: Exhibit, truth_path: str, start: datetime, end: datetime) -> bytes:
        """Give the lines of a time span as bytes, and note what is personal in them."""
        lines = [row for row in sorted(self.rows, key=lambda row: row[0]) if start <= row[0] < end]
        for number, (_, text, found) in enumerate(lines):
            for entity, value, owner in found:
                _note(exhibit, truth_path, number, "", text, entity, value, owner)
        return ("\n".join(text for _, text, _ in lines) + "\n").encode()


def _web_log(exhibit: Exhibit, random: np.random.Generator) -> WebLog:
    """Draw what the web server saw: customers, staff with a password, strangers refused, one not refused."""
    log, customers, staff = WebLog(), exhibit.people.customers, exhibit.people.staff
    begin, end = access.BEGIN, access.END
    for _ in range(exhibit.many(1_300, 150)):
        person = customers[int(random.integers(len(customers)))]
        path = ("/", "/models", "/models/tern-0.6m-base", f"/u/{person.username}", "/pricing")[
            int(random.integers(5))
        ]
        agent, size = BROWSERS[int(random.integers(2))], int(random.integers(800, 40_000))
        moment = access.moment_between(random, begin, end)
        log.add(moment, person.ip, path, 200, person=person, agent=agent, size=size)
    for _ in range(exhibit.many(180, 30)):
        person, key = staff[int(random.integers(12))], KEYS[int(random.integers(len(KEYS)))]
        moment, path = access.moment_between(random, begin, end), f"/internal/artifacts/{key}"
        log.add(moment, person.ip, path, 200, person=person, user=person.username, size=90_000)
    for _ in range(exhibit.many(60, 12)):
        moment = access.moment_between(random, begin, FIRST_READ)
        log.add(
            moment, ip_address(random, "second"), "/internal/artifacts/", 401, agent="curl/8.9.1", size=179
        )
    first = FIRST_READ + timedelta(minutes=47)
    log.add(first, STRANGER, "/internal/artifacts/", 200, agent="python-requests/2.32")
    for place in range(exhibit.many(70, 10)):
        moment, path = (
            first + timedelta(seconds=8 + place * 12),
            f"/internal/artifacts/{KEYS[place % len(KEYS)]}",
        )
        log.add(moment, STRANGER, path, 200, agent="python-requests/2.32", size=70_000)
    exhibit.note(
        "access",
        path=WEB,
        event="first_unauthenticated_read",
        time=f"{first:%Y-%m-%dT%H:%M:%SZ}",
        client=STRANGER,
        principal="-",
        object="/internal/artifacts/",
        note="logged in +0100: 01:28:52 on 7 March on the server's clock; the 401 answers before it "
        "are no reads, nor are the public pages that need no password",
    )
    return log


def _note_story(exhibit: Exhibit, path: str) -> None:
    """Write the events of the bucket's story into the truth."""
    note = "403 answers to unsigned requests stand before it: they are no reads"
    note += "; lines are not in order of time" if path == S3_LOG else ""
    for event, time, client, principal, target, remark in (
        ("made_public", OPENED, "192.0.2.10", "ci-deploy", BUCKET, "PutBucketPolicy"),
        ("first_unauthenticated_read", FIRST_READ, STRANGER, "-", "list of the bucket", note),
        ("first_unauthenticated_object", FIRST_OBJECT, STRANGER, "-", KEYS[0], ""),
        ("closed", CLOSED, "", "", BUCKET, "no event: unsigned requests are answered 403 from here"),
    ):
        if event in {"made_public", "closed"} and path != (TRAIL if event == "made_public" else S3_LOG):
            continue
        exhibit.note(
            "access",
            path=path,
            event=event,
            time=f"{time:%Y-%m-%dT%H:%M:%SZ}",
            client=client,
            principal=principal,
            object=target,
            note=remark,
        )


def make_access(exhibit: Exhibit) -> None:
    """Write the S3 log, the CloudTrail sample and the web server's log with its rotated predecessor."""
    random = exhibit.random("access")
    requests = access.all_requests(exhibit, random)
    _save_s3_log(exhibit, requests, random)
    _save_trail(exhibit, requests)
    web = _web_log(exhibit, random)
    newer = web.save(exhibit, WEB, ROTATED, datetime.max.replace(tzinfo=UTC))
    exhibit.file(WEB, newer, "access-log", "the same stranger at the web server, in +0100")
    inside = f"{WEB_OLD}.gz!/access.log.1"
    older = Item(
        "access.log.1",
        web.save(exhibit, inside, datetime.min.replace(tzinfo=UTC), ROTATED),
        "access-log",
        "only 401 for strangers: no exposure yet",
    )
    exhibit.add(Item(f"{WEB_OLD}.gz", gzip_bytes(older.data), "gzip", "a rotated log", members=[older]))
    exhibit.file("logs/README.txt", f"{INVENTED}\nBucket: {BUCKET}. Web server clock: +0100.\n", "text")
