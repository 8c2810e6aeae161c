"""What a Hugging Face ``config.json`` says of a model: family, sizes, dtype, quantisation, code it brings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from leakkit.leak.facts import Facts
from leakkit.leak.formats.hf_params import params_from_config
from leakkit.leak.formats.json_text import whole_number
from leakkit.leak.text import printable

NAME_LIMIT = 200

_COLUMNS: dict[str, tuple[str, ...]] = {
    "n_layers": ("num_hidden_layers", "n_layer", "n_layers", "num_layers", "encoder_layers"),
    "hidden_size": ("hidden_size", "n_embd", "d_model", "dim", "embed_dim"),
    "n_heads": ("num_attention_heads", "n_head", "n_heads", "num_heads", "encoder_attention_heads"),
    "n_kv_heads": ("num_key_value_heads", "n_kv_heads", "multi_query_group_num", "num_kv_heads"),
    "vocab_size": ("vocab_size", "padded_vocab_size", "n_vocab"),
}
"""Artifacts column -> names it goes under, from Llama's to those of older families."""

_NESTED = ("text_config", "llm_config", "language_config", "language_model", "thinker_config", "decoder")
_DTYPES = {
    "float16": "F16", "half": "F16", "fp16": "F16", "bfloat16": "BF16", "bf16": "BF16", "float32": "F32",
    "float": "F32", "fp32": "F32", "float64": "F64", "float8_e4m3fn": "F8_E4M3", "float8_e5m2": "F8_E5M2",
    "int8": "I8", "uint8": "U8",
}  # fmt: skip
_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}")


def config_facts(config: Mapping[str, Any], facts: Facts) -> None:
    """Put what a configuration says into `facts`.

    A claim throughout: weights beside it may be of another model. ``n_params`` comes from a formula and
    only for families whose sum is known exactly (`params_from_config`).
    """
    judge_code(config, facts)
    inner = _language_part(config)
    family = _word(config.get("model_type")) or _family_of_class(config)
    if family:
        facts.values |= {"arch_family": family, "arch_confidence": 1.0}
    for column, names in _COLUMNS.items():
        number = _first_number(inner, names) or _first_number(config, names)
        if number is not None:
            facts.values[column] = number
    dtype = dtype_word(
        inner.get("torch_dtype") or inner.get("dtype") or config.get("torch_dtype") or config.get("dtype")
    )
    if dtype:
        facts.values["dtype_main"] = dtype
    quantization = quantization_word(config.get("quantization_config") or config.get("compression_config"))
    if quantization:
        facts.values["quantization"] = quantization
    params = params_from_config(config)
    if params is not None:
        facts.values |= {"n_params": params, "n_params_by": "formula"}
    base = hub_name(config.get("_name_or_path"))
    if base:
        facts.values["base_model"] = base
    _extra(config, facts)


def judge_code(config: Mapping[str, Any], facts: Facts) -> None:
    """Note settings that make a loader import code from a repository.

    Only a note: nothing is imported unless the user asks for it (``trust_remote_code``), and ordinary
    published models carry such settings.
    """
    for key in ("auto_map", "custom_pipelines"):
        if isinstance(config.get(key), Mapping) and config[key]:
            facts.error = f"names code that a loader imports when told to trust it ({key})"
    facts.danger = facts.danger or "none_found"


def _language_part(config: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the part of a multimodal configuration that describes its language model."""
    for key in _NESTED:
        part = config.get(key)
        if isinstance(part, Mapping) and _first_number(part, _COLUMNS["hidden_size"]) is not None:
            return part
    return config


def _first_number(config: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    """Give the first of the named settings that is a count."""
    return next((number for name in names if (number := whole_number(config.get(name))) is not None), None)


def _word(value: Any) -> str | None:
    """Give a short name fit for a column."""
    if not isinstance(value, str) or not value.strip() or len(value) > 100:
        return None
    return printable(value.strip(), NAME_LIMIT)


def _family_of_class(config: Mapping[str, Any]) -> str | None:
    """Give a family from a class name when ``model_type`` is missing: ``BertForMaskedLM`` to ``bert``."""
    architectures = config.get("architectures")
    name = (
        architectures[0] if isinstance(architectures, list) and architectures else config.get("_class_name")
    )
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z]\w{0,80}", name):
        return None
    plain = re.sub(r"(?:For[A-Z]\w*|LMHead\w*|Model|Pipeline)$", "", name)
    return plain.lower() or None


def dtype_word(value: Any) -> str | None:
    """Give the safetensors word for a dtype of a configuration.

    Examples
    --------
    >>> dtype_word("torch.bfloat16"), dtype_word("auto")
    ('BF16', None)
    """
    if not isinstance(value, str):
        return None
    return _DTYPES.get(value.removeprefix("torch.").lower())


def quantization_word(value: Any) -> str | None:
    """Give a short name for a quantisation: method, bits, kind.

    Examples
    --------
    >>> quantization_word({"quant_method": "gptq", "bits": 4, "group_size": 128})
    'gptq-4bit'
    >>> quantization_word(
    ...     {"quant_method": "bitsandbytes", "load_in_4bit": True, "bnb_4bit_quant_type": "nf4"}
    ... )
    'bitsandbytes-4bit-nf4'
    """
    if not isinstance(value, Mapping):
        return None
    method = _word(value.get("quant_method")) or ("bitsandbytes" if "load_in_8bit" in value else None)
    if method is None:
        return None
    bits = whole_number(value.get("bits") or value.get("w_bit"))
    if value.get("load_in_4bit") is True:
        bits = 4
    elif value.get("load_in_8bit") is True:
        bits = 8
    kind = _word(value.get("bnb_4bit_quant_type")) if value.get("load_in_4bit") is True else None
    kind = kind or (_word(value.get("fmt")) if method == "fp8" else None)
    return "-".join(part for part in (method, f"{bits}bit" if bits and bits <= 64 else None, kind) if part)


def hub_name(value: Any) -> str | None:
    """Give a name of the form ``organisation/model``; None for local folders and anything else.

    Examples
    --------
    >>> hub_name("mistralai/Mistral-7B-v0.1"), hub_name("/home/ada/run-7"), hub_name("")
    ('mistralai/Mistral-7B-v0.1', None, None)
    """
    return value if isinstance(value, str) and _HUB_NAME.fullmatch(value) else None


def _extra(config: Mapping[str, Any], facts: Facts) -> None:
    """Keep what has no column."""
    architectures = config.get("architectures")
    if isinstance(architectures, list) and architectures:
        facts.values["x_architectures"] = [printable(str(name), NAME_LIMIT) for name in architectures[:5]]
    tied = config.get("tie_word_embeddings")
    if isinstance(tied, bool):
        facts.values["x_tied_embeddings"] = tied
    for key in ("_name_or_path", "transformers_version", "_class_name", "_diffusers_version"):
        if (word := _word(config.get(key))) is not None:
            facts.values[f"x_{key.lstrip('_')}"] = word
    for key in ("num_local_experts", "num_experts", "n_routed_experts", "max_position_embeddings"):
        if (number := whole_number(config.get(key))) is not None:
            facts.values[f"x_{key}"] = number
