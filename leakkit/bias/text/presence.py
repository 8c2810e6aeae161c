"""Whether a word stands in more documents of a group than chance puts there: exact, at equal lengths.

Documents are parted by length (strata). Within a stratum, if the group does not matter, the documents of the
group with the word are a draw without replacement (hypergeometric); over strata they add up. The p-value is
the probability of all totals that are no likelier than the one found (Fisher's exact test, Mantel-Haenszel
strata). What p-values a word can have at all is known, and goes into the correction over words: a word in
five documents can never be a discovery and costs the others nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

EXACT_UP_TO = 2_000
"""Words in more documents (and outside of as many) are tested by the normal approximation."""

RATIO = 1.5
LEAST_WEIGHT = 0.02
ALLOWANCE = 1.4
"""How much the corrected p-values are raised: some false discovery in 3 to 4 % of null runs, not 6."""

_TIES = 1 + 1e-7
_NEVER = 1e-15


class Attainable(NamedTuple):
    """Weighted p-values that words can have (`values`, rising) and the sum over words of the chance of each.

    `expected` adds up the chances from the least value on; `continuous` is the sum of the weights of words
    whose p-value can be anything between 0 and 1.
    """

    values: np.ndarray
    expected: np.ndarray
    continuous: float

    def expected_up_to(self, value: np.ndarray) -> np.ndarray:
        """Give how many words have at most this value on average when no group matters."""
        place = np.searchsorted(self.values, value * _TIES, side="right")
        return np.append(0.0, self.expected)[place] + self.continuous * value

    def joined(self, other: Attainable) -> Attainable:
        """Give the same over the words of two comparisons."""
        values = np.concatenate([self.values, other.values])
        masses = np.concatenate([np.diff(self.expected, prepend=0.0), np.diff(other.expected, prepend=0.0)])
        return _attainable(values, masses, self.continuous + other.continuous)


NOTHING_ATTAINABLE = Attainable(np.zeros(0), np.zeros(0), 0.0)


def exact_presence(
    found: np.ndarray, present: np.ndarray, members: np.ndarray, documents: np.ndarray, weights: np.ndarray
) -> tuple[np.ndarray, Attainable]:
    """Test each word for as many documents of the group as of the others, given lengths.

    Parameters
    ----------
    found : array of int, words x strata
        Documents of the group with the word.
    present : array of int, words x strata
        Documents with the word.
    members, documents : array of int, strata
        Documents of the group, and all.
    weights : array of float, words
        What a word weighs in the correction, from `power_weights`; must not rest on `found`.

    Returns
    -------
    p : array of float
        Two-sided p-value of each word.
    attainable : Attainable
        What p-values were possible, divided by the weights.

    Examples
    --------
    >>> p, _ = exact_presence(np.array([[3]]), np.array([[4]]), np.array([4]), np.array([8]), np.ones(1))
    >>> round(float(p[0]), 6)  # Fisher's lady tasting tea
    0.485714
    """
    share = members / np.maximum(documents, 1)
    spread = present * (documents - present) * share * (1 - share) / np.maximum(documents - 1, 1)
    totals, outside = found.sum(axis=1), documents.sum() - present.sum(axis=1)
    p = _normal_p(totals, present @ share, spread.sum(axis=1))
    rare = np.minimum(present.sum(axis=1), outside) <= EXACT_UP_TO
    drawn = _Draws(members, documents)
    values: list[np.ndarray] = []
    masses: list[np.ndarray] = []
    for word in np.flatnonzero(rare):
        lowest, chances, two_sided = drawn.total(present[word])
        p[word] = two_sided[totals[word] - lowest]
        likely = chances > _NEVER
        values.append(two_sided[likely] / weights[word])
        masses.append(chances[likely])
    if not values:
        return p, Attainable(np.zeros(0), np.zeros(0), float(weights.sum()))
    return p, _attainable(np.concatenate(values), np.concatenate(masses), float(weights[~rare].sum()))


def power_weights(present: np.ndarray, members: int, documents: int) -> np.ndarray:
    """Give what words weigh in the correction: the chance to find a ratio of 1.5, at least 0.02.

    The weight rests on how many documents a word is in, not on which: more power where there is some to be
    had, at the same error rate (Genovese, Roeder, Wasserman 2006).
    """
    from scipy.stats import norm

    share = members / max(documents, 1)
    effect = (RATIO - 1) * np.sqrt(share * (1 - share)) / (RATIO * share + 1 - share)
    elsewhere = np.maximum(1 - present / max(documents, 1), 0.05)
    return LEAST_WEIGHT + (1 - LEAST_WEIGHT) * norm.cdf(np.sqrt(present / elsewhere) * effect - 3)


def adjust_discrete(p: np.ndarray, weights: np.ndarray, attainable: Attainable) -> np.ndarray:
    """Correct p-values over words (Benjamini-Hochberg for discrete, weighted tests; Heyse 2011).

    The weighted p-value at place j of the sorted ones becomes the number of words that reach it when no
    group matters, over j: with p-values that can be anything and equal weights this is Benjamini and
    Hochberg's method. It is raised by `ALLOWANCE`, because words of a document go together.

    Examples
    --------
    >>> nothing_discrete = Attainable(np.zeros(0), np.zeros(0), 3.0)
    >>> adjusted = adjust_discrete(np.array([0.01, 0.5, 0.02]), np.ones(3), nothing_discrete)
    >>> (adjusted / ALLOWANCE).round(9).tolist()
    [0.03, 0.5, 0.03]
    """
    ranked = p / weights
    order = np.argsort(ranked, kind="stable")
    raised = ALLOWANCE * attainable.expected_up_to(ranked[order]) / np.arange(1, len(p) + 1)
    least = np.minimum.accumulate(raised[::-1])[::-1]
    adjusted = np.empty(len(p))
    adjusted[order] = np.clip(least, p[order], 1.0)
    return adjusted


def _attainable(values: np.ndarray, masses: np.ndarray, continuous: float) -> Attainable:
    """Sort what all words can reach."""
    order = np.argsort(values, kind="stable")
    return Attainable(values[order], np.cumsum(masses[order]), continuous)


def _normal_p(totals: np.ndarray, mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Give two-sided p-values by the normal approximation with continuity correction."""
    from scipy.stats import norm

    away = np.maximum(np.abs(totals - mean) - 0.5, 0.0)
    return 2 * norm.sf(away / np.sqrt(np.where(variance > 0, variance, 1.0)))


class _Draws:
    """Chances of how many documents of the group a word is in, stratum by stratum and added up."""

    def __init__(self, members: np.ndarray, documents: np.ndarray) -> None:
        from scipy.special import gammaln

        self._log = gammaln(np.arange(int(documents.max(initial=0)) + 2) + 1.0)
        self._sizes = [(int(a), int(n)) for a, n in zip(members, documents, strict=True)]
        self._known: dict[tuple[int, int], tuple[int, np.ndarray]] = {}
        self._totals: dict[bytes, tuple[int, np.ndarray, np.ndarray]] = {}

    def total(self, present: np.ndarray) -> tuple[int, np.ndarray, np.ndarray]:
        """Give the least total, the chances of it and of those above it, and their two-sided p-values."""
        key = present.tobytes()
        if key not in self._totals:
            lowest, chances = 0, np.ones(1)
            for stratum in np.flatnonzero(present):
                least, pmf = self._stratum(int(stratum), int(present[stratum]))
                lowest += least
                chances = np.convolve(chances, pmf) if len(pmf) > 1 else chances
            order = np.argsort(chances, kind="stable")
            reached = np.searchsorted(chances[order], chances * _TIES, side="right")
            two_sided = np.minimum(np.cumsum(chances[order])[reached - 1], 1.0)
            self._totals[key] = lowest, chances, two_sided
        return self._totals[key]

    def _stratum(self, stratum: int, present: int) -> tuple[int, np.ndarray]:
        """Give the hypergeometric chances in one stratum."""
        key = (stratum, present)
        if key not in self._known:
            a, n = self._sizes[stratum]
            k = np.arange(max(0, present - (n - a)), min(present, a) + 1)
            log = self._log
            chance = log[a] - log[k] - log[a - k] + log[n - a] - log[present - k] - log[n - a - present + k]
            pmf = np.exp(chance - (log[n] - log[present] - log[n - present]))
            self._known[key] = (int(k[0]), pmf / pmf.sum())
        return self._known[key]
