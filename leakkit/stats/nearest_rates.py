"""Rates of groups as near as can be to those seen, and a given gap apart: highest less lowest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_HALVINGS = 16
_CANDIDATES = 12
_REACH = 2.0
_FLOOR = 1.92  # half the squared quantile at 95 %: where Wilson's interval puts an empty count


def standard_errors(rates: Floats, n: Floats) -> Floats:
    """Give standard errors of rates; at the edges those of the middle of Wilson's interval."""
    floor = _FLOOR / (n + 2 * _FLOOR)
    inside = np.clip(rates, floor, 1 - floor)
    return np.sqrt(inside * (1 - inside) / n)


def nearest_rates(rates: Floats, errors: Floats, gap: Floats) -> Floats:
    """Give the rates of each table (rows) that are nearest to those seen and this gap apart.

    Nearest is the least sum of squared distances in standard errors: about the most likely rates given the
    gap. Where the gap is below the one seen all are drawn into one stretch; where it is above, two groups
    are moved apart.
    """
    weights = 1 / errors**2
    start = _start_within(rates, weights, gap)
    drawn = np.clip(rates, start[:, None], (start + gap)[:, None])
    wider = gap > np.ptp(rates, axis=1)
    if wider.any():
        drawn[wider] = _apart(rates[wider], errors[wider], gap[wider])
    return drawn


def _start_within(rates: Floats, weights: Floats, gap: Floats) -> Floats:
    """Find where the stretch of this length begins that costs least to draw all rates into."""
    low = rates.min(axis=1)
    high = np.maximum(rates.max(axis=1) - gap, low)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        lifted = (weights * np.maximum(middle[:, None] - rates, 0)).sum(axis=1)
        lowered = (weights * np.maximum(rates - (middle + gap)[:, None], 0)).sum(axis=1)
        further = lifted < lowered
        low, high = np.where(further, middle, low), np.where(further, high, middle)
    return np.clip((low + high) / 2, 0.0, 1 - gap)


def _apart(rates: Floats, errors: Floats, gap: Floats) -> Floats:
    """Move the two groups apart that it costs least to; others go to the ends where they lie beyond."""
    weights, table = 1 / errors**2, np.arange(len(rates))[:, None]
    top = np.argsort(-(rates + _REACH * errors), axis=1, kind="stable")[:, :_CANDIDATES]
    bottom = np.argsort(rates - _REACH * errors, axis=1, kind="stable")[:, :_CANDIDATES]
    p_top, w_top = rates[table, top][:, :, None], weights[table, top][:, :, None]
    p_bottom, w_bottom = rates[table, bottom][:, None, :], weights[table, bottom][:, None, :]
    wide = gap[:, None, None]
    start = np.clip((w_top * (p_top - wide) + w_bottom * p_bottom) / (w_top + w_bottom), 0.0, 1 - wide)
    cost = w_top * (p_top - start - wide) ** 2 + w_bottom * (p_bottom - start) ** 2
    for p, w in zip(rates.T[:, :, None, None], weights.T[:, :, None, None], strict=True):
        # the pair itself lies within, once moved apart, and adds nothing here
        cost += w * (np.maximum(start - p, 0) + np.maximum(p - start - wide, 0)) ** 2
    cost[top[:, :, None] == bottom[:, None, :]] = np.inf
    best = cost.reshape(len(rates), -1).argmin(axis=1)
    i, j = np.divmod(best, bottom.shape[1])
    row = table[:, 0]
    begin = start[row, i, j]
    moved = np.clip(rates, begin[:, None], (begin + gap)[:, None])
    moved[row, top[row, i]], moved[row, bottom[row, j]] = begin + gap, begin
    return moved
