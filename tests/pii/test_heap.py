"""The heap's bounds are set once, and only where the system's library has them."""

from __future__ import annotations

import ctypes

import pytest

from leakkit.pii.scanning.heap import keep_heap


def test_bounds_are_set_where_the_library_has_them(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[int, int]] = []

    class Library:
        def mallopt(self, number: int, value: int) -> int:
            asked.append((number, value))
            return 1

    monkeypatch.setattr(ctypes, "CDLL", lambda _: Library())
    keep_heap.cache_clear()
    assert keep_heap()
    assert keep_heap()
    assert len(asked) == 2


def test_a_system_without_them_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    keep_heap.cache_clear()
    assert not keep_heap()
    keep_heap.cache_clear()
