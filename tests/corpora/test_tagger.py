"""The tagger on sentences it was never trained on: recall and precision of names, and speed on prose."""

from __future__ import annotations

import gzip
import json

import pytest

from leakkit.pii.tagger import load

NAMES = ("PERSON", "LOCATION", "ORGANIZATION")


@pytest.fixture(scope="module")
def sentences(corpora):
    """Texts and gold spans of the sentences from templates (measured only, never trained on)."""
    with gzip.open(corpora / "pii" / "presidio_synth_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        return [json.loads(line) for line in lines]


def test_persons_of_unseen_sentences_are_found(sentences):
    found = load().tag([row["text"] for row in sentences])
    gold = hits = guesses = right = 0
    for row, spans in zip(sentences, found, strict=True):
        true = [(s["start"], s["end"]) for s in row["spans"] if s["type"] == "PERSON"]
        mine = [(start, end) for start, end, entity, _ in spans if entity == "PERSON"]
        gold, guesses = gold + len(true), guesses + len(mine)
        hits += sum(any(s < b and a < e for a, b in mine) for s, e in true)
        right += sum(any(s < b and a < e for s, e in true) for a, b in mine)
    assert hits / gold >= 0.88
    assert right / guesses >= 0.75


def test_higher_scores_are_more_often_right(sentences):
    found = load().tag([row["text"] for row in sentences])
    right: dict[bool, list[bool]] = {True: [], False: []}
    for row, spans in zip(sentences, found, strict=True):
        true = [(s["start"], s["end"]) for s in row["spans"] if s["type"] in NAMES]
        for start, end, _, score in spans:
            right[score >= 0.6].append(any(s < end and start < e for s, e in true))
    assert sum(right[True]) / len(right[True]) > sum(right[False]) / len(right[False])
