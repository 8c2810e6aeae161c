"""Openings stand in every match of a detector, whatever it begins with; Hyperscan reports them once."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from leakkit.pii.detector import builtin_detectors, find_alone, selected
from leakkit.pii.matching.databases import compiled
from leakkit.pii.matching.literals import PATTERN, Literals
from leakkit.pii.matching.openings import opening
from leakkit.pii.matching.signs import signs_of

hyperscan = pytest.importorskip("hyperscan")
DETECTORS = builtin_detectors()


@cache
def database(pattern: str) -> Any:
    """Compile a pattern."""
    return compiled([pattern.encode("latin-1")], [0], literal=False)


def ends(pattern: str, text: str) -> list[int]:
    """Give where Hyperscan reports a pattern."""
    found: list[int] = []
    database(pattern).scan(text.encode(), match_event_handler=lambda which, start, end, *_: found.append(end))
    return found


def test_every_match_of_an_example_holds_the_opening_of_its_detector():
    tried = 0
    for detector in DETECTORS:
        if (found := opening(detector.pattern)) is None:
            continue
        try:
            database(found)
        except hyperscan.error:
            continue  # its literals are looked for
        for text in detector.match:
            if list(find_alone(detector, text)):
                tried += 1
                assert ends(found, text), (detector.id, text)
    assert tried > 1_000


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?i)straße \d{1,9}", "STRAßE 1"),
        (r"(?:a|(?i:k))[\s\-]{0,2}[^\s\d]x", "K -zx"),
        (r"(?:[a-z ]{2,9},)?x(?:ab){2,40}y", "xababy"),
        (r"é[^é]{2,30}é", "é日本é"),
        (r"(?:one|two words?)(?: is)*: \p{Lu}", "two words: É"),
        (r"a(?:b(?:c{5,9})?d)?e", "abde"),
        (r"\b\w{0,20}(?:open|log_?in)\(", "my_login("),
        (r"(?:\b[a-z]{0,9}|=)(?:x{0,5}yz){2}", "aaayzyz"),
    ],
)
def test_syntax_of_every_kind_is_written_or_cut(pattern: str, text: str):
    found = opening(pattern)
    assert found and ends(found, text)


def test_a_match_is_reported_once_however_long_it_is():
    for pattern in (r"x-[a-z]{3,90}", r"x-(?:ab?){3,90}", r"x-[a-z]{3,90}\w"):
        found = opening(pattern)
        assert found and len(ends(found, "x-" + "ab" * 40)) <= 2


def test_a_part_behind_what_may_be_left_out_is_an_opening():
    found = opening(r"\b\w{0,20}(?:open|log_?in)\(")
    assert found and not ends(found, "log in, opened, logins") and ends(found, "x.log_in(")


def test_patterns_that_cannot_be_read_have_no_opening():
    assert opening(r"[[:alpha:]]{3}") is None and opening(r"[^\PL]x") is None


def test_every_detector_of_a_scan_that_needs_no_context_has_a_sign():
    signs, needy = signs_of(selected(), True)
    assert set(signs.anywhere) <= needy


def test_detectors_of_frequent_literals_are_found_by_openings_among_other_literals():
    signs, _ = signs_of(DETECTORS, True)
    opened = {index for _, kind, index in signs.literals if kind == PATTERN}
    assert {"person_reversed_line", "phone_said", "username_joined", "person_of_party"} <= {
        DETECTORS[i].id for i in opened
    }
    literals = Literals(signs.literals)
    for index in opened:
        for text in DETECTORS[index].match:
            if list(find_alone(DETECTORS[index], text)):
                assert literals.of(index)[literals.scan(text.encode())[0]].any()
    ids, _ = literals.scan(b"a, b, c and numbers of names from a list, * more: the author's inbox")
    assert not any(literals.of(index)[ids].any() for index in opened)
