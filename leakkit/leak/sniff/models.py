"""Model files without magic bytes, by the records they begin with: MessagePack, pieces, vectors, Paddle."""

from __future__ import annotations

import re

from leakkit.leak.source import Source

_VECTORS = re.compile(rb"(\d{1,9}) (\d{1,5})\n(\S{1,200}) ")
_XGBOOST = re.compile(rb"\{L[\0-\xff]{8}(?:learner|version)")
_PADDLE_FIRST = bytes(16)


def msgpack(source: Source, head: bytes) -> str | None:
    """A map with text keys; Flax arrays in it make it weights."""
    if not (0x81 <= head[0] <= 0x8F or head[0] in (0xDE, 0xDF)):
        return None
    from leakkit.leak.formats.msgpack_walk import looks_like_msgpack

    return looks_like_msgpack(source)


def sentencepiece(source: Source, head: bytes) -> str | None:
    """Pieces with scores."""
    if head[0] != 0x0A:
        return None
    from leakkit.leak.formats.sentencepiece import looks_like_sentencepiece

    return "sentencepiece" if looks_like_sentencepiece(source) else None


def word_vectors(source: Source, head: bytes) -> str | None:
    """Count and width in text, then a word, a space and that many floats."""
    if not 0x30 <= head[0] <= 0x39:
        return None
    match = _VECTORS.match(head)
    if match is None:
        return None
    words, width = int(match[1]), int(match[2])
    return "word2vec-binary" if width and words * (4 * width + 2) <= source.size else None


def xgboost(source: Source, head: bytes) -> str | None:
    """Universal Binary JSON whose first key is XGBoost's."""
    return "xgboost" if head[:2] == b"{L" and _XGBOOST.match(head) else None


def onnx_tensor(source: Source, head: bytes) -> str | None:
    """One tensor as ONNX's test data hold it: dimensions, a data type, numbers."""
    if head[0] not in (0x08, 0x0A, 0x10):
        return None
    from leakkit.leak.formats.messages import looks_like_onnx_tensor

    return "onnx-tensor" if looks_like_onnx_tensor(source) else None


def old_lzma(source: Source, head: bytes) -> str | None:
    """LZMA before xz: properties, a dictionary of a usual size, the unpacked size or none, a first byte 0."""
    if head[:1] != b"\x5d" or len(head) < 14 or head[13]:
        return None
    dictionary = int.from_bytes(head[1:5], "little")
    size = int.from_bytes(head[5:13], "little")
    usual = dictionary & (dictionary - 1) == 0 and 1 << 12 <= dictionary <= 1 << 30
    return "lzma" if usual and (size == 2**64 - 1 or 0 < size < 1 << 40) else None


def paddle(source: Source, head: bytes) -> str | None:
    """Tensors behind version 0 and no levels; or a program of blocks that begins with block 0."""
    if head[:16] == _PADDLE_FIRST and len(head) > 24:
        length = int.from_bytes(head[16:20], "little")
        return "paddle-params" if 2 < length < 200 and head[20] == 8 and head[22] == 0x10 else None
    if head[0] != 0x0A:
        return None
    place = next((place for place in range(2, 7) if head[place - 1] < 0x80), 0)
    begins = head[place : place + 2] == b"\x08\x00" and head[place + 2 : place + 3] == b"\x10"
    return "paddle-program" if begins and b"feed" in head[:4096] else None
