"""The models frame: which members of the artifacts frame make up one model, and what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from leakkit.leak.folders import SHARDED, folder_of, shard_stem

if TYPE_CHECKING:
    import pandas as pd

_FACTS = (
    "arch_family",
    "dtype_main",
    "quantization",
    "n_layers",
    "hidden_size",
    "vocab_size",
    "base_model",
)
_CHECKPOINT_END = re.compile(r"\.(index|data-\d+-of-\d+)$")
_CONFIGS = ("hf-config", "safetensors-index", "pytorch-index")


def models_frame(artifacts: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Give one row for every model among the artifacts.

    A model is: the shards of a folder that has a Hugging Face config or index; else every weights
    file for itself (numbered shards of one stem together). A config without weights is a model too:
    it was named, if not exposed.
    """
    of_models = artifacts["kind"].isin(["weights", "config", "tokenizer"])
    relevant = artifacts[of_models | (artifacts["format"] == "model-card")]
    relevant = relevant.assign(folder=relevant["path"].map(folder_of))
    described = set(relevant.loc[relevant["format"].isin(_CONFIGS), "folder"])
    keys = [
        folder if folder in described and (format in SHARDED or kind != "weights") else _bundle(path, format)
        for folder, format, kind, path in zip(
            relevant["folder"], relevant["format"], relevant["kind"], relevant["path"], strict=True
        )
    ]
    for key, members in relevant.groupby(keys, sort=True):
        weights = members[members["kind"] == "weights"]
        if len(weights) or key in described:
            yield _model(members, weights)


def _bundle(path: str, format: str) -> str:
    """Give what the files of one model outside a described folder share.

    Shards share their stem, a TensorFlow SavedModel its folder, a checkpoint its prefix, a Core ML
    package its ``.mlpackage`` folder.
    """
    folder = folder_of(path)
    if format.startswith("coreml") and ".mlpackage/" in path:
        return path[: path.index(".mlpackage/")] + "\0file"
    if format == "tf-savedmodel" or (
        format.startswith("tf-checkpoint") and folder.rpartition("/")[2] == "variables"
    ):
        return (folder if format == "tf-savedmodel" else folder_of(folder)) + "\0savedmodel"
    if format.startswith("tf-checkpoint"):
        return _CHECKPOINT_END.sub("", path) + "\0file"
    return shard_stem(path) + "\0file"


def _model(members: pd.DataFrame, weights: pd.DataFrame) -> dict[str, Any]:
    """Put the facts of a model's members together."""
    held = weights[weights["present"]]
    count, by = _params(members, weights)
    base = {
        "model_id": _first_known(weights, "model_id") or _first_known(members, "model_id"),
        "folder": members["folder"].iloc[0] or None,
        "n_files": len(members),
        "size": int(held["size"].sum()) if len(held) else None,
        "size_claimed": int(weights.loc[~weights["present"], "size"].sum())
        if len(held) < len(weights)
        else None,
        "formats": sorted(set(weights["format"])),
        "n_params": count,
        "n_params_by": by,
        "licence": _first_known(members, "licence"),
        "danger": next((d for d in ("yes", "review", "none_found") if (members["danger"] == d).any()), None),
    }
    return base | {column: _first_known(members, column) for column in _FACTS}


def _params(members: pd.DataFrame, weights: pd.DataFrame) -> tuple[int | None, str | None]:
    """Give the model's parameter count: what config or index rows carry, else the weights' own sum."""
    told = members[members["format"].isin(_CONFIGS) & members["n_params"].notna()]
    if len(told):
        return int(told["n_params"].iloc[0]), str(told["n_params_by"].iloc[0])
    counted = weights[weights["format"] != "tf-checkpoint-data"]  # the index beside it counts them
    if len(counted) and counted["n_params"].notna().all():
        return int(counted["n_params"].sum()), str(counted["n_params_by"].iloc[0])
    return None, None


def _first_known(members: pd.DataFrame, column: str) -> Any:
    """Give the first value of a column that is not missing."""
    known = members[column].dropna()
    return None if known.empty else known.iloc[0]
