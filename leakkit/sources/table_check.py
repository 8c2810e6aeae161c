"""Whether a file is the table that it should be: by its columns, or by its number of fields."""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import Path

from leakkit.sources.source import Source

_LONGEST = 100_000
"""Most characters of a line that are read."""


def check_table(source: Source, path: Path) -> str:
    r"""Say what is wrong with a file taken for a table; empty for nothing. No cell of it is said.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from leakkit.sources import find_source
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "ucb.csv"
    >>> _ = file.write_text("Admit,Gender,Dept\n")
    >>> check_table(find_source("ucb"), file)
    'no column Freq'
    """
    if not path.is_file():
        return "a folder"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [line for line in (file.readline(_LONGEST) for _ in range(5)) if line.strip()]
    except UnicodeDecodeError:
        return "bytes that are no text"
    rows = [line for line in lines if not line.startswith("|")]
    if not rows:
        return "no rows"
    if source.columns:
        header = next(islice(csv.reader(rows[:1]), 1))
        missing = [name for name in source.columns if name not in header]
        return f"no column {', '.join(missing[:5])}" if missing else ""
    fields = len(rows[0].split(",")) if "," in rows[0] else len(rows[0].split())
    return "" if fields == source.fields else f"{fields} fields in its first row, not {source.fields}"
