"""Weights that Flax and Orbax write as MessagePack: names, shapes and dtypes of arrays, bodies unread.

An array is an ext of type 1 that holds (shape, dtype name, bytes); one over a gigabyte is cut into
pieces under ``__msgpack_chunked_array__``. https://flax.readthedocs.io/en/latest/api_reference/flax.serialization.html
"""

from __future__ import annotations

from dataclasses import dataclass, field

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.dtypes import stored_bytes
from leakkit.leak.formats.msgpack_walk import Token, is_array, token_at, walk_leaves
from leakkit.leak.formats.protobuf import Window
from leakkit.leak.formats.weights import checked_shape, describe_weights, tensor_name
from leakkit.leak.source import Source
from leakkit.leak.text import printable

_DTYPES = {
    "float64": "F64", "float32": "F32", "float16": "F16", "bfloat16": "BF16", "int64": "I64", "int32": "I32",
    "int16": "I16", "int8": "I8", "uint64": "U64", "uint32": "U32", "uint16": "U16", "uint8": "U8",
    "bool": "BOOL", "complex64": "C64", "complex128": "C128", "float8_e4m3fn": "F8_E4M3",
    "float8_e5m2": "F8_E5M2", "int4": "I4", "uint4": "U4",
}  # fmt: skip
_RANK_LIMIT = 32
_CHUNKED = "__msgpack_chunked_array__"


@dataclass
class _Found:
    """What was gathered: whole arrays, and by name the shapes and pieces of cut ones."""

    tensors: list[Tensor] = field(default_factory=list)
    shapes: dict[str, list[int]] = field(default_factory=dict)
    pieces: dict[str, list[Tensor]] = field(default_factory=dict)
    values: int = 0


def read(source: Source, format: str = "flax-msgpack") -> Facts:
    """Give what a MessagePack file says of the arrays it holds.

    Parameters
    ----------
    source : Source
    format : {'flax-msgpack', 'msgpack'}
        A plain ``msgpack`` that turns out to hold Flax arrays is renamed.

    Returns
    -------
    Facts
        ``n_params`` and tensors; none where the file holds no arrays. Nothing in this format runs code,
        so ``danger`` is ``none_found``.
    """
    facts, found = Facts(danger="none_found"), _Found()
    try:
        _walk(source, found)
    except BadMemberError as error:
        facts.status, facts.error = error.status, error.reason
        if error.status == "refused":
            facts.flag("yes", "msgpack-depth")
    tensors = found.tensors + [
        _glued(name, shape, found.pieces.get(name, [])) for name, shape in sorted(found.shapes.items())
    ]
    facts.values["x_n_values"] = found.values
    if tensors:
        facts.format = "flax-msgpack"
        describe_weights(
            facts, tensors, by="header" if facts.status == "ok" else "claim", file_name=source.name
        )
    return facts


def _walk(source: Source, found: _Found) -> None:
    """Gather arrays, whole ones and pieces; a cut array says so before its shape and its pieces."""
    cut: tuple[str, ...] | None = None
    for path, token, window in walk_leaves(source):
        found.values += 1
        if path and path[-1] == _CHUNKED:
            cut = path[:-1]
        elif cut is not None and len(path) > len(cut) and path[: len(cut)] == cut:
            _gather(cut, path, token, window, found)
        elif token.kind == "ext" and is_array(window, token):
            found.tensors.append(_array(window, token, "/".join(path)))


def _array(window: Window, token: Token, name: str) -> Tensor:
    """Give one array from its ext."""
    shape_token = token_at(window, token.place + 1)
    if shape_token.kind != "array" or shape_token.length > _RANK_LIMIT:
        raise BadMemberError("an array has no shape")
    place, shape = shape_token.place, []
    for _ in range(shape_token.length):
        size = token_at(window, place)
        if size.kind != "number" or not isinstance(size.value, int):
            raise BadMemberError("an array has a shape that is no list of numbers")
        shape.append(size.value)
        place = size.end
    dtype_token = token_at(window, place)
    data = token_at(window, dtype_token.end)
    if dtype_token.kind not in ("str", "bin") or data.kind not in ("bin", "str") or data.end > token.end:
        raise BadMemberError("an array is not a shape, a dtype and bytes")
    word = window.read_at(dtype_token.place, min(dtype_token.length, 40)).decode("utf-8", "replace")
    dtype = _DTYPES.get(word) or printable(word, 40).upper()
    whole = checked_shape(shape)
    tensor = Tensor(tensor_name(name), dtype, whole, data.length, data.place)
    expected = stored_bytes(dtype, tensor.n_params)
    if expected not in (None, data.length) and not dtype.endswith("4"):
        raise BadMemberError("an array's shape disagrees with its bytes")
    return tensor


def _gather(
    cut: tuple[str, ...], path: tuple[str, ...], token: Token, window: Window, found: _Found
) -> None:  # fmt: skip
    """Keep a number of the shape of a cut array, or one of its pieces."""
    part, name = path[len(cut)], "/".join(cut)
    if part == "shape" and token.kind == "number" and isinstance(token.value, int):
        found.shapes.setdefault(name, []).append(token.value)
    elif part == "chunks" and token.kind == "ext" and is_array(window, token):
        found.pieces.setdefault(name, []).append(_array(window, token, name))


def _glued(name: str, shape: list[int], pieces: list[Tensor]) -> Tensor:
    """Give the array that pieces make up."""
    whole = checked_shape(shape)
    dtype = pieces[0].dtype if pieces else "VOID"
    tensor = Tensor(
        tensor_name(name), dtype, whole, sum(piece.nbytes or 0 for piece in pieces),
        pieces[0].offset if pieces else None,
    )  # fmt: skip
    if sum(piece.n_params for piece in pieces) != tensor.n_params:
        raise BadMemberError("the pieces of an array do not add up to its shape", status="truncated")
    return tensor
