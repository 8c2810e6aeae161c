"""Samples of large files are of whole lines, from all over the file, whatever their encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from leakkit.pii.columns.read import BLOCK, read_sample

N_ROWS = 60_000


def _written(path: Path, codec: str, n_rows: int = N_ROWS) -> Path:
    """Write a table whose second column repeats the number of the row, so that a cut cell shows."""
    lines = [f"{row},no {row * 7919 % 1_000_000:07d} of {row:07d} end" for row in range(n_rows)]
    path.write_bytes(("number,text\n" + "\n".join(lines) + "\n").encode(codec))
    assert path.stat().st_size > BLOCK
    return path


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_rows_come_from_all_over_a_large_file_in_any_encoding(tmp_path: Path, codec: str) -> None:
    found = read_sample(_written(tmp_path / "many.csv", codec), 5000, seed=1)
    assert found.names == ["number", "text"]
    in_first = BLOCK // (len("1000,no 0000000 of 0001000 end\n") * len("a".encode(codec.removesuffix("16"))))
    rows = [int(number) for number in found.values[0]]
    assert max(rows) > 1.5 * in_first


def test_no_row_of_a_large_file_is_cut(tmp_path: Path) -> None:
    path = _written(tmp_path / "many.csv", "utf-8", 400_000)
    for seed in range(3):
        found = read_sample(path, 1_000_000, seed=seed)
        assert all(text.endswith(" end") for text in found.values[1])
        assert all(int(text[14:21]) == int(row) for row, text in zip(*found.values, strict=True))
