"""Numbers of messages: ``Message-ID: <4f2a@mx.example.org>`` is written as an address and reaches nobody."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

_HEADERS = r"(?:message|msg|content|thread|conversation)[-_ ]?id|in[-_ ]?reply[-_ ]?to|references"
_FIELD = re.compile(
    rf"(?i)(?:.*[.\]_-])?(?:(?:resent|smtp|internet|original|parent|x)[-_]?)*(?:{_HEADERS})(?:\[\d*\])?"
)
_BEFORE = re.compile(
    rf"(?i)(?:{_HEADERS})[\"']?\s{{0,4}}[:=]\s{{0,4}}[\"']?(?:<[^<>\s]{{1,200}}>[\s,]{{0,9}}){{0,20}}<?\Z"
)
_LASTS = frozenset(":=\"'>,")
"""What ends the header right before a number, beside ``<`` and blanks."""
_REACH = 400
_PLACE = ["path", "row", "field"]


def numbers_a_message(text: str, start: int) -> bool:
    """Tell whether what begins at a place of a text is the number of a message, by the header before it.

    Examples
    --------
    >>> (
    ...     numbers_a_message("Message-ID: <4f2a@mx.example.org>", 13),
    ...     numbers_a_message("From: <ann@example.org>", 7),
    ... )
    (True, False)
    """
    last = text[start - 1 : start]
    if last != "<":
        ends = last in _LASTS or last.isspace()
        if not ends or "id" not in text[max(0, start - 6) : start].lower():
            return False
    return _BEFORE.search(text, max(0, start - _REACH), start) is not None


@lru_cache(maxsize=4_096)
def is_of_messages(field: str) -> bool:
    """Tell whether a field holds numbers of messages.

    Examples
    --------
    >>> [
    ...     is_of_messages(name)
    ...     for name in ("message-id", "headers.References", "x_message_id", "message", "reply-to")
    ... ]
    [True, True, True, False, False]
    """
    return _FIELD.fullmatch(field) is not None


def without_message_ids(batch: pa.RecordBatch, found: pa.Table) -> pa.Table:
    """Leave out addresses in fields that hold numbers of messages; ``references`` of people hold no ``<``.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    told = [name for name in pc.unique(found.column("field")).to_pylist() if name and is_of_messages(name)]
    if not told:
        return found
    own = batch.filter(pc.is_in(batch.column("field"), pa.array(told, batch.column("field").type)))
    own = own.filter(pc.starts_with(own.column("text"), "<"))
    within = set(zip(*(own.column(name).to_pylist() for name in _PLACE), strict=True))
    mails = np.flatnonzero(np.asarray(pc.equal(found.column("entity"), "EMAIL")))
    some = found.select(_PLACE).take(pa.array(mails))
    places = zip(*(some.column(name).to_pylist() for name in _PLACE), strict=True)
    kept = np.ones(found.num_rows, bool)
    kept[mails] = [place not in within for place in places]
    return found.filter(pa.array(kept))
