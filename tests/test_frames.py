"""The kit's frames: dtypes survive the way through Arrow, missing stays missing, failures are listed."""

import pandas as pd
import pytest

from leakkit.errors import BadFrameError
from leakkit.frames import ARTIFACTS, FRAMES

ROW = {
    "path": "a",
    "present": True,
    "format": "gguf",
    "format_by": "magic",
    "kind": "weights",
    "status": "ok",
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_empty_frame_has_every_column_and_passes_its_own_check(frame):
    empty = frame.from_rows([])
    assert list(empty.columns) == list(frame.names)
    assert len(frame.validate(empty)) == 0


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_every_column_says_what_it_means(frame):
    assert frame.describe()["meaning"].str.len().min() > 10


def test_large_integers_do_not_pass_through_floats():
    frame = ARTIFACTS.from_rows([ROW | {"size": 2**60 + 1}, ROW | {"path": "b"}])
    assert frame["size"].tolist() == [2**60 + 1, pd.NA]


def test_rows_are_sorted_by_path_and_missing_is_not_zero():
    frame = ARTIFACTS.from_rows([ROW | {"path": "b"}, ROW])
    assert frame["path"].tolist() == ["a", "b"]
    assert frame["n_params"].isna().all() and frame["danger"].isna().all()


def test_validate_names_the_column_and_row_that_fail():
    frame = ARTIFACTS.from_rows([ROW, ROW | {"path": "b"}])
    frame.loc[1, "kind"] = None
    with pytest.raises(BadFrameError, match="column kind, check not_nullable, row 1"):
        ARTIFACTS.validate(frame)


def test_validate_names_missing_columns():
    with pytest.raises(BadFrameError, match="found no danger"):
        ARTIFACTS.validate(ARTIFACTS.from_rows([ROW]).drop(columns="danger"))


def test_value_outside_the_allowed_ones_becomes_missing_and_fails_the_check():
    frame = ARTIFACTS.from_rows([ROW | {"kind": "nonsense"}])
    with pytest.raises(BadFrameError, match="kind"):
        ARTIFACTS.validate(frame)


def test_every_failing_row_is_listed():
    frame = FRAMES["incidents"].from_rows(
        [{"incident_uid": f"vcdb:{n}", "source": "vcdb", "source_id": str(n)} for n in range(40)]
    )
    assert FRAMES["incidents"].failures(frame).empty
    broken = frame.assign(source_id=None, data_total="many\x1b[31m").drop(columns="title")
    found = FRAMES["incidents"].failures(broken)
    assert found.loc[found["column"] == "source_id", "row"].dropna().tolist() == list(range(40))
    assert found.loc[found["column"] == "title", "value"].tolist() == ["no such column"]
    assert "data_total" in set(found["column"]) and not found["value"].str.contains("\x1b").any()


def test_two_rows_of_one_id_and_numbers_below_zero_are_failures():
    rows = [
        {"incident_uid": f"hhs:{n}", "source": "hhs", "source_id": str(n), "data_total": n} for n in range(3)
    ]
    frame = FRAMES["incidents"].from_rows(rows)
    assert FRAMES["incidents"].failures(frame).empty
    frame.loc[2, ["incident_uid", "data_total"]] = ["hhs:1", -1]
    found = FRAMES["incidents"].failures(frame)
    assert found[["row", "column"]].values.tolist() == [
        [1, "incident_uid"],
        [2, "incident_uid"],
        [2, "data_total"],
    ]
    with pytest.raises(BadFrameError, match="3 failures"):
        FRAMES["incidents"].validate(frame)


def test_a_frame_without_rows_is_ones_own():
    frame = FRAMES["group_rates"]
    mine = frame.from_rows([])
    mine["mine"] = 1
    assert frame.from_rows([]).columns.tolist() == list(frame.names)
    assert frame.from_rows([]).dtypes.tolist() == [column.dtype() for column in frame.columns]


def test_a_category_that_is_missing_or_not_allowed_is_missing():
    rows = [{"measure": measure} for measure in ("precision", None, "nonsense", "accuracy", "precision")]
    found = FRAMES["group_rates"].from_rows(rows)["measure"]
    assert found.astype("string").tolist()[:3] == ["accuracy", "precision", "precision"]
    assert found.isna().tolist() == [False] * 3 + [True] * 2
