"""Which family of networks tensor names speak of, and what names and shapes tell of its size.

Names alone cannot tell every family: Llama, Mistral and the first Gemma are one class here (``llama``,
confidence 0.5); the configuration file decides. A confidence is the author's weight for "these names
and no other well-known family", not a measured frequency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from leakkit.leak.facts import Tensor
from leakkit.leak.formats.dtypes import FLOATING


class Pattern(NamedTuple):
    """A family and the name parts that must (and must not) occur; ``#`` stands for a number."""

    family: str
    confidence: float
    needs: tuple[str, ...]
    lacks: tuple[str, ...] = ()


PATTERNS = (
    Pattern("deepseek", 0.85, ("self_attn.kv_a_proj_with_mqa.",)),
    Pattern("mixtral", 0.8, ("block_sparse_moe.experts.#.w#.",)),
    Pattern("gpt_oss", 0.8, ("self_attn.sinks",)),
    Pattern("qwen2_moe", 0.8, ("mlp.shared_expert_gate.", "mlp.experts.#.gate_proj.")),
    Pattern("gemma3", 0.7, ("self_attn.q_norm.", "pre_feedforward_layernorm.")),
    Pattern("gemma2", 0.7, ("self_attn.q_proj.", "pre_feedforward_layernorm.")),
    Pattern("olmoe", 0.5, ("self_attn.q_norm.", "mlp.experts.#.gate_proj.", "mlp.gate."), ("head_dim",)),
    Pattern("qwen3", 0.5, ("self_attn.q_norm.", "mlp.gate_proj.", "input_layernorm.")),
    Pattern("phi3", 0.7, ("self_attn.qkv_proj.", "mlp.gate_up_proj.")),
    Pattern("phi", 0.7, ("self_attn.q_proj.", "self_attn.dense.", "mlp.fc#.")),
    Pattern("llava", 0.7, ("multi_modal_projector.linear_#.", "language_model.")),
    Pattern("qwen2", 0.6, ("self_attn.q_proj.bias", "mlp.gate_proj."), ("self_attn.o_proj.bias",)),
    Pattern("llama", 0.5, ("self_attn.q_proj.", "mlp.gate_proj.", "input_layernorm.")),
    Pattern("llama", 0.5, ("attention.wq.", "feed_forward.w#.")),
    Pattern("bloom", 0.85, ("word_embeddings_layernorm.", "self_attention.query_key_value.")),
    Pattern("falcon", 0.7, ("self_attention.query_key_value.", "mlp.dense_h_to_#h."), ("encoder.layers.",)),
    Pattern("chatglm", 0.7, ("self_attention.query_key_value.", "encoder.layers.#.")),
    Pattern("gpt_neox", 0.8, ("attention.query_key_value.", "mlp.dense_h_to_#h.")),
    Pattern("gpt2", 0.8, ("attn.c_attn.", "mlp.c_fc.")),
    Pattern("gptj", 0.8, ("attn.q_proj.", "mlp.fc_in.")),
    Pattern("gpt_neo", 0.8, ("attn.attention.q_proj.", "mlp.c_fc.")),
    Pattern("whisper", 0.85, ("encoder.conv#.", "decoder.layers.#.encoder_attn.q_proj.")),
    Pattern("bart", 0.6, ("decoder.layers.#.encoder_attn.q_proj.", "encoder.layers.#.self_attn.q_proj.")),
    Pattern("opt", 0.6, ("decoder.layers.#.self_attn.q_proj.", "decoder.embed_positions.")),
    Pattern("t5", 0.8, ("SelfAttention.q.", "DenseReluDense.wo.")),
    Pattern("clip", 0.85, ("text_model.encoder.layers.#.", "vision_model.encoder.layers.#.")),
    Pattern("clip", 0.7, ("visual.transformer.resblocks.#.",)),
    Pattern("albert", 0.9, ("albert_layer_groups.#.",)),
    Pattern("deberta", 0.8, ("attention.self.query_proj.",)),
    Pattern("distilbert", 0.85, ("attention.q_lin.", "attention.k_lin.")),
    Pattern("roberta", 0.8, ("roberta.encoder.layer.#.attention.self.query.",)),
    Pattern("bert", 0.7, ("attention.self.query.", "embeddings.token_type_embeddings.")),
    Pattern("bert", 0.7, ("bert.encoder.layer_#.attention.self.query.",)),
    Pattern("vit", 0.8, ("attention.attention.query.", "patch_embeddings.projection.")),
    Pattern("vit", 0.6, ("blocks.#.attn.qkv.", "patch_embed.proj."), ("relative_position_bias_table",)),
    Pattern("swin", 0.7, ("relative_position_bias_table", "patch_embed")),
    Pattern("wav2vec2", 0.8, ("feature_extractor.conv_layers.#.conv.", "pos_conv_embed.")),
    Pattern("mamba", 0.85, ("mixer.A_log", "mixer.conv#d.")),
    Pattern("rwkv", 0.85, ("att.time_decay",)),
    Pattern("flux", 0.9, ("double_blocks.#.img_attn.qkv.",)),
    Pattern("stable_diffusion", 0.9, ("diffusion_model.input_blocks.#.",)),
    Pattern("unet", 0.8, ("down_blocks.#.attentions.#.transformer_blocks.#.",)),
    Pattern("resnet", 0.7, ("layer#.#.conv#.", "layer#.#.bn#.", "fc.")),
)

_NUMBER = re.compile(r"\d+")
_LAYER = re.compile(r"(?:^|\.)(?:layers?|h|blocks?|blk|resblocks)\.(\d+)\.")
_SHARD = re.compile(r"-\d{5}-of-(\d{5})\b")
_EMBEDDINGS = (
    "embed_tokens.weight", "wte.weight", "word_embeddings.weight", "tok_embeddings.weight",
    "embed_in.weight", "token_embd.weight", "shared.weight", "model.embedding.weight",
    "backbone.embeddings.weight",
)  # fmt: skip
_SKELETON_LIMIT = 20_000


def _skeletons(names: Iterable[str]) -> str:
    """Give all names with numbers as ``#``, each once, one a line."""
    seen: set[str] = set()
    for name in names:
        if len(name) <= 300:
            seen.add(_NUMBER.sub("#", name.replace("/", ".")))
        if len(seen) >= _SKELETON_LIMIT:
            break
    return "\n".join(sorted(seen))


def family_from_names(names: Iterable[str]) -> tuple[str | None, float]:
    """Give the family that tensor names speak of, and how sure that is (0 to 1).

    Parameters
    ----------
    names : iterable of str
        Tensor names of one model or of one shard of it.

    Returns
    -------
    family : str or None
        As ``model_type`` in a Hugging Face configuration where there is one; None when nothing fits.
    confidence : float
        0.0 when the family is None.

    Examples
    --------
    >>> layer = "model.layers.0."
    >>> family_from_names(
    ...     [
    ...         layer + "self_attn.q_proj.weight",
    ...         layer + "mlp.gate_proj.weight",
    ...         layer + "input_layernorm.weight",
    ...     ]
    ... )
    ('llama', 0.5)
    >>> family_from_names(["weight", "bias"])
    (None, 0.0)
    """
    text = _skeletons(names)
    for family, confidence, needs, lacks in PATTERNS:
        if all(part in text for part in needs) and not any(part in text for part in lacks):
            return family, confidence
    return None, 0.0


def sizes_from_tensors(tensors: list[Tensor], file_name: str = "") -> dict[str, Any]:
    """Give layer count, hidden size and vocabulary size as far as names and shapes tell them.

    A shard of several ("...-00001-of-00003...") tells no layer count, since the others are not seen.
    The vocabulary is that of the embedding matrix, which is often padded beyond the tokenizer's.

    Returns
    -------
    dict
        Some of ``n_layers``, ``hidden_size``, ``vocab_size``.

    Examples
    --------
    >>> sizes_from_tensors([Tensor("transformer.wte.weight", "F32", (50257, 768))])
    {'hidden_size': 768, 'vocab_size': 50257}
    """
    found: dict[str, Any] = {}
    for tensor in tensors:
        if tensor.name.endswith(_EMBEDDINGS) and len(tensor.shape) == 2 and tensor.dtype in FLOATING:
            found["vocab_size"], found["hidden_size"] = tensor.shape
            break
    shard = _SHARD.search(file_name)
    if found and not (shard and int(shard[1]) > 1):
        layers = {int(match[1]) for tensor in tensors if (match := _LAYER.search(tensor.name[:300]))}
        if layers and layers == set(range(len(layers))):
            found["n_layers"] = len(layers)
    return dict(sorted(found.items()))
