"""What a model answers to prompts that differ in one term: refusals, kind and unkind words, length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from leakkit.bias.text.batches import text_batches
from leakkit.bias.text.mentions import counts_in, word_list
from leakkit.bias.text.pairs import check_pairs, find_pairs
from leakkit.errors import BadParameterError
from leakkit.frames import OUTPUT_COMPARISONS
from leakkit.leak.text import printable
from leakkit.stats.paired import mcnemar_p, mean_interval, paired_share_interval, sign_flip_p

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MEASURES = ("refusal", "pleasant", "unpleasant", "words")
_BUNDLED = {"refusal": "refusals", "pleasant": "valence", "unpleasant": "valence"}


def compare_outputs(
    outputs: pd.DataFrame,
    *,
    lexicon: Any = None,
    terms: Any = None,
    pairs: pd.DataFrame | None = None,
    measures: Sequence[str] | Mapping[str, Sequence[str] | None] = MEASURES,
    reference: str | Mapping[str, str] | None = None,
    correction: str = "holm",
    level: float = 0.95,
    min_pairs: int = 10,
    resamples: int = 10_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Answers of a model to prompts that differ in one term alone, group beside reference.

    Parameters
    ----------
    outputs : DataFrame
        Columns ``prompt`` and ``response``, for example what `read_outputs` gives. Of several models
        each pair stays within one; pass the rows of one model for figures of that model. A missing answer
        is left out of every measure; an empty one is an answer.
    lexicon, terms : optional
        The groups, as for `find_pairs`.
    pairs : DataFrame, optional
        What `find_pairs` gave for `outputs`; found anew when left out.
    measures : sequence of str, or dict
        "refusal" (a phrase of the bundled refusals: share of answers), "pleasant" and "unpleasant" (words
        of the bundled list in an answer: mean), "words" (length: mean). In a dict, a name of your own
        with a list of terms is the share of answers with one of them; a name above with None is as
        above.
    reference : str or dict of axis to str, optional
        Group that the others are compared with. Left out: in each axis the group in most pairs, the
        first by name where several are.
    correction : {'holm', 'bh', 'none'}
        How p-values are corrected, over all that was tested in the frame.
    level : float
        Coverage of the intervals.
    min_pairs : int
        With fewer pairs a comparison is listed, but has no figures and is not tested.
    resamples, seed : int
        Random sign flips of the permutation test.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.OUTPUT_COMPARISONS`. Shares: exact McNemar test and Newcombe's interval
        for pairs. Means: sign-flip permutation test and Student's interval of the differences. A prompt
        that was asked several times counts once, with the mean of its answers (then shares are tested
        as means).

    Raises
    ------
    BadParameterError
        A measure, group or column that there is not.

    Notes
    -----
    Misleading: a phrase is no proof of a refusal, and a pleasant word may be denied ("not honest"); read
    some answers. Pairs made from one template differ in place or style only, so they say little about
    other prompts. The unit is the pair: tests that treat answers as independent waste power or, where
    prompts repeat, invent it. For words that no list holds run
    ``word_associations(outputs["response"], outputs["term"])``: each answer is a document, its group the
    term that was asked about.

    Examples
    --------
    >>> import leakkit as lk
    >>> from leakkit.bias.text.outputs import read_outputs
    >>> records = lk.open_leak(lk.sample_leak()).records(paths=["evals/paired_prompts.jsonl"])
    >>> found = compare_outputs(
    ...     read_outputs(records),
    ...     measures=["refusal"],
    ...     reference={"community": "Hillfolk", "craft": "weavers"},
    ... )
    >>> found[["axis", "group", "only_group", "only_reference"]].values.tolist()
    [['community', 'Marshlanders', 47, 12], ['craft', 'potters', 6, 9]]
    """
    specs = _measures(measures)
    texts = _responses(outputs)
    if pairs is None:
        pairs = find_pairs(outputs, lexicon=lexicon, terms=terms)
    pairs = check_pairs(pairs, len(outputs))
    _check_reference(pairs, reference)
    known = outputs["response"].notna().to_numpy(bool)
    values = {spec: np.where(known, spec.of(texts), np.nan) for spec in specs}
    rows = []
    for axis, part in pairs.groupby("axis", sort=True):
        against = _reference(part, str(axis), reference)
        for spec, each in values.items():
            for row in _beside(part, against, spec, each, level, min_pairs, (resamples, seed)):
                rows.append({"axis": str(axis), "reference": against, "measure": spec.name, **row})
    return OUTPUT_COMPARISONS.from_rows(_adjusted(rows, correction))


class _Measure(NamedTuple):
    """One measure: its words (all words when empty), and whether an answer has it or has so many."""

    name: str
    terms: tuple[str, ...]
    share: bool

    def of(self, texts: pa.ChunkedArray) -> Floats:
        """Give the value of each answer."""
        terms = word_list(self.terms) if self.terms else None
        counts = np.concatenate([[0], *(counts_in(batch, terms) for batch in texts.chunks)])[1:].astype(float)
        return np.minimum(counts, 1.0) if self.share else counts


def _measures(measures: Sequence[str] | Mapping[str, Sequence[str] | None]) -> list[_Measure]:
    """Give the measures asked for."""
    if isinstance(measures, str):
        measures = [measures]
    lists = measures if isinstance(measures, Mapping) else dict.fromkeys(measures)
    return [_measure(str(name), words) for name, words in lists.items()]


def _measure(name: str, words: Sequence[str] | None) -> _Measure:
    """Give one measure: a list of the user's own, or one that is bundled."""
    if words is not None:
        if isinstance(words, str) or not words:
            raise BadParameterError(
                f"Expected a list of terms for {printable(name, 40)!r}", "found none", "pass some terms"
            )
        return _Measure(printable(name, 60), tuple(map(str, words)), True)
    if name not in MEASURES:
        raise BadParameterError(
            f"Expected measures of {', '.join(MEASURES)}",
            f"found {printable(name, 40)!r}",
            "pass a dict of your measure and its list of terms",
        )
    if name == "words":
        return _Measure(name, (), False)
    from leakkit.bias.text.lexicons import load_lexicon

    frame = load_lexicon(_BUNDLED[name])
    return _Measure(name, tuple(frame.loc[frame["group"] == name, "term"]), name == "refusal")


def _responses(outputs: Any) -> pa.ChunkedArray:
    """Give the answers, in batches."""
    import pyarrow as pa

    if not hasattr(outputs, "iloc") or not {"prompt", "response"} <= set(outputs.columns):
        raise BadParameterError(
            "Expected a frame with the columns prompt and response",
            f"found {type(outputs).__name__}",
            "pass what read_outputs gives",
        )
    return pa.chunked_array(list(text_batches(outputs, field="response")), pa.large_string())


def _reference(part: pd.DataFrame, axis: str, reference: str | Mapping[str, str] | None) -> str:
    """Give the group that the others of an axis are compared with."""
    sizes = part.groupby("group")["pair"].nunique().sort_index()
    asked = reference.get(axis) if isinstance(reference, Mapping) else reference
    if asked is not None and str(asked) in sizes.index:
        return str(asked)
    return str(sizes.idxmax())


def _check_reference(pairs: pd.DataFrame, reference: str | Mapping[str, str] | None) -> None:
    """Refuse a reference that is in no pair."""
    asked = reference.items() if isinstance(reference, Mapping) else [(None, reference)]
    for axis, name in asked:
        there = set(pairs["group"] if axis is None else pairs.loc[pairs["axis"] == axis, "group"])
        if name is not None and str(name) not in there:
            raise BadParameterError(
                "Expected a reference that is in some pair",
                f"found {printable(str(name), 40)!r}; the groups are {', '.join(sorted(there)[:8]) or 'none'}",
                "name one of them as reference=",
            )


def _beside(
    part: pd.DataFrame,
    against: str,
    spec: _Measure,
    values: Floats,
    level: float,
    min_pairs: int,
    drawing: tuple[int, int],
) -> list[dict[str, Any]]:
    """Compare each group of an axis with the reference, over the pairs that hold both."""
    place = part["place"].to_numpy(int)
    keyed = part.assign(value=values[place])[["pair", "group", "value"]]
    table = keyed.groupby(["pair", "group"], observed=True)["value"].mean().unstack()
    rows = []
    for group in (name for name in sorted(table.columns) if name != against):
        both = table[[group, against]].dropna().to_numpy(float)
        row: dict[str, Any] = {"group": str(group), "n_pairs": len(both)}
        if len(both) >= max(1, min_pairs):
            row |= _figures(both, spec.share, level, drawing)
        rows.append(row)
    return rows


def _figures(both: Floats, share: bool, level: float, drawing: tuple[int, int]) -> dict[str, Any]:
    """Give means, difference, interval and test of some pairs."""
    first, second = both[:, 0], both[:, 1]
    row: dict[str, Any] = {
        "mean": float(first.mean()),
        "mean_reference": float(second.mean()),
        "difference": float((first - second).mean()),
    }
    if share and np.isin(both, (0.0, 1.0)).all():
        a, b, c = (int(x) for x in ((first * second).sum(), (first > second).sum(), (second > first).sum()))
        low, high = paired_share_interval(a, b, c, len(both) - a - b - c, level)
        row |= {"only_group": b, "only_reference": c}
        row |= {"p_method": "mcnemar_exact", "p_value": mcnemar_p(b, c)}
    else:
        low, high = mean_interval(first - second, level)
        row |= {"p_method": "permutation", "p_value": sign_flip_p(first - second, *drawing)}
    ends = {"difference_low": low, "difference_high": high}
    return row | {name: None if np.isnan(end) else end for name, end in ends.items()}


def _adjusted(rows: list[dict[str, Any]], correction: str) -> list[dict[str, Any]]:
    """Correct the p-values over all rows that were tested."""
    from leakkit.stats import adjust_p

    given = np.array([row.get("p_value", np.nan) for row in rows], float)
    for row, value in zip(rows, adjust_p(given, correction), strict=True):
        row["p_adjusted"] = None if np.isnan(value) else float(value)
        row.setdefault("p_method", "none")
    return rows
