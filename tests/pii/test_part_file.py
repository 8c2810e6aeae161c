"""The file of a partition's findings: read as the findings frame, with bytes that the findings alone decide."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from leakkit.frames import FINDINGS
from leakkit.pii.findings import CODED, coded, coded_schema, plain
from leakkit.pii.scanning import part_file
from leakkit.pii.scanning.part import PartResult
from leakkit.pii.scanning.part_file import PartWriter, each_once, part_result


def _findings(count: int, seed: int) -> pa.Table:
    """Give invented findings of which texts stand twice in the dictionaries, and some in no row."""
    drawn = np.random.default_rng(seed)
    made = []
    for column in coded_schema():
        if column.name in CODED:
            texts = [
                None if column.name == "country" else f"{column.name} {number % 7}" for number in range(20)
            ]
            made.append(coded(drawn.integers(0, 12, count), pa.array(texts, pa.string())))
        elif pa.types.is_string(column.type):
            made.append(pa.array([f"{drawn.integers(1 << 40):x}" for _ in range(count)]))
        else:
            made.append(pa.array(drawn.integers(0, 2, count)).cast(column.type))
    return pa.Table.from_arrays(made, schema=coded_schema())


def _written(path: Path, tables: list[pa.Table]) -> bytes:
    """Write tables as one part and give its bytes."""
    with PartWriter(str(path), PartResult()) as writer:
        for table in tables:
            writer.add(table)
    return path.read_bytes()


def test_a_part_is_read_as_the_findings_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part_file, "GROUP_ROWS", 100)
    tables = [_findings(count, count) for count in (30, 150, 1, 219)]
    _written(tmp_path / "part", tables)
    found = pq.read_table(tmp_path / "part")
    assert not found.schema.field("entity").nullable and found.schema.field("country").nullable
    found = found.cast(FINDINGS.arrow_schema)
    assert found.equals(pa.concat_tables([plain(table) for table in tables]))
    assert pq.read_metadata(tmp_path / "part").num_row_groups == 4
    held = part_result(tmp_path / "part")
    assert held is not None and held["n_findings"] == 400


def test_bytes_depend_on_the_findings_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part_file, "GROUP_ROWS", 100)
    whole = _findings(250, 1)
    texts = plain(whole)
    first = _written(tmp_path / "part", [whole])
    assert _written(tmp_path / "part", [whole.slice(0, 120), whole.slice(120)]) == first
    assert _written(tmp_path / "part", [texts]) == first
    assert _written(tmp_path / "part", [whole.slice(0, 7), texts.slice(7)]) == first


def test_a_part_without_findings_has_its_counts(tmp_path: Path) -> None:
    _written(tmp_path / "part", [])
    held = part_result(tmp_path / "part")
    assert held is not None and held["n_findings"] == 0
    assert part_result(tmp_path / "none") is None


@pytest.mark.parametrize(("few", "order"), [(256, ["a", "b"]), (1, ["b", "a"])])
def test_few_texts_are_sorted_many_stand_as_they_appear_and_missing_ones_stay(
    few: int, order: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part_file, "_FEW", few)
    texts = pa.array(["a", None, "b", "a", "unseen"])
    column = pa.chunked_array([coded(np.array([2, 1, 3]), texts), coded(np.array([0, 2, 1]), texts)])
    found = each_once(column)
    assert found.to_pylist() == ["b", None, "a", "a", "b", None]
    assert found.dictionary.to_pylist() == order
    missing = each_once(pa.chunked_array([coded(np.array([1, 1]), texts)]))
    assert missing.to_pylist() == [None, None] and len(missing.dictionary) == 0


def test_texts_of_many_small_dictionaries_stand_as_they_appear_once_they_are_many() -> None:
    drawn = np.random.default_rng(5)
    texts = [[f"{part} {number}" for number in range(200)] for part in "xy"]
    numbers = [drawn.integers(0, 200, 2_000) for _ in texts]
    column = pa.chunked_array([coded(one, pa.array(some)) for one, some in zip(numbers, texts, strict=True)])
    found = each_once(column)
    told = [some[n] for some, one in zip(texts, numbers, strict=True) for n in one.tolist()]
    assert found.to_pylist() == told and found.dictionary.to_pylist() == list(dict.fromkeys(told))


@pytest.mark.parametrize(
    "keys", [["ab", "cd", "éé", "ef"], ["abcd", "efgh", "ijkl", "mnop"], ["a", "bc", "", "d"]]
)
@pytest.mark.parametrize("missing", [None, [False, True, False, False, False]])
def test_keys_are_spelled_out_whatever_their_lengths(
    keys: list[str], missing: list[bool] | None, tmp_path: Path
) -> None:
    table = _findings(5, 1)
    numbers = pa.array([3, 1, 2, 1, 3], pa.int32(), mask=None if missing is None else np.array(missing))
    column = pa.DictionaryArray.from_arrays(numbers, pa.array(["left out", *keys]).slice(1))
    table = table.set_column(table.column_names.index("value_key"), table.schema.field("value_key"), column)
    _written(tmp_path / "part", [table.slice(0, 2), table.slice(2)])
    assert pq.read_table(tmp_path / "part").column("value_key").to_pylist() == column.to_pylist()


@pytest.mark.parametrize(("different", "encodings"), [(60, {"PLAIN", "RLE"}), (5, {"RLE_DICTIONARY"})])
def test_keys_that_mostly_differ_have_no_dictionary(
    different: int, encodings: set[str], tmp_path: Path
) -> None:
    table = _findings(100, 1)
    column = coded(np.arange(100) % different, pa.array([f"{number:032}" for number in range(different)]))
    place = table.column_names.index("value_key")
    _written(tmp_path / "part", [table.set_column(place, table.schema.field("value_key"), column)])
    found = pq.read_metadata(tmp_path / "part").row_group(0).column(place)
    assert found.path_in_schema == "value_key" and encodings <= set(found.encodings)
    assert ("RLE_DICTIONARY" in found.encodings) == (different == 5)
