"""ONNX weights are counted wherever they stand; escaping paths and foreign operators are flagged."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given

from leakkit.errors import BadMemberError
from leakkit.leak.formats.onnx import looks_like_onnx, read
from leakkit.leak.source import BytesSource
from tests.leak.formats.damaged_copies import copies_of, facts_or_none
from tests.leak.formats.wire import message, varint

F32, I64 = 1, 7


def tensor(name: str, dims: list[int], kind: int = F32, **data) -> bytes:
    fields = [(1, dim) for dim in dims] + [(2, kind), (8, name)]
    for key, value in data.items():
        fields.append(
            ({"raw": 9, "floats": 4, "int64s": 7, "text": 6, "external": 13, "location": 14}[key], value)
        )
    return message(fields)


def node(operator: str, domain: str = "", *graphs: bytes) -> bytes:
    attributes = [(5, message([(1, "body"), (6, graph), (20, 5)])) for graph in graphs]
    return message([(1, "x"), (2, "y"), (4, operator), *attributes, (7, domain)])


def model(*graph_fields: tuple[int, bytes], more: list[tuple[int, int | bytes]] | None = None) -> bytes:
    graph = message([(2, "invented"), *graph_fields])
    opset = message([(1, ""), (2, 17)])
    return message([(1, 8), (2, "by hand"), (7, graph), (8, opset), *(more or [])])


def read_bytes(data: bytes):
    return read(BytesSource(data, "invented.onnx"), "onnx")


INNER = message([(5, tensor("inner", [3], raw=bytes(12)))])
SMALL = model(
    (1, node("If", "", INNER, INNER)),
    (1, node("MatMul")),
    (5, tensor("w", [2, 3], raw=bytes(24))),
    (5, tensor("shape", [2], I64, int64s=varint(1) + varint(300))),
    (5, tensor("scalar", [], floats=struct.pack("<f", 1.0))),
    (
        15,
        message(
            [(1, tensor("sparse", [2], raw=bytes(8))), (2, tensor("", [2], I64, raw=bytes(16))), (3, 100)]
        ),
    ),
)


def test_initializers_of_graph_and_inner_graphs_are_counted():
    facts = read_bytes(SMALL)
    assert facts.status == "ok" and facts.danger == "none_found"
    assert facts.values["n_params"] == 6 + 2 + 1 + 2 + 3 + 3
    assert facts.values["dtype_main"] == "F32" and facts.values["x_opset"] == 17
    assert facts.values["x_producer"] == "by hand" and facts.values["x_n_nodes"] == 2
    found = {item.name: item for item in facts.tensors}
    assert found["w"].shape == (2, 3) and SMALL[found["w"].offset :][:24] == bytes(24)
    assert looks_like_onnx(BytesSource(SMALL))


def test_functions_define_their_own_domain():
    function = message([(1, "f"), (7, node("Add")), (10, "org.example.mine")])
    data = model((1, node("f", "org.example.mine")), more=[(25, function)])
    assert read_bytes(data).danger == "none_found"


def constant(name: str, *arguments, **data) -> bytes:
    value = message([(1, "value"), (5, tensor("", *arguments, **data))])
    return message([(2, name), (4, "Constant"), (5, value)])


def test_constants_are_no_parameters_beside_initializers():
    data = model((1, constant("c", [9], raw=bytes(36))), (5, tensor("w", [2], raw=bytes(8))))
    assert read_bytes(data).values["n_params"] == 2


def test_floating_constants_count_where_there_is_no_initializer():
    axes = (1, constant("axes", [2], I64, raw=bytes(16)))
    facts = read_bytes(model((1, constant("c", [50, 50], raw=bytes(10_000))), axes))
    assert facts.values["n_params"] == 2_500 and [item.name for item in facts.tensors] == ["c"]
    assert read_bytes(model((1, constant("c", [9], raw=bytes(36))), axes)).values["n_params"] == 0


@pytest.mark.parametrize(
    "initializer",
    [tensor("w", [10**6, 10**6], raw=bytes(16)), tensor("w", [100]), tensor("w", [9], 8, text=b"one")],
)
def test_a_lying_shape_is_corrupt_flagged_and_not_counted(initializer):
    facts = read_bytes(model((5, initializer)))
    assert (facts.status, facts.danger_rules) == ("corrupt", ["shape-lie"])
    assert "n_params" not in facts.values


@pytest.mark.parametrize("dims", [[-1], [2**62, 4], [1] * 70])
def test_impossible_shapes_are_corrupt(dims):
    facts = read_bytes(model((5, tensor("w", dims, raw=bytes(4)))))
    assert facts.status == "corrupt"


@pytest.mark.parametrize(
    ("location", "escapes"),
    [
        ("weights.bin", False),
        ("data/weights.bin", False),
        ("a..b/weights..bin", False),
        ("../../etc/passwd", True),
        ("data/../../x", True),
        ("..\\x", True),
        ("/etc/passwd", True),
        ("C:\\x", True),
        ("https://example.com/x", True),
    ],
)
def test_external_data_may_not_leave_the_folder(location, escapes):
    entry = message([(1, "location"), (2, location)])
    facts = read_bytes(model((5, tensor("w", [5], external=entry, location=1))))
    assert facts.danger == ("yes" if escapes else "none_found")
    assert (facts.values["n_params"], facts.values["n_params_by"]) == (5, "claim")
    assert facts.values["x_external_data"] == [location]


def test_files_named_by_any_tensor_of_any_node_are_seen():
    entry = message([(1, "location"), (2, "../x")])
    attribute = message([(1, "table"), (5, tensor("", [5], external=entry, location=1))])
    assert read_bytes(model((1, message([(4, "Gather"), (5, attribute)])))).danger == "yes"
    sparse = message(
        [(1, tensor("s", [1], raw=bytes(4))), (2, tensor("", [1], I64, external=entry, location=1))]
    )
    assert read_bytes(model((15, sparse))).danger == "yes"


@pytest.mark.parametrize(
    ("domain", "danger"),
    [
        ("", "none_found"),
        ("ai.onnx.ml", "none_found"),
        ("com.microsoft.nchwc", "none_found"),
        ("org.pytorch.aten", "none_found"),
        ("com.example.native", "review"),
    ],
)
def test_operators_of_unknown_domains_are_for_review(domain, danger):
    facts = read_bytes(model((1, node("Something", domain))))
    assert facts.danger == danger
    assert facts.danger_rules == ([f"custom-operator:{domain}"] if danger == "review" else [])


def test_operators_that_run_python_are_dangerous():
    assert read_bytes(model((1, node("PyOp", "com.example")))).danger == "yes"


def test_graphs_in_graphs_without_end_are_refused():
    graph = message([(2, "leaf")])
    for _ in range(60):
        graph = message([(1, node("If", "", graph))])
    facts = read_bytes(model((1, node("If", "", graph))))
    assert facts.status == "refused"


def test_a_cut_file_is_truncated():
    with pytest.raises(BadMemberError) as caught:
        read_bytes(SMALL[:-20])
    assert caught.value.status == "truncated"


@given(copies_of(SMALL))
def test_no_damage_leads_to_another_error(data):
    looks_like_onnx(BytesSource(data))
    facts_or_none(read, data, "onnx")
