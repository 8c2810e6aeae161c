"""The inventory of the real files, whole, against their truth table."""

import pandas as pd
import pytest

import leakkit as lk

ARGUED_FORMATS = {
    # A text-mangled GGUF stays a GGUF: that it is broken stands in `status`.
    "gguf/mangled-ggml-vocab-bert-bge.gguf": ("gguf", "corrupt"),
    # The file is the Apache licence as text; the table repeats the format of the config beside it.
    "hf/TPC_NAS_Natural_Language_Model/bert-base-uncased/LICENSE": ("licence", "ok"),
    # The table calls this file hf-config and a file of the same kind (jinja2__...) hf-tokenizer-config.
    "hf/granite-3b-code-instruct-128k/tokenizer_config.json": ("hf-tokenizer-config", "ok"),
}


@pytest.fixture(scope="module")
def joined(corpora):
    """Give the truth table with the inventory's columns beside it."""
    truth = pd.read_csv(corpora / "artifacts" / "truth.csv").set_index("path")
    found = lk.open_leak(corpora / "artifacts").artifacts().set_index("path")
    lk.frames.ARTIFACTS.validate(found.reset_index())
    return truth.merge(found, left_index=True, right_index=True, how="left", suffixes=("_true", ""))


def test_every_file_has_a_row_with_the_true_format_or_an_argued_one(joined):
    wrong = joined[joined["format"].ne(joined["true_format"]).fillna(True)]
    assert {path: (row["format"], row["status"]) for path, row in wrong.iterrows()} == ARGUED_FORMATS


def test_parameter_counts_are_exact(joined):
    counted = joined[joined["n_parameters"].notna()]
    assert len(counted) >= 20
    assert counted["n_params"].tolist() == counted["n_parameters"].astype("int64").tolist()


def test_every_dangerous_file_is_flagged(joined):
    dangerous = joined[joined["dangerous"] == "yes"]
    unflagged = dangerous[dangerous["danger"].ne("yes") & dangerous["status"].eq("ok")]
    assert unflagged.index.tolist() == []
    # Safetensors that lie about their size cannot run anything: they are told by their status.
    assert set(dangerous.loc[dangerous["danger"].ne("yes"), "format"]) <= {"safetensors"}


def test_no_harmless_file_is_flagged(joined):
    harmless = joined[joined["dangerous"] == "no"]
    assert harmless.index[harmless["danger"].isin(["yes", "review"])].tolist() == []


def test_files_that_load_code_by_nature_ask_for_review(joined):
    assert set(joined.loc[joined["dangerous"] == "review", "danger"]) == {"review"}


def test_hashes_of_files_held_equal_the_truth_and_pointers_give_the_absent_files_hash(joined):
    held = joined[joined["present"].fillna(False)]
    assert len(held) > 100
    # one hash in the table is cut short
    whole = held[held["sha256_true"].str.len() == 64]
    assert whole["sha256"].tolist() == whole["sha256_true"].tolist()
    pointers = joined[joined["format"] == "git-lfs-pointer"]
    assert not pointers["present"].any() and (pointers["hash_source"] == "pointer").all()


def test_pointer_hash_equals_the_published_manifest(corpora, joined):
    manifest = (corpora / "artifacts" / "hf" / "WizardLM-2-8x22B" / "huggingface-metadata.txt").read_text()
    shard = "hf/WizardLM-2-8x22B/model-00001-of-00059.safetensors"
    assert f"{joined.loc[shard, 'sha256']} model-00001-of-00059.safetensors" in manifest


def test_hostile_containers_end_in_rows_and_touch_nothing(corpora, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = lk.open_leak(corpora / "artifacts" / "hostile").artifacts().set_index("path")
    assert rows.loc["bomb_48MiB.zip!/zeros.bin", "status"] == "limit"
    assert rows.loc["traversal.tar!/ok/config.json", "status"] == "ok"
    assert (rows.loc[[f"traversal.tar!/{name}" for name in ("dev", "link")], "status"] == "refused").all()
    assert rows.loc["laughs_listing.xml", "status"] == "refused"
    assert rows.loc["st_shape_lie.safetensors", "n_params"] is pd.NA
    assert list(tmp_path.iterdir()) == []
