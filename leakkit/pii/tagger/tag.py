"""The tagger: persons, places and organisations in texts, with a score; fast on prose, free on machine text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.lookup import COUNTRY, LARGE_TOWN, Gazetteer, phrase_hash
from leakkit.pii.gazetteer.lookup import load as load_lists
from leakkit.pii.gazetteer.tokens import SEPARATOR, Tokens, tokenise
from leakkit.pii.tagger.decode import best_path, marginals, runs_of, spans_of
from leakkit.pii.tagger.features import (
    REACH,
    Described,
    around_slots,
    candidates,
    describe,
    near_slots,
    own_slots,
)

Span = tuple[int, int, str, float]
ENTITIES = ("PERSON", "LOCATION", "ORGANIZATION")
BATCH = 1 << 18
"""Characters tagged at once; longer texts are cut at a line end or blank."""

_WORDY = re.compile(r"[^\W\d_]{2,}[,.:;]?[ \t][^\W\d_]{2,}|[^\W\d_a-z][^\W\d_A-Z]+")


@dataclass(slots=True)
class Model:
    """Weights of the tagger: slots by label, moves between labels, bias against none, calibration."""

    weights: NDArray[np.float32]
    moves: NDArray[np.float32]
    bias: float
    curve: NDArray[np.float32]


@cache
def load() -> Tagger:
    """Read the tagger that ships with the kit; later calls give the same one.

    Returns
    -------
    Tagger

    Examples
    --------
    >>> tagger = load()
    >>> [(entity, start, end) for start, end, entity, _ in tagger.tag(["My name is Anna Kowalska."])[0]]
    [('PERSON', 11, 24)]
    """
    folder = files("leakkit.pii.tagger") / "model"
    arrays = {}
    for name in ("weights", "moves", "scale", "curve"):
        with as_file(folder / f"{name}.npy") as path:
            arrays[name] = np.load(path, mmap_mode="r", allow_pickle=False)
    scale = arrays["scale"]
    weights = np.zeros((len(arrays["weights"]), 8), np.float32)
    weights[:, :7] = arrays["weights"]
    weights[:, :7] *= scale[:7]
    model = Model(weights, np.array(arrays["moves"], np.float32), float(scale[7]), np.array(arrays["curve"]))
    return Tagger(model, load_lists())


class Tagger:
    """Finds persons, places and organisations by a linear-chain model over hashed features.

    Made by `load`. See ``MODEL_CARD.md`` beside this module for data, licences, scores and failures.
    """

    def __init__(self, model: Model, lists: Gazetteer) -> None:
        self._model, self._lists = model, lists

    def gate(self, text: str) -> bool:
        """Tell cheaply whether a text can hold a name at all (a word in capitals, or two words in a row)."""
        return _WORDY.search(text) is not None

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find names in texts.

        Parameters
        ----------
        texts : sequence of str
            Any text; what follows line ends is another line, but the same text.

        Returns
        -------
        list of list of (start, end, entity, score)
            Spans in code points, ascending, not overlapping. Entity is ``PERSON``, ``LOCATION`` (``CITY``
            or ``COUNTRY`` where the lists are sure) or ``ORGANIZATION``; the score is the share of such
            findings that was right in cross-validation on tweets and articles. Below 0.4 it is a guess.
        """
        found: list[list[Span]] = [[] for _ in texts]
        for chunk in _chunks(texts):
            joined = SEPARATOR.join(["", *(piece for _, _, piece in chunk), ""])
            begins = np.cumsum([len(SEPARATOR)] + [len(piece) + len(SEPARATOR) for _, _, piece in chunk])
            for start, end, entity, score in self._tag(joined):
                at = int(np.searchsorted(begins, start, "right")) - 1
                number, offset, _ = chunk[at]
                shift = offset - int(begins[at])
                found[number].append((start + shift, end + shift, entity, score))
        return found

    def _tag(self, text: str) -> list[Span]:
        """Find names in one joined text."""
        tokens = tokenise(text)
        seen = describe(tokens.types, self._lists)
        at = candidates(tokens, seen)
        if not len(at):
            return []
        emission = self._emission(tokens, seen, at)
        groups = runs_of(at)
        sure = marginals(emission, self._model.moves, groups)
        emission[:, 0] -= self._model.bias
        spans = spans_of(best_path(emission, self._model.moves, groups), at)
        return self._described(spans, sure, tokens, seen, at)

    def _emission(self, tokens: Tokens, seen: Described, at: NDArray[np.int64]) -> NDArray[np.float32]:
        """Score every label at every candidate."""
        weights, size = self._model.weights, len(tokens.kind_of)
        total = weights[around_slots(tokens, seen, self._lists, at)].sum(1)
        for offset in range(-REACH, REACH + 1):
            wanted = tokens.kind_of[np.clip(at + offset, 0, size - 1)]
            table = own_slots(seen) if offset == 0 else near_slots(seen, offset)
            total += weights[table].sum(1)[wanted]
        return total[:, :7]

    def _described(
        self,
        spans: NDArray[np.int64],
        sure: NDArray[np.float32],
        tokens: Tokens,
        seen: Described,
        at: NDArray,
    ) -> list[Span]:
        """Give spans their place in the text, entity and score."""
        out = []
        start, end = tokens.start[at[spans[:, 0]]], tokens.end[at[spans[:, 1]]]
        both = np.stack([sure[:, 1 + 2 * k] + sure[:, 2 + 2 * k] for k in range(3)], axis=1)
        total = np.vstack((np.zeros((1, 3)), np.cumsum(both, axis=0)))
        kind = spans[:, 2]
        mean = (total[spans[:, 1] + 1, kind] - total[spans[:, 0], kind]) / (spans[:, 1] - spans[:, 0] + 1)
        score = np.interp(mean, np.linspace(0, 1, len(self._model.curve)), self._model.curve)
        finer = self._finer(spans, tokens, seen, at)
        for row in range(len(spans)):
            name = finer[row] or ENTITIES[kind[row]]
            out.append((int(start[row]), int(end[row]), name, round(float(score[row]), 3)))
        return out

    def _finer(self, spans: NDArray[np.int64], tokens: Tokens, seen: Described, at: NDArray) -> list[str]:
        """Say CITY or COUNTRY where a place is exactly one entry of the lists."""
        finer = [""] * len(spans)
        word = seen.types.folded[tokens.kind_of]
        for size in (1, 2, 3):
            rows = np.flatnonzero((spans[:, 2] == 1) & (spans[:, 1] - spans[:, 0] + 1 == size))
            first = at[spans[rows, 0]]
            parts = [word[first + k] for k in range(size)]
            flags = self._lists.flags(parts[0]) if size == 1 else self._lists.phrase(phrase_hash(parts))
            for row, flag in zip(rows.tolist(), flags.tolist(), strict=True):
                finer[row] = "COUNTRY" if flag & COUNTRY else "CITY" if flag & LARGE_TOWN else ""
        return finer


def _chunks(texts: Sequence[str]) -> Iterator[list[tuple[int, int, str]]]:
    """Put texts, or pieces of long ones, together in batches: (number of the text, offset, piece)."""
    chunk: list[tuple[int, int, str]] = []
    size = 0
    for number, text in enumerate(texts):
        for offset, piece in _pieces(text):
            if size and size + len(piece) > BATCH:
                yield chunk
                chunk, size = [], 0
            chunk.append((number, offset, piece))
            size += len(piece) + len(SEPARATOR)
    if chunk:
        yield chunk


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text at line ends or blanks."""
    begin = 0
    while len(text) - begin > BATCH:
        cut = max(text.rfind("\n", begin + BATCH // 2, begin + BATCH), begin)
        cut = cut if cut > begin else text.rfind(" ", begin + BATCH // 2, begin + BATCH)
        cut = cut if cut > begin else begin + BATCH
        yield begin, text[begin:cut]
        begin = cut
    if begin < len(text):
        yield begin, text[begin:]
