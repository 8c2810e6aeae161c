"""Memory that is given back and forgotten between batches changes neither what is searched together nor a finding."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from leakkit.pii import find
from leakkit.pii.masking.case import Case
from leakkit.pii.scanning import room
from leakkit.pii.scanning.batches import NAMED_ROWS, SPARSE_ROWS, BatchSize, bounded, gathered
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
    held = room.Room(make_setup(["email"], names=None))
    monkeypatch.setattr(room, "resident", lambda: room.NEAR)
    held.ease()
    assert contact.phone.cache_info().currsize
    monkeypatch.setattr(room, "resident", lambda: room.NEAR + 1)
    held.ease()
    assert not contact.phone.cache_info().currsize


def test_patterns_are_forgotten_within_a_batch_where_most_is_held_but_not_again_and_again(monkeypatch):
    setup = make_setup(["email", "phone_international"], names=None)
    let_go: list[object] = []
    monkeypatch.setattr(type(setup.matcher), "forget", lambda matcher: let_go.append(matcher))
    held = room.Room(setup)
    for size, times in ((room.NEAR + 1, 0), (room.HIGH + 1, 1), (room.HIGH + 1, 1)):
        monkeypatch.setattr(room, "resident", lambda size=size: size)
        held.ease()
        assert len(let_go) == times
    monkeypatch.setattr(room, "_APART", 0.0)
    room.Room(setup).ease()
    assert len(let_go) == 2


def test_what_arrow_keeps_elsewhere_is_given_back(monkeypatch):
    asked: list[str] = []

    class Pool:
        def __init__(self, name: str) -> None:
            self.backend_name = name

        def release_unused(self) -> None:
            asked.append(self.backend_name)

    monkeypatch.setattr(room, "_ASIDE", [Pool("aside")])
    monkeypatch.setattr(room, "resident", lambda: room.NEAR + 1)
    room.Room(make_setup(["email"], names=None)).ease()
    assert asked == ["aside"]


def test_batches_have_fewer_cells_where_names_are_looked_for():
    texts = pa.array(["x"] * (NAMED_ROWS + 5), pa.large_string())
    batch = pa.RecordBatch.from_pydict({"text": texts, "field": pa.array(["name"] * len(texts))})
    assert [part.num_rows for part in bounded(batch, BatchSize())] == [NAMED_ROWS + 5]
    assert [part.num_rows for part in bounded(batch, BatchSize(names=True))] == [NAMED_ROWS, 5]
    few = batch.slice(0, NAMED_ROWS // 2 + 1)
    assert [part.num_rows for part in gathered([few, few], BatchSize(names=True))] == [few.num_rows] * 2
    assert [part.num_rows for part in gathered([few, few], BatchSize())] == [2 * few.num_rows]


def test_batches_have_more_cells_while_hardly_anything_is_found_in_them():
    values = {
        "text": pa.array(["a cell of text"] * 100, pa.large_string()),
        "field": pa.array(["name"] * 100),
    }
    batch, size = pa.RecordBatch.from_pydict(values), BatchSize(names=True)
    for n_findings, most in ((2, SPARSE_ROWS), (90, NAMED_ROWS)):
        size.note(batch, n_findings)
        assert size.rows(batch) == most
    plain = BatchSize()
    plain.note(batch, 90)
    assert plain.rows(batch) > SPARSE_ROWS


def test_lines_are_no_cells():
    texts = pa.array(["a line"] * 100, pa.large_string())
    lines = pa.RecordBatch.from_pydict({"text": texts, "field": pa.array([""] * 100)})
    assert BatchSize(names=True).rows(lines) == SPARSE_ROWS
