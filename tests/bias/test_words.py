"""Words of groups: by hand, against scipy, against every permutation, and when nothing is there."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy.stats import fisher_exact, hypergeom

import leakkit as lk
from leakkit.bias.text.presence import (
    Attainable,
    adjust_discrete,
    exact_presence,
    power_weights,
)
from leakkit.bias.text.windows import count_windows
from leakkit.bias.text.words import keyness, word_associations
from leakkit.errors import BadParameterError
from leakkit.stats import adjust_p, ratio_interval

NURSES = {"nurses": ["nurse", "care worker"], "pilots": ["pilot"]}


def documents(n: int, words: int, seed: int) -> list[str]:
    """Make up documents of unequal length in which words are unequally common."""
    rng = np.random.default_rng(seed)
    share = 1 / np.arange(1, words + 1)
    drawn = rng.choice(words, (n, 60), p=share / share.sum())
    return [
        " ".join(f"w{i}" for i in row[:size]) for row, size in zip(drawn, rng.integers(5, 60, n), strict=True)
    ]


def test_figures_of_a_word_are_as_worked_by_hand() -> None:
    texts = ["red red cat", "red dog", "cat", "dog dog cat", "red", None]
    found = word_associations(texts, list("aaabb") + [None], min_documents=1).set_index(["group", "word"])
    red = found.loc[("a", "red")]
    assert red[["documents", "n_documents", "documents_reference", "n_documents_reference"]].tolist() == [
        2,
        3,
        1,
        2,
    ]
    assert red[["tokens", "tokens_reference", "reference", "n_tests"]].tolist() == [3, 1, "b", 3]
    assert red["ratio"] == pytest.approx((2 / 3) / (1 / 2))
    low, high = ratio_interval(2, 3, 1, 2)
    assert (red["ratio_low"], red["ratio_high"]) == pytest.approx((float(low), float(high)))
    corpus, prior = 4 / 10, 500
    share_a, share_b = (3 + prior * corpus) / (6 + prior), (1 + prior * corpus) / (4 + prior)
    assert red["log_odds"] == pytest.approx(np.log(share_a / (1 - share_a)) - np.log(share_b / (1 - share_b)))
    parts = np.array([2 - 3 * corpus, 1 - 2 * corpus, -corpus, -3 * corpus, 1 - corpus])
    spread = (parts**2).sum() / 4
    sizes = (6 + prior) * share_a * (1 - share_a), (4 + prior) * share_b * (1 - share_b)
    width = 2 * 1.959963985 * np.sqrt(spread * (3 / sizes[0] ** 2 + 2 / sizes[1] ** 2))
    assert red["log_odds_high"] - red["log_odds_low"] == pytest.approx(width)
    assert found.loc[("b", "red"), "p_value"] == red["p_value"]
    assert red["documents_left_out"] == 1
    assert lk.frames.WORD_ASSOCIATIONS.validate(found.reset_index()) is not None


def test_p_values_are_those_of_fishers_exact_test() -> None:
    rng = np.random.default_rng(3)
    n1, n = 31, 90
    present = rng.integers(1, n, 60)
    found = rng.hypergeometric(n1, n - n1, present)
    p, attainable = exact_presence(
        found[:, None], present[:, None], np.array([n1]), np.array([n]), np.ones(60)
    )
    wanted = [
        fisher_exact([[k, n1 - k], [m - k, n - n1 - m + k]])[1] for k, m in zip(found, present, strict=True)
    ]
    assert p == pytest.approx(wanted)
    assert attainable.expected[-1] == pytest.approx(60)
    by_hand = sum(
        sum(
            prob
            for k in range(max(0, m - n + n1), min(m, n1) + 1)
            if fisher_exact([[k, n1 - k], [m - k, n - n1 - m + k]])[1] <= 0.05
            for prob in [float(hypergeom.pmf(k, n, n1, m))]
        )
        for m in present
    )
    assert float(attainable.expected_up_to(np.array([0.05]))[0]) == pytest.approx(by_hand)


def test_with_strata_the_p_value_is_over_all_draws_within_each_length() -> None:
    has, strata = np.array([1, 1, 0, 0, 1, 0, 0]), np.array([0, 0, 0, 0, 1, 1, 1])
    draws = [
        sum(has[list(a)]) + sum(has[list(b)])
        for a in itertools.combinations(np.flatnonzero(strata == 0), 2)
        for b in itertools.combinations(np.flatnonzero(strata == 1), 1)
    ]
    chance = {k: np.mean([d == k for d in draws]) for k in set(draws)}
    for k in chance:
        least = max(0, k - 1)
        p, _ = exact_presence(
            np.array([[k - least, least]])[:, ::-1] if k == 1 else np.array([[k, 0]] if k < 3 else [[2, 1]]),
            np.array([[2, 1]]), np.array([2, 1]), np.array([4, 3]), np.ones(1),
        )  # fmt: skip
        assert p[0] == pytest.approx(sum(c for c in chance.values() if c <= chance[k] * (1 + 1e-9)))


def test_words_in_many_documents_are_tested_by_the_normal_approximation() -> None:
    p, attainable = exact_presence(
        np.array([[5_150]]), np.array([[10_000]]), np.array([10_000]), np.array([20_000]), np.ones(1)
    )
    wanted = fisher_exact([[5_150, 4_850], [4_850, 5_150]])[1]
    assert p[0] == pytest.approx(wanted, rel=0.02) and attainable.continuous == 1


def test_correction_is_benjamini_and_hochbergs_where_p_values_can_be_anything() -> None:
    p = np.array([0.001, 0.2, 0.012, 0.9, 0.04])
    plain = adjust_discrete(p, np.ones(5), Attainable(np.zeros(0), np.zeros(0), 5.0))
    assert plain == pytest.approx(np.minimum(1.4 * adjust_p(p, "bh"), 1))


def test_words_that_can_never_be_discoveries_cost_the_others_nothing() -> None:
    found, present = np.array([[30], *[[2]] * 500]), np.array([[30], *[[3]] * 500])
    sizes = np.array([50]), np.array([100])
    weights = np.ones(501)
    p, attainable = exact_presence(found, present, *sizes, weights)
    alone = exact_presence(found[:1], present[:1], *sizes, weights[:1])
    assert adjust_discrete(p, weights, attainable)[0] == pytest.approx(
        adjust_discrete(alone[0], weights[:1], alone[1])[0]
    )


def test_weights_rise_with_documents_and_not_with_the_finding() -> None:
    weights = power_weights(np.array([5, 50, 200, 900]), 500, 1_000)
    assert (np.diff(weights) > 0).all() and weights[0] > 0.02 and weights[-1] > 0.99


@pytest.mark.parametrize(
    ("method", "equal_lengths"),
    [("presence", False), ("presence", True), ("clustered_log_odds", False)],
)
def test_groups_drawn_at_random_differ_in_few_runs(method: str, equal_lengths: bool) -> None:
    texts, rng = documents(300, 200, 0), np.random.default_rng(1)
    runs = 40
    some = 0
    for _ in range(runs):
        groups = rng.permutation(300) % 2
        found = word_associations(texts, groups, method=method, equal_lengths=equal_lengths)
        some += bool((found["p_adjusted"] <= 0.05).any())
    assert some <= 5  # 6 or more of 40 have a chance below 2 % at an error rate of 5 %


def test_planted_words_are_found_and_others_are_not() -> None:
    texts, rng = documents(800, 300, 2), np.random.default_rng(4)
    groups = rng.permutation(800) % 2
    planted = {"w9", "w12", "w15"}
    texts = [
        " ".join(w for w in text.split() if g or w not in planted or rng.random() < 0.5)
        for text, g in zip(texts, groups, strict=True)
    ]
    found = word_associations(texts, groups)
    assert set(found.loc[found["p_adjusted"] <= 0.05, "word"]) == planted


def test_longer_documents_have_more_of_every_word_unless_lengths_are_made_equal() -> None:
    texts = documents(600, 150, 5)
    groups = ["long" if len(text.split()) + i % 9 > 34 else "short" for i, text in enumerate(texts)]
    crude = word_associations(texts, groups)
    level = word_associations(texts, groups, equal_lengths=True)
    assert (crude["p_adjusted"] <= 0.05).sum() > 5 * max(1, (level["p_adjusted"] <= 0.05).sum())


def test_three_groups_are_each_compared_with_all_others_or_with_one() -> None:
    texts, groups = documents(90, 30, 6), list("abc") * 30
    found = word_associations(texts, groups)
    assert set(zip(found["group"], found["reference"], strict=True)) == {(g, "others") for g in "abc"}
    assert found["n_tests"].iloc[0] == len(found)
    found = word_associations(texts, groups, reference="b")
    assert set(zip(found["group"], found["reference"], strict=True)) == {("a", "b"), ("c", "b")}


def test_terms_make_groups_of_documents_that_mention_one_group_only() -> None:
    texts = ["A nurse cares", "The care worker cares", "The PILOT flies", "pilot and nurse", "care of work"]
    found = word_associations(texts, terms=NURSES, min_documents=1).set_index(["group", "word"])
    assert found.loc[("nurses", "cares"), ["documents", "n_documents", "documents_reference"]].tolist() == [
        2,
        2,
        0,
    ]
    assert not {"nurse", "pilot", "care", "worker", "and"} & set(found.index.get_level_values("word"))
    assert set(found["documents_left_out"]) == {1}
    alone = word_associations(texts, terms={"nurses": ["nurse"]}, min_documents=1)
    assert set(alone["reference"]) == {"no term"} and alone["n_documents"].max() == 2
    frame = pd.DataFrame({"group": ["nurses", "nurses", "pilots"], "term": ["nurse", "care worker", "pilot"]})
    again = word_associations(texts, terms=frame, min_documents=1)
    pd.testing.assert_frame_equal(again.set_index(["group", "word"]), found)


def test_a_window_leaves_out_words_far_from_a_term() -> None:
    texts = ["one two nurse three four", "one pilot five"]
    found = word_associations(texts, terms={"n": ["nurse"], "p": ["pilot"]}, window=1, min_documents=1)
    assert set(found["word"]) == {"two", "three", "one", "five"}
    assert found.set_index(["group", "word"]).loc[("n", "one"), "documents"] == 0


def test_frames_streams_and_arrays_give_the_same_rows() -> None:
    texts, groups = documents(200, 50, 7), np.arange(200) % 2
    wanted = word_associations(texts, groups)
    frame = pd.DataFrame({"text": texts, "side": groups})
    for other in (
        word_associations(frame, "side"),
        word_associations((text for text in texts), (g for g in groups.tolist())),
        word_associations(
            [pa.RecordBatch.from_pydict({"text": texts[i : i + 7]}) for i in range(0, 200, 7)], groups
        ),
    ):
        pd.testing.assert_frame_equal(wanted, other)


def test_words_of_a_leak_are_escaped_and_labels_too() -> None:
    found = word_associations(["evil\u0301 x"] * 5 + ["y"] * 5, ["\x1b[31mred"] * 5 + ["b"] * 5)
    assert set(found["group"]) == {"\\x1b[31mred", "b"}


def test_limits_leave_out_rare_and_unwanted_words() -> None:
    texts = ["a b c"] * 6 + ["a b"] * 3 + ["d e"] * 4
    groups = ["x", "y"] * 6 + ["x"]
    assert set(word_associations(texts, groups)["word"]) == {"a", "b", "c"}
    assert set(word_associations(texts, groups, most_words=2)["word"]) == {"a", "b"}
    assert set(word_associations(texts, groups, leave_out=["A b"])["word"]) == {"c"}
    assert word_associations(texts, groups, min_documents=99).empty
    with pytest.raises(BadParameterError, match="found documents of: none"):
        word_associations(["", ""], ["x", "y"])


def test_holm_and_none_are_plain_corrections() -> None:
    texts, groups = documents(100, 40, 8), np.arange(100) % 2
    one_side = word_associations(texts, groups, correction="holm").query("group == '0'")
    assert one_side["p_adjusted"].tolist() == pytest.approx(
        adjust_p(one_side["p_value"].to_numpy(float), "holm")
    )
    plain = word_associations(texts, groups, correction="none")
    assert (plain["p_adjusted"] == plain["p_value"]).all()


def test_keyness_ranks_words_of_the_group_itself() -> None:
    texts = ["sun red"] * 30 + ["rain red"] * 30
    found = keyness(texts, ["a"] * 30 + ["b"] * 30, top=3)
    assert found[["group", "word"]].values.tolist() == [["a", "sun"], ["b", "rain"]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"groups": ["a"]}, "found 1 labels and more documents"),
        ({"groups": list("abc")}, "found 3 labels and 2 documents"),
        ({"groups": ["a", "a"]}, "documents of: a"),
        ({"groups": ["a", None]}, "documents of: a"),
        ({"groups": list("ab"), "reference": "c"}, "documents of: a, b"),
        ({"groups": list("ab"), "method": "tokens"}, "found 'tokens'"),
        ({"groups": list("ab"), "correction": "by"}, "found 'by'"),
        ({"groups": list("ab"), "min_documents": 0}, "min_documents"),
        ({"groups": list("ab"), "window": 3}, "terms with a window"),
        ({"groups": list("ab"), "terms": NURSES}, "found both"),
        ({}, "found neither"),
        ({"groups": "side"}, "found str"),
        ({"terms": {}}, "found none"),
        ({"terms": {"a": ["--"]}}, "terms with letters"),
        ({"terms": ["nurse"]}, "found list"),
        ({"terms": {"a": ["x"]}, "window": 2}, "two groups of terms for a window"),
        ({"terms": {"a": ["zebra"]}}, "documents of: no term"),
    ],
)
def test_wrong_arguments_are_errors_that_say_what_was_found(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(BadParameterError, match=words):
        word_associations(["x y", "z"], **arguments)  # type: ignore[arg-type]


def test_missing_texts_are_no_documents_without_the_word() -> None:
    texts, groups = ["kind words"] * 40 + [None] * 40, ["a", "b"] * 20 + ["a"] * 40
    found = word_associations(texts, groups)
    assert found["p_value"].tolist() == [1.0] * 4
    assert set(found["n_documents"]) == {20} and set(found["documents_left_out"]) == {40}


def test_a_word_that_is_all_there_is_differs_in_nothing() -> None:
    for method in ("presence", "clustered_log_odds"):
        found = word_associations(["rain"] * 80, ["a", "b"] * 40, method=method)
        assert found["log_odds"].tolist() == [0, 0] and found["p_value"].tolist() == [1, 1]


def test_clustered_log_odds_hold_their_rate_when_groups_are_unequal() -> None:
    texts, runs = documents(600, 3_000, 5), 40
    some = 0
    for seed in range(runs):
        groups = np.random.default_rng(seed).choice(["few", "many"], 600, p=[0.1, 0.9])
        found = word_associations(texts, groups, method="clustered_log_odds")
        some += bool((found["p_adjusted"] < 0.05).any())
    assert some <= 6  # 5 % are 2; binomial probability of more than 6 below .01
    untested = found[found["p_value"].isna()]
    expected = (untested["documents"] + untested["documents_reference"]) * 60 / 600
    assert len(untested) and expected.max() < 13 and untested["p_adjusted"].isna().all()
    assert set(found["n_tests"]) == {int(found["p_value"].notna().sum()) // 2}


def test_labels_of_any_text_are_groups() -> None:
    found = word_associations(["red cat"] * 10, ["a\ud800", "b\x1b"] * 5)
    assert sorted(set(found["group"])) == ["a?", "b\\x1b"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"groups": "absent"}, "Expected a column 'absent'"),
        ({"groups": "g", "leave_out": "cat"}, "list of words to leave out"),
        ({"terms": {"cats": ["cat"]}, "reference": "dogs"}, "found 'dogs'"),
        ({"terms": {"no term": ["cat"], "b": ["dog"]}, "reference": "no term"}, "no group of that name"),
    ],
)
def test_a_hurried_call_is_told_what_is_wrong(options: dict[str, object], message: str) -> None:
    frame = pd.DataFrame({"text": ["a cat", "a dog"] * 10, "g": ["x", "y"] * 10})
    for texts in (frame, pa.Table.from_pandas(frame)):
        with pytest.raises(BadParameterError, match=message):
            word_associations(texts, **options)
    with pytest.raises(BadParameterError, match="top to be a whole number of 1 or more; found 0"):
        keyness(frame, "g", top=0)


def test_a_column_of_texts_or_persons_is_no_column_of_groups() -> None:
    texts = [f"the secret of {i}" for i in range(400)]
    for labels in (texts, texts[:40], [str(i * 3 // 5) for i in range(400)]):
        with pytest.raises(BadParameterError) as caught:
            word_associations(texts[: len(labels)], labels)
        assert "different labels" in str(caught.value) and "secret" not in str(caught.value)


def test_numbers_and_keys_are_masked_but_counted() -> None:
    texts = ["call 5551234567 or 9f3a07c1d2e84b56 in 2024"] * 10
    words = ["55… (10 characters)", "9f… (16 characters)", "2024"]
    assert set(words) <= set(word_associations(texts, ["a", "b"] * 5)["word"])
    assert set(words) <= set(count_windows(texts, {"calls": ["call"]}, window=9)["word"])
