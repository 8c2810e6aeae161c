"""Spans inside values: their places, what they say, and that findings are those of the usual search."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest

from leakkit.leak.records.stream import schema
from leakkit.pii import by_chance
from leakkit.pii.find import find_coded
from leakkit.pii.findings import plain
from leakkit.pii.setup import Setup, make_setup
from leakkit.pii.whole.find import find_whole
from leakkit.pii.whole.parts import parts_of, without_digits


def _rule(setup: Setup, detector: str) -> tuple[str, object]:
    """Give the pattern and the rule of a detector."""
    index = [one.id for one in setup.detectors].index(detector)
    return setup.detectors[index].pattern, setup.rules[index]


def _batch(field: str, values: list[str]) -> pa.RecordBatch:
    """Pack values of one field."""
    count = len(values)
    arrays = [
        pa.array(["t.csv"] * count, pa.string()), pa.array(range(count), pa.int64()),
        pa.array([field] * count, pa.string()), pa.array(values, pa.large_string()),
    ]  # fmt: skip
    return pa.RecordBatch.from_arrays(arrays, schema=schema())


def _numbers(seed: int, count: int) -> list[str]:
    """Give invented numbers of three groups, and some that are otherwise."""
    rng = random.Random(seed)
    forms = ("{:03} {:03} {:04}", "{:03}-{:03}-{:04}", "+{:02} {:03} {:07}", "{:03}.{:03}, -{:04}.5")
    return [
        rng.choice(forms[:1] * 6 + forms).format(*(rng.randrange(10**n) for n in (2, 3, 4)))
        if rng.random() < 0.97
        else rng.choice(("", "tel 123 456 7890", "192.0.2.7 and 198.51.100.9", "n/a", "07700 900123 x7"))
        for _ in range(count)
    ]


def test_a_skeleton_keeps_all_but_digits() -> None:
    codes, names = without_digits(
        pa.array(["Größe 7", "Größe 9", "größe 7", "٧"], pa.large_string()).slice(1)
    )
    assert codes.tolist() == [0, 1, 2]
    assert names == ["Größe 0", "größe 0", "٧"]


def test_values_with_the_same_spans_at_the_same_places_get_the_same_number() -> None:
    pattern, rule = _rule(make_setup(names=None), "coordinates_one")
    values = ["12.5555, 1.4444", "99.1234, 7.4321", "x", "12.5555,  1.4444", "1"]
    found = parts_of(pa.array(values, pa.large_string()), np.array([3, 5, 6, 8, 9]), pattern, rule)
    assert found.places.tolist() == [3, 5, 8]
    assert found.codes[0] == found.codes[1] != found.codes[2]
    assert len(found.meanings) == 2


def test_spans_that_say_nothing_by_themselves_do_not_count() -> None:
    pattern, rule = _rule(make_setup(names=None), "uk_nhs")
    checked = ["943 476 5919 0", "943 476 5918 0"]  # the first number has the right check digit
    found = parts_of(pa.array(checked, pa.large_string()), np.arange(2), pattern, rule)
    assert found.places.tolist() == [0]


def test_findings_in_columns_of_parted_numbers_are_those_of_each_value_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(by_chance, "FEWEST_ALIKE", 10**9)  # the others of a column do say something there
    for field in ("nhs number", "lat,lon", "phone", "zip", "tax id"):
        setup, alone = make_setup(names=None), make_setup(names=None)
        for seed in range(3):
            values = _numbers(seed, 900)
            together = plain(find_coded(_batch(field, values), setup)).drop(["value_key", "row"]).to_pylist()
            parts = [_batch(field, values[i : i + 100]) for i in range(0, 900, 100)]
            single = [plain(find_coded(part, alone)).drop(["value_key", "row"]) for part in parts]
            assert together == pa.concat_tables(single).to_pylist()


def test_most_numbers_with_spans_inside_them_need_no_usual_search() -> None:
    setup = make_setup(names=None)
    left = 0
    for seed in range(3):
        left = len(find_whole(_batch("nhs number", _numbers(seed, 900)), setup)[1])
    assert left < 450
