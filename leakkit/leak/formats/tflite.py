"""TensorFlow Lite models: tensors, weights and operators from the FlatBuffer's tables, by hand.

https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs.
Every offset is checked against the file before it is followed; nothing is walked twice.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.dtypes import stored_bytes
from leakkit.leak.formats.protobuf import Window
from leakkit.leak.formats.weights import checked_shape, describe_weights
from leakkit.leak.source import Source
from leakkit.leak.text import printable

DTYPES = {
    0: "F32", 1: "F16", 2: "I32", 3: "U8", 4: "I64", 5: "STRING", 6: "BOOL", 7: "I16", 8: "C64", 9: "I8",
    10: "F64", 11: "C128", 12: "U64", 13: "RESOURCE", 14: "VARIANT", 15: "U32", 16: "U16", 17: "I4",
    18: "BF16", 19: "I2", 20: "U4",
}  # fmt: skip
_CUSTOM = 32
_ITEMS_LIMIT, _TABLES_LIMIT, _TENSORS_LIMIT = 500_000, 400_000, 100_000
_VTABLE_LIMIT = 256  # the widest table of the schema has under 30 fields of two bytes
_RULES_LIMIT = 20
_CODE_OPERATORS = ("FlexReadFile", "FlexWriteFile", "FlexPyFunc", "FlexPyFuncStateless", "FlexEagerPyFunc")


class Table:
    """One table of a FlatBuffer; a field that is absent gives its default.

    Parameters
    ----------
    window : Window
        The member.
    position : int
        Where the table stands.
    """

    def __init__(self, window: Window, position: int) -> None:
        window.spend()
        self.window, self.position = window, position
        vtable = position - _number(window, position, "i")
        size = _number(window, vtable, "H")
        if not 4 <= size <= _VTABLE_LIMIT or size % 2 or vtable < 0:
            raise BadMemberError("a table's field list is out of shape")
        self.fields = struct.unpack(f"<{size // 2 - 2}H", _bytes(window, vtable + 4, size - 4))

    def _at(self, field: int) -> int | None:
        """Give the position of a field's value."""
        offset = self.fields[field] if field < len(self.fields) else 0
        return self.position + offset if offset else None

    def number(self, field: int, code: str, default: int = 0) -> int:
        """Give a number; `code` as in `struct`."""
        at = self._at(field)
        return default if at is None else _number(self.window, at, code)

    def target(self, field: int) -> int | None:
        """Give the position of what a field points to."""
        at = self._at(field)
        return None if at is None else at + _number(self.window, at, "I")

    def vector(self, field: int, item_bytes: int) -> tuple[int, int]:
        """Give position and length of a vector whose items fit the file."""
        at = self.target(field)
        if at is None:
            return 0, 0
        length = _number(self.window, at, "I")
        if at + 4 + length * item_bytes > self.window.size:
            raise BadMemberError("a vector is longer than the file", status="truncated")
        return at + 4, length

    def text(self, field: int) -> str:
        """Give a text of at most 500 bytes."""
        at, length = self.vector(field, 1)
        return _bytes(self.window, at, min(length, 500)).decode("utf-8", "replace") if length else ""

    def tables(self, field: int) -> Iterator[Table]:
        """Give the tables that a vector points to."""
        at, length = self.vector(field, 4)
        if length > _ITEMS_LIMIT:
            raise BadMemberError("a vector has more tables than are read", status="limit")
        for position in range(at, at + 4 * length, 4):
            yield Table(self.window, position + _number(self.window, position, "I"))


def _bytes(window: Window, position: int, length: int) -> bytes:
    """Give bytes of the file, all of them or an error."""
    if position < 0 or position + length > window.size:
        raise BadMemberError("an offset points out of the file", status="truncated")
    return window.read_at(position, length)


def _number(window: Window, position: int, code: str) -> int:
    """Give one little-endian number."""
    layout = "<" + code
    return int(struct.unpack(layout, _bytes(window, position, struct.calcsize(layout)))[0])


def read(source: Source, format: str = "tflite") -> Facts:
    r"""Give what a TensorFlow Lite model says of itself.

    Returns
    -------
    Facts
        ``n_params`` counts the elements of tensors that have data in the file, each buffer once.
        Operators that are not built in are ``review``; those that reach files or Python are ``yes``.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> read(BytesSource(b"\x00\x00\x00\x00nope"))
    Traceback (most recent call last):
    ...
    leakkit.errors.BadMemberError: the file does not have TFL3 at byte 4.
    """
    if source.head[4:8] != b"TFL3":
        raise BadMemberError("the file does not have TFL3 at byte 4")
    window, facts = Window(source, _TABLES_LIMIT), Facts(danger="none_found")
    model = Table(window, _number(window, 0, "I"))
    facts.values["x_schema_version"] = model.number(0, "I")
    description = model.text(3)
    if description:
        facts.values["x_producer"] = printable(description, 100)
    _judge_operators(facts, model)
    try:
        buffers = [_buffer(table) for table in model.tables(4)]
        describe_weights(facts, _tensors(facts, model, buffers), file_name=source.name)
    except BadMemberError as error:
        facts.status, facts.error = error.status, error.reason
    return facts


def _buffer(table: Table) -> tuple[int, int]:
    """Give position and length of a buffer's data, inside the tables or behind them (large models)."""
    position, length = table.vector(0, 1)
    outside, size = table.number(1, "Q"), table.number(2, "Q")
    if not length and outside > 1 and size:
        if outside + size > table.window.size:
            raise BadMemberError("a buffer reaches beyond the file", status="truncated")
        return outside, size
    return position, length


def _tensors(facts: Facts, model: Table, buffers: list[tuple[int, int]]) -> list[Tensor]:
    """Give the tensors that have data, each buffer once."""
    found: dict[int, Tensor] = {}
    for graph in model.tables(2):
        for table in graph.tables(0):
            number = table.number(2, "I")
            if number >= len(buffers):
                raise BadMemberError("a tensor names a buffer that is not there")
            offset, length = buffers[number]
            if not length or number in found or number == 0:
                continue
            if len(found) >= _TENSORS_LIMIT:
                raise BadMemberError("the model has more tensors than are read", status="limit")
            found[number] = _tensor(facts, table, offset, length)
    return list(found.values())


def _tensor(facts: Facts, table: Table, offset: int, length: int) -> Tensor:
    """Give one tensor after checking its shape against its data."""
    at, rank = table.vector(0, 4)
    if rank > 32:
        raise BadMemberError("a tensor has more than 32 dimensions")
    shape = checked_shape(struct.unpack(f"<{rank}i", _bytes(table.window, at, 4 * rank)))
    kind = table.number(1, "B")
    tensor = Tensor(table.text(3), DTYPES.get(kind, f"TFLITE_{kind}"), shape, length, offset)
    expected = stored_bytes(tensor.dtype, tensor.n_params)
    is_sparse = table.target(6) is not None
    if expected is None or is_sparse or expected == length:
        return tensor if expected is not None else tensor._replace(shape=())
    if expected > length:
        facts.flag("yes", "shape-lie")
    raise BadMemberError("a tensor's shape disagrees with its data")


def _judge_operators(facts: Facts, model: Table) -> None:
    """Flag operators that the runtime does not have built in."""
    names: Counter[str] = Counter()
    for table in model.tables(1):
        code = max(table.number(0, "b"), table.number(3, "i"))
        if code == _CUSTOM:
            names[table.text(1)] += 1
    for name in sorted(names)[:_RULES_LIMIT]:
        facts.flag("review", f"custom-operator:{printable(name, 60)}")
    for name in _CODE_OPERATORS:
        if name in names:
            facts.flag("yes", f"tf-operator:{name}")
