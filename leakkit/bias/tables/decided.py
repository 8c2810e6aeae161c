"""Rates of every table of decisions that people named, and one correction over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.tables.adjustment import Adjustment, adjust_rates
from leakkit.bias.tables.decided_rows import (
    measure_row,
    no_adjustment,
    no_probe,
    no_rates,
    place_first,
    text_of,
)
from leakkit.bias.tables.decisions import read_decision_table
from leakkit.bias.tables.probe import Probe, probe_labels
from leakkit.bias.tables.proxies import find_proxies
from leakkit.bias.tables.result import GroupRates
from leakkit.errors import BadFrameError, BadParameterError, LeakkitError
from leakkit.frames import GROUP_COMPARISONS, PROXIES, STRATIFIED
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Decided:
    """Rates of the tables of decisions of one leak.

    Attributes
    ----------
    named : DataFrame
        `DECISIONS`: how the tables are read.
    rated : mapping of str to GroupRates
        By path.
    problems : DataFrame
        ``path`` and ``problem`` of tables that could not be read as they were named.
    correction : str
        Of the p-values over all tables.

    Examples
    --------
    >>> import leakkit as lk
    >>> found = lk.rate_decisions(
    ...     lk.open_leak(lk.sample_leak()), lk.load_decisions(leak=lk.sample_leak()).head(1)
    ... )
    >>> found.first(differs=True)
    'datasets/decisions/hiring_harbour_office.csv'
    """

    named: pd.DataFrame = field(repr=False)
    rated: Mapping[str, GroupRates] = field(repr=False)
    problems: pd.DataFrame = field(repr=False)
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    correction: str = "holm"

    @cached_property
    def comparisons(self) -> pd.DataFrame:
        """The main rate of each group of each table beside its reference: ``path``, ``topic``, `GROUP_COMPARISONS`.

        The main rate is the selection rate, or the base rate where nothing was predicted. ``p_adjusted`` is
        corrected over all rows of this frame.
        """
        import pandas as pd

        from leakkit.stats import adjust_p

        frame = self._together("main_comparisons", GROUP_COMPARISONS.from_rows([]))
        p_values = frame["p_value"].to_numpy(dtype=float, na_value=np.nan)
        adjusted = pd.array(adjust_p(p_values, self.correction), dtype="Float64")
        n_tests = pd.array([int(np.isfinite(p_values).sum())] * len(frame), dtype="Int64")
        return frame.assign(p_adjusted=adjusted, n_tests=n_tests)

    @cached_property
    def stratified(self) -> pd.DataFrame:
        """Pooled and stratified differences of every table that has strata: ``path``, ``topic``, `STRATIFIED`."""
        return self._together("stratified", STRATIFIED.from_rows([]))

    def first(
        self, topic: str | None = None, *, differs: bool | None = None, simpson: bool | None = None
    ) -> str:
        """Path of the first table that is so, in the order named; empty where there is none.

        Parameters
        ----------
        topic : str, optional
            As named; any when left out.
        differs : bool, optional
            Only tables in which some group is (or none is) told from the reference, after correction over all
            tables, at .05.
        simpson : bool, optional
            Only tables with (or without) a Simpson warning.
        """
        for row in self.named.itertuples():
            path = str(row.path)
            if path not in self.rated or topic not in (None, text_of(row.topic)):
                continue
            warned = bool(self.rated[path].stratified["simpson"].any())
            if (simpson is None or warned == simpson) and differs in (None, path in self._different):
                return path
        return ""

    @cached_property
    def _different(self) -> frozenset[str]:
        """Paths of tables with a group told from the reference."""
        told = self.comparisons["p_adjusted"].lt(0.05).fillna(False)
        owners = [path for path, part in self._parts("main_comparisons") for _ in range(len(part))]
        return frozenset(path for path, differs in zip(owners, told, strict=True) if differs)

    def rates(self, path: str, **options: Any) -> GroupRates:
        """Rates of one table; empty where `path` is. `options` as for `leakkit.rate_groups` measure it anew."""
        if path not in self.rated:
            return no_rates()
        if not options:
            return self.rated[path]
        return measure_row(self.tables[path], self._named(path), options)

    def adjusted(self, path: str) -> Adjustment:
        """Groups of one table with the columns named in ``held_equal`` held equal; empty where there are none.

        Where no model can be made of the table, ``notes`` say why.
        """
        if path not in self.rated or not self._named(path)["held_equal"]:
            return no_adjustment()
        row = self._named(path)
        try:
            return adjust_rates(
                self.tables[path],
                row["outcome"],
                row["group"],
                row["held_equal"].split(),
                favourable=row["favourable"],
                positive=row["favourable"],
                reference=row["reference"],
            )
        except (BadFrameError, BadParameterError) as error:
            return no_adjustment(str(error))

    def probe(self, path: str) -> Probe:
        """What a model would learn of groups from one table; ``print()`` says that nothing was probed where it is.

        It is trained on the columns named in ``held_equal`` and ``by``, or where none is named on all that do
        not number rows or name persons; never on the outcome, group, prediction and score. Where no model can
        be made of the table, ``notes`` say why.
        """
        if path not in self.rated:
            return no_probe()
        row = self._named(path)
        never = {row[name] for name in ("outcome", "group", "prediction", "score")}
        named = [*(row["held_equal"] or "").split(), *([row["by"]] if row["by"] else [])]
        features = [name for name in dict.fromkeys(named) if name not in never]
        kept = [
            name for name in self.tables[path].columns if name not in never - {row["outcome"], row["group"]}
        ]
        try:
            return probe_labels(
                self.tables[path][kept],
                row["outcome"],
                row["group"],
                favourable=row["favourable"],
                positive=row["positive"],
                features=features or None,
                reference=row["reference"],
            )
        except (BadFrameError, BadParameterError) as error:
            return no_probe(str(error))

    def proxies(self, path: str) -> pd.DataFrame:
        """Tell how well each other column tells the group of one table; `PROXIES`, empty where `path` is."""
        if path not in self.rated:
            return PROXIES.from_rows([])
        row = self._named(path)
        said = {row["outcome"], row["group"], row["prediction"], row["score"]}
        columns = [str(name) for name in self.tables[path].columns if name not in said]
        return find_proxies(self.tables[path], row["group"], columns=columns)

    def quasi_identifiers(self, path: str) -> list[str]:
        """Columns of one table that describe the person: group, strata and what is held equal; for privacy of groups.

        `leakkit.reidentification_risk` takes them; empty where `path` is.
        """
        if path not in self.rated:
            return []
        row = self._named(path)
        said = [row["group"], *str(row["by"] or "").split(), *str(row["held_equal"] or "").split()]
        return [name for name in dict.fromkeys(said) if name in self.tables[path]]

    def _named(self, path: str) -> dict[str, Any]:
        """Give how one table is read, missing as None."""
        rows = self.named[self.named["path"].eq(path)]
        return {str(k): None if v is None or v != v else v for k, v in
                rows.astype(object).where(rows.notna(), None).iloc[0].items()}  # fmt: skip

    def _together(self, name: str, empty: pd.DataFrame) -> pd.DataFrame:
        """Put one frame of all tables together, with the path and topic in front."""
        import pandas as pd

        topics = self.named.drop_duplicates("path").set_index("path")["topic"]
        parts = [place_first(part, path, text_of(topics[path])) for path, part in self._parts(name)]
        return pd.concat(parts, ignore_index=True) if parts else place_first(empty, "", "")

    def _parts(self, name: str) -> list[tuple[str, pd.DataFrame]]:
        """Give one frame of each table that has rows, in the order named."""
        paths = [path for path in self.named["path"].drop_duplicates() if path in self.rated]
        parts = [(path, getattr(self.rated[path], name)) for path in paths]
        return [(path, part) for path, part in parts if len(part)]


def rate_decisions(leak: Any, decisions: pd.DataFrame, *, correction: str = "holm") -> Decided:
    """Rates by group of every table that `decisions` names.

    Parameters
    ----------
    leak : Leak
        What `open_leak` gives.
    decisions : pandas.DataFrame
        What `load_decisions` gives.
    correction : {'holm', 'bh', 'none'}, default 'holm'
        Of p-values over all tables.

    Returns
    -------
    Decided
        ``comparisons``, ``stratified``, ``rates(path)``, ``adjusted(path)``, ``problems``. A table that cannot
        be read as it was named is a row of ``problems``.

    Examples
    --------
    >>> import leakkit as lk
    >>> leak = lk.open_leak(lk.sample_leak())
    >>> found = rate_decisions(leak, lk.load_decisions(leak=leak))
    >>> found.comparisons.loc[found.comparisons["p_adjusted"] < 0.05, "path"].nunique()
    4
    >>> found.first("lending", simpson=True)
    'datasets/decisions/lending_2024_q3.csv'
    """
    import pandas as pd

    rated, tables, problems = {}, {}, []
    seen: set[str] = set()
    rows = decisions.astype(object).where(decisions.notna(), None)
    for row in rows.to_dict("records"):
        try:
            if row["path"] in seen:
                raise BadParameterError(
                    "Expected each table once", "found it named again", "rate it anew: rates(path, group=...)"
                )
            seen.add(row["path"])
            table = read_decision_table(leak, row["path"])
            rated[row["path"]], tables[row["path"]] = measure_row(table, row, {}), table
        except LeakkitError as error:
            problems.append({"path": printable(row["path"], 200), "problem": str(error)})
    return Decided(
        decisions,
        rated,
        pd.DataFrame(problems, columns=["path", "problem"], dtype="string"),
        tables,
        correction,
    )
