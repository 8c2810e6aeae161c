"""Groups within strata: the estimates agree with statsmodels, and pooling that misleads is said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.contingency_tables import StratifiedTable

import leakkit as lk
from leakkit.bias.tables.mantel_haenszel import mantel_haenszel
from leakkit.bias.tables.strata import stratify_arrays


def random_tables(seed: int, strata: int, most: int) -> np.ndarray:
    """Give tables [[k, n - k], [k, n - k]] of `strata` strata."""
    return np.random.default_rng(seed).integers(1, most, (strata, 2, 2)).astype(float)


@pytest.mark.parametrize("seed", range(5))
def test_odds_ratio_interval_and_homogeneity_are_those_of_statsmodels(seed: int) -> None:
    tables = random_tables(seed, 6, 40)
    ours, theirs = mantel_haenszel(tables), StratifiedTable(list(tables))
    low, high = np.exp(theirs.logodds_pooled_confint())
    assert ours[:3] == pytest.approx((theirs.oddsratio_pooled, low, high))
    assert ours.p_homogeneity == pytest.approx(theirs.test_equal_odds(adjust=True).pvalue, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_p_value_is_that_of_statsmodels_with_continuity_correction(seed: int) -> None:
    tables = random_tables(seed, 6, 40)
    expected = StratifiedTable(list(tables)).test_null_odds(correction=True).pvalue
    assert mantel_haenszel(tables).p_value == pytest.approx(expected, abs=1e-9)


def test_correction_never_takes_away_more_than_there_is() -> None:
    tables = [[[10, 10], [10, 10]], [[7, 7], [9, 9]]]
    assert mantel_haenszel(tables).p_value == 1  # statsmodels squares -0.5 here


def test_one_stratum_gives_the_plain_difference_and_odds_ratio() -> None:
    found = mantel_haenszel([[[30, 10], [20, 20]]])
    assert found.difference == pytest.approx(0.25)
    assert found.odds_ratio == pytest.approx(3)
    assert np.isnan(found.p_homogeneity)
    plain = np.sqrt(0.75 * 0.25 / 40 + 0.25 / 40)
    assert (found.difference_high - found.difference) / 1.959964 == pytest.approx(plain, rel=0.01)


def test_strata_that_share_one_odds_ratio_of_one_are_homogeneous() -> None:
    assert mantel_haenszel([[[10, 20], [10, 20]], [[30, 15], [30, 15]]]).p_homogeneity == pytest.approx(1)


def test_strata_without_one_group_or_without_an_outcome_say_nothing() -> None:
    tables = [[[8, 2], [5, 5]], [[6, 4], [3, 7]]]
    more = [*tables, [[5, 5], [0, 0]], [[9, 0], [4, 0]]]
    assert mantel_haenszel(more)[:3] == pytest.approx(mantel_haenszel(tables)[:3])
    assert mantel_haenszel(more).p_homogeneity == pytest.approx(mantel_haenszel(tables).p_homogeneity)
    assert np.isnan(mantel_haenszel([[[5, 5], [0, 0]]]).odds_ratio)


def test_intervals_cover_in_many_small_strata() -> None:
    rng = np.random.default_rng(1)
    hits, runs = 0, 400
    for _ in range(runs):
        n1, n0 = rng.integers(2, 8, (2, 40))
        base = rng.uniform(0.1, 0.6, 40)
        k1, k0 = rng.binomial(n1, base + 0.2), rng.binomial(n0, base)
        found = mantel_haenszel(np.stack([np.stack([k1, n1 - k1], 1), np.stack([k0, n0 - k0], 1)], 1))
        hits += found.difference_low <= 0.2 <= found.difference_high
    assert 0.92 <= hits / runs <= 0.98


@pytest.fixture
def schools() -> pd.DataFrame:
    """Give counts in which x looks worse pooled and a little better within each school."""
    return pd.DataFrame(
        {
            "school": ["A", "A", "A", "A", "B", "B", "B", "B"],
            "group": ["x", "x", "y", "y"] * 2,
            "admitted": ["yes", "no"] * 4,
            "n": [80, 20, 620, 180, 160, 640, 20, 80],
        }
    )


def test_simpson_is_said_where_pooling_turns_the_answer(schools: pd.DataFrame) -> None:
    strata, stratified = lk.stratify_rates(
        schools, "admitted", "group", "school", favourable="yes", reference="y", counts="n"
    )
    row = stratified.iloc[0]
    assert row["simpson"] and "Simpson" in row["warning"]
    assert row["crude_difference"] == pytest.approx(240 / 900 - 640 / 900)
    assert (row["strata_up"], row["strata_down"], row["n"], row["n_strata"]) == (1, 0, 1800, 2)
    assert strata["rate"].tolist() == pytest.approx([0.8, 0.2])


def test_simpson_is_not_said_where_strata_and_pool_agree() -> None:
    rng = np.random.default_rng(3)
    warned = 0
    for _ in range(200):
        group, stratum = rng.integers(0, 2, 600), rng.integers(0, 3, 600)
        event = rng.random(600) < 0.2 + 0.1 * stratum
        _, found = stratify_arrays(event, group, ["a", "b"], stratum, ["x", "y", "z"])
        warned += bool(found["simpson"][0])
    assert warned <= 6


def test_rows_of_counts_and_rows_one_by_one_give_the_same(schools: pd.DataFrame) -> None:
    one_by_one = schools.loc[schools.index.repeat(schools["n"])].drop(columns="n")
    options = {"favourable": "yes", "reference": "y"}
    by_counts = lk.stratify_rates(schools, "admitted", "group", "school", counts="n", **options)
    by_rows = lk.stratify_rates(one_by_one, "admitted", "group", "school", **options)
    for left, right in zip(by_counts, by_rows, strict=True):
        pd.testing.assert_frame_equal(left, right)


def test_equal_weights_change_nothing_and_unequal_ones_widen(schools: pd.DataFrame) -> None:
    rows = schools.loc[schools.index.repeat(schools["n"])].drop(columns="n").assign(even=2.5)
    rows["uneven"] = np.where(np.arange(len(rows)) % 2, 0.5, 2.0)
    plain, even, uneven = (
        lk.stratify_rates(rows, "admitted", "group", "school", favourable="yes", weights=weights)[1].iloc[0]
        for weights in (None, "even", "uneven")
    )
    assert even["odds_ratio_high"] == pytest.approx(plain["odds_ratio_high"])
    width = [row["difference_high"] - row["difference_low"] for row in (plain, uneven)]
    assert width[1] > 1.1 * width[0]


def test_small_cells_are_not_shown_and_lone_strata_take_no_part() -> None:
    rows = pd.DataFrame(
        {
            "group": ["x"] * 55 + ["y"] * 55,
            "stratum": ["a"] * 50 + ["b"] * 5 + ["a"] * 50 + ["c"] * 5,
            "outcome": [0, 1] * 55,
        }
    )
    rows.loc[50, "stratum"] = "c"  # one row of x among five of y
    strata, stratified = lk.stratify_rates(rows, "outcome", "group", "stratum", favourable=1, reference="y")
    small = strata.set_index("stratum").loc["c"]
    assert small["suppressed"] and pd.isna(small["rate"]) and pd.isna(small["n"])
    assert "4 rows are in no stratum" in stratified["warning"][0]
    assert stratified["n"][0] == 106


def test_reference_that_is_no_group_is_an_error_that_lists_the_groups(schools: pd.DataFrame) -> None:
    with pytest.raises(lk.errors.BadParameterError, match="the groups are 'x', 'y'"):
        lk.stratify_rates(schools, "admitted", "group", "school", favourable="yes", reference="z", counts="n")


def test_frames_are_those_of_the_kit(schools: pd.DataFrame) -> None:
    from leakkit.frames.bias_tables import STRATA, STRATIFIED

    strata, stratified = lk.stratify_rates(
        schools, "admitted", "group", "school", favourable="yes", counts="n"
    )
    STRATA.validate(strata)
    STRATIFIED.validate(stratified)
