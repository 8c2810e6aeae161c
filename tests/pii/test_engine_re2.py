"""Stretches searched side by side give what each gives alone, whatever stands around them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.pii.matching.buffers import join_bytes
from leakkit.pii.matching.engine_re2 import Stretches, alone, compiled, search

PATTERNS = (
    r"[a-z0-9.]{1,9}@[a-z]{1,9}\.[a-z]{2,4}",
    r"(?:^|[^0-9])(?P<value>\d{3})(?:[^0-9]|$)",
    r"\b\d{2}\b",
    r"[^ab]{0,40}x",
    r"a+",
    r"(?s).{3}",
)
TEXTS = st.lists(st.text("ab12 @.x\n\x1eé", max_size=30).map(str.encode), min_size=1, max_size=12)


def alike(pattern: str, data: bytes, begins: np.ndarray, ends: np.ndarray) -> bool:
    """Tell whether both searches give the same spans."""
    one = compiled(pattern)
    both = (search(one, data, begins, ends), Stretches(data, begins, ends).search(one))
    return both[0].tolist() == both[1].tolist()


@pytest.mark.parametrize("pattern", PATTERNS)
@given(TEXTS)
def test_whole_rows_side_by_side_give_what_each_gives_alone(pattern: str, texts: list[bytes]):
    rows = join_bytes(texts)
    assert alike(pattern, rows.raw, rows.starts, rows.ends)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(TEXTS, st.data())
def test_parts_of_rows_side_by_side_give_what_each_gives_alone(
    pattern: str, texts: list[bytes], data: st.DataObject
):
    rows = join_bytes(texts)
    cuts = [sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))) for text in texts]
    begins, ends = rows.starts + [a for a, _ in cuts], rows.starts + [b for _, b in cuts]
    assert alike(pattern, rows.raw, begins, ends)


@given(TEXTS)
def test_a_pattern_sees_where_its_row_ends(texts: list[bytes]):
    rows = join_bytes([text + b"a" for text in texts])
    ended = compiled(r"a(?:[^\w]|$)")
    expected = [
        span
        for begin, end in zip(rows.starts.tolist(), rows.ends.tolist(), strict=True)
        for span in alone(ended, rows.raw, begin, end)
    ]
    assert len(expected) >= len(texts)
    assert [tuple(span) for span in search(ended, rows.raw, rows.starts, rows.ends).tolist()] == expected
