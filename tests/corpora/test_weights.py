"""Real weight files: counts, dangers and states agree with the truth table of the corpus."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from leakkit.leak.facts import Facts
from leakkit.leak.formats import read_facts
from leakkit.leak.formats.architecture import family_from_names
from leakkit.leak.source import FileSource

FORMATS = {
    "safetensors", "gguf", "gguf-corrupt", "ggml-legacy", "onnx", "tf-savedmodel", "tf-checkpoint-index",
    "tf-checkpoint-data", "tflite", "coreml", "coreml-weights", "npy", "hdf5-keras",
}  # fmt: skip
FAMILIES = {"bert", "gpt2", "gptneox", "llama"}


@pytest.fixture(scope="module")
def truth(corpora: Path) -> dict[str, dict[str, str]]:
    with open(corpora / "artifacts" / "truth.csv", encoding="utf-8") as file:
        return {row["path"]: row for row in csv.DictReader(file) if row["true_format"] in FORMATS}


@pytest.fixture(scope="module")
def facts(corpora: Path, truth: dict[str, dict[str, str]]) -> dict[str, Facts]:
    found = {}
    for path, row in truth.items():
        with open(corpora / "artifacts" / path, "rb") as file:
            format = row["true_format"].removesuffix("-corrupt")
            found[path] = read_facts(FileSource(file, path), format)
    return found


def test_parameter_counts_are_exact(truth, facts):
    counted = {path: row["n_parameters"] for path, row in truth.items() if row["n_parameters"]}
    assert len(counted) >= 11
    assert {path: facts[path].values.get("n_params") for path in counted} == {
        path: int(float(count)) for path, count in counted.items()
    }


def test_dangers_are_those_of_the_truth(truth, facts):
    words = {"no": {None, "none_found"}, "review": {"review"}, "yes": {"yes"}}
    wrong = {
        path: (row["dangerous"], facts[path].danger, facts[path].danger_rules)
        for path, row in truth.items()
        if facts[path].danger not in words[row["dangerous"]]
    }
    assert wrong == {}


def test_only_broken_files_are_not_ok(truth, facts):
    broken = {path for path, found in facts.items() if found.status != "ok"}
    expected = {path for path, row in truth.items() if row["true_format"] == "gguf-corrupt"}
    expected |= {path for path in truth if path.startswith("hostile/")}
    assert broken == expected
    assert all("n_params" not in facts[path].values for path in broken)


def test_a_mangled_copy_is_named_as_such(facts):
    (mangled,) = (found for path, found in facts.items() if "mangled" in path)
    assert mangled.status == "corrupt" and "text-mangled" in mangled.error


def test_families_of_gguf_files_are_as_stated(truth, facts):
    for path, row in truth.items():
        if row["true_format"] == "gguf" and row["architecture_family"]:
            assert facts[path].values["arch_family"] == row["architecture_family"] in FAMILIES


@pytest.mark.parametrize(
    ("folder", "family"),
    [
        ("3PRYMMAL-PHI3-3B-SLERP", "phi3"),
        ("WizardLM-2-8x22B", "mixtral"),
        ("granite-3b-code-instruct-128k", "llama"),
        ("mistralai-Devstral-Small-2507", "llama"),
    ],
)
def test_names_of_real_models_tell_their_class(corpora, folder, family):
    """Mistral and Llama are one class by names alone; the configuration decides."""
    index = json.loads((corpora / "artifacts" / "hf" / folder / "model.safetensors.index.json").read_text())
    assert family_from_names(index["weight_map"])[0] == family


def test_three_copies_of_one_model_have_like_counts(facts):
    """ONNX, Core ML blobs and TFLite of basic-pitch differ only by constants that exporters fold."""
    counts = {
        Path(path).name: found.values["n_params"]
        for path, found in facts.items()
        if "basic_pitch" in path and "n_params" in found.values
    }
    assert counts["nmp.onnx"] == 36_037
    assert counts["weight.bin"] == pytest.approx(36_037, rel=0.01)
    assert counts["nmp.tflite"] == pytest.approx(36_037, rel=0.01)
    assert counts["variables.index"] < counts["nmp.onnx"]
