"""TensorFlow graphs, checkpoints and TFLite files: operators judged, weights counted."""

from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given

from leakkit.leak.formats.tensorflow import looks_like_graphdef, looks_like_savedmodel, read
from leakkit.leak.source import BytesSource
from tests.leak.formats.damaged_copies import copies_of, facts_or_none
from tests.leak.formats.wire import message, varint

F32, I32, TEXT = 1, 3, 7


def read_bytes(data: bytes, format: str):
    return read(BytesSource(data, "invented"), format)


# --- graphs ---------------------------------------------------------------------------------------


def shape(*sizes: int) -> bytes:
    return message([(2, message([(1, size)])) for size in sizes])


def node(name: str, operator: str, **attributes: bytes) -> bytes:
    entries = [(5, message([(1, key), (2, value)])) for key, value in attributes.items()]
    return message([(1, name), (2, operator), *entries])


def constant(name: str, sizes: tuple[int, ...], content: bytes, kind: int = F32, field: int = 4) -> bytes:
    value = message([(1, kind), (2, shape(*sizes)), (field, content)])
    return node(name, "Const", value=message([(8, value)]))


GRAPH = message(
    [
        (1, node("input", "Placeholder")),
        (1, constant("w", (2, 3), bytes(24))),
        (1, constant("fill", (1000,), struct.pack("<f", 0.0), field=5)),
        (1, constant("words", (2,), b"two", kind=TEXT, field=8)),
        (2, message([(1, message([(1, message([(1, "f")])), (3, node("r", "MatMul"))]))])),
    ]
)


def saved_model(graph: bytes, *objects: bytes) -> bytes:
    info = message([(4, "serve"), (5, "2.19.0")])
    saved = message([(1, message([(4, item)])) for item in objects])
    return message([(1, 1), (2, message([(1, info), (2, graph), (7, saved)]))])


def keras_object(description: dict) -> bytes:
    return message([(1, "_tf_keras_layer"), (3, json.dumps(description))])


def test_a_frozen_graph_counts_the_constants_that_are_stored():
    facts = read_bytes(GRAPH, "tf-graphdef")
    assert looks_like_graphdef(BytesSource(GRAPH))
    assert facts.status == "ok" and facts.danger == "none_found"
    assert facts.values["n_params"] == 6 + 1 and facts.values["x_n_nodes"] == 5
    assert GRAPH[facts.tensors[0].offset :][:24] == bytes(24)


def test_a_constant_that_lies_is_corrupt_and_flagged():
    facts = read_bytes(message([(1, constant("w", (10**6, 10**6), bytes(16)))]), "tf-graphdef")
    assert (facts.status, facts.danger_rules) == ("corrupt", ["shape-lie"])
    assert "n_params" not in facts.values


@pytest.mark.parametrize("operator", ["ReadFile", "WriteFile", "PyFunc", "PyFuncStateless", "EagerPyFunc"])
def test_operators_that_reach_files_or_python_are_dangerous(operator):
    inside = message([(2, message([(1, message([(3, node("x", operator))]))]))])
    for graph in (message([(1, node("x", operator))]), inside):
        facts = read_bytes(saved_model(graph), "tf-savedmodel")
        assert (facts.danger, facts.danger_rules) == ("yes", [f"tf-operator:{operator}"])


def test_a_print_into_a_file_is_dangerous_and_one_to_the_terminal_is_not():
    for stream, danger in (("file:///tmp/x", "yes"), ("stderr", "none_found")):
        graph = message([(1, node("p", "PrintV2", output_stream=message([(2, stream)])))])
        assert read_bytes(graph, "tf-graphdef").danger == danger


def test_a_saved_model_tells_version_and_tags_and_leaves_the_count_open():
    data = saved_model(GRAPH)
    facts = read_bytes(data, "tf-savedmodel")
    assert looks_like_savedmodel(BytesSource(data)) and facts.danger == "none_found"
    assert facts.values["x_tensorflow_version"] == "2.19.0" and facts.values["x_tags"] == ["serve"]
    assert "n_params" not in facts.values


def test_keras_layers_in_a_saved_model_are_judged():
    layers = [{"class_name": "Dense"}, {"class_name": "TFOpLambda", "config": {"function": "math.log"}}]
    harmless = saved_model(GRAPH, *map(keras_object, layers))
    assert read_bytes(harmless, "tf-savedmodel").danger == "none_found"
    facts = read_bytes(saved_model(GRAPH, keras_object({"class_name": "Lambda"})), "tf-savedmodel")
    assert (facts.danger, facts.danger_rules) == ("yes", ["keras-lambda"])


def test_a_keras_metadata_file_is_judged():
    entry = message([(2, 1), (3, "root"), (4, "_tf_keras_layer"), (5, json.dumps({"class_name": "Lambda"}))])
    data = message([(1, entry)])
    assert looks_like_savedmodel(BytesSource(data)) and not looks_like_graphdef(BytesSource(data))
    assert read_bytes(data, "tf-savedmodel").danger_rules == ["keras-lambda"]


@given(copies_of(GRAPH, saved_model(GRAPH, keras_object({"class_name": "Dense"}))))
def test_no_damage_to_a_graph_leads_to_another_error(data):
    looks_like_graphdef(BytesSource(data))
    looks_like_savedmodel(BytesSource(data))
    facts_or_none(read, data, "tf-graphdef")
    facts_or_none(read, data, "tf-savedmodel")


# --- checkpoints ----------------------------------------------------------------------------------


def block(entries: list[tuple[bytes, bytes]]) -> bytes:
    """Give a table block in which every key shares what it can with the one before."""
    out, before = b"", b""
    for key, value in entries:
        shared = next(
            (at for at, (a, b) in enumerate(zip(key, before, strict=False)) if a != b),
            min(len(key), len(before)),
        )
        out += varint(shared) + varint(len(key) - shared) + varint(len(value)) + key[shared:] + value
        before = key
    return out + struct.pack("<II", 0, 1)


def table(entries: list[tuple[bytes, bytes]]) -> bytes:
    data = block(entries)
    out = data + b"\0" + bytes(4)
    index = block([(entries[-1][0], varint(0) + varint(len(data)))])
    handle = varint(len(out)) + varint(len(index))
    out += index + b"\0" + bytes(4)
    return out + (varint(0) + varint(0) + handle).ljust(40, b"\0") + bytes.fromhex("57fb808b247547db")


def bundle(kind: int, sizes: tuple[int, ...], nbytes: int) -> bytes:
    return message([(1, kind), (2, shape(*sizes)), (5, nbytes)])


INDEX = table(
    [
        (b"", message([(1, 2)])),
        (b"_CHECKPOINTABLE_OBJECT_GRAPH", bundle(TEXT, (), 9)),
        (b"layer/bias/.ATTRIBUTES/VARIABLE_VALUE", bundle(F32, (3,), 12)),
        (b"layer/kernel/.ATTRIBUTES/VARIABLE_VALUE", bundle(F32, (2, 3), 24)),
        (b"layer/kernel/.OPTIMIZER_SLOT/optimizer/m/.ATTRIBUTES/VARIABLE_VALUE", bundle(F32, (2, 3), 24)),
        (b"save_counter/.ATTRIBUTES/VARIABLE_VALUE", bundle(9, (), 8)),
    ]
)


def test_a_checkpoint_counts_weights_without_the_optimisers_state():
    facts = read_bytes(INDEX, "tf-checkpoint-index")
    assert (facts.values["n_params"], facts.values["n_params_by"]) == (9, "claim")
    assert facts.values["x_n_training_state"] == 3 and facts.values["x_shards"] == 2
    assert [tensor.shape for tensor in facts.tensors] == [(3,), (2, 3)]


def test_an_entry_that_lies_is_corrupt_and_flagged():
    facts = read_bytes(table([(b"w", bundle(F32, (10**6, 10**6), 16))]), "tf-checkpoint-index")
    assert (facts.status, facts.danger_rules) == ("corrupt", ["shape-lie"]) and "n_params" not in facts.values


def test_the_data_of_a_checkpoint_tell_nothing():
    assert read_bytes(b"anything", "tf-checkpoint-data").values == {}


@given(copies_of(INDEX))
def test_no_damage_to_an_index_leads_to_another_error(data):
    facts_or_none(read, data, "tf-checkpoint-index")


# --- TensorFlow Lite ------------------------------------------------------------------------------


class FlatWriter:
    """Writes FlatBuffers front to back: a table's pointers are filled in when their targets are written."""

    def __init__(self) -> None:
        self.data = bytearray(b"\0\0\0\0TFL3")

    def table(self, fields: dict[int, int | None]) -> dict[int, int]:
        """Write a table of 4-byte fields (None: a pointer); give the places of all of them."""
        slots = max(fields, default=-1) + 1
        vtable = len(self.data)
        self.data += struct.pack("<HH", 4 + 2 * slots, 4 + 4 * slots)
        self.data += struct.pack(
            f"<{slots}H", *(4 + 4 * slot if slot in fields else 0 for slot in range(slots))
        )
        position = len(self.data)
        self.data += struct.pack("<i", position - vtable)
        self.data += b"".join(struct.pack("<i", fields.get(slot) or 0) for slot in range(slots))
        return {-1: position} | {slot: position + 4 + 4 * slot for slot in fields}

    def point(self, place: int, target: int | None = None) -> None:
        """Fill in a pointer, to what is written next where no target is given."""
        struct.pack_into("<I", self.data, place, (len(self.data) if target is None else target) - place)

    def vector(self, place: int, items: bytes, count: int) -> int:
        """Write a vector that `place` points to; give the place of its first item."""
        self.point(place)
        self.data += struct.pack("<I", count) + items
        return len(self.data) - len(items)


def tflite(operators: list[tuple[int, str]], tensors: list[tuple[str, list[int], int, bytes]]) -> bytes:
    writer = FlatWriter()
    root = writer.table({0: 3, 1: None, 2: None, 4: None})
    writer.point(0, root[-1])
    codes = writer.vector(root[1], bytes(4 * len(operators)), len(operators))
    for number, (code, name) in enumerate(operators):
        place = writer.table({1: None, 3: code})
        writer.point(codes + 4 * number, place[-1])
        writer.vector(place[1], name.encode(), len(name))
    buffers = writer.vector(root[4], bytes(4 * (len(tensors) + 1)), len(tensors) + 1)
    writer.point(buffers, writer.table({})[-1])
    for number, (_, _, _, data) in enumerate(tensors, 1):
        place = writer.table({0: None})
        writer.point(buffers + 4 * number, place[-1])
        writer.vector(place[0], data, len(data))
    graphs = writer.vector(root[2], bytes(4), 1)
    graph = writer.table({0: None})
    writer.point(graphs, graph[-1])
    listed = writer.vector(graph[0], bytes(4 * len(tensors)), len(tensors))
    for number, (name, sizes, kind, _) in enumerate(tensors, 1):
        place = writer.table({0: None, 1: kind, 2: number, 3: None})
        writer.point(listed + 4 * (number - 1), place[-1])
        writer.vector(place[0], struct.pack(f"<{len(sizes)}i", *sizes), len(sizes))
        writer.vector(place[3], name.encode(), len(name))
    return bytes(writer.data)


LITE = tflite(
    [(0, ""), (32, "Custom.Op")],
    [("w", [2, 3], 0, bytes(24)), ("q", [4, 4], 9, bytes(16)), ("in", [1, 9], 0, b"")],
)


def test_tensors_with_data_are_counted_in_a_lite_model():
    facts = read_bytes(LITE, "tflite")
    assert facts.status == "ok" and facts.values["n_params"] == 6 + 16
    assert [(item.name, item.dtype) for item in facts.tensors] == [("w", "F32"), ("q", "I8")]
    assert facts.danger_rules == ["custom-operator:Custom.Op"] and facts.danger == "review"


def test_flex_operators_that_reach_files_are_dangerous():
    assert read_bytes(tflite([(32, "FlexWriteFile")], []), "tflite").danger == "yes"
    assert read_bytes(tflite([(9, "")], []), "tflite").danger == "none_found"


@pytest.mark.parametrize("sizes", [[10**6, 10**6], [7]])
def test_a_lite_tensor_that_lies_is_corrupt_and_flagged(sizes):
    facts = read_bytes(tflite([], [("w", sizes, 0, bytes(24))]), "tflite")
    assert (facts.status, facts.danger_rules) == ("corrupt", ["shape-lie"]) and "n_params" not in facts.values


@pytest.mark.parametrize("sizes", [[5], [-1]])
def test_a_lite_tensor_with_too_many_bytes_is_refused(sizes):
    facts = read_bytes(tflite([], [("w", sizes, 0, bytes(24))]), "tflite")
    assert (facts.status, facts.danger) == ("corrupt", "none_found") and "n_params" not in facts.values


def test_a_cut_lite_model_is_truncated():
    assert read_bytes(LITE[: len(LITE) // 2], "tflite").status == "truncated"


@given(copies_of(LITE))
def test_no_damage_to_a_lite_model_leads_to_another_error(data):
    facts_or_none(read, data, "tflite")
