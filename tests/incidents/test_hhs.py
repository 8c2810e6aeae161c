"""The breach portal of HHS OCR: every spelling of its header, types and places of several terms, damage."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from leakkit.errors import LeakkitError, LeakUnreadableError, NotALeakError
from leakkit.frames import INCIDENTS
from leakkit.incidents.hhs import load_hhs, read_hhs
from tests.incidents.damage import damaged

PORTAL = (
    '"Name of Covered Entity","State","Covered Entity Type","Individuals Affected","Breach Submission Date",'
    '"Type of Breach","Location of Breached Information","Business Associate Present","Web Description"\n'
)
SNAKE = (
    "name_of_covered_entity,state,covered_entity_type,individuals_affected,breach_submission_date,"
    "type_of_breach,location_of_breached_information,business_associate_present,web_description\n"
)
CAMEL = (
    "NameOfCoveredEntity,State,CoveredEntityType,IndividualsAffected,BreachSubmissionDate,"
    "TypeOfBreach,LocationOfBreachedInformation,BusinessAssociatePresent,WebDescription\n"
)
ROW = '"Acme, Inc.",TX,Health Plan,"1,500",{date},"Hacking/IT Incident, Theft","Email, Laptop",No,\n'


def read(tmp_path, text: str | bytes):
    path = tmp_path / "breach_report.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_hhs(path)


def reasons(loaded, reason):
    return [(r["record"], r["field"], r["value"]) for r in loaded.losses if r["reason"] == reason]


def test_report_becomes_a_row(tmp_path):
    loaded = read(tmp_path, PORTAL + ROW.format(date="12/03/2024"))
    frame = loaded.frames()["incidents"]
    INCIDENTS.validate(frame)
    row = frame.iloc[0]
    assert (row.victim, row.data_total, row.data_total_basis) == ("Acme, Inc.", 1500, "individuals")
    assert (str(row.incident_date.date()), row.date_basis) == ("2024-12-03", "submitted")
    assert (list(row.action), list(row.action_variety)) == (["hacking", "physical"], ["physical.Theft"])
    assert (list(row.asset_variety), list(row.data_variety)) == (["S - Mail", "U - Laptop"], ["Medical"])
    assert {(r["field"], r["value"]) for r in loaded.enums} >= {("state", "US-TX"), ("type", "Theft")}


@pytest.mark.parametrize(
    "header", [SNAKE, CAMEL, PORTAL.upper(), PORTAL.replace(" ", "_"), "\ufeff" + PORTAL]
)
@pytest.mark.parametrize("date", ["2024-12-03", "12/03/2024", "12/3/2024", "2024-12-03T00:00:00"])
def test_every_spelling_gives_the_same_row(tmp_path, header, date):
    expected = read(tmp_path, PORTAL + ROW.format(date="12/03/2024"))
    found = read(tmp_path, header + ROW.format(date=date))
    keep = [key for key in expected.incidents[0] if key != "source_sha256"]
    assert [found.incidents[0][key] for key in keep] == [expected.incidents[0][key] for key in keep]


@pytest.mark.parametrize(
    ("term", "action", "variety"),
    [
        ("Hacking/IT Incident", "hacking", []),
        ("Theft", "physical", ["physical.Theft"]),
        ("Loss", "error", ["error.Loss"]),
        ("Improper Disposal", "error", ["error.Disposal error"]),
        ("Unauthorized Access/Disclosure", "unknown", []),
        ("Other", "unknown", []),
    ],
)
def test_type_says_the_action(tmp_path, term, action, variety):
    loaded = read(tmp_path, f"name,date submitted,breach type,individuals\nAcme,1/2/2024,{term},5\n")
    assert (loaded.incidents[0]["action"], loaded.incidents[0]["action_variety"]) == ([action], variety)


def test_reports_that_differ_are_two_and_equal_ones_are_one(tmp_path):
    rows = (
        "Acme,1/2/2024,Theft,10\nAcme,1/2/2024,Theft,10\nAcme,1/2/2024,Theft,99\nACME ,2024-01-02,Theft,5\n"
    )
    loaded = read(tmp_path, "name,date submitted,breach type,individuals\n" + rows)
    uids = sorted(row["incident_uid"] for row in loaded.incidents)
    assert [uid[len(uids[0]) :] for uid in uids] == ["", "#2", "#3"]
    assert sum(r["n_values"] for r in loaded.losses if r["reason"] == "duplicate") == 4


def test_unknown_terms_and_wrong_values_are_listed_in_the_words_of_the_file(tmp_path):
    bad = 'Acme,XX,Health Plan,some,31/31/2024,Magic,"Email, Cloud",No,\n'
    loaded = read(tmp_path, PORTAL + bad)
    assert reasons(loaded, "not_in_schema") == [
        ("row 1", "Type of Breach", "Magic"),
        ("row 1", "Location of Breached Information", "Email, Cloud"),
    ]
    assert reasons(loaded, "malformed") == [
        ("row 1", "Breach Submission Date", "31/31/2024"),
        ("row 1", "Individuals Affected", "some"),
        ("row 1", "State", "XX"),
    ]
    row = loaded.incidents[0]
    assert (row["data_total"], row["data_total_basis"], row["incident_date"]) == (None, None, None)
    assert row["asset_variety"] == ["S - Mail"]


def test_zero_individuals_are_zero_and_absent_ones_missing(tmp_path):
    loaded = read(
        tmp_path, "name,date submitted,breach type,individuals\nA,1/2/2024,Loss,0\nB,1/2/2024,Loss,\n"
    )
    assert [row["data_total"] for row in loaded.incidents] == [0, None]


def test_row_of_another_width_and_row_without_a_name_are_listed(tmp_path):
    loaded = read(tmp_path, "name,individuals,breach type\nA,5\n,6,Loss\nB,7,Loss\n")
    assert [row["title"] for row in loaded.incidents] == ["B"]
    assert ("row 1", "(whole row)", "not as wide as the header") in reasons(loaded, "malformed")
    assert ("row 2", "breach type", "Loss") in reasons(loaded, "malformed")


def test_table_of_another_encoding_is_read(tmp_path):
    text = "name,individuals,breach type\nHôpital <b>Général</b>,6,Loss\n"
    assert read(tmp_path, text.encode("cp1252")).incidents[0]["title"] == "Hôpital <b>Général</b>"
    assert read(tmp_path, text.encode("utf-16")).incidents[0]["title"] == "Hôpital <b>Général</b>"


def test_another_table_is_an_error_that_says_what_is_missing(tmp_path):
    with pytest.raises(NotALeakError, match=r"breach_report\.csv.*type of breach, individuals affected"):
        read(tmp_path, "name,x\nA,1\n")


def test_cell_of_hostile_size_is_an_error_with_file_and_row(tmp_path):
    with pytest.raises(LeakUnreadableError, match=r"breach_report\.csv.*row 1"):
        read(tmp_path, "name,individuals,breach type\n" + "x" * 200_000 + ",6,Loss\n")


def test_old_tables_have_the_days_of_the_breach(tmp_path):
    header = "Number,Name_of_Covered_Entity,Individuals_Affected,Date_of_Breach,Type_of_Breach,Date_Posted_or_Updated\n"
    rows = "0,Acme,1000,10/16/2009 - 11/2/2009,Theft,2014-06-30\n1,Beta,5,9/22/2009,Loss,\n2,Gamma,5,unclear,Loss,\n"
    loaded = read(tmp_path, header + rows)
    found = [
        (f"{r['incident_date']:%F}", f"{r['incident_date_end']:%F}", r["date_basis"])
        for r in loaded.incidents[:2]
    ]
    assert found == [("2009-10-16", "2009-11-02", "occurred"), ("2009-09-22", "2009-09-22", "occurred")]
    assert (loaded.incidents[2]["incident_date"], loaded.incidents[2]["date_basis"]) == (None, None)
    assert reasons(loaded, "malformed") == [("row 3", "Date_of_Breach", "unclear")]


def test_loading_gives_the_frame(tmp_path):
    path = tmp_path / "report.csv"
    path.write_text(PORTAL + ROW.format(date="12/03/2024"))
    assert load_hhs(path)["source"].tolist() == ["hhs"]


def test_damaged_tables_are_accounted_for_or_refused(tmp_path):
    whole = PORTAL + ROW.format(date="12/03/2024") + ROW.format(date="2024-12-04")

    @settings(max_examples=80)
    @given(data=damaged(whole.encode()))
    def holds(data):
        try:
            loaded = read(tmp_path, data or b"x")
        except LeakkitError as error:
            assert error.expected and error.todo
        else:
            assert INCIDENTS.from_rows(loaded.incidents)["incident_uid"].is_unique

    holds()
