"""Counts with denominators: unknown, not recorded and zero apart; intervals against published figures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames import AI_LEAKS, INCIDENTS
from leakkit.incidents.intervals import count_interval, goodman_interval
from leakkit.incidents.rates import count_by_year, count_categories
from leakkit.incidents.selection import left_out, select_incidents
from leakkit.stats import exact_interval, wilson_interval


def has_three_parts(error, found):
    """Tell whether an error says what was expected, what was found, and what to do."""
    return error.found == found and error.expected.startswith("Expected") and bool(error.todo)


def years(*pairs):
    """Give a frame of dates, each from a first to a last day."""
    first, last = zip(*pairs, strict=True)
    return pd.DataFrame(
        {"incident_date": pd.to_datetime(list(first)), "incident_date_end": pd.to_datetime(list(last))}
    )


def test_simultaneous_intervals_are_those_of_statsmodels():
    # statsmodels 0.15.0, multinomial_proportions_confint([56, 72, 73, 59, 62, 87, 58], method="goodman")
    low, high = goodman_interval([56, 72, 73, 59, 62, 87, 58])
    assert low.round(6).tolist() == LOW
    assert high.round(6).tolist() == HIGH


LOW = [0.085167, 0.114533, 0.116395, 0.090606, 0.096077, 0.142749, 0.088789]
HIGH = [0.166261, 0.204373, 0.206728, 0.173475, 0.180655, 0.239416, 0.171074]


def test_simultaneous_intervals_are_wider_than_single_ones():
    low, high = goodman_interval([10, 20, 30])
    alone_low, alone_high = wilson_interval([10, 20, 30], 60)
    assert (low < alone_low).all()
    assert (high > alone_high).all()
    assert np.isnan(goodman_interval([0, 0])[0]).all()


@given(st.lists(st.integers(0, 500), min_size=1, max_size=8).filter(any))
def test_each_share_lies_in_its_simultaneous_interval(counts):
    low, high = goodman_interval(counts)
    shares = np.array(counts) / sum(counts)
    assert (low <= shares + 1e-12).all() and (shares <= high + 1e-12).all()
    assert (low >= 0).all() and (high <= 1).all()


def test_the_interval_of_a_count_is_the_exact_one():
    # Garwood's limits of 0, 1 and 10 events: no upper end gives so few, no lower end so many, in 2.5 % of draws.
    low, high = count_interval([0, 1, 10])
    assert low.round(4).tolist() == [0.0, 0.0253, 4.7954]
    assert high.round(2).tolist() == [3.69, 5.57, 18.39]


def test_unknown_and_not_recorded_are_rows_and_no_part_of_the_denominator():
    frame = pd.DataFrame({"route": ["bug"] * 3 + ["insider"] + ["unknown"] * 2 + [None]})
    table = count_categories(frame, "route")
    assert table["category"].tolist() == ["bug", "insider", "unknown", "not recorded"]
    assert table["incidents"].tolist() == [3, 1, 2, 1]
    assert table["n"].tolist() == [4] * 4
    assert table["share"].fillna(-1).tolist() == [0.75, 0.25, -1, -1]
    assert set(table["method"].dropna()) == {"goodman"}


def test_lists_count_an_incident_in_every_row_and_shares_do_not_compete():
    rows = [{"incident_id": str(n), "title": "t", "confidence": "high", "artifact_types": kinds}
            for n, kinds in enumerate([["weights", "code"], ["weights"], ["unknown"], None])]  # fmt: skip
    table = count_categories(AI_LEAKS.from_rows(rows), "artifact_types")
    assert table[["category", "incidents", "n"]].values.tolist() == [
        ["weights", 2, 2], ["code", 1, 2], ["unknown", 1, 2], ["not recorded", 1, 2],
    ]  # fmt: skip
    assert table["method"][0] == "exact"
    low, high = exact_interval([2, 1], 2)
    assert table["low"][:2].tolist() == low.tolist()
    assert table["high"][:2].tolist() == high.tolist()


def test_each_group_has_its_own_denominator():
    frame = pd.DataFrame({"route": ["a", "a", "b", "a"], "period": ["old", "old", "new", None]})
    table = count_categories(frame, "route", by="period")
    assert table[["period", "category", "incidents", "n"]].values.tolist() == [
        ["new", "b", 1, 1], ["new", "a", 0, 1], ["old", "a", 2, 2], ["old", "b", 0, 2], ["not recorded", "a", 1, 1],
        ["not recorded", "b", 0, 1],
    ]  # fmt: skip
    assert table["low"][1] == 0 and table["high"][1] > 0.5  # never met in one trial says little


def test_a_date_over_two_years_stands_apart_or_is_split_by_days():
    frame = years(("2023-12-22", "2024-01-10"), ("2024-01-01", "2024-12-31"), ("2024-03-01", "2024-03-01"))
    apart = count_by_year(frame)
    assert apart[["year", "incidents", "to_the_day"]].fillna(-1).values.tolist() == [
        ["2024", 2.0, 1], ["several years", 1.0, -1],
    ]  # fmt: skip
    split = count_by_year(frame, spread="split")
    assert split["year"].tolist() == ["2023", "2024"]
    assert split["incidents"].tolist() == [0.5, 2.5]  # ten of its twenty days in each year


def test_years_without_an_incident_are_zero_and_the_last_year_is_marked():
    frame = years(("2020-02-01", "2020-02-01"), ("2022-06-30", "2022-06-30"), (None, None))
    table = count_by_year(frame)
    assert table["year"].tolist() == ["2020", "2021", "2022", "unknown"]
    assert table["incidents"].tolist() == [1, 0, 1, 1]
    assert table["complete"].tolist()[:3] == [True, True, False]
    assert table["n"].tolist() == [3] * 4
    assert count_by_year(frame, complete_until="2022-12-31")["complete"].tolist()[:3] == [True] * 3


def test_nothing_gives_tables_without_rows():
    assert count_by_year(INCIDENTS.from_rows([])).empty
    assert count_categories(INCIDENTS.from_rows([]), "actor").empty
    assert count_categories(INCIDENTS.from_rows([]), "actor", by="source").empty


def test_only_unknown_dates_give_one_row():
    assert count_by_year(years((None, None)))[["year", "incidents"]].values.tolist() == [["unknown", 1]]


def test_counts_by_year_are_whole_numbers_unless_dates_are_split():
    frame = years(("2023-12-22", "2024-01-10"), ("2024-03-01", "2024-03-01"), (None, None))
    assert str(count_by_year(frame)["incidents"].dtype) == "Int64"
    assert [repr(k) for k in count_by_year(frame)["incidents"].tolist()] == ["1", "1", "1"]
    assert str(count_by_year(frame, spread="split")["incidents"].dtype) == "Float64"
    for nothing in (INCIDENTS.from_rows([]), years((None, None))):
        assert str(count_by_year(nothing)["incidents"].dtype) == "Int64"


@pytest.mark.parametrize("written", ["rubbish", "", "NaT", "2024-13-45", "2024-12-31T00:00Z"])
def test_a_last_day_that_is_no_day_is_refused(written):
    with pytest.raises(BadParameterError) as caught:
        count_by_year(years(("2020-02-01", "2020-02-01")), complete_until=written)
    assert has_three_parts(caught.value, f"found {written!r}")


@pytest.mark.parametrize("level", [2, 0, 1, -0.5, float("nan")])
def test_a_level_that_is_no_coverage_is_refused(level):
    for call in (
        lambda: count_interval([1], level),
        lambda: count_by_year(INCIDENTS.from_rows([]), level=level),
    ):
        with pytest.raises(BadParameterError) as caught:
            call()
        assert has_three_parts(caught.value, f"found {level}")


@pytest.mark.parametrize("count", [-1, float("nan"), float("inf")])
def test_counts_that_cannot_be_are_refused(count):
    with pytest.raises(BadParameterError) as caught:
        count_interval([3, count])
    assert has_three_parts(caught.value, f"found {count:g}")


def test_a_missing_column_and_a_wrong_word_are_named():
    with pytest.raises(BadFrameError, match="found no colour"):
        count_categories(INCIDENTS.from_rows([]), "colour")
    with pytest.raises(BadParameterError, match="'guess'"):
        count_categories(INCIDENTS.from_rows([]), "actor", method="guess")
    with pytest.raises(BadParameterError, match="'half'"):
        count_by_year(INCIDENTS.from_rows([]), spread="half")
    with pytest.raises(BadParameterError):
        goodman_interval([-1, 2])


def incident(number, **more):
    """Give a row of the incidents frame."""
    return {"incident_uid": f"vcdb:{number}", "source": "vcdb", "source_id": str(number)} | more


def test_every_switch_leaves_out_its_own_and_says_how_many():
    frame = INCIDENTS.from_rows([
        incident(1, record_type="incident", sample_flag="random"),
        incident(2, sample_flag="webskimmer", record_type="exercise"),
        incident(3, sample_flag="phidbr"),
        incident(4, record_type="exercise"),
        incident(5, record_type="vulnerability_report"),
        incident(6, review_status="Ineligible"),
        incident(7, security_incident="Near miss"),
        incident(8, review_status="First pass"),
    ])  # fmt: skip
    kept = select_incidents(frame)
    assert kept["source_id"].tolist() == ["1", "3", "8"]
    assert dict(left_out(kept).values.tolist()) == {
        "webskimmers": 1, "samples": 0, "unreviewed": 0, "exercises": 2, "doubtful": 2, "repeats": 0,
    }  # fmt: skip
    assert select_incidents(frame, samples="random", unreviewed=False)["source_id"].tolist() == ["1"]
    assert select_incidents(frame, samples="priority")["source_id"].tolist() == ["3"]
    everything = select_incidents(frame, webskimmers=True, exercises=True, doubtful=True)
    assert len(everything) == 8 and left_out(everything)["records"].sum() == 0
    with pytest.raises(BadParameterError, match="'some'"):
        select_incidents(frame, samples="some")


def test_two_reports_of_hhs_under_one_made_up_id_both_count():
    rows = [
        {"incident_uid": f"hhs:a#{n}", "source": "hhs", "source_id": "a", "data_total": n} for n in (1, 2)
    ]
    assert len(select_incidents(INCIDENTS.from_rows(rows))) == 2


def test_an_id_counts_once_unless_its_repeats_are_wanted():
    frame = INCIDENTS.from_rows([
        incident(1) | {"incident_uid": "vcdb:1", "title": "first"},
        incident(1) | {"incident_uid": "vcdb:1#2", "title": "second"},
        incident(1) | {"incident_uid": "atlas:1", "source": "atlas", "title": "of another catalogue"},
        incident(2, review_status="First pass", title="not checked"),
        incident(2) | {"incident_uid": "vcdb:2#2", "title": "checked"},
    ]).set_index(pd.Index([7, 7, 3, 2, 1]))  # fmt: skip
    kept = select_incidents(frame)
    assert kept["title"].tolist() == ["first", "not checked", "of another catalogue"]
    assert dict(left_out(kept).values.tolist())["repeats"] == 2
    checked = select_incidents(frame, unreviewed=False)
    assert checked["title"].tolist() == ["first", "checked", "of another catalogue"]
    assert dict(left_out(checked).values.tolist())["repeats"] == 1
    every = select_incidents(frame, repeats=True)
    assert len(every) == 5 and dict(left_out(every).values.tolist())["repeats"] == 0


def test_selecting_from_nothing_gives_nothing():
    assert select_incidents(INCIDENTS.from_rows([])).empty
    assert left_out(INCIDENTS.from_rows([])).empty
