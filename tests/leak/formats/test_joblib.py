"""Joblib files: opcodes with raw arrays between them, packed as a whole or not, read to their end."""

import contextlib
import io
import pickle
import struct
import zlib

import joblib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.leak.formats.joblib import is_packed_pickle
from leakkit.leak.formats.pickles import read
from leakkit.leak.sniff.first_look import sniff
from leakkit.leak.source import BytesSource
from tests.leak.formats.hostile_pickles import P3, PAYLOAD, SYSTEM, medium, name

ARRAYS = {
    "floats": np.arange(6, dtype="float32").reshape(2, 3),
    "columns": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
    "texts": np.array(["a", "bcd"]),
    "empty": np.zeros((0, 3)),
    "records": np.zeros(2, dtype=[("x", "f4"), ("y", "i8")]),
    "last": np.arange(5),
}


def dumped(value, **options):
    joblib.dump(value, buffer := io.BytesIO(), **options)
    return buffer.getvalue()


def facts_of(data):
    return read(BytesSource(data, "invented.joblib"), "joblib-pickle")


def test_arrays_between_opcodes_are_stepped_over_and_described():
    data = dumped(ARRAYS)
    facts = facts_of(data)
    assert (facts.status, facts.danger, facts.format) == ("ok", "none_found", "joblib-pickle")
    assert [(t.name, t.shape) for t in facts.tensors] == [(key, array.shape) for key, array in ARRAYS.items()]
    first, last = facts.tensors[0], facts.tensors[-1]
    assert data[first.offset : first.offset + first.nbytes] == ARRAYS["floats"].tobytes()
    assert data[last.offset : last.offset + last.nbytes] == ARRAYS["last"].tobytes()


@pytest.mark.parametrize("method", ["zlib", "gzip", "bz2", "xz", "lzma"])
def test_a_packed_file_is_told_and_opened(method):
    data = dumped(ARRAYS, compress=(method, 3))
    found = sniff(BytesSource(data, "model.joblib"))[0]
    if method in ("zlib", "lzma"):
        assert found == "joblib-pickle" and len(facts_of(data).tensors) == 6
    else:
        assert found == {"bz2": "bzip2"}.get(method, method)


def test_the_oldest_packing_is_opened():
    inner = pickle.dumps({"a": 1}, 2)
    header = b"ZF" + hex(len(inner)).encode().ljust(19)
    data = header + zlib.compress(inner)
    assert is_packed_pickle(data) and facts_of(data).danger == "none_found"


def test_an_array_of_objects_is_walked_where_it_lies():
    class Payload:
        def __reduce__(self):
            return (eval, ("1",))

    data = dumped({"a": np.arange(3), "o": np.array([1, Payload()], dtype=object), "z": np.arange(4)})
    facts = facts_of(data)
    assert (facts.danger, facts.danger_rules, facts.status) == ("yes", ["pickle-import:builtins.eval"], "ok")
    assert [t.name for t in facts.tensors][-1] == "z"


def test_a_payload_behind_an_array_is_found():
    class Payload:
        def __reduce__(self):
            return (exec, ("1",))

    data = dumped([np.arange(1000), Payload()])
    assert facts_of(data).danger == "yes"
    assert facts_of(dumped([np.arange(1000), Payload()], compress=3)).danger == "yes"


def test_a_shape_that_lies_ends_the_walk_and_not_the_search():
    wrapper = name("joblib.numpy_pickle", "NumpyArrayWrapper") + b")\x81}("
    dtype = name("numpy", "dtype") + medium("f8") + b"\x85R"
    shape = b"J\xff\xff\xff\x7f\x85"
    data = P3 + wrapper + medium("shape") + shape + medium("dtype") + dtype + b"ub" + SYSTEM + b"." + PAYLOAD
    facts = facts_of(data)
    assert facts.status == "truncated" and facts.danger == "yes"


def test_a_bomb_meets_the_budget():
    data = zlib.compress(pickle.dumps(bytes(40 * 2**20)), 9)
    with pytest.raises(BadMemberError) as caught:
        facts_of(data)
    assert caught.value.status == "limit"


def test_a_packed_file_that_is_cut_is_read_as_far_as_it_goes():
    values = np.random.default_rng(5).bytes(300_000)
    data = zlib.compress(PAYLOAD[:-1] + b"0" + pickle.dumps(values)[2:])
    facts = facts_of(data[:150_000])
    assert (facts.danger, facts.status) == ("yes", "truncated")


@pytest.mark.parametrize(
    "data", [b"x", b"x\x9c", b"xyz text", b"]\0\0", b"ZF0x", b"ZF0x1f        x\x9c\xff\xff"]
)
def test_other_bytes_are_no_packed_pickles(data):
    assert not is_packed_pickle(data)


SEEDS = [dumped(ARRAYS), dumped(ARRAYS, compress=3), dumped([np.array([1, "a"], dtype=object)] * 2)]


@given(st.sampled_from(SEEDS), st.data())
def test_damage_never_raises_anything_but_ours(seed, draw):
    data = bytearray(seed)
    for _ in range(draw.draw(st.integers(1, 6))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    with contextlib.suppress(BadMemberError):
        facts_of(bytes(data[: draw.draw(st.integers(0, len(data)))]))


def test_deep_arrays_of_objects_end_at_a_limit():
    dtype = name("numpy", "dtype") + medium("O8") + b"\x85R"
    wrapper = name("joblib.numpy_pickle", "NumpyArrayWrapper") + b")\x81}(" + medium("dtype") + dtype + b"ub"
    facts = facts_of((P3 + wrapper) * 200 + struct.pack("<Q", 0))
    assert facts.danger_rules == ["pickle-scan-limit"]
