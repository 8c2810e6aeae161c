"""The corpus of a leak in memory, and what dealing it into groups by lot would find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.batches import text_batches
from leakkit.bias.text.mentions import counts_in
from leakkit.bias.text.prose import read_prose
from leakkit.bias.text.settings import check_whole
from leakkit.bias.text.words import word_associations
from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_MOST_BYTES = 256 * 2**20


def read_corpus(leak: Any, prose: pd.DataFrame, *, place: int = 0, max_bytes: int = _MOST_BYTES) -> pd.Series:
    """Texts of one field of prose, in memory.

    Parameters
    ----------
    leak : Leak
        What `open_leak` gives.
    prose : pandas.DataFrame
        What `find_prose` gives.
    place : int, default 0
        Row of `prose`; the first has most words.
    max_bytes : int
        Most bytes of text to hold (256 MiB, in UTF-8); `read_prose` streams more.

    Returns
    -------
    pandas.Series
        string, one document a row; empty where `prose` is. The raw content of the leak: do not print it.

    Raises
    ------
    BadParameterError
        There is no such row, or it holds more.

    Examples
    --------
    >>> import leakkit as lk
    >>> leak = lk.open_leak(lk.sample_leak())
    >>> len(read_corpus(leak, lk.find_prose(leak)))
    2000
    """
    import pandas as pd

    if not {"path", "field"} <= set(getattr(prose, "columns", ())):
        raise BadParameterError(
            "Expected prose with the columns path and field",
            f"found {type(prose).__name__} without them",
            "pass what find_prose gives",
        )
    check_whole(0, place=place, max_bytes=max_bytes)
    if not len(prose):
        return pd.Series([], dtype="string")
    if place >= len(prose):
        raise BadParameterError(
            f"Expected a row of the {len(prose)} of prose", f"found {place}", "count from 0"
        )
    row, held, parts = prose.iloc[place], 0, []
    for batch in read_prose(leak, row["path"], row["field"]):
        held += batch.column("text").nbytes
        if held > max_bytes:
            raise BadParameterError(
                f"Expected at most {max_bytes:,} bytes of text", "found more", "stream them with read_prose()"
            )
        parts.append(batch.column("text").to_pandas().astype("string"))
    return pd.concat(parts, ignore_index=True)


def count_false_discoveries(
    texts: Any, *, deals: int = 10, seed: int = 0, field: str | None = None
) -> pd.DataFrame:
    """Words called different between two groups made by lot, where nothing can be found; for teaching.

    Parameters
    ----------
    texts : list, Series, DataFrame, ...
        Documents, as for `word_associations`; held in memory. Those without a word are left out.
    deals : int, default 10
        How often the documents are dealt into two groups.
    seed : int, default 0
        The same seed deals the same groups.
    field : str, optional
        Column or field with the texts.

    Returns
    -------
    pandas.DataFrame
        One row a method: ``unit`` ("occurrence" or "document"), ``corrected`` (boolean, Benjamini-Hochberg),
        ``deals`` (Int64: those made, 0 where fewer than two documents have words), ``deals_with_any``,
        ``words`` (Int64: words with p below .05, over all deals), ``tested`` (Int64, words over all deals).

    Raises
    ------
    BadParameterError
        `texts` are none, `deals` is below 1 or `seed` below 0.

    Notes
    -----
    "occurrence" is the log-odds ratio with its variance over tokens, as many tools have it (Monroe, Colaresi,
    Quinn 2008, equations 15 and 19, a prior of .01 a word, over the words tested); "document" is the test of
    `word_associations`. How wrong the first is depends on how often a document repeats its words.

    Examples
    --------
    >>> found = count_false_discoveries(["rain " * 9 + "sun"] * 20 + ["sun"] * 20, deals=2)
    >>> found["unit"].tolist()
    ['occurrence', 'occurrence', 'document', 'document']
    """
    import pandas as pd

    from leakkit.stats import adjust_p

    check_whole(deals=deals)
    check_whole(0, seed=seed)
    texts = _with_words(texts, field)
    deals = deals if len(texts) > 1 else 0
    rng = np.random.default_rng(seed)
    called: dict[tuple[str, bool], list[int]] = {
        (unit, corrected): [] for unit in ("occurrence", "document") for corrected in (False, True)
    }
    tested = 0
    for _ in range(deals):
        lot = np.where(rng.permutation(len(texts)) < len(texts) // 2, "first", "second")
        words = word_associations(texts, lot, reference="second")
        by_tokens = _token_p(words)
        tested += len(words)
        called["occurrence", False].append(int((by_tokens < 0.05).sum()))
        called["occurrence", True].append(int((adjust_p(by_tokens, "bh") < 0.05).sum()))
        for corrected, column in ((False, "p_value"), (True, "p_adjusted")):
            called["document", corrected].append(int(words[column].lt(0.05).fillna(False).sum()))
    rows = [
        (unit, corrected, deals, sum(count > 0 for count in counts), sum(counts), tested)
        for (unit, corrected), counts in called.items()
    ]
    names = ("unit", "corrected", "deals", "deals_with_any", "words", "tested")
    kinds = dict.fromkeys(names, "Int64") | {"unit": "string", "corrected": "boolean"}
    return pd.DataFrame(rows, columns=list(names)).astype(kinds)


def _with_words(texts: Any, field: str | None) -> pa.LargeStringArray:
    """Give the documents that have a word."""
    import pyarrow as pa

    parts = [batch.filter(pa.array(counts_in(batch) > 0)) for batch in text_batches(texts, field=field)]
    return pa.concat_arrays(parts) if parts else pa.array([], pa.large_string())


def _token_p(words: pd.DataFrame) -> Floats:
    """Give the p-value of each word if every occurrence were drawn by itself; 1 for the only word there is."""
    from scipy.stats import norm

    if len(words) < 2:
        return np.ones(len(words))
    first, second = (words[name].to_numpy(dtype=float) + 0.01 for name in ("tokens", "tokens_reference"))
    odds = [np.log(k / (k.sum() - k)) for k in (first, second)]
    spread = np.sqrt(1 / first + 1 / second)
    return np.asarray(2 * norm.sf(np.abs(odds[0] - odds[1]) / spread), dtype=float)
