"""Published figures on bias in real tables come out of our functions to the printed digit."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

import leakkit as lk
from leakkit.sources import SOURCES

VIOLENT = "compas-scores-two-years-violent.csv"
LOGIT = ["sex", "age_cat", "priors_count", "c_charge_degree", "two_year_recid"]
REFERENCES = {"sex": "Male", "age_cat": "25 - 45", "c_charge_degree": "F"}


@pytest.fixture(scope="module")
def bias(corpora: Path) -> Path:
    """Give the folder of tables."""
    return corpora / "bias"


@pytest.fixture(scope="module")
def compas(bias: Path) -> pd.DataFrame:
    """Give all rows of the two-year file, with the score cut as ProPublica cut it."""
    table = lk.load_bias_table("compas", bias / "compas_two_years.csv")
    return table.assign(high=(table["score_text"] != "Low").astype(int))


def published_filter(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that ProPublica kept for its regressions."""
    kept = table["days_b_screening_arrest"].between(-30, 30) & (table["is_recid"] != -1)
    return table[kept & (table["c_charge_degree"] != "O") & (table["score_text"] != "N/A")]


def rate(found: lk.GroupRates, measure: str, group: str) -> float:
    """Give one rate."""
    rows = found.rates.set_index(["measure", "group"])["rate"]
    return float(rows[measure, group])


def test_compas_error_rates_and_precision_are_those_of_propublica(compas: pd.DataFrame) -> None:
    assert len(compas) == 7_214
    found = lk.rate_groups(compas, "two_year_recid", "race", prediction="high", favourable=0)
    black, white = "African-American", "Caucasian"
    assert f"{100 * rate(found, 'false_positive_rate', black):.2f}" == "44.85"
    assert f"{100 * rate(found, 'false_positive_rate', white):.2f}" == "23.45"
    assert f"{100 * rate(found, 'false_negative_rate', black):.2f}" == "27.99"
    assert f"{100 * rate(found, 'false_negative_rate', white):.2f}" == "47.72"
    assert f"{rate(found, 'precision', black):.3f}" == "0.630"
    assert f"{rate(found, 'precision', white):.3f}" == "0.591"


def test_compas_difference_of_false_positive_rates_is_not_left_to_chance(compas: pd.DataFrame) -> None:
    found = lk.rate_groups(
        compas, "two_year_recid", "race", prediction="high", favourable=0, reference="Caucasian"
    ).comparisons.set_index(["measure", "group"])
    row = found.loc[("false_positive_rate", "African-American")]
    assert f"{row['p_value']:.0e}" == "2e-37"
    assert f"{row['difference']:.3f}" == "0.214"


def test_compas_worst_gap_over_six_races_is_driven_by_few_people(compas: pd.DataFrame) -> None:
    found = lk.rate_groups(compas, "two_year_recid", "race", prediction="high", favourable=0)
    gaps = found.gaps.set_index("measure")
    row = gaps.loc["true_positive_rate"]
    assert f"{row['gap']:.3f}" == "0.577"
    assert row["smallest_n"] == 10 and row["gap_low"] < 0.31 and row["gap_at_equality"] > 0.15


def test_compas_logistic_risk_ratio_is_that_of_propublica(compas: pd.DataFrame) -> None:
    rows = published_filter(compas)
    assert len(rows) == 6_172
    found = lk.adjust_rates(
        rows, "high", "race", LOGIT, favourable=0, reference="Caucasian", references=REFERENCES
    )
    row = found.groups.set_index("group").loc["African-American"]
    assert f"{row['risk_ratio_at_reference']:.4f}" == "1.4528"
    assert row["risk_ratio"] < 1.25  # the ratio over all people, not in one cell, is smaller


def test_compas_violent_logistic_risk_ratio_is_that_of_propublica(bias: Path) -> None:
    if not (bias / VIOLENT).is_file():
        pytest.skip("ProPublica's file of violent re-offending is not among the real files")
    table = lk.load_bias_table("compas_violent", bias / VIOLENT)
    rows = published_filter(table.assign(score_text=table["v_score_text"]))
    rows = rows.assign(high=(rows["v_score_text"] != "Low").astype(int))
    assert len(rows) == 4_020
    found = lk.adjust_rates(
        rows, "high", "race", LOGIT, favourable=0, reference="Caucasian", references=REFERENCES
    )
    row = found.groups.set_index("group").loc["African-American"]
    assert f"{row['risk_ratio_at_reference']:.4f}" == "1.7739"


def test_compas_violent_logistic_is_near_on_the_rows_that_both_files_share(compas: pd.DataFrame) -> None:
    """ProPublica's 4,020 rows are these 4,015 and five that its other file counts differently."""
    rows = published_filter(compas)
    violent = (rows["is_violent_recid"] == 1) & (rows["two_year_recid"] == 1)
    rows = rows[(rows["two_year_recid"] == 0) | violent]
    rows = rows.assign(high=(rows["v_score_text"] != "Low").astype(int))
    assert len(rows) == 4_015
    found = lk.adjust_rates(
        rows, "high", "race", LOGIT, favourable=0, reference="Caucasian", references=REFERENCES
    )
    row = found.groups.set_index("group").loc["African-American"]
    assert f"{row['risk_ratio_at_reference']:.3f}" == "1.784"  # published: 1.7739
    assert row["risk_ratio_at_reference_low"] < 1.7739 < row["risk_ratio_at_reference_high"]


def test_resume_audit_call_backs_and_their_ratio(bias: Path) -> None:
    table = lk.load_bias_table("resume", bias / "resume_names.csv")
    found = lk.rate_groups(table, "call", "ethnicity", favourable="yes", reference="afam")
    row = found.comparisons.iloc[0]
    assert f"{100 * row['rate']:.2f} {100 * row['rate_reference']:.2f}" == "9.65 6.45"
    assert f"{row['ratio']:.2f} [{row['ratio_low']:.2f}, {row['ratio_high']:.2f}]" == "1.50 [1.23, 1.82]"


def test_boston_denials_and_the_linear_probability_model(bias: Path) -> None:
    table = lk.load_bias_table("hmda", bias / "hmda_boston.csv")
    found = lk.rate_groups(table, "deny", "afam", favourable="no")
    assert f"{100 * (1 - rate(found, 'base_rate', 'yes')):.1f}" == "28.3"
    assert f"{100 * (1 - rate(found, 'base_rate', 'no')):.1f}" == "9.3"
    model = lk.adjust_rates(
        table, "deny", "afam", "pirat", favourable="no", positive="yes", model="linear", reference="no"
    )
    estimate = model.coefficients.set_index("term")["estimate"]
    assert f"{estimate['pirat']:.3f} {estimate['afam: yes (beside no)']:.3f}" == "0.559 0.177"


def test_berkeley_admissions_pooled_and_within_departments(bias: Path) -> None:
    table = lk.load_bias_table("ucb", bias / "ucb_admissions.csv")
    found = lk.rate_groups(table, "Admit", "Gender", favourable="Admitted", counts="Freq", by="Dept")
    assert f"{100 * rate(found, 'base_rate', 'Female'):.1f}" == "30.4"
    assert f"{100 * rate(found, 'base_rate', 'Male'):.1f}" == "44.5"
    row = found.stratified.iloc[0]
    assert (row["group"], row["reference"]) == ("Female", "Male")
    assert f"{row['odds_ratio']:.3f}, p {row['p_value']:.2f}" == "1.105, p 0.23"
    assert row["simpson"] and (row["strata_up"], row["strata_down"]) == (4, 2)


def test_adult_train_split_comes_near_the_figures_of_both_splits(bias: Path) -> None:
    table = lk.load_bias_table("adult", bias / "adult.data")
    found = lk.rate_groups(table, "income", "sex", favourable=">50K")
    row = found.comparisons.iloc[0]
    assert (row["group"], row["reference"], len(table)) == ("Female", "Male", 32_561)
    assert f"{100 * row['rate']:.1f}" == "10.9"
    # These are of the train split; both splits together give the published 30.4, .360 and .195.
    assert (
        f"{100 * row['rate_reference']:.1f} {row['ratio']:.3f} {row['difference']:.3f}" == "30.6 0.358 -0.196"
    )


def test_adult_figures_of_both_splits_are_those_published(bias: Path) -> None:
    if not (bias / "adult.test").is_file():
        pytest.skip(
            "The published figures are of both splits of Adult; the test split is not among the real files"
        )
    table = lk.load_bias_table("adult", bias)
    row = lk.rate_groups(table, "income", "sex", favourable=">50K").comparisons.iloc[0]
    assert len(table) == 48_842
    assert f"{100 * row['rate']:.1f} {100 * row['rate_reference']:.1f}" == "10.9 30.4"
    assert f"{row['ratio']:.3f} {row['difference']:.3f}" == "0.360 -0.195"


def test_german_credit_gap_by_age(bias: Path) -> None:
    table = lk.load_bias_table("german", bias / "german.data")
    found = lk.rate_groups(table, "credit", "age_group", favourable="good")
    assert f"{found.gaps.set_index('measure').loc['base_rate', 'gap']:.3f}" == "0.149"


def test_no_name_date_of_birth_or_case_number_is_loaded(bias: Path, tmp_path: Path) -> None:
    lines = (bias / "compas_two_years.csv").read_text(encoding="utf-8").splitlines()[:50]
    spoiled = [f"{lines[0]},name,first,last,dob,c_case_number,r_case_number"]
    spoiled += [f"{line},Ann Example,ann,example,1970-01-01,X1,X2" for line in lines[1:]]
    (tmp_path / "compas-scores-two-years.csv").write_text("\n".join(spoiled), encoding="utf-8")
    table = lk.load_bias_table("compas", tmp_path / "compas-scores-two-years.csv")
    assert not {"name", "first", "last", "dob", "c_case_number", "r_case_number"} & set(table.columns)
    assert len(table) == 49


FILES = {
    "compas": "compas_two_years.csv",
    "hmda": "hmda_boston.csv",
    "resume": "resume_names.csv",
    "ucb": "ucb_admissions.csv",
    "adult": "adult.data",
    "german": "german.data",
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_real_table_is_taken_over_and_its_pinned_hash_is_that_of_the_file(
    bias: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEAKKIT_DATA", str(tmp_path))
    source = SOURCES[name]
    raw = (bias / FILES[name]).read_bytes()
    assert raw.startswith(source.begins)
    assert source.sha256 in ("", hashlib.sha256(raw).hexdigest())
    lk.fetch(name, from_file=bias / FILES[name], say=lambda _: None)
    listed = lk.bias_tables().set_index("name")
    rows = len(lk.load_bias_table(name))
    assert rows == (32_561 if name == "adult" else listed.loc[name, "rows"])
