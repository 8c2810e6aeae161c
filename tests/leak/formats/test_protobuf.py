"""Messages are walked without being loaded; what cannot be a message is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.leak.formats.protobuf import (
    BLOCK,
    Window,
    matches,
    packed_varints,
    signed,
    varint_at,
    walk,
)
from leakkit.leak.source import BytesSource
from tests.leak.formats.wire import message, varint


def walked(data: bytes, **options):
    window = Window(BytesSource(data), **options)
    return list(walk(window, 0, len(data)))


@given(st.integers(0, 2**64 - 1))
def test_a_varint_is_read_as_it_was_written(number):
    data = varint(number)
    assert varint_at(data, 0) == (number, len(data))


@given(st.integers(-(2**63), 2**63 - 1))
def test_signed_numbers_come_back(number):
    assert signed(varint_at(varint(number), 0)[0]) == number


NUMBERS = st.integers(0, 2**64 - 1)


@given(
    st.lists(st.tuples(st.integers(1, 2**29 - 1), st.one_of(NUMBERS, st.binary(max_size=300))), max_size=30)
)
def test_fields_come_back_in_order(fields):
    data = message(fields)
    found = [
        (part.number, data[part.value : part.end] if part.wire == 2 else part.value) for part in walked(data)
    ]
    assert found == fields


def test_fields_over_the_edge_of_a_block_come_back():
    fields = [(number % 15 + 1, bytes(number % 97)) for number in range(4 * BLOCK // 48)]
    assert [part.length for part in walked(message(fields))] == [len(piece) for _, piece in fields]


def test_a_long_piece_is_passed_over_unread():
    class Counted(BytesSource):
        length = 0

        def read_at(self, offset, length):
            self.length += length
            return super().read_at(offset, length)

    source = Counted(message([(1, bytes(5_000_000)), (2, 7)]))
    assert [part.number for part in walk(Window(source), 0, source.size)] == [1, 2]
    assert source.length < 3 * BLOCK


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\x08", "truncated"),
        (b"\x12\x05ab", "truncated"),
        (b"\x00\x00", "corrupt"),
        (b"\x0b\x00", "corrupt"),
        (b"\x08" + b"\xff" * 11, "corrupt"),
        (b"\x0d\x00", "truncated"),
    ],
)
def test_bytes_that_are_no_message_are_refused(data, status):
    with pytest.raises(BadMemberError) as caught:
        walked(data)
    assert caught.value.status == status


def test_an_inner_field_longer_than_its_message_is_corrupt():
    data = message([(1, b"\x12\x7f"), (2, b"rest of the file")])
    window = Window(BytesSource(data))
    outer = next(walk(window, 0, len(data)))
    with pytest.raises(BadMemberError) as caught:
        list(walk(window, outer.value, outer.end))
    assert caught.value.status == "corrupt"


def test_too_many_fields_are_a_limit():
    with pytest.raises(BadMemberError) as caught:
        walked(message([(1, 1)] * 11), fields=10)
    assert caught.value.status == "limit"


def test_lists_of_numbers_are_bounded():
    data = message([(1, b"".join(varint(number) for number in (1, 300, 2**40)))])
    window = Window(BytesSource(data))
    assert packed_varints(window, next(walk(window, 0, len(data)))) == [1, 300, 2**40]
    long = message([(1, b"\x01" * 5000)])
    window = Window(BytesSource(long))
    with pytest.raises(BadMemberError):
        packed_varints(window, next(walk(window, 0, len(long))))


def test_only_allowed_fields_match():
    source = BytesSource(message([(1, 5), (2, b"x")]))
    assert set(matches(source, {1: 0, 2: 2})) == {1, 2}
    assert matches(source, {1: 0}) is None
    assert matches(source, {1: 2, 2: 2}) is None
