"""Damaged copies of small files for property tests, and what every reader must keep to with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.leak.facts import DANGER_ORDER, Facts
from leakkit.leak.source import BytesSource

STATUSES = {"ok", "corrupt", "truncated", "refused", "limit"}
WIDE = [b"\xff" * 8, b"\x00" * 8, b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x00\x00\x00\x80", b"\xef\xbf\xbd"]


def _damage(data: bytes, steps: list[tuple[str, int, bytes]]) -> bytes:
    """Change, cut, double and insert bytes, one step after the other."""
    for step, place, piece in steps:
        at = place % (len(data) + 1)
        if step == "write":
            data = data[:at] + piece + data[at + len(piece) :]
        elif step == "cut":
            data = data[:at]
        elif step == "drop":
            data = data[:at] + data[at + len(piece) :]
        elif step == "insert":
            data = data[:at] + piece + data[at:]
        else:
            data = data[: len(data) // 2] + data[at:]
    return data


def copies_of(*originals: bytes) -> st.SearchStrategy[bytes]:
    """Give damaged copies of `originals`, and now and then plain noise behind their first bytes."""
    steps = st.lists(
        st.tuples(
            st.sampled_from(["write", "write", "write", "cut", "drop", "insert", "join"]),
            st.integers(0, 1 << 20),
            st.one_of(st.binary(min_size=1, max_size=8), st.sampled_from(WIDE)),
        ),
        min_size=1,
        max_size=6,
    )
    damaged = st.builds(_damage, st.sampled_from(originals), steps)
    noise = st.builds(lambda data, rest: data[:8] + rest, st.sampled_from(originals), st.binary(max_size=300))
    return st.one_of(damaged, damaged, damaged, noise)


def facts_or_none(read: Callable[[Any, str], Facts], data: bytes, format: str) -> Facts | None:
    """Read `data` and check what every reader promises; None when the reader refused it properly."""
    try:
        facts = read(BytesSource(data, "invented"), format)
    except BadMemberError as error:
        assert error.status in STATUSES - {"ok"}
        return None
    assert facts.status in STATUSES
    assert (facts.error is None) == (facts.status == "ok")
    assert facts.danger in {None, *DANGER_ORDER}
    assert 0 <= facts.values.get("n_params", 0) < 1 << 63
    for column in ("n_layers", "hidden_size", "n_heads", "n_kv_heads", "vocab_size"):
        assert 0 <= facts.values.get(column, 0) < 1 << 63
    for tensor in facts.tensors:
        assert all(type(length) is int and 0 <= length < 1 << 63 for length in tensor.shape)
        assert tensor.nbytes is None or 0 <= tensor.nbytes < 1 << 63
        tensor.name.encode()
    return facts
