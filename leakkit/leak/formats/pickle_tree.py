"""Walks what a pickle would give, by name, and describes the NumPy arrays in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import prod
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Tensor
from leakkit.leak.formats.dtypes import LARGEST_COUNT
from leakkit.leak.formats.numpy_dtypes import NumpyType, numpy_type
from leakkit.leak.formats.pickle_values import Blob, Made
from leakkit.leak.text import printable

VISITS_LIMIT = 500_000
DEPTH_LIMIT = 60
DIMENSIONS_LIMIT = 64
NAME_LIMIT = 300

_INNER = frozenset({"_parameters", "_buffers", "_modules", "__dict__"})
_RECONSTRUCT = frozenset(
    f"numpy.{core}.multiarray._reconstruct" for core in ("core", "_core")
) | {"numpy.ma.core._mareconstruct"}  # fmt: skip
_FROM_BUFFER = frozenset(f"numpy.{core}.numeric._frombuffer" for core in ("core", "_core"))
_WRAPPER = ".numpy_pickle.NumpyArrayWrapper"


def named_objects(root: Any, wanted: Callable[[Made], bool]) -> Iterator[tuple[str, Made]]:
    """Give every wanted object below `root` with its dotted path, in order; each container once.

    What torch keeps in ``_modules``, ``_parameters`` and ``_buffers`` goes by the names a state
    dictionary would give it.
    """
    pending: list[tuple[str, Any, int]] = [("", root, 0)]
    seen: set[int] = set()
    visits = 0
    while pending and visits < VISITS_LIMIT:
        path, value, depth = pending.pop()
        visits += 1
        if isinstance(value, Made):
            if wanted(value):
                yield path, value
                continue
            if id(value) in seen:
                continue
            seen.add(id(value))
        if depth < DEPTH_LIMIT:
            pending.extend(reversed([(_join(path, k), v, depth + 1) for k, v in _below(value)]))


def _below(value: Any) -> Iterator[tuple[str, Any]]:
    """Give the parts of one value that may hold something, with their names."""
    if isinstance(value, tuple):
        yield from (("", item) for item in value if isinstance(item, Made | tuple))
    elif isinstance(value, Made):
        for item in (value.arguments, value.state):
            if isinstance(item, Made | tuple):
                yield "", item
        if pair := _pair(value):
            yield pair
        else:
            for key, item in value.children.items():
                if isinstance(item, Made | tuple):
                    yield "" if isinstance(item, Made) and _pair(item) else key, item


def _pair(value: Made) -> tuple[str, Any] | None:
    """Give name and value of a two-item list: how Python 2 pickles the items of an OrderedDict."""
    if len(value.children) == 2 and value.maker is None and isinstance(value.children.get("0"), str):
        return value.children["0"], value.children.get("1")
    return None


def _join(path: str, name: str) -> str:
    """Put a name behind a path."""
    if not name or name in _INNER:
        return path
    return f"{path}.{name}" if path else name


def checked_sizes(value: Any) -> tuple[int, ...] | None:
    """Give a shape, or None where it is none that an array can have."""
    if not isinstance(value, tuple) or len(value) > DIMENSIONS_LIMIT:
        return None
    if not all(type(size) is int and 0 <= size < LARGEST_COUNT for size in value):
        return None
    return value if prod(value) <= LARGEST_COUNT else None


def numpy_type_of(value: Any) -> NumpyType | None:
    """Read a pickled ``numpy.dtype``."""
    if not isinstance(value, Made) or not value.arguments or not isinstance(value.arguments[0], str):
        return None
    try:
        kind = numpy_type(value.arguments[0])
    except BadMemberError:
        return None
    state = value.state if isinstance(value.state, tuple) and len(value.state) >= 8 else ()
    if state and type(state[5]) is int and 0 < state[5] < LARGEST_COUNT:
        has_object = kind.is_object or (type(state[7]) is int and bool(state[7] & 1))
        kind = NumpyType("STRUCT" if kind.word == "VOID" else kind.word, state[5], has_object)
    return kind


def arrays_of(root: Any) -> list[Tensor]:
    """Describe the NumPy arrays below `root`: shape, dtype, and where their bytes stand.

    An array in a plain pickle is data as often as it is weights; nothing is summed up here.
    """
    found = (_array(path, made) for path, made in named_objects(root, _is_array))
    return [tensor for tensor in found if tensor is not None]


def _is_array(made: Made) -> bool:
    """Say whether an object is an array that was pickled or wrapped."""
    path = made.path or ""
    return path in _RECONSTRUCT or path in _FROM_BUFFER or path.endswith(_WRAPPER)


def _array(path: str, made: Made) -> Tensor | None:
    """Describe one array; None where its description does not hold together."""
    maker, state = made.path or "", made.state
    if maker.endswith(_WRAPPER):
        entries = state.children if isinstance(state, Made) else {}
        parts = (entries.get("shape"), entries.get("dtype"), entries.get("data"))
    elif maker in _FROM_BUFFER and len(made.arguments) >= 3:
        parts = (made.arguments[2], made.arguments[1], made.arguments[0])
    elif isinstance(state, tuple) and len(state) >= 5:
        parts = (state[1], state[2], state[4])
    else:
        return None
    shape, kind = checked_sizes(parts[0]), numpy_type_of(parts[1])
    if shape is None or kind is None:
        return None
    size = None if kind.is_object else prod(shape) * kind.size
    blob = parts[2] if isinstance(parts[2], Blob) else None
    if size is not None and blob is not None and blob.length != size:
        return None
    return Tensor(printable(path, NAME_LIMIT), kind.word, shape, size, blob.offset if blob else None)
