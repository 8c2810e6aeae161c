"""Label bias: whether texts that name a group carry a label more often than texts that name none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.batches import text_batches
from leakkit.bias.text.mentions import Group, folded, found_in, mentions, named_groups
from leakkit.errors import BadParameterError
from leakkit.frames import LABEL_BIAS
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

DISAGREEMENT = "disagreement"


def label_bias(
    texts: Any,
    labels: Any,
    *,
    label: Any,
    lexicon: Any = None,
    terms: Any = None,
    documents: Any = None,
    without: Sequence[str] = (),
    field: str | None = None,
    correction: str = "holm",
    level: float = 0.95,
    min_documents: int = 10,
) -> pd.DataFrame:
    """Share of texts with a label among those that name a group, beside those that name no group.

    Parameters
    ----------
    texts : list, Series, DataFrame, Arrow array, ...
        Annotated texts, as for `text_batches`; of a frame the column `field` ("text").
    labels : sequence or str
        The label of each text, in the same order; the name of a column when `texts` is a frame.
        Texts whose label is missing are left out.
    label : value or list of values
        Which label is counted; each of a list has rows of its own.
    lexicon, terms : optional
        The groups: a lexicon frame, name or path, or a dict ``{group: [term, ...]}``; the bundled
        identity terms by default.
    documents : sequence or str, optional
        What was annotated when several people annotated the same text (an id each row): then a document
        counts once, with the label when more than half of its annotators gave it.
    without : sequence of str
        Texts with one of these words are left out, for example insults: then texts that are harmless
        are compared.
    field : str, optional
        Text column.
    correction : {'holm', 'bh', 'none'}
        How p-values are corrected, over all rows that were tested.
    level : float
        Coverage of the intervals.
    min_documents : int
        Groups named by fewer texts are listed, but have no rates and are not tested.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.LABEL_BIAS`: k of n with Wilson, the difference with Newcombe, the ratio
        with score intervals, p from a test of two proportions. A text that names two groups counts for both.

    Raises
    ------
    BadParameterError
        Lengths differ, or no text has the label (the labels found are named).

    Notes
    -----
    Misleading: a difference may lie in the texts, not in the labels. Read a sample, or leave insults
    out with `without`. Naming a group is not belonging to it, and a lexicon misses what it does not list.
    Texts are not independent when one person wrote many.

    Examples
    --------
    >>> import leakkit as lk
    >>> table = lk.open_leak(lk.sample_leak()).read_table("training/labels/comments.csv")
    >>> found = label_bias(table, "toxic", label="1", lexicon="sample_communities")
    >>> found[["group", "k", "n"]].values.tolist()
    [['Hillfolk', 49, 352], ['Marshlanders', 108, 329]]
    """
    marks, ids = _column(texts, labels, "labels"), _column(texts, documents, "documents")
    wanted = list(label) if isinstance(label, (list, tuple)) else [label]
    groups = named_groups(terms, lexicon)
    named, kept = _named(texts, groups, without, field)
    _check_length(len(named), labels=marks, documents=ids)
    usable = kept & ~marks.isna().to_numpy(bool)
    rows = []
    for value in wanted:
        has = _carries(marks[usable], value)
        k_by, n_by, name = _units(has, named[usable], None if ids is None else ids[usable])
        rows += _counted(groups, name, k_by, n_by, str(value))
    return LABEL_BIAS.from_rows(_figures(rows, correction, level, min_documents))


def annotator_disagreement(
    texts: Any,
    labels: Any,
    documents: Any,
    *,
    lexicon: Any = None,
    terms: Any = None,
    field: str | None = None,
    correction: str = "holm",
    level: float = 0.95,
    min_documents: int = 10,
) -> pd.DataFrame:
    """Share of texts whose annotators disagree, for texts that name a group beside those that name none.

    Parameters
    ----------
    texts, labels, lexicon, terms, field, correction, level, min_documents
        As for `label_bias`; one row an annotation.
    documents : sequence or str
        The id of the text that was annotated. Texts with a single annotation are left out.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.LABEL_BIAS`; the label is called "disagreement".

    Notes
    -----
    Misleading: with more annotators a text finds more disagreement; compare only texts with as many.

    Examples
    --------
    >>> texts = ["the nurse waits"] * 2 + ["the cook waits"] * 2
    >>> found = annotator_disagreement(
    ...     texts, [1, 0, 1, 1], [1, 1, 2, 2], terms={"nurses": ["nurse"]}, min_documents=1
    ... )
    >>> int(found.loc[0, "k"]), int(found.loc[0, "n"]), int(found.loc[0, "k_others"])
    (1, 1, 0)
    """
    marks, ids = _column(texts, labels, "labels"), _column(texts, documents, "documents")
    groups = named_groups(terms, lexicon)
    named, kept = _named(texts, groups, (), field)
    _check_length(len(named), labels=marks, documents=ids)
    usable = kept & ~marks.isna().to_numpy(bool) & ~ids.isna().to_numpy(bool)
    by = marks[usable].groupby(ids[usable].to_numpy(), sort=True)
    several = (by.size() > 1).to_numpy()
    differ = (by.nunique() > 1).to_numpy()
    _, _, name = _units(np.ones(int(usable.sum()), bool), named[usable], ids[usable])
    rows = _counted(groups, name[several], differ[several], np.ones(int(several.sum()), bool), DISAGREEMENT)
    return LABEL_BIAS.from_rows(_figures(rows, correction, level, min_documents))


def _column(texts: Any, values: Any, what: str) -> Any:
    """Give labels or ids as a series with a plain index; a name is looked up in the frame of texts."""
    import pandas as pd

    if values is None:
        return None
    if isinstance(values, str):
        if not isinstance(texts, pd.DataFrame) or values not in texts.columns:
            raise BadParameterError(
                f"Expected {what} as a sequence, or the name of a column of texts",
                f"found {printable(values, 40)!r}",
                "pass one value for each text",
            )
        values = texts[values]
    return pd.Series(values).reset_index(drop=True)


def _check_length(n: int, **columns: Any) -> None:
    """Refuse columns of another length than the texts."""
    for what, column in columns.items():
        if column is not None and len(column) != n:
            raise BadParameterError(
                f"Expected one of {what} for each text",
                f"found {len(column)} for {n} texts",
                f"correct {what}",
            )


def _named(
    texts: Any, groups: list[Group], without: Sequence[str], field: str | None
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Give which text names which group, and which texts have none of the words to leave out."""
    if isinstance(without, str):
        raise BadParameterError("Expected a list of words", "found one text", "put it in a list")
    named, kept = [np.zeros((0, len(groups)), bool)], [np.zeros(0, bool)]
    for batch in text_batches(texts, field=field):
        words = folded(batch)
        named.append(mentions(words, groups))
        kept.append(~found_in(words, list(without)))
    return np.concatenate(named), np.concatenate(kept)


def _carries(marks: Any, value: Any) -> NDArray[np.bool_]:
    """Tell which labels are the one looked for."""
    has = np.asarray((marks == value).fillna(False), bool)
    if not has.any():
        has = np.asarray(marks.astype(str) == str(value), bool)
    if not has.any():
        found = ", ".join(printable(str(v), 40) for v in sorted(map(str, marks.unique()))[:5]) or "none"
        raise BadParameterError(
            "Expected a label that some text has",
            f"found {printable(str(value), 40)!r}; the labels are {found}",
            "name one of them as label=",
        )
    return has


def _units(
    has: NDArray[np.bool_], named: NDArray[np.bool_], ids: Any
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Give label, presence and groups of each document; rows of one document are put together."""
    if ids is None:
        return has, np.ones(len(has), bool), named
    import pandas as pd

    codes, _ = pd.factorize(ids.to_numpy(), sort=True)
    at, known = codes[codes >= 0], codes >= 0
    size = int(at.max()) + 1 if len(at) else 0
    total, with_label = np.bincount(at, minlength=size), np.bincount(at[has[known]], minlength=size)
    name = np.zeros((size, named.shape[1]), bool)
    np.logical_or.at(name, at, named[known])
    return with_label * 2 > total, np.ones(size, bool), name


def _counted(
    groups: list[Group],
    named: NDArray[np.bool_],
    has: NDArray[np.bool_],
    present: NDArray[np.bool_],
    label: str,
) -> list[dict[str, Any]]:
    """Count documents of each group and of none."""
    none = present & ~named.any(axis=1)
    return [
        {
            "axis": printable(group.axis, 60),
            "group": printable(group.name, 60),
            "label": printable(label, 60),
            "n": int(named[:, place].sum()),
            "k": int((named[:, place] & has).sum()),
            "n_others": int(none.sum()),
            "k_others": int((none & has).sum()),
        }
        for place, group in enumerate(groups)
        if named[:, place].any()
    ]


def _figures(
    rows: list[dict[str, Any]], correction: str, level: float, min_documents: int
) -> list[dict[str, Any]]:
    """Add rates, intervals and p-values where there are documents enough on both sides."""
    from leakkit.stats import (
        adjust_p,
        newcombe_difference,
        ratio_interval,
        two_proportion_p,
        wilson_interval,
    )

    enough = [row for row in rows if min(row["n"], row["n_others"]) >= max(1, min_documents)]
    if not enough:
        return rows
    k, n, k0, n0 = (np.array([row[c] for row in enough], float) for c in ("k", "n", "k_others", "n_others"))
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = {"rate": k / n, "rate_others": k0 / n0, "difference": k / n - k0 / n0}
        columns["ratio"] = np.where(k0 > 0, (k / n) / (k0 / n0), np.where(k > 0, np.inf, np.nan))
    for name, ends in (
        ("rate", wilson_interval(k, n, level)),
        ("difference", newcombe_difference(k, n, k0, n0, level)),
        ("ratio", ratio_interval(k, n, k0, n0, level)),
    ):
        columns[f"{name}_low"], columns[f"{name}_high"] = ends
    columns["p_value"] = two_proportion_p(k, n, k0, n0)
    columns["p_adjusted"] = adjust_p(columns["p_value"], correction)
    for place, row in enumerate(enough):
        values = {name: float(column[place]) for name, column in columns.items()}
        row |= {name: None if np.isnan(value) else value for name, value in values.items()}
    return rows
