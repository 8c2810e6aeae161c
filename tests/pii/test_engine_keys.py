"""Searching behind keys alone, and near context words alone, loses nothing that weighing keeps."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakkit.pii.detector import builtin_detectors, find_alone
from leakkit.pii.matching.buffers import join_bytes
from leakkit.pii.matching.engine_keys import KeyEngine, is_keyed, may_hold
from leakkit.pii.matching.shapes import parsed
from leakkit.pii.setup import Setup, make_setup
from leakkit.pii.weighing.weigh import weigh

pytest.importorskip("hyperscan")
NEEDY = tuple(d for d in builtin_detectors() if d.needs != "nothing")
SOME = tuple(dict.fromkeys((*(d for d in NEEDY if is_keyed(d)), *NEEDY[::12])))
KEYED = [number for number, detector in enumerate(SOME) if is_keyed(detector)]
PIECES = st.sampled_from(
    "employee_id|plate|phone|Konto|user|account number|account’number|accountNumber|passport|zip|driver's licence"
    "| |  |: |=|=>|:=|\"|'|[|(|\n|\x1e\n|x|é|身|ſ|12345678|AB-12 345|jane.doe1|4111|-|,|2025-03-01"
    "|and so on and so on and so on".split("|")
)
TEXTS = st.lists(st.lists(PIECES, max_size=9).map("".join), min_size=1, max_size=4)


@cache
def setup() -> Setup:
    """Compile once."""
    return make_setup(list(SOME), names=None)


@settings(max_examples=150)
@given(TEXTS)
def test_what_is_not_found_is_what_weighing_drops(texts: list[str]):
    rows = join_bytes([text.encode() for text in texts])
    which, starts, ends = setup().matcher.find_rows(rows)
    found = set(zip(which.tolist(), starts.tolist(), ends.tolist(), strict=True))
    for number, detector in enumerate(SOME):
        for row, text in enumerate(texts):
            for start, end in find_alone(detector, text):
                first = int(rows.starts[row]) + len(text[:start].encode())
                if (number, first, first + len(text[start:end].encode())) not in found:
                    assert weigh(setup().rules[number], text, start, end) is None


def test_a_field_that_tells_opens_its_whole_rows():
    texts = ["AB123456 and CD345678", "AB123456 and CD345678"]
    rows = join_bytes([text.encode() for text in texts])
    table = np.zeros((2, len(SOME)), bool)
    table[1] = True
    which, starts, _ = setup().matcher.find_rows(rows, (np.array([0, 1]), table))
    assert len(which) and set(rows.row_of(starts).tolist()) == {1}


class EverySign:
    """Drops no sign."""

    def telling(self, array: np.ndarray, signs: np.ndarray) -> np.ndarray:
        return signs


@cache
def engines() -> tuple[KeyEngine, KeyEngine]:
    """Give a search behind keys as it is, and one that looks at every sign."""
    every = KeyEngine(SOME, KEYED)
    every._endings = EverySign()
    return KeyEngine(SOME, KEYED), every


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_ends_of_keys_that_are_left_out_speak_for_no_detector(texts: list[str]):
    rows = join_bytes([" and ".join([text] * 4).encode() for text in texts])
    engine, every = engines()
    for one, other in zip(engine.find(rows), every.find(rows), strict=True):
        assert one.tolist() == other.tolist()


ENDS = st.sampled_from(
    "employeeID|plate|PHONE|Konto|0|000|userName|user|valid|_plate_|ACCOUNT|accountnumbers|zip00|HTTP|é|\0|x"
    "|_|-|.| |    |'|\"|(".split("|")
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(ENDS, max_size=6).map("".join), st.sampled_from(["", " ", "' ", "     "]), st.sampled_from(":=>")
)
def test_a_key_of_plain_words_is_told_as_any_other(key: str, gap: str, sign: str):
    engine, _ = engines()
    ending = f"{key}{gap}{sign}".encode()[-16:].rjust(16, b"\0")
    quick = engine._dull(ending)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KeyEngine, "_is_plain", staticmethod(lambda key: False))
        assert engine._dull(ending) is quick


@pytest.mark.parametrize(
    ("pattern", "sign", "answer"),
    [
        (r"\d{3}", ":", False),
        (r"[A-Z0-9]{2}", ":", False),
        (r"[^\n:]{3}", ":", False),
        (r"[^\n]{3}", ":", True),
        (r"a|b:c", ":", True),
        (r"(?:[+-Z])", ":", True),
        (r"a.c", "=", True),
        (r"a\s\S", "=", True),
        (r"a\s\d", "=", False),
        (r"^a", "=", True),
        (r"\ba\b", "=", False),
    ],
)
def test_may_hold(pattern: str, sign: str, answer: bool):
    assert may_hold(parsed(pattern), frozenset((ord(sign),))) is answer
