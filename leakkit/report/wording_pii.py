"""Findings of personal data in sentences, made from the frames, so that no number is typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leakkit.display.cells import format_count
from leakkit.pii.summary import at_least, counted, is_counted, measure_findings

if TYPE_CHECKING:
    import pandas as pd

    from leakkit.pii.people.estimate import Estimate

_WORDS = {"government_id": "government ids"}


def _family(name: str) -> str:
    """Give a family in words."""
    return _WORDS.get(name, name.replace("_", " "))


def describe_findings(findings: pd.DataFrame) -> tuple[str, str]:
    """Answer "what personal data was found, and how sure?" in two sentences.

    Parameters
    ----------
    findings : pandas.DataFrame
        Findings frame.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> import leakkit as lk
    >>> describe_findings(lk.frames.FINDINGS.from_rows([]))[0]
    'No personal data and no secret was found (0 findings).'
    """
    counts = measure_findings(findings, "family")
    counts = counts[counts["findings"] > 0]
    total = int(counts["findings"].sum())
    fake = int((~is_counted(findings)).sum())
    aside = f"{fake:,} documentation or test values were found, marked and left out of the count."
    if not total:
        return "No personal data and no secret was found (0 findings).", aside
    sure = int(counts[["likely", "very_likely"]].to_numpy().sum())
    most = counts.iloc[0]
    return (
        f"The search raised {total:,} findings in {_members(findings):,} members; "
        f"{sure:,} of them ({sure / total:.0%}) are likely or very likely.",
        f"The largest family is {_family(most['family'])} ({int(most['findings']):,} findings, "
        f"{int(most['values']):,} different values); {aside}",
    )


def _members(findings: pd.DataFrame) -> int:
    """Count members with a finding that is no placeholder."""
    return int(counted(findings)["path"].nunique())


def describe_entities(findings: pd.DataFrame) -> str:
    """Say which kinds of values are most frequent; for an alt text."""
    counts = measure_findings(findings)
    counts = counts[counts["findings"] > 0].head(3)
    if counts.empty:
        return "There are no bars (0 findings)."
    parts = [f"{row.entity} {int(row.findings):,}" for row in counts.itertuples()]
    return f"Most frequent: {', '.join(parts)} of {len(counted(findings)):,} findings."


def describe_scores(scores: pd.DataFrame) -> str:
    """Say how much was found and how much of it is right, over all types."""
    whole = scores.iloc[-1] if len(scores) else None
    if whole is None or not whole["n_truth"]:
        return "There is no known truth about this leak, so nobody can say how much was missed."
    recall = f"{whole['recall']:.1%} ({whole['recall_low']:.1%} to {whole['recall_high']:.1%})"
    text = f"Of {int(whole['n_truth']):,} true values, {recall} were found"
    if not whole["n_findings"]:
        return f"{text}; nothing was found, so there is no precision."
    right = f"{whole['precision']:.1%} ({whole['precision_low']:.1%} to {whole['precision_high']:.1%})"
    return f"{text}; of {int(whole['n_findings']):,} findings, {right} are right. In brackets 95 % intervals."


def describe_secrets(findings: pd.DataFrame) -> str:
    """Say how many live-looking secrets must be replaced."""
    secrets = at_least(counted(findings), "likely")
    secrets = secrets[secrets["family"].eq("credential")]
    if secrets.empty:
        return "No secret was found at the level likely or above."
    values, places = secrets["value_key"].nunique(), secrets["path"].nunique()
    return (
        f"{format_count(values)} different secrets in {format_count(places)} members are likely real: "
        "replace each of them now, and then look at what they opened."
    )


def describe_prevalence(rates: pd.DataFrame) -> str:
    """Say the rates of `measure_prevalence` in a sentence; for an alt text."""
    if rates["per_1000_documents"].isna().all():
        return "There are no such documents (0), so there is no rate."
    parts = [f"{row.entity} {row.per_1000_documents:,.1f}" for row in rates.itertuples()]
    return f"Instances per 1,000 documents: {', '.join(parts)}.".replace("_", " ")


def describe_people(estimate: Estimate, n_true: int = 0) -> str:
    """Say how many people the findings are about, and the true number where it is known."""
    known = f"; {n_true:,} were planted" if n_true else "; how many there truly are is not known"
    return f"The findings are about {estimate}{known}."
