"""Names that the tagger sees in a text, grown to whole words and without those that are a machine's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import Any

from leakkit.pii.addresses import place_ends
from leakkit.pii.cues import own_name
from leakkit.pii.laid import last_at
from leakkit.pii.listed_names import with_listed
from leakkit.pii.names_in_parts import whole_of_parts
from leakkit.pii.reversed_names import whole_reversed
from leakkit.pii.tagger.indic import is_indic
from leakkit.pii.weighing.addressed import without_address
from leakkit.pii.weighing.declared import is_type
from leakkit.pii.weighing.eponyms import is_eponym
from leakkit.pii.weighing.everyday import everyday_edges
from leakkit.pii.weighing.machine_lines import is_screen_text
from leakkit.pii.weighing.name_edges import name_edges
from leakkit.pii.weighing.names_in_signs import edges_in_signs
from leakkit.pii.weighing.unlikely import is_unlikely, whole_words
from leakkit.pii.weighing.whole_names import whole_name
from leakkit.pii.wrapped_names import whole_over_lines

_PROSE = re.compile(r"[A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20}){0,3}(?=[.!?](?: |\n|\Z)| [^\s:=,;|)\\<])")

_AND = frozenset(
    f" {word} " for word in "and & und et y e i a och og ja és en si și ve dan και и й та і ir un".split()
)
"""Words between the first names of two who share a family name, with a blank on both sides."""

_OF_PARENTS = re.compile(
    r",? (?:[^\W\d_]{1,12} ){0,2}(?:child|son|daughter|baby|kind|sohn|tochter|enfant|fils|fille|hij[oa]|figli[oa]|"
    r"filh[oa]|zoon|dochter) (?:of|von|de|di|do|da|du|d[eo]s|van) ",
    re.IGNORECASE,
)
"""What stands between a child's first name and its parents'."""

_BESIDE = re.compile(r"(?: ?[(（\[【/／|] ?| )\Z")
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】"}
_APART = 3
"""What stands between a name and the same in other letters, and most characters of it."""

_DOUBTED = frozenset(("ORGANIZATION", "LOCATION"))
_SURE = 0.6
"""Score from which a place or a firm stays one."""
_FAR = 100
"""Characters behind a name in which its address is looked for."""

_ASIDE = 80
"""Characters between a bracket and a name in it."""


def likely(
    text: str, names: Sequence[Any], cells: Sequence[Any], hexed: bool, only: Collection[str] | None
) -> list[tuple[int, int, str, float, str]]:
    """Give the names that become findings, with what is told of each.

    Parameters
    ----------
    text : str
        The text.
    names : sequence of (start, end, entity, score)
        What the tagger and the words around names tell.
    cells : sequence of Cell
        Cells of the text, by place.
    hexed : bool
        Whether the text may hold bytes in hexadecimal.
    only : collection of str, optional
        Entities that are wanted; all when left out.
    """
    found = []
    clear = not cells and not hexed
    whole = whole_of_parts(text, whole_reversed(text, names))
    for start, end, kind, score in whole_over_lines(text, with_listed(text, whole)):
        entity = "PERSON" if kind in _DOUBTED and score < _SURE and has_address(text, start, end) else kind
        if start >= end or (only is not None and entity not in only):
            continue
        own = own_name(text, start, end)
        start, entity = (own, "PERSON") if start < own < end else (start, entity)
        if is_indic(text[start:end]):
            found.append((start, end, entity, score, f"tagger:{entity}:{score:.2f}"))
            continue
        if not (clear and _stands_in_prose(text, start, end)):
            start, end = whole_words(text, start, end)
            if entity == "LOCATION":
                end = place_ends(text, start, end)
            if is_unlikely(text, start, end, entity, cells, last_at(cells, start), hexed):
                continue
        elif is_screen_text(text, start, entity) or is_type(text, start, end):
            continue
        if not cells or _is_of_sentence(cells, start, end):
            start, end = name_edges(text, start, end, entity)
            if start >= end:
                continue
            start, end, entity = whole_name(text, start, end, entity)
        if entity == "PERSON" and " " in text[start:end]:
            start, end = without_address(text, start, end)
        start, end = everyday_edges(text, start, end, entity) if start < end else (start, end)
        start, end = edges_in_signs(text, start, end) if entity == "PERSON" else (start, end)
        if start >= end:
            continue
        if is_eponym(text, start, end, entity):
            continue
        found.append((start, end, entity, score, f"tagger:{entity}:{score:.2f}"))
    found = with_writings(text, with_couples(text, found) if len(found) > 1 else found)
    return with_asides(text, found) if "(" in text else found


def has_address(text: str, start: int, end: int) -> bool:
    """Tell whether an e-mail address made of first and last word of a name stands soon behind it.

    Examples
    --------
    >>> text = "Oswaldina Thornwick,oswaldina.thornwick@example.com"
    >>> has_address(text, 0, 19), has_address("Blue Door,info@example.com", 0, 9)
    (True, False)
    """
    words = text[start:end].lower().split()
    if len(words) < 2 or "@" not in text[end : end + _FAR]:
        return False
    first, last, near = words[0], words[-1], text[end : end + _FAR].lower()
    return any(
        (at := near.find(f"{one}{joint}{last}@")) >= 0 and not near[max(0, at - 1) : at].isalnum()
        for one in (first, first[0])
        for joint in "._-"
    )


def _is_of_sentence(cells: Sequence[Any], start: int, end: int) -> bool:
    """Tell whether a name is in no cell, or the smaller part of one: there words stand around it."""
    place = last_at(cells, start)
    around = cells[max(0, place - 2) : place + 1]
    held = [cell.end - cell.start for cell in around if cell.start <= start and end <= cell.end]
    return not held or 2 * (end - start) < min(held)


def with_asides(
    text: str, names: list[tuple[int, int, str, float, str]]
) -> list[tuple[int, int, str, float, str]]:
    """Say of each person in brackets behind another how far the brackets go: what comes after them is not theirs.

    Examples
    --------
    >>> text = "Ann Lee (mother of Tom Lee), phone"
    >>> with_asides(text, [(0, 7, "PERSON", 0.9, "tagger"), (19, 26, "PERSON", 0.9, "tagger")])[1][4]
    'tagger; aside:7 characters of brackets behind a name:0.90'
    """
    result, before = [], -9
    for start, end, entity, score, evidence in sorted(names):
        if entity == "PERSON":
            opened = text.rfind("(", max(0, start - _ASIDE), start)
            closed = text.find(")", end, end + _ASIDE)
            if 0 <= before <= opened <= before + 2 and closed > 0 and text.find(")", opened, start) < 0:
                evidence += f"; aside:{closed - start} characters of brackets behind a name:{score:.2f}"
            else:
                before = end
        result.append((start, end, entity, score, evidence))
    return result


def with_writings(
    text: str, names: list[tuple[int, int, str, float, str]]
) -> list[tuple[int, int, str, float, str]]:
    """Say of each person right behind words in other letters that those may be the same name.

    Examples
    --------
    >>> with_writings("近藤 浩二(コンドウ コウジ)", [(6, 14, "PERSON", 0.9, "tagger")])[0][4]
    'tagger; written:1 character behind other letters:0.90'
    """
    if text.isascii():
        return names
    result = []
    for start, end, entity, score, evidence in names:
        beside = _BESIDE.search(text, max(0, start - _APART), start) if entity == "PERSON" else None
        if beside is not None and beside.start():
            stop, opened = beside.start(), beside[0].strip()
            closed = opened not in _BRACKETS or text[end : end + 1] == _BRACKETS[opened]
            if closed and _letters_of(text[stop - 1]) not in ("", _letters_of(text[start])):
                count = f"{start - stop} character{'s' * (start - stop > 1)}"
                evidence += f"; written:{count} behind other letters:{score:.2f}"
        result.append((start, end, entity, score, evidence))
    return result


def _letters_of(sign: str) -> str:
    """Tell of what letters a sign is; nothing for none."""
    return unicodedata.name(sign, "").partition(" ")[0] if sign.isalpha() else ""


def with_couples(
    text: str, names: list[tuple[int, int, str, float, str]]
) -> list[tuple[int, int, str, float, str]]:
    """Say of each first name how far it is to the whole name whose family it shares: of a spouse, or of a parent.

    Examples
    --------
    >>> text = "child of Tom and Ann Lee"
    >>> with_couples(text, [(9, 12, "PERSON", 0.9, "tagger"), (17, 24, "PERSON", 0.9, "tagger")])[0][4]
    'tagger; couple:8 characters before a name with the family:0.90'
    """
    result, whole = sorted(names), -1
    for place in range(len(result) - 2, -1, -1):
        start, end, entity, score, evidence = result[place]
        second, stop, after = result[place + 1][:3]
        whole = second if " " in text[second:stop] else whole
        if {entity, after} != {"PERSON"} or whole < 0 or " " in text[start:end]:
            whole = -1
        elif text[end:second] in _AND or _OF_PARENTS.fullmatch(text, end, second):
            evidence += f"; couple:{whole - start} characters before a name with the family:{score:.2f}"
            result[place] = (start, end, entity, score, evidence)
        else:
            whole = -1
    return result


def _stands_in_prose(text: str, start: int, end: int) -> bool:
    """Tell whether a name is plain words with a word after it: neither cut nor a key nor a code, surely."""
    plain = _PROSE.match(text, start)
    return plain is not None and plain.end() == end and (start == 0 or text[start - 1] in " (\n")
