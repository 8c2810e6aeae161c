"""Which protocol-buffer message a file is: they have no magic bytes, so their structure must tell.

Rules, each over the whole file (a copy that was cut short keeps its format):

- ONNX: only fields of ModelProto with their wire types, an ``ir_version`` from 1 to 999 and a graph
  (or functions) whose first field is one of GraphProto's.
- Core ML: ``specificationVersion`` from 1 to 99, then a description and exactly one model type
  (field 200 and above).
- TensorFlow SavedModel: schema version 0 or 1 and meta graphs only; the first one holds a MetaInfoDef or
  a GraphDef whose first node has a name and an operator. The list of Keras objects that may lie beside it
  (``keras_metadata.pb``) counts as part of it: its first entry is of a kind that begins ``_tf_keras``.
- ONNX tensor (test data): only fields of TensorProto, a data type from 1 to 24 and numbers.
- TensorFlow GraphDef: nodes, library, versions only; the first node has a name and an operator.
"""

from __future__ import annotations

import re

from leakkit.errors import BadMemberError
from leakkit.leak.formats.protobuf import BYTES, VARINT, Field, Window, matches, walk
from leakkit.leak.source import Source

_MODEL_PROTO = {1: VARINT, 5: VARINT} | dict.fromkeys((2, 3, 4, 6, 7, 8, 14, 20, 25, 26), BYTES)
_GRAPH_PROTO = {1: BYTES, 2: BYTES} | dict.fromkeys((5, 10, 11, 12, 13, 14, 15, 16), BYTES)
_SAVED_MODEL = {1: VARINT, 2: BYTES}
_META_GRAPH = dict.fromkeys(range(1, 8), BYTES)
_GRAPH_DEF = {1: BYTES, 2: BYTES, 3: VARINT, 4: BYTES, 5: BYTES}
_NODE_DEF = dict.fromkeys((1, 2, 3, 4, 5, 6, 7), BYTES)
_COREML_TYPES = (
    200, 201, 202, 300, 301, 302, 303, 304, 400, 401, 402, 403, 404, 500, 501, 502, 555, 556, 560,
    600, 601, 602, 603, 604, 606, 607, 609, 610, 900, 2000, 2001, 2002, 2003, 2004, 2005, 2006, 3000,
)  # fmt: skip
_COREML = {1: VARINT, 2: BYTES, 10: VARINT} | dict.fromkeys(_COREML_TYPES, BYTES)

_KERAS_ENTRY = {2: VARINT} | dict.fromkeys((3, 4, 5, 6), BYTES)

_TENSOR_PROTO = {1: VARINT, 2: VARINT, 14: VARINT} | dict.fromkeys((4, 5, 6, 7, 8, 9, 10, 11, 12, 13), BYTES)

_NODE_NAME = re.compile(rb"[A-Za-z0-9.>_][A-Za-z0-9_>./\\-]*\Z")
_OPERATOR = re.compile(rb"[A-Z_>][A-Za-z0-9_>./\\-]*\Z")


def looks_like_onnx(source: Source) -> bool:
    """Tell whether the file is an ONNX model; looks at the outermost fields and the start of the graph."""
    if source.head[:1] not in (b"\x08", b"\x12", b"\x3a"):
        return False
    found = matches(source, _MODEL_PROTO)
    if not found or 1 not in found or not 1 <= found[1].value <= 999:
        return False
    if 7 in found:
        return _starts_as(source, found[7], _GRAPH_PROTO)
    return 25 in found and 8 in found


def looks_like_coreml(source: Source) -> bool:
    """Tell whether the file is a Core ML model specification."""
    if source.head[:1] != b"\x08":
        return False
    found = matches(source, _COREML, fields=8)
    if not found or 1 not in found or not 1 <= found[1].value <= 99:
        return False
    return sum(number >= 200 for number in found) == 1


def looks_like_savedmodel(source: Source) -> bool:
    """Tell whether the file is a TensorFlow SavedModel (``saved_model.pb``, ``keras_metadata.pb``)."""
    if source.head[:1] == b"\x0a":
        return _is_keras_metadata(source)
    if source.head[:1] not in (b"\x08", b"\x12"):
        return False
    found = matches(source, _SAVED_MODEL)
    if not found or 2 not in found or (1 in found and found[1].value > 1):
        return False
    inner = _first_fields(source, found[2], _META_GRAPH)
    if not inner:
        return False
    if inner[0].number == 1:
        return _is_meta_info(source, inner[0])
    return inner[0].number == 2 and _starts_with_node(source, inner[0].value, inner[0].end)


def _is_keras_metadata(source: Source) -> bool:
    """Tell whether the file lists Keras objects: each entry names its kind (``_tf_keras_...``)."""
    outer = Field(0, BYTES, 0, source.size)
    entries = _first_fields(source, outer, {1: BYTES}, count=1)
    if not entries:
        return False
    parts = _first_fields(source, entries[0], _KERAS_ENTRY, count=4)
    kinds = [source.read_at(part.value, min(part.length, 9)) for part in parts if part.number == 4]
    return kinds == [b"_tf_keras"]


def looks_like_onnx_tensor(source: Source) -> bool:
    """Tell whether the file is one ONNX tensor: a known data type and one field of numbers."""
    found = matches(source, _TENSOR_PROTO) or matches(source, _TENSOR_PROTO | {1: BYTES})
    if not found or 2 not in found or not 1 <= found[2].value <= 24:
        return False
    return any(number in found for number in (4, 5, 6, 7, 9, 10, 11))


def looks_like_graphdef(source: Source) -> bool:
    """Tell whether the file is a TensorFlow graph (a frozen ``.pb``)."""
    if source.head[:1] != b"\x0a" or matches(source, _GRAPH_DEF, fields=16) is None:
        return False
    return _starts_with_node(source, 0, source.size)


def _first_fields(source: Source, outer: Field, allowed: dict[int, int], count: int = 3) -> list[Field]:
    """Give up to `count` leading fields of an inner message; none at all when one is not `allowed`."""
    fields: list[Field] = []
    try:
        for field in walk(Window(source), outer.value, outer.end):
            if allowed.get(field.number) != field.wire:
                return []
            fields.append(field)
            if len(fields) == count:
                break
    except BadMemberError:
        return fields
    return fields


def _starts_as(source: Source, outer: Field, allowed: dict[int, int]) -> bool:
    """Tell whether an inner message is empty or begins with allowed fields."""
    return outer.length == 0 or bool(_first_fields(source, outer, allowed))


def _is_meta_info(source: Source, meta_info: Field) -> bool:
    """Tell whether a MetaInfoDef holds an operator list or a TensorFlow version."""
    allowed = {1: BYTES, 2: BYTES, 3: BYTES, 4: BYTES, 5: BYTES, 6: BYTES, 7: VARINT, 8: BYTES}
    fields = _first_fields(source, meta_info, allowed, count=8)
    return any(field.number in (2, 4, 5) for field in fields)


def _starts_with_node(source: Source, start: int, end: int) -> bool:
    """Tell whether a GraphDef begins with a node that has a name and an operator."""
    graph = Field(0, BYTES, start, end - start)
    nodes = _first_fields(source, graph, _GRAPH_DEF, count=1)
    if not nodes or nodes[0].number != 1:
        return False
    parts = _first_fields(source, nodes[0], _NODE_DEF, count=2)
    if len(parts) < 2 or (parts[0].number, parts[1].number) != (1, 2):
        return False
    name, operator = (source.read_at(part.value, min(part.length, 512)) for part in parts)
    return bool(_NODE_NAME.match(name) and _OPERATOR.match(operator))
