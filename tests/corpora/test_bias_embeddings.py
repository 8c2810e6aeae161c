"""Tests of association tests with the published word sets, on texts that hold few of their words."""

from pathlib import Path

import pandas as pd
import pytest

import leakkit as lk


@pytest.fixture(scope="module")
def tests(corpora: Path) -> dict[str, dict[str, list[str]]]:
    """Give Caliskan's ten tests as WEFE has them."""
    return lk.load_weat_sets(corpora / "bias" / "weat_sets_wefe.json")


def test_all_ten_published_tests_are_counted_exactly_or_drawn(tests: dict[str, dict[str, list[str]]]) -> None:
    words = sorted({word for test in tests.values() for side in test.values() for word in side})
    texts = [
        f"{one} {two} {three}" for one in words for two, three in zip(words[::7], words[3::7], strict=False)
    ]
    found = lk.embedding_associations(texts, tests, dimension=20, null_draws=0, folds=0)
    assert len(found) == 10 and found["p_value"].between(0, 1).all()
    sizes = found["n_x"] + found["n_y"]
    assert found["coverage"].gt(0.95).all()
    assert (found["p_method"] == "exact").tolist() == (sizes <= 40).tolist()
    assert found.loc[
        found["test"].str.startswith("WEAT 1:"), ["of_x", "of_y", "of_a", "of_b"]
    ].values.tolist() == [[25, 25, 25, 25]]


def test_a_corpus_without_the_words_is_warned_of(tests: dict[str, dict[str, list[str]]]) -> None:
    crawl = pd.read_parquet(Path(str(lk.sample_leak())) / "datasets" / "web" / "crawl-2024-46.parquet")
    found = lk.embedding_associations(crawl, tests, dimension=30, null_draws=0, folds=0)
    assert found["coverage"].lt(0.7).all()
    assert found["warning"].str.contains("of the words are in the vocabulary").all()
    assert found["p_value"].isna().any()
