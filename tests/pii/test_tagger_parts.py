"""Parts of the tagger: tokens, decoding, the second look, look-up in the lists."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from leakkit.pii.find import find_pii
from leakkit.pii.gazetteer.lookup import COUNTRY, LARGE_TOWN, load, lookup, phrase_hash
from leakkit.pii.gazetteer.tokens import (
    SEPARATOR,
    SHAPE_MIXED,
    SHAPE_TITLE,
    hash_strings,
    hash_word,
    tokenise,
)
from leakkit.pii.masking.case import Case
from leakkit.pii.tagger import load as load_tagger
from leakkit.pii.tagger.decode import best_path, legal_moves, marginals, runs_of, spans_of
from leakkit.pii.tagger.features import candidates, describe
from leakkit.pii.tagger.second import FINE, LAST, STEP, Network, elsewhere, inputs, largest


def words(text: str) -> list[str]:
    """Tokens as text."""
    tokens = tokenise(text)
    return [text[s:e] for s, e in zip(tokens.start, tokens.end, strict=True)]


def kept(text: str) -> list[str]:
    """Candidates as text."""
    tokens = tokenise(text)
    at = candidates(tokens, describe(tokens, load()))
    return [text[tokens.start[i] : tokens.end[i]] for i in at]


def test_tokens_are_runs_of_letters_digits_and_single_signs():
    assert words("O'Brien, 12b\n\nÉmile…") == ["O", "'", "Brien", ",", "12", "b", "\n\n", "Émile", "…"]


def test_accents_as_marks_of_their_own_stay_in_the_word():
    assert words("Nystro\u0308m") == ["Nystro\u0308m"]


def test_distinct_tokens_are_told_apart_by_their_text_alone():
    draw = random.Random(3)
    text = " ".join("".join(draw.choices("abcAB", k=draw.randrange(1, 5))) for _ in range(5000))
    tokens = tokenise(text)
    seen = {}
    for kind, start, end in zip(tokens.kind_of.tolist(), tokens.start, tokens.end, strict=True):
        assert seen.setdefault(kind, text[start:end]) == text[start:end]
    assert len(seen) == len(set(text.split())) == len(tokens.types.raw)


def test_pieces_of_tokens_hash_like_whole_strings():
    text = "xx Katarzyna"
    types = tokenise(text).types
    row = int(np.argmax(types.length))
    piece = types.pieces.hash(types.start[[row]], types.start[[row]] + 3)
    assert piece[0] == hash_strings(["kat"])[0]


@pytest.mark.parametrize(("word", "shape"), [("Anna", SHAPE_TITLE), ("McCoy", SHAPE_MIXED)])
def test_shapes(word, shape):
    assert tokenise(word).types.shape.tolist() == [shape]


@pytest.mark.parametrize(
    "text",
    [
        "com.example.Worker.run",
        "/usr/lib/Foo/bar",
        "@anna",
        "9F86D081884C7D659A2FEAA0C55AD015",
        "iVBORw0KGgo4AAAANSU5hEUgAA3AAE",
        "parse(x)",
        "SKU-308048",
        "the table is here",
    ],
)
def test_nothing_inside_code_handles_and_hashes_is_looked_at(text):
    assert not [word for word in kept(text) if any(map(str.isalpha, word)) and word not in ("Worker", "run")]


@pytest.mark.parametrize(
    "text", ["name=Anna", '"name":"Anna"', "<b>Anna</b>", "Anna,", "(Anna)", "#Anna", "Anna's"]
)
def test_names_in_cells_tags_and_quotes_are_looked_at(text):
    assert "Anna" in kept(text)


def test_words_that_are_names_too_are_looked_at_in_a_line_without_capitals():
    assert "marie" in kept("ask marie about it")
    assert "marie" not in kept("Ask marie about it")
    assert "marie" not in kept("marie = call(ask[marie], about=it)")
    assert "the" not in kept("ask marie about the thing")


def test_no_window_reaches_from_one_text_into_the_next():
    assert words(f"a{SEPARATOR}b") == ["a", "\n", "\x1e", "\n", "b"]


def brute(emission: np.ndarray, moves: np.ndarray) -> tuple[list[int], np.ndarray]:
    """Best path and marginals of one run by trying every labelling."""
    length, count = emission.shape
    best, top, total = [], -np.inf, np.zeros((length, count))
    for path in itertools.product(range(count), repeat=length):
        score = moves[-1, path[0]] + sum(emission[k, label] for k, label in enumerate(path))
        score += sum(moves[a, b] for a, b in itertools.pairwise(path))
        if score > top:
            best, top = list(path), score
        total[range(length), path] += np.exp(score)
    return best, total / total.sum(1, keepdims=True)


def test_best_path_and_marginals_equal_those_of_trying_everything():
    draw = np.random.default_rng(0)
    emission = draw.normal(size=(9, 4))
    moves = draw.normal(size=(5, 4))
    moves[1, 2] = -1e4
    groups = runs_of(np.array([0, 1, 2, 3, 10, 11, 20, 21, 22]))
    path, chance = best_path(emission, moves, groups), marginals(emission, moves, groups)
    for run in ([0, 1, 2, 3], [4, 5], [6, 7, 8]):
        expected, exact = brute(emission[run], moves)
        assert path[run].tolist() == expected
        np.testing.assert_allclose(chance[run], exact, rtol=1e-4, atol=1e-6)


def test_runs_end_at_gaps_and_between_documents():
    groups = runs_of(np.array([4, 5, 6, 9]), np.array([0, 0, 1, 1]))
    assert sorted(row.tolist() for group in groups for row in group) == [[0, 1], [2], [3]]
    assert runs_of(np.zeros(0, np.int64)) == []


def test_long_runs_are_cut():
    assert max(group.shape[1] for group in runs_of(np.arange(1000))) <= 64


def test_spans_begin_at_b_and_go_on_through_i():
    labels = np.array([1, 2, 0, 3, 3, 4, 5], np.int8)
    assert spans_of(labels, np.arange(7)).tolist() == [[0, 1, 0], [3, 3, 1], [4, 5, 1], [6, 6, 2]]


def test_forbidden_moves_stay_forbidden_and_others_are_free():
    assert legal_moves(np.array([[-1e4, 2.5]], np.float32)).tolist() == [[-1e4, 0.0]]


def test_the_same_word_elsewhere_in_the_same_text_speaks_and_that_of_another_text_does_not():
    first = np.zeros((3, 7), np.float32)
    first[0, 1] = first[2, 3] = 1
    said = elsewhere(np.array([5, 5, 5], np.int32), np.array([0, 0, 1]), first)
    assert said[1].tolist() == [1, 0, 0, 1, 0, 0, 1]
    assert said[2].tolist() == [0, 0, 0, 0, 0, 0, 0]


def test_countries_and_large_towns_are_flagged_and_phrases_too():
    flags = lookup(["Deutschland", "Nairobi"])
    assert flags[0] & COUNTRY and flags[1] & LARGE_TOWN
    assert load().phrase(phrase_hash([hash_strings(["new"]), hash_strings(["zealand"])]))[0] & COUNTRY


def test_a_few_words_are_looked_up_as_many_are():
    draw = random.Random(5)
    some = ["", "Anna", "MÜLLER", "İstanbul", "ß", "Łódź", "北京", "😀x", "\ud800a", "µ", "Иван", "x" * 5_000]
    some += [
        "".join(draw.choices("aeioursntlAMKSéüßøłżščаеиосн王", k=draw.randrange(1, 7))) for _ in range(9_000)
    ]
    hashes = hash_strings(some)
    assert hashes.tolist() == [hash_word(word) for word in some]  # wherever a word stands, too
    flags = lookup(some).tolist()
    assert flags == [lookup([word]).tolist()[0] for word in some] and 500 < sum(map(bool, flags)) < 8_000


def test_unknown_words_have_the_row_of_zeros():
    lists = load()
    assert not lists.vectors[lists.rows(hash_strings(["qzxvkjq"]))].any()


def test_a_letter_beyond_the_first_256_changes_nothing_for_the_others():
    text = "Jürgen ÀÉß ÿ× 12½ µ\x85x\xa0y McCoy, O'Brien"
    plain, wide = tokenise(text), tokenise(text + " Œ")
    size = len(plain.start)
    for name in ("start", "end", "kind", "glued", "code"):
        assert (getattr(wide, name)[:size] == getattr(plain, name)).all()
    for name in ("raw", "folded", "shape", "length"):
        values = getattr(wide.types, name)[wide.kind_of[:size]]
        assert (values == getattr(plain.types, name)[plain.kind_of]).all()


@pytest.mark.parametrize("text", ["王小明", "Иван Петров", "日本 語", "é", "\u0301", "\u200f", "…"])
def test_texts_without_letters_or_digits_of_ascii_are_searched_for_names(text: str):
    alone = find_pii([text], case=Case(b"an invented salt for tests"))
    among = find_pii([text, "Write to Ana Kowalska."], case=Case(b"an invented salt for tests"))
    assert alone["entity"].tolist() == among[among["row"] == 0]["entity"].tolist()


@pytest.mark.parametrize(
    "text", ["Ana{}Kowalska", "É{}Ana und Bob", "{}Ana Kowalska{}", "Łódź{}{}Ana Kowalska"]
)
@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_line_ends_beyond_ascii_are_no_part_of_a_name(text: str, sign: str):
    case = Case(b"an invented salt for tests")
    found, plain = (find_pii([text.replace("{}", end)], case=case) for end in (sign, "\n"))
    assert found[["start", "end", "entity"]].equals(plain[["start", "end", "entity"]])


@pytest.mark.parametrize("unit", ["AKIA", "abc"])
def test_the_quick_look_for_names_takes_linear_time_in_one_long_word(unit: str):
    begin = time.process_time()
    assert not load_tagger().gate(unit * (100_000 // len(unit)))
    assert time.process_time() - begin < 1.0


def test_no_order_of_summing_changes_what_the_network_says():
    network, draw = load_tagger()._model.network, np.random.default_rng(3)
    assert network.hidden.dtype == np.float32 and network.output.dtype == np.float64
    for weights, small in (
        (network.hidden, STEP),
        (network.hidden_bias, FINE * STEP),
        (network.output, LAST),
    ):
        assert (np.abs(weights) < 2).all()
        assert (weights * float(small) == np.rint(weights * float(small))).all()
    assert max(network.reach()) < 1
    most = np.floor(largest() * float(FINE))
    values = (np.rint(draw.uniform(-1, 1, (500, len(most))) * most) / float(FINE)).astype(np.float32)
    exact = np.maximum(values.astype(np.float64) @ network.hidden.astype(np.float64) + network.hidden_bias, 0)
    assert (np.maximum(values @ network.hidden + network.hidden_bias, 0) == exact).all()
    whole = network.scores(values)
    order, other = draw.permutation(len(network.hidden)), draw.permutation(len(network.output))
    mixed = Network(
        network.hidden[order][:, other],
        network.hidden_bias[other],
        network.output[other],
        network.output_bias,
    )
    assert (mixed.scores(values[:, order]) == whole).all()
    assert all((network.scores(values[row : row + 1]) == whole[row]).all() for row in range(100))


def test_inputs_of_the_network_are_few_binary_digits_long():
    tokens, lists = (
        tokenise(SEPARATOR + "Anna Kowalska met Anna Nagy in Berlin, 12 Mill Lane" + SEPARATOR),
        load(),
    )
    seen = describe(tokens, lists)
    at = candidates(tokens, seen)
    first = np.random.default_rng(1).dirichlet(np.ones(7), len(at)).astype(np.float32)
    values = inputs(tokens, seen, lists, at, first, np.zeros(len(at), np.int64)).of(np.arange(len(at)))
    assert values.dtype == np.float32
    assert (values * FINE == np.rint(values * FINE)).all()
    assert (np.abs(values) <= largest()).all()


def test_a_network_that_is_packed_again_stays_the_same():
    network = load_tagger()._model.network
    for name, values in network.packed().items():
        assert values.dtype == np.float16
        assert (values == getattr(network, name)).all()


@pytest.mark.parametrize("threads", ["1", "2"])
def test_findings_do_not_depend_on_neighbours_of_the_batch_nor_on_threads(threads: str):
    code = (
        "import random; from leakkit.pii.tagger import load; from tests.pii.test_tagger_parts import sentences;"
        "texts, draw, tagger = sentences(), random.Random(5), load()\n"
        "alone = [tagger.tag([text])[0] for text in texts]\n"
        "for size in (len(texts), 7, 40):\n"
        "    order = draw.sample(range(len(texts)), len(texts))\n"
        "    for first in range(0, len(order), size):\n"
        "        some = order[first : first + size]\n"
        "        assert tagger.tag([texts[i] for i in some]) == [alone[i] for i in some]\n"
        "print(alone)"
    )
    printed = printed_by(code, threads)
    expected = load_tagger().tag(sentences())
    assert printed == str(expected)
    assert sum(map(len, expected)) > 300


def printed_by(code: str, threads: str) -> str:
    """Run code in a process of its own, with so many threads for sums; give what it prints."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | dict.fromkeys(names, threads),
        cwd=Path(__file__).parents[2],
    )
    return done.stdout.strip()


def sentences() -> list[str]:
    """Give invented sentences, some of several lines, in which names come again."""
    draw = random.Random(11)
    given, family = (
        "Ana Péter Katarzyna Noor Olga John".split(),
        "Kowalska Nagy O'Brien van-Dijk Müller Łoś".split(),
    )
    places, verbs = (
        "Berlin Nairobi Old-Town Kraków Paris France".split(),
        "met saw thanked from were said and".split(),
    )
    rest = "the 12 Mill Lane, . ( ) “ ” Quill Ltd of ACME Corp at 2031 @x a.b.c INFO I".split()
    texts = []
    for size in range(160):
        words = draw.choices(given + family + places + verbs + rest, k=1 + size % 45)
        texts.append("".join(word + draw.choice("    \n") for word in words))
    return texts


@pytest.mark.parametrize("threads", ["1", "2"])
def test_scores_are_the_same_on_one_thread_and_on_several(threads: str):
    code = (
        "from leakkit.pii.tagger import load; words = 'Anna Kowalska of Berlin met Quill Ltd'.split();"
        "print(load().tag([' '.join(words[i % 7 :] + words[: i % 7] * (i % 9)) for i in range(200)]))"
    )
    printed = printed_by(code, threads)
    words = "Anna Kowalska of Berlin met Quill Ltd".split()
    texts = [" ".join(words[i % 7 :] + words[: i % 7] * (i % 9)) for i in range(200)]
    assert printed == str([load_tagger().tag([text])[0] for text in texts])
