"""The AI Incident Database as it was on 2025-03-24: counts, cells, annotators."""

from __future__ import annotations

import csv
import gzip
import io

import pytest

from leakkit.frames import INCIDENT_ENUMS, INCIDENT_LOSSES, INCIDENTS
from leakkit.incidents.agreement import measure_agreement
from leakkit.incidents.aiid import annotations, read_aiid


@pytest.fixture(scope="module")
def folder(corpora):
    return corpora / "incidents" / "aiid"


@pytest.fixture(scope="module")
def loaded(folder):
    return read_aiid(folder, version="2025-03-24")


def cells(path) -> list[list[str]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_incident_is_a_row(loaded):
    frames = loaded.frames()
    INCIDENTS.validate(frames["incidents"])
    INCIDENT_ENUMS.validate(frames["incident_enums"])
    INCIDENT_LOSSES.validate(frames["incident_losses"])
    assert len(frames["incidents"]) == 989
    assert frames["incidents"]["incident_uid"].is_unique
    assert frames["incidents"]["incident_date"].notna().all()
    assert (frames["incidents"]["incident_date_precision"] == "unknown").all()
    assert ((frames["incidents"]["incident_date"].dt.day_of_year == 1).sum()) == 14


def test_every_cell_of_every_table_is_accounted_for(loaded, folder):
    tables = sorted([*folder.glob("*.csv"), *folder.glob("*.csv.gz")])
    filled = sum(cell != "" for path in tables for row in cells(path)[1:] for cell in row)
    others = len(list(folder.iterdir())) - len(tables)
    assert loaded.n_values == filled + others
    assert loaded.n_placed + sum(row["n_values"] for row in loaded.losses) == loaded.n_values
    assert {row["reason"] for row in loaded.losses} == {"no_place", "malformed", "left_out"}
    assert all(
        " " in str(row["field"]) for row in loaded.losses if row["reason"] == "malformed"
    )  # blank cells


@pytest.mark.parametrize(
    ("taxonomy", "annotator", "n"),
    [("csetv0", None, 100), ("csetv1", None, 214), ("csetv1", "1", 298), ("csetv1", "2", 106), ("csetv1", "3", 81),
     ("gmf", None, 326), ("mit", None, 869)],
)  # fmt: skip
def test_classified_incidents_by_taxonomy_and_annotator(loaded, taxonomy, annotator, n):
    found = {
        r["incident_uid"] for r in loaded.enums if (r["taxonomy"], r["annotator"]) == (taxonomy, annotator)
    }
    assert len(found) == n


def test_both_columns_of_one_name_are_kept(loaded):
    fields = [r["field"] for r in loaded.enums if r["taxonomy"] == "csetv1" and r["annotator"] is None]
    assert (fields.count("AI System"), fields.count("AI System#2")) == (201, 201)


def test_mit_gives_the_known_shares(loaded):
    entity = [r["value"] for r in loaded.enums if r["taxonomy"] == "mit" and r["field"] == "Entity"]
    assert {value: entity.count(value) for value in set(entity)} == {"AI": 490, "Human": 375, "Other": 4}
    actions = [tuple(row["action"]) for row in loaded.incidents]
    assert actions.count(("error",)) == 507


def test_merged_numbers_stand_under_the_incident_that_stays(loaded):
    found = {r["incident_uid"]: r["value"] for r in loaded.enums if r["field"] == "also numbered"}
    assert len(found) == 12
    assert found["aiid:95"] == "365"


def test_annotators_agree_as_far_as_measured(loaded):
    judged = annotations(loaded)
    assert set(judged["annotator"]) == {"1", "2", "3"}
    frame = measure_agreement(judged, resamples=200).set_index("field")
    known = frame.dropna(subset=["alpha", "low"])
    assert len(known) >= 40
    assert known["alpha"].between(-1, 1).all()
    assert frame.loc["Physical Objects"].alpha == pytest.approx(0.803, abs=0.001)
    assert frame.loc["Physical Objects"].n_incidents == 160
    assert frame["alpha"].isna()["Operating Conditions"]
