"""Every file in data/ has a row in the registry, and what can be counted is right."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest

from data.refresh_registry import COLUMNS, REGISTRY, refreshed, shipped, tree_sha256


@pytest.fixture
def registry():
    return pd.read_csv(REGISTRY, dtype={"rows": "Int64", "columns": "Int64"})


def test_registry_agrees_with_the_files(registry):
    assert list(registry.columns) == COLUMNS
    fresh = refreshed(registry)
    pd.testing.assert_frame_equal(fresh, registry, check_dtype=False)


def test_every_row_says_source_licence_date_and_faults(registry):
    words = registry[["source", "licence", "date", "known_faults"]]
    assert not words.isna().any().any()
    assert pd.to_datetime(registry["date"], format="%Y-%m-%d").notna().all()


def test_a_file_without_a_row_is_named(registry):
    with pytest.raises(SystemExit, match="sample_leak_truth.csv"):
        refreshed(registry[registry["path"] != "sample_leak_truth.csv"])


def test_a_tree_hash_is_that_of_the_lines_sha256sum_prints(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "one.txt").write_bytes(b"1")
    (tmp_path / "a.txt").write_bytes(b"2")
    one, two = hashlib.sha256(b"1").hexdigest(), hashlib.sha256(b"2").hexdigest()
    assert tree_sha256(tmp_path) == hashlib.sha256(f"{two}  a.txt\n{one}  b/one.txt\n".encode()).hexdigest()


def test_the_leak_is_one_row():
    names = shipped()
    assert "sample_leak" in names
    assert not [name for name in names if name.startswith(("sample_leak/", "make_sample_leak"))]
