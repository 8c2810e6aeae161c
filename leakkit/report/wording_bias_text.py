"""Bias in text in sentences, made from the frames, so that no number is typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.display.rates import (
    busiest_axes,
    count_words,
    interval_words,
    is_chance,
    known,
    measure_words,
    number_words,
    of_words,
    p_words,
    pick,
    points_words,
    share_words,
    take_frame,
    told_from_chance,
)
from leakkit.frames.bias_text import (
    EMBEDDING_ASSOCIATIONS,
    LABEL_BIAS,
    OCCUPATION_PRONOUNS,
    OUTPUT_COMPARISONS,
    REPRESENTATION,
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
    """
    frame = take_frame(associations, EMBEDDING_ASSOCIATIONS)
    if frame.empty:
        return ("No association test was made (0 tests).",)
    return tuple(_association(row) for _, row in frame.head(10).iterrows())


def _association(row: pd.Series) -> str:
    """Say one test."""
    asked, found = (int(row[f"{part}_x"]) + int(row[f"{part}_y"]) for part in ("of", "n"))
    seen = f"{found} of {asked} target words and {float(row['coverage']):.0%} of all words are known"
    warning = (
        f" Warning: {str(row['warning']).rstrip('.')}." if known(row["warning"]) and row["warning"] else ""
    )
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
        f"{p_words(row['p_adjusted'])}{chance}{null}; {seen}.{warning}"
    )


def describe_representation(representation: Any, axis: str | None = None, *, most: int = 3) -> str:
    """Say how many documents in a thousand mention the groups of one axis, most frequent first.

    Parameters
    ----------
    representation : pandas.DataFrame
        What `leakkit.measure_representation` or `leakkit.count_identity_terms` gives.
    axis : str, optional
        Axis to tell of; left out, the identity axis with most documents.
    most : int, default 3
        Groups to name.

    Returns
    -------
    str
    """
    frame = take_frame(representation, REPRESENTATION)
    axis = pick(frame, "axis", axis, busiest_axes(frame))
    rows = frame[frame["axis"].eq(axis) & frame["per_1000_documents"].notna()]
    if rows.empty:
        return "No document was looked at (0 documents)."
    order = rows.assign(_n=rows["documents"].astype(int)).sort_values("_n", ascending=False, kind="stable")
    parts = [
        f"{name_words(row['group'])} {_number(row, 'per_1000_documents')}"
        for _, row in order.head(most).iterrows()
    ]
    none = int(rows["documents"].eq(0).sum())
    left = f"; {none} of {count_words(len(rows), 'group')} in none" if none else ""
    n = f"n = {int(rows['n_documents'].max()):,}"
    name = measure_words(name_words(axis)).capitalize()
    return f"{name}, per 1,000 documents ({n}): {', '.join(parts)}{left}."


def _number(row: pd.Series, name: str) -> str:
    """Give a plain number with its interval."""
    interval = interval_words(row[f"{name}_low"], row[f"{name}_high"], number_words)
    return f"{number_words(row[name])} ({interval})"


def describe_labels(labels: Any, which: str | None = None) -> tuple[str, ...]:
    """Say whether texts that mention a group carry a label more often than texts that mention none.

    Parameters
    ----------
    labels : pandas.DataFrame
        What `leakkit.label_bias` gives.
    which : str, optional
        Label to tell of; left out, the first.

    Returns
    -------
    tuple of str
        How many groups, then the group furthest from the others.
    """
    frame = take_frame(labels, LABEL_BIAS)
    which = pick(frame, "label", which)
    rows = frame[frame["label"].eq(which)]
    rows = rows[rows["difference"].notna()]
    if rows.empty:
        return ("No text with a label mentions a group (0 groups compared).",)
    sure = told_from_chance(rows)
    more, fewer = int(sure["difference"].gt(0).sum()), int(sure["difference"].lt(0).sum())
    far = rows.iloc[int(rows["difference"].astype(float).abs().argmax())]
    head = (
        f"Of {count_words(len(rows), 'group')}, texts that mention {more} carry the label {name_words(which)} more often "
        f"than texts that mention none, and texts that mention {fewer} less often."
    )
    difference = interval_words(far["difference_low"], far["difference_high"], points_words)
    chance = " (not told from chance)" if is_chance(far["p_adjusted"]) else ""
    return head, (
        f"Furthest: {name_words(far['group'])}, {share_words(far['rate'])} ({of_words(far['k'], far['n'])}, "
        f"{interval_words(far['rate_low'], far['rate_high'])}) against {share_words(far['rate_others'])} "
        f"({of_words(far['k_others'], far['n_others'])}): {points_words(far['difference'])} points ({difference}), "
        f"{p_words(far['p_adjusted'])}{chance}."
    )


def describe_outputs(outputs: Any, measure: str | None = None) -> tuple[str, ...]:
    """Say how answers differ between prompts that differ in one term.

    Parameters
    ----------
    outputs : pandas.DataFrame
        What `leakkit.compare_outputs` gives.
    measure : str, optional
        Measure to tell of; left out, refusals.

    Returns
    -------
    tuple of str
        One sentence a pair of groups, in the order of the frame, ten at most.
    """
    frame = take_frame(outputs, OUTPUT_COMPARISONS)
    measure = pick(frame, "measure", measure, ("refusal",))
    rows = frame[frame["measure"].eq(measure) & frame["difference"].notna()]
    if rows.empty:
        return ("No pair of prompts was compared (0 pairs).",)
    return tuple(_output(row) for _, row in rows.head(10).iterrows())


def _output(row: pd.Series) -> str:
    """Say one comparison of answers."""
    shares = known(row["only_group"])
    mean, write, unit = (share_words, points_words, " points") if shares else (number_words, number_words, "")
    chance = " (not told from chance)" if is_chance(row["p_adjusted"]) else ""
    only = ""
    if shares:
        only = f"; only the first in {int(row['only_group'])} pairs, only the second in {int(row['only_reference'])}"
    return (
        f"{measure_words(name_words(row['measure'])).capitalize()}, {name_words(row['group'])} beside "
        f"{name_words(row['reference'])}: {mean(row['mean'])} against {mean(row['mean_reference'])} in "
        f"{count_words(int(row['n_pairs']), 'pair')} of prompts, difference {write(row['difference'])}{unit} "
        f"({interval_words(row['difference_low'], row['difference_high'], write)}), "
        f"{p_words(row['p_adjusted'])}{chance}{only}."
    )
