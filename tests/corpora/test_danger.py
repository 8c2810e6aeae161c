"""Pickle-like files of the corpus: everything dangerous is flagged, nothing harmless is."""

import csv
import io

import pytest

from leakkit.errors import BadMemberError
from leakkit.leak.archives.zipped import iter_zip
from leakkit.leak.budget import Budget, Meter
from leakkit.leak.facts import DANGER_ORDER
from leakkit.leak.formats import read_facts
from leakkit.leak.sniff.first_look import sniff
from leakkit.leak.source import BytesSource

PICKLE_LIKE = {"pickle", "joblib-pickle", "torch-pickle", "torch-zip", "torchscript", "npy", "npz", "zip"}
OUT_OF_REACH = {"hostile/bomb_48MiB.zip"}  # a bomb, told by the budget and not by what it would import


@pytest.fixture(scope="module")
def truth(corpora):
    """Give the rows of the truth table that hold pickles or arrays."""
    with (corpora / "artifacts" / "truth.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["true_format"] in PICKLE_LIKE]
    return {row["path"]: row for row in rows if row["path"] not in OUT_OF_REACH}


@pytest.fixture(scope="module")
def dangers(corpora, truth):
    """Give what is found in each file, members of zips included."""
    return {path: _danger((corpora / "artifacts" / path).read_bytes(), path) for path in truth}


def _danger(data, name):
    """Give the strongest danger of a file and its members; None where nothing that could run was looked for."""
    source = BytesSource(data, name)
    format, _ = sniff(source)
    found = [read_facts(source, format).danger] if format in PICKLE_LIKE else []
    if format == "zip":
        for entry in iter_zip(io.BytesIO(data), Meter(Budget())):
            if entry.open is not None:
                try:
                    found.append(_danger(entry.open().read(), entry.name))
                except BadMemberError:
                    found.append("review")
    return max((danger for danger in found if danger), key=DANGER_ORDER.index, default=None)


def test_there_is_something_to_test(truth):
    words = [row["dangerous"] for row in truth.values()]
    assert words.count("yes") >= 8 and words.count("no") >= 8 and words.count("review") >= 2


def test_every_dangerous_file_is_flagged(truth, dangers):
    assert {
        path for path, row in truth.items() if row["dangerous"] == "yes" and dangers[path] != "yes"
    } == set()


def test_no_harmless_file_is_flagged(truth, dangers):
    flagged = {path: dangers[path] for path, row in truth.items() if row["dangerous"] == "no"}
    assert {path for path, danger in flagged.items() if danger not in (None, "none_found")} == set()


def test_what_loads_code_by_nature_is_for_review(truth, dangers):
    assert {dangers[path] for path, row in truth.items() if row["dangerous"] == "review"} == {"review"}


def test_parameters_of_torch_files_are_exact(corpora, truth):
    counted = {path: int(row["n_parameters"]) for path, row in truth.items() if row["n_parameters"]}
    assert len(counted) >= 3
    for path, expected in counted.items():
        source = BytesSource((corpora / "artifacts" / path).read_bytes(), path)
        assert read_facts(source, truth[path]["true_format"]).values["n_params"] == expected, path
