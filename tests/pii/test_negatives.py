"""Machine text with nobody in it: at most one finding a megabyte at "likely" and above, at most fifty at any level."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

import leakkit as lk

sys.path.insert(0, str(Path(__file__).parent / "negatives"))

import machine_text

SIZE = 24_000
ANY, LIKELY = 50, 1
"""Findings a megabyte that are allowed."""


@cache
def alarms() -> dict[str, tuple[int, int]]:
    """Count findings of each kind at any level, and at likely and above; documentation values are not counted."""
    kinds = list(machine_text.KINDS)
    found = lk.find_pii([machine_text.text_of(kind, SIZE) for kind in kinds])
    real = found[~found["placeholder"].fillna(False)]
    return {
        kind: (int(real["row"].eq(i).sum()), int((real["row"].eq(i) & real["likelihood"].ge("likely")).sum()))
        for i, kind in enumerate(kinds)
    }


def test_there_are_many_kinds_and_they_are_reproducible() -> None:
    assert len(machine_text.KINDS) >= 25
    for kind in machine_text.KINDS:
        made = machine_text.text_of(kind, 2_000, seed=4)
        assert len(made) >= 2_000
        assert made == machine_text.text_of(kind, 2_000, seed=4) != machine_text.text_of(kind, 2_000, seed=5)


@pytest.mark.parametrize("kind", machine_text.KINDS)
def test_one_kind_of_machine_text_raises_few_false_alarms(kind: str) -> None:
    at_all, likely = alarms()[kind]
    assert likely <= 1
    assert at_all <= 5


def test_machine_text_as_a_whole_keeps_to_the_rule() -> None:
    megabytes = SIZE * len(machine_text.KINDS) / 1e6
    counts = alarms().values()
    assert sum(likely for _, likely in counts) <= LIKELY * megabytes
    assert sum(at_all for at_all, _ in counts) <= ANY * megabytes


def test_machine_text_keeps_to_the_rule_as_members_read_line_by_line(tmp_path: Path) -> None:
    for kind in machine_text.KINDS:
        (tmp_path / f"{kind}.txt").write_text(machine_text.text_of(kind, SIZE), encoding="utf-8")
    found = lk.scan(tmp_path, workers=1, progress=False).findings()
    real = found[~found["placeholder"].fillna(False)]
    megabytes = SIZE * len(machine_text.KINDS) / 1e6
    assert len(real) <= ANY * megabytes
    assert real["likelihood"].ge("likely").sum() <= LIKELY * megabytes


@pytest.mark.parametrize(
    "text",
    [
        "h7NnRQsb7bUdKIWNjlS1mfnzEhsQn/r724doWs+DX/w+H77+qgLCIlCGlaP8dx03h2/pOA9",  # "dx" by chance
        "ea 10 6c f1 b8 99  44 27 95 f5 dc c8 41 a7  |D95/lNDx4T8lq0q/|",
        "e4 3a 13 9f c9 18 0e 58  92 58 cd 33 4e 30 33 ad  |SpzWqowGpLKpnWD5|",  # "spz" by chance
        "model.layers.48.token.buffer_proj.weight  [8923, 3334]  BF16  1138281094",
        "tests/attn/kernel/buffer/query.cc::parser_response[290564715321]-100] FAILED",
        "uid: 534821dd-405c-fea2-d567-634561240597",
        "81 6d 44 56 32 47",
        "81 6d 44 56 32 47       callq  913f0e <ring_idx>",
    ],
)
def test_chance_words_and_parts_of_longer_tokens_tell_nothing(text: str) -> None:
    found = lk.find_pii([text])
    assert not found["likelihood"].ge("likely").any()


def test_words_of_a_path_or_of_plain_text_still_tell() -> None:
    texts = ["dx: H77", "patients/2024/dx/E11.9", "Cartão de cidadão, cc 00000000 0 ZZ4", "plate_no=7ABC123"]
    assert lk.find_pii(texts, names=None)["row"].tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("line", "entity"),
    [
        ("00000010: card 4111 1111 1111 1111 of the first client", "CREDIT_CARD"),
        ("1001 4111 1111 1111 1111", "CREDIT_CARD"),
        ("10:30 call me: 06 12 34 56 78", "PHONE"),
        ("AHV 7569217076985", "NATIONAL_ID"),
        ("-rw-r--r-- 1 root root 4096 May 20 2026 scan of passport, reach me at 06 12 34 56 78.txt", "PHONE"),
        ("author.name=Claire Dubois", "PERSON"),
        ("menu.contact.name=Claire Dubois", "PERSON"),
    ],
)
def test_personal_data_beside_what_looks_like_rows_of_machines_is_found(line: str, entity: str) -> None:
    assert entity in lk.find_pii([line])["entity"].tolist()
