"""Reads the text files of a model repository: configuration, indexes, adapters, recipes, training states."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.architecture import family_from_names
from leakkit.leak.formats.hf_config import config_facts, dtype_word, judge_code
from leakkit.leak.formats.hf_params import params_from_config
from leakkit.leak.formats.hf_tokenizer import read_tokenizer, tokenizer_config_facts
from leakkit.leak.formats.json_text import decode_text, parse_json, parse_object, refused, whole_number
from leakkit.leak.formats.model_card import read_card
from leakkit.leak.formats.templates import judge_template
from leakkit.leak.formats.yaml_text import flag_refusal, judge_yaml, load_yaml
from leakkit.leak.source import HEADER_LIMIT, Source
from leakkit.leak.text import printable

__all__ = ["params_from_config", "read"]

_LAYER = re.compile(r"(?:^|\.)(?:layers?|h|blocks?)\.(\d{1,5})\.")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_STATE_NUMBER = re.compile(rb'"(global_step|epoch|max_steps|num_train_epochs)"\s*:\s*(-?\d+(?:\.\d+)?)')
_GGUF_FILE_TYPES = {
    "0": "F32",
    "1": "F16",
    "2": "Q4_0",
    "3": "Q4_1",
    "7": "Q8_0",
    "8": "Q5_0",
    "9": "Q5_1",
    "32": "BF16",
}


def read(source: Source, format: str) -> Facts:
    """Read one text file of a model repository.

    Parameters
    ----------
    source : Source
    format : str
        One of those `leakkit.leak.formats` sends here.

    Returns
    -------
    Facts
        Everything is what the file claims; weights beside it may be of another model. Templates and
        settings that bring code are flagged in ``danger``.

    Raises
    ------
    BadMemberError
        No JSON or YAML, cut off, too deep or too large.
    """
    special = _OWN_READERS.get(format)
    if special is not None:
        return special(source)
    if format == "trainer-state" and source.size > HEADER_LIMIT:
        return _read_long_state(source)
    facts = Facts()
    try:
        if format == "sentence-transformers-config":
            value, facts.error = parse_json(source)
            _sentence_embedder(value, facts)
        else:
            _OBJECT_READERS[format](parse_object(source, facts), facts)
    except BadMemberError as error:
        return refused(error)
    return facts


def _index(index: Mapping[str, Any], facts: Facts) -> None:
    """Shards, total size and family of an index of sharded weights."""
    shards = index.get("weight_map")
    if not isinstance(shards, Mapping):
        raise BadMemberError("the index has no weight_map")
    family, confidence = family_from_names(shards)
    if family is not None:
        facts.values |= {"arch_family": family, "arch_confidence": confidence}
    layers = {int(match[1]) for name in shards if (match := _LAYER.search(name[:300]))}
    if layers and layers == set(range(len(layers))):
        facts.values["n_layers"] = len(layers)
    names = {name for name in shards.values() if isinstance(name, str)}
    facts.values |= {"x_n_tensors": len(shards), "x_n_shards": len(names)}
    metadata = index.get("metadata")
    if isinstance(metadata, Mapping):
        total, params = (
            whole_number(metadata.get("total_size")),
            whole_number(metadata.get("total_parameters")),
        )
        if total is not None:
            facts.values["x_total_size"] = total
        if params is not None:
            facts.values |= {"n_params": params, "n_params_by": "index", "x_total_parameters": params}


def _adapter(config: Mapping[str, Any], facts: Facts) -> None:
    """A PEFT adapter names the model it belongs to."""
    base = config.get("base_model_name_or_path")
    if isinstance(base, str) and base.strip():
        facts.values["base_model"] = printable(base.strip(), 200)
    for key in ("peft_type", "task_type"):
        if isinstance(config.get(key), str):
            facts.values[f"x_{key}"] = printable(config[key], 60)
    rank = whole_number(config.get("r"))
    if rank is not None:
        facts.values["x_rank"] = rank
    judge_code(config, facts)
    mapping = config.get("auto_mapping")
    if isinstance(mapping, Mapping) and mapping.get("parent_library"):
        facts.error = "names a library that a loader imports (auto_mapping)"


def _generation(config: Mapping[str, Any], facts: Facts) -> None:
    """Generation settings hold little of interest but code."""
    judge_code(config, facts)
    if isinstance(config.get("transformers_version"), str):
        facts.values["x_transformers_version"] = printable(config["transformers_version"], 60)


def _preprocessor(config: Mapping[str, Any], facts: Facts) -> None:
    """Processors may carry code and chat templates."""
    judge_code(config, facts)
    for danger, rule in judge_template(config.get("chat_template")):
        facts.flag(danger, rule)
    for key in ("image_processor_type", "feature_extractor_type", "processor_class"):
        if isinstance(config.get(key), str):
            facts.values[f"x_{key}"] = printable(config[key], 100)


def _sentence_embedder(value: Any, facts: Facts) -> None:
    """The modules of a sentence embedder are imported by name."""
    facts.danger = "none_found"
    for module in value if isinstance(value, list) else []:
        kind = module.get("type") if isinstance(module, Mapping) else None
        if isinstance(kind, str) and not kind.startswith("sentence_transformers."):
            facts.flag("review", f"remote-code:{printable(kind, 100)}")
    if isinstance(value, Mapping):
        width = whole_number(value.get("word_embedding_dimension"))
        if width is not None:
            facts.values["hidden_size"] = width


def _state(state: Mapping[str, Any], facts: Facts) -> None:
    """How far a training went and what it logged last."""
    history = state.get("log_history")
    logs = [entry for entry in history if isinstance(entry, Mapping)] if isinstance(history, list) else []
    facts.values["x_n_logs"] = len(logs)
    for key in ("global_step", "max_steps", "train_batch_size"):
        if (number := whole_number(state.get(key))) is not None:
            facts.values[f"x_{key}"] = number
    for key in ("epoch", "best_metric", "total_flos"):
        value = state.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and _finite(value):
            facts.values[f"x_{key}"] = float(value)
    losses = [
        entry["loss"]
        for entry in logs
        if isinstance(entry.get("loss"), (int, float)) and _finite(entry["loss"])
    ]
    if losses:
        facts.values |= {"x_first_loss": float(losses[0]), "x_last_loss": float(losses[-1])}
    best = state.get("best_model_checkpoint")
    if isinstance(best, str) and best:
        facts.values["x_best_checkpoint"] = printable(best, 200)


def _finite(value: float) -> bool:
    """Tell a number a float can hold."""
    return abs(value) < 1e300 and math.isfinite(value)


def _read_long_state(source: Source) -> Facts:
    """Take the numbers at both ends of a training state too long to parse."""
    facts = Facts(status="limit", error=f"{source.size:,} bytes: only its first and last 64 KiB were read")
    tail = source.read_at(source.size - 65_536, 65_536)
    for key, number in _STATE_NUMBER.findall(source.head) + _STATE_NUMBER.findall(tail):
        facts.values[f"x_{key.decode()}"] = float(number)
    return facts


def _fingerprints(values: Mapping[str, Any], facts: Facts) -> None:
    """GGUF settings and one SHA-256 a tensor, as converters' tests keep them."""
    family = values.get("general.architecture")
    digests = [
        (name, value) for name, value in values.items() if isinstance(value, str) and _DIGEST.fullmatch(value)
    ]
    tensors = sorted(pair for pair in digests if not pair[0].startswith("tokenizer."))
    facts.values["x_n_tensor_hashes"] = len(tensors)
    lines = "".join(f"{value}  {name}\n" for name, value in tensors)
    facts.values["x_tensor_hashes_sha256"] = hashlib.sha256(lines.encode("utf-8", "replace")).hexdigest()
    dtype = _GGUF_FILE_TYPES.get(str(values.get("general.file_type")))
    if dtype in {"F32", "F16", "BF16"}:
        facts.values["dtype_main"] = dtype
    elif dtype:
        facts.values["quantization"] = dtype
    if not isinstance(family, str) or not re.fullmatch(r"[\w.-]{1,60}", family):
        return
    facts.values |= {"arch_family": family, "arch_confidence": 1.0}
    columns = {
        "n_layers": "block_count",
        "hidden_size": "embedding_length",
        "n_heads": "attention.head_count",
        "n_kv_heads": "attention.head_count_kv",
        "vocab_size": "vocab_size",
    }
    for column, key in columns.items():
        if (number := whole_number(values.get(f"{family}.{key}"))) is not None:
            facts.values[column] = number


def _read_recipe(source: Source) -> Facts:
    """Read which models a merge was made from."""
    facts = Facts()
    text = decode_text(source.read_at(0, min(source.size, 4 * 65_536)))
    judge_yaml(text, facts)
    try:
        recipe = load_yaml(text)
    except BadMemberError as error:
        facts.status, facts.error = error.status, error.reason
        flag_refusal(error, facts)
        return facts
    if not isinstance(recipe, dict):
        raise BadMemberError("the merge recipe is not a mapping")
    models = sorted(set(_models(recipe)))
    base = recipe.get("base_model")
    if isinstance(base, str) and base.strip():
        facts.values["base_model"] = printable(base.strip(), 200)
    elif models:
        facts.values["base_model"] = ", ".join(models[:5])
    facts.values["x_models"] = models[:50]
    if isinstance(recipe.get("merge_method"), str):
        facts.values["x_merge_method"] = printable(recipe["merge_method"], 60)
    dtype = dtype_word(recipe.get("dtype") or recipe.get("out_dtype"))
    if dtype:
        facts.values["dtype_main"] = dtype
    return facts


def _models(part: Any) -> list[str]:
    """Collect the names under ``model:`` and ``base_model:``, however deep the recipe puts them."""
    waiting, found = [part], []
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            for key, value in item.items():
                if key in ("model", "base_model") and isinstance(value, str) and value.strip():
                    found.append(printable(value.strip(), 200))
                else:
                    waiting.append(value)
        elif isinstance(item, list):
            waiting.extend(item)
    return found


_OBJECT_READERS: dict[str, Callable[[dict[str, Any], Facts], None]] = {
    "hf-config": config_facts,
    "hf-tokenizer-config": tokenizer_config_facts,
    "hf-generation-config": _generation,
    "hf-adapter-config": _adapter,
    "hf-preprocessor-config": _preprocessor,
    "safetensors-index": _index,
    "pytorch-index": _index,
    "trainer-state": _state,
    "gguf-kv-and-tensor-sha256": _fingerprints,
}
_OWN_READERS: dict[str, Callable[[Source], Facts]] = {
    "hf-tokenizer-json": read_tokenizer,
    "model-card": read_card,
    "mergekit-config": _read_recipe,
}
