"""Codes of columns whose names do not say whose they are: which are people's, told by other columns that have them.

Columns of orders and parcels hold such codes, too. A column's codes are people's where each of somebody's rows has the
same code, and another column of the leak, in another table, has them as well.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

import pandas as pd

from leakkit.pii.id_findings import UNNAMED
from leakkit.pii.people.columns import PLACES
from leakkit.pii.people.mentions import read_traits
from leakkit.pii.record_ids import BESIDE

_FEWEST, _SHARED = 5, 0.2
"""Codes that two columns have in common, and their share of the smaller one's."""

_EACH_ONE = 0.9
"""Share of the codes that a column of people's values must have different ones of, and the other way round."""

_MOST_BESIDE = 100
"""Columns of people's values of one table that codes are held against."""

_ALONE = ("EMAIL", "PHONE")
_PROPERTIES = (*_ALONE, "PERSON", "DATE_OF_BIRTH")
"""What a field of properties may hold; of the first everybody has his own."""

_STEP = f"record:{UNNAMED}:"
_HANDLE = re.compile(r"[;:, ]handle=([0-9a-f]{16})")
_CODES = ("ACCOUNT_ID", "EMPLOYEE_ID", "MEDICAL_ID", "USERNAME")
_Table = tuple[str, str]
_Column = tuple[str, str]


@dataclass(slots=True)
class _Codes:
    """Codes of one column: the row of each, and the rows of each."""

    table: _Table
    unnamed: bool = False
    rows: dict[int, str] = field(default_factory=dict)

    @property
    def different(self) -> set[str]:
        """The codes."""
        return set(self.rows.values())


def told_codes(findings: pd.DataFrame, unnamed: pd.Series) -> pd.Series:
    """Tell which codes of columns without a telling name are people's.

    Parameters
    ----------
    findings : DataFrame
        Columns path, row, field, entity, evidence, value_key of findings.
    unnamed : Series
        Which of these are such codes (`unnamed_codes`).
    """
    columns = _columns(findings, unnamed)
    tables = {codes.table for codes in columns.values() if codes.unnamed}
    values = _values(findings, tables)
    owned = {
        place for place, codes in columns.items()
        if not codes.unnamed or _are_of_people(codes, values.get(codes.table, {}))
    }  # fmt: skip
    told = _shared(owned, columns) | _of_properties(findings, columns)
    result = pd.Series(False, index=findings.index)
    places = findings.loc[unnamed, ["path", "field"]].fillna("").itertuples(index=False, name=None)
    result[unnamed] = [(path, PLACES.sub("[]", name)) in told for path, name in places]
    return result


def unnamed_codes(findings: pd.DataFrame) -> pd.Series:
    """Tell which findings are codes of columns without a telling name."""
    result = findings["entity"].eq("ACCOUNT_ID").fillna(False).astype(bool)
    if result.any():
        told = findings.loc[result, "evidence"].fillna("").astype(str)
        result[result] = told.str.startswith(_STEP).to_numpy(bool)
    return result


def _columns(findings: pd.DataFrame, unnamed: pd.Series) -> dict[_Column, _Codes]:
    """Give the columns of codes that have a handle."""
    columns: dict[_Column, _Codes] = {}
    some = findings[findings["entity"].isin(_CODES)]
    texts = zip(
        some["path"].fillna(""), some["row"], some["field"].fillna(""), some["evidence"].fillna(""),
        unnamed[some.index], strict=True,
    )  # fmt: skip
    for path, row, name, evidence, told in texts:
        if (handle := _HANDLE.search(evidence)) is not None:
            place = path, PLACES.sub("[]", name)
            codes = columns.setdefault(place, _Codes((path, _table(name))))
            codes.unnamed |= bool(told)
            codes.rows[row] = handle[1]
    return columns


def _values(findings: pd.DataFrame, tables: set[_Table]) -> dict[_Table, dict[_Column, dict[int, str]]]:
    """Give the keys of what people are known by in some tables, by column and row.

    A column may hold "Jie Chen" in one row and "chen.jie" in another: the words tell.
    """
    result: dict[_Table, dict[_Column, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    paths = {path for path, _ in tables}
    some = findings[findings["entity"].isin(BESIDE) & findings["path"].fillna("").isin(paths)]
    texts = zip(
        some["path"].fillna(""), some["row"], some["field"].fillna(""), some["value_key"],
        some["evidence"].fillna(""), strict=True,
    )  # fmt: skip
    for path, row, name, key, evidence in texts:
        if (table := (path, _table(name))) in tables or (table := (path, "")) in tables:
            words = sorted(read_traits(evidence).get("words", ()))
            known = ".".join(words) if len(words) > 1 else key
            result[table][path, PLACES.sub("[]", name)][row] = known
    return result


def _of_properties(findings: pd.DataFrame, columns: dict[_Column, _Codes]) -> set[_Column]:
    """Give the columns of codes of tables with a property a row ("e17, phone, ..."), where the properties are people's.

    One field holds addresses, telephones and names there, and a code has several of them, each of one kind alone.
    """
    asked = {place: codes for place, codes in columns.items() if codes.unnamed}
    paths = {path for path, _ in asked}
    some = findings[findings["entity"].isin(_PROPERTIES) & findings["path"].fillna("").isin(paths)]
    held: dict[_Column, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    cells = some[["path", "row", "field", "entity", "value_key"]].itertuples(index=False, name=None)
    for path, row, name, entity, key in cells:
        if isinstance(name, str) and name:
            held[path, PLACES.sub("[]", name)][entity][row] = key
    fields = {place: kinds for place, kinds in islice(held.items(), _MOST_BESIDE) if len(kinds) > 1}
    return {
        place for place, codes in asked.items()
        if any((other[0], _table(other[1])) == codes.table and _are_properties(codes, kinds)
               for other, kinds in fields.items())
    }  # fmt: skip


def _are_properties(codes: _Codes, kinds: dict[str, dict[int, str]]) -> bool:
    """Tell whether values of several kinds in one field are of the codes of their rows: each has one of a kind."""
    alone = [kind for kind in _ALONE if kind in kinds]
    if not alone or not all(_go_together(codes.rows, kinds[kind]) for kind in alone):
        return False
    told: dict[str, set[str]] = defaultdict(set)
    for kind, values in kinds.items():
        for row in values.keys() & codes.rows.keys():
            told[codes.rows[row]].add(kind)
    several = sum(len(found) > 1 for found in told.values())
    return several >= max(_FEWEST, _SHARED * len(told))


def _table(name: str) -> str:
    """Give the table or list that a field is of."""
    return PLACES.sub("[]", name).rpartition(".")[0]


def _are_of_people(codes: _Codes, values: dict[_Column, dict[int, str]]) -> bool:
    """Tell whether some column of people's values goes with the codes, one with one."""
    return any(_go_together(codes.rows, held) for held in islice(values.values(), _MOST_BESIDE))


def _go_together(codes: dict[int, str], values: dict[int, str]) -> bool:
    """Tell whether codes and values of the same rows have each other alone."""
    pairs = {(codes[row], values[row]) for row in codes.keys() & values.keys()}
    different = min(len({code for code, _ in pairs}), len({value for _, value in pairs}))
    return different >= max(_FEWEST, _EACH_ONE * len(pairs))


def _shared(owned: Iterable[_Column], columns: dict[_Column, _Codes]) -> set[_Column]:
    """Give the columns of people that have enough codes in common with one of another table."""
    codes = {place: columns[place].different for place in owned}
    holders: dict[str, list[_Column]] = defaultdict(list)
    for place, held in codes.items():
        for code in held:
            holders[code].append(place)
    shared: set[_Column] = set()
    for place, held in codes.items():
        if place in shared or not columns[place].unnamed:
            continue
        for other, count in Counter(other for code in held for other in holders[code]).items():
            least = max(_FEWEST, _SHARED * min(len(held), len(codes[other])))
            if count >= least and columns[other].table != columns[place].table:
                shared |= {place, other}
    return shared
