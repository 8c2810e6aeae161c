"""A catalogue that is fetched is tried by its own reader before it replaces a good copy; all data invented."""

from __future__ import annotations

import json

import pytest

import leakkit as lk
from leakkit.errors import FetchError
from leakkit.sources import SOURCES, fetched

INCIDENTS = sorted(name for name, source in SOURCES.items() if source.kind == "incidents")
GOOD = {
    "vcdb": ("vcdb.json", '[{"incident_id": "a-1", "schema_version": "1.3.4"}]'),
    "atlas": ("ATLAS.yaml", "case-studies: [{id: AML.CS1, case-study-type: incident}]"),
    "hibp": ("breaches.json", '[{"Name": "Invented", "BreachDate": "2020-01-01"}]'),
    "aiid": ("incidents.csv", "incident_id,date,title\n1,2020-01-01,Invented\n"),
    "hhs": (
        "breach_report.csv",
        "Name of Covered Entity,Individuals Affected,Type of Breach\nInvented,500,Theft\n",
    ),
    "avid": ("AVID-2022-R0001.json", '{"data_type": "AVID", "metadata": {"report_id": "AVID-2022-R0001"}}'),
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Keep what is fetched out of the user's folder."""
    monkeypatch.setenv("LEAKKIT_DATA", str(tmp_path / "fetched"))
    return tmp_path / "fetched"


@pytest.fixture
def files(tmp_path):
    """Small sound files of every source, and some that are of none."""
    made = {}
    for name, (file, text) in {**GOOD, "none": ("other.json", '{"a": [1, 2]}')}.items():
        made[name] = tmp_path / file
        made[name].write_text(text, encoding="utf-8")
    return made


def take(source, path):
    """Take over a file without a word."""
    return lk.fetch(source, from_file=path, say=lambda _: None)


@pytest.mark.parametrize("source", INCIDENTS)
def test_a_file_of_the_source_is_taken_over(source, files):
    take(source, files[source])
    assert lk.load_incidents(source)["source"].tolist() == [source]


@pytest.mark.parametrize("other", [*INCIDENTS, "none"])
@pytest.mark.parametrize("source", INCIDENTS)
def test_a_file_of_another_source_is_refused_and_the_good_copy_stays(source, other, files, folder):
    if source == other:
        return
    good = take(source, files[source])
    with pytest.raises(FetchError, match=f"Expected a copy of {source} ") as caught:
        take(source, files[other])
    assert files[other].name in caught.value.expected and caught.value.found and source in caught.value.todo
    assert fetched(source) == good and good.read_text(encoding="utf-8") == GOOD[source][1]
    assert len(lk.load_incidents(source)) == 1
    assert sorted(entry.name for entry in folder.iterdir()) == [source, f"{source}.json"]


def test_a_catalogue_without_an_incident_is_refused(tmp_path, folder):
    (tmp_path / "breaches.json").write_text(json.dumps([]), encoding="utf-8")
    with pytest.raises(FetchError, match="Expected a copy of hibp"):
        take("hibp", tmp_path / "breaches.json")
    assert [path for path in folder.rglob("*") if path.is_file()] == []
