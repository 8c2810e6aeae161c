"""The AI Incident Database: incidents, classifications by annotator, and an account of every value."""

from __future__ import annotations

import io
import tarfile

import pytest
from hypothesis import given, settings

from leakkit.errors import LeakkitError, NotALeakError
from leakkit.frames import INCIDENT_ENUMS, INCIDENT_LOSSES, INCIDENTS
from leakkit.incidents.aiid import annotations, load_aiid, read_aiid
from tests.incidents.damage import damaged

HEADER = (
    "_id,incident_id,date,reports,Alleged deployer of AI system,Alleged developer of AI system,"
    "Alleged harmed or nearly harmed parties,description,title\n"
)
INCIDENTS_CSV = (
    HEADER
    + 'ObjectId(1),1,2020-01-01,"[7,8]","[""acme""]","[]","[""people"",""cats""]","Two\nlines",<b>Title</b>\n'
    + 'ObjectId(2),2,not a day,"[9","[""acme""]",acme,"[true]",Text,Second\n'
    + 'ObjectId(3),3,2021-05-06,,,,,,"Third \x1b[31m"\n'
).encode()
V1 = (
    "Namespace,Incident ID,Published,Harm Domain,AI System,Link,AI System,Notes (x),Harm Distribution Basis\n"
)
TABLES = {
    "incidents.csv": INCIDENTS_CSV,
    "classifications_CSETv1.csv": (V1 + 'CSETv1,1,True,yes,yes,no,no,words,"race, sex"\n').encode(),
    "classifications_CSETv1_Annotator-1.csv": (V1 + "CSETv1_Annotator-1,1,True,no,yes,,,,none\n").encode(),
    "classifications_MIT.csv": (
        b"Namespace,Incident ID,Published,Risk Domain,Risk Subdomain,Entity,Timing,Intent\n"
        b"MIT,1,True,4. Malicious Actors & Misuse,4.3. Fraud,Human,Post-deployment,Intentional\n"
        b"MIT,3,True,7. Safety,7.3. Robustness,AI,Pre-deployment,Unintentional\n"
        b"MIT,99,True,7. Safety,7.3. Robustness,AI,Pre-deployment,Unintentional\n"
    ),
    "duplicates.csv": b"duplicate_incident_number,true_incident_number\n77,1\n78,99\n",
    "quickadd.csv": b"incident_id,url,date_submitted,source_domain\n1,https://example.org/,2020-01-01,example.org\n",
    "entities.bson": b"\x05\0\0\0\0",
}


@pytest.fixture
def snapshot(tmp_path):
    folder = tmp_path / "snapshot_2025-03-24"
    folder.mkdir()
    for name, data in TABLES.items():
        (folder / name).write_bytes(data)
    return folder


def reasons(loaded, reason):
    return [(row["file"], row["field"], row["record"]) for row in loaded.losses if row["reason"] == reason]


def terms(loaded, **wanted):
    return [
        (row["field"], row["value"]) for row in loaded.enums if all(row[k] == v for k, v in wanted.items())
    ]


def test_incident_with_lists_dates_of_unknown_precision_and_escaped_title(snapshot):
    frame = load_aiid(snapshot).set_index("source_id")
    INCIDENTS.validate(frame.reset_index())
    first = frame.loc["1"]
    assert (list(first.deployer), list(first.developer), list(first.harmed_party)) == (
        ["acme"],
        [],
        ["people", "cats"],
    )
    assert (str(first.incident_date.date()), first.incident_date_precision) == ("2020-01-01", "unknown")
    assert (first.title, first.summary) == ("<b>Title</b>", "Two lines")
    assert (first.source_version, first.source_licence) == ("2025-03-24", "CC-BY-SA-4.0")
    assert frame.loc["3"].title == "Third \\x1b[31m"
    assert frame["is_ai_system"].all()


def test_values_of_wrong_type_are_listed_with_file_and_record(snapshot):
    found = reasons(read_aiid(snapshot), "malformed")
    assert ("incidents.csv", "date", "2") in found
    assert ("incidents.csv", "reports", "2") in found
    assert ("incidents.csv", "Alleged developer of AI system", "2") in found
    assert ("incidents.csv", "Alleged harmed or nearly harmed parties", "2") in found


def test_columns_of_one_name_and_annotators_are_kept_apart(snapshot):
    loaded = read_aiid(snapshot)
    published = terms(loaded, taxonomy="csetv1", annotator=None)
    assert {("AI System", "yes"), ("AI System#2", "no")} <= set(published)
    assert {("Harm Distribution Basis", "race"), ("Harm Distribution Basis", "sex")} <= set(published)
    assert ("Harm Domain", "no") in terms(loaded, taxonomy="csetv1", annotator="1")
    assert not any(field.startswith("Notes") for field, _ in published)


def test_annotations_hold_only_judgements_of_annotators(snapshot):
    frame = annotations(snapshot)
    assert frame.to_dict("list") == {
        "incident": ["aiid:1"] * 3,
        "annotator": ["1"] * 3,
        "field": ["AI System", "Harm Distribution Basis", "Harm Domain"],
        "value": ["yes", "none", "no"],
    }
    assert annotations(read_aiid(snapshot)).equals(frame)


def test_mit_judgement_gives_actor_action_and_stage(snapshot):
    frame = load_aiid(snapshot).set_index("source_id")
    assert frame["actor"].map(list).to_dict() == {"1": ["external"], "2": ["unknown"], "3": ["unknown"]}
    assert frame["action"].map(list).to_dict() == {"1": ["unknown"], "2": ["unknown"], "3": ["error"]}
    assert list(frame.loc["3"].ai_lifecycle) == ["Pre-deployment"]


def test_numbers_that_were_merged_stand_under_the_incident_that_stays(snapshot):
    loaded = read_aiid(snapshot)
    assert terms(loaded, taxonomy="aiid", incident_uid="aiid:1") == [
        ("report", "7"),
        ("report", "8"),
        ("also numbered", "77"),
    ]
    assert ("duplicates.csv", "true_incident_number", "99") in reasons(loaded, "no_place")


def test_files_that_are_not_read_are_listed(snapshot):
    assert reasons(read_aiid(snapshot), "left_out") == [("entities.bson", "(whole file)", "entities.bson")]


def test_frames_are_valid(snapshot):
    frames = read_aiid(snapshot).frames()
    INCIDENT_ENUMS.validate(frames["incident_enums"])
    INCIDENT_LOSSES.validate(frames["incident_losses"])


def test_archive_gives_what_the_folder_gives(snapshot, tmp_path):
    archive = tmp_path / "backup-20250324094137.tar.bz2"
    with tarfile.open(archive, "w:bz2") as file:
        for name, data in TABLES.items():
            info = tarfile.TarInfo(f"mongodump_full_snapshot/{name}")
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))
    packed, plain = read_aiid(archive), read_aiid(snapshot)
    assert packed.incidents == plain.incidents
    assert (packed.n_values, packed.n_placed) == (plain.n_values, plain.n_placed)


def test_equal_rows_are_one_and_different_ones_of_one_number_are_two(tmp_path):
    rows = b"a,1,2020-01-01,,,,,x,One\n" * 2 + b"b,1,2020-01-02,,,,,y,Other\n"
    (tmp_path / "incidents.csv").write_bytes(HEADER.encode() + rows)
    loaded = read_aiid(tmp_path)
    assert sorted(row["incident_uid"] for row in loaded.incidents) == ["aiid:1", "aiid:1#2"]
    assert sum(row["n_values"] for row in loaded.losses if row["reason"] == "duplicate") == 5


def test_row_of_another_width_is_listed_and_the_rest_read(tmp_path):
    (tmp_path / "incidents.csv").write_bytes(HEADER.encode() + b"a,1\nb,2.0,2020-01-01,,,,,,Two\n")
    loaded = read_aiid(tmp_path / "incidents.csv")
    assert [row["incident_uid"] for row in loaded.incidents] == ["aiid:2"]
    assert reasons(loaded, "malformed") == [("incidents.csv", "(whole row)", "row 1")]


def test_table_with_a_cell_of_hostile_size_is_listed_and_the_rest_read(snapshot):
    (snapshot / "classifications_GMF.csv").write_bytes(b"Namespace,Incident ID\nGMF,1\nGMF," + b"x" * 200_000)
    loaded = read_aiid(snapshot)
    assert ("classifications_GMF.csv", "(whole file)", "classifications_GMF.csv") in reasons(
        loaded, "malformed"
    )
    assert len(loaded.incidents) == 3


def test_snapshot_without_incidents_is_an_error(snapshot):
    (snapshot / "incidents.csv").unlink()
    with pytest.raises(NotALeakError, match=r"incidents\.csv"):
        read_aiid(snapshot)


@pytest.mark.parametrize("name", [name for name in TABLES if name.endswith(".csv")])
def test_damaged_tables_are_accounted_for_or_refused(name, tmp_path_factory):
    folder = tmp_path_factory.mktemp("snapshot")
    for other, data in TABLES.items():
        (folder / other).write_bytes(data)

    @settings(max_examples=25)
    @given(data=damaged(TABLES[name]))
    def holds(data):
        (folder / name).write_bytes(data)
        try:
            incidents = INCIDENTS.from_rows(read_aiid(folder).incidents)
        except LeakkitError as error:
            assert error.expected and error.todo
        else:
            assert incidents["incident_uid"].is_unique

    holds()
