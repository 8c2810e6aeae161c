"""Buckets and URLs: what is listed, what is fetched, and what a user is told when it does not work."""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import io
import json
import threading
import urllib.request
import zipfile
from typing import NamedTuple

import fsspec
import pytest

import leakkit.leak.remote as remote
from leakkit.errors import (
    BadMemberError,
    BadParameterError,
    LeakNotFoundError,
    LeakUnreadableError,
    MissingExtraError,
    NotALeakError,
)
from leakkit.leak.remote import BLOCK, check_remote, open_remote, shown

BIG = 12 * BLOCK


class Bucket(NamedTuple):
    client: object
    endpoint: str
    options: dict


@pytest.fixture(scope="module", autouse=True)
def no_credentials(tmp_path_factory):
    empty = tmp_path_factory.mktemp("no-credentials") / "empty"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
            patch.delenv(name, raising=False)
        patch.setenv("AWS_CONFIG_FILE", str(empty))
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(empty))
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield


@pytest.fixture(scope="module")
def bucket():
    boto3 = pytest.importorskip("boto3")
    pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(
        ip_address="127.0.0.1", port=0, verbose=False
    )
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    keys = {"aws_access_key_id": "invented", "aws_secret_access_key": "invented"}
    client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **keys)
    client.create_bucket(Bucket="invented-lab")
    for number in range(57):
        client.put_object(Bucket="invented-lab", Key=f"logs/{number:04}.txt", Body=b"x" * (number % 7))
    client.put_object(Bucket="invented-lab", Key="logs/", Body=b"")
    client.put_object(Bucket="invented-lab", Key="odd/a b/ü#?&.txt", Body=b"odd")
    client.put_object(Bucket="invented-lab", Key="model/weights.bin", Body=bytes(BIG))
    client.create_bucket(Bucket="invented-empty")
    yield Bucket(
        client,
        endpoint,
        {"client_kwargs": {"endpoint_url": endpoint}, "key": "invented", "secret": "invented"},
    )
    client.close()
    server.stop()


def test_bucket_is_listed_over_several_pages(bucket, monkeypatch):
    monkeypatch.setattr(remote, "PAGE", 10)
    found = list(open_remote("s3://invented-lab", **bucket.options))
    assert len(found) == 57 + 2
    assert [item.path for item in found] == sorted(item.path for item in found)
    by_path = {item.path: item for item in found}
    assert by_path["model/weights.bin"].size == BIG
    assert by_path["logs/0005.txt"].etag == "fb0e22c79ac75679e9881e6ba183b354"  # md5 of xxxxx
    assert by_path["logs/0005.txt"].mtime > 1.7e9


def test_prefix_and_single_object_give_relative_paths(bucket):
    assert [item.path for item in open_remote("s3://invented-lab/odd", **bucket.options)] == ["a b/ü#?&.txt"]
    [single] = open_remote("s3://invented-lab/model/weights.bin", **bucket.options)
    assert (single.path, single.size) == ("weights.bin", BIG)


def test_keys_with_odd_characters_can_be_opened(bucket):
    [item] = open_remote("s3://invented-lab/odd", **bucket.options)
    with item.open() as file:
        assert file.read() == b"odd"


def test_public_bucket_needs_no_credentials(bucket):
    options = {"client_kwargs": bucket.options["client_kwargs"]}
    assert next(open_remote("s3://invented-lab/logs", **options)).path == "0000.txt"
    assert next(open_remote("s3://invented-lab/logs", anon=True, **options)).path == "0000.txt"


def test_head_and_tail_of_a_large_object_cost_a_few_blocks(bucket, monkeypatch):
    core = pytest.importorskip("s3fs.core")
    fetched, fetch = [], core._fetch_range

    def counting(*arguments, **options):
        data = fetch(*arguments, **options)
        fetched.append(len(data))
        return data

    monkeypatch.setattr(core, "_fetch_range", counting)
    [item] = open_remote("s3://invented-lab/model", **bucket.options)
    with item.open() as file:
        file.read(65_536)
        file.seek(-100, io.SEEK_END)
        assert file.read() == bytes(100)
    assert 65_536 < sum(fetched) <= 2 * BLOCK


def test_whole_object_is_read_in_order(bucket):
    [item] = open_remote("s3://invented-lab/model", **bucket.options)
    with item.open() as file:
        total = 0
        while chunk := file.read(2**18):
            total += len(chunk)
    assert total == BIG


def test_object_that_vanished_is_an_error_of_that_object(bucket):
    bucket.client.put_object(Bucket="invented-lab", Key="gone/x.txt", Body=b"x")
    [item] = open_remote("s3://invented-lab/gone", **bucket.options)
    bucket.client.delete_object(Bucket="invented-lab", Key="gone/x.txt")
    with pytest.raises(OSError, match=r"found nothing at s3://invented-lab/gone/x\.txt") as caught:
        item.open()
    assert caught.value.strerror == "nothing at s3://invented-lab/gone/x.txt"


def test_leak_in_a_bucket_is_inventoried_and_read(bucket):
    from leakkit.leak.open import open_leak

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/users.csv", "id,mail\n1,a@example.org\n")
    bucket.client.put_object(
        Bucket="invented-lab", Key="whole/x.zip", Body=packed.getvalue(), ACL="public-read"
    )
    bucket.client.put_object(Bucket="invented-lab", Key="whole/secret.txt", Body=b"private")
    leak = open_leak("s3://invented-lab/whole", anon=True, client_kwargs=bucket.options["client_kwargs"])
    rows = leak.artifacts().set_index("path")
    assert rows["status"].to_dict() == {"secret.txt": "refused", "x.zip": "ok", "x.zip!/in/users.csv": "ok"}
    assert "denied" in rows.loc["secret.txt", "error"]
    assert rows.loc["x.zip", "etag"] == hashlib.md5(packed.getvalue()).hexdigest()
    assert leak.records().to_pandas()["text"].tolist() == ["1", "a@example.org"]


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("s3://invented-nothing", LeakNotFoundError),
        ("s3://invented-lab/nothing", LeakNotFoundError),
        ("s3://invented-empty", NotALeakError),
    ],
)
def test_missing_and_empty_places_are_told_apart(bucket, url, error):
    with pytest.raises(error) as caught:
        check_remote(url, **bucket.options)
    assert url in str(caught.value)
    assert "What to do" in str(caught.value)


def test_denied_bucket_says_what_to_pass(bucket):
    def auth(count: str) -> None:
        place, plain = f"{bucket.endpoint}/moto-api/reset-auth", {"Content-Type": "text/plain"}
        urllib.request.urlopen(urllib.request.Request(place, count.encode(), plain), timeout=10).close()

    auth("0")
    try:
        with pytest.raises(LeakUnreadableError, match="anon=True") as caught:
            check_remote("s3://invented-lab", **bucket.options)
    finally:
        auth("inf")
    assert "denied" in str(caught.value)


def test_server_that_does_not_answer_is_unreadable(bucket):
    pytest.importorskip("s3fs")
    with pytest.raises(LeakUnreadableError, match="network"):
        check_remote("http://127.0.0.1:9/leak.zip")


def test_memory_tree_is_given_folder_by_folder():
    system = fsspec.filesystem("memory")
    for path, data in (("b/z.txt", b"1"), ("b/a/y.txt", b"22"), ("b/c.txt", b"333")):
        system.pipe(f"/invented-tree/{path}", data)
    found = list(open_remote("memory://invented-tree"))
    assert [(item.path, item.size) for item in found] == [("b/c.txt", 3), ("b/z.txt", 1), ("b/a/y.txt", 2)]
    with found[0].open() as file:
        assert file.read() == b"333"
    assert [item.path for item in open_remote("memory://invented-tree/b/c.txt")] == ["c.txt"]
    system.rm("/invented-tree", recursive=True)


class _NoRanges(http.server.BaseHTTPRequestHandler):
    """Serves one body, in full or (under /unsized) without telling its length."""

    body = b"0123456789" * 30_000

    def do_HEAD(self):  # noqa: N802
        self._head()

    def do_GET(self):  # noqa: N802
        if self._head():
            self.wfile.write(self.body)

    def _head(self) -> bool:
        known = self.path.startswith(("/leak.bin", "/unsized"))
        self.send_response(200 if known else 404)
        if known and not self.path.startswith("/unsized"):
            self.send_header("Content-Length", str(len(self.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        return known

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def web():
    pytest.importorskip("aiohttp")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _NoRanges) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", ["leak.bin", "unsized.bin"])
def test_web_file_can_be_rewound_even_when_the_server_cannot(web, name):
    [item] = open_remote(f"{web}/{name}?X-Amz-Signature=invented")
    assert item.path == name
    with contextlib.closing(item.open()) as file:
        assert file.read(10) == b"0123456789"
        assert file.seek(0, io.SEEK_END) == len(_NoRanges.body)
        file.seek(5)
        assert file.read(3) == b"567"


def test_signature_of_a_url_is_not_repeated(web):
    with pytest.raises(LeakNotFoundError) as caught:
        check_remote(f"{web}/nothing.zip?X-Amz-Signature=0a1b2c")
    assert "0a1b2c" not in str(caught.value)
    assert shown("https://u:p@example.org/a?b=c") == "https://example.org/a"
    assert shown("s3://bucket/\x1b[31m") == "s3://bucket/\\x1b[31m"


@pytest.mark.parametrize("url", ["zip://a::s3://b/c.zip", "filecache::s3://b", "nonsense://x", "://x"])
def test_chained_and_unknown_urls_are_refused(url):
    with pytest.raises(BadParameterError):
        check_remote(url)


def test_missing_package_names_the_extra(monkeypatch):
    def missing(protocol):
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec, "get_filesystem_class", missing)
    with pytest.raises(MissingExtraError, match=r"leakkit\[cloud\]"):
        check_remote("s3://bucket")


def test_lost_connection_while_reading_is_an_oserror():
    class Lost(io.BytesIO):
        def read(self, size=-1):
            raise RuntimeError("connection reset by 192.0.2.1")

    with pytest.raises(LeakUnreadableError) as caught:
        remote._RemoteFile(Lost(), "s3://bucket/key?secret").read(10)
    assert "secret" not in str(caught.value)
    assert isinstance(caught.value, OSError)


def test_same_bucket_gives_the_same_order_twice(bucket):
    first, second = (
        [item[:4] for item in open_remote("s3://invented-lab", **bucket.options)] for _ in range(2)
    )
    assert json.dumps(first) == json.dumps(second)


def test_object_that_fails_with_any_error_of_ours_costs_one_row(monkeypatch):
    import leakkit as lk

    def found(name, error=None):
        def opened():
            if error is not None:
                raise error
            return io.BytesIO(b"An invented note.\n")

        return remote.Found(name, 18, None, None, opened)

    class Breaking(io.BytesIO):
        def read(self, size=-1):
            raise BadMemberError("the packed data ends early", "truncated")

    objects = [
        found("a.txt"),
        found("b.txt", BadParameterError("Expected a URL", "found none", "correct it")),
        remote.Found("c.txt", 10**6, None, None, Breaking),
        found("d.txt"),
    ]
    monkeypatch.setattr(remote, "open_remote", lambda url, **options: iter(objects))
    frame = lk.open_leak("memory://invented").artifacts()
    assert frame["status"].tolist() == ["ok", "refused", "refused", "ok"]
    assert "ends early" in frame["error"][2]


@pytest.mark.parametrize(
    "url", ["http://ada:invented-secret@[::1/x", "http://h:invented-secret/x", "http://h/x;k=invented-secret"]
)
def test_secret_in_an_odd_place_of_a_url_is_not_shown(url):
    assert "secret" not in shown(url)
