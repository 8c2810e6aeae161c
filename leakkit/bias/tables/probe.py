"""A model trained on a leaked table: what it would learn of groups, by its predictions on rows it did not see."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.counted import count_rows
from leakkit.bias.tables.groups import rate_groups
from leakkit.bias.tables.outcomes import NOT_GIVEN
from leakkit.bias.tables.probe_features import content_order, pick_features, prepared
from leakkit.bias.tables.result import GroupRates
from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Probe:
    """What a model learns from a leaked table, group by group.

    Attributes
    ----------
    rates : GroupRates
        Rates of the model's predictions on rows it was not trained on.
    area_under_curve, low, high : float
        How well it ranks the event over all rows, with an interval.
    predictions : Series
        Predicted probability of the event, one a row that counts.
    features, notes : tuple of str
        Columns it was trained on, and what was left out.

    Examples
    --------
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> table = pd.DataFrame({"skill": [1, 2, 3, 4] * 25, "town": ["Marsh", "Hill"] * 50})
    >>> table["hired"] = (table["skill"] > 2).map({True: "yes", False: "no"})
    >>> print(str(lk.probe_labels(table, "hired", "town", favourable="yes")).splitlines()[0])
    A model trained on this table ranks unseen rows with an area under the curve of 1.000 [0.960, 1.000]; 1 column.
    """

    rates: GroupRates
    area_under_curve: float
    low: float
    high: float
    predictions: pd.Series = field(repr=False)
    features: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say how well the model ranks, what its predictions do to groups, and what was left out."""
        if not self.features:
            return "\n".join(["Nothing was probed.", *self.notes])
        known = (
            f"A model trained on this table ranks unseen rows with an area under the curve of "
            f"{self.area_under_curve:.3f} [{self.low:.3f}, {self.high:.3f}]; "
            f"{len(self.features)} column{'' if len(self.features) == 1 else 's'}."
        )
        return "\n".join([known, str(self.rates), *self.notes])


def probe_labels(
    frame: pd.DataFrame,
    outcome: Any,
    group: Any,
    *,
    favourable: Any = NOT_GIVEN,
    positive: Any = None,
    features: Sequence[str] | None = None,
    model: Any = None,
    threshold: float = 0.5,
    folds: int = 5,
    seed: int = 0,
    with_group: bool = False,
    reference: Any = None,
    level: float = 0.95,
    correction: str = "holm",
    min_rows: int = 10,
) -> Probe:
    """Train a model on a leaked table and rate its predictions by group, on rows it did not see.

    Parameters
    ----------
    frame : pandas.DataFrame
        One person a row.
    outcome, group : str (group: or list of str)
        Columns of the label that a model would learn, and of the groups.
    favourable : label, or list of labels
        Which outcome is good for the person; it must be named.
    positive : label, optional
        Event that is predicted; left out, 1 where the labels are 0 and 1, else `favourable`.
    features : list of str, optional
        Columns to train on; left out, all but the outcome, the groups, columns that number rows or name
        persons, dates and constant columns.
    model : scikit-learn estimator, optional
        Anything that fits and predicts; it gets the columns as a frame of numbers and texts. Left out, a
        logistic regression on scaled numbers and one column a label.
    threshold : float, default 0.5
        The event is predicted where its probability is at least so high.
    folds, seed : int
        Parts of the cross-validation, and the seed of their drawing.
    with_group : bool, default False
        Train on the group columns as well.
    reference, level, correction, min_rows
        As in `rate_groups`.

    Returns
    -------
    Probe
        ``rates`` (`GroupRates`), area under the curve, predictions, features, notes.

    Raises
    ------
    BadParameterError
        No favourable label, one outcome only or too few rows of one for the folds, no column to train on.
    BadFrameError
        A column is not there.

    Notes
    -----
    The labels of the table are taken as true here: a model that repeats biased labels looks accurate. Equal error
    rates against such labels are no all-clear, and a model of a real lab may be another. Rows of one person
    in several folds, and columns that were written after the outcome, make the model look better than it is; a
    column that tells the outcome almost wholly is named in ``notes``. Intervals are those of the rows: they do not
    hold what another draw of training rows would change. Rows are put in order by what they hold before they are
    dealt into folds, so the same table in another order gives the same figures.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"skill": [1, 2, 3, 4] * 25, "town": ["Marsh", "Hill"] * 50})
    >>> table["hired"] = (table["skill"] > 2).map({True: "yes", False: "no"})
    >>> found = probe_labels(table, "hired", "town", favourable="yes")
    >>> found.area_under_curve, found.features
    (1.0, ('skill',))
    """
    counted = count_rows(frame, outcome, group, favourable=favourable, positive=positive)
    event = counted.positive.astype(np.int64)
    _check(event, folds)
    rows = frame[counted.kept]
    columns, notes = pick_features(rows, outcome, group, features, with_group, event, seed)
    seen = prepared(columns)
    order = content_order(seen, [counted.favourable, *(column.codes for column in counted.coded)])
    chance, said = _predict(model, seen, event, order, folds, seed)
    rates = rate_groups(
        rows,
        outcome if not hasattr(outcome, "shape") else outcome[counted.kept],
        group,
        favourable=favourable,
        positive=positive,
        score=chance,
        threshold=threshold,
        reference=reference,
        level=level,
        correction=correction,  # type: ignore[arg-type]
        min_rows=min_rows,
        seed=seed,
    )
    every = rates.rates[(rates.rates["measure"] == "area_under_curve") & (rates.rates["level"] == "all")]
    area, low, high = (float(every[name].iloc[0]) for name in ("rate", "low", "high"))
    import pandas as pd

    predictions = pd.Series(chance, index=rows.index, name="predicted")
    names = tuple(name for name, _ in columns)
    return Probe(rates, area, low, high, predictions, names, (*counted.notes, *notes, *said))


def _check(event: NDArray[np.int64], folds: int) -> None:
    """Refuse tables that cannot be parted into folds with both outcomes."""
    if not isinstance(folds, int) or not 2 <= folds <= 100:
        raise BadParameterError("Expected 2 to 100 folds", f"found {folds!r}", "use 5, say")
    fewest = int(min(event.sum(), len(event) - event.sum()))
    if fewest < folds:
        raise BadParameterError(
            f"Expected at least {folds} rows of each outcome, one for each fold",
            f"found {fewest} of one",
            "take fewer folds, or a larger table",
        )


def _predict(
    model: Any,
    columns: pd.DataFrame,
    event: NDArray[np.int64],
    order: NDArray[np.intp],
    folds: int,
    seed: int,
) -> tuple[NDArray[np.float64], list[str]]:
    """Give the probability of the event for each row, from a model that did not see it and got rows in `order`."""
    from sklearn.base import clone
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    estimator = default_model(columns) if model is None else clone(model)
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed)
    method = next((name for name in ("predict_proba", "predict") if hasattr(estimator, name)), "predict")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", ConvergenceWarning)
        said = cross_val_predict(
            estimator, columns.take(order).reset_index(drop=True), event[order], cv=parts, method=method
        )
    found = np.empty_like(said, dtype=float)
    found[order] = said
    notes = ["The model did not converge in some fold."] if caught else []
    return (found[:, 1] if found.ndim == 2 else found), notes


def default_model(columns: pd.DataFrame) -> Any:
    """Give a logistic regression on scaled numbers (gaps filled and marked) and one column a label."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    numbers = [name for name in columns.columns if columns[name].dtype.kind == "f"]
    labels = [name for name in columns.columns if name not in numbers]
    scaled = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler())
    parts = [("numbers", scaled, numbers), ("labels", OneHotEncoder(handle_unknown="ignore"), labels)]
    return make_pipeline(
        ColumnTransformer([part for part in parts if part[2]]), LogisticRegression(max_iter=2_000)
    )
