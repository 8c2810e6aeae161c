"""The risk of one table as figures, frames and sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from leakkit.pii.risk import drivers as risk_drivers
from leakkit.pii.risk.classes import Codes, Column
from leakkit.pii.risk.population import PopulationEstimate, estimates, individual_risk
from leakkit.pii.risk.sensitive import Diversity

if TYPE_CHECKING:
    from typing import Any

THRESHOLDS = (2, 5, 11)
"""Classes smaller than these are told: unique rows, and the sizes that many guidelines ask for at least."""


@dataclass(frozen=True)
class Risk:
    """The risk of one table; figures that need more work are computed when they are first asked for.

    Attributes
    ----------
    n_rows, n_classes, k : int
        Rows, different combinations of quasi-identifiers, rows of the smallest class (0 without rows).
    unique_rows : int
        Rows whose combination no other row has.
    diversity : DataFrame
        One row a sensitive column: ``l_distinct`` (Int64), ``l_entropy``, ``recursive_c`` (the largest
        r1 / (rl + ... + rm) at the distinct l), ``t`` (Float64), ``distance`` ("equal" or "ordered"),
        ``homogeneous_rows`` and ``homogeneous_share`` (rows in classes where all have one value, so that
        who is found in the table is found out).
    """

    quasi_identifiers: tuple[str, ...]
    n_rows: int
    sizes: Codes = field(repr=False)
    """Size of each class."""
    columns: tuple[Column, ...] = field(repr=False)
    frame: pd.DataFrame = field(repr=False)
    measured: tuple[Diversity, ...] = field(repr=False, default=())
    fraction: float | None = None
    population_sizes: Codes | None = field(repr=False, default=None)
    """Rows of the population in each class of the table, in the order of `sizes`."""
    class_weights: Any = field(repr=False, default=None)

    @property
    def k(self) -> int:
        """Rows of the smallest class."""
        return int(self.sizes.min()) if len(self.sizes) else 0

    @property
    def n_classes(self) -> int:
        """Different combinations."""
        return len(self.sizes)

    @property
    def unique_rows(self) -> int:
        """Rows that are alone in their class."""
        return int((self.sizes == 1).sum())

    @property
    def uniqueness(self) -> float:
        """Share of rows that are alone in their class; missing (nan) without rows."""
        return self.unique_rows / self.n_rows if self.n_rows else float("nan")

    @property
    def small_classes(self) -> pd.DataFrame:
        """Rows in classes below 2, 5 and 11: ``below``, ``rows``, ``of`` (Int64), ``share`` (Float64)."""
        rows = [int(self.sizes[self.sizes < limit].sum()) for limit in THRESHOLDS]
        made = pd.DataFrame({"below": THRESHOLDS, "rows": rows, "of": self.n_rows}, dtype="Int64")
        made["share"] = (made["rows"] / self.n_rows if self.n_rows else pd.NA) * pd.Series(1.0, made.index)
        return made.astype({"share": "Float64"})

    @property
    def class_sizes(self) -> pd.DataFrame:
        """How many classes have which size: ``size``, ``classes``, ``rows`` (Int64), ``share`` of rows."""
        size, classes = np.unique(self.sizes, return_counts=True)
        made = pd.DataFrame({"size": size, "classes": classes, "rows": size * classes}, dtype="Int64")
        made["share"] = (made["rows"] / max(1, self.n_rows)).astype("Float64")
        return made

    @property
    def diversity(self) -> pd.DataFrame:
        """One row a sensitive column; see the class."""
        rows = [
            {
                "column": d.column,
                "n_values": d.n_values,
                "l_distinct": d.l_distinct,
                "l_entropy": d.l_entropy,
                "recursive_c": d.recursive_c,
                "t": d.t,
                "distance": d.distance,
                "homogeneous_rows": d.homogeneous_rows,
                "homogeneous_share": d.homogeneous_rows / self.n_rows if self.n_rows else np.nan,
            }
            for d in self.measured
        ]
        kinds = {"column": "string", "distance": "string", "l_entropy": "Float64", "recursive_c": "Float64"}
        kinds |= {"t": "Float64", "homogeneous_share": "Float64"}
        names = (
            "column n_values l_distinct l_entropy recursive_c t distance homogeneous_rows homogeneous_share"
        )
        made = pd.DataFrame(rows, columns=names.split())
        return made.astype({name: kinds.get(name, "Int64") for name in made.columns})

    @cached_property
    def attackers(self) -> pd.DataFrame:
        """Risk by what an attacker knows: ``attacker``, ``measure``, ``value`` (Float64), ``basis``.

        Prosecutor: knows that the person is in the table. Journalist: knows not, and picks the most exposed;
        needs the population. Marketer: takes every row; the share that would be right. After El Emam (2013),
        Guide to the De-Identification of Personal Health Information.
        """
        n = self.n_rows
        table_risk = self.n_classes / n if n else np.nan
        rows: list[tuple[str, str, float, str]] = [
            ("prosecutor", "highest risk of a row", 1 / self.k if self.k else np.nan, "this table"),
            ("prosecutor", "share of rows with a risk above 0.2", self._below(5), "this table"),
            ("prosecutor", "mean risk of a row", table_risk, "this table"),
        ]
        if self.population_sizes is not None and n:
            others = np.maximum(self.population_sizes, self.sizes)
            rows.append(
                ("journalist", "highest risk of a row", float((1 / others).max()), "population given")
            )
            rows.append(
                ("marketer", "mean risk of a row", float((self.sizes / others).sum() / n), "population given")
            )
        elif self.class_weights is not None and n:
            each = individual_risk(self.sizes.astype(float), np.maximum(self.class_weights, self.sizes))
            rows.append(
                ("journalist", "highest risk of a row", float(each.max()), "weights, negative binomial")
            )
            mean = float((self.sizes * each).sum() / n)
            rows.append(("marketer", "mean risk of a row", mean, "weights, negative binomial"))
        else:
            rows.append(("marketer", "mean risk of a row", table_risk, "this table taken for the population"))
        made = pd.DataFrame(rows, columns=["attacker", "measure", "value", "basis"])
        return made.astype({"attacker": "string", "measure": "string", "value": "Float64", "basis": "string"})

    @cached_property
    def population(self) -> pd.DataFrame:
        """How many unique rows are unique in the population.

        ``method``, ``unique_given_unique``, ``lower``, ``upper``, ``population_uniques`` (Float64),
        ``of`` (Int64, unique rows of the table), ``note``. Empty where nothing is known of the population.
        """
        found: list[PopulationEstimate] = []
        if self.population_sizes is not None:
            alone = self.population_sizes[self.sizes == 1]
            share = float((alone <= 1).mean()) if len(alone) else np.nan
            count = float((alone <= 1).sum())
            found.append(PopulationEstimate("counted", share, share, share, count, "in the population given"))
        elif self.fraction is not None and self.fraction < 1:
            found = estimates(self.sizes, self.fraction)
        names = ["method", "unique_given_unique", "lower", "upper", "population_uniques", "note"]
        rows = [
            (e.method, e.unique_given_unique, e.lower, e.upper, e.population_uniques_in_sample, e.note)
            for e in found
        ]
        made = pd.DataFrame(rows, columns=names)
        made.insert(5, "of", self.unique_rows)
        kinds = {"method": "string", "note": "string", "of": "Int64"}
        return made.astype({name: kinds.get(name, "Float64") for name in made.columns})

    @cached_property
    def drivers(self) -> pd.DataFrame:
        """Figures with each column left out; the one that makes most rows unique first.

        ``left_out``, ``n_values``, ``k``, ``unique_rows``, ``unique_share``, ``below_5_share``,
        ``mean_risk``, ``unique_share_less`` (by how much leaving it out lowers the unique share).
        """
        return risk_drivers.without_each(self.columns, self.n_rows)

    @cached_property
    def fewest_columns(self) -> pd.DataFrame:
        """The columns that, added one by one, make half of the rows unique (greedy)."""
        return risk_drivers.fewest_columns(self.columns, self.n_rows)

    @cached_property
    def suggestions(self) -> pd.DataFrame:
        """What coarser dates, post codes and numbers would bring: ``column``, ``change`` and the figures."""
        return risk_drivers.suggestions(self.frame, self.columns, self.n_rows)

    def _below(self, limit: int) -> float:
        """Share of rows in classes below a size."""
        return float(self.sizes[self.sizes < limit].sum()) / self.n_rows if self.n_rows else float("nan")

    def __str__(self) -> str:
        """Say the main figures in sentences."""
        if not self.n_rows:
            return "The table has no rows."
        names = ", ".join(self.quasi_identifiers)
        lines = [
            f"{self.n_rows:,} rows in {self.n_classes:,} classes by {names}; the smallest has {self.k:,} (k).",
            f"{self.unique_rows:,} of {self.n_rows:,} rows ({self.uniqueness:.1%}) are unique here; "
            f"{self._below(5):.1%} are in classes below 5, {self._below(11):.1%} below 11.",
        ]
        for d in self.measured:
            lines.append(
                f"{d.column}: l = {d.l_distinct} (entropy {d.l_entropy:.2f}), t = {d.t:.3f} ({d.distance} distance); "
                f"{d.homogeneous_rows:,} of {self.n_rows:,} rows are in classes with one value."
            )
        for row in self.population.itertuples():
            lines.append(
                f"Unique also in the population ({row.method}): {row.unique_given_unique:.1%} of the unique rows "
                f"({row.lower:.1%} to {row.upper:.1%})."
            )
        return "\n".join(lines)
