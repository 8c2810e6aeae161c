"""Columns of a batch: fields of one name in one member; all values are invented."""

import pyarrow as pa

from leakkit.pii.columns_of_batch import FEWEST, columns_of


def batch(fields):
    """Fields of path and name, as records."""
    paths, names = zip(*fields, strict=True) if fields else ((), ())
    return pa.RecordBatch.from_pydict(
        {"path": pa.array(paths, pa.string()), "field": pa.array(names, pa.string())}
    )


def told(fields):
    """Names of columns, and the places of their values."""
    return [(column.name, column.places.tolist()) for column in columns_of(batch(fields))]


def test_fields_without_a_name_are_of_no_column():
    assert told([]) == []
    assert told([("a.txt", "")] * 20) == told([("a.txt", None)] * 20) == []
    assert told([("a.csv", "x"), ("a.csv", None)] * FEWEST) == [("x", list(range(0, 2 * FEWEST, 2)))]


def test_columns_of_few_values_are_left_out():
    assert told([("a.csv", "x")] * (FEWEST - 1)) == []
    assert told([("a.csv", "x")] * FEWEST) == [("x", list(range(FEWEST)))]


def test_columns_of_two_members_are_apart():
    fields = [("a.csv", "x")] * FEWEST + [("b.csv", "x")] * (FEWEST + 1) + [(None, "x")] * 3
    assert [len(places) for _, places in told(fields)] == [FEWEST, FEWEST + 1]


def test_elements_of_lists_are_one_column():
    assert told([("a.json", f"users[{n}].x") for n in range(FEWEST)]) == [("users[].x", list(range(FEWEST)))]


def test_more_columns_than_two_bytes_count_are_told_apart():
    fields = [(f"{n % 300}.csv", f"x{n // 300 % 300}") for n in range(300 * 300)] * FEWEST
    columns = columns_of(batch(fields))
    assert len(columns) == 300 * 300
    assert all(len(column.places) == FEWEST for column in columns)
    assert [fields[place] for place in columns[-1].places] == [fields[columns[-1].places[0]]] * FEWEST


def test_columns_are_those_of_the_batch_that_is_asked_for():
    one = batch([("a.csv", "x")] * FEWEST)
    other = batch([("a.csv", "y")] * FEWEST)
    assert [columns_of(each)[0].name for each in (one, other, one, one)] == ["x", "y", "x", "x"]
    assert columns_of(one) is columns_of(one)


def test_some_values_come_from_all_of_a_column():
    (column,) = columns_of(batch([("a.csv", "x")] * 100))
    assert column.sampled(10).tolist() == list(range(0, 100, 10))
    assert column.sampled(1_000).tolist() == list(range(100))
