"""Rates of groups on real tables: equal to fairlearn, to what was published, and to counting by hand."""

import numpy as np
import pandas as pd
import pytest

import leakkit as lk


@pytest.fixture(scope="module")
def compas(corpora):
    table = pd.read_csv(corpora / "bias" / "compas_two_years.csv")
    return lk.rate_groups(
        table,
        "two_year_recid",
        ["race", "sex"],
        favourable=0,
        score="decile_score",
        threshold=5,
        by="age_cat",
        reference={"race": "Caucasian"},
    )


def figure(found, measure, group, grouping="race"):
    here = found.rates[(found.rates["measure"] == measure) & (found.rates["group"] == group)]
    return here.loc[here["grouping"] == grouping, "rate"].item()


def test_error_rates_of_compas_are_as_published(compas):
    for measure, black, white in (
        ("false_positive_rate", 0.4485, 0.2345),
        ("false_negative_rate", 0.2799, 0.4772),
    ):
        assert figure(compas, measure, "African-American") == pytest.approx(black, abs=0.00005)
        assert figure(compas, measure, "Caucasian") == pytest.approx(white, abs=0.00005)
    assert figure(compas, "precision", "African-American") == pytest.approx(0.630, abs=0.0005)
    assert figure(compas, "precision", "Caucasian") == pytest.approx(0.591, abs=0.0005)


def test_false_alarms_of_compas_differ_beyond_chance_and_precision_less_so(compas):
    black = compas.comparisons.query("group == 'African-American'").set_index("measure")
    row = black.loc["false_positive_rate"]
    assert (row["n"], row["n_reference"]) == (1795, 1488)
    assert row["p_value"] == pytest.approx(2e-37, rel=0.5) and row["difference_low"] > 0.18
    assert black.loc["precision", "p_value"] > 0.03
    assert row["difference"] == pytest.approx(0.214, abs=0.0005)


def test_the_largest_gap_of_compas_rests_on_small_groups_and_says_so(compas):
    gap = compas.gaps.query("grouping == 'race' and measure == 'false_negative_rate'").iloc[0]
    assert gap["gap"] == pytest.approx(0.577, abs=0.0005) and gap["smallest_n"] == 10
    assert gap["gap_at_equality"] > 0.1 and gap["gap_low"] < 0.4


def test_every_point_figure_of_compas_is_that_of_fairlearn(corpora, compas):
    metrics = pytest.importorskip("fairlearn.metrics")
    table = pd.read_csv(corpora / "bias" / "compas_two_years.csv")
    wanted = {name: getattr(metrics, name) for name in ("false_positive_rate", "false_negative_rate")}
    oracle = metrics.MetricFrame(
        metrics=wanted | {"flagged": metrics.selection_rate},
        y_true=table["two_year_recid"],
        y_pred=(table["decile_score"] >= 5).astype(int),
        sensitive_features=table[["race", "sex"]],
    )
    shown = 0
    for (race, sex), row in oracle.by_group.iterrows():
        for measure, value in row.items():
            mine = figure(
                compas, measure if measure != "flagged" else "selection_rate", f"{race} & {sex}", "race & sex"
            )
            if mine is not pd.NA:
                shown += 1
                assert mine == pytest.approx(1 - value if measure == "flagged" else value, abs=1e-12)
    assert shown == 27


def test_area_of_compas_is_that_of_scikit_learn(corpora, compas):
    from sklearn.metrics import roc_auc_score

    table = pd.read_csv(corpora / "bias" / "compas_two_years.csv")
    for race, part in table.groupby("race"):
        assert figure(compas, "area_under_curve", race) == pytest.approx(
            roc_auc_score(part["two_year_recid"], part["decile_score"])
        )


def test_deciles_of_compas_are_its_bands(compas):
    bands = compas.calibration.query("grouping == 'race' and group == 'Caucasian'")
    assert bands["score_low"].tolist() == list(range(1, 11)) and bands["n"].sum() == 2454


def test_ratio_of_the_resume_audit_is_as_published(corpora):
    table = pd.read_csv(corpora / "bias" / "resume_names.csv")
    found = lk.rate_groups(table, "call", "ethnicity", favourable="yes", reference="afam")
    row = found.comparisons.iloc[0]
    assert [round(row[name], 2) for name in ("ratio", "ratio_low", "ratio_high")] == [1.5, 1.23, 1.82]
    assert (round(row["rate"], 4), round(row["rate_reference"], 4)) == (0.0965, 0.0645)
    assert found.four_fifths["fails"].item() and found.four_fifths["failure_at_equality"].item() < 0.05


def test_berkeley_is_a_paradox(corpora):
    table = pd.read_csv(corpora / "bias" / "ucb_admissions.csv")
    found = lk.rate_groups(
        table, "Admit", "Gender", favourable="Admitted", counts="Freq", by="Dept", reference="Female"
    )
    assert found.n == 4526 and figure(found, "base_rate", "Male", "Gender") == pytest.approx(
        0.445, abs=0.0005
    )
    row = found.stratified.iloc[0]
    assert (
        row["simpson"]
        and row["crude_odds_ratio"] > 1.8
        and 1 / row["odds_ratio"] == pytest.approx(1.105, abs=0.0005)
    )
    assert row["p_value"] == pytest.approx(0.23, abs=0.005)


def test_adult_columns_of_every_dtype_give_the_same(corpora):
    table = pd.read_csv(
        corpora / "bias" / "adult.data", header=None, usecols=[9, 14], names=["sex", "income"]
    )
    plain = lk.rate_groups(table, "income", "sex", favourable=">50K").rates
    assert plain["n"].max() == 32561
    for dtype in ("category", "string[python]", "string[pyarrow]", object):
        other = lk.rate_groups(table.astype(dtype), "income", "sex", favourable=" >50K").rates
        pd.testing.assert_frame_equal(plain, other)
    assert np.isclose(plain.loc[plain["group"].str.contains("Female"), "rate"].item(), 0.109, atol=0.0005)
