"""Fit a logistic or linear model, and tell what it says of one group beside the reference; numbers only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from leakkit.bias.tables.design_matrix import centred
from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Fit(NamedTuple):
    """A fitted model: coefficients, the first of them the intercept, and their covariance.

    Both are on the scale of the table. Those that begin with ``inner`` belong to `matrix`, in which columns other
    than of 0 and 1 are centred and scaled: with years or time stamps all else drowns in rounding.
    """

    logistic: bool
    matrix: Floats
    times: Floats
    inner: Floats
    inner_covariance: Floats
    coefficients: Floats
    covariance: Floats

    def standard_errors(self) -> Floats:
        """Give the standard error of each coefficient."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0.0))


class Effect(NamedTuple):
    """A figure with its standard error, on the scale on which its interval is symmetric."""

    value: float
    standard_error: float

    def interval(self, reach: float, exponential: bool = False) -> tuple[float, float, float]:
        """Give value, lower and upper end; `exponential` turns a logarithm back."""
        ends = (
            self.value,
            self.value - reach * self.standard_error,
            self.value + reach * self.standard_error,
        )
        with np.errstate(over="ignore"):
            return tuple(float(np.exp(end)) if exponential else float(end) for end in ends)  # type: ignore[return-value]


def fit_model(event: Floats, columns: Floats, times: Floats, *, logistic: bool, robust: bool) -> Fit:
    """Fit a model of `event` on `columns` (rows x terms, without the intercept); rows stand `times` over."""
    import warnings

    import statsmodels.api as sm
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning

    if times.sum() <= columns.shape[1] + 1:
        raise BadParameterError(
            "Expected more rows than terms in the model",
            f"found {times.sum():,.0f} rows and {columns.shape[1] + 1} terms",
            "hold fewer columns equal, or join values",
        )
    matrix, back = _scaled(columns, times)
    family = sm.families.Binomial() if logistic else sm.families.Gaussian()
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            found = sm.GLM(event, matrix, family=family, freq_weights=times).fit(maxiter=60)
        except (ConvergenceWarning, PerfectSeparationWarning, np.linalg.LinAlgError):
            raise _separated() from None
    mean = np.asarray(found.mu)
    if logistic and (np.minimum(mean, 1 - mean).min() < 1e-9 or not found.converged):
        raise _separated()
    spread = mean * (1 - mean) if logistic else np.ones(len(event))
    bread = np.linalg.inv((matrix * (spread * times)[:, None]).T @ matrix)
    rest = (event - mean) ** 2
    size, terms = times.sum(), matrix.shape[1]
    if robust:
        meat = (matrix * (rest * times)[:, None]).T @ matrix
        covariance = bread @ meat @ bread * size / (size - terms)
    else:
        covariance = bread if logistic else bread * (rest * times).sum() / (size - terms)
    inner = np.asarray(found.params)
    return Fit(logistic, matrix, times, inner, covariance, back @ inner, back @ covariance @ back.T)


def _scaled(columns: Floats, times: Floats) -> tuple[Floats, Floats]:
    """Give the design matrix, numbers centred and scaled in it, and what turns its coefficients back."""
    matrix = np.column_stack([np.ones(len(columns)), columns])
    back = np.eye(matrix.shape[1])
    for place in range(1, matrix.shape[1]):
        values = columns[:, place - 1]
        if np.isin(values, (0.0, 1.0)).all():
            continue
        rest = centred(values, times)
        scale = float(np.sqrt(np.average(rest**2, weights=times))) or 1.0
        matrix[:, place] = rest / scale
        back[place, place] = 1 / scale
        back[0, place] = -float(np.average(values, weights=times)) / scale
    return matrix, back


def _separated() -> BadParameterError:
    """Say that a logistic model has no finite answer."""
    return BadParameterError(
        "Expected outcomes that the columns do not tell with certainty",
        "found a combination of columns with which one outcome is certain (separation), so odds ratios are infinite",
        'leave such a column out, join its values, or use model="linear"',
    )


def group_effects(fit: Fit, group_places: list[int]) -> dict[int, tuple[Effect, Effect]]:
    """Standardised logarithm of the risk ratio, and risk difference, of each group beside the reference.

    Each row is given the group, then the reference, other columns as they are; the means of the predicted
    probabilities are compared (g-computation). Standard errors are by the delta method, the rows taken as given.
    """
    others = fit.matrix.copy()
    others[:, group_places] = 0.0
    share = fit.times / fit.times.sum()
    level = others @ fit.inner
    base, base_slope = _mean_and_slope(fit, level, others, share, None)
    effects = {}
    for place in group_places:
        risk, slope = _mean_and_slope(fit, level + fit.inner[place], others, share, place)
        difference = Effect(risk - base, _spread(slope - base_slope, fit.inner_covariance))
        if risk > 0 and base > 0:
            ratio = Effect(
                float(np.log(risk / base)),
                _spread(slope / risk - base_slope / base, fit.inner_covariance),
            )
        else:  # a linear model may predict shares below zero
            ratio = Effect(float("nan"), float("nan"))
        effects[place] = (ratio, difference)
    return effects


def _mean_and_slope(
    fit: Fit, level: Floats, others: Floats, share: Floats, place: int | None
) -> tuple[float, Floats]:
    """Give the mean prediction of all rows in one group, and its derivative by the coefficients."""
    from scipy.special import expit

    risk = expit(level) if fit.logistic else level
    steep = share * (risk * (1 - risk) if fit.logistic else 1.0)
    slope = steep @ others
    if place is not None:
        slope[place] += steep.sum()
    return float(share @ risk), slope


def _spread(slope: Floats, covariance: Floats) -> float:
    """Give the standard error of a figure with this derivative."""
    variance = float(slope @ covariance @ slope)
    return float(np.sqrt(max(variance, 0.0)))


def ratios_at_reference(fit: Fit) -> list[Effect]:
    """Logarithm of the risk ratio that each term makes in the cell of all reference values; logistic only.

    With b the coefficient and c the probability at the intercept, exp(b) / (1 - c + c exp(b)): the way in which
    ProPublica turned odds ratios into risk ratios (Larson, Mattu, Kirchner, Angwin, 2016). Numbers stand at 0.
    """
    from scipy.special import expit, log_expit

    start = float(fit.coefficients[0])
    c = float(expit(start))
    effects = []
    for place in range(1, len(fit.coefficients)):
        risk = float(expit(start + fit.coefficients[place]))
        slope = np.array([c - risk, 1 - risk])  # of log(risk / c), by intercept and coefficient
        corner = fit.covariance[np.ix_([0, place], [0, place])]
        ratio = log_expit(start + fit.coefficients[place]) - log_expit(
            start
        )  # holds where c is all but 0 too
        effects.append(Effect(float(ratio), _spread(slope, corner)))
    return effects
