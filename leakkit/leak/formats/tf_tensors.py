"""TensorFlow's own words for number types and shapes, as they stand in graphs and checkpoints.

https://github.com/tensorflow/tensorflow/tree/master/tensorflow/core/framework (types.proto,
tensor_shape.proto, tensor.proto), version 2.19.
"""

from __future__ import annotations

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.dtypes import stored_bytes
from leakkit.leak.formats.protobuf import BYTES, FIXED32, FIXED64, VARINT, Field, Window, signed, walk
from leakkit.leak.formats.weights import checked_shape

DTYPES = {
    1: "F32", 2: "F64", 3: "I32", 4: "U8", 5: "I16", 6: "I8", 7: "STRING", 8: "C64", 9: "I64", 10: "BOOL",
    11: "I8", 12: "U8", 13: "I32", 14: "BF16", 15: "I16", 16: "U16", 17: "U16", 18: "C128", 19: "F16",
    20: "RESOURCE", 21: "VARIANT", 22: "U32", 23: "U64", 24: "F8_E5M2", 25: "F8_E4M3", 26: "F8_E4M3FNUZ",
    27: "F8_E4M3B11FNUZ", 28: "F8_E5M2FNUZ", 29: "I4", 30: "U4", 31: "I2", 32: "U2",
}  # fmt: skip
"""Word by DataType number; quantised types (11 to 16) count as what they are stored in."""

_ELEMENT_BYTES = {FIXED32: 4, FIXED64: 8}
_VALUE_BYTES = {5: 4, 6: 8, 9: 4, 12: 8}  # float, double, scomplex, dcomplex lists: fixed width


def read_shape(window: Window, outer: Field) -> tuple[int, ...] | None:
    """Give the sizes of a TensorShapeProto; None when the rank or a size is not stated."""
    sizes: list[int] = []
    for part in walk(window, outer.value, outer.end):
        if part.number == 2 and part.wire == BYTES:
            size = 0
            for inner in walk(window, part.value, part.end):
                if inner.number == 1 and inner.wire == VARINT:
                    size = signed(inner.value)
            sizes.append(size)
            if len(sizes) > 64:
                raise BadMemberError("a shape has more than 64 dimensions")
        elif part.number == 3 and part.value:
            return None
    return None if any(size < 0 for size in sizes) else checked_shape(sizes)


def read_constant(window: Window, facts: Facts, name: str, outer: Field) -> Tensor | None:
    """Give a TensorProto that stands in a graph; None when it holds no numbers.

    A value given once for a whole shape (a fill) counts as the elements that are stored. A shape that
    disagrees with stored bytes raises `BadMemberError` and flags ``shape-lie``.
    """
    dtype, content, listed = "", None, 0
    shape: tuple[int, ...] = ()
    for part in walk(window, outer.value, outer.end):
        if part.number == 1 and part.wire == VARINT:
            dtype = DTYPES.get(part.value, f"TF_{part.value}")
        elif part.number == 2 and part.wire == BYTES:
            shape = read_shape(window, part) or ()
        elif part.number == 4 and part.wire == BYTES and part.length:
            content = part
        elif part.number >= 5:
            listed += _listed(part)
    tensor = Tensor(name, dtype, shape)
    expected = stored_bytes(dtype, tensor.n_params)
    if expected is None:
        return None
    if content is None:
        return Tensor(name, dtype, shape if listed >= tensor.n_params else (listed,))
    if content.length != expected:
        if content.length < expected:
            facts.flag("yes", "shape-lie")
        raise BadMemberError("a constant's shape disagrees with its data")
    return tensor._replace(nbytes=content.length, offset=content.value)


def _listed(part: Field) -> int:
    """Count the elements of one value list (for numbers of varying width: at most so many)."""
    if part.wire == BYTES:
        return part.length // _VALUE_BYTES.get(part.number, 1)
    return 1 if part.wire in (VARINT, FIXED32, FIXED64) else 0
