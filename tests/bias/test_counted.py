"""Tables made ready to count: which side is favourable, which the event, and which rows are left out and why."""

import numpy as np
import pandas as pd
import pytest

from leakkit.bias.tables.counted import count_rows
from leakkit.errors import BadFrameError, BadParameterError

TABLE = pd.DataFrame(
    {
        "hired": ["yes", "no", "yes", "no", "no", "yes"],
        "said": ["yes", "yes", "no", "no", "no", "yes"],
        "town": ["M", "M", "H", "H", "H", None],
        "sex": ["f", "m", "f", "m", "f", "m"],
        "score": [0.9, 0.2, 0.8, np.nan, 0.1, 0.5],
        "people": [1, 0, 2, 3, 1, 1],
    }
)


def test_missing_groups_are_left_out_and_counted():
    counted = count_rows(TABLE, "hired", "town", favourable="yes")
    assert counted.n == 5 and counted.notes == ("1 row without a value of 'town' left out.",)
    assert counted.groupings[0].names == ("H", "M")
    assert counted.favourable.tolist() == [True, False, True, False, False]


def test_missing_groups_can_be_a_group():
    counted = count_rows(TABLE, "hired", "town", favourable="yes", missing="group")
    assert counted.groupings[0].names == ("H", "M", "not stated") and not counted.notes


def test_several_groups_are_taken_alone_and_together():
    counted = count_rows(TABLE, "hired", ["town", "sex"], favourable="yes")
    assert [g.name for g in counted.groupings] == ["town", "sex", "town & sex"]
    together = counted.groupings[2]
    assert together.names == ("H & f", "H & m", "M & f", "M & m")
    assert [together.names[c] for c in together.codes] == ["M & f", "M & m", "H & f", "H & m", "H & f"]


def test_every_reason_to_leave_rows_out_is_counted_once():
    counted = count_rows(TABLE, "hired", "town", favourable="yes", score="score", counts="people")
    assert counted.notes == (
        "1 row without a value of 'town' left out.",
        "1 row without a score left out.",
        "1 row with a count of zero left out.",
    )
    assert counted.n == 4 and len(counted.weights) == 3


def test_one_is_the_event_of_zero_and_one_and_else_the_favourable_side_is():
    numbers = TABLE.assign(hired=(TABLE["hired"] == "yes").astype(int))
    turned = count_rows(numbers, "hired", "sex", favourable=0)
    assert turned.positive.tolist() == [True, False, True, False, False, True]
    assert turned.favourable.tolist() == [False, True, False, True, True, False]
    assert count_rows(TABLE, "hired", "sex", favourable="no").positive.tolist() == [0, 1, 0, 1, 1, 0]
    named = count_rows(TABLE, "hired", "sex", favourable="no", positive="yes")
    assert named.outcome.positive_name == "yes" and named.positive.tolist() == [1, 0, 1, 0, 0, 1]


def test_a_threshold_makes_the_event_of_high_scores():
    counted = count_rows(TABLE, "hired", "sex", favourable="no", positive="yes", score="score", threshold=0.5)
    assert counted.predicted_positive.tolist() == [True, False, True, False, True]
    assert counted.predicted_favourable.tolist() == [False, True, False, True, False]


def test_predictions_may_be_written_in_another_way_than_outcomes():
    table = pd.DataFrame({"y": [0, 1, 1, 0], "p": ["1", "0", "1", "0"], "g": list("aabb")})
    counted = count_rows(table, "y", "g", favourable=True, prediction="p")
    assert counted.predicted_favourable.tolist() == [True, False, True, False]


def test_values_can_be_given_instead_of_a_column():
    counted = count_rows(TABLE, "hired", "sex", favourable="yes", prediction=TABLE["said"].to_numpy())
    assert counted.predicted_favourable.tolist() == [True, True, False, False, False, True]
    with pytest.raises(BadParameterError, match="for each of 6 rows"):
        count_rows(TABLE, "hired", "sex", favourable="yes", prediction=np.array(["yes"]))


def test_several_favourable_labels_are_one_side():
    table = pd.DataFrame({"y": ["a", "b", "c"], "g": list("xyx")})
    counted = count_rows(table, "y", "g", favourable=["a", "b"])
    assert counted.favourable.tolist() == [True, True, False]
    assert counted.outcome.favourable_name == "a or b" and counted.outcome.other_name == "c"
    with pytest.raises(BadParameterError, match="all are named"):
        count_rows(table, "y", "g", favourable=["a", "b", "c"])


def test_all_rows_of_one_outcome_are_no_error_where_the_other_is_known():
    table = pd.DataFrame({"y": [0, 0], "g": list("xy"), "p": [1, 0], "w": ["no", "no"], "v": ["yes", "no"]})
    assert not count_rows(table, "y", "g", favourable=1, prediction="p").favourable.any()
    assert count_rows(table, "w", "g", favourable="no", prediction="v").predicted_favourable.tolist() == [
        0,
        1,
    ]
    category = table.assign(w=pd.Categorical(table["w"], ["no", "yes"]))
    assert not count_rows(category, "w", "g", favourable="yes").favourable.any()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "Expected favourable.*the labels of 'hired' are 'no', 'yes'"),
        ({"favourable": None}, "Expected favourable"),
        ({"favourable": []}, "Expected favourable"),
        ({"favourable": "maybe"}, "found 'maybe'; the labels are 'no', 'yes'"),
        ({"favourable": "yes", "positive": "maybe"}, "Expected positive to be a label"),
        ({"favourable": "yes", "prediction": "town"}, "Expected predictions with the labels.*'H', 'M'"),
        ({"favourable": "yes", "threshold": 1}, "Expected a score with the threshold"),
        ({"favourable": "yes", "prediction": "said", "score": "score", "threshold": 1}, "found both"),
        ({"favourable": "yes", "score": "town"}, "Expected numbers for score"),
        ({"favourable": "yes", "weights": "score"}, "finite weights of at least 0.*row 3 first"),
        ({"favourable": "yes", "counts": "score"}, "whole counts of at least 0"),
        ({"favourable": "yes", "weights": "people", "counts": "people"}, "weights or counts"),
        ({"favourable": "yes", "missing": "x"}, "Expected missing"),
    ],
)
def test_wrong_arguments_are_told(arguments, message):
    with pytest.raises(BadParameterError, match=message):
        count_rows(TABLE, "hired", "town", **arguments)


def test_many_labels_need_a_list():
    with pytest.raises(BadParameterError, match="Expected two labels in column 'y'.*found 7.*and 2 more"):
        count_rows(pd.DataFrame({"y": range(7), "g": 0}), "y", "g", favourable=1)


def test_negative_weights_and_weights_that_are_all_zero_are_errors():
    for weight, message in ((-1, "at least 0"), (0, "none of them complete.*weight of zero")):
        with pytest.raises(BadParameterError, match=message):
            count_rows(TABLE.assign(w=weight), "hired", "sex", favourable="yes", weights="w")


def test_an_empty_table_is_an_error():
    with pytest.raises(BadParameterError):
        count_rows(TABLE.head(0), "hired", "town", favourable="yes")


def test_missing_and_double_columns_are_named():
    with pytest.raises(BadFrameError, match="Expected a column for group; found no 'x' among 'hired'"):
        count_rows(TABLE, "hired", "x", favourable="yes")
    double = pd.concat([TABLE, TABLE[["town"]]], axis=1)
    with pytest.raises(BadFrameError, match="Expected one column 'town'; found 2"):
        count_rows(double, "hired", "town", favourable="yes")
    with pytest.raises(BadFrameError, match="DataFrame"):
        count_rows([1], "hired", "town", favourable="yes")


def test_a_number_is_no_group():
    table = pd.DataFrame({"y": np.arange(3000) % 2, "g": np.arange(3000)})
    with pytest.raises(BadParameterError, match="at most 2,000 groups by 'g'; found 3,000"):
        count_rows(table, "y", "g", favourable=1)


def test_groups_that_would_be_many_combinations_are_renumbered():
    rng = np.random.default_rng(0)
    table = pd.DataFrame({c: rng.integers(0, 1500, 1500) for c in "abcdefg"}).assign(
        y=rng.integers(0, 2, 1500)
    )
    counted = count_rows(table, "y", list("abcdefg"), favourable=1)
    together = counted.groupings[-1]
    assert len(together.names) == 1500
    assert together.names[together.codes[7]] == " & ".join(str(x) for x in table.loc[7, list("abcdefg")])


def twins(group, outcome=None, **options):
    """Give the notes on near-twins of a table with these groups."""
    outcome = ["yes", "no"] * (len(group) // 2) if outcome is None else outcome
    table = pd.DataFrame({"y": outcome, "g": group})
    notes = count_rows(table, "y", "g", favourable="yes", **options).notes
    return [note for note in notes if "blanks or capitals" in note]


def test_labels_that_differ_in_blanks_or_capitals_are_named_and_kept_apart():
    (note,) = twins(["a", "a ", "A", "b", "New  York", "new york"])
    assert note == (
        "Labels of 'g' that differ only in blanks or capitals count as different: 'A', 'a', 'a '; "
        "'New  York', 'new york'. Join them first if they mean the same."
    )
    table = pd.DataFrame({"y": ["yes", "no"] * 2, "g": ["a", "a ", "A", "b"]})
    assert count_rows(table, "y", "g", favourable="yes").groupings[0].names == ("A", "a", "a ", "b")
    assert twins(["a", "b", "c", "d"]) == [] and twins([1, 2, 1, 2]) == []


def test_near_twins_are_escaped_and_not_too_many():
    (note,) = twins(["a\x1b[31m", "A\x1b[31m", "b", "c"])
    assert "\x1b" not in note and "x1b[31m" in note
    words = [f"word{i}" for i in range(9)]
    (note,) = twins([*words, *map(str.upper, words)])
    assert note.count("'word") == 5 and "and 4 more words" in note


def test_near_twins_of_the_outcome_are_told_unless_they_are_on_one_side():
    (note,) = twins(["a", "b", "a", "b"], ["yes", "Yes ", "yes", "yes"])
    assert "of 'y'" in note and "'Yes '" in note
    table = pd.DataFrame({"y": ["yes", "Yes ", "no", "no"], "g": ["a", "b", "a", "b"]})
    assert count_rows(table, "y", "g", favourable=["yes", "Yes "]).notes == ()


def test_a_prediction_equal_to_the_outcome_in_every_row_is_told():
    table = TABLE.assign(said=TABLE["hired"])
    told = "equals the outcome in every row"
    assert any(
        told in note for note in count_rows(table, "hired", "sex", favourable="yes", prediction="said").notes
    )
    other = count_rows(TABLE, "hired", "sex", favourable="yes", prediction="said").notes
    assert not any(told in note for note in other)
    turned = table.assign(said=table["said"].map({"yes": "no", "no": "yes"}))
    assert not any(
        told in note for note in count_rows(turned, "hired", "sex", favourable="yes", prediction="said").notes
    )
