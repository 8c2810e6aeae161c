"""Text in Arrow columns of any nesting: strings, long integers and dates, as rows of (row, field, text)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as types

from leakkit.errors import BadMemberError
from leakkit.leak.records.batch import Packer, field_name
from leakkit.leak.records.person_numbers import SHORTEST_NUMBER, numbers_people

PIECE = 32 * 2**20
"""Most bytes of text that one step brings into memory."""

_UNFOLDED = 128 * 2**20
_DEPTH = 20


class Values(NamedTuple):
    """Where the values of an array stand: row of each, field with ``{}`` for each place in a list, places, member."""

    rows: np.ndarray
    field: str
    places: tuple[np.ndarray, ...] = ()
    path: str = ""

    def taken(self, which: Any) -> Values:
        """Give the values at some indices, or where a mask is true."""
        places = tuple(place[which] for place in self.places)
        return self._replace(rows=self.rows[which], places=places)

    def named(self, more: str, *places: np.ndarray) -> Values:
        """Give the same values one step further in."""
        return self._replace(field=self.field + more, places=self.places + places)

    def fields(self) -> Any:
        """Give the field of each value as an array of text."""
        if not self.places:
            return pa.repeat(pa.scalar(self.field.format(), pa.string()), len(self.rows))
        if len(self.places) == 1 and len(self.rows) and int(self.places[0].max()) < len(self.rows):
            names = [self.field.format(place) for place in range(int(self.places[0].max()) + 1)]
            return pa.array(names, pa.string()).take(pa.array(self.places[0]))
        unique, which = np.unique(np.stack(self.places, axis=1), axis=0, return_inverse=True)
        names = [self.field.format(*places) for places in unique.tolist()]
        return pa.array(names, pa.string()).take(pa.array(which.reshape(-1)))


Leaf = tuple[Values, Any]
"""Places of values, and the values as a large string array."""


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
    columns: list[tuple[str, Any]], first_row: int, packer: Packer, numbers: np.ndarray | None = None
) -> Iterator[pa.RecordBatch]:
    """Give the text of columns of equal length, row by row where it fits into memory at once.

    Parameters
    ----------
    columns : list of (name, pyarrow.Array)
    first_row : int
        Number of the first row.
    packer : Packer
    numbers : numpy.ndarray, optional
        Numbers of all rows, where they do not follow one another.
    """
    if not columns or not len(columns[0][1]):
        return
    height = len(columns[0][1])
    step = _step(columns, height)
    for start in range(0, height, step):
        stop = min(start + step, height)
        rows = np.arange(first_row + start, first_row + stop) if numbers is None else numbers[start:stop]
        found: list[Leaf] = []
        for name, array in columns:
            found += _leaves(array.slice(start, step), Values(rows, _escaped(name), path=packer.path))
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


def _leaves(array: Any, at: Values, depth: int = 0) -> Iterator[Leaf]:
    """Give the leaves of one array whose values stand at `at`."""
    kind = array.type
    if not len(array) or depth > _DEPTH or not has_text(kind):
        return
    if isinstance(array, pa.ExtensionArray):
        yield from _leaves(array.storage, at, depth + 1)
    elif types.is_dictionary(kind):
        yield from _leaves(_decoded(array), at, depth + 1)
    elif types.is_map(kind):
        pairs = pa.struct([("key", kind.key_type), ("value", kind.item_type)])
        lists = array.cast(pa.list_(pairs))
        parents, _ = _parents(lists)
        inside = pc.list_flatten(lists)
        yield from _leaves(inside.field(0), at.taken(parents).named(".*"), depth + 1)
        yield from _leaves(inside.field(1), at.taken(parents).named(".*"), depth + 1)
    elif types.is_struct(kind):
        for number, child in enumerate(array.flatten()):
            yield from _leaves(child, at.named(f".{_escaped(kind.field(number).name)}"), depth + 1)
    elif types.is_nested(kind) and hasattr(kind, "value_type"):
        parents, places = _parents(array)
        yield from _leaves(pc.list_flatten(array), at.taken(parents).named("[{}]", places), depth + 1)
    else:
        yield from _plain(array, at)


def _escaped(name: str) -> str:
    """Give a name as part of a field that is still to be filled in."""
    return field_name(name).replace("{", "{{").replace("}", "}}")


def _parents(array: Any) -> tuple[np.ndarray, np.ndarray]:
    """Give, for each flattened value, the index of its list and its place in it."""
    parents = pc.list_parent_indices(array).to_numpy(zero_copy_only=False)
    if not len(parents):
        return parents, parents
    starts = np.flatnonzero(np.concatenate([[True], parents[1:] != parents[:-1]]))
    lengths = np.diff(np.append(starts, len(parents)))
    return parents, np.arange(len(parents)) - np.repeat(starts, lengths)


def _plain(array: Any, at: Values) -> Iterator[Leaf]:
    """Give the values of a flat array as text, without those that are missing or short numbers of nobody."""
    if types.is_string_view(array.type):
        array = array.cast(pa.large_string())
    kind = array.type
    if types.is_integer(kind):
        least = 1 if numbers_people(at.path, at.field) else SHORTEST_NUMBER
        wide = pc.or_kleene(pc.greater_equal(array, pa.scalar(least, kind)), _below(array))
        keep = pc.fill_null(wide, False)
    elif types.is_binary(kind) or types.is_large_binary(kind):
        array = pa.array([_text_in(value) for value in array.to_pylist()], pa.large_string())
        keep = array.is_valid()
    elif not array.null_count:
        yield at, _sound(array).cast(pa.large_string())
        return
    else:
        keep = array.is_valid()
    at = at.taken(keep.to_numpy(zero_copy_only=False))
    if len(at.rows):
        yield at, _sound(array.filter(keep)).cast(pa.large_string())


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
    fields = pa.concat_arrays([at.fields() for at, _ in found])
    rows = np.concatenate([at.rows for at, _ in found])
    texts = pa.concat_arrays([texts for _, texts in found])
    if len(found) > 1:
        near = rows - (rows.min() if len(rows) else 0)
        if near.max(initial=0) < 2**16:  # these are sorted several times faster
            near = near.astype(np.uint16)
        order = np.argsort(near, kind="stable")
        rows, fields, texts = rows[order], fields.take(pa.array(order)), texts.take(pa.array(order))
    yield from packer.arrays(rows, fields, texts)
