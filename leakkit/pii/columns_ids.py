"""Identifiers with check digits in a column: the detectors' patterns and validators, asked value by value."""

from __future__ import annotations

from typing import NamedTuple

from leakkit.pii.columns_facts import Facts
from leakkit.pii.keys import KeySense


class Issued(NamedTuple):
    """The entity whose rule the values of a column pass."""

    entity: str
    share: float
    confidence: float
    evidence: str


def issued(facts: Facts, sense: KeySense) -> Issued | None:
    """Tell whose identifier the values are by rules that chance does not pass."""
    return None
