"""Compressed streams: read, rewound, cut, corrupted and overdrawn."""

import bz2
import gzip
import io
import lzma

import pyarrow as pa
import pytest

from leakkit.errors import BadMemberError
from leakkit.leak.archives.unpack import open_compressed
from leakkit.leak.budget import Budget, Meter

TEXT = b"".join(b"line %d of invented text\n" % n for n in range(40_000))


def arrow_packed(codec):
    """Pack through Arrow's writer, which marks frames with a checksum."""

    def pack(data):
        sink = pa.BufferOutputStream()
        with pa.CompressedOutputStream(sink, codec) as stream:
            stream.write(data)
        return sink.getvalue().to_pybytes()

    return pack


PACKERS = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": arrow_packed("zstd"),
    "lz4": arrow_packed("lz4"),
}
PACKED = {format: pack(TEXT) for format, pack in PACKERS.items()}


@pytest.mark.parametrize("format", PACKED)
def test_stream_reads_whole_rewinds_and_seeks(format):
    stream = open_compressed(io.BytesIO(PACKED[format]), format)
    assert stream.read(10) == TEXT[:10]
    assert stream.seek(500_000) == 500_000
    assert stream.read(20) == TEXT[500_000:500_020]
    assert stream.seek(3) == 3
    assert stream.read() == TEXT[3:]
    assert stream.seek(0, io.SEEK_END) == len(TEXT)


@pytest.mark.parametrize("format", PACKED)
def test_members_one_after_the_other_are_one_stream(format):
    stream = open_compressed(io.BytesIO(PACKED[format] * 2), format)
    assert len(stream.read()) == 2 * len(TEXT)


@pytest.mark.parametrize("format", PACKED)
def test_cut_stream_gives_what_it_has_then_says_truncated(format):
    stream = open_compressed(io.BytesIO(PACKED[format][:-20]), format)
    parts = []
    with pytest.raises(BadMemberError) as caught:
        while True:
            parts.append(stream.read(65_536))
    assert caught.value.status == "truncated"
    assert TEXT.startswith(b"".join(parts))


@pytest.mark.parametrize("format", ["gzip", "bzip2", "xz"])  # these carry a checksum in every case
def test_garbled_stream_is_corrupt_not_a_crash(format):
    garbled = bytearray(PACKED[format])
    garbled[len(garbled) // 2] ^= 0xFF
    garbled[len(garbled) // 2 + 1] ^= 0xFF
    stream = open_compressed(io.BytesIO(bytes(garbled)), format)
    with pytest.raises(BadMemberError):
        while stream.read(65_536):
            pass


@pytest.mark.parametrize("format", PACKED)
def test_ratio_ends_the_stream(format):
    bomb = PACKERS[format](bytes(32 * 2**20))
    meter = Meter(Budget(ratio=50, ratio_from=2**20))
    stream = open_compressed(io.BytesIO(bomb), format, meter.counter(len(bomb)))
    with pytest.raises(BadMemberError) as caught:
        while stream.read(65_536):
            pass
    assert caught.value.status == "limit"
    assert meter.unpacked <= max(2**20, 50 * len(bomb)) + 2**18  # one piece over the ceiling at most


def test_xz_dictionary_over_the_memory_limit_is_refused():
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2**30}]
    stream = open_compressed(io.BytesIO(lzma.compress(b"x", filters=filters)), "xz")
    with pytest.raises(BadMemberError):
        stream.read()
