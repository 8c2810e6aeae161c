"""Binary formats without magic bytes, by what must hold in them: lengths, checksums, fields, a known spoiling."""

from __future__ import annotations

import struct
from functools import cache

from leakkit.leak.sniff import archives as sniff_archives
from leakkit.leak.sniff import keys as sniff_keys
from leakkit.leak.sniff import models as sniff_models
from leakkit.leak.sniff import more_magic as sniff_more_magic
from leakkit.leak.sniff.magic import Check, Found
from leakkit.leak.source import Source

WITHOUT_MAGIC = frozenset({
    "safetensors", "pickle", "joblib-pickle", "tf-checkpoint-data", "tf-checkpoint-index", "coreml-weights",
    "torchscript", "onnx", "tf-savedmodel", "coreml", "certificate", "gguf", "hdf5", "npy", "keras-zip",
    "parquet",
    "tflite", "arrow", "feather", "tfevents", "sqlite", "mp3", "zstd",
})  # fmt: skip  # fmt: skip
"""Formats whose name is believed when the bytes are binary and fit nothing else (damaged, encrypted)."""

_SAFETENSORS_LIMIT = 100 * 2**20
_CRC_MASK = 0xA282EAD8


def by_structure(source: Source, head: bytes, extension: str) -> Found:
    """Give the format of binary bytes without magic, by lengths, checksums or fields that fit."""
    for check in _STRUCTURES:
        found = check(source, head)
        if found is not None:
            return found, "structure"
    if extension == "safetensors" and head[8:9] == b"{":
        return "safetensors", "extension"
    if head[:1] == b"\x30" and extension in ("der", "cer", "crt"):
        return "certificate", "extension"
    return None


def _safetensors(source: Source, head: bytes) -> str | None:
    """A length that fits, then an opening brace; or tensor entries behind a length that lies."""
    if head[8:9] != b"{":
        return None
    length = int.from_bytes(head[:8], "little")
    if 2 <= length <= min(_SAFETENSORS_LIMIT, source.size - 8):
        return "safetensors" if head[9:10] in (b'"', b"}", b" ", b"\n") else None
    return "safetensors" if b'"data_offsets"' in head and b'"dtype"' in head else None


@cache
def _crc_table() -> tuple[int, ...]:
    """Remainders of the Castagnoli polynomial, a byte each."""
    table = []
    for crc in range(256):
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 & -(crc & 1))
        table.append(crc)
    return tuple(table)


def masked_crc32c(data: bytes) -> int:
    """Give TensorFlow's masked CRC-32C of a few hundred bytes at most.

    Examples
    --------
    >>> hex(masked_crc32c(b"123456789"))
    '0xc78ab0e5'
    """
    table, crc = _crc_table(), 0xFFFFFFFF
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17 & 0xFFFFFFFF) + _CRC_MASK) & 0xFFFFFFFF


def _tfrecord(source: Source, head: bytes) -> str | None:
    """The checksum of the first length fits; the first event names its version."""
    if len(head) < 12 or masked_crc32c(head[:8]) != struct.unpack_from("<I", head, 8)[0]:
        return None
    return "tfevents" if b"brain.Event:" in head[12:80] else "tfrecord"


def _messages(source: Source, head: bytes) -> str | None:
    """Protocol buffers: ONNX, TensorFlow graphs, Core ML."""
    if head[0] not in (0x08, 0x0A, 0x12, 0x3A):
        return None
    from leakkit.leak.formats import messages

    if messages.looks_like_coreml(source):
        return "coreml"
    if messages.looks_like_onnx(source):
        return "onnx"
    if messages.looks_like_savedmodel(source):
        return "tf-savedmodel"
    return "tf-graphdef" if messages.looks_like_graphdef(source) else None


def _checkpoint_index(source: Source, head: bytes) -> str | None:
    """A table whose first key is empty, with the footer of such tables."""
    if head[:2] != b"\0\0" or head[3:4] != b"\x08" or source.size < 48:
        return None
    tail = sniff_archives.read_quietly(source, source.size - 8, 8)
    return (
        "tf-checkpoint-index"
        if tail == b"\x57\xfb\x80\x8b\x24\x75\x47\xdb" or b"_CHECKPOINTABLE" in head[:64]
        else None
    )


def _coreml_weights(source: Source, head: bytes) -> str | None:
    """Count and version in the first block, then the mark of the first blob."""
    return "coreml-weights" if head[64:68] == b"\xef\xbe\xad\xde" and head[4:8] == b"\2\0\0\0" else None


def _late_hdf5(source: Source, head: bytes) -> str | None:
    """HDF5 allows a foreign block of 512, 1024, ... bytes before its own (MATLAB writes one)."""
    place = 512
    while place < len(head):
        if head[place : place + 8] == b"\x89HDF\r\n\x1a\n":
            return "hdf5"
        place *= 2
    return None


def _old_pickle(source: Source, head: bytes) -> str | None:
    """Protocols 0 and 1 have no mark; the opcodes must parse."""
    if head[0] not in b"(c]})IKJMLSTUVXNFG\x88\x89\x8c\x8d\x8e\x8aCB":
        return None
    from leakkit.leak.formats.pickles import looks_like_pickle

    return "pickle" if looks_like_pickle(head, source.size) else None


def _packed_pickle(source: Source, head: bytes) -> str | None:
    """Joblib packs a pickle by zlib (in old versions behind a length in text) or by old LZMA."""
    if head[:1] not in (b"\x78", b"\x5d") and head[:4] != b"ZF0x":
        return None
    from leakkit.leak.formats.joblib import is_packed_pickle

    return "joblib-pickle" if is_packed_pickle(head) else None


def _old_tar(source: Source, head: bytes) -> str | None:
    """Archives before POSIX have only the checksum of the header."""
    return sniff_archives.tar_kind(source, head) if sniff_archives.is_tar_header(head[:512]) else None


def _mangled(source: Source, head: bytes) -> str | None:
    """A copy made as text turned every byte above 7F of the magic into EF BF BD."""
    if b"\xef\xbf\xbd" not in head[:24]:
        return None
    return next((format for magic, format in _MANGLED if head.startswith(magic)), None)


_STRUCTURES: tuple[Check, ...] = (
    _safetensors, sniff_keys.key_kind, sniff_models.sentencepiece, sniff_models.paddle, _messages,
    sniff_models.onnx_tensor,
    sniff_models.msgpack, sniff_models.word_vectors, sniff_models.xgboost, sniff_more_magic.by_place,
    _checkpoint_index, _tfrecord, _coreml_weights, _mangled, _old_tar, _late_hdf5,
    _old_pickle, _packed_pickle, sniff_models.old_lzma,
)  # fmt: skip  # fmt: skip

_MANGLED: tuple[tuple[bytes, str], ...] = tuple(
    (magic.decode("utf-8", "replace").encode(), format)
    for magic, format in (
        (b"\x89PNG\r\n", "png"), (b"\x89PNG\n", "png"), (b"\x89HDF", "hdf5"), (b"\x93NUMPY", "npy"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x80\x02\x8a\nl\xfc", "torch-pickle"), (b"\x80\x02", "pickle"), (b"\x80\x03", "pickle"),
        (b"\x80\x04", "pickle"),
        (b"\x80\x05", "pickle"), (b"7z\xbc\xaf", "7z"), (b"\xfd7zXZ", "xz"), (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpeg"), (b"\xff\xd8\xff\xe1", "jpeg"),
    )
)  # fmt: skip  # fmt: skip
