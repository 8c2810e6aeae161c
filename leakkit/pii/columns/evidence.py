"""A verdict on a column, and a column while it is judged."""

from __future__ import annotations

from dataclasses import dataclass

from leakkit.pii.columns.facts import Facts
from leakkit.pii.keys import KeySense


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a column holds, which share of its values, how sure, and why; `named` is the strength of its name."""

    entity: str | None
    share: float
    confidence: float
    evidence: str
    named: float = 0.0


@dataclass(slots=True)
class Column:
    """A column while it is judged."""

    name: str | None
    facts: Facts
    sense: KeySense
    verdict: Evidence
