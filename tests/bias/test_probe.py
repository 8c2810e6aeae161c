"""A model trained on leaked labels: rates of rows it did not see, the same each time, and what it was not shown."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score
from sklearn.tree import DecisionTreeClassifier

import leakkit as lk
from leakkit.errors import BadParameterError


def invented(n: int = 800, penalty: float = 1.5) -> pd.DataFrame:
    """Give invented applicants; the district stands for the group, whose labels carry a penalty."""
    rng = np.random.default_rng(1)
    group = rng.choice(["Hill", "Marsh"], n)
    skill = rng.standard_normal(n)
    district = np.where(rng.random(n) < 0.9, np.where(group == "Marsh", "south", "north"), "east")
    hired = skill - penalty * (group == "Marsh") + rng.standard_normal(n) > -0.5
    return pd.DataFrame(
        {
            "id": np.arange(n),
            "name": [f"Invented {i}" for i in range(n)],
            "group": group,
            "skill": skill,
            "district": district,
            "day": pd.date_range("2020-01-01", periods=n),
            "same": "x",
            "hired": np.where(hired, "yes", "no"),
        }
    )


def selection(found: lk.Probe) -> pd.Series:
    """Give the rate of favourable predictions by group."""
    rates = found.rates.rates
    return rates[rates["measure"] == "selection_rate"].set_index("group")["rate"]


def test_bias_of_the_labels_is_learnt_through_a_proxy() -> None:
    found = lk.probe_labels(invented(), "hired", "group", favourable="yes")
    assert found.features == ("skill", "district")
    assert selection(found)["Hill"] - selection(found)["Marsh"] > 0.3
    gap = found.rates.gaps.set_index("measure").loc["selection_rate"]
    assert gap["p_adjusted"] < 0.001
    fair = lk.probe_labels(invented(penalty=0.0), "hired", "group", favourable="yes")
    assert abs(selection(fair)["Hill"] - selection(fair)["Marsh"]) < 0.1


def test_area_under_the_curve_is_that_of_scikit_learn_on_unseen_rows() -> None:
    rows = invented()
    found = lk.probe_labels(rows, "hired", "group", favourable="yes")
    expected = roc_auc_score(rows["hired"] == "yes", found.predictions)
    assert found.area_under_curve == pytest.approx(expected)
    assert 0.5 < found.low < found.area_under_curve < found.high < 1


def test_columns_that_name_rows_dates_and_constants_are_left_out_and_said() -> None:
    notes = " ".join(lk.probe_labels(invented(), "hired", "group", favourable="yes").notes)
    assert "'id', 'name': they number rows or name persons" in notes
    assert "'day': dates" in notes and "'same': one value only" in notes
    assert "does not see 'group'" in notes


def test_model_that_learns_by_heart_does_not_look_good() -> None:
    rng = np.random.default_rng(3)
    rows = pd.DataFrame(
        {"x": rng.standard_normal(400), "group": rng.choice(["a", "b"], 400), "y": rng.integers(0, 2, 400)}
    )
    found = lk.probe_labels(rows, "y", "group", favourable=1, model=DecisionTreeClassifier(random_state=0))
    assert found.low < 0.5 < found.high or abs(found.area_under_curve - 0.5) < 0.06


def test_column_written_after_the_outcome_is_named() -> None:
    rows = invented()
    rows["letter_sent"] = np.where(rows["hired"] == "yes", "welcome", "sorry")
    found = lk.probe_labels(rows, "hired", "group", favourable="yes")
    assert any("'letter_sent' alone tells the outcome" in note for note in found.notes)
    assert found.area_under_curve > 0.99


def test_group_is_seen_only_where_asked_for() -> None:
    rows = invented().drop(columns="district")
    blind = lk.probe_labels(rows, "hired", "group", favourable="yes")
    seeing = lk.probe_labels(rows, "hired", "group", favourable="yes", with_group=True)
    assert "group" in seeing.features and "group" not in blind.features
    assert abs(selection(blind).diff()["Marsh"]) < 0.15 < abs(selection(seeing).diff()["Marsh"])


def test_same_seed_gives_the_same_predictions() -> None:
    rows = invented(300)
    first, again = (lk.probe_labels(rows, "hired", "group", favourable="yes") for _ in range(2))
    pd.testing.assert_series_equal(first.predictions, again.predictions)
    other = lk.probe_labels(rows, "hired", "group", favourable="yes", seed=1)
    assert not first.predictions.equals(other.predictions)


def test_missing_values_are_filled_and_rows_without_outcome_left_out() -> None:
    rows = invented(400)
    rows.loc[::7, "skill"] = np.nan
    rows.loc[::9, "district"] = None
    rows.loc[:4, "hired"] = None
    found = lk.probe_labels(rows, "hired", "group", favourable="yes")
    assert len(found.predictions) == 395 and found.predictions.notna().all()
    assert any("without an outcome" in note for note in found.notes)


def test_event_is_the_label_named_whichever_is_favourable() -> None:
    rows = invented(400)
    hired = lk.probe_labels(rows, "hired", "group", favourable="yes")
    turned_down = lk.probe_labels(rows, "hired", "group", favourable="yes", positive="no")
    assert np.allclose(hired.predictions + turned_down.predictions, 1, atol=1e-3)
    assert selection(hired)["Hill"] == pytest.approx(selection(turned_down)["Hill"], abs=0.01)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"folds": 1}, "2 to 100"),
        ({"features": ["hired"]}, "outcome among them"),
        ({"features": ["same"]}, "one column to train on"),
        ({"favourable": "maybe"}, "labels are 'no', 'yes'"),
    ],
)
def test_what_cannot_be_trained_is_a_clear_error(options: dict, message: str) -> None:
    with pytest.raises(BadParameterError, match=message):
        lk.probe_labels(invented(100), "hired", "group", **{"favourable": "yes", **options})


def test_one_outcome_only_is_a_clear_error() -> None:
    with pytest.raises(BadParameterError, match="each outcome"):
        lk.probe_labels(invented(100).assign(hired=1), "hired", "group", favourable=1)


def test_it_says_itself_in_sentences() -> None:
    text = str(lk.probe_labels(invented(300), "hired", "group", favourable="yes"))
    assert "area under the curve" in text and "2 columns" in text


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"with_group": True, "folds": 3},
        {"features": ["rank"], "model": DecisionTreeClassifier(random_state=0)},
    ],
)
def test_order_of_rows_does_not_matter(options: dict) -> None:
    rows = invented(400).assign(rank=lambda rows: rows["skill"].round().astype("Int64"))
    rows = pd.concat(
        [rows.drop(columns=["skill", "id", "name"])] * 2, ignore_index=True
    )  # many rows are alike
    rows.loc[::9, "rank"] = pd.NA
    rows.loc[::5, "district"] = None
    first = lk.probe_labels(rows, "hired", "group", favourable="yes", **options)
    for seed in range(2):
        shuffled = rows.sample(frac=1, random_state=seed)
        again = lk.probe_labels(shuffled, "hired", "group", favourable="yes", **options)
        assert again.area_under_curve == pytest.approx(first.area_under_curve, abs=1e-9)
        assert again.notes == first.notes and again.features == first.features
        for name in ("rates", "comparisons", "gaps"):
            pd.testing.assert_frame_equal(
                getattr(again.rates, name), getattr(first.rates, name), rtol=1e-9, atol=1e-9
            )


def test_rows_that_differ_get_the_same_prediction_wherever_they_stand() -> None:
    rows = invented(300)
    first = lk.probe_labels(rows, "hired", "group", favourable="yes").predictions
    again = lk.probe_labels(
        rows.sample(frac=1, random_state=3), "hired", "group", favourable="yes"
    ).predictions
    pd.testing.assert_series_equal(first, again.sort_index(), rtol=1e-9)


def test_labels_without_a_pattern_are_ranked_by_chance() -> None:
    rng = np.random.default_rng(5)
    areas = []
    for _ in range(40):
        rows = pd.DataFrame(
            {
                "y": rng.integers(0, 2, 120),
                "g": rng.choice(list("ab"), 120),
                "x": rng.choice(list("pqr"), 120),
            }
        )
        areas.append(lk.probe_labels(rows, "y", "g", favourable=1, folds=3).area_under_curve)
    assert np.mean(areas) == pytest.approx(0.5, abs=0.03)
