"""Compiled engines of TensorRT: running one runs what is in it, and nothing more of it is read."""

from __future__ import annotations

from leakkit.leak.facts import Facts
from leakkit.leak.source import Source


def read(source: Source, format: str = "tensorrt-engine") -> Facts:
    """Flag the member for review by the nature of its format; nothing in it was judged.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> read(BytesSource(b"ftrt")).danger_rules
    ['compiled-engine']
    """
    facts = Facts()
    facts.flag("review", "compiled-engine")
    return facts
