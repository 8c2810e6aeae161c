"""Have I Been Pwned: breaches, doubtful ones apart, classes of data in VERIS words, hostile HTML."""

from __future__ import annotations

import gzip
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakkit.errors import LeakkitError, LeakUnreadableError, NotALeakError
from leakkit.frames import INCIDENTS
from leakkit.incidents.hibp import load_hibp, plain_text, read_hibp
from leakkit.incidents.hibp_classes import VARIETY
from tests.incidents.damage import damaged

VERIS_VARIETIES = set(
    "API key|Bank|Classified|Copyrighted|Credentials|Digital certificate|Internal|Medical|Multi-factor credential|"
    "Payment|Personal|Sensitive Personal|Secrets|Session key|Source code|System|Virtual currency".split("|")
)
BREACH = {
    "Name": "Acme",
    "Title": "Acme <i>Ltd</i>",
    "Domain": "example.org",
    "BreachDate": "2016-01-01",
    "AddedDate": "2016-02-03T04:05:06Z",
    "ModifiedDate": "2016-02-03T04:05:06Z",
    "PwnCount": 1234,
    "Description": 'In 2016 <a href="https://example.org/report">Acme</a> lost data &amp; more.',
    "LogoPath": "https://example.org/logo.png",
    "DataClasses": ["Email addresses", "Passwords", "HIV statuses"],
    "IsVerified": True,
    "IsFabricated": False,
    "IsSensitive": True,
    "IsRetired": False,
    "IsSpamList": False,
    "IsMalware": False,
}


def write(tmp_path, *breaches: object):
    path = tmp_path / "breaches.json"
    path.write_text(json.dumps(list(breaches)))
    return path


def test_breach_becomes_a_row(tmp_path):
    frame = load_hibp(write(tmp_path, BREACH))
    INCIDENTS.validate(frame)
    row = frame.iloc[0]
    assert (row.incident_uid, row.victim, row.victim_domain) == (
        "hibp:Acme",
        "Acme <i>Ltd</i>",
        "example.org",
    )
    assert (row.data_total, row.data_total_basis) == (1234, "unique_accounts")
    assert (row.incident_date_precision, row.review_status) == ("unknown", "Validated")
    assert row.summary == "In 2016 Acme lost data & more."
    assert list(row.reference) == ["https://example.org/report"]
    assert list(row.data_variety) == ["Credentials", "Medical", "Personal"]
    assert list(row.data_classes_raw) == BREACH["DataClasses"]
    assert str(row.added_date) == "2016-02-03 04:05:06+00:00"


@pytest.mark.parametrize("flag", ["IsFabricated", "IsSpamList", "IsRetired"])
def test_doubtful_breaches_are_left_out_and_counted_unless_asked_for(tmp_path, flag):
    path = write(tmp_path, BREACH, BREACH | {"Name": "Doubtful", flag: True})
    assert load_hibp(path)["source_id"].tolist() == ["Acme"]
    left_out = {r["field"]: r["n_values"] for r in read_hibp(path).losses if r["reason"] == "left_out"}
    assert (left_out["Name"], left_out["DataClasses[]"]) == (1, 3)
    assert load_hibp(path, include_doubtful=True)["source_id"].tolist() == ["Acme", "Doubtful"]


def test_zero_is_kept_and_absence_is_missing(tmp_path):
    nothing = {key: value for key, value in BREACH.items() if key != "PwnCount"} | {"Name": "Nothing"}
    frame = load_hibp(write(tmp_path, BREACH | {"PwnCount": 0}, nothing)).set_index("source_id")
    assert frame["data_total"].isna().to_dict() == {"Acme": False, "Nothing": True}
    assert frame.loc["Acme"].data_total == 0


def test_class_outside_the_table_is_kept_raw_and_listed(tmp_path):
    path = write(tmp_path, BREACH | {"DataClasses": ["Passwords", "Dreams", 7]})
    loaded = read_hibp(path)
    assert loaded.incidents[0]["data_classes_raw"] == ["Passwords", "Dreams"]
    assert [
        (r["record"], r["value"], r["reason"]) for r in loaded.losses if r["field"] == "DataClasses[]"
    ] == [
        ("Acme", "7", "malformed"),
        ("Acme", "Dreams", "not_in_schema"),
    ][::-1]


def test_varieties_are_those_of_veris():
    assert set(VARIETY.values()) <= VERIS_VARIETIES
    assert len(VARIETY) > 140


def test_values_of_wrong_type_are_listed_by_record(tmp_path):
    wrong = {
        "BreachDate": "2016-13-01",
        "PwnCount": "many",
        "IsVerified": 3,
        "AddedDate": 5,
        "Description": ["x"],
        "PwnCount#2": 1,
    }
    loaded = read_hibp(write(tmp_path, BREACH | wrong))
    assert {r["field"] for r in loaded.losses if r["reason"] == "malformed" and r["record"] == "Acme"} == {
        "BreachDate",
        "PwnCount",
        "IsVerified",
        "AddedDate",
    }
    assert loaded.incidents[0]["data_total"] is None


def test_equal_breaches_are_one_and_different_ones_of_a_name_two(tmp_path):
    loaded = read_hibp(write(tmp_path, BREACH, BREACH, BREACH | {"PwnCount": 5}))
    assert sorted(row["incident_uid"] for row in loaded.incidents) == ["hibp:Acme", "hibp:Acme#2"]
    assert sum(r["n_values"] for r in loaded.losses if r["reason"] == "duplicate") == loaded.n_values // 3


def test_packed_file_byte_order_mark_and_lines_are_read(tmp_path):
    (tmp_path / "breaches.json.gz").write_bytes(gzip.compress(b"\xef\xbb\xbf" + json.dumps(BREACH).encode()))
    (tmp_path / "wide.json").write_bytes(json.dumps([BREACH]).encode("utf-16"))
    assert load_hibp(tmp_path / "breaches.json.gz")["source_id"].tolist() == ["Acme"]
    assert load_hibp(tmp_path / "wide.json")["source_id"].tolist() == ["Acme"]


def test_file_that_stops_early_is_an_error_with_file_and_record(tmp_path):
    path = tmp_path / "breaches.json"
    path.write_text(json.dumps([BREACH, BREACH | {"Name": "Second"}])[:-30])
    with pytest.raises(LeakUnreadableError, match=r"breaches\.json.*record 2 after 'Acme'"):
        load_hibp(path)


def test_file_of_something_else_is_an_error(tmp_path):
    with pytest.raises(NotALeakError, match="Name"):
        load_hibp(write(tmp_path, {"name": "x"}, 5))


def test_value_of_hostile_size_is_an_error_not_a_crash(tmp_path):
    path = tmp_path / "breaches.json"
    path.write_text(json.dumps([BREACH | {"Description": "x" * (18 * 2**20)}]))
    with pytest.raises(LeakUnreadableError, match="record 1"):
        load_hibp(path)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<script>alert(1)</script>a<style>b</style>c", "ac"),
        ("a<!-- <script> -->b", "ab"),
        ("&lt;script&gt;", "<script>"),
        ("1 < 2 > 1 <", "1 < 2 > 1 <"),
        ("<img src=x onerror=alert(1)>x", "x"),
        ("<![foo x", "<![foo x"),
        ("<script>never closed", ""),
    ],
)
def test_html_becomes_text(html, text):
    assert plain_text(html)[0] == text


def test_only_web_addresses_are_links():
    html = '<a href="javascript:alert(1)">a</a><a href="https://example.org/1 target=_blank">b</a>'
    assert plain_text(html)[1] == ["https://example.org/1"]


@pytest.mark.parametrize("piece", ["<a", "<!--", "<a b=c ", "<script>", "<a href='", "&#", "<![x"])
def test_hostile_html_costs_little(piece):
    begun = time.perf_counter()
    plain_text(piece * (60_000 // len(piece)))
    assert time.perf_counter() - begun < 2


@given(st.text(alphabet="<>!-/a =\"'&;script[]?", max_size=200))
def test_any_html_gives_text(html):
    text, links = plain_text(html)
    assert isinstance(text, str) and not links


def test_damaged_files_are_accounted_for_or_refused(tmp_path):
    path = tmp_path / "breaches.json"

    @settings(max_examples=80)
    @given(data=damaged(json.dumps([BREACH, BREACH | {"Name": "Second"}]).encode()))
    def holds(data):
        path.write_bytes(data or b"x")
        try:
            loaded = read_hibp(path)
        except LeakkitError as error:
            assert error.expected and error.todo
        else:
            assert INCIDENTS.from_rows(loaded.incidents)["incident_uid"].is_unique

    holds()
