"""The inventory as a file: every format, hostile cells, wrong places."""

import csv
import json

import pandas as pd
import pytest

import leakkit as lk
from leakkit.errors import BadOutputError
from leakkit.leak.inventory import write_inventory


@pytest.fixture
def leak(tmp_path):
    root = tmp_path / "leak"
    root.mkdir()
    (root / "=cmd()|calc").write_text("An invented note.\n")
    (root / "plain.txt").write_text("An invented note.\n")
    return lk.open_leak(root)


def test_parquet_holds_what_the_frame_holds(leak, tmp_path):
    assert write_inventory(leak, tmp_path / "x.parquet") == 2
    read = pd.read_parquet(tmp_path / "x.parquet")
    assert read["path"].tolist() == leak.artifacts()["path"].tolist()
    assert read["sha256"].tolist() == leak.artifacts()["sha256"].tolist()


def test_csv_cells_are_no_formulas(leak, tmp_path):
    write_inventory(leak, tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["path"] for row in rows] == ["'=cmd()|calc", "plain.txt"]
    assert rows[0]["mtime"].endswith("+00:00") and rows[0]["n_params"] == ""


@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_json_is_ascii_and_complete(leak, tmp_path, suffix):
    write_inventory(leak, tmp_path / f"x.{suffix}")
    text = (tmp_path / f"x.{suffix}").read_text("ascii")
    rows = json.loads(text) if suffix == "json" else [json.loads(line) for line in text.splitlines()]
    assert [row["path"] for row in rows] == ["=cmd()|calc", "plain.txt"]


@pytest.mark.parametrize("name", ["x.xlsx", "x", "absent/x.csv", "."])
def test_wrong_place_or_suffix_is_told_and_leaves_nothing(leak, tmp_path, name):
    with pytest.raises(BadOutputError) as caught:
        write_inventory(leak, tmp_path / name)
    assert caught.value.todo
    assert [path.name for path in tmp_path.iterdir()] == ["leak"]


def test_interrupted_writing_leaves_no_half_file(leak, tmp_path):
    def stop(members, size):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_inventory(leak, tmp_path / "x.csv", progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["leak"]
