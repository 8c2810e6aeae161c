"""Core ML files tell their type; what needs code of the application is for review."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given

from leakkit.errors import BadMemberError
from leakkit.leak.formats.coreml import looks_like_coreml, read
from leakkit.leak.source import BytesSource
from tests.leak.formats.damaged_copies import copies_of, facts_or_none
from tests.leak.formats.wire import message

DESCRIPTION = message([(100, message([(1, "A model"), (3, "Invented Lab"), (4, "MIT")]))])


def layer(kind: int) -> bytes:
    return message([(1, "l"), (2, "in"), (3, "out"), (kind, b"")])


def model(kind: int, body: bytes) -> bytes:
    return message([(1, 5), (2, DESCRIPTION), (kind, body)])


NETWORK = model(500, message([(1, layer(100)), (1, layer(130))]))
CUSTOM = model(500, message([(1, layer(100)), (1, layer(500))]))


def read_bytes(data: bytes, format: str = "coreml"):
    return read(BytesSource(data, "invented"), format)


def test_type_author_and_licence_are_told():
    facts = read_bytes(NETWORK)
    assert looks_like_coreml(BytesSource(NETWORK)) and facts.danger == "none_found"
    expected = {
        "x_specification": 5, "x_model_type": "neural-network", "x_title": "A model",
        "x_author": "Invented Lab", "x_licence_text": "MIT", "licence": "MIT", "x_n_network_layers": 2,
    }  # fmt: skip
    assert facts.values == expected


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (CUSTOM, "coreml-custom-layer"),
        (model(555, b""), "coreml-custom-model"),
        (model(556, b""), "coreml-linked-model"),
        (model(202, message([(1, NETWORK), (1, CUSTOM)])), "coreml-custom-layer"),
        (model(200, message([(1, message([(1, CUSTOM)]))])), "coreml-custom-layer"),
    ],
)
def test_what_needs_foreign_code_is_for_review(data, rule):
    facts = read_bytes(data)
    assert (facts.danger, facts.danger_rules) == ("review", [rule])


def test_pipelines_in_pipelines_without_end_are_refused():
    data = NETWORK
    for _ in range(60):
        data = model(202, message([(1, data)]))
    assert read_bytes(data).status == "refused"


def blobs(*sizes: int, kind: int = 2) -> bytes:
    out = struct.pack("<II", len(sizes), 2) + bytes(56)
    for size in sizes:
        out += struct.pack("<IIQQQ", 0xDEADBEEF, kind, size, len(out) + 64, 0).ljust(64, b"\0")
        out += bytes(-(-size // 64) * 64)
    return out


def test_blobs_are_counted():
    facts = read_bytes(blobs(40, 400), "coreml-weights")
    assert facts.values["n_params"] == 10 + 100 and facts.values["dtype_main"] == "F32"
    assert [tensor.offset for tensor in facts.tensors] == [128, 256]


def test_a_cut_blob_file_is_truncated():
    with pytest.raises(BadMemberError) as caught:
        read_bytes(blobs(40, 400)[:300], "coreml-weights")
    assert caught.value.status == "truncated"
    facts = read_bytes(blobs(40, 400)[:192], "coreml-weights")
    assert (facts.status, facts.values["n_params_by"]) == ("truncated", "claim")


@given(copies_of(NETWORK, CUSTOM, model(202, message([(1, NETWORK)]))))
def test_no_damage_leads_to_another_error(data):
    facts_or_none(read, data, "coreml")


@given(copies_of(blobs(40, 400, 3)))
def test_no_damage_to_blobs_leads_to_another_error(data):
    facts_or_none(read, data, "coreml-weights")
