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


@pytest.mark.parametrize("out", [None, "", 3, "a\0.csv", "/etc/passwd/x.csv", "n" * 300 + ".csv"])
def test_what_is_no_place_to_write_is_told_in_three_parts(leak, out):
    with pytest.raises(BadOutputError) as caught:
        write_inventory(leak, out)
    assert caught.value.expected and caught.value.found and caught.value.todo


def test_nothing_is_written_into_the_leak(leak, tmp_path, monkeypatch):
    root = tmp_path / "leak"
    before = sorted(root.rglob("*"))
    monkeypatch.chdir(root)
    (tmp_path / "link").symlink_to(root)
    for out in (root / "x.csv", "x.csv", tmp_path / "link" / "x.csv"):
        with pytest.raises(BadOutputError, match="outside the leak"):
            write_inventory(leak, out)
    assert sorted(root.rglob("*")) == before


def test_leak_that_is_one_file_is_not_written_over(tmp_path):
    place = tmp_path / "leak.json"
    place.write_text('{"invented": 1}')
    with pytest.raises(BadOutputError, match="outside the leak"):
        write_inventory(lk.open_leak(place), place)
    assert place.read_text() == '{"invented": 1}'


@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl", "parquet"])
def test_full_disk_is_told_and_leaves_nothing_behind(leak, tmp_path, suffix):
    resource = pytest.importorskip("resource")  # a limit on the size of files stands for a small disk
    import signal

    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, hard))
    try:
        with pytest.raises(BadOutputError, match="room"):
            write_inventory(leak, tmp_path / f"x.{suffix}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["leak"]


def test_every_text_column_of_a_csv_is_harmless(tmp_path, monkeypatch):
    from leakkit.frames import ARTIFACTS
    from leakkit.leak.export import open_writer

    hostile = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "a\n=1"]
    texts = [column.name for column in ARTIFACTS.columns if column.kind in ("string", "category")]
    rows = [dict.fromkeys(texts, text) | {"danger_rules": [text, text]} for text in hostile]
    with open_writer(tmp_path / "x.csv") as write:
        write(ARTIFACTS.batch(rows))
    with (tmp_path / "x.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for name in (*texts, "danger_rules"):
                assert not row[name].lstrip().startswith(("=", "+", "-", "@")) and "\n" not in row[name]
