"""Text in Arrow columns of any nesting: strings, long integers and dates, as rows of (row, field, text)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as types

from leakkit.errors import BadMemberError
from leakkit.leak.records_batch import SHORTEST_NUMBER, Packer, field_name

PIECE = 32 * 2**20
"""Most bytes of text that one step brings into memory."""

_UNFOLDED = 128 * 2**20
_DEPTH = 20
Leaf = tuple[str, Any, Any]
"""Field, row of each value, values as a large string array (or a dictionary of them)."""


def has_text(type: Any, depth: int = 0) -> bool:
    """Tell whether values of an Arrow type can become rows."""
    if depth > _DEPTH:
        return False
    if types.is_dictionary(type):
        return has_text(type.value_type, depth + 1)
    if isinstance(type, pa.BaseExtensionType):
        return has_text(type.storage_type, depth + 1)
    if types.is_list_view(type) or types.is_large_list_view(type):
        return (
            False  # its lists may overlap, so that a few bytes unfold without end; no dump was seen with one
        )
    if types.is_nested(type):
        return any(has_text(type.field(number).type, depth + 1) for number in range(type.num_fields))
    return (
        _is_text(type)
        or types.is_date(type)
        or (types.is_integer(type) and type.bit_width >= 32)
        or types.is_binary(type)
        or types.is_large_binary(type)
    )


def _is_text(type: Any) -> bool:
    """Tell any of the three layouts of text."""
    return bool(types.is_string(type) or types.is_large_string(type) or types.is_string_view(type))


def column_records(
    columns: list[tuple[str, Any]], first_row: int, packer: Packer
) -> Iterator[pa.RecordBatch]:
    """Give the text of columns of equal length, row by row where it fits into memory at once.

    Parameters
    ----------
    columns : list of (name, pyarrow.Array)
    first_row : int
        Number of the first row.
    packer : Packer
    """
    if not columns or not len(columns[0][1]):
        return
    height = len(columns[0][1])
    step = _step(columns, height)
    for start in range(0, height, step):
        rows = np.arange(first_row + start, first_row + min(start + step, height), dtype=np.int64)
        found: list[Leaf] = []
        for name, array in columns:
            found += _leaves(array.slice(start, step), rows, field_name(name), 0)
        yield from _interleaved(found, packer)


def _step(columns: list[tuple[str, Any]], height: int) -> int:
    """Choose how many rows to spread out at once, by the longest text that may be repeated in each."""
    longest = 1
    for _, array in columns:
        if types.is_string_view(array.type):
            longest += int(_view_lengths(array).max(initial=0))
        elif types.is_dictionary(array.type) and _is_text(array.type.value_type):
            longest += pc.max(_lengths(array.dictionary)).as_py() or 0
    return max(1, min(height, PIECE // longest))


def _view_lengths(array: Any) -> np.ndarray:
    """Give the length of each text of a string view; many of them may share their bytes."""
    views = np.frombuffer(array.buffers()[1], np.int32)[: 4 * (array.offset + len(array))]
    return views.reshape(-1, 4)[array.offset :, 0]


def _lengths(array: Any) -> Any:
    """Give the length of each text (bytes)."""
    return pa.array(_view_lengths(array)) if types.is_string_view(array.type) else pc.binary_length(array)


def _decoded(array: Any) -> Any:
    """Spread a dictionary out, unless that would not fit into memory."""
    if _is_text(array.type.value_type) and len(array.dictionary):
        total = pc.sum(pc.take(_lengths(array.dictionary), array.indices)).as_py() or 0
        if total > _UNFOLDED:
            raise BadMemberError(f"a dictionary unfolds to {total:,} bytes", status="limit")
    return array.dictionary_decode()


def _leaves(array: Any, rows: np.ndarray, field: str, depth: int) -> Iterator[Leaf]:
    """Give the leaves of one array; `rows` tells the row of each of its values."""
    kind = array.type
    if not len(array) or depth > _DEPTH or not has_text(kind):
        return
    if isinstance(array, pa.ExtensionArray):
        yield from _leaves(array.storage, rows, field, depth + 1)
    elif types.is_dictionary(kind):
        yield from _leaves(_decoded(array), rows, field, depth + 1)
    elif types.is_map(kind):
        parents = _parents(array)
        inside = pc.list_flatten(
            array.cast(pa.list_(pa.struct([("key", kind.key_type), ("value", kind.item_type)])))
        )
        yield from _leaves(inside.field(0), rows[parents], f"{field}{{}}", depth + 1)
        yield from _leaves(inside.field(1), rows[parents], f"{field}.*", depth + 1)
    elif types.is_nested(kind) and not types.is_struct(kind) and hasattr(kind, "value_type"):
        yield from _leaves(pc.list_flatten(array), rows[_parents(array)], f"{field}[]", depth + 1)
    elif types.is_struct(kind):
        for number, child in enumerate(array.flatten()):
            yield from _leaves(child, rows, f"{field}.{field_name(kind.field(number).name)}", depth + 1)
    else:
        yield from _plain(array, rows, field)


def _parents(array: Any) -> np.ndarray:
    """Give the index of the list that each flattened value stands in."""
    if types.is_map(array.type):
        array = array.cast(pa.list_(array.type.field(0)))
    return pc.list_parent_indices(array).to_numpy(zero_copy_only=False)


def _plain(array: Any, rows: np.ndarray, field: str) -> Iterator[Leaf]:
    """Give the values of a flat array as text, without those that are missing or short numbers."""
    if types.is_string_view(array.type):
        array = array.cast(pa.large_string())
    kind = array.type
    if types.is_integer(kind):
        wide = pc.or_kleene(pc.greater_equal(array, pa.scalar(SHORTEST_NUMBER, kind)), _below(array))
        keep = pc.fill_null(wide, False)
    elif types.is_binary(kind) or types.is_large_binary(kind):
        array = pa.array([_text_in(value) for value in array.to_pylist()], pa.large_string())
        keep = array.is_valid()
    else:
        keep = array.is_valid()
    rows = rows[keep.to_numpy(zero_copy_only=False)]
    if len(rows):
        yield field, rows, _sound(array.filter(keep)).cast(pa.large_string())


def _below(array: Any) -> Any:
    """Tell which integers are long and negative."""
    if types.is_unsigned_integer(array.type):
        return pa.scalar(False)
    return pc.less_equal(array, pa.scalar(-SHORTEST_NUMBER, array.type))


def _text_in(value: bytes | None) -> str | None:
    """Give bytes that are text as text, others not at all."""
    if value is None or b"\0" in value[:1024]:
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _sound(array: Any) -> Any:
    """Replace bytes that are no UTF-8, which a careless writer leaves in text columns."""
    if not _is_text(array.type):
        return array
    try:
        array.validate(full=True)
        return array
    except pa.ArrowInvalid:
        raw = array.cast(pa.large_binary()).to_pylist()
        return pa.array([value.decode("utf-8", "replace") for value in raw], pa.large_string())


def _interleaved(found: list[Leaf], packer: Packer) -> Iterator[pa.RecordBatch]:
    """Give leaves sorted by row, so that what belongs together stays together."""
    if not found:
        return
    if len(found) == 1:
        field, rows, texts = found[0]
        yield from packer.arrays(rows, field, texts)
        return
    rows = np.concatenate([rows for _, rows, _ in found])
    order = np.argsort(rows, kind="stable")
    names = pa.array([field for field, _, _ in found], pa.string())
    which = np.repeat(np.arange(len(found)), [len(rows) for _, rows, _ in found])
    texts = pa.concat_arrays([texts for _, _, texts in found]).take(pa.array(order))
    yield from packer.arrays(rows[order], names.take(pa.array(which[order])), texts)
