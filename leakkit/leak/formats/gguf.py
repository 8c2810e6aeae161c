"""GGUF (versions 1 to 3, both byte orders) and its forerunners: key-value pairs and tensor list only.

https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. Arrays (vocabularies, merges) are passed over,
not built; a count that cannot fit the file is refused before anything is done with it.
"""

from __future__ import annotations

from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.cursor import Cursor
from leakkit.leak.formats.damage import is_text_mangled
from leakkit.leak.formats.dtypes import LARGEST_COUNT
from leakkit.leak.formats.ggml_types import BLOCK_TYPES, FILE_TYPES, UNQUANTISED
from leakkit.leak.formats.weights import checked_shape, describe_weights, tensor_name
from leakkit.leak.licences import from_hf_name
from leakkit.leak.source import HEADER_LIMIT, Source
from leakkit.leak.text import printable

STRING, ARRAY = 8, 9
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_WIDTHS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_PAIRS_LIMIT, _TENSORS_LIMIT, _STRINGS_LIMIT = 100_000, 200_000, 4_000_000
_NESTED_COST = 15  # an array in an array costs as much as so many texts
_VALUE_BYTES, _TEMPLATE_BYTES, _ARRAY_KEPT = 4_096, 2**20, 1_024

_TEXT_COLUMNS = {
    "general.name": "x_name",
    "general.organization": "x_organisation",
    "general.finetune": "x_finetune",
    "tokenizer.ggml.model": "x_tokenizer",
}


class Length(int):
    """Length of an array whose items were passed over."""


class _Header:
    """Reads the pieces a GGUF header is made of; version 1 has 32-bit lengths, later ones 64."""

    def __init__(self, source: Source) -> None:
        self.cursor = Cursor(source, 4)
        self.version = self.cursor.number("I")
        if self.version & 0xFFFF == 0:  # a big-endian file shows its version in the upper half
            self.version = int.from_bytes(self.version.to_bytes(4, "little"), "big")
            self.cursor.order = ">"
        if not 1 <= self.version <= 3:
            raise BadMemberError("the GGUF version is not 1, 2 or 3")
        self.wide = "I" if self.version == 1 else "Q"
        self.wide_bytes = 4 if self.version == 1 else 8
        self.strings_left = _STRINGS_LIMIT
        self.kept_left = HEADER_LIMIT  # bytes of names and values that may stay in memory

    def name(self) -> str:
        """Give a key or tensor name."""
        length = self.cursor.number(self.wide)
        if length > 65_535:
            raise BadMemberError("a name is longer than the format allows")
        self._keep(length)
        return self.cursor.take(length).decode("utf-8", "replace")

    def _keep(self, n_bytes: int) -> None:
        """Count bytes that stay in memory."""
        self.kept_left -= n_bytes
        if self.kept_left < 0:
            raise BadMemberError(
                "names and values of the header take more room than they may", status="limit"
            )

    def value(self, key: str) -> Any:
        """Give the value of `key`: a scalar, a short text, a short list of numbers, or a `Length`."""
        kind = self.cursor.number("I")
        if kind == STRING:
            return self._text(_TEMPLATE_BYTES if "chat_template" in key else _VALUE_BYTES)
        if kind == ARRAY:
            return self._array(key)
        if kind not in _SCALARS:
            raise BadMemberError("a value has a type that GGUF does not have")
        return self.cursor.numbers(_SCALARS[kind], 1)[0]

    def _text(self, limit: int) -> str:
        """Give up to `limit` bytes of a text and pass over the rest."""
        length = self.cursor.number(self.wide)
        self.cursor.need(length)
        self._keep(min(length, limit))
        text = self.cursor.take(min(length, limit)).decode("utf-8", "replace")
        self.cursor.skip(max(0, length - limit))
        return text

    def _array(self, key: str, depth: int = 0) -> Any:
        """Pass over an array and give its length; a short list of numbers is given itself."""
        kind, count = self.cursor.number("I"), self.cursor.number(self.wide)
        if kind in _WIDTHS:
            self.cursor.need(count, _WIDTHS[kind])
            if count <= _ARRAY_KEPT:
                self._keep(32 * count)
                return list(self.cursor.numbers(_SCALARS[kind], count))
            self.cursor.skip(count * _WIDTHS[kind])
            return Length(count)
        self.cursor.need(count, self.wide_bytes)
        self.strings_left -= count * (_NESTED_COST if kind == ARRAY else 1)
        if self.strings_left < 0:
            raise BadMemberError("arrays hold more items than are walked", status="limit")
        if kind == STRING:
            self._skip_strings(count)
        elif kind == ARRAY and depth < 4:
            for _ in range(count):
                self._array(key, depth + 1)
        else:
            raise BadMemberError("an array has items of a type that GGUF does not have")
        return Length(count)

    def _skip_strings(self, count: int) -> None:
        """Pass over `count` texts."""
        cursor, wide = self.cursor, self.wide_bytes
        order = "little" if cursor.order == "<" else "big"
        for _ in range(count):
            cursor.skip(int.from_bytes(cursor.take(wide), order))  # type: ignore[arg-type]


def read(source: Source, format: str = "gguf") -> Facts:
    r"""Give what the header of a GGUF file says, after checking it against the file's size.

    Parameters
    ----------
    source : Source
        The member; only its header is read.
    format : str
        ``gguf`` or ``ggml-legacy`` (of which little more than the variant is told).

    Returns
    -------
    Facts
        Architecture, sizes, quantisation, licence and base model as the file states them; one `Tensor`
        an entry with the shape in row-major order (as in safetensors, the reverse of the file's).
        A chat template is judged, never rendered. ``status`` is ``truncated`` when the tensors reach
        beyond the end of the file; the parameter count is then a ``claim``.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> read(BytesSource(b"GGUF" + b"\x03\x00\x00\x00" + bytes(16))).values["n_params"]
    0
    """
    if format == "ggml-legacy":
        from leakkit.leak.formats.ggml_legacy import read_legacy

        return read_legacy(source)
    facts = Facts(danger="none_found")
    try:
        _read_header(source, facts)
    except BadMemberError as error:
        if is_text_mangled(source.head):
            raise BadMemberError("text-mangled copy: bytes over 7F were replaced by U+FFFD") from None
        if not facts.values:
            raise
        facts.status, facts.error = error.status, error.reason
    return facts


def _read_header(source: Source, facts: Facts) -> None:
    """Read counts, pairs and tensor list into `facts`; what was read before an error stays."""
    if source.head[:4] != b"GGUF":
        raise BadMemberError("the file does not begin with GGUF")
    header = _Header(source)
    cursor = header.cursor
    n_tensors, n_pairs = cursor.numbers(header.wide, 2)
    facts.values["x_gguf_version"] = header.version
    least_tensor, least_pair = header.wide_bytes + 16, header.wide_bytes + 5
    if n_tensors * least_tensor + n_pairs * least_pair > cursor.left:
        if not is_text_mangled(source.head) and max(n_tensors, n_pairs) > 1 << 32:
            facts.flag("yes", "huge-counts")
        raise BadMemberError("the header claims more entries than the file has bytes")
    if n_pairs > _PAIRS_LIMIT or n_tensors > _TENSORS_LIMIT:
        raise BadMemberError("the header has more entries than are read", status="limit")
    pairs: dict[str, Any] = {}
    for _ in range(n_pairs):
        key = header.name()
        if key in pairs:
            raise BadMemberError("a key occurs twice in the header")
        pairs[key] = header.value(key)
    _read_pairs(facts, pairs)
    tensors = [_tensor(header) for _ in range(n_tensors)]
    alignment = pairs.get("general.alignment", 32)
    if type(alignment) is not int or not 1 <= alignment <= 1 << 20:
        raise BadMemberError("the alignment of tensor data is no possible number")
    start = -(-cursor.position // alignment) * alignment
    _place(facts, source, tensors, start)


def _tensor(header: _Header) -> Tensor:
    """Read one entry of the tensor list; its offset still counts from the start of the data."""
    name, n_dimensions = header.name(), header.cursor.number("I")
    if n_dimensions > 8:
        raise BadMemberError("a tensor has more than eight dimensions")
    dimensions = header.cursor.numbers(header.wide, n_dimensions)
    kind, offset = header.cursor.number("I"), header.cursor.number("Q")
    shape = checked_shape(dimensions[::-1])
    dtype, block, block_bytes = BLOCK_TYPES.get(kind, (f"GGML_{kind}", 0, 0))
    tensor = Tensor(tensor_name(name), dtype, shape, None, offset)
    if not block:
        return tensor
    if (shape[-1] if shape else 1) % block:
        raise BadMemberError("a tensor's rows are no whole number of blocks")
    return tensor._replace(nbytes=tensor.n_params // block * block_bytes)


def _place(facts: Facts, source: Source, tensors: list[Tensor], start: int) -> None:
    """Check that tensors lie in the file without sharing bytes, then describe them."""
    position, wrong = 0, None
    for tensor in sorted(tensors, key=lambda item: (item.offset, item.nbytes or 0)):
        offset = tensor.offset or 0
        if offset < position:
            facts.flag("yes", "tensor-overlap")
            raise BadMemberError("two tensors share bytes")
        position = offset + (tensor.nbytes or 0)
    if position > LARGEST_COUNT:
        raise BadMemberError("a tensor's offset is outside any file")
    if tensors and start + position > source.size:
        wrong = f"the header speaks of {start + position:,} bytes; the file has {source.size:,}"
        facts.status, facts.error = "truncated", wrong
    placed = [tensor._replace(offset=start + (tensor.offset or 0)) for tensor in tensors]
    describe_weights(facts, placed, by="claim" if wrong else "header", file_name=source.name)
    main = facts.values.get("dtype_main")
    if main and main not in UNQUANTISED:
        facts.values.setdefault("quantization", main)


def _read_pairs(facts: Facts, pairs: dict[str, Any]) -> None:
    """Turn key-value pairs into columns."""
    values = facts.values
    architecture = pairs.get("general.architecture")
    if isinstance(architecture, str) and architecture:
        values |= {"arch_family": printable(architecture, 64), "arch_confidence": 1.0}
    _texts(values, pairs)
    columns = {
        "n_layers": "block_count", "hidden_size": "embedding_length", "n_heads": "attention.head_count",
        "n_kv_heads": "attention.head_count_kv", "vocab_size": "vocab_size", "x_context": "context_length",
        "x_n_experts": "expert_count",
    }  # fmt: skip
    for column, key in columns.items():
        number = _one_number(pairs.get(f"{architecture}.{key}"))
        if number is not None:
            values[column] = number
    tokens = pairs.get("tokenizer.ggml.tokens")
    if isinstance(tokens, Length):
        values["vocab_size"] = int(tokens)
    quantisation = FILE_TYPES.get(_one_number(pairs.get("general.file_type")) or 0)
    if quantisation and quantisation not in UNQUANTISED:
        values["quantization"] = quantisation
    for key, column in (("split.count", "x_shards"), ("split.no", "x_shard")):
        if (number := _one_number(pairs.get(key))) is not None:
            values[column] = number
    _judge_templates(facts, pairs)


def _one_number(value: Any) -> int | None:
    """Give a count; a list of one count a layer is given when all agree."""
    if isinstance(value, list) and value and all(item == value[0] for item in value):
        value = value[0]
    return value if type(value) is int and 0 <= value < 1 << 40 else None


def _texts(values: dict[str, Any], pairs: dict[str, Any]) -> None:
    """Take name, licence and base model."""
    texts = {key: text.strip() for key, text in pairs.items() if isinstance(text, str) and text.strip()}
    for key, column in _TEXT_COLUMNS.items():
        if key in texts:
            values[column] = printable(texts[key], 200)
    licence = from_hf_name(texts.get("general.license"))
    if licence:
        values["licence"] = licence
    bases = []
    for number in range(8):
        key = f"general.base_model.{number}."
        organisation, name = texts.get(key + "organization"), texts.get(key + "name")
        url = texts.get(key + "repo_url", "")
        repository = url.removeprefix("https://huggingface.co/") if "huggingface.co/" in url else None
        found = repository or (f"{organisation}/{name}" if organisation and name else name)
        if found:
            bases.append(printable(found, 200))
    if bases:
        values["base_model"] = "; ".join(bases)


def _judge_templates(facts: Facts, pairs: dict[str, Any]) -> None:
    """Have every chat template looked at for what it would reach when rendered."""
    for key in sorted(pairs):
        if not key.startswith("tokenizer.chat_template") or not isinstance(pairs[key], str):
            continue
        from leakkit.leak.formats.templates import judge_template

        facts.values["x_chat_template"] = True
        if len(pairs[key]) >= _TEMPLATE_BYTES:
            facts.flag("review", "template-length")
        for danger, rule in judge_template(pairs[key]):
            facts.flag(danger, rule)
