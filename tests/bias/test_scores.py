"""Scores of groups: areas equal to scikit-learn's, errors to DeLong's pairs, bands that hold equal shares."""

import numpy as np
import pandas as pd
import pytest

import leakkit as lk
from leakkit.bias.tables.scores import area_under_curve

RNG = np.random.default_rng(3)
N = 400
TABLE = pd.DataFrame({"y": RNG.integers(0, 2, N), "g": RNG.choice(list("ab"), N), "w": RNG.random(N) + 0.2})
TABLE["s"] = (TABLE["y"] + RNG.normal(0, 1.5, N)).round(1)


def pairs(table):
    """Placements of DeLong by comparing every pair."""
    up, down = (table.loc[table["y"] == y, "s"].to_numpy() for y in (1, 0))
    wins = (up[:, None] > down) + 0.5 * (up[:, None] == down)
    variance = wins.mean(axis=1).var(ddof=1) / len(up) + wins.mean(axis=0).var(ddof=1) / len(down)
    return wins.mean(), variance**0.5


def test_area_and_error_are_those_of_all_pairs():
    area, error, low, high = area_under_curve(
        TABLE["s"].to_numpy(), TABLE["y"].to_numpy() == 1, np.ones(N), False, 0.95
    )
    assert (area, error) == pytest.approx(pairs(TABLE))
    assert low < area < high and high - low == pytest.approx(2 * 1.96 * error, rel=0.02)


@pytest.mark.parametrize("weights", [None, "w"])
def test_area_of_each_group_is_that_of_scikit_learn(weights):
    from sklearn.metrics import roc_auc_score

    found = lk.rate_groups(TABLE, "y", "g", favourable=0, score="s", weights=weights).rates
    found = found[found["measure"] == "area_under_curve"].set_index("group")["rate"]
    for group, part in TABLE.groupby("g"):
        weight = part["w"] if weights else None
        assert found[group] == pytest.approx(roc_auc_score(part["y"], part["s"], sample_weight=weight))
    weight = TABLE["w"] if weights else None
    assert found["all"] == pytest.approx(roc_auc_score(TABLE["y"], TABLE["s"], sample_weight=weight))


def test_perfect_ranking_has_an_interval_that_is_no_point():
    area, error, low, high = area_under_curve(np.arange(20.0), np.arange(20) >= 10, np.ones(20), False, 0.95)
    assert (area, error, high) == (1, 0, 1) and 0.6 < low < 0.95
    area, error, low, high = area_under_curve(-np.arange(20.0), np.arange(20) >= 10, np.ones(20), False, 0.95)
    assert (area, low) == (0, 0) and 0.05 < high < 0.4


def test_area_interval_covers():
    hits = 0
    rng = np.random.default_rng(0)
    for _ in range(400):
        up, down = rng.normal(1, 1, 40), rng.normal(0, 1, 60)
        _, _, low, high = area_under_curve(
            np.concatenate([up, down]), np.arange(100) < 40, np.ones(100), False, 0.95
        )
        hits += low < 0.7602 < high  # Phi(1 / sqrt(2))
    assert 0.92 <= hits / 400 <= 0.98


def test_mean_score_is_compared_by_welch():
    from scipy.stats import ttest_ind

    found = lk.rate_groups(TABLE, "y", "g", favourable=0, score="s", reference="b").comparisons
    row = found[found["measure"] == "mean_score"].iloc[0]
    a, b = (TABLE.loc[TABLE["g"] == g, "s"] for g in "ab")
    oracle = ttest_ind(a, b, equal_var=False)
    assert row["p_value"] == pytest.approx(oracle.pvalue)
    ends = oracle.confidence_interval()
    assert (row["difference_low"], row["difference_high"]) == pytest.approx((ends.low, ends.high))
    assert pd.isna(row["ratio"]) and pd.isna(row["odds_ratio"])


def test_bands_hold_equal_shares_and_rates_of_the_event():
    found = lk.rate_groups(TABLE, "y", "g", favourable=0, score="s", bands=4, min_rows=1).calibration
    share = found.groupby("band")["n"].sum() / N
    assert len(share) == 4 and share.between(0.2, 0.3).all()
    for row in found.to_dict("records"):
        here = TABLE[(TABLE["g"] == row["group"]) & TABLE["s"].between(row["score_low"], row["score_high"])]
        assert row["n"] == len(here) and row["rate"] == pytest.approx(here["y"].mean())
        assert row["mean_score"] == pytest.approx(here["s"].mean())


def test_a_score_of_few_values_has_one_band_a_value():
    table = TABLE.assign(s=RNG.integers(1, 6, N))
    found = lk.rate_groups(table, "y", "g", favourable=0, score="s").calibration
    assert found["score_low"].equals(found["score_high"]) and found["band"].max() == 5


def test_one_value_of_the_score_tells_nothing_and_breaks_nothing():
    found = lk.rate_groups(TABLE.assign(s=1.0), "y", "g", favourable=0, score="s")
    area = found.rates[found.rates["measure"] == "area_under_curve"]
    assert area["rate"].eq(0.5).all() and (area["low"] < 0.5).all() and (area["high"] > 0.5).all()
    assert found.comparisons.query("measure == 'mean_score'")["p_value"].isna().all()


def test_endless_scores_are_an_error():
    with pytest.raises(lk.errors.BadParameterError, match="finite scores"):
        lk.rate_groups(TABLE.assign(s=np.inf), "y", "g", favourable=0, score="s")
