"""Frames of findings that were put together, sorted or indexed by whoever asks for people; all values are invented."""

import pandas as pd
import pytest

from leakkit.errors import BadFrameError
from leakkit.pii.people.join import people
from tests.pii.test_people import found, record


def people_of_two_tables():
    """A name and an address of one person, a telephone of another beside a code of a column that tells nothing."""
    rows = record("a.csv", 0, name=("PERSON", "Ann Lee"), mail=("EMAIL", "ann@post.example"))
    rows += record("b.csv", 7, code=("ACCOUNT_ID", "Q7001"), phone=("PHONE", "020 7946 0001"))
    frame = found(*rows)
    is_code = frame["entity"].eq("ACCOUNT_ID")
    return frame.assign(evidence=frame["evidence"].mask(is_code, "record:?:0.30; traits:opaque:0.30"))


@pytest.mark.parametrize(
    "index", [[0] * 4, pd.Index(range(4), name="finding"), pd.MultiIndex.from_product([[1, 2], [3, 4]])]
)
def test_people_do_not_depend_on_the_index_of_findings(index):
    frame = people_of_two_tables()
    expected = people(frame)
    frame.index = index
    pd.testing.assert_frame_equal(people(frame), expected)
    assert people(frame).attrs == expected.attrs


def test_people_do_not_depend_on_other_columns_of_findings():
    frame = people_of_two_tables()
    pd.testing.assert_frame_equal(people(frame.assign(index=7)), people(frame))


def test_findings_put_together_of_two_scans_join():
    frame = people_of_two_tables()
    parts = [frame.iloc[:2].reset_index(drop=True), frame.iloc[2:].reset_index(drop=True)]
    pd.testing.assert_frame_equal(people(pd.concat(parts)), people(frame))


def test_a_column_that_stands_twice_is_refused():
    frame = people_of_two_tables()
    with pytest.raises(BadFrameError, match="path twice"):
        people(pd.concat([frame, frame[["path"]]], axis=1))
