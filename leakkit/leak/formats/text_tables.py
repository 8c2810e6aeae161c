"""Tables in text, judged by their first 64 KiB: separated values, lines of JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.encodings import codec_in
from leakkit.leak.facts import Facts
from leakkit.leak.formats.table import Column, Table, dtype_of_texts, joined_dtype
from leakkit.leak.sniff.tables import separator_of
from leakkit.leak.source import Source

SAMPLE_ROWS = 200
_DIALECTS = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar", "~": "tilde", "^": "caret"}
_DTYPES = {str: "string", int: "integer", float: "number", bool: "boolean", list: "list", dict: "struct"}


def tables(source: Source, format: str, facts: Facts) -> list[Table]:
    """Describe the one table in the file; rows of a file beyond the head are estimated."""
    codec = codec_in(source)
    text = head_text(source, codec)
    if codec not in ("utf-8", "utf-8-sig"):
        facts.values["x_encoding"] = codec
    if not text.strip():
        raise BadMemberError("holds no rows", status="truncated" if source.size == 0 else "corrupt")
    table = (
        _json_table(text, facts)
        if format in {"jsonl", "lm-eval-samples"}
        else _csv_table(text, format, facts)
    )
    if source.size > len(source.head) and table.n_rows is not None:
        table.n_rows = round(table.n_rows * source.size / len(source.head))
        table.rows_by = "estimated"
    return [table]


def head_text(source: Source, codec: str) -> str:
    """Give the head as text, up to its last whole line when the member goes on."""
    text = source.head.decode(codec, "replace")
    if source.size > len(source.head) and "\n" in text:
        text = text[: text.rindex("\n") + 1]
    return text


def delimiter_of(text: str, format: str) -> str:
    """Give the separator of a table; the format decides when its lines do not."""
    found = separator_of(text[:8192].encode("utf-8", "replace"))
    return found.decode() if found else ("\t" if format == "tsv" else ",")


def csv_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Give the rows of a text of bounded size; a broken end is dropped."""
    lines = text.replace("\0", "\ufffd").splitlines(keepends=True)
    try:
        yield from (row for row in csv.reader(lines, delimiter=delimiter, strict=False) if row)
    except csv.Error:
        return


def has_header(rows: list[list[str]]) -> bool:
    """Tell whether the first row names the columns: all filled, all different, none a number or date.

    Examples
    --------
    >>> has_header([["id", "name"], ["1", "Ada"]]), has_header([["1", "Ada"], ["2", "Bob"]])
    (True, False)
    """
    first = [cell.strip() for cell in rows[0]]
    if not all(first) or len(set(first)) < len(first) or any(len(cell) > 100 for cell in first):
        return False
    return all(dtype_of_texts([cell]) in {"string", "boolean"} and "@" not in cell for cell in first)


def _csv_table(text: str, format: str, facts: Facts) -> Table:
    """Describe separated values."""
    delimiter = delimiter_of(text, format)
    rows = csv_rows(text, delimiter)
    sample = [row for row, _ in zip(rows, range(SAMPLE_ROWS), strict=False)]
    if not sample:
        raise BadMemberError("holds no rows")
    n_rows = len(sample) + sum(1 for _ in rows)
    header = has_header(sample)
    width = max(map(len, sample))
    names = sample[0] if header else []
    names = [*names, *(f"column_{position}" for position in range(len(names), width))]
    body = sample[1:] if header else sample
    columns = [
        Column(name.strip(), dtype_of_texts([row[position] for row in body if position < len(row)]))
        for position, name in enumerate(names)
    ]
    facts.values["x_dialect"] = _DIALECTS.get(delimiter, "other")
    facts.values["x_has_header"] = header
    facts.values["x_ragged"] = any(len(row) != len(sample[0]) for row in sample)
    return Table(columns, n_rows - header, "counted")


def _json_table(text: str, facts: Facts) -> Table:
    """Describe lines of JSON by the keys of the first ones."""
    lines = [line for line in text.split("\n") if line.strip()]
    found: dict[str, set[str]] = {}
    n_bad = n_objects = 0
    for line in lines[:SAMPLE_ROWS]:
        value = _json(line)
        n_bad += value is None
        if isinstance(value, dict):
            n_objects += 1
            for key, item in value.items():
                if len(found) < 10_000 or key in found:
                    found.setdefault(key, set()).add(_DTYPES.get(type(item), "null"))
    if n_bad and n_bad == min(len(lines), SAMPLE_ROWS) and len(lines) > 1:
        raise BadMemberError("no line is valid JSON")
    if n_bad:
        facts.values["x_n_bad_lines_in_head"] = n_bad
    if not n_objects:
        return Table([], len(lines), "counted")
    return Table([Column(key, joined_dtype(types)) for key, types in found.items()], len(lines), "counted")


def _json(line: str) -> Any:
    """Give the value of a line, None when it is no JSON or JSON's null."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
