"""What is said of a column: a guess from its values, the verdict with its evidence; and a column while it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from leakkit.pii.columns.facts import Facts
from leakkit.pii.lexicon import KeySense


class Guess(NamedTuple):
    """What the values of a column may be: the entity, which share of them, how sure, and why."""

    entity: str
    share: float
    confidence: float
    reason: str


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
