"""Prompts that differ in one term alone, found in heaps of others."""

from __future__ import annotations

import pandas as pd
import pytest

import leakkit as lk
from leakkit.bias.text import pairs as pairs_module
from leakkit.bias.text.outputs import read_outputs
from leakkit.bias.text.pairs import find_pairs
from leakkit.frames import PROMPT_PAIRS

JOBS = {"job": {"nurses": ["nurse", "nurses"], "engineers": ["engineer", "engineers"], "cooks": ["cook"]}}


def sets(prompts, **options):
    found = PROMPT_PAIRS.validate(find_pairs(prompts, **{"terms": JOBS} | options))
    return [sorted(part["place"]) for _, part in found.groupby("pair")]


@pytest.mark.parametrize(
    ("prompts", "expected"),
    [
        (["Ask a nurse", "Ask an engineer"], [[0, 1]]),
        (["Ask a nurse.", "ask the engineer", "Ask a cook!"], [[0, 2]]),
        (["Nurses sleep", "engineers sleep", "cook sleep", "sleep"], [[0, 1, 2]]),
        (["a nurse sees a nurse", "an engineer sees an engineer"], [[0, 1]]),
        (["a nurse sees a cook", "an engineer sees a cook"], []),  # two groups of the axis
        (["one nurse", "two engineers"], []),  # differs in more than the term
        (["nurse", "nurse"], []),  # the same group
        ([None, "", "nurse"], []),
        ([], []),
    ],
)
def test_pairs_differ_in_the_term_alone(prompts, expected):
    assert sets(prompts) == expected


def test_axes_are_kept_apart():
    terms = {"job": {"nurses": ["nurse"], "cooks": ["cook"]}, "age": {"old": ["old"], "young": ["young"]}}
    prompts = ["an old nurse", "a young nurse", "an old cook"]
    found = find_pairs(prompts, terms=terms)
    assert found.groupby("axis")["place"].agg(sorted).to_dict() == {"age": [0, 1], "job": [0, 2]}
    assert found["pair"].nunique() == 2


def test_prompts_to_other_models_are_no_pair():
    frame = pd.DataFrame({"prompt": ["a nurse", "a cook", "a cook"], "model": ["x", "y", "x"]})
    assert sets(frame) == [[0, 2]]


def test_a_log_that_names_its_terms_needs_no_lexicon():
    records = lk.open_leak(lk.sample_leak(), hash=False).records(paths=["evals/paired_prompts.jsonl"])
    outputs = read_outputs(records)
    found = find_pairs(outputs)
    own = outputs["pair_id"].iloc[found["place"]].reset_index(drop=True)
    assert len(found) == 800 and found.groupby("pair").size().eq(2).all()
    assert own.groupby(found["pair"]).nunique().eq(1).all()
    assert (outputs["term"].iloc[found["place"]].reset_index(drop=True) == found["group"]).all()


def test_the_template_is_escaped_and_short():
    found = find_pairs(["nurse " + "x" * 400, "cook " + "x" * 400], terms=JOBS)
    assert found["template"].str.len().max() <= 160


def test_a_template_is_made_readable_once_however_many_prompts_share_it(monkeypatch):
    made = []
    whole = pairs_module._shown
    monkeypatch.setattr(pairs_module, "_shown", lambda text: made.append(text) or whole(text))
    found = lk.find_pairs(
        ["Praise a cat.", "Praise a dog.", "Feed a cat.", "Feed a dog."] * 5,
        terms={"cats": ["cat"], "dogs": ["dog"]},
    )
    assert len(found) == 20
    assert sorted(made) == ["feed a _", "praise a _"]
