"""What compressed streams ask for before they give a byte, and what nested ones may ask for together."""

import io
import lzma

import pyarrow as pa
import pytest

from leakkit.errors import BadMemberError
from leakkit.leak.archives.unpack import open_compressed
from leakkit.leak.budget import WINDOW_LIMIT, Budget, Meter
from leakkit.leak.windows import ZstdGuard, declared_window


def zstd_frame(data, window_byte, checksum=False):
    """A zstd frame of raw blocks under the window that the byte says (RFC 8878, 3.1.1.1.2)."""
    frame = b"\x28\xb5\x2f\xfd" + bytes([4 if checksum else 0, window_byte])
    for start in range(0, max(len(data), 1), 1000):
        block = data[start : start + 1000]
        last = start + 1000 >= len(data)
        frame += (len(block) << 3 | last).to_bytes(3, "little") + block
    return frame


@pytest.mark.parametrize("preset, mebibytes", [(0, 0.25), (1, 1), (6, 8), (9, 64)])  # as xz(1) lists them
def test_xz_dictionary_is_read_from_the_block_header(preset, mebibytes):
    declared = declared_window(lzma.compress(b"invented", preset=preset), "xz")
    assert declared == mebibytes * 2**20 + 2**20


def test_xz_dictionary_behind_another_filter_is_found():
    filters = [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "dict_size": 2**22}]
    assert declared_window(lzma.compress(b"invented", filters=filters), "xz") == 2**22 + 2**20


@pytest.mark.parametrize("window_byte, window", [(0, 1024), (7, 1024 * 15 // 8), (17 << 3, 2**27)])
def test_zstd_window_is_read_from_the_frame_header(window_byte, window):
    assert declared_window(zstd_frame(b"", window_byte), "zstd") == window


@pytest.mark.parametrize("head", [b"", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"no stream at all"])
def test_header_that_is_cut_or_none_declares_nothing(head):
    assert declared_window(head, "xz") == declared_window(head, "zstd") == 0
    assert declared_window(head, "gzip") is None


@pytest.mark.parametrize("step", [1, 7, 1000, 10**6])
def test_guard_finds_the_large_window_behind_other_frames_however_it_is_read(step):
    skippable = b"\x5a\x2a\x4d\x18" + (5000).to_bytes(4, "little") + bytes(5000)
    before = zstd_frame(b"x" * 2500, 0) + skippable + pa.compress(b"y" * 300, codec="zstd", asbytes=True)
    small = ZstdGuard(io.BytesIO(before + zstd_frame(b"z", 8)), 2**11)
    while small.read(step):
        pass
    large = ZstdGuard(io.BytesIO(before + zstd_frame(b"z", 17 << 3)), 2**20)
    with pytest.raises(BadMemberError, match="memory") as caught:
        while large.read(step):
            pass
    assert caught.value.status == "limit"


def test_window_over_what_is_given_is_a_limit_in_zstd_and_xz():
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 2**24}]
    for format, data in {
        "zstd": zstd_frame(b"invented", 14 << 3),
        "xz": lzma.compress(b"invented", filters=filters),
    }.items():
        assert open_compressed(io.BytesIO(data), format).read() == b"invented"
        with pytest.raises(BadMemberError, match="memory") as caught:
            open_compressed(io.BytesIO(data), format, window=2**23).read()
        assert caught.value.status == "limit"


def test_windows_of_streams_in_one_another_stay_under_one_limit():
    meter = Meter(Budget())
    given = [meter.reserve_window(2**16) for _ in range(5)]
    assert sum(given) <= WINDOW_LIMIT and min(given) >= 2**16
    with pytest.raises(BadMemberError, match="memory"):
        meter.reserve_window(2**26)
    meter.enter(1)  # the next archive on the disk starts anew
    assert meter.reserve_window(2**27) == 2**27
