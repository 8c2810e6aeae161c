"""Word embedding association tests: do two sets of words stand nearer to different attributes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.settings import check_keywords, check_whole
from leakkit.bias.text.vectors import Embeddings
from leakkit.bias.text.weat_tests import SIDES, FoundWords, WordTest, checked_tests, look_up
from leakkit.errors import BadParameterError
from leakkit.frames.bias_text import EMBEDDING_ASSOCIATIONS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from leakkit.bias.text.information import DocumentFolds

    Floats = NDArray[np.float64]

ENOUGH_COVERAGE = 0.7
ENOUGH_WORDS = 8
FEWEST = 10
NO_DOCUMENTS = "no test by documents (vectors were given, or no folds): p may be far too small"
_CORRECTIONS = ("holm", "bh", "none")


def embedding_associations(
    texts: Any,
    tests: Mapping[str, Mapping[str, Any]] | Iterable[str] | None = None,
    *,
    x: Iterable[str] | None = None,
    y: Iterable[str] | None = None,
    a: Iterable[str] | None = None,
    b: Iterable[str] | None = None,
    resamples: int = 9_999,
    null_draws: int = 1_000,
    folds: int = 50,
    correction: str = "holm",
    level: float = 0.95,
    seed: int = 0,
    field: str | None = None,
    **training: Any,
) -> pd.DataFrame:
    """Measure whether two sets of words stand nearer to different attributes (WEAT).

    Parameters
    ----------
    texts : Embeddings, or texts
        Word vectors (:func:`train_embeddings`, :func:`load_vectors`, ``Embeddings.from_vectors``), or the
        documents to train them on.
    tests : mapping, str or list of str, optional
        Name of a test -> ``{"x": [...], "y": [...], "a": [...], "b": [...]}``: targets x and y, attributes
        a and b. A key ``"names"`` may hold what the four sets are called. Or names of tests that ship with
        leakkit (:func:`load_association_tests`).
    x, y, a, b : iterable of str, optional
        One test alone, instead of `tests`.
    resamples : int
        Partitions drawn where the words are too many to count all partitions (more than 40 targets).
    null_draws : int
        Random target sets of like frequency to draw for each test; 0 for none.
    folds : int
        Where texts are given: parts of the documents that are left out in turn to judge by documents; 0 for
        none. At least 10 otherwise.
    correction : {'holm', 'bh', 'none'}
        Correction of the p-values over the tests.
    level : float
        Level of the interval.
    seed : int
        Seed of partitions, random targets and training.
    field : str, optional
        Which column of a frame of texts.
    **training
        Passed on to :func:`train_embeddings` where texts are given.

    Returns
    -------
    pandas.DataFrame
        Columns of ``leakkit.frames.EMBEDDING_ASSOCIATIONS``, one row a test. ``effect_size`` is that of
        Caliskan, Bryson and Narayanan (Science, 2017): mean association of x less that of y over the
        standard deviation (ddof 1) of both; missing where a set has too few words in the vocabulary. Its
        interval is about words drawn from more words of their kind, not about documents. ``p_value`` is
        two-sided over all partitions of the targets, exact for up to 40 of them. ``p_documents`` (texts only)
        takes documents as the unit: a jackknife over folds of documents. ``p_adjusted`` corrects the
        larger of the two. ``null_low``, ``null_high`` and ``p_null`` tell how random targets of like
        frequency come out.

    Raises
    ------
    BadParameterError
        If sets are missing or share words, or a setting is out of its range.

    Notes
    -----
    What misleads: words of a set that share few documents make ``p_value`` far too small, and random
    targets do not show it (``p_documents`` does; finished embeddings have none). Words missing from the
    vocabulary can turn the sign (see ``coverage``). An effect size is large by construction in sets of
    few words. A small corpus gives unsteady vectors. An association of words in text is neither a cause
    nor anybody's intent. Words that are targets and attributes at once are counted in ``warning``.

    Examples
    --------
    >>> import leakkit as lk
    >>> words = ["rose", "tulip", "wasp", "gnat", "joy", "peace", "filth", "agony"]
    >>> vectors = [[1, 0.1], [1, 0.2], [0.1, 1], [0.2, 1], [1, 0], [0.9, 0], [0, 1], [0, 0.9]]
    >>> made = lk.Embeddings.from_vectors(words, vectors)
    >>> found = lk.embedding_associations(made, x=words[:2], y=words[2:4], a=words[4:6], b=words[6:])
    >>> found[["effect_size", "p_value", "p_method"]].round(2).values.tolist()
    [[1.73, 0.33, 'exact']]
    """
    checked = checked_tests(tests, {"x": x, "y": y, "a": a, "b": b})
    check_whole(resamples=resamples)
    check_whole(0, null_draws=null_draws, folds=folds, seed=seed)
    _check_settings(folds, correction, level)
    words = {word for test in checked for side in test.words.values() for word in side}
    embeddings, by_document = _embeddings(texts, words, folds, seed, field, training)
    rows = [_row(embeddings, by_document, t, resamples, null_draws, level, seed) for t in checked]
    _adjust(rows, correction)
    return EMBEDDING_ASSOCIATIONS.from_rows(rows)


def _check_settings(folds: int, correction: str, level: float) -> None:
    """Raise where a setting is out of its range."""
    if folds and folds < FEWEST:
        raise BadParameterError(f"Expected {FEWEST} or more folds, or 0", f"found {folds}", "leave it out")
    if correction not in _CORRECTIONS:
        raise BadParameterError(
            f"Expected a correction among {', '.join(_CORRECTIONS)}", "found another", "use 'holm'"
        )
    if not 0 < level < 1:
        raise BadParameterError("Expected a level between 0 and 1", f"found {level}", "use 0.95, say")


def _embeddings(
    texts: Any, words: Iterable[str], folds: int, seed: int, field: str | None, training: Mapping[str, Any]
) -> tuple[Embeddings, DocumentFolds | None]:
    """Give the embeddings; trained where texts are given, and then with folds of documents."""
    if not isinstance(texts, Embeddings):
        from leakkit.bias.text.embeddings import TooLittleTextError, train_embeddings, train_with_folds

        check_keywords(training, train_embeddings)

        try:
            return train_with_folds(texts, words, folds, seed=seed, field=field, **training)
        except TooLittleTextError:  # then no word of any test is known, and each row says so
            return Embeddings((), np.zeros((0, 1), np.float32)), None
    if training or field is not None:
        raise BadParameterError(
            "Expected no settings of training beside finished embeddings",
            f"found {', '.join(sorted([*training, *(['field'] if field is not None else [])]))}",
            "give them to train_embeddings",
        )
    return texts, None


def _row(
    embeddings: Embeddings,
    by_document: DocumentFolds | None,
    test: WordTest,
    resamples: int,
    null_draws: int,
    level: float,
    seed: int,
) -> dict[str, Any]:
    """Give one row of the frame."""
    found = look_up(embeddings, test)
    asked = sum(side.asked for side in found.values())
    row: dict[str, Any] = {
        "test": test.name,
        "p_method": "none",
        "warning": _warning(found, by_document is not None),
    }
    row["coverage"] = sum(len(side.rows) for side in found.values()) / asked
    for side, column in zip(SIDES, ("targets_x", "targets_y", "attributes_a", "attributes_b"), strict=True):
        row |= {column: test.names[side], f"n_{side}": len(found[side].rows), f"of_{side}": found[side].asked}
    if min(len(found["x"].rows), len(found["y"].rows)) < 2 or not len(found["a"].rows) * len(found["b"].rows):
        return row
    row |= _figures(embeddings, found, resamples, null_draws, level, seed)
    if by_document is not None:
        sides = {side: words.rows for side, words in found.items()}
        difference = row["difference"]
        row["p_documents"] = by_document.p_value(sides, difference)
    return row


def _figures(
    embeddings: Embeddings,
    found: Mapping[str, FoundWords],
    resamples: int,
    null_draws: int,
    level: float,
    seed: int,
) -> dict[str, Any]:
    """Give effect, p-value and null of one test whose sets are large enough."""
    from leakkit.bias.text.partitions import partition_p
    from leakkit.bias.text.weat_effects import effect_with_interval

    attributes = [embeddings.unit(found[side].rows).mean(axis=0) for side in ("a", "b")]
    associations = embeddings.project(attributes[0] - attributes[1])
    on_x, on_y = associations[found["x"].rows], associations[found["y"].rows]
    effect, low, high = effect_with_interval(on_x, on_y, level)
    p_value, method = partition_p(on_x, on_y, resamples=resamples, seed=seed)
    return {
        "effect_size": _known(effect),
        "effect_size_low": _known(low),
        "effect_size_high": _known(high),
        "statistic": float(on_x.sum() - on_y.sum()),
        "difference": float(on_x.mean() - on_y.mean()),
        "p_value": p_value,
        "p_method": method,
        **_null(embeddings, found, associations, effect, null_draws, seed),
    }


def _null(
    embeddings: Embeddings,
    found: Mapping[str, FoundWords],
    associations: Floats,
    effect: float,
    draws: int,
    seed: int,
) -> dict[str, Any]:
    """Give what random targets of like frequency come to; nothing where too few words are left."""
    from leakkit.bias.text.weat_nulls import draw_targets, effect_sizes

    targets = np.concatenate([found["x"].rows, found["y"].rows])
    excluded = np.concatenate([side.rows for side in found.values()])
    drawn = draw_targets(embeddings, targets, excluded, draws=draws, seed=seed)
    size = len(found["x"].rows)
    effects = effect_sizes(associations[drawn[:, :size]], associations[drawn[:, size:]])
    effects = effects[np.isfinite(effects)]
    if not len(effects) or not math.isfinite(effect):
        return {"n_null": len(effects)}
    low, high = np.quantile(effects, [0.025, 0.975])
    beyond = int((np.abs(effects) >= abs(effect) - 1e-9).sum())
    p_null = (1 + beyond) / (1 + len(effects))
    return {"null_low": float(low), "null_high": float(high), "p_null": p_null, "n_null": len(effects)}


def _known(value: float) -> float | None:
    """Give a number, or None where it is not one."""
    return value if math.isfinite(value) else None


def _warning(found: Mapping[str, FoundWords], by_documents: bool) -> str:
    """Say what to know before the row is read; empty for nothing."""
    rows = {side: len(words.rows) for side, words in found.items()}
    coverage = sum(rows.values()) / sum(words.asked for words in found.values())
    parts = []
    nothing = min(rows["x"], rows["y"]) < 2 or not rows["a"] or not rows["b"]
    if nothing:
        parts.append("too few words in the vocabulary to measure anything")
    if coverage < ENOUGH_COVERAGE:
        parts.append(f"only {coverage:.0%} of the words are in the vocabulary")
    few = [f"{side} has {n}" for side, n in rows.items() if n < ENOUGH_WORDS]
    if few:
        parts.append(f"fewer than {ENOUGH_WORDS} words: {', '.join(few)}")
    common = set(np.concatenate([found["x"].rows, found["y"].rows]).tolist()) & set(
        np.concatenate([found["a"].rows, found["b"].rows]).tolist()
    )
    if common:
        parts.append(f"{len(common)} of the words are targets and attributes at once")
    if not by_documents and not nothing:
        parts.append(NO_DOCUMENTS)
    return "; ".join(parts)


def _adjust(rows: list[dict[str, Any]], correction: str) -> None:
    """Add the p-values corrected over all tests that have one: the larger of those by words and documents."""
    from leakkit.stats import adjust_p

    raw = [max(row.get("p_value", math.nan), row.get("p_documents") or 0.0) for row in rows]
    for row, adjusted in zip(rows, adjust_p(raw, method=correction), strict=True):
        row["p_adjusted"] = _known(float(adjusted))
