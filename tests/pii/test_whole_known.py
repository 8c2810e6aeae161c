"""Values that come again in the next batch are told from memory, and get what a first look gives."""

from __future__ import annotations

import pyarrow as pa
import pytest

from leakkit.leak.records.stream import schema
from leakkit.pii.find import find_batch
from leakkit.pii.masking.case import Case
from leakkit.pii.masking.values import mask_array
from leakkit.pii.setup import Setup, make_setup
from leakkit.pii.whole import find as whole
from leakkit.pii.whole import known as kept
from leakkit.pii.whole.known import MOST_KNOWN, Keeping, Known, Told
from tests.pii import tables_mixed

CASE = Case(b"an invented salt for tests")


def _batches(n_batches: int, seed: int) -> list[pa.RecordBatch]:
    """Give batches of one table: those of even number hold the same rows, the others new ones."""
    made = []
    for number in range(n_batches):
        rows = tables_mixed.rows(220, seed + number % 2 * number, 0.02)
        cells = [(name, text) for row in rows for name, text in row.items()]
        arrays = [
            pa.array(["a.csv"] * len(cells), pa.string()),
            pa.array(range(len(cells)), pa.int64()),
            pa.array([name for name, _ in cells], pa.string()),
            pa.array([text for _, text in cells], pa.large_string()),
        ]
        made.append(pa.RecordBatch.from_arrays(arrays, schema=schema()))
    return made


def _setup() -> Setup:
    """Give a setup that remembers nothing."""
    return make_setup(names=None, case=CASE)


def _known_values(setup: Setup) -> int:
    """Count the values that a setup keeps."""
    held = whole._KNOWN[setup]._fields.values()
    return sum(len(field.kept.known().values) for field in held)


def test_batches_in_a_row_give_what_each_gives_alone() -> None:
    setup = _setup()
    batches = _batches(5, 4)
    found = [find_batch(batch, setup) for batch in batches]
    assert _known_values(setup) > 0
    for batch, one in zip(batches, found, strict=True):
        assert one.to_pylist() == find_batch(batch, _setup()).to_pylist()


def test_values_are_forgotten_where_they_are_too_much_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "_MOST_BYTES", 1)
    setup = _setup()
    for batch in _batches(2, 4):
        find_batch(batch, setup)
    assert _known_values(setup) == 0


def _noted(keeping: Keeping, texts: list[str]) -> bool:
    """Show a batch of texts; tells whether they are kept."""
    known = keeping.known()
    before = len(known.values)
    codes = known.number(pa.array(texts, pa.large_string()), keeping.once)
    keeping.note(known, len(texts), before, int((codes < before).sum()))
    return keeping.nbytes > 0


def test_a_field_whose_values_come_once_is_not_kept() -> None:
    keeping = Keeping()
    assert not _noted(keeping, [f"value {number}" for number in range(1_000)])


def test_where_each_cell_has_a_value_of_its_own_equal_ones_are_not_looked_for_for_a_while() -> None:
    keeping = Keeping()
    unlike = [f"value {number}" for number in range(1_000)]
    asked = []
    for _ in range(40):
        asked.append(not keeping.once)
        _noted(keeping, unlike)
    assert asked[:3] == [True, False, False] and 2 <= sum(asked) <= 4
    keeping = Keeping()
    _noted(keeping, ["a", "b"] * 500)
    assert not keeping.once


def test_texts_that_are_not_compared_get_a_number_each() -> None:
    texts = pa.array(["a", "a", "b"], pa.large_string())
    assert Known().number(texts, once=True).tolist() == [0, 1, 2]


def test_a_column_of_different_values_in_which_some_come_twice_later_gives_the_same() -> None:
    setup = _setup()
    for number in range(2):
        texts = [
            f"user.{number}{place % (400 - 200 * number)}@mail{place % 7}.example" for place in range(400)
        ]
        arrays = [
            pa.array(["a.csv"] * 400, pa.string()),
            pa.array(range(400), pa.int64()),
            pa.array(["email"] * 400, pa.string()),
            pa.array(texts, pa.large_string()),
        ]
        batch = pa.RecordBatch.from_arrays(arrays, schema=schema())
        found = find_batch(batch, setup)
        assert found.num_rows >= 400 and found.to_pylist() == find_batch(batch, _setup()).to_pylist()


def test_a_field_whose_values_do_not_come_again_is_left_alone_for_a_while() -> None:
    keeping = Keeping()
    batches = [[f"value {batch}.{number % 500}" for number in range(1_000)] for batch in range(40)]
    kept = [_noted(keeping, batch) for batch in batches]
    assert kept[:2] == [True, False] and 2 <= sum(kept) <= 4


def test_no_more_values_are_kept_than_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    keeping = Keeping()
    half = [f"value {number}" for number in range(MOST_KNOWN // 2)] * 2
    assert _noted(keeping, half)
    monkeypatch.setattr(kept, "MOST_KNOWN", MOST_KNOWN // 2)
    assert not _noted(keeping, [*half, "one more"])


def test_numbers_of_known_values_stay_and_classes_are_told_apart() -> None:
    known = Known()
    assert known.number(pa.array(["a", "b", "a"], pa.large_string())).tolist() == [0, 1, 0]
    known.add(
        pa.array([0, 1]).to_numpy(), [(), ((3, 1),)], pa.array([False, True]).to_numpy(zero_copy_only=False)
    )
    assert known.number(pa.array(["c", "b"], pa.large_string())).tolist() == [2, 1]
    known.add(pa.array([0]).to_numpy(), [((3, 1),)], pa.array([False]).to_numpy(zero_copy_only=False))
    assert known.classes.tolist() == [0, 1, 1] and known.kinds == [(), ((3, 1),)]
    assert known.odd.tolist() == [False, True, False]
    assert known.number(pa.array(["c", "a"], pa.large_string())).tolist() == [2, 0]
    assert known.values.to_pylist() == ["a", "b", "c"]


def test_what_is_shown_of_a_value_is_made_once_and_stands_at_its_place() -> None:
    told = Told("EMAIL", CASE)
    values = pa.array(["ann@example.com", "bob@example.com", "carol@example.org"], pa.large_string())
    first = told.places(values, pa.array([2, 0, 2]).to_numpy())
    again = told.places(values, pa.array([1, 0]).to_numpy())
    assert first.tolist() == [1, 0, 1] and again.tolist() == [2, 0]
    order = values.take(pa.array([0, 2, 1])).cast(pa.string())
    masks = told.masks.take(pa.array(told.mask_of))
    assert masks.equals(mask_array("EMAIL", order)) and len(told.masks) == len(set(masks.to_pylist()))
    assert told.keys.equals(CASE.key_array("EMAIL", order))
    assert told.traits.equals(CASE.trait_array("EMAIL", order)) and told.ends.tolist() == [15, 17, 15]
