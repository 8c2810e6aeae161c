"""Wider patterns find whatever the exact ones find, and nothing that logs hold everywhere."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from leakkit.pii import matching
from leakkit.pii.detector import builtin_detectors
from leakkit.pii.matching.buffers import join_bytes
from leakkit.pii.matching.engine_re2 import compiled, search
from leakkit.pii.matching.gates import choose
from leakkit.pii.matching.groups import Group, with_borders
from leakkit.pii.matching.relaxed import COMMON_FORMS, in_ascii, relaxed
from leakkit.pii.matching.shapes import longest_match, most_bytes
from leakkit.pii.matching.signs import _looser, signs_of
from leakkit.pii.matching.together import Together
from leakkit.pii.matching.units import Units

pytest.importorskip("hyperscan")
DETECTORS = builtin_detectors()
SHAPES = signs_of(DETECTORS, True)[0].shapes
WIDER = {i: relaxed(DETECTORS[i].pattern, partial(with_borders, DETECTORS[i], guarded=True)) for i in SHAPES}
GROUPS = {
    name: Group(which, [DETECTORS[i] for i in which], True, [WIDER[i] for i in which])
    for name, which in choose(DETECTORS, SHAPES).items()
}
EXAMPLES = [text for i in SHAPES for text in DETECTORS[i].match]
TEXT = st.lists(st.sampled_from([*EXAMPLES, "2025-03-12 10:11:07,123 ", "x", "7", " ", "é"]), max_size=3).map(
    " ".join
)


def test_a_wider_pattern_matches_every_match_of_its_own():
    for index, wider in WIDER.items():
        for text in DETECTORS[index].match:
            for found in re2.finditer(DETECTORS[index].pattern, text):
                assert re2.fullmatch(wider, found.group()), (DETECTORS[index].id, found.group())


def test_most_patterns_are_wider_and_find_nothing_in_times_and_figures():
    changed = [i for i in SHAPES if WIDER[i] != DETECTORS[i].pattern]
    assert len(changed) > 0.8 * len(SHAPES)
    for index in changed:
        assert re2.search(with_borders(DETECTORS[index], WIDER[index], True), COMMON_FORMS) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?i)straße \d{1,9}", "STRAßE 1"),
        (r"(?s)a.b", "a\nb"),
        (r"[^\pL]x", "1x"),
        (r"\b[A-D]{2,40}\b", "ABCD"),
        (r"(?:a|(?i:k))[\s\-]{0,2}[^\s\d]", "K -z"),
        (r"^\x{E9}+$", "éé"),
    ],
)
def test_syntax_of_every_kind_is_kept_or_widened(pattern: str, text: str):
    assert re2.fullmatch(pattern, text)
    assert re2.fullmatch(relaxed(pattern, str), text)


@pytest.fixture(scope="module", autouse=True)
def small_texts_as_large_ones():
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(matching.together, "_SMALL", 0)
        yield


def pairs(texts: list[str], wait: int) -> set[int]:
    """Give what all groups find together; after `wait` bytes group by group."""
    together = Together(GROUPS)
    together._every._wait = together._numbered._wait = wait
    units = Units(join_bytes([text.encode() for text in texts]))
    return set(np.concatenate([*together.pairs(units.rows.raw, units), np.zeros(0, np.int64)]).tolist())


@settings(max_examples=30)
@given(st.lists(TEXT, min_size=1, max_size=6), st.booleans())
def test_groups_together_miss_nothing_that_each_finds(texts: list[str], long: bool):
    texts = [" . ".join(texts) + " ." * 300] if long else texts
    units = Units(join_bytes([text.encode() for text in texts]))
    alone = {
        index * units.count + row
        for group in GROUPS.values()
        for index, source in zip(group.which.tolist(), group.sources, strict=True)
        for row, text in enumerate(texts)
        if re2.search(source, text)
    }
    if not long:
        assert alone <= pairs(texts, 0)
        assert alone <= pairs(texts, 1)
        return
    rows = {one // units.count for one in alone}
    assert rows <= {one // units.count for one in pairs(texts, 0)}


@settings(max_examples=30)
@given(st.lists(TEXT, min_size=1, max_size=6), st.booleans())
def test_groups_by_hyperscan_miss_nothing_that_each_finds(texts: list[str], long: bool):
    texts = [" . ".join(texts) + " ." * 300] if long else texts
    units = Units(join_bytes([text.encode() for text in texts]))
    for group in GROUPS.values():
        assert group.signs is not None
        found = {
            (one // units.count, int(units.row[one % units.count]))
            for one in group.by_signs(units.rows.raw, units, 0).tolist()
        }
        for index, source in zip(group.which.tolist(), group.sources, strict=True):
            assert {(index, row) for row, text in enumerate(texts) if re2.search(source, text)} <= found
        begin = int(units.rows.starts[-1])
        last = {one for one in found if one[1] == len(texts) - 1}
        rest = {one // units.count for one in group.by_signs(units.rows.raw, units, begin).tolist()}
        assert {index for index, _ in last} <= rest


def test_groups_of_what_hyperscan_reads_otherwise_are_left_to_re2():
    for pattern in (r"\pL{3}\d{6}", r"[[:alpha:]]{3}\d{6}", r"\Sx\d{6}"):
        assert Group([0], [replace(DETECTORS[0], pattern=pattern)], True).signs is None
    group = Group([0], [replace(DETECTORS[0], pattern=r"[^\sx]\d{6}")], False)
    units = Units(join_bytes([b"\x0b123456"]))
    assert group.by_signs(units.rows.raw, units, 0).tolist() == [0]


def test_a_group_that_is_slow_at_first_is_left_to_hyperscan_and_tried_again(monkeypatch):
    monkeypatch.setattr(matching.together, "_OF_ONE", -1.0)
    together = Together(GROUPS)
    units = Units(join_bytes([b"call +1 212 555 0100", b"nobody", b"no one"] * 20))
    slow = pairs_of(together, units)
    assert all(joint._wait > 0 for joint in together._alone.values())
    monkeypatch.setattr(matching.together.cache, "keeps", lambda: False)
    assert pairs_of(Together(GROUPS), units) <= slow


def pairs_of(together: Together, units: Units) -> set[int]:
    """Give all pairs that groups find together."""
    return set(np.concatenate(together.pairs(units.rows.raw, units)).tolist())


def test_a_looser_pattern_is_much_cheaper_and_finds_every_example():
    looser = {i: one for i, detector in enumerate(DETECTORS) if (one := _looser(detector)) is not None}
    assert len(looser) > 50
    for index, pattern in looser.items():
        for text in DETECTORS[index].match:
            for found in re2.finditer(DETECTORS[index].pattern, text):
                assert re2.fullmatch(pattern, found.group()), (DETECTORS[index].id, found.group())


def test_a_pattern_for_ascii_finds_the_same_there():
    changed = {d.id: (d, one) for d in DETECTORS if (one := in_ascii(d.pattern)) is not None}
    assert len(changed) > 5
    texts = [text for text in EXAMPLES if text.isascii()]
    for detector, one in changed.values():
        data = "\n".join([*filter(str.isascii, detector.match), *texts[:300]]).encode()
        whole = np.array([0]), np.array([len(data)])
        exact, plain = (search(compiled(p), data, *whole).tolist() for p in (detector.pattern, one))
        assert exact == plain
    assert [in_ascii(p) for p in (r"[a-z]", r"\PL", r"\p{Greek}x", r"(?i)[^\p{Ll}]")] == [
        None,
        None,
        None,
        "(?i)[^a-z]",
    ]


def test_text_in_which_the_automaton_of_all_grows_is_left_to_the_groups():
    together = Together(GROUPS)
    together._every._credit = together._numbered._credit = -1.0
    together._numbered._wait = 0
    for rows in ([b"call +1 212 555 0100 " * 50] * 20, [b"call +1 212 555 0100 " * 50, b"nobody"] * 20):
        units = Units(join_bytes(rows))
        found = together.pairs(units.rows.raw, units)
        assert sum(map(len, found)) >= 20
    assert together._every._wait > 0 and together._numbered._wait > 0


def test_no_match_is_longer_than_its_bound():
    for detector in DETECTORS:
        for text in detector.match:
            for found in re2.finditer(detector.pattern, text):
                assert (
                    len(found.group().encode())
                    <= most_bytes(detector.pattern)
                    <= longest_match(detector.pattern)
                )
    assert [most_bytes(p) for p in (r"a{2,5}", "é?x", "[^a]b", "(?:ab|c){3}", "(?i)ks")] == [5, 3, 5, 6, 8]
