"""Notebook 06 with published tables that were fetched; without naming them nothing stored changes."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

import leakkit as lk
from leakkit.report.run import run_notebook
from leakkit.sources import fetch

NOTEBOOK = Path(lk.__file__).resolve().parents[1] / "notebooks" / "06_bias_in_tables.ipynb"
FILES = {"compas": "compas_two_years.csv", "hmda": "hmda_boston.csv", "resume": "resume_names.csv",
         "ucb": "ucb_admissions.csv", "german": "german.data"}  # fmt: skip


@pytest.fixture(scope="module")
def fetched(corpora, tmp_path_factory):
    """Give a folder into which the published tables were taken over."""
    folder = tmp_path_factory.mktemp("tables")
    for source, file in FILES.items():
        fetch(source, from_file=corpora / "bias" / file, folder=folder, say=str)
    return folder


def run(folder, tables):
    """Run the notebook with a folder of tables."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    variables = {"LEAKKIT_DATA": str(folder)} | ({"LEAKKIT_BIAS_TABLES": tables} if tables else {})
    run_notebook(notebook, NOTEBOOK.name, variables)
    return notebook


def outputs(notebook):
    """Give the stored outputs of all cells."""
    return [[o.data for o in cell.outputs] for cell in notebook.cells if cell.cell_type == "code"]


def test_tables_that_were_fetched_change_nothing_unless_they_are_named(fetched):
    assert outputs(run(fetched, None)) == outputs(nbformat.read(NOTEBOOK, as_version=4))


def test_tables_that_are_named_show_their_printed_figures_beside_ours(fetched):
    notebook = run(fetched, ",".join(FILES))
    (cell,) = [cell for cell in notebook.cells if cell.id == "published"]
    shown = cell.outputs[-1].data["text/plain"]
    assert shown.count(" yes ") == len(lk.reproduce_published(FILES, folder=fetched)) == 22
    assert "1.4528" in shown
    assert " no " not in shown
