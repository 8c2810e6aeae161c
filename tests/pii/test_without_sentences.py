"""Names that a tagger sees in long members in which nobody writes a sentence; all texts are invented."""

from __future__ import annotations

import gc
from pathlib import Path
from weakref import ref

import numpy as np
import pandas as pd
import pytest

import leakkit as lk
from leakkit.pii.spans import Span
from leakkit.pii.weighing.sentences import is_sentence
from leakkit.pii.weighing.without_sentences import FEWEST, OFTEN, without_strangers

NAMES = ("PERSON", "ORGANIZATION", "LOCATION", "CITY", "COUNTRY")
LETTERS = ("ALPHA", "BETA", "GAMMA", "DELTA", "THETA", "LAMBDA", "SIGMA", "OMEGA")
SHAPES = ("WHITE STAR", "BLACK SQUARE", "CIRCLED LETTER", "TURNED COMMA", "MEDIUM BAR", "OPEN CENTRE CROSS")
PEOPLE = (
    "Maria Gonzalez",
    "James Wilson",
    "Anna Kowalska",
    "Thomas Schmidt",
    "Laura Rossi",
    "Peter Novak",
    "Sarah Johnson",
    "Michael Brown",
)


def _names(tmp_path: Path, lines: list[str], name: str = "lines.txt") -> pd.DataFrame:
    """Search a member of some lines; gives the names of people, places and organisations."""
    (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = lk.scan(tmp_path, workers=1, progress=False).findings()
    return found[found["entity"].isin(NAMES)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("then Ana left the room", True),
        ("12:04 INFO worker has lost its connection", True),
        ("Wir haben die Rechnung bezahlt", True),
        ("мы пришли домой вчера вечером", True),
        ("昨日の会議の資料を送ります", True),
        ("0416;CYRILLIC CAPITAL LETTER ZHE;Lu;0;L", False),
        ("Anna Maria Kowalska Nowak", False),
        ("val fold: List<Shader> = emptyList()", False),
        ("▁ing 4401", False),
        ("", False),
    ],
)
def test_sentence_is_words_in_a_row_that_begin_small(line: str, told: bool) -> None:
    assert is_sentence(line) is told


def test_table_of_signs_has_no_names(tmp_path: Path) -> None:
    lines = [
        f"U+{9600 + n:04X} {LETTERS[n % 8]} {SHAPES[n % 6]} {LETTERS[n // 8 % 8]} [So]" for n in range(400)
    ]
    assert _names(tmp_path, lines).empty


def test_list_of_tokens_has_no_names_even_where_a_piece_is_one(tmp_path: Path) -> None:
    pieces = ("Ġthe", "Mar", "ĠAnna", "inge", "Ġest", "san", "ĠKarl", "▁qu", "##er", "cona")
    lines = [f"{pieces[n % 10]} {pieces[(3 * n + 1) % 10]}" for n in range(500)]
    assert _names(tmp_path, lines).empty


def test_list_of_people_keeps_them(tmp_path: Path) -> None:
    found = _names(tmp_path, list(PEOPLE) * 10)
    assert found["row"].nunique() == 80


def test_names_stay_beside_other_data_of_a_person(tmp_path: Path) -> None:
    lines = [f"{n:04d} Zsolt Brankovics{n} <zb{n}@firm-one.net> queue={n}" for n in range(60)]
    lines = [line.replace(f"Brankovics{n}", "Brankovics") for n, line in enumerate(lines)]
    found = _names(tmp_path, lines)
    assert found["row"].nunique() >= 50


def test_term_that_comes_again_and_again_is_no_name(tmp_path: Path) -> None:
    filler = [f"the unit number {n} was told to wait for the next one" for n in range(60)]
    code = [
        f"data class Vertex{n}(val id: Long = {n}7L, val pack: List<Shader> = emptyList()) {{"
        for n in range(60)
    ]
    assert _names(tmp_path, filler + code[: OFTEN * 3]).empty


def test_few_lines_say_nothing_about_a_member(tmp_path: Path) -> None:
    assert len(PEOPLE) < FEWEST
    found = _names(tmp_path, ["Zoltan Brankovics", "Ferenc Ujvari", "seen 12:40"])
    assert len(found) >= 1


def test_one_text_of_many_lines_is_a_member_of_its_own() -> None:
    table = "\n".join(f"U+{9600 + n:04X} {LETTERS[n % 8]} {SHAPES[n % 6]} [So]" for n in range(200))
    letter = "Dear Ms Kowalska, I met James Wilson in London and he sends you his regards."
    found = lk.find_pii([table, letter])
    found = found[found["entity"].isin(NAMES)]
    assert set(found["row"]) == {1}


def test_texts_are_let_go_without_a_search_for_cycles() -> None:
    class Held(list[str]):
        pass

    texts = Held(["ALPHA STAR"] * 50)
    spans = [
        Span(row, 0, 10, "PERSON", "name", 0.4, None, False, "tagger:PERSON:0.40", "tagger", "", 0, text)
        for row, text in enumerate(texts)
    ]
    gone, enabled = ref(texts), gc.isenabled()
    gc.disable()
    try:
        without_strangers(spans, texts, np.zeros(50, np.int64))
        del texts
        assert gone() is None
    finally:
        if enabled:
            gc.enable()
