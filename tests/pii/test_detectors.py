"""Every built-in detector keeps its promises: sound rows, known kinds and validators, examples found or left alone."""

from __future__ import annotations

import functools

import pytest

from leakkit.pii import validators
from leakkit.pii.detector import NEIGHBOURS, Detector, builtin_detectors, entities
from leakkit.pii.find import find_pii
from leakkit.pii.user import NEEDS

DETECTORS = builtin_detectors()


@functools.cache
def found_in(kind: str) -> dict[tuple[str, int], set[str]]:
    """Search all examples of all detectors at once: the ids (and those noted as losers) found in each."""
    examples = [(d.id, n, text) for d in DETECTORS for n, text in enumerate(getattr(d, kind))]
    found = find_pii([text for _, _, text in examples], detectors=list(DETECTORS), names=None)
    held: dict[tuple[str, int], set[str]] = {(name, n): set() for name, n, _ in examples}
    for row, detector, entity, evidence in zip(
        found["row"], found["detector"], found["entity"], found["evidence"], strict=True
    ):
        also = [part.split(":")[1].split(",") for part in evidence.split("; ") if part.startswith("also:")]
        held[examples[row][:2]] |= {detector, entity, *(one for ids in also for one in ids)}
    return held


def test_at_least_120_detectors_of_which_60_are_of_credentials():
    assert len(DETECTORS) >= 120
    assert sum(entities()[d.entity].family == "credential" for d in DETECTORS) >= 60


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda d: d.id)
def test_row_is_sound(detector: Detector):
    assert detector.entity in entities()
    assert detector.neighbours in NEIGHBOURS and detector.needs in NEEDS
    assert 0 <= detector.base <= 1 and 0 <= detector.valid <= 1
    assert detector.match and detector.source
    if detector.validator is not None:
        validators.get(detector.validator)


def test_patterns_compile_match_something_and_no_separator():
    import re2

    options = re2.Options()
    options.log_errors = False
    wrong = []
    for d in DETECTORS:
        compiled = re2.compile(d.pattern, options)
        for other in (*d.exclude, *d.placeholder):
            re2.compile(other, options)
        if compiled.search("") is not None or compiled.search("\x1e" * 64) is not None:
            wrong.append(d.id)
    assert not wrong


def test_each_matching_example_is_found():
    missed = [
        (d.id, n)
        for d in DETECTORS
        for n in range(len(d.match))
        if not {d.id, d.entity} & found_in("match")[d.id, n]
    ]
    assert not missed


def test_each_other_example_is_left_alone():
    wrong = [
        (d.id, n) for d in DETECTORS for n in range(len(d.no_match)) if d.id in found_in("no_match")[d.id, n]
    ]
    assert not wrong
