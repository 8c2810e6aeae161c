"""Zip, tar and gzip files whose bytes do not depend on the day they are made.

Zip members are stored, not deflated, so that no zlib version changes a byte; gzip members are deflated
(a test compares those by content).
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

from data.make_sample_leak.exhibit import Item

MEMBER_TIME = (2025, 3, 2, 4, 0, 0)
TAR_TIME = 1_740_888_000


def zip_bytes(
    members: list[tuple[str, bytes]], time: tuple[int, int, int, int, int, int] = MEMBER_TIME
) -> bytes:
    """Write members into a zip, in the order given, without compression."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, time)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def tar_bytes(members: list[tuple[str, bytes]]) -> bytes:
    """Write members into a tar, in the order given, names as they are."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(data), TAR_TIME, 0o644
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def gzip_bytes(data: bytes) -> bytes:
    """Compress without a time stamp."""
    return gzip.compress(data, compresslevel=9, mtime=0)


def zip_item(name: str, members: list[Item], planted: str = "", **facts: str) -> Item:
    """Give an archive member that holds other members (a zip)."""
    data = zip_bytes([(member.name, member.data) for member in members])
    return Item(name, data, "zip", planted, members=members, **facts)  # type: ignore[arg-type]


def tar_gz_item(name: str, members: list[Item], planted: str = "", **facts: str) -> Item:
    """Give a compressed tar: by its bytes a gzip, its members stand directly below it."""
    data = gzip_bytes(tar_bytes([(member.name, member.data) for member in members]))
    return Item(name, data, "gzip", planted, members=members, **facts)  # type: ignore[arg-type]
