"""AVID 2022 to 2025: 73 files of three versions, every value."""

from __future__ import annotations

import json
import re
import tarfile

import pytest

from leakkit.frames import INCIDENTS
from leakkit.incidents.avid import read_avid


@pytest.fixture(scope="module")
def path(corpora):
    return corpora / "incidents" / "avid" / "avid-2022-2025.tar.gz"


@pytest.fixture(scope="module")
def loaded(path):
    return read_avid(path)


def n_leaves(node: object) -> int:
    if isinstance(node, dict):
        return sum(map(n_leaves, node.values()))
    if isinstance(node, list):
        return sum(map(n_leaves, node))
    return node is not None and node != ""


def test_every_file_is_a_row(loaded):
    frame = INCIDENTS.validate(loaded.frames()["incidents"])
    assert len(frame) == 73
    assert frame["source_version"].value_counts().to_dict() == {"0.2": 30, "0.3.3": 25, "0.1": 18}
    kinds = frame["record_type"].value_counts()
    assert kinds.loc[["evaluation", "incident", "vulnerability_report"]].tolist() == [38, 18, 17]
    assert frame["incident_date"].notna().all()


def test_every_value_is_accounted_for(loaded, path):
    with tarfile.open(path) as archive:
        files = [
            archive.extractfile(member) for member in archive.getmembers() if member.name.endswith(".json")
        ]
        total = sum(n_leaves(json.load(file)) for file in files if file is not None)
    assert loaded.n_values == total + 1  # and its LICENSE, which is not read
    assert loaded.n_placed + sum(row["n_values"] for row in loaded.losses) == loaded.n_values


def test_references_are_kept_with_those_to_other_catalogues(loaded):
    references = [" ".join(row["reference"]) for row in loaded.incidents]
    assert sum("incidentdatabase.ai/cite/" in text for text in references) == 18
    assert sum(bool(re.search(r"AML\.CS\d{4}", text)) for text in references) == 17
