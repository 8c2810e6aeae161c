"""Texts of any kind as a stream of Arrow arrays."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import leakkit as lk
from leakkit.bias.text.batches import BATCH_BYTES, text_batches
from leakkit.errors import BadParameterError

TEXTS = ["one", None, "zwei — drei", ""]
WANTED = ["one", "", "zwei — drei", ""]


def flat(texts: object, **options: object) -> list[str]:
    """Read all batches."""
    return [value for array in text_batches(texts, **options) for value in array.to_pylist()]  # type: ignore[arg-type]


RECORDS = pa.RecordBatch.from_pydict(
    {"path": ["a"] * 4, "row": [0, 0, 1, 1], "field": ["id", "text", "id", "text#1"], "text": list("wxyz")}
)


@pytest.mark.parametrize(
    "texts",
    [
        TEXTS,
        tuple(TEXTS),
        iter(TEXTS),
        (text for text in TEXTS),
        pd.Series(TEXTS, dtype="string"),
        pd.Series(TEXTS, dtype=object),
        pd.Series(TEXTS, dtype="str"),
        pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.string())),
        pd.Series(TEXTS, dtype="category"),
        pd.DataFrame({"text": TEXTS, "other": 1}),
        np.array(TEXTS, dtype=object),
        pa.array(TEXTS),
        pa.array(TEXTS, pa.string_view()),
        pa.array(TEXTS).dictionary_encode(),
        pa.chunked_array([TEXTS[:1], TEXTS[1:]]),
        pa.table({"text": TEXTS}),
        [pa.RecordBatch.from_pydict({"text": TEXTS})],
        [pd.DataFrame({"text": TEXTS})],
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_kind_of_texts_gives_the_same_documents_in_order(texts: object) -> None:
    assert flat(texts) == WANTED


def test_a_generator_is_read_no_further_than_is_asked_for() -> None:
    endless = (f"text {i}" for i in itertools.count())
    first = next(iter(text_batches(endless, batch_rows=3)))
    assert first.to_pylist() == ["text 0", "text 1", "text 2"]
    assert next(endless) == "text 3"


def test_records_give_every_value_or_those_of_one_field_with_its_parts() -> None:
    assert flat([RECORDS]) == list("wxyz")
    assert flat([RECORDS], field="text") == ["x", "z"]
    assert flat([RECORDS], field="none") == []


def test_a_path_is_opened_as_a_leak(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"number {i}", "text": f"line {i}"}) for i in range(3)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n")
    assert flat(tmp_path / "a.jsonl", field="text") == ["line 0", "line 1", "line 2"]
    assert flat(lk.open_leak(tmp_path).records(), field="text") == ["line 0", "line 1", "line 2"]
    assert len(flat(tmp_path / "a.jsonl")) == 6


def test_arrays_are_cut_by_documents_and_by_bytes() -> None:
    assert [len(a) for a in text_batches(pa.array(["x"] * 10).slice(3), batch_rows=3)] == [3, 3, 1]
    long = "y" * (BATCH_BYTES // 2 + 1)
    assert [len(a) for a in text_batches(pa.array(["x", long, long, "z"]))] == [2, 2]
    assert [len(a) for a in text_batches(["x", long * 3, "z"])] == [1, 1, 1]


def test_bytes_and_lone_surrogates_become_sound_text() -> None:
    assert flat([b"caf\xc3\xa9 \xff", "\ud800 x"]) == ["café \ufffd", "? x"]
    assert flat(pa.array([b"ok", b"\xff"])) == ["ok", "\ufffd"]


def test_no_documents_give_no_arrays() -> None:
    assert flat([]) == flat(pd.Series([], dtype="string")) == flat(pa.array([], pa.string())) == []
    assert flat(pd.Series([None, None])) == ["", ""]


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ("one text", "found one text"),
        ({"a": "b"}, "found dict"),
        (3, "found int"),
        ({"a"}, "found set"),
        (["a", 7], "found int at place 1"),
        (pd.Series([1, 2]), "found values of type int64"),
        (pd.DataFrame({"body": ["a"]}), "found body"),
        (np.array([["a"]]), "found 2 dimensions"),
    ],
)
def test_what_is_no_texts_is_an_error_that_names_it(texts: object, words: str) -> None:
    with pytest.raises(BadParameterError, match=words):
        flat(texts)
    with pytest.raises(BadParameterError, match="found 0"):
        flat(["a"], batch_rows=0)


def test_a_column_is_found_by_its_name_even_a_number_and_must_be_one_alone() -> None:
    assert flat(pd.DataFrame({0: ["one"]}), field=0) == ["one"]
    assert flat(pd.DataFrame({0: ["one"]}), field="0") == ["one"]
    twice = pd.DataFrame([["one", "two"]], columns=["text", "text"])
    with pytest.raises(BadParameterError, match="found several"):
        flat(twice)
