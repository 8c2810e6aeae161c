"""Prose is found where people wrote it, and read without the rest."""

from __future__ import annotations

import json

import pytest

import leakkit as lk
from leakkit.bias.text.prose import find_prose, read_prose
from leakkit.errors import BadParameterError

SENTENCE = "this is an invented sentence of nine short words"


@pytest.fixture
def chats(tmp_path):
    """Give a leak of forty chats of two messages, and a table of codes."""
    lines = [
        json.dumps({"id": f"c-{n}", "messages": [{"text": f"{SENTENCE} {n}"}, {"text": "ok"}] if n % 2 else
                    [{"text": f"{SENTENCE} {n}"}, {"text": f"{n} {SENTENCE}"}]})
        for n in range(40)
    ]  # fmt: skip
    (tmp_path / "chat.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "codes.csv").write_text("code\n" + "A1\n" * 100, encoding="utf-8")
    return lk.open_leak(tmp_path)


def test_places_in_lists_are_one_field(chats):
    found = find_prose(chats)
    assert found[["path", "field", "documents"]].values.tolist() == [["chat.jsonl", "messages[*].text", 60]]
    assert found.loc[0, "words"] == 60 * 10


def test_texts_of_that_field_are_read_and_nothing_else(chats):
    texts = [text for batch in read_prose(chats, "chat.jsonl", "messages[*].text")
             for text in batch.column("text").to_pylist()]  # fmt: skip
    assert len(texts) == 80
    assert sum(text == "ok" for text in texts) == 20


def test_too_few_texts_are_no_prose(chats):
    assert find_prose(chats, least_documents=61).empty
    assert find_prose(chats, least_words=11).empty


def test_a_field_that_is_not_there_is_said(chats):
    with pytest.raises(BadParameterError, match="find_prose"):
        list(read_prose(chats, "chat.jsonl", "nothing"))
    with pytest.raises(BadParameterError, match="least_words to be a whole number"):
        find_prose(chats, least_words=0)


def test_a_leak_without_texts_has_no_prose(tmp_path):
    (tmp_path / "codes.csv").write_text("code\n" + "A1\n" * 100, encoding="utf-8")
    assert find_prose(lk.open_leak(tmp_path)).empty


def test_parts_of_a_long_text_belong_to_its_field(tmp_path):
    long = (SENTENCE + " ") * 25_000
    lines = [json.dumps({"text": text}) for text in [long, *[SENTENCE] * 40]]
    (tmp_path / "pages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    leak = lk.open_leak(tmp_path)
    found = find_prose(leak)
    assert found["field"].tolist() == ["text"]
    corpus = lk.read_corpus(leak, found)
    assert len(corpus) == found.loc[0, "documents"] == 42
    assert corpus.str.len().sum() == len(long) + 40 * len(SENTENCE)
