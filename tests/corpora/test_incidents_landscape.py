"""Notebook 01 and the statistics under it on the real catalogues; without them nothing stored changes."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

import leakkit as lk
from leakkit.report.run import run_notebook
from leakkit.sources import fetch

NOTEBOOK = Path(lk.__file__).resolve().parents[1] / "notebooks" / "01_incident_landscape.ipynb"
FILES = {"vcdb": "vcdb/vcdb.json.zip", "aiid": "aiid", "atlas": "atlas/ATLAS.yaml", "hibp": "hibp/breaches.json",
         "avid": "avid/avid-2022-2025.tar.gz", "hhs": "hhs/breach_report_2023-12_2024-12.csv"}  # fmt: skip


@pytest.fixture(scope="module")
def fetched(corpora, tmp_path_factory):
    """Give a folder into which every catalogue was taken over."""
    folder = tmp_path_factory.mktemp("catalogues")
    for source, file in FILES.items():
        fetch(source, from_file=corpora / "incidents" / file, folder=folder, say=str)
    return folder


@pytest.fixture(scope="module")
def vcdb(corpora):
    """Give the first record of each id of the VCDB."""
    frame = lk.load_incidents("vcdb", paths={"vcdb": corpora / "incidents" / FILES["vcdb"]})
    return frame[~frame["incident_uid"].str.contains("#")]


def run(folder, sources):
    """Run the notebook with a folder of catalogues."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    variables = {"LEAKKIT_DATA": str(folder)} | ({"LEAKKIT_INCIDENTS": sources} if sources else {})
    run_notebook(notebook, NOTEBOOK.name, variables)
    return notebook


def outputs(notebook):
    """Give the stored outputs of all cells."""
    return [[o.data for o in cell.outputs] for cell in notebook.cells if cell.cell_type == "code"]


def test_catalogues_that_were_fetched_change_nothing_unless_they_are_named(fetched):
    assert outputs(run(fetched, None)) == outputs(nbformat.read(NOTEBOOK, as_version=4))


def test_catalogues_that_are_named_widen_the_notebook(fetched):
    found = outputs(run(fetched, ",".join(["ai_leak", *FILES])))
    shown = "\n".join(data.get("text/plain", "") for cell in found for data in cell)
    for source in FILES:
        assert re.search(rf"^{source} +[\d,]+ ", shown, flags=re.MULTILINE)
    assert "actor external, action hacking, asset server, attribute confidentiality" in shown


def test_actions_and_actors_of_the_vcdb_have_their_known_counts(vcdb):
    actions = lk.count_categories(vcdb, "action").set_index("category")["incidents"]
    assert actions[["error", "hacking", "misuse"]].tolist() == [2488, 2266, 1733]
    actors = lk.count_categories(vcdb, "actor").set_index("category")["incidents"]
    assert actors[["external", "internal"]].tolist() == [4345, 3882]


def test_one_record_holds_two_fifths_of_all_records_of_the_vcdb(vcdb):
    row = lk.measure_tail(vcdb, "data_total").iloc[0]
    assert (row["n"], row["total"], row["largest"]) == (4806, 30_407_722_382, 12_000_000_000)
    assert 0.39 < row["share_of_largest"] < 0.4
    assert row["median"] < 1100 < row["mean_without_largest"] < row["mean"]


def test_every_incident_of_the_vcdb_has_a_year_or_is_counted_as_unknown(vcdb):
    years = lk.count_by_year(vcdb)
    assert years["incidents"].sum() == len(vcdb)
    assert years["n"].eq(len(vcdb)).all()


def test_amounts_of_the_vcdb_are_taken_apart_by_currency(vcdb):
    amounts = lk.measure_tail(vcdb, "impact_amount")
    assert amounts["n"].sum() == vcdb["impact_amount"].notna().sum()
    assert amounts["group"].is_unique and "USD" in set(amounts["group"])
