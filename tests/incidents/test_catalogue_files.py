"""Files of a catalogue: folders and archives alike, names that climb, bombs, encodings, tables and JSON."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from importlib import import_module

import pytest

from leakkit.errors import BadMemberError, LeakkitError, LeakNotFoundError, LeakUnreadableError, NotALeakError
from leakkit.incidents import catalogue_files as files
from leakkit.incidents.catalogue_files import catalogue_files, only_file
from leakkit.incidents.catalogue_formats import Table, documents, text_of


def wanted(base: str) -> bool:
    return base.endswith(".csv")


def packed_tar(path, members: dict[str, bytes], mode: str) -> None:
    with tarfile.open(path, mode) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def packed_zip(path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_folder_archives_and_packed_files_give_the_same_bytes(tmp_path):
    folder = tmp_path / "snapshot"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"x\n1\n")
    (folder / "b.csv.gz").write_bytes(gzip.compress(b"y\n2\n"))
    members = {"deep/a.csv": b"x\n1\n", "deep/b.csv": b"y\n2\n"}
    packed_tar(tmp_path / "s.tar.bz2", members, "w:bz2")
    packed_tar(tmp_path / "s.tar.gz", members, "w:gz")
    packed_zip(tmp_path / "s.zip", members)
    for place in (folder, tmp_path / "s.tar.bz2", tmp_path / "s.tar.gz", tmp_path / "s.zip"):
        found = {file.base: file.data for file in catalogue_files(place, wanted)}
        assert found == {"a.csv": b"x\n1\n", "b.csv": b"y\n2\n"}, place


def test_name_that_leads_out_of_the_archive_is_refused_and_the_rest_read(tmp_path):
    packed_zip(tmp_path / "s.zip", {"../../evil.csv": b"x\n1\n", "good.csv": b"x\n2\n"})
    found = list(catalogue_files(tmp_path / "s.zip", wanted))
    assert {file.base: file.data for file in found} == {"evil.csv": None, "good.csv": b"x\n2\n"}
    assert [file.problem for file in found if file.data is None] == ["its name leads out of the archive"]


def test_archive_that_ends_early_says_so(tmp_path):
    packed_tar(tmp_path / "s.tar.gz", {"a.csv": bytes(range(256)) * 4000, "b.csv": b"x\n"}, "w:gz")
    whole = (tmp_path / "s.tar.gz").read_bytes()
    (tmp_path / "s.tar.gz").write_bytes(whole[: len(whole) // 2])
    assert any(file.problem for file in catalogue_files(tmp_path / "s.tar.gz", wanted))


def test_file_beyond_the_limit_is_named_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "FILE_BYTES", 1000)
    (tmp_path / "big.csv").write_bytes(b"x" * 1001)
    (tmp_path / "packed.csv.gz").write_bytes(gzip.compress(b"x" * 5000))
    found = list(catalogue_files(tmp_path, wanted))
    assert [file.data for file in found] == [None, None]
    assert all("limit" in str(file.problem) for file in found)
    with pytest.raises(LeakUnreadableError, match=r"big\.csv"):
        only_file(tmp_path / "big.csv", ".csv", "anything")


@pytest.mark.parametrize("name", ["big.json.gz", "big.csv.zip", "big.csv"])
def test_value_of_hostile_size_is_named_by_its_record(tmp_path, monkeypatch, name):
    monkeypatch.setattr(files, "FILE_BYTES", 18 * 2**20)
    huge = b"x" * (24 * 2**20)
    data = b'[{"a": 1}, {"a": "' + huge + b'"}]' if "json" in name else b"a,b\n1,2\n3," + huge + b"\n"
    if name.endswith(".zip"):
        packed_zip(tmp_path / name, {"big.csv": data})
    else:
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    with pytest.raises(
        LeakUnreadableError, match=r"big\.(json|csv).*(record 2 holds too long a value|row 2 cannot be read)"
    ):
        only_file(tmp_path / name, ".json" if "json" in name else ".csv", "anything")


@pytest.mark.parametrize("source", ["aiid", "atlas", "avid", "hibp", "hhs"])
def test_loader_without_a_path_says_how_to_fetch(source, tmp_path, monkeypatch):
    monkeypatch.setenv("LEAKKIT_DATA", str(tmp_path))
    load = getattr(import_module(f"leakkit.incidents.{source}"), f"load_{source}")
    with pytest.raises(LeakNotFoundError, match=f"leakkit fetch {source}"):
        load()


def test_only_file_names_how_many_it_found(tmp_path):
    (tmp_path / "a.json").write_text("[]")
    (tmp_path / "b.json").write_text("[1]")
    with pytest.raises(NotALeakError, match="found 2"):
        only_file(tmp_path, ".json", "breaches")
    with pytest.raises(NotALeakError, match="found 0"):
        only_file(tmp_path, ".csv", "breaches")
    with pytest.raises(LeakkitError, match="nothing"):
        only_file(tmp_path / "absent", ".json", "breaches")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_whatever_its_encoding(codec):
    text = "Name,Zahl\nMüller & Söhne gemeinnützige Gesellschaft,3\n"
    assert text_of(text.encode(codec)) == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_other_delimiters_are_seen_by_the_header(delimiter):
    table = Table(delimiter.join("abc").encode() + b"\n" + delimiter.join("123").encode(), "t.csv")
    assert (table.names, list(table)) == (["a", "b", "c"], [(1, ["1", "2", "3"])])


def test_rows_of_another_width_are_none_and_columns_are_told_apart():
    table = Table(b'id,AI System,ai system,\n1,a,b,c\n2,x\n\n3,"q\nq",,\n', "t.csv")
    assert table.names == ["id", "AI System", "ai system#2", "column 4"]
    assert list(table) == [(1, ["1", "a", "b", "c"]), (2, None), (4, ["3", "q\nq", "", ""])]


def test_cell_that_never_closes_costs_its_row():
    assert list(Table(b'a,b\n1,2\n3,"cut off', "t.csv")) == [(1, ["1", "2"]), (2, None)]
    assert list(Table(b'a,b\n1,2\n3,"whole"', "t.csv")) == [(1, ["1", "2"]), (2, ["3", "whole"])]


def test_cell_of_hostile_size_is_an_error_with_file_and_row():
    with pytest.raises(LeakUnreadableError, match=r"'t\.csv'.*row 2"):
        list(Table(b"a,b\n1,2\n3," + b"x" * 200_000, "t.csv"))


def test_documents_come_from_lists_and_lines_and_repeated_keys_are_kept():
    assert list(documents(b'[{"a": [1, {"b": []}]}, [2], 3]')) == [{"a": [1, {"b": []}]}, [2], 3]
    assert list(documents(b'\xef\xbb\xbf{"a": 1}\n{"a": 2, "a": 3, "a": 4}\n')) == [
        {"a": 1},
        {"a": 2, "a#2": 3, "a#3": 4},
    ]


@pytest.mark.parametrize(
    ("data", "status"),
    [(b'[{"a": 1}, {"a"', "truncated"), (b'[{"a": 1}, {a}]', "corrupt"), (b"[" * 500, "refused")],
)
def test_broken_json_gives_what_came_before_and_a_reason(data, status):
    found = []
    with pytest.raises(BadMemberError) as error:
        for document in documents(data):
            found.append(document)
    assert error.value.status == status
    assert found in ([{"a": 1}], [])
