"""The fields of a batch by number, whatever order they come in."""

from __future__ import annotations

import pyarrow as pa
import pytest

from leakkit.pii.fields import coded_texts, fields_of

NAMES = ["id", "name", "", "e-mail"]


@pytest.mark.parametrize(
    "texts",
    [
        NAMES * 600,
        (NAMES * 600)[:-2],
        NAMES * 300 + ["id"] * 700,
        NAMES * 300 + ["ab", "c"] + NAMES * 300,
        ["ab", "c"] * 600 + ["a", "bc"] * 600,
        ["a", "b", "a", "c"] * 500,
        ["one"] * 1_500,
        [None, "a"] * 900,
        ["", ""] * 700,
        ["alone"],
        [],
    ],
)
def test_numbers_of_texts_give_the_texts(texts: list[str | None]) -> None:
    for some in (pa.array(texts, pa.string()), pa.array(["before", *texts], pa.string()).slice(1)):
        codes, names = coded_texts(some)
        assert [names[code] for code in codes.tolist()] == [text or "" for text in texts]
        assert len(set(names[:-1])) == len(names) - 1


def test_columns_that_are_kept_are_not_taken_for_others() -> None:
    for start in range(12):
        column = pa.array([f"{(start + n) % 7}" for n in range(2_000)], pa.string())
        batch = pa.RecordBatch.from_arrays([column], names=["field"])
        for part in (batch, batch.slice(3), batch):
            codes, names = fields_of(part)
            assert [names[code] for code in codes.tolist()] == part.column("field").to_pylist()
