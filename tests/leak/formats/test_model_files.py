"""Model files of smaller frameworks: Flax, SentencePiece, tiktoken, MLflow, TensorFlow.js, R, TensorRT."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.leak.facts import Facts
from leakkit.leak.formats import read_facts
from leakkit.leak.sniff.first_look import sniff
from leakkit.leak.source import BytesSource
from tests.leak.formats.wire import message


def packed(value: object) -> bytes:
    """Give a value as MessagePack; a tuple (shape, dtype, bytes) as Flax writes an array."""
    if isinstance(value, bool) or value is None:
        return {None: b"\xc0", False: b"\xc2", True: b"\xc3"}[value]
    if isinstance(value, int):
        return struct.pack(">b", value) if -32 <= value < 128 else b"\xce" + struct.pack(">I", value)
    if isinstance(value, float):
        return b"\xcb" + struct.pack(">d", value)
    if isinstance(value, str):
        raw = value.encode()
        return (bytes([0xA0 | len(raw)]) if len(raw) < 32 else b"\xd9" + bytes([len(raw)])) + raw
    if isinstance(value, bytes):
        return b"\xc6" + struct.pack(">I", len(value)) + value
    if isinstance(value, list):
        return b"\xdc" + struct.pack(">H", len(value)) + b"".join(map(packed, value))
    if isinstance(value, dict):
        return (
            b"\xde"
            + struct.pack(">H", len(value))
            + b"".join(packed(k) + packed(v) for k, v in value.items())
        )
    shape, dtype, body = value  # type: ignore[misc]
    inner = b"\x93" + packed(list(shape)) + packed(dtype) + packed(body)
    return b"\xc9" + struct.pack(">I", len(inner)) + b"\x01" + inner


PARAMS = {
    "params": {
        "encoder": {"kernel": ((4, 3), "float32", bytes(48)), "bias": ((3,), "float32", bytes(12))},
        "embed": ((10, 2), "bfloat16", bytes(40)),
    },
    "step": 7,
}


def facts_of(data: bytes, name: str) -> tuple[str, Facts]:
    """Give the format and what its reader says."""
    source = BytesSource(data, name)
    format = sniff(source)[0]
    return format, read_facts(source, format)


def test_flax_weights_are_counted_without_their_bytes() -> None:
    format, facts = facts_of(packed(PARAMS), "flax_model.msgpack")
    assert format == "flax-msgpack"
    assert (facts.status, facts.danger) == ("ok", "none_found")
    assert facts.values["n_params"] == 35
    assert {(t.name, t.dtype, t.shape) for t in facts.tensors} == {
        ("params/encoder/kernel", "F32", (4, 3)),
        ("params/encoder/bias", "F32", (3,)),
        ("params/embed", "BF16", (10, 2)),
    }


def test_flax_arrays_cut_into_pieces_are_one_tensor() -> None:
    cut = {"__msgpack_chunked_array__": True, "shape": {"0": 2, "1": 3},
           "chunks": {"0": ((4,), "float32", bytes(16)), "1": ((2,), "float32", bytes(8))}}  # fmt: skip
    _, facts = facts_of(packed({"w": cut, "b": ((2,), "float16", bytes(4))}), "x.msgpack")
    assert {(t.name, t.shape) for t in facts.tensors} == {("w", (2, 3)), ("b", (2,))}
    assert facts.values["n_params"] == 8


def test_a_flax_file_that_breaks_off_keeps_its_format_and_says_so() -> None:
    format, facts = facts_of(packed(PARAMS)[:-30], "x")
    assert (format, facts.status) == ("flax-msgpack", "truncated")
    assert facts.values["n_params_by"] == "claim"


def test_a_flax_shape_that_lies_is_corrupt() -> None:
    _, facts = facts_of(packed({"w": ((400, 300), "float32", bytes(48))}), "x.msgpack")
    assert facts.status == "corrupt"
    assert "n_params" not in facts.values


def test_messagepack_without_arrays_is_no_weights() -> None:
    format, facts = facts_of(packed({"name": "Ada", "age": 36, "tags": ["a", "b"], "x": 1.5}), "rec")
    assert (format, facts.format, facts.tensors) == ("msgpack", None, [])


def test_lists_within_lists_end_in_a_refusal() -> None:
    source = BytesSource(b"\x81\xa1a" + b"\x91" * 100_000 + b"\xc0", "x.msgpack")
    facts = read_facts(source, "msgpack")
    assert (facts.status, facts.danger) == ("refused", "yes")


@given(st.binary(max_size=300))
def test_no_bytes_break_the_messagepack_reader(data: bytes) -> None:
    facts = read_facts(BytesSource(b"\x82\xa1a" + data, "x"), "msgpack")
    assert facts.status in {"ok", "truncated", "corrupt", "refused", "limit"}


def piece(text: str, score: float, kind: int | None = None) -> bytes:
    """Give one SentencePiece entry."""
    body = message([(1, text)]) + b"\x15" + struct.pack("<f", score)
    return body + (message([(3, kind)]) if kind else b"")


def vocabulary(*pieces: bytes, algorithm: int = 2) -> bytes:
    """Give a SentencePiece model."""
    return message([(1, body) for body in pieces] + [(2, message([(3, algorithm), (4, 32000)]))])


def test_sentencepiece_vocabularies_are_counted() -> None:
    data = vocabulary(piece("<unk>", 0.0, 2), piece("<s>", 0.0, 3), piece("▁the", -3.5), piece("a", -4.0))
    format, facts = facts_of(data, "tokenizer.model")
    assert format == "sentencepiece"
    assert facts.values == {"vocab_size": 4, "x_tokenizer_type": "BPE"}


def test_pieces_may_leave_out_a_score_of_zero() -> None:
    bare = [message([(1, text), (3, kind)]) for text, kind in (("<unk>", 2), ("<s>", 3), ("</s>", 3))]
    format, facts = facts_of(vocabulary(*bare, piece("\u2581a", -2.9)), "spiece.model")
    assert (format, facts.values["vocab_size"]) == ("sentencepiece", 4)


def test_a_cut_vocabulary_has_no_size() -> None:
    data = vocabulary(*(piece(f"token{i}", -float(i)) for i in range(50)))[:300]
    format, facts = facts_of(data, "spiece.model")
    assert (format, facts.status) == ("sentencepiece", "truncated")
    assert "vocab_size" not in facts.values


def test_other_messages_are_no_vocabulary() -> None:
    nodes = message([(1, message([(1, "x"), (2, "Placeholder")])), (4, b"")])
    assert sniff(BytesSource(nodes, "g.pb"))[0] == "tf-graphdef"
    assert sniff(BytesSource(message([(1, "only text"), (1, "more")]), "x"))[0] == "unknown"


def test_tiktoken_vocabularies_are_counted() -> None:
    format, facts = facts_of(b"IQ== 0\nIg== 1\nIw== 2\n", "tokenizer.model")
    assert (format, facts.values) == ("tiktoken", {"vocab_size": 3})


def r_object(*numbers: int) -> bytes:
    """Give these numbers as R's binary serialisation, version 2."""
    return b"X\n" + struct.pack(f">{3 + len(numbers)}I", 2, 0x040201, 0x020300, *numbers)


MLMODEL = """artifact_path: model
flavors:
  python_function:
    loader_module: mlflow.sklearn
    model_path: model.pkl
  sklearn:
    serialization_format: cloudpickle
mlflow_version: 2.9.0
"""


def test_loading_an_mlflow_model_runs_code() -> None:
    format, facts = facts_of(MLMODEL.encode(), "run/artifacts/model/MLmodel")
    assert format == "mlflow-model"
    assert (facts.danger, facts.danger_rules) == ("review", ["mlflow-loader:mlflow.sklearn"])
    assert facts.values["x_flavors"] == "python_function,sklearn"


def test_a_hostile_loader_name_is_not_repeated() -> None:
    _, facts = facts_of(MLMODEL.replace("mlflow.sklearn", '"<script>"').encode(), "MLmodel")
    assert facts.danger_rules == ["mlflow-loader:unnamed"]


def tfjs_model(shape: list[object], **entry: object) -> bytes:
    """Give a TensorFlow.js description with two weights."""
    weights = [{"name": "a/kernel", "shape": shape, "dtype": "float32", **entry},
               {"name": "a/bias", "shape": [3], "dtype": "float32"}]  # fmt: skip
    manifest = [{"paths": ["group1-shard1of1.bin"], "weights": weights}]
    return json.dumps({"format": "layers-model", "generatedBy": "keras v2", "modelTopology": {},
                       "weightsManifest": manifest}).encode()  # fmt: skip


def test_tensorflow_js_weights_are_counted() -> None:
    format, facts = facts_of(tfjs_model([2, 3]), "model.json")
    assert (format, facts.values["n_params"], facts.values["dtype_main"]) == ("tfjs-model", 9, "F32")


def test_quantised_tensorflow_js_weights_have_their_stored_type() -> None:
    _, facts = facts_of(tfjs_model([20, 3], quantization={"dtype": "uint8", "scale": 0.1}), "model.json")
    assert (facts.tensors[0].dtype, facts.tensors[1].dtype) == ("U8", "F32")


@pytest.mark.parametrize("shape", [[-1], ["x"], [2**62, 2**62], [1.5]])
def test_impossible_tensorflow_js_shapes_are_corrupt(shape: list[object]) -> None:
    assert facts_of(tfjs_model(shape), "model.json")[1].status == "corrupt"


@pytest.mark.parametrize(
    "data",
    [
        r_object(0x0D, 2, 7, 8),
        r_object(0x13, 2, 0x10, 1, 0x40009, 0, 0x0E, 1, 0, 0),
        r_object(0x20D, 1, 7, 0x402, 1, 0x9, 0, 0x10, 1, 0x9, 0xFFFFFFFF, 0xFE),
        r_object(0xEE, 0xFE, 0x0D, 1, 3, 0xFE),
    ],
)
def test_r_objects_of_data_alone_hold_no_code(data: bytes) -> None:
    format, facts = facts_of(data, "x.rds")
    assert (format, facts.status, facts.danger, facts.danger_rules) == ("r-data", "ok", "none_found", [])


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader_of_r_objects(data: bytes) -> None:
    facts = read_facts(BytesSource(r_object() + data, "x.rds"), "r-data")
    assert facts.danger in {"none_found", "review"}
    assert facts.error is None or "cannot be read as" not in facts.error


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"X\n\0\0\0\x03\0\4\2\1", "r-serialisation"),
        (b"RDX3\nX\n\0\0\0\3", "r-serialisation"),
        (r_object(0x403, 0xFD), "r-closure"),
        (r_object(0x013, 1, 0x005), "r-promise"),
        (r_object(0x010, 1, 0x209, 0, 0x005), "r-promise"),
        (r_object(0x213, 1, 0xFE, 0x402, 1, 0x0009, 0, 0x006), "r-call"),
        (r_object(0x0D, 1_000), "r-serialisation"),
        (b"A\n3\n262657\n197888\n5\nUTF-8\n", "r-serialisation"),
        (b"ftrt\0\0\0\1" + bytes(40), "compiled-engine"),
    ],
)
def test_what_its_loader_would_run_is_for_review(data: bytes, rule: str) -> None:
    facts = facts_of(data, "model")[1]
    assert (facts.danger, facts.danger_rules) == ("review", [rule])
