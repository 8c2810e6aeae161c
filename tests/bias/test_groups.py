"""Rates of groups: equal to fairlearn, statsmodels and scipy; right at the edges; nothing where nothing is."""

import numpy as np
import pandas as pd
import pytest

import leakkit as lk
from leakkit.errors import BadParameterError
from leakkit.frames import FRAMES
from leakkit.stats import wilson_interval


def made_up(n=600, seed=0, groups="abc"):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "y": rng.integers(0, 2, n),
            "p": (rng.random(n) < 0.4).astype(int),
            "g": rng.choice(list(groups), n),
            "h": rng.choice(["x", "y"], n),
            "w": rng.random(n) + 0.5,
            "s": rng.random(n).round(2),
            "times": rng.integers(0, 4, n),
        }
    )


TABLE = made_up()


def rate(found, measure, group, column="rate", grouping="g"):
    here = found.rates[(found.rates["measure"] == measure) & (found.rates["group"] == group)]
    return here.loc[here["grouping"] == grouping, column].item()


def frames(found):
    names = ("strata", "stratified", "calibration", "four_fifths")
    return {"group_rates": found.rates, "group_comparisons": found.comparisons, "group_gaps": found.gaps} | {
        name: getattr(found, name) for name in names
    }


def test_every_frame_is_of_its_kind():
    found = lk.rate_groups(TABLE, "y", ["g", "h"], favourable=0, prediction="p", score="s", by="times")
    for name, frame in frames(found).items():
        assert len(FRAMES[name].validate(frame)), name


def test_the_same_table_gives_the_same_frames():
    first, second = (
        frames(lk.rate_groups(table, "y", "g", favourable=1, prediction="p", score="s"))
        for table in (TABLE, TABLE.sample(frac=1, random_state=1))
    )
    for name, frame in first.items():
        pd.testing.assert_frame_equal(frame, second[name], check_exact=False, rtol=1e-9)


@pytest.mark.parametrize("weights", [None, "w"])
def test_point_figures_are_those_of_fairlearn(weights):
    metrics = pytest.importorskip("fairlearn.metrics")
    from sklearn.metrics import accuracy_score, precision_score

    wanted = {
        "selection_rate": metrics.selection_rate,
        "true_positive_rate": metrics.true_positive_rate,
        "false_positive_rate": metrics.false_positive_rate,
        "false_negative_rate": metrics.false_negative_rate,
        "true_negative_rate": metrics.true_negative_rate,
        "accuracy": accuracy_score,
        "precision": precision_score,
    }
    sample = {name: {"sample_weight": TABLE["w"]} for name in wanted} if weights else None
    oracle = metrics.MetricFrame(
        metrics=wanted,
        y_true=TABLE["y"],
        y_pred=TABLE["p"],
        sensitive_features=TABLE["g"],
        sample_params=sample,
    )
    found = lk.rate_groups(TABLE, "y", "g", favourable=1, prediction="p", weights=weights)
    for name in wanted:
        for group in "abc":
            assert rate(found, name, group) == pytest.approx(oracle.by_group.loc[group, name], abs=1e-12)
        assert rate(found, name, "all", grouping="") == pytest.approx(oracle.overall[name], abs=1e-12)
        gap = found.gaps.loc[found.gaps["measure"] == name, "gap"].item()
        assert gap == pytest.approx(oracle.difference()[name], abs=1e-12)


def test_intervals_and_tests_are_those_of_statsmodels_and_scipy():
    from scipy.stats import chi2_contingency
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    table = made_up(3000)
    found = lk.rate_groups(table, "y", "g", favourable=1, reference="a")
    k, n = table.groupby("g")["y"].sum(), table.groupby("g")["y"].size()
    for group in "abc":
        low, high = proportion_confint(k[group], n[group], method="wilson")
        assert rate(found, "base_rate", group, "low") == pytest.approx(low)
        assert rate(found, "base_rate", group, "high") == pytest.approx(high)
        assert rate(found, "base_rate", group, "k") == k[group]
    for row in found.comparisons.to_dict("records"):
        pair = (k[row["group"]], n[row["group"]], k["a"], n["a"])
        low, high = confint_proportions_2indep(*pair, method="newcomb", compare="diff")
        assert (row["difference_low"], row["difference_high"]) == pytest.approx((low, high))
        counts = [[pair[0], pair[1] - pair[0]], [pair[2], pair[3] - pair[2]]]
        assert row["p_value"] == pytest.approx(chi2_contingency(counts, correction=False).pvalue)
    oracle = chi2_contingency([k, n - k], correction=False)
    gap = found.gaps.iloc[0]
    assert gap["statistic"] == pytest.approx(oracle.statistic) and gap["p_value"] == pytest.approx(
        oracle.pvalue
    )


def test_exact_intervals_are_wider():
    wilson, exact = (
        lk.rate_groups(TABLE, "y", "g", favourable=1, interval=kind).rates for kind in ("wilson", "exact")
    )
    assert ((exact["high"] - exact["low"]) > (wilson["high"] - wilson["low"])).all()


def test_counts_are_the_rows_they_stand_for():
    expanded = TABLE.loc[TABLE.index.repeat(TABLE["times"])]
    arguments = {"favourable": 0, "prediction": "p", "score": "s", "by": "h"}
    counted = frames(lk.rate_groups(TABLE, "y", "g", counts="times", **arguments))
    for name, frame in frames(lk.rate_groups(expanded, "y", "g", **arguments)).items():
        pd.testing.assert_frame_equal(counted[name], frame, check_exact=False, rtol=1e-9)


def test_equal_weights_change_no_rate_and_no_interval():
    plain = lk.rate_groups(TABLE, "y", "g", favourable=1, prediction="p")
    weighted = lk.rate_groups(TABLE.assign(w=3.5), "y", "g", favourable=1, prediction="p", weights="w")
    for name in ("n", "rate", "low", "high", "n_effective"):
        assert np.allclose(plain.rates[name].astype(float), weighted.rates[name].astype(float))
    assert weighted.rates["k"].isna().all() and plain.rates["k"].notna().all()


def test_unequal_weights_widen_the_interval():
    found = lk.rate_groups(TABLE, "y", "g", favourable=1, weights="w")
    assert (found.rates["n_effective"] < found.rates["n"]).all()


def test_rates_and_meanings_follow_the_labels_named():
    found = lk.rate_groups(TABLE, "y", "g", favourable=0, prediction="p")
    b = TABLE[TABLE["g"] == "b"]
    assert rate(found, "selection_rate", "b") == pytest.approx((b["p"] == 0).mean())
    assert rate(found, "base_rate", "b") == pytest.approx((b["y"] == 0).mean())
    assert rate(found, "false_positive_rate", "b") == pytest.approx(b.loc[b["y"] == 0, "p"].mean())
    assert rate(found, "negative_predictive_value", "b") == pytest.approx(1 - b.loc[b["p"] == 0, "y"].mean())
    meaning = dict(zip(found.rates["measure"], found.rates["meaning"], strict=True))
    assert meaning["selection_rate"] == "share predicted y 0"
    assert meaning["false_positive_rate"] == "predicted 1 among rows with y 0"
    assert meaning["precision"] == "y 1 among rows predicted 1"


def test_one_less_a_rate_is_corrected_as_one_test():
    found = lk.rate_groups(TABLE, "y", "g", favourable=1, prediction="p").comparisons
    assert found["n_tests"].unique().tolist() == [7 * 2]
    up = found[found["measure"] == "true_positive_rate"].sort_values("group")
    down = found[found["measure"] == "false_negative_rate"].sort_values("group")
    assert np.allclose(up["p_value"].astype(float), down["p_value"].astype(float))
    assert up["p_adjusted"].tolist() == down["p_adjusted"].tolist()


@pytest.mark.parametrize(("correction", "method"), [("holm", "holm"), ("bh", "fdr_bh")])
def test_correction_is_over_every_comparison(correction, method):
    from statsmodels.stats.multitest import multipletests

    found = lk.rate_groups(TABLE, "y", ["g", "h"], favourable=1, correction=correction).comparisons
    p = found["p_value"].to_numpy(float)
    assert np.allclose(found["p_adjusted"].to_numpy(float), multipletests(p, method=method)[1])
    assert found["n_tests"].eq(len(p)).all() and len(p) == 2 + 1 + 5


def test_the_largest_group_is_the_reference_and_the_notes_say_so():
    sizes = TABLE["g"].value_counts()
    found = lk.rate_groups(TABLE, "y", "g", favourable=1)
    assert found.comparisons["reference"].unique().tolist() == [sizes.index[0]]
    assert f"Reference by g: {sizes.index[0]} (the largest group)." in found.notes


def test_a_reference_can_be_named_for_each_column():
    found = lk.rate_groups(TABLE, "y", ["g", "h"], favourable=1, reference={"g": "c", "h": "y"})
    named = dict(zip(found.comparisons["grouping"], found.comparisons["reference"], strict=True))
    assert named == {"g": "c", "h": "y", "g & h": "c & y"}
    assert lk.rate_groups(TABLE, "y", ["g", "h"], favourable=1, reference=("c", "y")).notes == found.notes


@pytest.mark.parametrize("wanted", ["z", {"x": "a"}, {"g": "z"}])
def test_a_reference_that_is_not_there_is_an_error(wanted):
    with pytest.raises(BadParameterError):
        lk.rate_groups(TABLE, "y", "g", favourable=1, reference=wanted)


def test_one_reference_for_two_columns_is_an_error():
    with pytest.raises(BadParameterError, match="dictionary"):
        lk.rate_groups(TABLE, "y", ["g", "h"], favourable=1, reference="a")


def test_small_groups_have_no_figures_and_are_not_tested():
    table = pd.concat([TABLE, TABLE.head(6).assign(g="tiny")])
    found = lk.rate_groups(table, "y", "g", favourable=1, prediction="p", score="s")
    tiny = found.rates[found.rates["group"] == "tiny"]
    assert tiny["suppressed"].all() and tiny[["n", "k", "rate", "low", "high", "n_effective"]].isna().all(
        axis=None
    )
    beside = found.comparisons[found.comparisons["group"] == "tiny"]
    assert beside["suppressed"].all() and beside["p_value"].isna().all() and beside["n"].isna().all()
    assert "tiny" not in set(found.four_fifths["group"]) | set(found.gaps["largest"]) | set(
        found.gaps["smallest"]
    )
    assert found.calibration.loc[found.calibration["group"] == "tiny", "n"].isna().all()
    assert any("gives away 1 of those held back by g:" in note for note in found.notes)
    shown = lk.rate_groups(table, "y", "g", favourable=1, min_rows=6)
    assert not shown.rates["suppressed"].any()


def test_an_intersection_that_its_group_gives_away_is_counted():
    sizes = {("a", "x"): 40, ("a", "y"): 3, ("b", "x"): 50, ("b", "y"): 40, ("c", "x"): 4, ("c", "y"): 4}
    rows = [{"g": g, "h": h, "y": i % 2} for (g, h), n in sizes.items() for i in range(n)]
    found = lk.rate_groups(pd.DataFrame(rows), "y", ["g", "h"], favourable=1)
    notes = " ".join(found.notes)
    # a & y is a less a & x, and c & x is x less the others; c & y is hidden by a & y, and c itself by min_rows
    assert "3 groups of g & h with fewer than 10 rows" in notes
    assert "gives away 2 of those held back by g & h" in notes
    assert "gives away 1 of those held back by g:" in notes
    unused = pd.DataFrame([{"g": "0", "h": None, "y": 1}, *rows])  # a group that goes with its only row
    again = lk.rate_groups(unused, "y", ["g", "h"], favourable=1).notes
    assert [note for note in again if "gives away" in note] == [n for n in found.notes if "gives away" in n]


def test_a_rate_of_few_rows_is_not_shown_though_its_group_is():
    table = pd.DataFrame({"y": [1] * 5 + [0] * 95 + [0, 1] * 50, "p": 1, "g": ["a"] * 100 + ["b"] * 100})
    found = lk.rate_groups(table, "y", "g", favourable=1, prediction="p")
    assert pd.isna(rate(found, "true_positive_rate", "a")) and rate(found, "true_positive_rate", "b") == 1
    assert rate(found, "base_rate", "a") == 0.05


def test_one_group_has_rates_and_nothing_to_compare():
    found = lk.rate_groups(TABLE.assign(g="a"), "y", "g", favourable=1, prediction="p")
    assert len(found.comparisons) == 0 and len(found.four_fifths) == 0
    assert found.gaps["gap"].isna().all() and found.gaps["p_method"].eq("none").all()
    assert any("nothing to compare" in note for note in found.notes)
    assert "nothing to compare" in str(found)


def test_all_favourable_is_no_difference():
    found = lk.rate_groups(TABLE.assign(y=1, p=1), "y", "g", favourable=1, prediction="p", score="s")
    here = found.comparisons[found.comparisons["measure"] == "selection_rate"]
    assert here["difference"].eq(0).all() and here["p_value"].eq(1).all() and here["ratio"].eq(1).all()
    assert not found.four_fifths["fails"].any() and (found.four_fifths["failure_at_equality"] == 0).all()
    assert rate(found, "area_under_curve", "a") is pd.NA
    assert rate(found, "false_positive_rate", "a") is pd.NA


def test_none_favourable_has_no_ratio():
    found = lk.rate_groups(TABLE.assign(y=0), "y", "g", favourable=1)
    assert found.four_fifths["ratio"].isna().all() and found.four_fifths["fails"].isna().all()
    assert found.comparisons["difference"].eq(0).all()
    assert "Four-fifths" not in str(found)


def test_a_group_never_chosen_fails_beside_one_that_is():
    table = pd.DataFrame({"y": [0] * 30 + [1] * 30, "g": ["a"] * 30 + ["b"] * 30})
    found = lk.rate_groups(table, "y", "g", favourable=1, reference="b")
    assert found.comparisons["ratio"].item() == 0 and found.comparisons["odds_ratio"].item() == 0
    assert found.four_fifths["fails"].item() and found.four_fifths["ratio_high"].item() < 0.8
    other_way = lk.rate_groups(table, "y", "g", favourable=1, reference="a")
    assert np.isinf(other_way.comparisons["ratio"].item())


def test_labels_of_a_leak_are_escaped():
    table = TABLE.assign(g=TABLE["g"] + "\x1b[31m\u202e")
    found = lk.rate_groups(table.rename(columns={"y": "y\x07"}), "y\x07", "g", favourable=1)
    text = str(found) + found.rates.to_csv() + found.comparisons.to_csv() + found.gaps.to_csv()
    assert not set("\x1b\u202e\x07") & set(text)


def test_wrong_settings_are_told():
    for wrong in ({"interval": "x"}, {"correction": "x"}, {"level": 95}, {"min_rows": 0}, {"bands": 0}):
        with pytest.raises(BadParameterError):
            lk.rate_groups(TABLE, "y", "g", favourable=1, **wrong)


def test_favourable_must_be_named():
    with pytest.raises(BadParameterError, match="the labels of 'y' are '0', '1'"):
        lk.rate_groups(TABLE, "y", "g", prediction=None, score=None, by=None, weights=None)


def test_strata_undo_a_paradox():
    counts = {("x", "a"): (90, 10), ("x", "b"): (850, 150), ("y", "a"): (300, 700), ("y", "b"): (25, 75)}
    rows = [
        {"part": part, "g": group, "y": label, "n": number}
        for (part, group), numbers in counts.items()
        for label, number in zip(("yes", "no"), numbers, strict=True)
    ]
    found = lk.rate_groups(
        pd.DataFrame(rows), "y", "g", favourable="yes", by="part", counts="n", reference="b"
    )
    row = found.stratified.iloc[0]
    assert row["crude_difference"] < -0.4 and row["difference"] > 0.04 and row["simpson"]
    assert len(found.strata) == 2 and row["warning"] in str(found)


def test_gap_of_many_groups_says_what_equality_would_show():
    found = lk.rate_groups(made_up(400, groups="abcdefgh"), "y", "g", favourable=1)
    gap = found.gaps.iloc[0]
    assert gap["gap_at_equality"] > 0.1 and gap["gap_low"] == 0 and gap["n_groups"] == 8


def test_few_rows_are_dealt_out_again_instead_of_chi_square():
    table = pd.DataFrame({"y": [1, 0] * 2 + [0] * 56, "g": list("abcd") * 15})
    assert lk.rate_groups(table, "y", "g", favourable=1).gaps["p_method"].item() == "permutation"


def test_tables_without_difference_are_seldom_called_different():
    false_alarms = 0
    for seed in range(25):
        found = lk.rate_groups(made_up(300, seed), "y", "g", favourable=1, prediction="p", correction="bh")
        false_alarms += bool((found.comparisons["p_adjusted"] < 0.05).any())
    assert false_alarms <= 4  # 1.25 expected at .05; 5 or more has a probability of .007


def test_a_planted_difference_is_found():
    table = made_up(1200)
    table["p"] |= ((table["g"] == "a") & (np.random.default_rng(1).random(1200) < 0.3)).astype(int)
    found = lk.rate_groups(table, "y", "g", favourable=1, prediction="p", reference="b")
    row = found.comparisons.query("measure == 'selection_rate' and group == 'a'").iloc[0]
    assert row["p_adjusted"] < 0.001 and row["difference_low"] > 0
    assert "by g: a " in str(found)


def test_near_twins_and_copied_predictions_are_in_the_notes_that_are_printed():
    table = made_up(200).assign(
        g=lambda rows: rows["g"].where(rows.index % 2 == 0, rows["g"].str.upper() + " ")
    )
    found = lk.rate_groups(table.assign(p=table["y"]), "y", "g", prediction="p", favourable=1)
    assert "'A ', 'a'" in str(found) and "equals the outcome in every row" in str(found)
    assert any("blanks or capitals" in note for note in found.notes)


def test_weighted_intervals_cover_unless_weights_go_with_a_rare_outcome():
    rng = np.random.default_rng(2)

    def coverage(heavy_of_event, heavy_of_others):
        y = rng.random((4_000, 400)) < 0.05
        weights = np.where(rng.random(y.shape) < np.where(y, heavy_of_event, heavy_of_others), 5.0, 1.0)
        odds = 0.05 * (1 + 4 * heavy_of_event), 0.95 * (1 + 4 * heavy_of_others)
        n = weights.sum(axis=1) ** 2 / (weights**2).sum(axis=1)
        low, high = wilson_interval((weights * y).sum(axis=1) / weights.sum(axis=1) * n, n)
        true = odds[0] / sum(odds)
        return float(((low <= true) & (true <= high)).mean())

    assert 0.935 <= coverage(0.5, 0.5) <= 0.97
    assert coverage(0.8, 0.2) < 0.93
    assert "undercover" in lk.rate_groups.__doc__
