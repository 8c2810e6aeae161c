"""Zip archives: what other readers refuse, hide or believe is still listed, read and named."""

import io
import stat
import struct
import time
import warnings
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.leak.archives.zip_directory import CENTRAL, members
from leakkit.leak.archives.zipped import iter_zip
from leakkit.leak.budget import Budget, Meter

TEXT = b"invented text " * 40


def zip_of(*pairs, method=zipfile.ZIP_DEFLATED):
    """Pack (name or ZipInfo, data) pairs."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as archive:
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of a second member of the same name
        for name, data in pairs:
            archive.writestr(name, data)
    return file.getvalue()


def streamed_zip_of(*pairs):
    """Pack pairs the way a program does that cannot go back: sizes stand behind the data."""

    class Pipe(io.RawIOBase):
        def __init__(self):
            self.parts = []

        def writable(self):
            return True

        def write(self, data):
            self.parts.append(bytes(data))
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in pairs:
            archive.writestr(name, data)
    return b"".join(pipe.parts)


def entries(data, budget=None):
    return list(iter_zip(io.BytesIO(data), Meter(budget or Budget())))


def contents(data):
    return [(entry.name, entry.open().read()) for entry in entries(data)]


def read_until(data):
    """Entries that come before the archive breaks, and the break."""
    found = []
    with pytest.raises(BadMemberError) as caught:
        for entry in iter_zip(io.BytesIO(data), Meter(Budget())):
            found.append(entry)
    return found, caught.value


def patched(data, signature, at, value):
    """Overwrite bytes at an offset inside the first record that has `signature`."""
    place = data.index(signature) + at
    return data[:place] + value + data[place + len(value) :]


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_members_are_read_whatever_packs_them(method):
    assert contents(zip_of(("a", TEXT), ("b", b""), method=method)) == [("a", TEXT), ("b", b"")]


def test_zstd_members_are_read():
    import pyarrow

    packed = pyarrow.compress(TEXT, "zstd", asbytes=True)
    data = zip_of(("a", packed), method=zipfile.ZIP_STORED)
    size, crc = struct.pack("<I", len(TEXT)), struct.pack("<I", zlib.crc32(TEXT))
    for signature, method_at, crc_at in ((CENTRAL, 10, 16), (b"PK\3\4", 8, 14)):
        data = patched(data, signature, method_at, struct.pack("<H", 93))
        data = patched(data, signature, crc_at, crc)
        data = patched(data, signature, crc_at + 8, size)
    assert contents(data) == [("a", TEXT)]


def test_folders_are_passed_over_but_a_folder_with_data_is_not():
    (entry,) = entries(zip_of(("folder/", b""), ("evil.pkl/", b"data")))
    assert entry.name == "evil.pkl/" and "folder that holds data" in entry.error
    assert entry.open().read() == b"data"


def test_two_members_of_one_name_are_both_read():
    assert contents(zip_of(("data.pkl", b"good"), ("data.pkl", b"evil"))) == [
        ("data.pkl", b"good"),
        ("data.pkl", b"evil"),
    ]


@pytest.mark.parametrize("name", ["../x", "/abs", "C:\\x", "a/../../b"])
def test_names_that_climb_out_are_marked(name):
    info = zipfile.ZipInfo("x")
    info.filename = name
    assert entries(zip_of((info, b"x")))[0].escapes


def test_symbolic_links_are_refused_with_their_target():
    info = zipfile.ZipInfo("link")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    (entry,) = entries(zip_of((info, b"../../etc/passwd")))
    assert (entry.status, entry.open, entry.escapes) == ("refused", None, True)
    assert "../../etc/passwd" in entry.error


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_flag_that_claims_encryption_does_not_hide_a_member(method):
    data = zip_of(("a", TEXT), method=method)
    data = patched(patched(data, CENTRAL, 8, b"\1"), b"PK\3\4", 6, b"\1")
    (entry,) = entries(data)
    assert entry.open().read() == TEXT and "marked as encrypted" in entry.error


@pytest.mark.parametrize("flag", [0x20, 0x800, 0x2000, 0x10, 0x4000])
def test_altered_flags_do_not_hide_a_member(flag):
    data = zip_of(("a", TEXT))
    flags = struct.pack("<H", flag)
    data = patched(patched(data, CENTRAL, 8, flags), b"PK\3\4", 6, flags)
    assert contents(data) == [("a", TEXT)]


def test_a_really_encrypted_member_is_refused():
    data = zip_of(("a", TEXT))
    start, end = data.index(b"PK\3\4") + 31, data.index(CENTRAL)
    noise = bytes((7 * i + 13) % 251 for i in range(end - start))
    data = data[:start] + noise + data[end:]
    (entry,) = entries(patched(data, CENTRAL, 8, b"\1"))
    with pytest.raises(BadMemberError, match="encrypted") as caught:
        entry.open()
    assert caught.value.status == "refused"


def test_an_impossible_date_is_missing_and_the_member_is_read():
    data = patched(zip_of(("a", TEXT)), CENTRAL, 12, b"\0\0\0\0")
    (entry,) = entries(data)
    assert entry.mtime is None and entry.open().read() == TEXT


def test_a_date_is_given_as_utc():
    info = zipfile.ZipInfo("a", (2024, 2, 29, 12, 30, 10))
    (entry,) = entries(zip_of((info, b"x")))
    assert time.gmtime(entry.mtime)[:6] == (2024, 2, 29, 12, 30, 10)


def test_a_broken_checksum_is_told_behind_the_last_byte():
    data = zip_of(("a", TEXT), method=zipfile.ZIP_STORED)
    place = data.index(b"invented")
    (entry,) = entries(data[:place] + b"I" + data[place + 1 :])
    file = entry.open()
    assert file.read(len(TEXT)) == b"I" + TEXT[1:]
    with pytest.raises(BadMemberError, match="checksum"):
        file.read(1)


def test_more_data_than_announced_is_told():
    data = zip_of(("a", TEXT))
    short = struct.pack("<I", 10)
    data = patched(patched(data, CENTRAL, 24, short), b"PK\3\4", 22, short)
    (entry,) = entries(data)
    file = entry.open()
    assert file.read(10) == TEXT[:10]
    with pytest.raises(BadMemberError, match="more bytes"):
        file.read(1)


def test_the_larger_of_two_claimed_sizes_is_believed():
    data = patched(zip_of(("a", TEXT)), CENTRAL, 24, struct.pack("<I", 10))
    assert contents(data) == [("a", TEXT)]


def test_a_local_header_with_another_name_is_named():
    data = zip_of(("a.pkl", TEXT))
    (entry,) = entries(patched(data, b"PK\3\4", 30, b"z"))
    assert entry.open().read() == TEXT and "its own header names it z.pkl" in entry.error


def test_an_unknown_method_is_refused_by_name():
    data = patched(patched(zip_of(("a", TEXT)), CENTRAL, 10, b"\x09\0"), b"PK\3\4", 8, b"\x09\0")
    with pytest.raises(BadMemberError, match="deflate64"):
        entries(data)[0].open()


def test_a_giant_lzma_dictionary_is_refused():
    data = zip_of(("a", TEXT), method=zipfile.ZIP_LZMA)
    place = data.index(b"PK\3\4") + 31 + 4 + 1
    with pytest.raises(BadMemberError, match="memory"):
        entries(data[:place] + b"\xff\xff\xff\x7f" + data[place + 4 :])[0].open().read()


def test_a_missing_directory_leaves_the_members_readable():
    data = zip_of(("a", TEXT), ("b", b"two"))
    found, error = read_until(data[: data.index(CENTRAL)])
    assert [(e.name, e.open().read()) for e in found] == [("a", TEXT), ("b", b"two")]
    assert error.status == "truncated"


def test_sizes_behind_the_data_are_found_without_a_directory():
    data = streamed_zip_of(("a", TEXT), ("b", b"two"))
    assert contents(data) == [("a", TEXT), ("b", b"two")]
    found, _ = read_until(data[: data.index(CENTRAL)])
    assert [(e.name, e.open().read()) for e in found] == [("a", TEXT), ("b", b"two")]


def test_a_member_cut_in_the_middle_gives_what_is_there():
    data = zip_of(("a", bytes(range(256)) * 40), method=zipfile.ZIP_STORED)
    found, _ = read_until(data[:1000])
    file = found[0].open()
    assert file.read(900) == (bytes(range(256)) * 40)[:900]
    with pytest.raises(BadMemberError, match="ends inside"):
        file.read(200) and file.read(200)


def test_an_archive_behind_other_bytes_is_read():
    assert contents(b"MZ" * 5000 + zip_of(("a", TEXT))) == [("a", TEXT)]


def test_members_that_the_directory_leaves_out_come_last():
    hidden, listed = zip_of(("payload.pkl", TEXT)), zip_of(("a", b"one"))
    found = entries(hidden + listed)
    assert [entry.name for entry in found] == ["a", "payload.pkl"]
    assert "not in the archive's directory" in found[1].error and found[1].open().read() == TEXT


def test_a_directory_that_promises_more_members_is_told():
    data = zip_of(("a", TEXT))
    end = data.rindex(b"PK\5\6")
    found, error = read_until(data[: end + 8] + b"\5\0\5\0" + data[end + 12 :])
    assert len(found) == 1 and "promises 5" in error.reason


def test_64_bit_sizes_are_understood():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive, archive.open("a", "w", force_zip64=True) as member:
        member.write(TEXT)
    assert contents(file.getvalue()) == [("a", TEXT)]


def test_a_bomb_meets_the_ratio_of_the_budget():
    (entry,) = entries(zip_of(("zeros", bytes(20 * 2**20))))
    with pytest.raises(BadMemberError, match="times its packed size") as caught:
        entry.open()
    assert caught.value.status == "limit"


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_announced():
    data = zip_of(("zeros", bytes(20 * 2**20)))
    small = struct.pack("<I", 1000)
    data = patched(patched(data, CENTRAL, 24, small), b"PK\3\4", 22, small)
    file = entries(data)[0].open()
    assert len(file.read(5000)) == 1000


def test_members_can_be_rewound_and_searched():
    file = entries(zip_of(("a", TEXT)))[0].open()
    file.seek(-4, io.SEEK_END)
    last = file.read()
    file.seek(0)
    assert (last, file.read(8)) == (TEXT[-4:], TEXT[:8])


def test_hidden_characters_in_names_are_escaped():
    assert entries(zip_of(("a\x1b[31m", b"x")))[0].name == "a\\x1b[31m"


def test_many_members_are_listed_without_keeping_them():
    import tracemalloc

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"{number:06}.txt", b"x")
    tracemalloc.start()
    assert sum(1 for _ in members(file)) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * 2**20


SEEDS = (
    zip_of(("a", TEXT), ("b/c", b"two")),
    streamed_zip_of(("a", TEXT)),
    zip_of(("a", TEXT), method=zipfile.ZIP_LZMA),
)


@given(st.sampled_from(SEEDS), st.data())
def test_damage_never_raises_anything_but_ours(seed, draw):
    data = bytearray(seed)
    for _ in range(draw.draw(st.integers(1, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    data = bytes(data[: draw.draw(st.integers(0, len(data)))] if draw.draw(st.booleans()) else data)
    given_bytes = 0
    try:
        for entry in iter_zip(io.BytesIO(data), Meter(Budget(ratio_from=2**16, unpacked_bytes=2**24))):
            try:
                given_bytes += len(entry.open().read()) if entry.open else 0
            except BadMemberError:
                continue
    except BadMemberError:
        pass
    assert given_bytes <= 2**24
