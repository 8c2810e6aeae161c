"""The HHS breach portal, December 2023 to December 2024: 853 reports, every cell."""

from __future__ import annotations

import csv

import pytest

from leakkit.frames import INCIDENTS
from leakkit.incidents.hhs import read_hhs


@pytest.fixture(scope="module")
def path(corpora):
    return corpora / "incidents" / "hhs" / "breach_report_2023-12_2024-12.csv"


@pytest.fixture(scope="module")
def rows(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_every_report_is_a_row(path, rows):
    frame = INCIDENTS.validate(read_hhs(path).frames()["incidents"])
    assert len(frame) == len(rows) == 853
    assert int(frame["data_total"].sum()) == sum(int(row["Individuals Affected"]) for row in rows)
    assert frame["action"].map(lambda actions: actions[0]).value_counts().to_dict() == {
        "hacking": 738,
        "unknown": 96,
        "physical": 11,
        "error": 8,
    }
    assert frame["incident_uid"].str.endswith("#2").sum() == 1


def test_every_cell_is_accounted_for(path, rows):
    loaded = read_hhs(path)
    assert loaded.n_values == sum(cell != "" for row in rows for cell in row.values())
    assert loaded.n_placed + sum(row["n_values"] for row in loaded.losses) == loaded.n_values
    assert [(row["field"], row["reason"]) for row in loaded.losses] == [("Year", "no_place")]


@pytest.mark.parametrize("spelling", ["snake", "portal"])
def test_other_spellings_give_the_same_ids_and_totals(path, rows, tmp_path, spelling):
    columns = [name for name in rows[0] if name != "Year"]
    other = tmp_path / "report.csv"
    with other.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([name.lower().replace(" ", "_") if spelling == "snake" else name for name in columns])
        for row in rows:
            year, month, day = row["Breach Submission Date"].split("-")
            changed = row | (
                {} if spelling == "snake" else {"Breach Submission Date": f"{month}/{day}/{year}"}
            )
            writer.writerow([changed[name] for name in columns])
    keep = ("source_id", "data_total", "incident_date", "title")
    expected = sorted(tuple(row[key] for key in keep) for row in read_hhs(path).incidents)
    assert sorted(tuple(row[key] for key in keep) for row in read_hhs(other).incidents) == expected
