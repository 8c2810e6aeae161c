"""From a sample to the population: how many of those who are unique here are unique everywhere.

All of this is a model's answer. It needs to know what part of the population the rows are, and it assumes
that they were drawn at random from it, which a leak seldom is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from leakkit.pii.risk.classes import Codes

_HALF_SAMPLES = 40
_SMALL = 60
_NORMAL = 1.96


@dataclass(frozen=True, slots=True)
class PopulationEstimate:
    """Share of sample-unique rows that are unique in the population, with an interval and what to mind."""

    method: str
    unique_given_unique: float
    lower: float
    upper: float
    population_uniques_in_sample: float
    note: str


def size_counts(sizes: Codes) -> tuple[Codes, Codes]:
    """Give the sizes that occur and how many classes have each."""
    found, counts = np.unique(sizes, return_counts=True)
    return found.astype(np.int64), counts.astype(np.int64)


def estimates(sizes: Codes, fraction: float, seed: int = 0) -> list[PopulationEstimate]:
    """Estimate population uniqueness by Zayatz and by the Pitman model.

    Parameters
    ----------
    sizes : array
        Sizes of the sample's classes.
    fraction : float
        Rows of the sample over people of the population, above 0 and below 1.
    seed : int
        For the half samples of the intervals.

    Notes
    -----
    Zayatz (1991), US Census Bureau Research Report 91/08, takes the sizes of classes in the population to be
    spread as in the sample, which says too much for small fractions. Pitman's sampling formula as in Hoshino
    (2001), Journal of Official Statistics 17, 499-520, is fitted by maximum likelihood. Dankar, El Emam,
    Neisa and Roffey (2012), doi:10.1186/1472-6947-12-66, compare both and more: neither is best everywhere,
    so both are given; where they disagree, the truth may lie outside both. Intervals are 1.96 standard
    errors from 40 random half samples: they hold the error of sampling, not that of the model.
    """
    values, counts = size_counts(sizes)
    unique = int(counts[values == 1].sum())
    random = np.random.default_rng(seed)
    halves = [_thinned(values, counts, random) for _ in range(_HALF_SAMPLES)] if unique else []
    notes = {
        "zayatz": "too high for small samples, as classes are taken to be as small in the population",
        "pitman": "needs many small classes and rows drawn at random; weak where values depend on each other",
    }
    result = []
    for method, estimate in (("zayatz", zayatz), ("pitman", pitman)):
        share = estimate(values, counts, fraction) if unique else float("nan")
        spread = [s for half in halves if np.isfinite(s := estimate(*half, fraction / 2))]
        error = _NORMAL * float(np.std(spread)) if len(spread) > 1 else float("nan")
        low, high = max(0.0, share - error), min(1.0, share + error)
        result.append(PopulationEstimate(method, share, low, high, share * unique, notes[method]))
    return result


def zayatz(values: Codes, counts: Codes, fraction: float) -> float:
    """Give P(unique in the population | unique in the sample) after Zayatz; binomial for hypergeometric."""
    seen_once = values * fraction * (1 - fraction) ** (values - 1.0)
    total = float((counts * seen_once).sum())
    ones = float(counts[values == 1].sum())
    return ones * fraction / total if total else float("nan")


def pitman(values: Codes, counts: Codes, fraction: float) -> float:
    """Give P(unique in the population | unique in the sample) under Pitman's formula.

    One person is alone among N with probability G(theta + alpha + N - 1) G(theta + 1) / (G(theta + alpha)
    G(theta + N)), G the gamma function; the ratio of that at the population's and the sample's size is wanted.
    """
    n = float((values * counts).sum())
    fitted = fit_pitman(values, counts)
    if fitted is None:
        return float("nan")
    alpha, theta = fitted
    return float(np.exp(_log_alone(alpha, theta, n / fraction) - _log_alone(alpha, theta, n)))


def _log_alone(alpha: float, theta: float, n: float) -> float:
    """Give the logarithm of the chance that a person is alone among n, up to a constant."""
    from scipy.special import gammaln

    return float(gammaln(theta + alpha + n - 1) - gammaln(theta + n))


def fit_pitman(values: Codes, counts: Codes) -> tuple[float, float] | None:
    """Fit alpha and theta by maximum likelihood; None where the sample has no information on them."""
    from scipy.optimize import minimize
    from scipy.special import expit, gammaln

    n, u = float((values * counts).sum()), float(counts.sum())
    if u < 2 or u >= n:
        return None

    def lack(point: NDArray[Any]) -> float:
        """Give the negative log likelihood at logit(alpha), log(theta + alpha)."""
        alpha = float(np.clip(expit(point[0]), 1e-6, 1 - 1e-6))
        theta = float(np.exp(min(60.0, point[1]))) - alpha + 1e-9
        classes = (u - 1) * np.log(alpha) + gammaln(theta / alpha + u) - gammaln(theta / alpha + 1)
        rows = gammaln(theta + n) - gammaln(theta + 1)
        sizes = float((counts * (gammaln(values - alpha) - gammaln(1 - alpha))).sum())
        return float(-(classes - rows + sizes)) if np.isfinite(classes) else 1e300

    starts = [np.array([a, np.log(max(u, 2.0) * s)]) for a in (-2.0, 0.5) for s in (0.1, 1.0)]
    fits = [
        minimize(lack, s, method="Nelder-Mead", options={"xatol": 1e-5, "fatol": 1e-6}) for s in starts[:2]
    ]
    best = min(fits, key=lambda fit: fit.fun)
    alpha = float(np.clip(expit(best.x[0]), 1e-6, 1 - 1e-6))
    return alpha, float(np.exp(min(60.0, best.x[1]))) - alpha + 1e-9


def _thinned(values: Codes, counts: Codes, random: np.random.Generator) -> tuple[Codes, Codes]:
    """Keep each row with probability one half; give sizes and counts of what is left."""
    from scipy.stats import binom

    total: dict[int, int] = {}
    for size, count in zip(values.tolist(), counts.tolist(), strict=True):
        if size <= _SMALL:
            drawn = random.multinomial(count, binom.pmf(np.arange(size + 1), size, 0.5))
            pairs = enumerate(drawn.tolist())
        else:
            left, many = np.unique(random.binomial(size, 0.5, count), return_counts=True)
            pairs = zip(left.tolist(), many.tolist(), strict=True)  # type: ignore[assignment]
        for left_size, number in pairs:
            if left_size and number:
                total[left_size] = total.get(left_size, 0) + number
    kept = sorted(total)
    return np.array(kept, np.int64), np.array([total[size] for size in kept], np.int64)


def individual_risk(frequency: NDArray[Any], weight: NDArray[Any]) -> NDArray[Any]:
    """Give each class's risk of re-identification from design weights.

    The mean of 1 / F given f under the negative binomial model of Benedetti and Franconi (1998), in the form
    of Polettini (2003), with p = f / sum of weights: exact for f = 1 and 2, approximate above.
    """
    p = np.clip(frequency / weight, 1e-12, 1.0)
    odds = np.divide(p, 1 - p, out=np.zeros_like(p), where=p < 1)
    logs = -np.log(p)
    once = np.where(p < 1, odds * logs, 1.0)
    twice = np.where(p < 1, odds - odds**2 * logs, 0.5)
    more = p / np.maximum(frequency - (1 - p), 1e-12)
    return np.select([frequency <= 1, frequency == 2], [once, twice], more)
