"""Pickles written opcode by opcode: a torch zip that torch would load, and one that would run a command.

Nothing here imports pickle, and nothing made here is ever loaded.
"""

from __future__ import annotations

import io
import struct
from typing import Any

import numpy as np

from data.make_sample_leak.archives import zip_bytes

Array = np.ndarray[Any, Any]

PROTO, STOP, MARK, TUPLE, TUPLE1, EMPTY_TUPLE, TUPLE2 = b"\x80", b".", b"(", b"t", b"\x85", b")", b"\x86"
EMPTY_DICT, SETITEM, REDUCE, BINPERSID, NEWFALSE = b"}", b"s", b"R", b"Q", b"\x89"

WOULD_RUN = "echo INVENTED: the sample leak of leakkit would have run this sentence"


def _text(text: str) -> bytes:
    """BINUNICODE."""
    raw = text.encode()
    return b"X" + struct.pack("<I", len(raw)) + raw


def _number(value: int) -> bytes:
    """BININT."""
    return b"J" + struct.pack("<i", value)


def _name(module: str, name: str) -> bytes:
    """GLOBAL: what a loader would import."""
    return f"c{module}\n{name}\n".encode()


def _numbers(values: tuple[int, ...]) -> bytes:
    """Build a tuple of numbers."""
    return MARK + b"".join(map(_number, values)) + TUPLE


def _tensor(key: str, values: Array) -> bytes:
    """A tensor as torch.save writes it: a storage named by a persistent id, and how to look at it."""
    storage = MARK + _text("storage") + _name("torch", "FloatStorage") + _text(key) + _text("cpu")
    storage += _number(values.size) + TUPLE + BINPERSID
    strides = tuple(int(np.prod(values.shape[axis + 1 :])) for axis in range(values.ndim))
    hooks = _name("collections", "OrderedDict") + EMPTY_TUPLE + REDUCE
    arguments = (
        MARK + storage + _number(0) + _numbers(values.shape) + _numbers(strides) + NEWFALSE + hooks + TUPLE
    )
    return _name("torch._utils", "_rebuild_tensor_v2") + arguments + REDUCE


def torch_zip(tensors: dict[str, Array], stem: str) -> bytes:
    """Write a state dict of float32 tensors as torch.save has done since version 1.6."""
    pickle = PROTO + b"\x02" + EMPTY_DICT
    for place, (name, values) in enumerate(tensors.items()):
        pickle += _text(name) + _tensor(str(place), values) + SETITEM
    members = [(f"{stem}/data.pkl", pickle + STOP), (f"{stem}/byteorder", b"little")]
    members += [
        (f"{stem}/data/{place}", np.ascontiguousarray(values, "<f4").tobytes())
        for place, values in enumerate(tensors.values())
    ]
    members.append((f"{stem}/version", b"3\n"))
    return zip_bytes(members, time=(1980, 1, 1, 0, 0, 0))


def command_pickle() -> bytes:
    """Write a pickle that would call os.system with `WOULD_RUN` if somebody loaded it. It is data here."""
    return PROTO + b"\x04" + _name("posix", "system") + _text(WOULD_RUN) + TUPLE1 + REDUCE + STOP


def npz(arrays: dict[str, Array]) -> bytes:
    """Write arrays as numpy.savez does, with a fixed time."""
    members = []
    for name, values in arrays.items():
        buffer = io.BytesIO()
        np.lib.format.write_array(buffer, values, version=(1, 0), allow_pickle=False)
        members.append((f"{name}.npy", buffer.getvalue()))
    return zip_bytes(members, time=(1980, 1, 1, 0, 0, 0))
