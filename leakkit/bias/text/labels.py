"""Label bias: whether texts that name a group carry a label more often than texts that name none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.batches import column_of, text_batches
from leakkit.bias.text.label_rows import beside_none
from leakkit.bias.text.lexicons import as_lexicon
from leakkit.bias.text.mentions import counts_in, mentions, word_list
from leakkit.bias.text.terms import Terms
from leakkit.errors import BadParameterError
from leakkit.frames import LABEL_BIAS
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

DISAGREEMENT = "disagreement"
_MOST_LABELS = 20
"""With more different labels a column holds texts, which no error may show."""
_YES = {"1", "1.0", "true"}


def label_bias(
    texts: Any,
    labels: Any,
    *,
    label: Any,
    name: str | Sequence[str] | None = None,
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
        Rows without a label or without text are left out.
    label : value or list of values
        Which label is counted; each of a list has rows of its own.
    name : str or list of str, optional
        What the label is called in the frame, one for each of a list. Left out: the value itself; the name
        of the column where `labels` is one and the value is 1, "1" or True.
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
    >>> found[["group", "label", "k", "n"]].values.tolist()
    [['Hillfolk', 'toxic', 49, 352], ['Marshlanders', 'toxic', 108, 329]]
    """
    marks, ids = _column(texts, labels, "labels"), _column(texts, documents, "documents")
    wanted = list(label) if isinstance(label, (list, tuple)) else [label]
    if not wanted or isinstance(label, (set, frozenset)):
        raise BadParameterError(
            "Expected a label, or a list of some", f"found {label!s:.40}", "correct label"
        )
    names = _label_names(wanted, labels, name)
    search = Terms(as_lexicon(lexicon, terms=terms))
    named, kept = _named(texts, search, without, field)
    _check_length(len(named), labels=marks, documents=ids)
    usable = kept & ~marks.isna().to_numpy(bool)
    rows = []
    for value, shown in zip(wanted, names, strict=True):
        has = _carries(marks[usable], value)
        k_by, n_by, naming = _units(has, named[usable], None if ids is None else ids[usable])
        rows += _counted(search.groups, naming, k_by, n_by, shown)
    return LABEL_BIAS.from_rows(beside_none(rows, correction, level, min_documents))


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
    search = Terms(as_lexicon(lexicon, terms=terms))
    named, kept = _named(texts, search, (), field)
    _check_length(len(named), labels=marks, documents=ids)
    if ids is None:
        raise BadParameterError("Expected the id of the text of each row", "found none", "pass documents")
    usable = kept & ~marks.isna().to_numpy(bool) & ~ids.isna().to_numpy(bool)
    by = marks[usable].groupby(ids[usable].to_numpy(), sort=True)
    several = (by.size() > 1).to_numpy()
    differ = (by.nunique() > 1).to_numpy()
    _, _, naming = _units(np.ones(int(usable.sum()), bool), named[usable], ids[usable])
    every = np.ones(int(several.sum()), bool)
    rows = _counted(search.groups, naming[several], differ[several], every, DISAGREEMENT)
    return LABEL_BIAS.from_rows(beside_none(rows, correction, level, min_documents))


def _column(texts: Any, values: Any, what: str) -> Any:
    """Give labels or ids as a series with a plain index; a name is looked up in the frame of texts."""
    import pandas as pd

    if values is None:
        return None
    if isinstance(values, str):
        if not hasattr(texts, "columns"):
            raise BadParameterError(
                f"Expected {what} as a sequence, or the name of a column of texts",
                f"found {printable(values, 40)!r}",
                "pass one value for each text",
            )
        values = column_of(texts, values, f"correct {what}")
    return pd.Series(values).reset_index(drop=True)


def _label_names(wanted: list[Any], labels: Any, name: str | Sequence[str] | None) -> list[str]:
    """Give what each label counted is called."""
    if name is not None:
        names = [name] if isinstance(name, str) else [str(one) for one in name]
        if len(names) != len(wanted):
            raise BadParameterError(
                "Expected one name for each label", f"found {len(names)} for {len(wanted)}", "correct name"
            )
        return names
    if len(wanted) == 1 and isinstance(labels, str) and str(wanted[0]).casefold() in _YES:
        return [labels]
    return [str(value) for value in wanted]


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
    texts: Any, search: Terms, without: Sequence[str], field: str | None
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Give which text names which group, and which texts have none of the words to leave out."""
    if isinstance(without, str):
        raise BadParameterError("Expected a list of words", "found one text", "put it in a list")
    import pyarrow.compute as pc

    unwanted = word_list(without)
    named, kept = [np.zeros((0, len(search.groups)), bool)], [np.zeros(0, bool)]
    for batch in text_batches(texts, field=field):
        named.append(mentions(batch, search))
        filled = np.asarray(pc.binary_length(batch)) > 0
        kept.append(filled & (counts_in(batch, unwanted) == 0))
    return np.concatenate(named), np.concatenate(kept)


def _carries(marks: Any, value: Any) -> NDArray[np.bool_]:
    """Tell which labels are the one looked for."""
    has = np.asarray((marks == value).fillna(False), bool)
    if not has.any():
        has = np.asarray(marks.astype(str) == str(value), bool)
    if not has.any():
        names = sorted({str(mark) for mark in marks})
        found = ", ".join(printable(name, 40) for name in names[:5]) or "none"
        found = found if len(names) <= _MOST_LABELS else f"{len(names)} different ones"
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
    groups: list[tuple[str, str]],
    named: NDArray[np.bool_],
    has: NDArray[np.bool_],
    present: NDArray[np.bool_],
    label: str,
) -> list[dict[str, Any]]:
    """Count documents of each group and of none."""
    none = present & ~named.any(axis=1)
    return [
        {
            "axis": printable(axis, 60),
            "group": printable(group, 60),
            "label": printable(label, 60),
            "n": int(named[:, place].sum()),
            "k": int((named[:, place] & has).sum()),
            "n_others": int(none.sum()),
            "k_others": int((none & has).sum()),
        }
        for place, (axis, group) in enumerate(groups)
        if named[:, place].any()
    ]
