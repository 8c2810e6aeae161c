"""Memory that is given back and forgotten between batches changes no finding."""

from __future__ import annotations

import pandas as pd

from leakkit.pii.masking.case import Case
from leakkit.pii.scanning import room
from leakkit.pii.scanning.scan import scan
from tests.pii.tables_mixed import as_csv, rows


def test_findings_do_not_depend_on_how_full_memory_is(tmp_path, monkeypatch):
    (tmp_path / "mixed.csv").write_bytes(as_csv(rows(4_000, seed=5)))
    case = Case(b"an invented salt for this test")

    def found(most: int) -> pd.DataFrame:
        monkeypatch.setattr(room, "MOST", most)
        return scan(tmp_path, workers=1, names=None, case=case, progress=False).findings()

    empty, full = found(1 << 40), found(0)
    assert len(empty) > 10_000
    pd.testing.assert_frame_equal(empty, full)
