"""Have I Been Pwned up to 2025-03-03: 875 breaches, doubtful ones apart, every class of data in VERIS words."""

from __future__ import annotations

import json

import pytest

from leakkit.frames import INCIDENTS
from leakkit.incidents.hibp import load_hibp, read_hibp


@pytest.fixture(scope="module")
def path(corpora):
    return corpora / "incidents" / "hibp" / "breaches.json"


@pytest.fixture(scope="module")
def breaches(path):
    return json.loads(path.read_text(encoding="utf-8-sig"))


def n_leaves(node: object) -> int:
    if isinstance(node, dict):
        return sum(map(n_leaves, node.values()))
    if isinstance(node, list):
        return sum(map(n_leaves, node))
    return node is not None and node != ""


def test_doubtful_breaches_are_left_out_and_said_so(path, breaches):
    doubtful = [b for b in breaches if b["IsFabricated"] or b["IsSpamList"] or b["IsRetired"]]
    loaded = read_hibp(path)
    assert len(breaches) == 875
    assert len(loaded.incidents) == 875 - len(doubtful)
    left_out = {r["field"]: r["n_values"] for r in loaded.losses if r["reason"] == "left_out"}
    assert left_out["Name"] == len(doubtful) == 21


def test_all_breaches_with_all_accounts_are_read_when_asked_for(path, breaches):
    frame = INCIDENTS.validate(load_hibp(path, include_doubtful=True))
    assert len(frame) == 875
    assert int(frame["data_total"].sum()) == sum(b["PwnCount"] for b in breaches)
    assert frame["incident_date"].notna().all()
    assert frame["review_status"].value_counts()["Validated"] == 833
    assert frame["victim_domain"].isna().sum() == 46


@pytest.mark.parametrize("doubtful", [False, True])
def test_every_value_is_accounted_for(path, breaches, doubtful):
    loaded = read_hibp(path, include_doubtful=doubtful)
    assert loaded.n_values == n_leaves(breaches)
    assert loaded.n_placed + sum(row["n_values"] for row in loaded.losses) == loaded.n_values
    assert {row["reason"] for row in loaded.losses} <= {"no_place", "left_out"}


def test_every_class_of_data_has_a_variety(path, breaches):
    loaded = read_hibp(path, include_doubtful=True)
    assert not [row for row in loaded.losses if row["reason"] == "not_in_schema"]
    assert sum(len(row["data_classes_raw"]) for row in loaded.incidents) == sum(
        len(b["DataClasses"]) for b in breaches
    )


def test_summaries_hold_no_markup(path):
    assert not load_hibp(path)["summary"].str.contains("<a |</a>|href=", regex=True).any()
