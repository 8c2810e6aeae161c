"""Tables of a snapshot of the AI Incident Database as records: which files they are, how their cells are taken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from leakkit.incidents.catalogue_files import CatalogueFile, unreadable
from leakkit.incidents.catalogue_formats import Table
from leakkit.incidents.catalogue_records import Account, Record
from leakkit.incidents.catalogue_values import one_line

_TABLE = re.compile(r"(incidents|duplicates|quickadd|classifications_.+)\.csv", re.IGNORECASE)


def plain_name(base: str) -> str | None:
    """Give the name of a table in small letters, None for other files."""
    found = _TABLE.fullmatch(base)
    return base.lower() if found else None


def tables_of(account: Account, files: Iterable[CatalogueFile]) -> dict[str, CatalogueFile]:
    """Give the tables by name; list every other file, and every one that cannot be read."""
    tables: dict[str, CatalogueFile] = {}
    for file in files:
        name = plain_name(file.base)
        if file.problem is not None:
            if name == "incidents.csv":
                raise unreadable(file)
            account.whole_file(file.name, "malformed", file.problem)
        elif name is None or file.data is None:
            why = (
                "entities as BSON are not read" if file.base.endswith(".bson") else "not a table of incidents"
            )
            account.whole_file(file.name, "left_out", why)
        elif name in tables:
            same = tables[name].sha256 == file.sha256
            account.whole_file(file.name, "duplicate" if same else "ambiguous", "a second table of this name")
        else:
            tables[name] = file
    return tables


def records_of(account: Account, file: CatalogueFile) -> list[Record]:
    """Give the rows of a table as records named by their incident; list rows that do not fit."""
    table = Table(file.data or b"", file.base)
    records = []
    for number, cells in list(table):  # all of it, or an error and nothing counted
        if cells is None:
            account.loaded.n_values += 1
            account.lose(file.base, "(whole row)", "malformed", f"row {number}", "not as wide as the header")
        else:
            record = Record(account, file.base, f"row {number}", dict(zip(table.names, cells, strict=True)))
            records.append(record)
    return records


def named(record: Record, *names: str) -> str:
    """Give the path of the first of `names` that the record has, whatever its capitals; else the first."""
    paths = {path.casefold().replace("_", " "): path for path in record.leaves}
    return next((paths[name] for name in names if name in paths), names[0])


def take_id(record: Record, *names: str) -> str | None:
    """Take the number of an incident, without the decimals that spreadsheets add."""
    found = record.text(named(record, *names), 100)
    if found is not None:
        found = re.sub(r"(?<=\d)\.0+\Z", "", found)
        record.name = found
    return found


def list_of(record: Record, path: str) -> list[str] | None:
    """Take a cell that holds a JSON list of texts or numbers; None where there is none."""
    cell = record.raw(path)
    if cell is None:
        return None
    try:
        items = json.loads(cell)
    except (ValueError, RecursionError):
        items = None
    if not isinstance(items, list) or not all(isinstance(i, str | int) and i is not True for i in items):
        return record.settle(path, cell, None)
    return record.settle(path, cell, [line for item in items if (line := one_line(str(item)))])
