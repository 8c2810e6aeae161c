"""Detectors of the user's own: added by file and decorator, refused in three parts when they are unsound."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from leakkit.errors import BadParameterError
from leakkit.pii.detector import Detector, entities
from leakkit.pii.find import find_pii
from leakkit.pii.user import add_detectors, detector, list_detectors, remove_detectors

STAFF = """
[entity.STAFF_NUMBER]
family = "identity"
strength = "strong"

[[detector]]
id = "staff_number"
entity = "STAFF_NUMBER"
pattern = 'FN-\\d{5}'
base = 0.6
context = ["staff"]
source = "invented for a test"
match = ["staff FN-12345"]
no_match = ["FN-12", "XFN-12345"]
"""


@pytest.fixture(autouse=True)
def clean():
    yield
    remove_detectors()


def written(folder: Path, text: str) -> Path:
    path = folder / "my.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_adds_a_detector_and_an_entity(tmp_path: Path):
    assert add_detectors(written(tmp_path, STAFF))["id"].tolist() == ["staff_number"]
    found = find_pii(["Staff: FN-54321"], names=None)
    assert found.loc[found["detector"] == "staff_number", ["entity", "start", "end"]].values.tolist() == [
        ["STAFF_NUMBER", 7, 15]
    ]
    assert "staff_number" in list_detectors()["id"].tolist()
    assert entities()["STAFF_NUMBER"].strength == "strong"


def test_a_file_can_be_named_for_one_search_alone(tmp_path: Path):
    path = written(tmp_path, STAFF)
    assert len(find_pii(["FN-54321"], detectors=[str(path)], names=None)) == 1
    assert "staff_number" not in list_detectors()["id"].tolist()


def test_a_function_becomes_the_validator():
    @detector(id="even_code", entity="EMPLOYEE_ID", pattern=r"EC\d{4}", match=["EC1234"], no_match=["EC1233"])
    def even(text: str) -> bool:
        return int(text[2:]) % 2 == 0

    found = find_pii(["EC2222 EC2223"], detectors=["even_code"], names=None)
    assert found["start"].tolist() == [0] and found["validated"].tolist() == [True]
    assert even("EC0002")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("FN-\\d{5}", "FN-(\\d{5}"), "RE2"),
        (("FN-\\d{5}", "(?:FN-\\d{5})?"), "nothing at all"),
        (("FN-\\d{5}", "^FN-\\d{5}"), "anchor"),
        (("FN-\\d{5}", "FN-\\d+"), "without bound"),
        (("FN-\\d{5}", "[^a]{1,9}"), "separator"),
        (("staff FN-12345", "staff FN-123"), "example 0 in match"),
        (('"FN-12"', '"FN-99999"'), "example 0 in no_match"),
        (('id = "staff_number"', 'id = "email"'), "id that is taken"),
        (
            ('[entity.STAFF_NUMBER]\nfamily = "identity"', '[entity.STAFF_CODE]\nfamily = "people"'),
            "known family",
        ),
        (("base = 0.6", "base = 6"), "score"),
        (("base = 0.6", "colour = 6"), "colour"),
    ],
)
def test_an_unsound_detector_is_refused(tmp_path: Path, change: tuple[str, str], said: str):
    assert change[0] in STAFF
    with pytest.raises(BadParameterError, match=said):
        add_detectors(written(tmp_path, STAFF.replace(*change)))
    assert "staff_number" not in list_detectors()["id"].tolist()


def test_an_example_is_not_repeated_in_the_error(tmp_path: Path):
    with pytest.raises(BadParameterError) as error:
        add_detectors(written(tmp_path, STAFF.replace("staff FN-12345", "staff FN-777")))
    assert "777" not in str(error.value)


def test_a_missing_file_and_an_empty_one_are_refused(tmp_path: Path):
    with pytest.raises(BadParameterError, match="no file"):
        add_detectors(tmp_path / "none.toml")
    with pytest.raises(BadParameterError, match="none"):
        add_detectors(written(tmp_path, ""))


@pytest.mark.parametrize("answer", [1, 0, "yes", "", ValueError("A1"), None])
def test_an_odd_answer_of_a_function_stops_no_search(answer: object):
    def check(text: str) -> object:
        if isinstance(answer, Exception):
            raise answer
        return answer

    own = Detector(
        "odd_check",
        "EMPLOYEE_ID",
        r"EMP-\d{4}",
        "test",
        ("EMP-1234",),
        validator_required=False,
        function=check,
    )
    found = find_pii(["staff EMP-1234"] * 3, detectors=own, names=None)
    expected = None if answer is None else bool(answer) and not isinstance(answer, Exception)
    assert [None if pd.isna(v) else v for v in found["validated"]] == [expected] * 3
