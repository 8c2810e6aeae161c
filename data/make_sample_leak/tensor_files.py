"""Weights as bytes: bfloat16, Q8_0 blocks, safetensors, GGUF. The same bytes on every machine."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def to_bf16(values: Array) -> Array:
    """Round float32 to bfloat16 (to nearest, ties to even), as unsigned 16-bit words."""
    bits = np.ascontiguousarray(values, dtype="<f4").view("<u4")
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype("<u2")


def from_bf16(words: Array) -> Array:
    """Widen bfloat16 words to float32."""
    return (words.astype("<u4") << 16).view("<f4")


def to_q8_0(values: Array) -> bytes:
    """Quantise to GGUF's Q8_0: blocks of 32 as a float16 scale and 32 signed bytes."""
    blocks = np.ascontiguousarray(values, dtype="<f4").reshape(-1, 32)
    scale = (np.abs(blocks).max(axis=1) / 127.0).astype("<f2")
    divisor = np.where(scale == 0, 1, scale).astype("<f4")
    codes = np.clip(np.rint(blocks / divisor[:, None]), -127, 127).astype("i1")
    packed = np.empty(len(blocks), dtype=[("scale", "<f2"), ("codes", "i1", 32)])
    packed["scale"], packed["codes"] = scale, codes
    return packed.tobytes()


SAFETENSORS_NAMES = {"<u2": "BF16", "<f4": "F32", "<f2": "F16", "<i8": "I64"}


def safetensors(tensors: dict[str, Array], metadata: dict[str, str]) -> bytes:
    """Write a safetensors file; unsigned 16-bit arrays are taken for bfloat16 words."""
    header: dict[str, Any] = {"__metadata__": metadata}
    at = 0
    for name, values in tensors.items():
        dtype = SAFETENSORS_NAMES[values.dtype.newbyteorder("<").str]
        header[name] = {"dtype": dtype, "shape": list(values.shape), "data_offsets": [at, at + values.nbytes]}
        at += values.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(values.tobytes() for values in tensors.values())


GGUF_TYPES = {"F32": 0, "F16": 1, "Q8_0": 8}
GGUF_ALIGNMENT = 32


def _gguf_string(text: str) -> bytes:
    """Write a length and the UTF-8 bytes."""
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def _gguf_value(value: Any) -> bytes:
    """Write a type code and a value: bool, unsigned 32-bit, float32, string, or a list of one of them."""
    if isinstance(value, bool):
        return struct.pack("<IB", 7, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    if isinstance(value, str):
        return struct.pack("<I", 8) + _gguf_string(value)
    first = _gguf_value(value[0])[:4]
    return (
        struct.pack("<I", 9)
        + first
        + struct.pack("<Q", len(value))
        + b"".join(_gguf_value(v)[4:] for v in value)
    )


def gguf(settings: dict[str, Any], tensors: Iterable[tuple[str, str, tuple[int, ...], bytes]]) -> bytes:
    """Write a GGUF version 3 file from key-value pairs and (name, type, shape, bytes) tensors."""
    tensors = list(tensors)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(settings))
    head += b"".join(_gguf_string(key) + _gguf_value(value) for key, value in settings.items())
    body, table = b"", b""
    for name, kind, shape, data in tensors:
        table += _gguf_string(name) + struct.pack("<I", len(shape))
        table += b"".join(struct.pack("<Q", size) for size in reversed(shape))
        table += struct.pack("<IQ", GGUF_TYPES[kind], len(body))
        body += data + b"\0" * (-len(data) % GGUF_ALIGNMENT)
    head += table
    return head + b"\0" * (-len(head) % GGUF_ALIGNMENT) + body


def text_mangled(data: bytes) -> bytes:
    """Spoil a binary as a copy through a text decoder does: what is no UTF-8 becomes EF BF BD."""
    return data.decode("utf-8", "replace").encode()
