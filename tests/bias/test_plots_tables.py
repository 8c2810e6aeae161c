"""Figures of bias in tables: n, intervals and what is hidden are printed; open ends and chance are visible."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import leakkit as lk
from leakkit import frames
from leakkit.errors import BadFrameError, BadParameterError
from tests import made_up_bias


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def texts(ax):
    """All words of the figure of an axes."""
    legend = ax.get_legend()
    words = [ax.get_title(loc="left"), ax.get_xlabel(), *(t.get_text() for t in ax.texts)]
    words += [t.get_text() for t in (*ax.get_yticklabels(), *ax.get_xticklabels())]
    words += [t.get_text() for t in legend.get_texts()] if legend else []
    note = ax.figure._supxlabel.get_text() if ax.figure._supxlabel else ""
    return " | ".join([*words, note]).replace("\n", " ")


def dots(ax):
    """Place and marker of every single dot, from left to right of the data, and whether it is hollow."""
    single = [
        line for line in ax.lines if len(line.get_xdata()) == 1 and line.get_marker() not in ("None", "")
    ]
    return [(float(m.get_xdata()[0]), m.get_marker(), m.get_markerfacecolor() == "white") for m in single]


def names(ax):
    """Names of the rows from top to bottom."""
    return [t.get_text() for t in ax.get_yticklabels()]


def test_groups_are_sorted_with_counts_and_the_suppressed_one_is_counted():
    ax = lk.draw_group_rates(made_up_bias.rates())
    assert names(ax) == ["Hill", "Coast", "Marsh"]
    assert [x for x, _, _ in dots(ax)] == [0.75, 0.6, 0.4]
    said = texts(ax)
    assert "75.0% (300 of 400)" in said
    assert "dashed: all rows, 50.3%" in said  # 730 of 1450
    assert "too small to be shown: 1" in said
    assert "other groupings not drawn: 1" in said
    assert "selection rate: share predicted 0" in said


def test_a_named_grouping_and_measure_are_drawn():
    ax = lk.draw_group_rates(made_up_bias.rates(), "false_positive_rate", grouping="people & sex")
    assert names(ax) == ["Hill & f"]


def test_an_unknown_measure_or_grouping_names_what_is_there():
    with pytest.raises(BadParameterError, match="selection_rate"):
        lk.draw_group_rates(made_up_bias.rates(), "charm")
    with pytest.raises(BadParameterError, match="people & sex"):
        lk.draw_group_rates(made_up_bias.rates(), grouping="shoes")


def test_a_frame_of_another_kind_is_refused():
    with pytest.raises(BadFrameError, match="group_rates"):
        lk.draw_group_rates(made_up_bias.proxies())


def test_a_result_is_drawn_as_its_frame():
    class Result:
        rates = made_up_bias.rates()

    class Probe:
        rates = Result()

    assert names(lk.draw_group_rates(Result())) == ["Hill", "Coast", "Marsh"]
    assert names(lk.draw_group_rates(Probe())) == ["Hill", "Coast", "Marsh"]


def test_scores_are_no_shares():
    base = {
        "measure": "mean_score",
        "meaning": "mean of score",
        "level": "group",
        "grouping": "people",
        "n": 9,
    }
    rows = [
        base | {"group": g, "rate": v, "low": v - 1, "high": v + 1, "suppressed": False}
        for g, v in (("a", 4.5), ("b", 6.0))
    ]
    said = texts(lk.draw_group_rates(frames.GROUP_RATES.from_rows(rows)))
    assert "4.50 (n = 9)" in said
    assert "%" not in said


def test_at_most_ten_groups_are_drawn_and_the_rest_counted():
    rows = [{"measure": "base_rate", "meaning": "", "level": "group", "grouping": "g", "group": str(n), "k": n, "n": 20,
             "rate": n / 20, "low": 0, "high": 1, "suppressed": False} for n in range(13)]  # fmt: skip
    ax = lk.draw_group_rates(frames.GROUP_RATES.from_rows(rows))
    assert names(ax)[0] == "12"
    assert len(names(ax)) == 10
    assert "groups not drawn: 3" in texts(ax)


def test_both_errors_have_their_own_mark_and_words():
    ax = lk.draw_error_rates(made_up_bias.rates())
    assert names(ax) == ["Marsh", "Coast", "Hill"]
    assert {marker for _, marker, _ in dots(ax)} == {"o", "D"}
    said = texts(ax)
    assert "false positive 40.0% (200 of 500)" in said
    assert "false negative 30.0% (60 of 200)" in said
    assert "too small to be shown: 2" in said


def test_a_difference_that_may_be_chance_is_hollow():
    ax = lk.draw_comparisons(made_up_bias.comparisons())
    assert dots(ax) == [(-0.15, "o", True), (-0.35, "o", False)]
    said = texts(ax)
    assert "-35.0, p < .001 (n = 1,000)" in said
    assert "1 of 2 groups differ from Hill" in said
    assert "n = 1,050 beside 400 of Hill" in said
    assert any(line.get_linestyle() == "--" and list(line.get_xdata()) == [0, 0] for line in ax.lines)


def test_an_interval_without_end_is_an_arrow():
    ax = lk.draw_comparisons(made_up_bias.comparisons(), figure="odds_ratio")
    assert ax.get_xscale() == "log"
    assert [m for _, m, _ in dots(ax)].count(">") == 1
    assert ax.get_xlim()[1] < 10


def test_a_ratio_of_zero_is_an_arrow_on_the_scale_of_logarithms():
    nothing = made_up_bias.comparisons().head(1).assign(ratio=0.0, ratio_low=0.0, ratio_high=0.2)
    ax = lk.draw_comparisons(nothing, figure="ratio")
    assert {m for _, m, _ in dots(ax)} == {"<"}


def test_long_names_leave_the_title_inside_the_figure():
    rates = made_up_bias.rates()
    rates["group"] = rates["group"] + " and everybody who lives there"
    ax = lk.draw_group_rates(rates)
    ax.figure.draw_without_rendering()
    right = ax.figure.bbox.x1
    assert ax._left_title.get_window_extent().x1 <= right
    assert ax.figure._supxlabel.get_window_extent().x1 <= right


def test_a_figure_that_is_none_is_refused():
    with pytest.raises(BadParameterError, match="odds_ratio"):
        lk.draw_comparisons(made_up_bias.comparisons(), figure="charm")


def test_gaps_stand_beside_those_of_equal_groups():
    ax = lk.draw_gaps(made_up_bias.gaps())
    assert names(ax) == ["selection rate", "false negative rate"]
    said = texts(ax)
    assert "35.0 points, p < .001; smallest n = 400" in said
    assert "8.0 points when none differs" in said
    assert "Groups differ in 1 of 2 measures" in said


def test_four_fifths_tells_how_often_equal_groups_fail():
    ax = lk.draw_four_fifths(made_up_bias.four_fifths())
    assert names(ax) == ["Marsh", "Coast"]
    assert [hollow for _, _, hollow in dots(ax)] == [False, True]
    said = texts(ax)
    assert "equal groups fail 23.0%" in said
    assert "equal groups fail under 0.01%" in said
    assert "1 of 2 groups are below four fifths of Hill" in said


def test_tables_of_decisions_stand_side_by_side():
    table = made_up_bias.comparisons()
    both = pd.concat(
        [
            table.assign(path="a/hiring.csv"),
            table.assign(path="a/lending.csv", difference=-table["difference"]),
        ]
    )
    ax = lk.draw_decided(both)
    assert names(ax) == ["Marsh in lending", "Coast in lending", "Coast in hiring", "Marsh in hiring"]
    said = texts(ax)
    assert "In 2 of 2 tables a group differs from its reference" in said
    assert "n = 2,100 rows beside 800 of the references" in said
    assert "too small to be shown: 2" in said
    with pytest.raises(BadFrameError, match="draw_comparisons"):
        lk.draw_decided(table)


def test_the_smallest_differences_are_left_out_first():
    table = made_up_bias.comparisons().head(1)
    many = pd.concat([table.assign(path=f"{n}.csv", difference=(n - 6) / 100) for n in range(13)])
    ax = lk.draw_decided(many)
    assert len(names(ax)) == 10
    assert not any(name.endswith(("in 5", "in 6", "in 7")) for name in names(ax))
    assert "smaller differences not drawn: 3" in texts(ax)


def test_strata_stand_between_the_pooled_and_the_averaged_difference():
    ax = lk.draw_strata(*made_up_bias.strata())
    assert names(ax) == ["all pooled", "A", "B", "within strata, averaged"]
    assert sorted((x, m) for x, m, _ in dots(ax)) == [(-0.141, "D"), (-0.02, "o"), (0.018, "s"), (0.2, "o")]
    said = texts(ax)
    assert "-14.1 points pooled, +1.8 within strata (it turns round)" in said
    assert "too small to be shown: 1" in said


def test_adjusted_stands_beside_crude():
    ax = lk.draw_adjusted(made_up_bias.adjusted())
    said = texts(ax)
    assert "as it is +19.0" in said
    assert "adjusted +8.4, p < .001" in said
    assert "1 of 2 groups differ from Hill" in said
    assert [(m, h) for _, m, h in dots(ax)].count(("o", True)) == 1


def test_the_diagonal_is_drawn_only_for_scores_that_are_shares():
    assert "as the score says" in texts(lk.draw_calibration(made_up_bias.calibration()))
    said = texts(lk.draw_calibration(made_up_bias.calibration(scale=10)))
    assert "as the score says" not in said
    assert "Hill (n = 800)" in said
    assert "bands of a group too small to be shown: 1" in said


def test_proxies_are_sorted_and_those_not_tried_counted():
    ax = lk.draw_proxies(made_up_bias.proxies())
    assert names(ax) == ["postcode", "priors", "shoe size"]
    said = texts(ax)
    assert "2 of 3 columns tell the group; best: postcode" in said
    assert "not tried (one value, or as good as an id): 1" in said


def test_empty_frames_are_drawn_as_nothing():
    for draw, kind in (
        (lk.draw_group_rates, frames.GROUP_RATES), (lk.draw_error_rates, frames.GROUP_RATES),
        (lk.draw_comparisons, frames.GROUP_COMPARISONS), (lk.draw_gaps, frames.GROUP_GAPS),
        (lk.draw_four_fifths, frames.FOUR_FIFTHS), (lk.draw_adjusted, frames.ADJUSTED),
        (lk.draw_calibration, frames.CALIBRATION), (lk.draw_proxies, frames.PROXIES),
    ):  # fmt: skip
        assert "nothing to draw" in texts(draw(kind.from_rows([])))
    nothing = lk.draw_strata(frames.STRATA.from_rows([]), frames.STRATIFIED.from_rows([]))
    assert "nothing to draw" in texts(nothing)


def test_a_given_axes_is_used():
    _, ax = plt.subplots()
    assert lk.draw_group_rates(made_up_bias.rates(), ax=ax) is ax
