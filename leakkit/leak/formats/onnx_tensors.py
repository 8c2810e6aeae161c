"""One tensor of an ONNX model: its header, checked against the data it has or the file it names.

TensorProto in https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (1.20).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.dtypes import stored_bytes
from leakkit.leak.formats.protobuf import (
    BYTES,
    FIXED32,
    FIXED64,
    VARINT,
    Field,
    Window,
    packed_varints,
    signed,
    walk,
)
from leakkit.leak.formats.weights import checked_shape
from leakkit.leak.text import printable

DTYPES = {
    1: "F32", 2: "U8", 3: "I8", 4: "U16", 5: "I16", 6: "I32", 7: "I64", 8: "STRING", 9: "BOOL", 10: "F16",
    11: "F64", 12: "U32", 13: "U64", 14: "C64", 15: "C128", 16: "BF16", 17: "F8_E4M3", 18: "F8_E4M3FNUZ",
    19: "F8_E5M2", 20: "F8_E5M2FNUZ", 21: "U4", 22: "I4", 23: "F4", 24: "F8_E8M0", 25: "U2", 26: "I2",
}  # fmt: skip
_ESCAPE = re.compile(r"[/\\]|[A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]*://|(?:.*[/\\])?\.\.(?:[/\\]|\Z)", re.DOTALL)
_DATA_FIELDS = frozenset({4, 5, 6, 7, 10, 11})
_FILES_LIMIT = 1_000


@dataclass
class _Parts:
    """The fields of one TensorProto that matter here."""

    name: str = ""
    kind: int = 0
    dimensions: list[int] = field(default_factory=list)
    raw: Field | None = None
    typed_bytes: int = 0
    n_strings: int = 0
    is_segment: bool = False
    is_external: bool = False
    entries: dict[str, str] = field(default_factory=dict)


@dataclass
class TensorReader:
    """Reads tensors of one model and remembers the files they name.

    Attributes
    ----------
    window : Window
        The member.
    facts : Facts
        Gets ``shape-lie`` and ``external-data-escape``.
    files : set of str
        Locations of data outside the model, escaped.
    """

    window: Window
    facts: Facts
    files: set[str] = field(default_factory=set)

    def read(self, outer: Field) -> Tensor:
        """Give the header of one tensor; `BadMemberError` when its shape and its data disagree."""
        if outer.wire != BYTES:
            raise BadMemberError("a number stands where a tensor should be")
        parts = self._parts(outer)
        tensor = Tensor(
            parts.name, DTYPES.get(parts.kind, f"ONNX_{parts.kind}"), checked_shape(parts.dimensions)
        )
        expected = stored_bytes(tensor.dtype, tensor.n_params)
        if parts.is_external:
            self._note_file(parts.entries.get("location", ""))
            return tensor._replace(nbytes=expected)
        if not parts.is_segment:
            self._check(tensor, parts, expected)
        if parts.raw is None:
            return tensor._replace(nbytes=parts.typed_bytes if expected is None else expected)
        return tensor._replace(nbytes=parts.raw.length, offset=parts.raw.value)

    def _parts(self, outer: Field) -> _Parts:
        """Take a TensorProto apart."""
        parts = _Parts()
        for part in walk(self.window, outer.value, outer.end):
            number = part.number
            if number == 1:
                parts.dimensions += [signed(size) for size in packed_varints(self.window, part)]
                if len(parts.dimensions) > 64:
                    raise BadMemberError("a tensor has more than 64 dimensions")
            elif number in _DATA_FIELDS:
                parts.typed_bytes += {BYTES: part.length, FIXED32: 4, FIXED64: 8, VARINT: 1}.get(part.wire, 0)
                parts.n_strings += number == 6
            elif number == 2:
                parts.kind = part.value
            elif number == 3:
                parts.is_segment = True
            elif number == 8:
                parts.name = self.window.text(part, 500)
            elif number == 9:
                parts.raw = part
            elif number == 13 and len(parts.entries) < 16:
                parts.entries |= self._entry(part)
            elif number == 14:
                parts.is_external = part.value == 1
        return parts

    def _entry(self, part: Field) -> dict[str, str]:
        """Give a key-value entry."""
        inner = walk(self.window, part.value, part.end)
        texts = {field.number: self.window.text(field, 1000) for field in inner}
        return {texts.get(1, ""): texts.get(2, "")}

    def _note_file(self, location: str) -> None:
        """Note the file that holds a tensor, and whether its path leaves the model's folder."""
        if _ESCAPE.match(location) or "\0" in location:
            self.facts.flag("yes", "external-data-escape")
        if len(self.files) < _FILES_LIMIT:
            self.files.add(printable(location, 200))

    def _check(self, tensor: Tensor, parts: _Parts, expected: int | None) -> None:
        """Compare the shape with the bytes; typed lists are packed in various ways and only bound it."""
        if tensor.dtype == "STRING":
            given, wanted, exact = parts.n_strings, tensor.n_params, True
        elif parts.raw is not None:
            given, wanted, exact = parts.raw.length, parts.raw.length if expected is None else expected, True
        else:
            given, wanted, exact = 4 * parts.typed_bytes, tensor.n_params, False
        if given < wanted:
            self.facts.flag("yes", "shape-lie")
        if given < wanted or (exact and given > wanted):
            raise BadMemberError("an initializer's shape disagrees with its data")
