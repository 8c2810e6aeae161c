"""The walk: the same member gives the same facts wherever it lies; what changes underway costs one row."""

import gzip
import hashlib
import io
import json
import os
import random
import sqlite3
import struct
import subprocess
import sys
import tarfile
import zipfile
from importlib.util import find_spec

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

import leakkit as lk
from leakkit.frames import ARTIFACTS
from leakkit.leak import archive_member
from leakkit.leak.budget import Budget
from leakkit.leak.walk import Leave, Visit, Walker

RANDOM = random.Random(4)


def noise(mebibytes):
    """Bytes that no packer makes smaller."""
    return RANDOM.randbytes(int(mebibytes * 2**17) * 8)


def safetensors(mebibytes):
    """A weights file of one tensor."""
    data = noise(mebibytes)
    size = len(data)
    header = {"layer.weight": {"dtype": "F16", "shape": [size // 2], "data_offsets": [0, size]}}
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def gguf(mebibytes):
    """A quantised model of one tensor."""

    def text(value):
        return struct.pack("<Q", len(value)) + value

    n = int(mebibytes * 2**17) * 2
    head = b"GGUF" + struct.pack("<IQQ", 3, 1, 1)
    head += text(b"general.architecture") + struct.pack("<I", 8) + text(b"llama")
    head += text(b"w") + struct.pack("<IQIQ", 1, n, 0, 0)
    return head + bytes(-len(head) % 32) + noise(mebibytes)


def torch_zip(mebibytes):
    """A torch file whose pickle holds an empty dictionary."""
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        archive.writestr("model/data.pkl", b"\x80\x02}q\x00.")
        archive.writestr("model/data/0", noise(mebibytes))
        archive.writestr("model/version", "3\n")
    return file.getvalue()


def hdf5(mebibytes):
    """A Keras file of one array."""
    import h5py

    with h5py.File(file := io.BytesIO(), "w") as archive:
        archive.create_dataset("kernel", data=np.frombuffer(noise(mebibytes), np.float32))
        archive.attrs["model_config"] = '{"class_name": "Sequential", "config": {"layers": []}}'
    return file.getvalue()


def npz(mebibytes):
    """Two arrays."""
    np.savez(file := io.BytesIO(), a=np.frombuffer(noise(mebibytes), np.float32), b=np.zeros(3))
    return file.getvalue()


def table(mebibytes):
    """A Parquet file of several row groups."""
    text = [RANDOM.randbytes(32).hex() for _ in range(int(mebibytes * 2**14))]
    parquet.write_table(
        pa.table({"text": text}), file := io.BytesIO(), compression="none", row_group_size=5000
    )
    return file.getvalue()


def database(mebibytes, folder):
    """An SQLite file."""
    place = folder / "made.sqlite"
    place.unlink(missing_ok=True)
    connection = sqlite3.connect(place)
    connection.execute("create table users (name, note)")
    rows = ((n, RANDOM.randbytes(64).hex()) for n in range(int(mebibytes * 6500)))
    connection.executemany("insert into users values (?, ?)", rows)
    connection.commit()
    connection.close()
    return place.read_bytes()


def tar_of(members, packed=""):
    """Pack a dictionary of members."""
    with tarfile.open(fileobj=(file := io.BytesIO()), mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    data = file.getvalue()
    if packed == "gz":
        return gzip.compress(data, 1)
    return pa.compress(data, codec="zstd", asbytes=True) if packed == "zst" else data


def zip_of(members, method=zipfile.ZIP_DEFLATED):
    """Pack a dictionary of members."""
    with zipfile.ZipFile(file := io.BytesIO(), "w", method, compresslevel=1) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


PACKERS = {
    "zip": zip_of,
    "stored zip": lambda members: zip_of(members, zipfile.ZIP_STORED),
    "tar": tar_of,
    "tar.gz": lambda members: tar_of(members, "gz"),
    "tar.zst": lambda members: tar_of(members, "zst"),
    "zip in tar.gz": lambda members: tar_of({"inner.zip": zip_of(members)}, "gz"),
    "zip in zip": lambda members: zip_of({"inner.zip": zip_of(members)}),
    "tar in zip": lambda members: zip_of({"inner.tar": tar_of(members)}),
    "stored zip in tar": lambda members: tar_of({"inner.zip": zip_of(members, zipfile.ZIP_STORED)}),
}


@pytest.fixture(scope="module")
def members(tmp_path_factory):
    """Members of every format that is read by position, one smaller and one larger than what is kept."""
    folder = tmp_path_factory.mktemp("databases")
    kinds = {
        "safetensors": safetensors,
        "gguf": gguf,
        "pt": torch_zip,
        **({"h5": hdf5} if find_spec("h5py") else {}),  # only for writing them; the kit reads without
        "npz": npz,
        "parquet": table,
        "sqlite": lambda size: database(size, folder),
        "bin": noise,
    }
    return {
        f"{size}/m.{suffix}": make(mebibytes)
        for suffix, make in kinds.items()
        for size, mebibytes in (("small", 0.2), ("large", 1.5))
    }


@pytest.fixture(scope="module")
def in_a_folder(members, tmp_path_factory):
    """What is told of the members where they are plain files, without and with hashes."""
    folder = tmp_path_factory.mktemp("folder")
    for name, data in members.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return {hashes: facts(folder, hashes) for hashes in (False, True)}


@pytest.fixture
def little_is_kept(monkeypatch):
    """Make a megabyte large: far more than what is kept of a member's beginning and of its end."""
    monkeypatch.setattr(archive_member, "IN_MEMORY", 2**19)
    monkeypatch.setattr("leakkit.leak.source.TAIL_BYTES", 2**16)
    monkeypatch.setattr(archive_member, "TAIL_BYTES", 2**16)


def facts(place, hashes):
    """The artifacts, tensors and tables frames without what names the place."""
    leak = lk.open_leak(place, hash=hashes)
    frames = []
    for frame in (ARTIFACTS.validate(leak.artifacts()), leak.tensors(), leak.tables()):
        own = frame[frame["kind"] != "archive"] if "kind" in frame else frame
        own = own.assign(path=own["path"].str.rsplit("/", n=2).str[-2:].str.join("/"))
        own = own.assign(path=own["path"].str.replace(r".*!", "", regex=True))
        own = own.drop(columns=["container", "compressed_size", "mtime", "model_id"], errors="ignore")
        frames.append(json.loads(own.to_json(orient="records")))
    return frames


@pytest.mark.parametrize("hashes", [False, True], ids=["unhashed", "hashed"])
@pytest.mark.parametrize("packer", PACKERS)
def test_members_of_an_archive_give_the_same_facts_as_in_a_folder(
    tmp_path, members, in_a_folder, little_is_kept, packer, hashes
):
    (tmp_path / "packed").write_bytes(PACKERS[packer](members))
    expected, found = in_a_folder[hashes], facts(tmp_path / "packed", hashes)
    assert found == expected
    assert len(expected[0]) == len(members) and {row["status"] for row in expected[0]} == {"ok"}
    if hashes:
        sums = {row["path"]: row["sha256"] for row in found[0]}
        assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}


@pytest.mark.parametrize("packer", ["zip", "tar.gz"])
def test_large_member_that_breaks_costs_its_own_row_only(tmp_path, little_is_kept, packer):
    good = {
        "first.txt": b"An invented note.\n",
        "m.h5": hdf5(3),
        "m.npz": npz(3),
        "last.txt": b"An invented end.\n",
    }
    data = bytearray(zip_of(good))
    for info in zipfile.ZipFile(io.BytesIO(bytes(data))).infolist():
        if info.file_size > 2**20:
            middle = info.header_offset + info.compress_size - 40_000
            data[middle : middle + 500] = bytes(500)
    packed = bytes(data) if packer == "zip" else tar_of({"inner.zip": bytes(data)}, "gz")
    (tmp_path / "broken").write_bytes(packed)
    for hashes in (False, True):
        frame = ARTIFACTS.validate(lk.open_leak(tmp_path / "broken", hash=hashes).artifacts())
        status = frame.set_index(frame["path"].str.rpartition("/")[2])["status"]
        assert status["first.txt"] == status["last.txt"] == "ok"
        assert status["m.npz"] != "ok" and status["broken" if packer == "zip" else "inner.zip"] == "ok"


# --- listings -------------------------------------------------------------------------------------


def manifest(*names):
    """A checksum manifest."""
    return "".join(f"{'a' * 64}  {name}\n" for name in names).encode()


def claimed(place, **options):
    """Paths that are only claimed."""
    frame = ARTIFACTS.validate(lk.open_leak(place, **options).artifacts())
    return [path.rpartition("!/")[2] for path in frame.loc[~frame["present"], "path"]]


@pytest.mark.parametrize("packer", ["zip", "tar", "tar.gz"])
@pytest.mark.parametrize("order", ["before", "after"])
def test_manifest_in_an_archives_folder_claims_only_what_the_archive_lacks(tmp_path, packer, order):
    held = {"bag/data/a.txt": b"one", "bag/data/b.txt": b"two"}
    listing = {"bag/manifest-sha256.txt": manifest("data/a.txt", "data/b.txt", "data/gone.txt")}
    (tmp_path / "x").write_bytes(PACKERS[packer](listing | held if order == "before" else held | listing))
    assert claimed(tmp_path / "x") == ["data/gone.txt"]


def test_manifest_of_a_cut_archive_is_still_a_row(tmp_path):
    data = tar_of({"sums.sha256": manifest("a.bin", "gone.bin"), "a.bin": noise(0.1), "b.bin": noise(0.1)})
    (tmp_path / "cut.tar").write_bytes(data[:-80_000])
    assert claimed(tmp_path / "cut.tar") == ["gone.bin"]
    frame = lk.open_leak(tmp_path / "cut.tar").artifacts().set_index("path")
    assert frame.loc["cut.tar!/sums.sha256", "format"] == "checksum-manifest"


def test_names_in_a_manifest_that_no_system_can_hold_cost_nothing(tmp_path):
    (tmp_path / "here.txt").write_text("An invented note.\n")
    absent = ["n" * 300, "/etc/passwd", "../../etc/passwd", "a/../here.txt", "here.txt/x"]
    (tmp_path / "sums.sha256").write_bytes(manifest("here.txt", "./here.txt", *absent))
    frame = lk.open_leak(tmp_path).artifacts().set_index("path")
    assert {path.partition("!/")[2] for path in frame.index[~frame["present"]]} == set(absent)
    assert frame.loc["sums.sha256", "status"] == "ok"


def test_manifest_cannot_hide_an_entry_behind_a_link_out_of_the_leak(tmp_path):
    leak, outside = tmp_path / "leak", tmp_path / "outside"
    leak.mkdir()
    outside.mkdir()
    (outside / "x.bin").write_bytes(b"not part of the leak")
    (leak / "link").symlink_to(outside)
    (leak / "sums.sha256").write_bytes(manifest("link/x.bin"))
    assert claimed(leak) == ["link/x.bin"]


# --- folders that change --------------------------------------------------------------------------


def steps(root):
    """Visits of a folder, to be taken one by one."""
    return Walker(Budget()).folder(root)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such descriptors")
def test_folder_that_becomes_a_link_underway_is_not_followed(tmp_path):
    leak, outside = tmp_path / "leak", tmp_path / "outside"
    for folder in (leak / "inner", outside):
        folder.mkdir(parents=True)
        (folder / "secret.txt").write_text("not part of the leak")
    (leak / "a.txt").write_text("An invented note.\n")
    walk = steps(leak)
    assert next(walk).path == "a.txt"
    (leak / "inner").rename(tmp_path / "gone")
    (leak / "inner").symlink_to(outside)
    (rest,) = walk
    assert (rest.path, rest.status) == ("inner/", "refused") and "cannot be listed" in rest.error


@pytest.mark.skipif(os.name == "nt", reason="Windows opens links")
def test_file_that_becomes_a_link_or_vanishes_underway_is_refused(tmp_path):
    leak = tmp_path / "leak"
    leak.mkdir()
    for name in "abc":
        (leak / name).write_text("An invented note.\n")
    walk = steps(leak)
    assert next(walk).status == "ok"
    (leak / "b").unlink()
    (leak / "b").symlink_to("/etc/hostname")
    (leak / "c").unlink()
    assert [(visit.path, visit.status, visit.source) for visit in walk] == [
        ("b", "refused", None),
        ("c", "refused", None),
    ]


def test_loops_of_links_end(tmp_path):
    (tmp_path / "a.txt").write_text("An invented note.\n")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "self").symlink_to("self")
    assert [visit.status for visit in steps(tmp_path)] == ["ok", "refused", "refused"]


def test_file_that_grows_or_shrinks_while_it_is_hashed_says_so(tmp_path):
    from leakkit.leak.inventory import rows

    for name in ("grown", "shrunk"):
        (tmp_path / name).write_bytes(bytes(100_000))

    def changing():
        for visit in steps(tmp_path):
            os.truncate(tmp_path / visit.path, 100_500 if visit.path == "grown" else 70_000)
            yield visit

    grown, shrunk = rows(changing(), ("sha256",))
    assert (grown["status"], grown["size"]) == ("ok", 100_500) and "grew" in grown["error"]
    assert grown["sha256"] == hashlib.sha256(bytes(100_500)).hexdigest()
    assert shrunk["status"] == "truncated" and "70,000 of 100,000" in shrunk["error"]


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="a system without /proc")
def test_file_whose_size_is_told_as_0_is_read(tmp_path):
    frame = ARTIFACTS.validate(lk.open_leak("/proc/self/status").artifacts())
    assert frame["size"][0] > 500 and frame["status"][0] == "ok"


def test_hostile_names_on_the_disk_are_shown_escaped(tmp_path):
    names = [
        b"new\nline",
        b"\xff\xfe",
        "\u202egpj.exe".encode(),
        b"a!",
        b"-rf",
        b"=cmd()",
        b"CON",
        b"x" * 255,
    ]
    for name in names:
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
            file.write(b"An invented note.\n")
    (tmp_path / "a!" / "b").parent.unlink()
    (tmp_path / "a!").mkdir()
    (tmp_path / "a!" / "b").write_text("An invented note.\n")
    frame = ARTIFACTS.validate(lk.open_leak(tmp_path).artifacts())
    assert set(frame["path"]) == {
        "new\\x0aline", "\\udcff\\udcfe", "\\u202egpj.exe", "a!/b", "-rf", "=cmd()", "CON", "x" * 255,
    }  # fmt: skip
    assert frame["container"].isna().all() and (frame["status"] == "ok").all()


def test_long_names_in_archives_are_shortened_and_stay_apart(tmp_path):
    long = ["a" * 30_000 + middle + "z" * 30_000 for middle in ("x", "y")]
    (tmp_path / "names.zip").write_bytes(
        zip_of(dict.fromkeys([*long, "/abs", "abs"], b"An invented note.\n"))
    )
    frame = lk.open_leak(tmp_path / "names.zip").artifacts()
    assert frame["path"].is_unique is False and frame["path"].str.len().max() <= 2048
    assert sum("…" in path for path in set(frame["path"])) == 2
    same = frame[frame["path"] == "names.zip!/abs"]
    assert len(same) == 2 and same["error"].notna().all()  # one climbs out, one is the second of its name


# --- always the same ------------------------------------------------------------------------------

DIGEST = """
import hashlib, sys
import leakkit as lk
frame = lk.open_leak(sys.argv[1]).artifacts().drop(columns="mtime")
print(hashlib.sha256(frame.to_json(orient="records").encode()).hexdigest())
"""


def test_frame_does_not_depend_on_the_seed_of_hashes(tmp_path, members):
    small = {name: data for name, data in members.items() if name.startswith("small")}
    listing = {"sums.sha256": manifest(*list(small)[:3], "gone")}
    (tmp_path / "x.tar").write_bytes(tar_of(listing | small | {"i.zip": zip_of(listing | small)}))
    seen = set()
    for seed in ("0", "1", "2"):
        run = [sys.executable, "-c", DIGEST, str(tmp_path / "x.tar")]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        seen.add(subprocess.run(run, check=True, capture_output=True, env=environment).stdout)
    assert len(seen) == 1


def test_every_container_is_left_once_and_in_order(tmp_path):
    inner = tar_of({"a.zip": zip_of({"b.sha256": manifest("x"), "c.txt": b"An invented note.\n"})}, "gz")
    (tmp_path / "o.tar").write_bytes(
        tar_of({"i.tgz": inner, "cut.zip": inner[:900], "d.gz": b"\x1f\x8b\x08"})
    )
    open_now = []
    for step in steps(tmp_path):
        if isinstance(step, Visit) and step.is_container:
            open_now.append(step.path)
        elif isinstance(step, Leave):
            assert open_now.pop() == step.path
    assert not open_now
