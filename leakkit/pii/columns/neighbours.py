"""Columns that say little alone, judged by what stands beside them."""

from __future__ import annotations

from leakkit.pii.columns.evidence import Column, Evidence
from leakkit.pii.columns.guess import guess, lives
from leakkit.pii.columns.named import names_people
from leakkit.pii.keys import UNKNOWN


def beside_streets(columns: list[Column]) -> None:
    """Take words beside a column of streets for towns where no column has a name."""
    for street, column in zip(columns, columns[1:], strict=False):
        facts = column.facts
        if street.verdict.entity != "STREET_ADDRESS" or street.sense != UNKNOWN or column.sense != UNKNOWN:
            continue
        told = column.verdict.entity
        if (
            (told is None or (told == "PERSON" and column.verdict.confidence < 0.75))
            and facts.mean("CITY") >= 0.55
            and facts.kind in ("text", "enumeration")
            and facts.length < 30
            and facts.integer < 0.1
        ):
            column.verdict = Evidence(
                "CITY", facts.share("CITY", 0.5), 0.6, "values: words right after streets"
            )


def among(column: Column, others: set[str], near: set[str]) -> Evidence:
    """Judge a column again that says little alone, knowing what stands beside it."""
    facts, sense, verdict = column.facts, column.sense, column.verdict
    people = len(others - {"GENDER", "POSTCODE"})
    if not facts.values or not people or facts.kind in ("yes/no", "free text"):
        return verdict
    beside = f"beside {', '.join(sorted(others)[:3])}"
    if sense.entity == "PERSON" and facts.mean("PERSON") >= 0.4 and names_people(facts, 0.7):
        return Evidence(
            "PERSON", facts.share("PERSON", 0.5), 0.7, f"{verdict.evidence}; {beside}", sense.strength
        )
    if sense.entity == "LOCATION" and facts.names.town < 0.3:
        return verdict
    if sense.entity == "STATE" and facts.share("STATE", 0.75) < 0.5:
        return verdict
    if (
        sense.entity in ("STATE", "STREET_ADDRESS", "LOCATION")
        and not facts.few_words
        and facts.mean(sense.entity) >= 0.47
    ):
        return Evidence(
            sense.entity,
            facts.share(sense.entity, 0.45),
            0.6,
            f"{verdict.evidence}; {beside}",
            sense.strength,
        )
    if (
        sense.entity == "USERNAME"
        and facts.mean("USERNAME") >= 0.5
        and facts.numeric < 0.5
        and facts.kind != "hexadecimal"
    ):
        return Evidence(
            "USERNAME", facts.share("USERNAME", 0.5), 0.6, f"{verdict.evidence}; {beside}", sense.strength
        )
    if sense.entity is None and sense.strength >= 0.6 and (births := lives(facts)) is not None:
        return Evidence(births[0], births[1], births[2], f"values: {births[3]}; {beside}")
    if sense.entity is None and sense.strength < 0.6:
        told = guess(facts, sense, others, near, called=column.name is not None)
        if told is not None:
            return Evidence(told[0], told[1], told[2], f"values: {told[3]}; {beside}")
    return verdict
