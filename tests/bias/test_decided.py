"""Every named table of decisions is rated, and corrected over all of them; all tables here are invented."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import leakkit as lk
from leakkit.errors import LeakkitError
from leakkit.frames import (
    ADJUSTED,
    CALIBRATION,
    COEFFICIENTS,
    DECISIONS,
    FOUR_FIFTHS,
    GROUP_COMPARISONS,
    GROUP_GAPS,
    GROUP_RATES,
    PROXIES,
    STRATA,
    STRATIFIED,
)
from leakkit.leak.text import printable

Q3 = "datasets/decisions/lending_2024_q3.csv"
Q1 = "datasets/decisions/lending_2024_q1.csv"
V1 = "datasets/decisions/reoffending_v1.csv"


def table(marsh=(30, 70), hill=(60, 40), extra=()):
    """Give an invented table: granted and not, by community; skill helps, the town follows the community."""
    rng = np.random.default_rng(7)
    rows = []
    for group, (yes, no), town in (("Marsh", marsh, "Low"), ("Hill", hill, "High"), *extra):
        for granted in [1] * yes + [0] * no:
            skill = round(rng.normal(granted, 1), 2)
            rows.append(
                {
                    "granted": granted,
                    "community": group,
                    "town": town,
                    "skill": skill,
                    "office": "AB"[len(rows) % 2],
                }
            )
    return pd.DataFrame(rows).assign(number=lambda made: range(len(made)))


def decided(folder, tables, correction="holm", **columns):
    """Rate invented tables (by file name) as one leak."""
    for name, rows in tables.items():
        rows.to_csv(folder / name, index=False)
    row = {"outcome": "granted", "favourable": "1", "group": "community", "topic": "loans"} | columns
    named = DECISIONS.from_rows(
        [row | {"path": printable(name)} for name in tables]
    )  # as in the artifacts frame
    return lk.rate_decisions(lk.open_leak(folder), named, correction=correction)


@pytest.fixture(scope="module")
def sample():
    """Give the rated tables of the sample leak."""
    leak = lk.open_leak(lk.sample_leak())
    return lk.rate_decisions(leak, lk.load_decisions(leak=leak))


def test_planted_tables_of_the_sample_are_told_and_their_twins_are_not(sample):
    truth = lk.sample_truth("bias_tables").set_index("path")["planted"]
    assert sample.problems.empty and set(sample.rated) == set(truth.index)
    for path, planted in truth.items():
        told = path in {sample.first(row.topic, differs=True) for row in sample.named.itertuples()}
        assert not (told and planted == "none"), path
    found = sample.comparisons
    told = set(found.loc[found["p_adjusted"] < 0.05, "path"])
    assert told == set(truth.index[truth != "none"])


def test_first_is_by_topic_difference_and_simpson_in_the_order_named(sample):
    assert sample.first() == sample.named["path"].iloc[0]
    assert sample.first("lending", simpson=True) == Q3
    assert sample.first("lending", simpson=False) == sample.first("lending") == Q1
    assert sample.first("lending", differs=False) == "datasets/decisions/lending_2024_q2.csv"
    assert sample.first("lending", differs=True, simpson=True) == Q3
    assert sample.first("lending", differs=False, simpson=True) == ""
    assert sample.first("hiring", simpson=True) == "" == sample.first("bail")


def test_rates_are_those_of_rate_groups_with_what_is_named(sample):
    row = sample.named.set_index("path").loc[V1]
    rows = lk.rate_groups(
        sample.tables[V1],
        row["outcome"],
        row["group"],
        favourable=0,
        positive=1,
        prediction=row["prediction"],
        score=row["score"],
        by=row["by"],
        reference=row["reference"],
    )
    pd.testing.assert_frame_equal(sample.rates(V1).rates, rows.rates)
    assert sample.rates(V1) is sample.rated[V1]


def test_options_measure_a_table_anew(sample):
    both = sample.rates(sample.first("hiring"), group=["gender", "age_band"])
    assert {"gender", "age_band", "gender & age_band"} == set(both.gaps["grouping"])
    wide = sample.rates(Q1, level=0.99, min_rows=500)
    narrow = sample.rates(Q1)
    assert (wide.rates["high"] - wide.rates["low"]).max() > (narrow.rates["high"] - narrow.rates["low"]).max()


def test_main_comparisons_are_of_the_selection_rate_or_the_base_rate_without_what_is_held_back(sample):
    predicted, plain = sample.rates(V1), sample.rates(Q1)
    assert (predicted.main_measure, plain.main_measure) == ("selection_rate", "base_rate")
    for rated in (predicted, plain):
        assert set(rated.main_comparisons["measure"]) == {rated.main_measure}
        shown = rated.rates[~rated.rates["suppressed"] & rated.rates["measure"].eq(rated.main_measure)]
        assert set(rated.main_comparisons["group"]) < set(shown["group"])
    few = lk.rate_groups(table(extra=[("Islet", (3, 2), "Far")]), "granted", "community", favourable=1)
    assert few.comparisons["group"].tolist() == ["Islet", "Marsh"]
    assert few.main_comparisons["group"].tolist() == ["Marsh"] and few.main_comparisons.index.tolist() == [0]


@pytest.mark.parametrize("correction", ["holm", "bh", "none"])
def test_correction_is_over_the_main_rate_of_all_tables(tmp_path, correction):
    tables = {f"{n}.csv": table(hill=(yes, 100 - yes)) for n, yes in enumerate((32, 41, 44, 60))}
    found = decided(tmp_path, tables, correction).comparisons
    assert found["path"].tolist() == list(tables) and found["n_tests"].tolist() == [4] * 4
    wanted = lk.stats.adjust_p(found["p_value"].to_numpy(dtype=float), correction)
    assert found["p_adjusted"].to_numpy(dtype=float) == pytest.approx(wanted, abs=0)
    alone = decided(tmp_path, {"1.csv": tables["1.csv"]}, correction).comparisons
    assert found.loc[1, "p_value"] == alone.loc[0, "p_value"]
    assert (found.loc[1, "p_adjusted"] > alone.loc[0, "p_adjusted"]) == (correction != "none")


def test_stratified_rows_of_all_tables_carry_their_path(sample):
    found = sample.stratified
    assert found.columns[:2].tolist() == ["path", "topic"]
    assert set(found["path"]) == set(sample.named["path"])
    assert found.loc[found["simpson"], "path"].tolist() == [Q3]


def test_adjusted_holds_the_named_columns_equal(sample):
    found = sample.adjusted(Q3)
    row = found.groups.set_index("group").loc["Marshlanders"]
    crude = sample.rates(Q3).main_comparisons.set_index("group").loc["Marshlanders", "difference"]
    assert row["crude_difference"] == pytest.approx(crude) and crude < 0 < row["difference"]
    assert any(term.startswith("branch") for term in found.coefficients["term"])


def test_adjusted_is_empty_where_nothing_is_named_and_says_why_where_no_model_can_be_made(tmp_path):
    nothing = decided(tmp_path, {"a.csv": table()}).adjusted("a.csv")
    assert nothing.groups.empty and nothing.notes == ()
    broken = decided(tmp_path, {"a.csv": table()}, held_equal="skill wealth").adjusted("a.csv")
    assert broken.groups.empty and "wealth" in broken.notes[0]


def test_proxies_leave_out_what_was_decided(sample, tmp_path):
    found = sample.proxies(V1)
    row = sample.named.set_index("path").loc[V1]
    assert not {row["outcome"], row["group"], row["prediction"], row["score"]} & set(found["column"])
    mine = decided(tmp_path, {"a.csv": table()}).proxies("a.csv").set_index("column")
    assert mine.loc["town", "area_under_curve"] == 1 and mine.loc["town", "p_adjusted"] < 1e-9


def test_probe_learns_the_planted_difference_without_seeing_the_group(sample):
    found = sample.probe(Q1)
    assert found.features == ("income_thousand", "debt_to_income", "amount", "branch")
    assert 0.5 < found.area_under_curve < 1 and len(found.predictions) == len(sample.tables[Q1])
    assert set(found.rates.main_comparisons["group"]) == {"Marshlanders"}
    assert set(found.rates.main_comparisons["reference"]) == {"Hillfolk"}
    assert str(found).startswith("A model trained on this table")
    again = sample.probe(Q1)
    pd.testing.assert_series_equal(found.predictions, again.predictions)


def test_probe_never_sees_prediction_or_score_though_they_are_named(tmp_path):
    rows = table().assign(risk=lambda made: made["granted"] * 9, said=lambda made: made["granted"])
    named = {"prediction": "said", "score": "risk", "held_equal": "skill said risk granted community skill"}
    found = decided(tmp_path, {"a.csv": rows}, by="office", **named).probe("a.csv")
    assert found.features == ("skill", "office")
    only = decided(tmp_path, {"a.csv": rows}, **(named | {"held_equal": "said risk"})).probe("a.csv")
    assert set(only.features) == {"town", "skill", "office"}


def test_probe_takes_all_columns_where_none_is_named_but_none_that_numbers_rows(tmp_path):
    found = decided(tmp_path, {"a.csv": table()}).probe("a.csv")
    assert set(found.features) == {"town", "skill", "office"}
    assert any("number" in note for note in found.notes)


def test_probe_counts_errors_of_the_positive_label(tmp_path):
    found = decided(tmp_path, {"a.csv": table()}, positive="0", held_equal="skill").probe("a.csv")
    assert (found.rates.favourable, found.rates.positive) == ("granted 1", "granted 0")


def test_probe_of_a_table_without_enough_rows_says_why(tmp_path):
    found = decided(tmp_path, {"a.csv": table((2, 40), (1, 40))}).probe("a.csv")
    assert found.features == () and str(found).startswith("Nothing was probed.\n")
    assert "fold" in found.notes[0]


def test_tables_that_cannot_be_read_as_named_are_problems_and_the_others_are_rated(tmp_path):
    table().to_csv(tmp_path / "a.csv", index=False)
    table().to_csv(tmp_path / "b.csv", index=False)
    (tmp_path / "torn.parquet").write_bytes(b"PAR1" + b"\0" * 40)
    row = {"outcome": "granted", "favourable": "1", "group": "community", "topic": "loans"}
    wrong = [
        {"path": "gone.csv"},
        {"path": "../a.csv"},
        {"path": "torn.parquet"},
        {"path": "b.csv", "favourable": "yes"},
    ]
    named = DECISIONS.from_rows([row | {"path": "a.csv"}, row | {"path": "a.csv", "group": "town"}])
    named = pd.concat([named, DECISIONS.from_rows([row | each for each in wrong])], ignore_index=True)
    found = lk.rate_decisions(lk.open_leak(tmp_path), named)
    assert list(found.rated) == ["a.csv"] and found.comparisons["path"].tolist() == ["a.csv"]
    problems = found.problems.set_index("path")["problem"]
    assert set(problems.index) == {"a.csv", "gone.csv", "../a.csv", "torn.parquet", "b.csv"}
    assert "named again" in problems["a.csv"] and "yes" in problems["b.csv"]
    assert found.problems.dtypes.eq("string").all()


@pytest.mark.parametrize(
    "change", [{"outcome": "loan"}, {"group": "tribe"}, {"by": "tribe"}, {"score": "tribe"}]
)
def test_a_column_that_is_not_there_is_a_problem(tmp_path, change):
    found = decided(tmp_path, {"a.csv": table()}, **change)
    assert not found.rated and next(iter(change.values())) in found.problems.loc[0, "problem"]
    assert found.comparisons.empty and found.first() == ""


def test_hostile_names_are_escaped_in_frames_and_still_find_their_table(tmp_path):
    names = [
        "=HYPERLINK(1).csv",
        "<img src=x onerror=alert(1)>.csv",
        "line\nbreak\x1b[31m.csv",
        "gnp\u202e.csv",
    ]
    found = decided(tmp_path, {name: table() for name in names}, topic="<b>\x1b[2J")
    assert found.problems.empty and set(found.rated) == {printable(name) for name in names}
    shown = "".join([*found.comparisons["path"], *found.comparisons["topic"]])
    assert not set(shown) & {"\n", "\x1b", "\u202e"}
    assert found.comparisons["path"].tolist() == [printable(path, 200) for path in found.named["path"]]
    assert found.first() in found.rated
    for name in map(printable, names):
        assert found.rates(name).n == 200 and len(found.proxies(name)) and found.probe(name).features


def test_tables_whose_long_names_look_alike_are_not_taken_for_each_other(tmp_path):
    names = [f"{'x' * 110}{n}{'y' * 110}.csv" for n in (1, 2)]
    assert printable(names[0], 200) == printable(names[1], 200)
    found = decided(tmp_path, {names[0]: table(hill=(30, 70)), names[1]: table()})
    assert found.first(differs=True) == names[1] and found.first(differs=False) == names[0]


def test_hostile_paths_that_are_named_but_not_there_are_escaped_problems(tmp_path):
    (tmp_path / "a.txt").write_text("nothing", encoding="utf-8")
    row = {"outcome": "o", "favourable": "1", "group": "g"}
    named = DECISIONS.from_rows([row | {"path": path} for path in ("/etc/passwd", "\x1b]0;x\x07", "")])
    found = lk.rate_decisions(lk.open_leak(tmp_path), named)
    assert len(found.problems) == 3
    assert not set("".join(found.problems.to_numpy().ravel())) & {"\x1b", "\x07"}


def test_a_missing_topic_is_no_topic(tmp_path):
    found = decided(tmp_path, {"a.csv": table()}, topic=None)
    assert found.comparisons["topic"].tolist() == [""]
    assert found.first() == "a.csv" and found.first("loans") == ""


@pytest.mark.parametrize("path", ["", "elsewhere.csv"])
def test_no_decisions_give_empty_frames_everywhere(tmp_path, path):
    (tmp_path / "a.txt").write_text("nothing", encoding="utf-8")
    found = lk.rate_decisions(lk.open_leak(tmp_path), DECISIONS.from_rows([]))
    rated = found.rates(path)
    for frame, name in (
        (GROUP_RATES, "rates"),
        (GROUP_COMPARISONS, "comparisons"),
        (GROUP_GAPS, "gaps"),
        (FOUR_FIFTHS, "four_fifths"),
        (STRATA, "strata"),
        (STRATIFIED, "stratified"),
        (CALIBRATION, "calibration"),
    ):
        pd.testing.assert_frame_equal(getattr(rated, name), frame.from_rows([]))
    pd.testing.assert_frame_equal(rated.main_comparisons, GROUP_COMPARISONS.from_rows([]))
    pd.testing.assert_frame_equal(found.proxies(path), PROXIES.from_rows([]))
    adjusted = found.adjusted(path)
    pd.testing.assert_frame_equal(adjusted.groups, ADJUSTED.from_rows([]))
    pd.testing.assert_frame_equal(adjusted.coefficients, COEFFICIENTS.from_rows([]))
    probe = found.probe(path)
    assert str(probe) == "Nothing was probed." and probe.rates.n == 0 and probe.predictions.empty
    assert np.isnan([probe.area_under_curve, probe.low, probe.high]).all()
    assert found.comparisons.columns.tolist() == ["path", "topic", *GROUP_COMPARISONS.names]
    assert found.stratified.columns.tolist() == ["path", "topic", *STRATIFIED.names]
    assert found.comparisons.empty and found.stratified.empty and found.problems.empty and found.first() == ""


def test_a_correction_that_is_not_known_is_refused(sample, tmp_path):
    with pytest.raises(LeakkitError, match="holm"):
        _ = decided(tmp_path, {"a.csv": table()}, "bonferroni").comparisons


def test_quasi_identifiers_are_the_columns_that_describe_people(sample):
    assert sample.quasi_identifiers(sample.first("reoffending")) == [
        "community", "charge", "age", "prior_count",
    ]  # fmt: skip
    assert sample.quasi_identifiers("") == []
