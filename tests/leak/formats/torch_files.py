"""Invented torch files, written byte by byte: the zip of today and the chain of pickles before 1.6."""

from __future__ import annotations

import io
import pickle
import struct
import warnings
import zipfile

from tests.leak.formats.benign_pickles import STATE

FLOATS = struct.pack("<12f", *range(12))
LONGS = struct.pack("<2q", 5, 6)
STORAGES = {"0": FLOATS, "1": LONGS}


def torch_zip(
    data: bytes = STATE,
    storages: dict[str, bytes] | None = None,
    others: list[tuple[str, bytes]] | None = None,
    folder: str = "archive",
    method: int = zipfile.ZIP_STORED,
) -> bytes:
    """Give a torch zip; `others` are (name, bytes) pairs."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as archive:
        warnings.simplefilter("ignore", UserWarning)
        archive.writestr(f"{folder}/data.pkl", data)
        for key, storage in (STORAGES if storages is None else storages).items():
            archive.writestr(f"{folder}/data/{key}", storage)
        archive.writestr(f"{folder}/version", b"3\n")
        for name, content in others or []:
            archive.writestr(name, content)
    return file.getvalue()


def with_wide_end(data: bytes) -> bytes:
    """Put the 64-bit end records before the end of a zip, as torch always does."""
    at = data.rindex(b"PK\5\6")
    count = struct.unpack_from("<H", data, at + 10)[0]
    length, offset = struct.unpack_from("<II", data, at + 12)
    wide = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, length, offset)
    return data[:at] + wide + struct.pack("<4sIQI", b"PK\6\7", 0, at, 1) + data[at:]


def torch_chain(data: bytes = STATE, storages: dict[str, tuple[int, bytes]] | None = None) -> bytes:
    """Give a torch file of the old kind; storages are (elements, bytes) by key."""
    storages = storages if storages is not None else {"0": (12, FLOATS), "1": (2, LONGS)}
    system = {
        "protocol_version": 1001,
        "little_endian": True,
        "type_sizes": {"short": 2, "int": 4, "long": 4},
    }
    parts = [
        pickle.dumps(0x1950A86A20F9469CFC6C, 2),
        pickle.dumps(1001, 2),
        pickle.dumps(system, 2),
        data,
        pickle.dumps(list(storages), 2),
    ]
    return b"".join(parts) + b"".join(
        struct.pack("<q", count) + content for count, content in storages.values()
    )
