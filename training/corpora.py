"""Read labelled texts and lay their labels on tokens."""

from __future__ import annotations

import gzip
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from leakkit.pii.gazetteer.lookup import Gazetteer
from leakkit.pii.gazetteer.tokens import SEPARATOR, Tokens, tokenise
from leakkit.pii.tagger.features import Described, candidates, describe
from leakkit.pii.tagger.slots import all_slots

LABELS = ("O", "B-PERSON", "I-PERSON", "B-LOCATION", "I-LOCATION", "B-ORGANIZATION", "I-ORGANIZATION")
ENTITIES = ("PERSON", "LOCATION", "ORGANIZATION")


@dataclass
class Document:
    """A text with its spans (start, end, entity).

    Of a copy also the `number` of the text copied in its set, and which share of that set stands before it (`place`).
    """

    text: str
    spans: list[tuple[int, int, str]]
    ignored: list[tuple[int, int]] = field(default_factory=list)
    number: int = -1
    place: float = 0.0


def folder() -> Path:
    """Give the folder of the gold sets."""
    default = Path(__file__).parents[2] / "shared" / "corpora"
    return Path(os.environ.get("LEAKKIT_CORPORA", default)) / "pii"


def read(name: str) -> list[Document]:
    """Read one gold set."""
    with gzip.open(folder() / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        next(lines)
        rows = [json.loads(line) for line in lines]
    return [
        Document(
            row["text"],
            [(s["start"], s["end"], s["type"]) for s in row["spans"] if s["type"] in ENTITIES],
            [(s["start"], s["end"]) for s in row["spans"] if s["type"] not in ENTITIES],
        )
        for row in rows
    ]


def in_small_letters(documents: list[Document], every: int = 3) -> list[Document]:
    """Give one text in a few again as somebody writes it who does without capitals.

    Examples
    --------
    >>> in_small_letters([Document("Ask Priya.", [(4, 9, "PERSON")])])[0].text
    'ask priya.'
    """
    return [
        _copied(one, one.text.lower(), number, len(documents))
        for number, one in enumerate(documents)
        if number % every == 0 and len(one.text.lower()) == len(one.text)
    ]


def in_capitals(documents: list[Document], every: int = 8) -> list[Document]:
    """Give one text in a few again as somebody writes it whose letters are all capitals.

    Examples
    --------
    >>> in_capitals([Document("Hi.", []), Document("Ask Priya.", [(4, 9, "PERSON")])])[0].text
    'ASK PRIYA.'
    """
    return [
        _copied(one, one.text.upper(), number, len(documents))
        for number, one in enumerate(documents)
        if number % every == 1 and len(one.text.upper()) == len(one.text) and one.text.upper() != one.text
    ]


def _copied(one: Document, text: str, number: int, size: int) -> Document:
    """Give a copy of a text in other letters."""
    return Document(text, one.spans, one.ignored, number, number / size)


@dataclass
class Laid:
    """A batch of documents as tokens, candidates, slots and labels."""

    tokens: Tokens
    seen: Described
    at: np.ndarray
    document: np.ndarray
    slots: np.ndarray
    labels: np.ndarray
    lost: int
    total: int


def lay(documents: list[Document], lists: Gazetteer, capitals: bool = True) -> Laid:
    """Tokenise documents together, find candidates and give each its label."""
    text = SEPARATOR.join(["", *(d.text for d in documents), ""])
    tokens = tokenise(text)
    seen = describe(tokens, lists)
    at = candidates(tokens, seen)
    begins = np.cumsum([len(SEPARATOR)] + [len(d.text) + len(SEPARATOR) for d in documents])
    labels = np.zeros(len(tokens.start), np.int8)
    total = 0
    for begin, document in zip(begins, documents, strict=False):
        for start, end, entity in document.spans:
            first = np.searchsorted(tokens.end, begin + start, "right")
            last = np.searchsorted(tokens.start, begin + end, "left")
            kind = 1 + 2 * ENTITIES.index(entity)
            labels[first:last] = kind + 1
            labels[first : first + 1] = kind
            total += 1
    labels[tokens.kind == 4] = 0
    mask = np.ones(len(labels), bool)
    mask[at] = False
    lost = int((mask & (labels > 0) & (labels % 2 == 1)).sum())
    document_of = np.searchsorted(begins, tokens.start[at], "right") - 1
    labels = _legal(labels[at], at)
    return Laid(tokens, seen, at, document_of, all_slots(tokens, seen, lists, at), labels, lost, total)


def _legal(labels: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Let a name whose first token is no candidate begin at its first candidate."""
    out = labels.copy()
    for i in np.flatnonzero((labels > 0) & (labels % 2 == 0)):
        before = out[i - 1] if i and at[i] - at[i - 1] == 1 else 0
        if before not in (labels[i], labels[i] - 1):
            out[i] = labels[i] - 1
    return out
