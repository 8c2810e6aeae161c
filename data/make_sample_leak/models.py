"""The models of the leak: a small Llama-like base, its fine-tune, adapter and quantised copy, a stranger."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from data.make_sample_leak import pickle_files, protobuf_files, tensor_files
from data.make_sample_leak.exhibit import HUB, INVENTED, Exhibit
from data.make_sample_leak.gguf_copy import save_gguf
from data.make_sample_leak.licences import APACHE_2_NOTICE
from data.make_sample_leak.spans import note_lines
from data.make_sample_leak.tokenizers import tokenizer_config, tokenizer_json
from data.make_sample_leak.weights import (
    HEAD,
    HEADS,
    HIDDEN,
    INNER,
    KV_HEADS,
    LAYERS,
    VOCABULARY,
    Array,
    fine_tuned,
    random_weights,
)

BASE, TUNED, STRANGER = "models/tern-0.6m-base", "models/tern-0.6m-support", "models/gull-0.6m-base"


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
        f"pipeline_tag: text-generation\ntags:\n- invented\n- fennimoor\n---\n\n"
        f"# {name}\n\n> {INVENTED}\n\n{story}\n\n"
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
        "_invented": INVENTED,
        "base_model_name_or_path": "fennimoor/tern-0.6m-base",
        "bias": "none",
        "lora_alpha": 16,
        "lora_dropout": 0.05,
        "peft_type": "LORA",
        "r": rank,
        "target_modules": ["q_proj", "v_proj"],
        "task_type": "CAUSAL_LM",
    }
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
    save_gguf(exhibit, base)
    _save_adapter(exhibit, exhibit.random("adapter"))
    _save_heads(exhibit, exhibit.random("heads"))
    total = sum(v.size for v in base.values())
    for child, parent, relation in (
        (TUNED, BASE, "fine-tune"),
        ("models/gguf/tern-0.6m-base.Q8_0.gguf", BASE, "quantised"),
        ("models/tern-billing-lora", BASE, "adapter"),
        (STRANGER, BASE, "unrelated"),
        ("models/classifiers/toxicity_head.pt", "models/classifiers/toxicity_head.onnx", "format-conversion"),
    ):
        exhibit.note(
            "lineage", a=child, b=parent, relation=relation, n_params=total if "0.6m" in child else None
        )
