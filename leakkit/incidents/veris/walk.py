"""From one VERIS record to rows: each value goes to a column, to a term, or to the losses."""

from __future__ import annotations

import re
from typing import Any

from leakkit.incidents.loaded import Loaded, Row
from leakkit.incidents.veris import leaves
from leakkit.incidents.veris.columns import SHOWN, TAKERS, discovery, is_number, shown, written
from leakkit.incidents.veris.dates import interval
from leakkit.incidents.veris.terms import (
    DISCOVERY_SIDES,
    LISTS,
    Branch,
    Place,
    discovery_spellings,
    plan,
    shown_plan,
)

TOLD = 200
"""Losses of one record that are told one by one."""

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_SORTED = frozenset({"action", "actor", "attribute", *(column for column, _ in LISTS.values())})
_DATES = {f"timeline.incident.{part}": part for part in ("year", "month", "day")}
_AI_TERMS = frozenset({"S - LLM application", "hacking.Prompt injection"})
_SPELLINGS = discovery_spellings()


class RecordReader:
    """Turns records into rows of one `Loaded`, and groups what has no place.

    Parameters
    ----------
    loaded : Loaded
        Takes the rows.
    all : bool, default True
        False looks only at what the wide frame shows: no terms, no losses, no account.
    """

    def __init__(self, loaded: Loaded, *, all: bool = True) -> None:
        self.loaded, self._all = loaded, all
        self._root = plan() if all else shown_plan()
        self._grouped: dict[tuple[str, str], int] = {}
        self._texts: dict[str, int] = {}
        self._placed = self._n_told = 0
        self._row: Row = {}
        self._uid = self._id = ""
        self._version: str | None = None
        self._dates: dict[str, Any] = {}
        self._sides: list[str] = []

    def read(self, record: dict[str, Any], uid: str, source_id: str, version: str | None) -> Row:
        """Give the row of one record; `uid`, id and version are already known and counted by the caller."""
        self._row = row = {
            "incident_uid": uid,
            "source": "vcdb",
            "source_id": source_id,
            "source_version": version,
            "source_licence": "CC-BY-SA-4.0",
            "record_type": "incident",
            "sample_flag": "unknown",
        }
        self._uid, self._id, self._version = uid, source_id, version
        self._n_told = 0
        found = record.get("discovery_method")
        self._sides = _sides(found) if type(found) is dict else []
        self._dates = {} if self._all else _incident_date(record)
        self._object(record, self._root)
        self._finish()
        return row

    def end(self) -> None:
        """Write the grouped losses, one row a field and reason, and count what was placed."""
        for field, n_values in self._texts.items():
            self._group(field, "no_place", n_values)
        for (field, reason), n_values in sorted(self._grouped.items()):
            self.loaded.lose(field, reason, n_values=n_values)
        self.loaded.n_placed += self._placed
        self._grouped, self._texts, self._placed = {}, {}, 0

    def _group(self, field: str, reason: str, n_values: int = 1) -> None:
        """Count values that a row of the losses tells together."""
        self._grouped[field, reason] = self._grouped.get((field, reason), 0) + n_values

    def _object(self, value: dict[str, Any], branch: Branch) -> None:
        """Place what is in an object."""
        below = branch.below
        for name, inner in value.items():
            place = below.get(name)
            kind = type(inner)
            if place is None:
                if self._all:
                    self._stranger(name, inner, branch)
            elif kind is list:
                self._list(inner, place)
            elif kind is dict:
                if isinstance(place, Branch) and not place.repeated:
                    self._object(inner, place)
                else:
                    self._malformed(place.name, inner)
            elif inner is not None and inner != "":
                if isinstance(place, Branch):
                    self._leaf(inner, place)
                elif place.kind == "own":
                    self._own(inner, place.name)
                elif inner in place.terms:
                    self._known(place.terms[inner], place)
                else:
                    self._leaf(inner, place)
        if branch.column:
            told = [name for name in value if name in branch.told and type(value[name]) is dict]
            self._row[branch.column] = told

    def _list(self, values: list[Any], place: Branch | Place) -> None:
        """Place each item of a list."""
        if isinstance(place, Branch):
            if not self._all and place.repeated and self._shown_at_once(values, place.below):
                return
            for number, item in enumerate(values, start=1):
                if place.repeated and type(item) is dict:
                    self._item(item, place, number)
                else:
                    self._malformed(place.name, item)
            return
        if not self._all and place.listed and self._terms_at_once(values, place):
            return
        one = place.kind == "own" and place.name != "reference"
        terms = place.terms
        for item in values:
            kind = type(item)
            if kind is str and item in terms:
                self._known(terms[item], place)
            elif one or kind is dict or kind is list:
                self._malformed(place.name, item)
            elif item is not None and item != "":
                self._leaf(item, place)

    def _shown_at_once(self, values: list[Any], below: dict[str, Branch | Place]) -> bool:
        """Show the varieties of a list of objects, where nothing but they is wanted and all are well."""
        try:
            told = [item["variety"] for item in values]
        except (KeyError, TypeError, IndexError):
            return False
        variety = below["variety"]
        assert isinstance(variety, Place)
        return {*below} == {"variety"} and self._terms_at_once(told, variety)

    def _terms_at_once(self, values: list[Any], place: Place) -> bool:
        """Show the terms of a list, where all of them are in the schema; the usual case, and quick."""
        try:
            said = [place.shown[term] for term in values]
        except (KeyError, TypeError):
            return False
        if said and place.column:
            self._row.setdefault(place.column, []).extend(said)
        return True

    def _item(self, value: dict[str, Any], branch: Branch, number: int) -> None:
        """Place an object of a list; its amounts are named by its variety, never added up."""
        chain = branch.name == "plus.event_chain"
        variety = branch.below.get("variety")
        told = value.get("variety")
        suffix = None
        if isinstance(variety, Place) and type(told) is str:
            suffix = variety.term(told)
        for name, inner in value.items():
            place = branch.below.get(name)
            if place is None:
                if self._all:
                    self._stranger(name, inner, branch)
            elif isinstance(inner, dict | list) or isinstance(place, Branch):
                self._malformed(place.name, inner)
            elif inner is None or inner == "":
                continue
            elif chain and place.kind == "term":
                self._leaf(inner, place, f"{branch.name}.{number}.{name}")
            elif suffix and name != "variety":
                self._leaf(inner, place, f"{place.name}.{suffix}")
            else:
                self._leaf(inner, place)

    def _leaf(self, value: Any, place: Branch | Place, field: str | None = None) -> None:
        """Place one value that is neither null nor empty."""
        if isinstance(place, Branch):
            if place.name == "discovery_method" and type(value) is str:
                self._discovery_text(value)
            else:
                self._malformed(place.name, value)
            return
        kind, name = place.kind, place.name
        if kind == "term" and type(value) is str:
            self._term(value, place, field or name)
        elif kind == "text" and type(value) is str:
            self._texts[name] = self._texts.get(name, 0) + 1
        elif kind == "own":
            self._own(value, name)
        elif kind == "code" and type(value) is str and len(value) <= SHOWN:
            self._emit(name, shown(value))
        elif kind == "number" and is_number(value):
            self._emit(field or name, written(value))
        elif kind == "flag" and type(value) is bool:
            self._emit(name, "true" if value else "false")
        else:
            self._malformed(name, value)

    def _term(self, value: str, place: Place, field: str) -> None:
        """Place a term of the vocabulary; a stranger is told with its record."""
        term = place.terms.get(value) or place.term(value)
        if term is None:
            self._lose(place.name, "not_in_schema", value)
            return
        if term == value and field == place.name:
            self._known(term, place)
        else:
            self._emit(field, value)
            self._column(term, place)

    def _known(self, term: str, place: Place) -> None:
        """Place a term that stands in the file as the schema writes it: most of all values."""
        self._placed += 1
        if self._all:
            self.loaded.enums.append(
                {
                    "incident_uid": self._uid,
                    "source": "vcdb",
                    "taxonomy": "veris",
                    "taxonomy_version": self._version,
                    "field": place.name,
                    "value": term,
                }
            )
        if place.column:
            self._column(term, place)

    def _column(self, term: str, place: Place) -> None:
        """Show a term in its column of the frame."""
        said, column = place.shown.get(term), place.column
        if said is None or column is None:
            return
        if not place.listed:
            self._row.setdefault(column, said)
        else:
            self._row.setdefault(column, []).append(said)

    def _discovery_text(self, value: str) -> None:
        """Place who found it as versions up to 1.3.2 write it: 'Ext - customer', 'Unknown'."""
        folded = value.casefold().strip()
        side = DISCOVERY_SIDES.get(folded[:3], folded if folded in ("unknown", "other") else None)
        if side:
            self._sides.append(side)
        if folded in _SPELLINGS:
            self._emit("discovery_method", value)
        else:
            self._lose("discovery_method", "not_in_schema", value)

    def _own(self, value: Any, field: str) -> None:
        """Place a value that has a column of its own."""
        if field in TAKERS:
            taken = TAKERS[field](self._row, value)
            if taken is True:
                self._placed += 1
            elif taken is False:
                self._malformed(field, value)
            else:
                self._emit(field, taken)
        elif field in _DATES:  # the others are id and version, which the caller counts
            self._dates[_DATES[field]] = value

    def _emit(self, field: str, value: str) -> None:
        """Write a row of the long frame and count its value as placed."""
        self._placed += 1
        if self._all:
            self.loaded.enums.append(
                {
                    "incident_uid": self._uid,
                    "source": "vcdb",
                    "taxonomy": "veris",
                    "taxonomy_version": self._version,
                    "field": field,
                    "value": value,
                }
            )

    def _stranger(self, name: str, value: Any, branch: Branch) -> None:
        """Count the values of a field that the schema does not know; below `plus` that is allowed."""
        path = f"{branch.name}.{name}" if branch.name else name
        reason = "no_place" if branch.name.partition(".")[0] == "plus" else "not_in_schema"
        for field, _ in leaves.named(value, path):
            self._group(field, reason)

    def _malformed(self, field: str, value: Any) -> None:
        """Tell values of a wrong type with their record, one row a place."""
        if not self._all:
            return
        n_values, first = 0, None
        for n_values, (_, found) in enumerate(leaves.named(value, field), start=1):
            first = found if n_values == 1 else None
        if n_values:
            self._lose(field, "malformed", first, n_values)

    def _lose(self, field: str, reason: str, value: Any, n_values: int = 1) -> None:
        """Tell a loss with its record; of a record with very many of them, the rest by field alone."""
        if not self._all:
            return
        self._n_told += 1
        if self._n_told > TOLD:
            self._group(field, reason, n_values)
        else:
            shown_value = None if value is None else str(value)[: 4 * SHOWN]
            self.loaded.lose(field, reason, record=self._id, value=shown_value, n_values=n_values)

    def _finish(self) -> None:
        """Make the columns that several values decide; lists do not depend on the order of the file."""
        row = self._row
        for column in _SORTED & row.keys():
            if len(row[column]) > 1:
                row[column] = sorted(set(row[column]))
        dates, lost = interval(self._dates)
        row |= dates
        for name, value in self._dates.items() if self._all else ():
            if name in lost:
                field = f"timeline.incident.{name}"
                self._lose(field, lost[name], value)
            else:
                self._placed += 1
        currency = row.get("impact_currency")
        if currency and ("impact_amount" not in row or not _CURRENCY.fullmatch(currency)):
            del row["impact_currency"]
        row["discovery_method"] = discovery(self._sides)
        if not _AI_TERMS.isdisjoint([*row.get("asset_variety", []), *row.get("action_variety", [])]):
            row["is_ai_system"] = True
        row["title"] = (
            f"{row.get('victim', 'Victim not named')}: {', '.join(row.get('action') or ['unknown'])}"
        )


def _sides(found: dict[str, Any]) -> list[str]:
    """Give who found it as versions from 1.3.3 on write it: keys, and flags that may be false."""
    sides = [side for side in DISCOVERY_SIDES.values() if side in found]
    return sides + [flag for flag in ("other", "unknown") if found.get(flag) is True]


def _incident_date(record: dict[str, Any]) -> dict[str, Any]:
    """Give year, month and day as they stand in a record."""
    timeline = record.get("timeline")
    incident = timeline.get("incident") if type(timeline) is dict else None
    return incident if type(incident) is dict else {}
