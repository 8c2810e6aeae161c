"""Parquet: the footer alone, with what it claims checked against the bytes there are."""

from __future__ import annotations

import struct
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.table import Column, Table
from leakkit.leak.source import HEADER_LIMIT, Source
from leakkit.leak.text import printable

_LEAVES = 100_000
_STATISTICS = 20_000
_STRING_LIMIT = 2**22
_CONTAINER_LIMIT = 1_000_000

_PHYSICAL = {
    "BOOLEAN": "boolean",
    "INT32": "integer",
    "INT64": "integer",
    "INT96": "timestamp",
    "FLOAT": "number",
    "DOUBLE": "number",
    "BYTE_ARRAY": "binary",
    "FIXED_LEN_BYTE_ARRAY": "binary",
}
_LOGICAL = {
    "STRING": "string",
    "ENUM": "string",
    "JSON": "string",
    "UUID": "string",
    "DECIMAL": "number",
    "FLOAT16": "number",
    "DATE": "date",
    "TIME": "time",
    "TIMESTAMP": "timestamp",
    "INT": "integer",
    "INTERVAL": "other",
    "NULL": "null",
}
_CONVERTED = {"UTF8": "string", "ENUM": "string", "JSON": "string", "DECIMAL": "number", "DATE": "date"}


def footer(source: Source) -> Any:
    """Give pyarrow's view of the footer, which is read in two reads and parsed under limits.

    Raises
    ------
    BadMemberError
        No footer (truncated), an encrypted one (refused), one that is too long or broken.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    tail = source.read_at(max(0, source.size - 8), 8) if source.size >= 12 else b""
    if tail[4:] == b"PARE":
        raise BadMemberError("the Parquet footer is encrypted", status="refused")
    if tail[4:] != b"PAR1":
        raise BadMemberError("ends without the Parquet footer", status="truncated")
    length = struct.unpack("<I", tail[:4])[0]
    if length > source.size - 12:
        raise BadMemberError("claims a footer longer than the file", status="truncated")
    if length > HEADER_LIMIT - 8:
        raise BadMemberError(
            f"a Parquet footer of {length:,} bytes; the limit is {HEADER_LIMIT:,}", status="limit"
        )
    raw = source.read_at(source.size - 8 - length, length)
    try:
        return pq.ParquetFile(
            pa.BufferReader(b"PAR1" + raw + tail),
            thrift_string_size_limit=_STRING_LIMIT,
            thrift_container_size_limit=_CONTAINER_LIMIT,
        ).metadata
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadMemberError(f"the Parquet footer cannot be parsed ({type(error).__name__})") from None


def tables(source: Source, format: str, facts: Facts) -> list[Table]:
    """Describe the one table in the file."""
    found = footer(source)
    if found.num_rows < 0 or found.num_columns > _LEAVES:
        raise BadMemberError(f"claims {found.num_rows:,} rows and {found.num_columns:,} columns")
    if not source.head.startswith(b"PAR1"):
        facts.status, facts.error = "corrupt", "begins without the Parquet mark"
    nulls = _nulls(source, found, facts)
    columns = []
    for position in range(found.num_columns):
        leaf = found.schema.column(position)
        columns.append(Column(_name(leaf.path), dtype_of(leaf), nulls.get(position)))
    facts.values["x_created_by"] = printable(found.created_by or "", 100) or None
    facts.values["x_n_row_groups"] = found.num_row_groups
    return [Table(columns, found.num_rows, "header")]


def _name(path: str) -> str:
    """Shorten the path of a leaf in a list (``tags.list.element`` to ``tags[]``)."""
    return path.replace(".list.element", "[]").replace(".list.item", "[]").replace(".key_value.", "{}.")


def dtype_of(leaf: Any) -> str:
    """Give the logical type of a leaf column."""
    if leaf.max_repetition_level > 0 and leaf.logical_type.type == "NONE" and leaf.converted_type == "LIST":
        return "list"
    logical = _LOGICAL.get(leaf.logical_type.type) or _CONVERTED.get(leaf.converted_type or "")
    return logical or _PHYSICAL.get(leaf.physical_type, "other")


def _nulls(source: Source, found: Any, facts: Facts) -> dict[int, int]:
    """Add up missing values per column where every row group tells; notice data beyond the file's end."""
    if found.num_row_groups * found.num_columns > _STATISTICS:
        return {}
    end = source.size - 8 - found.serialized_size
    sums: dict[int, int] = {}
    untold: set[int] = set()
    rows = 0
    for group in (found.row_group(number) for number in range(found.num_row_groups)):
        rows += group.num_rows
        for position in range(group.num_columns):
            chunk = group.column(position)
            start = chunk.dictionary_page_offset or chunk.data_page_offset
            if chunk.total_compressed_size < 0 or not 0 <= start <= end - chunk.total_compressed_size:
                facts.status, facts.error = "truncated", "its columns reach beyond the data there is"
            statistics = chunk.statistics
            if statistics is None or not statistics.has_null_count:
                untold.add(position)
            else:
                sums[position] = sums.get(position, 0) + statistics.null_count
    if rows != found.num_rows and facts.status == "ok":
        facts.status, facts.error = (
            "corrupt",
            f"claims {found.num_rows:,} rows; its row groups claim {rows:,}",
        )
    return {position: count for position, count in sums.items() if position not in untold}
