"""The files ggml wrote before GGUF: a magic word, for some a version, then bare numbers without names."""

from __future__ import annotations

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.cursor import Cursor
from leakkit.leak.source import Source

VARIANTS = {b"lmgg": "ggml", b"fmgg": "ggmf", b"tjgg": "ggjt", b"algg": "ggla"}
"""Variant by the first four bytes: the word is a little-endian number, so it stands reversed."""


def read_legacy(source: Source) -> Facts:
    """Tell the variant of a file from before GGUF, and the sizes where its header has them."""
    variant = VARIANTS.get(source.head[:4])
    if variant is None:
        raise BadMemberError("the file does not begin as ggml files did before GGUF")
    facts = Facts(values={"x_variant": variant})
    cursor = Cursor(source, 4)
    if variant != "ggml":
        facts.values["x_gguf_version"] = cursor.number("I")
    first, second, third = cursor.numbers("I", 3)
    if variant == "ggml" and second == 1500 and 51_864 <= first <= 51_866:
        facts.values |= {"arch_family": "whisper", "arch_confidence": 0.8, "vocab_size": first}
    elif variant != "ggml" and first <= 1 << 20 and second <= 1 << 17 and third <= 1 << 17:
        n_heads, n_layers = cursor.numbers("I", 2)
        facts.values |= {"arch_family": "llama", "arch_confidence": 0.5, "vocab_size": first}
        facts.values |= {"hidden_size": second, "n_heads": n_heads, "n_layers": n_layers}
    return facts
