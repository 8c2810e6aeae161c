"""explain: a finding's way to its likelihood, in words, without the value."""

from __future__ import annotations

import pytest

import leakkit as lk
from leakkit.errors import BadParameterError
from leakkit.pii.explain import explain
from leakkit.pii.find import find_pii

MAIL = "ana@firm-of-ours.net"


def test_every_step_is_said_and_the_value_is_not():
    found = find_pii([f"e-mail: {MAIL}"], fields="contact_email", names=None, detectors=["email"])
    text = explain(found.iloc[0])
    assert "detector email" in text and "=>" in text and len(text.splitlines()) >= 4
    assert MAIL not in text and "traits" not in text


def test_series_namedtuple_and_dict_give_the_same():
    found = find_pii([f"mail {MAIL}"], names=None, detectors=["email"])
    rows = [found.iloc[0], next(found.itertuples(index=False)), found.iloc[0].to_dict()]
    assert len({explain(row) for row in rows}) == 1


@pytest.mark.parametrize("other", [7, {}, "text"])
def test_what_is_no_finding_is_refused(other: object):
    with pytest.raises(BadParameterError, match="row of a findings frame"):
        explain(other)


def test_findings_of_keys_and_tagger_are_explained():
    found = find_pii(
        ["name;city\nGabriele Winterstein;Regensburg\nHolger Amberg;Passau\n", "I am Anna Kowalska."]
    )
    for row in found.itertuples(index=False):
        assert explain(row).count("\n") >= 2


def test_value_told_again_and_id_of_a_record_say_why(tmp_path):
    text = (
        "You log in as otto77bruk with the usual password.\n" + "We talked for long about the weather. " * 8
    )
    found = find_pii([text + "Nobody but otto77bruk was there."])
    again = found[found["start"] > 300]
    assert len(again) == 1
    assert "elsewhere in the text" in explain(again.iloc[0])
    (tmp_path / "users.csv").write_text("user_id,email\nU-20771,ana@firm-of-ours.net\n", encoding="utf-8")
    ids = lk.scan(tmp_path, workers=1, names=None, progress=False).findings()
    assert "something of a person stands beside it" in explain(ids[ids["entity"] == "ACCOUNT_ID"].iloc[0])
