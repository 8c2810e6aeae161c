"""What index, config and shards of one folder tell about each other."""

import pytest

from leakkit.leak.folders import FolderFiller, fill_folder, shard_stem


def row(path, format, kind, **values):
    return {"path": path, "format": format, "kind": kind, "status": "ok", **values}


def test_index_bytes_over_element_width_give_the_parameters_of_config_index_and_tokenizer():
    config = row(
        "m/config.json", "hf-config", "config", dtype_main="BF16", arch_family="llama", arch_confidence=1.0
    )
    index = row("m/model.safetensors.index.json", "safetensors-index", "config", x_total_size=200)
    tokenizer = row("m/tokenizer_config.json", "hf-tokenizer-config", "tokenizer")
    fill_folder("m", [config, index, tokenizer])
    assert [(r["n_params"], r["n_params_by"]) for r in (config, index, tokenizer)] == [
        (100, "index")
    ] * 3  # 200 / 2
    assert index["arch_family"] == "llama" and index["model_id"] == "m"


def test_quantised_model_is_not_divided_by_an_element_width():
    config = row("m/config.json", "hf-config", "config", dtype_main="F16", quantization="gptq")
    index = row("m/i.json", "safetensors-index", "config", x_total_size=200)
    fill_folder("m", [config, index])
    assert config.get("n_params") is None


def test_whole_set_of_shards_counts_before_the_index():
    config = row("m/config.json", "hf-config", "config", dtype_main="F32")
    shards = [
        row(
            f"m/model-0000{n}-of-00002.safetensors",
            "safetensors",
            "weights",
            n_params=30,
            n_params_by="header",
        )
        for n in (1, 2)
    ]
    fill_folder("m", [config, *shards])
    assert (config["n_params"], config["n_params_by"]) == (60, "header")
    assert [shard["n_params"] for shard in shards] == [30, 30]


@pytest.mark.parametrize("flaw", [{"status": "corrupt"}, {"n_params_by": None}])
def test_broken_or_absent_shard_leaves_the_count_unknown(flaw):
    config = row("m/config.json", "hf-config", "config", dtype_main="F32")
    shard = row("m/model.safetensors", "safetensors", "weights", n_params=30, n_params_by="header") | flaw
    fill_folder("m", [config, shard])
    assert config.get("n_params") is None


def test_missing_shard_leaves_the_count_to_the_index():
    config = row("m/config.json", "hf-config", "config", dtype_main="F32")
    index = row("m/i.json", "safetensors-index", "config", x_total_size=400, x_n_shards=2)
    shard = row(
        "m/model-00001-of-00002.safetensors", "safetensors", "weights", n_params=50, n_params_by="header"
    )
    fill_folder("m", [config, index, shard])
    assert (config["n_params"], config["n_params_by"]) == (100, "index")  # 400 bytes / 4


def test_file_keeps_what_its_own_bytes_say():
    config = row(
        "m/config.json", "hf-config", "config", arch_family="mistral", arch_confidence=1.0, hidden_size=8
    )
    shard = row(
        "m/a.safetensors", "safetensors", "weights", arch_family="llama", arch_confidence=0.5, hidden_size=9
    )
    fill_folder("m", [config, shard])
    assert shard["arch_family"] == "mistral"  # the config is surer than tensor names
    assert shard["hidden_size"] == 9


def test_filler_gives_every_row_once_even_when_it_must_let_folders_go():
    rows = [row(f"{n % 7}/{n}.safetensors", "safetensors", "weights") for n in range(100)] + [
        row("t.txt", "text", "document")
    ]
    out = list(FolderFiller(hold_rows=10).fill(iter(rows)))
    assert sorted(r["path"] for r in out) == sorted(r["path"] for r in rows)


@pytest.mark.parametrize(
    ("path", "stem"),
    [
        ("m/model-00001-of-00002.safetensors", "m/model.safetensors"),
        ("model-00010-of-00059.safetensors", "model.safetensors"),
        ("m/model.safetensors", "m/model.safetensors"),
        ("m/model-1-of-2.safetensors", "m/model-1-of-2.safetensors"),
    ],
)
def test_shards_of_a_model_share_a_stem(path, stem):
    assert shard_stem(path) == stem
