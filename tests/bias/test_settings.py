"""Settings that are none are refused in three parts, before any text is read."""

from __future__ import annotations

from typing import Any

import pytest

import leakkit as lk
from leakkit.errors import BadParameterError

TEXTS = ["she is a nurse"] * 20 + ["he is a pilot"] * 20
GROUPS = ["ward"] * 20 + ["crew"] * 20
SETS: dict[str, Any] = {"x": ["she", "a"], "y": ["he", "is"], "a": ["nurse"], "b": ["pilot"]}


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: lk.keyness(TEXTS, GROUPS, topp=3), "among .*window.*found topp"),
        (lambda: lk.keyness(TEXTS, GROUPS, top="x"), "top to be a whole number of 1 or more; found 'x'"),
        (lambda: lk.keyness(TEXTS, GROUPS, top=1.5), "found 1.5"),
        (lambda: lk.word_associations(TEXTS, terms={"a": ["nurse"], "b": ["pilot"]}, window="x"), "window"),
        (lambda: lk.word_associations(TEXTS, GROUPS, min_documents=True), "found True"),
        (lambda: lk.count_windows(TEXTS, {"a": ["nurse"]}, window="x"), "window"),
        (lambda: lk.train_embeddings(TEXTS, seed=-1), "seed to be a whole number of 0 or more; found -1"),
        (lambda: lk.train_embeddings(TEXTS, window="x"), "window"),
        (lambda: lk.embedding_associations(TEXTS, **SETS, seed=-1), "seed"),
        (lambda: lk.embedding_associations(TEXTS, **SETS, folds="x"), "folds"),
        (lambda: lk.embedding_associations(TEXTS, **SETS, windows=3), "among .*min_count.*found windows"),
        (lambda: lk.embedding_associations(TEXTS, **SETS, window="x"), "window"),
        (lambda: lk.count_false_discoveries(TEXTS, seed=-1), "seed"),
        (lambda: lk.count_false_discoveries(TEXTS, deals=0), "deals"),
    ],
)
def test_a_setting_that_is_none_is_named_with_what_it_may_be(call: Any, named: str) -> None:
    with pytest.raises(BadParameterError, match=f"^Expected .*{named}"):
        call()
