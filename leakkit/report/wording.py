"""Findings in sentences, made from the frames, so that no number is typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakkit.display.cells import cell_text, format_bytes, format_count
from leakkit.leak.access.requests import first_unauthenticated
from leakkit.leak.exposure import UNKNOWN, key_figures, measure_exposure

if TYPE_CHECKING:
    import pandas as pd


def _values(artifacts: pd.DataFrame, models: pd.DataFrame | None = None) -> dict[str, int]:
    """Give the key figures by name."""
    figures = key_figures(artifacts, models)
    return {str(name): int(value) for name, value in zip(figures["figure"], figures["value"], strict=True)}


def _searched(artifacts: pd.DataFrame) -> tuple[int, int]:
    """Give how many members held were searched for code that would run, and how many were not."""
    figures = key_figures(artifacts).set_index("figure").loc["Dangerous"]
    return int(figures["out_of"]), int(figures["not_known"])


def _n(number: int, noun: str, verb: str = "") -> str:
    """Give a count with its noun and, where asked, the verb that fits: 1 member is, 2 members are."""
    one = number == 1
    form = " is" if verb and one else f" {verb}" if verb else ""
    return f"{number:,} {noun}{'' if one else 's'}{form}"


def describe_exposure(artifacts: pd.DataFrame) -> tuple[str, str]:
    """Answer "what was exposed, and how much?" in two sentences.

    Parameters
    ----------
    artifacts : pandas.DataFrame
        What ``leak.artifacts()`` gives.

    Returns
    -------
    tuple of str
        Two sentences with their numbers, for `show_text` or an alt text.

    Examples
    --------
    >>> import leakkit as lk
    >>> describe_exposure(lk.frames.ARTIFACTS.from_rows([]))[0]
    'The leak holds 0 members with 0 B unpacked; pointers or listings claim 0 more without their bytes.'
    """
    number = _values(artifacts)
    searched, _ = _searched(artifacts)
    return (
        f"The leak holds {_n(number['Held'], 'member')} with {format_bytes(number['Bytes held'])} unpacked; "
        f"pointers or listings claim {number['Only claimed']:,} more without their bytes.",
        f"Of {_n(searched, 'member')} searched for code that would run, dangerous: {number['Dangerous']:,}, "
        f"to be reviewed: {number['To review']:,}; {_n(number['Secrets by nature'], 'member', 'are')} secret "
        f"by nature, and {number['Not readable']:,} could not be read.",
    )


def describe_certainty(artifacts: pd.DataFrame) -> str:
    """Say how sure the answer is."""
    _, unsearched = _searched(artifacts)
    return (
        "How sure: members and bytes are counted, not estimated. Kind, danger and sensitivity follow rules "
        f"on bytes and names; {_n(unsearched, 'member', 'are')} of a kind that is not searched for code. "
        "Nothing was run."
    )


def describe_kinds(artifacts: pd.DataFrame) -> str:
    """Say which kind holds most bytes and which most members."""
    counts = measure_exposure(artifacts, "kind")
    held = counts[counts["held"] > 0]
    if held.empty:
        return "No member is held, so there are no bars (0 members)."
    most = held.sort_values(["held", "kind"], ascending=[False, True]).iloc[0]
    first, total = held.iloc[0], int(held["bytes_held"].sum())
    share = f", {int(first['bytes_held']) / total:.0%} of {format_bytes(total)}" if total else ""
    return (
        f"Most bytes are of the kind {_word(first['kind'])} ({format_bytes(int(first['bytes_held']))}{share}); "
        f"most members are of the kind {_word(most['kind'])} ({int(most['held']):,} of {int(held['held'].sum()):,})."
    )


def describe_danger(artifacts: pd.DataFrame) -> str:
    """Say how many members are dangerous, out of how many that were searched."""
    number = _values(artifacts)
    searched, unsearched = _searched(artifacts)
    return (
        f"Of {_n(searched, 'member')} searched, dangerous: {number['Dangerous']:,}, "
        f"to be reviewed: {number['To review']:,}; not searched: {unsearched:,}."
    )


def describe_sensitivity(artifacts: pd.DataFrame) -> str:
    """Say which VERIS data variety is most frequent, and how many members have none."""
    counts = measure_exposure(artifacts, "veris_variety").sort_values(
        ["members", "veris_variety"], ascending=[False, True]
    )
    blank = counts["veris_variety"].isin([UNKNOWN, "Unknown"])
    known, unknown = counts[~blank], int(counts.loc[blank, "members"].sum())
    rest = f"{_n(unknown, 'member', 'are')} of unknown variety."
    if known.empty:
        return f"No member has a known variety; {rest}"
    first = known.iloc[0]
    return (
        f"The most frequent variety is {first['veris_variety']} with {int(first['members']):,} of "
        f"{_n(int(counts['members'].sum()), 'member')}; {rest}"
    )


def describe_access(access: pd.DataFrame) -> str:
    """Say when the first read without a login was, as far as the logs tell.

    Parameters
    ----------
    access : pandas.DataFrame
        What ``leak.access()`` gives.
    """
    if access.empty:
        return "The leak holds no access log that could be read (0 requests), so we cannot tell who read it."
    first = first_unauthenticated(access)
    without = int(access["authenticated"].eq(False).sum())
    untold = int(access["authenticated"].isna().sum())
    counts = (
        f"Without a login came {without:,} of {_n(len(access), 'logged request')}; "
        f"for {untold:,} the log cannot tell."
    )
    if first is None:
        return f"No successful read without a login is logged. {counts}"
    return f"The first successful read without a login is logged at {cell_text(first['time'])}. {counts}"


def describe_overcount(artifacts: pd.DataFrame) -> str:
    """Say how far the sum of all sizes is from the bytes held."""
    wrong, right = int(artifacts["size"].sum()), int(measure_exposure(artifacts)["bytes_held"].sum())
    if wrong == right:
        return (
            f"Here both ways give {format_bytes(right)}: nothing is only claimed, and no archive was opened."
        )
    sums = f"Adding up the column gives {format_bytes(wrong)}; the leak holds {format_bytes(right)}."
    if not right:
        return sums
    return f"{sums} The first number is {wrong / right:,.{0 if wrong > 10 * right else 1}f} times the second."


def describe_meaning(artifacts: pd.DataFrame, models: pd.DataFrame) -> tuple[str, str, str]:
    """Say in three sentences what the inventory means: what is there, what is urgent, what is unknown.

    Parameters
    ----------
    artifacts, models : pandas.DataFrame
        What ``leak.artifacts()`` and ``leak.models()`` give.
    """
    number = _values(artifacts, models)
    _, unsearched = _searched(artifacts)
    secrets, dangerous = number["Secrets by nature"], number["Dangerous"]
    urgent = (
        f"{_n(secrets, 'member', 'are')} secret by nature: treat every key in them as used until it is replaced"
        if secrets
        else "No member is a key or password by its nature; one may still stand inside a text"
    )
    loading = (
        f"nobody should load the {_n(dangerous, 'dangerous member')}"
        if dangerous
        else "nothing dangerous to load was found where it was looked for"
    )
    return (
        f"The leak holds {_n(number['Held'], 'member')}, among them {_n(number['Models'], 'model')} with "
        f"{format_count(number['Parameters'])} parameters of known size.",
        f"{urgent}; {loading}.",
        f"Hearsay: {number['Only claimed']:,} members; not readable: {number['Not readable']:,}; not searched for "
        f"code: {unsearched:,}. The numbers say what could be seen, not what there is.",
    )


def _word(kind: object) -> str:
    """Give a kind as a word of prose."""
    return str(kind).replace("_", " ")
