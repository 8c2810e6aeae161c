"""Tests and intervals for pairs: hand-worked cases, scipy and statsmodels as oracles, coverage."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar

from leakkit.stats.paired import mcnemar_p, mean_interval, paired_share_interval, sign_flip_p


@pytest.mark.parametrize(("first", "second"), [(0, 0), (1, 0), (8, 1), (5, 5), (40, 13), (300, 260)])
def test_mcnemar_agrees_with_statsmodels(first, second):
    assert mcnemar_p(first, second) == pytest.approx(mcnemar([[7, first], [second, 3]], exact=True).pvalue)


# the first is an example of R. G. Newcombe 1998, method 10; the others are Wilson's ends of 0 of n
@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [
        ((36, 12, 2, 0), 0.0569, 0.3404),
        ((0, 0, 0, 50), -0.0714, 0.0714),
        ((54, 0, 0, 0), -0.0664, 0.0664),
    ],
)
def test_the_interval_of_paired_shares_equals_known_ones(cells, low, high):
    assert paired_share_interval(*cells) == pytest.approx((low, high), abs=6e-4)


def test_the_interval_turns_round_with_the_pairs():
    low, high = paired_share_interval(10, 7, 3, 20)
    assert paired_share_interval(10, 3, 7, 20) == pytest.approx((-high, -low))


def test_no_pairs_have_no_interval():
    assert np.isnan(paired_share_interval(0, 0, 0, 0)).all()
    assert np.isnan(mean_interval([1.0])).all()


def test_the_interval_of_a_mean_agrees_with_scipy():
    values = np.random.default_rng(1).poisson(2, 40) - 1.0
    ends = stats.ttest_1samp(values, 0).confidence_interval(0.9)
    assert mean_interval(values, 0.9) == pytest.approx((ends.low, ends.high))


def test_sign_flips_are_all_looked_at_when_there_are_few():
    values = np.array([3.0, -1.0, 2.0, 2.0, 0.0, 5.0])
    every = [abs(np.dot(signs, values)) for signs in itertools.product([1, -1], repeat=6)]
    assert sign_flip_p(values) == pytest.approx(np.mean(np.array(every) >= abs(values.sum()) - 1e-9))


def test_random_sign_flips_agree_with_scipy_and_with_their_seed():
    values = np.random.default_rng(2).normal(0.25, 1, 60)
    oracle = stats.permutation_test(
        (values, np.zeros(60)),
        lambda a, b: (a - b).mean(),
        permutation_type="samples",
        n_resamples=5_000,
        rng=1,
    ).pvalue
    assert sign_flip_p(values, seed=3) == pytest.approx(oracle, abs=0.02)
    assert sign_flip_p(values, seed=3) == sign_flip_p(values, seed=3) > 0
    assert sign_flip_p(values * 0) == 1.0


def test_intervals_cover_what_they_promise():
    random, covered = np.random.default_rng(7), []
    for n, share, gap in itertools.product((50, 200), (0.1, 0.4, 0.7), (0.0, 0.15)):
        both = share * (share + gap)
        cells = [both, share - both, share + gap - both, 1 - 2 * share - gap + both]
        ends = [paired_share_interval(*map(int, draw)) for draw in random.multinomial(n, cells, 200)]
        covered.append(np.mean([low <= -gap <= high for low, high in ends]))
    assert 0.93 <= np.mean(covered) <= 0.97
