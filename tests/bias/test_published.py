"""Published tables are fetched, checked and read; nothing that names a person is; all data here invented."""

from __future__ import annotations

import pandas as pd
import pytest

import leakkit as lk
from leakkit.errors import BadFrameError, BadParameterError, FetchError, LeakNotFoundError
from leakkit.sources import SOURCES

ADULT = "39, Private, 1, Masters, 13, Married, Sales, Wife, Blue, Female, 0, 0, 40, ?, <=50K"
GERMAN = "A11 6 A34 A43 1169 A65 A75 4 A93 A101 4 A121 25 A143 A152 2 A173 1 A192 A201 2"
COMPAS = "id,name,dob,sex,age_cat,race,priors_count,score_text,v_score_text,two_year_recid"
GOOD = {
    "compas": f"{COMPAS}\n1,Ann Example,1970-01-01,Male,25 - 45,Other,0,N/A,Low,1\n",
    "compas_violent": f"{COMPAS}\n1,Ann Example,1970-01-01,Male,25 - 45,Other,0,Low,Low,1\n",
    "hmda": "rownames,deny,pirat,afam\n1,no,0.25,yes\n",
    "resume": "rownames,name,gender,ethnicity,call\n1,Invented,female,cauc,no\n",
    "ucb": "rownames,Admit,Gender,Dept,Freq\n1,Admitted,Male,A,512\n",
    "adult": f"{ADULT}\n\n",
    "adult_test": f"|1x3 Cross validator\n{ADULT}.\n",
    "german": f"{GERMAN}\n",
}
TABLES = sorted(name for name, source in SOURCES.items() if source.kind == "table")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Keep what is taken over out of the user's folder."""
    monkeypatch.setenv("LEAKKIT_DATA", str(tmp_path / "fetched"))
    return tmp_path / "fetched"


def take(name, tmp_path, text=None):
    """Take over an invented file of a table; gives what was said."""
    said: list[str] = []
    path = tmp_path / SOURCES[name].file
    path.write_text(GOOD[name] if text is None else text, encoding="utf-8")
    lk.fetch(name, from_file=path, say=said.append)
    return "\n".join(said)


@pytest.mark.parametrize("name", TABLES)
def test_table_is_taken_over_and_its_harms_are_said(name, tmp_path):
    said = take(name, tmp_path)
    assert SOURCES[name].licence in said and f"Known harms: {SOURCES[name].harms}" in said
    assert lk.list_sources().set_index("name").loc[name, "fetched"]


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"adult_test"}))
def test_table_that_was_fetched_is_read(name, tmp_path):
    take(name, tmp_path)
    table = lk.load_bias_table(name)
    listed = lk.bias_tables().set_index("name")
    assert len(table) == 1 and listed.loc[name, "fetched"] and listed["fetched"].sum() == 1
    assert {listed.loc[name, "outcome"], listed.loc[name, "group"]} <= set(table.columns)
    assert not {"name", "dob", "rownames"} & set(table.columns) or name == "resume"


@pytest.mark.parametrize("name", TABLES)
def test_file_of_another_kind_is_refused(name, tmp_path):
    for text in ("a,b\n1,2\n", "{}\n", "\n\n"):
        with pytest.raises(FetchError, match=f"Expected a copy of {name} "):
            take(name, tmp_path, text)
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00" * 9)
    with pytest.raises(FetchError, match="bytes that are no text"):
        lk.fetch(name, from_file=tmp_path / "bytes", say=lambda _: None)


def test_table_that_was_not_fetched_says_how_to_get_it():
    with pytest.raises(LeakNotFoundError, match="run leakkit fetch compas"):
        lk.load_bias_table("compas")


def test_unknown_table_names_those_that_there_are():
    with pytest.raises(BadParameterError, match="compas, compas_violent, hmda"):
        lk.load_bias_table("bail")


def test_not_available_is_a_label_in_compas_and_a_missing_value_in_adult(tmp_path):
    take("compas", tmp_path)
    take("adult", tmp_path)
    assert lk.load_bias_table("compas")["score_text"].tolist() == ["N/A"]
    assert lk.load_bias_table("adult")["native_country"].isna().all()


def test_both_splits_of_adult_are_one_table_with_the_same_labels(tmp_path):
    take("adult", tmp_path)
    take("adult_test", tmp_path)
    table = lk.load_bias_table("adult")
    assert table["split"].tolist() == ["train", "test"]
    assert table["income"].tolist() == ["<=50K", "<=50K"]
    beside = lk.load_bias_table("adult", tmp_path)
    pd.testing.assert_frame_equal(table, beside)


def test_age_of_twenty_five_is_not_over_twenty_five(tmp_path):
    take("german", tmp_path)
    table = lk.load_bias_table("german")
    assert (table["age_group"][0], table["credit"][0]) == ("25 or younger", "bad")


def test_file_of_another_shape_is_a_clear_error(tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(BadFrameError, match="found no deny, afam"):
        lk.load_bias_table("hmda", tmp_path / "other.csv")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    with pytest.raises(BadFrameError, match="another shape"):
        lk.load_bias_table("hmda", tmp_path / "empty.csv")
    with pytest.raises(LeakNotFoundError, match=r"HMDA\.csv"):
        lk.load_bias_table("hmda", tmp_path)


@pytest.mark.parametrize("name", ["adult", "german"])
def test_file_without_a_header_must_hold_the_outcomes_of_its_table(name, tmp_path):
    for text in ("1,2\n3,4\n", "{}\n", "one two three\n"):
        (tmp_path / "other.csv").write_text(text, encoding="utf-8")
        with pytest.raises(BadFrameError, match="another shape"):
            lk.load_bias_table(name, tmp_path / "other.csv")


def test_list_says_licence_citation_and_harms_of_every_table():
    listed = lk.bias_tables()
    assert listed.notna().all(axis=None) and not listed["fetched"].any()


def test_every_table_of_the_list_can_be_fetched():
    assert set(lk.bias_tables()["name"]) == set(TABLES) - {"adult_test"}
