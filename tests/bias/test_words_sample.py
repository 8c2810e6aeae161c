"""Words of groups on the invented leak, whose planted differences are known; power where some was measured."""

from __future__ import annotations

import pandas as pd
import pyarrow.parquet as pq
import pytest

import leakkit as lk
from benchmarks.bias_words import error_rates
from leakkit import bundled
from leakkit.bias.text.windows import count_windows

COMMUNITIES = {"Marshlanders": ["Marshlanders"], "Hillfolk": ["Hillfolk"]}


@pytest.fixture(scope="module")
def crawl() -> pd.DataFrame:
    """Give the invented crawl."""
    place = bundled.sample_leak() / "datasets" / "web" / "crawl-2024-46.parquet"
    return pq.read_table(place, columns=["doc_id", "text"]).to_pandas()


def test_contempt_for_the_marshlanders_is_found_and_nothing_for_the_hillfolk(crawl: pd.DataFrame) -> None:
    found = lk.word_associations(crawl, terms=COMMUNITIES)
    sure = found[(found["p_adjusted"] <= 0.05) & (found["group"] == "Marshlanders")]
    assert len(sure) and (sure["ratio"] > 1).any()
    truth = bundled.sample_truth("text_bias").query("measure == 'community'").set_index(["group", "word"])
    n = {group: truth.loc[(group, "contempt"), "of_documents"] for group in COMMUNITIES}
    assert found.groupby("group")["n_documents"].first().to_dict() == n


def test_halves_of_the_crawl_do_not_differ(crawl: pd.DataFrame) -> None:
    halves = pd.util.hash_array(crawl["doc_id"].to_numpy(object)) % 2
    found = lk.word_associations(crawl, halves.tolist())
    assert (found["p_adjusted"] > 0.05).all()


def test_words_near_the_communities_are_counted_in_their_documents(crawl: pd.DataFrame) -> None:
    found = count_windows(crawl, COMMUNITIES, window=8, most=None)
    truth = bundled.sample_truth("text_bias").query("measure == 'community'")
    mentions = found.groupby("group")["n_documents"].first()
    assert (mentions >= truth.groupby("group")["of_documents"].first()).all()
    assert (found["documents"] <= found["n_documents"]).all()


def test_power_at_a_rate_ratio_of_one_and_a_half_is_what_was_promised() -> None:
    found = error_rates(3, 1.5)
    assert found["presence (ours)"]["power"] >= 0.75 > found["presence, plain BH"]["power"]
    assert found["presence (ours)"]["fdr"] <= 0.1
