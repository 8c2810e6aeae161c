"""Pickles of plain values, arrays and tensors, as honest programs write them; none may be flagged."""

from __future__ import annotations

import argparse
import array
import collections
import datetime
import decimal
import fractions
import ipaddress
import pathlib
import pickle
import random
import re
import types
import uuid
import zoneinfo
from typing import Any

import numpy as np

from tests.leak.formats.hostile_pickles import P2, medium, name

PROTOCOLS = range(6)


def _cycle() -> list[Any]:
    """Give a list that holds itself."""
    items: list[Any] = [1]
    items.append(items)
    return items


VALUES: dict[str, Any] = {
    "none": None,
    "numbers": [0, 1, -1, 255, 2**31, -(2**31), 2**63, 10**30, 1.5, float("inf"), 1 + 2j, True, False],
    "texts": ["", "a", "é", "東京", "\U0001f600", "a\nb", "x" * 300, "I am here.", "c os\nsystem\n"],
    "bytes": [b"", b"abc", bytes(range(256)), b"x" * 70_000, bytearray(b"abc")],
    "words that are modules": ["os", "system", "subprocess", "builtins", "eval", "posix", "__import__"],
    "code as text": "import os; os.system('true')",
    "containers": {"list": [1, [2, [3]]], "tuple": (1, (2,)), "set": {1, 2}, "frozen": frozenset([1])},
    "long list": list(range(5_000)),
    "long dictionary": {f"key {n}": n for n in range(3_000)},
    "nested": [[[[[[[[[[1]]]]]]]]]],
    "cycle": _cycle(),
    "shared": [shared := [1, 2], shared, shared],
    "tuple keys": {(1, 2): (3, 4), ((1,), "a"): 2},
    "ordered dictionary": collections.OrderedDict(a=1, b=[2]),
    "counters": [
        collections.Counter("abca"),
        collections.deque([1], 3),
        collections.defaultdict(list, a=[1]),
    ],
    "times": [
        datetime.datetime(2024, 5, 17, 8),
        datetime.date(2024, 5, 17),
        datetime.timedelta(1),
        datetime.UTC,
    ],
    "time with zone": datetime.datetime(2024, 5, 17, tzinfo=zoneinfo.ZoneInfo("UTC")),
    "exact numbers": [decimal.Decimal("1.10"), fractions.Fraction(1, 3)],
    "uuid": uuid.UUID(int=5),
    "paths": [pathlib.PurePosixPath("a/b"), pathlib.PureWindowsPath("c:/x")],
    "addresses": [ipaddress.ip_address("192.0.2.1"), ipaddress.ip_network("2001:db8::/32")],
    "pattern": re.compile(r"a+b", re.IGNORECASE),
    "array": array.array("d", [1.0, 2.0]),
    "namespaces": [argparse.Namespace(lr=0.1), types.SimpleNamespace(a=1)],
    "errors": [ValueError("x"), KeyError("y")],
    "types": [int, str, dict, type(None), Ellipsis, range(3), slice(1, 2)],
    "random state": random.Random(5),
    "numpy array": np.arange(12, dtype="float32").reshape(3, 4),
    "numpy column order": np.asfortranarray(np.ones((3, 4))),
    "numpy scalars": [np.float32(1.5), np.int64(3), np.bool_(True), np.datetime64("2024-05-17")],
    "numpy structured": np.zeros(3, dtype=[("x", "f4"), ("y", "i8", (2,))]),
    "numpy texts": np.array(["a", "bcd"]),
    "numpy dtypes": [np.dtype("f4"), np.dtype("<U5"), np.dtype([("a", "i4")])],
    "numpy masked": np.ma.masked_array([1, 2, 3], mask=[0, 1, 0]),
    "numpy random": np.random.RandomState(5),
    "numpy generator": np.random.default_rng(5),
    "weights of numpy": {f"layer.{n}.weight": np.ones((8, 8), dtype="float16") for n in range(6)},
    "large array": np.zeros(200_000),
    "training log": [
        {"step": n, "loss": 1 / (n + 1), "at": f"2024-05-17T{n % 24:02}:00"} for n in range(300)
    ],
    "pickle of nothing inside": {"cache": pickle.dumps({"a": [1, 2]})},
}

# torch writes these; here they are spelled out so that no torch is needed.
_FLOATS, _LONGS = name("torch", "FloatStorage"), name("torch", "LongStorage")


def storage(kind: bytes, key: str, length: int) -> bytes:
    """Persistent id of a storage."""
    return b"(" + medium("storage") + kind + medium(key) + medium("cpu") + b"K" + bytes([length]) + b"tQ"


def tensor(kind: bytes, key: str, rows: int, columns: int) -> bytes:
    """Give a tensor of two dimensions that fills its storage."""
    shape = b"K" + bytes([rows]) + b"K" + bytes([columns]) + b"\x86"
    steps = b"K" + bytes([columns]) + b"K\x01\x86"
    empty = name("collections", "OrderedDict") + b")R"
    parts = storage(kind, key, rows * columns) + b"K\x00" + shape + steps + b"\x89" + empty
    return name("torch._utils", "_rebuild_tensor_v2") + b"(" + parts + b"tR"


def parameter(inner: bytes) -> bytes:
    """Give a parameter around a tensor."""
    empty = name("collections", "OrderedDict") + b")R"
    return name("torch._utils", "_rebuild_parameter") + b"(" + inner + b"\x88" + empty + b"tR"


STATE = (
    P2 + name("collections", "OrderedDict") + b")R("
    + medium("fc.weight") + tensor(_FLOATS, "0", 4, 3)
    + medium("fc.count") + tensor(_LONGS, "1", 1, 2)
    + medium("tied.weight") + parameter(tensor(_FLOATS, "0", 4, 3))
    + b"u."
)  # fmt: skip
LAYER = (
    P2 + name("torch.nn.modules.linear", "Linear") + b")\x81}(" + medium("training") + b"\x88"
    + medium("_parameters") + name("collections", "OrderedDict") + b")R(" + medium("weight")
    + parameter(tensor(_FLOATS, "0", 4, 3)) + b"uub."
)  # fmt: skip


def benign() -> dict[str, bytes]:
    """Give every benign pickle under a name."""
    found = {
        f"{title}, protocol {protocol}": pickle.dumps(value, protocol)
        for title, value in VALUES.items()
        for protocol in PROTOCOLS
    }
    return found | {
        "torch state": STATE,
        "torch layer": LAYER,
        "two in one file": pickle.dumps(1) + pickle.dumps([2]),
    }
