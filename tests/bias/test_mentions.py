"""Which texts name which group: whole words, any case, phrases, apostrophes, other scripts."""

from __future__ import annotations

import re

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.bias.text.mentions import counts_in, folded, found_in, mentions, named_groups, with_slot
from leakkit.errors import BadParameterError


def fold(*texts):
    return folded(pa.array(texts, pa.large_string()))


@pytest.mark.parametrize(
    ("text", "term", "times"),
    [
        ("Nurses, nurses and NURSES.", "nurses", 3),
        ("nurse nurse nurse", "nurse", 3),
        ("the nurse's day, a 'nurse' and nurse’s", "nurse", 3),
        ("nursery renurse", "nurse", 0),
        ("trans-woman, trans  woman, trans\nwoman", "trans woman", 3),
        ("ÅNGSTRÖM ångström", "Ångström", 2),
        ("I can’t help with that", "can't help with", 1),
        ("wo\u00adman and wo\u200bman", "woman", 2),
        ("東京 tower", "東京", 1),
        ("", "nurse", 0),
        ("a.b", "a.b", 1),
        ("axb", "a.b", 0),
    ],
)
def test_terms_are_whole_words_in_any_case(text, term, times):
    assert counts_in(fold(text), [term]).tolist() == [times]
    assert found_in(fold(text), [term]).tolist() == [times > 0]


def test_the_longest_term_wins_and_none_is_counted_twice():
    assert counts_in(fold("a black woman, a woman"), ["woman", "black woman"]).tolist() == [2]


@given(st.lists(st.sampled_from(["cat", "cats", "Cat", "dog", "-", "'", ".", "a cat"]), max_size=8))
def test_counts_equal_a_count_by_tokens(parts):
    text = " ".join(parts)
    tokens = [token.strip("'") for token in re.findall(r"[\w']+", text.lower())]
    assert counts_in(fold(text), ["cat"]).tolist() == [tokens.count("cat")]
    assert counts_in(fold(text)).tolist() == [sum(bool(token) for token in tokens)]


def test_a_missing_text_names_nobody():
    groups = named_groups({"x": ["cat"], "y": ["dog"]})
    assert mentions(folded(pa.array([None, "dog"])), groups).tolist() == [[False, False], [False, True]]


def test_a_slot_takes_the_article_with_it():
    one, other = with_slot(fold("Ask a nurse.", "Ask an engineer!"), ["nurse", "engineer"]).to_pylist()
    assert one == other and one.split() == ["ask", "a", "_"]


def test_groups_come_from_dicts_and_frames_alike():
    frame = pd.DataFrame({"axis": ["job", "job"], "group": ["g", "g"], "term": ["cook", "cooks"]})
    assert named_groups(lexicon=frame) == named_groups({"job": {"g": ["cook", "cooks", "cook"]}})
    assert named_groups({"g": ["cook"]})[0].axis == "terms"
    assert len(named_groups()) > 20  # the bundled identity terms


@pytest.mark.parametrize(
    ("terms", "lexicon"),
    [
        ({}, None),
        ({"g": []}, None),
        ({"g": ["!"]}, None),
        ({"g": "cook"}, None),
        (["cook"], None),
        ({"g": ["cook"]}, pd.DataFrame({"axis": ["a"], "group": ["g"], "term": ["t"]})),
        (None, pd.DataFrame({"term": ["cook"]})),
    ],
)
def test_terms_that_are_none_are_refused_with_what_to_do(terms, lexicon):
    with pytest.raises(BadParameterError) as caught:
        named_groups(terms, lexicon)
    assert caught.value.expected and caught.value.found and caught.value.todo
