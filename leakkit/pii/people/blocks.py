"""Records written down the page: lines of ``key: value`` (LDIF, YAML, vCards, settings, cards) parted into records.

Findings of text know their line, the place in it where they begin, and whether a key stood before them. A key's values
begin at one place: where such places come again and again in one order, the lines between two of the one that comes
most often are a record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations, pairwise

from leakkit.pii.people.halves import whole_in_record, with_halves
from leakkit.pii.people.mentions import ACCOUNT, NAME, Finding, Mention, may_be_written
from leakkit.pii.people.texts import NEAR_LINES, of_text

_Sign = tuple[str, str, int]
_KEYED_SHARE, _PLACED_SHARE = 0.35, 0.7
_FEWEST = 2
_NO_VALUES = frozenset({"LOCATION", "ORGANIZATION", "IP_ADDRESS", "DATE_TIME"})
"""Found wherever they stand: they tell nothing about how a file is written."""
_PLACES = frozenset({"STREET_ADDRESS", "LOCATION", "POSTCODE"})
_SEVERAL_SHARE = 0.4
_REPEATED_SHARE = 0.05
_KINDS, _LEAST, _IN_ORDER = 3, 5, 0.6
"""Kinds of values and records of one order, and the share of these, from which on values without keys are records'."""

_ONE_KEY = 0.9
"""From which share of the lines that begin with one key, each line is a record of its own (a log)."""

_MOST_PLACES = 4
"""Places where the values of a few keys begin; a log has more."""

_MOST_ADDRESSES = 3
"""Different addresses of a person in one record; a stretch of a log has more."""

_TIME = len("2024-08-01 16:10:26 ")
"""Bytes of a time before which no value of a log stands."""


def by_row(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """Put findings together by the line they stand in."""
    lines: dict[int, list[Finding]] = {}
    for found in findings:
        lines.setdefault(found.row, []).append(found)
    return lines


def written_down(
    lines: dict[int, list[Finding]], least_keyed: float = _KEYED_SHARE
) -> list[list[Finding]] | None:
    """Part a member's lines into records; nothing where they are no records written down the page.

    Parameters
    ----------
    lines : dict
        Findings by line, in the order of lines.
    least_keyed : float
        Least share of the lines that begin with a key.
    """
    firsts = {
        row: next((f for f in values if f.entity not in _NO_VALUES), None) for row, values in lines.items()
    }
    heads = {
        row: (found.entity, found.field.column, found.start)
        for row, found in firsts.items()
        if found is not None
    }
    counts = Counter(heads.values())
    if len(heads) < 2 * _FEWEST or max(counts.values()) >= _ONE_KEY * len(heads) or _are_of_log(heads):
        return None
    keyed = sum(found.keyed for found in firsts.values() if found is not None)
    placed = sum(count for count in counts.values() if count >= _FEWEST)
    anchor = _anchor(heads, counts)
    if placed < _PLACED_SHARE * len(heads) or anchor is None or counts[anchor] < _FEWEST:
        return None
    if keyed < least_keyed * len(heads) and not _come_in_order(list(heads.values()), anchor):
        return None
    beside = sum(count for sign, count in counts.items() if sign != anchor and count >= _FEWEST)
    if beside < _SEVERAL_SHARE * counts[anchor]:
        return None
    return _parted(lines, heads, anchor)


def _are_of_log(heads: dict[int, _Sign]) -> bool:
    """Tell whether lines begin with one kind of value, at many places or far in: times and words stand before it."""
    kinds = Counter(entity for entity, _, _ in heads.values())
    entity, count = kinds.most_common(1)[0]
    places = {start for kind, _, start in heads.values() if kind == entity}
    return count >= _ONE_KEY * len(heads) and (len(places) > _MOST_PLACES or min(places) >= _TIME)


def _anchor(heads: dict[int, _Sign], counts: Counter[_Sign]) -> _Sign | None:
    """Find the key that comes once in each record: the most frequent one but for those that repeat line after line.

    Of several the first of the file; a list within a record (passengers) repeats on lines right below one another.
    """
    repeats: Counter[_Sign] = Counter()
    before: tuple[int, _Sign | None] = (-2, None)
    for row, sign in heads.items():
        repeats[sign] += before == (row - 1, sign)
        before = (row, sign)
    return next((sign for sign, n in counts.most_common() if repeats[sign] <= _REPEATED_SHARE * n), None)


def _come_in_order(signs: list[_Sign], anchor: _Sign) -> bool:
    """Tell whether most records have the same kinds of values, one to a line, in the same order at the same places."""
    begins = [place for place, sign in enumerate(signs) if sign == anchor]
    orders = Counter(tuple(signs[at:end]) for at, end in pairwise([*begins, len(signs)]))
    order, count = orders.most_common(1)[0]
    return len({entity for entity, _, _ in order}) >= _KINDS and count >= max(_LEAST, _IN_ORDER * len(begins))


def _parted(lines: dict[int, list[Finding]], heads: dict[int, _Sign], anchor: _Sign) -> list[list[Finding]]:
    """Begin a record at each anchor, or at what stands before the first one."""
    leading: set[_Sign] = set()
    for sign in heads.values():
        if sign == anchor:
            break
        leading.add(sign)
    records: list[list[Finding]] = []
    has_anchor, last = True, -NEAR_LINES
    for row, values in lines.items():
        here = heads.get(row)
        begins = has_anchor and (here == anchor or here in leading)
        if begins or not records or row - last > NEAR_LINES:
            records.append([])
            has_anchor = False
        records[-1] += values
        has_anchor |= here == anchor
        last = row
    return records


def of_block(record: list[Finding], places: frozenset[tuple[int, ...]] = frozenset()) -> list[Mention]:
    """Give the mentions of a record: one where it has at most one whole name, else each value to the nearest name."""
    record, halves = whole_in_record(record, places)
    return with_halves(_of_names(record), halves)


def _of_names(record: list[Finding]) -> list[Mention]:
    """Give the mentions of a record whose names are whole where that can be told."""
    whole = {found.key: found for found in record if found.kind == NAME and not found.one_word}
    if len(whole) > 1 and not _are_writings(list(whole.values())):
        return of_text(record)
    if (
        len({found.key for found in record if found.entity == "EMAIL" and found.kind == ACCOUNT})
        > _MOST_ADDRESSES
    ):
        return of_text(record)
    mention = Mention()
    for found in record:
        mention.add(found)
    if not whole:
        _put_together(mention)
    return [mention]


def _are_writings(names: list[Finding]) -> bool:
    """Tell whether names may be one in several alphabets ("Hanako Sato", 佐藤 花子)."""
    return all(may_be_written(one, other) for one, other in combinations(names, 2))


def _put_together(mention: Mention) -> None:
    """Make a name of a given and a family name on two lines."""
    halves: dict[int, Finding] = {}
    for found in mention.findings:
        if found.kind == NAME and found.words:
            halves.setdefault(found.start, found)
    if len({found.key for found in halves.values()}) < 2:
        return
    first, second = list(halves.values())[:2]
    words = tuple(dict.fromkeys((*first.words, *second.words)))
    mention.name = first.with_name(words, f"{first.masked} {second.masked}")


def without_streets(findings: list[Finding]) -> list[Finding]:
    """Leave out the names that streets are called by: right before an address, on the line below a name.

    "Ann Lee" with "Robert Hill 12, 9999 Town" below lives in a street called so; where each line has a name and an
    address, the names are people's.
    """
    lines = by_row(findings)
    left_out = set()
    for row, values in lines.items():
        above = lines.get(row - 1, ())
        if not any(f.kind == NAME for f in above) or any(f.entity in _PLACES for f in above):
            continue
        places = [f for f in values if f.entity in _PLACES]
        names = [f for f in values if f.kind == NAME] if len(values) == len(places) + 1 else []
        left_out |= {id(name) for name in names if any(place.start > name.start for place in places)}
    return [found for found in findings if id(found) not in left_out] if left_out else findings
