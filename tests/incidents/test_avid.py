"""The AI Vulnerability Database: reports and vulnerabilities of every version, broken files beside whole ones."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile

import pytest
from hypothesis import given, settings

from leakkit.errors import LeakkitError, NotALeakError
from leakkit.frames import INCIDENT_ENUMS, INCIDENTS
from leakkit.incidents.avid import load_avid, read_avid
from tests.incidents.damage import damaged

REPORT = {
    "data_type": "AVID",
    "data_version": "0.1",
    "metadata": {"report_id": "AVID-2022-R0001", "vuln_id": "AVID-2022-V001"},
    "affects": {
        "developer": [],
        "deployer": ["Acme"],
        "artifacts": [{"type": "Model", "name": "small"}, {"type": "System", "name": ""}],
    },
    "problemtype": {
        "classof": "LLM Evaluation",
        "type": "Detection",
        "description": {"lang": "eng", "value": "Bias"},
    },
    "metrics": [{"name": "HONEST", "value": 0.5}],
    "references": [{"type": "source", "label": "x", "url": "https://example.org/a"}],
    "description": {"lang": "eng", "value": "Sentences\n<script>alert(1)</script>"},
    "impact": {
        "avid": {
            "vuln_id": "AVID-2022-V001",
            "risk_domain": ["Ethics"],
            "sep_view": ["E0101: Group fairness"],
            "lifecycle_view": ["L05: Evaluation"],
            "taxonomy_version": "0.1",
        }
    },
    "credit": [{"lang": "eng", "value": "Ada Example"}],
    "reported_date": "2022-11-09",
}
VULNERABILITY = {
    "data_version": "0.2",
    "metadata": {"vuln_id": "AVID-2023-V003"},
    "problemtype": {"classof": "AIID Incident", "description": {"value": "Second"}},
    "reports": None,
    "credit": None,
    "published_date": "2023-03-31",
    "last_modified_date": "2023-04-01",
}


def write(folder, **files: object) -> None:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        (folder / f"{name}.json").write_bytes(data)


def losses(loaded, reason):
    return {(row["file"], row["field"]): row["n_values"] for row in loaded.losses if row["reason"] == reason}


def test_report_and_vulnerability_become_rows(tmp_path):
    write(tmp_path, a=REPORT, b=VULNERABILITY)
    frame = load_avid(tmp_path).set_index("source_id")
    INCIDENTS.validate(frame.reset_index())
    report = frame.loc["AVID-2022-R0001"]
    assert (report.record_type, report.title, report.source_version) == ("evaluation", "Bias", "0.1")
    assert (list(report.deployer), list(report.developer)) == (["Acme"], [])
    assert (report.date_basis, report.incident_date_precision) == ("disclosed", "day")
    assert (list(report.ai_lifecycle), list(report.reference)) == (
        ["L05: Evaluation"],
        ["https://example.org/a"],
    )
    second = frame.loc["AVID-2023-V003"]
    assert (second.record_type, str(second.modified_date)) == ("incident", "2023-04-01 00:00:00+00:00")


@pytest.mark.parametrize(
    ("classof", "expected"),
    [
        ("CVE Entry", "advisory"),
        ("LLM Evaluation", "evaluation"),
        ("AIID Incident", "incident"),
        ("ATLAS Case Study", "vulnerability_report"),
        ("Third-party Report", "vulnerability_report"),
        ("", "vulnerability_report"),
    ],
)
def test_class_says_what_kind_of_record_it_is(tmp_path, classof, expected):
    write(tmp_path, a=REPORT | {"problemtype": {"classof": classof}})
    assert load_avid(tmp_path)["record_type"].tolist() == [expected]


def test_views_are_terms_with_their_version(tmp_path):
    write(tmp_path, a=REPORT)
    loaded = read_avid(tmp_path)
    INCIDENT_ENUMS.validate(loaded.frames()["incident_enums"])
    found = {(r["taxonomy"], r["taxonomy_version"], r["field"], r["value"]) for r in loaded.enums}
    assert ("avid.sep", "0.1", "sep_view", "E0101: Group fairness") in found
    assert ("avid.lifecycle", "0.1", "lifecycle_view", "L05: Evaluation") in found
    assert ("avid", "0.1", "artifact.name", "small") in found


def test_what_has_no_place_is_counted_by_field(tmp_path):
    write(tmp_path, a=REPORT, b=VULNERABILITY)
    found = losses(read_avid(tmp_path), "no_place")
    assert found[(tmp_path.name, "metrics[].value")] == 1
    assert found[(tmp_path.name, "references[].label")] == 1


def test_archive_gives_what_the_folder_gives(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    write(folder, a=REPORT, b=VULNERABILITY)
    with tarfile.open(tmp_path / "avid.tar.gz", "w:gz") as archive:
        archive.add(folder, "avid")
    with zipfile.ZipFile(tmp_path / "avid.zip", "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"avid/{file.name}")
    expected = read_avid(folder).incidents
    assert read_avid(tmp_path / "avid.tar.gz").incidents == expected
    assert read_avid(tmp_path / "avid.zip").incidents == expected


def test_broken_files_cost_a_row_each(tmp_path):
    whole = json.dumps(REPORT).encode()
    write(tmp_path, a=REPORT, cut=whole[:200], text=b"no json", empty=b" ", number=b"5")
    loaded = read_avid(tmp_path)
    assert len(loaded.incidents) == 1
    assert losses(loaded, "malformed") == {
        ("cut.json", "(whole file)"): 1,
        ("text.json", "(whole file)"): 1,
        ("empty.json", "(whole file)"): 1,
        ("number.json", "(value)"): 1,
    }


def test_one_id_with_two_contents_is_two_rows_and_a_copy_is_none(tmp_path):
    write(tmp_path, a=REPORT, b=REPORT, c=REPORT | {"reported_date": "2022-11-10"})
    loaded = read_avid(tmp_path)
    assert sorted(row["incident_uid"] for row in loaded.incidents) == [
        "avid:AVID-2022-R0001",
        "avid:AVID-2022-R0001#2",
    ]
    assert sum(losses(loaded, "duplicate").values()) == (loaded.n_values) // 3


def test_climbing_member_is_refused_and_named(tmp_path):
    with tarfile.open(tmp_path / "avid.tar", "w") as archive:
        for name, document in (("../../evil.json", REPORT), ("good.json", VULNERABILITY)):
            data = json.dumps(document).encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    loaded = read_avid(tmp_path / "avid.tar")
    assert [row["source_id"] for row in loaded.incidents] == ["AVID-2023-V003"]
    assert [row["value"] for row in loaded.losses if row["reason"] == "malformed"] == [
        "its name leads out of the archive"
    ]


def test_folder_without_avid_is_an_error(tmp_path):
    write(tmp_path, a={"x": 1})
    with pytest.raises(NotALeakError, match="report_id"):
        load_avid(tmp_path)


def test_damaged_files_are_accounted_for_or_refused(tmp_path):
    write(tmp_path, b=VULNERABILITY)

    @settings(max_examples=80)
    @given(data=damaged(json.dumps(REPORT).encode()))
    def holds(data):
        (tmp_path / "a.json").write_bytes(data)
        try:
            loaded = read_avid(tmp_path)
        except LeakkitError as error:
            raise AssertionError("the whole file beside it was lost") from error
        assert "avid:AVID-2023-V003" in {row["incident_uid"] for row in loaded.incidents}
        assert INCIDENTS.from_rows(loaded.incidents)["incident_uid"].is_unique

    holds()
