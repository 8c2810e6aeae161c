"""Text of ORC by pyarrow, stripe by stripe, in the child process: its C++ meets hostile bytes under limits."""

from __future__ import annotations

import io
from collections.abc import Iterator

from leakkit.leak.records.documents_child import Found


def texts(data: bytes) -> Iterator[Found]:
    """Give the text columns of every stripe; `row` counts through the file."""
    from pyarrow import orc

    from leakkit.leak.records.batch import Packer
    from leakkit.leak.records.columns import column_records, has_text

    notes: list[str] = []
    packer = Packer("", 8_192, 2**20, notes.append)
    file = orc.ORCFile(io.BytesIO(data))
    names = [field.name for field in file.schema if has_text(field.type)]
    first_row = 0
    for number in range(file.nstripes if names else 0):
        stripe = file.read_stripe(number, columns=names)
        columns = list(zip(stripe.schema.names, stripe.columns, strict=True))
        for batch in (*column_records(columns, first_row, packer), *packer.rest()):
            yield from zip(
                *(batch.column(name).to_pylist() for name in ("row", "field", "text")), strict=True
            )
        first_row += stripe.num_rows
    for note in notes:
        yield -1, "", note
