"""Number types in the kit's words (those of safetensors) and how many bits an element takes."""

from __future__ import annotations

BITS = {
    "BOOL": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "F8_E8M0": 8,
    "U8": 8, "I8": 8, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8,
    "I16": 16, "U16": 16, "F16": 16, "BF16": 16,
    "I32": 32, "U32": 32, "F32": 32,
    "C64": 64, "F64": 64, "I64": 64, "U64": 64,
    "I2": 2, "U2": 2, "I4": 4, "U4": 4, "F4_E2M1": 4, "F8_E4M3B11FNUZ": 8,
    "F80": 128, "C128": 128, "C256": 256,
}  # fmt: skip
"""Bits of one element. The last two lines are types that other formats have and safetensors has not."""

SAFETENSORS = frozenset(list(BITS)[:22])
"""Words that a safetensors header may hold (safetensors 0.8)."""

FLOATING = frozenset(word for word in BITS if word.startswith(("F", "BF")))

LARGEST_COUNT = 1 << 62
"""Element counts above this fit no Int64 column and no disk."""


def stored_bytes(dtype: str, n_elements: int) -> int | None:
    """Bytes that `n_elements` take when packed without gaps; None for a dtype without a fixed width.

    Examples
    --------
    >>> stored_bytes("BF16", 10), stored_bytes("F4", 3), stored_bytes("STRING", 3)
    (20, 2, None)
    """
    bits = BITS.get(dtype)
    return None if bits is None else -(-n_elements * bits // 8)
