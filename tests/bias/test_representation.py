"""Representation: groups, countries, dialects and languages of a corpus."""

from __future__ import annotations

import random

import pandas as pd
import pyarrow as pa
import pytest

import leakkit as lk
from leakkit.bias.text.languages import Sample, count_languages, tell_language
from leakkit.errors import BadParameterError

SENTENCES = {
    "en": "The council met on Tuesday to speak about the budget of the town.",
    "de": "Der Rat der Stadt hat am Dienstag über den Haushalt beraten.",
    "fr": "Le marché vend du fromage, du miel et de vieux outils.",
    "sv": "Biblioteket lånar nu ut verktyg till sina medlemmar.",
}


def row(frame: pd.DataFrame, axis: str, group: str) -> pd.Series:
    """Give one row of the frame."""
    return frame[frame["axis"].eq(axis) & frame["group"].eq(group)].iloc[0]


def test_each_kind_of_thing_has_its_rows() -> None:
    texts = [
        "Polish women said y'all come in.",
        "We polish the colour of Turkey's flag.",
        *SENTENCES.values(),
    ]
    frame = lk.measure_representation(texts)
    lk.frames.REPRESENTATION.validate(frame)
    assert row(frame, "country", "Poland")["documents"] == 1
    assert row(frame, "country", "Turkey")["documents"] == 1
    assert row(frame, "country", "Peru")["documents"] == 0
    assert row(frame, "dialect", "Southern US English markers")["documents"] == 1
    assert row(frame, "dialect", "British spelling")["tokens"] == 1
    assert row(frame, "gender", "women")["documents"] == 1
    assert row(frame, "language", "de")["documents"] == 1
    assert pd.isna(row(frame, "language", "de")["tokens"])
    assert set(frame["n_documents"]) == {6}


def test_what_is_not_wanted_is_left_out() -> None:
    frame = lk.measure_representation(
        list(SENTENCES.values()), lexicon="pronouns", languages=False, countries=False, dialects=False
    )
    assert set(frame["axis"]) == {"pronoun"}
    with pytest.raises(BadParameterError, match="found 0"):
        lk.measure_representation([], language_sample=0)


def test_languages_are_told_of_sentences_and_not_of_scraps() -> None:
    assert {code: tell_language(text) for code, text in SENTENCES.items()} == {c: c for c in SENTENCES}
    assert tell_language("ok 12345678901234567890") == "not told"
    assert count_languages(["a", SENTENCES["de"], SENTENCES["de"]]) == {"not told": (1, 1), "de": (2, 1)}


def test_sample_of_languages_is_fair_and_does_not_depend_on_batches() -> None:
    texts = [f"{i} " + SENTENCES["en" if i % 4 else "de"] for i in range(6_000)]
    random.Random(1).shuffle(texts)
    one, many = Sample(400, seed=3), Sample(400, seed=3)
    one.add(pa.array(texts, pa.large_string()))
    for start in range(0, 6_000, 700):
        many.add(pa.array(texts[start : start + 700], pa.large_string()))
    assert one.texts() == many.texts()
    share = sum("Der Rat" in text for text in one.texts()) / 400
    assert 0.17 < share < 0.33
    few = Sample(10)
    few.add(pa.array(["a", "", "b"], pa.large_string()))
    assert sorted(few.texts()) == ["a", "b"]


def test_sample_leak_holds_five_languages_in_the_planted_numbers() -> None:
    crawl = pd.read_parquet(lk.sample_leak() / "datasets/web/crawl-2024-46.parquet")
    frame = lk.measure_representation(crawl, countries=False, dialects=False)
    told = frame[frame["axis"].eq("language")].set_index("group")["documents"].to_dict()
    assert told == crawl["language"].value_counts().to_dict()


def test_communities_of_the_sample_leak_are_counted_as_planted() -> None:
    crawl = pd.read_parquet(lk.sample_leak() / "datasets/web/crawl-2024-46.parquet")
    frame = lk.count_identity_terms(crawl, "sample_communities").set_index("group")
    truth = (
        lk.sample_truth("text_bias").query("measure == 'community'").groupby("group")["of_documents"].max()
    )
    assert frame["documents"].to_dict() == truth.to_dict()
