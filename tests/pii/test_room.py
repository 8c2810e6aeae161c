"""Memory that is given back and forgotten between batches changes neither what is searched together nor a finding."""

from __future__ import annotations

import pandas as pd

from leakkit.pii import find
from leakkit.pii.masking.case import Case
from leakkit.pii.scanning import room
from leakkit.pii.scanning.scan import scan
from tests.pii.tables_mixed import as_csv, rows


def test_batches_and_findings_do_not_depend_on_how_full_memory_is(tmp_path, monkeypatch):
    (tmp_path / "mixed.csv").write_bytes(as_csv(rows(4_000, seed=5)))
    case, search = Case(b"an invented salt for this test"), find.find_coded
    sizes: list[int] = []

    def noted(batch, setup):
        sizes.append(batch.num_rows)
        return search(batch, setup)

    def found(most: int) -> tuple[list[int], pd.DataFrame]:
        sizes.clear()
        monkeypatch.setattr(room, "MOST", most)
        findings = scan(tmp_path, workers=1, names=None, case=case, progress=False).findings()
        return list(sizes), findings

    monkeypatch.setattr(find, "find_coded", noted)
    (empty_sizes, empty), (full_sizes, full) = found(1 << 40), found(0)
    assert len(empty_sizes) > 1 and len(empty) > 10_000
    assert full_sizes == empty_sizes  # what is found in a cell may depend on the cells around it
    pd.testing.assert_frame_equal(empty, full)
