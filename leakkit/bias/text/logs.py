"""Paired prompts in every log of a leak, compared log by log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.bias.text.answers import compare_outputs
from leakkit.errors import BadParameterError
from leakkit.frames import OUTPUT_COMPARISONS
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd


def compare_output_logs(
    outputs: pd.DataFrame, *, lexicon: Any = None, terms: Any = None, correction: str = "holm"
) -> pd.DataFrame:
    """Answers to paired prompts of each log of a leak, corrected over all logs.

    Parameters
    ----------
    outputs : pandas.DataFrame
        What `read_outputs` gives for a leak.
    lexicon, terms : optional
        As for `compare_outputs`.
    correction : {'holm', 'bh', 'none'}, default 'holm'
        Of p-values over all logs.

    Returns
    -------
    pandas.DataFrame
        ``path`` and the columns of `leakkit.frames.OUTPUT_COMPARISONS`; no rows for a log without pairs. The
        reference is chosen log by log.

    Raises
    ------
    BadParameterError
        `outputs` has no column ``path``, or what `compare_outputs` refuses.

    Examples
    --------
    >>> import leakkit as lk
    >>> found = compare_output_logs(lk.read_outputs(lk.open_leak(lk.sample_leak())))
    >>> found.loc[found["p_adjusted"].lt(0.05), ["path", "measure"]].values.tolist()
    [['evals/paired_prompts.jsonl', 'refusal'], ['evals/paired_prompts.jsonl', 'unpleasant']]
    """
    import numpy as np
    import pandas as pd

    from leakkit.stats import adjust_p

    if "path" not in getattr(outputs, "columns", ()):
        raise BadParameterError(
            "Expected outputs with the column path",
            f"found {type(outputs).__name__} without it",
            "pass what read_outputs gives, or use compare_outputs",
        )
    adjust_p([], correction)  # refused before hours of reading, not after
    parts = []
    for path, part in outputs.groupby("path", sort=True, dropna=False):
        found = compare_outputs(part.reset_index(drop=True), lexicon=lexicon, terms=terms, correction="none")
        parts.append(found.assign(path=printable(str(path), 200)))
    frame = pd.concat(parts, ignore_index=True) if parts else OUTPUT_COMPARISONS.from_rows([]).assign(path="")
    frame = frame[["path", *OUTPUT_COMPARISONS.names]].astype({"path": "string"})
    adjusted = adjust_p(frame["p_value"].to_numpy(dtype=float, na_value=np.nan), correction)
    frame["p_adjusted"] = pd.array(adjusted, dtype="Float64")
    return frame
