"""Tests of word vectors, made elsewhere or read from a file, and of random words of like frequency."""

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import leakkit as lk
from leakkit.bias.text.weat_nulls import draw_targets, effect_sizes


def test_words_are_found_as_written_then_in_lower_case() -> None:
    made = lk.Embeddings.from_vectors(["Rome", "rome", "hill", "void"], [[1, 0], [0, 1], [1, 1], [0, 0]])
    assert (made.find("Rome"), made.find("ROME"), made.find("void"), made.find("none")) == (0, 1, None, None)
    assert "HILL" in made and "void" not in made and 3 not in made and len(made) == 4
    assert np.isnan(made.project([1, 0])[3])
    assert made.nearest("hill", most=9)["word"].tolist() == ["Rome", "rome"]
    with pytest.raises(lk.errors.BadParameterError, match="word of the vocabulary"):
        made.nearest("none")


def test_words_of_a_leak_are_escaped_when_listed() -> None:
    made = lk.Embeddings.from_vectors(["a", "b\x1b[31m"], [[1, 0], [1, 1]])
    assert made.nearest("a")["word"].tolist() == ["b\\x1b[31m"]


@pytest.mark.parametrize(
    ("words", "vectors", "counts", "found"),
    [
        ([], [[1]], None, "found none"),
        (["a", 3], [[1], [2]], None, "something else"),
        (["a", "b"], [[1]], None, "shape"),
        (["a", "b"], [1, 2], None, "shape"),
        (["a", "b"], [[1], ["x"]], None, "no numbers"),
        (["a", "b"], [[1], [1, 2]], None, "unlike length"),
        (["a", "a"], [[1], [2]], None, "one twice"),
        (["a", "b"], [[1], [np.nan]], None, "infinite"),
        (["a", "b"], [[1], [2]], [1], "found others"),
        (["a", "b"], [[1], [2]], [1, -1], "found others"),
    ],
)
def test_vectors_that_do_not_fit_are_refused(words: Any, vectors: Any, counts: Any, found: str) -> None:
    with pytest.raises(lk.errors.BadParameterError, match=found):
        lk.Embeddings.from_vectors(words, vectors, counts=counts)


@pytest.mark.parametrize("header", ["", "3 2\n"])
@pytest.mark.parametrize("packed", [False, True])
def test_files_of_vectors_are_read(tmp_path: Path, header: str, packed: bool) -> None:
    text = f"{header}ferry 1 -0.5\nharbour 2e-1 3 \r\nferry 9 9\nhill 0 1\n".encode()
    file = tmp_path / ("made.vec.gz" if packed else "made.vec")
    file.write_bytes(gzip.compress(text) if packed else text)
    made = lk.load_vectors(file)
    assert made.words == ("ferry", "harbour", "hill") and made.counts is None
    assert made.vectors.tolist() == [[1, -0.5], [pytest.approx(0.2), 3], [0, 1]]
    assert made.notes == ("1 lines were left out: a word twice, with blanks, too long, or not UTF-8",)
    first = lk.load_vectors(file, most_words=1)
    assert first.words == ("ferry",) and "the file has more" in first.notes[-1]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "found none in"),
        (b"2 3\n", "found none in"),
        (b"a 1 2\nb 1\n", "line 2 of 'made.vec'; found 1 numbers"),
        (b"a 1 2\nb 1 secret\n", "line 2 of 'made.vec'; found something that is no number"),
        (b"a 1 nan\n", "line 1 of 'made.vec'; found a number that is missing"),
        (b"alone\n", "line 1 of 'made.vec'; found 0 numbers"),
        (b"a" * 200_000, "more than 131,072 bytes"),
        (b"\x80\x04K\x01.", "line 1"),
    ],
)
def test_a_line_that_is_no_vector_is_named_and_never_shown(
    tmp_path: Path, content: bytes, found: str
) -> None:
    (tmp_path / "made.vec").write_bytes(content)
    with pytest.raises(lk.errors.BadParameterError, match=found) as error:
        lk.load_vectors(tmp_path / "made.vec")
    assert "secret" not in str(error.value)


def test_absent_and_broken_files_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(lk.errors.LeakNotFoundError):
        lk.load_vectors(tmp_path / "none.vec")
    (tmp_path / "cut.vec.gz").write_bytes(gzip.compress(b"a 1 2\n" * 5_000)[:40])
    with pytest.raises(lk.errors.LeakUnreadableError):
        lk.load_vectors(tmp_path / "cut.vec.gz")


def test_random_targets_are_of_like_frequency_and_never_words_of_the_test() -> None:
    words = [f"w{i}" for i in range(2_000)]
    counts = np.arange(2_000, 0, -1)
    made = lk.Embeddings.from_vectors(words, np.ones((2_000, 2)), counts=counts)
    targets = np.array([5, 10, 1_000, 1_001, 1_995])
    excluded = np.array([5, 6, 7, 10, 1_000, 1_001, 1_995])
    drawn = draw_targets(made, targets, excluded, draws=400, seed=1)
    assert drawn.shape == (400, 5)
    assert not np.isin(drawn, excluded).any()
    assert all(len(set(row)) == 5 for row in drawn.tolist())
    assert (np.abs(drawn - targets) <= 110).all()
    assert drawn[:, 2].min() < 960 and drawn[:, 2].max() > 1_040


def test_order_stands_for_frequency_where_nothing_was_counted() -> None:
    made = lk.Embeddings.from_vectors([f"w{i}" for i in range(2_000)], np.ones((2_000, 2)))
    drawn = draw_targets(made, np.array([0, 1_500]), np.array([0, 1_500]), draws=200, seed=1)
    assert drawn[:, 0].max() <= 110 and abs(drawn[:, 1] - 1_500).max() <= 60


def test_no_random_targets_where_too_few_words_are_left() -> None:
    made = lk.Embeddings.from_vectors([f"w{i}" for i in range(9)], np.ones((9, 2)))
    assert draw_targets(made, np.array([0, 1, 2]), np.array([0, 1, 2]), draws=5, seed=0).shape == (0, 3)


def test_effect_of_equal_values_is_missing() -> None:
    sizes = effect_sizes(np.array([[1.0, 1.0], [1.0, 2.0]]), np.array([[1.0, 1.0], [0.0, 1.0]]))
    assert np.isnan(sizes[0]) and sizes[1] == pytest.approx(1 / np.std([1, 2, 0, 1], ddof=1))


def test_a_number_too_large_is_named_and_a_broken_archive_too(tmp_path: Path) -> None:
    file = tmp_path / "large.vec"
    file.write_text("ferry 1 1e300\n")
    with pytest.raises(lk.errors.BadParameterError, match="missing or infinite"):
        lk.load_vectors(file)
    packed = bytearray(gzip.compress(np.random.default_rng(0).bytes(100_000)))
    packed[5_000:5_050] = b"\xff" * 50
    broken = tmp_path / "broken.vec.gz"
    broken.write_bytes(packed)
    with pytest.raises(lk.errors.LeakkitError):
        lk.load_vectors(broken)


def test_a_mark_of_byte_order_and_endless_words_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "marked.vec"
    file.write_bytes(b"\xef\xbb\xbfferry 1 2\n" + b"x" * 2_000 + b" 1 2\n")
    made = lk.load_vectors(file)
    assert made.words == ("ferry",) and "1 lines" in made.notes[0]


def test_words_with_blanks_are_left_out_and_counted(tmp_path: Path) -> None:
    (tmp_path / "made.txt").write_bytes(b"ferry 1 2\n. . . 3 4\nat name@example.com 5 6\nhill 7 8\n")
    made = lk.load_vectors(tmp_path / "made.txt")
    assert made.words == ("ferry", "hill") and made.vectors.tolist() == [[1, 2], [7, 8]]
    assert made.notes[0].startswith("2 lines were left out: a word twice, with blanks")
    for line in (b"hill 7 8 9\n", b"at hill 7 x\n"):
        (tmp_path / "bad.txt").write_bytes(b"ferry 1 2\n" + line)
        with pytest.raises(lk.errors.BadParameterError, match="line 2"):
            lk.load_vectors(tmp_path / "bad.txt")
