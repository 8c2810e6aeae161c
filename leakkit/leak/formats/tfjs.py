"""TensorFlow.js ``model.json``: tensors from its weights manifest; the bytes lie in the shards beside it.

https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts (WeightsManifestConfig)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.json_text import parse_object
from leakkit.leak.formats.weights import checked_shape, describe_weights, tensor_name
from leakkit.leak.source import Source
from leakkit.leak.text import printable

_DTYPES = {
    "float32": "F32", "float16": "F16", "int32": "I32", "uint8": "U8", "uint16": "U16", "bool": "BOOL",
    "string": "STRING", "complex64": "C64",
}  # fmt: skip


def read(source: Source, format: str = "tfjs-model") -> Facts:
    """Give the parameters and tensors that the manifest lists.

    Returns
    -------
    Facts
        ``n_params`` by the header; ``dtype_main`` is the stored type where weights are quantised.
    """
    facts = Facts(danger="none_found")
    model = parse_object(source, facts)
    if isinstance(model.get("generatedBy"), str):
        facts.values["x_producer"] = printable(model["generatedBy"], 100)
    tensors = list(_tensors(model.get("weightsManifest")))
    if tensors:
        describe_weights(facts, tensors, file_name=source.name)
    return facts


def _tensors(manifest: Any) -> Iterator[Tensor]:
    """Give one tensor an entry; anything of another shape is an error."""
    for group in manifest if isinstance(manifest, list) else []:
        weights = group.get("weights") if isinstance(group, dict) else None
        for weight in weights if isinstance(weights, list) else []:
            if not isinstance(weight, dict) or not isinstance(weight.get("shape"), list):
                raise BadMemberError("a weight in the manifest has no shape")
            packed = weight.get("quantization")
            word = packed.get("dtype") if isinstance(packed, dict) else weight.get("dtype")
            dtype = _DTYPES.get(str(word)) or printable(str(word), 40).upper()
            yield Tensor(tensor_name(str(weight.get("name", ""))), dtype, checked_shape(weight["shape"]))
