"""Array headers are read as literals; arrays of Python objects are judged as the pickles they are."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile

import numpy as np
import pytest
from hypothesis import given

from leakkit.errors import BadMemberError
from leakkit.leak.formats.numpy_arrays import read
from leakkit.leak.formats.numpy_dtypes import numpy_type
from leakkit.leak.source import BytesSource
from tests.leak.formats.damaged_copies import copies_of, facts_or_none


def saved(array: np.ndarray) -> bytes:
    np.save(buffer := io.BytesIO(), array)
    return buffer.getvalue()


def headed(text: bytes, data: bytes = b"") -> bytes:
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + data


def read_bytes(data: bytes, format: str = "npy"):
    return read(BytesSource(data, "invented"), format)


@pytest.mark.parametrize(
    ("array", "dtype"),
    [
        (np.zeros((2, 3), "<f4"), "F32"),
        (np.zeros(6, ">i8"), "I64"),
        (np.zeros((3, 2), "?"), "BOOL"),
        (np.asfortranarray(np.zeros((2, 3), "f2")), "F16"),
        (np.zeros(6, "c16"), "C128"),
        (np.zeros(6, "u1"), "U8"),
    ],
)
def test_numbers_are_counted(array, dtype):
    facts = read_bytes(saved(array))
    assert facts.status == "ok" and facts.danger == "none_found"
    assert facts.values["n_params"] == 6 and facts.values["dtype_main"] == dtype
    assert facts.tensors[0].shape == array.shape and facts.tensors[0].nbytes == array.nbytes


@pytest.mark.parametrize("dtype", ["U5", "S3", "M8[ns]", [("a", "f4"), ("b", "i2", (2, 2))], "V8"])
def test_what_is_no_number_is_measured_and_not_counted(dtype):
    array = np.zeros(4, dtype)
    facts = read_bytes(saved(array))
    assert "n_params" not in facts.values and facts.tensors[0].nbytes == array.nbytes


@pytest.mark.parametrize(
    "text", ["<f4", ">f8", "|b1", "<i2", "<u8", "<c8", "|S7", "<U3", "|V16", "<f2", "|u1"]
)
def test_sizes_agree_with_numpy(text):
    assert numpy_type(text).size == np.dtype(text).itemsize


def test_a_harmless_array_of_objects_is_for_review():
    facts = read_bytes(saved(np.array([{"a": 1}, None], dtype=object)))
    assert facts.danger == "review" and "npy-object-pickle" in facts.danger_rules


class Calls:
    """Pickles as a call of `os.system`; nothing here is ever loaded."""

    def __reduce__(self):
        import os

        return os.system, ("true",)


def test_an_array_of_objects_that_would_call_is_dangerous():
    data = saved(np.array([0, None], dtype=object))
    start = data.index(b"\n") + 1
    facts = read_bytes(data[:start] + pickle.dumps(Calls()))
    assert facts.danger == "yes"
    np.savez(buffer := io.BytesIO(), a=np.zeros(3, "f4"), b=np.array([Calls()], dtype=object))
    facts = read_bytes(buffer.getvalue(), "npz")
    assert facts.danger == "yes" and facts.values["n_params"] == 3


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_archives_are_counted_array_by_array(save):
    save(buffer := io.BytesIO(), weight=np.zeros((10, 20), "f4"), bias=np.zeros(20, "f4"), name=np.array("x"))
    facts = read_bytes(buffer.getvalue(), "npz")
    assert facts.status == "ok" and facts.values["n_params"] == 220
    assert [tensor.name for tensor in facts.tensors] == ["weight", "bias", "name"]


def test_a_lying_array_in_an_archive_is_not_counted():
    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as archive:
        archive.writestr("a.npy", headed(b"{'descr':'<f4','fortran_order':False,'shape':(1000000,1000000)}"))
    facts = read_bytes(buffer.getvalue(), "npz")
    assert facts.status == "corrupt" and "n_params" not in facts.values


def test_missing_data_are_truncated_and_the_count_is_a_claim():
    facts = read_bytes(saved(np.zeros(100))[:-8])
    assert (facts.status, facts.values["n_params"], facts.values["n_params_by"]) == (
        "truncated",
        100,
        "claim",
    )


@pytest.mark.parametrize(
    "text",
    [
        b"__import__('os').system('true')",
        b"{'descr':'<f4','fortran_order':False,'shape':[1]}",
        b"{'descr':'<f4','fortran_order':False,'shape':(-1,)}",
        b"{'descr':'<f4','fortran_order':False,'shape':(True,)}",
        b"{'descr':'<f4','fortran_order':False,'shape':(1,)*9}",
        b"{'descr':'<f3','fortran_order':False,'shape':(1,)}",
        b"{'descr':'<f4'}",
        b"{'descr':[[]],'fortran_order':False,'shape':()}",
        b"(" * 5000 + b")" * 5000,
        b"{" * 200,
        b"'\\d'",
        b"-" * 60_000 + b"1",
        b"\x00",
        b"",
    ],
)
def test_headers_that_are_none_are_corrupt(text):
    with pytest.raises(BadMemberError) as caught:
        read_bytes(headed(text))
    assert caught.value.status == "corrupt"


def test_a_header_over_the_limit_is_not_read():
    with pytest.raises(BadMemberError) as caught:
        read_bytes(b"\x93NUMPY\x02\x00" + struct.pack("<I", 1 << 31) + bytes(200_000))
    assert caught.value.status == "limit"


np.savez(_archive := io.BytesIO(), w=np.zeros((2, 2), "f4"), o=np.array([None], dtype=object))


@given(copies_of(saved(np.zeros((2, 3), "f4")), saved(np.array([None, "x"], dtype=object))))
def test_no_damage_to_an_array_leads_to_another_error(data):
    facts_or_none(read, data, "npy")


@given(copies_of(_archive.getvalue()))
def test_no_damage_to_an_archive_leads_to_another_error(data):
    facts_or_none(read, data, "npz")
