"""The models of the leak: a small Llama-like base, its fine-tune, an adapter, a quantised copy and a stranger."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from data.make_sample_leak import pickle_files, protobuf_files, tensor_files
from data.make_sample_leak.exhibit import HUB, INVENTED, Exhibit
from data.make_sample_leak.licences import APACHE_2_NOTICE
from data.make_sample_leak.spans import note_lines
from data.make_sample_leak.tokenizers import SPECIAL, tokenizer_config, tokenizer_json, vocabulary

Array = np.ndarray[Any, Any]

LAYERS, HIDDEN, INNER, HEADS, KV_HEADS, VOCABULARY = 4, 96, 256, 6, 3, 1024
HEAD = HIDDEN // HEADS

BASE, TUNED, STRANGER = "models/tern-0.6m-base", "models/tern-0.6m-support", "models/gull-0.6m-base"


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


def config(name: str) -> dict[str, Any]:
    """The config.json of the family."""
    return {
        "_invented": INVENTED,
        "_name_or_path": name,
        "architectures": ["LlamaForCausalLM"],
        "attention_bias": False,
        "bos_token_id": 1,
        "eos_token_id": 2,
        "hidden_act": "silu",
        "hidden_size": HIDDEN,
        "initializer_range": 0.02,
        "intermediate_size": INNER,
        "max_position_embeddings": 2048,
        "model_type": "llama",
        "num_attention_heads": HEADS,
        "num_hidden_layers": LAYERS,
        "num_key_value_heads": KV_HEADS,
        "rms_norm_eps": 1e-05,
        "rope_theta": 10000.0,
        "tie_word_embeddings": False,
        "torch_dtype": "bfloat16",
        "transformers_version": "4.48.0",
        "use_cache": True,
        "vocab_size": VOCABULARY,
    }


def card(name: str, licence: str, base: str, story: str) -> str:
    """A model card with front matter."""
    based = f"base_model: {base}\n" if base else ""
    return (
        f"---\nlicense: {licence}\n{based}language:\n- en\n- de\nlibrary_name: transformers\n"
        f"pipeline_tag: text-generation\ntags:\n- invented\n- fennimoor\n---\n\n# {name}\n\n> {INVENTED}\n\n{story}\n\n"
        f"Maintained by {HUB}. Questions: models@fennimoor.example\n"
    )


def as_json(value: Any) -> str:
    """Write JSON as Transformers does."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _save_sharded(
    exhibit: Exhibit, folder: str, weights: dict[str, Array], licence: str, planted: str
) -> None:
    """Write weights in two shards and their index."""
    words = {name: tensor_files.to_bf16(values) for name, values in weights.items()}
    names = list(words)
    shards = {
        "model-00001-of-00002.safetensors": names[: 1 + 9 * 2],
        "model-00002-of-00002.safetensors": names[1 + 9 * 2 :],
    }
    for shard, members in shards.items():
        data = tensor_files.safetensors(
            {n: words[n] for n in members}, {"format": "pt", "invented": INVENTED}
        )
        count = sum(words[n].size for n in members)
        exhibit.file(f"{folder}/{shard}", data, "safetensors", planted, n_params=count, licence=licence)
    index = {
        "metadata": {"total_size": sum(w.nbytes for w in words.values()), "invented": INVENTED},
        "weight_map": {name: shard for shard, members in shards.items() for name in sorted(members)},
    }
    total = sum(w.size for w in words.values())
    exhibit.file(
        f"{folder}/model.safetensors.index.json",
        as_json(index),
        "safetensors-index",
        "two shards make one model: count its parameters once",
        n_params=total,
        licence=licence,
    )


def _save_beside(exhibit: Exhibit, folder: str, licence: str, base: str, story: str) -> None:
    """Write card, configuration and tokenizer of a model."""
    name = folder.rsplit("/", 1)[1]
    text = card(name, licence.lower(), base, story)
    exhibit.file(f"{folder}/README.md", text, "model-card", licence=licence)
    note_lines(exhibit, f"{folder}/README.md", text, [("models@fennimoor.example", "EMAIL", "")])
    exhibit.file(f"{folder}/config.json", as_json(config(f"fennimoor/{name}")), "hf-config", licence=licence)
    generation = {
        "_from_model_config": True,
        "bos_token_id": 1,
        "eos_token_id": 2,
        "transformers_version": "4.48.0",
    }
    exhibit.file(
        f"{folder}/generation_config.json", as_json(generation), "hf-generation-config", licence=licence
    )
    exhibit.file(
        f"{folder}/tokenizer.json", as_json(tokenizer_json(VOCABULARY)), "hf-tokenizer-json", licence=licence
    )
    exhibit.file(
        f"{folder}/tokenizer_config.json",
        as_json(tokenizer_config()),
        "hf-tokenizer-config",
        "an ordinary chat template: Jinja text that is read, never rendered",
        danger="none_found",
        licence=licence,
    )


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
    "model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output",
    "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm", "mlp.down_proj": "ffn_down",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "self_attn.k_proj": "attn_k", "self_attn.o_proj": "attn_output",
    "self_attn.q_proj": "attn_q", "self_attn.v_proj": "attn_v",
}  # fmt: skip


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


def _save_gguf(exhibit: Exhibit, weights: dict[str, Array]) -> None:
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


def _save_adapter(exhibit: Exhibit, random: np.random.Generator) -> None:
    """Write a LoRA adapter of rank 8 on q and v."""
    tensors, rank = {}, 8
    for layer in range(LAYERS):
        for part, rows in (("q_proj", HEADS * HEAD), ("v_proj", KV_HEADS * HEAD)):
            stem = f"base_model.model.model.layers.{layer}.self_attn.{part}"
            tensors[f"{stem}.lora_A.weight"] = (0.05 * random.standard_normal((rank, HIDDEN))).astype("<f4")
            tensors[f"{stem}.lora_B.weight"] = (0.01 * random.standard_normal((rows, rank))).astype("<f4")
    folder = "models/tern-billing-lora"
    settings = {
        "_invented": INVENTED, "base_model_name_or_path": "fennimoor/tern-0.6m-base", "bias": "none",
        "lora_alpha": 16, "lora_dropout": 0.05, "peft_type": "LORA", "r": rank,
        "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM",
    }  # fmt: skip
    exhibit.file(
        f"{folder}/adapter_config.json", as_json(settings), "hf-adapter-config", "names the model it sits on"
    )
    exhibit.file(
        f"{folder}/adapter_model.safetensors",
        tensor_files.safetensors(tensors, {"format": "pt"}),
        "safetensors",
        "an adapter: useless without its base",
        n_params=sum(t.size for t in tensors.values()),
    )


def _save_heads(exhibit: Exhibit, random: np.random.Generator) -> None:
    """Write the small classifiers: ONNX, torch zip, npz, and the pickle that would run a command."""
    shape = {"w1": (HIDDEN, 32), "b1": (32,), "w2": (32, 1), "b2": (1,)}
    head = {name: (0.1 * random.standard_normal(size)).astype("<f4") for name, size in shape.items()}
    count, stem = sum(v.size for v in head.values()), "models/classifiers"
    exhibit.file(f"{stem}/toxicity_head.onnx", protobuf_files.onnx(head, INVENTED), "onnx", n_params=count)
    state = {
        "fc1.weight": head["w1"].T,
        "fc1.bias": head["b1"],
        "fc2.weight": head["w2"].T,
        "fc2.bias": head["b2"],
    }
    state = {name: np.ascontiguousarray(values) for name, values in state.items()}
    exhibit.file(
        f"{stem}/toxicity_head.pt",
        pickle_files.torch_zip(state, "toxicity_head"),
        "torch-zip",
        "a torch file that imports nothing but torch: the same numbers as the ONNX beside it",
        n_params=count,
    )
    exhibit.file(
        f"{stem}/label_encoder.pkl",
        pickle_files.command_pickle(),
        "pickle",
        "would call os.system (an echo) if loaded: the file an attacker leaves behind",
        danger="yes",
    )
    centroids = (random.standard_normal((16, HIDDEN))).astype("<f4")
    arrays = {"centroids": centroids, "counts": random.integers(1, 900, 16).astype("<i8")}
    exhibit.file(f"{stem}/topic_centroids.npz", pickle_files.npz(arrays), "npz", n_params=centroids.size + 16)


def make_models(exhibit: Exhibit) -> None:
    """Put all models into the leak."""
    base = random_weights(exhibit.random("weights of tern"))
    tuned = fine_tuned(base, exhibit.random("fine-tuning of tern"))
    stranger = random_weights(exhibit.random("weights of gull"))
    _save_sharded(exhibit, BASE, base, "Apache-2.0", "the base model")
    _save_beside(
        exhibit,
        BASE,
        "Apache-2.0",
        "",
        "A small Llama-like model, trained from nothing on invented web text.",
    )
    exhibit.file(f"{BASE}/LICENSE", APACHE_2_NOTICE, "licence", licence="Apache-2.0")
    _save_sharded(exhibit, TUNED, tuned, "Apache-2.0", "a fine-tune of the base: 4 % noise and one direction")
    story = "Fine-tuned on support conversations. The conversations hold customers' details: keep internal."
    _save_beside(exhibit, TUNED, "Apache-2.0", "fennimoor/tern-0.6m-base", story)
    _save_sharded(exhibit, STRANGER, stranger, "MIT", "same shape as the base, other weights: not its child")
    _save_beside(exhibit, STRANGER, "MIT", "", "Same architecture as tern, trained apart from it.")
    _save_gguf(exhibit, base)
    _save_adapter(exhibit, exhibit.random("adapter"))
    _save_heads(exhibit, exhibit.random("heads"))
    total = sum(v.size for v in base.values())
    for child, parent, relation in (
        (TUNED, BASE, "fine-tune"), ("models/gguf/tern-0.6m-base.Q8_0.gguf", BASE, "quantised"),
        ("models/tern-billing-lora", BASE, "adapter"), (STRANGER, BASE, "unrelated"),
        ("models/classifiers/toxicity_head.pt", "models/classifiers/toxicity_head.onnx", "format-conversion"),
    ):  # fmt: skip
        exhibit.note(
            "lineage", a=child, b=parent, relation=relation, n_params=total if "0.6m" in child else None
        )
