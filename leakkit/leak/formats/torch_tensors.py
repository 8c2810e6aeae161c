"""Tensors in a pickle of torch: which storage they lie in, their dtype, shape and place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod
from typing import Any, NamedTuple

from leakkit.leak.formats.dtypes import BITS
from leakkit.leak.formats.pickle_tree import NAME_LIMIT, checked_sizes, named_objects
from leakkit.leak.formats.pickle_values import Import, Made, Persistent
from leakkit.leak.text import printable

_STORAGES = {
    "Double": "F64", "Float": "F32", "Half": "F16", "BFloat16": "BF16", "Long": "I64", "Int": "I32",
    "Short": "I16", "Char": "I8", "Byte": "U8", "Bool": "BOOL", "ComplexFloat": "C64",
    "ComplexDouble": "C128", "QUInt8": "U8", "QInt8": "I8", "QInt32": "I32", "QUInt4x2": "U8",
    "QUInt2x4": "U8", "UInt16": "U16", "UInt32": "U32", "UInt64": "U64", "Float8_e4m3fn": "F8_E4M3",
    "Float8_e5m2": "F8_E5M2", "Untyped": "U8",
}  # fmt: skip
_DTYPES = {
    "float32": "F32", "float": "F32", "float64": "F64", "double": "F64", "float16": "F16", "half": "F16",
    "bfloat16": "BF16", "int64": "I64", "long": "I64", "int32": "I32", "int": "I32", "int16": "I16",
    "short": "I16", "int8": "I8", "uint8": "U8", "uint16": "U16", "uint32": "U32", "uint64": "U64",
    "bool": "BOOL", "complex64": "C64", "complex128": "C128", "float8_e4m3fn": "F8_E4M3",
    "float8_e5m2": "F8_E5M2", "float8_e4m3fnuz": "F8_E4M3FNUZ", "float8_e5m2fnuz": "F8_E5M2FNUZ",
    "float8_e8m0fnu": "F8_E8M0", "float4_e2m1fn_x2": "U8", "qint8": "I8", "quint8": "U8", "qint32": "I32",
    "quint4x2": "U8",
}  # fmt: skip
_IN_STORAGE = frozenset(
    f"torch._utils.{name}"
    for name in ("_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3", "_rebuild_qtensor")
)
_WRAPPED = frozenset({"torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state"})
_TYPED = frozenset({"torch._tensor._rebuild_from_type_v2", "torch._tensor._rebuild_from_type"})
_NO_STORAGE = frozenset({"torch._utils._rebuild_meta_tensor_no_storage"})
_OLD = re.compile(r"torch\.(?:cuda\.)?(\w+)Tensor")
_NOT_WEIGHTS = re.compile(
    r"(?:.{0,40}optim\w*|lr_schedulers?|schedulers?|loops|callbacks|(?:cuda_|torch_|numpy_|python_)?rng_states?"
    r"|random_states?|(?:grad_|amp_)?scaler)(?:\.|$)",
    re.IGNORECASE,
)
_DEPTH_LIMIT = 8


class TorchTensor(NamedTuple):
    """One tensor and the stretch of a storage it lies in; `key` is None without a storage."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    key: str | None = None
    start: int = 0
    strides: tuple[int, ...] = ()
    storage_length: int = 0

    @property
    def item_size(self) -> int:
        """Bytes of one element."""
        return BITS.get(self.dtype, 8) // 8

    @property
    def end(self) -> int:
        """First element of the storage behind the tensor."""
        if not all(self.shape):
            return self.start
        return self.start + 1 + sum((n - 1) * step for n, step in zip(self.shape, self.strides, strict=True))

    @property
    def is_contiguous(self) -> bool:
        """True when its elements lie one after another in the order of the shape."""
        expected = 1
        for n, step in zip(reversed(self.shape), reversed(self.strides), strict=True):
            if n != 1 and step != expected:
                return False
            expected *= n
        return True

    @property
    def n_distinct(self) -> int:
        """Elements that are really stored; an expanded tensor repeats a few."""
        if self.key is None:
            return prod(self.shape)
        return prod(n for n, step in zip(self.shape, self.strides, strict=True) if step or not n)

    @property
    def is_weight(self) -> bool:
        """False for the state of optimisers, schedulers and random generators in a checkpoint."""
        return not _NOT_WEIGHTS.match(self.name)


def tensors_of(root: Any) -> Iterator[TorchTensor]:
    """Give the tensors below `root` with the names a state dictionary gives them."""
    for path, made in named_objects(root, _is_tensor):
        tensor = _tensor(printable(path, NAME_LIMIT), made)
        if tensor is not None:
            yield tensor


def count_parameters(tensors: list[TorchTensor]) -> int:
    """Count stored elements of the weights; tensors that share the same stretch of a storage count once.

    Tied weights (input and output embedding) and views of one storage with the same start and shape are
    one tensor under several names. What a checkpoint keeps for its optimiser, scheduler or random
    generator is left out. Buffers (running means, positions) count, as they do in safetensors.
    """
    distinct = {
        (t.key, t.start, t.shape) if t.key is not None else (t.name, 0, t.shape): t.n_distinct
        for t in tensors
        if t.is_weight
    }
    return sum(distinct.values())


def _is_tensor(made: Made) -> bool:
    """Say whether an object is a tensor that torch rebuilds."""
    path = made.path
    if path is None or not path.startswith("torch."):
        return False
    known = path in _IN_STORAGE or path in _WRAPPED or path in _TYPED or path in _NO_STORAGE
    return known or (_OLD.fullmatch(path) is not None and isinstance(made.state, tuple))


def _tensor(name: str, made: Made, depth: int = 0) -> TorchTensor | None:
    """Describe one tensor; None where its description does not hold together."""
    path, arguments = made.path or "", made.arguments
    if path in _IN_STORAGE:
        return _stored(name, *_padded(arguments, 7))
    if path in _NO_STORAGE and len(arguments) >= 2:
        shape = checked_sizes(_size(arguments[1]))
        return None if shape is None else TorchTensor(name, _dtype(arguments[0]) or "UNKNOWN", shape)
    if depth < _DEPTH_LIMIT and path in _WRAPPED and arguments and isinstance(arguments[0], Made):
        return _tensor(name, arguments[0], depth + 1)
    if depth < _DEPTH_LIMIT and path in _TYPED and len(arguments) >= 3 and isinstance(arguments[2], tuple):
        return _tensor(name, Made(arguments[0], arguments[2]), depth + 1)
    if _OLD.fullmatch(path) and isinstance(made.state, tuple):
        return _stored(name, *_padded(made.state, 7))
    return None


def _padded(values: tuple[Any, ...], length: int) -> tuple[Any, ...]:
    """Fill up with None."""
    return (*values[:length], *[None] * (length - len(values)))


def _stored(
    name: str, storage: Any, start: Any, size: Any, strides: Any, _grad: Any, _hooks: Any, dtype: Any
) -> TorchTensor | None:
    """Describe a tensor that lies in a storage."""
    pid = storage.pid if isinstance(storage, Persistent) else None
    if not isinstance(pid, tuple) or len(pid) < 5 or pid[0] != "storage" or not isinstance(pid[2], str | int):
        return None
    shape, steps = checked_sizes(_size(size)), checked_sizes(_size(strides))
    length = pid[4]
    if shape is None or steps is None or len(shape) != len(steps):
        return None
    if type(start) is not int or type(length) is not int or start < 0 or length < 0:
        return None
    word, key = _storage_dtype(pid[1]), str(pid[2])
    if word == "U8" and (declared := _dtype(dtype)) is not None:
        word, length = declared, length * 8 // BITS[declared]
    return TorchTensor(name, word, shape, key, start, steps, length)


def _size(value: Any) -> Any:
    """Give the tuple inside a ``torch.Size``."""
    if isinstance(value, Made) and value.path == "torch.Size" and value.arguments:
        return value.arguments[0]
    return value


def _storage_dtype(storage: Any) -> str:
    """Give the number type of a storage class."""
    name = storage.name if isinstance(storage, Import) else storage if isinstance(storage, str) else ""
    return _STORAGES.get(name.rpartition(".")[2].removesuffix("Storage"), "UNKNOWN")


def _dtype(value: Any) -> str | None:
    """Give the number type of a ``torch.dtype``."""
    return _DTYPES.get(value.name) if isinstance(value, Import) and value.module == "torch" else None
