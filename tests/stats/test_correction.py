"""Corrections against statsmodels and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadParameterError
from leakkit.stats import adjust_p


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_corrections_agree_with_statsmodels(p: list[float]) -> None:
    from statsmodels.stats.multitest import multipletests

    assert adjust_p(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])
    assert adjust_p(p, method="holm") == pytest.approx(multipletests(p, method="holm")[1])


def test_what_was_not_tested_stays_missing_and_is_not_counted() -> None:
    nan = float("nan")
    for method in ("bh", "holm"):
        mixed = adjust_p([[0.01, nan], [nan, 0.02]], method=method)
        assert mixed.shape == (2, 2)
        assert mixed[[0, 1], [0, 1]].tolist() == adjust_p([0.01, 0.02], method=method).tolist()
        assert np.isnan(mixed[[0, 1], [1, 0]]).all()
    assert np.isnan(adjust_p([nan, nan])).all()
    assert adjust_p([]).tolist() == []


def test_none_leaves_p_values_as_they_are() -> None:
    assert adjust_p([0.04, 0.01], method="none").tolist() == [0.04, 0.01]


def test_the_given_array_is_not_changed() -> None:
    p = np.array([0.04, 0.01])
    adjust_p(p)
    assert p.tolist() == [0.04, 0.01]


def test_what_is_no_p_value_and_unknown_methods_are_refused() -> None:
    with pytest.raises(BadParameterError, match="p-values"):
        adjust_p([0.5, 1.5])
    with pytest.raises(BadParameterError, match="bh, holm, none"):
        adjust_p([0.5], method="bonferroni")
