"""Labels of a column: found however they are written, told apart where the column does, escaped when shown."""

import datetime

import numpy as np
import pandas as pd
import pytest

from leakkit.bias.tables.labels import encode_labels, find_label, is_binary_number, match_label
from leakkit.errors import BadParameterError


@pytest.mark.parametrize("wanted", [1, 1.0, True, "1", " 1 ", "true", np.int64(1), np.bool_(True)])
@pytest.mark.parametrize("column", [[0, 1], [False, True], ["0", "1"], [0.0, 1.0], ["False", "True"]])
def test_one_is_found_however_it_is_written(wanted, column):
    assert match_label(wanted, column) == 1


def test_a_number_and_the_same_as_text_are_told_apart_where_the_column_has_both():
    coded = encode_labels("x", pd.Series([1, "1", 1, None], dtype=object))
    assert len(coded.values) == 2 and len(set(coded.names)) == 2
    assert match_label(1, coded.values) != match_label("1", coded.values)
    assert coded.codes[0] == coded.codes[2] != coded.codes[1] and coded.codes[3] == -1


def test_a_loose_match_with_two_labels_is_none():
    assert match_label(1, ["1", " 1"]) is None
    assert match_label("1", ["1", " 1"]) == 0


@pytest.mark.parametrize(
    "dtype",
    ["object", "str", "category", "string[python]", "string[pyarrow]"],
)
def test_every_dtype_of_text_has_the_same_codes(dtype):
    coded = encode_labels("x", pd.Series(["b", "a", None, "b"], dtype=dtype))
    assert coded.codes.tolist() == [1, 0, -1, 1] and coded.names == ("a", "b")


@pytest.mark.parametrize(
    "dtype", ["Int64", "Float64", "float64", "int64[pyarrow]", "double[pyarrow]", "object"]
)
def test_every_dtype_of_numbers_has_the_same_codes(dtype):
    coded = encode_labels("x", pd.Series([10, 9, None, 10], dtype=dtype))
    assert coded.codes.tolist() == [1, 0, -1, 1] and coded.names == ("9", "10")


def test_arrow_dictionaries_and_dates_are_labels_too():
    arrow = pd.Series(["b", "a", "b"], dtype="category").astype("category")
    assert encode_labels("x", arrow).codes.tolist() == [1, 0, 1]
    day = pd.Series([datetime.date(2020, 1, 2), datetime.date(2019, 1, 2)])
    assert encode_labels("x", day).names == ("2019-01-02", "2020-01-02")


def test_categories_that_no_row_has_are_left_out():
    coded = encode_labels("x", pd.Series(["a", "c"], dtype=pd.CategoricalDtype(["c", "b", "a"])))
    assert coded.names == ("a", "c") and coded.codes.tolist() == [0, 1]


def test_lists_are_no_labels():
    with pytest.raises(BadParameterError, match="cannot be compared"):
        encode_labels("x", pd.Series([[1], [2]]))


def test_an_unknown_label_is_answered_with_at_most_five_escaped_ones():
    coded = encode_labels("x\x1b", pd.Series([f"l{i}\x1b[31m" for i in range(9)]))
    with pytest.raises(BadParameterError) as error:
        find_label("nothing", coded, "favourable")
    assert "\x1b" not in str(error.value) and "and 4 more" in str(error.value)


def test_yes_and_no_are_no_numbers():
    assert not is_binary_number(["yes", "no"])
    assert is_binary_number([False]) and is_binary_number(["0", "1"])


def test_blanks_alone_are_named_and_an_empty_text_is_another_label():
    coded = encode_labels("x", pd.Series([" ", "", "\t\u00a0", "a"]))
    assert sorted(coded.names) == ["(blank)", "(blank) (2)", "(empty)", "a"]


def test_codes_of_labels_that_print_alike_do_not_hang_on_the_order_of_rows():
    values = [" ", "  ", "a" * 40 + "x" + "a" * 40, "a" * 40 + "y" + "a" * 40]
    forth, back = (encode_labels("x", pd.Series(order)) for order in (values, values[::-1]))
    assert forth.values == back.values and forth.names == back.names
