"""Detector rows of identifiers: every example is found by its own row, every counterexample is not."""

import pytest
import re2

from leakkit.pii.detector import builtin_detectors, entities, find_alone
from leakkit.pii.validators import get
from leakkit.pii.weighing.context import Words
from leakkit.pii.weighing.neighbours import allowed

ROWS = [d for d in builtin_detectors() if entities()[d.entity].family != "credential"]


def found(detector, text):
    """Spans of one row alone: neighbours, exclusions, validator and context, without scores."""
    words = Words(detector.context)
    for start, end in find_alone(detector, text):
        value = text[start:end]
        if not allowed(detector.neighbours, text, start, end):
            continue
        if any(re2.fullmatch(pattern, value) for pattern in detector.exclude):
            continue
        wrong = detector.validator and get(detector.validator)(value) is False
        if wrong and detector.validator_required:
            continue
        if detector.needs == "nothing" or words.near(text, start, end):
            yield value


@pytest.mark.parametrize("detector", ROWS, ids=lambda d: d.id)
def test_examples_match_and_counterexamples_do_not(detector):
    for text in detector.match:
        assert list(found(detector, text)), f"{detector.id} misses its example"
    for text in detector.no_match:
        assert not list(found(detector, text)), f"{detector.id} finds its counterexample"


@pytest.mark.parametrize("detector", ROWS, ids=lambda d: d.id)
def test_no_pattern_matches_nothing_or_crosses_the_separator(detector):
    compiled = re2.compile(detector.pattern)
    assert compiled.search("") is None
    assert not any("\x1e" in found.group() for found in compiled.finditer("1\x1e2 a\x1eb +\x1e@\x1e." * 9))


def test_a_literal_that_starts_a_search_stands_in_every_example_found():
    for detector in ROWS:
        for text in detector.match if detector.trigger else ():
            for hit in re2.compile(detector.pattern).finditer(text):
                value = hit.group().lower() if detector.trigger_ignore_case else hit.group()
                signs = [t.lower() if detector.trigger_ignore_case else t for t in detector.trigger]
                assert any(sign in value for sign in signs), detector.id


def test_at_least_120_rows_and_60_countries_are_there():
    assert len(ROWS) >= 120
    assert len({d.country for d in ROWS if d.country}) >= 60
