"""Rates of groups as frames, and the main figures as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_TOLD = ("selection_rate", "false_positive_rate", "false_negative_rate", "precision")
_MOST = 10


@dataclass(frozen=True, eq=False)
class GroupRates:
    """Rates of groups in one table; every frame is one of `leakkit.frames`.

    Attributes
    ----------
    rates : DataFrame
        `GROUP_RATES`: each measure of each group.
    comparisons : DataFrame
        `GROUP_COMPARISONS`: each group beside the reference.
    gaps : DataFrame
        `GROUP_GAPS`: highest less lowest rate, and whether any group differs (means and areas of a score
        have a test here, and no interval).
    four_fifths : DataFrame
        `FOUR_FIFTHS`: the rule, and how often equal groups of these sizes fail it.
    strata, stratified : DataFrame
        `STRATA` and `STRATIFIED`: comparisons among equals; empty without `by`.
    calibration : DataFrame
        `CALIBRATION`: what a score came to in each group; empty without `score`.
    notes : tuple of str
        What was left out, what is not shown, which group is the reference.
    n : int
        Rows counted.
    favourable, positive : str
        Column and label that are good for the person, and those whose errors are counted.
    equal_failures : mapping of str to float
        By grouping the probability that some of its groups fails the four-fifths rule though all are equal.

    Examples
    --------
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> table = pd.DataFrame(
    ...     {"hired": ["yes", "no"] * 2, "town": ["Marsh"] * 2 + ["Hill"] * 2, "n": [30, 70, 50, 50]}
    ... )
    >>> found = lk.rate_groups(table, "hired", "town", favourable="yes", counts="n")
    >>> found.n, found.favourable, found.main_measure
    (200, 'hired yes', 'base_rate')
    >>> found.notes
    ('Reference by town: Hill (the largest group).',)
    """

    rates: pd.DataFrame = field(repr=False)
    comparisons: pd.DataFrame = field(repr=False)
    gaps: pd.DataFrame = field(repr=False)
    four_fifths: pd.DataFrame = field(repr=False)
    strata: pd.DataFrame = field(repr=False)
    stratified: pd.DataFrame = field(repr=False)
    calibration: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...] = ()
    n: int = 0
    favourable: str = ""
    positive: str = ""
    equal_failures: Mapping[str, float] = field(default_factory=dict)

    @property
    def main_measure(self) -> str:
        """The selection rate, or the base rate where nothing was predicted."""
        return "selection_rate" if "selection_rate" in set(self.rates["measure"]) else "base_rate"

    @property
    def main_comparisons(self) -> pd.DataFrame:
        """Rows of `comparisons` about the main measure, without groups that are held back."""
        about = self.comparisons["measure"].astype(str).eq(self.main_measure)
        return self.comparisons[about & ~self.comparisons["suppressed"]].reset_index(drop=True)

    def __str__(self) -> str:
        """Give the main figures in sentences, with n and intervals."""
        predicted = self.main_measure == "selection_rate"
        about = f"; errors are of {self.positive}" if predicted else ""
        lines = [f"{self.n:,} rows; favourable: {self.favourable}{about}."]
        main, every = ("selection_rate", _TOLD) if predicted else ("base_rate", ("base_rate",))
        groupings = sorted(self.gaps["grouping"].unique(), key=lambda name: " & " in name)
        for grouping in groupings:
            for measure in (main,) if " & " in grouping else every:
                lines += self._sentences(grouping, measure)
            lines += self._four_fifths(grouping)
        for row in self.stratified.dropna(subset="warning").to_dict("records"):
            if row["warning"]:
                lines.append(f"Within strata, {row['group']} beside {row['reference']}: {row['warning']}")
        return "\n".join([*lines, *self.notes])

    def _sentences(self, grouping: str, measure: str) -> Iterator[str]:
        """Tell one measure by group, and its gap."""
        here = self.rates[(self.rates["grouping"] == grouping) & (self.rates["measure"] == measure)]
        shown = here[~here["suppressed"] & here["rate"].notna()].sort_values(
            "rate", ascending=False, kind="stable"
        )
        if len(shown):
            groups = "; ".join(_group(row) for row in shown.head(_MOST).to_dict("records"))
            more = len(here) - min(_MOST, len(shown))
            rest = f"; {more} more not told here" if more else ""
            yield f"{shown['meaning'].iloc[0]}, by {grouping}: {groups}{rest}."
        gap = self.gaps[(self.gaps["grouping"] == grouping) & (self.gaps["measure"] == measure)]
        if len(gap) and gap["gap_low"].notna().all():
            yield _gap(gap.to_dict("records")[0])

    def _four_fifths(self, grouping: str) -> Iterator[str]:
        """Tell the four-fifths rule of the group with the lowest ratio."""
        here = self.four_fifths[
            (self.four_fifths["grouping"] == grouping) & self.four_fifths["ratio"].notna()
        ]
        if not len(here):
            return
        row = here.sort_values("ratio", kind="stable").to_dict("records")[0]
        verdict = "fails" if row["fails"] else "passes"
        equal = self.equal_failures.get(grouping)
        chance = (
            ""
            if equal is None
            else f"; some group of these sizes fails in {equal:.0%} of samples when all true rates are equal"
        )
        yield (
            f"Four-fifths rule: {row['group']} beside {row['reference']} {row['ratio']:.2f} "
            f"[{row['ratio_low']:.2f}, {row['ratio_high']:.2f}], {verdict}{chance}."
        )


def _group(row: dict[Any, Any]) -> str:
    """Tell the rate of one group."""
    return f"{row['group']} {row['rate']:.1%} of {row['n']:,} [{row['low']:.1%}, {row['high']:.1%}]"


def _gap(row: dict[Any, Any]) -> str:
    """Tell the gap of one measure."""
    return (
        f"The largest gap is {100 * row['gap']:.1f} points [{100 * row['gap_low']:.1f}, {100 * row['gap_high']:.1f}] "
        f"({100 * row['gap_at_equality']:.1f} on average if none differed; {_p(row['p_value'])}, corrected "
        f"{_p(row['p_adjusted'])})."
    )


def _p(p: float) -> str:
    """Tell a p-value."""
    return "p below 0.0001" if p < 0.0001 else f"p {p:.2g}"
