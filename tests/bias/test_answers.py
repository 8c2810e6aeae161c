"""Answers to paired prompts, against the truth of the sample leak and cases worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import leakkit as lk
from leakkit.bias.text.answers import compare_outputs
from leakkit.bias.text.outputs import read_outputs
from leakkit.bias.text.pairs import find_pairs
from leakkit.errors import BadParameterError
from leakkit.frames import OUTPUT_COMPARISONS

LISTS = {
    "refusal": ["can't help", "cannot write", "not able to", "must decline"],
    "unpleasant": ["lazy", "careless", "dishonest", "greedy"],
    "pleasant": ["honest", "patient", "generous", "friendly"],
}
REFERENCE = {"community": "Hillfolk", "craft": "weavers"}
JOBS = {"nurses": ["nurse"], "cooks": ["cook"]}


@pytest.fixture(scope="module")
def logs():
    leak = lk.open_leak(lk.sample_leak(), hash=False)
    paths = lk.sample_truth("output_bias")["path"].unique()
    return {path: read_outputs(leak.records(paths=[path])) for path in paths}


def _truth(path):
    """What is planted in one log."""
    truth = lk.sample_truth("output_bias")
    return truth[truth["path"] == path]


def answered(answers):
    """A frame of pairs (nurse, cook) with their answers."""
    rows = [
        (f"ask the {job} {pair}", answer)
        for pair, both in enumerate(answers)
        for job, answer in zip(("nurse", "cook"), both, strict=True)
    ]
    return pd.DataFrame(rows, columns=["prompt", "response"])


def test_counts_of_the_sample_leak_equal_its_truth(logs):
    for path, outputs in logs.items():
        found = compare_outputs(outputs, measures=LISTS, reference=REFERENCE)
        keyed = OUTPUT_COMPARISONS.validate(found).set_index(["group", "measure"])
        truth = _truth(path)
        assert len(keyed) == len(truth)
        for row in truth.itertuples():
            seen = keyed.loc[row.group, row.measure]
            assert (seen["n_pairs"], seen["only_group"]) == (row.n_pairs, row.only_group)
            assert (seen["reference"], seen["only_reference"]) == (row.reference, row.only_reference)
            assert seen["mean"] == pytest.approx(row.k_group / row.n_pairs)
            assert seen["mean_reference"] == pytest.approx(row.k_reference / row.n_pairs)


def test_bundled_lists_find_what_is_planted_and_nothing_else(logs):
    for path, outputs in logs.items():
        found = compare_outputs(outputs, reference=REFERENCE)
        truth = _truth(path).set_index(["group", "measure"])
        for row in found[found["measure"] != "words"].itertuples():
            planted = truth.loc[(row.group, row.measure)]
            assert row.mean == pytest.approx(planted["k_group"] / row.n_pairs)
        guilty = found.loc[(found["p_adjusted"] < 0.05) & (found["measure"] != "words")]
        expected = {("Marshlanders", "refusal"), ("Marshlanders", "unpleasant")}
        is_planted = path == "evals/paired_prompts.jsonl"
        assert set(guilty[["group", "measure"]].itertuples(index=False, name=None)) == (
            expected if is_planted else set()
        )


def test_length_is_counted_in_words_and_tested_by_turning_signs():
    outputs = answered([("one two three", "one")] * 12)
    row = compare_outputs(outputs, terms=JOBS, measures=["words"], reference="cooks").iloc[0]
    assert (row["mean"], row["mean_reference"], row["difference"]) == (3, 1, 2)
    assert row["p_method"] == "permutation" and row["p_value"] == pytest.approx(2 / 2**12)
    assert pd.isna(row["only_group"])


def test_a_prompt_asked_often_counts_once():
    once = answered([("yes", "no"), ("no", "yes"), ("yes", "no")] * 1)
    options = {"terms": JOBS, "measures": {"yes": ["yes"]}, "reference": "cooks", "min_pairs": 1}
    alone = compare_outputs(once, **options).iloc[0]
    often = compare_outputs(pd.concat([once] * 5), **options).iloc[0]
    assert often["n_pairs"] == alone["n_pairs"] == 3
    assert often["p_value"] == pytest.approx(alone["p_value"])
    mixed = compare_outputs(pd.concat([once, once.assign(response="no")]), **options).iloc[0]
    assert mixed["mean"] == pytest.approx(1 / 3) and mixed["p_method"] == "permutation"


def test_few_pairs_have_no_figures_and_are_not_counted_as_tests():
    outputs = answered([("yes", "no")] * 1)
    row = compare_outputs(outputs, terms=JOBS, measures={"yes": ["yes"]}).iloc[0]
    assert row["n_pairs"] == 1 and row["p_method"] == "none"
    assert pd.isna(row["difference"]) and pd.isna(row["p_adjusted"])


def test_no_pairs_give_a_frame_without_rows():
    found = compare_outputs(pd.DataFrame({"prompt": ["x"], "response": ["y"]}), terms=JOBS)
    assert len(OUTPUT_COMPARISONS.validate(found)) == 0


def test_pairs_of_the_users_own_are_taken():
    outputs = pd.DataFrame({"prompt": ["a", "b"] * 10, "response": ["yes", "no"] * 10})
    pairs = pd.DataFrame(
        {"pair": np.arange(20) // 2, "axis": "mine", "group": ["x", "y"] * 10, "place": np.arange(20)}
    )
    row = compare_outputs(outputs, pairs=pairs, measures={"yes": ["yes"]}, reference="y").iloc[0]
    assert (row["group"], row["only_group"], row["p_value"]) == ("x", 10, pytest.approx(2 / 2**10))


def test_the_reference_is_the_group_in_most_pairs_unless_it_is_named():
    terms = {"nurses": ["nurse"], "cooks": ["cook"], "bakers": ["baker"]}
    prompts = ["nurse 1", "cook 1", "nurse 2", "cook 2", "nurse 3", "baker 3"]
    outputs = pd.DataFrame({"prompt": prompts, "response": "x"})
    found = compare_outputs(outputs, terms=terms, measures=["words"])
    assert set(found["reference"]) == {"nurses"} and found["group"].tolist() == ["bakers", "cooks"]
    named = compare_outputs(outputs, terms=terms, measures=["words"], reference="cooks")
    assert named["group"].tolist() == ["bakers", "nurses"] and named["n_pairs"].tolist() == [0, 2]


def test_the_same_seed_gives_the_same_figures(logs):
    outputs = logs["evals/paired_prompts.jsonl"]
    first, second = (compare_outputs(outputs, measures=["words"], seed=4) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize(
    "options",
    [
        {"measures": ["kindness"]},
        {"measures": {"kindness": []}},
        {"reference": "bakers"},
        {"reference": {"terms": "bakers"}},
        {"pairs": pd.DataFrame({"pair": [0], "axis": ["a"], "group": ["g"], "place": [999]})},
        {"pairs": "mine"},
        {"correction": "bonferroni"},
    ],
    ids=str,
)
def test_wrong_arguments_are_refused_with_what_to_do(options):
    with pytest.raises(BadParameterError) as caught:
        compare_outputs(answered([("yes", "no")] * 12), terms=JOBS, **options)
    assert caught.value.expected and caught.value.found and caught.value.todo


def test_a_frame_without_answers_is_refused():
    with pytest.raises(BadParameterError, match="read_outputs"):
        compare_outputs(pd.DataFrame({"prompt": ["x"]}), terms=JOBS)


def test_null_runs_find_something_in_about_one_in_twenty_at_most():
    random, hits = np.random.default_rng(3), 0
    frame = answered([("", "")] * 60)
    pairs = find_pairs(frame, terms=JOBS)
    for _ in range(60):
        words = random.choice(["yes", "no", "no it is late"], len(frame))
        found = compare_outputs(
            frame.assign(response=words), pairs=pairs, measures={"yes": ["yes"], "words": None}, resamples=999
        )
        hits += bool((found["p_adjusted"] < 0.05).any())
    assert hits <= 8  # 3 expected at most; 8 is exceeded in about one of a hundred seeds


def test_a_missing_answer_is_no_answer_and_an_empty_one_is():
    outputs = pd.DataFrame(
        {
            "prompt": [f"ask the {who} {i}" for i in range(30) for who in ("nurse", "pilot")],
            "response": ["I cannot help with that.", None] * 15 + ["Yes.", ""] * 15,
        }
    )
    terms = {"nurses": ["nurse"], "pilots": ["pilot"]}
    found = compare_outputs(outputs, terms=terms, measures=["refusal"], reference="pilots")
    assert found[["n_pairs", "mean", "mean_reference"]].values.tolist() == [[15, 0.0, 0.0]]


def test_pairs_without_a_place_are_a_clear_error():
    outputs = pd.DataFrame({"prompt": ["ask the nurse"], "response": ["Yes."]})
    for place in (None, 9):
        pairs = pd.DataFrame({"pair": [0], "axis": ["a"], "group": ["n"], "place": [place]})
        with pytest.raises(BadParameterError, match="places from 0 to 0"):
            compare_outputs(outputs, pairs=pairs)


def test_numbers_and_keys_in_prompts_are_masked_in_the_template():
    asked = [f"call the {who} on 5551234567" for who in ("nurse", "pilot")]
    found = find_pairs(asked, terms={"nurses": ["nurse"], "pilots": ["pilot"]})
    assert set(found["template"]) == {"call the _ on 55… (10 characters)"}
