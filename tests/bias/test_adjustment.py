"""Groups at equal circumstances: the figures are those of statsmodels, and hopeless models are errors."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf
from scipy.special import expit

import leakkit as lk
from leakkit.errors import BadParameterError
from leakkit.frames.bias_tables import ADJUSTED, COEFFICIENTS


def invented(seed: int = 0, n: int = 2_000, effect: float = 0.6) -> pd.DataFrame:
    """Give invented applicants; the group is tied to the degree, which raises the chance."""
    rng = np.random.default_rng(seed)
    degree = rng.choice(["none", "first", "second"], n, p=[0.5, 0.3, 0.2])
    group = np.where(rng.random(n) < np.where(degree == "none", 0.6, 0.3), "b", "a")
    years = rng.gamma(2.0, 3.0, n).round(1)
    score = -1 + 0.8 * (degree != "none") + 0.05 * years - effect * (group == "b")
    hired = np.where(rng.random(n) < expit(score), "yes", "no")
    return pd.DataFrame({"hired": hired, "group": group, "degree": degree, "years": years})


def test_logistic_coefficients_are_those_of_statsmodels() -> None:
    rows = invented()
    found = lk.adjust_rates(
        rows,
        "hired",
        "group",
        ["degree", "years"],
        favourable="yes",
        reference="a",
        references={"degree": "none"},
    )
    rows["y"] = (rows["hired"] == "yes").astype(int)
    formula = "y ~ C(degree, Treatment('none')) + years + C(group, Treatment('a'))"
    expected = smf.logit(formula, rows).fit(disp=False)
    order = [*expected.params.index[:3], "years", expected.params.index[3]]
    assert found.coefficients["estimate"].astype(float).to_numpy() == pytest.approx(
        expected.params[order].to_numpy(), rel=1e-6
    )
    assert found.coefficients["standard_error"].astype(float).to_numpy() == pytest.approx(
        expected.bse[order].to_numpy(), rel=1e-6
    )
    assert found.coefficients["p_value"].astype(float).to_numpy() == pytest.approx(
        expected.pvalues[order].to_numpy(), rel=1e-4
    )
    COEFFICIENTS.validate(found.coefficients)
    ADJUSTED.validate(found.groups)


def test_linear_model_has_robust_standard_errors_as_statsmodels() -> None:
    rows = invented()
    found = lk.adjust_rates(rows, "hired", "group", "years", favourable="yes", reference="a", model="linear")
    columns = sm.add_constant(np.column_stack([rows["years"], rows["group"] == "b"]).astype(float))
    expected = sm.OLS((rows["hired"] == "yes").astype(float), columns).fit(cov_type="HC1")
    assert found.coefficients["estimate"].astype(float).tolist() == pytest.approx(list(expected.params))
    assert found.coefficients["standard_error"].astype(float).tolist() == pytest.approx(list(expected.bse))
    assert found.groups["difference"][0] == pytest.approx(expected.params.iloc[2])
    assert found.groups["odds_ratio"].isna().all()
    plain = lk.adjust_rates(
        rows, "hired", "group", "years", favourable="yes", reference="a", model="linear", robust=False
    )
    expected = sm.OLS((rows["hired"] == "yes").astype(float), columns).fit()
    assert plain.coefficients["standard_error"].astype(float).tolist() == pytest.approx(list(expected.bse))


def test_standardised_figures_are_means_of_predictions() -> None:
    rows = invented()
    found = lk.adjust_rates(rows, "hired", "group", "years", favourable="yes", reference="a")
    rows["y"], rows["b"] = (rows["hired"] == "yes").astype(int), (rows["group"] == "b").astype(int)
    model = smf.logit("y ~ years + b", rows).fit(disp=False)
    one, zero = (model.predict(rows.assign(b=value)).mean() for value in (1, 0))
    row = found.groups.iloc[0]
    assert (row["difference"], row["risk_ratio"]) == pytest.approx((one - zero, one / zero))
    c, b = expit(model.params["Intercept"]), model.params["b"]
    assert row["risk_ratio_at_reference"] == pytest.approx(np.exp(b) / (1 - c + c * np.exp(b)))


def test_standardised_intervals_cover() -> None:
    rng = np.random.default_rng(5)
    hits = {"difference": 0, "risk_ratio": 0, "risk_ratio_at_reference": 0}
    runs, base, effect = 200, -0.5, 0.5
    grid = np.linspace(-2, 2, 401)
    shape = np.exp(-(grid**2) / 2) / np.exp(-(grid**2) / 2).sum()
    one, zero = (shape @ expit(base + 0.7 * grid + add) for add in (effect, 0.0))
    truth = {
        "difference": one - zero,
        "risk_ratio": one / zero,
        "risk_ratio_at_reference": expit(base + effect) / expit(base),
    }
    for _ in range(runs):
        x = rng.choice(grid, 400, p=shape)
        group = (rng.random(400) < expit(x)).astype(int)
        y = (rng.random(400) < expit(base + 0.7 * x + effect * group)).astype(int)
        rows = pd.DataFrame({"x": x, "group": group.astype(str), "y": y})
        row = lk.adjust_rates(rows, "y", "group", "x", favourable=1, reference="0").groups.iloc[0]
        for name in hits:
            hits[name] += bool(row[f"{name}_low"] <= truth[name] <= row[f"{name}_high"])
    assert all(0.90 <= hit / runs <= 0.99 for hit in hits.values()), hits


def test_adjustment_finds_no_effect_where_there_is_none() -> None:
    found = lk.adjust_rates(invented(2, 4_000, 0.0), "hired", "group", ["degree", "years"], favourable="yes")
    row = found.groups.iloc[0]
    assert row["difference_low"] < 0 < row["difference_high"]
    assert not row["crude_difference_low"] < 0 < row["crude_difference_high"]
    assert "hired" in found.notes[-1] and "points" in str(found)


@pytest.mark.parametrize("model", ["logistic", "linear"])
def test_rows_of_counts_and_rows_one_by_one_give_the_same(model: str) -> None:
    rows = invented()[["hired", "group", "degree"]]
    counted = rows.value_counts().rename("n").reset_index()
    options = {"favourable": "yes", "reference": "a", "model": model}
    one = lk.adjust_rates(rows, "hired", "group", "degree", **options)
    other = lk.adjust_rates(counted, "hired", "group", "degree", counts="n", **options)
    pd.testing.assert_frame_equal(one.groups, other.groups, rtol=1e-6)
    pd.testing.assert_frame_equal(one.coefficients, other.coefficients, rtol=1e-6)
    assert one.n == other.n == 2_000


def test_event_modelled_is_the_one_named() -> None:
    rows = invented()
    options = {"favourable": "yes", "reference": "a"}
    hired = lk.adjust_rates(rows, "hired", "group", "years", **options)
    turned_down = lk.adjust_rates(rows, "hired", "group", "years", positive="no", **options)
    assert hired.groups["odds_ratio"][0] == pytest.approx(1 / turned_down.groups["odds_ratio"][0])
    assert "probability of no in hired" in turned_down.notes[-1]


def test_units_of_a_number_change_nothing_else() -> None:
    rows = invented()
    found = [
        lk.adjust_rates(rows.assign(years=rows["years"] * unit), "hired", "group", "years", favourable="yes")
        for unit in (1.0, 1e7)
    ]
    assert found[0].groups["difference"][0] == pytest.approx(found[1].groups["difference"][0])


def test_rows_with_missing_values_are_left_out_and_counted() -> None:
    rows = invented()
    rows.loc[:9, "years"] = np.nan
    rows.loc[5:14, "degree"] = None
    found = lk.adjust_rates(rows, "hired", "group", ["degree", "years"], favourable="yes")
    assert found.n == 1_985
    assert any("without a value of 'years'" in note for note in found.notes)


def test_label_with_one_outcome_leaves_the_logistic_model() -> None:
    rows = invented()
    rows.loc[:19, "degree"], rows.loc[:19, "hired"] = "doctor", "yes"
    rows.loc[20, "degree"] = "lone"
    found = lk.adjust_rates(rows, "hired", "group", ["degree", "years"], favourable="yes")
    assert found.n == 1_979
    assert any("20 rows with 'degree' 'doctor' left out" in note for note in found.notes)
    assert any("1 value of 'degree' with fewer than 10 rows" in note for note in found.notes)
    assert not any("lone" in note for note in found.notes)
    linear = lk.adjust_rates(rows, "hired", "group", ["degree"], favourable="yes", model="linear")
    assert linear.n == 2_000


def test_group_with_one_outcome_has_a_crude_figure_only() -> None:
    rows = invented()
    rows.loc[:29, "group"], rows.loc[:29, "hired"] = "c", "no"
    found = lk.adjust_rates(rows, "hired", "group", "years", favourable="yes", reference="a").groups
    row = found.set_index("group").loc["c"]
    assert pd.isna(row["odds_ratio"]) and pd.isna(row["p_value"]) and row["crude_difference"] < 0


def test_constant_and_repeated_columns_are_left_out_and_said() -> None:
    rows = invented().assign(one=1, again=lambda rows: 2 * rows["years"] + 3)
    found = lk.adjust_rates(rows, "hired", "group", ["years", "one", "again"], favourable="yes")
    plain = lk.adjust_rates(rows, "hired", "group", ["years"], favourable="yes")
    pd.testing.assert_frame_equal(found.groups, plain.groups)
    assert any("'one', 'again'" in note for note in found.notes)


def test_small_groups_are_in_the_model_and_not_shown() -> None:
    rows = invented()
    rows.loc[:7, "group"] = "few"
    found = lk.adjust_rates(rows, "hired", "group", "years", favourable="yes", reference="a")
    assert found.groups["group"].tolist() == ["b"]
    assert any("'few'" in note for note in found.notes) and found.n == 2_000
    assert found.coefficients.set_index("term").loc["group: few (beside a)"].isna().all()
    shown = lk.adjust_rates(
        rows, "hired", "group", "years", favourable="yes", reference="a", min_rows=1
    ).groups.set_index("group")
    assert found.groups["odds_ratio"][0] == shown.loc["b", "odds_ratio"]


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({}, {"favourable": "maybe"}, "'maybe'; the labels are 'no', 'yes'"),
        ({}, {"references": {"age": "x"}}, "found 'age'"),
        ({}, {"references": {"degree": "x"}}, "'x'"),
        ({}, {"reference": "z"}, "the labels are 'a', 'b'"),
        ({}, {"model": "probit"}, "logistic, linear"),
        ({"group": "a"}, {}, "at least two groups"),
        ({"degree": "copy"}, {}, "tell wholly"),
        ({"degree": np.arange(2_000).astype(str)}, {}, "at most 200 values"),
        ({"years": "certain"}, {}, "separation"),
        ({"years": np.nan}, {}, "found none"),
    ],
)
def test_what_cannot_be_answered_is_a_clear_error(change: dict, options: dict, message: str) -> None:
    rows = invented()
    if change.get("degree") is not None and isinstance(change["degree"], str):
        change = {"degree": rows["group"] + "!"}
    if isinstance(change.get("years"), str):
        change = {"years": np.where(rows["hired"] == "yes", 1.0, -1.0) * (1 + rows["years"])}
    rows = rows.assign(**change)
    with pytest.raises(BadParameterError, match=message):
        lk.adjust_rates(rows, "hired", "group", ["degree", "years"], **{"favourable": "yes", **options})


@pytest.mark.parametrize("model", ["logistic", "linear"])
def test_one_outcome_only_is_a_clear_error(model: str) -> None:
    rows = invented(n=200).assign(hired=1)
    with pytest.raises(BadParameterError, match="both outcomes"):
        lk.adjust_rates(rows, "hired", "group", "years", favourable=1, model=model)


def test_more_terms_than_rows_is_a_clear_error() -> None:
    rows = invented(n=30).assign(degree=[str(i % 28) for i in range(30)])
    with pytest.raises(BadParameterError, match="more rows than terms"):
        lk.adjust_rates(
            rows, "hired", "group", ["degree", "years"], favourable="yes", model="linear", min_rows=1
        )


@pytest.mark.parametrize("dtype", ["pyarrow", "category"])
def test_other_dtypes_give_the_same(dtype: str) -> None:
    rows = invented(n=400)
    if dtype == "category":
        kind = pd.CategoricalDtype(["a", "b", "nobody"])
        changed = rows.astype({"group": kind, "degree": "category", "hired": "category"})
    else:
        changed = rows.convert_dtypes(dtype_backend="pyarrow")
    options = {"favourable": "yes", "reference": "a"}
    left, right = (
        lk.adjust_rates(table, "hired", "group", ["degree", "years"], **options).groups
        for table in (rows, changed)
    )
    pd.testing.assert_frame_equal(left, right)


def test_favourable_label_must_be_named() -> None:
    with pytest.raises(BadParameterError, match="never guessed"):
        lk.adjust_rates(invented(), "hired", "group", "years")


def test_group_among_the_confounders_is_an_error() -> None:
    with pytest.raises(BadParameterError, match="leave the group out"):
        lk.adjust_rates(invented(), "hired", "group", ["group", "years"], favourable="yes")


@pytest.mark.parametrize("model", ["logistic", "linear"])
def test_offset_of_a_number_changes_nothing_but_the_intercept(model: str) -> None:
    rows = invented().assign(years=lambda rows: rows["years"] / 64)  # steps that 1e9 does not round away
    rows["years"] = (rows["years"] * 2**20).round() / 2**20
    moved = rows.assign(years=rows["years"] + 1e9)
    assert moved["years"].max() - moved["years"].min() < 2
    found = [
        lk.adjust_rates(each, "hired", "group", ["years", "degree"], favourable="yes", model=model)
        for each in (rows, moved)
    ]
    assert not any("constant" in note for note in found[1].notes)
    own = [
        column for column in found[0].groups.columns if "reference" not in column and "group" not in column
    ]
    pd.testing.assert_frame_equal(found[0].groups[own], found[1].groups[own], rtol=1e-5)
    first, second = (each.coefficients.set_index("term") for each in found)
    terms = first.index[1:]
    for column in ("estimate", "standard_error", "low" if "low" in first else "estimate_low"):
        np.testing.assert_allclose(
            second.loc[terms, column].astype(float), first.loc[terms, column].astype(float), rtol=1e-5
        )
    slope, intercept = first.loc["years", "estimate"], first.loc["(intercept)", "estimate"]
    assert second.loc["(intercept)", "estimate"] == pytest.approx(intercept - 1e9 * slope, rel=1e-5)


def test_numbers_of_range_one_near_a_thousand_million_are_as_statsmodels_has_them_centred() -> None:
    rng = np.random.default_rng(9)
    rows = invented().assign(stamp=lambda rows: 1e9 + rng.random(len(rows)))
    rows["centred"] = rows["stamp"] - 1e9
    found = lk.adjust_rates(rows, "hired", "group", "stamp", favourable="yes", reference="a")
    expected = smf.logit(
        "hired ~ centred + C(group)", rows.assign(hired=rows["hired"] == "yes").astype({"hired": int})
    )
    fitted = expected.fit(disp=0)
    terms = found.coefficients.set_index("term")
    assert terms.loc["stamp", "estimate"] == pytest.approx(fitted.params["centred"], rel=1e-5)
    assert terms.loc["stamp", "standard_error"] == pytest.approx(fitted.bse["centred"], rel=1e-5)
    assert found.groups["odds_ratio"][0] == pytest.approx(np.exp(fitted.params["C(group)[T.b]"]), rel=1e-5)


def test_copies_and_constants_far_from_zero_are_still_left_out() -> None:
    rng = np.random.default_rng(9)
    rows = invented().assign(stamp=lambda rows: 1e9 + rng.random(len(rows)), one=1e9 + 0.1)
    rows["copy"] = rows["stamp"] - 1e9
    rows["far"] = rows["copy"] * 3 + 1e9
    found = lk.adjust_rates(rows, "hired", "group", ["stamp", "one", "copy", "far"], favourable="yes")
    assert any("'one', 'copy', 'far'" in note for note in found.notes)
    assert found.coefficients["term"].tolist()[:2] == ["(intercept)", "stamp"]
