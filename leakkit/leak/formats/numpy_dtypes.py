"""NumPy's texts for number types (``<f4``) in the kit's words, without building a dtype from hostile text."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from leakkit.errors import BadMemberError

_TEXT = re.compile(r"([<>|=]?)([?bBhHiIulLqQefdgFDGSaUVOMmc])(\d{0,9})(?:\[[^\]]{1,20}\])?\Z")
_WORDS = {"f": "F", "i": "I", "u": "U", "c": "C"}
_LETTERS = {
    "?": ("BOOL", 1), "b": ("I8", 1), "B": ("U8", 1), "h": ("I16", 2), "H": ("U16", 2), "I": ("U32", 4),
    "l": ("I64", 8), "L": ("U64", 8), "q": ("I64", 8), "Q": ("U64", 8), "e": ("F16", 2), "d": ("F64", 8),
    "g": ("F80", 16), "F": ("C64", 8), "D": ("C128", 16), "G": ("C256", 32), "f": ("F32", 4),
    "i": ("I32", 4), "c": ("STRING", 1),
}  # fmt: skip
_FIELDS_LIMIT, _DEPTH_LIMIT = 10_000, 8


class NumpyType(NamedTuple):
    """Word, bytes of one element, and whether the element is a pickled Python object."""

    word: str
    size: int
    is_object: bool = False


def numpy_type(description: Any, depth: int = 0) -> NumpyType:
    """Read the ``descr`` of an array: a text, or a list of fields.

    Examples
    --------
    >>> numpy_type("<f4"), numpy_type("|O").is_object
    (NumpyType(word='F32', size=4, is_object=False), True)
    >>> numpy_type([("x", "<f8"), ("y", "<i2", (2, 2))])
    NumpyType(word='STRUCT', size=16, is_object=False)
    """
    if isinstance(description, str):
        return _from_text(description)
    if isinstance(description, tuple) and len(description) == 2:
        return _repeated(numpy_type(description[0], depth + 1), description[1])
    if not isinstance(description, list) or depth > _DEPTH_LIMIT or len(description) > _FIELDS_LIMIT:
        raise BadMemberError("the array's dtype is no NumPy dtype")
    size, has_object = 0, False
    for field in description:
        if not isinstance(field, tuple) or len(field) not in (2, 3):
            raise BadMemberError("a field of the array's dtype is no NumPy field")
        inner = numpy_type(field[1], depth + 1)
        inner = _repeated(inner, field[2]) if len(field) == 3 else inner
        size, has_object = size + inner.size, has_object or inner.is_object
    return NumpyType("STRUCT", size, has_object)


def _repeated(inner: NumpyType, shape: Any) -> NumpyType:
    """Give the type of a field that is an array itself."""
    lengths = shape if isinstance(shape, tuple) else (shape,)
    size = inner.size
    for length in lengths:
        if type(length) is not int or not 0 <= length < 1 << 31:
            raise BadMemberError("a field of the array's dtype has no possible shape")
        size *= length
    return NumpyType("STRUCT", size, inner.is_object)


def _from_text(text: str) -> NumpyType:
    """Read one dtype text."""
    match = _TEXT.match(text[:64])
    if not match:
        raise BadMemberError("the array's dtype is no NumPy dtype")
    kind, number = match[2], int(match[3] or 0)
    if kind == "O":
        return NumpyType("OBJECT", 8, True)
    if kind in "SaUVMm":
        word = {"M": "DATETIME", "m": "DATETIME", "V": "VOID"}.get(kind, "STRING")
        return NumpyType(word, 4 * number if kind == "U" else number or (8 if kind in "Mm" else 0))
    if kind == "b" and number:
        return NumpyType("BOOL", 1)
    if not number:
        return NumpyType(*_LETTERS[kind])
    if kind == "f" and number in (12, 16):
        return NumpyType("F80", number)
    if kind in "fiuc" and number in (1, 2, 4, 8, 16, 32):
        return NumpyType(f"{_WORDS[kind]}{8 * number}", number)
    raise BadMemberError("the array's dtype is no NumPy dtype")
