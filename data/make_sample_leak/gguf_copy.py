"""The base model once more: quantised, under the names and in the row order that GGUF uses."""

from __future__ import annotations

from typing import Any

from data.make_sample_leak import tensor_files
from data.make_sample_leak.exhibit import INVENTED, Exhibit
from data.make_sample_leak.tokenizers import SPECIAL, vocabulary
from data.make_sample_leak.weights import HEAD, HEADS, HIDDEN, INNER, KV_HEADS, LAYERS, VOCABULARY, Array


def gguf_settings(name: str) -> dict[str, Any]:
    """The key-value pairs of a Llama-like GGUF."""
    return {
        "general.architecture": "llama",
        "general.name": name,
        "general.description": INVENTED,
        "general.license": "apache-2.0",
        "general.file_type": 7,
        "llama.block_count": LAYERS,
        "llama.context_length": 2048,
        "llama.embedding_length": HIDDEN,
        "llama.feed_forward_length": INNER,
        "llama.attention.head_count": HEADS,
        "llama.attention.head_count_kv": KV_HEADS,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "llama.rope.freq_base": 10000.0,
        "llama.vocab_size": VOCABULARY,
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.tokens": vocabulary(VOCABULARY),
        "tokenizer.ggml.bos_token_id": SPECIAL.index("<s>"),
        "tokenizer.ggml.eos_token_id": SPECIAL.index("</s>"),
    }


GGUF_NAMES = {
    "model.embed_tokens": "token_embd",
    "model.norm": "output_norm",
    "lm_head": "output",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
    "mlp.down_proj": "ffn_down",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "self_attn.k_proj": "attn_k",
    "self_attn.o_proj": "attn_output",
    "self_attn.q_proj": "attn_q",
    "self_attn.v_proj": "attn_v",
}


def gguf_name(name: str) -> str:
    """Give a tensor's name in GGUF."""
    stem = name.removesuffix(".weight")
    if stem.startswith("model.layers."):
        _, _, layer, part = stem.split(".", 3)
        return f"blk.{layer}.{GGUF_NAMES[part]}.weight"
    return f"{GGUF_NAMES[stem]}.weight"


def rotary_order(name: str, values: Array) -> Array:
    """Reorder the rows of q and k as the GGUF converter does for its rotary embedding."""
    if ".q_proj." not in name and ".k_proj." not in name:
        return values
    heads = HEADS if ".q_proj." in name else KV_HEADS
    return values.reshape(heads, 2, HEAD // 2, -1).swapaxes(1, 2).reshape(values.shape)


def save_gguf(exhibit: Exhibit, weights: dict[str, Array]) -> None:
    """Write the base as a Q8_0 GGUF, from its bfloat16 values."""
    rows = []
    for name, values in weights.items():
        stored = rotary_order(name, tensor_files.from_bf16(tensor_files.to_bf16(values)))
        matrix = stored.ndim == 2
        data = tensor_files.to_q8_0(stored) if matrix else stored.astype("<f4").tobytes()
        rows.append((gguf_name(name), "Q8_0" if matrix else "F32", stored.shape, data))
    exhibit.file(
        "models/gguf/tern-0.6m-base.Q8_0.gguf",
        tensor_files.gguf(gguf_settings("tern-0.6m-base"), rows),
        "gguf",
        "the base model again, quantised and under other tensor names",
        n_params=sum(v.size for v in weights.values()),
        licence="Apache-2.0",
    )
