"""Weighing many spans at once: words in surroundings, what is remembered, overlaps; each against its slow twin."""

from __future__ import annotations

import random

import numpy as np
import pytest

from leakkit.pii.detector import builtin_detectors
from leakkit.pii.find import find_pii
from leakkit.pii.found import Found
from leakkit.pii.keys import is_ordinary
from leakkit.pii.masking.case import Case
from leakkit.pii.setup import make_setup
from leakkit.pii.spans import Span, settled
from leakkit.pii.weighing import memory, other_numbers
from leakkit.pii.weighing.context import Words
from leakkit.pii.weighing.dumps import in_dump
from leakkit.pii.weighing.meant import means_it
from leakkit.pii.weighing.phrases import grams_of, speaking, words_in
from leakkit.pii.weighing.verdicts import Patterns
from leakkit.pii.weighing.weigh import Weighed

LISTS = sorted({d.context for d in builtin_detectors()} | {d.against for d in builtin_detectors()})
WORDS = sorted({word for words in LISTS for word in words})


def _stretch(rng: random.Random, letters: str) -> str:
    """Make a stretch of text of words of our lists, changed as texts change them, and of rubbish."""
    parts = []
    for _ in range(rng.randrange(1, 5)):
        word = rng.choice([rng.choice(WORDS), "".join(rng.choices(letters, k=rng.randrange(6)))])
        forms = (word, word.upper(), word.title(), word.title().replace(" ", ""), word.replace(" ", "_"))
        parts.append(rng.choice([*forms, word.replace(" ", ""), f"{word}12", f"{word}123"]))
        parts.append(rng.choice(["", " ", "_", "-", "A", "9", ": ", "é"]))
    return "".join(parts)


def _last_of(words: Words, stretch: str) -> set[str | None]:
    """Give what may be found by all words and phrases of a stretch: the last, of those the longest.

    Tokens that say nothing (mixed letters and digits, as identifiers are) are left out before.
    """
    stretch = speaking(stretch)
    grams = grams_of(stretch)
    if common := [gram for gram in words._by_gram if gram in grams]:
        best = max((grams[gram], len(gram)) for gram in common)
        return {words._by_gram[gram] for gram in common if (grams[gram], len(gram)) == best}
    free = next((word for word in words._free if word in stretch), None) if not stretch.isascii() else None
    return {free}


@pytest.mark.parametrize("letters", ["ab AB_-1.'/0zZ", "ab AB_-1.'/0zZéÉßñ’²٣中İ"])
def test_the_last_word_of_a_stretch_is_found_as_by_all_its_words_and_phrases(letters: str) -> None:
    rng = random.Random(7)
    lists = [Words(words) for words in LISTS if words]
    hits = 0
    for number in range(1500):
        stretch = _stretch(rng, letters)
        for words in lists[number % 23 :: 23]:
            found = words.among(stretch)
            expected = _last_of(words, stretch)
            if not any(word and is_ordinary(word) for word in expected):
                assert found in expected
            hits += found is not None
    assert hits > 100


def test_words_of_a_stretch_are_parted_as_its_phrases_are() -> None:
    rng = random.Random(8)
    for _ in range(2000):
        stretch = _stretch(rng, "abAB_-19 éÉİß²")
        assert set(words_in(stretch)[0]) <= set(grams_of(stretch))


def test_findings_do_not_depend_on_how_much_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        f"user{n}@mail.example.org called 07700 900{n % 1000:03d} from 192.0.2.{n % 250}" for n in range(900)
    ]
    case = Case.from_passphrase("a long pass phrase", "test")
    usual = find_pii(texts, names=None, case=case)
    monkeypatch.setattr(memory, "MOST_HELD", 50)
    assert find_pii(texts, names=None, case=case).equals(usual)
    memory.make_room(51)
    assert sum(len(held() or ()) for held in memory._MEMOS) == 0


@pytest.mark.parametrize("patterns", [("a+", "(?i)x.*"), ("[^b]+",), ("ab$",), ()])
def test_patterns_match_the_same_values_among_many_as_alone(patterns: tuple[str, ...]) -> None:
    rng = random.Random(9)
    values = ["".join(rng.choices("abxX\n é", k=rng.randrange(1, 4))) for _ in range(200)]
    alone = {value for value in values if Patterns(patterns).among([value])}
    for size in (1, 3, 7, 200):
        found: set[str] = set()
        for begin in range(0, len(values), size):
            found |= Patterns(patterns).among(values[begin : begin + size])
        assert found == alone


def test_overlaps_are_settled_in_columns_as_span_by_span() -> None:
    setup = make_setup(names=None)
    rng = random.Random(10)
    size = 3000
    which = np.array([rng.randrange(len(setup.rules)) for _ in range(size)])
    rows = np.array([rng.randrange(600) for _ in range(size)])
    starts = np.array([rng.randrange(30) for _ in range(size)])
    ends = starts + np.array([rng.choice([3, 8, 8, 20]) for _ in range(size)])
    weighed = [Weighed(rng.choice([0.3, 0.6, 0.9]), None, False, f"step {n}") for n in range(size)]
    values = [str(n) for n in range(size)]
    found = setup.settler.settled(Found(rows, starts, ends, which, weighed, values))
    one_by_one = settled(
        [
            Span(
                row, start, end, rule.entity.name, rule.entity.family, one.score, None, False, one.evidence,
                rule.detector.id, "", index, value,
            )
            for row, start, end, index, one, value in zip(
                rows.tolist(), starts.tolist(), ends.tolist(), which.tolist(), weighed, values, strict=True
            )
            for rule in [setup.rules[index]]
        ]
    )  # fmt: skip
    steps = [one.evidence + found.also.get(place, "") for place, one in enumerate(found.weighed)]
    assert sorted(zip(found.values, steps, strict=True)) == sorted((s.value, s.evidence) for s in one_by_one)
    places = list(zip(found.rows.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True))
    assert places == sorted(places) == [(s.row, s.start, s.end) for s in one_by_one]


@pytest.mark.parametrize("seed", range(4))
def test_a_word_for_a_thing_is_seen_wherever_a_walk_without_a_first_look_sees_it(seed: int) -> None:
    draw = random.Random(seed)
    words = [
        *sorted(other_numbers._things()[True]),
        *"no nr nummer bestellnummer ordernumber the is nº".split(),
    ]
    joints = [" ", "", ": ", ".", " (", "_", "-", "n°", "  "]
    seen = 0
    for number in range(3_000):
        before = "".join(draw.choice(words) + draw.choice(joints) for _ in range(draw.randint(1, 4)))
        telephone = bool(number % 2)
        tail = before[-other_numbers._REACH :]
        expected = bool(other_numbers._walked(other_numbers._END.sub("", tail), telephone))
        if not expected and not tail.isascii():
            continue
        assert other_numbers.is_of_thing(before, telephone) == expected, before
        seen += expected
    assert seen > 500


def test_what_is_glued_to_a_word_decides_whether_it_is_meant() -> None:
    assert means_it("vehicle_plate ", "plate", "plate", 1)
    assert not means_it("plate-router: ", "plate", "plate", 1)
    assert not means_it("plate knife | LOT | ", "plate", "plate", 1)


@pytest.mark.parametrize("before", ["-rw-r--r-- 1 root root ", "drwxr-xr-x  2 1000 1000 "])
def test_rights_of_files_on_the_line_make_a_number_part_of_a_listing(before: str) -> None:
    text = f"{before}5550100 2024-01-02 10:11 call.txt"
    place = len(before)
    assert in_dump(text, place, place + 7, "PHONE")
    assert not in_dump("call me at 5550100 now, please", 11, 18, "PHONE")
