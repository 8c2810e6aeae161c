"""Rows of a buffer: taken out, asked for line feeds and for the separator's first byte."""

from __future__ import annotations

import numpy as np
import pytest

from leakkit.pii.matching.buffers import SEPARATOR, Texts, join_bytes

VALUES = [b"", b"one", b"two\nlines", "drei \u20ac".encode(), b"\n"]


def test_rows_that_are_taken_have_the_same_values() -> None:
    rows = join_bytes(VALUES)
    for chosen in ([], [0], [1, 3], [0, 2, 4], list(range(5))):
        taken = rows.taken(np.array(chosen, np.int64))
        assert [taken.value(row) for row in range(len(taken.starts))] == [VALUES[row] for row in chosen]
        assert bytes(taken.data) == b"".join(VALUES[row] + SEPARATOR.encode() for row in chosen)


@pytest.mark.parametrize("values", [[], [b"one", b"two"], VALUES, [b"\n" * 3]])
def test_line_feeds_are_found_whether_rows_have_several_lines_or_one(values: list[bytes]) -> None:
    rows = join_bytes(values)
    data = bytes(rows.data)
    assert rows.breaks.tolist() == [place for place, code in enumerate(data) if code == 10]
    assert rows.of_lines is any(b"\n" in value for value in values)


def test_a_separators_first_byte_inside_a_value_is_noticed() -> None:
    assert not join_bytes(VALUES).parted
    assert join_bytes([*VALUES, b"a\x1eb"]).parted


@pytest.mark.parametrize("sign", ["a", "\u20ac"])
def test_texts_are_told_in_any_order_short_ones_and_long_ones(sign: str) -> None:
    values = [sign * size for size in (5_000, 3, 6_000, 0, 7_000)]
    texts = Texts(join_bytes([value.encode() for value in values]))
    for row in (0, 0, 2, 1, 4, 4, 3, 0, 2):
        assert texts[row] == values[row]
    assert texts[2] is texts[2]
