"""Signs that a pattern cannot do without stand in each of its matches; where none stands it is not searched."""

from __future__ import annotations

import numpy as np
import pytest

from leakkit.pii.detector import builtin_detectors
from leakkit.pii.matching.buffers import join_bytes
from leakkit.pii.matching.confirm import Patterns
from leakkit.pii.matching.engine_re2 import compiled
from leakkit.pii.matching.gates import MOST_SIGNS, needed_signs
from leakkit.pii.matching.matcher import Matcher
from leakkit.pii.matching.signs import needed_beside, signs_of
from leakkit.pii.matching.units import UNIT, Units

pytest.importorskip("hyperscan")
DETECTORS = builtin_detectors()
NEEDY = needed_beside(DETECTORS, signs_of(DETECTORS, True)[0])


def test_every_match_of_an_example_holds_one_of_the_signs():
    tried = 0
    for detector in DETECTORS:
        signs = needed_signs(detector.pattern)
        assert len(signs) <= MOST_SIGNS
        for text in detector.match if signs else ():
            for found in compiled(detector.pattern)[0].finditer(text.encode()):
                tried += 1
                assert not signs.isdisjoint(found[0]), (detector.id, text)
    assert tried > 400


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        (r"(?i)key\s?(?:=|: ?)\w+", ":="),
        (r"a(?:-b)?c", ""),
        (r"a(?:-b){1,3}c(?:[:=]|@)?", "-"),
        (r"(?:a-|b)c", ""),
        (r"(?:a-|b_|c:)d", ""),
        (r"a[^:]b", ""),
        (r"a[-.]b", ""),
        (r"日-本[«]x", "-"),
    ],
)
def test_signs_are_read_from_a_pattern(pattern: str, signs: str):
    assert needed_signs(pattern) == frozenset(map(ord, signs))


def test_detectors_find_the_same_in_long_texts_that_hold_their_signs_or_do_not():
    needy = {DETECTORS[index].id for index in NEEDY}
    assert {"secret_name_value_pair", "password_xml_pair", "license_key"} <= needy
    some = [DETECTORS[index] for index in list(NEEDY)[::4]]
    texts = []
    for detector in some:
        for text in detector.match[:2]:
            pad = "the tokens, passwords and keys. " * (2 * UNIT // 32)
            texts += [f"{pad}{text} {pad}", pad + text.replace(":", " ").replace("-", " ").replace("=", " ")]
    rows = join_bytes([text.encode() for text in texts])
    fast, plain = (
        np.stack(Matcher(some, engine, guarded=False).find_rows(rows)) for engine in ("hyperscan", "re2")
    )
    assert len(plain[0]) > len(some) / 2
    assert np.array_equal(fast[:, np.lexsort(fast)], plain[:, np.lexsort(plain)])


def test_stretches_without_a_sign_are_not_searched():
    row = b"key " + b"x" * 4 * UNIT + b"key=a" + b"x" * UNIT
    units = Units(join_bytes([row]))
    every = np.arange(units.count)
    found = [
        Patterns([pattern], [8], {}, {}, needed).find(every, units.rows.raw, units, np.zeros(0, np.int64))
        for pattern, needed in ((r"key.a?", {}), (r"key.a?", {0: "="}), (r"key.a?", {0: "#"}))
    ]
    assert [one[1].tolist() for one in found] == [[0, len(row) - UNIT - 5]] * 2 + [[]]
