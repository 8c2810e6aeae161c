"""Tests of groups against scipy, against tables worked out by hand, and their size where nothing differs."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from leakkit.errors import BadParameterError
from leakkit.stats import chi_square_groups, permutation_groups, two_proportion_p


def test_large_tables_get_the_chi_square_of_scipy() -> None:
    table = [[235, 2435 - 235], [157, 2435 - 157]]
    expected = stats.chi2_contingency(table, correction=False).pvalue
    assert float(two_proportion_p(235, 2435, 157, 2435)) == pytest.approx(expected)


@pytest.mark.parametrize(
    "table", [(3, 4, 1, 4), (0, 12, 5, 20), (9, 10, 2, 40), (30, 400, 2, 300), (1, 9, 8, 9)]
)
def test_small_tables_get_the_mid_p_of_the_hypergeometric_distribution(
    table: tuple[int, int, int, int],
) -> None:
    k1, n1, k2, n2 = table
    chance = stats.hypergeom(n1 + n2, k1 + k2, n1)
    half = chance.pmf(k1) / 2
    expected = min(1.0, 2 * min(chance.cdf(k1) - half, chance.sf(k1) + half))
    assert float(two_proportion_p(*table)) == pytest.approx(expected)
    assert float(two_proportion_p(k2, n2, k1, n1)) == pytest.approx(expected)
    assert float(two_proportion_p(n1 - k1, n1, n2 - k2, n2)) == pytest.approx(expected)


def test_p_values_of_tables_without_news_are_one_and_of_none_missing() -> None:
    p = two_proportion_p([0, 5, 50, 0], [5, 5, 50, 0], [0, 9, 80, 3], [9, 9, 80, 9])
    assert p[:3].tolist() == [1.0, 1.0, 1.0]
    assert np.isnan(p[3])


def test_many_tables_at_once_give_what_each_gives_alone() -> None:
    rng = np.random.default_rng(5)
    n1, n2 = rng.integers(0, 300, (2, 4, 50))
    k1, k2 = rng.binomial(n1, 0.1), rng.binomial(n2, 0.15)
    together = two_proportion_p(k1, n1, k2, n2)
    alone = [float(two_proportion_p(*one)) for one in zip(k1.flat, n1.flat, k2.flat, n2.flat, strict=True)]
    assert together.shape == (4, 50)
    assert together.ravel() == pytest.approx(alone, nan_ok=True)


def test_weighted_counts_get_the_score_test() -> None:
    p = float(two_proportion_p(2.5, 10.5, 7.5, 10.5))
    pooled = 10 / 21
    z = (5 / 10.5) / (pooled * (1 - pooled) * 2 / 10.5) ** 0.5
    assert p == pytest.approx(2 * stats.norm.sf(z))


@pytest.mark.parametrize("rate", [0.05, 0.3, 0.9])
@pytest.mark.parametrize("n", [(15, 15), (20, 60), (60, 60)])
def test_two_equal_rates_are_told_apart_by_chance_in_at_most_six_per_cent(
    n: tuple[int, int], rate: float
) -> None:
    k1, k2 = (a.ravel() for a in np.meshgrid(np.arange(n[0] + 1), np.arange(n[1] + 1), indexing="ij"))
    chance = stats.binom.pmf(k1, n[0], rate) * stats.binom.pmf(k2, n[1], rate)
    assert chance[two_proportion_p(k1, n[0], k2, n[1]) <= 0.05].sum() <= 0.06


def test_several_groups_get_the_chi_square_of_scipy() -> None:
    k, n = np.array([10, 20, 30, 8]), np.array([100, 90, 110, 70])
    expected = stats.chi2_contingency(np.stack([k, n - k]), correction=False)
    statistic, freedom, p = (float(x) for x in chi_square_groups(k, n))
    assert (statistic, freedom, p) == pytest.approx((expected.statistic, expected.dof, expected.pvalue))


def test_groups_without_trials_do_not_count() -> None:
    with_empty = chi_square_groups([10, 0, 20], [40, 0, 40])
    assert [float(x) for x in with_empty] == [float(x) for x in chi_square_groups([10, 20], [40, 40])]
    assert np.isnan(chi_square_groups([10, 0], [40, 0])).all()
    assert [float(x) for x in chi_square_groups([0, 0, 0], [5, 5, 5])] == [0.0, 2.0, 1.0]


def test_tables_stack_on_the_first_axes() -> None:
    statistic, freedom, p = chi_square_groups([[10, 20], [3, 4]], [40, 40])
    assert statistic.shape == freedom.shape == p.shape == (2,)


def test_permutation_comes_near_all_the_ways_to_deal_out() -> None:
    k, n = [4, 1, 0], [5, 5, 4]
    owner = np.repeat([0, 1, 2], n)
    ways = [np.bincount(owner[list(chosen)], minlength=3) for chosen in combinations(range(14), 5)]
    spread = [(way**2 / np.array(n)).sum() for way in ways]
    seen = (np.array(k) ** 2 / np.array(n)).sum()
    exact = np.mean([s >= seen - 1e-9 for s in spread])
    assert permutation_groups(k, n) == pytest.approx(exact, abs=0.01)
    assert permutation_groups(k, n, seed=3) == permutation_groups(k, n, seed=3)


def test_permutation_has_a_least_p_value_and_none_for_one_group() -> None:
    assert permutation_groups([0, 500], [500, 500], resamples=99) == 0.01
    assert np.isnan(permutation_groups([3], [9]))
    assert np.isnan(permutation_groups([3, 0], [9, 0]))
    assert permutation_groups([9, 9], [9, 9], resamples=99) == 1.0


def test_permutation_refuses_broken_counts_and_no_resamples() -> None:
    with pytest.raises(BadParameterError, match="whole counts"):
        permutation_groups([2.5, 1], [9, 9])
    with pytest.raises(BadParameterError, match="resample"):
        permutation_groups([2, 1], [9, 9], resamples=0)
    with pytest.raises(BadParameterError, match="one table"):
        permutation_groups([[2, 1]], [[9, 9]])
