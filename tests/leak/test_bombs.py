"""Bombs: whatever is packed, and however often, the work stays in proportion to what stands on the disk."""

import bz2
import gzip
import io
import os
import random
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib

import pytest

import leakkit as lk
from leakkit.errors import BadMemberError
from leakkit.frames import ARTIFACTS
from leakkit.leak import budget as budgets
from leakkit.leak.archives import zip_directory
from leakkit.leak.walk import Leave, Walker


def unpacked(place, budget=None):
    """Walk a file; give the bytes that were unpacked and the steps."""
    walker = Walker(budget or lk.Budget())
    steps = list(walker.file(place, "leak"))
    return walker.meter.unpacked, steps


def tar_of(members):
    """Pack (name, data) pairs."""
    with tarfile.open(fileobj=(file := io.BytesIO()), mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def header(name="member", size=0, kind=tarfile.REGTYPE, field=None, raw=b""):
    """One tar header; `raw` stands at place `field` instead of what was there, with a right checksum."""
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    block = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    if field is not None:
        block[field : field + len(raw)] = raw
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def padded(data):
    """Fill up to whole tar blocks."""
    return data + bytes(-len(data) % 512)


def record(key, value):
    """One record of a pax header: its own length, a blank, key=value."""
    rest = len(f" {key}={value}\n")
    length = next(n for n in range(rest, rest + 9) if n == rest + len(str(n)))
    return f"{length} {key}={value}\n".encode()


def pax(*records, kind=tarfile.XHDTYPE):
    """A pax header."""
    data = b"".join(records)
    return header("pax", len(data), kind) + padded(data)


def sparse(blocks, data):
    """A sparse member `s` of 3,000 bytes (GNU sparse format 1.0): map and stored data."""
    names = {"major": 1, "minor": 0, "realsize": 3000, "name": "s"}
    stored = padded(blocks) + data
    records = [record(f"GNU.sparse.{name}", value) for name, value in names.items()]
    return pax(*records) + header("x", len(stored)) + padded(stored)


def statuses(place, **options):
    """Inventory a place; check the frame; give the statuses."""
    frame = ARTIFACTS.validate(lk.open_leak(place, **options).artifacts())
    return frame.set_index("path")["status"]


def test_small_bombs_in_one_archive_are_summed_up(tmp_path, monkeypatch):
    monkeypatch.setattr(budgets, "SPARED", 2**22)
    bomb = bz2.compress(bytes(2**20))  # spared by the ratio, for it is below ratio_from
    place = tmp_path / "bombs.tar"
    place.write_bytes(tar_of((f"{n}.bz2", bomb) for n in range(50)))
    size, steps = unpacked(place, lk.Budget(ratio=10))
    assert size <= 10 * place.stat().st_size + 2**22 + 2**20
    assert steps[-1] == Leave("leak", "limit", steps[-1].error) and "together" in steps[-1].error


def test_bombs_in_many_files_share_what_is_spared(tmp_path, monkeypatch):
    monkeypatch.setattr(budgets, "SPARED", 2**22)
    for n in range(20):
        (tmp_path / f"{n:02}.bz2").write_bytes(bz2.compress(bytes(2**20)))
    (tmp_path / "honest.gz").write_bytes(gzip.compress(os.urandom(2**20)))
    found = statuses(tmp_path, budget=lk.Budget(ratio=10))
    assert found["00.bz2"] == "ok" and found["19.bz2"] == "limit"
    assert found["honest.gz!/honest"] == "ok"  # who keeps the ratio never pays for the others


def test_members_that_share_their_bytes_are_summed_up(tmp_path, monkeypatch):
    monkeypatch.setattr(budgets, "SPARED", 2**22)
    data = b"".join(random.Random(1).randbytes(8) + bytes(200) for _ in range(5000))
    coder = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = coder.compress(data) + coder.flush()
    fixed = (0, 8, 0, 33, zlib.crc32(data), len(packed), len(data), 1, 0)
    file = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, *fixed) + b"a" + packed
    start = len(file)
    entry = b"PK\1\2" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, *fixed, 0, 0, 0, 0, 0) + b"a"
    file += entry * 1000 + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1000, 1000, 1000 * len(entry), start, 0)
    (tmp_path / "overlap.zip").write_bytes(file)
    size, steps = unpacked(tmp_path / "overlap.zip", lk.Budget(ratio=20))
    assert size <= 20 * len(file) + 2**22 + len(data)
    assert steps[-1].status == "limit"


def test_bombs_in_bombs_do_not_multiply(tmp_path, monkeypatch):
    monkeypatch.setattr(budgets, "SPARED", 2**20)
    data = bytes(2**22)
    for _ in range(3):
        data = gzip.compress(data * 20)
    (tmp_path / "bomb.gz").write_bytes(data)
    size, _ = unpacked(tmp_path / "bomb.gz", lk.Budget(ratio=2000, ratio_from=0))
    assert size <= 2000 * len(data) + 2**20 + 2**18


def test_holes_of_sparse_members_count_as_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(budgets, "SPARED", 2**22)
    hole = header(field=156, raw=b"S")[:483] + b"%011o\0" % 2**20
    hole = header(field=156, raw=hole[156:495])
    (tmp_path / "sparse.tar").write_bytes(hole * 100 + bytes(1024))
    size, steps = unpacked(tmp_path / "sparse.tar", lk.Budget(ratio=10))
    assert 2**22 <= size <= 10 * 100 * 512 + 2**22 + 2**20
    assert steps[1].source.data == bytes(2**20) and steps[-1].status == "limit"


def test_sparse_member_is_read_with_its_holes(tmp_path):
    data = random.Random(2).randbytes(700)
    file = sparse(b"2\n1000\n500\n2500\n200\n", data) + header("next", 5) + padded(b"after") + bytes(1024)
    (tmp_path / "sparse.tar").write_bytes(file)
    leak = lk.open_leak(tmp_path / "sparse.tar")
    expected = bytes(1000) + data[:500] + bytes(1000) + data[500:] + bytes(300)
    assert leak.read("sparse.tar!/s") == expected
    assert leak.read("sparse.tar!/next") == b"after"


@pytest.mark.parametrize("blocks", [b"2\n1000\n500\n900\n200\n", b"1\n1000\n-5\n", b"1\n2900\n200\n"])
def test_sparse_map_that_runs_backwards_is_one_corrupt_member(tmp_path, blocks):
    file = sparse(blocks, bytes(512)) + header("next", 5) + padded(b"after") + bytes(1024)
    (tmp_path / "sparse.tar").write_bytes(file)
    found = statuses(tmp_path / "sparse.tar")
    assert found["sparse.tar!/s"] == "corrupt" and found["sparse.tar!/next"] == "ok"


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
def test_giant_tar_header_is_a_limit_and_not_read(tmp_path, kind):
    place = tmp_path / "giant.tar"
    with place.open("wb") as file:
        file.write(header(size=2**33, kind=kind, field=124, raw=b"\x80" + (2**33).to_bytes(11, "big")))
        file.truncate(2**33)
    assert statuses(place, hash=False).tolist() == ["limit"]


def test_tar_header_full_of_digits_is_refused_quickly(tmp_path):
    (tmp_path / "digits.tar").write_bytes(pax(b"1" * 500_000) + header() + bytes(1024))
    assert statuses(tmp_path / "digits.tar").tolist() == ["corrupt"]


def test_values_for_all_tar_members_are_not_copied_for_each(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(tarfile.TarInfo, "_apply_pax_info", lambda info, values, *_: seen.append(len(values)))
    values = [record(f"key{n}", "v") for n in range(5000)]
    file = pax(*values, kind=tarfile.XGLTYPE) + header() * 20 + bytes(1024)
    (tmp_path / "global.tar").write_bytes(file)
    assert len(statuses(tmp_path / "global.tar")) == 21
    assert max(seen[2:]) <= len(tarfile.PAX_FIELDS)


@pytest.mark.parametrize(
    "middle",
    [
        header(field=124, raw=b"\xff" + ((1 << 88) - 512).to_bytes(11, "big")),
        header(field=124, raw=b"\x80" + (2**80).to_bytes(11, "big")),
        pax(record("size", -1536)) + header(),
        pax(record("size", 2**70)) + header(),
    ],
    ids=["negative", "over 63 bits", "negative in pax", "over 63 bits in pax"],
)
def test_impossible_tar_size_ends_the_archive_not_the_run(tmp_path, middle):
    (tmp_path / "size.tar").write_bytes(header("first") + middle + header("last") + bytes(1024))
    found = statuses(tmp_path / "size.tar")
    assert found.to_dict() == {"size.tar": "corrupt", "size.tar!/first": "ok"}


@pytest.mark.parametrize("seconds", [-62135596801, -1, 2**33, 10**12, 2**80])
def test_tar_time_is_kept_or_missing_but_never_an_error(tmp_path, seconds):
    raw = (seconds % (1 << 88) + (0xFF << 88 if seconds < 0 else 0x80 << 88)).to_bytes(12, "big")
    (tmp_path / "time.tar").write_bytes(header(field=136, raw=raw) + bytes(1024))
    mtime = lk.open_leak(tmp_path / "time.tar").artifacts()["mtime"]
    assert mtime.isna()[1] == (seconds not in (-1, 2**33))


def test_zip_sizes_no_disk_can_hold_are_missing(tmp_path):
    extra = struct.pack("<HHQQ", 1, 16, 2**64 - 1, 2**64 - 2)
    fixed = (0, 0, 0, 33, 0, 0xFFFFFFFF, 0xFFFFFFFF, 1, len(extra))
    file = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 45, *fixed) + b"a" + extra
    start = len(file)
    file += b"PK\1\2" + struct.pack("<HHHHHHIIIHHHHHII", 45, 45, *fixed, 0, 0, 0, 0, 0) + b"a" + extra
    file += b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(file) - start, start, 0)
    (tmp_path / "huge.zip").write_bytes(file)
    frame = lk.open_leak(tmp_path / "huge.zip").artifacts()
    assert frame["status"].tolist() == ["ok", "limit"]
    assert frame["size"].isna()[1] and frame["compressed_size"].isna()[1]


def test_zip_of_nothing_but_headers_is_read_in_a_small_part_at_a_time(tmp_path, monkeypatch):
    read, original = [], zip_directory.read_at

    def counted(file, offset, length):
        read.append(length)
        return original(file, offset, length)

    monkeypatch.setattr(zip_directory, "read_at", counted)
    local = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 8, 0, 0, 33, 0, 0, 0, 0, 0)
    (tmp_path / "x.zip").write_bytes(local * 2000)
    with (tmp_path / "x.zip").open("rb") as file, pytest.raises(BadMemberError, match="directory"):
        list(zip_directory.members(file))
    assert sum(read) < 20 * 2000 * len(local)


def test_endless_numbers_of_the_budget_switch_it_off(tmp_path):
    endless = float("inf")
    (tmp_path / "zeros.gz").write_bytes(gzip.compress(bytes(2**24)))
    budget = lk.Budget(unpacked_bytes=endless, ratio=endless, members=endless, depth=endless)
    assert statuses(tmp_path, budget=budget).tolist() == ["ok", "ok"]


MEASURE = """
import re, sys
import leakkit as lk
from leakkit.leak.open import open_leak
leak = open_leak(sys.argv[1], budget=lk.Budget(members=30_000))
print(sum(batch.num_rows for batch in leak.inventory_batches()))
print(re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read())[1])
"""


def rows_and_peak(place):
    """Inventory in a child; give the rows and the child's peak memory (MiB)."""
    run = subprocess.run([sys.executable, "-c", MEASURE, str(place)], check=True, capture_output=True)
    rows, kibibytes = run.stdout.split()
    return int(rows), int(kibibytes) // 1024


def long_names(place):
    """A member of a name of 64,000 bytes that is an archive: each member in it repeats the name."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("\U0001f600" * 16_000 + ".tar", header() * 10_000 + bytes(1024))


def archives_in_archives(place):
    """Four archives in one another, each larger than what is kept of one."""
    data = random.Random(3).randbytes(40 * 2**20)
    for n in range(4):
        data = gzip.compress(tar_of([(f"{n}.gz", data)]), 0)
    place.write_bytes(data)


def many_manifests(place):
    """480 megabytes of manifests, which would all wait for the files they name."""
    line = b"a" * 64 + b"  %061d\n"
    manifest = b"".join(line % n for n in range(60_000))
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for n in range(60):
            archive.writestr(f"{n}.sha256", manifest)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of one process")
@pytest.mark.parametrize(
    "write, rows", [(long_names, 10_002), (archives_in_archives, 5), (many_manifests, 30_000)]
)
def test_memory_stays_under_300_megabytes(tmp_path, write, rows):
    write(tmp_path / "leak")
    found, mebibytes = rows_and_peak(tmp_path / "leak")
    assert found >= rows and mebibytes < 300
