"""What "a document mentions a group" means: one definition in all functions, and as a plain search has it."""

from __future__ import annotations

import re
import unicodedata
from importlib.util import find_spec

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings

import leakkit as lk
from leakkit.bias.text.answers import compare_outputs
from leakkit.bias.text.labels import label_bias
from leakkit.bias.text.lexicons import as_lexicon
from leakkit.bias.text.mentions import counts_in, mentions, with_slot, word_list
from leakkit.bias.text.pairs import find_pairs
from leakkit.bias.text.term_places import TermFinder
from leakkit.bias.text.terms import Terms
from leakkit.bias.text.tokens import split_words
from leakkit.bias.text.word_counts import batches_by_terms
from leakkit.errors import LeakkitError

ROWS = [
    ("women", "woman"), ("women", "women"), ("black", "black women"), ("gay", "same-sex"), ("poles", "polish"),
    ("maori", "māori"), ("clan", "o'neill"), ("street", "straße"), ("trans", "trans woman"), ("gay", "same-sex women"),
]  # fmt: skip
LEXICON = pd.DataFrame(ROWS, columns=["group", "term"]).assign(axis="a", form="")
LEXICON.loc[LEXICON["group"].eq("poles"), "form"] = "capitalised"
GROUPS = sorted(set(LEXICON["group"]))

WORDS = [term for _, term in ROWS] + ["black", "sex", "same", "trans", "o", "neill", "her", "9"]
CASES = st.sampled_from([str, str.upper, str.title, str.capitalize])
JOINS = [
    " ",
    "\n",
    "\r\n  ",
    "-",
    "\u2011",
    "’s ",
    "'s",
    "'",
    "ʼ",
    "＇",
    "_",
    ".",
    ", ",
    "é",
    "\u0301",
    "\u00a0",
    "—",
]
JOINS += [
    "“",
    "”",
    "\u200b",
    "\u00ad",
    "\ufeff ",
    "-  ",
    "",
    "3",
    "東",
    " \u3000",
    "\x1e",
    "\ue000",
    "¿",
    "/",
]


@st.composite
def one_text(draw) -> str:
    """Make a text of terms in any case, joined by whatever may join them, with characters nobody sees."""
    parts = draw(st.lists(st.tuples(st.sampled_from(WORDS), CASES, st.sampled_from(JOINS)), max_size=7))
    text = "".join(case(word) + join for word, case, join in parts)
    for place in draw(st.lists(st.integers(0, 60), max_size=2)):
        text = text[:place] + draw(st.sampled_from(["\u00ad", "\u200d", "\u2060"])) + text[place:]
    return text


def plain_mentions(text: str) -> set[str]:
    """Find groups by Python's re, one term at a time, as the definition in terms.py says."""
    text = re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]", "", text)
    text = re.sub("[’ʼ＇]", "'", re.sub("[‐‑]", "-", text))
    spans = []
    for _, row in LEXICON.iterrows():
        forms = [row.term.capitalize(), row.term.upper()] if row.form else [row.term]
        for form in forms:
            pattern = "".join(
                "(?:-|[ \t\r\n\u00a0\u2000-\u200a\u202f\u3000]{1,8})" if c in " -"
                else re.escape(c) if row.form else f"(?:{c.lower()}|{c.upper()}|{'ẞ' if c == 'ẞ' else c})"
                for c in form
            )  # fmt: skip
            if "ß" in form:
                pattern = pattern.replace("SS", "[sS][sS]")
            for start in range(len(text)):
                found = re.compile(pattern).match(text, start)
                if found and not joins(text[:start][-1:]) and not joins(text[found.end() :][:1]):
                    spans.append((start, found.end(), row.group))
    return {
        group
        for start, end, group in spans
        if not any(a <= start and end <= b and b - a > end - start for a, b, _ in spans)
    }


def joins(sign: str) -> bool:
    """Tell whether a character makes a longer word of what it touches."""
    return bool(sign) and (sign == "_" or unicodedata.category(sign)[0] in "LMN")


@given(st.lists(one_text(), min_size=1, max_size=5))
@settings(max_examples=80, deadline=None)
def test_every_function_means_the_same_by_a_mention_of_a_group(texts: list[str]) -> None:
    plain = np.array([[group in plain_mentions(text) for group in GROUPS] for text in texts])
    array = pa.array(texts, pa.large_string())
    for engine in (name for name in ("hyperscan", "re2") if find_spec(name)):
        assert (mentions(array, Terms(as_lexicon(LEXICON), engine)) == plain).all()
    assert (lk.mark_mentions(texts, LEXICON)[GROUPS].to_numpy(bool) == plain).all()
    finder = TermFinder(LEXICON)
    tokens, places = finder.read(array)
    near = np.zeros_like(plain)
    near[np.searchsorted(tokens.offsets, places.starts, side="right") - 1, places.groups] = True
    assert finder.names == GROUPS and (near == plain).all()
    (batch,) = batches_by_terms(texts, TermFinder(LEXICON), None, None, False)
    only = np.where(plain.sum(axis=1) == 1, plain.argmax(axis=1), np.where(plain.any(axis=1), -2, -1))
    assert batch.groups.tolist() == only.tolist()
    documents = plain.sum(axis=0).tolist()
    assert lk.count_identity_terms(texts, LEXICON)["documents"].tolist() == documents
    found = label_bias([*texts, "filled"], [1] * (len(texts) + 1), label=1, lexicon=LEXICON)
    labelled = found.set_index("group")["n"]
    assert labelled.reindex(GROUPS).fillna(0).tolist() == documents


@given(one_text())
@settings(max_examples=80, deadline=None)
def test_words_of_a_term_are_those_that_hold_a_part_of_it(text: str) -> None:
    finder = TermFinder(LEXICON)
    tokens, places = finder.read(pa.array([text], pa.large_string()))
    words = split_words(text)
    assert [finder.vocabulary.words[n] for n in tokens.words] == words
    terms = {tuple(split_words(term.replace("ß", "ss"))) for _, term in ROWS}
    for start, length in zip(places.starts.tolist(), places.lengths.tolist(), strict=True):
        mine = [re.sub("ß", "ss", word) for word in words[start : start + length]]
        assert any(
            len(term) == length and all(t in word for t, word in zip(term, mine, strict=True))
            for term in terms
        )


def of(*texts: str) -> pa.Array:
    return pa.array(texts, pa.large_string())


@pytest.mark.parametrize(
    ("text", "term", "times"),
    [
        ("Nurses, nurses and NURSES.", "nurses", 3),
        ("nurse nurse nurse", "nurse", 3),
        ("the nurse's day, a 'nurse' and nurse’s", "nurse", 3),
        ("nursery renurse nurse_day", "nurse", 0),
        ("trans-woman, trans  woman, trans\nwoman", "trans woman", 3),
        ("a trans, woman. Trans. Woman", "trans woman", 0),
        ("ÅNGSTRÖM ångström", "Ångström", 2),
        ("I can’t help with that", "can't help with", 1),
        ("wo\u00adman and wo\u200bman", "woman", 2),
        ("woman", "wo\u00adman", 1),
        ("a womanʼs day", "woman", 1),
        ("東京 tower", "東京", 1),
        ("", "nurse", 0),
        ("a.b", "a.b", 1),
        ("axb", "a.b", 0),
    ],
)
def test_terms_are_whole_words_in_any_case(text: str, term: str, times: int) -> None:
    assert counts_in(of(text), word_list([term])).tolist() == [times]
    assert lk.mark_mentions([text], terms={"g": [term]})["g"].tolist() == [times > 0]


def test_the_longest_term_wins_and_none_is_counted_twice() -> None:
    terms = word_list(["woman", "black woman", "black-woman"])
    assert counts_in(of("a black woman, a woman"), terms).tolist() == [2]


@given(st.lists(st.sampled_from(["cat", "cats", "Cat", "dog", "-", "'", ".", "a cat"]), max_size=8))
def test_words_of_a_document_are_counted_as_words_of_a_corpus_are(parts: list[str]) -> None:
    text = " ".join(parts)
    assert counts_in(of(text)).tolist() == [len(split_words(text))]
    assert counts_in(of(text), word_list(["cat"])).tolist() == [split_words(text).count("cat")]


def test_no_words_are_found_nowhere() -> None:
    assert counts_in(of("a cat", "x"), word_list([])).tolist() == [0, 0]


def test_a_slot_takes_article_and_apostrophe_with_it() -> None:
    terms = Terms(as_lexicon({"n": ["nurse", "the nurse", "nurse aide"], "e": ["engineer"]}))
    texts = of(
        "Ask a nurse.", "Ask an Engineer!", "an engineer’s way", "A nurse's way", "old-nurse_", "\ue000 x"
    )
    assert with_slot(texts, terms, [0, 1]).to_pylist() == [
        "ask a _", "ask a _", "a _ way", "a _ way", "old nurse", "x",
    ]  # fmt: skip
    assert with_slot(of("a nurse, an engineer"), terms, [0]).to_pylist() == ["a nurse a _"]


def test_overlapping_terms_leave_one_slot() -> None:
    terms = Terms(as_lexicon({"g": ["black women", "women of color"]}))
    assert with_slot(of("black women of color vote", "all vote"), terms, [0]).to_pylist() == [
        "_ vote",
        "all vote",
    ]


TEXTS = [*["The old baker bakes bread"] * 3, *["a miller grinds corn"] * 3, "rain"]
TERMS = {"bakers": ["baker"], "millers": ["miller"]}
FRAME = pd.DataFrame({"axis": "a", "group": ["bakers", "millers"], "term": ["baker", "miller"]})
OUTPUTS = pd.DataFrame({"prompt": ["ask a baker", "ask a miller"], "response": ["no", "yes"]})
TAKING = {
    "word_associations": lambda **groups: lk.word_associations(TEXTS, min_documents=1, **groups),
    "keyness": lambda **groups: lk.keyness(TEXTS, min_documents=1, **groups),
    "count_windows": lambda **groups: lk.count_windows(TEXTS, **groups),
    "count_identity_terms": lambda **groups: lk.count_identity_terms(TEXTS, **groups),
    "measure_representation": lambda **groups: lk.measure_representation(TEXTS, languages=False, **groups),
    "measure_templates": lambda **groups: lk.measure_templates(TEXTS, **groups),
    "measure_template_skew": lambda **groups: lk.measure_template_skew(TEXTS, **groups),
    "occupation_pronouns": lambda **groups: lk.occupation_pronouns(TEXTS, **groups),
    "label_bias": lambda **groups: label_bias(TEXTS, [1] * 7, label=1, min_documents=1, **groups),
    "mark_mentions": lambda **groups: lk.mark_mentions(TEXTS, **groups),
    "find_pairs": lambda **groups: find_pairs(OUTPUTS, **groups),
    "compare_outputs": lambda **groups: compare_outputs(OUTPUTS, min_pairs=1, **groups),
}


@pytest.mark.parametrize("name", TAKING)
def test_groups_are_named_alike_in_every_function(name: str, tmp_path) -> None:
    path = tmp_path / "mine.csv"
    FRAME.to_csv(path, index=False)
    take = TAKING[name]
    found = take(terms=TERMS)
    assert len(found)
    pd.testing.assert_frame_equal(take(lexicon=TERMS), found)
    named = take(terms={"a": TERMS})
    for groups in ({"lexicon": {"a": TERMS}}, {"lexicon": FRAME}, {"terms": FRAME}, {"lexicon": path}):
        pd.testing.assert_frame_equal(take(**groups), named)
    with pytest.raises(LeakkitError, match="found both"):
        take(terms=TERMS, lexicon=FRAME)
    if name not in ("word_associations", "keyness", "compare_outputs"):  # nobody is mentioned
        take(lexicon="sample_communities")


@pytest.mark.parametrize(
    "given",
    [{}, {"g": []}, {"g": ["!"]}, {"g": 3}, {"g": [3]}, {"a": {"g": []}}, ["cook"], 3, FRAME[["term"]]],
)
def test_terms_that_are_none_are_refused_with_what_to_do(given) -> None:
    for name in ("terms", "lexicon"):
        with pytest.raises(LeakkitError) as caught:
            lk.mark_mentions(["x"], **{name: given})
        assert caught.value.expected and caught.value.found and caught.value.todo
