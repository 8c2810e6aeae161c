"""Columns that stand for a group are found, those that do not are not, and names of rows are left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

import leakkit as lk
from leakkit.bias.tables.telling import cramers_v, cross_table, deal_folds, independence_p, measure_telling
from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames.bias_tables import PROXIES


def invented(seed: int = 0, n: int = 600, groups: int = 2) -> pd.DataFrame:
    """Give invented people: the district tells the group, the height less so, the rest not at all."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, groups, n)
    return pd.DataFrame(
        {
            "group": np.array(["a", "b", "c", "d"])[group],
            "district": np.where(rng.random(n) < 0.85, group, rng.integers(0, groups, n)).astype(str),
            "height": 170 + 4.0 * group + 8 * rng.standard_normal(n),
            "coin": rng.choice(["heads", "tails"], n),
            "letter": rng.choice(list("abcdefghijklmnop"), n),
            "number": rng.standard_normal(n),
            "person_id": np.arange(n) + 7_000,
            "full_name": [f"Invented {i}" for i in range(n)],
            "one": 1,
        }
    )


def test_most_telling_column_comes_first_and_noise_is_not_significant() -> None:
    found = lk.find_proxies(invented(), "group")
    assert found["column"].tolist()[:2] == ["district", "height"]
    told = found.set_index("column")
    assert (told.loc[["district", "height"], "p_adjusted"] < 0.05).all()
    assert (told.loc[["coin", "letter", "number"], "p_adjusted"] > 0.05).all()
    assert (told.loc[["coin", "letter", "number"], "area_under_curve_low"] == 0.5).all()
    PROXIES.validate(found)


def test_columns_that_name_rows_or_say_nothing_have_no_area() -> None:
    found = lk.find_proxies(invented(), "group").set_index("column")
    for name, values in (("person_id", 600), ("full_name", 600), ("one", 1)):
        assert pd.isna(found.loc[name, "area_under_curve"]) and found.loc[name, "n_values"] == values


def test_area_of_two_values_is_that_of_scikit_learn() -> None:
    rows = invented()
    found = lk.find_proxies(rows, "group", columns=["district"])
    expected = roc_auc_score(rows["group"] == "b", rows["district"] == "1")
    assert found["area_under_curve"][0] == pytest.approx(expected, abs=0.01)
    assert found["area_under_curve_low"][0] < expected < found["area_under_curve_high"][0]


def test_number_that_tells_both_ends_from_the_middle_is_found() -> None:
    rng = np.random.default_rng(4)
    x = rng.standard_normal(800)
    rows = pd.DataFrame({"group": np.where(np.abs(x) > 0.7, "a", "b"), "x": x})
    assert lk.find_proxies(rows, "group")["area_under_curve"][0] > 0.95


def test_gaps_that_tell_the_group_are_found() -> None:
    rows = invented()
    rows["income"] = rows["number"].where((rows["group"] == "a") | (rows["number"] > 1.5))
    assert lk.find_proxies(rows, "group", columns=["income"])["area_under_curve"][0] > 0.9


def test_false_discoveries_keep_to_their_rate() -> None:
    hits = tests = 0
    for seed in range(120):
        rng = np.random.default_rng(seed)
        rows = pd.DataFrame(
            {
                "group": rng.choice(["a", "b", "c"], 300),
                "x": rng.standard_normal(300),
                "y": rng.integers(0, 40, 300),
            }
        )
        found = lk.find_proxies(rows, "group", correction="none")
        hits, tests = hits + int((found["p_value"] < 0.05).sum()), tests + len(found)
    assert 0.02 <= hits / tests <= 0.09


def test_folds_that_tell_nothing_average_to_one_half() -> None:
    rng = np.random.default_rng(3)
    areas = []
    for run in range(500):
        labels = rng.integers(0, 2, 200)
        codes = rng.integers(0, 8, 200)
        fold = deal_folds(labels, codes, 5, run)
        areas.append(measure_telling(codes, labels == 1, fold, 5).area)
    assert np.mean(areas) == pytest.approx(0.5, abs=0.01)


def test_several_groups_and_one_target() -> None:
    rows = invented(groups=4, n=1_200)
    every = lk.find_proxies(rows, "group").set_index("column")
    one = lk.find_proxies(rows, "group", target="c").set_index("column")
    assert every.loc["district", "area_under_curve"] > 0.8 and one.loc["district", "area_under_curve"] > 0.8
    assert every.loc["coin", "p_value"] != one.loc["coin", "p_value"]


def test_same_seed_gives_the_same_and_order_of_columns_does_not_matter() -> None:
    rows = invented()
    first = lk.find_proxies(rows, "group")
    pd.testing.assert_frame_equal(first, lk.find_proxies(rows, "group"))
    turned = lk.find_proxies(rows[rows.columns[::-1]], "group")
    pd.testing.assert_frame_equal(first, turned)


def test_cramers_v_is_one_for_copies_and_zero_for_independence() -> None:
    codes = np.tile([0, 1, 2], 50)
    assert cramers_v(cross_table(codes, codes)) == pytest.approx(1)
    assert cramers_v(cross_table(codes, np.repeat([0, 1], 75))) == 0


def test_test_of_independence_is_pearsons_and_joins_what_is_rare() -> None:
    from scipy.stats import chi2_contingency

    table = np.array([[30.0, 20.0], [15.0, 45.0], [25.0, 25.0]])
    assert independence_p(table) == pytest.approx(chi2_contingency(table, correction=False).pvalue)
    rare = np.vstack([table, np.ones((40, 2))])
    assert 0 < independence_p(rare) < 1
    assert np.isnan(independence_p(np.array([[5.0, 5.0]])))


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"group": "colour"}, BadFrameError, "colour"),
        ({"columns": ["group"]}, BadParameterError, "group among them"),
        ({"folds": 1}, BadParameterError, "2 to 100"),
        ({"target": "z"}, BadParameterError, "labels are 'a', 'b'"),
        ({"min_rows": 500}, BadParameterError, "two groups of at least 500"),
        ({"correction": "bonferroni"}, BadParameterError, "holm, bh, none"),
    ],
)
def test_wrong_arguments_are_clear_errors(options: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        lk.find_proxies(invented(), **{"group": "group", **options})


def test_rows_without_a_group_and_small_groups_are_left_out() -> None:
    rows = invented()
    rows.loc[:9, "group"] = None
    rows.loc[10:13, "group"] = "few"
    assert (lk.find_proxies(rows, "group")["n"] == 586).all()


def test_all_rows_in_one_group_is_a_clear_error() -> None:
    with pytest.raises(BadParameterError, match="two groups"):
        lk.find_proxies(invented().assign(group="a"), "group")


@pytest.mark.parametrize("options", [{}, {"target": "c"}, {"folds": 3, "seed": 7}])
def test_order_of_rows_does_not_matter(options: dict) -> None:
    rows = invented(groups=3).assign(mixed=lambda rows: rows["letter"].str.cat(rows["coin"]))
    rows.loc[::7, "letter"] = None
    rows.loc[::11, "height"] = np.nan
    first = lk.find_proxies(rows, "group", **options)
    for seed in range(3):
        shuffled = rows.sample(frac=1, random_state=seed)
        pd.testing.assert_frame_equal(
            first, lk.find_proxies(shuffled, "group", **options), rtol=1e-9, atol=1e-9
        )
    by_group = rows.sort_values("group", kind="stable")
    pd.testing.assert_frame_equal(first, lk.find_proxies(by_group, "group", **options), rtol=1e-9, atol=1e-9)


def test_other_columns_change_no_figure_of_a_column() -> None:
    rows = invented()
    every = lk.find_proxies(rows, "group", correction="none").set_index("column")
    alone = lk.find_proxies(rows, "group", columns=["letter"], correction="none").set_index("column")
    pd.testing.assert_frame_equal(every.loc[["letter"]], alone)


def test_folds_are_even_in_each_label_and_others_with_another_seed() -> None:
    rng = np.random.default_rng(8)
    labels, codes = rng.integers(0, 3, 302), rng.integers(0, 9, 302)
    fold = deal_folds(labels, codes, 5, 0)
    for label in range(3):
        sizes = np.bincount(fold[labels == label], minlength=5)
        assert sizes.max() - sizes.min() <= 1
    assert not np.array_equal(fold, deal_folds(labels, codes, 5, 1))
    order = rng.permutation(302)
    cells = (labels * 9 + codes) * 5
    again = deal_folds(labels[order], codes[order], 5, 0)
    assert np.array_equal(np.bincount(cells + fold), np.bincount(cells[order] + again))
