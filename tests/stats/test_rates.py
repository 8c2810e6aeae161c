"""Intervals against published values and against the definitions worked out by brute force."""

from __future__ import annotations

import math
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadParameterError
from leakkit.stats import (
    exact_interval,
    f_score,
    f_score_interval,
    paired_bootstrap,
    rate_frame,
    wilson_interval,
)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3 (score interval without correction)
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(k: int, n: int, low: float, high: float) -> None:
    found = wilson_interval(k, n)
    assert [round(float(x), 4) for x in found] == [low, high]


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    # Newcombe (1998), table I, method 5 (Clopper-Pearson)
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_exact_gives_the_published_intervals(k: int, n: int, low: float, high: float) -> None:
    found = exact_interval(k, n)
    assert [round(float(x), 4) for x in found] == [low, high]


@given(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from([0.5, 0.9, 0.95]),
)
def test_wilson_ends_solve_the_score_equation(counts: tuple[int, int], level: float) -> None:
    from statistics import NormalDist

    k, n = counts
    z = NormalDist().inv_cdf((1 + level) / 2)
    for end in (float(x) for x in wilson_interval(k, n, level)):
        if 0 < end < 1:
            assert abs(k / n - end) == pytest.approx(z * math.sqrt(end * (1 - end) / n), abs=1e-9)


@given(
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from([0.8, 0.95]),
)
def test_exact_ends_have_the_wanted_binomial_tails(counts: tuple[int, int], level: float) -> None:
    k, n = counts
    low, high = (float(x) for x in exact_interval(k, n, level))
    tail = (1 - level) / 2
    upper = sum(comb(n, i) * low**i * (1 - low) ** (n - i) for i in range(k, n + 1))
    lower = sum(comb(n, i) * high**i * (1 - high) ** (n - i) for i in range(k + 1))
    assert low == 0 if k == 0 else upper == pytest.approx(tail, rel=1e-6)
    assert high == 1 if k == n else lower == pytest.approx(tail, rel=1e-6)


def test_wilson_covers_about_as_often_as_promised() -> None:
    n, rate = 50, 0.1
    k = np.arange(n + 1)
    low, high = wilson_interval(k, n)
    weight = np.array([comb(n, i) * rate**i * (1 - rate) ** (n - i) for i in range(n + 1)])
    assert 0.93 < weight[(low <= rate) & (rate <= high)].sum() < 0.98


def test_rate_is_missing_when_no_trials() -> None:
    frame = rate_frame([0, 2], [0, 4], index=["none", "some"])
    assert frame.loc["none", ["rate", "low", "high"]].isna().all()
    assert frame.loc["some", "rate"] == 0.5
    assert np.isnan(wilson_interval(0, 0)).all() and np.isnan(exact_interval(0, 0)).all()


@pytest.mark.parametrize(("k", "n", "level"), [(3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0), (1, 2, 0.0)])
def test_impossible_counts_and_levels_are_refused(k: int, n: int, level: float) -> None:
    for interval in (wilson_interval, exact_interval):
        with pytest.raises(BadParameterError):
            interval(k, n, level)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_f_score_is_the_weighted_harmonic_mean(hits: int, wrong: int, missed: int) -> None:
    found = f_score(hits, wrong, missed)
    if not hits:
        assert math.isnan(found) if not wrong + missed else found == 0
        return
    precision, recall = hits / (hits + wrong), hits / (hits + missed)
    assert found == pytest.approx(5 * precision * recall / (4 * precision + recall))


def test_f_score_interval_covers_the_truth_in_most_samples() -> None:
    rng = np.random.default_rng(7)
    truth = f_score(0.8, 0.1, 0.2)
    inside = 0
    for seed in range(60):
        n = rng.integers(1, 8, 80)
        hits = rng.binomial(n, 0.8)
        found = f_score_interval(hits, rng.binomial(n, 0.1), n - hits, resamples=300, seed=seed)
        inside += found.low <= truth <= found.high
    assert inside >= 51  # 57 wanted; fewer than 51 of 60 has a chance below 1 %


def test_f_score_interval_is_the_same_for_the_same_seed() -> None:
    assert f_score_interval([1, 2], [0, 1], [1, 0]) == f_score_interval([1, 2], [0, 1], [1, 0])
    assert math.isnan(f_score_interval([], [], []).value)
    with pytest.raises(BadParameterError):
        f_score_interval([1], [0, 1], [1])


def test_paired_bootstrap_sees_a_small_steady_gain_that_separate_intervals_hide() -> None:
    rng = np.random.default_rng(3)
    base = rng.normal(0.5, 0.2, 60)
    better = base + 0.02 + rng.normal(0, 0.01, 60)
    found = paired_bootstrap(better, base)
    assert found.low > 0.01 and found.high < 0.03 and found.other_side == 0
    assert found.value == pytest.approx((better - base).mean())


def test_paired_bootstrap_of_equal_sets_stands_at_zero() -> None:
    found = paired_bootstrap([0.1, 0.9, 0.4], [0.1, 0.9, 0.4])
    assert (found.value, found.low, found.high, found.other_side) == (0, 0, 0, 1)
    with pytest.raises(BadParameterError):
        paired_bootstrap([1.0], [1.0, 2.0])
