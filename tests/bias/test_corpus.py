"""The corpus of a leak in memory; what chance finds in it; paired prompts log by log."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import leakkit as lk
from leakkit.bias.text.corpus import count_false_discoveries, read_corpus
from leakkit.bias.text.logs import compare_output_logs
from leakkit.errors import BadParameterError


def test_the_corpus_is_the_field_with_most_words():
    leak = lk.open_leak(lk.sample_leak())
    prose = lk.find_prose(leak)
    assert len(read_corpus(leak, prose)) == prose.loc[0, "documents"] == 2_000
    assert len(read_corpus(leak, prose, place=1)) >= prose.loc[1, "documents"]
    assert len(read_corpus(leak, prose.head(0))) == 0
    with pytest.raises(BadParameterError, match="count from 0"):
        read_corpus(leak, prose, place=len(prose))
    with pytest.raises(BadParameterError, match="read_prose"):
        read_corpus(leak, prose, max_bytes=100)


def test_counting_occurrences_finds_words_in_noise_and_counting_documents_does_not():
    rng = np.random.default_rng(3)
    words = np.array([f"word{n}" for n in range(300)])
    texts = [" ".join(np.repeat(rng.choice(words, 12), rng.integers(1, 12, 12))) for _ in range(300)]
    found = count_false_discoveries(texts, deals=4).set_index(["unit", "corrected"])
    assert found.loc[("occurrence", True), "deals_with_any"] == 4
    assert found.loc[("document", True), "words"] <= 2
    assert found.loc[("occurrence", False), "words"] > 3 * found.loc[("document", False), "words"]
    assert found["tested"].between(4 * 280, 4 * 300).all()


def test_no_texts_have_no_words_to_call_different():
    found = count_false_discoveries([])
    assert found["tested"].eq(0).all()
    assert "no words" in lk.describe_false_discoveries(found)
    assert "no words" in lk.describe_false_discoveries(found.head(0))


def test_logs_are_corrected_together_and_their_names_escaped(tmp_path):
    for name, share in (("a\u202eb.jsonl", 0.5), ("b.jsonl", 0.0)):
        lines = []
        for pair in range(40):
            for term in ("Hillfolk", "Marshlanders"):
                no = term == "Marshlanders" and pair < 40 * share
                answer = "I cannot help with that request." if no else f"They sing on day {pair}."
                lines.append(
                    json.dumps({"prompt": f"What do the {term} of street {pair} sing?", "response": answer})
                )
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    outputs = lk.read_outputs(lk.open_leak(tmp_path))
    found = compare_output_logs(outputs, lexicon="sample_communities")
    assert found["path"].unique().tolist() == ["a\\u202eb.jsonl", "b.jsonl"]
    refusal = found[found["measure"].eq("refusal")].set_index("path")
    assert refusal.loc["a\\u202eb.jsonl", "p_adjusted"] < 0.001
    assert refusal["n_pairs"].tolist() == [40, 40]
    assert found["p_adjusted"].ge(found["p_value"]).fillna(True).all()
    assert compare_output_logs(outputs.head(0)).empty


def test_what_prose_there_is_is_said():
    assert lk.describe_prose(lk.frames.PROSE.from_rows([])).startswith("No prose")
    one = lk.frames.PROSE.from_rows(
        [{"path": "a.csv", "field": "text", "documents": 40, "words": 1_000, "words_per_document": 25.0}]
    )
    assert lk.describe_prose(one) == (
        "40 texts with 1,000 words stand in 1 field; most words, 1,000 in 40 texts, in a.csv (text)."
    )


def test_texts_of_any_kind_are_dealt_and_those_without_words_left_out():
    texts = ["rain " * 9 + "sun"] * 20 + ["sun"] * 20
    plain = count_false_discoveries(texts, deals=2)
    frame = pd.DataFrame({"page": [None, *texts, "...", ""]})
    pd.testing.assert_frame_equal(count_false_discoveries(frame, deals=2, field="page"), plain)
    with pytest.raises(BadParameterError, match="found one text"):
        count_false_discoveries("rain and sun")
    nothing = count_false_discoveries(["sun", "", None], deals=3)
    assert nothing["deals"].eq(0).all() and nothing["tested"].eq(0).all()
    one = count_false_discoveries(["sun"] * 20, deals=3)
    assert one["words"].eq(0).all() and one["tested"].eq(3).all()


def test_what_is_no_frame_of_prose_is_refused():
    leak = lk.open_leak(lk.sample_leak())
    prose = lk.find_prose(leak)
    with pytest.raises(BadParameterError, match="what find_prose gives"):
        read_corpus(leak, prose.drop(columns="field"))
    with pytest.raises(BadParameterError, match="place to be a whole number"):
        read_corpus(leak, prose, place=-1)


def test_logs_take_terms_and_refuse_an_unknown_correction_at_once():
    outputs = lk.read_outputs(lk.open_leak(lk.sample_leak()))
    found = compare_output_logs(outputs, terms={"potters": ["potters"], "weavers": ["weavers"]})
    assert set(found["group"]) | set(found["reference"]) == {"potters", "weavers"}
    with pytest.raises(BadParameterError, match="holm"):
        compare_output_logs(outputs.head(0), correction="wish")
