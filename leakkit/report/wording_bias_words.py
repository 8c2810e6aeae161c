"""Words near groups in sentences made from the frames: associations, occupations, word vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.display.rates import (
    by_documents,
    count_words,
    interval_words,
    is_chance,
    known,
    number_words,
    of_words,
    p_words,
    pick,
    share_words,
    take_frame,
    told_from_chance,
)
from leakkit.frames.bias_text import (
    EMBEDDING_ASSOCIATIONS,
    OCCUPATION_PRONOUNS,
    WORD_ASSOCIATIONS,
)
from leakkit.leak.text import printable
from leakkit.report.wording_bias_tables import name_words

if TYPE_CHECKING:
    import pandas as pd


def describe_words(words: Any, group: str | None = None, *, most: int = 3) -> str:
    """Say how many words are told from chance near a group, and the surest ones with their shares.

    Parameters
    ----------
    words : pandas.DataFrame
        What `leakkit.word_associations` or `leakkit.keyness` gives.
    group : str, optional
        Group to tell of; left out, the one with most words told from chance.
    most : int, default 3
        Words to name, smallest p-value first.

    Returns
    -------
    str

    Examples
    --------
    >>> import leakkit as lk
    >>> describe_words(lk.frames.WORD_ASSOCIATIONS.from_rows([]))
    'No word was tested (0 documents).'
    """
    frame = take_frame(words, WORD_ASSOCIATIONS)
    counts = told_from_chance(frame)["group"].value_counts(sort=False).sort_index()
    counts = counts.sort_values(ascending=False, kind="stable")
    group = pick(frame, "group", group, tuple(counts.index))
    rows = frame[frame["group"].eq(group)]
    if rows.empty:
        return "No word was tested (0 documents)."
    first, sure = rows.iloc[0], told_from_chance(rows).sort_values(["p_value", "word"], kind="stable")
    where = (
        f"documents of {name_words(group)} (n = {int(first['n_documents']):,}) beside "
        f"{name_words(first['reference'])} (n = {int(first['n_documents_reference']):,})"
    )
    tests = count_words(int(rows["n_tests"].max()), "word")
    if sure.empty:
        return f"Of {tests} tested in {where}, none is told from chance."
    parts = [_word(row) for _, row in sure.head(most).iterrows()]
    verb = "is" if len(sure) == 1 else "are"
    return f"Of {tests} tested in {where}, {len(sure):,} {verb} told from chance; surest: {'; '.join(parts)}."


def _word(row: pd.Series) -> str:
    """Say one word with its two shares and their ratio."""
    ratio = f"ratio {number_words(row['ratio'])}, {interval_words(row['ratio_low'], row['ratio_high'], number_words)}"
    shares = f"{share_words(row['share'])} against {share_words(row['share_reference'])}"
    return f"{name_words(row['word'])} in {shares} ({ratio})"


def describe_occupations(occupations: Any, agreement: Any = "") -> tuple[str, ...]:
    """Say which occupations bear more, and which fewer, feminine pronouns than women work in them.

    Parameters
    ----------
    occupations : pandas.DataFrame
        What `leakkit.occupation_pronouns` gives.
    agreement : Agreement or str, optional
        What `leakkit.occupation_agreement` gives; its sentence is added at the end.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> import leakkit as lk
    >>> found = lk.occupation_pronouns(["The nurse said he was late."] * 20)
    >>> print(*describe_occupations(found))
    Of 1 occupation (n = 20 documents with pronouns of one kind), 0 bear more feminine pronouns than women
    work in them and 1 fewer; 0 are not told from chance. Furthest below: nurse, 0.0% (0 of 20, interval 0.0%
    to 16.1%) against 87.9%; p < .001.
    """
    frame = take_frame(occupations, OCCUPATION_PRONOUNS)
    have = frame[frame["share"].notna() & frame["labour_share"].notna()]
    if have.empty:
        return ("No occupation has pronouns of one kind near it and a labour share (0 occupations).",)
    sure = told_from_chance(have)
    above, below = sure[sure["excess"].gt(0)], sure[sure["excess"].le(0)]
    n = int((have["feminine"] + have["masculine"]).sum())
    head = (
        f"Of {count_words(len(have), 'occupation')} (n = {n:,} documents with pronouns of one kind), "
        f"{len(above)} bear more feminine pronouns than women work in them and {len(below)} fewer; "
        f"{len(have) - len(sure)} are not told from chance."
    )
    rows = [(side["excess"].astype(float).abs().argmax(), side) for side in (above, below) if len(side)]
    parts = [_occupation(side.iloc[int(place)]) for place, side in rows]
    return tuple(text for text in (head, *parts, str(agreement)) if text)


def _occupation(row: pd.Series) -> str:
    """Say the share of one occupation beside its labour share."""
    counts = of_words(row["feminine"], row["feminine"] + row["masculine"])
    return (
        f"Furthest {'above' if row['excess'] > 0 else 'below'}: {name_words(row['occupation'])}, "
        f"{share_words(row['share'])} ({counts}, {interval_words(row['low'], row['high'])}) against "
        f"{share_words(row['labour_share'])}; {p_words(row['p_adjusted'])}."
    )


def describe_associations(associations: Any) -> tuple[str, ...]:
    """Say the effect of each word embedding association test, its coverage and what random targets reach.

    Parameters
    ----------
    associations : pandas.DataFrame
        What `leakkit.embedding_associations` gives.

    Returns
    -------
    tuple of str
        One sentence a test, in the order of the frame, ten at most, with its warning.

    Examples
    --------
    >>> import leakkit as lk
    >>> words = ["rose", "tulip", "wasp", "gnat", "joy", "peace", "filth", "agony"]
    >>> vectors = [[1, 0.1], [1, 0.2], [0.1, 1], [0.2, 1], [1, 0], [0.9, 0], [0, 1], [0, 0.9]]
    >>> made = lk.Embeddings.from_vectors(words, vectors)
    >>> found = lk.embedding_associations(made, x=words[:2], y=words[2:4], a=words[4:6], b=words[6:])
    >>> print(*describe_associations(found))
    test: effect size +1.73 (interval 1.70 to 2.00), p = .33 (not told from chance); 4 of 4 target words and
    100% of all words are known. Note: fewer than 8 words: x has 2, y has 2, a has 2, b has 2; no test by
    documents (vectors were given, or no folds): p may be far too small.
    """
    frame = take_frame(associations, EMBEDDING_ASSOCIATIONS)
    if frame.empty:
        return ("No association test was made (0 tests).",)
    return tuple(_association(row) for _, row in frame.head(10).iterrows())


def _association(row: pd.Series) -> str:
    """Say one test."""
    asked, found = (int(row[f"{part}_x"]) + int(row[f"{part}_y"]) for part in ("of", "n"))
    seen = f"{found} of {asked} target words and {float(row['coverage']):.0%} of all words are known"
    warning = f" Note: {str(row['warning']).rstrip('.')}." if known(row["warning"]) and row["warning"] else ""
    name = printable(str(row["test"]), 70)
    if not known(row["effect_size"]):
        return f"{name}: no effect can be told; {seen}.{warning}"
    ends = interval_words(row["effect_size_low"], row["effect_size_high"], number_words)
    chance = " (not told from chance)" if is_chance(row["p_adjusted"]) else ""
    null = ""
    if known(row["null_low"]) and known(row["null_high"]):
        null = f"; random targets reach {number_words(row['null_low'])} to {number_words(row['null_high'])}"
    return (
        f"{name}: effect size {number_words(row['effect_size'], sign=True)} ({ends}), "
        f"{p_words(row['p_adjusted'])}{_by_documents(row)}{chance}{null}; {seen}.{warning}"
    )


def _by_documents(row: pd.Series) -> str:
    """Say that the p-value is the one by documents where that is the larger."""
    if not by_documents(row["p_value"], row["p_documents"]):
        return ""
    return (
        f" by documents ({p_words(row['p_documents'])} before correction, by words {p_words(row['p_value'])})"
    )
