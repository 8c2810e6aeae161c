"""Delays known only to lie in intervals: against a published example, and against the plain estimate."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames import AI_LEAKS
from leakkit.incidents.delays import delay_curve, measure_delays, median_delay, turnbull

# Months to breast retraction after radiotherapy, intervals (left, right]; D. M. Finkelstein and R. A. Wolfe,
# Biometrics 41 (1985) 933-945, as printed by D. M. Finkelstein, Biometrics 42 (1986) 845-854.
RADIOTHERAPY = """
45- 25-37 37- 6-10 46- 0-5 0-7 26-40 18- 46- 46- 24- 46- 27-34 36- 7-16 36-44 5-11 17- 46- 19-35 7-14 36-48
17-25 37-44 37- 24- 0-8 40- 32- 4-11 17-25 33- 15- 46- 19-26 11-15 11-18 37- 22- 38- 34- 46- 5-12 36- 46-
""".split()
# Probabilities of the R package interval (M. P. Fay and P. A. Shaw, Journal of Statistical Software 36 (2010),
# number 2), innermost intervals (4,5], (6,7], (7,8], (11,12], (24,25], (33,34], (38,40], (46,48].
MASSES = {5: 0.0463, 7: 0.0334, 8: 0.0887, 12: 0.0708, 25: 0.0926, 34: 0.0818, 40: 0.1209, 48: 0.4656}


def test_the_estimate_is_the_published_one():
    ends = [interval.split("-") for interval in RADIOTHERAPY]
    low = [int(left) + 1 for left, _ in ends]
    high = [int(right) if right else np.inf for _, right in ends]
    first, last, mass = turnbull(low, high, close=1e-9)
    kept = mass > 1e-4
    assert dict(zip(last[kept].astype(int).tolist(), mass[kept].round(4).tolist(), strict=True)) == MASSES
    assert first[kept].tolist() == [5, 7, 8, 12, 25, 34, 39, 47]


def test_exact_values_give_the_plain_shares():
    first, last, mass = turnbull([3, 1, 3, 8], [3, 1, 3, 8])
    assert first.tolist() == last.tolist() == [1, 3, 8]
    assert mass.tolist() == [0.25, 0.5, 0.25]


def test_right_censored_values_give_kaplan_and_meier():
    from scipy.stats import CensoredData, ecdf

    known, open_ones = [2, 5, 5, 9, 14], [3, 6, 20]
    first, _, mass = turnbull(known + [v + 0.5 for v in open_ones], known + [np.inf] * 3, close=1e-12)
    plain = ecdf(CensoredData(uncensored=known, right=open_ones)).sf
    ours = [1 - mass[first <= q].sum() for q in (2, 5, 9, 14)]
    assert ours == pytest.approx(plain.evaluate([2, 5, 9, 14]).tolist(), abs=1e-6)


def leaks(*dates):
    """Give AI leaks from first and last days of occurrence and disclosure."""
    names = ("date_occurred", "date_occurred_end", "date_disclosed", "date_disclosed_end")
    rows = [{"incident_id": str(n), "title": "t", "confidence": "high"}
            | {name: pd.Timestamp(day).to_pydatetime() if day else None for name, day in zip(names, row, strict=True)}
            for n, row in enumerate(dates)]  # fmt: skip
    return AI_LEAKS.from_rows(rows).sort_values("incident_id", ignore_index=True)


def test_precision_of_both_dates_makes_the_interval():
    found = measure_delays(leaks(
        ("2024-01-01", "2024-01-01", "2024-01-11", "2024-01-11"),
        ("2024-01-01", "2024-12-31", "2024-07-01", "2024-07-31"),
        ("2024-01-01", "2024-01-31", None, None),
        (None, None, "2024-07-01", "2024-07-01"),
        ("2024-05-01", "2024-05-31", "2024-04-01", "2024-04-30"),
        ("2024-05-01", None, "2024-05-03", None),
    ))  # fmt: skip
    assert found.fillna({"days_low": -1, "days_high": -1}).values.tolist() == [
        [10, 10, "exact"], [0, 212, "interval"], [0, -1, "open"], [-1, -1, "unknown"],
        [-1, -1, "contradictory"], [2, 2, "exact"],
    ]  # fmt: skip


def test_the_curve_falls_and_its_interval_holds_it():
    rng = np.random.default_rng(3)
    low = rng.integers(0, 300, 40)
    delays = pd.DataFrame({"days_low": low, "days_high": low + rng.integers(0, 60, 40)})
    curve = delay_curve(delays, resamples=50)
    assert curve["n"].tolist() == [40] * len(curve)
    for name in ("at_least", "at_most", "low", "high"):
        assert curve[name].diff().dropna().le(1e-9).all()
    assert (curve["low"] <= curve["at_least"] + 1e-9).all()
    assert (curve["at_least"] <= curve["at_most"] + 1e-9).all()
    assert (curve["at_most"] <= curve["high"] + 1e-9).all()
    assert curve.equals(delay_curve(delays, resamples=50))


def test_half_are_disclosed_between_two_days_and_nothing_gives_nothing():
    assert median_delay(pd.DataFrame({"days_low": [0, 4, 9], "days_high": [0, 6, 9]})) == (4, 6)
    nothing = measure_delays(AI_LEAKS.from_rows([]))
    assert nothing.empty and all(np.isnan(median_delay(nothing)))
    curve = delay_curve(nothing)
    assert curve["at_most"].isna().all() and curve["n"].eq(0).all()
    assert [len(part) for part in turnbull([], [])] == [0, 0, 0]


def test_wrong_intervals_and_frames_are_refused():
    with pytest.raises(BadParameterError):
        turnbull([5], [3])
    with pytest.raises(BadFrameError, match="date_disclosed_end"):
        measure_delays(AI_LEAKS.from_rows([]).drop(columns="date_disclosed_end"))
