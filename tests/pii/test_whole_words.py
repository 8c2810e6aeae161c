"""Words in values that are alike but for their digits: looked for once, found in the same values."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from leakkit.pii.whole.parts import without_digits
from leakkit.pii.whole.search import Search
from leakkit.pii.whole.words import Wanted, context_of, joined

CONTEXT = tuple(context_of([["card number", "pass 2", "straße"], ["tax"]]))
LITERALS = ("(?i:pass1)", "AKIA", "(?i:sha2)", "s3\\-")


def _values() -> pa.Array:
    """Give many values of few skeletons, with and without words that hold digits."""
    drawn = np.random.default_rng(3)
    stems = (
        "ann.{}@x{}.net|pass{} {}|my AKIA {}{}|s{}-sha{}|tax {} {}|Straße {}, {}|{}{}|cardnumber {}{}".split(
            "|"
        )
    )
    numbers = drawn.integers(0, 30, (4_000, 2)).tolist()
    return pa.array(
        [stems[n % len(stems)].format(*pair) for n, pair in enumerate(numbers)], pa.large_string()
    )


@pytest.mark.parametrize("patterns", [CONTEXT, LITERALS])
def test_values_without_their_digits_tell_where_words_are(patterns: tuple[str, ...]) -> None:
    values, wanted = _values(), Wanted(patterns)
    every = wanted.among(*joined(values))
    codes, texts = without_digits(values)
    folded = wanted.alike(values, codes, *joined(pa.array(texts, pa.large_string())))
    assert len(every) > 300 and folded.tolist() == every.tolist()


def test_search_finds_the_same_whether_skeletons_are_few_or_many() -> None:
    wanted = Wanted(LITERALS)
    values = _values()
    mixed = pa.array([f"{text} {chr(97 + n % 26) * (n % 97)}" for n, text in enumerate(values.to_pylist())])
    for some in (values, values.slice(0, 500), mixed.cast(pa.large_string())):
        forms = np.array([0 if text.isdigit() else 1 for text in some.to_pylist()])
        search = Search(some, forms, ["00", "aa"], {}, {})
        found = wanted.among(*joined(some)).tolist()
        assert search.having(wanted).tolist() == found
        assert search.lettered_having(wanted, len(some)).tolist() == found
        assert search.lettered_having(wanted, 7).tolist() == found[:7]
