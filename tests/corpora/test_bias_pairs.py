"""Pairs found in real sentences: WinoBias, whose two files differ in the pronoun alone."""

from __future__ import annotations

import re

import pytest

from leakkit.bias.text.pairs import find_pairs

TERMS = {"pronoun": {"feminine": ["she", "her", "hers"], "masculine": ["he", "him", "his"]}}


def lines(path):
    return [
        re.sub(r"[\[\]]|^\d+ ", "", line.strip()) for line in path.read_text(encoding="utf-8").splitlines()
    ]


@pytest.mark.parametrize("kind", ["type1", "type2"])
def test_sentences_of_winobias_are_paired_with_their_counterpart(corpora, kind):
    anti, pro = (
        lines(corpora / "bias" / f"winobias_{side}_stereotyped_{kind}.txt.dev") for side in ("anti", "pro")
    )
    found = find_pairs([*anti, *pro], terms=TERMS)
    sides = found.groupby("pair")["place"].agg(lambda places: sorted(place % len(anti) for place in places))
    same_line = [len(set(places)) == 1 for places in sides]
    assert sum(same_line) >= 0.97 * len(anti)
    wrong = [pair for pair, same in zip(sides.index, same_line, strict=True) if not same]
    texts = [*anti, *pro]
    for pair in wrong:  # the very same sentence stands in several lines
        places = found.loc[found["pair"] == pair, "place"]
        assert (
            len({re.sub(r"\b(?:she|her|he|him|his)\b", "_", texts[place].lower()) for place in places}) == 1
        )
