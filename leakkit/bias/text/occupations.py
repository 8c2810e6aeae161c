"""Pronouns near occupations, set beside the share of women among those who work in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.batches import text_batches
from leakkit.bias.text.lexicons import as_lexicon, load_lexicon
from leakkit.bias.text.terms import Hits, Terms
from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

FEMININE, MASCULINE = "feminine", "masculine"
LEAST_FOR_AGREEMENT = 4


def occupation_pronouns(
    texts: Any,
    *,
    lexicon: Any = None,
    terms: Any = None,
    window: int | None = 10,
    correction: str = "bh",
    level: float = 0.95,
    field: str | None = None,
) -> pd.DataFrame:
    """Which pronouns stand near each occupation, beside its share of women in the labour force.

    Parameters
    ----------
    texts : iterable of str, Series, DataFrame, Arrow array, Records or pathlib.Path
        Documents; see `text_batches`. They are read once, a batch at a time.
    lexicon, terms : optional
        Occupations, as one or the other: a lexicon frame, name or path, or ``{occupation: [term, ...]}``;
        ``value`` is the share of women. Left out, the occupations that ship with leakkit. Terms whose form
        says "gendered" (policeman) are left out: they settle the pronoun.
    window : int or None
        Words before and after the occupation that count as near; None for the whole document.
    correction : {'bh', 'holm', 'none'}
        For the p-values over all occupations tested.
    level : float
        Of the intervals.
    field : str, optional
        Column or field that holds the text.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.OCCUPATION_PRONOUNS`, a row for each occupation that occurs. ``share``: of the
        documents with pronouns of one gender only near it, those with feminine ones. ``p_value``: exact
        binomial test of that share against the labour share; missing where the lexicon has none.

    Raises
    ------
    BadParameterError
        An argument is not of its kind.

    Notes
    -----
    Misleading: the pronoun may be somebody else's ("the nurse said he, the patient, ..."). A difference from the
    labour share of the United States in 2022 is no error of the text: it may be about another country or time.
    The unit is the document; copies of one document make the interval too narrow.

    Examples
    --------
    >>> texts = ["The nurse said she was late."] * 3 + ["A nurse and his dog", "The nurses left."]
    >>> found = occupation_pronouns(texts)
    >>> found[["documents", "feminine", "masculine", "share"]].values.tolist()
    [[5, 3, 1, 0.75]]
    """
    from leakkit.frames.bias_text import OCCUPATION_PRONOUNS

    if window is not None and window < 1:
        raise BadParameterError(
            "Expected a window of at least one word",
            f"found {window}",
            "give window=None for whole documents",
        )
    known = as_lexicon(lexicon, "occupations", terms=terms)
    known = known[~known["form"].fillna("").str.contains("gendered", regex=False)]
    names = sorted(known["group"].unique())
    counts = np.zeros((len(names), 4), np.int64)
    for codes in _near(texts, known, names, window, field):
        np.add.at(counts, (codes[0], codes[1]), 1)
    values = known.groupby("group")["value"].first().astype(float).to_dict()
    rows = [_row(name, counts[place], values[name], level) for place, name in enumerate(names)]
    return OCCUPATION_PRONOUNS.from_rows(_adjusted([row for row in rows if row["documents"]], correction))


@dataclass(frozen=True)
class Agreement:
    """Rank correlation of a text's shares with the labour force.

    Attributes
    ----------
    rho, low, high : float
        Spearman's coefficient and its interval; NaN with fewer than four occupations.
    n : int
        Occupations compared.
    level : float
        Of the interval.
    """

    rho: float
    low: float
    high: float
    n: int
    level: float

    def __str__(self) -> str:
        """Say it in a sentence."""
        if self.n < LEAST_FOR_AGREEMENT:
            return f"Too few occupations to compare with the labour force ({self.n})."
        return (
            f"Over {self.n} occupations the share of feminine pronouns goes with the share of women in the "
            f"labour force at a Spearman correlation of {self.rho:.2f} "
            f"[{self.level:.0%} interval {self.low:.2f} to {self.high:.2f}]."
        )


def occupation_agreement(frame: pd.DataFrame, *, min_documents: int = 5, level: float = 0.95) -> Agreement:
    """How far the pronouns near occupations rank them as the labour force does.

    Parameters
    ----------
    frame : pandas.DataFrame
        What `occupation_pronouns` gives.
    min_documents : int
        Occupations with fewer documents that have pronouns of one gender only are left out: their shares are noise.
    level : float
        Of the interval.

    Returns
    -------
    Agreement
        ``rho``, ``low``, ``high`` and ``n``; prints as a sentence.

    Notes
    -----
    Interval by Fisher's transformation with the variance of Bonett and Wright (2000), (1 + rho²/2)/(n - 3).
    Misleading: it takes the occupations for a random sample, and noise in the shares of rare occupations pulls
    the coefficient towards 0. A high value says that a text ranks as the labour force does, not that its
    shares are as moderate.

    Examples
    --------
    >>> texts = ["The nurse said she slept."] * 6 + ["The plumber said he slept."] * 6
    >>> print(occupation_agreement(occupation_pronouns(texts)))
    Too few occupations to compare with the labour force (2).
    """
    from scipy.stats import spearmanr

    from leakkit.frames.bias_text import OCCUPATION_PRONOUNS
    from leakkit.stats.checks import normal_quantile

    OCCUPATION_PRONOUNS.validate(frame)
    enough = (frame["feminine"] + frame["masculine"]).ge(max(min_documents, 1))
    told = frame[enough & frame["labour_share"].notna()]
    shares, labour = told["share"].to_numpy(float), told["labour_share"].to_numpy(float)
    n = len(told)
    if n < LEAST_FOR_AGREEMENT or len(set(shares)) < 2 or len(set(labour)) < 2:
        return Agreement(np.nan, np.nan, np.nan, n, level)
    rho = float(spearmanr(shares, labour).statistic)
    if abs(rho) > 1 - 1e-12:
        return Agreement(rho, rho, rho, n, level)
    half = normal_quantile(level) * sqrt((1 + rho**2 / 2) / (n - 3))
    return Agreement(rho, tanh(atanh(rho) - half), tanh(atanh(rho) + half), n, level)


def _near(
    texts: Any, known: pd.DataFrame, names: list[str], window: int | None, field: str | None
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give, batch by batch, occupation and pronouns (0 none, 1 feminine, 2 masculine, 3 both) of documents."""
    import pandas as pd

    pronouns = load_lexicon("pronouns")
    pronouns = pronouns[pronouns["group"].isin([FEMININE, MASCULINE])]
    search = Terms(pd.concat([known.assign(axis="occupation"), pronouns], ignore_index=True))
    place = {name: index for index, name in enumerate(names)}
    roles = np.array(
        [place[group] if axis == "occupation" else -1 - (group == MASCULINE) for axis, group in search.groups]
    )
    for batch in text_batches(texts, field=field):
        hits = search.find(batch)
        found, groups = search.of_groups(hits)
        yield _pairs(hits, found, roles[groups], window, len(names))


def _pairs(
    hits: Hits, found: np.ndarray, roles: np.ndarray, window: int | None, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Give occupation and pronouns near it for each document and occupation of a batch."""
    documents = hits.documents[found]
    if window is None:
        places, reach = documents, 0
    else:
        words, _ = hits.words()
        places, reach = (words + hits.documents * (window + 1))[found], window
    jobs = roles >= 0
    keys = documents[jobs] * size + roles[jobs]
    pairs, codes = np.unique(keys, return_inverse=True)
    near = np.zeros(len(pairs), np.int64)
    for role, bit in ((-1, 1), (-2, 2)):
        there = np.sort(places[roles == role])
        first = np.searchsorted(there, places[jobs] - reach, side="left")
        close = np.searchsorted(there, places[jobs] + reach, side="right") > first
        near |= bit * np.isin(np.arange(len(pairs)), codes[close])
    return pairs % size, near


def _row(name: str, counts: np.ndarray, value: float, level: float) -> dict[str, Any]:
    """Give one row of the frame."""
    from scipy.stats import binomtest

    from leakkit.stats import wilson_interval

    _, feminine, masculine, both = (int(count) for count in counts)
    row: dict[str, Any] = {
        "occupation": printable(name, 80),
        "documents": int(counts.sum()),
        "feminine": feminine,
        "masculine": masculine,
        "both": both,
    }
    labour = value if 0 <= value <= 1 else None  # NaN is neither
    row["labour_share"] = labour
    if n := feminine + masculine:
        low, high = (float(end) for end in wilson_interval(feminine, n, level))
        row |= {"share": feminine / n, "low": low, "high": high}
        if labour is not None:
            row |= {
                "excess": feminine / n - labour,
                "excess_low": low - labour,
                "excess_high": high - labour,
                "p_value": float(binomtest(feminine, n, labour).pvalue),
            }
    return row


def _adjusted(rows: list[dict[str, Any]], correction: str) -> list[dict[str, Any]]:
    """Add p-values corrected over the occupations tested."""
    from leakkit.stats import adjust_p

    p = np.array([row.get("p_value", np.nan) for row in rows], float)
    for row, adjusted in zip(rows, adjust_p(p, method=correction), strict=True):
        row["p_adjusted"] = None if np.isnan(adjusted) else float(adjusted)
    return rows
