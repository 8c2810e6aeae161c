"""Counts of findings that say what they count: distinct values, records, members; placeholders apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakkit.errors import BadParameterError
from leakkit.frames import LIKELIHOODS

if TYPE_CHECKING:
    import pandas as pd

    from leakkit.pii.people.estimate import Estimate

MANY_RESERVED = 20
"""Different reserved values of one entity from which on a leak is taken for invented or test data."""

_BY = ("entity", "family", "path", "detector", "country")


def at_least(findings: pd.DataFrame, likelihood: str) -> pd.DataFrame:
    """Give the findings of a likelihood or above; an unknown likelihood is an error.

    Parameters
    ----------
    findings : pandas.DataFrame
        Findings frame.
    likelihood : {'very_unlikely', 'unlikely', 'possible', 'likely', 'very_likely'}
        Lowest level that stays.

    Returns
    -------
    pandas.DataFrame
        Rows in their order.

    Raises
    ------
    BadParameterError
        `likelihood` is no level.

    Examples
    --------
    >>> import leakkit as lk
    >>> len(at_least(lk.frames.FINDINGS.from_rows([]), "likely"))
    0
    """
    if likelihood not in LIKELIHOODS:
        raise BadParameterError(
            "Expected a level of likelihood", f"found {likelihood!r}", f"use one of {', '.join(LIKELIHOODS)}"
        )
    levels = findings["likelihood"].astype("string").map({n: i for i, n in enumerate(LIKELIHOODS)})
    return findings[(levels >= LIKELIHOODS.index(likelihood)).fillna(False).astype(bool)]


_SERIES, _SERIES_SHARE = 8, 0.05
"""Different addresses of the same words, and their share of all, from which on they are a series.

Where the names of many are invented, those of whom the first name is a usual one have such addresses, too.
"""

_WORDS = r"traits:(?:[^;]*,)?words=([0-9a-f.]+)"


def is_counted(findings: pd.DataFrame) -> pd.Series:
    """Tell which findings count: all but the values that documentation and tests use.

    A value in a range that is reserved for documentation (``example.com``, 192.0.2.0/24, fictional
    telephone numbers) is nobody's, and does not count. Where a leak holds twenty or more different ones of
    an entity, though, it is invented or test data whose contents are wanted: then they count, and so do the
    few of that entity that come out of manuals. Addresses that differ by a number alone ("k6_user_17@example.com")
    are of a test, however many.

    Parameters
    ----------
    findings : pandas.DataFrame
        Findings frame of a whole leak; a part of it may fall below the twenty.

    Returns
    -------
    pandas.Series
        bool, with the index of `findings`.

    Examples
    --------
    >>> import leakkit as lk
    >>> is_counted(lk.find_pii(["ana@example.com", "ana@silva.pt"], names=None)).tolist()
    [False, True]
    """
    sample = findings["placeholder"].fillna(False).astype(bool)
    different = findings[sample].groupby("entity", observed=True)["value_key"].nunique()
    many = different.index[different >= MANY_RESERVED]
    return ~sample | (findings["entity"].isin(many) & ~_in_series(findings, sample))


def _in_series(findings: pd.DataFrame, sample: pd.Series) -> pd.Series:
    """Tell which addresses reserved for documentation have the words of many others, and so differ by numbers."""
    result = sample & False
    if "evidence" not in findings.columns:
        return result
    own = (sample & findings["entity"].eq("EMAIL").fillna(False)).to_numpy(bool)
    told = findings[own]
    words = told["evidence"].fillna("").astype(object).str.extract(_WORDS, expand=False)
    different = told["value_key"].groupby(words.to_numpy(object)).nunique()
    least = max(_SERIES, _SERIES_SHARE * told["value_key"].nunique())
    result[own] = words.isin(different.index[different >= least]).to_numpy(bool)
    return result


def counted(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the findings that count; see `leakkit.pii.summary.is_counted` for which do.

    Parameters
    ----------
    findings : pandas.DataFrame
        Findings frame of a whole leak.

    Returns
    -------
    pandas.DataFrame
        Rows in their order.

    Examples
    --------
    >>> import leakkit as lk
    >>> len(counted(lk.find_pii(["ana@example.com", "ana@silva.pt"], names=None)))
    1
    """
    return findings[is_counted(findings)]


def measure_findings(findings: pd.DataFrame, by: str = "entity") -> pd.DataFrame:
    """Count findings, their records, members and distinct values; documentation values apart.

    Parameters
    ----------
    findings : pandas.DataFrame
        Findings frame.
    by : {'entity', 'family', 'path', 'detector', 'country'}
        What a row of the result is.

    Returns
    -------
    pandas.DataFrame
        The column `by`, then int64 columns: ``findings``, ``values`` (distinct within the case),
        ``records``, ``members``, one a level of likelihood, and ``placeholders``, which no other column
        counts. Most findings first.

    Raises
    ------
    BadParameterError
        `by` is no such column.

    Notes
    -----
    Misleading: a value may be found under two entities, and a person has several values; for people
    see `leakkit.people`.

    Examples
    --------
    >>> import leakkit as lk
    >>> measure_findings(lk.frames.FINDINGS.from_rows([])).columns.tolist()[:5]
    ['entity', 'findings', 'values', 'records', 'members']
    """
    import pandas as pd

    if by not in _BY:
        raise BadParameterError(
            "Expected a column to count by", f"found {by!r}", f"use one of {', '.join(_BY)}"
        )
    names = findings[by].astype("string").fillna("not known")
    fake = ~is_counted(findings)
    real, name = findings[~fake], names[~fake]
    place = real["path"].astype("string").fillna("")
    record = place + "\x1f" + real["row"].astype("string")
    counts = pd.DataFrame(
        {
            "findings": name.value_counts(),
            "values": real["value_key"].groupby(name).nunique(),
            "records": record.groupby(name).nunique(),
            "members": place.groupby(name).nunique(),
        }
    )
    levels = pd.crosstab(name, real["likelihood"].astype("string")) if len(real) else pd.DataFrame()
    counts = counts.join(levels.reindex(columns=list(LIKELIHOODS), fill_value=0), how="outer")
    counts = counts.join(names[fake].value_counts().rename("placeholders"), how="outer")
    counts = counts.reindex(
        columns=["findings", "values", "records", "members", *LIKELIHOODS, "placeholders"]
    ).fillna(0)
    counts = counts.astype("int64").rename_axis(by).reset_index()
    return counts.sort_values(["findings", by], ascending=[False, True], ignore_index=True)


def measure_prevalence(findings: pd.DataFrame, n_documents: int, entities: dict[str, str]) -> pd.DataFrame:
    """Give findings per thousand documents, and the share of documents with at least one.

    Parameters
    ----------
    findings : pandas.DataFrame
        Findings in the documents that count (see `counted`); a document is one (path, row).
    n_documents : int
        Documents searched, with and without findings.
    entities : dict
        Entity to the name it has in the table to compare with, such as
        ``{"EMAIL": "email_address"}``.

    Returns
    -------
    pandas.DataFrame
        ``entity``, ``count``, ``per_1000_documents``, ``documents_with``, ``share``, and ``low`` and
        ``high``, the 95 % Wilson interval of the share. Rates above 1,000 are possible: a document may
        hold several.

    Raises
    ------
    BadParameterError
        There are fewer documents than records with findings.

    Examples
    --------
    >>> import leakkit as lk
    >>> none = lk.frames.FINDINGS.from_rows([])
    >>> measure_prevalence(none, 100, {"EMAIL": "email_address"})["count"].tolist()
    [0]
    """
    import pandas as pd

    from leakkit.stats import wilson_interval

    rows = []
    for entity, name in entities.items():
        found = findings[findings["entity"].eq(entity)]
        documents = len(found[["path", "row"]].drop_duplicates())
        if documents > n_documents:
            raise BadParameterError(
                "Expected all documents in n_documents",
                f"found {n_documents:,}, but {documents:,} records with findings",
                "count every document that was searched",
            )
        low, high = wilson_interval(documents, n_documents)
        rows.append(
            {
                "entity": name,
                "count": len(found),
                "per_1000_documents": 1000 * len(found) / n_documents if n_documents else float("nan"),
                "documents_with": documents,
                "share": documents / n_documents if n_documents else float("nan"),
                "low": float(low),
                "high": float(high),
            }
        )
    return pd.DataFrame(rows)


def tally(frame: pd.DataFrame, columns: list[str], name: str = "n") -> pd.DataFrame:
    """Count the rows of each combination of values, most frequent first.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame.
    columns : list of str
        Columns whose combinations are counted; missing is a value of its own.
    name : str
        Name of the column of counts.

    Returns
    -------
    pandas.DataFrame
        `columns`, then the count (int64); ties in the order of the values.

    Examples
    --------
    >>> import pandas as pd
    >>> tally(pd.DataFrame({"a": ["x", "y", "y"]}), ["a"]).values.tolist()
    [['y', 2], ['x', 1]]
    """
    counts = frame.groupby(columns, observed=True, dropna=False).size().reset_index(name=name)
    return counts.sort_values([name, *columns], ascending=[False] + [True] * len(columns), ignore_index=True)


def count_steps(findings: pd.DataFrame, estimate: Estimate) -> pd.DataFrame:
    """Lead from the number of findings, which tempts, to the number of people, which matters.

    Parameters
    ----------
    findings : pandas.DataFrame
        Findings frame.
    estimate : Estimate
        What `leakkit.count_people` gives for it.

    Returns
    -------
    pandas.DataFrame
        ``count`` (what is counted) and ``n``.

    Examples
    --------
    >>> import leakkit as lk
    >>> found = lk.find_pii(["Ann Lee <ann.lee@firm.io>"])
    >>> count_steps(found, lk.count_people(found))["count"].tolist()[0]
    'findings (tempting, wrong)'
    """
    import pandas as pd

    real = counted(findings)
    mail = real.loc[real["entity"].eq("EMAIL"), "value_key"].nunique()
    steps = {
        "findings (tempting, wrong)": len(real),
        "different e-mail addresses (tempting, wrong)": mail,
        "people, at least": estimate.lower,
        "people, best estimate": estimate.best,
        "people, at most": estimate.upper,
    }
    return pd.DataFrame({"count": list(steps), "n": list(steps.values())})


def pick_examples(findings: pd.DataFrame) -> pd.DataFrame:
    """Give one finding of each likelihood, the one with most steps in its evidence, surest level first.

    Parameters
    ----------
    findings : pandas.DataFrame
        Findings frame.

    Returns
    -------
    pandas.DataFrame
        At most five rows, for `leakkit.explain`; of equal ones the first.

    Examples
    --------
    >>> import leakkit as lk
    >>> pick_examples(lk.find_pii(["ana@silva.pt", "ip 8.8.4.4"], names=None))["entity"].tolist()[:1]
    ['EMAIL']
    """
    steps = findings["evidence"].fillna("").str.count(";").astype(int)
    ranked = findings.assign(steps=steps).sort_values("steps", ascending=False, kind="stable")
    first = ranked.drop_duplicates("likelihood").drop(columns="steps")
    return first.sort_values("likelihood", ascending=False)
