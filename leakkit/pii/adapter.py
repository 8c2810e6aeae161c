"""The scanner as `detect(texts) -> spans` under common type names, so that any evaluation can score it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from leakkit.pii.detector import builtin_detectors, entities
from leakkit.pii.weighing.other_days import is_other_day, says_other
from leakkit.pii.weighing.versions import precedes_version

if TYPE_CHECKING:
    from leakkit.pii.setup import Setup

Span = tuple[int, int, str, float]

COMMON_TYPES = frozenset(
    "PERSON LOCATION ORGANIZATION EMAIL PHONE CREDIT_CARD IBAN US_SSN IP MAC URL DATE PASSPORT DRIVER_LICENSE "
    "NATIONAL_ID BANK_ACCOUNT CRYPTO SECRET USERNAME VEHICLE".split()
)
"""Types that comparisons of tools use; entities of other types (age, diagnosis ...) are left out."""

_CLOCK = re.compile(r"[T ,]{1,2}\d{1,2}:\d\d")
_WORD = re.compile(r"(?<![\w\"'=:/.])[a-z]{2,}(?![\w\"'=:/])")
_NAMED_DAY = re.compile(
    r"(?i)\b(?:1[5-9]|20)\d\d\b|day\b|\d{1,2}[./\-]\d{1,2}[./\-]\d|\d.{0,4}[a-z]{3}|[a-z]{3}.{0,4}\d"
)
_MACHINE = re.compile(r"[{}<>|\t]|\w=\S|\",[\"\d]|','|\w;\w")
_COLUMNS = ("row", "start", "end", "entity", "score", "placeholder", "detector")
_BESIDE_VALUES = ("card_expiry",)
"""Detectors of what stands beside a value and is none: the month in which a card ends is no number of a card."""
DEFAULT_THRESHOLD = 0.3
THRESHOLDS: dict[str, float] = {"PERSON": 0.12, "LOCATION": 0.12, "ORGANIZATION": 0.25, "PHONE": 0.28}
"""Lowest score given out by common type; chosen for F2, which counts a miss as four false alarms."""


class Adapter:
    """Callable that finds personal data and secrets in texts under common type names.

    Quiet detectors (dates and web addresses in prose) run too, because evaluations mark them.
    Documentation values are kept, as evaluations mark those as well, except credentials.
    """

    @cached_property
    def _setup(self) -> Setup:
        """All detectors, compiled once, and the kit's own tagger."""
        from leakkit.pii.setup import make_setup

        return make_setup(list(builtin_detectors()))

    def load(self) -> None:
        """Read tables, compile patterns and open the tagger before anything is timed."""
        self(["Ana Example wrote to ana@example.com from 192.0.2.7."])

    def __call__(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the spans of each text.

        Parameters
        ----------
        texts : sequence of str
            One document each; offsets count code points.

        Returns
        -------
        list of list of (int, int, str, float)
            For each text ``(start, end, common type, score)`` by place; ends are exclusive.

        Examples
        --------
        >>> detect(["Write to ana@example.com"])[0][0][:3]
        (9, 24, 'EMAIL')
        """
        spans: list[list[Span]] = [[] for _ in texts]
        for row, start, end, entity, score, placeholder, detector in self._findings(texts):
            common = entities()[entity].common
            hidden = (
                detector in _BESIDE_VALUES
                or (placeholder and common == "SECRET")
                or (entity == "DATE" and not _in_prose(texts[row], start, end))
                or (
                    entity == "DATE_OF_BIRTH"
                    and says_other(texts[row][max(0, start - 60) : start].split("\n")[-1])
                )
            )
            if common in COMMON_TYPES and not hidden and score >= THRESHOLDS.get(common, DEFAULT_THRESHOLD):
                spans[row].append((start, end, common, score))
        return [sorted(found) for found in spans]

    def _findings(self, texts: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Give row, start, end, entity, score, placeholder and detector of every finding."""
        from leakkit.pii.find import _batches, find_batch

        for batch in _batches(list(texts), None, None):
            found = find_batch(batch, self._setup)
            yield from zip(*(found[name].to_pylist() for name in _COLUMNS), strict=True)


def _in_prose(text: str, start: int, end: int) -> bool:
    """Tell whether a date stands in a sentence; those of logs and tables say when, not who."""
    line = text[text.rfind("\n", 0, start) + 1 : start], text[end : text.find("\n", end) % (len(text) + 1)]
    if not _NAMED_DAY.search(text, start, end) or _CLOCK.match(line[1]) or not line[0].strip(" \t\"'([{<|,;"):
        return False
    if (
        precedes_version(text, start)
        or is_other_day(line[0], text[start:end], line[1])
        or _of_reference(text, start, end)
    ):
        return False
    return len(_WORD.findall(line[0][-80:]) + _WORD.findall(line[1][:80])) >= 2 and not _MACHINE.search(
        "".join(line)
    )


def _of_reference(text: str, start: int, end: int) -> bool:
    """Tell whether a year in brackets stands behind the authors of a book."""
    return (
        text[start - 1 : start] == "(" and text[end : end + 1] == ")" and text[start - 3 : start - 1] == ". "
    )


detect = Adapter()
"""The public adapter: ``evaluate --detector leakkit.pii.adapter:detect``."""
