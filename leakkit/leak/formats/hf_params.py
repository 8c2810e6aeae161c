"""How many parameters a model has, computed from its configuration for families whose layout is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from leakkit.leak.formats.json_text import whole_number

Config = Mapping[str, Any]


class _UnknownLayoutError(Exception):
    """A size is missing, or the layout is not one of those whose sum is known."""


def params_from_config(config: Config) -> int | None:
    """Give the number of parameters the configuration leads to.

    Parameters
    ----------
    config : mapping
        A Hugging Face ``config.json``.

    Returns
    -------
    int or None
        Exact for Llama, Mistral, Mixtral, Qwen2, Qwen3, Phi-3, Granite, Gemma, Gemma 2, GPT-2, GPT-NeoX,
        BERT and RoBERTa with a language-model head or none; None for any other family, head or missing
        size.

    Notes
    -----
    Sum over the layers as `transformers` builds them; buffers (rotary frequencies, masks) are no
    parameters. Quantised weights pack several parameters into one element: the sum is of the model
    before that. A configuration is a claim: weights that lie beside it may hold something else.

    Examples
    --------
    >>> params_from_config(
    ...     {
    ...         "model_type": "gpt2",
    ...         "architectures": ["GPT2LMHeadModel"],
    ...         "vocab_size": 50257,
    ...         "n_positions": 1024,
    ...         "n_embd": 768,
    ...         "n_layer": 12,
    ...         "n_head": 12,
    ...     }
    ... )
    124439808
    """
    family = config.get("model_type")
    count = _FAMILIES.get(family) if isinstance(family, str) else None
    if count is None:
        return None
    try:
        total = count(config)
    except _UnknownLayoutError:
        return None
    return total if 0 < total < 2**62 else None


def _size(config: Config, *names: str, default: int | None = None) -> int:
    """Give the first of the named sizes that is a positive whole number."""
    for name in names:
        value = config.get(name)
        if value is not None:
            number = whole_number(value)
            if number is None or number > 2**40:
                raise _UnknownLayoutError(name)
            return number
    if default is None:
        raise _UnknownLayoutError(names[0])
    return default


def _has_head(config: Config, *heads: str) -> bool:
    """Tell a language-model head from the bare model; other heads are not counted."""
    architectures = config.get("architectures")
    if not architectures:
        return True
    name = architectures[0] if isinstance(architectures, list) else architectures
    if not isinstance(name, str):
        raise _UnknownLayoutError("architectures")
    if name.endswith(heads):
        return True
    if name.endswith("Model"):
        return False
    raise _UnknownLayoutError("architectures")


def _embeddings(config: Config, hidden: int, tied: bool, head: bool) -> int:
    """Token embeddings, and the output matrix where it is one of its own."""
    own_output = head and not config.get("tie_word_embeddings", tied)
    return _size(config, "vocab_size") * hidden * (2 if own_output else 1)


def _attention(config: Config, hidden: int, bias_in: bool, bias_out: bool) -> int:
    """Query, key, value and output projections with grouped key-value heads."""
    heads = _size(config, "num_attention_heads")
    shared = _size(config, "num_key_value_heads", default=heads)
    width = _size(config, "head_dim", default=hidden // heads)
    inputs = (heads + 2 * shared) * width
    return inputs * hidden + heads * width * hidden + (inputs if bias_in else 0) + (hidden if bias_out else 0)


def _llama(
    config: Config,
    *,
    tied: bool = False,
    qkv_bias: bool | None = None,
    norms: int = 2,
    head_norms: bool = False,
) -> int:
    """Llama and what shares its blocks: gated feed-forward part, norms without bias."""
    hidden, inner = _size(config, "hidden_size"), _size(config, "intermediate_size")
    bias = bool(config.get("attention_bias", False))
    attention = _attention(
        config, hidden, bias if qkv_bias is None else qkv_bias, bias if qkv_bias is None else False
    )
    if head_norms:
        attention += 2 * _size(config, "head_dim", default=hidden // _size(config, "num_attention_heads"))
    feed_forward = 3 * hidden * inner + (2 * inner + hidden if config.get("mlp_bias", False) else 0)
    layer = attention + feed_forward + norms * hidden
    outside = _embeddings(config, hidden, tied, _has_head(config, "ForCausalLM")) + hidden
    return outside + _size(config, "num_hidden_layers") * layer


def _mixtral(config: Config) -> int:
    """Mistral's attention; every layer has its experts and a router."""
    hidden, inner = _size(config, "hidden_size"), _size(config, "intermediate_size")
    experts = _size(config, "num_local_experts")
    layer = (
        _attention(config, hidden, False, False)
        + experts * 3 * hidden * inner
        + experts * hidden
        + 2 * hidden
    )
    outside = _embeddings(config, hidden, False, _has_head(config, "ForCausalLM")) + hidden
    return outside + _size(config, "num_hidden_layers") * layer


def _gpt2(config: Config) -> int:
    """GPT-2: learned positions, biases everywhere, output matrix shared with the embeddings."""
    hidden = _size(config, "n_embd", "hidden_size")
    inner = _size(config, "n_inner", default=4 * hidden)
    layer = 4 * hidden * hidden + 4 * hidden + 2 * hidden * inner + inner + hidden + 4 * hidden
    head = _has_head(config, "LMHeadModel", "ForCausalLM")
    outside = (
        _embeddings(config, hidden, True, head) + _size(config, "n_positions", "n_ctx") * hidden + 2 * hidden
    )
    return outside + _size(config, "n_layer", "num_hidden_layers") * layer


def _gpt_neox(config: Config) -> int:
    """GPT-NeoX and Pythia: fused query, key and value, output matrix of its own."""
    hidden, inner = _size(config, "hidden_size"), _size(config, "intermediate_size")
    bias = 4 * hidden if config.get("attention_bias", True) else 0
    layer = 4 * hidden * hidden + bias + 2 * hidden * inner + inner + hidden + 4 * hidden
    outside = _embeddings(config, hidden, False, _has_head(config, "ForCausalLM")) + 2 * hidden
    return outside + _size(config, "num_hidden_layers") * layer


def _bert(config: Config) -> int:
    """BERT and RoBERTa: three embeddings; a pooler in the bare model, a transformation in the masked one."""
    hidden, inner = _size(config, "hidden_size"), _size(config, "intermediate_size")
    vocabulary = _size(config, "vocab_size")
    positions, types = _size(config, "max_position_embeddings"), _size(config, "type_vocab_size")
    layer = 4 * (hidden * hidden + hidden) + 2 * hidden * inner + inner + hidden + 4 * hidden
    total = (
        (vocabulary + positions + types) * hidden + 2 * hidden + _size(config, "num_hidden_layers") * layer
    )
    square = hidden * hidden + hidden
    if not _has_head(config, "ForMaskedLM", "ForPreTraining"):
        return total + square
    total += square + 2 * hidden + vocabulary
    if str((config.get("architectures") or [""])[0]).endswith("ForPreTraining"):
        total += square + 2 * hidden + 2
    return total if config.get("tie_word_embeddings", True) else total + vocabulary * hidden


_FAMILIES: dict[str, Callable[[Config], int]] = {
    "llama": _llama,
    "mistral": lambda config: _llama(config, qkv_bias=False),
    "granite": _llama,
    "phi3": lambda config: _llama(config, qkv_bias=False),
    "qwen2": lambda config: _llama(config, qkv_bias=True),
    "qwen3": lambda config: _llama(config, head_norms=True),
    "gemma": lambda config: _llama(config, tied=True),
    "gemma2": lambda config: _llama(config, tied=True, norms=4),
    "mixtral": _mixtral,
    "gpt2": _gpt2,
    "gpt_neox": _gpt_neox,
    "bert": _bert,
    "roberta": _bert,
    "xlm-roberta": _bert,
}
