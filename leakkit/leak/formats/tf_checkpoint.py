"""TensorFlow checkpoint index (``*.index``): names, shapes and dtypes of the tensors beside it.

The file is a LevelDB-style sorted table: data blocks, an index block and a 48-byte footer that ends in a
magic number; https://github.com/google/leveldb/blob/main/doc/table_format.md. Values are
BundleEntryProto (tensorflow/core/protobuf/tensor_bundle.proto).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.dtypes import stored_bytes
from leakkit.leak.formats.protobuf import BYTES, VARINT, Window, varint_at, walk
from leakkit.leak.formats.tf_tensors import DTYPES, read_shape
from leakkit.leak.formats.weights import describe_weights, tensor_name
from leakkit.leak.source import BytesSource, Source

FOOTER_BYTES = 48
MAGIC = bytes.fromhex("57fb808b247547db")
_TENSORS_LIMIT = 100_000
_KEY_LIMIT = 4_096
_BLOCK_LIMIT = 4 * 2**20
_TRAINING_STATE = re.compile(
    r"\.OPTIMIZER_SLOT/|(?:^|/)_?optimizer(?:/|$)|(?:^|/)save_counter/|(?:^|/)global_step$"
    r"|/(?:Adam(?:_1)?|Momentum|RMSProp(?:_1)?|Adagrad|ExponentialMovingAverage)$|^_CHECKPOINTABLE"
)


def read(source: Source, format: str = "tf-checkpoint-index") -> Facts:
    """Give the tensors a checkpoint speaks of; their bytes are in other files, so the count is a claim.

    State of the optimiser (slots, counters) is left out of ``n_params`` and of the tensors;
    ``x_n_training_state`` tells how many entries that were.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> read(BytesSource(b"not a table"))
    Traceback (most recent call last):
    ...
    leakkit.errors.BadMemberError: the file has no table footer.
    """
    footer = source.read_at(max(0, source.size - FOOTER_BYTES), FOOTER_BYTES)
    if len(footer) < FOOTER_BYTES or footer[-8:] != MAGIC:
        raise BadMemberError("the file has no table footer")
    facts = Facts()
    try:
        tensors = _read_table(facts, source, footer)
        describe_weights(facts, tensors, by="claim", file_name=source.name)
    except BadMemberError as error:
        if facts.danger is None:
            raise
        facts.status, facts.error = error.status, error.reason
    return facts


def _read_table(facts: Facts, source: Source, footer: bytes) -> list[Tensor]:
    """Give the tensors of all data blocks."""
    tensors: list[Tensor] = []
    n_state, bytes_left = 0, source.size
    _, _, position = _handle(footer, 0)
    index_offset, index_size, _ = _handle(footer, position)
    for _, handle in _entries(_block(source, index_offset, index_size)):
        offset, size, _ = _handle(handle, 0)
        bytes_left -= size
        if bytes_left < 0:
            raise BadMemberError("the table's blocks share bytes")
        for key, value in _entries(_block(source, offset, size)):
            if not key:
                _read_bundle_header(facts, value)
            elif _TRAINING_STATE.search(name := key.decode("utf-8", "replace")):
                n_state += 1
            else:
                tensors += _tensor(facts, name, value)
            if len(tensors) + n_state > _TENSORS_LIMIT:
                raise BadMemberError("the index has more tensors than are read", status="limit")
    facts.values["x_n_training_state"] = n_state
    return tensors


def _handle(data: bytes, position: int) -> tuple[int, int, int]:
    """Give offset and size of a block, and the position after the handle."""
    try:
        offset, position = varint_at(data, position)
        size, position = varint_at(data, position)
    except IndexError:
        raise BadMemberError("a block handle is cut off") from None
    return offset, size, position


def _block(source: Source, offset: int, size: int) -> bytes:
    """Read one block without its restart list; compressed blocks are not written for checkpoints."""
    if size > _BLOCK_LIMIT:
        raise BadMemberError("a table block is larger than is read", status="limit")
    if offset + size + 5 > source.size or size < 4:
        raise BadMemberError("a block handle points out of the file")
    data = source.read_at(offset, size + 5)
    if len(data) != size + 5:
        raise BadMemberError("a block is cut off", status="truncated")
    if data[size] != 0:
        raise BadMemberError("a table block is compressed, which checkpoints are not", status="refused")
    restarts = struct.unpack_from("<I", data, size - 4)[0]
    if 4 * restarts + 4 > size:
        raise BadMemberError("a block's restart list is longer than the block")
    return data[: size - 4 - 4 * restarts]


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give keys and values of a block; a key shares its beginning with the one before."""
    position, key = 0, b""
    try:
        while position < len(block):
            shared, position = varint_at(block, position)
            own, position = varint_at(block, position)
            length, position = varint_at(block, position)
            if shared > len(key) or position + own + length > len(block):
                raise BadMemberError("a table entry is longer than its block")
            key = key[:shared] + block[position : position + own]
            if len(key) > _KEY_LIMIT:
                raise BadMemberError("a table key is longer than any name", status="limit")
            yield key, block[position + own : position + own + length]
            position += own + length
    except IndexError:
        raise BadMemberError("a table entry is cut off") from None


def _read_bundle_header(facts: Facts, value: bytes) -> None:
    """Note the number of data files."""
    for part in walk(Window(BytesSource(value)), 0, len(value)):
        if part.number == 1 and part.wire == VARINT and part.value < 1 << 31:
            facts.values["x_shards"] = part.value


def _tensor(facts: Facts, name: str, value: bytes) -> list[Tensor]:
    """Give the tensor of one entry; nothing for text, resources and pieces of a partitioned tensor."""
    dtype, window = "", Window(BytesSource(value))
    shape: tuple[int, ...] = ()
    size: int | None = None
    for part in walk(window, 0, len(value)):
        if part.number == 1 and part.wire == VARINT:
            dtype = DTYPES.get(part.value, f"TF_{part.value}")
        elif part.number == 2 and part.wire == BYTES:
            shape = read_shape(window, part) or ()
        elif part.number == 5 and part.wire == VARINT:
            size = part.value
        elif part.number == 7:
            size = None
    tensor = Tensor(tensor_name(name), dtype, shape)
    expected = stored_bytes(dtype, tensor.n_params)
    if expected is None or size is None:
        return []
    if size != expected:
        if size < expected:
            facts.flag("yes", "shape-lie")
        raise BadMemberError("an entry's shape disagrees with its size")
    return [tensor._replace(nbytes=size)]
