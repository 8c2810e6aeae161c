"""The heap's bounds are set once, where the system's library has them; cycles are looked for seldom in a scan."""

from __future__ import annotations

import ctypes
import gc
import weakref

import pytest

from leakkit.pii.scanning.heap import keep_heap, seldom_collected


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
    keep_heap.cache_clear()


def test_a_system_without_them_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    keep_heap.cache_clear()
    assert not keep_heap()
    keep_heap.cache_clear()


def test_cycles_are_looked_for_as_before_once_the_scan_is_over():
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    with seldom_collected():
        assert gc.get_threshold()[0] > before[0]
        kept = [[] for _ in range(5_000)]
        assert len(kept) <= gc.get_count()[0]
    assert gc.get_threshold() == before and gc.get_freeze_count() == frozen


def test_what_only_holds_itself_is_still_collected_after_a_scan():
    class Node:
        """Something that can be told to hold itself."""

    with seldom_collected():
        node = Node()
        node.held = node
        gone = weakref.ref(node)
        del node
    gc.collect()
    assert gone() is None
