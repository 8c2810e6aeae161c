"""What ships with leakkit is found, in a clone and in a wheel, and its absence is explained."""

from __future__ import annotations

import pandas as pd
import pytest

from leakkit import bundled
from leakkit.errors import BadParameterError, LeakNotFoundError

TABLES = (
    "access bias_rates bias_tables claimed columns evals label_bias licences lineage output_bias people pii "
    "text_bias"
).split()


def test_sample_leak_is_a_folder_that_says_what_it_is():
    assert "does not exist" in (bundled.sample_leak() / "README_INVENTED.md").read_text(encoding="utf-8")


def test_truth_has_text_without_gaps_and_numbers_that_may_be_missing():
    truth = bundled.sample_truth()
    assert truth["n_params"].dtype == "Int64" and truth["n_params"].isna().any()
    assert truth["present"].dtype == bool
    assert not truth[["path", "format", "danger", "licence", "planted"]].isna().any().any()
    assert truth["size"].gt(0).sum() == len(truth) - 1  # one file is empty on purpose


@pytest.mark.parametrize("table", TABLES)
def test_every_truth_table_loads(table):
    frame = bundled.sample_truth(table)
    assert len(frame) and not frame.select_dtypes("string").isna().any().any()


def test_every_truth_table_on_disk_is_named_in_the_docstring():
    on_disk = {path.name.split(".")[0] for path in bundled.data_path("sample_leak_truth").iterdir()}
    assert on_disk == set(TABLES)
    assert all(f"``{name}``" in bundled.sample_truth.__doc__ for name in on_disk)


def test_unknown_truth_table_is_answered_with_the_known_ones():
    with pytest.raises(BadParameterError, match="people, pii") as caught:
        bundled.sample_truth("persons")
    assert caught.value.expected and caught.value.found and caught.value.todo


@pytest.mark.parametrize("name", ["no_such.csv", "../pyproject.toml", "/etc/hosts"])
def test_data_path_gives_only_what_ships(name):
    with pytest.raises(BadParameterError, match=r"registry\.csv"):
        bundled.data_path(name)


def test_the_bundle_of_a_wheel_comes_first(tmp_path, monkeypatch):
    for root in ("wheel", "clone"):
        (tmp_path / root / "data").mkdir(parents=True)
        (tmp_path / root / "notebooks").mkdir()
        (tmp_path / root / "data" / "which.csv").write_text(root)
    monkeypatch.setattr(bundled, "_ROOTS", (tmp_path / "wheel", tmp_path / "clone"))
    assert bundled.data_path("which.csv").read_text() == "wheel"
    assert bundled.notebooks_folder() == tmp_path / "wheel" / "notebooks"
    monkeypatch.setattr(bundled, "_ROOTS", (tmp_path / "absent", tmp_path / "clone"))
    assert bundled.data_path("which.csv").read_text() == "clone"


def test_a_package_without_its_data_says_how_to_get_them(tmp_path, monkeypatch):
    monkeypatch.setattr(bundled, "_ROOTS", (tmp_path / "absent",))
    with pytest.raises(LeakNotFoundError, match="wheel") as caught:
        bundled.notebooks_folder()
    assert caught.value.todo


def test_the_truth_is_read_anew_so_that_a_change_by_a_caller_stays_with_the_caller():
    first = bundled.sample_truth("lineage")
    first.loc[:, "relation"] = "changed"
    pd.testing.assert_series_equal(
        bundled.sample_truth("lineage")["relation"],
        pd.Series(["fine-tune", "quantised", "adapter", "unrelated", "format-conversion"], name="relation"),
        check_dtype=False,
    )
