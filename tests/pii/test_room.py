"""Memory that is given back and forgotten between batches changes neither what is searched together nor a finding."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from leakkit.pii import find
from leakkit.pii.masking.case import Case
from leakkit.pii.scanning import room
from leakkit.pii.scanning.batches import NAMED_ROWS, BatchSize, bounded, gathered
from leakkit.pii.scanning.scan import scan
from leakkit.pii.setup import make_setup
from leakkit.pii.validators import contact
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
    monkeypatch.setattr(room, "_PAUSE", 2)
    (empty_sizes, empty), (full_sizes, full) = found(1 << 40), found(0)
    assert len(empty_sizes) > 1 and len(empty) > 10_000
    assert full_sizes == empty_sizes  # what is found in a cell may depend on the cells around it
    pd.testing.assert_frame_equal(empty, full)


def test_answers_and_automata_are_let_go_where_memory_is_full(monkeypatch):
    monkeypatch.setattr(room, "MOST", 0)
    setup = make_setup(["email", "phone_international"], names=None)
    found = find.find_pii(["+44 20 7946 0018, ana@example.com"], detectors=["PHONE", "EMAIL"], names=None)
    assert len(found) == 2 and contact.phone.cache_info().currsize
    let_go: list[object] = []
    monkeypatch.setattr(type(setup.matcher), "forget", lambda matcher: let_go.append(matcher))
    room.Room(setup).make(1 << 20)
    assert not contact.phone.cache_info().currsize
    assert let_go == [setup.matcher]


def test_memory_is_looked_after_between_the_steps_of_a_batch_only_while_leaks_are_scanned(
    tmp_path, monkeypatch
):
    (tmp_path / "mixed.csv").write_bytes(as_csv(rows(300, seed=6)))
    asked: list[int] = []
    monkeypatch.setattr(room, "resident", lambda: asked.append(1) or 0)
    find.find_pii(["ana@example.com"], names=None)
    assert not asked
    scan(tmp_path, workers=1, names=None, case=Case(b"an invented salt for this test"), progress=False)
    assert len(asked) >= 2


def test_answers_are_forgotten_within_a_batch_where_giving_back_is_not_enough(monkeypatch):
    assert contact.phone("+44 20 7946 0018") is not None and contact.phone.cache_info().currsize
    monkeypatch.setattr(room, "resident", lambda: room.NEAR)
    room.ease()
    assert contact.phone.cache_info().currsize
    monkeypatch.setattr(room, "resident", lambda: room.NEAR + 1)
    room.ease()
    assert not contact.phone.cache_info().currsize


def test_batches_have_fewer_cells_where_names_are_looked_for():
    texts = pa.array(["x"] * (NAMED_ROWS + 5), pa.large_string())
    batch = pa.RecordBatch.from_pydict({"text": texts})
    assert [part.num_rows for part in bounded(batch, BatchSize())] == [NAMED_ROWS + 5]
    assert [part.num_rows for part in bounded(batch, BatchSize(names=True))] == [NAMED_ROWS, 5]
    few = batch.slice(0, NAMED_ROWS // 2 + 1)
    assert [part.num_rows for part in gathered([few, few], BatchSize(names=True))] == [few.num_rows] * 2
    assert [part.num_rows for part in gathered([few, few], BatchSize())] == [2 * few.num_rows]
