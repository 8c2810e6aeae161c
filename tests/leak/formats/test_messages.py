"""Files without magic bytes are told by the structure of their outermost message."""

from __future__ import annotations

import pytest

from leakkit.leak.formats import messages
from leakkit.leak.source import BytesSource

CHECKS = (
    messages.looks_like_onnx,
    messages.looks_like_coreml,
    messages.looks_like_savedmodel,
    messages.looks_like_graphdef,
)


def block(number: int, payload: bytes) -> bytes:
    """Give one length-delimited field (payload under 128 bytes)."""
    return bytes([number << 3 | 2, len(payload)]) + payload


NODE = block(1, block(1, b"x") + block(2, b"Placeholder"))
ONNX = b"\x08\x08" + block(7, block(2, b"graph")) + block(8, b"\x10\x0d")
COREML = b"\x08\x05" + block(2, b"") + b"\xa2\x1f\x00"
SAVEDMODEL = b"\x08\x01" + block(2, block(2, NODE))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (ONNX, messages.looks_like_onnx),
        (COREML, messages.looks_like_coreml),
        (SAVEDMODEL, messages.looks_like_savedmodel),
        (NODE, messages.looks_like_graphdef),
    ],
)
def test_each_message_is_told_from_the_others(data, expected):
    source = BytesSource(data)
    assert [check for check in CHECKS if check(source)] == [expected]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x08",
        b"\x08\x01",
        b"\x08\x08hello, this is a text",
        block(1, block(1, b"piece") + b"\x15\x00\x00\x00\x00"),  # a sentencepiece model
        block(1, block(1, b"a name") + block(2, b"not an operator")),
        b"\x08\x08" + block(7, b"\xff\xff"),
        b"\x0a\x00" * 40,
        bytes(range(256)) * 8,
    ],
)
def test_other_bytes_are_no_message(data):
    assert not any(check(BytesSource(data)) for check in CHECKS)


def test_a_graph_longer_than_the_file_is_still_onnx():
    whole = b"\x08\x08\x3a\xff\x7f" + block(2, b"graph")
    assert messages.looks_like_onnx(BytesSource(whole))
