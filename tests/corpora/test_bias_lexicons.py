"""Word sets and lists of others, read from the real files; our figures beside an older published list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scipy.stats import spearmanr

import leakkit as lk
from leakkit.errors import BadFrameError


def test_all_ten_tests_of_caliskan_are_read_from_the_file_of_wefe(corpora: Path) -> None:
    tests = lk.load_weat_sets(corpora / "bias/weat_sets_wefe.json")
    assert len(tests) == 10
    sizes = {tuple(len(words) for words in sides.values()) for sides in tests.values()}
    assert (25, 25, 25, 25) in sizes
    assert all(len(sides["x"]) == len(sides["y"]) for sides in tests.values())


def test_holistic_bias_files_become_lexicons_that_can_be_counted(corpora: Path) -> None:
    descriptors = lk.load_holistic_bias(corpora / "bias/holisticbias_descriptors.json")
    lk.frames.LEXICON.validate(descriptors)
    assert descriptors["axis"].nunique() == 13
    assert len(descriptors) > 550
    assert 40 < descriptors["sensitive"].sum() < 60
    nouns = lk.load_holistic_bias(corpora / "bias/holisticbias_nouns.json")
    assert set(nouns["group"]) == {"female", "male", "neutral"}
    found = lk.count_identity_terms(["My hard-of-hearing uncle", "Deaf people"], descriptors)
    assert found.loc[found["group"].eq("auditory"), "documents"].tolist() == [2]


def test_other_json_files_are_refused_with_a_reason(corpora: Path) -> None:
    with pytest.raises(BadFrameError):
        lk.load_weat_sets(corpora / "bias/bolukbasi.json")
    with pytest.raises(BadFrameError):
        lk.load_holistic_bias(corpora / "bias/occupation_female_pct_bls.json")


def test_shares_of_women_rank_occupations_as_an_older_list_does(corpora: Path) -> None:
    older = json.loads((corpora / "bias/occupation_female_pct_bls.json").read_text(encoding="utf-8"))
    ours = lk.load_lexicon("occupations").drop_duplicates("term").set_index("term")["value"]
    both = [name for name in older if name in ours.index]
    assert len(both) >= 20
    rho = spearmanr([older[name] for name in both], ours[both].astype(float)).statistic
    assert rho > 0.85


def test_no_list_of_the_corpora_was_copied(corpora: Path) -> None:
    theirs = lk.load_word_sets(corpora / "bias/weat_sets_wefe.json")
    ours = lk.load_lexicon("word_sets").groupby("group")["term"].apply(set)
    for words in theirs.values():
        for mine in ours:
            assert len(set(words) & mine) < 0.7 * len(words)
