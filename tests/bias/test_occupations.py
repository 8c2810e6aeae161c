"""Pronouns near occupations."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from scipy.stats import binomtest, spearmanr

import leakkit as lk
from leakkit.errors import BadParameterError


def test_sample_leak_gives_the_planted_counts() -> None:
    crawl = Path(lk.sample_leak()) / "datasets/web/crawl-2024-46.parquet"
    frame = lk.occupation_pronouns(crawl, field="text")
    lk.frames.OCCUPATION_PRONOUNS.validate(frame)
    truth = lk.sample_truth("text_bias").query("measure == 'occupation'").set_index("group")
    found = frame.set_index("occupation").loc[truth.index]
    assert found["feminine"].tolist() == truth["documents"].tolist()
    assert found["documents"].tolist() == truth["of_documents"].tolist()
    assert found["share"].tolist() == pytest.approx(truth["share"].tolist())


def test_near_counts_words_on_both_sides_and_never_crosses_documents() -> None:
    texts = [
        "she one two three nurse",
        "nurse one two three four he",
        "nurse",
        "he she",
        "he nurse she",
        "nurse he",
    ]
    counts = lk.occupation_pronouns(texts, window=4).iloc[0]
    assert counts[["documents", "feminine", "masculine", "both"]].tolist() == [5, 1, 1, 1]
    wider = lk.occupation_pronouns(texts, window=5).iloc[0]
    assert wider[["documents", "feminine", "masculine", "both"]].tolist() == [5, 1, 2, 1]
    whole = lk.occupation_pronouns(["nurse " + "word " * 50 + "she"], window=None).iloc[0]
    assert whole["feminine"] == 1


def test_a_document_counts_once_however_often_it_names_the_occupation() -> None:
    texts = ["The nurse said she came. " * 5 + "Nurses and nurse.", "nurse she " + "word " * 20 + "nurse he"]
    row = lk.occupation_pronouns(texts).iloc[0]
    assert row[["documents", "feminine", "both"]].tolist() == [2, 1, 1]


def test_p_value_is_the_exact_binomial_one_and_excess_is_share_less_labour_share() -> None:
    row = lk.occupation_pronouns(["The carpenter said she left."] * 3 + ["A carpenter and his dog"] * 9).iloc[
        0
    ]
    assert row["p_value"] == pytest.approx(binomtest(3, 12, 0.035).pvalue)
    assert row["p_adjusted"] == row["p_value"]
    assert row["excess"] == pytest.approx(0.25 - 0.035)
    assert row["excess_low"] < row["excess"] < row["excess_high"]


def test_gendered_names_and_longer_occupations_are_kept_apart() -> None:
    frame = lk.occupation_pronouns(["The policeman said he saw a civil engineer and his car."])
    assert frame["occupation"].tolist() == ["civil engineer"]


def test_own_occupations_without_labour_share_have_no_test() -> None:
    frame = lk.occupation_pronouns(["A wizard lost his hat"], lexicon={"wizard": ["wizard"]})
    assert frame["share"].tolist() == [0.0]
    assert frame[["labour_share", "excess", "p_value", "p_adjusted"]].isna().all(axis=None)


def test_no_occupation_gives_no_row_and_a_bad_window_is_an_error() -> None:
    assert len(lk.occupation_pronouns(["Rain"])) == 0
    with pytest.raises(BadParameterError, match="found 0"):
        lk.occupation_pronouns(["x"], window=0)


def texts_with_shares(shares: dict[str, int]) -> list[str]:
    """Give ten documents an occupation, of which so many say she."""
    return [
        f"The {job} said {'she' if i < count else 'he'} left."
        for job, count in shares.items()
        for i in range(10)
    ]


def test_agreement_is_the_spearman_correlation_with_an_interval_around_it() -> None:
    shares = {"nurse": 9, "teacher": 6, "lawyer": 7, "farmer": 3, "plumber": 1, "pilot": 2, "judge": 4}
    frame = lk.occupation_pronouns(texts_with_shares(shares))
    agreement = lk.occupation_agreement(frame)
    told = spearmanr(frame["share"].astype(float), frame["labour_share"].astype(float)).statistic
    assert agreement.rho == pytest.approx(told)
    assert agreement.n == 7
    assert agreement.low < agreement.rho < agreement.high <= 1
    assert "Over 7 occupations" in str(agreement)


def test_agreement_needs_four_occupations_with_enough_documents() -> None:
    frame = lk.occupation_pronouns(texts_with_shares({"nurse": 9, "teacher": 6, "lawyer": 7}))
    assert pd.isna(lk.occupation_agreement(frame).rho)
    assert "Too few" in str(lk.occupation_agreement(frame))
    assert lk.occupation_agreement(frame, min_documents=11).n == 0
