"""Tests of p-values over partitions of words into two sets."""

from itertools import combinations
from math import comb

import numpy as np
import pytest
from scipy.stats import permutation_test

from leakkit.bias.text.partitions import partition_p


def by_hand(x: np.ndarray, y: np.ndarray) -> float:
    """Count all partitions one by one."""
    values = np.concatenate([x, y])
    observed = abs(x.mean() - y.mean())
    beyond = 0
    for chosen in combinations(range(len(values)), len(x)):
        rest = np.setdiff1d(np.arange(len(values)), chosen)
        beyond += abs(values[list(chosen)].mean() - values[rest].mean()) >= observed - 1e-9
    return beyond / comb(len(values), len(x))


@pytest.mark.parametrize(("n_x", "n_y"), [(2, 2), (3, 3), (4, 4), (2, 5), (6, 3), (5, 5)])
@pytest.mark.parametrize("rounded", [False, True])
def test_exact_p_is_that_of_counting_all_partitions(n_x: int, n_y: int, rounded: bool) -> None:
    random = np.random.default_rng(10 * n_x + n_y)
    for _ in range(5):
        x, y = random.normal(0.5, 1, n_x), random.normal(0, 1, n_y)
        if rounded:  # many ties
            x, y = x.round(), y.round()
        p_value, method = partition_p(x, y, resamples=9, seed=0)
        assert method == "exact"
        assert p_value == pytest.approx(by_hand(x, y), abs=1e-12)


def test_exact_p_agrees_with_scipy() -> None:
    random = np.random.default_rng(3)
    x, y = random.normal(0.6, 1, 7), random.normal(0, 1, 7)
    oracle = permutation_test(
        (x, y), lambda a, b: a.mean() - b.mean(), n_resamples=np.inf, alternative="two-sided"
    )
    assert partition_p(x, y, resamples=9, seed=0)[0] == pytest.approx(oracle.pvalue, abs=1e-12)


def test_all_partitions_of_twenty_against_twenty_are_counted() -> None:
    x, y = np.arange(20, 40.0), np.arange(20.0)
    p_value, method = partition_p(x, y, resamples=9, seed=0)
    assert method == "exact"
    assert p_value == pytest.approx(2 / comb(40, 20), rel=1e-9)


def test_drawn_p_is_near_the_exact_one_and_never_zero() -> None:
    random = np.random.default_rng(4)
    x, y = random.normal(0.4, 1, 30), random.normal(0, 1, 30)
    p_value, method = partition_p(x, y, resamples=4_000, seed=1)
    normal = permutation_test(
        (x, y), lambda a, b, axis: a.mean(axis) - b.mean(axis), n_resamples=4_000, vectorized=True, rng=2
    )
    assert method == "permutation"
    assert p_value == pytest.approx(normal.pvalue, abs=0.03)
    assert partition_p(x + 50, y, resamples=99, seed=1)[0] == 1 / 100
    assert partition_p(x, y, resamples=500, seed=1) == partition_p(x, y, resamples=500, seed=1)


def test_equal_values_give_one() -> None:
    assert partition_p(np.ones(4), np.ones(4), resamples=9, seed=0) == (1.0, "exact")
    assert partition_p(np.ones(30), np.ones(30), resamples=9, seed=0)[0] == 1.0


def test_values_far_from_zero_lose_no_digits() -> None:
    random = np.random.default_rng(5)
    x, y = random.normal(0, 1e-5, 5), random.normal(0, 1e-5, 5)
    assert partition_p(x + 3, y + 3, resamples=9, seed=0)[0] == pytest.approx(by_hand(x, y), abs=1e-12)
