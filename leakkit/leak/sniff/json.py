"""Which JSON a text is: by the keys of its outermost object, read from its beginning only."""

from __future__ import annotations

import json
import re

Found = tuple[str, str] | None

_WINDOW = 16_384
_BEGINNING = 2_048
_SMALL = 1_024
_OBJECT = re.compile(rb'\{\s*(?:"|\}|\Z)')
_LIST = re.compile(
    rb'\[\s*(?:[\[{"\]]|\Z|(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(?:[,\]]|\Z))'
)
_TOKEN = re.compile(rb'"((?:[^"\\]++|\\.|\\\Z)*+)(?:"|\Z)|[{}\[\]]', re.DOTALL)
_KEY_FOLLOWS = re.compile(rb"\s*:")
_DIGEST_VALUE = re.compile(rb'"[\w.]+\.weight"\s*:\s*"[0-9a-f]{64}"')

_EVENTS = (
    (b'"eventVersion"', b'"eventName"'), (b'"remote_addr"', b'"status"'), (b'"remote_ip"', b'"status"'),
    (b'"request_method"', b'"status"'), (b'"ClientHost"', b'"DownstreamStatus"'), (b'"protoPayload"',
    b'"logName"'),
)  # fmt: skip

_MARKS = frozenset({
    b"weight_map", b"model_type", b"architectures", b"peft_type", b"base_model_name_or_path",
    b"alpha_pattern",
    b"auto_mapping", b"added_tokens", b"added_tokens_decoder", b"add_bos_token", b"add_prefix_space",
    b"tokenizer_class",
    b"bos_token", b"chat_template", b"model_max_length", b"log_history", b"global_step", b"best_metric",
    b"results",
    b"nbformat", b"cells", b"_from_model_config", b"transformers_version", b"image_processor_type",
    b"do_normalize",
    b"feature_extractor_type", b"processor_class", b"sentence_transformers", b"pooling_mode_cls_token",
    b"general.architecture", b"storage#objects", b"storage#object", b"Contents", b"Versions",
    b"service_account",
    b"authorized_user", b"refresh_token", b"eventVersion", b"n_layer", b"n_layers", b"_diffusers_version",
    b"_name_or_path",
    b"image_mean", b"max_seq_length", b"do_sample", b"hidden_size", b"num_hidden_layers", b"private_key_id",
    b"attention_dropout", b"activation_function", b"bos_token_id", b"crop_size", b"truncation",
    b"__version__", b"modelTopology", b"weightsManifest", b"learner", b"schemaVersion", b"mediaType",
})  # fmt: skip
_TELLING_NAMES = ("config.json", "index.json", "state.json", "tokenizer.json", "results.json")
_QUOTES = 80


def by_json_object(body: bytes, name: str) -> Found:
    """Tell a text that begins with a brace; None when it is no JSON."""
    if not _OBJECT.match(body):
        return None
    second = _second_line(body)
    if second is not None:
        return _by_first_line(body[: second + 1]), "structure"
    window = body[:_WINDOW]
    if not _MARKS.isdisjoint(body[:_BEGINNING].split(b'"', _QUOTES)) or name.endswith(_TELLING_NAMES):
        found = _by_keys(body, window, name)
        if found is not None:
            return found, "structure"
    return (
        ("jsonl", "extension")
        if name[-6:].lower() == ".jsonl" and b"\n" not in body.strip()
        else ("json", "structure")
    )


def by_json_list(body: bytes, name: str) -> Found:
    """Tell a text that begins with a bracket; None when it is no JSON."""
    if not _LIST.match(body):
        return None
    if _second_line(body, b"[") is not None:
        return "jsonl", "structure"
    window = body[:2048]
    if b'"idx"' in window and b'"sentence_transformers.' in window:
        return "sentence-transformers-config", "structure"
    if b'"RepoTags"' in window and b'"Layers"' in window:
        return "oci-manifest", "structure"
    if b'"blobType"' in window or (b'"container"' in window and b'"contentLength"' in window):
        return "azure-json", "structure"
    if b'"storage_url"' in window and b'"gs://' in window:
        return "gcs-json", "structure"
    return "json", "structure"


def _second_line(body: bytes, opening: bytes = b"{") -> int | None:
    """Give the end of the first line when it is a whole value and the next line begins another one."""
    end = body.find(b"\n")
    if end < 0:
        return None
    closing = b"}" if opening == b"{" else b"]"
    if body[:end].rstrip()[-1:] != closing or body[end:].lstrip()[:1] != opening:
        return None
    return end


def _by_first_line(line: bytes) -> str:
    """Tell records of an evaluation and of an access log from other JSON lines."""
    if b'"doc_id"' in line and (b'"resps"' in line or b'"filtered_resps"' in line or b'"target"' in line):
        return "lm-eval-samples"
    if any(first in line and second in line for first, second in _EVENTS):
        return "access-log"
    return "jsonl"


def top_keys(body: bytes) -> set[str]:
    """Give the keys of the outermost object that stand in `body`, which may be cut off.

    Examples
    --------
    >>> sorted(top_keys(b'{"a": {"b": 1}, "c": [{"d": 2}], "e'))
    ['a', 'c']
    """
    if len(body) <= _SMALL:
        try:
            whole = json.loads(body)
            return set(whole) if isinstance(whole, dict) else set()
        except (ValueError, RecursionError):
            pass
    keys: set[str] = set()
    depth = 0
    for match in _TOKEN.finditer(body):
        token = match[0]
        if token in b"{[":
            depth += 1
        elif token in b"}]":
            depth -= 1
        elif depth == 1 and _KEY_FOLLOWS.match(body, match.end()):
            keys.add(match[1].decode("utf-8", "replace"))
    return keys


def _by_keys(body: bytes, window: bytes, name: str) -> str | None:
    """Tell the files of model repositories, listings and tools by the keys at the outermost level."""
    keys = top_keys(body)
    for test in (_model_file, _tokenizer_file, _record_file, _listing_file):
        found = test(keys, window, name)
        if found is not None:
            return found
    return None


def _model_file(keys: set[str], window: bytes, name: str) -> str | None:
    """Indexes, adapters, configurations, models that are JSON."""
    if "weight_map" in keys:
        if b".safetensors" in window:
            return "safetensors-index"
        return "pytorch-index" if b".bin" in window or "pytorch_model" in name else "safetensors-index"
    if "peft_type" in keys:
        return "hf-adapter-config"
    if (
        "image_processor_type" in keys
        or "feature_extractor_type" in keys
        or {"do_normalize", "image_mean"} <= keys
    ):
        return "hf-preprocessor-config"
    if "model_type" in keys or "architectures" in keys or "_diffusers_version" in keys:
        return "hf-config"
    if (
        {"n_layer", "n_embd"} <= keys
        or {"hidden_size", "num_hidden_layers"} <= keys
        or {"dim", "n_layers", "n_heads"} <= keys
    ):
        return "hf-config"
    if "modelTopology" in keys and {"weightsManifest", "convertedBy", "generatedBy"} & keys:
        return "tfjs-model"
    if "learner" in keys and (b'"gradient_booster"' in window or b'"learner_model_param"' in window):
        return "xgboost"
    if "general.architecture" in keys:
        return (
            "gguf-kv-and-tensor-sha256"
            if _DIGEST_VALUE.search(window) or "general.file_type" in keys
            else None
        )
    return None


def _tokenizer_file(keys: set[str], window: bytes, name: str) -> str | None:
    """Tokenizers, generation settings, processors, sentence embedders."""
    if {"added_tokens", "model"} <= keys or (
        "added_tokens" in keys and {"normalizer", "pre_tokenizer"} & keys
    ):
        return "hf-tokenizer-json"
    if "results" in keys:
        return None  # evaluation results repeat the tokenizer's settings
    if {"tokenizer_class", "added_tokens_decoder", "chat_template"} & keys or {
        "model_max_length",
        "unk_token",
    } <= keys:
        return "hf-tokenizer-config"
    if "_from_model_config" in keys or (
        "transformers_version" in keys and {"eos_token_id", "do_sample", "bos_token_id"} & keys
    ):
        return "hf-generation-config"
    if "model_max_length" in keys:
        return "hf-tokenizer-config"
    if "do_sample" in keys and {"temperature", "top_p", "top_k", "max_new_tokens"} & keys:
        return "hf-generation-config"
    if "processor_class" in keys:
        return "hf-preprocessor-config"
    if "pooling_mode_cls_token" in keys or {"max_seq_length", "do_lower_case"} <= keys:
        return "sentence-transformers-config"
    return (
        "sentence-transformers-config"
        if "__version__" in keys and b'"sentence_transformers"' in window
        else None
    )


def _record_file(keys: set[str], window: bytes, name: str) -> str | None:
    """Training states, evaluation results, notebooks."""
    if "log_history" in keys and {"global_step", "epoch", "max_steps"} & keys:
        return "trainer-state"
    if "results" in keys and (
        {"versions", "configs", "config_general", "n-shot", "higher_is_better"} & keys
        or b'_stderr"' in window
        or b'_stderr,none"' in window
    ):
        return "lm-eval-results"
    if "cells" in keys and (b'"cell_type"' in window or {"nbformat", "nbformat_minor"} & keys):
        return "notebook"
    return "notebook" if {"nbformat", "metadata", "worksheets"} <= keys else None


def _listing_file(keys: set[str], window: bytes, name: str) -> str | None:
    """Bucket listings, image manifests, account keys, cloud audit logs."""
    if "schemaVersion" in keys and (
        b'"application/vnd.' in window or {"fsLayers", "manifests", "layers"} & keys
    ):
        return "oci-manifest"
    if {"private_key", "client_email"} <= keys or (
        "refresh_token" in keys and b'"authorized_user"' in window
    ):
        return "service-account-json"
    if b'"storage#object' in window and ("items" in keys or "kind" in keys):
        return "gcs-json"
    if "Contents" in keys and b'"Key"' in window and (b'"ETag"' in window or b'"Size"' in window):
        return "s3-json"
    if "Versions" in keys and b'"Key"' in window and b'"VersionId"' in window:
        return "s3-json"
    if "Records" in keys and b'"eventVersion"' in window and b'"eventName"' in window:
        return "access-log"
    return None
