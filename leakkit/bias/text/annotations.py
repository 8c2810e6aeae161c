"""Annotated texts of a leak, as people named them, and what their labels say about groups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.bias.named import is_sample, read_named
from leakkit.bias.text.labels import label_bias
from leakkit.bundled import data_path
from leakkit.errors import BadFrameError
from leakkit.frames import ANNOTATIONS
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

_NEEDED = ("path", "text", "label", "counted")


def load_annotations(file: str | Path | None = None, leak: Any = None) -> pd.DataFrame:
    """How the annotated texts of a leak are to be read: text, label, which label counts.

    Parameters
    ----------
    file : path, optional
        A CSV with the columns of `leakkit.frames.ANNOTATIONS`; ``data/sample_annotations.csv`` is an example.
    leak : str, path or Leak, optional
        Without `file`: for the sample leak the table that ships with leakkit, for any other no rows.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.ANNOTATIONS`, in the order of the file.

    Raises
    ------
    LeakNotFoundError
        There is no such file.
    BadFrameError
        Columns or cells that must be there are missing.

    Examples
    --------
    >>> import leakkit as lk
    >>> load_annotations(leak=lk.sample_leak())["counted"].tolist()
    ['1', '1']
    """
    if file is None and not is_sample(leak):
        return ANNOTATIONS.from_rows([])
    path = data_path("sample_annotations.csv") if file is None else Path(file)
    return read_named(path, ANNOTATIONS, _NEEDED, "data/sample_annotations.csv")


def measure_annotations(
    leak: Any, annotations: pd.DataFrame, *, lexicon: Any = None, harmless: bool = False
) -> pd.DataFrame:
    """Label bias of every table of annotated texts that `annotations` names, corrected over all of them.

    Parameters
    ----------
    leak : Leak
        What `open_leak` gives.
    annotations : pandas.DataFrame
        What `load_annotations` gives.
    lexicon : optional
        The groups, as for `label_bias`.
    harmless : bool, default False
        Leave out texts with one of the words in ``without``, so that harmless texts are compared.

    Returns
    -------
    pandas.DataFrame
        ``path`` and the columns of `leakkit.frames.LABEL_BIAS`, groups that some text mentions only.

    Raises
    ------
    BadFrameError
        A table lacks a column that was named.

    Examples
    --------
    >>> import leakkit as lk
    >>> leak = lk.open_leak(lk.sample_leak())
    >>> named = lk.load_annotations(leak=leak)
    >>> found = measure_annotations(leak, named, lexicon="sample_communities", harmless=True)
    >>> found.loc[found["p_adjusted"].lt(0.05), ["path", "group"]].values.tolist()
    [['training/labels/comments.csv', 'Marshlanders']]
    """
    import numpy as np
    import pandas as pd

    from leakkit.frames import LABEL_BIAS
    from leakkit.stats import adjust_p

    parts = [_one(leak, row, lexicon, harmless) for row in annotations.itertuples()]
    frame = pd.concat(parts, ignore_index=True) if parts else LABEL_BIAS.from_rows([]).assign(path="")
    frame = frame[["path", *LABEL_BIAS.names]].astype({"path": "string"})
    adjusted = adjust_p(frame["p_value"].to_numpy(dtype=float, na_value=np.nan), "holm")
    frame["p_adjusted"] = pd.array(adjusted, dtype="Float64")
    return frame[frame["n"].gt(0)].reset_index(drop=True)


def _one(leak: Any, row: Any, lexicon: Any, harmless: bool) -> pd.DataFrame:
    """Measure one table."""
    table = leak.read_table(row.path, rows=None)
    missing = [name for name in (row.text, row.label) if name not in table]
    if missing:
        raise BadFrameError(
            f"Expected the columns {row.text!r} and {row.label!r} in {printable(row.path, 100)!r}",
            f"found no {', '.join(missing)}",
            "correct the file that names them",
        )
    without = str(row.without).split() if harmless and isinstance(row.without, str) else ()
    found = label_bias(
        table,
        row.label,
        field=row.text,
        label=row.counted,
        lexicon=lexicon,
        without=without,
        correction="none",
    )
    found.insert(0, "path", printable(row.path, 200))
    return found
