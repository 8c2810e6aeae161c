"""Access logs of every kind: the right request from each, nothing claimed that the log cannot tell."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames import ACCESS
from leakkit.leak.access.requests import (
    LOG_KINDS,
    AccessTally,
    first_unauthenticated,
    kind_of,
    mask_client,
    parse_access,
    visit_batches,
)
from leakkit.leak.source import BytesSource
from leakkit.leak.walk import Visit

WHEN = datetime(2025, 3, 6, 23, 41, 52, tzinfo=UTC)
STAMP = "2025-03-06T23:41:52Z"
CLF = "06/Mar/2025:23:41:52 +0000"
OWNER = "f" * 64


def requests(lines: list[str] | str, format: str | None = None, **options) -> list[dict]:
    lines = [lines] if isinstance(lines, str) else lines
    return [row for batch in parse_access(lines, format, **options) for row in batch.to_pylist()]


def told(line: str | dict, format: str | None = None) -> dict:
    """Read one line that holds one request; only what the log told."""
    [row] = requests(json.dumps(line) if isinstance(line, dict) else line, format)
    return {
        name: value for name, value in row.items() if value is not None and name not in ("source_path", "row")
    }


def s3_line(
    requester: str = "-", operation: str = "REST.GET.OBJECT", key: str = "models/a%2Bb.bin", status: int = 200
):
    return (
        f'{OWNER} lab [{CLF}] 192.0.2.7 {requester} 3E57427F3EXAMPLE {operation} {key} "GET /{key} HTTP/1.1" {status} '
        '- 512 512 70 10 "-" "curl/8 \\"x\\"" - invented= SigV4 ECDHE AuthHeader lab.s3.example.org TLSv1.3 - -'
    )


def trail(name: str = "GetObject", identity: dict | None = None, **more) -> dict:
    return {
        "eventVersion": "1.11",
        "eventSource": "s3.amazonaws.com",
        "eventName": name,
        "eventTime": STAMP,
        "sourceIPAddress": "192.0.2.7",
        "userAgent": "[curl/8]",
        "userIdentity": identity or {"type": "IAMUser", "arn": "arn:aws:iam::000000000000:user/ada"},
        "requestParameters": {"bucketName": "lab", "key": "a.bin"},
        "additionalEventData": {"bytesTransferredOut": 512.0},
        **more,
    }


BASE = {"time": WHEN, "client": "192.0.2.7", "method": "GET", "status": 200, "bytes": 512}


@pytest.mark.parametrize(
    ("line", "more"),
    [
        (f'192.0.2.7 - - [{CLF}] "GET /a HTTP/1.1" 200 512', {}),
        (f'192.0.2.7 - - [{CLF}] "GET /a HTTP/1.1" 200 512 "-" "curl/8"', {"user_agent": "curl/8"}),
        (
            f'www.example.org 192.0.2.7 - - [{CLF}] "GET /a HTTP/2" 200 512 "-" "x" rt=0.1',
            {"user_agent": "x"},
        ),
        (f'192.0.2.7 - ada [{CLF}] "GET /a HTTP/1.1" 200 512', {"principal": "ada", "authenticated": True}),
        (
            f'192.0.2.7 - Ada L [{CLF}] "GET /a HTTP/1.1" 200 512',
            {"principal": "Ada L", "authenticated": True},
        ),
        (f'192.0.2.7 - - [{CLF}] "GET /a HTTP/1.1" 401 512', {"status": 401, "authenticated": False}),
        (
            f'192.0.2.7 - ada [{CLF}] "GET /a HTTP/1.1" 401 512',
            {"principal": "ada", "status": 401, "authenticated": False},
        ),
    ],
)
def test_web_server_line_says_who_only_when_it_knows(line, more):
    assert told(line, "combined") == {**BASE, "path": "/a", **more}


def test_zone_of_a_web_server_is_taken_off():
    row = told('192.0.2.7 - - [07/Mar/2025:00:41:52 +0100] "GET /a HTTP/1.1" 200 512')
    assert row["time"] == WHEN


def test_nonsense_that_scanners_send_is_kept_without_a_method():
    row = told(f'192.0.2.7 - - [{CLF}] "\\x16\\x03\\x01" 400 0')
    assert (row["path"], row["status"], "method" in row) == ("\\x16\\x03\\x01", 400, False)


def test_s3_requester_tells_who_signed():
    anonymous = told(s3_line())
    assert anonymous == {
        **BASE,
        "path": "lab/models/a+b.bin",
        "authenticated": False,
        "user_agent": 'curl/8 \\"x\\"',
    }
    signed = told(s3_line("arn:aws:iam::000000000000:user/ada"))
    assert (signed["authenticated"], signed["principal"]) == (True, "arn:aws:iam::000000000000:user/ada")


@pytest.mark.parametrize(
    ("operation", "method", "path"),
    [
        ("REST.GET.BUCKET", "LIST", "lab/"),
        ("REST.GET.BUCKETPOLICY", "CONFIG", "lab/?bucketpolicy"),
        ("REST.HEAD.BUCKET", "CONFIG", "lab/"),
        ("REST.PUT.ACL", "PUT", "lab/?acl"),
        ("BATCH.DELETE.OBJECT", "DELETE", "lab/"),
    ],
)
def test_reading_settings_is_not_reading_data(operation, method, path):
    row = told(s3_line(operation=operation, key="-"))
    assert (row["method"], row["path"]) == (method, path)


def test_cloudtrail_tells_user_status_and_bytes():
    agent = {"user_agent": "curl/8"}
    user = {"principal": "arn:aws:iam::000000000000:user/ada", "authenticated": True}
    assert told(trail()) == {**BASE, **agent, **user, "path": "lab/a.bin"}
    stranger = {"type": "AWSAccount", "principalId": "", "accountId": "ANONYMOUS_PRINCIPAL"}
    assert told(trail(identity=stranger)) == {**BASE, **agent, "path": "lab/a.bin", "authenticated": False}
    assert told(trail(errorCode="AccessDenied"))["status"] == 403
    assert told(trail("PutBucketPolicy"))["path"] == "lab/a.bin?bucketpolicy"
    assert told(trail("ListObjectsV2"))["method"] == "LIST"
    assert told(trail("GetBucketAcl"))["method"] == "CONFIG"


def test_cloudtrail_file_of_many_events_is_read_in_lines_and_as_a_document():
    document = json.dumps({"Records": [trail(), trail("HeadObject")]})
    assert [row["method"] for row in requests(document)] == ["GET", "HEAD"]
    for text in (document, json.dumps({"Records": [trail(), trail("HeadObject")]}, indent=2)):
        visit = Visit("t.json", source=BytesSource(text.encode(), "t.json"), format="access-log")
        [batch] = visit_batches([visit])
        assert batch.column("method").to_pylist() == ["GET", "HEAD"]
        assert batch.column("row").to_pylist() == [0, 1]


def test_google_usage_log_names_nobody():
    header = (
        '"time_micros","c_ip","c_ip_type","c_ip_region","cs_method","cs_uri","sc_status","cs_bytes","sc_bytes",'
        '"time_taken_micros","cs_host","cs_referer","cs_user_agent","s_request_id","cs_operation","cs_bucket","cs_object"'
    )
    line = (
        f'"{int(WHEN.timestamp()) * 10**6}","192.0.2.7","1","","GET","/lab/a.bin","200","0","512","9",'
        '"h","","curl/8","i","GET_Object","lab","a.bin"'
    )
    [row] = requests([header, line])
    assert {name: value for name, value in row.items() if value is not None} == {
        **BASE,
        "path": "lab/a.bin",
        "user_agent": "curl/8",
        "source_path": "",
        "row": 1,
    }


def azure_line(kind: str = "anonymous", account: str = "") -> str:
    cells = [
        "1.0",
        "2025-03-06T23:41:52.0000000Z",
        "GetBlob",
        "AnonymousSuccess",
        "200",
        "18",
        "10",
        kind,
        account,
    ]
    cells += [
        "lab",
        "blob",
        '"https://lab.blob.example.org/c/a.bin?x=1&amp;y=2"',
        '"/lab/c/a.bin"',
        "id",
        "0",
    ]
    cells += [
        "192.0.2.7:4362",
        "2024-01-01",
        "320",
        "0",
        "270",
        "512",
        "0",
        "",
        "",
        '""0x8""',
        "",
        "",
        '"curl/8; x"',
        "",
        "",
    ]
    return ";".join(cells)


def test_azure_storage_analytics_tells_anonymous_readers():
    row = told(azure_line())
    assert row == {**BASE, "path": "/lab/c/a.bin", "authenticated": False, "user_agent": "curl/8; x"}
    assert told(azure_line("SAS"))["principal"] == "SAS"
    assert told(azure_line("OAuth", "ada"))["authenticated"] is True


def azure_record(kind: str = "Anonymous", **identity) -> dict:
    return {
        "time": "2025-03-06T23:41:52.0000000Z",
        "operationName": "GetBlob",
        "statusCode": 200,
        "uri": "https://lab.blob.example.org/c/a.bin",
        "callerIpAddress": "192.0.2.7:4362",
        "identity": {"type": kind, **identity},
        "properties": {"responseBodySize": 512, "userAgentHeader": "curl/8", "objectKey": "/lab/c/a.bin"},
    }


def test_azure_resource_logs_tell_anonymous_readers():
    row = told(azure_record())
    assert row == {**BASE, "path": "/lab/c/a.bin", "authenticated": False, "user_agent": "curl/8"}
    named = told(azure_record("OAuth", requester={"upn": "ada@example.org"}))
    assert (named["principal"], named["authenticated"]) == ("ada@example.org", True)


def test_google_audit_log_gives_principal_and_status():
    event = {
        "timestamp": STAMP,
        "logName": "projects/lab/logs/cloudaudit.googleapis.com%2Fdata_access",
        "protoPayload": {
            "methodName": "storage.objects.get",
            "resourceName": "projects/_/buckets/lab/objects/a.bin",
            "authenticationInfo": {"principalEmail": "ada@example.org"},
            "requestMetadata": {"callerIp": "192.0.2.7", "callerSuppliedUserAgent": "curl/8"},
            "status": {"code": 7},
        },
    }
    row = told(event)
    assert (row["method"], row["status"], row["authenticated"]) == ("GET", 403, True)


ADDRESS = "192.0.2.7"
PARTS = {"method": "GET", "path": "/a"}


@pytest.mark.parametrize(
    "line",
    [
        {
            "time": STAMP,
            "remote_addr": ADDRESS,
            "request": "GET /a HTTP/1.1",
            "status": "200",
            "body_bytes_sent": "512",
        },
        {
            "time_local": CLF,
            "remote_addr": ADDRESS,
            "request_method": "GET",
            "uri": "/a",
            "status": 200,
            "bytes": 512,
        },
        {
            "ts": WHEN.timestamp(),
            "request": {"remote_ip": ADDRESS, "method": "GET", "uri": "/a"},
            "status": 200,
            "size": 512,
        },
        {"timestamp": WHEN.timestamp() * 1000, "ip": f"{ADDRESS}:80", **PARTS, "code": 200, "bytes": 512},
        {
            "StartUTC": STAMP,
            "ClientHost": ADDRESS,
            "RequestMethod": "GET",
            "RequestPath": "/a",
            "DownstreamStatus": 200,
            "DownstreamContentSize": 512,
        },
    ],
)
def test_json_logs_of_web_servers_agree(line):
    assert told(line) == {**BASE, "path": "/a"}


def test_json_that_is_no_request_gives_none():
    for value in (
        {"time": STAMP, "ip": "192.0.2.7"},
        {"text": "x"},
        [1, 2],
        "x",
        {"time": STAMP, "status": "active"},
    ):
        assert requests(json.dumps(value), "json") == []


def test_extended_log_takes_its_columns_from_its_own_header():
    lines = [
        "#Version: 1.0",
        "#Fields: date time c-ip cs-username cs-method cs-uri-stem cs-uri-query sc-status sc-bytes cs(User-Agent)",
        "2025-03-06 23:41:52 192.0.2.7 - GET /a x=1 200 512 curl/8+x",
    ]
    [row] = requests(lines)
    assert (row["time"], row["path"], row["user_agent"], row["authenticated"]) == (
        WHEN,
        "/a?x=1",
        "curl/8 x",
        None,
    )


def test_load_balancer_line_is_read():
    line = (
        "https 2025-03-06T23:41:52.000000Z app/lab/50dc 192.0.2.7:2817 10.0.0.1:80 0.0 0.001 0.0 200 200 34 512 "
        '"GET https://www.example.org:443/a HTTP/1.1" "curl/8" ECDHE TLSv1.2 arn'
    )
    assert told(line) == {**BASE, "path": "https://www.example.org:443/a", "user_agent": "curl/8"}


EXAMPLES = {
    "combined": f'192.0.2.7 - - [{CLF}] "GET /a HTTP/1.1" 200 512',
    "s3": s3_line(),
    "json": json.dumps(trail()),
    "azure-storage": azure_line(),
    "gcs-usage": f'"{int(WHEN.timestamp()) * 10**6}","192.0.2.7","1","","GET","/a","200","0","512","9"',
    "w3c": "#Fields: date time c-ip\n2025-03-06 23:41:52 192.0.2.7",
    "alb": 'h2 2025-03-06T23:41:52.0Z app/l/5 192.0.2.7:1 - 0 0 0 200 - 34 512 "GET https://x:443/ HTTP/2" "c"',
}


def test_every_kind_has_an_example_and_is_told_from_the_others():
    assert set(EXAMPLES) == set(LOG_KINDS)
    for kind, line in EXAMPLES.items():
        assert kind_of(line.split("\n")) == kind
    assert kind_of(["Dear Ada,", "how are you?"]) is None


def test_bad_lines_are_counted_and_keep_the_numbers_of_others():
    tally = AccessTally()
    rows = requests(
        ["garbage", EXAMPLES["combined"], "", None, "# comment", EXAMPLES["combined"]],
        "combined",
        tally=tally,
    )
    assert [row["row"] for row in rows] == [1, 5]
    assert (tally.n_lines, tally.n_requests, tally.n_bad) == (6, 2, 2)


def test_names_from_the_log_are_escaped():
    row = told(f'192.0.2.7 - - [{CLF}] "GET /\x1b[31m HTTP/1.1" 200 512 "-" "\u202eagent"')
    assert row["path"] == "/\\x1b[31m"
    assert row["user_agent"] == "\\u202eagent"


def test_unknown_kind_is_refused():
    with pytest.raises(BadParameterError, match="combined"):
        list(parse_access([], "nonsense"))


def frame_of(*rows: tuple) -> pd.DataFrame:
    names = ("time", "method", "path", "status", "authenticated")
    return ACCESS.from_rows(
        {**dict(zip(names, row, strict=True)), "source_path": "log", "row": number}
        for number, row in enumerate(rows)
    )


def at(hour: int) -> datetime:
    return datetime(2025, 3, 1, hour, tzinfo=UTC)


def test_first_unauthenticated_read_is_the_first_that_was_answered():
    frame = frame_of(
        (at(9), "GET", "/late", 200, False),
        (at(1), "GET", "/a", 200, True),
        (at(2), "GET", "/a", 403, False),
        (at(3), "PUT", "/a", 200, False),
        (at(4), "HEAD", "/a", 200, False),
        (at(5), "GET", "/a", 200, None),
        (at(6), "LIST", "/", 206, False),
        (None, "GET", "/a", 200, False),
    )
    assert first_unauthenticated(frame)["time"] == at(6)
    assert first_unauthenticated(frame.iloc[:0]) is None
    assert first_unauthenticated(frame[frame["path"] == "/late"])["path"] == "/late"


def test_refusals_tell_which_paths_once_wanted_a_login():
    frame = frame_of(
        (at(1), "GET", "/public", 200, None),
        (at(2), "GET", "/internal", 401, False),
        (at(3), "GET", "/internal", 200, None),
    )
    assert first_unauthenticated(frame) is None
    assert first_unauthenticated(frame, by_refusals=True)["time"] == at(3)


def test_frame_of_another_kind_is_refused():
    with pytest.raises(BadFrameError, match="authenticated"):
        first_unauthenticated(pd.DataFrame({"time": []}))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("203.0.113.77", "203.0.113.x"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:x"),
        ("::ffff:203.0.113.77", "203.0.113.x"),
        ("fe80::1%eth0", "fe80:x"),
        ("ada.example.org", "hidden"),
        (None, "unknown"),
        (pd.NA, "unknown"),
    ],
)
def test_masked_client_shows_the_network_only(address, shown):
    assert mask_client(address) == shown


def test_access_of_the_sample_leak_agrees_with_its_truth(sample_leak, repository):
    from leakkit.leak.open import open_leak

    access = ACCESS.validate(open_leak(sample_leak).access())
    truth = pd.read_csv(repository / "data/sample_leak_truth/access.csv", keep_default_na=False)
    for event in truth[truth["event"] == "first_unauthenticated_read"].itertuples():
        first = first_unauthenticated(
            access[access["source_path"] == event.path].reset_index(drop=True), by_refusals=True
        )
        assert (first["time"].isoformat(), first["client"]) == (
            event.time.replace("Z", "+00:00"),
            event.client,
        )
    objects = access[access["path"].str.contains("/models/", na=False)].reset_index(drop=True)
    for event in truth[truth["event"] == "first_unauthenticated_object"].itertuples():
        first = first_unauthenticated(objects[objects["source_path"] == event.path])
        assert first["time"].isoformat() == event.time.replace("Z", "+00:00")
        assert first["path"].endswith(event.object)


@given(st.data())
def test_mangled_lines_end_in_rows_or_nothing(data):
    kind = data.draw(st.sampled_from(sorted(EXAMPLES)))
    line = EXAMPLES[kind]
    place = data.draw(st.integers(0, len(line)))
    line = line[:place] + data.draw(st.text(max_size=10)) + line[place + data.draw(st.integers(0, 6)) :]
    for batch in parse_access(line.split("\n"), data.draw(st.sampled_from([*LOG_KINDS, None]))):
        ACCESS.validate(ACCESS.from_batches([batch]))


KEYS = "time eventTime eventName eventSource status ip path operationName callerIpAddress Records type ts".split()
KEYS += "userIdentity request method protoPayload methodName operation request_time bucket_name".split()
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(STAMP)


@given(
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
        max_leaves=20,
    )
)
def test_any_json_ends_in_rows_or_nothing(value):
    for batch in parse_access([json.dumps(value)], "json"):
        assert batch.schema == ACCESS.arrow_schema


@pytest.mark.parametrize(
    "line", ["a" * 200_000, '"' * 200_000, "a " * 100_000, "[" * 200_000, '{"a":' * 40_000, "\\" * 200_000]
)
def test_hostile_lines_are_refused_in_linear_time(line):
    started = time.process_time()
    assert requests([line] * 3) == []
    assert time.process_time() - started < 5
