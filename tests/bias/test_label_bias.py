"""Labels of texts that name a group, against the truth of the sample leak and cases made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

import leakkit as lk
from leakkit.bias.text.labels import annotator_disagreement, label_bias
from leakkit.errors import BadParameterError
from leakkit.frames import LABEL_BIAS

INSULTS = ["idiot", "fool", "worthless", "stupid"]
CATS = {"cats": ["cat"], "dogs": ["dog"]}


@pytest.fixture(scope="module")
def comments():
    leak = lk.open_leak(lk.sample_leak(), hash=False)
    return {path: leak.read_table(path) for path in lk.sample_truth("label_bias")["path"].unique()}


def test_counts_of_the_sample_leak_equal_its_truth(comments):
    for row in lk.sample_truth("label_bias").itertuples():
        every, harmless = (
            label_bias(comments[row.path], "toxic", label="1", lexicon="sample_communities", without=without)
            .set_index("group")
            .loc[row.group]
            for without in ([], INSULTS)
        )
        assert (every.k, every.n, every.k_others, every.n_others) == (
            row.k,
            row.n,
            row.k_others,
            row.n_others,
        )
        assert (harmless.k, harmless.n) == (row.k_harmless, row.n_harmless)


def test_only_the_planted_group_is_found(comments):
    for path, table in comments.items():
        found = LABEL_BIAS.validate(
            label_bias(table, "toxic", label="1", lexicon="sample_communities", without=INSULTS)
        )
        guilty = found.loc[found["p_adjusted"] < 0.05, "group"].tolist()
        assert guilty == (["Marshlanders"] if path.endswith("comments.csv") else [])


def test_figures_agree_with_statsmodels():
    texts = ["a cat"] * 80 + ["nothing"] * 120
    labels = [True] * 30 + [False] * 50 + [True] * 20 + [False] * 100
    row = label_bias(texts, labels, label=True, terms={"cats": ["cat"]}).iloc[0]
    assert (row["rate_low"], row["rate_high"]) == pytest.approx(proportion_confint(30, 80, method="wilson"))
    assert (row["difference_low"], row["difference_high"]) == pytest.approx(
        confint_proportions_2indep(30, 80, 20, 120, compare="diff", method="newcomb")
    )
    assert row["ratio"] == pytest.approx((30 / 80) / (20 / 120))
    assert row["ratio_low"] < row["ratio"] < row["ratio_high"]


def test_a_text_that_names_two_groups_counts_for_both_and_not_for_none():
    found = label_bias(["cat dog", "cat", "x", "x"], [1, 0, 1, 0], label=1, terms=CATS, min_documents=1)
    assert found[["group", "k", "n", "n_others"]].values.tolist() == [["cats", 1, 2, 2], ["dogs", 1, 1, 2]]


def test_missing_labels_and_missing_texts_are_left_out():
    found = label_bias(["cat", "cat", None, "x"], [1, None, 1, 0], label=1, terms=CATS, min_documents=1)
    assert found[["k", "n", "k_others", "n_others"]].values.tolist() == [[1, 1, 0, 1]]


def test_several_annotators_of_a_text_are_one_document_by_majority():
    texts = ["cat"] * 5 + ["x"] * 4
    labels = [1, 1, 0, 1, 0, 1, 1, 0, 0]
    ids = ["a", "a", "a", "b", "b", "c", "c", "d", "d"]
    found = label_bias(texts, labels, label=1, terms=CATS, documents=ids, min_documents=1)
    assert found[["k", "n", "k_others", "n_others"]].values.tolist() == [[1, 2, 1, 2]]  # a tie is no label
    unlike = annotator_disagreement(texts, labels, ids, terms=CATS, min_documents=1)
    assert unlike[["label", "k", "n", "k_others", "n_others"]].values.tolist() == [
        ["disagreement", 2, 2, 0, 2]
    ]


def test_a_label_is_called_as_its_column_where_it_says_yes_and_as_the_user_wants():
    table = pd.DataFrame({"text": ["cat", "x"], "toxic": ["1", "0"], "kind": ["a", "b"]})

    def shown(labels, label, **options):
        return label_bias(table, labels, label=label, terms=CATS, min_documents=1, **options)[
            "label"
        ].tolist()

    assert shown("toxic", "1") == shown("toxic", 1) == ["toxic"]
    assert shown("toxic", "0") == shown(table["toxic"], "0") == ["0"]
    assert shown(table["toxic"], "1") == ["1"] and shown("kind", "a") == ["a"]
    assert shown(table["toxic"], "1", name="hurtful") == ["hurtful"]
    assert shown("toxic", ["0", "1"], name=["fine", "toxic"]) == ["fine", "toxic"]
    with pytest.raises(BadParameterError, match="one name for each label"):
        shown("toxic", ["0", "1"], name="toxic")


def test_small_groups_are_listed_without_figures_or_tests():
    found = label_bias(["cat"] * 9 + ["x"] * 50, [1] * 9 + [0] * 50, label=1, terms=CATS)
    assert found["n"].tolist() == [9]
    assert found[["rate", "difference", "ratio", "p_value", "p_adjusted"]].isna().all(axis=None)


def test_every_text_named_leaves_nobody_to_compare_with():
    found = label_bias(["cat"] * 20, [1, 0] * 10, label=1, terms=CATS)
    assert found["n_others"].tolist() == [0] and found["rate"].isna().all()


def test_p_values_are_corrected_over_all_labels_and_groups():
    random = np.random.default_rng(5)
    texts = random.choice(["cat", "dog", "x"], 600).tolist()
    labels = random.choice(["hate", "spam", "fine"], 600)
    found = label_bias(texts, labels, label=["hate", "spam"], terms=CATS, correction="holm")
    assert len(found) == 4 and set(found["label"]) == {"hate", "spam"}
    assert found["p_adjusted"].min() == pytest.approx(min(1.0, 4 * found["p_value"].min()))


def test_hostile_names_and_labels_are_escaped():
    found = label_bias(
        ["cat", "x"], ["\x1b[31m", "b"], label="\x1b[31m", terms={"\x1b[0m": ["cat"]}, min_documents=1
    )
    assert found[["group", "label"]].values.tolist() == [["\\x1b[0m", "\\x1b[31m"]]


def test_an_unknown_label_is_answered_with_the_labels_found():
    with pytest.raises(BadParameterError, match="the labels are fine, toxic"):
        label_bias(["cat", "x"], ["toxic", "fine"], label="hate", terms=CATS)


@pytest.mark.parametrize("labels", [[1], "toxic"], ids=["too few", "no such column"])
def test_labels_that_do_not_fit_are_refused(labels):
    with pytest.raises(BadParameterError):
        label_bias(["cat", "x"], labels, label=1, terms=CATS)


def test_no_texts_give_no_label_to_count():
    with pytest.raises(BadParameterError, match="none"):
        label_bias([], [], label=1, terms=CATS)


def test_null_runs_find_something_in_about_one_in_twenty_at_most():
    random, hits = np.random.default_rng(11), 0
    texts = pd.Series(["cat"] * 60 + ["dog"] * 60 + ["x"] * 200)
    for _ in range(150):
        found = label_bias(texts, random.random(320) < 0.2, label=True, terms=CATS)
        hits += bool((found["p_adjusted"] < 0.05).any())
    assert hits <= 14  # 7.5 expected at most; 14 is exceeded in about one of a hundred seeds


def test_rows_without_text_are_not_texts_that_name_nobody():
    texts = ["the nurse"] * 20 + ["rain"] * 20 + [None] * 30
    found = label_bias(texts, [0] * 40 + [1] * 30, label=0, terms={"nurses": ["nurse"]})
    assert found[["n", "n_others", "k_others"]].values.tolist() == [[20, 20, 20]]


def test_an_error_names_labels_but_never_a_column_of_texts():
    texts = [f"the nurse said secret {i}" for i in range(40)]
    with pytest.raises(BadParameterError, match="40 different ones") as caught:
        label_bias(texts, texts, label=1, terms={"nurses": ["nurse"]})
    assert "secret" not in str(caught.value)
    for label in ([], {1}):
        with pytest.raises(BadParameterError, match="a label, or a list"):
            label_bias(texts, [1] * 40, label=label, terms={"nurses": ["nurse"]})
    with pytest.raises(BadParameterError, match="id of the text"):
        annotator_disagreement(texts, [1] * 40, None, terms={"nurses": ["nurse"]})


def test_columns_of_an_arrow_table_are_named_too():
    table = pa.table({"text": ["the nurse"] * 20 + ["rain"] * 20, "toxic": [1, 0] * 20})
    found = label_bias(table, "toxic", label=1, terms={"nurses": ["nurse"]})
    assert found[["k", "n", "k_others", "n_others"]].values.tolist() == [[10, 20, 10, 20]]
