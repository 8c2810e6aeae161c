"""Which words stand in the documents of one group more than in those of others, document by document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from leakkit.bias.text.batches import column_of
from leakkit.bias.text.presence import NOTHING_ATTAINABLE, adjust_discrete
from leakkit.bias.text.settings import check_keywords, check_whole
from leakkit.bias.text.term_places import TermFinder
from leakkit.bias.text.tokens import Vocabulary, most_frequent, words_of
from leakkit.bias.text.word_counts import (
    STRATA,
    Batch,
    WordCounts,
    batches_by_label,
    batches_by_terms,
    count_words,
)
from leakkit.errors import BadParameterError
from leakkit.frames.bias_text import WORD_ASSOCIATIONS, WORD_METHODS
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

MIN_DOCUMENTS = 5
NO_TERM = "no term"
OTHERS = "others"
_CORRECTIONS = ("bh", "holm", "none")
_PRIOR = 500.0
"""Words' worth of the corpus that are added to each group before log odds are taken."""


class _Comparison(NamedTuple):
    """Two sets of groups, by number."""

    group: int
    reference: list[int]
    name: str


def word_associations(
    texts: Any,
    groups: Any = None,
    *,
    terms: Any = None,
    lexicon: Any = None,
    reference: str | None = None,
    method: str = "presence",
    window: int | None = None,
    min_documents: int | None = None,
    correction: str = "bh",
    level: float = 0.95,
    field: str | None = None,
    leave_out: Iterable[str] = (),
    most_words: int | None = None,
    equal_lengths: bool = False,
) -> pd.DataFrame:
    """Compare how often words stand in the documents of each group and in those of a reference.

    The document is the unit: words come in bursts, and a test that counts every occurrence finds hundreds of
    differences between groups drawn at random. An association is neither a cause nor an intent.

    Parameters
    ----------
    texts : iterable of str, Series, DataFrame, Arrow table, Records or Path
        Documents, as `text_batches` reads them; streamed. Those without a word (missing texts) are left out.
    groups : sequence or str, optional
        One label a document (missing: not used), or the column of the frame `texts` that holds them.
    terms, lexicon : optional
        Instead of `groups`, one or the other: terms of each group (``{"nurses": ["nurse", "nurses"]}``), a
        lexicon frame, or the name or path of one. A document belongs to the only group it mentions; one that
        mentions several is left out. Words of the terms, and those that hold one ("nurse's"), are not tested.
    reference : str, optional
        Group that all others are compared with; each group with all others together when left out. With
        `terms`, "no term" stands for documents that mention none; it is the reference of a single group.
    method : {'presence', 'clustered_log_odds'}
        Which test the p-value is of; the other's figures are there too. ``presence``: exact test of how
        many documents have the word. ``clustered_log_odds``: log odds of tokens with a prior of the corpus,
        its variance taken over documents; less power, no test of words expected in fewer than ten documents of
        either side, and where many words differ others are called different too often, as shares of tokens
        push each other.
    window : int, optional
        With `terms`: only words at most so many words from a term count, within the document.
    min_documents : int, optional
        Words in fewer of the compared documents are left out; 5 when left out.
    correction : {'bh', 'holm', 'none'}
        Over all words and groups. ``bh`` for ``presence`` knows which p-values a word can have at all and
        weighs words by the power there is, see Notes.
    level : float
        Of the intervals.
    field : str, optional
        Column or field with the texts.
    leave_out : iterable of str
        Words not to test.
    most_words : int, optional
        Test only so many words, those in most documents.
    equal_lengths : bool
        Compare documents of like length only (strata by doubling; Mantel-Haenszel). Wise where documents of
        one group are longer: longer documents have more of every word. It costs power when the words in
        question make the documents longer.

    Returns
    -------
    pandas.DataFrame
        A frame as ``lk.frames.WORD_ASSOCIATIONS.describe()`` says, sorted by group and p-value. `ratio` has
        Koopman's score interval and does not know of `equal_lengths`. Empty when no word is tested.

    Raises
    ------
    BadParameterError
        Not exactly one of `groups` and `terms`, fewer than two groups with documents, labels and documents
        of different number, an unknown reference, or a value that is not allowed.

    Notes
    -----
    Log odds: Monroe, Colaresi, Quinn, Political Analysis 16 (2008) 372-403; variance over documents instead
    of tokens. Correction of discrete p-values: Heyse, in Recent Advances in Biostatistics (2011); weights:
    Genovese, Roeder, Wasserman, Biometrika 93 (2006) 509-524. In 1,000 null runs of
    `benchmarks/bias_words.py` (2,499 documents, 7,354 words) 3.4 % had some false discovery; power at a rate
    ratio of 1.5 was .87 where plain Benjamini-Hochberg on the same tests had .60.

    Examples
    --------
    >>> texts = ["she is a nurse"] * 20 + ["he is a pilot"] * 20
    >>> found = word_associations(texts, ["ward"] * 20 + ["crew"] * 20, reference="crew")
    >>> found[["word", "documents", "documents_reference"]].head(2).values.tolist()
    [['he', 0, 20], ['nurse', 20, 0]]
    >>> bool(found["p_adjusted"].iloc[0] < 0.001)
    True
    """
    by_terms = terms is not None or lexicon is not None
    _check(method, correction, window, min_documents, most_words, groups, by_terms)
    strata, without = STRATA if equal_lengths else 1, words_of(leave_out)
    finder = TermFinder(terms, lexicon) if by_terms else None
    if finder is not None:
        vocabulary, names = finder.vocabulary, list(finder.names)
        with_none = reference == NO_TERM or len(names) == 1
        if with_none and (NO_TERM in names or reference not in (None, NO_TERM)):
            raise BadParameterError(
                f"Expected {NO_TERM!r} as the reference of one group, and no group of that name",
                f"found {printable(str(reference), 40)!r}",
                "add a group, rename it, or leave the reference out",
            )
        if with_none and window is not None:
            raise BadParameterError(
                "Expected two groups of terms for a window", "found one", "add a group, or leave window out"
            )
        batches: Iterable[Batch] = batches_by_terms(texts, finder, field, window, with_none)
        names += [NO_TERM] if with_none else []
        reference = NO_TERM if with_none else reference
    else:
        vocabulary = Vocabulary()
        named = isinstance(groups, str) and hasattr(texts, "columns")
        labels = column_of(texts, groups, "correct groups") if named else groups
        names, batches = batches_by_label(texts, labels, field, vocabulary)
    counts = count_words(batches, vocabulary, len(names), strata)
    comparisons = _comparisons(names, counts, reference)
    without |= set(finder.words if finder else ())
    limits = (min_documents or MIN_DOCUMENTS, most_words)
    options = (method, correction, level)
    return _frame(counts, comparisons, names, vocabulary.words, without, limits, options)


def keyness(texts: Any, groups: Any = None, *, top: int = 20, **options: Any) -> pd.DataFrame:
    """Give the words that tell a group best: `word_associations`, the `top` words of each group, ranked.

    Parameters
    ----------
    texts, groups, options
        As for `word_associations`.
    top : int
        Words of each group; only words more common in the group than in its reference.

    Returns
    -------
    pandas.DataFrame
        As of `word_associations`; the surest first. `p_adjusted` is over all words that were tested, so look
        at it before you believe a row.

    Examples
    --------
    >>> texts = ["she is a nurse"] * 20 + ["he is a pilot"] * 20
    >>> keyness(texts, ["ward"] * 20 + ["crew"] * 20, top=1)[["group", "word"]].values.tolist()
    [['crew', 'he'], ['ward', 'nurse']]
    """
    check_whole(top=top)
    check_keywords(options, word_associations)
    found = word_associations(texts, groups, **options)
    kept = found[(found["share"] > found["share_reference"]).fillna(False)]
    return kept.groupby("group", sort=False, observed=True).head(top).reset_index(drop=True)


def _check(method: str, correction: str, *rest: Any) -> None:
    """Refuse values that are not allowed."""
    window, min_documents, most_words, groups, by_terms = rest
    for name, value, allowed in (("method", method, WORD_METHODS), ("correction", correction, _CORRECTIONS)):
        if value not in allowed:
            raise BadParameterError(
                f"Expected {name} to be one of {', '.join(allowed)}", f"found {value!r}", "choose one of them"
            )
    check_whole(window=window, min_documents=min_documents, most_words=most_words)
    if (groups is None) == (not by_terms):
        found = "found neither" if groups is None else "found both"
        raise BadParameterError("Expected groups or terms", found, "pass one of them")
    if window is not None and not by_terms:
        raise BadParameterError("Expected terms with a window", "found groups", "pass terms=, or no window")


def _comparisons(names: list[str], counts: WordCounts, reference: str | None) -> list[_Comparison]:
    """Say which groups are compared with which; two groups are one comparison, told from both sides."""
    there = [g for g in range(len(names)) if counts.documents[g].sum()]
    shown = ", ".join(printable(names[g], 40) for g in there[:8]) or "none"
    if reference is not None:
        if reference not in [names[g] for g in there]:
            raise BadParameterError(
                f"Expected documents of the reference {printable(str(reference), 40)!r}",
                f"found documents of: {shown}",
                "correct the reference",
            )
        base = names.index(reference)
        pairs = [_Comparison(g, [base], reference) for g in there if g != base]
    else:
        pairs = [_Comparison(g, [h for h in there if h != g], OTHERS) for g in there]
        if len(there) == 2:
            pairs = [_Comparison(g, [h], names[h]) for g, h in (there, there[::-1])]
    if len(there) < 2:
        raise BadParameterError(
            "Expected documents of two groups", f"found documents of: {shown}", "correct the groups or terms"
        )
    return pairs


def _frame(
    counts: WordCounts,
    comparisons: list[_Comparison],
    names: list[str],
    words: list[str],
    without: set[str],
    limits: tuple[int, int | None],
    options: tuple[str, str, float],
) -> pd.DataFrame:
    """Make the frame of all comparisons."""
    from leakkit.bias.text.word_rows import figures, packed, presence_columns

    method, correction, level = options
    parts, attainable = [], NOTHING_ATTAINABLE
    mirrored = len(comparisons) == 2 and comparisons[0].reference == [comparisons[1].group]
    for place, comparison in enumerate(comparisons):
        chosen = _chosen(counts, comparison, words, without, limits)
        part = figures(counts, comparison.group, comparison.reference, chosen, level, _PRIOR)
        tested = presence_columns(counts, comparison.group, comparison.reference, chosen)
        part |= {"words": chosen, "presence_p": tested[0], "weights": tested[1], "names": comparison}
        if not (mirrored and place):
            attainable = attainable.joined(tested[2])
        parts.append(part)
    p_name = "presence_p" if method == "presence" else "clustered_p"
    p = np.concatenate([part[p_name] for part in parts[: 1 if mirrored else None]])
    weights = np.concatenate([part["weights"] for part in parts[: 1 if mirrored else None]])
    if method == "presence" and correction == "bh":
        adjusted = adjust_discrete(p, weights, attainable)
    else:
        from leakkit.stats import adjust_p

        adjusted = np.asarray(adjust_p(p, method=correction))
    if mirrored:
        p, adjusted = np.tile(p, 2), np.tile(adjusted, 2)
    totals = int(np.isfinite(p).sum()) // (2 if mirrored else 1), counts.left_out
    return WORD_ASSOCIATIONS.from_batches([packed(parts, names, words, method, p, adjusted, totals)])


def _chosen(
    counts: WordCounts,
    comparison: _Comparison,
    words: list[str],
    without: set[str],
    limits: tuple[int, int | None],
) -> np.ndarray:
    """Give the numbers of the words to test, by how many of the compared documents they are in."""
    groups = [comparison.group, *comparison.reference]
    present = counts.present[groups].sum(axis=(0, 1))[: len(words)]
    common = [n for n in np.flatnonzero(present >= limits[0]) if words[n] and words[n] not in without]
    chosen = np.array(common, np.int64)
    return most_frequent(chosen, present[chosen], words, limits[1])
