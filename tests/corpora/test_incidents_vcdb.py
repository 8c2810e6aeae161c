"""The VERIS Community Database of 2020 as a whole: counts, sums, dates, and every value of its 8,553 records.

Counts are over distinct incidents: one row a `source_id`. Of the four ids that occur more than once, two have
different content (three and two times), so that the frame has 8,551 rows; the counts are the same whichever of
these rows stands for the incident.
"""

from __future__ import annotations

import gzip
import json
import zipfile
from collections import Counter
from typing import Any

import pytest

from leakkit.frames import INCIDENT_ENUMS, INCIDENT_LOSSES, INCIDENTS
from leakkit.incidents.veris import load_vcdb, read_vcdb


@pytest.fixture(scope="module")
def folder(corpora):
    return corpora / "incidents" / "vcdb"


@pytest.fixture(scope="module")
def records(folder):
    with zipfile.ZipFile(folder / "vcdb.json.zip") as archive:
        return json.loads(archive.read("vcdb.json"))


@pytest.fixture(scope="module")
def loaded(folder):
    return read_vcdb(folder / "vcdb.json.zip")


@pytest.fixture(scope="module")
def frame(folder):
    return load_vcdb(folder / "vcdb.json.zip")


def leaves(value: Any, path: str = "") -> Any:
    """Give path and value of each leaf, in the plainest way there is."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    elif value is not None and value != "":
        yield path, value


def enumerated(schema: Any, path: str = "") -> Any:
    """Give the path and the terms of each enumerated field of the JSON schema."""
    if "enum" in schema:
        yield path, set(schema["enum"])
    elif "items" in schema:
        yield from enumerated(schema["items"], path)
    for name, inner in schema.get("properties", {}).items():
        yield from enumerated(inner, f"{path}.{name}" if path else name)


def test_distinct_incidents_have_the_known_counts(frame, records):
    assert (len(records), len(frame), frame["source_id"].nunique()) == (8_553, 8_551, 8_548)
    assert frame["incident_uid"].is_unique
    for keep in ("first", "last"):
        distinct = frame.drop_duplicates("source_id", keep=keep)
        action = distinct["action"].explode().value_counts()
        actor = distinct["actor"].explode().value_counts()
        assert action[["error", "hacking", "misuse"]].tolist() == [2_488, 2_266, 1_733]
        assert actor[["external", "internal"]].tolist() == [4_345, 3_882]
        assert distinct["data_disclosure"].eq("Yes").sum() == 5_609
        assert distinct["data_total"].count() == 4_806
        assert distinct["data_total"].sum() == 30_407_722_382


def test_every_value_is_placed_or_lost(loaded, records):
    assert loaded.n_values == sum(1 for record in records for _ in leaves(record)) == 355_365
    lost = Counter()
    for row in loaded.losses:
        lost[row["reason"]] += row["n_values"]
    assert loaded.n_placed + lost.total() == loaded.n_values
    assert {reason: lost[reason] for reason in ("ambiguous", "malformed", "not_in_schema")} == {
        "ambiguous": 3, "malformed": 1, "not_in_schema": 0,
    }  # fmt: skip
    assert lost["duplicate"] == 31 + 49
    assert len(loaded.losses) < 60


def test_long_frame_has_each_term_as_often_as_the_file(loaded, records, folder):
    schema = json.loads(gzip.decompress((folder / "vcdb-merged-1.3.4.json.gz").read_bytes()))
    fields = dict(enumerated(schema))
    distinct = {json.dumps(record, sort_keys=True): record for record in records}.values()
    in_file = Counter(leaf for record in distinct for leaf in leaves(record) if leaf[0] in fields)
    numbered = Counter((row["field"], row["value"]) for row in loaded.enums if row["field"] in fields)
    # Ratings of losses, parts of chains and amounts are named by their variety or their place in the chain.
    paired = {"impact.loss.rating"} | {field for field in fields if field.startswith("plus.event_chain.")}
    for (field, value), count in in_file.items():
        if field not in paired:
            assert numbered[field, value] == count, (field, value)
    ratings = sum(row["field"].startswith("impact.loss.rating") for row in loaded.enums)
    assert ratings == sum(count for (field, _), count in in_file.items() if field == "impact.loss.rating")


def test_wide_frame_alone_is_the_same_as_with_the_full_account(frame, loaded):
    frames = loaded.frames()
    assert frames["incidents"].equals(frame)
    for kind in (INCIDENTS, INCIDENT_ENUMS, INCIDENT_LOSSES):
        kind.validate(frames[kind.name])
    assert set(frames["incident_enums"]["incident_uid"]) <= set(frame["incident_uid"])


def test_amounts_of_single_varieties_are_not_added_to_the_total(frame):
    row = frame[frame["data_total"].eq(frame["data_total"].max())].iloc[0]
    assert row["data_total"] == 12_000_000_000
    assert not frame["data_total"].eq(0).any()
    assert frame["data_total"].isna().sum() == 8_551 - 4_808


def test_dates_are_intervals(frame):
    assert frame["incident_date_precision"].value_counts().to_dict() == {
        "day": 4_052, "year": 2_704, "month": 1_795, "unknown": 0,
    }  # fmt: skip
    assert (frame["incident_date"] <= frame["incident_date_end"]).all()
    day = frame["incident_date_precision"].eq("day")
    assert (frame["incident_date"] == frame["incident_date_end"])[day].all()
    assert (frame["incident_date"] < frame["incident_date_end"])[~day].all()


def test_unknowns_and_codes_keep_their_kind(frame):
    assert frame["victim_country"].isna().sum() == 211
    assert frame["victim_industry"].isna().sum() == 217 + 1  # "000", and the sector "48-49", which is no code
    assert frame["victim_industry"].dropna().str.fullmatch(r"\d{2,6}").all()
    assert frame["source_version"].eq("1.3.4").all()
    assert frame["discovery_method"].isna().sum() == 0
    assert frame["impact_amount"].notna().sum() > frame["impact_currency"].notna().sum() > 200
    assert frame.loc[frame["impact_currency"].notna(), "impact_amount"].notna().all()
    assert frame["sample_flag"].value_counts()[["phidbr", "priority"]].tolist() == [1_191, 381]


def test_single_files_give_the_rows_that_the_joined_file_gives(folder, frame):
    sample = load_vcdb(folder / "validated_sample")
    assert len(sample) == 60
    assert set(sample["incident_uid"]) <= set(frame["incident_uid"])
    joined = frame[frame["incident_uid"].isin(sample["incident_uid"])].reset_index(drop=True)
    assert sample.drop(columns="source_sha256").equals(joined.drop(columns="source_sha256"))
