"""JSON as a stream of events: the same values as Python's reader, and nothing a hostile text can break."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.leak.json_stream import MAX_DIGITS, JsonStream, leaves

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)


class Slow(io.BytesIO):
    """A file that gives one byte at a time."""

    def read(self, size=-1):
        return super().read(1)


def events(data: bytes, **options) -> list:
    return list(JsonStream(io.BytesIO(data), **options))


def flat(value: object, path: tuple = ()) -> list:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in flat(inner, (*path, key))]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in flat(inner, (*path, "[]"))]
    return [(path, value)]


@given(JSON, st.booleans())
def test_leaves_are_those_of_python(value, slow):
    data = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    stream = JsonStream((Slow if slow else io.BytesIO)(data))
    found = [
        (tuple(path), leaf)
        for path, kind, leaf in leaves(iter(stream))
        if kind not in ("start_map", "end_map")
    ]
    assert found == flat(json.loads(data))


def test_byte_order_marks_and_bad_bytes_are_no_obstacle():
    assert ("string", "é") in events('{"a": "é"}'.encode("utf-16"))
    assert ("string", "\ufffd") in events(b'\xef\xbb\xbf{"a": "\xff"}')


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", "truncated"),
        (b'{"a": [1, 2', "truncated"),
        (b'{"a": 1} x', "corrupt"),
        (b'{"a": NaN}', "corrupt"),
        (b"[" * 10_000, "refused"),
        (b'["' + b"x" * 20_000_000 + b'"]', "limit"),
        (b"[1e99999999999999999999]", "corrupt"),
        (b'["\\ud800\\udc00\\udfff"]', "corrupt"),
    ],
)
def test_what_cannot_be_read_says_why(data, status):
    with pytest.raises(BadMemberError) as caught:
        events(data)
    assert caught.value.status == status


@pytest.mark.parametrize("file", [io.BytesIO, Slow])
def test_endless_digits_are_stopped_before_they_reach_the_parser(file):
    with pytest.raises(BadMemberError, match="digits"):
        list(JsonStream(file(b"[" + b"1" * 6_000 + b"]")))
    assert len(events(b"[" + b"1" * (MAX_DIGITS - 1) + b"]")) == 3


def test_runs_of_digits_cost_linear_time():
    started = time.process_time()
    assert len(events(b"[" + (b"1" * (MAX_DIGITS - 1) + b",") * 500 + b"1]")) == 503
    assert time.process_time() - started < 10


def test_break_leaves_the_bytes_that_were_not_given():
    data = b'{"a": "' + b"x" * 300_000 + b'", "b": oops "tail"'
    stream = JsonStream(io.BytesIO(data), keep_rest=True)
    given_texts = []
    with pytest.raises(BadMemberError):
        given_texts += [value for kind, value in stream if kind == "string"]
    assert given_texts == []
    assert data.endswith(stream.rest)
    assert b"tail" in stream.rest


@given(st.binary(max_size=200))
def test_random_bytes_end_in_events_or_our_error(data):
    try:
        events(data)
    except BadMemberError as error:
        assert error.status in {"corrupt", "truncated", "refused", "limit"}
