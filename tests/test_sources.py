"""Catalogues are fetched only when asked, checked by hash, and what is absent or damaged is explained.

The downloads come from a small server on loopback.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from leakkit.errors import BadParameterError, FetchError, LeakkitError, LeakNotFoundError
from leakkit.sources import SOURCES, data_folder, downloading, fetch, fetched, list_sources

BODY = b"PK\x03\x04" + b"invented" * 100
SNAPSHOTS = """<a href="https://{host}/backup-20240101000000.tar.bz2">old</a>
<a href="https://{host}/backup-20250324000000.tar.bz2">new</a><a href="https://{host}/backup-1.tar.bz2">odd</a>"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Keep what is fetched out of the user's folder."""
    monkeypatch.setenv("LEAKKIT_DATA", str(tmp_path / "fetched"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path / "fetched"


class Answers(BaseHTTPRequestHandler):
    """Answers with what the server holds: a body, or a status; `cut` promises more than it sends."""

    def do_GET(self):
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        status, body, cut = self.server.answers.get(self.path, (404, b"not found", 0))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) + cut))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def server():
    """A web server on loopback; put what it answers into `answers`."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.answers, server.asked = {}, []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def place(server, monkeypatch):
    """Give a function that puts a source onto the server."""

    def put(name, body, *, status=200, cut=0, sha256=None):
        address = f"http://127.0.0.1:{server.server_port}/{name}"
        server.answers[f"/{name}"] = (status, body, cut)
        changed = replace(SOURCES[name], address=address, newest_on_page=False)
        if sha256 is not None:
            changed = replace(changed, sha256=sha256)
        monkeypatch.setitem(SOURCES, name, changed)
        return address

    return put


def sha(raw):
    """Hash of some bytes."""
    return hashlib.sha256(raw).hexdigest()


def test_what_is_downloaded_is_found_from_then_on(place, server, folder):
    place("vcdb", BODY, sha256=sha(BODY))
    said = []
    path = fetch("vcdb", say=said.append)
    assert path == fetched("vcdb") == folder / "vcdb" / "vcdb.json.zip"
    assert path.read_bytes() == BODY
    assert "CC-BY-SA-4.0" in said[0] and "VERIS Community Database (VCDB)" in said[0]
    assert "as expected" in said[-1]
    assert server.asked[0][1].startswith("leakkit/")
    assert sorted(entry.name for entry in folder.iterdir()) == ["vcdb", "vcdb.json"]


def test_the_note_beside_it_says_hash_date_and_licence(place, folder):
    address = place("hibp", b"[]")
    fetch("hibp", say=lambda _: None)
    note = json.loads((folder / "hibp.json").read_text(encoding="utf-8"))
    assert note["sha256"] == sha(b"[]") and note["size"] == 2
    assert (note["address"], note["licence"], note["pinned"]) == (address, "CC-BY-4.0", False)
    assert len(note["fetched_on"]) == 10


@pytest.mark.parametrize("body", [BODY[:-1], BODY + b"x", b"<html>not here</html>"])
def test_another_file_than_the_pinned_one_is_removed_and_said(place, folder, body):
    place("vcdb", body, sha256=sha(BODY))
    with pytest.raises(FetchError, match=sha(BODY)) as caught:
        fetch("vcdb", say=lambda _: None)
    assert "removed" in caught.value.found and "--from FILE" in caught.value.todo
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    with pytest.raises(LeakNotFoundError):
        fetched("vcdb")


def test_a_download_that_breaks_off_is_removed_and_said(place, folder):
    place("hibp", b"[{}", cut=50)
    with pytest.raises(FetchError, match="Expected a file at"):
        fetch("hibp", say=lambda _: None)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_page_in_place_of_the_file_is_refused_even_where_no_hash_is_pinned(place, folder):
    place("hibp", b"<html>please log in</html>")
    with pytest.raises(FetchError, match="of another kind"):
        fetch("hibp", say=lambda _: None)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_what_was_fetched_before_survives_a_failure(place):
    place("hibp", b"[]")
    fetch("hibp", say=lambda _: None)
    place("hibp", b"gone", status=500)
    with pytest.raises(FetchError, match="the answer 500"):
        fetch("hibp", say=lambda _: None)
    assert fetched("hibp").read_bytes() == b"[]"


def test_no_network_is_said_in_three_parts(place, server):
    place("vcdb", BODY)
    server.shutdown()
    server.server_close()
    with pytest.raises(FetchError, match="no network") as caught:
        fetch("vcdb", say=lambda _: None)
    assert "leakkit fetch vcdb --from FILE" in caught.value.todo


def test_the_newest_snapshot_that_the_page_links_to_is_taken(server, monkeypatch):
    page = f"http://127.0.0.1:{server.server_port}/page"
    server.answers["/page"] = (200, SNAPSHOTS.format(host="example.org").encode(), 0)
    monkeypatch.setitem(SOURCES, "aiid", replace(SOURCES["aiid"], address=page))
    retrieve, asked = downloading._retrieve, []

    def counted(source, address, *rest):
        asked.append(address)
        if address == page:
            return retrieve(source, address, *rest)
        path = rest[0] / rest[1]
        path.write_bytes(b"BZh9")
        return path

    monkeypatch.setattr(downloading, "_retrieve", counted)
    path = fetch("aiid", say=lambda _: None)
    assert asked[1:] == ["https://example.org/backup-20250324000000.tar.bz2"]
    assert [entry.name for entry in path.parent.iterdir()] == ["backup-20250324000000.tar.bz2"]
    note = json.loads(path.parent.with_name("aiid.json").read_text(encoding="utf-8"))
    assert note["version"] == "2025-03-24"


def test_a_page_without_links_to_snapshots_is_said(place, server, monkeypatch):
    place("aiid", b"<p>moved</p>")
    monkeypatch.setitem(SOURCES, "aiid", replace(SOURCES["aiid"], newest_on_page=True))
    with pytest.raises(FetchError, match="links to dated snapshots"):
        fetch("aiid", say=lambda _: None)


def test_a_source_that_has_no_address_says_how_to_get_it_by_hand():
    with pytest.raises(FetchError, match="ocrportal") as caught:
        fetch("hhs", say=lambda _: None)
    assert "leakkit fetch hhs --from FILE" in caught.value.todo


def test_a_copy_of_another_version_is_taken_over_and_said(tmp_path):
    own = tmp_path / "vcdb-2026.json"
    own.write_bytes(b"[]")
    said = []
    path = fetch("vcdb", from_file=own, say=said.append)
    assert path.name == "vcdb-2026.json" and path.read_bytes() == own.read_bytes() == b"[]"
    assert "Licence: CC-BY-SA-4.0" in said[0]
    assert "not that of version" in said[-1]
    assert list_sources().set_index("name").loc["vcdb", "fetched_sha256"] == sha(b"[]")


def test_a_folder_is_taken_over_without_its_links(tmp_path):
    own = tmp_path / "snapshot"
    (own / "deep").mkdir(parents=True)
    (own / "deep" / "incidents.csv").write_bytes(b"incident_id\n1\n")
    (own / "link").symlink_to("/etc/hosts")
    path = fetch("aiid", from_file=own, say=lambda _: None)
    assert path == fetched("aiid")
    assert [p.relative_to(path).as_posix() for p in path.rglob("*")] == ["deep", "deep/incidents.csv"]


def test_a_locked_folder_can_be_taken_over_twice(tmp_path):
    own = tmp_path / "snapshot"
    own.mkdir()
    (own / "incidents.csv").write_bytes(b"incident_id\n1\n")
    (own / "incidents.csv").chmod(0o400)
    own.chmod(0o500)
    path = fetch("aiid", from_file=own, say=lambda _: None)
    assert path.stat().st_mode & 0o200 and (path / "incidents.csv").stat().st_mode & 0o200
    assert fetch("aiid", from_file=own, say=lambda _: None) == path
    own.chmod(0o700)


def test_an_empty_folder_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(LeakNotFoundError, match="a folder with files"):
        fetch("aiid", from_file=tmp_path / "empty", say=lambda _: None)


def test_a_new_copy_takes_the_place_of_the_old(tmp_path):
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_text(name, encoding="utf-8")
        fetch("hibp", from_file=tmp_path / name, say=lambda _: None)
    assert [path.name for path in fetched("hibp").parent.iterdir()] == ["two.json"]


def test_the_copy_may_be_the_one_that_was_fetched(tmp_path):
    (tmp_path / "one.json").write_text("[]", encoding="utf-8")
    path = fetch("hibp", from_file=tmp_path / "one.json", say=lambda _: None)
    assert fetch("hibp", from_file=path, say=lambda _: None).read_text(encoding="utf-8") == "[]"


def test_an_empty_file_is_refused_and_what_was_fetched_before_stays(tmp_path):
    for name, text in (("one.json", "[]"), ("empty.json", "")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    before = fetch("hibp", from_file=tmp_path / "one.json", say=lambda _: None)
    with pytest.raises(LeakkitError, match="found 0 bytes"):
        fetch("hibp", from_file=tmp_path / "empty.json", say=lambda _: None)
    assert fetched("hibp") == before


def test_several_may_fetch_the_same_source_at_once(tmp_path, folder):
    own = tmp_path / "aiid"
    own.mkdir()
    for number in range(20):
        (own / f"{number}.csv").write_text("a\n" * 1000, encoding="utf-8")
    with ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(fetch, "aiid", from_file=own, say=lambda _: None) for _ in range(24)]
    assert {run.result() for run in runs} == {fetched("aiid")}
    assert sorted(entry.name for entry in folder.iterdir()) == ["aiid", "aiid.json"]


def test_what_an_earlier_run_left_unfinished_is_removed_a_day_later(tmp_path, folder):
    (tmp_path / "one.json").write_text("[]", encoding="utf-8")
    old, new = folder / "hibp.1-1.part", folder / "hibp.2-2.part"
    for unfinished in (old, new):
        unfinished.mkdir(parents=True)
    os.utime(old, (0, 0))
    fetch("hibp", from_file=tmp_path / "one.json", say=lambda _: None)
    assert (old.exists(), new.exists()) == (False, True)


def test_a_folder_that_holds_the_data_folder_is_refused(tmp_path, folder):
    with pytest.raises(BadParameterError, match="which holds it"):
        fetch("aiid", from_file=tmp_path, say=lambda _: None)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_nothing_at_from_file_is_said(tmp_path):
    with pytest.raises(LeakNotFoundError, match=r"nowhere\.zip"):
        fetch("vcdb", from_file=tmp_path / "nowhere.zip", say=lambda _: None)


@pytest.mark.parametrize("call", [fetch, fetched])
def test_an_unknown_source_is_answered_with_the_known_ones(call):
    with pytest.raises(BadParameterError, match="vcdb, aiid, atlas, avid, hibp, hhs"):
        call("verizon")


def test_what_was_not_fetched_says_how_to():
    with pytest.raises(LeakNotFoundError) as caught:
        fetched("vcdb")
    assert caught.value.todo == "run leakkit fetch vcdb, or leakkit fetch vcdb --from FILE"


def test_a_file_that_was_changed_after_fetching_is_not_used(tmp_path):
    (tmp_path / "one.json").write_text("[]", encoding="utf-8")
    path = fetch("hibp", from_file=tmp_path / "one.json", say=lambda _: None)
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(FetchError, match="changed since"):
        fetched("hibp")
    path.unlink()
    with pytest.raises(LeakNotFoundError):
        fetched("hibp")


@pytest.mark.parametrize(
    "note", ["", "[]", "null", "{}", '{"file": "../../hosts", "sha256": "0"}', '{"file": 1, "sha256": 2}']
)
def test_a_spoiled_note_counts_as_not_fetched(folder, note):
    (folder / "hibp").mkdir(parents=True)
    (folder / "hosts").write_text("x", encoding="utf-8")
    (folder / "hibp.json").write_text(note, encoding="utf-8")
    with pytest.raises(LeakNotFoundError):
        fetched("hibp")
    assert not list_sources()["fetched"].any()


def test_the_list_says_licence_credit_and_what_was_fetched(tmp_path):
    (tmp_path / "one.json").write_text("[]", encoding="utf-8")
    fetch("hibp", from_file=tmp_path / "one.json", say=lambda _: None)
    listed = list_sources().set_index("name")
    incidents = ["vcdb", "aiid", "atlas", "avid", "hibp", "hhs"]
    tables = ["compas", "compas_violent", "hmda", "resume", "ucb", "adult", "adult_test", "german"]
    assert list(listed.index) == [*incidents, *tables]
    assert listed["kind"].tolist() == ["incidents"] * 6 + ["table"] * 8
    assert listed["harms"].notna().tolist() == [False] * 6 + [True] * 8
    assert listed["fetched"].to_dict()["hibp"] and listed["fetched"].sum() == 1
    assert listed[["what", "licence", "attribution", "page"]].notna().all(axis=None)
    pinned = {"vcdb", "atlas", "hmda", "resume", "ucb", "adult", "german"}
    assert listed["pinned"].to_dict() == {name: name in pinned for name in [*incidents, *tables]}


def test_a_pinned_source_has_a_commit_in_its_address():
    for source in SOURCES.values():
        assert not source.sha256 or (len(source.sha256) == 64 and source.version in source.address)
        assert source.address == "" or source.address.startswith("https://")


def test_the_folder_is_the_named_one_else_that_of_the_environment_else_that_of_the_system(
    tmp_path, folder, monkeypatch
):
    assert data_folder(tmp_path) == tmp_path
    assert data_folder() == folder
    monkeypatch.delenv("LEAKKIT_DATA")
    assert data_folder().name == "catalogues" and "leakkit" in str(data_folder()).lower()
    (tmp_path / "one.json").write_text("[]", encoding="utf-8")
    path = fetch("hibp", from_file=tmp_path / "one.json", folder=tmp_path / "mine", say=lambda _: None)
    assert fetched("hibp", tmp_path / "mine") == path == tmp_path / "mine" / "hibp" / "one.json"


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(LeakkitError, match="Expected to write to"):
        fetch("hibp", from_file=tmp_path / "file", folder=tmp_path / "file", say=lambda _: None)
