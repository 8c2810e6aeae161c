"""The name tagger: spans, offsets, gate, hostile text, sizes. Every name here is invented."""

from __future__ import annotations

import random
import string
from importlib.resources import files

import numpy as np
import pytest

from leakkit.pii.gazetteer import is_given_name, is_place, is_surname, lookup
from leakkit.pii.gazetteer.tokens import hash_strings, tokenise
from leakkit.pii.matching.buffers import join_bytes
from leakkit.pii.tagger import load
from leakkit.pii.tagger.named import ENTITIES
from leakkit.pii.tagger.tag import _gone_on, _grown


@pytest.fixture(scope="module")
def tagger():
    """Give the shipped tagger."""
    return load()


def found(tagger, text: str) -> set[tuple[str, str]]:
    """Text and coarse entity of every span."""
    coarse = {"CITY": "LOCATION", "COUNTRY": "LOCATION"}
    return {(text[s:e], coarse.get(entity, entity)) for s, e, entity, _ in tagger.tag([text])[0]}


@pytest.mark.parametrize(
    ("text", "name", "entity"),
    [
        ("My name is Katarzyna Wiśniewska.", "Katarzyna Wiśniewska", "PERSON"),
        ("Sehr geehrter Herr Brandstätter, vielen Dank.", "Brandstätter", "PERSON"),
        ("Benim adım Mehmet Yıldırım.", "Mehmet Yıldırım", "PERSON"),
        ("hi, i am joanna and i live in manchester", "manchester", "LOCATION"),
        ("She moved from Lisbon to Nairobi.", "Nairobi", "LOCATION"),
        ("He studied at the University of Leeds.", "University of Leeds", "ORGANIZATION"),
        ("Dear Mr. Okonkwo, your parcel has arrived.", "Okonkwo", "PERSON"),
        ("user: me llamo Ximena Zúñiga", "Ximena Zúñiga", "PERSON"),
    ],
)
def test_names_of_many_countries_are_found(tagger, text, name, entity):
    assert (name, entity) in found(tagger, text)


def test_spans_count_code_points_and_do_not_overlap(tagger):
    text = "😀😀 Anna Kowalska met Péter Nagy in Berlin 😀"
    spans = tagger.tag([text])[0]
    assert "Anna Kowalska" in {text[s:e] for s, e, *_ in spans}
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert all(0 <= score <= 1 for *_, score in spans)


def test_texts_of_a_batch_are_tagged_as_if_alone(tagger):
    texts = ["Anna Kowalska", "", "lives in Berlin", "\x1e", "Dear Herr Müller,\nok", " \n "]
    assert tagger.tag(texts) == [tagger.tag([text])[0] for text in texts]


def test_long_texts_are_cut_without_losing_names(tagger):
    text = "Nothing to see here at all. " * 20_000 + "My name is Katarzyna Kowalska."
    assert any(text[s:e] == "Katarzyna Kowalska" for s, e, *_ in tagger.tag([text])[0])


def test_a_text_without_line_ends_or_blanks_is_cut(tagger):
    assert isinstance(tagger.tag(["A" * 600_000])[0], list)


@pytest.mark.parametrize(
    "text", ["", "\ud800 lone", "\x00\x00", "\u202eAnna", "a\u0301" * 50, "\U0010ffff" * 9]
)
def test_hostile_text_gives_spans_inside_it(tagger, text):
    assert all(0 <= s < e <= len(text) for s, e, *_ in tagger.tag([text])[0])


@pytest.mark.parametrize("text", ["3f9a8c7d2e1b", "12, 3.4, 5e-6", "{}[]();", "a_b_c/d.e", ""])
def test_the_gate_is_shut_for_text_without_words(tagger, text):
    assert not tagger.gate(text)


def test_the_gate_is_open_wherever_a_name_is_found(tagger):
    for text in ("Anna", "anna kowalska", "name: Müller", "李明 said", "ACME Corp"):
        assert tagger.gate(text)


def test_machine_text_raises_few_alarms(tagger):
    draw = random.Random(0)

    def word() -> str:
        return "".join(draw.choices(string.ascii_lowercase, k=draw.randrange(3, 9)))

    lines = [
        f"2031-01-{draw.randrange(10, 28)}T10:00:0{draw.randrange(9)}Z INFO {word()}.{word()} "
        f"id={draw.getrandbits(64):x} took {draw.random():.4f}"
        for _ in range(3000)
    ]
    text = "\n".join(lines)
    spans = tagger.tag([text])[0]
    assert len(spans) <= 50 * len(text) / 1e6
    assert not [s for s in spans if s[3] >= 0.6]


def test_token_hashes_do_not_depend_on_place_or_case():
    tokens = tokenise("Zürich und zurich, ZÜRICH")
    first = [
        int(tokens.types.folded[k])
        for k, s in zip(tokens.kind_of, tokens.start, strict=True)
        if s in (0, 11, 19)
    ]
    assert len(set(first)) == 1
    assert int(hash_strings(["zurich"])[0]) == first[0]


def test_lists_know_names_and_places():
    assert is_given_name("Katarzyna") and is_surname("müller") and is_place("Nairobi")
    assert lookup(["qzxvkj", "the"]).tolist() == [0, 35]


def test_all_that_ships_is_small_and_holds_no_objects():
    total = 0
    for folder in (files("leakkit.pii.tagger") / "model", files("leakkit.pii.gazetteer") / "lists"):
        for item in folder.iterdir():
            total += len(item.read_bytes())
            assert np.load(str(item), mmap_mode="r", allow_pickle=False).dtype != object
    assert total <= 6_000_000


AGENT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.1 Mobile/15E148 Safari/604.1"
)


def test_what_a_browser_calls_itself_holds_no_name_but_what_follows_may(tagger) -> None:
    line = f'192.0.2.7 - - [12/Mar/2025:10:11:07 +0000] "GET /api HTTP/1.1" 200 7 "-" "{AGENT}"'
    assert found(tagger, line) == set()
    rows = join_bytes([line.encode(), f'{line} for "Katarzyna Wiśniewska"'.encode()])
    assert tagger.rows(rows).tolist() == [False, True]
    assert ("Katarzyna Wiśniewska", "PERSON") in found(tagger, f'{AGENT}" My name is Katarzyna Wiśniewska.')
    assert ("Nairobi", "LOCATION") in found(tagger, f"{AGENT} and she moved to Nairobi.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("meldet, dass waltraud hinterleitner kommt", ["waltraud hinterleitner"]),
        ("waltraud hinterleitner", ["waltraud hinterleitner"]),
        ("see /home/waltraud/hinterleitner and waltraud_hinterleitner", []),
        ("the cat sat on the mat and will stay there", []),
    ],
)
def test_a_given_name_and_a_surname_in_small_letters_are_a_name(text: str, expected: list[str]):
    found = [text[start:end] for start, end, entity, _ in load().tag([text])[0] if entity == "PERSON"]
    assert found == expected


def test_words_of_work_in_lines_without_capitals_are_no_names() -> None:
    text = "they met in train a and said thanks"
    assert load().tag([text]) == [[]]
    assert [(start, end) for start, end, *_ in load().tag(["please ask priya brown about it"])[0]] == [
        (11, 22)
    ]


def spans(*found: tuple[int, int, int, float]) -> tuple[np.ndarray, ...]:
    """Give spans as the tagger holds them: first characters, characters after, kinds, scores."""
    return tuple(np.array(column) for column in zip(*found, strict=True))


def test_a_person_of_one_word_has_the_whole_of_a_listed_pair() -> None:
    person, place = ENTITIES.index("PERSON"), ENTITIES.index("LOCATION")
    found = spans((0, 4, person, 0.2), (5, 9, person, 0.7), (20, 25, place, 0.9), (30, 33, person, 0.3))
    begins, stops, kinds, scores = _grown(found, np.array([0, 20, 30]), np.array([9, 31, 38]))
    assert begins.tolist() == [0, 20, 30] and stops.tolist() == [9, 25, 38]
    assert kinds.tolist() == [person, place, person] and scores.tolist() == [0.5, 0.9, 0.5]


@pytest.mark.parametrize(
    ("text", "found", "start", "whole"),
    [
        ("Trefor Meredith", [(0, 6, "PERSON", 0.4)], 7, (0, 0.4)),
        ("Trefor, Meredith", [(0, 6, "PERSON", 0.4)], 8, None),
        ("Trefor  Meredith", [(0, 6, "PERSON", 0.4)], 8, None),
        ("Leeds Meredith", [(0, 5, "CITY", 0.4)], 6, None),
        ("Meredith", [], 0, None),
        ("John Smith Mary Jones", [(0, 10, "PERSON", 0.4)], 11, None),
    ],
)
def test_a_name_goes_on_behind_one_blank(text: str, found: list, start: int, whole: object) -> None:
    assert _gone_on(found, text, start, len(text), "PERSON") == whole


def test_names_joined_by_and_are_two_people() -> None:
    text = "Please ask Anna Kowalska and Piotr Nowak about the keys."
    assert [text[s:e] for s, e, kind, _ in load().tag([text])[0] if kind == "PERSON"] == [
        "Anna Kowalska",
        "Piotr Nowak",
    ]
