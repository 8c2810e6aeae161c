"""Rows that can hold no name are told apart at once, and nothing is lost by it. Every name here is invented."""

from __future__ import annotations

import random
import re
import string
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from leakkit.leak.records.stream import schema
from leakkit.pii import spans_named
from leakkit.pii.addresses import seeds
from leakkit.pii.cues import told_names
from leakkit.pii.find import find_batch, find_pii
from leakkit.pii.findings import table_of
from leakkit.pii.gazetteer.lookup import load as load_lists
from leakkit.pii.gazetteer.tokens import tokenise
from leakkit.pii.masking.case import Case
from leakkit.pii.matching.buffers import join_arrow, join_bytes
from leakkit.pii.setup import make_setup
from leakkit.pii.spans import find_spans
from leakkit.pii.tagger import load
from leakkit.pii.tagger.features import candidates, describe
from leakkit.pii.tagger.words import NEVER
from leakkit.pii.telling_rows import chatted, cued, placed

CASE = Case.from_passphrase("a long pass phrase", "test")
TOLD = (
    "hi, my name is Ada Quill and I work at Fenn Maps Ltd",
    "Dear Ms. Okonkwo, thank you",
    "wohne in Oldmarsh seit 2019",
    "it was made by Quill & Fenn GmbH.",
    "joined 3rdway last year",
    "Kind regards,\nAda Quill\nFenn Maps",
    "we met at the Quillian office on Monday",
    "Quillian is a small startup in town",
)
SEEDED = ("corner of Mill Lane and Dock Road", "12 mill lane apt 3", "it was sent to 12 Mill Lane, Oldtown.")
MACHINE = (
    "2025-03-19 09:46:07,737 DEBUG trainer step=425427 loss=0.235735 lr=3e-4",
    "GET /healthz 200 11ms",
    '{"sha256": "3f9a8c7d00aa", "Q7": 12, "n": 1}',
    "qX7Rz0pL2mN9+kQ4tV8w/1yB3cD6eF==",
    "self._Anna = Quill_Ada + Tom@_Peter",
    "00112233 de ad be ef 00 11 22 33",
)


def rows_of(texts: list[str]):
    """Join texts as a batch is joined."""
    return join_bytes([text.encode() for text in texts])


def drawn(rng: random.Random) -> str:
    """Draw a line of prose, of a machine, or of nonsense."""
    made = (
        lambda: rng.choice((*TOLD, *SEEDED, *MACHINE)),
        lambda: f"{rng.choice(TOLD)} {rng.choice(MACHINE)}",
        lambda: f"user=ada.{rng.randrange(99)}@mail.example.com from 192.0.2.{rng.randrange(255)}",
        lambda: f"request {rng.randrange(9999)} by Anna Kowalska took {rng.randrange(99)} ms",
        lambda: f"root login from 192.0.2.{rng.randrange(9)}",
        lambda: "".join(rng.choices(string.printable + "éßŁ–“中", k=rng.randrange(60))),
        lambda: " ".join(rng.choices(["Anna", "berlin", "ACME", "x9", "of", "INFO", "ñandú", "12", "e-mail"], k=7)),
        lambda: " ".join(rng.choices(["marie", "rose", "ask", "the", "priya", "x=(1)", "été", "42", "\n"], k=6)),
    )  # fmt: skip
    return rng.choice(made)()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_batch_is_found_as_if_every_row_were_looked_at(seed: int) -> None:
    rng = random.Random(seed)
    texts = [drawn(rng) for _ in range(400)]
    fields = [rng.choice(("", "", "note", "message")) for _ in texts]
    columns = [["t.log"] * len(texts), list(range(50, 50 + len(texts))), fields, texts]
    types = (pa.string(), pa.int64(), pa.string(), pa.large_string())
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    batch = pa.RecordBatch.from_arrays(arrays, schema=schema())
    setup = make_setup(names="builtin", case=CASE)
    found = find_batch(batch, setup).to_pylist()
    spans = find_spans(join_arrow(batch.column("text")), batch.column("field"), setup)
    plain = table_of(batch, spans, setup).to_pylist()
    assert len(found) > 200
    assert found == [one for one in plain if one in found]
    left = [one for one in plain if one not in found]  # words without sentences: `without_strangers`
    assert {one["detector"] for one in left} <= {"tagger"}
    assert len(left) < 5


def findings_of(texts: list[str]) -> list[list[tuple]]:
    """Give all columns of the findings of each text, but for its number."""
    found = find_pii(texts, case=CASE)
    rows, found = found["row"].tolist(), found.drop(columns=["row", "path"])
    each: list[list[tuple]] = [[] for _ in texts]
    for row, told in zip(
        rows, found.astype(object).where(found.notna(), None).to_numpy().tolist(), strict=True
    ):
        each[row].append(tuple(told))
    return each


def test_a_text_has_the_same_findings_to_the_last_digit_whatever_stands_beside_it() -> None:
    rng = random.Random(7)
    drawn_texts = [" ".join(drawn(rng) for _ in range(rng.choice((1, 1, 2, 9)))) for _ in range(90)]
    digits = [re.sub(r"\d", lambda _: str(rng.randrange(10)), text) for text in drawn_texts[:30]]
    alike = [
        form.format(rng.randrange(1000, 9999))
        for form in ("{} Box", "{} Aue", "in {} May")
        for _ in range(40)
    ]
    texts = [text for text in dict.fromkeys([*drawn_texts, *digits, *alike, *TOLD]) if text]
    alone = {text: findings_of([text])[0] for text in texts}
    assert sum(any("tagger" in str(one) for one in found) for found in alone.values()) > 50
    for size in (len(texts), 3, 17):
        rng.shuffle(texts)
        for begin in range(0, len(texts), size):
            part = texts[begin : begin + size]
            assert findings_of(part) == [alone[text] for text in part]


def test_no_row_with_a_candidate_of_the_tagger_is_left_out() -> None:
    rng, lists = random.Random(5), load_lists()
    texts = [drawn(rng) for _ in range(1500)]
    for text, open_ in zip(texts, load().rows(rows_of(texts)).tolist(), strict=True):
        tokens = tokenise(text)
        seen = describe(tokens, lists)
        words = {text[tokens.start[i] : tokens.end[i]] for i in candidates(tokens, seen)}
        begins = (seen.begins | seen.small)[tokens.kind_of]
        told = {text[tokens.start[i] : tokens.end[i]] for i in np.flatnonzero(begins)} & words
        if told - set(NEVER):
            assert open_, text


@pytest.mark.parametrize("text", MACHINE)
def test_machine_text_is_left_out(text: str) -> None:
    rows = rows_of([text, text])
    assert not (load().rows(rows) | cued(rows) | placed(rows)).any()


def test_a_word_that_is_known_is_told_the_same_again() -> None:
    tagger, texts = load(), [*TOLD, *MACHINE]
    assert tagger.rows(rows_of(texts)).tolist() == tagger.rows(rows_of(texts)).tolist()
    assert len(tagger.rows(rows_of([]))) == len(cued(rows_of([]))) == 0


def test_rows_with_a_telling_word_are_seen_wherever_they_stand() -> None:
    texts = [MACHINE[0], *TOLD, MACHINE[1], *SEEDED, MACHINE[0]]
    told, seeded = cued(rows_of(texts)), placed(rows_of(texts))
    for text, one, other in zip(texts, told.tolist(), seeded.tolist(), strict=True):
        assert one or not told_names(text)
        assert other or not seeds(text)
    assert told[1:7].all()
    assert seeded[10:13].all()
    assert not told[[0, 9, 13]].any()


def test_lines_that_are_alike_are_tagged_as_if_alone() -> None:
    rng = random.Random(2)
    lines = [
        "Mar {} host: Anna Kowalska logged in",
        "GET /a/{} HTTP/1.1 Mozilla/5.0 (Windows NT)",
        "Berlin {}",
    ]
    texts = [rng.choice(lines).format(rng.randrange(20)) for _ in range(300)]
    tagger = load()
    alone = {text: tagger.tag([text])[0] for text in set(texts)}
    assert tagger.tag(texts) == [alone[text] for text in texts]
    assert any(alone.values())


def test_large_batches_and_long_texts_are_looked_at_in_parts(monkeypatch) -> None:
    rng = random.Random(9)
    texts = [drawn(rng) for _ in range(300)] + ["x" * 3000, "quiet words " * 500 + "Anna", ""]
    whole = load().rows(rows_of(texts))
    monkeypatch.setattr("leakkit.pii.tagger.tag.AT_A_TIME", 256)
    parts = load().rows(rows_of(texts))
    assert parts[-3:].tolist() == [True, True, False]
    assert (parts[:-3] == whole[:-3]).all()


def test_rows_searched_part_by_part_give_the_same_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        f"{told} {number}, ana.quill{number % 7}@mail.example.com" for number in range(20) for told in TOLD
    ]
    texts += ["call +44 20 7946 0018", "", "name: Ada Quill\nphone: +44 20 7946 0018\ncity: Leeds"] * 30
    whole = find_pii(texts, case=CASE)
    parts: list[int] = []
    search = spans_named._structured_part

    def noted(wanted: np.ndarray, *others: Any) -> list[Any]:
        parts.append(len(wanted))
        return search(wanted, *others)

    monkeypatch.setattr(spans_named, "_structured_part", noted)
    monkeypatch.setattr(spans_named, "_PART_BYTES", 4_000)
    cut = find_pii(texts, case=Case.from_passphrase("a long pass phrase", "test"))
    assert len(parts) > 3 and len(whole) > 200
    pd.testing.assert_frame_equal(whole, cut)


def test_messages_of_chats_are_seen_in_texts_of_other_letters() -> None:
    head = "привет, как дела у тебя\n你好你好\n"
    texts = [
        f"{head}12/03/2024, 09:11 - Мара Примерова: да\n",
        f"{head}Мара Примерова — сегодня в 9:05",
        f"{head}в 9:05",
        head,
    ]
    rows = rows_of(texts)
    assert len(rows.wide) * 4 > len(rows.array)
    assert chatted(rows).tolist() == [True, True, False, False]
