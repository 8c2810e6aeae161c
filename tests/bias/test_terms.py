"""Terms in texts: whole words, phrases, capitals, scripts; Hyperscan and RE2 agree."""

from __future__ import annotations

import re
from importlib.util import find_spec

import hypothesis
import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import leakkit as lk
from leakkit.bias.text.lexicons import as_lexicon, load_lexicon
from leakkit.bias.text.terms import MOST_HYPERSCAN, Terms

ENGINES = [name for name in ("hyperscan", "re2") if find_spec(name)]


def found(texts: list[str], terms: dict[str, list[str]], engine: str) -> list[tuple[int, str, str]]:
    """Give document, group and text of each hit."""
    search = Terms(as_lexicon(terms), engine)
    hits = search.find(pa.array(texts, pa.large_string()))
    numbers, groups = search.of_groups(hits)
    return [
        (
            int(hits.documents[n]),
            search.groups[g][1],
            hits.data[hits.starts[n] : hits.ends[n]].decode(),
        )
        for n, g in zip(numbers.tolist(), groups.tolist(), strict=True)
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_whole_words_only_in_any_case(engine: str) -> None:
    texts = ["Man, many WOMEN; human man_made man", "", "man", "woman's man-made"]
    hits = found(texts, {"men": ["man"], "women": ["woman", "women"]}, engine)
    assert hits == [
        (0, "men", "Man"),
        (0, "women", "WOMEN"),
        (0, "men", "man"),
        (2, "men", "man"),
        (3, "women", "woman"),
        (3, "men", "man"),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_documents_that_touch_make_no_word_together(engine: str) -> None:
    assert found(["wo", "man", "black", "people"], {"a": ["woman", "black people"]}, engine) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_letters_beyond_ascii_join_words_and_quotes_do_not(engine: str) -> None:
    texts = ["“man” —man— éman mané man\u0301 ману man… Māori MĀORI māoris"]
    hits = found(texts, {"men": ["man"], "maori": ["māori"]}, engine)
    assert [text for _, _, text in hits] == ["man", "man", "man", "Māori", "MĀORI"]


@pytest.mark.parametrize("engine", ENGINES)
def test_phrases_cross_lines_and_apostrophes_and_hyphens_are_alike(engine: str) -> None:
    texts = ["Black\npeople, black \u00a0people", "I can’t, I can't", "same‑sex same-sex same sex"]
    terms = {"black": ["black people"], "refusal": ["i can't"], "gay": ["same-sex"]}
    assert [(d, g) for d, g, _ in found(texts, terms, engine)] == [
        (0, "black"),
        (0, "black"),
        (1, "refusal"),
        (1, "refusal"),
        (2, "gay"),
        (2, "gay"),
        (2, "gay"),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_longest_term_wins_and_partial_overlaps_both_count(engine: str) -> None:
    terms = {"us": ["american"], "black": ["african american", "black women"], "colour": ["women of color"]}
    hits = found(["African American and American", "black women of color"], terms, engine)
    assert hits == [
        (0, "black", "African American"),
        (0, "us", "American"),
        (1, "black", "black women"),
        (1, "colour", "women of color"),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_capitalised_terms_need_capitals(engine: str) -> None:
    lexicon = load_lexicon("countries")
    search = Terms(lexicon, engine)
    hits = search.find(pa.array(["Polish polish POLISH turkey Turkey french French"], pa.large_string()))
    texts = [hits.data[s:e].decode() for s, e in zip(hits.starts, hits.ends, strict=True)]
    assert texts == ["Polish", "POLISH", "Turkey", "French"]


@pytest.mark.parametrize("engine", ENGINES)
def test_letters_whose_capitals_are_two_are_found_as_two(engine: str) -> None:
    hits = found(["Straße STRASSE strasse"], {"street": ["straße"]}, engine)
    assert [text for _, _, text in hits] == ["Straße", "STRASSE", "strasse"]


def test_term_of_two_groups_counts_for_both() -> None:
    hits = found(["Black women"], {"black": ["black women"], "women": ["black women", "women"]}, ENGINES[0])
    assert sorted(group for _, group, _ in hits) == ["black", "women"]


ALPHABET = st.text(st.sampled_from("aAbB é-'’_ \n1ﬁ"), max_size=40)


@pytest.mark.skipif(len(ENGINES) < 2, reason="Hyperscan has no wheel here")
@hypothesis.given(st.lists(ALPHABET, max_size=6))
@hypothesis.settings(max_examples=60)
def test_both_engines_find_what_a_plain_search_finds(texts: list[str]) -> None:
    terms = {"x": ["a", "ab", "a b", "é", "b'a", "a-b"]}
    one, two = (found(texts, terms, engine) for engine in ENGINES)
    assert one == two
    plain = re.compile(r"(?<![^\W])(?:ab)(?![^\W])", re.IGNORECASE)
    alone = [(d, m.group()) for d, text in enumerate(texts) for m in plain.finditer(text)]
    assert [(d, t) for d, _, t in one if t.lower() == "ab"] == alone


def test_word_numbers_count_words_before_a_hit() -> None:
    search = Terms(as_lexicon({"x": ["cat"]}))
    hits = search.find(pa.array(["the old cat", "cat's cat"], pa.large_string()))
    numbers, total = hits.words()
    assert np.diff(numbers).tolist() == [1, 1]
    assert total == 5


@pytest.mark.skipif(len(ENGINES) < 2, reason="Hyperscan has no wheel here")
def test_both_engines_find_the_same_in_the_sample_leak() -> None:
    crawl = pq.read_table(lk.sample_leak() / "datasets/web/crawl-2024-46.parquet")["text"]
    texts = crawl.combine_chunks().cast(pa.large_string())
    lexicon = pd.concat(
        [load_lexicon(name, sensitive=True) for name in ("identity", "countries", "pronouns", "valence")]
    )
    one, two = (Terms(lexicon, engine).find(texts) for engine in ENGINES)
    assert len(one.terms) > 1_000
    for mine, other in zip(one[:4], two[:4], strict=True):
        assert np.array_equal(mine, other)


def test_a_lexicon_of_very_many_terms_is_searched_without_long_compiling() -> None:
    terms = [f"{'abcdefghij'[i % 10]}{'klmnopqrst'[i // 10 % 10]}{i:05d}x" for i in range(4_000)]
    search = Terms(as_lexicon({"many": terms}))
    assert len(search.known) > MOST_HYPERSCAN
    hits = search.find(pa.array([terms[3], "nothing", f"{terms[9].upper()} {terms[-1]}"], pa.large_string()))
    assert hits.documents.tolist() == [0, 2, 2]


@pytest.mark.parametrize("engine", ENGINES)
def test_letters_are_found_composed_and_decomposed(engine: str) -> None:
    whole, parts = "caf\u00e9", "cafe\u0301"
    texts = [f"a {whole} here", f"a {parts.upper()} here", f"plain {parts}s", "cafe\u200b\u0301 – 🙂 “cafe”"]
    for term in (whole, parts):
        hits = found(texts, {"a": [term]}, engine)
        assert hits == [(0, "a", whole), (1, "a", whole.upper()), (3, "a", whole)]
    assert found(texts, {"a": ["cafe"]}, engine) == [(3, "a", "cafe")]


@pytest.mark.parametrize("term", ["a b " * 49 + "a", "\u01f0-" * 99 + "\u01f0"])
def test_a_phrase_too_long_for_one_engine_is_found_by_the_other(term: str) -> None:
    search = Terms(as_lexicon({"a": [term, "cat"]}))
    hits = search.find(pa.array([f"the {term}, a cat", "a b"], pa.large_string()))
    assert hits.documents.tolist() == [0, 0]
