"""Opening a leak: what is taken, what is refused, and in which words."""

import io
import os
import socket
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import leakkit as lk
from leakkit import errors
from leakkit.frames import ARTIFACTS
from leakkit.leak.open import Leak


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "leak"
    (root / "inner").mkdir(parents=True)
    (root / "notes.txt").write_text("An invented note.\n")
    (root / "inner" / "config.json").write_text('{"model_type": "llama", "hidden_size": 8}')
    return root


def three_parts(caught):
    assert caught.value.expected and caught.value.found and caught.value.todo
    return str(caught.value)


def test_missing_path_is_told_with_what_to_do(tmp_path):
    with pytest.raises(errors.LeakNotFoundError) as caught:
        lk.open_leak(tmp_path / "nowhere")
    assert "nowhere" in three_parts(caught)


def test_empty_folder_is_no_leak(tmp_path):
    (tmp_path / "only" / "folders").mkdir(parents=True)
    with pytest.raises(errors.NotALeakError) as caught:
        lk.open_leak(tmp_path)
    assert "found none" in three_parts(caught)


def test_empty_file_is_no_leak(tmp_path):
    (tmp_path / "empty").touch()
    with pytest.raises(errors.NotALeakError) as caught:
        lk.open_leak(tmp_path / "empty")
    three_parts(caught)


def test_socket_is_no_leak(tmp_path):
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        with pytest.raises(errors.NotALeakError) as caught:
            lk.open_leak(tmp_path / "s")
    three_parts(caught)


def test_null_character_in_a_path_is_a_clear_error():
    with pytest.raises(errors.LeakNotFoundError):
        lk.open_leak("a\0b")


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="only a plain user can be refused by the system"
)
def test_folder_without_the_right_to_read_is_unreadable(folder):
    folder.chmod(0)
    with pytest.raises(errors.LeakUnreadableError) as caught:
        lk.open_leak(folder)
    folder.chmod(0o700)
    three_parts(caught)


def test_bad_hash_and_bad_budget_are_refused(folder):
    with pytest.raises(errors.BadParameterError, match="md5"):
        lk.open_leak(folder, hash="md5")
    with pytest.raises(errors.BadParameterError, match="depth"):
        lk.Budget(depth=-1)


def test_folder_gives_one_row_a_file_with_sizes_and_hashes(folder):
    frame = lk.open_leak(folder).artifacts()
    assert frame["path"].tolist() == ["inner/config.json", "notes.txt"]
    assert frame["size"].tolist() == [41, 18]
    assert frame["hash_source"].tolist() == ["computed", "computed"]
    ARTIFACTS.validate(frame)


def test_hashes_equal_those_of_the_system(folder):
    import hashlib

    frame = lk.open_leak(folder, hash=("sha256", "blake3")).artifacts().set_index("path")
    data = (folder / "notes.txt").read_bytes()
    assert frame.loc["notes.txt", "sha256"] == hashlib.sha256(data).hexdigest()
    assert len(frame.loc["notes.txt", "blake3"]) == 64


def test_without_hashing_hash_columns_are_missing(folder):
    frame = lk.open_leak(folder, hash=False).artifacts()
    assert frame["sha256"].isna().all() and frame["hash_source"].isna().all()


def test_single_file_is_a_leak_of_one_row(folder):
    assert lk.open_leak(folder / "notes.txt").artifacts()["path"].tolist() == ["notes.txt"]


def test_links_are_rows_and_not_followed(folder, tmp_path):
    (tmp_path / "outside.txt").write_text("not part of the leak")
    (folder / "link").symlink_to(tmp_path / "outside.txt")
    (folder / "loop").symlink_to(folder)
    frame = lk.open_leak(folder).artifacts().set_index("path")
    assert frame.loc[["link", "loop"], "status"].tolist() == ["refused", "refused"]
    assert frame.loc["link", "size"] is pd.NA and "symbolic link" in frame.loc["link", "error"]


def test_pipe_inside_a_folder_does_not_block(folder):
    os.mkfifo(folder / "pipe")
    frame = lk.open_leak(folder).artifacts().set_index("path")
    assert frame.loc["pipe", "status"] == "refused"


def packed(kind, members):
    """Pack a dictionary of names and bytes."""
    file = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
    else:
        with tarfile.open(fileobj=file, mode=kind) as archive:
            for name, data in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


@pytest.mark.parametrize("kind", ["zip", "w:", "w:gz", "w:bz2", "w:xz"])
def test_archives_of_every_kind_give_their_members(tmp_path, kind):
    path = tmp_path / "leak.bin"
    path.write_bytes(packed(kind, {"a/notes.txt": b"An invented note.\n", "b.json": b'{"a": 1}'}))
    frame = lk.open_leak(path).artifacts().set_index("path")
    assert frame.index.tolist() == ["leak.bin", "leak.bin!/a/notes.txt", "leak.bin!/b.json"]
    assert frame.loc["leak.bin!/a/notes.txt", "container"] == "leak.bin"
    assert (frame["status"] == "ok").all()


def test_archives_in_archives_are_opened_to_the_budgets_depth(tmp_path):
    data = packed("zip", {"deep.txt": b"An invented note.\n"})
    for level in range(3):
        data = packed("zip", {f"{level}.zip": data})
    (tmp_path / "nested.zip").write_bytes(data)
    deep = lk.open_leak(tmp_path / "nested.zip").artifacts()
    assert deep["path"].str.endswith("deep.txt").any()
    shallow = lk.open_leak(tmp_path / "nested.zip", budget=lk.Budget(depth=2)).artifacts().set_index("path")
    assert shallow.loc["nested.zip!/2.zip!/1.zip", "status"] == "limit"
    assert not shallow.index.str.endswith("deep.txt").any()


def test_more_members_than_the_budget_end_in_a_limit_row(tmp_path):
    (tmp_path / "many.zip").write_bytes(packed("zip", {f"{n}.txt": b"x" for n in range(50)}))
    frame = lk.open_leak(tmp_path / "many.zip", budget=lk.Budget(members=10)).artifacts().set_index("path")
    assert len(frame) == 11 and frame.loc["many.zip", "status"] == "limit"


def test_bomb_is_a_limit_row_flagged_dangerous(tmp_path):
    (tmp_path / "bomb.zip").write_bytes(
        packed("zip", {"zeros": bytes(48 * 2**20), "note.txt": b"An invented note.\n"})
    )
    frame = lk.open_leak(tmp_path / "bomb.zip").artifacts().set_index("path")
    assert frame.loc["bomb.zip!/zeros", "status"] == "limit"
    assert frame.loc["bomb.zip!/zeros", "size"] is pd.NA  # a claim of its header is no size
    assert f"claims {48 * 2**20:,} bytes" in frame.loc["bomb.zip!/zeros", "error"]
    assert frame.loc["bomb.zip!/note.txt", "status"] == "ok"
    assert "archive-ratio" in list(frame.loc["bomb.zip!/zeros", "danger_rules"])


def test_compressed_bomb_is_a_limit_row(tmp_path):
    import gzip

    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(bytes(64 * 2**20)))
    frame = lk.open_leak(tmp_path / "bomb.txt.gz").artifacts().set_index("path")
    assert frame.loc["bomb.txt.gz!/bomb.txt", "status"] == "limit"


def test_names_that_climb_out_are_flagged_on_member_and_archive(tmp_path):
    (tmp_path / "x.zip").write_bytes(packed("zip", {"../../evil.txt": b"An invented note.\n"}))
    frame = lk.open_leak(tmp_path / "x.zip").artifacts()
    assert (frame["danger"] == "yes").all()


def test_two_members_of_one_name_are_two_rows_and_said(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("a.txt", "An invented note.\n")
        archive.writestr("a.txt", "Another invented note.\n")
    (tmp_path / "x.zip").write_bytes(file.getvalue())
    frame = lk.open_leak(tmp_path / "x.zip").artifacts()
    twins = frame[frame["path"] == "x.zip!/a.txt"]
    assert len(twins) == 2 and twins["error"].str.contains("same name").any()


def test_cut_archive_keeps_its_whole_members(tmp_path):
    data = packed("w:gz", {f"{n}.txt": os.urandom(30_000) for n in range(10)})
    (tmp_path / "cut.tar.gz").write_bytes(data[: len(data) // 2])
    frame = lk.open_leak(tmp_path / "cut.tar.gz").artifacts().set_index("path")
    assert frame.loc["cut.tar.gz", "status"] == "truncated"
    assert (frame["status"] == "ok").sum() >= 3


def test_same_leak_gives_the_same_frame_twice(sample_leak):
    first, second = (lk.open_leak(sample_leak).artifacts() for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_returned_frame_is_a_copy(folder):
    leak = lk.open_leak(folder)
    frame = leak.artifacts()
    frame.loc[0, "size"] = 0
    assert leak.artifacts()["size"].tolist() == [41, 18]


def test_read_gives_one_members_bytes_and_names_what_is_missing(folder):
    leak = lk.open_leak(folder)
    assert leak.read("notes.txt") == b"An invented note.\n"
    with pytest.raises(errors.LeakNotFoundError, match="artifacts"):
        leak.read("absent.txt")


def test_progress_counts_every_member_and_byte(folder):
    calls = []
    lk.open_leak(folder).artifacts(progress=lambda members, size: calls.append((members, size)))
    assert tuple(map(sum, zip(*calls, strict=True))) == (2, 59)


def test_progress_moves_while_one_large_file_is_hashed(tmp_path):
    with (tmp_path / "large.bin").open("wb") as file:
        file.truncate(100 * 2**20)
    calls = []
    lk.open_leak(tmp_path).artifacts(progress=lambda members, size: calls.append((members, size)))
    assert len(calls) == 4 and calls[0] == (0, 2**25)  # three times 32 MiB on the way, the rest with the row
    assert tuple(map(sum, zip(*calls, strict=True))) == (1, 100 * 2**20)


def test_only_a_packers_suffix_is_taken_off_the_name_of_what_is_inside(tmp_path):
    import gzip

    for name in ("notes.txt.gz", "notes.txt.old"):
        (tmp_path / name).write_bytes(gzip.compress(b"An invented note.\n"))
    paths = lk.open_leak(tmp_path).artifacts()["path"].tolist()
    assert paths[1::2] == ["notes.txt.gz!/notes.txt", "notes.txt.old!/notes.txt.old.unpacked"]


SECRET = "invented-secret"


@pytest.mark.parametrize("place", [None, 3, "", b"", ["folder"]])
def test_what_is_no_path_is_refused(place):
    with pytest.raises(errors.BadParameterError) as caught:
        lk.open_leak(place)
    three_parts(caught)


@pytest.mark.parametrize("hash", [None, 0, 1, 5, b"sha256", ("sha256", 5)])
def test_what_names_no_hash_is_refused(folder, hash):
    with pytest.raises(errors.BadParameterError) as caught:
        lk.open_leak(folder, hash=hash)
    three_parts(caught)


def test_what_is_no_budget_is_refused_without_repeating_it(folder):
    with pytest.raises(errors.BadParameterError) as caught:
        lk.open_leak(folder, budget={"depth": SECRET})
    assert SECRET not in three_parts(caught)
    with pytest.raises(errors.BadParameterError) as caught:
        lk.Budget(depth=SECRET)
    assert SECRET not in three_parts(caught)


def test_every_way_to_name_a_folder_leads_there(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.setenv("USERPROFILE", str(folder.parent))
    monkeypatch.chdir(folder)
    ways = [".", "../leak", "~/leak", f"{folder}/", os.fsencode(folder), folder, folder.as_uri()]
    for leak in map(lk.open_leak, ways):
        assert leak.name == "leak" and len(leak.artifacts()) == 2


def test_file_url_follows_no_link(folder):
    (folder / "outside").symlink_to("/etc")
    frame = lk.open_leak(folder.as_uri()).artifacts().set_index("path")
    assert frame.loc["outside", "status"] == "refused" and len(frame) == 3


@pytest.mark.parametrize("place", [f"http:/ada:{SECRET}@example.org/x", f"s3:/ada:{SECRET}@bucket"])
def test_url_that_lost_a_slash_does_not_show_its_password(place):
    with pytest.raises(errors.LeakNotFoundError) as caught:
        lk.open_leak(place)
    assert SECRET not in three_parts(caught)


@pytest.mark.parametrize(
    "url, name",
    [
        (f"https://ada:{SECRET}@example.org", "example.org"),
        (f"https://ada:{SECRET}@example.org/leak.zip?key={SECRET}#{SECRET}", "leak.zip"),
        (f"https://example.org/leak.zip;key={SECRET}", "leak.zip"),
        (f"s3://ada:{SECRET}@bucket/", "bucket"),
        ("memory://", "memory"),
    ],
)
def test_name_of_a_leak_behind_a_url_holds_no_secret(url, name):
    leak = Leak(url, lk.Budget(), ())
    assert leak.name == name and SECRET not in repr(leak)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become another user")
def test_unreadable_folder_beside_a_readable_one_is_one_row():
    with tempfile.TemporaryDirectory() as place:  # others may not enter pytest's own folder
        root = Path(place)
        for name in ("a_locked", "b_open"):
            (root / name).mkdir()
            (root / name / "x.txt").write_text("An invented note.\n")
        (root / "b_open" / "locked.txt").write_text("An invented note.\n")
        for path, mode in {".": 0o755, "a_locked": 0, "b_open": 0o755, "b_open/locked.txt": 0}.items():
            (root / path).chmod(mode)
        os.seteuid(65534)
        try:
            frame = lk.open_leak(root).artifacts().set_index("path")["status"]
        finally:
            os.seteuid(0)
    assert frame.to_dict() == {"a_locked/": "refused", "b_open/locked.txt": "refused", "b_open/x.txt": "ok"}


def test_values_no_column_can_hold_cost_cells_and_not_the_run():
    from leakkit.leak.inventory import _packed

    good = {
        "path": "a",
        "present": True,
        "format": "text",
        "format_by": "magic",
        "kind": "other",
        "status": "ok",
    }
    bad = good | {"path": "b", "size": 2**70, "licence": "\ud800", "n_layers": "many", "danger_rules": [1]}
    batch = _packed([good, bad], None).to_pylist()
    assert batch[0]["error"] is None and batch[1]["path"] == "b" and batch[1]["size"] is None
    assert batch[1]["error"] == "holds values that no column can: size, n_layers, licence, danger_rules"


def test_container_repeats_at_most_a_hundred_dangers_of_its_members():
    from leakkit.leak.inventory import RULES_KEPT, _raise_container

    container = {"danger": None, "danger_rules": []}
    for n in range(1000):
        _raise_container(
            container, {"danger": "yes" if n == 999 else "review", "danger_rules": [f"rule:{n}"]}
        )
    assert container["danger"] == "yes" and len(container["danger_rules"]) == RULES_KEPT + 1
    assert "inside:more" in container["danger_rules"]
