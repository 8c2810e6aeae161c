"""Which members make up one model, and how its parameters are counted once."""

import json
import struct

import pytest

import leakkit as lk


def safetensors(**shapes):
    """Pack zeros of F32 tensors with the given lengths."""
    header, end = {}, 0
    for name, length in shapes.items():
        header[name] = {"dtype": "F32", "shape": [length], "data_offsets": [end, end + 4 * length]}
        end += 4 * length
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(end)


@pytest.fixture
def leak(tmp_path):
    base = tmp_path / "base-model"
    base.mkdir()
    (base / "config.json").write_text(
        '{"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 8}'
    )
    (base / "model-00001-of-00002.safetensors").write_bytes(safetensors(a=100))
    (base / "model-00002-of-00002.safetensors").write_bytes(safetensors(b=28))
    loose = tmp_path / "loose"
    loose.mkdir()
    (loose / "one.safetensors").write_bytes(safetensors(a=5))
    (loose / "two.safetensors").write_bytes(safetensors(a=7))
    return lk.open_leak(tmp_path)


def test_shards_and_config_are_one_model_and_loose_files_one_each(leak):
    models = leak.models()
    assert models["model_id"].tolist() == ["base-model", "one", "two"]
    assert models["n_params"].tolist() == [128, 5, 7]  # 100 + 28
    assert models["n_files"].tolist() == [3, 1, 1]


def test_model_takes_its_family_from_the_config(leak):
    assert leak.models().loc[0, "arch_family"] == "llama"


def test_leak_without_models_gives_an_empty_frame(tmp_path):
    (tmp_path / "note.txt").write_text("An invented note.\n")
    models = lk.open_leak(tmp_path).models()
    assert len(models) == 0 and list(models.columns) == list(lk.frames.MODELS.names)


def test_tensors_come_from_headers_with_hashes_on_request(leak):
    import hashlib

    tensors = leak.tensors(hash=True)
    assert tensors["name"].tolist() == ["a", "b", "a", "a"]
    assert tensors["shape"].tolist() == ["100", "28", "5", "7"]
    assert tensors.loc[0, "sha256"] == hashlib.sha256(bytes(400)).hexdigest()
    assert leak.tensors()["sha256"].isna().all()
