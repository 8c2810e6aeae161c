"""Protocol buffers in a few lines, and two formats that need them: ONNX models, TensorBoard events."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def _varint(value: int) -> bytes:
    """Write a number in groups of seven bits."""
    parts = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        parts.append(low | (0x80 if value else 0))
        if not value:
            return bytes(parts)


def field(number: int, value: int | float | str | bytes, kind: str = "") -> bytes:
    """Write one field: whole numbers as varint, text and messages with their length."""
    if kind in {"double", "float"}:
        code, layout = (1, "<d") if kind == "double" else (5, "<f")
        return _varint(number << 3 | code) + struct.pack(layout, value)
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    raw = value.encode() if isinstance(value, str) else bytes(value)  # type: ignore[arg-type]
    return _varint(number << 3 | 2) + _varint(len(raw)) + raw


def _tensor(name: str, values: Array) -> bytes:
    """ONNX TensorProto of float32."""
    sizes = b"".join(field(1, size) for size in values.shape)
    return sizes + field(2, 1) + field(8, name) + field(9, values.astype("<f4").tobytes())


def _value_info(name: str, shape: tuple[int | str, ...]) -> bytes:
    """ONNX ValueInfoProto: a float32 tensor whose sizes are numbers or names."""
    sizes = b"".join(field(1, field(2, s) if isinstance(s, str) else field(1, s)) for s in shape)
    return field(1, name) + field(2, field(1, field(1, 1) + field(2, sizes)))


def _node(kind: str, inputs: list[str], output: str) -> bytes:
    """ONNX NodeProto with one output."""
    head = b"".join(field(1, name) for name in inputs)
    return head + field(2, output) + field(3, f"{kind}_{output}") + field(4, kind)


def onnx(weights: dict[str, Array], note: str) -> bytes:
    """Write a two-layer perceptron (w1, b1, w2, b2) with a sigmoid as an ONNX model, opset 13."""
    chain = [
        ("MatMul", ["features", "w1"], "h1"),
        ("Add", ["h1", "b1"], "h2"),
        ("Relu", ["h2"], "h3"),
        ("MatMul", ["h3", "w2"], "h4"),
        ("Add", ["h4", "b2"], "h5"),
        ("Sigmoid", ["h5"], "toxicity"),
    ]
    graph = b"".join(field(1, _node(*step)) for step in chain) + field(2, "toxicity_head")
    graph += b"".join(field(5, _tensor(name, values)) for name, values in weights.items())
    graph += field(10, note)
    graph += field(11, _value_info("features", ("batch", weights["w1"].shape[0])))
    graph += field(12, _value_info("toxicity", ("batch", weights["w2"].shape[1])))
    model = field(1, 8) + field(2, "fennimoor-export") + field(3, "0.3") + field(6, note) + field(7, graph)
    return model + field(8, field(1, "") + field(2, 13))


def _crc32c_table() -> list[int]:
    """The table of CRC-32C (Castagnoli)."""
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


CRC_TABLE = _crc32c_table()


def masked_crc32c(data: bytes) -> bytes:
    """Give the checksum that stands around every TFRecord."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ CRC_TABLE[(crc ^ byte) & 0xFF]
    crc ^= 0xFFFFFFFF
    return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)


def _record(data: bytes) -> bytes:
    """Frame one event as a TFRecord."""
    length = struct.pack("<Q", len(data))
    return length + masked_crc32c(length) + data + masked_crc32c(data)


def tfevents(start: float, scalars: list[tuple[float, int, str, float]]) -> bytes:
    """Write TensorBoard scalars (wall time, step, tag, value)."""
    out = _record(field(1, start, "double") + field(3, "brain.Event:2"))
    for wall, step, tag, value in scalars:
        summary = field(1, field(1, tag) + field(2, value, "float"))
        out += _record(field(1, wall, "double") + field(2, step) + field(5, summary))
    return out
