"""Lines of JSON read by Arrow: the same rows as line by line in Python, or Python is asked."""

from __future__ import annotations

import io
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakkit.leak.records import json as records_json
from leakkit.leak.records import json_blocks
from leakkit.leak.records.stream import iter_records

Row = tuple[int, str, str]


def rows(data: bytes) -> list[Row]:
    found: list[Row] = []
    for batch in iter_records(lambda: io.BytesIO(data), "p", "jsonl", size=len(data)):
        batch.validate(full=True)
        found += zip(*(batch.column(name).to_pylist() for name in ("row", "field", "text")), strict=True)
    return sorted(found)


def by_python(data: bytes) -> list[Row]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_blocks, "FEWEST", 10**9)
        return rows(data)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the rows that Arrow was believed."""
    counts: list[int] = []
    original = json_blocks.BlockReader._by_arrow

    def counted(self, *arguments):
        table = original(self, *arguments)
        counts.append(0 if table is None else table.num_rows)
        return table

    monkeypatch.setattr(json_blocks.BlockReader, "_by_arrow", counted)
    return counts


def lines(*values: object) -> bytes:
    return b"".join(
        (value if isinstance(value, bytes) else json.dumps(value).encode()) + b"\n" for value in values
    )


PLAIN = {"id": 1, "text": "one", "messages": [{"role": "user", "content": 'hi\nthere "x"'}], "score": 0.5}


def test_lines_that_are_alike_are_read_by_arrow(parsed: list[int]) -> None:
    data = lines(*[PLAIN | {"id": 10**6 + n} for n in range(50)])
    assert rows(data) == by_python(data)
    assert parsed[0] == 50
    assert rows(data)[:2] == [(0, "id", "1000000"), (0, "messages[0].content", 'hi\nthere "x"')]


@pytest.mark.parametrize(
    ("odd", "believed"),
    [
        ({"text": "2025-03-01 12:00:00"}, True),
        ({"text": "2025-03-01"}, True),
        ({"new": "a field of its own", "deep": {"a": [["x"], []]}}, True),
        ({"text": None}, True),
        (b"", True),
        ({"id": 1.5}, True),
        ({"score": 1234567}, False),
        ({"score": 12345678901234567890123}, False),
        ({"id": "text in place of a number"}, False),
        ({"id": 10**30}, False),
        ({"text": "\ud83d"}, False),
        ({"text": {"an": "object"}}, False),
        ({"ann@example.org": "a key that is data"}, False),
        ({" name ": "a key with blanks"}, False),
        ({"k" * 200: "a very long key"}, False),
        (b'{"id": 7, "id": 8, "text": "a", "text": "b"}', False),
        (b'{"id": 1}{"id": 2}', False),
        (b'{"id": 1} {"id": 2}\n{"id":', False),
        (b'{"id": NaN}', True),
        (b'{"text": "broken', False),
        (b"[1234567]", False),
        (b'"a text alone"', False),
        (b"null", False),
        (b'  {"text": "indented"}  ', False),
        (b'{"text": "\xff\xfe"}', True),
        (b'{"text": "a\tb"}', False),
        (b'{"text": "\\u0000\\u001e"}', True),
        (b'{"text": "' + "é東\u2028".encode() + b'"}\r', True),
        (b'{"a":' * 500 + b"1" + b"}" * 500, False),
    ],
    ids=str,
)  # fmt: skip
def test_odd_lines_among_plain_ones_give_the_same_rows(
    odd: object, believed: bool, parsed: list[int]
) -> None:
    odd = PLAIN | odd if isinstance(odd, dict) else odd
    data = lines(*[PLAIN] * 10, odd, *[PLAIN] * 10)
    found = rows(data)
    assert (parsed[0] > 0) == believed
    assert found == by_python(data)
    early = lines(odd, *[PLAIN] * 10)
    assert rows(early) == by_python(early)


def test_types_learned_from_one_block_do_not_spoil_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_blocks, "BLOCK", 400)
    rng = random.Random(5)
    kinds = [
        {"a": "text", "b": 1.5},
        {"a": "2025-01-01", "b": 1234567},
        {"a": None, "b": [], "c": {"d": 1}},
        {"a": 5, "b": "text", "c": {"d": "x", "e": [1, "two"]}},
        {"a": ["x"], "c": None},
    ]
    values = [kind for kind in kinds for _ in range(40)] + [rng.choice(kinds) for _ in range(200)]
    data = lines(*values)
    monkeypatch.setattr(records_json, "WHOLE", 4_000)
    assert rows(data) == by_python(data)


def test_lines_in_utf16_and_overlong_ones_give_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    text = lines(*[PLAIN] * 30, PLAIN | {"text": "word " * 600}, *[PLAIN] * 30).decode()
    assert rows(text.encode("utf-16")) == by_python(text.encode()) == rows(text.encode("utf-8-sig"))
    monkeypatch.setattr(json_blocks, "BLOCK", 500)
    monkeypatch.setattr(records_json, "WHOLE", 1_000)
    assert rows(text.encode()) == by_python(text.encode())


@pytest.mark.parametrize("line", [{"a": [None, "x"]}, {"a": {"b": [None, 1234567]}}, {"a": [[None, "y"]]}])
def test_lists_that_begin_with_nothing_are_read(line) -> None:
    data = b"\n".join([json.dumps(line).encode()] * 4)
    assert rows(data) == by_python(data) != []


KEYS = st.sampled_from(["a", "b", "c", "data-1", "x y", "2", "ann@example.org", "é"])
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**7), 10**7), st.floats(), st.text(max_size=6),
    st.sampled_from(["2025-01-01", "2025-01-01T00:00:00Z", "12:00", "1.5", "\ud800", "a\nb", "\\u0041"]),
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES, max_size=3), min_size=1, max_size=4),
    st.lists(st.integers(0, 3), min_size=4, max_size=12),
    st.booleans(),
)
def test_any_objects_give_the_same_rows(objects, order, escaped) -> None:
    chosen = [objects[number % len(objects)] for number in order]
    texts = [json.dumps(value, ensure_ascii=escaped).encode("utf-8", "replace") for value in chosen]
    data = b"\n".join(texts)
    assert rows(data) == by_python(data)
