"""What hurried users pass: the signature as promised, odd names and weights, settings that mean nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import leakkit as lk
from leakkit.errors import BadParameterError


def people(n: int = 200) -> pd.DataFrame:
    """Give an invented table."""
    rng = np.random.default_rng(0)
    return pd.DataFrame(
        {
            "y": rng.integers(0, 2, n),
            "g": rng.choice(["a", "b"], n),
            "p": rng.integers(0, 2, n),
            "s": rng.random(n),
            "b": rng.choice(["u", "v"], n),
            "w": rng.random(n) + 0.1,
        }
    )


def test_prediction_score_strata_and_weights_may_follow_the_group_by_place() -> None:
    rows = people()
    placed = lk.rate_groups(rows, "y", "g", "p", "s", "b", "w", favourable=1)
    named = lk.rate_groups(rows, "y", "g", prediction="p", score="s", by="b", weights="w", favourable=1)
    pd.testing.assert_frame_equal(placed.rates, named.rates)
    pd.testing.assert_frame_equal(placed.stratified, named.stratified)


@pytest.mark.parametrize("times", [1e300, 1e-300])
def test_only_ratios_of_weights_matter_however_large(times: float) -> None:
    rows = people()
    plain = lk.rate_groups(rows, "y", "g", favourable=1, weights="w", by="b")
    scaled = lk.rate_groups(rows.assign(w=rows["w"] * times), "y", "g", favourable=1, weights="w", by="b")
    pd.testing.assert_frame_equal(scaled.rates, plain.rates)
    pd.testing.assert_frame_equal(scaled.stratified, plain.stratified)


@pytest.mark.parametrize(
    "options",
    [
        {"level": "0.95"},
        {"level": float("nan")},
        {"min_rows": None},
        {"bands": "ten"},
        {"score": "s", "threshold": "high"},
        {"score": "s", "threshold": float("nan")},
        {"score": np.array([1j] * 200)},
        {"by": "y"},
    ],
)
def test_settings_that_mean_nothing_are_told(options: dict[str, Any]) -> None:
    with pytest.raises(BadParameterError, match="What to do"):
        lk.rate_groups(people(), "y", "g", favourable=1, **options)


def test_the_outcome_is_no_group() -> None:
    with pytest.raises(BadParameterError, match="group to be another column than the outcome"):
        lk.rate_groups(people(), "y", "y", favourable=1)
    with pytest.raises(BadParameterError, match="by to be another column"):
        lk.stratify_rates(people(), "y", "g", "y", favourable=1)


def test_a_message_ends_with_one_full_stop() -> None:
    with pytest.raises(BadParameterError) as caught:
        lk.rate_groups(people().assign(g=None), "y", "g", favourable=1)
    assert str(caught.value).endswith("without a value of 'g' left out.")


def test_columns_of_two_levels_are_named_by_tuples() -> None:
    rows = people().drop(columns="w")
    flat = lk.rate_groups(rows, "y", "g", favourable=1, by="b")
    rows.columns = pd.MultiIndex.from_tuples([("x", name) for name in rows.columns])
    found = lk.rate_groups(rows, ("x", "y"), ("x", "g"), favourable=1, by=("x", "b"))
    assert found.rates["rate"].tolist() == flat.rates["rate"].tolist()
    assert found.stratified["difference"].tolist() == flat.stratified["difference"].tolist()
    adjusted = lk.adjust_rates(rows, ("x", "y"), ("x", "g"), ("x", "b"), favourable=1)
    assert len(adjusted.groups) == 1
    assert "('x', 'g')" not in lk.find_proxies(rows, ("x", "g"))["column"].tolist()
    assert lk.probe_labels(rows, ("x", "y"), ("x", "g"), favourable=1).rates.n == 200


def test_one_group_in_a_list_can_be_adjusted() -> None:
    rows = people()
    listed = lk.adjust_rates(rows, "y", ["g"], ["b"], favourable=1).groups
    pd.testing.assert_frame_equal(listed, lk.adjust_rates(rows, "y", "g", "b", favourable=1).groups)


def test_exact_decimals_are_numbers_too() -> None:
    rows = people().assign(y=lambda frame: [Decimal(f"{value}.00") for value in frame["y"]])
    assert lk.rate_groups(rows, "y", "g", favourable="1").n == 200


def test_the_order_of_groups_does_not_matter_to_what_is_drawn() -> None:
    rows = people(60).assign(g=np.random.default_rng(1).choice(list("abcd"), 60, p=[0.5, 0.25, 0.15, 0.1]))
    turned = rows.assign(g=rows["g"].map({"a": "z", "b": "y", "c": "x", "d": "w"}))
    one, two = (
        lk.rate_groups(each, "y", "g", favourable=1, score="s", min_rows=1).gaps for each in (rows, turned)
    )
    assert "permutation" in one["p_method"].tolist()
    columns = ["gap", "gap_at_equality", "p_value"]
    np.testing.assert_allclose(
        one[columns].to_numpy(float, na_value=np.nan), two[columns].to_numpy(float, na_value=np.nan)
    )


def test_a_small_group_of_one_outcome_is_not_given_away_by_the_notes() -> None:
    rows = people()
    rows.loc[:6, ["g", "y"]] = ["tiny", 1]
    found = lk.adjust_rates(rows, "y", "g", "b", favourable=1)
    assert not any("7 rows" in note for note in found.notes)
    assert not any("one outcome" in note or "same outcome" in note for note in found.notes if "tiny" in note)


@pytest.mark.parametrize("flag", [["rare"] * 4 + ["usual"] * 196, [1.0] * 4 + [0.0] * 196])
def test_a_value_held_equal_that_few_rows_have_shows_no_coefficient(flag: list[Any]) -> None:
    rows = people().assign(flag=flag)
    rows.loc[:3, "y"] = [0, 1, 0, 1]
    found = lk.adjust_rates(rows, "y", "g", ["flag", "b"], favourable=1).coefficients
    few = found[found["term"].str.startswith("flag")]
    assert len(few) == 1 and few["estimate"].isna().all() and few["p_value"].isna().all()
    assert found.loc[found["term"].str.startswith("b:"), "estimate"].notna().all()


@pytest.mark.parametrize("events", [0, 1])
def test_rates_without_any_spread_are_no_certainty_within_strata(events: int) -> None:
    rows = people().assign(y=events)
    found = lk.stratify_rates(rows, "y", "g", "b", favourable=1)[1].iloc[0]
    assert found["difference"] == 0
    assert pd.isna(found["difference_low"]) and pd.isna(found["difference_high"])


def test_a_comparison_held_back_is_told_by_its_reason_alone() -> None:
    rows = people(12).assign(g=["a"] * 8 + ["b"] * 4)
    told = lk.describe_strata(lk.rate_groups(rows, "y", "g", favourable=1, by="b"))
    assert told == ("Fewer than 10 rows of b or of the reference in strata that hold both: not shown.",)


@pytest.mark.parametrize("draw", [lk.draw_group_rates, lk.draw_comparisons, lk.draw_error_rates])
def test_of_many_groups_the_highest_and_the_lowest_are_drawn(draw: Any) -> None:
    share = np.repeat(np.arange(1, 21) / 21, 100)
    rows = pd.DataFrame({"g": np.repeat([f"g{place:02}" for place in range(20)], 100)})
    rows["y"] = np.tile([0, 1], 1000)
    rows["p"] = (np.tile(np.repeat(np.arange(50) / 50, 2), 20) < share).astype(int)
    ax = draw(lk.rate_groups(rows, "y", "g", "p", favourable=1, reference="g10"))
    names = [each.get_text() for each in ax.get_yticklabels()]
    assert len(names) == 10 and {"g00", "g19"} <= set(names)
    plt.close("all")


@pytest.mark.parametrize("options", [{"min_rows": None}, {"level": "wide"}, {"level": None}])
def test_settings_of_strata_and_regressions_that_mean_nothing_are_told(options: dict[str, Any]) -> None:
    with pytest.raises(BadParameterError, match="What to do"):
        lk.stratify_rates(people(), "y", "g", "b", favourable=1, **options)
    with pytest.raises(BadParameterError, match="What to do"):
        lk.adjust_rates(people(), "y", "g", "b", favourable=1, **options)


def test_very_many_rows_with_few_events_get_a_chi_square_test() -> None:
    rows = pd.DataFrame({"y": [1, 0] * 3, "g": list("aabbcc"), "n": [3, 10**10, 5, 10**10, 1, 40]})
    assert lk.rate_groups(rows, "y", "g", favourable=1, counts="n").gaps["p_method"].tolist() == [
        "chi_square"
    ]


def test_counts_too_large_to_tell_apart_are_refused() -> None:
    with pytest.raises(BadParameterError, match="whole counts"):
        lk.rate_groups(people().assign(n=1e300), "y", "g", favourable=1, counts="n")


def test_columns_with_lists_or_endless_numbers_do_not_stop_a_probe() -> None:
    rows = people().assign(tags=[["x", str(place)] for place in range(200)])
    rows["s"] = np.where(rows["s"] > 0.9, np.inf, rows["s"])
    assert lk.probe_labels(rows, "y", "g", favourable=1).rates.n == 200
    found = lk.find_proxies(rows, "g").set_index("column")["area_under_curve"]
    assert pd.isna(found["tags"]) and found["s"] >= 0.5


def test_the_one_stratum_or_band_held_back_is_said_to_be_given_away() -> None:
    rows = pd.DataFrame(
        {
            "g": ["a"] * 200 + ["b"] * 60,
            "t": ["x"] * 100 + ["y"] * 100 + ["x"] * 55 + ["y"] * 5,
            "y": [0, 1] * 130,
        }
    )
    rows["s"] = (rows["t"] == "x").astype(float)
    strata, found = lk.stratify_rates(rows, "y", "g", "t", favourable=1)
    assert strata["suppressed"].tolist() == [False, True]
    assert "give it away" in found["warning"][0]
    notes = lk.rate_groups(rows, "y", "g", favourable=1, score="s").notes
    assert any("In 1 group one band" in note for note in notes)
    plenty = rows.assign(t=["x", "y"] * 130, s=[0.0, 0.0, 1.0, 1.0] * 65)
    assert "give it away" not in lk.stratify_rates(plenty, "y", "g", "t", favourable=1)[1]["warning"][0]
    assert not any("band" in note for note in lk.rate_groups(plenty, "y", "g", favourable=1, score="s").notes)
