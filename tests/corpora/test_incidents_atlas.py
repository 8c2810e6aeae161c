"""ATLAS 5.6.0: case studies, techniques, every value."""

from __future__ import annotations

import pytest
import yaml

from leakkit.frames import INCIDENTS
from leakkit.incidents.atlas import read_atlas


@pytest.fixture(scope="module")
def path(corpora):
    return corpora / "incidents" / "atlas" / "ATLAS.yaml"


@pytest.fixture(scope="module")
def loaded(path):
    return read_atlas(path)


def n_leaves(node: object) -> int:
    if isinstance(node, dict):
        return sum(map(n_leaves, node.values()))
    if isinstance(node, list):
        return sum(map(n_leaves, node))
    return node is not None and node != ""


def test_case_studies_are_17_incidents_and_40_exercises(loaded):
    frame = INCIDENTS.validate(loaded.frames()["incidents"])
    assert frame["record_type"].value_counts().loc[["incident", "exercise"]].tolist() == [17, 40]
    assert frame["incident_date_precision"].value_counts().loc[["day", "month", "year"]].tolist() == [
        34,
        14,
        9,
    ]
    assert frame["reference"].map(len).sum() == 101
    assert (frame["source_version"] == "5.6.0").all()


def test_every_value_is_accounted_for(loaded, path):
    whole = yaml.safe_load(path.read_text())
    assert loaded.n_values == n_leaves(whole)
    assert loaded.n_placed + sum(row["n_values"] for row in loaded.losses) == loaded.n_values


def test_techniques_exist_in_the_matrix(loaded, path):
    matrix = yaml.safe_load(path.read_text())["matrices"][0]
    known = {item["id"] for item in matrix["techniques"]}
    used = {row["value"] for row in loaded.enums if row["taxonomy"] == "atlas.technique"}
    assert len(used) == 145
    assert used <= known


def test_folder_gives_what_the_file_gives(loaded, path):
    assert read_atlas(path.parent).incidents == loaded.incidents
