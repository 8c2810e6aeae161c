"""Machine text with nobody in it: at most one finding a megabyte at "likely" and above, at most fifty at any level."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

import leakkit as lk

sys.path.insert(0, str(Path(__file__).parent / "negatives"))

import machine_text

SIZE = 24_000
ANY, LIKELY = 50, 1
"""Findings a megabyte that are allowed."""


@cache
def alarms() -> dict[str, tuple[int, int]]:
    """Count findings of each kind at any level, and at likely and above; documentation values are not counted."""
    kinds = list(machine_text.KINDS)
    found = lk.find_pii([machine_text.text_of(kind, SIZE) for kind in kinds])
    real = found[~found["placeholder"].fillna(False)]
    return {
        kind: (int(real["row"].eq(i).sum()), int((real["row"].eq(i) & real["likelihood"].ge("likely")).sum()))
        for i, kind in enumerate(kinds)
    }


def test_there_are_many_kinds_and_they_are_reproducible() -> None:
    assert len(machine_text.KINDS) >= 25
    for kind in machine_text.KINDS:
        made = machine_text.text_of(kind, 2_000, seed=4)
        assert len(made) >= 2_000
        assert made == machine_text.text_of(kind, 2_000, seed=4) != machine_text.text_of(kind, 2_000, seed=5)


@pytest.mark.parametrize("kind", machine_text.KINDS)
def test_one_kind_of_machine_text_raises_few_false_alarms(kind: str) -> None:
    at_all, likely = alarms()[kind]
    assert likely <= 1
    assert at_all <= 5


def test_machine_text_as_a_whole_keeps_to_the_rule() -> None:
    megabytes = SIZE * len(machine_text.KINDS) / 1e6
    counts = alarms().values()
    assert sum(likely for _, likely in counts) <= LIKELY * megabytes
    assert sum(at_all for at_all, _ in counts) <= ANY * megabytes
