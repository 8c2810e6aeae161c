"""The four-fifths rule at equality against all tables counted one by one."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.stats import binom

from leakkit.errors import BadParameterError
from leakkit.stats import four_fifths_failure


def counted(sizes: list[int], rate: float, equal_fails: bool) -> float:
    """Add up the chances of all tables in which the lowest rate is below four fifths of the highest."""
    failing = 0.0
    for counts in product(*(range(n + 1) for n in sizes)):
        shares = [Fraction(k, n) for k, n in zip(counts, sizes, strict=True)]
        limit = max(shares) * Fraction(4, 5)
        if min(shares) < limit or (equal_fails and min(shares) == limit and max(shares) > 0):
            failing += float(np.prod([binom.pmf(k, n, rate) for k, n in zip(counts, sizes, strict=True)]))
    return failing


@pytest.mark.parametrize("rate", [0.05, 0.5, 0.9])
@pytest.mark.parametrize("sizes", [[10, 10], [7, 15], [4, 5, 6], [3, 3, 4, 5]])
@pytest.mark.parametrize("equal_fails", [False, True])
def test_the_probability_is_that_of_all_tables_counted(
    sizes: list[int], rate: float, equal_fails: bool
) -> None:
    if equal_fails and rate == 0.05:
        rate = 0.35
    found = four_fifths_failure(sizes, rate, equal_fails=equal_fails)
    assert found == pytest.approx(counted(sizes, rate, equal_fails), abs=1e-9)


def test_two_groups_of_two_hundred_at_a_tenth_fail_nearly_half_the_time() -> None:
    assert round(four_fifths_failure([200, 200], 0.1), 4) == 0.4518
    assert round(four_fifths_failure([200, 200], 0.1, equal_fails=True), 4) == 0.4745


def test_large_groups_seldom_fail_and_more_groups_fail_more_often() -> None:
    assert four_fifths_failure([100_000, 100_000], 0.1) < 1e-6
    assert four_fifths_failure([50] * 6, 0.5) > four_fifths_failure([50] * 2, 0.5)


def test_certain_rates_do_not_fail() -> None:
    assert four_fifths_failure([10, 20], 0.0) == 0.0
    assert four_fifths_failure([10, 20], 1.0) == 0.0


def test_one_group_alone_has_no_answer() -> None:
    assert np.isnan(four_fifths_failure([10], 0.5))
    assert np.isnan(four_fifths_failure([10, 0], 0.5))


def test_rates_and_sizes_that_cannot_be_are_refused() -> None:
    for sizes, rate in (([10, 10], 1.5), ([10, -1], 0.5), ([10, 10], float("nan"))):
        with pytest.raises(BadParameterError, match="from 0 to 1"):
            four_fifths_failure(sizes, rate)
