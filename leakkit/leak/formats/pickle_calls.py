"""What is special about some calls in a pickle: they reach names, load files, take memory or hold code."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from math import prod
from typing import Any

from leakkit.leak.formats.pickle_values import Import, Made

NESTED = frozenset({"torch.storage._load_from_bytes"})
"""Calls that load a file from bytes held in the pickle: what they load is looked at in turn."""

_DILL, _CLOUDPICKLE = ("dill._dill", "dill.dill"), ("cloudpickle.cloudpickle", "joblib.externals.cloudpickle")
REACHING = (
    dict.fromkeys(("builtins.getattr", "__builtin__.getattr"), "attribute")
    | dict.fromkeys((f"{module}._getattribute" for module in _DILL), "attribute")
    | dict.fromkeys((f"{module}._get_attr" for module in _DILL), "attribute")
    | dict.fromkeys((f"numpy.{core}._ufunc_reconstruct" for core in ("core", "_core")), "pair")
    | dict.fromkeys((f"{module}._import_module" for module in _DILL), "dotted")
    | dict.fromkeys((f"{module}.subimport" for module in _CLOUDPICKLE), "module")
    | dict.fromkeys((f"{module}._load_type" for module in _DILL), "type")
    | dict.fromkeys((f"{module}._builtin_type" for module in _CLOUDPICKLE), "type")
)
"""Calls that give something by its name, and how; where the name is known, it is judged instead."""

_CODE = frozenset(
    {f"{module}.{name}" for module in _DILL for name in ("_create_function", "_create_code")}
    | {f"{module}.{name}" for module in _CLOUDPICKLE for name in ("_make_function", "_make_skel_func")}
    | {"types.FunctionType", "types.LambdaType", "types.CodeType"}
)
_HOLDERS = (*(f"{module}." for module in (*_DILL, *_CLOUDPICKLE)), "functools.partial", "types.")
_BUFFERS = frozenset(
    f"{module}.{name}" for module in ("builtins", "__builtin__") for name in ("bytes", "bytearray")
)
_ARRAYS = {
    "numpy.ndarray": 0,
    "numpy.core.multiarray._reconstruct": 1,
    "numpy._core.multiarray._reconstruct": 1,
}
ALLOCATION_LIMIT = 2**32
EXPANSION_LIMIT = 10**7
_EXPANSION_VISITS = 10_000


def reached(path: str, arguments: tuple[Any, ...]) -> tuple[str, str] | None:
    """Give module and name of what a reaching call gives; None where they are not known.

    Examples
    --------
    >>> reached("builtins.getattr", (Import("datetime", "datetime"), "now"))
    ('datetime', 'datetime.now')
    """
    kind = REACHING[path]
    if kind == "attribute":
        return _attribute(*arguments[:2]) if len(arguments) >= 2 else None
    if not arguments or not all(isinstance(word, str) for word in arguments[:2]):
        return None
    first = arguments[0]
    if kind == "pair":
        return (first, arguments[1]) if len(arguments) >= 2 else None
    if kind == "type":
        return path, first
    module, dot, name = first.rpartition(".")
    return (module, name) if kind == "dotted" and dot else (first, "")


def _attribute(place: Any, name: Any) -> tuple[str, str] | None:
    """Give the name of an attribute of an import, or of what an import made."""
    if isinstance(place, Made):
        place = place.maker
    if not isinstance(place, Import) or not isinstance(name, str):
        return None
    return place.module, f"{place.name}.{name}" if place.name else name


def odd_call(target: Any, arguments: tuple[Any, ...]) -> Iterator[str]:
    """Give what is odd about a call: memory without end, or code of the pickle handed to something."""
    path = target.path if isinstance(target, Import) else ""
    first = arguments[0] if arguments else None
    if path in _BUFFERS and type(first) is int and first > ALLOCATION_LIMIT:
        yield "allocation"
    if (
        path in _ARRAYS
        and len(arguments) > _ARRAYS[path]
        and _elements(arguments[_ARRAYS[path]]) > ALLOCATION_LIMIT
    ):
        yield "allocation"
    if not path.startswith(_HOLDERS) and any(isinstance(a, Made) and a.path in _CODE for a in arguments):
        yield "call:computed"


def _elements(shape: Any) -> int:
    """Count the elements of a shape."""
    lengths = shape if isinstance(shape, tuple) else (shape,)
    return prod(n for n in lengths[:64] if type(n) is int)


def expands(value: tuple[Any, ...]) -> bool:
    """Say whether a tuple of tuples unfolds to more than `EXPANSION_LIMIT` items."""
    sizes: dict[int, int] = {}
    pending: list[tuple[tuple[Any, ...], bool]] = [(value, False)]
    visits = 0
    while pending and visits < _EXPANSION_VISITS:
        item, below_done = pending.pop()
        visits += 1
        inner = [part for part in item if isinstance(part, tuple)]
        if below_done:
            sizes[id(item)] = len(item) + sum(sizes.get(id(part), 1) for part in inner)
            if sizes[id(item)] > EXPANSION_LIMIT:
                return True
        elif id(item) not in sizes:
            pending.append((item, True))
            pending.extend((part, False) for part in inner if id(part) not in sizes)
    return False


_SUSPECT = re.compile(rb"\x80[\x02-\x05]|gA[I-X]|800[2-5]")


def is_suspect(start: bytes) -> bool:
    """Say whether bytes or text begin as a pickle does: as it is, in base 64, or in hexadecimal digits."""
    return _SUSPECT.match(start) is not None


def decoded(data: bytes) -> bytes:
    """Give the bytes that a suspect constant stands for; none when it does not decode."""
    try:
        if data[:1] == b"g":
            return base64.b64decode(data + b"=" * (-len(data) % 4), validate=False)
        return binascii.unhexlify(data) if data[:3] == b"800" else data
    except (ValueError, binascii.Error):
        return b""
