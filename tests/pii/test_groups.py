"""Groups of shapes lose no match that weighing keeps, whatever stands around it, and stay linear on hostile text."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakkit.pii.detector import builtin_detectors, find_alone
from leakkit.pii.matching.buffers import join_bytes
from leakkit.pii.matching.gates import (
    FREE,
    GATE_DIGITS,
    GATED,
    LEAST_RUN,
    RUNS,
    choose,
    fewest_digits,
    fits,
    gates_of,
    longest_run,
    opens_wide,
)
from leakkit.pii.matching.groups import Group
from leakkit.pii.matching.signs import signs_of
from leakkit.pii.matching.units import UNIT, Units
from leakkit.pii.setup import make_setup
from leakkit.pii.weighing.weigh import weigh

pytest.importorskip("hyperscan")
DETECTORS = builtin_detectors()
SIGNS, _ = signs_of(DETECTORS, True)
SETUP = make_setup(list(DETECTORS), names=None)
GROUPS = {
    name: Group(which, [DETECTORS[i] for i in which], True)
    for name, which in choose(DETECTORS, SIGNS.shapes).items()
}
EXAMPLES = [text for i in SIGNS.shapes for text in DETECTORS[i].match]
GLUE = st.sampled_from(
    [" ", "\n", ",", ".", "-", "/", ":", "+", "=", "2025-03-12 10:11:07,123 ", "x", "7", "é", "\x1e"]
)


def found(texts: list[str]) -> set[tuple[int, int]]:
    """Give (detector, row) of all pairs."""
    units = Units(join_bytes([text.encode() for text in texts]))
    pairs = set()
    for name, group in GROUPS.items():
        held = units.digits >= GATE_DIGITS if name in GATED else np.ones(units.count, bool)
        if name == RUNS:
            held = np.isin(np.arange(units.count), units.with_runs(LEAST_RUN))
        for one in group.pairs(units.rows.raw, units, units.stretches(held, 2)).tolist():
            pairs.add((one // units.count, int(units.row[one % units.count])))
    return pairs


def kept(texts: list[str]) -> set[tuple[int, int]]:
    """Give (detector, row) of what each detector finds alone and weighing does not drop."""
    pairs = set()
    for index in SIGNS.shapes:
        for row, text in enumerate(texts):
            for start, end in find_alone(DETECTORS[index], text):
                if weigh(SETUP.rules[index], text, start, end) is not None:
                    pairs.add((index, row))
    return pairs


@settings(max_examples=30)
@given(st.lists(st.lists(st.tuples(GLUE, st.sampled_from(EXAMPLES), GLUE), max_size=3), max_size=4))
def test_no_pair_that_weighing_keeps_is_lost_between_any_neighbours(rows: list[list[tuple[str, str, str]]]):
    texts = ["".join(a + b + c for a, b, c in row) for row in rows]
    assert kept(texts) <= found(texts)


def test_matches_at_the_borders_of_units_of_a_long_row_are_found():
    value = next(text for i in SIGNS.shapes if DETECTORS[i].id == "us_ssn" for text in DETECTORS[i].match)
    index = next(i for i in SIGNS.shapes if DETECTORS[i].id == "us_ssn")
    for lead in range(UNIT - len(value) - 2, UNIT + 3):
        text = "w" * (lead - 1) + " " + value + " " + "w" * UNIT
        assert ((index, 0) in found([text])) == bool(list(find_alone(DETECTORS[index], text)))


def test_every_match_of_an_example_holds_the_sign_by_which_its_detector_is_searched():
    assert set(GROUPS) == {*GATED, RUNS, FREE}
    for index in SIGNS.shapes:
        pattern = DETECTORS[index].pattern
        signs = gates_of(pattern)
        for text in DETECTORS[index].match:
            for start, end in find_alone(DETECTORS[index], text):
                units = Units(join_bytes([b"", text[:end].encode()]))
                digits, runs = units.digits[1] >= GATE_DIGITS, len(units.with_runs(LEAST_RUN))
                assert start < end
                assert not signs or ("digits" in signs and digits) or ("run" in signs and runs), (
                    pattern,
                    text,
                )


@pytest.mark.parametrize(
    ("pattern", "run"),
    [
        (r"[a-z]{9}\d{3,9}-\d{20}x?", 20),
        (r"(?:ab|cde)[A-Z]{4}", 6),
        (r"(?:[a-z]{5}|[0-9]{4}_)\d?", 4),
        (r"(?:ab?){3}\b\d\d", 5),
        (r"[\w]{30}", 0),
        ("(?:abc)?-x", 1),
        ("[[:alpha:]]{20}", 0),
    ],
)
def test_runs_that_a_match_cannot_do_without_are_counted(pattern: str, run: int):
    assert longest_run(pattern) == run


def test_an_option_without_digits_or_run_leaves_a_detector_among_those_searched_everywhere():
    assert gates_of(r"[a-z]{20}|\d{4}|x-y") == frozenset()
    assert gates_of(r"\d{4}[^x]{600}") == frozenset()


@settings(max_examples=60)
@given(st.integers(0, 9), st.integers(LEAST_RUN, 40), st.integers(0, 2))
def test_units_with_runs_are_told_wherever_the_run_begins(lead: int, size: int, tail: int):
    row = b"-" * lead + b"a7" * 20
    units = Units(join_bytes([b"no runs of it", row[: lead + size] + b"." * tail, b"short"]))
    assert units.with_runs(LEAST_RUN).tolist() == [1]


@pytest.mark.parametrize("others", [2, 4_000])
def test_signs_that_stand_behind_digits_are_no_part_of_a_run(others: int):
    held = [b"a7" * 20, b"a:7=" * 10, b"_@[]^" * 8, "äöü".encode() * 10]
    more = ([b"short: 12 " * 9, b"0f" * 20] * others)[:others]
    units = Units(join_bytes([*held, *more, b"- " * 20_000]))
    assert units.with_runs(LEAST_RUN).tolist() == [0, *range(5, 4 + others, 2)]


@settings(max_examples=60)
@given(st.lists(st.integers(0, 3 * UNIT), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_some_units_as_a_buffer_of_their_own_hold_the_same_bytes(sizes: list[int], rng: random.Random):
    units = Units(join_bytes([rng.randbytes(size).replace(b"\x1e", b" ") for size in sizes]))
    held = np.array([rng.random() < 0.5 for _ in range(units.count)])
    held[0] = True
    some, where = units.only(held)
    assert where.tolist() == np.flatnonzero(held).tolist() and some.count == len(where)
    begins, ends = units.around(where.tolist(), 0)
    assert [units.rows.raw[b:e] for b, e in zip(begins, ends, strict=True)] == [
        some.rows.raw[b:e] for b, e in zip(*some.around(list(range(some.count)), 0), strict=True)
    ]


@pytest.mark.parametrize(
    ("pattern", "count"),
    [(r"\d{3}-\d{2}", 5), (r"(?:\d|x)[0-9]{2,4}", 2), (r"[a-z0-9]{9}", 0), (r"[[:digit:]]", 0), ("7a?8", 2)],
)
def test_digits_that_a_match_cannot_do_without_are_counted(pattern: str, count: int):
    assert fewest_digits(pattern) == count


def test_patterns_that_may_begin_at_every_word_are_told():
    assert (
        opens_wide(r"[A-Za-z0-9]{1,40}@x")
        and not opens_wide(r"user [a-z]{1,40}")
        and not opens_wide(r"\bab{9}")
    )


def test_a_set_that_runs_out_of_memory_names_all_its_members(monkeypatch: pytest.MonkeyPatch):
    group = GROUPS["numbers"]
    text = next(t for i in group.which.tolist() for t in DETECTORS[i].match)
    units = Units(join_bytes([text.encode()]))
    monkeypatch.setitem(group.__dict__, "_each", lambda data: None)
    assert group.pairs(units.rows.raw, units, [(0, len(units.rows.raw))]).tolist() == sorted(
        group.which.tolist()
    )


def test_large_patterns_are_in_no_group():
    assert all(fits(DETECTORS[i]) for i in SIGNS.shapes)
    assert not fits(next(d for d in DETECTORS if d.id == "person_mail_reversed"))


def test_text_of_numbers_alone_is_searched_like_any_other():
    rng = random.Random(3)
    line = " ".join(str(rng.randrange(10 ** rng.randrange(1, 14))) for _ in range(60))
    texts = [line[i:] + "." + line for i in range(12)]
    assert kept(texts) <= found(texts)
