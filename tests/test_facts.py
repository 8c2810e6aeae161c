"""Tables of facts: nullable dtypes, low confidence left out, faults named."""

from __future__ import annotations

import pandas as pd
import pytest

from leakkit import facts
from leakkit.bundled import data_path
from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames import HARM_REFERENCE_POINTS, LEGAL_DUTIES
from leakkit.frames.facts import DEADLINE_UNITS, DUTY_KINDS, DUTY_STATUSES, FINE_RULES
from leakkit.incidents import tables


@pytest.mark.parametrize("load", [facts.load_legal_duties, facts.load_harm_reference_points])
def test_every_row_of_the_file_is_loaded_when_low_confidence_is_allowed(load):
    path = data_path(f"{load.__name__.removeprefix('load_')}.csv")
    assert len(load("low")) == len(pd.read_csv(path))
    assert len(load("high")) < len(load("medium")) < len(load("low"))


def test_low_confidence_is_left_out_unless_asked_for():
    assert set(facts.load_legal_duties()["confidence"]) == {"medium", "high"}
    assert "us-circia" in set(facts.load_legal_duties("low")["duty_id"])
    assert "us-circia" not in set(facts.load_legal_duties()["duty_id"])


@pytest.mark.parametrize("load", [facts.load_legal_duties, facts.load_harm_reference_points])
def test_an_unknown_confidence_is_answered_with_the_known_ones(load):
    with pytest.raises(BadParameterError, match="low, medium, high"):
        load("certain")


def test_frames_hold_what_they_promise():
    LEGAL_DUTIES.validate(facts.load_legal_duties("low"))
    HARM_REFERENCE_POINTS.validate(facts.load_harm_reference_points("low"))


def test_a_deadline_without_a_number_is_missing_and_not_zero():
    duties = facts.load_legal_duties().set_index("duty_id")
    assert pd.isna(duties.loc["eu-gdpr-34-people", "deadline_value"])
    assert duties.loc["us-sec-8k-105", "deadline_value"] == 4
    assert pd.isna(duties.loc["us-sec-8k-105", "deadline_hours"])  # business days need a calendar
    assert duties["deadline_hours"].dtype == "Int64"
    assert duties.loc["eu-aia-73-2", "deadline_hours"] == 15 * 24


def test_a_figure_that_is_no_number_stays_words():
    points = facts.load_harm_reference_points("low").set_index("measure")
    assert points.loc["memorised candidates with names / contact details", "value"] == "46 / 32"
    assert pd.isna(points.loc["memorised candidates with names / contact details", "number"])
    assert points.loc["median cost per record", "value"] is pd.NA
    assert points.loc["tested generations holding memorised personal data", "number"] == 16.9


def test_a_damaged_table_is_refused_with_line_and_column(tmp_path):
    text = data_path("legal_duties.csv").read_text(encoding="utf-8")
    damaged = tmp_path / "legal_duties.csv"
    damaged.write_text(text.replace("2018-05-25", "25.05.2018", 1), encoding="utf-8")
    with pytest.raises(BadFrameError, match=r"line 2 \(id eu-gdpr-33-authority\), column in_force_from"):
        facts.load_legal_duties(path=damaged)


def test_the_words_of_the_check_are_those_of_the_frame():
    assert tuple(tables.DUTIES) == DUTY_KINDS
    assert tables.UNITS == DEADLINE_UNITS
    assert tuple(tables.FINE_RULES) == FINE_RULES
    assert tuple(tables.DUTY_STATUSES) == DUTY_STATUSES
    assert tables.LEGAL_DUTIES.columns == LEGAL_DUTIES.names
    assert set(tables.HARM_REFERENCE_POINTS.columns) | {"number"} == set(HARM_REFERENCE_POINTS.names)
