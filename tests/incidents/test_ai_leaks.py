"""The bundled AI leaks: dates as intervals, every value accounted for, nothing claimed that the table does not say."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from leakkit.bundled import data_path
from leakkit.errors import BadFrameError, BadParameterError, LeakNotFoundError
from leakkit.frames import AI_LEAKS, FRAMES
from leakkit.frames.incidents import CONFIDENCES
from leakkit.incidents import ai_leaks, tables
from leakkit.incidents.ai_leaks import load_ai_leaks, read_ai_leaks

ROW = {
    "incident_id": "invented-2024",
    "title": "Invented leak",
    "organisation": "Example Models",
    "sector": "ai_developer",
    "date_occurred": "2024-02",
    "date_disclosed": "2024-03-05",
    "date_precision": "day",
    "exposure_vector": "misconfigured_storage",
    "artifact_types": "training_data;credentials",
    "pii": "yes",
    "sensitive_categories": "health",
    "country": "DE",
    "discovered_by": "researchers",
    "status": "confirmed",
    "source_title": "Example News",
    "source_url": "https://example.org/a",
    "notes": "Invented.",
    "confidence": "high",
}


@pytest.fixture
def written(tmp_path):
    """Give a function that writes rows as a table and gives its path."""

    def write(*rows):
        path = tmp_path / "ai_leaks.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, tables.AI_LEAKS.columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def incident(written, **changes):
    """Give the one row of the joined frame that a table of one row becomes."""
    (row,) = FRAMES["incidents"].from_rows(read_ai_leaks(written(ROW | changes)).incidents).to_dict("records")
    return row


def cells():
    """Give the bundled rows as text."""
    with data_path("ai_leaks.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_bundled_table_loads_as_its_frame():
    leaks = load_ai_leaks("low")
    AI_LEAKS.validate(leaks)
    assert len(leaks) == len(cells())
    assert sorted(leaks["incident_id"]) == sorted(row["incident_id"] for row in cells())
    assert leaks["confidence"].cat.ordered and tuple(leaks["confidence"].cat.categories) == CONFIDENCES


def test_rows_of_low_confidence_come_only_when_asked_for():
    counts = pd.Series([row["confidence"] for row in cells()]).value_counts()
    assert len(load_ai_leaks()) == counts["medium"] + counts["high"]
    assert len(load_ai_leaks("high")) == counts["high"]
    with pytest.raises(BadParameterError, match="low, medium, high"):
        load_ai_leaks("sure")


@pytest.mark.parametrize(
    ("written_date", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
    ],
)
def test_a_date_is_an_interval_as_wide_as_what_is_known(written, written_date, first, last):
    (leak,) = load_ai_leaks(path=written(ROW | {"date_occurred": written_date})).to_dict("records")
    assert leak["date_occurred"] == pd.Timestamp(first)
    assert leak["date_occurred_end"] == pd.Timestamp(last)


def test_an_unknown_number_is_missing_and_zero_is_zero(written):
    path = written(ROW, ROW | {"incident_id": "other-2024", "records_exposed": "0"})
    leaks = load_ai_leaks(path=path).set_index("incident_id")
    assert leaks.loc["other-2024", "records_exposed"] == 0
    assert leaks.loc["invented-2024", "records_exposed"] is pd.NA
    joined = {row["source_id"]: row for row in read_ai_leaks(path).incidents}
    assert (joined["other-2024"]["data_total"], joined["other-2024"]["data_total_basis"]) == (0, "reported")
    assert joined["invented-2024"]["data_total"] is joined["invented-2024"]["data_total_basis"] is None


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_every_value_of_the_file_is_placed_or_listed(confidence):
    loaded = read_ai_leaks(min_confidence=confidence)
    lists = ("artifact_types", "sensitive_categories")
    values = sum(
        len(value.split(";")) if name in lists else 1
        for row in cells()
        for name, value in row.items()
        if value
    )
    assert loaded.n_values == values == loaded.n_placed + sum(row["n_values"] for row in loaded.losses)
    left_out = [row for row in loaded.losses if row["reason"] == "left_out"]
    assert len(left_out) == len(cells()) - len(loaded.incidents)
    for name, frame in loaded.frames().items():
        FRAMES[name].validate(frame)


def test_each_listed_value_stands_in_the_row_it_names():
    rows = {row["incident_id"]: row for row in cells()}
    for loss in read_ai_leaks().losses:
        if loss["reason"] != "left_out":
            assert rows[loss["record"]][loss["field"]] == loss["value"]


def test_the_date_is_when_it_happened_else_when_it_was_disclosed(written):
    happened = incident(written)
    assert (happened["date_basis"], happened["incident_date_precision"]) == ("occurred", "month")
    assert happened["incident_date_end"] == pd.Timestamp("2024-02-29")
    disclosed = incident(written, date_occurred="")
    assert (disclosed["date_basis"], disclosed["incident_date_precision"]) == ("disclosed", "day")
    neither = incident(written, date_occurred="", date_disclosed="", date_precision="unknown")
    assert neither["incident_date_precision"] == "unknown"
    assert pd.isna(neither["incident_date"]) and pd.isna(neither["date_basis"])


def test_veris_terms_follow_only_where_the_vector_is_plain(written):
    plain = incident(written)
    assert list(plain["action_variety"]) == ["error.Misconfiguration"] and list(plain["actor"]) == [
        "internal"
    ]
    for vague in set(tables.VECTORS) - set(ai_leaks.VERIS):
        assert not isinstance(incident(written, exposure_vector=vague)["action"], list)
    assert set(ai_leaks.VERIS) < set(tables.VECTORS)


def test_a_fine_is_no_cost_of_the_leak(written):
    fined = ROW | {"fine_amount": "1500.5", "fine_currency": "EUR", "regulator_action": "Fine 2024"}
    loaded = read_ai_leaks(written(fined))
    assert "impact_amount" not in loaded.incidents[0]
    lost = {row["field"]: row["value"] for row in loaded.losses}
    assert (lost["fine_amount"], lost["fine_currency"]) == ("1500.5", "EUR")


@pytest.mark.parametrize(
    ("finder", "vector", "method"),
    [
        ("the company", "unknown", "internal"),
        ("Example Models", "unknown", "internal"),
        ("Example Models", "third_party_vendor", "partner"),
        ("the vendor", "unknown", "partner"),
        ("Wiz", "unknown", "external"),
        ("employer and FBI", "unknown", None),
        ("", "unknown", None),
    ],
)
def test_who_found_it_is_told_where_that_is_plain(written, finder, vector, method):
    found = incident(written, discovered_by=finder, exposure_vector=vector)["discovery_method"]
    assert pd.isna(found) if method is None else found == method


def test_the_terms_of_the_table_are_in_the_long_frame(written):
    enums = read_ai_leaks(written(ROW)).enums
    terms = {(row["field"], row["value"]) for row in enums}
    assert {
        ("artifact_types", "credentials"),
        ("sensitive_categories", "health"),
        ("status", "confirmed"),
    } <= terms
    assert {row["incident_uid"] for row in enums} == {"ai_leak:invented-2024"}
    assert all(row["value"] for row in enums)


def test_data_varieties_are_veris_words(written):
    assert set(incident(written)["data_variety"]) == {"Credentials", "Medical", "Personal"}


def test_version_and_hash_say_which_table_it_was(written):
    bundled, own = read_ai_leaks().incidents[0], read_ai_leaks(written(ROW)).incidents[0]
    assert (bundled["source_version"], own["source_version"]) == (ai_leaks.COMPILED, None)
    assert bundled["source_sha256"] != own["source_sha256"]
    registry = pd.read_csv(data_path("registry.csv")).set_index("path")
    assert registry.loc["ai_leaks.csv", ["date", "sha256"]].tolist() == [
        ai_leaks.COMPILED,
        bundled["source_sha256"],
    ]


def test_hostile_text_is_refused_before_it_reaches_a_frame(written):
    with pytest.raises(BadFrameError, match="hidden characters"):
        load_ai_leaks(path=written(ROW | {"title": "a\x1b[31mred"}))


def test_a_table_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LeakNotFoundError, match=r"nowhere\.csv"):
        load_ai_leaks(path=tmp_path / "nowhere.csv")


def test_the_words_of_the_check_are_those_of_the_frame():
    assert set(tables.AI_LEAKS.columns) | {"date_occurred_end", "date_disclosed_end"} == set(AI_LEAKS.names)
