"""The gap of several groups: what its interval must hold, at the edges and against draws."""

from __future__ import annotations

import numpy as np
import pytest

from leakkit.errors import BadParameterError
from leakkit.stats import (
    bootstrap_rates,
    chi_square_groups,
    gap_interval,
    newcombe_difference,
    permutation_groups,
)
from leakkit.stats.nearest_rates import nearest_rates, standard_errors


def test_the_interval_holds_the_gap_seen() -> None:
    rng = np.random.default_rng(1)
    n = rng.integers(20, 400, (60, 5))
    found = gap_interval(rng.binomial(n, rng.uniform(0, 1, (60, 5))), n)
    assert (found.low >= 0).all() and (found.low <= found.gap).all()
    assert (found.gap <= found.high).all() and (found.high <= 1).all()


def test_the_low_end_is_zero_where_groups_are_not_told_apart() -> None:
    rng = np.random.default_rng(2)
    k, n = rng.binomial(100, 0.3, (80, 4)), np.full((80, 4), 100)
    found, p = gap_interval(k, n), chi_square_groups(k, n)[2]
    assert (found.low[p >= 0.05] == 0).all()
    assert (found.low[p < 0.01] > 0).all()


def test_another_test_of_equality_can_decide() -> None:
    k, n = [2, 5, 13], [20, 20, 20]
    assert gap_interval(k, n, p_equality=permutation_groups(k, n)).low > 0
    assert gap_interval(k, n, p_equality=0.5).low == 0
    assert gap_interval(k, n, p_equality=float("nan")).low == 0


def test_two_groups_get_the_interval_of_their_difference() -> None:
    found = gap_interval([10, 30], [50, 60])
    assert (found.low, found.high) == pytest.approx(newcombe_difference(30, 60, 10, 50))
    alike = gap_interval([10, 13], [50, 60])
    assert (alike.low, alike.high) == pytest.approx((0.0, newcombe_difference(13, 60, 10, 50)[1]))


def test_small_groups_do_not_make_a_gap() -> None:
    # rates 0.29 and 0.06 come from 18 and 32 rows beside thousands at 0.2
    found = gap_interval([1000, 500, 5, 2], [5000, 2500, 18, 32])
    assert found.gap > 0.2 and found.low == 0
    assert found.gap_at_equality > 0.1


def test_equal_rates_still_leave_room_for_a_gap() -> None:
    for k, n in (([0, 0, 0], [50, 50, 50]), ([50, 50, 50], [50, 50, 50]), ([500] * 3, [5000] * 3)):
        found = gap_interval(k, n)
        assert found.gap == found.low == 0
        assert 0.01 < found.high < 0.15


def test_groups_without_trials_do_not_count_and_one_is_not_enough() -> None:
    assert gap_interval([10, 0, 20], [50, 0, 50]) == gap_interval([10, 20], [50, 50])
    assert np.isnan(gap_interval([10, 0], [50, 0])).all()
    mixed = gap_interval([[10, 20, 0], [10, 20, 30], [4, 0, 0]], [[50, 50, 0], [50, 50, 50], [9, 0, 0]])
    assert mixed.low[1] == gap_interval([10, 20, 30], [50, 50, 50]).low
    assert np.isnan(mixed.high).tolist() == [False, False, True]


def test_higher_levels_give_wider_intervals() -> None:
    narrow, wide = (gap_interval([10, 20, 30], [60, 60, 60], level) for level in (0.9, 0.99))
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize("rate", [0.02, 0.3, 0.5])
@pytest.mark.parametrize("n", [[40, 60, 80], [2000, 3000, 4000]])
def test_the_gap_at_equality_is_the_mean_gap_of_draws(n: list[int], rate: float) -> None:
    k = np.round(np.array(n) * rate)
    pooled = k.sum() / sum(n)
    drawn = np.ptp(np.random.default_rng(3).binomial(n, pooled, (40_000, 3)) / n, axis=1)
    assert gap_interval(k, n).gap_at_equality == pytest.approx(drawn.mean(), rel=0.02)


def test_nearest_rates_lie_as_far_apart_as_asked() -> None:
    rng = np.random.default_rng(4)
    rates, n = rng.uniform(0, 1, (200, 5)), rng.integers(20, 2000, (200, 5)).astype(float)
    gap = rng.uniform(0, 1, 200)
    found = nearest_rates(rates, standard_errors(rates, n), gap)
    assert np.ptp(found, axis=1) == pytest.approx(gap)
    assert (found >= -1e-12).all() and (found <= 1 + 1e-12).all()
    same = nearest_rates(rates, standard_errors(rates, n), np.ptp(rates, axis=1))
    assert same == pytest.approx(rates, abs=1e-5)


def test_nearest_rates_move_the_group_least_sure() -> None:
    rates, n = np.array([[0.2, 0.3, 0.4]]), np.array([[5000.0, 50.0, 5000.0]])
    moved = nearest_rates(rates, standard_errors(rates, n), np.array([0.3]))[0]
    assert abs(moved[1] - 0.3) > 0.1
    assert moved[[0, 2]] == pytest.approx([0.2, 0.4], abs=0.01)


def test_bootstrap_rates_vary_as_rates_do() -> None:
    drawn = bootstrap_rates([30, 0, 0], [100, 50, 0], 20_000)
    assert drawn.shape == (20_000, 3)
    assert drawn[:, 0].std() == pytest.approx((0.3 * 0.7 / 100) ** 0.5, rel=0.03)
    assert (drawn[:, 1] == 0).all() and np.isnan(drawn[:, 2]).all()
    assert (bootstrap_rates([3], [9], 50, seed=1) == bootstrap_rates([3], [9], 50, seed=1)).all()


def test_wrong_counts_levels_and_resamples_are_refused() -> None:
    with pytest.raises(BadParameterError, match="successes"):
        gap_interval([5, 1], [4, 4])
    with pytest.raises(BadParameterError, match="level"):
        gap_interval([3, 1], [4, 4], 95)
    with pytest.raises(BadParameterError, match="resample"):
        bootstrap_rates([3], [4], 0)
