"""Several catalogues as one frame: files that are named, and changes to them."""

from __future__ import annotations

import json
import os

import pytest

import leakkit as lk
from leakkit.bundled import data_path
from leakkit.errors import BadParameterError, LeakNotFoundError
from leakkit.incidents.join import load_incidents


def test_a_table_of_leaks_that_was_edited_is_read_anew(tmp_path):
    lines = data_path("ai_leaks.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "ai_leaks.csv"
    counts = []
    for number, kept in enumerate((30, 20)):
        path.write_text("".join(lines[:kept]), encoding="utf-8", newline="")
        os.utime(path, (number, number))
        counts.append(len(load_incidents("ai_leak", paths={"ai_leak": path})))
    assert counts[0] > counts[1] > 0


def test_what_is_done_to_a_frame_does_not_reach_the_next_one():
    first = load_incidents("ai_leak")
    first.loc[0, "title"] = "changed"
    assert load_incidents("ai_leak").loc[0, "title"] != "changed"


def test_an_unknown_source_is_answered_with_the_known_ones():
    with pytest.raises(BadParameterError, match="vcdb, aiid, atlas, avid, hibp, hhs, ai_leak"):
        load_incidents("verizon")


def test_a_source_that_was_named_must_be_there(tmp_path, monkeypatch):
    monkeypatch.setenv("LEAKKIT_DATA", str(tmp_path))
    with pytest.raises(LeakNotFoundError, match="leakkit fetch atlas"):
        load_incidents("atlas")
    assert set(load_incidents()["source"]) == {"ai_leak"}


def test_what_was_fetched_is_named_but_not_in_a_report(tmp_path, monkeypatch):
    monkeypatch.setenv("LEAKKIT_DATA", str(tmp_path))
    monkeypatch.delenv("LEAKKIT_STATIC", raising=False)
    assert lk.fetched_sources() == ["ai_leak"]
    breach = [
        {"Name": "Shop", "Title": "Shop", "BreachDate": "2024-01-02", "DataClasses": ["Names"], "PwnCount": 3}
    ]
    copy = tmp_path / "copy.json"
    copy.write_text(json.dumps(breach), encoding="utf-8")
    lk.fetch("hibp", from_file=copy, folder=tmp_path, say=str)
    assert lk.fetched_sources() == ["ai_leak", "hibp"]
    assert set(lk.load_incidents(lk.fetched_sources())["source"]) == {"ai_leak", "hibp"}
    monkeypatch.setenv("LEAKKIT_STATIC", "1")
    assert lk.fetched_sources() == ["ai_leak"]
