"""Published figures are worked out from the tables that are there, and from nothing else; all data here invented."""

from __future__ import annotations

import pytest

import leakkit as lk
from leakkit.bias.published_figures import PUBLISHED
from leakkit.errors import BadFrameError, BadParameterError, FetchError, LeakNotFoundError
from leakkit.frames import PUBLISHED_FIGURES

ADULT = "39, Private, 1, Masters, 13, Married, Sales, Wife, Blue, {}, 0, 0, 40, ?, {}\n"
COMPAS = "id,sex,age_cat,race,priors_count,score_text,v_score_text,two_year_recid"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Keep what is taken over out of the user's folder."""
    monkeypatch.setenv("LEAKKIT_DATA", str(tmp_path / "fetched"))
    monkeypatch.delenv("LEAKKIT_STATIC", raising=False)
    return tmp_path / "fetched"


def resume(white=(30, 70), black=(20, 80)):
    """Give an invented table of call-backs."""
    groups = [("cauc", *white), ("afam", *black)]
    lines = [f"{group},{call}" for group, yes, no in groups for call in ["yes"] * yes + ["no"] * no]
    rows = (f"{row},Invented,female,{line}" for row, line in enumerate(lines))
    return "\n".join(["rownames,name,gender,ethnicity,call", *rows]) + "\n"


def compas(row="{n},Male,25 - 45,{race},0,{score},Low,{again}"):
    """Give an invented table of risk scores that lacks the columns of the regression."""
    people = [
        (race, score, again)
        for race in ("African-American", "Caucasian")
        for score in ("Low", "High")
        for again in (0, 1)
        for _ in range(20)
    ]
    made = [row.format(n=n, race=r, score=s, again=a) for n, (r, s, a) in enumerate(people)]
    return "\n".join([COMPAS, *made]) + "\n"


def take(name, text, tmp_path, folder=None):
    """Take over an invented file of a table."""
    path = tmp_path / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    lk.fetch(name, from_file=path, folder=folder, say=lambda _: None)


def test_nothing_fetched_gives_no_rows():
    assert lk.fetched_bias_tables() == []
    found = lk.reproduce_published()
    assert found.empty
    PUBLISHED_FIGURES.validate(found)


def test_a_report_takes_only_tables_that_it_names(tmp_path, monkeypatch):
    take("resume", resume(), tmp_path)
    monkeypatch.setenv("LEAKKIT_STATIC", "1")
    assert lk.fetched_bias_tables() == []
    assert lk.reproduce_published().empty
    assert set(lk.reproduce_published(["resume"])["table"]) == {"resume"}


def test_invented_table_does_not_agree_and_says_what_was_found(tmp_path):
    take("resume", resume(), tmp_path)
    assert lk.fetched_bias_tables() == ["resume"]
    found = lk.reproduce_published()
    PUBLISHED_FIGURES.validate(found)
    assert set(found["table"]) == {"resume"}
    rows = found.set_index("figure")
    white = rows.loc["Called back, white names, %"]
    assert (white["published"], white["found"], white["n"]) == ("9.65", "30.00", 100)
    assert rows.loc["Called back, black names, %", "found"] == "20.00"
    assert (found["found"] != found["published"]).eq(~found["agrees"]).all()
    assert not white["agrees"] and not rows.loc["Ratio of call-backs, lower end", "agrees"]
    assert all("American Economic Review" in said for said in found["citation"])


def test_same_digits_agree_and_other_rows_do_not_borrow_them(tmp_path):
    take("resume", resume((193, 1807), (129, 1871)), tmp_path)  # 9.65 and 6.45 of a hundred
    rows = lk.reproduce_published(["resume"]).set_index("figure")
    assert rows["agrees"].to_list() == [True, True, True, False, False]
    assert rows.loc["Called back, white names, %", "n"] == 2_000


@pytest.mark.parametrize("names", [[], [""], ["bail"], ["hmda"], [" resume"], ["", "resume\n", "../resume"]])
def test_empty_unknown_and_unfetched_names_give_no_rows(names, tmp_path):
    take("resume", resume(), tmp_path)
    assert lk.reproduce_published(names).empty


def test_a_name_is_worked_out_once_and_may_stand_alone(tmp_path):
    take("resume", resume(), tmp_path)
    twice = lk.reproduce_published(name for name in ("resume", "", "resume"))
    assert len(twice) == 5 == len(lk.reproduce_published("resume"))


def test_figure_that_needs_missing_columns_gives_no_row(tmp_path):
    take("compas", compas(), tmp_path)
    found = lk.reproduce_published()
    assert len(found) == 6 and not found["figure"].str.contains("regression|Risk ratio").any()
    assert found.loc[0, ["found", "n"]].tolist() == ["50.00", 40]
    assert not found["agrees"].any()


def test_figures_of_groups_that_are_not_there_give_no_row(tmp_path):
    take("compas", compas().replace("African-American", "Other"), tmp_path)
    found = lk.reproduce_published()
    assert len(found) == 3 and found["figure"].str.contains("Caucasian").all()
    take("resume", resume(black=(0, 0)), tmp_path)
    assert lk.reproduce_published(["resume"]).empty  # its reference is not there


def test_rate_too_small_to_be_shown_gives_no_row(tmp_path):
    take("resume", resume(black=(2, 3)), tmp_path)
    assert lk.reproduce_published()["figure"].tolist() == ["Called back, white names, %"]


def test_adult_without_its_test_rows_gives_no_row(tmp_path):
    rows = [ADULT.format(sex, income) for sex in ("Female", "Male") for income in ("<=50K", ">50K")] * 20
    take("adult", "".join(rows), tmp_path)
    assert lk.fetched_bias_tables() == ["adult"]
    assert lk.reproduce_published().empty


def test_tables_of_a_folder_of_ones_own_are_found(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    take("resume", resume(), tmp_path, elsewhere)
    assert lk.fetched_bias_tables() == [] and lk.reproduce_published().empty
    assert lk.fetched_bias_tables(elsewhere) == ["resume"]
    assert len(lk.reproduce_published(folder=elsewhere)) == 5


def test_a_path_needs_one_table_named_and_its_file(tmp_path):
    (tmp_path / "ResumeNames.csv").write_text(resume(), encoding="utf-8")
    assert len(lk.reproduce_published(["resume"], path=tmp_path)) == 5
    assert lk.reproduce_published(["bail"], path=tmp_path).empty
    for names in (None, [], ["resume", "ucb"]):
        with pytest.raises(BadParameterError, match="one table named"):
            lk.reproduce_published(names, path=tmp_path)
    with pytest.raises(LeakNotFoundError):
        lk.reproduce_published("ucb", path=tmp_path)
    with pytest.raises(BadFrameError):
        lk.reproduce_published("ucb", path=tmp_path / "ResumeNames.csv")


def test_a_table_that_was_changed_since_is_refused(tmp_path, folder):
    take("resume", resume(), tmp_path)
    file = next((folder / "resume").iterdir())
    file.write_text(resume((99, 1)), encoding="utf-8")
    with pytest.raises(FetchError, match="changed since"):
        lk.reproduce_published()


def test_every_table_of_the_list_has_figures_with_a_source():
    assert {each.table for each in PUBLISHED} == set(lk.bias_tables()["name"])
    assert all(each.figures and each.citation and each.needs for each in PUBLISHED)
    words = [(each.table, figure) for each in PUBLISHED for figure in each.figures]
    assert len(words) == len(set(words))
