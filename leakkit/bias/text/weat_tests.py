"""Sets of words of association tests: checked, named, and looked up among embeddings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from leakkit.bias.text.vectors import Embeddings

SIDES = ("x", "y", "a", "b")
_SHOWN = 3


@dataclass(frozen=True)
class WordTest:
    """One association test: targets x and y, attributes a and b, and what the four sets are called."""

    name: str
    words: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]


@dataclass(frozen=True)
class FoundWords:
    """Rows of the words of one side that are in the vocabulary, and how many were asked for."""

    rows: NDArray[np.int64]
    asked: int


def checked_tests(
    tests: Mapping[str, Mapping[str, Any]] | Iterable[str] | None, sides: Mapping[str, Iterable[str] | None]
) -> list[WordTest]:
    """Give the tests in their order, checked: those of `tests`, or the one whose four sides are given.

    A name, or several, stand for tests that ship with leakkit.
    """
    given = [side for side in SIDES if sides[side] is not None]
    if (tests is None) == (not given) or (given and len(given) < len(SIDES)):
        raise BadParameterError(
            "Expected either tests, or the four sets x, y, a and b",
            f"found {'tests and ' if tests is not None else ''}{', '.join(given) or 'neither'}",
            'give tests={"name": {"x": [...], "y": [...], "a": [...], "b": [...]}}',
        )
    if tests is None:
        return [_checked_test("test", sides)]
    if isinstance(tests, str) or (isinstance(tests, Iterable) and not isinstance(tests, Mapping)):
        tests = _bundled([tests] if isinstance(tests, str) else list(tests))
    if not isinstance(tests, Mapping) or not tests:
        raise BadParameterError(
            "Expected tests as a mapping from name to sets",
            f"found {'an empty one' if isinstance(tests, Mapping) else type(tests).__name__}",
            'give {"name": {"x": [...], "y": [...], "a": [...], "b": [...]}}',
        )
    return [_checked_test(str(name), test) for name, test in tests.items()]


def _bundled(names: list[Any]) -> Mapping[str, Mapping[str, Any]]:
    """Give the tests of these names that ship with leakkit."""
    from leakkit.bias.text.lexicon_files import load_association_tests

    known = load_association_tests()
    unknown = sum(not isinstance(name, str) or name not in known for name in names)
    if unknown or not names:
        raise BadParameterError(
            "Expected names of tests that ship with leakkit, or a mapping from name to sets",
            f"found {unknown or 'none'}{' of another kind' if unknown else ''}",
            f"choose among {'; '.join(known)}",
        )
    return {name: known[name] for name in names}


def _checked_test(name: str, test: Any) -> WordTest:
    """Give one test, checked: four sets without common words on the two sides of a comparison."""
    shown = printable(name, 60)
    if not isinstance(test, Mapping) or any(test.get(side) is None for side in SIDES):
        raise BadParameterError(
            f"Expected the sets x, y, a and b in the test '{shown}'", "found some missing", "give all four"
        )
    words = {side: _distinct(test[side], side, shown) for side in SIDES}
    for one, other in (("x", "y"), ("a", "b")):
        common = len(set(words[one]) & set(words[other]))
        if common:
            raise BadParameterError(
                f"Expected sets {one} and {other} of the test '{shown}' without common words",
                f"found {common} in both",
                "leave them out of one or both sets",
            )
    called = test.get("names") or {}
    names = {side: str(called.get(side) or _abbreviated(words[side])) for side in SIDES}
    return WordTest(shown, words, {side: printable(text, 120) for side, text in names.items()})


def _distinct(words: Any, side: str, test: str) -> tuple[str, ...]:
    """Give the distinct words of one side in their order."""
    listed = [] if isinstance(words, str | Mapping) else list(words)
    if not listed or any(not isinstance(word, str) or not word.strip() for word in listed):
        raise BadParameterError(
            f"Expected a list of words as set {side} of the test '{test}'",
            "found a single text" if isinstance(words, str) else "found none, or something that is no word",
            "give a list of str",
        )
    return tuple(dict.fromkeys(word.strip() for word in listed))


def _abbreviated(words: Sequence[str]) -> str:
    """Give the first words of a set and how many there are."""
    first = ", ".join(words[:_SHOWN])
    return first if len(words) <= _SHOWN else f"{first}, … ({len(words)} words)"


def look_up(embeddings: Embeddings, test: WordTest) -> dict[str, FoundWords]:
    """Find the words of each side in the vocabulary (as written, else in lower case), each row once."""
    found = {}
    for side in SIDES:
        rows = [embeddings.find(word) for word in test.words[side]]
        known = dict.fromkeys(row for row in rows if row is not None)
        found[side] = FoundWords(np.array(list(known), dtype=np.int64), len(rows))
    return found
