"""Heavy tails: ranks bound quantiles, one record carries a mean, currencies never meet."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames import AI_LEAKS, INCIDENTS
from leakkit.incidents.tails import gini, leave_largest_out, measure_tail, quantile_interval


def test_the_interval_of_a_median_goes_from_rank_to_rank():
    # 16 tosses of a coin: 2 P(at most 3 heads) = 0.0213, 2 P(at most 4) = 0.0768: so ranks 4 and 13 hold 95 %.
    assert quantile_interval(range(1, 17), 0.5) == (8.5, 4.0, 13.0)


def test_the_interval_of_a_quantile_covers_as_often_as_promised():
    rng = np.random.default_rng(5)
    truth, hits = float(np.exp(1.2815515655446004 * 2)), 0  # 90 % point of a log-normal with sigma 2
    for _ in range(400):
        _, low, high = quantile_interval(rng.lognormal(0, 2, 60), 0.9)
        hits += (np.isnan(low) or low <= truth) and (np.isnan(high) or truth <= high)
    assert hits / 400 >= 0.94


def test_few_values_do_not_bound_a_quantile():
    value, low, high = quantile_interval([1, 2, 3, 4], 0.9)
    assert value == pytest.approx(3.7)
    assert np.isnan(high) and low == 2.0
    with pytest.raises(BadParameterError):
        quantile_interval([], 0.5)


def test_gini_is_the_mean_difference_over_twice_the_mean():
    values = np.array([1.0, 3.0, 8.0, 20.0])
    differences = np.abs(values[:, None] - values).sum() / (4 * 3)
    assert gini(values) == pytest.approx(differences / (2 * values.mean()))
    assert np.isnan(gini([])) and np.isnan(gini([0, 0])) and gini([7]) == 0
    with pytest.raises(BadParameterError, match="negative"):
        gini([-1, 2])


def test_one_record_carries_the_mean_and_not_the_median():
    frame = pd.DataFrame({"data_total": pd.array([1, 2, 3, 4, 990, None, None], dtype="Int64")})
    row = measure_tail(frame, "data_total").iloc[0]
    assert (row["n"], row["unknown"]) == (5, 2)
    assert (row["mean"], row["mean_without_largest"], row["median"]) == (200, 2.5, 3)
    assert (row["largest"], row["total"], row["share_of_largest"]) == (990, 1000, 0.99)


def leaks(*amounts):
    """Give AI leaks with fines in currencies."""
    return AI_LEAKS.from_rows(
        {
            "incident_id": str(n),
            "title": "t",
            "confidence": "high",
            "fine_amount": amount,
            "fine_currency": currency,
        }
        for n, (amount, currency) in enumerate(amounts)
    )


def test_amounts_are_taken_apart_by_currency_without_being_asked():
    table = measure_tail(
        leaks((10, "EUR"), (30, "EUR"), (5_000, "KRW"), (7, None), (None, None)), "fine_amount"
    )
    assert table[["group", "n", "unknown", "total"]].values.tolist() == [
        ["EUR", 2, 0, 40.0], ["KRW", 1, 0, 5000.0], ["not recorded", 1, 1, 7.0],
    ]  # fmt: skip
    with pytest.raises(BadParameterError, match="several"):
        leave_largest_out(leaks((10, "EUR"), (5_000, "KRW")), "fine_amount")


def test_the_largest_are_left_out_one_by_one():
    frame = pd.DataFrame({"n": [1.0, 2.0, 3.0, 994.0, None]})
    table = leave_largest_out(frame, "n", most=9)
    assert table[["left_out", "n", "mean", "largest"]].values.tolist() == [
        [0, 4, 250, 994], [1, 3, 2, 3], [2, 2, 1.5, 2], [3, 1, 1, 1],
    ]  # fmt: skip


def test_zero_is_a_value_and_nothing_known_is_said():
    assert measure_tail(pd.DataFrame({"n": [0, 0]}), "n")[["n", "unknown", "total"]].values.tolist() == [
        [2, 0, 0]
    ]
    nothing = measure_tail(INCIDENTS.from_rows([]), "data_total")
    assert nothing[["n", "unknown"]].values.tolist() == [[0, 0]]
    assert nothing["median"].isna().all()
    assert leave_largest_out(INCIDENTS.from_rows([]), "data_total").empty
    with pytest.raises(BadFrameError, match="found no size"):
        measure_tail(INCIDENTS.from_rows([]), "size")
    with pytest.raises(BadFrameError, match="found no size"):
        leave_largest_out(INCIDENTS.from_rows([]), "size")
