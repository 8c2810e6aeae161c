"""What prose a leak holds, and what chance finds in it, in sentences made from the frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakkit.display.rates import count_words

if TYPE_CHECKING:
    import pandas as pd


def describe_prose(prose: pd.DataFrame) -> str:
    """Say how many texts that people read the leak holds, and where most of them stand.

    Parameters
    ----------
    prose : pandas.DataFrame
        What `leakkit.find_prose` gives.

    Returns
    -------
    str

    Examples
    --------
    >>> import leakkit as lk
    >>> describe_prose(lk.frames.PROSE.from_rows([]))
    'No prose was found in the records of the leak (0 fields).'
    """
    if prose.empty:
        return "No prose was found in the records of the leak (0 fields)."
    first = prose.iloc[0]
    return (
        f"{int(prose['documents'].sum()):,} texts with {int(prose['words'].sum()):,} words stand in {len(prose):,} "
        f"{'field' if len(prose) == 1 else 'fields'}; most words, {first['words']:,} in {first['documents']:,} "
        f"texts, in {first['path']} ({first['field'] or 'lines'})."
    )


def describe_false_discoveries(found: pd.DataFrame) -> str:
    """Say how many words each way of counting calls different where nothing differs.

    Parameters
    ----------
    found : pandas.DataFrame
        What `leakkit.count_false_discoveries` gives.

    Returns
    -------
    str

    Examples
    --------
    >>> import leakkit as lk
    >>> found = lk.count_false_discoveries(["rain " * 9 + "sun"] * 20 + ["sun"] * 20, deals=2)
    >>> print(describe_false_discoveries(found))
    Called different although nothing is (4 words tested): occurrences without correction: 1 word, in 1 of 2
    deals; occurrences corrected: 1 word, in 1 of 2 deals; documents without correction: 0 words, in 0 of 2
    deals; documents corrected: 0 words, in 0 of 2 deals.
    """
    if found.empty or not int(found["tested"].max()):
        return "There were no words to test (0 documents)."
    parts = [
        f"{row.unit}s {'corrected' if row.corrected else 'without correction'}: {count_words(row.words, 'word')}, in "
        f"{row.deals_with_any:,} of {row.deals:,} deals"
        for row in found.itertuples()
    ]
    return (
        f"Called different although nothing is ({found['tested'].max():,} words tested): {'; '.join(parts)}."
    )
