"""A parser that reads without end meets the end of its budget."""

from __future__ import annotations

import io

import pytest

from leakkit.errors import BadMemberError
from leakkit.leak.formats.guarded_file import GuardedFile
from leakkit.leak.source import BytesSource


def test_it_reads_and_seeks_like_a_file():
    data = bytes(range(200))
    file, plain = GuardedFile(BytesSource(b"##" + data), base=2), io.BytesIO(data)
    for offset, whence, length in (
        (5, 0, 3),
        (-4, 2, 10),
        (0, 0, 200),
        (-100, 1, 7),
        (500, 0, 1),
        (3, 0, -1),
    ):
        assert file.seek(offset, whence) == plain.seek(offset, whence)
        assert file.read(length) == plain.read(length)
        assert file.tell() == plain.tell()


def test_more_than_the_file_has_is_refused_at_once():
    with pytest.raises(BadMemberError):
        GuardedFile(BytesSource(bytes(10))).read(11)
    with pytest.raises(BadMemberError):
        GuardedFile(BytesSource(bytes(10))).seek(-1)


def test_reading_on_is_cheap_and_chasing_blocks_is_not():
    source = BytesSource(bytes(1_000_000))
    steady = GuardedFile(source, budget=1 << 21)
    for _ in range(1000):
        steady.read(1000)
    chain = GuardedFile(source, budget=1 << 21)
    with pytest.raises(BadMemberError) as caught:
        for number in range(1000):
            chain.seek(number * 1000)
            chain.read(1000)
    assert caught.value.status == "limit"
