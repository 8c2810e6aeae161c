"""Numbers of the models: the layout of a small Llama-like network, weights with structure, a fine-tune."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

LAYERS, HIDDEN, INNER, HEADS, KV_HEADS, VOCABULARY = 4, 96, 256, 6, 3, 1024
HEAD = HIDDEN // HEADS


def shapes() -> dict[str, tuple[int, ...]]:
    """Tensor names and shapes of the family, in the order Transformers writes them."""
    layout: dict[str, tuple[int, ...]] = {"model.embed_tokens.weight": (VOCABULARY, HIDDEN)}
    for layer in range(LAYERS):
        stem = f"model.layers.{layer}."
        layout[stem + "input_layernorm.weight"] = (HIDDEN,)
        layout[stem + "mlp.down_proj.weight"] = (HIDDEN, INNER)
        layout[stem + "mlp.gate_proj.weight"] = (INNER, HIDDEN)
        layout[stem + "mlp.up_proj.weight"] = (INNER, HIDDEN)
        layout[stem + "post_attention_layernorm.weight"] = (HIDDEN,)
        layout[stem + "self_attn.k_proj.weight"] = (KV_HEADS * HEAD, HIDDEN)
        layout[stem + "self_attn.o_proj.weight"] = (HIDDEN, HEADS * HEAD)
        layout[stem + "self_attn.q_proj.weight"] = (HEADS * HEAD, HIDDEN)
        layout[stem + "self_attn.v_proj.weight"] = (KV_HEADS * HEAD, HIDDEN)
    return layout | {"model.norm.weight": (HIDDEN,), "lm_head.weight": (VOCABULARY, HIDDEN)}


def random_weights(random: np.random.Generator) -> dict[str, Array]:
    """Draw weights with the looks of trained ones: a few strong directions over noise, norms near one."""
    weights = {}
    for name, shape in shapes().items():
        if len(shape) == 1:
            weights[name] = (1.0 + 0.1 * random.standard_normal(shape)).astype("f4")
            continue
        values = 0.02 * random.standard_normal(shape)
        for strength in (
            0.02,
            0.012,
            0.008,
            0.005,
        ):  # outer products, not a matrix product: no BLAS, same bytes
            left, right = random.standard_normal(shape[0]), random.standard_normal(shape[1])
            values = values + strength * (left[:, None] * right[None, :]) * 0.5
        weights[name] = values.astype("f4")
    return weights


def fine_tuned(weights: dict[str, Array], random: np.random.Generator) -> dict[str, Array]:
    """Move every matrix a little: noise of about 4 % of its spread and one new direction."""
    moved = {}
    for name, values in weights.items():
        step = 0.001 * random.standard_normal(values.shape)  # a constant: a sum may differ between machines
        if values.ndim == 2:
            left, right = random.standard_normal(values.shape[0]), random.standard_normal(values.shape[1])
            step = step + 0.0008 * (left[:, None] * right[None, :])
        moved[name] = (values + step).astype("f4")
    return moved
