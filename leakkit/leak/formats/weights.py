"""What a list of tensors says about the file that holds them: count, main dtype, quantisation, family."""

from __future__ import annotations

from collections import Counter
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.architecture import family_from_names, sizes_from_tensors
from leakkit.leak.formats.dtypes import FLOATING, LARGEST_COUNT
from leakkit.leak.text import printable

_DIMENSIONS_LIMIT = 32
_NAME_LIMIT = 1_000
_QUANTISED_NAMES = (
    ("GPTQ", ".g_idx"), ("AWQ", ".qweight"), ("BNB_NF4", ".quant_state.bitsandbytes__nf4"),
    ("BNB_FP4", ".quant_state.bitsandbytes__fp4"), ("BNB_INT8", ".SCB"), ("PACKED", ".weight_packed"),
    ("FP8_BLOCK", ".weight_scale_inv"), ("MXFP4", "_proj_blocks"),
)  # fmt: skip
"""Schemes by the ending of a tensor's name; the first that occurs counts."""

NOT_NUMBERS = frozenset({"STRING", "OBJECT", "STRUCT", "VOID", "DATETIME", "RESOURCE", "VARIANT"})
"""Words for elements that are no parameters."""

_DTYPE_QUANTISATION = {"I8": "INT8", "U8": "UINT8", "I4": "INT4", "U4": "UINT4", "F4": "FP4", "I2": "INT2"}


def checked_shape(dimensions: list[int] | tuple[int, ...]) -> tuple[int, ...]:
    """Give the dimensions as a shape, or raise `BadMemberError` for one that no tensor has.

    Examples
    --------
    >>> checked_shape([2, 3])
    (2, 3)
    """
    shape, count = tuple(dimensions), 1
    if len(shape) > _DIMENSIONS_LIMIT:
        raise BadMemberError("a tensor has more than 32 dimensions")
    for dimension in shape:
        if type(dimension) is not int or not 0 <= dimension <= LARGEST_COUNT:
            raise BadMemberError("a tensor has a dimension that is no possible size")
        count *= max(dimension, 1)
        if count > LARGEST_COUNT:
            raise BadMemberError("a tensor claims more elements than any disk holds")
    return shape


def tensor_name(name: str) -> str:
    """Give a tensor's name as the leak has it, escaped only where no file could hold it or it is endless."""
    try:
        name.encode()
    except UnicodeEncodeError:
        name = printable(name)
    return name if len(name) <= _NAME_LIMIT else printable(name, _NAME_LIMIT)


def describe_weights(facts: Facts, tensors: list[Tensor], *, by: str = "header", file_name: str = "") -> None:
    """Put tensors, parameter count, main dtype, quantisation and family into `facts`.

    ``n_params`` sums the elements of all tensors of numbers, so that packed four-bit weights count as the
    bytes or words they are packed in; ``quantization`` says when that is so. ``dtype_main`` is the dtype
    that takes most bytes. Values that `facts` already has are kept.

    A member that holds nothing but text or Python objects has no count at all; one without tensors has 0.

    Parameters
    ----------
    facts : Facts
        Changed in place.
    tensors : list of Tensor
        Every tensor of the member.
    by : {'header', 'claim'}
        'claim' when the bytes that the header speaks of are not all there.
    file_name : str
        Name of the member; a shard's layer count is left out.
    """
    numbers = [tensor.n_params for tensor in tensors if tensor.dtype not in NOT_NUMBERS]
    total = sum(numbers)
    if total > LARGEST_COUNT:
        raise BadMemberError("the header claims more parameters than any disk holds")
    facts.tensors = tensors
    main = _main_dtype(tensors)
    found: dict[str, Any] = {"dtype_main": main}
    if numbers or not tensors:
        found |= {"n_params": total, "n_params_by": by}
    found["quantization"] = _quantisation(tensors, main)
    family, confidence = family_from_names(tensor.name for tensor in tensors)
    if family is not None and "arch_family" not in facts.values:
        found |= {"arch_family": family, "arch_confidence": confidence}
    found |= sizes_from_tensors(tensors, file_name)
    for name, value in found.items():
        if value is not None:
            facts.values.setdefault(name, value)


def _main_dtype(tensors: list[Tensor]) -> str | None:
    """Give the dtype that takes most bytes (elements where bytes are unknown)."""
    weight: Counter[str] = Counter()
    for tensor in tensors:
        weight[tensor.dtype] += tensor.n_params if tensor.nbytes is None else tensor.nbytes
    return min(weight, key=lambda dtype: (-weight[dtype], dtype), default=None)


def _quantisation(tensors: list[Tensor], main: str | None) -> str | None:
    """Give the quantisation scheme that names or the main dtype speak of."""
    names = "\n".join(tensor.name[-80:] for tensor in tensors) + "\n"
    for scheme, ending in _QUANTISED_NAMES:
        if f"{ending}\n" in names:
            return scheme
    if main is not None and main in FLOATING and main.startswith(("F8", "F4", "F6")):
        return main
    return _DTYPE_QUANTISATION.get(main or "")
