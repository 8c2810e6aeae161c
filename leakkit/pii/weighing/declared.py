"""Types that stand behind the names of fields in schemas and programs: ``displayName: String``, ``contact: Contact``."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

from leakkit.late import late
from leakkit.pii.gazetteer.lookup import GIVEN, flags_of

TYPES = frozenset(
    "string str text char varchar character int integer long short byte float double decimal number numeric bool boolean "
    "date datetime timestamp instant object any unknown never void unit optional option maybe vec list array set map dict "
    "record tuple uuid guid id url uri json blob buffer promise observable result nullable readonly partial mapped".split()
)
"""Types of values, in several languages of programs."""
ALSO_NAMES = frozenset("long short char date double set list number".split())
"""Those that people are called, too."""
_BEFORE = late(r"(?P<key>[A-Za-z_]\w{0,40})[\"'`]?\??[ ]?:[ ]?(?:[A-Za-z]\w{0,20}[<\[])?\Z")
"""The name of a field, a colon, and a type that holds another."""
_AFTER = late(r"[!?\[\]<>|(){};,=.]|[ \t]*(?:[|={}&]|$|\n|//|#|--)")
_REACH = 64


def is_type(text: str, start: int, end: int) -> bool:
    r"""Tell whether a word behind the name of a field is its type, and no value.

    Examples
    --------
    >>> is_type("pub name: String, pub age: u8", 10, 16), is_type("let contact: Contact\n", 13, 20)
    (True, True)
    >>> is_type("name: Stringer, Ana", 6, 14), is_type("lastName: Long, age: 4", 10, 14)
    (False, False)
    """
    value = text[start:end].casefold()
    before = _BEFORE.search(text, max(0, start - _REACH), start)
    if before is None or _AFTER.match(text, end) is None:
        return False
    key = before["key"]
    if value in TYPES:
        return value not in ALSO_NAMES or not key.casefold().endswith("name")
    same = value == key.casefold().replace("_", "") and key[0].islower()
    return same and not flags_of(value) & GIVEN
