"""Tables of decisions are listed, but what they mean is named by people."""

from __future__ import annotations

import pandas as pd
import pytest

import leakkit as lk
from leakkit.bias.tables.candidates import find_decision_tables
from leakkit.bias.tables.decisions import load_decisions, read_decision_table
from leakkit.errors import BadFrameError, LeakNotFoundError


def written(folder, text, name="decisions.csv"):
    """Write a file and give its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_candidates_have_a_column_of_two_values_and_one_of_groups(tmp_path):
    rows = "".join(f"{n},{'m' if n % 2 else 'f'},{n % 2},{n % 3}\n" for n in range(30))
    written(tmp_path, "id,Geschlecht,granted,three\n" + rows, "loans.csv")
    written(tmp_path, "id,colour,granted\n" + "1,red,0\n2,blue,1\n", "no_groups.csv")
    written(tmp_path, "sex,other\n" + "m,a\nf,b\nm,c\n", "no_outcome.csv")
    found = find_decision_tables(lk.open_leak(tmp_path))
    assert found["path"].tolist() == ["loans.csv"]
    assert [list(found.loc[0, name]) for name in ("outcomes", "groups")] == [["granted"], ["Geschlecht"]]


def test_a_name_in_camel_case_is_read_as_words(tmp_path):
    written(tmp_path, "ageGroup,hired\n" + "young,1\nold,0\n" * 5, "jobs.csv")
    assert len(find_decision_tables(lk.open_leak(tmp_path))) == 1


def test_a_broken_table_is_left_out(tmp_path):
    (tmp_path / "cut.parquet").write_bytes(b"PAR1" + b"\0" * 40)
    written(tmp_path, "nothing here")
    assert find_decision_tables(lk.open_leak(tmp_path)).empty


def test_the_sample_is_named_and_any_other_leak_is_not(tmp_path):
    named = load_decisions(leak=lk.sample_leak())
    truth = lk.sample_truth("bias_tables").set_index("path")
    assert set(named["path"]) == set(truth.index)
    for row in named.itertuples():
        planted = truth.loc[row.path]
        assert [row.topic, row.outcome, row.group, row.reference, row.by] == planted[
            ["family", "outcome", "group", "reference", "stratum"]
        ].tolist()
        assert int(row.favourable) == planted["favourable"]
    assert load_decisions(leak=tmp_path).empty


def test_a_file_of_ones_own_is_read_in_its_order(tmp_path):
    path = written(tmp_path, "path,outcome,favourable,group\nz.csv,granted,yes,sex\na.csv, ok ,1,community\n")
    named = load_decisions(path)
    assert named["path"].tolist() == ["z.csv", "a.csv"]
    assert named["outcome"].tolist() == ["granted", "ok"]
    assert named["topic"].tolist() == ["decisions", "decisions"]
    assert named["prediction"].isna().all()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("path,outcome,group\na,b,c\n", "no favourable"),
        ("path,outcome,favourable,group\na,b,,c\n", "line 2, favourable"),
        ("path,outcome,favourable,group,colour\na,b,1,c,red\n", "colour"),
        ("", "cannot be read"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(tmp_path, text, said):
    with pytest.raises(BadFrameError, match=said):
        load_decisions(written(tmp_path, text))


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(LeakNotFoundError, match="example"):
        load_decisions(tmp_path / "nothing.csv")


def test_only_columns_of_numbers_become_numbers(tmp_path):
    written(tmp_path, "a,b,c,d\n1,x,1.5,\n 2,3,,\n", "table.csv")
    table = read_decision_table(lk.open_leak(tmp_path), "table.csv")
    assert table["a"].tolist() == [1, 2]
    assert table["b"].tolist() == ["x", "3"]
    assert table["c"].tolist()[0] == 1.5 and pd.isna(table.loc[1, "c"])
    assert table["d"].isna().all()


def test_a_line_with_more_cells_than_the_first_is_refused_not_shifted(tmp_path):
    path = written(tmp_path, "path,outcome,favourable,group\nleft.csv,a.csv,hired,yes,sex\n")
    with pytest.raises(BadFrameError, match="as many cells"):
        load_decisions(path)
