"""Annotated texts are read as people named them, and harmless ones are compared."""

from __future__ import annotations

import pytest

import leakkit as lk
from leakkit.bias.text.annotations import load_annotations, measure_annotations
from leakkit.errors import BadFrameError


def test_harmless_comments_have_the_counts_of_the_truth():
    leak = lk.open_leak(lk.sample_leak())
    named = load_annotations(leak=leak)
    found = measure_annotations(leak, named, lexicon="sample_communities", harmless=True)
    every = measure_annotations(leak, named, lexicon="sample_communities")
    truth = lk.sample_truth("label_bias").set_index(["path", "group"])
    for frame, n, k in ((found, "n_harmless", "k_harmless"), (every, "n", "k")):
        frame = frame.set_index(["path", "group"])
        for place in truth.index:
            assert frame.loc[place, ["n", "k"]].tolist() == truth.loc[place, [n, k]].tolist()
    assert found["p_adjusted"].lt(0.05).sum() == 1


def test_another_leak_has_no_annotations_unless_a_file_names_them(tmp_path):
    assert load_annotations(leak=tmp_path).empty
    (tmp_path / "texts.csv").write_text(
        "words,bad\n" + "a marshlander,yes\nnobody,no\n" * 20, encoding="utf-8"
    )
    file = tmp_path / "named.csv"
    file.write_text("path,text,label,counted\ntexts.csv,words,bad,yes\n", encoding="utf-8")
    leak = lk.open_leak(tmp_path)
    found = measure_annotations(leak, load_annotations(file), lexicon="sample_communities")
    assert found[["group", "n", "k"]].values.tolist() == [["Marshlanders", 20, 20]]
    file.write_text("path,text,label,counted\ntexts.csv,words,worse,yes\n", encoding="utf-8")
    with pytest.raises(BadFrameError, match="worse"):
        measure_annotations(leak, load_annotations(file))
    file.write_text("path,text,label\ntexts.csv,words,bad\n", encoding="utf-8")
    with pytest.raises(BadFrameError, match="no counted"):
        load_annotations(file)


def test_nothing_named_is_no_row():
    found = measure_annotations(lk.open_leak(lk.sample_leak()), load_annotations(leak="elsewhere"))
    assert found.empty
    assert "p_adjusted" in found
