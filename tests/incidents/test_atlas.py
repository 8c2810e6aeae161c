"""MITRE ATLAS: case studies, and YAML that means harm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from leakkit.errors import BadMemberError, LeakkitError, LeakUnreadableError, NotALeakError
from leakkit.frames import INCIDENTS
from leakkit.incidents import catalogue_files, catalogue_yaml
from leakkit.incidents.atlas import load_atlas, read_atlas
from leakkit.incidents.catalogue_yaml import yaml_documents
from tests.incidents.damage import damaged

STUDY = """
- id: AML.CS0001
  name: "Evasion <b>of</b> a detector"
  object-type: case-study
  summary: |-
    Two
    lines
  incident-date: 2020-02-01
  incident-date-granularity: MONTH
  procedure:
  - {tactic: AML.TA0002, technique: AML.T0000.001, description: words}
  - {tactic: AML.TA0002, technique: AML.T0015, description: words}
  target: Acme detector
  actor: Unknown
  reporter: Ada Example
  case-study-type: incident
  references:
  - {title: Paper, url: "https://example.org/paper"}
- id: AML.CS0002
  name: Second
  incident-date: 2021-01-01
  incident-date-granularity: YEAR
  actor: Researchers
  case-study-type: exercise
  references: null
"""
WHOLE = (
    "id: ATLAS\nversion: 5.6.0\nmatrices:\n- id: ATLAS\n  tactics:\n  - {id: AML.TA0002, name: Recon}\ncase-studies:"
    + STUDY
)


@pytest.fixture
def atlas(tmp_path):
    path = tmp_path / "ATLAS.yaml"
    path.write_text(WHOLE)
    return path


def test_case_studies_become_rows_with_dates_as_wide_as_known(atlas):
    frame = load_atlas(atlas).set_index("source_id")
    INCIDENTS.validate(frame.reset_index())
    columns = ["incident_date", "incident_date_end"]
    found = {name: [str(day.date()) for day in row] for name, row in frame[columns].iterrows()}
    assert found == {"AML.CS0001": ["2020-02-01", "2020-02-29"], "AML.CS0002": ["2021-01-01", "2021-12-31"]}
    assert frame["incident_date_precision"].tolist() == ["month", "year"]
    assert frame["record_type"].tolist() == ["incident", "exercise"]
    assert frame["title"].tolist() == ["Evasion <b>of</b> a detector", "Second"]
    assert (frame.loc["AML.CS0001"].victim, frame.loc["AML.CS0001"].summary) == ("Acme detector", "Two lines")
    assert frame["source_version"].tolist() == ["5.6.0", "5.6.0"]


def test_techniques_are_terms_with_the_version_of_the_catalogue(atlas):
    found = {(r["taxonomy"], r["taxonomy_version"], r["value"]) for r in read_atlas(atlas).enums}
    assert {
        ("atlas.technique", "5.6.0", "AML.T0000.001"),
        ("atlas.technique", "5.6.0", "AML.T0015"),
        ("atlas.tactic", "5.6.0", "AML.TA0002"),
        ("atlas", "5.6.0", "Ada Example"),
    } <= found


def test_matrix_is_counted_as_without_place(atlas):
    found = {row["field"]: row["n_values"] for row in read_atlas(atlas).losses}
    assert found["matrices[].tactics[].name"] == 1
    assert found["procedure[].description"] == 2


def test_folder_of_single_case_studies_is_read(tmp_path):
    for number, study in enumerate(STUDY.strip().removeprefix("- ").split("\n- id", 1)):
        text = study if number == 0 else "id" + study
        (tmp_path / f"{number}.yaml").write_text(
            "\n".join(line.removeprefix("  ") for line in text.split("\n"))
            + "\nobject-type: case-study\n" * number
        )
    assert sorted(row["source_id"] for row in read_atlas(tmp_path).incidents) == ["AML.CS0001", "AML.CS0002"]


def test_studies_by_id_and_what_the_form_of_the_site_writes_are_read(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("version: 6\ncase-studies:\n  AML.CS1: {id: AML.CS1, name: One}\n")
    assert [(r["source_id"], r["source_version"]) for r in read_atlas(path).incidents] == [("AML.CS1", "6")]
    path.write_text("meta: {by: me}\nstudy: {id: AML.CS2, name: Two, reported-by: Ada}\n")
    loaded = read_atlas(path)
    assert [row["title"] for row in loaded.incidents] == ["Two"]
    assert [row["field"] for row in loaded.losses] == ["meta.by"]


def test_wrong_types_are_listed_by_record(tmp_path):
    path = tmp_path / "ATLAS.yaml"
    path.write_text(
        "case-studies:\n- {id: AML.CS1, incident-date: soon, incident-date-granularity: DECADE}\n- text\n- {name: x}\n"
    )
    loaded = read_atlas(path)
    assert [row["source_id"] for row in loaded.incidents] == ["AML.CS1"]
    assert {(r["record"], r["field"]) for r in loaded.losses} == {
        ("AML.CS1", "incident-date"),
        ("AML.CS1", "incident-date-granularity"),
        ("case study 2", "(value)"),
        ("case study 3", "name"),
    }


def test_alias_bomb_is_refused_at_once(tmp_path):
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    path = tmp_path / "ATLAS.yaml"
    path.write_text("\n".join(levels))
    begun = time.perf_counter()
    with pytest.raises(LeakUnreadableError, match="aliases"):
        read_atlas(path)
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("start", "reached"),
    [("case-studies:\n- {id: AML.CS1}\n", "record 2 reached"), ("", "record not reached")],
)
def test_a_field_beyond_the_limit_is_named_by_its_record(tmp_path, monkeypatch, start, reached):
    path = tmp_path / "ATLAS.yaml"
    path.write_text(start + "- [" + "x," * 500 + "x]\n")
    monkeypatch.setattr(catalogue_yaml, "MOST_VALUES", 100)
    with pytest.raises(LeakUnreadableError, match=f"more than 100 values.*; {reached}"):
        read_atlas(path)
    monkeypatch.setattr(catalogue_files, "FILE_BYTES", 200)
    with pytest.raises(LeakUnreadableError, match=f"more than 200 bytes, the limit; {reached}"):
        read_atlas(path)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a: &a [*a]", "refers"),
        (b"[" * 200 + b"]" * 200, "nested"),
        (b"a: [1", "no valid YAML at line"),
        (b"{[a]: 1}", "key"),
        (b"a: *b", "refers|no valid"),
    ],
)
def test_hostile_yaml_is_named(data, reason):
    with pytest.raises(BadMemberError, match=reason):
        list(yaml_documents(data))


def test_tags_build_nothing():
    found = list(yaml_documents(b"a: !!python/object/apply:os.system ['true']\nb: !!binary aGk=\nb: 2\n"))
    assert found == [{"a": ["true"], "b": "aGk=", "b#2": "2"}]


def test_plain_values_stay_texts_and_null_is_none():
    assert list(yaml_documents(b"- 007\n- 2020-01-01\n- yes\n- ~\n- ''\n-\n--- x")) == [
        ["007", "2020-01-01", "yes", None, "", None],
        "x",
    ]


def test_file_without_case_studies_is_an_error(tmp_path):
    (tmp_path / "a.yaml").write_text("x: 1\n")
    with pytest.raises(NotALeakError, match="case studies"):
        load_atlas(tmp_path)


def test_damaged_files_are_accounted_for_or_refused(atlas):
    @settings(max_examples=80)
    @given(data=damaged(WHOLE.encode()))
    def holds(data):
        atlas.write_bytes(data or b"x")
        try:
            loaded = read_atlas(atlas)
        except LeakkitError as error:
            assert error.expected and error.todo
        else:
            assert INCIDENTS.from_rows(loaded.incidents)["incident_uid"].is_unique

    holds()
