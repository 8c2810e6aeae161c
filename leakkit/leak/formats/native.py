"""Files whose ordinary loader runs what is in them, and of which nothing more is read.

R's serialisation may hold closures, and promises that are evaluated when they are looked at
(CVE-2024-27322, R before 4.4.0). A TensorRT engine holds compiled code for the graphics processor.
"""

from __future__ import annotations

from leakkit.leak.facts import Facts
from leakkit.leak.source import Source

_RULES = {"r-data": "r-serialisation", "tensorrt-engine": "compiled-engine"}


def read(source: Source, format: str) -> Facts:
    """Flag the member for review by the nature of its format; nothing in it was judged.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> read(BytesSource(b"X"), "r-data").danger_rules
    ['r-serialisation']
    """
    facts = Facts()
    facts.flag("review", _RULES[format])
    return facts
