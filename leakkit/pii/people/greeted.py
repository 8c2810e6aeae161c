"""Messages of one pattern ("Dear Ann Lee, your report is ready"): the name is whose the row's telephone is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from leakkit.pii.people.mentions import NAME, Finding, Mention

_FEWEST, _SHARE, _DIFFERENT = 5, 0.6, 0.5
"""Rows whose name begins at one place, their share of the rows with a name, and the share of different names."""

_FARTHEST = 20
"""Bytes of a greeting before a name."""

_SENT_TO = ("to", "")
"""Roles of whom a message is sent to: told, or of a table that has but one telephone or address."""

_Where = tuple[str, str]


def places_of_greeted(findings: Sequence[Finding]) -> dict[str, int]:
    """Give where in a column of texts the name of the person greeted begins, where most rows are of one pattern.

    Parameters
    ----------
    findings : sequence of Finding
        Those of a member. Names that come again and again are of who sends the messages.
    """
    firsts: dict[str, dict[int, Finding]] = defaultdict(dict)
    for found in findings:
        if found.kind == NAME and found.field.is_text and not found.one_word and found.field.column:
            known = firsts[found.field.column].get(found.row)
            if known is None or found.start < known.start:
                firsts[found.field.column][found.row] = found
    result = {}
    for column, rows in firsts.items():
        place, count = Counter(found.start for found in rows.values()).most_common(1)[0]
        names = {found.key for found in rows.values() if found.start == place}
        many = count >= max(_FEWEST, _SHARE * len(rows)) and len(names) >= _DIFFERENT * count
        if many and 0 < place <= _FARTHEST:
            result[column] = place
    return result


def greet(
    owners: Mapping[_Where, Mention], texts: Mapping[_Where, list[Finding]], at: dict[str, int]
) -> None:
    """Give whom a record's message is sent to the name by which it greets, if nothing names them.

    Parameters
    ----------
    owners : mapping
        Mentions of the record by place and role.
    texts : mapping
        Findings of its texts by place and role.
    at : dict
        From `places_of_greeted`.
    """
    for (place, _), values in texts.items() if at else ():
        home = next((owners[place, role] for role in _SENT_TO if (place, role) in owners), None)
        if home is None or home.name is not None:
            continue
        greeted = [f for f in values if f.kind == NAME and at.get(f.field.column) == f.start]
        if len(greeted) == 1:
            home.add(greeted[0])
            values.remove(greeted[0])
