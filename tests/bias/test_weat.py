"""Tests of word embedding association tests."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import nct

import leakkit as lk
from leakkit.bias.text.weat_effects import effect_with_interval
from leakkit.stats import adjust_p

SETS = {"x": ["x1", "x2", "x3"], "y": ["y1", "y2", "y3"], "a": ["a1", "a2"], "b": ["b1", "b2"]}
WORDS = [word for side in SETS.values() for word in side]


def made(seed: int = 0, more: int = 0) -> lk.Embeddings:
    """Give random vectors for the words above and more."""
    random = np.random.default_rng(seed)
    words = WORDS + [f"w{i}" for i in range(more)]
    return lk.Embeddings.from_vectors(words, random.normal(size=(len(words), 5)))


def cosine(u: np.ndarray, v: np.ndarray) -> float:
    """Give the cosine of two vectors."""
    return float(u @ v / np.sqrt((u @ u) * (v @ v)))


def test_figures_are_those_of_the_paper_worked_by_hand() -> None:
    embeddings = made()
    vector = dict(zip(embeddings.words, embeddings.vectors.astype(float), strict=True))
    association = {
        w: np.mean([cosine(vector[w], vector[a]) for a in SETS["a"]])
        - np.mean([cosine(vector[w], vector[b]) for b in SETS["b"]])
        for w in SETS["x"] + SETS["y"]
    }
    on_x, on_y = ([association[w] for w in SETS[side]] for side in "xy")
    row = lk.embedding_associations(embeddings, {"made": SETS}, null_draws=0).iloc[0]
    effect = (np.mean(on_x) - np.mean(on_y)) / np.std(on_x + on_y, ddof=1)
    assert row["effect_size"] == pytest.approx(effect, abs=1e-6)
    assert row["statistic"] == pytest.approx(sum(on_x) - sum(on_y), abs=1e-6)
    assert row["p_method"] == "exact" and row["p_value"] * 20 == pytest.approx(round(row["p_value"] * 20))
    assert row["effect_size_low"] < row["effect_size"] < row["effect_size_high"]


def test_frame_is_of_its_kind_and_the_same_twice() -> None:
    tests = {"b": SETS, "a": {**SETS, "names": {"x": "exes", "y": "whys", "a": "ays", "b": "bees"}}}
    found = lk.embedding_associations(made(more=80), tests, null_draws=50)
    lk.frames.EMBEDDING_ASSOCIATIONS.validate(found)
    pd.testing.assert_frame_equal(found, lk.embedding_associations(made(more=80), tests, null_draws=50))
    assert found["test"].tolist() == ["a", "b"]
    assert found["targets_x"].tolist() == ["exes", "x1, x2, x3"]


def test_turning_the_sets_round_turns_the_signs() -> None:
    turned = {"x": SETS["y"], "y": SETS["x"], "a": SETS["a"], "b": SETS["b"]}
    row, other = (lk.embedding_associations(made(), {"t": t}, null_draws=0).iloc[0] for t in (SETS, turned))
    assert row["effect_size"] == pytest.approx(-other["effect_size"])
    assert row["effect_size_low"] == pytest.approx(-other["effect_size_high"])
    assert row["p_value"] == pytest.approx(other["p_value"])


def test_missing_words_are_counted_and_warned_of() -> None:
    sets = {**SETS, "x": [*SETS["x"], "gone", "lost", "away", "off", "out"]}
    row = lk.embedding_associations(made(), {"t": sets}, null_draws=0).iloc[0]
    assert (row["n_x"], row["of_x"], row["n_y"], row["of_y"]) == (3, 8, 3, 3)
    assert row["coverage"] == pytest.approx(10 / 15)
    assert "67% of the words" in row["warning"] and "fewer than 8 words" in row["warning"]


def test_too_few_words_give_no_figures() -> None:
    sets = {**SETS, "y": ["y1", "gone"]}
    row = lk.embedding_associations(made(), {"t": sets}).iloc[0]
    assert row["p_method"] == "none" and "too few words" in row["warning"]
    assert pd.isna(row["effect_size"]) and pd.isna(row["p_value"]) and pd.isna(row["p_adjusted"])
    lk.frames.EMBEDDING_ASSOCIATIONS.validate(lk.embedding_associations(made(), {"t": sets}))


def test_targets_without_any_spread_give_no_effect() -> None:
    vectors = np.vstack([np.ones((6, 2)), [[1, 0], [1, 0], [0, 1], [0, 1]]])
    row = lk.embedding_associations(
        lk.Embeddings.from_vectors(WORDS, vectors), {"t": SETS}, null_draws=0
    ).iloc[0]
    assert pd.isna(row["effect_size"]) and row["p_value"] == 1.0


def test_words_are_found_in_lower_case_and_targets_among_attributes_are_named() -> None:
    sets = {**SETS, "x": ["X1", "x2", "x1"], "a": ["a1", "y1"]}
    row = lk.embedding_associations(made(), {"t": sets}, null_draws=0).iloc[0]
    assert (row["n_x"], row["of_x"]) == (2, 3)
    assert "1 of the words are targets and attributes" in row["warning"]


def test_p_values_are_corrected_over_the_tests() -> None:
    tests = {"one": SETS, "two": {**SETS, "a": ["a1"]}, "none": {**SETS, "y": ["gone"]}}
    found = lk.embedding_associations(made(), tests, null_draws=0, correction="holm").set_index("test")
    smallest = found["p_value"].min()
    assert found["p_adjusted"].min() == pytest.approx(min(1.0, 2 * smallest))
    raw = lk.embedding_associations(made(), tests, null_draws=0, correction="none").set_index("test")
    assert raw["p_adjusted"].dropna().tolist() == raw["p_value"].dropna().tolist()


@pytest.mark.parametrize(
    ("tests", "more", "found"),
    [
        (None, {}, "neither"),
        (None, {"x": ["a"], "y": ["b"]}, "found x, y"),
        ({"t": SETS}, {"x": ["a"]}, "tests and x"),
        ({}, {}, "an empty one"),
        ([SETS], {}, "found 1 of another kind"),
        ("no such test", {}, "found 1 of another kind"),
        ([], {}, "found none"),
        (3, {}, "int"),
        ({"t": {"x": ["a"]}}, {}, "some missing"),
        ({"t": {**SETS, "x": "word"}}, {}, "a single text"),
        ({"t": {**SETS, "x": []}}, {}, "found none"),
        ({"t": {**SETS, "x": ["y1", "x1"]}}, {}, "found 1 in both"),
        ({"t": SETS}, {"resamples": 0}, "found 0"),
        ({"t": SETS}, {"level": 1.0}, "found 1.0"),
        ({"t": SETS}, {"folds": 3}, "found 3"),
        ({"t": SETS}, {"correction": "hope"}, "found another"),
        ({"t": SETS}, {"window": 3}, "found window"),
    ],
)
def test_wrong_arguments_are_named(tests: Any, more: dict[str, Any], found: str) -> None:
    with pytest.raises(lk.errors.BadParameterError, match=found):
        lk.embedding_associations(made(), tests, **more)


def test_hostile_names_are_escaped() -> None:
    sets = {**SETS, "x": ["x1", "x2", "x\x1b[31m"]}
    row = lk.embedding_associations(made(), {"t\x1b[0m": sets}, null_draws=0).iloc[0]
    assert "\x1b" not in row["test"] + row["targets_x"]


def test_texts_are_trained_on_and_a_planted_association_is_found() -> None:
    random = np.random.default_rng(1)
    texts = []
    for target, attribute in [("x", "a"), ("y", "b")]:
        for _ in range(300):
            words = [f"{target}{random.integers(1, 9)}", f"{attribute}{random.integers(1, 9)}"]
            filler = [f"w{i}" for i in random.integers(0, 300, 8)]
            texts.append(" ".join(random.permutation(words + filler)))
    sets = {side: [f"{side}{i}" for i in range(1, 9)] for side in "xyab"}
    found = lk.embedding_associations(texts, {"planted": sets}, dimension=30, null_draws=300)
    row = found.iloc[0]
    assert row["effect_size"] > 1.5 and row["p_value"] < 0.001 and row["p_null"] < 0.01
    assert row["null_low"] < 0 < row["null_high"] < row["effect_size"]
    assert row["warning"] == "" and row["coverage"] == 1.0
    assert row["p_documents"] < 0.001 and row["p_adjusted"] == max(row["p_value"], row["p_documents"])


def test_random_targets_are_significant_in_about_a_twentieth() -> None:
    embeddings = made(seed=5, more=600)
    random = np.random.default_rng(6)
    tests = {}
    for i in range(300):
        drawn = [f"w{j}" for j in random.choice(600, 16, replace=False)]
        tests[f"{i:03}"] = {"x": drawn[:8], "y": drawn[8:], "a": SETS["a"], "b": SETS["b"]}
    found = lk.embedding_associations(embeddings, tests, null_draws=200)
    assert 0.015 <= (found["p_value"] < 0.05).mean() <= 0.085
    assert 0.015 <= (found["p_null"] < 0.05).mean() <= 0.085
    runs = found["p_value"].to_numpy(float).reshape(30, 10)  # thirty analyses of ten tests
    assert sum((adjust_p(run, method="bh") < 0.05).any() for run in runs) <= 4


def test_interval_inverts_the_noncentral_t_distribution() -> None:
    random = np.random.default_rng(7)
    x, y = random.normal(1, 1, 6), random.normal(0, 1, 10)
    _, low, high = effect_with_interval(x, y, 0.9)
    within = (5 * x.var(ddof=1) + 9 * y.var(ddof=1)) / 14
    t = (x.mean() - y.mean()) / np.sqrt(within * (1 / 6 + 1 / 10))
    for end, probability in ((low, 0.95), (high, 0.05)):
        delta = end / np.sqrt(1 - 6 * 10 / 256 * end**2)
        assert nct.cdf(t, 14, delta / np.sqrt(1 / 6 + 1 / 10)) == pytest.approx(probability, abs=1e-4)


def test_interval_covers_the_effect_of_the_words_it_was_drawn_from() -> None:
    random = np.random.default_rng(8)
    covered = []
    for delta in (0.0, 0.8, 2.0):
        truth = delta / np.sqrt(1 + delta**2 / 4)
        for _ in range(300):
            _, low, high = effect_with_interval(random.normal(delta, 1, 8), random.normal(0, 1, 8), 0.95)
            covered.append(low <= truth <= high)
    assert 0.93 <= np.mean(covered) <= 0.97


def test_interval_of_a_huge_difference_stays_in_order() -> None:
    random = np.random.default_rng(9)
    effect, low, high = effect_with_interval(random.normal(1e6, 1, 8), random.normal(0, 1, 8), 0.95)
    assert low <= effect <= high <= 2


def test_tests_that_ship_with_leakkit_go_by_their_names() -> None:
    names = list(lk.load_association_tests())[:2]
    words = sorted({w for name in names for side in lk.load_association_tests()[name].values() for w in side})
    embeddings = lk.Embeddings.from_vectors(words, np.random.default_rng(0).normal(size=(len(words), 9)))
    found = lk.embedding_associations(embeddings, names, null_draws=0)
    assert set(found["test"]) == set(names)
    assert found["p_value"].notna().all()
    one = lk.embedding_associations(embeddings, names[0], null_draws=0)
    assert one["test"].tolist() == names[:1]


def clumped(random: np.random.Generator) -> list[str]:
    """Give documents of random words; words of a set share fifteen of them, so noise looks like association."""
    frequent = 1 / np.arange(10, 510)
    drawn = random.choice(500, (500, 40), p=frequent / frequent.sum())
    documents = [[f"w{i}" for i in row] for row in drawn]
    for test in range(5):
        for side, start in (("x", 0), ("y", 15)):
            together = random.permutation(500)[start : start + 15]
            for i in range(8):
                for place in random.choice(together, 30):
                    documents[place].insert(random.integers(0, 40), f"{side}{test}of{i}")
    return [" ".join(words) for words in documents]


def test_words_that_share_few_documents_do_not_pass_for_many_witnesses() -> None:
    random = np.random.default_rng(4)
    attributes = {"a": [f"w{i}" for i in range(8)], "b": [f"w{i}" for i in range(8, 16)]}
    tests = {
        f"{t}": {**{s: [f"{s}{t}of{i}" for i in range(8)] for s in "xy"}, **attributes} for t in range(5)
    }
    found = pd.concat(
        lk.embedding_associations(clumped(random), tests, dimension=30, null_draws=0, correction="none")
        for _ in range(8)
    )
    assert (found["p_value"] < 0.05).mean() > 0.3  # what a test over words alone would say of noise
    assert (found["p_adjusted"] < 0.05).mean() <= 0.125


def test_finished_vectors_and_no_folds_give_no_p_by_documents() -> None:
    finished = lk.embedding_associations(made(), {"t": SETS}, null_draws=0)
    assert finished["p_documents"].isna().all()
    assert finished["warning"].str.contains("no test by documents (vectors were given", regex=False).all()
    texts = [" ".join(WORDS)] * 30
    found = lk.embedding_associations(texts, {"t": SETS}, null_draws=0, folds=0)
    assert found["p_documents"].isna().all()


@pytest.mark.parametrize("texts", [[], ["a note"], [None, ""]])
def test_texts_too_short_to_train_on_have_rows_without_a_figure(texts):
    tests = lk.load_association_tests()
    found = lk.embedding_associations(texts, tests)
    assert len(found) == len(tests)
    assert found["effect_size"].isna().all() and found["p_adjusted"].isna().all()
    assert found["coverage"].eq(0).all()
    assert found["warning"].str.contains("too few words").all()
