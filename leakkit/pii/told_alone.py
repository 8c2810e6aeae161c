"""Lines with a layout that says no more than detectors do: an e-mail address under its key, in a line of a log.

``time INFO login ok user=ann@example.org from 192.0.2.1``: the address is found whatever its key is, and the key says
nothing of the rest. Such lines are most of those with a layout in a log, and need not be weighed one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from leakkit.pii.keys import entity_of_key
from leakkit.pii.layout.typed import may_be_told
from leakkit.pii.spans_more import LAYOUT, typed_spans
from leakkit.pii.weighing.unlikely import is_of_machine

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.laid import Cells
    from leakkit.pii.matching.buffers import Texts
    from leakkit.pii.setup import Setup

_DETECTORS = frozenset(("email", "email_international"))
_KEYS = ("EMAIL", "USERNAME", "PERSON", None)
"""What the key of an address says, which may be that of an account or of somebody."""
_MOST, _LONGEST = 3, 400
"""Cells of a line, up to which each is told by itself, and characters of it."""
_FIRM = 0.6
"""Strength from which a key speaks against whatever else stands in its cell."""
_MAIL = re.compile(
    r"([A-Za-z0-9._\-\u00c0-\u024f]{1,40}@(?:[a-z0-9\-]{1,40}\.){1,4}[a-z]{2,12})"
    r"(?P<after>(?: [a-z]{2,12}){1,2}(?P<host> \d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?)?)?"
)
"""An address, and where it comes from, as logs have it after it."""
_SAYS_NOTHING = re.compile(r"(?:\D{0,40}\d{1,4}(?!\d)){0,3}\D{0,40}")
"""A value with few digits, as times of day have them."""
_ALSO = re.compile(r"; also:([^:]*):")
_NO_LETTER = re.compile(r"[\d\-: .,/]+")
_PART = re.compile(r"[._\-@]")

Mails = dict[int, dict[tuple[int, int], bool]]
"""Where the addresses of lines stand, by row, and of each whether its key and form tell it, too."""


def mails_alone(laid: Mapping[int, Cells], texts: Texts, setup: Setup) -> Mails:
    """Give the rows with a layout of which nothing but e-mail addresses is told, with the places of these.

    Parameters
    ----------
    laid : mapping of int to cells
        The rows with a layout.
    texts : Texts
        The texts of all rows.
    setup : Setup
        What is looked for; where addresses are not, no row is one of these.
    """
    if not laid or not _DETECTORS.issubset(detector.id for detector in setup.detectors):
        return {}
    says: dict[str, bool] = {}
    told: dict[str, bool] = {}
    found: Mails = {}
    for row, cells in laid.items():
        text = texts[row]
        if len(cells) > _MOST or len(text) > _LONGEST or "@" not in text or "\n" in text:
            continue
        if not (keys := _mails(text, cells)):
            continue
        own = [key for key, _ in keys.values()]
        if any(_says(cell.key, says, setup) for cell in cells if cell.key not in own):
            continue
        for place, (key, whole) in keys.items():
            if whole and key not in told:
                told[key] = any(place == (s.start, s.end) for s in typed_spans(row, text, cells, setup))
        found[row] = {place: whole and told[key] for place, (key, whole) in keys.items()}
    return found


def _says(key: str, says: dict[str, bool], setup: Setup) -> bool:
    """Tell whether a key speaks for any detector; remembered but for keys of digits and signs, which say nothing."""
    if setup.lettered and _NO_LETTER.fullmatch(key):
        return False
    if (found := says.get(key)) is None:
        silent, telling = setup.telling(""), setup.telling(key)
        found = says[key] = telling is not silent and bool((telling > silent).any())
    return found


def _mails(text: str, cells: Cells) -> dict[tuple[int, int], tuple[str, bool]]:
    """Give the addresses of a line whose cells hold nothing else that may be told: the key, and if one fills a cell."""
    found: dict[tuple[int, int], tuple[str, bool]] = {}
    tables = set()
    for cell in cells:
        mail = _MAIL.fullmatch(text, cell.start, cell.end) if cell.key else None
        if mail is None:
            if may_be_told(text, cell) or not _SAYS_NOTHING.fullmatch(text, cell.start, cell.end):
                return {}
            continue
        sense, (start, end) = entity_of_key(cell.key), mail.span(1)
        if (
            sense.entity not in _KEYS
            or (mail["host"] and sense.strength >= _FIRM)
            or text[end : end + 1] == "("
        ):
            return {}
        if cell.table in tables:
            return {}
        tables.add(cell.table)
        if not found.get((start, end), ("", False))[1]:
            found[start, end] = cell.key, mail["after"] is None
    return found


def with_layout(found: pa.Table, mails: Mails) -> tuple[pa.Table, list[int]]:
    """Note of addresses that layout tells them, too; also give the rows of which not every address was found.

    Parameters
    ----------
    found : pyarrow.Table
        What detectors found.
    mails : mapping of int to places
        As `mails_alone` gives it.
    """
    if not mails:
        return found, []
    names = ("row", "start", "end", "entity", "score")
    columns: Iterable[Any] = (found.column(name).to_pylist() for name in names)
    left = {row: set(places) for row, places in mails.items()}
    evidence = found.column("evidence").to_pylist()
    for number, (row, start, end, entity, score) in enumerate(zip(*columns, strict=True)):
        place = start, end
        if entity == "EMAIL" and row in mails and place in mails[row]:
            left[row].discard(place)
            if mails[row][place]:
                evidence[number] = _noted(evidence[number], score)
    return _with_evidence(found, evidence), [row for row, places in left.items() if places]


def _noted(evidence: str, score: float) -> str:
    """Say that layout tells a finding, too, as `settled` says it."""
    if (also := _ALSO.search(evidence)) is not None:
        ids = ",".join(sorted({LAYOUT, *also[1].split(",")}))
        return f"{evidence[: also.start(1)]}{ids}{evidence[also.end(1) :]}"
    steps, traits, rest = evidence.partition("; traits:")
    return f"{steps}; also:{LAYOUT}:{score:.2f}{traits}{rest}"


def _with_evidence(found: pa.Table, evidence: list[str]) -> pa.Table:
    """Give a table with other evidence."""
    import pyarrow as pa

    place = found.schema.get_field_index("evidence")
    field = found.schema.field(place)
    values = pa.array(evidence, pa.string())
    values = values.dictionary_encode() if pa.types.is_dictionary(field.type) else values
    return found.set_column(place, field, values.cast(field.type))


def holds_service(mail: str) -> bool:
    """Tell whether a part of an address may be the account of a service, which is no finding of its own.

    Examples
    --------
    >>> holds_service("git@example.org"), holds_service("ann.lee@example.org")
    (True, False)
    """
    parts = [mail.partition("@")[0], *_PART.split(mail)]
    return any(is_of_machine("USERNAME", part) for part in parts)
