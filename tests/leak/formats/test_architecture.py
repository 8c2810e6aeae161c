"""Tensor names tell a family only where they are distinctive, shapes tell sizes only of whole models."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.leak.facts import Tensor
from leakkit.leak.formats.architecture import PATTERNS, family_from_names, sizes_from_tensors

LLAMA = ("model.layers.0.self_attn.q_proj.weight", "model.layers.0.mlp.gate_proj.weight",
         "model.layers.0.input_layernorm.weight")  # fmt: skip


@pytest.mark.parametrize(
    ("names", "family"),
    [
        (LLAMA, "llama"),
        ((*LLAMA, "model.layers.0.self_attn.q_proj.bias"), "qwen2"),
        ((*LLAMA, "model.layers.0.self_attn.q_proj.bias", "model.layers.0.self_attn.o_proj.bias"), "llama"),
        ((*LLAMA, "model.layers.0.self_attn.q_norm.weight"), "qwen3"),
        ((*LLAMA, "model.layers.0.pre_feedforward_layernorm.weight"), "gemma2"),
        (("transformer.h.11.attn.c_attn.weight", "transformer.h.11.mlp.c_fc.weight"), "gpt2"),
        (
            (
                "gpt_neox.layers.3.attention.query_key_value.weight",
                "gpt_neox.layers.3.mlp.dense_h_to_4h.weight",
            ),
            "gpt_neox",
        ),
        (
            (
                "transformer.h.0.self_attention.query_key_value.weight",
                "transformer.h.0.mlp.dense_h_to_4h.weight",
            ),
            "falcon",
        ),
        (
            (
                "encoder.layer.0.attention.self.query.weight",
                "embeddings.token_type_embeddings.weight",
            ),
            "bert",
        ),
        (
            (
                "encoder.block.0.layer.0.SelfAttention.q.weight",
                "encoder.block.0.layer.1.DenseReluDense.wo.weight",
            ),
            "t5",
        ),
        (
            ("model.encoder.conv1.weight", "model.decoder.layers.0.encoder_attn.q_proj.weight"),
            "whisper",
        ),
        (("backbone.layers.0.mixer.A_log", "backbone.layers.0.mixer.conv1d.weight"), "mamba"),
        (("layer1.0.conv1.weight", "layer1.0.bn1.weight", "fc.weight"), "resnet"),
        (("conv1.weight", "fc.bias"), None),
        (("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight",), None),
    ],
)
def test_names_tell_the_family(names, family):
    found, confidence = family_from_names(names)
    assert found == family
    assert (confidence > 0) == (family is not None)


def test_every_pattern_can_be_met():
    for pattern in PATTERNS:
        names = ["x." + part.replace("#", "7") + "w" for part in pattern.needs]
        assert family_from_names(names)[0] is not None
        assert 0 < pattern.confidence < 1


@given(st.lists(st.text(max_size=40)))
def test_any_names_give_an_answer(names):
    family, confidence = family_from_names(names)
    assert (family is None) == (confidence == 0.0)


WHOLE = [
    Tensor("model.embed_tokens.weight", "BF16", (32000, 4096)),
    *(Tensor(f"model.layers.{number}.mlp.up_proj.weight", "BF16", (4, 4)) for number in range(3)),
]


def test_sizes_come_from_the_embedding_and_the_layer_names():
    assert sizes_from_tensors(WHOLE) == {"hidden_size": 4096, "n_layers": 3, "vocab_size": 32000}


def test_a_shard_or_a_gap_tells_no_layer_count():
    assert "n_layers" not in sizes_from_tensors(WHOLE, "model-00002-of-00004.safetensors")
    assert "n_layers" in sizes_from_tensors(WHOLE, "model-00001-of-00001.safetensors")
    assert "n_layers" not in sizes_from_tensors([WHOLE[0], WHOLE[1], WHOLE[3]])
    assert sizes_from_tensors(WHOLE[1:]) == {}


def test_a_packed_embedding_tells_no_size():
    assert sizes_from_tensors([Tensor("model.embed_tokens.weight", "U8", (32000, 2048))]) == {}
