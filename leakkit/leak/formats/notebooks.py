"""Jupyter notebooks: language, cells, outputs; the cells' text stays where it is."""

from __future__ import annotations

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.table import Table
from leakkit.leak.json_stream import JsonStream, leaves
from leakkit.leak.source import Source
from leakkit.leak.text import printable

SIZE_LIMIT = 256 * 2**20
"""Larger notebooks are not counted (bytes)."""

_LANGUAGE = (["metadata", "kernelspec", "language"], ["metadata", "language_info", "name"])


def tables(source: Source, format: str, facts: Facts) -> list[Table]:
    """Count cells and outputs; a notebook holds no table."""
    if source.size > SIZE_LIMIT:
        raise BadMemberError(f"a notebook of more than {SIZE_LIMIT:,} bytes", status="limit")
    counts = {"code": 0, "markdown": 0, "raw": 0, "outputs": 0}
    languages: dict[int, str] = {}
    values = facts.values
    try:
        for path, _, value in leaves(iter(JsonStream(source.stream()))):
            last = path[-1] if path else ""
            if last == "cell_type" and len(path) in (3, 5) and value in counts:
                counts[value] += 1
            elif last == "output_type" and path[-3:-1] == ["outputs", "[]"]:
                counts["outputs"] += 1
            elif path in _LANGUAGE and isinstance(value, str):
                languages[_LANGUAGE.index(path)] = printable(value.lower(), 40)
            elif path == ["nbformat"] and isinstance(value, int):
                values["x_nbformat"] = value
    except BadMemberError as error:
        facts.status, facts.error = error.status, error.reason
    values["x_language"] = languages.get(0) or languages.get(1)
    values |= {f"x_n_{name}_cells": counts[name] for name in ("code", "markdown", "raw")}
    values["x_n_cells"] = counts["code"] + counts["markdown"] + counts["raw"]
    values["x_n_outputs"] = counts["outputs"]
    return []
