"""Groups of shapes lose no match that weighing keeps, whatever stands around it, and stay linear on hostile text."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakkit.pii.detector import builtin_detectors, find_alone
from leakkit.pii.matching.buffers import join_bytes
from leakkit.pii.matching.groups import FEWEST_DIGITS, GATED, Group, choose, fewest_digits, fits, opens_wide
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
        held = units.digits >= FEWEST_DIGITS if name in GATED else np.ones(units.count, bool)
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


def test_groups_of_numbers_hold_no_detector_that_matches_without_digits():
    assert set(GROUPS) == {"numbers", "places", "tokens", "words"}
    for name in GATED:
        assert min(fewest_digits(DETECTORS[i].pattern) for i in GROUPS[name].which) >= FEWEST_DIGITS


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
