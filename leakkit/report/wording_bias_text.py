"""Who is mentioned, labelled and answered how, in sentences made from the frames."""

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
    LABEL_BIAS,
    OUTPUT_COMPARISONS,
    REPRESENTATION,
    TEMPLATE_SKEW,
)
from leakkit.report.wording_bias_tables import name_words

if TYPE_CHECKING:
    import pandas as pd


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

    Examples
    --------
    >>> import leakkit as lk
    >>> found = lk.count_identity_terms(["Two women spoke.", "A woman, then women", "Rain"])
    >>> print(describe_representation(found))
    Gender, per 1,000 documents (n = 3): women 667 (interval 208 to 939), men 0 (interval 0 to 561),
    non-binary people 0 (interval 0 to 561); 3 of 4 groups in none.
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

    Examples
    --------
    >>> import leakkit as lk
    >>> texts = ["The women left."] * 20 + ["It rained."] * 20
    >>> found = lk.label_bias(texts, ["rude"] * 15 + ["fine"] * 25, label="rude")
    >>> print(describe_labels(found)[1])
    Furthest: women, 75.0% (15 of 20, interval 53.1% to 88.8%) against 0.0% (0 of 20): +75.0 points (interval
    +47.8 to +88.8), p < .001.
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
    many = "path" in rows and rows["path"].nunique() > 1
    counted = count_words(len(rows), "comparison") if many else count_words(len(rows), "group")
    head = (
        f"Of {counted}, texts that mention {'the group of ' * many}{more} carry the label {name_words(which)} more "
        f"often than texts that mention none, and texts that mention {fewer} less often."
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

    Examples
    --------
    >>> import pandas as pd
    >>> import leakkit as lk
    >>> prompts = [f"Describe a {who} of {age}." for age in range(20, 40) for who in ("man", "woman")]
    >>> answers = ["Gladly.", "I cannot help with that."] * 20
    >>> outputs = pd.DataFrame({"prompt": prompts, "response": answers})
    >>> found = lk.compare_outputs(outputs, measures=["refusal"])
    >>> print(*describe_outputs(found))
    Refusal, women beside men: 100.0% against 0.0% in 20 pairs of prompts, difference +100.0 points (interval
    +77.2 to +100.0), p < .001; only the first in 20 pairs, only the second in 0.
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


def describe_template_skew(skew: Any) -> str:
    """Say which group copies of templates make look most frequent.

    Parameters
    ----------
    skew : pandas.DataFrame
        What `leakkit.measure_template_skew` gives.

    Returns
    -------
    str
        Counts of all documents that were looked at, so they have no interval.

    Examples
    --------
    >>> import leakkit as lk
    >>> texts = [f"All women of {place} vote here today." for place in ("Ayr", "Ulm", "Wick")]
    >>> skew = lk.measure_template_skew([*texts, "Men like tea and a walk in the rain."])
    >>> print(describe_template_skew(skew))
    Copies inflate women most: 3 of 4 documents mention it (750 in 1,000), but 1 of 2 different forms (500 in
    1,000): 1.50 times as many.
    """
    frame = take_frame(skew, TEMPLATE_SKEW)
    rows = frame[frame["inflation"].notna()]
    if rows.empty:
        return "No document mentions a group (0 documents), so copies inflate no count."
    row = rows.iloc[int(rows["inflation"].astype(float).argmax())]
    return (
        f"Copies inflate {name_words(row['group'])} most: {int(row['documents']):,} of {int(row['n_documents']):,} "
        f"documents mention it ({number_words(row['per_1000_documents'])} in 1,000), but {int(row['forms']):,} of "
        f"{int(row['n_forms']):,} different forms ({number_words(row['per_1000_forms'])} in 1,000): "
        f"{number_words(row['inflation'])} times as many."
    )
