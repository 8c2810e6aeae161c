"""Who sends the messages of a chat: names before a time, or after one, as exports of programs write them."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re

from leakkit.late import late
from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, SURNAME, lookup

_PART = r"(?:[^\W\d_a-z][^\W\d_]*(?:['’.\-][^\W\d_]*)*)"
_NAME = (
    rf"(?P<name>{_PART}(?:,? (?:{_PART}|de|da|van|von|der|den|la|le|del|di|du|dos|al|el|bin|ibn|y|e|af))"
    rf"{{0,4}}(?: [^\W\d_a-z]\.)?)"
)
_DAY = r"\d{1,2}[/.]\d{1,2}[/.](?:\d{2}|\d{4})"
_HOUR = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \u202f\u00a0]?[APap]\.? ?[Mm]\.?)?"
_FORMS = (
    late(rf"(?m)^[\u200e\u200f]?\[?{_DAY},? {_HOUR}(?:\]| [-–])[ ]{_NAME}: "),
    late(rf"(?m)^{_NAME} (?: {_HOUR}|[—–•·|] .{{0,24}}?{_HOUR}|\[{_HOUR}\]|\({_HOUR}\))[ \t]*\r?$"),
    late(rf"(?m)^{_NAME}, \[{_DAY},? {_HOUR}\]"),
    late(
        rf"(?m)^(?:{_DAY} )?{_HOUR}[ \t]+(?:From|Von|De|Da|Van|Od|Från|Fra)[ \t]+{_NAME}"
        r"(?:[ ]+(?:to|an|à|a|naar|do|till|til) |[ ]?:)"
    ),
    late(rf"(?m)^\[{_HOUR}\] {_NAME}: "),
)
"""WhatsApp and Signal; Teams, Slack and Discord; Telegram; Zoom; lines of other programs."""

_LIKE_LOGS = late(rf"(?m)^\[?\d{{4}}-\d\d-\d\d[T ]{_HOUR}(?:Z|\.\d{{1,6}}Z?)?(?:\]:?| [-–])[ ]{_NAME}: ")
"""Messages as logs write them: there who sends them has a name that the lists know."""

SIGNS = (
    r"(?:^|\n)(?:[^\x00-\x7f]{0,6}\[?\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[:.]\d\d[^\n]{0,16}?(?:\]| -| \xe2\x80\x93) "
    r"|[^\n\d]{2,60} (?: |[^\x00-\x7f]|\[|\(|\|)[^\n]{0,27}\d{1,2}[:.]\d\d[^\n]{0,12}(?:\n|$)"
    r"|[^\n\d]{2,60}, \[\d{1,2}[/.]\d"
    r"|(?:[\d/.]{6,10} )?\d\d:\d\d:\d\d[ \t]+(?:From|Von|De|Da|Van|Od|Fr)[^\n]"
    r"|\[?\d{4}-\d\d-\d\d[T ]\d{1,2}:\d\d[^\n]{0,11}(?:\]:?| -| \xe2\x80\x93) (?:(?-i:[A-Z])|[^\x00-\x7f])[^\n:]{2,60}: "
    r"|\[\d{1,2}:\d\d[^\n\]]{0,8}\] (?:(?-i:[A-Z])|[^\x00-\x7f])[^\n:]{0,40}: )"
)
"""What each form holds at least, without regard to case."""

_NO_SENDERS = frozenset(
    "info warn warning error debug trace fatal notice critical alert emerg system bot admin root server client kernel main "
    "thread worker service status message note todo exception traceback user query request response failed started stopped "
    "connection closed opened connected disconnected info: total time date start end step epoch chapter session meeting lunch "
    "break breakfast dinner today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday mon tue wed thu "
    "fri sat sun updated created modified posted published open close check checkin checkout departure arrival from to at on "
    "last first next page part version score build test job task event log loading done success ok open opening hours mo di mi "
    "do fr sa so lun mar mer jeu ven sam dim welcome agenda minutes present keynote workshop coffee".split()
)


def senders(text: str) -> list[tuple[int, int]]:
    """Give where the names of senders stand.

    Parameters
    ----------
    text : str
        A text of one or more lines.

    Returns
    -------
    list of (int, int)
        In order of place; words that logs and programmes of a day have there are left out.

    Examples
    --------
    >>> text = "12/03/2024, 09:11 - Mara Example: hello"
    >>> [text[start:end] for start, end in senders(text)]
    ['Mara Example']
    """
    found = {
        (hit.start("name"), hit.end("name"))
        for form in _FORMS
        for hit in form.finditer(text)
        if not _NO_SENDERS.intersection(re.split(r"[\s,.\-]+", hit["name"].casefold()))
        and not (hit["name"].isupper() and hit["name"].isascii() and " " not in hit["name"])
    }
    found |= {
        (hit.start("name"), hit.end("name")) for hit in _LIKE_LOGS.finditer(text) if _is_known(hit["name"])
    }
    return sorted(found)


def _is_known(name: str) -> bool:
    """Tell whether a name has two words or more, one of them a name that is no word, and none a word of logs."""
    words = re.split(r"[\s,.\-]+", name.casefold())
    if len(words) < 2 or _NO_SENDERS.intersection(words):
        return False
    return any(flags & (GIVEN | SURNAME) and not flags & COMMON for flags in lookup(words).tolist())
