"""A date is written no more exactly than it is known."""

from __future__ import annotations

import pandas as pd
import pytest

from leakkit.errors import BadFrameError
from leakkit.frames import INCIDENTS
from leakkit.incidents.written_dates import write_dates


def test_precision_decides_how_much_is_written():
    pairs = [("2023-01-01", "2023-12-31"), ("2023-04-01", "2023-04-30"), ("2023-04-07", "2023-04-07"),
             ("2023-01-01", "2024-12-31"), ("2023-04-01", "2023-04-29"), (None, None),
             ("2024-02-01", None)]  # fmt: skip
    first, last = zip(*pairs, strict=True)
    frame = pd.DataFrame(
        {"incident_date": pd.to_datetime(list(first)), "incident_date_end": pd.to_datetime(list(last))}
    )
    assert write_dates(frame).fillna("unknown").tolist() == [
        "2023", "2023-04", "2023-04-07", "2023-01-01 to 2024-12-31", "2023-04-01 to 2023-04-29", "unknown",
        "2024-02-01",
    ]  # fmt: skip


def test_nothing_gives_nothing_and_a_missing_column_is_named():
    assert write_dates(INCIDENTS.from_rows([])).empty
    with pytest.raises(BadFrameError, match="found no incident_date_end"):
        write_dates(INCIDENTS.from_rows([]).drop(columns="incident_date_end"))
