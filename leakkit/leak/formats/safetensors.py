"""Safetensors: a length, a JSON header, then the bytes of the tensors without a gap.

https://github.com/huggingface/safetensors#format (0.8). Nothing in it can run; what can be wrong is a
header that lies. A header whose shape and byte span disagree is corrupt and its parameters are not
counted. When the header is whole and only data are missing at the end, the status is ``truncated`` and
the count is given as a ``claim``.
"""

from __future__ import annotations

import re
import struct
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.damage import is_text_mangled
from leakkit.leak.formats.dtypes import LARGEST_COUNT, SAFETENSORS, stored_bytes
from leakkit.leak.formats.header_json import parse_header
from leakkit.leak.formats.weights import checked_shape, describe_weights, tensor_name
from leakkit.leak.licences import from_hf_name
from leakkit.leak.source import HEADER_LIMIT, Source
from leakkit.leak.text import printable

_FORMAT_LIMIT = 100 * 2**20  # the format's own limit of a header, in bytes
_COMMAND = re.compile(
    r"\brm\s+-[a-z]*[rf]|\b(?:wget|curl)\s[^\n]{0,200}https?://|\bchmod\s+[0-7+]|\|\s*(?:ba|z|da)?sh\b"
    r"|\b(?:ba|z|da)?sh\s+-[ic]\b|/dev/tcp/|\bnc\s+-[a-z]*e|\bpowershell\b|\bbase64\s+(?:-d|--decode)\b"
    r"|\bos\.(?:system|popen)\s*\(|\bsubprocess\.|\b__import__\s*\(|\b(?:eval|exec)\s*\("
)
_METADATA_FACTS = {
    "format": "x_framework", "modelspec.architecture": "x_modelspec_architecture",
    "modelspec.title": "x_title", "modelspec.license": "x_licence_text",
    "ss_sd_model_name": "base_model", "ss_base_model_version": "x_base_model_version",
}  # fmt: skip


def read(source: Source, format: str = "safetensors") -> Facts:
    """Give what the header of a safetensors file says, after checking it against the file's size.

    Parameters
    ----------
    source : Source
        The member; only its header is read, whatever its size.
    format : str
        Always ``safetensors``.

    Returns
    -------
    Facts
        ``n_params``, ``dtype_main``, ``quantization``, family and sizes, one `Tensor` an entry.
        ``status`` is ``truncated`` when data are missing, ``corrupt`` when the header contradicts itself
        or the file, ``limit`` when the header is longer than is read.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> header = b'{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
    >>> facts = read(BytesSource(len(header).to_bytes(8, "little") + header + bytes(8)))
    >>> facts.status, facts.values["n_params"], facts.tensors[0].offset
    ('ok', 2, 62)
    """
    facts = Facts(danger="none_found")
    try:
        length = _header_length(source, facts)
        if length is None:
            return facts
        entries = _entries(source.read_at(8, length))
    except BadMemberError:
        if is_text_mangled(source.head):
            raise BadMemberError("text-mangled copy: bytes over 7F were replaced by U+FFFD") from None
        raise
    metadata = entries.pop("__metadata__", None)
    _read_metadata(facts, metadata)
    tensors, wrong = _tensors(facts, entries, 8 + length)
    wrong = wrong or _layout_fault(facts, tensors, source, 8 + length)
    if wrong:
        facts.status, facts.error, facts.tensors = "corrupt", wrong, tensors
        return facts
    describe_weights(facts, tensors, by="header" if facts.status == "ok" else "claim", file_name=source.name)
    return facts


def _header_length(source: Source, facts: Facts) -> int | None:
    """Give the header's length; None when `facts` already says why it cannot be read."""
    if len(source.head) < 8:
        raise BadMemberError("the file ends before the header's length", status="truncated")
    length = struct.unpack_from("<Q", source.head)[0]
    if length > _FORMAT_LIMIT and length > source.size and not is_text_mangled(source.head):
        facts.flag("yes", "header-length")
        facts.status, facts.error = (
            "limit",
            f"the header claims {length:,} bytes of a file of {source.size:,}",
        )
        return None
    if length + 8 > source.size:
        starts_well = source.head[8:9] == b"{" or source.size == 8
        raise BadMemberError(
            "the file ends inside its header", status="truncated" if starts_well else "corrupt"
        )
    if length > HEADER_LIMIT:
        raise BadMemberError(f"the header takes {length:,} bytes; {HEADER_LIMIT:,} are read", status="limit")
    return length


def _entries(raw: bytes) -> dict[str, Any]:
    """Give the header's entries by name; a name that occurs twice is refused."""

    def no_duplicates(pairs: list[tuple[str, Any]]) -> Any:
        entry = dict(pairs)
        if len(entry) != len(pairs):
            raise BadMemberError("a name occurs twice in the header")
        if "data_offsets" in entry and "shape" in entry and "dtype" in entry:
            return (entry["dtype"], entry["shape"], entry["data_offsets"])
        return entry

    entries = parse_header(raw, no_duplicates)
    if not isinstance(entries, dict):
        raise BadMemberError("the header is not a JSON object")
    return entries


def _tensors(facts: Facts, entries: dict[str, Any], data_start: int) -> tuple[list[Tensor], str | None]:
    """Give the entries that hold together, and what is wrong with the first that does not."""
    tensors: list[Tensor] = []
    wrong = None
    for name, entry in entries.items():
        try:
            tensors.append(_tensor(facts, name, entry, data_start))
        except BadMemberError as error:
            wrong = wrong or f"{error.reason}: {printable(name, 80)}"
    return tensors, wrong


def _tensor(facts: Facts, name: str, entry: Any, data_start: int) -> Tensor:
    """Check one entry by itself."""
    if not isinstance(entry, tuple) or not all(isinstance(part, list) for part in entry[1:]):
        raise BadMemberError("an entry lacks dtype, shape or data_offsets")
    dtype, dimensions, offsets = entry
    if not isinstance(dtype, str) or len(offsets) != 2 or any(type(offset) is not int for offset in offsets):
        raise BadMemberError("an entry has no usable dtype or data_offsets")
    begin, end = offsets
    if not 0 <= begin <= end <= LARGEST_COUNT:
        raise BadMemberError("data_offsets run backwards or out of any file")
    shape = checked_shape(dimensions)
    tensor = Tensor(tensor_name(name), printable(dtype, 20), shape, end - begin, data_start + begin)
    expected = stored_bytes(dtype, tensor.n_params) if dtype in SAFETENSORS else None
    widest = 32 * tensor.n_params if expected is None else expected
    if end - begin > widest or (expected is not None and end - begin != expected):
        if expected is not None and expected > end - begin:
            facts.flag("yes", "shape-lie")
        raise BadMemberError("shape and dtype do not give the bytes that data_offsets claim")
    if expected is None and tensor.n_params > 8 * (end - begin):
        raise BadMemberError("the shape has more elements than data_offsets have bits")
    return tensor


def _layout_fault(facts: Facts, tensors: list[Tensor], source: Source, data_start: int) -> str | None:
    """Check that the tensors cover the rest of the file once; a short file only sets the status."""
    position = data_start
    for begin, nbytes in sorted((tensor.offset or 0, tensor.nbytes or 0) for tensor in tensors):
        if begin < position:
            facts.flag("yes", "tensor-overlap")
            return "two tensors share bytes"
        if begin > position:
            facts.flag("review", "hidden-bytes")
            return f"{begin - position:,} bytes between tensors belong to none"
        position = begin + nbytes
    if position > source.size:
        facts.status = "truncated"
        facts.error = f"the header speaks of {position:,} bytes; the file has {source.size:,}"
    elif position < source.size:
        if is_text_mangled(source.head):
            return "text-mangled copy: bytes over 7F were replaced by U+FFFD"
        facts.flag("review", "hidden-bytes")
        return f"{source.size - position:,} bytes after the last tensor belong to none"
    return None


def _read_metadata(facts: Facts, metadata: Any) -> None:
    """Take what ``__metadata__`` tells of the origin, and look for shell commands in it."""
    if metadata is None:
        return
    if not isinstance(metadata, dict):
        raise BadMemberError("__metadata__ is not an object")
    for name, value in metadata.items():
        if not isinstance(value, str):
            raise BadMemberError("__metadata__ holds something other than text")
        if _COMMAND.search(value):
            facts.flag("review", "metadata-command")
        if name in _METADATA_FACTS and value:
            facts.values[_METADATA_FACTS[name]] = printable(value, 200)
    licence = from_hf_name(metadata.get("modelspec.license"))
    if licence and not licence.startswith("LicenseRef"):
        facts.values["licence"] = licence
    facts.values["x_metadata_keys"] = sorted(printable(name, 80) for name in metadata)[:100]
