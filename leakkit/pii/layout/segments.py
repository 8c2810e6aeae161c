"""Cells of messages in segments between hospitals (HL7 version 2): names, births, addresses, telephones, documents."""

from __future__ import annotations

from leakkit.pii.layout.text import Sheet

_NAME = ("surname", "first name", "middle name")
_ADDRESS = ("street", "address line 2", "city", "province", "postcode", "country")
_FIELDS: dict[str, dict[int, tuple[str | None, ...]]] = {
    "PID": {
        2: ("mrn",),
        3: ("mrn",),
        5: _NAME,
        6: ("mothers maiden name", "first name"),
        7: ("dob",),
        9: _NAME,
        11: _ADDRESS,
        13: ("phone",),
        14: ("phone",),
        19: ("ssn",),
        20: ("driver license",),
    },
    "NK1": {2: _NAME, 4: _ADDRESS, 5: ("phone",), 6: ("phone",), 16: ("dob",), 37: ("ssn",)},
    "PV1": dict.fromkeys((7, 8, 9, 17), (None, *_NAME)),
    "GT1": {3: _NAME, 5: _ADDRESS, 6: ("phone",), 8: ("dob",), 12: ("ssn",)},
    "IN1": {4: ("company",), 16: _NAME, 18: ("dob",), 19: _ADDRESS, 36: ("insurance number",)},
    "ORC": {12: (None, *_NAME)},
    "OBR": {16: (None, *_NAME)},
}
"""What the components of a field are, by segment and place, HL7 version 2.5."""

_LEAST_FIELDS = 3
"""Bars in a segment that stands without the head of its message."""

_OTHER = "status"
"""A name that says of a value that it is no personal data: codes of tables, of programs and of wards."""


def is_segment(line: str) -> bool:
    """Tell whether a line alone is a segment of which the fields are known: a file may be read line by line.

    Examples
    --------
    >>> is_segment("PID|1||1004^^^LAB||Lee^Ann||19570914|F"), is_segment("PID|TTY|TIME|CMD")
    (True, False)
    """
    if line[3:4] != "|" or line[:3] not in _FIELDS or "\n" in line:
        return False
    return line.count("|") > _LEAST_FIELDS and "^" in line


def read_segments(sheet: Sheet) -> None:
    """Read the segments of messages: lines of three capitals and fields between bars."""
    table = row = 0
    alone = len(sheet.starts) == 1
    for number in range(len(sheet.starts)):
        line, at = sheet.line(number).strip("\x0b\x1c"), sheet.starts[number]
        name, sign, rest = line.partition("|")
        if sheet.taken[number] or not sign or len(name) != 3 or not name.isalnum() or not name.isupper():
            continue
        if name == "MSH" or (alone and is_segment(line)):
            table, row = sheet.table(), sheet.row()
        if not table:
            continue
        sheet.taken[number] = 1
        start = at + 4
        for place, field in enumerate(rest.split("|"), 1):
            _put_field(sheet, start, field, _FIELDS.get(name, {}).get(place, ()), row, table)
            start += len(field) + 1


def _put_field(
    sheet: Sheet, start: int, field: str, keys: tuple[str | None, ...], row: int, table: int
) -> None:
    """Give out the components of a field that are known; repetitions are read as the first one."""
    if not keys:
        if any(map(str.isalpha, field)):
            sheet.put(start, start + len(field), _OTHER, row, -1, table)
        return
    for repeated in field.split("~"):
        at = start
        for column, part in enumerate(repeated.split("^")[: len(keys)]):
            key = keys[column]
            if part and key is not None:
                sheet.put(at, at + len(part), key, row, len(key), table)
            at += len(part) + 1
        start += len(repeated) + 1
