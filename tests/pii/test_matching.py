"""Both engines find what each detector finds alone: on examples, random text, real text, and text made to hurt."""

from __future__ import annotations

import gzip
import json
import random
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakkit.errors import BadParameterError
from leakkit.pii.detector import Detector, builtin_detectors, find_alone
from leakkit.pii.find import find_pii
from leakkit.pii.matching import engine_hyperscan
from leakkit.pii.matching.buffers import MAX_BUFFER, Rows, check_length, join_bytes
from leakkit.pii.matching.groups import Group
from leakkit.pii.matching.literals import MANY_LITERALS, Literals
from leakkit.pii.matching.matcher import Matcher
from leakkit.pii.matching.units import Units
from leakkit.pii.setup import make_setup
from leakkit.pii.weighing.weigh import weigh
from leakkit.pii.weighing.weigh_many import untouched, weigh_all

pytest.importorskip("hyperscan")
SOME, MANY = tuple(builtin_detectors()[::11]), tuple(builtin_detectors()[4::5])
Hits = set[tuple[int, int, int, int]]


@cache
def matcher(engine: str, guarded: bool, many: bool) -> Matcher:
    """Compile once."""
    return Matcher(MANY if many else SOME, engine, guarded)


def hits(found: Matcher, texts: list[str]) -> Hits:
    """Give (detector, row, first byte, byte after) of all hits."""
    rows = join_bytes([text.encode() for text in texts])
    which, starts, ends = found.find_rows(rows)
    places = rows.row_of(starts)
    begins = rows.starts[places]
    return set(
        zip(
            which.tolist(), places.tolist(), (starts - begins).tolist(), (ends - begins).tolist(), strict=True
        )
    )


def alone(detectors: tuple[Detector, ...], texts: list[str]) -> Hits:
    """Give the same by `find_alone`."""
    found = set()
    for number, detector in enumerate(detectors):
        for row, text in enumerate(texts):
            for start, end in find_alone(detector, text):
                first = len(text[:start].encode())
                found.add((number, row, first, first + len(text[start:end].encode())))
    return found


def examples(detectors: tuple[Detector, ...]) -> list[str]:
    return [text for d in detectors for text in (*d.match, *d.no_match)]


ALPHABET = st.sampled_from(
    list("0123456789 .-/:@+=_,()'\"\n\x00\x1e\u200fabcdefxABCKS") + ["ſ", "é", "\u212a", "身"]
)
PIECES = st.one_of(st.text(ALPHABET, max_size=12), st.sampled_from(examples(SOME)))
TEXTS = st.lists(st.lists(PIECES, max_size=4).map("".join), max_size=6)


@settings(max_examples=40)
@given(TEXTS)
def test_engines_find_what_each_detector_finds_alone_in_random_text(texts: list[str]):
    expected = alone(SOME, texts)
    assert hits(matcher("re2", True, False), texts) == expected
    assert hits(matcher("hyperscan", False, False), texts) == expected


@settings(max_examples=40)
@given(TEXTS)
def test_guarded_search_leaves_out_only_what_weighing_drops(texts: list[str]):
    setup = make_setup(list(SOME), names=None)
    kept = hits(matcher("hyperscan", True, False), texts)
    for number, row, start, end in alone(SOME, texts) - kept:
        text = texts[row]
        first = len(text.encode()[:start].decode())
        assert weigh(setup.rules[number], text, first, first + len(text.encode()[start:end].decode())) is None


def test_engines_agree_on_all_examples():
    texts = examples(MANY)
    assert hits(matcher("re2", True, True), texts) == hits(matcher("hyperscan", False, True), texts)


@pytest.mark.parametrize("engine", ["hyperscan", "re2"])
def test_an_engine_that_forgot_its_automata_finds_the_same_again(engine: str):
    searched = matcher(engine, True, False)
    before = hits(searched, examples(SOME))
    searched.forget()
    assert before and hits(searched, examples(SOME)) == before


def real_texts(folder: Path) -> list[str]:
    texts = []
    for name in ("leaks_dev", "btc_dev"):
        with gzip.open(folder / "pii" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            texts += [json.loads(line)["text"] for line in list(file)[1:25]]
    return texts


def test_engines_give_the_same_findings_on_real_text(corpora: Path):
    texts = real_texts(corpora)
    lines = [line for text in texts for line in text.split("\n")]
    for some in (texts, lines):
        found = [find_frame(some, engine) for engine in ("hyperscan", "re2")]
        assert found[0].equals(found[1]) and found[0].num_rows > 100


def find_frame(texts: list[str], engine: str):
    """Give the findings of one engine as an Arrow table."""
    import pyarrow as pa

    from leakkit.leak.records.stream import schema
    from leakkit.pii.find import find_batch
    from leakkit.pii.masking.case import Case

    setup = make_setup(names=None, engine=engine, case=Case(b"a salt for tests only"))
    columns = [
        pa.array(["x"] * len(texts)),
        pa.array(range(len(texts)), pa.int64()),
        pa.array([""] * len(texts)),
    ]
    batch = pa.RecordBatch.from_arrays([*columns, pa.array(texts, pa.large_string())], schema=schema())
    return find_batch(batch, setup)


def keyed_text(rng: random.Random, words: list[str]) -> str:
    """Draw words that speak for detectors, glued in camel case or by other joints, before a number or code."""
    text = ""
    for _ in range(rng.randrange(1, 5)):
        word = rng.choice(words)
        word = rng.choice((word, word.title(), word.upper(), word.capitalize()))
        text += rng.choice(("", "", "x", "Id", " ", "_", "-", ": ", "=", "9"))
        text += word.replace(" ", rng.choice(("", "_", "-", ".", "/", "'", "’", " ")))
    value = "".join(rng.choices(rng.choice(("0123456789", "ABCDEFGHK0123456789")), k=rng.randrange(4, 13)))
    return text + rng.choice(("", "Nr", "x", "3", " ", ": ", "=")) + value


@pytest.mark.parametrize("seed", [1, 2])
def test_engines_give_the_same_findings_after_words_in_camel_case(seed: int):
    rng = random.Random(seed)
    known = sorted({word for detector in builtin_detectors() for word in detector.context if word.isascii()})
    short = [word for word in known if len(word.replace(" ", "")) <= 5]
    texts = [keyed_text(rng, rng.choice((short, short, known))) for _ in range(1500)]
    texts += [
        "id noDL no 12345678",
        "NrDL_noDL: FK4A9HKE",
        "=Passport: Ssn_dl-Name=4AFKC5DA",
        "Coche-Uid: bchx 4",
    ]
    texts += ["telZip=6039975887", "idDlNo B7EF15GG7K", "userDLNo=B7EF15GG7K"]
    found = [find_frame(texts, engine) for engine in ("hyperscan", "re2")]
    assert found[0].equals(found[1]) and found[0].num_rows > 150


def test_engines_give_the_same_findings_on_the_sample_leak(sample_leak: Path):
    texts = [
        path.read_text(encoding="utf-8", errors="replace")[:4_000]
        for path in sorted(sample_leak.rglob("*"))
        if path.suffix in {".log", ".csv", ".sql", ".py", ".js", ".mbox", ".md", ".jsonl"}
    ]
    lines = [line for text in texts for line in text.split("\n")]
    assert find_frame(lines, "hyperscan").equals(find_frame(lines, "re2"))


def test_weighing_many_is_weighing_one_by_one():
    texts = examples(MANY)
    setup = make_setup(names=None)
    rows = join_bytes([text.encode() for text in texts])
    which, starts, ends = setup.matcher.find_rows(rows)
    kept = untouched(rows, setup.rules, which, starts, ends)
    kept = kept[np.argsort(which[kept], kind="stable")]
    names = ["user phone"] * len(kept)
    weighed, _ = weigh_all(rows, setup.rules, which[kept], starts[kept], ends[kept], names, None)
    many = dict(zip(kept.tolist(), weighed, strict=True))
    places = rows.row_of(starts)
    first, last = rows.characters(places, starts), rows.characters(places, ends)
    for i in range(len(which)):
        one = weigh(setup.rules[which[i]], texts[places[i]], int(first[i]), int(last[i]), "user phone")
        assert many.get(i) == one


def test_a_value_with_a_separator_is_searched_whole():
    texts = ["a\x1e\nann@", "post.example b\x1e", "\x1e", "c@d.example\x1e\ne@f.example"]
    assert hits(matcher("hyperscan", False, False), texts) == alone(SOME, texts)


def test_a_separator_inside_a_value_hides_no_number_that_needs_context():
    more = [f"note {number} of a page" for number in range(60)] + ["NY 11111-1111", "0.4111111111111111"] * 20
    alone = find_pii(["710\x1e3192745"], fields="phone", names=None)
    among = find_pii(["710\x1e3192745", *more], fields="phone", names=None)
    assert among[among["row"] == 0]["detector"].tolist() == alone["detector"].tolist()


def test_spans_in_long_rows_are_those_of_the_whole_row():
    text = " ".join(examples(SOME) * 4)
    assert len(text) > 4 * 4096
    assert hits(matcher("hyperscan", False, False), [text, "short", text]) == alone(
        SOME, [text, "short", text]
    )


def test_buffers_beyond_the_limit_are_searched_in_parts(monkeypatch: pytest.MonkeyPatch):
    texts = examples(SOME)
    monkeypatch.setattr(engine_hyperscan, "MAX_BUFFER", 2000)
    assert hits(matcher("hyperscan", False, False), texts) == alone(SOME, texts)


def test_a_value_too_long_for_any_engine_is_refused_by_its_length():
    class Huge(str):
        def __len__(self) -> int:
            return 5 * 2**30

    with pytest.raises(BadParameterError, match="at most"):
        check_length(MAX_BUFFER + 1)
    with pytest.raises(BadParameterError, match="lk.scan"):
        find_pii([Huge("x")], names=None)


def test_unknown_engine_is_refused():
    with pytest.raises(BadParameterError, match="engine"):
        Matcher(SOME, "pcre")


def test_an_empty_buffer_has_no_hits():
    empty = Rows(memoryview(b""), np.zeros(0, np.int64), np.zeros(0, np.int64))
    for engine in ("hyperscan", "re2"):
        assert [len(column) for column in matcher(engine, True, False).find_rows(empty)] == [0, 0, 0]


def test_bytes_that_are_no_text_are_no_literals():
    known = [b"word%05d" % number for number in range(MANY_LITERALS)]
    ids, ends = Literals([(one, False, 0) for one in known]).scan(b"\xff word00007 \xff\xff")
    assert ids.tolist() == [7] and ends.tolist() == [11]


def test_patterns_that_hyperscan_finds_too_large_are_asked_of_re2(monkeypatch: pytest.MonkeyPatch):
    import hyperscan

    detector = next(one for one in builtin_detectors() if one.id == "vin")
    rows = join_bytes([b"chassis 1HGCM82633A004352 of it", b"nothing", b"and JH4KA8260MC000000"])
    group, units = Group([0], [detector], False), Units(rows)
    before = group.pairs(rows.raw, units, [(0, len(rows.raw))]).tolist()
    assert before

    def refuse(*_: object) -> None:
        raise hyperscan.error("Pattern is too large.")

    monkeypatch.setattr(Literals, "scan", refuse)
    for _ in range(2):
        found = (
            group.by_signs(rows.raw, units, 0)
            if group.signs
            else group.pairs(rows.raw, units, [(0, len(rows.raw))])
        )
        assert found.tolist() == before
    assert group.signs is None


def test_literals_come_back_from_what_is_kept_of_them():
    wanted = [(b"ab", 0, 3), (b"ab", 0, 1), (b"CD", 1, 1), (b"CD", 1, 3), (b"ef", 0, 2)]
    made = Literals(wanted)
    packed = json.loads(json.dumps(made.packed()))
    assert packed[3] == [[1, 3], [2]]
    again = Literals.unpacked(packed)
    assert again.known == made.known
    assert again.sizes.tolist() == [2, 2, 1]
    for literals in (made, again):
        ids, ends = literals.scan(b"xab cd ef")
        assert sorted(zip(ids.tolist(), ends.tolist(), strict=True)) == [(0, 3), (1, 6), (2, 9)]
        assert literals.expand(ids, np.zeros(len(ids), np.int64), 1).tolist() == [1, 2, 3]
    assert Literals.unpacked(json.loads(json.dumps(Literals([]).packed()))).known == []
