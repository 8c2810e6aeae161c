"""Names of packages in lists of them, of which some are given names, too: ``name = "alex"`` above its version."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leakkit.pii.spans import Span
    from leakkit.pii.weighing.without_sentences import Held

_BY_KEY = ("layout:PERSON", "column:PERSON")
_NAME = re.compile(r"[a-z][a-z\d_\-.]*")
_VERSION = re.compile(r"[ \t\-]{0,12}[\"']?version[\"']?[ \t]?[:=][ \t]?[\"']?[v~^]?\d")


def without_packages(spans: Sequence[Span], held: Held) -> list[Span]:
    """Leave out persons whom only their key tells, where the next line holds a version.

    Parameters
    ----------
    spans : sequence of Span
        All that was found.
    held : Held
        The members of the batch.
    """
    return [span for span in spans if not (_may_be(span) and _has_version(span, held))]


def _may_be(span: Span) -> bool:
    """Tell whether a name is one that a package may have."""
    return (
        span.entity == "PERSON"
        and span.evidence.startswith(_BY_KEY)
        and _NAME.fullmatch(span.value) is not None
    )


def _has_version(span: Span, held: Held) -> bool:
    """Tell whether the line below a name holds a version."""
    member, place = held.place(span.row, span.start)
    lines = held.lines(member)
    return place + 1 < lines.count and _VERSION.match(lines.line(place + 1)) is not None
