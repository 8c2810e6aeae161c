"""VERIS records of every version and form: what is placed, what is lost, what is refused."""

from __future__ import annotations

import copy
import gzip
import json
import os
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import LeakkitError, LeakNotFoundError, LeakUnreadableError
from leakkit.incidents.veris import files, load_vcdb, read_vcdb
from leakkit.incidents.veris.dates import interval
from tests.incidents.damage import damaged

RECORD: dict[str, Any] = {
    "schema_version": "1.3.4",
    "incident_id": "0a1b-example",
    "source_id": "vcdb",
    "security_incident": "Confirmed",
    "summary": "An invented record.",
    "reference": "https://example.org/one; https://example.org/two (20200102)",
    "confidence": "High",
    "timeline": {"incident": {"year": 2019, "month": 2}, "discovery": {"unit": "Days", "value": 3}},
    "victim": {
        "victim_id": "Fennimoor",
        "country": ["GB"],
        "industry": "541511",
        "employee_count": "11 to 100",
        "locations_affected": 1,
    },
    "actor": {"external": {"variety": ["Unknown"], "motive": ["Financial"], "country": ["Unknown"]}},
    "action": {
        "hacking": {"variety": ["MitM"], "vector": ["Web application"], "notes": "free text", "cve": ""}
    },
    "asset": {"assets": [{"variety": "S - Database", "amount": 2}], "cloud": ["Unknown"]},
    "attribute": {
        "confidentiality": {
            "data_disclosure": "Yes",
            "data_total": 87,
            "data": [{"variety": "Personal", "amount": 60}, {"variety": "Medical", "amount": 60}],
        }
    },
    "discovery_method": {"external": {"variety": ["Customer"]}},
    "impact": {"overall_amount": 1200.5, "iso_currency_code": "GBP", "overall_rating": "Unknown"},
    "plus": {
        "analysis_status": "Validated",
        "created": "2019-03-01T10:00:00Z",
        "modified": "2019-03-02",
        "analyst": "somebody",
        "sub_source": "phidbr",
    },
}
MANY = [{**RECORD, "incident_id": f"ID-{n}", "summary": f"Number {n}."} for n in range(5)]


def changed(path: str, value: Any) -> dict[str, Any]:
    """Give the record with another value at a path; `...` takes it away."""
    record = copy.deepcopy(RECORD)
    *names, last = path.split(".")
    place = record
    for name in names:
        place = place.setdefault(name, {})
    if value is ...:
        place.pop(last, None)
    else:
        place[last] = value
    return record


def put(folder: Path, value: Any, name: str = "vcdb.json") -> Path:
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return path


def row_of(folder: Path, record: dict[str, Any]) -> dict[str, Any]:
    return read_vcdb(put(folder, [record])).incidents[0]


def lost(folder: Path, record: Any, reason: str) -> list[tuple[str, str | None, str | None, int]]:
    losses = read_vcdb(put(folder, [RECORD, record])).losses
    keys = ("field", "record", "value", "n_values")
    return [tuple(row[key] for key in keys) for row in losses if row["reason"] == reason]


def terms(loaded) -> set[tuple[str, str]]:
    return {(row["field"], row["value"]) for row in loaded.enums}


def values(found: Any) -> int:
    """Count leaves in the plainest way there is."""
    if isinstance(found, dict):
        return sum(map(values, found.values()))
    if isinstance(found, list):
        return sum(map(values, found))
    return int(found is not None and found != "")


def test_a_record_fills_its_columns(tmp_path):
    row = row_of(tmp_path, RECORD)
    assert {key: row[key] for key in row if key != "source_sha256"} == {
        "incident_uid": "vcdb:0A1B-EXAMPLE",
        "source": "vcdb",
        "source_id": "0A1B-EXAMPLE",
        "source_version": "1.3.4",
        "source_licence": "CC-BY-SA-4.0",
        "record_type": "incident",
        "sample_flag": "phidbr",
        "security_incident": "Confirmed",
        "review_status": "Validated",
        "title": "Fennimoor: hacking",
        "summary": "An invented record.",
        "victim": "Fennimoor",
        "victim_country": ["GB"],
        "victim_industry": "541511",
        "victim_employee_count": "11 to 100",
        "incident_date": datetime(2019, 2, 1),
        "incident_date_end": datetime(2019, 2, 28),
        "incident_date_precision": "month",
        "date_basis": "occurred",
        "added_date": row["added_date"],
        "modified_date": row["modified_date"],
        "actor": ["external"],
        "actor_motive": ["Financial"],
        "action": ["hacking"],
        "action_variety": ["hacking.AitM"],
        "action_vector": ["hacking.Web application"],
        "asset_variety": ["S - Database"],
        "attribute": ["confidentiality"],
        "data_disclosure": "Yes",
        "data_variety": ["Medical", "Personal"],
        "data_total": 87,
        "data_total_basis": "reported",
        "impact_amount": 1200.5,
        "impact_currency": "GBP",
        "discovery_method": "external",
        "reference": ["https://example.org/one", "https://example.org/two (20200102)"],
    }
    assert row["added_date"].isoformat() == "2019-03-01T10:00:00+00:00"


def test_long_frame_keeps_the_words_of_the_file_and_amounts_by_variety(tmp_path):
    loaded = read_vcdb(put(tmp_path, [RECORD]))
    assert {row["taxonomy"] for row in loaded.enums} == {"veris"}
    assert {row["taxonomy_version"] for row in loaded.enums} == {"1.3.4"}
    assert terms(loaded) >= {
        ("action.hacking.variety", "MitM"),
        ("actor.external.country", "Unknown"),
        ("attribute.confidentiality.data.variety", "Medical"),
        ("attribute.confidentiality.data.amount.Medical", "60"),
        ("asset.assets.amount.S - Database", "2"),
        ("timeline.discovery.value", "3"),
    }
    assert [row["field"] for row in loaded.losses] == ["action.hacking.notes", "plus.analyst", "source_id"]
    assert loaded.n_values == values(RECORD)


def test_every_form_of_input_gives_the_same_rows(tmp_path):
    text, lines = json.dumps(MANY), "\n".join(map(json.dumps, MANY))
    forms = {
        "list.json": text.encode(),
        "lines.ndjson": lines.encode(),
        "mark.json": b"\xef\xbb\xbf" + text.encode(),
    }
    forms |= {"list.json.gz": gzip.compress(text.encode()), "lines.jsonl.gz": gzip.compress(lines.encode())}
    forms["wide.json"] = text.encode("utf-16")
    for name, raw in forms.items():
        (tmp_path / name).write_bytes(raw)
    for name, members in {"one.zip": {"vcdb.json": MANY}, "new.zip": {"vcdb_1-of-1.json": MANY}}.items():
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for member, content in members.items():
                archive.writestr(member, json.dumps(content))
    with zipfile.ZipFile(tmp_path / "parts.zip", "w") as archive:
        archive.writestr("vcdb_2-of-2.json", json.dumps(MANY[3:]))
        archive.writestr("vcdb_1-of-2.json", json.dumps(MANY[:3]))
        archive.writestr("NOTE.txt", "no record")
    (tmp_path / "folder" / "below").mkdir(parents=True)
    for number, record in enumerate(MANY):
        put(tmp_path / "folder" / ("below" if number % 2 else ""), record, f"{number}.json")
    expected = load_vcdb(tmp_path / "list.json").drop(columns="source_sha256")
    assert len(expected) == 5
    for name in [*forms, "one.zip", "new.zip", "parts.zip", "folder"]:
        found = load_vcdb(tmp_path / name)
        assert found["source_sha256"].str.len().eq(64).all()
        pd.testing.assert_frame_equal(found.drop(columns="source_sha256"), expected, obj=name)
        full = read_vcdb(tmp_path / name)
        assert full.n_values == values(MANY)
        pd.testing.assert_frame_equal(full.frames()["incidents"], found, check_frame_type=False)


@pytest.mark.parametrize(
    ("written", "side"),
    [
        ("Ext - customer", "external"),
        ("Ext - unrelated party", "external"),
        ("Ext - unknown", "external"),
        ("Int - IT review", "internal"),
        ("Int - IT audit", "internal"),
        ("Int - HIDS", "internal"),
        ("Int - reported by user", "internal"),
        ("Prt - monitoring service", "partner"),
        ("Prt - Unknown", "partner"),
        ("Unknown", "unknown"),
        ("Other", "other"),
    ],
)
def test_discovery_is_read_from_the_prefix_of_early_versions(tmp_path, written, side):
    loaded = read_vcdb(put(tmp_path, [changed("discovery_method", written)]))
    assert loaded.incidents[0]["discovery_method"] == side
    assert ("discovery_method", written) in terms(loaded)
    assert not [row for row in loaded.losses if row["reason"] != "no_place"]


@pytest.mark.parametrize(
    ("found", "side"),
    [
        ({"external": {"variety": ["Customer"]}}, "external"),
        ({"unknown": False, "internal": {"variety": ["Nids"]}}, "internal"),
        ({"unknown": True, "partner": {"variety": ["Audit"]}}, "partner"),
        ({"unknown": True}, "unknown"),
        ({"unknown": False}, None),
        ({"other": True}, "other"),
        ({"external": {"variety": ["Customer"]}, "internal": {"variety": ["Nids"]}}, None),
        ({}, None),
    ],
)
def test_discovery_is_read_from_the_keys_of_later_versions(tmp_path, found, side):
    assert row_of(tmp_path, changed("discovery_method", found))["discovery_method"] == side


def test_version_1_2_1_with_single_words_in_place_of_lists_is_placed(tmp_path):
    record = changed("schema_version", "1.2.1") | {
        "discovery_method": "Int - IT audit",
        "related_incidents": "ABC",
    }
    record["victim"] |= {"country": "US"}
    record["actor"]["external"] |= {"country": "RU", "role": ["Malicious"]}
    record["action"] = {
        "physical": {
            "variety": ["Theft"],
            "location": ["Public vehicle"],
            "vector": ["Visitor privileges"],
            "Exfiltrate": True,
        }
    }
    record["attribute"]["integrity"] = {"variety": ["Misappropriation"]}
    record["asset"] |= {
        "assets": [{"variety": "S - SCADA"}],
        "ownership": "Victim",
        "governance": ["3rd party owned"],
    }
    loaded = read_vcdb(put(tmp_path, [record]))
    assert [row["reason"] for row in loaded.losses] == ["no_place"] * 2
    row = loaded.incidents[0]
    assert (row["victim_country"], row["asset_variety"]) == (["US"], ["S - ICS"])
    assert row["action_vector"] == ["physical.Public vehicle", "physical.Victim work area"]
    assert terms(loaded) >= {
        ("action.physical.location", "Public vehicle"),
        ("action.physical.Exfiltrate", "true"),
        ("related_incidents", "ABC"),
    }


def test_version_1_4_1_names_ai_systems(tmp_path):
    record = changed("asset.assets", [{"variety": "S - LLM application"}]) | {"schema_version": "1_4_1"}
    record["action"]["hacking"]["variety"] = ["Prompt injection"]
    record["victim"]["government"] = ["NA"]
    record["plus"]["analysis_status"] = "Ready for review"
    loaded = read_vcdb(put(tmp_path, [record]))
    row = loaded.incidents[0]
    assert (row["is_ai_system"], row["source_version"], row["review_status"]) == (
        True,
        "1.4.1",
        "Needs review",
    )
    assert "is_ai_system" not in row_of(tmp_path, RECORD)
    assert not [loss for loss in loaded.losses if loss["reason"] != "no_place"]


@pytest.mark.parametrize(
    ("parts", "first", "last", "precision", "missing"),
    [
        ({"year": 2020, "month": 2, "day": 29}, "2020-02-29", "2020-02-29", "day", {}),
        ({"year": 2020, "month": 2}, "2020-02-01", "2020-02-29", "month", {}),
        ({"year": 2020}, "2020-01-01", "2020-12-31", "year", {}),
        ({"year": 2020, "day": 5}, "2020-01-01", "2020-12-31", "year", {"day": "ambiguous"}),
        ({"year": 2018, "month": 2, "day": 29}, "2018-02-01", "2018-02-28", "month", {"day": "malformed"}),
        ({"year": 2018, "month": 13, "day": 1}, "2018-01-01", "2018-12-31", "year",
         {"month": "malformed", "day": "ambiguous"}),
        ({"year": "2018"}, None, None, "unknown", {"year": "malformed"}),
        ({"year": True, "month": 1}, None, None, "unknown", {"year": "malformed", "month": "ambiguous"}),
        ({"month": 5}, None, None, "unknown", {"month": "ambiguous"}),
        ({}, None, None, "unknown", {}),
    ],
)  # fmt: skip
def test_date_is_an_interval_as_wide_as_what_is_known(parts, first, last, precision, missing):
    row, lost_parts = interval(parts)
    shown = [
        row.get(name) and row[name].date().isoformat() for name in ("incident_date", "incident_date_end")
    ]
    assert (shown, row["incident_date_precision"], lost_parts) == ([first, last], precision, missing)
    assert row.get("date_basis") == (None if first is None else "occurred")


def test_absent_total_is_missing_and_zero_only_where_the_file_says_so(tmp_path):
    place = "attribute.confidentiality.data_total"
    totals = [87, 0, ..., None, 5.0, 2**40]
    records = [changed(place, value) | {"incident_id": f"t{n}"} for n, value in enumerate(totals)]
    frame = load_vcdb(put(tmp_path, records))
    assert frame["data_total"].tolist() == [87, 0, pd.NA, pd.NA, 5, 2**40]
    assert frame["data_total_basis"].isna().tolist() == [False, False, True, True, False, False]


@pytest.mark.parametrize("value", ["87", -1, True, 0.5, 2**70, [87], {"n": 87}, [[1, 2], 3]])
def test_total_of_a_wrong_kind_is_lost_with_its_record(tmp_path, value):
    found = lost(
        tmp_path, changed("attribute.confidentiality.data_total", value) | {"incident_id": "x"}, "malformed"
    )
    assert {row[1] for row in found} == {"X"}
    assert all(row[0].startswith("attribute.confidentiality.data_total") for row in found)
    assert sum(row[3] for row in found) == values(value)


def test_amount_keeps_its_currency_and_has_none_where_none_is_written(tmp_path):
    bare = row_of(tmp_path, changed("impact.iso_currency_code", ...))
    assert (bare["impact_amount"], bare.get("impact_currency")) == (1200.5, None)
    alone = read_vcdb(put(tmp_path, [changed("impact.overall_amount", ...)]))
    assert "impact_currency" not in alone.incidents[0]
    assert ("impact.iso_currency_code", "GBP") in terms(alone)
    coin = row_of(tmp_path, changed("impact.iso_currency_code", "Ether"))
    assert coin.get("impact_currency") is None


def test_unknown_country_and_industry_are_missing_in_the_frame_and_kept_in_the_terms(tmp_path):
    record = changed("victim.country", ["Unknown"])
    record["victim"]["industry"] = "000000"
    loaded = read_vcdb(put(tmp_path, [record]))
    assert not {"victim_country", "victim_industry"} & set(loaded.incidents[0])
    assert terms(loaded) >= {("victim.country", "Unknown"), ("victim.industry", "000000")}
    assert loaded.frames()["incidents"]["victim_country"].isna().all()
    assert row_of(tmp_path, changed("victim.industry", "62"))["victim_industry"] == "62"
    assert lost(tmp_path, changed("victim.industry", 62), "malformed")[0][:3] == (
        "victim.industry", "0A1B-EXAMPLE", "62",
    )  # fmt: skip


def test_strange_terms_are_lost_with_record_and_value_and_other_case_is_no_strange_term(tmp_path):
    record = changed("action.hacking.variety", ["Mind reading", "sqli"])
    assert lost(tmp_path, record, "not_in_schema") == [
        ("action.hacking.variety", "0A1B-EXAMPLE", "Mind reading", 1)
    ]
    row = row_of(tmp_path, record)
    assert row["action_variety"] == ["hacking.SQLi"]
    assert lost(tmp_path, changed("action.telepathy", {"variety": ["a", "b"]}), "not_in_schema") == [
        ("action.telepathy.variety", None, None, 2)
    ]
    assert row_of(tmp_path, changed("action.telepathy", {}))["action"] == ["hacking"]


def test_ids_are_in_capitals_and_repetitions_are_told_apart_by_content_not_by_order(tmp_path):
    other = RECORD | {"summary": "Another content."}
    same: dict[str, Any] = dict(reversed(RECORD.items())) | {"incident_id": "0a1b-example"}
    loaded = read_vcdb(put(tmp_path, [RECORD, other, same]))
    assert len(loaded.incidents) == 2
    assert {row["incident_uid"] for row in loaded.incidents} == {"vcdb:0A1B-EXAMPLE", "vcdb:0A1B-EXAMPLE#2"}
    assert {row["source_id"] for row in loaded.incidents} == {"0A1B-EXAMPLE"}
    assert {row["incident_uid"] for row in loaded.enums} == {row["incident_uid"] for row in loaded.incidents}
    assert [(r["record"], r["n_values"]) for r in loaded.losses if r["reason"] == "duplicate"] == [
        ("0A1B-EXAMPLE", values(RECORD))
    ]
    turned = read_vcdb(put(tmp_path, [other, RECORD]))
    for name in ("incidents", "incident_enums"):
        pd.testing.assert_frame_equal(
            loaded.frames()[name].drop(columns="source_sha256", errors="ignore"),
            turned.frames()[name].drop(columns="source_sha256", errors="ignore"),
        )
    frame = load_vcdb(tmp_path / "vcdb.json")
    assert (len(frame), frame["source_id"].nunique(), frame["incident_uid"].is_unique) == (2, 1, True)


def test_an_id_that_looks_like_a_repetition_does_not_collide(tmp_path):
    records = [RECORD | {"incident_id": "a", "summary": text} for text in ("one", "two", "three")]
    loaded = read_vcdb(put(tmp_path, [*records, RECORD | {"incident_id": "A#2"}]))
    assert sorted(row["incident_uid"] for row in loaded.incidents) == [
        "vcdb:A", "vcdb:A#2", "vcdb:A#3", "vcdb:A#4",
    ]  # fmt: skip


def test_record_without_id_has_one_made_of_its_content(tmp_path):
    row = row_of(tmp_path, changed("incident_id", ...))
    assert row["source_id"].startswith("NO-ID-")
    assert row["source_id"] == row_of(tmp_path, changed("incident_id", ...))["source_id"]
    assert lost(tmp_path, changed("incident_id", 17), "malformed")[0][0] == "incident_id"


def test_switches_leave_out_batches_samples_and_what_nobody_checked(tmp_path):
    kinds = {"a": "gwillem", "b": "priority", "c": "phidbr", "d": None, "e": "random", "f": "else"}
    records = [changed("plus.sub_source", kind) | {"incident_id": name} for name, kind in kinds.items()]
    records[3]["plus"]["analysis_status"] = "First pass"
    path = put(tmp_path, records)

    def ids(**switches: Any) -> str:
        return "".join(load_vcdb(path, **switches)["source_id"])

    assert (ids(), ids(webskimmers=True), ids(samples="random")) == ("BCDEF", "ABCDEF", "DEF")
    assert (ids(samples="priority"), ids(unreviewed=False)) == ("BC", "BCEF")
    assert load_vcdb(path)["sample_flag"].tolist() == ["priority", "phidbr", "unknown", "random", "unknown"]
    assert load_vcdb(path).attrs["left_out"]["webskimmers"] == 1


def test_records_of_the_batch_folder_are_web_skimmers(tmp_path):
    (tmp_path / "json" / "!65fd").mkdir(parents=True)
    put(tmp_path / "json" / "!65fd", RECORD | {"incident_id": "skimmed"}, "1.json")
    put(tmp_path / "json", RECORD, "2.json")
    assert load_vcdb(tmp_path)["source_id"].tolist() == ["0A1B-EXAMPLE"]
    assert load_vcdb(tmp_path, webskimmers=True)["sample_flag"].tolist() == ["phidbr", "webskimmer"]


@pytest.mark.parametrize("value", [[1, 2], "text", 5, True, {"deep": {"er": [1]}}, [{"a": [[]]}, [["x"]]]])
@pytest.mark.parametrize(
    "path",
    ["action", "action.hacking", "action.hacking.variety", "asset.assets", "timeline", "timeline.incident", "plus",
     "victim", "victim.country", "attribute.confidentiality.data", "reference", "summary", "discovery_method",
     "impact", "schema_version", "plus.created", "actor.external"],
)  # fmt: skip
def test_a_wrong_kind_anywhere_costs_its_values_and_nothing_else(tmp_path, path, value):
    record = changed(path, value)
    loaded = read_vcdb(put(tmp_path, [record])).check()
    assert loaded.n_values == values(record)
    assert len(loaded.incidents) == 1
    for frame in loaded.frames().values():
        assert frame is not None
    pd.testing.assert_frame_equal(load_vcdb(tmp_path / "vcdb.json"), loaded.frames()["incidents"])


def test_what_is_no_record_is_lost_and_counted(tmp_path):
    loaded = read_vcdb(put(tmp_path, [RECORD, 5, "text", [1, [2]], {"a": {"b": 1}}, {}, None]))
    found = [(row["field"], row["n_values"]) for row in loaded.losses if row["reason"] == "malformed"]
    assert found == [("(record)", 1), ("(record)", 1), ("(record)", 2), ("(record)", 1)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json.dumps(MANY)[:-40], ["ends early", "record 5", "line 1"]),
        (json.dumps(MANY, indent=1)[:-60] + "?", ["line ", "column", "record 5"]),
        (json.dumps(MANY) + " {}", ["text follows the list of 5 records"]),
        ("[" + json.dumps(RECORD) + " " + json.dumps(RECORD) + "]", ["record 1"]),
        ("", ["no JSON"]),
        ("[]", ["no JSON file with a VERIS record"]),
        ("not json", ["no JSON at line 1, column 1"]),
        ("[" * 100_000, ["cannot be parsed"]),
        ('[{"incident_id": "a", "n": ' + "9" * 5000 + "}]", ["record 1 cannot be parsed"]),
    ],
)
def test_broken_json_is_a_clear_error_that_names_file_and_place(tmp_path, text, words):
    path = put(tmp_path, text, "broken\x1b.json")
    for read in (read_vcdb, load_vcdb):
        with pytest.raises(LeakUnreadableError) as caught:
            read(path)
        message = str(caught.value)
        assert r"broken\x1b.json" in message.replace("\\\\", "\\") and "\x1b" not in message
        for word in words:
            assert word in message


def test_a_broken_file_of_a_folder_costs_one_row(tmp_path):
    for number, record in enumerate(MANY):
        put(tmp_path, record, f"{number}.json")
    put(tmp_path, json.dumps(RECORD)[:-9], "broken.json")
    loaded = read_vcdb(tmp_path)
    assert len(loaded.incidents) == len(load_vcdb(tmp_path)) == 5
    (row,) = [row for row in loaded.losses if row["field"] == "(file)"]
    assert (row["record"], row["reason"], row["n_values"]) == ("broken.json", "malformed", 1)
    assert "ends early at line 1" in row["value"]


def test_links_and_pipes_of_a_folder_are_not_followed(tmp_path):
    (tmp_path / "in").mkdir()
    put(tmp_path, RECORD | {"incident_id": "outside"}, "outside.json")
    put(tmp_path / "in", RECORD, "one.json")
    (tmp_path / "in" / "link.json").symlink_to(tmp_path / "outside.json")
    os.mkfifo(tmp_path / "in" / "pipe.json")
    loaded = read_vcdb(tmp_path / "in")
    assert [row["source_id"] for row in loaded.incidents] == ["0A1B-EXAMPLE"]
    assert {row["record"] for row in loaded.losses if row["field"] == "(file)"} == {"link.json", "pipe.json"}


def test_zip_slip_names_are_shown_escaped_and_nothing_is_written(tmp_path):
    (tmp_path / "deep").mkdir()
    with zipfile.ZipFile(tmp_path / "deep" / "slip.zip", "w") as archive:
        archive.writestr("../../evil\x1b[31m.json", json.dumps([RECORD])[:-5])
        archive.writestr("vcdb.json", json.dumps(MANY))
    loaded = read_vcdb(tmp_path / "deep" / "slip.zip")
    (row,) = [row for row in loaded.losses if row["field"] == "(file)"]
    assert row["record"] == r"slip.zip/../../evil\x1b[31m.json"
    assert [path.name for path in tmp_path.rglob("*")] == ["deep", "slip.zip"]


def test_bombs_and_giants_are_refused_by_their_size(tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("vcdb.json", b"[" + b" " * 40_000_000)
    (tmp_path / "bomb.json.gz").write_bytes(gzip.compress(b"[" + b" " * 40_000_000))
    with (tmp_path / "giant.json").open("wb") as file:
        file.write(b'[{"incident_id": "')
        file.truncate(2**30)
    for name in ("bomb.zip", "bomb.json.gz", "giant.json"):
        reached = "record 1 reached" if name == "giant.json" else "record not reached"
        with pytest.raises(
            LeakUnreadableError, match=f"bytes; at most 134,217,728 of JSON are read.*; {reached}"
        ):
            read_vcdb(tmp_path / name)
    monkeypatch.setattr(files, "ALL_BYTES", 3_000)
    with zipfile.ZipFile(tmp_path / "parts.zip", "w") as archive:
        for number, record in enumerate(MANY):
            archive.writestr(f"{number}.json", json.dumps(record))
    loaded = read_vcdb(tmp_path / "parts.zip")
    assert 0 < len(loaded.incidents) < 5
    assert len([row for row in loaded.losses if row["field"] == "(file)"]) == 5 - len(loaded.incidents)


@pytest.mark.parametrize("name", ["long.json", "long.json.gz", "long.zip"])
def test_a_field_beyond_the_limit_is_named_by_its_record(tmp_path, monkeypatch, name):
    monkeypatch.setattr(files, "TEXT_BYTES", 2**20)
    text = json.dumps([MANY[0], MANY[1], changed("summary", os.urandom(2**20).hex())]).encode()
    if name.endswith(".zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("vcdb.json", text)
    else:
        (tmp_path / name).write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    with pytest.raises(LeakUnreadableError, match="record 3 reached"):
        read_vcdb(tmp_path / name)


def test_a_text_of_hostile_size_is_lost_and_shown_cut(tmp_path):
    record = changed("summary", "x" * 200_000)
    record["victim"]["victim_id"] = "y" * 200_000
    loaded = read_vcdb(put(tmp_path, [record]))
    found = {row["field"]: row["value"] for row in loaded.losses if row["reason"] == "malformed"}
    assert set(found) == {"summary", "victim.victim_id"}
    assert all(len(value) <= 200 for value in found.values())
    assert loaded.incidents[0]["title"] == "Victim not named: hacking"


def test_a_record_with_endless_losses_tells_some_and_counts_the_others(tmp_path):
    record = changed("action.hacking.variety", [f"strange {n}" for n in range(5_000)] + [[1]] * 5_000)
    loaded = read_vcdb(put(tmp_path, [record])).check()
    assert len(loaded.losses) < 300
    assert loaded.n_values == values(record)


def test_a_record_of_hostile_length_is_lost_and_the_others_stay(tmp_path):
    long = changed("notes", "x" * 5_000_000) | {"incident_id": "long"}
    loaded = read_vcdb(put(tmp_path, [RECORD, long, RECORD | {"incident_id": "c"}]))
    assert [row["source_id"] for row in loaded.incidents] == ["0A1B-EXAMPLE", "C"]
    assert [(row["record"], row["n_values"]) for row in loaded.losses if row["reason"] == "malformed"] == [
        ("vcdb.json, record 2", values(long))
    ]
    crowd = '[{"incident_id": "a", "n": [' + "{}," * 9_000_000 + "{}]}]"
    with pytest.raises(LeakUnreadableError, match="more than 8,000,000 values"):
        read_vcdb(put(tmp_path, crowd, "crowd.json"))


def test_hidden_characters_are_escaped_everywhere(tmp_path):
    evil = "<script>alert(1)</script>\x1b[31m\u202egpj\u2028\ud800"
    record = changed("victim.victim_id", evil) | {"incident_id": evil, "summary": evil, "reference": evil}
    record["action"]["hacking"]["variety"] = [evil]
    record["plus"]["sub_source"] = evil
    record[evil] = {"x": 1}
    loaded = read_vcdb(put(tmp_path, [record]))
    texts = [str(value) for rows in (loaded.incidents, loaded.enums, loaded.losses) for row in rows
             for value in row.values()]  # fmt: skip
    assert not [text for text in texts for sign in "\x1b\u202e\u2028\ud800" if sign in text]
    assert r"\u202egpj" in loaded.incidents[0]["title"]


def test_files_beside_the_records_are_no_records(tmp_path):
    put(tmp_path, RECORD, "one.json")
    put(tmp_path, {"action": {"hacking": {"variety": ["SQLi", "XSS"]}}, "timeline": {}}, "vcdb-enum.json")
    loaded = read_vcdb(tmp_path)
    assert len(loaded.incidents) == 1
    assert [(row["record"], row["n_values"]) for row in loaded.losses if row["field"] == "(record)"] == [
        ("vcdb-enum.json, record 1", 2)
    ]


def test_nothing_there_is_said(tmp_path):
    with pytest.raises(LeakNotFoundError, match="leakkit fetch vcdb"):
        read_vcdb(tmp_path / "absent.zip")
    with pytest.raises(LeakUnreadableError, match="no JSON file with a VERIS record"):
        read_vcdb(tmp_path)
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(LeakUnreadableError, match=r"bad\.zip"):
        load_vcdb(tmp_path / "bad.zip")


LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8))
NAMES = st.sampled_from(
    ["variety", "incident", "year", "hacking", "notes", "data", "amount", "unknown", "é", ""]
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
PATHS = st.sampled_from(
    ["incident_id", "schema_version", "action", "action.hacking.variety", "action.unknown", "actor.external",
     "asset.assets", "attribute.confidentiality", "attribute.confidentiality.data", "discovery_method",
     "impact", "impact.loss", "impact.overall_amount", "plus", "plus.event_chain", "plus.created", "reference",
     "timeline.incident", "timeline.incident.day", "victim.country", "victim.industry", "ioc", "strange.place"]
)  # fmt: skip


@given(st.lists(st.tuples(PATHS, JSON), min_size=1, max_size=4))
def test_every_value_of_a_malformed_record_is_placed_or_lost(tmp_path_factory, changes):
    record = copy.deepcopy(RECORD)
    for path, value in changes:
        *names, last = path.split(".")
        place: Any = record
        for name in names:
            place = place.setdefault(name, {}) if isinstance(place, dict) else {}
        if isinstance(place, dict):
            place[last] = value
    path = put(tmp_path_factory.mktemp("vcdb"), [record])
    loaded = read_vcdb(path).check()
    assert loaded.n_values == values(json.loads(path.read_text()))
    assert len(loaded.incidents) == 1
    pd.testing.assert_frame_equal(load_vcdb(path), loaded.frames()["incidents"])


@given(damaged(json.dumps(MANY[:2], indent=1).encode()))
def test_damaged_bytes_give_rows_or_a_clear_error(tmp_path_factory, raw):
    path = tmp_path_factory.mktemp("vcdb") / "vcdb.json"
    path.write_bytes(raw)
    try:
        loaded = read_vcdb(path)
    except LeakkitError as error:
        assert "vcdb.json" in str(error)
    else:
        assert loaded.check().frames()["incidents"]["incident_uid"].is_unique
