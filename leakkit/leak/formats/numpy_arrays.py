"""NumPy arrays (``.npy``) and archives of them (``.npz``): headers only, never `numpy.load`.

https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html (versions 1 to 3). An array of
Python objects is a pickle: it is flagged ``npy-object-pickle`` and its imports are judged.
"""

from __future__ import annotations

import ast
import struct
import warnings
from typing import Any, NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.budget import Budget, Meter
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.damage import is_text_mangled
from leakkit.leak.formats.numpy_dtypes import NumpyType, numpy_type
from leakkit.leak.formats.weights import checked_shape, describe_weights
from leakkit.leak.source import HEADER_LIMIT, BytesSource, Source
from leakkit.leak.text import printable

MAGIC = b"\x93NUMPY"
_HEADER_LIMIT = 65_536
_MEMBERS_LIMIT = 50_000
_MEMBER_HEAD = _HEADER_LIMIT + 16
_USUAL_HEADER = 1_024
_LONG_HEADERS = 2**20  # bytes of headers longer than usual in one archive


class ArrayHeader(NamedTuple):
    """What stands before the data of one array."""

    kind: NumpyType
    shape: tuple[int, ...]
    data_offset: int

    def tensor(self, name: str) -> Tensor:
        """Describe the array as a tensor."""
        count = Tensor(name, "", self.shape).n_params
        nbytes = None if self.kind.is_object else count * self.kind.size
        return Tensor(name, self.kind.word, self.shape, nbytes, self.data_offset)


def read(source: Source, format: str) -> Facts:
    """Give shape and dtype of an array, or of every array in an archive.

    Parameters
    ----------
    source : Source
        The member.
    format : str
        ``npy`` or ``npz``.

    Returns
    -------
    Facts
        ``n_params`` counts the elements of numeric arrays. ``status`` is ``truncated`` when an array's
        data are cut off; the count is then a ``claim``.

    Examples
    --------
    >>> import io, numpy
    >>> numpy.save(buffer := io.BytesIO(), numpy.zeros((2, 3), "float32"))
    >>> from leakkit.leak.source import BytesSource
    >>> read(BytesSource(buffer.getvalue()), "npy").values["n_params"]
    6
    """
    return _read_archive(source) if format == "npz" else _read_array(source)


def array_header(head: bytes) -> ArrayHeader:
    """Read the header that an array's first bytes hold; a longer one than 64 KiB is refused."""
    if head[:6] != MAGIC:
        if is_text_mangled(head):
            raise BadMemberError("text-mangled copy: bytes over 7F were replaced by U+FFFD")
        raise BadMemberError("the array does not begin as NumPy arrays do")
    version = head[6] if len(head) > 6 else 1
    if version not in (1, 2, 3):
        raise BadMemberError("the version of the array's header is not 1, 2 or 3")
    start = 10 if version == 1 else 12
    if len(head) < start:
        raise BadMemberError("the array ends inside its header", status="truncated")
    length = struct.unpack_from("<H" if version == 1 else "<I", head, 8)[0]
    if length > _HEADER_LIMIT:
        raise BadMemberError("the array's header is longer than is read", status="limit")
    if start + length > len(head):
        raise BadMemberError("the array ends inside its header", status="truncated")
    entries = _literal(head[start : start + length].decode("utf-8" if version == 3 else "latin-1", "replace"))
    if not isinstance(entries, dict) or entries.keys() != {"descr", "fortran_order", "shape"}:
        raise BadMemberError("the array's header lacks descr, fortran_order or shape")
    if not isinstance(entries["shape"], tuple):
        raise BadMemberError("the array's shape is no tuple")
    return ArrayHeader(numpy_type(entries["descr"]), checked_shape(entries["shape"]), start + length)


def _literal(text: str) -> Any:
    """Evaluate a Python literal; nothing else can stand in it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd escapes in hostile text
            return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        raise BadMemberError("the array's header is no Python literal") from None


def _read_array(source: Source) -> Facts:
    """Read one array."""
    header = array_header(source.read_at(0, _MEMBER_HEAD))
    facts = Facts(danger="none_found")
    tensor = header.tensor("")
    if header.kind.is_object:
        _judge_objects(facts, source, header.data_offset)
    elif header.data_offset + (tensor.nbytes or 0) > source.size:
        facts.status = "truncated"
        facts.error = (
            f"the header speaks of {tensor.nbytes:,} bytes; {source.size - header.data_offset:,} are there"
        )
    describe_weights(facts, [tensor], by="header" if facts.status == "ok" else "claim")
    return facts


def _judge_objects(facts: Facts, source: Source, offset: int) -> None:
    """Flag an array of Python objects and judge the pickle that it is."""
    from leakkit.leak.formats.pickles import flag_pickle

    facts.flag("review", "npy-object-pickle")
    flag_pickle(facts, source, offset)


def _read_archive(source: Source) -> Facts:
    """Read the headers of all arrays in an archive; a broken one makes the archive corrupt."""
    from leakkit.leak.archives.zipped import iter_zip

    facts = Facts(danger="none_found")
    tensors: list[Tensor] = []
    budget = [_LONG_HEADERS]
    try:
        for entry in iter_zip(source.stream(), Meter(Budget(members=_MEMBERS_LIMIT))):
            if len(tensors) >= _MEMBERS_LIMIT:
                raise BadMemberError("the archive has more arrays than are read", status="limit")
            if entry.name.endswith(".npy") and entry.open is not None:
                tensors.append(_member(facts, entry, budget))
    except BadMemberError as error:
        facts.status, facts.error = error.status, error.reason
    if facts.status == "ok":
        describe_weights(facts, tensors, file_name=source.name)
    else:
        facts.tensors = tensors
    return facts


def _member(facts: Facts, entry: Any, budget: list[int]) -> Tensor:
    """Read the header of one array in an archive; its data are unpacked only when they are a pickle."""
    with entry.open() as file:
        head = file.read(_USUAL_HEADER)
        if _header_end(head) > len(head):
            head += file.read(_HEADER_LIMIT)
            budget[0] -= len(head)
            if budget[0] < 0:
                raise BadMemberError("the archive's headers are longer than are read", status="limit")
        header = array_header(head)
        tensor = header.tensor(printable(entry.name.removesuffix(".npy"), 500))._replace(offset=None)
        if header.kind.is_object:
            _judge_objects(facts, BytesSource(head + file.read(HEADER_LIMIT), entry.name), header.data_offset)
        elif entry.size is not None and header.data_offset + (tensor.nbytes or 0) > entry.size:
            facts.flag("yes", "shape-lie")
            raise BadMemberError("an array's shape disagrees with its data")
    return tensor


def _header_end(head: bytes) -> int:
    """Give where the data of an array begin, by the length that its header states."""
    if head[:6] != MAGIC or len(head) < 12:
        return 0
    return 10 + int(struct.unpack_from("<H" if head[6] == 1 else "<I", head, 8)[0]) + 2 * (head[6] > 1)
