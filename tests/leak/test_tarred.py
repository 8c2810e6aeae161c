"""Tar archives: hostile members become entries with a reason, broken archives end with one."""

import io
import tarfile

import pytest

from leakkit.errors import BadMemberError
from leakkit.leak.archives.tarred import iter_tar
from leakkit.leak.budget import Budget, Meter


def tar_of(*members, format=tarfile.PAX_FORMAT):
    """Pack (name, type, data or link target) triples."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=format) as archive:
        for name, kind, content in members:
            info = tarfile.TarInfo(name)
            info.type = kind
            if kind == tarfile.REGTYPE:
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
            else:
                info.linkname = content
                archive.addfile(info)
    return file.getvalue()


def entries(data):
    return list(iter_tar(io.BytesIO(data), Meter(Budget())))


def test_members_come_in_stored_order_and_can_be_read():
    data = tar_of(("b", tarfile.REGTYPE, b"two"), ("a", tarfile.REGTYPE, b"one"))
    read = [(e.name, e.open().read()) for e in iter_tar(io.BytesIO(data), Meter(Budget()))]
    assert read == [("b", b"two"), ("a", b"one")]


def test_folders_are_passed_over():
    assert entries(tar_of(("folder", tarfile.DIRTYPE, ""))) == []


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, "symbolic link"),
        (tarfile.LNKTYPE, "hard link"),
        (tarfile.CHRTYPE, "character device"),
        (tarfile.BLKTYPE, "block device"),
        (tarfile.FIFOTYPE, "named pipe"),
    ],
)
def test_links_and_devices_are_refused_with_a_reason(kind, reason):
    (entry,) = entries(tar_of(("x", kind, "target")))
    assert entry.status == "refused" and reason in entry.error and entry.open is None


@pytest.mark.parametrize("name", ["../../escape.txt", "/abs/escape.txt", "ok/../../../x"])
def test_names_that_climb_out_are_marked(name):
    data = bytearray(tar_of((name.lstrip("/"), tarfile.REGTYPE, b"x"), format=tarfile.USTAR_FORMAT))
    if name.startswith(
        "/"
    ):  # tarfile writes no absolute names: put one into the header and mend its checksum
        data[0 : len(name)] = name.encode()
        data[148:156] = b" " * 8
        data[148:155] = b"%06o\0" % sum(data[:512])
    (entry,) = entries(bytes(data))
    assert entry.escapes


def test_symlink_that_points_outside_is_marked():
    (entry,) = entries(tar_of(("link", tarfile.SYMTYPE, "../../outside")))
    assert entry.escapes


def test_cut_archive_gives_its_whole_members_then_says_so():
    data = tar_of(("a", tarfile.REGTYPE, b"x" * 600), ("b", tarfile.REGTYPE, b"y" * 600))
    seen = []
    with pytest.raises(BadMemberError) as caught:
        for entry in iter_tar(io.BytesIO(data[: 512 + 1024]), Meter(Budget())):
            seen.append(entry.name)
    assert seen == ["a"] and caught.value.status == "truncated"


def test_broken_second_header_is_told():
    data = bytearray(tar_of(("a", tarfile.REGTYPE, b"x" * 512), ("b", tarfile.REGTYPE, b"y" * 512)))
    data[1024 + 10 : 1024 + 40] = b"\xff" * 30
    with pytest.raises(BadMemberError, match="header in the tar archive is broken"):
        entries(bytes(data))


def test_hidden_characters_in_names_are_escaped():
    (entry,) = entries(tar_of(("evil\x1b[2J.txt", tarfile.REGTYPE, b"")))
    assert entry.name == "evil\\x1b[2J.txt"
