"""What the files of one model folder tell about each other: index, config, shards, card and tokenizer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

Row = dict[str, Any]

HOLD_ROWS = 5_000
"""Rows that wait at most for the rest of their folder; then the oldest folder is finished."""

_WAITING_KINDS = frozenset({"weights", "config", "tokenizer"})
_WAITING_FORMATS = frozenset({"model-card", "licence"})
SHARDED = frozenset({"safetensors", "torch-zip", "torch-pickle", "git-lfs-pointer"})
_BYTES_PER_ELEMENT = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "F8_E4M3": 1, "F8_E5M2": 1, "I8": 1}
_SHARED_COLUMNS = (
    "arch_family",
    "arch_confidence",
    "dtype_main",
    "n_layers",
    "hidden_size",
    "n_heads",
    "n_kv_heads",
    "vocab_size",
)
_GENERIC = re.compile(
    r"(adapter_|pytorch_|tf_|flax_|diffusion_pytorch_|saved_)?(model|weights?|checkpoint|consolidated|variables|config"
    r"|tokenizer(_config)?|generation_config|data|vocab|merges|special_tokens_map)([._-]?\d*)?(\.|$)",
    re.IGNORECASE,
)
_SHARD = re.compile(r"^(?P<stem>.+?)-\d{5}-of-\d{5}(?P<suffix>\.[^.]+)?$")


def folder_of(path: str) -> str:
    """Give the folder part of a member's path.

    Examples
    --------
    >>> folder_of("models/base/config.json"), folder_of("config.json")
    ('models/base', '')
    """
    return path.rpartition("/")[0]


def shard_stem(path: str) -> str:
    """Give the path without its shard number, so that all shards of a model agree.

    Examples
    --------
    >>> shard_stem("m/model-00001-of-00002.safetensors")
    'm/model.safetensors'
    """
    folder, _, name = path.rpartition("/")
    if match := _SHARD.match(name):
        name = match["stem"] + (match["suffix"] or "")
    return f"{folder}/{name}" if folder else name


class FolderFiller:
    """Lets rows that describe a model wait until their folder is complete, then fills them in."""

    def __init__(self, hold_rows: int = HOLD_ROWS) -> None:
        self._folders: dict[str, list[Row]] = {}
        self._held, self._limit = 0, hold_rows

    def fill(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Give all rows back; those of one folder together."""
        for row in rows:
            if row["kind"] not in _WAITING_KINDS and row["format"] not in _WAITING_FORMATS:
                yield row
                continue
            self._folders.setdefault(folder_of(row["path"]), []).append(row)
            self._held += 1
            if self._held > self._limit:
                yield from self._finish(next(iter(self._folders)))
        for folder in list(self._folders):
            yield from self._finish(folder)

    def _finish(self, folder: str) -> list[Row]:
        """Fill in the rows of one folder and let them go."""
        rows = self._folders.pop(folder)
        self._held -= len(rows)
        fill_folder(folder, rows)
        return rows


def fill_folder(folder: str, rows: list[Row]) -> None:
    """Let index, config and shards of one folder complete each other, in place.

    A member never loses what its own bytes say. ``n_params`` of a config, an index and a tokenizer is
    that of the model they describe; of a weights file it is what the file itself holds.
    """
    config = _first(rows, "hf-config")
    if config is not None:
        for row in rows:
            if row["kind"] in _WAITING_KINDS and (row is not config) and _belongs_to_config(row):
                _share(config, row)
        _count_params(config, rows)
    for row in rows:
        if row["kind"] in _WAITING_KINDS and row.get("model_id") is None:
            described = config is not None and _belongs_to_config(row)
            row["model_id"] = model_name(folder, row["path"], described)


def _first(rows: list[Row], format: str) -> Row | None:
    """Give the first row of a format, config.json before others."""
    found = [row for row in rows if row["format"] == format]
    return min(found, key=lambda row: (not row["path"].endswith("config.json"), row["path"]), default=None)


def _belongs_to_config(row: Row) -> bool:
    """Tell whether a row is part of the Hugging Face model its folder's config describes."""
    return row["format"] in SHARDED or row["kind"] in {"config", "tokenizer"}


def _share(config: Row, row: Row) -> None:
    """Give a row what the config says, where its own bytes said nothing or less surely."""
    if (config.get("arch_confidence") or 0) > (row.get("arch_confidence") or 0) and config.get("arch_family"):
        row["arch_family"], row["arch_confidence"] = config["arch_family"], config.get("arch_confidence")
    for column in _SHARED_COLUMNS:
        if row.get(column) is None and config.get(column) is not None:
            row[column] = config[column]


def _count_params(config: Row, rows: list[Row]) -> None:
    """Find the model's parameter count: from the shards' headers, the index, or the config's formula."""
    count, by = _from_headers(rows)
    if count is None:
        count, by = _from_index(config, rows)
    if count is None:
        count, by = config.get("n_params"), config.get("n_params_by")
    if count is None:
        return
    for row in rows:
        if row["format"] in {"hf-config", "safetensors-index", "pytorch-index"} or row["kind"] == "tokenizer":
            row["n_params"], row["n_params_by"] = count, by


def _from_headers(rows: list[Row]) -> tuple[int | None, str | None]:
    """Add up the shards when every one of them is held and whole."""
    shards = [row for row in rows if row["format"] in SHARDED and row["kind"] == "weights"]
    expected = next((row["x_n_shards"] for row in rows if row.get("x_n_shards")), None)
    if not shards or len({shard_stem(row["path"]) for row in shards}) > 1:
        return None, None
    if any(row.get("n_params_by") != "header" or row["status"] != "ok" for row in shards):
        return None, None
    if expected is not None and expected != len(shards):
        return None, None
    return sum(row["n_params"] for row in shards), "header"


def _from_index(config: Row, rows: list[Row]) -> tuple[int | None, str | None]:
    """Divide the index's bytes by the width of an element, unless the model is quantised."""
    for row in rows:
        if row.get("x_total_parameters"):
            return int(row["x_total_parameters"]), "index"
        width = _BYTES_PER_ELEMENT.get(config.get("dtype_main") or "")
        total = row.get("x_total_size")
        if total and width and not config.get("quantization") and total % width == 0:
            return total // width, "index"
    return None, None


def model_name(folder: str, path: str, described: bool = False) -> str:
    """Name a model: by its folder where a config describes it or the file's name says nothing, else by the file.

    Examples
    --------
    >>> model_name("hub/tern", "hub/tern/model-00001-of-00002.safetensors")
    'tern'
    >>> model_name("hub", "hub/tern.Q8_0.gguf")
    'tern.Q8_0'
    """
    last = folder.rpartition("/")[2]
    stem = shard_stem(path).rpartition("/")[2].rpartition(".")[0]
    if last and not last.endswith("!") and (described or not stem or _GENERIC.match(stem)):
        return last
    return stem or last or "model"
