"""A small run of benchmarks/bias_intervals.py: intervals cover, and null tables stay silent."""

from __future__ import annotations

import pytest

from benchmarks.bias_intervals import (
    gaps_covered,
    naive_gaps_covered,
    null_tables,
    pairs_covered,
    rates_covered,
    summary,
)


def test_rates_are_covered_between_93_and_97_per_cent_on_average() -> None:
    mean = summary(rates_covered((50, 200)))["mean"]
    assert 0.94 <= mean["rate, Wilson"] <= 0.96
    assert 0.95 <= mean["rate, exact"] <= 0.98


def test_pairs_are_covered_between_93_and_97_per_cent_on_average() -> None:
    frame = summary(pairs_covered(((50, 50), (50, 500), (1_000, 1_000)), runs=200))
    assert frame["mean"].between(0.94, 0.97).all()
    assert (frame["worst"] > 0.88).all()


@pytest.mark.parametrize("groups", [2, 3, 6])
def test_gaps_are_covered_between_93_and_97_per_cent_on_average(groups: int) -> None:
    frame = summary(gaps_covered((groups,), runs=5))
    shares = frame["mean"] * frame["corners"]
    assert 0.93 <= shares.sum() / frame["corners"].sum() <= 0.98


def test_a_naive_bootstrap_of_the_gap_never_covers_equality() -> None:
    assert summary(naive_gaps_covered(runs=20))["mean"].max() == 0


def test_some_discovery_in_at_most_about_five_per_cent_of_null_tables() -> None:
    for bh, holm in null_tables(1_500, seed=1).values():
        assert holm <= bh <= 0.062  # 0.05 and two standard errors of 1,500 runs
