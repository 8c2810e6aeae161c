"""Addresses of e-mail as they are, that were written for a URL or a page, or to hide them from machines."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_AT = re.compile(r"\s*[\[({<]\s*at\s*[\])}>]\s*|\s+at\s+", re.IGNORECASE)
_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*|\s+dot\s+", re.IGNORECASE)


def plain_address(text: str) -> str:
    """Write an address as mail knows it.

    Parameters
    ----------
    text : str
        An address as it stands in a leak.

    Examples
    --------
    >>> plain_address("ann.lee%40example.org"), plain_address("ann [at] example dot org")
    ('ann.lee@example.org', 'ann@example.org')
    >>> plain_address("Ann.Lee@Example.org")
    'Ann.Lee@Example.org'
    """
    if "%" in text:
        text = unquote(text)
    if "&" in text:
        text = html.unescape(text)
    if "@" not in text:
        text = _AT.sub("@", text, count=1)
    return _DOT.sub(".", text) if " " in text or "]" in text or ")" in text else text
