"""From counts to the rows of the frame of words: shares, ratios, log odds, both tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.presence import Attainable, exact_presence, power_weights
from leakkit.bias.text.word_counts import WordCounts
from leakkit.frames.bias_text import WORD_ASSOCIATIONS
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pyarrow as pa


def presence_columns(
    counts: WordCounts, group: int, reference: list[int], words: np.ndarray
) -> tuple[np.ndarray, np.ndarray, Attainable]:
    """Give the p-value of presence, the weight in the correction and the p-values that were possible."""
    both = [group, *reference]
    found = counts.present[group][:, words].T
    present = counts.present[both][:, :, words].sum(axis=0).T
    members, documents = counts.documents[group], counts.documents[both].sum(axis=0)
    weights = power_weights(present.sum(axis=1), int(members.sum()), int(documents.sum()))
    p, attainable = exact_presence(found, present, members, documents, weights)
    return p, weights, attainable


def figures(
    counts: WordCounts, group: int, reference: list[int], words: np.ndarray, level: float, prior: float
) -> dict[str, Any]:
    """Give the columns of one comparison, all but the test that was asked for."""
    from leakkit.stats import ratio_interval

    with_word = counts.present.sum(axis=1)
    k1, k2 = with_word[group, words], with_word[reference][:, words].sum(axis=0)
    n1, n2 = int(counts.documents[group].sum()), int(counts.documents[reference].sum())
    share, share_reference = k1 / n1, k2 / n2
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = share / share_reference
    low, high = ratio_interval(k1, n1, k2, n2, level=level)
    return {
        "documents": k1,
        "n_documents": np.full(len(words), n1),
        "documents_reference": k2,
        "n_documents_reference": np.full(len(words), n2),
        "tokens": counts.tokens[group, words],
        "tokens_reference": counts.tokens[reference][:, words].sum(axis=0),
        "share": share,
        "share_reference": share_reference,
        "ratio": ratio,
        "ratio_low": low,
        "ratio_high": high,
    } | _log_odds(counts, group, reference, words, level, prior)


def _log_odds(
    counts: WordCounts, group: int, reference: list[int], words: np.ndarray, level: float, prior: float
) -> dict[str, np.ndarray]:
    """Give log odds of tokens, shrunk to the corpus, and their spread over documents.

    A document's part in it is its occurrences less its length times the share of the word in both groups;
    the mean square of these parts is taken over both groups, so that a word that one group lacks has one.
    The statistic is the smaller of log odds over that spread and of the sum of the group's parts over its
    error: with groups of unequal size the former alone finds differences in noise. It is missing where the
    word is expected in fewer than ten documents of either side: no normal distribution there.
    """
    from scipy.stats import norm

    both = [group, *reference]
    y1, y = counts.tokens[group, words], counts.tokens[both][:, words].sum(axis=0)
    n1, n = counts.lengths[group], counts.lengths[both].sum()
    d1, d = counts.documents[group].sum(), counts.documents[both].sum()
    corpus = y / max(n, 1)
    square = counts.tokens_squared[both][:, words].sum(axis=0)
    square -= 2 * corpus * counts.tokens_by_length[both][:, words].sum(axis=0)
    square += corpus**2 * counts.lengths_squared[both].sum()
    share1 = np.minimum((y1 + prior * corpus) / (n1 + prior), _NOT_ALL)
    share2 = np.minimum((y - y1 + prior * corpus) / (n - n1 + prior), _NOT_ALL)
    odds = np.log(share1 / (1 - share1)) - np.log(share2 / (1 - share2))
    size1, size2 = (n1 + prior) * share1 * (1 - share1), (n - n1 + prior) * share2 * (1 - share2)
    spread = np.sqrt(np.maximum(square, 0) / max(d - 1, 1) * (d1 / size1**2 + (d - d1) / size2**2))
    reach = norm.ppf((1 + level) / 2) * spread
    part = np.sqrt(np.maximum(square, 0) / max(d - 1, 1) * d1 * (d - d1) / d)
    wald, score = (
        np.divide(value, error, out=np.zeros(len(words)), where=error > 0)
        for value, error in ((odds, spread), (y1 - n1 * corpus, part))
    )
    expected = counts.present[both][:, :, words].sum(axis=(0, 1)) * min(d1, d - d1) / d
    z = np.where(expected < _LEAST_EXPECTED, np.nan, np.sign(odds) * np.minimum(np.abs(wald), np.abs(score)))
    return {
        "log_odds": odds,
        "log_odds_low": odds - reach,
        "log_odds_high": odds + reach,
        "clustered_z": z,
        "clustered_p": 2 * norm.sf(np.abs(z)),
    }


def packed(
    parts: list[dict[str, Any]],
    names: list[str],
    words: list[str],
    method: str,
    p: np.ndarray,
    adjusted: np.ndarray,
    totals: tuple[int, int],
) -> pa.RecordBatch:
    """Put all comparisons into one batch of the frame; figures that cannot be told are missing."""
    import pyarrow as pa
    from scipy.stats import norm

    rows = len(p)
    columns: dict[str, Any] = {
        name: np.concatenate([part[name] for part in parts]) for name in parts[0] if name in _SAME
    }
    columns["word"] = [shown_word(words[w]) for part in parts for w in part["words"]]
    columns["group"] = [printable(names[part["names"].group], 200) for part in parts for _ in part["words"]]
    columns["reference"] = [printable(part["names"].name, 200) for part in parts for _ in part["words"]]
    if method == "presence":
        columns["z"] = norm.isf(np.maximum(p, 1e-300) / 2) * np.sign(
            columns["share"] - columns["share_reference"]
        )
    else:
        columns["z"] = np.concatenate([part["clustered_z"] for part in parts])
    columns |= {
        "method": [method] * rows,
        "p_value": p,
        "p_adjusted": adjusted,
        "n_tests": [totals[0]] * rows,
    }
    columns["documents_left_out"] = [totals[1]] * rows
    arrays = [
        pa.array(columns[field.name], field.type, from_pandas=True)
        for field in WORD_ASSOCIATIONS.arrow_schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=WORD_ASSOCIATIONS.arrow_schema)


def shown_word(word: str) -> str:
    """Give a word as frames show it: escaped; numbers, keys and the like masked but for their first two signs.

    Examples
    --------
    >>> shown_word("covid19"), shown_word("5551234567"), shown_word("9f3a07c1d2e84b56")
    ('covid19', '55… (10 characters)', '9f… (16 characters)')
    """
    if sum(map(str.isdigit, word)) < _DIGITS_OF_A_KEY:
        return printable(word, 100)
    return f"{printable(word[:2])}… ({len(word)} characters)"


_DIGITS_OF_A_KEY = 5
_LEAST_EXPECTED = 10
_NOT_ALL = 1 - 1e-12
"""Share of a word that is all there is in both groups: its odds are equal, not infinite."""
_SAME = frozenset(WORD_ASSOCIATIONS.names)
