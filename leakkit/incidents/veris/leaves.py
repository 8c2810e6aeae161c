"""Every value of a JSON record, counted and named without recursion: nesting costs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

DEPTH = 12
"""Names of a path that are told; deeper ones are left out of it."""


def count(value: Any) -> int:
    """Give the number of values (neither null nor empty text) in `value`.

    Examples
    --------
    >>> count({"a": [1, None, ""], "b": {"c": False, "d": {}}})
    2
    """
    total, todo = 0, [[value]]
    while todo:
        inner: Any = todo.pop()
        for item in inner.values() if type(inner) is dict else inner:
            kind = type(item)
            if kind is str:
                if item:
                    total += 1
            elif kind is dict or kind is list:
                todo.append(item)
            elif item is not None:
                total += 1
    return total


def named(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Give the path and the value of each leaf of `value`, which stands at `path`.

    Examples
    --------
    >>> list(named({"b": [1, {"c": "x"}]}, "a"))
    [('a.b', 1), ('a.b.c', 'x')]
    """
    todo = [(path, value, 0)]
    while todo:
        place, inner, depth = todo.pop()
        if isinstance(inner, dict):
            below = [(f"{place}.{k}" if depth < DEPTH else place, v, depth + 1) for k, v in inner.items()]
            todo.extend(reversed(below))
        elif isinstance(inner, list):
            todo.extend((place, item, depth + 1) for item in reversed(inner))
        elif inner is not None and inner != "":
            yield place, inner
