"""Agreement of annotators: alpha as by hand and by the library, intervals, what is missing and why."""

from __future__ import annotations

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.incidents.agreement import AGREEMENT, measure_agreement, nominal_alphas, value_counts

COLUMNS = ["incident", "annotator", "field", "value"]


def judged(*annotators: list[str | None], field: str = "harm") -> pd.DataFrame:
    rows = [
        (f"aiid:{i}", str(who), field, value)
        for who, values in enumerate(annotators, 1)
        for i, value in enumerate(values)
        if value is not None
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def test_alpha_is_that_of_krippendorffs_own_example():
    # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: alpha nominal = 0.743
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    frame = judged(*[[None if v is None else str(v) for v in row] for row in observers])
    row = measure_agreement(frame).iloc[0]
    assert row.alpha == pytest.approx(0.743, abs=0.0005)
    assert (row.n_incidents, row.n_annotators, row.n_values) == (11, 4, 5)
    assert row.low < row.alpha < row.high


def test_full_agreement_is_one_and_opposition_is_below_zero():
    first = ["yes", "no"] * 10
    assert measure_agreement(judged(first, first))["alpha"].tolist() == [1.0]
    assert measure_agreement(judged(first, first[::-1]))["alpha"].iloc[0] < 0


def test_judgements_by_chance_give_alpha_near_zero_within_the_interval():
    generator = np.random.default_rng(1)
    frame = judged(*[generator.choice(["a", "b", "c"], 400).tolist() for _ in range(2)])
    row = measure_agreement(frame).iloc[0]
    assert abs(row.alpha) < 0.1
    assert row.low < 0 < row.high


def test_too_few_incidents_and_constant_fields_are_missing_not_zero():
    few = judged(["a", "b", "a"], ["a", "b", "b"], field="few")
    constant = judged(["a"] * 20, ["a"] * 20, field="constant")
    alone = judged(["a", "b"] * 10, field="alone")
    frame = measure_agreement(pd.concat([few, constant, alone])).set_index("field")
    AGREEMENT.validate(frame.reset_index())
    assert frame["alpha"].isna().all()
    assert frame["note"].to_dict() == {
        "alone": "fewer than 10 incidents judged by two annotators",
        "constant": "only one judgement occurs",
        "few": "fewer than 10 incidents judged by two annotators",
    }
    assert frame["n_incidents"].to_dict() == {"alone": 0, "constant": 20, "few": 3}
    assert measure_agreement(few, min_incidents=3)["alpha"].notna().all()


def test_free_text_gets_no_alpha():
    row = measure_agreement(judged([f"a{i}" for i in range(20)], [f"b{i}" for i in range(20)])).iloc[0]
    assert pd.isna(row.alpha)
    assert (row.n_values, row.note) == (40, "free text: more different judgements than incidents")


def test_interval_is_missing_where_the_draws_seldom_hold_two_judgements():
    row = measure_agreement(judged(["a"] * 19 + ["b"], ["a"] * 20)).iloc[0]
    assert row.alpha is not pd.NA and pd.isna(row.low) and pd.isna(row.high)


def test_several_terms_are_one_judgement_whatever_their_order():
    rows = [
        (str(i), who, "basis", term)
        for i in range(12)
        for who in "AB"
        for term in (["x", "y"] if i % 2 else ["z"])
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    shuffled = frame.sample(frac=1, random_state=3)
    assert measure_agreement(shuffled).equals(measure_agreement(frame))
    row = measure_agreement(frame).iloc[0]
    assert (row.alpha, row.n_values) == (1.0, 2)


def test_seed_decides_the_interval():
    generator = np.random.default_rng(4)
    frame = judged(*[generator.choice(["a", "b", "c"], 53).tolist() for _ in range(3)])
    first, same, other = (measure_agreement(frame, seed=seed) for seed in (1, 1, 2))
    assert first.equals(same)
    assert first["low"].iloc[0] != other["low"].iloc[0]
    assert first["alpha"].equals(other["alpha"])


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(*[st.sampled_from(["a", "b", "c", None])] * 3).filter(
            lambda t: sum(v is not None for v in t) > 1
        ),
        min_size=2,
        max_size=30,
    )
)
def test_alphas_of_draws_are_those_of_the_library(rows):
    counts = value_counts(pd.DataFrame(rows))
    weights = np.ones((1, len(counts)), dtype=np.int64)
    found = nominal_alphas(counts, weights)[0]
    if counts.shape[1] < 2:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"min_incidents": 1},
        {"resamples": 5},
        {"level": 1.0},
        {"seed": -1},
        {"seed": None},
        {"min_incidents": True},
    ],
)
def test_parameters_out_of_range_are_refused(wrong):
    with pytest.raises(BadParameterError):
        measure_agreement(judged(["a"], ["b"]), **wrong)


def test_frame_without_a_column_is_refused():
    with pytest.raises(BadFrameError, match="annotator"):
        measure_agreement(pd.DataFrame({"incident": [], "field": [], "value": []}))


def test_nothing_judged_gives_an_empty_frame():
    assert measure_agreement(judged()).empty
