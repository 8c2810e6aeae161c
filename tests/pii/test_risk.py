import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.pii.risk.classes import combine, encode
from leakkit.pii.risk.measure import reidentification_risk
from leakkit.pii.risk.population import estimates, fit_pitman, individual_risk, size_counts

ORACLE = json.loads((Path(__file__).parent / "pycanon_oracle.json").read_text())
QUASI = ["year", "area", "sex"]


def brute(frame, quasi, sensitive):
    """Measure k, unique rows, l, entropy l, c and t of one sensitive column, class by class in plain Python."""
    classes = {}
    for *key, value in frame[[*quasi, sensitive]].astype(object).itertuples(index=False):
        key = tuple("missing" if pd.isna(v) else v for v in key)
        classes.setdefault(key, []).append("missing" if pd.isna(value) else value)
    number = pd.api.types.is_numeric_dtype(frame[sensitive])
    every = [v for values in classes.values() for v in values]
    order = sorted(set(every), key=lambda v: (v != "missing", v if number else str(v)))
    entropies, distances, ratios = [], [], []
    least = min(len(set(values)) for values in classes.values())
    for values in classes.values():
        share = [values.count(v) / len(values) for v in order]
        gap = [a - every.count(v) / len(every) for a, v in zip(share, order, strict=True)]
        entropies.append(-sum(p * math.log(p) for p in share if p))
        if number:
            area = sum(abs(sum(gap[: n + 1])) for n in range(len(gap)))
            distances.append(area / (len(order) - 1) if len(order) > 1 else 0.0)
        else:
            distances.append(sum(map(abs, gap)) / 2)
        counts = sorted((values.count(v) for v in set(values)), reverse=True)
        ratios.append(counts[0] / sum(counts[least - 1 :]))
    sizes = [len(values) for values in classes.values()]
    c = max(ratios) if least > 1 else math.nan
    return min(sizes), sizes.count(1), least, math.exp(min(entropies)), c, max(distances)


@pytest.mark.parametrize("number", range(len(ORACLE)))
def test_k_l_and_t_are_pycanons(number):
    case = ORACLE[number]
    frame = pd.DataFrame(case["table"])
    risk = reidentification_risk(frame, QUASI, list(case["sensitive"]))
    assert risk.k == case["k"]
    for found in risk.measured:
        expected = case["sensitive"][found.column]
        assert found.l_distinct == expected["l"]
        near = {int(found.l_entropy - 1e-9), int(found.l_entropy + 1e-9)}  # pycanon cuts 7.999... to 7
        assert expected["entropy_l"] in near
        assert found.t == pytest.approx(expected["t"], abs=1e-12)


VALUES = st.sampled_from(["a", "b", "c", None])
NUMBERS = st.sampled_from([0, 1, 5, 7, 100])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(VALUES, NUMBERS, VALUES, NUMBERS), min_size=1, max_size=40))
def test_every_measure_equals_one_by_one_counting(rows):
    frame = pd.DataFrame(rows, columns=["q1", "q2", "text", "number"])
    risk = reidentification_risk(frame, ["q1", "q2"], ["text", "number"])
    for found in risk.measured:
        k, unique, least, entropy, c, t = brute(frame, ["q1", "q2"], found.column)
        assert (risk.k, risk.unique_rows, found.l_distinct) == (k, unique, least)
        assert found.l_entropy == pytest.approx(entropy) and found.t == pytest.approx(t, abs=1e-12)
        assert found.recursive_c == pytest.approx(c, nan_ok=True)


@pytest.mark.parametrize(
    "dtype", ["Int64", "float64", "Float64", "category", "str", object, "string[pyarrow]", "M8[s]"]
)
def test_columns_of_every_kind_give_the_same_classes(dtype):
    numbers = pd.Series([3, 1, 3, 2, 1, 3] * 5)
    made = (
        numbers.astype("str").astype(dtype) if dtype in ("category", "str", object) else numbers.astype(dtype)
    )
    if dtype == "string[pyarrow]":
        made = numbers.astype("str").astype(dtype)
    frame = pd.DataFrame({"q": made, "s": np.arange(30) % 7})
    risk = reidentification_risk(frame, ["q"], "s")
    assert sorted(risk.sizes) == [5, 10, 15]


def test_floats_and_dates_are_ordered_by_value_and_missing_is_lowest():
    table = pd.DataFrame({"q": list("aabb"), "s": [0.5, math.nan, -1.0, 2.5]})
    table["d"] = pd.to_datetime(["2001-01-01", None, "2000-01-01", "2002-01-01"])
    table["n"] = pd.array([2, None, 1, 3], "Int64")
    t = reidentification_risk(table, ["q"], ["s", "d", "n"]).diversity["t"]
    assert t.tolist() == pytest.approx([brute(table, ["q"], "s")[5]] * 3)


def test_missing_values_are_a_value_of_their_own():
    frame = pd.DataFrame({"a": ["x", None, None, "y"], "b": [1, 2, 2, 1]})
    risk = reidentification_risk(frame, ["a", "b"])
    assert risk.n_classes == 3 and risk.unique_rows == 2


def test_many_columns_of_many_values_do_not_overflow():
    random = np.random.default_rng(1)
    frame = pd.DataFrame({f"c{n}": random.integers(-(2**62), 2**62, 500) for n in range(8)})
    frame = pd.concat([frame, frame.iloc[:100]], ignore_index=True)
    frame["s"] = np.arange(600)
    risk = reidentification_risk(frame, [f"c{n}" for n in range(8)], "s")
    assert (risk.n_classes, risk.unique_rows, risk.k) == (500, 400, 1)
    key, _ = combine([encode("c", frame["c0"])] * 9, 600)
    assert key.min() >= 0


def test_small_classes_are_told_with_their_denominator():
    frame = pd.DataFrame({"q": ["a"] * 1 + ["b"] * 4 + ["c"] * 10 + ["d"] * 85})
    small = reidentification_risk(frame, ["q"]).small_classes
    assert small[["below", "rows", "of"]].values.tolist() == [[2, 1, 100], [5, 5, 100], [11, 15, 100]]
    assert small["share"].tolist() == [0.01, 0.05, 0.15]


def test_the_attackers_risks_are_those_of_a_hand_worked_table():
    frame = pd.DataFrame({"q": list("aabbbc")})  # classes of 2, 3 and 1
    found = reidentification_risk(frame, ["q"]).attackers.set_index(["attacker", "measure"])["value"]
    assert found["prosecutor", "highest risk of a row"] == 1.0
    assert found["prosecutor", "mean risk of a row"] == 0.5
    everybody = pd.DataFrame({"q": list("aaaabbbccz")})  # a 4, b 3, c 2
    risk = reidentification_risk(frame, ["q"], population=everybody)
    found = risk.attackers.set_index(["attacker", "measure"])["value"]
    assert found["journalist", "highest risk of a row"] == 0.5
    assert found["marketer", "mean risk of a row"] == pytest.approx((2 / 4 + 3 / 3 + 1 / 2) / 6)
    assert risk.population[["population_uniques", "of"]].values.tolist() == [[0.0, 1]]


def test_leaving_out_the_column_that_tells_most_comes_first():
    frame = pd.DataFrame({"id": range(40), "sex": ["f", "m"] * 20, "one": [1] * 40})
    risk = reidentification_risk(frame, ["sex", "one", "id"])
    assert risk.drivers["left_out"][0] == "id" and risk.drivers["unique_share_less"].tolist() == [
        1.0,
        0.0,
        0.0,
    ]
    assert risk.drivers["n_values"].tolist() == [40, 1, 2]
    assert risk.fewest_columns[["step", "added", "unique_share"]].values.tolist() == [[1, "id", 1.0]]


def test_coarser_dates_and_post_codes_are_tried():
    days = pd.date_range("1980-01-01", periods=300, freq="31D")
    frame = pd.DataFrame(
        {"born": days.strftime("%Y-%m-%d"), "postcode": [f"KR{n % 90 + 10} {n % 9}QX" for n in range(300)]}
    )
    frame["when"] = days
    tried = reidentification_risk(frame, ["born", "postcode"]).suggestions
    assert {"as it is", "date to year", "post code to three signs"} <= set(tried["change"])
    shares = tried.set_index("change")["unique_share"]
    assert shares["as it is"] == 1.0 > shares["the coarsest of each above"]
    assert "date to decade" in set(reidentification_risk(frame, ["when"]).suggestions["change"])


def _population(alpha, people, seed):
    """Make a population by Pitman's urn: the class of each person."""
    random, theta = np.random.default_rng(seed), 3000.0
    sizes, owners = [1], [0]
    for total in range(1, people):
        if random.random() < (theta + alpha * len(sizes)) / (theta + total):
            chosen = len(sizes)
            sizes.append(0)
        else:
            chosen = owners[int(random.integers(total))]
            while random.random() > (sizes[chosen] - alpha) / sizes[chosen]:
                chosen = owners[int(random.integers(total))]
        owners.append(chosen)
        sizes[chosen] += 1
    return np.array(owners)


@pytest.mark.parametrize("alpha", [0.1, 0.4])
def test_the_pitman_estimate_is_near_the_truth_where_its_model_holds(alpha):
    owners = _population(alpha, 30_000, 5)
    sample = np.random.default_rng(6).permutation(owners)[:3_000]
    sizes = np.bincount(sample)
    everywhere = np.bincount(owners)
    truth = (everywhere[np.flatnonzero(sizes == 1)] == 1).mean()
    pitman = estimates(sizes[sizes > 0], 0.1)[1]
    assert abs(pitman.unique_given_unique - truth) < 0.05
    assert pitman.lower <= truth <= pitman.upper


def test_the_sample_that_is_everybody_needs_no_estimate_and_half_gives_intervals():
    frame = pd.DataFrame({"q": np.random.default_rng(1).integers(0, 800, 1_000)})
    assert reidentification_risk(frame, ["q"], sample_fraction=1.0).population.empty
    found = reidentification_risk(frame, ["q"], population=2_000).population
    assert found["method"].tolist() == ["zayatz", "pitman"]
    assert (
        (found["lower"] <= found["unique_given_unique"]) & (found["unique_given_unique"] <= found["upper"])
    ).all()
    again = reidentification_risk(frame, ["q"], sample_fraction=0.5).population
    pd.testing.assert_frame_equal(found, again)


def test_zayatz_is_as_worked_by_hand():
    sizes = np.array([1, 1, 2])  # f1 = 2, f2 = 1; 2 * .5 / (2 * .5 + 1 * 2 * .5 * .5)
    assert estimates(sizes, 0.5)[0].unique_given_unique == pytest.approx(1 / 1.5)


def test_a_sample_of_uniques_only_cannot_be_fitted():
    assert fit_pitman(*size_counts(np.ones(10, int))) is None
    assert math.isnan(estimates(np.ones(10, int), 0.1)[1].unique_given_unique)


def test_weights_give_the_negative_binomial_risk():
    assert individual_risk(np.array([1.0]), np.array([10.0]))[0] == pytest.approx(0.1 / 0.9 * math.log(10))
    # the mean of 1 / F over a negative binomial F given f = 2, summed term by term
    p = 0.2
    terms = [(n - 1) * p**2 * (1 - p) ** (n - 2) / n for n in range(2, 2_000)]
    assert individual_risk(np.array([2.0]), np.array([10.0]))[0] == pytest.approx(sum(terms), abs=1e-9)
    frame = pd.DataFrame({"q": list("aab"), "w": [5.0, 5.0, 10.0]})
    found = reidentification_risk(frame, ["q"], "q2" if "q2" in frame else None, weights="w").attackers
    assert found["value"].iloc[-2] == pytest.approx(0.1 / 0.9 * math.log(10))


def test_no_rows_and_one_row_have_answers():
    empty = reidentification_risk(pd.DataFrame({"q": [], "s": []}), ["q"], "s")
    assert empty.k == 0 and math.isnan(empty.uniqueness) and str(empty) == "The table has no rows."
    assert len(empty.attackers) and empty.small_classes["rows"].tolist() == [0, 0, 0]
    assert not len(empty.drivers.dropna()) and len(empty.suggestions) == 1
    one = reidentification_risk(pd.DataFrame({"q": ["a"], "s": [1]}), ["q"], "s")
    assert (one.k, one.unique_rows, one.measured[0].t) == (1, 1, 0.0)


def test_wrong_parameters_are_refused_by_name():
    frame = pd.DataFrame({"q": [1, 2], "s": [1, 2]})
    with pytest.raises(BadFrameError, match="nope"):
        reidentification_risk(frame, ["nope"])
    with pytest.raises(BadParameterError, match="both"):
        reidentification_risk(frame, ["q"], "q")
    for wrong in ({"sample_fraction": 0.0}, {"sample_fraction": 2.0}, {"population": 1}, {"weights": [1.0]}):
        with pytest.raises(BadParameterError):
            reidentification_risk(frame, ["q"], **wrong)
    with pytest.raises(BadParameterError, match="quasi"):
        reidentification_risk(frame, [])


def test_no_value_of_the_table_is_in_the_words():
    frame = pd.DataFrame({"name": ["canary-one", "canary-two"], "ill": ["canary-three"] * 2})
    risk = reidentification_risk(frame, ["name"], "ill")
    shown = (
        str(risk) + repr(risk) + risk.drivers.to_csv() + risk.suggestions.to_csv() + risk.diversity.to_csv()
    )
    assert "canary" not in shown


@pytest.mark.parametrize("kind", ["integers", "mixed", "objects"])
def test_a_million_rows_of_six_columns_take_less_than_four_tenths_of_a_second(kind):
    from benchmarks.risk import seconds

    assert seconds(kind, repeats=2) < 0.4
