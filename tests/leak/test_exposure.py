"""Counts of members and bytes: each byte once, claims apart, unknown not zero."""

from __future__ import annotations

import pytest

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.leak.exposure import (
    dangerous_by_content,
    key_figures,
    measure_exposure,
    opened_archives,
)
from tests import made_up


def figure(frame, name, column="value"):
    """One cell of the key figures."""
    return frame.set_index("figure").loc[name, column]


def test_an_opened_archive_is_not_counted_beside_its_members():
    artifacts = made_up.artifacts()
    assert artifacts.loc[opened_archives(artifacts), "path"].tolist() == ["a.zip"]
    assert "archive" not in measure_exposure(artifacts)["kind"].tolist()


def test_a_listing_is_no_archive_and_keeps_its_own_bytes():
    listing = {"path": "listing.xml", "size": 90, "format": "s3-xml", "kind": "document"}
    artifacts = made_up.artifacts(listing)
    assert artifacts.loc[opened_archives(artifacts), "path"].tolist() == ["a.zip"]
    assert measure_exposure(artifacts).set_index("kind").loc["document", "bytes_held"] == 90


def test_bytes_held_and_bytes_claimed_are_never_added():
    counts = measure_exposure(made_up.artifacts()).set_index("kind")
    assert counts.loc["weights"].to_dict() == {
        "members": 3,
        "held": 2,
        "only_claimed": 1,
        "bytes_held": 1010,
        "bytes_claimed": 5000,
        "size_unknown": 0,
    }
    assert counts["bytes_held"].sum() == 10 + 20 + 5 + 1000 + 7
    assert counts["bytes_claimed"].sum() == 5300


def test_a_missing_size_is_unknown_and_not_zero():
    counts = measure_exposure(made_up.artifacts()).set_index("kind")
    assert counts.loc["log", "size_unknown"] == 1


def test_counts_are_sorted_by_bytes_then_members_then_name():
    counts = measure_exposure(made_up.artifacts())
    assert counts["kind"].tolist() == ["weights", "dataset", "other", "secret", "log"]


def test_missing_values_are_counted_as_unknown():
    counts = measure_exposure(made_up.artifacts(), by="veris_variety").set_index("veris_variety")
    assert counts.loc["unknown", "members"] == 4


def test_an_archive_flagged_for_a_member_is_not_counted_as_a_second_danger():
    artifacts = made_up.artifacts()
    assert artifacts.loc[dangerous_by_content(artifacts), "path"].tolist() == ["a.zip"]
    figures = key_figures(artifacts)
    assert figure(figures, "Dangerous") == 1
    assert figure(figures, "Dangerous", "out_of") == 3  # m1.pkl, w.safetensors, server.log
    assert figure(figures, "Dangerous", "not_known") == 3  # m2.csv, id_rsa, broken.bin


def test_an_archive_with_a_fault_of_its_own_is_dangerous_itself():
    own = {
        "path": "b.tar",
        "size": 9,
        "format": "tar",
        "kind": "archive",
        "danger": "yes",
        "danger_rules": ["archive-path-escape", "inside:keras-lambda"],
    }
    inside = {
        "path": "b.tar!/k",
        "container": "b.tar",
        "size": 1,
        "format": "hdf5-keras",
        "kind": "weights",
        "danger": "yes",
        "danger_rules": ["keras-lambda"],
    }
    assert figure(key_figures(made_up.artifacts(own, inside)), "Dangerous") == 3


def test_key_figures_carry_their_denominators():
    figures = key_figures(made_up.artifacts())
    assert figure(figures, "Members") == 8
    assert (figure(figures, "Held"), figure(figures, "Held", "out_of")) == (6, 8)
    assert (figure(figures, "Only claimed"), figure(figures, "Only claimed", "out_of")) == (2, 8)
    assert (figure(figures, "Bytes held"), figure(figures, "Bytes held", "not_known")) == (1042, 1)
    assert (figure(figures, "Not readable"), figure(figures, "Not readable", "out_of")) == (1, 9)
    assert (figure(figures, "Formats"), figure(figures, "Formats", "not_known")) == (5, 1)
    assert figure(figures, "Secrets by nature") == 1


def test_an_empty_leak_has_zero_members_and_no_error():
    empty = made_up.artifacts().head(0)
    assert measure_exposure(empty).empty
    assert key_figures(empty)["value"].tolist() == [0] * 10


def test_the_input_frame_is_not_changed():
    artifacts = made_up.artifacts()
    before = artifacts.copy(deep=True)
    measure_exposure(artifacts)
    key_figures(artifacts)
    assert artifacts.equals(before)


def test_another_frame_is_refused_with_the_missing_columns():
    with pytest.raises(BadFrameError, match="no column path, container"):
        measure_exposure(made_up.access().drop(columns="path"))


def test_an_unknown_column_is_refused_with_what_there_is():
    with pytest.raises(BadParameterError, match="found 'colour'.*choose one of path, container"):
        measure_exposure(made_up.artifacts(), by="colour")
