"""A small run of benchmarks/bias_groups.py: tables in which nothing differs stay silent; all data here invented."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.bias_groups import discoveries, null_table, power, rates, sizes
from leakkit.bias.tables.figures import COMPLEMENTS


@pytest.mark.parametrize(("groups", "correction"), [(3, "holm"), (6, "bh")])
def test_some_discovery_in_at_most_about_five_per_cent_of_null_tables(groups, correction):
    shares = discoveries(100, groups, seed=3, correction=correction)
    assert set(shares) == {"comparisons", "gaps"}
    assert max(shares.values()) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 100)


def test_correction_is_what_keeps_null_tables_silent():
    assert discoveries(60, 6, seed=3, correction="none")["comparisons"] > 0.3


def test_planted_difference_is_found():
    assert power(15, 1.5) > 0.9


def test_null_tables_have_groups_of_the_sizes_said():
    table = null_table(np.random.default_rng(0), 6)
    assert table["group"].value_counts(sort=False).tolist() == sizes(6) == [1_000, 200, 50] * 2


@pytest.mark.parametrize("groups", [2, 3, 6])
def test_gap_of_a_rate_and_of_one_less_it_are_the_same_test(groups):
    gaps = rates(null_table(np.random.default_rng(groups), groups)).gaps.set_index("measure")
    for measure, other in COMPLEMENTS.items():
        mine, theirs = gaps.loc[measure], gaps.loc[other]
        for name in ("gap", "gap_low", "gap_high", "gap_at_equality", "p_value", "p_adjusted", "statistic"):
            assert mine[name] == pytest.approx(theirs[name], rel=1e-12)
        assert (mine["largest"], mine["smallest"]) == (theirs["smallest"], theirs["largest"])
