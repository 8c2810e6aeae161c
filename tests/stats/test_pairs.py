"""Intervals of two rates against published values, statsmodels and scipy, and at their edges."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadParameterError
from leakkit.stats import newcombe_difference, odds_ratio_interval, ratio_interval

TABLES = [(56, 70, 48, 80), (9, 10, 3, 10), (10, 10, 20, 20), (235, 2435, 157, 2435), (1, 60, 30, 31)]
INSIDE = [table for table in TABLES if 0 < table[0] < table[1] and 0 < table[2] < table[3]]


@pytest.mark.parametrize(
    ("table", "low", "high"),
    # Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_differences_have_the_published_intervals(
    table: tuple[int, int, int, int], low: float, high: float
) -> None:
    assert [round(float(end), 4) for end in newcombe_difference(*table)] == [low, high]


def test_the_resume_audit_ratio_is_the_published_one() -> None:
    assert [round(float(end), 2) for end in ratio_interval(235, 2435, 157, 2435)] == [1.23, 1.82]
    log = ratio_interval(235, 2435, 157, 2435, method="log")
    assert [round(float(end), 2) for end in log] == [1.23, 1.82]


@pytest.mark.parametrize("table", INSIDE)
def test_score_intervals_agree_with_statsmodels(table: tuple[int, int, int, int]) -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep, score_test_proportions_2indep

    expected = confint_proportions_2indep(*table, method="score", compare="ratio", correction=False)
    assert ratio_interval(*table) == pytest.approx(expected, rel=1e-4)
    for end in odds_ratio_interval(*table):
        # its own search for the ends of odds ratios fails, its test at a given one does not
        tested = score_test_proportions_2indep(
            *table, value=float(end), compare="odds-ratio", correction=False, return_results=False
        )
        assert abs(tested[0]) == pytest.approx(1.959964, rel=1e-5)


@pytest.mark.parametrize("table", INSIDE)
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_log_intervals_agree_with_scipy(table: tuple[int, int, int, int], level: float) -> None:
    from scipy.stats.contingency import odds_ratio, relative_risk

    k1, n1, k2, n2 = table
    expected = relative_risk(k1, n1, k2, n2).confidence_interval(level)
    assert ratio_interval(*table, level=level, method="log") == pytest.approx(tuple(expected))
    odds = odds_ratio([[k1, n1 - k1], [k2, n2 - k2]], kind="sample").confidence_interval(level)
    assert odds_ratio_interval(*table, level=level, method="log") == pytest.approx(tuple(odds))


@pytest.mark.parametrize("method", ["score", "log"])
def test_empty_cells_give_ends_of_zero_and_infinity(method: str) -> None:
    for interval in (ratio_interval, odds_ratio_interval):
        low, high = interval([0, 5, 0], [20, 20, 20], [5, 0, 0], [20, 20, 20], method=method)
        assert low[0] == 0.0 and 0 < high[0] < math.inf
        assert 0 < low[1] < math.inf and high[1] == math.inf
        assert low[2] == 0.0 and high[2] == math.inf
    full_low, full_high = ratio_interval(20, 20, 20, 20, method="score")
    assert 0 < float(full_low) < 1 < float(full_high) < math.inf
    assert [float(end) for end in odds_ratio_interval(20, 20, 20, 20, method=method)] == [0.0, math.inf]


def test_no_trials_are_unknown() -> None:
    for interval in (newcombe_difference, ratio_interval, odds_ratio_interval):
        assert np.isnan(interval([0, 3], [0, 9], [3, 0], [9, 0])).all()


def test_counts_broadcast_and_may_be_broken() -> None:
    low, high = newcombe_difference([[1], [2]], 10, [3, 4, 5], 10)
    assert low.shape == high.shape == (2, 3)
    between = ratio_interval(10.5, 40.2, 5.5, 38.9)
    assert float(between[0]) < 10.5 / 40.2 * 38.9 / 5.5 < float(between[1])


@pytest.mark.parametrize("interval", [newcombe_difference, ratio_interval, odds_ratio_interval])
def test_wrong_counts_and_levels_are_refused(interval: object) -> None:
    assert callable(interval)
    for wrong in ((5, 4, 1, 4), (-1, 4, 1, 4), (1, 4, float("nan"), 4)):
        with pytest.raises(BadParameterError, match="successes"):
            interval(*wrong)
    with pytest.raises(BadParameterError, match="level"):
        interval(1, 4, 1, 4, level=95)
    if interval is not newcombe_difference:
        with pytest.raises(BadParameterError, match="method"):
            interval(1, 4, 1, 4, method="exact")


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_intervals_hold_what_was_seen_and_turn_round_with_the_groups(
    n1: int, n2: int, data: st.DataObject
) -> None:
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    low, high = newcombe_difference(k1, n1, k2, n2)
    assert low - 1e-12 <= k1 / n1 - k2 / n2 <= high + 1e-12
    back = newcombe_difference(k2, n2, k1, n1)
    assert (-back[1], -back[0]) == pytest.approx((low, high))
    for interval in (ratio_interval, odds_ratio_interval):
        low, high = (float(end) for end in interval(k1, n1, k2, n2))
        turned = [float(end) for end in interval(k2, n2, k1, n1)]
        assert 0 <= low <= high
        assert (1 / turned[1] if turned[1] else math.inf) == pytest.approx(low, rel=1e-5)
        if interval is ratio_interval and k2:
            assert low * (1 - 1e-9) <= (k1 / n1) / (k2 / n2) <= high * (1 + 1e-9)
