"""The tagger: persons, places and organisations in texts, with a score; fast on prose, free on machine text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.lookup import COUNTRY, LARGE_TOWN, Gazetteer, phrase_hash
from leakkit.pii.gazetteer.lookup import load as load_lists
from leakkit.pii.gazetteer.tokens import SEPARATOR, Tokens, tokenise
from leakkit.pii.tagger.alike import Stretches, stretches
from leakkit.pii.tagger.decode import best_path, legal_moves, marginals, runs_of, spans_of, trimmed
from leakkit.pii.tagger.features import REACH, Described, candidates, describe, distinct
from leakkit.pii.tagger.second import SURE, Network, inputs, logs_of, mixed_logs
from leakkit.pii.tagger.slots import around_slots, near_slots, own_slots
from leakkit.pii.tagger.words import Words

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

Span = tuple[int, int, str, float]
Found = tuple[int, int, str, float]
"""First and last token, entity, score."""
ENTITIES = ("PERSON", "LOCATION", "ORGANIZATION")
AT_ONCE = 1 << 16
"""Candidates scored at once, which bounds memory where every token is one."""
IN_CACHE = 1 << 11
"""Candidates that the network looks at together: what it sees of them stays in the cache."""
AT_A_TIME = 1 << 20
"""Bytes in which words are looked up at once; a text of several times as many is not, but tagged."""
FLOOR = 0.12
"""Findings with a lower score are left out: they cost more false alarms than F2 (a miss as four) is worth."""
BATCH = 1 << 18
"""Characters tagged at once; longer texts are cut at a line end or blank."""

_WORDY = re.compile(r"[^\W\d_]{2,}[,.:;]?[ \t][^\W\d_]{2,}|[^\W\d_a-z][^\W\d_A-Z]+")


@dataclass(slots=True)
class Model:
    """Weights of both passes: slots by label, moves between labels, bias against none, network, calibration."""

    weights: NDArray[np.int16]
    scale: NDArray[np.float32]
    moves: NDArray[np.float32]
    bias: float
    network: Network
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
    for name in ("weights", "moves", "scale", "curve", *Network.__dataclass_fields__):
        with as_file(folder / f"{name}.npy") as path:
            arrays[name] = np.load(path, mmap_mode="r", allow_pickle=False)
    scale = arrays["scale"]
    weights = np.zeros((len(arrays["weights"]), 8), np.int16)
    weights[:, :7] = arrays["weights"]
    network = Network(*(np.array(arrays[name], np.float32) for name in Network.__dataclass_fields__))
    moves = np.array(arrays["moves"], np.float32)
    return Tagger(
        Model(weights, scale[:7], moves, float(scale[7]), network, np.array(arrays["curve"])), load_lists()
    )


class Tagger:
    """Finds persons, places and organisations by a linear-chain model over hashed features.

    Made by `load`. See ``MODEL_CARD.md`` beside this module for data, licences, scores and failures.
    """

    def __init__(self, model: Model, lists: Gazetteer) -> None:
        self._model, self._lists = model, lists
        self._words = Words(lists)

    def rows(self, rows: Rows) -> NDArray[np.bool_]:
        """Tell which rows of a buffer have a word that can begin a name; the others have none the tagger sees."""
        found = np.zeros(len(rows.starts), bool)
        begins = np.append(rows.starts, len(rows.array))
        first = 0
        while first < len(found):
            stop = max(first + 1, int(np.searchsorted(begins, begins[first] + AT_A_TIME, "right")) - 1)
            data = rows.array[begins[first] : begins[stop]]
            if len(data) > 4 * AT_A_TIME:
                found[first] = True
            else:
                found[rows.row_of(begins[first] + self._words.beginnings(data))] = True
            first = stop
        return found

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
            spans = self._tag(joined)
            places = np.searchsorted(begins, [span[0] for span in spans], "right") - 1
            for at, (start, end, entity, score) in zip(places.tolist(), spans, strict=True):
                number, offset, _ = chunk[at]
                shift = offset - int(begins[at])
                found[number].append((start + shift, end + shift, entity, score))
        return found

    def _tag(self, text: str) -> list[Span]:
        """Find names in one joined text; where a stretch holds none, others that look alike hold none."""
        tokens = tokenise(text)
        seen = describe(tokens, self._lists)
        at = candidates(tokens, seen)
        if not len(at):
            return []
        texts = np.cumsum(tokens.code == ord("\x1e"))
        held = stretches(tokens, seen, at, texts[at])
        every = np.arange(len(held.first))
        leads = held.like == every
        spans = self._scored(tokens, seen, held.held(leads), texts)
        named = held.named(span[0] for span in spans)
        rest = named[held.like] & (held.same == every) & ~leads
        spans += self._scored(tokens, seen, held.held(rest), texts)
        return _spread(spans, tokens, held)

    def _scored(self, tokens: Tokens, seen: Described, at: NDArray, texts: NDArray) -> list[Found]:
        """Find names among some candidates."""
        if not len(at):
            return []
        groups = runs_of(at)
        first = marginals(self._emission(tokens, seen, at), self._model.moves, groups)
        scores = logs_of(first)
        rows = np.flatnonzero(first[:, 0] < SURE)
        if not len(rows):
            return []
        held = inputs(tokens, seen, self._lists, at, first, texts[at])
        for some in np.array_split(rows, -(-len(rows) // IN_CACHE)):
            scores[some] = mixed_logs(scores[some], self._model.network.scores(held.of(some)))
        legal = legal_moves(self._model.moves)
        sure = np.exp(scores)
        sure /= sure.sum(1, keepdims=True)
        scores[:, 0] -= self._model.bias
        spans = spans_of(best_path(scores, legal, groups), at)
        return self._described(trimmed(spans, tokens, at), sure, tokens, seen, at)

    def _emission(self, tokens: Tokens, seen: Described, at: NDArray[np.int64]) -> NDArray[np.float32]:
        """Score every label at every candidate; whole numbers are summed and scaled once at the end."""
        size = len(tokens.kind_of)
        parts = np.array_split(at, -(-len(at) // AT_ONCE))
        total = np.concatenate(
            [self._summed(around_slots(tokens, seen, self._lists, part)) for part in parts]
        )
        for offset in range(-REACH, REACH + 1):
            wanted = tokens.kind_of[np.clip(at + offset, 0, size - 1)]
            few, place = distinct(wanted, len(seen.flags))
            some = seen.taken(few)
            total += self._summed(own_slots(some) if offset == 0 else near_slots(some, offset))[place]
        return total[:, :7] * self._model.scale

    def _summed(self, slots: NDArray[np.uint32]) -> NDArray[np.int16]:
        """Sum the weights of each row of slots."""
        total = np.zeros((len(slots), 8), np.int16)
        part = np.empty_like(total)
        for column in np.ascontiguousarray(slots.T):
            np.take(self._model.weights, column, axis=0, out=part, mode="clip")
            total += part
        return total

    def _described(
        self,
        spans: NDArray[np.int64],
        sure: NDArray[np.float32],
        tokens: Tokens,
        seen: Described,
        at: NDArray,
    ) -> list[Found]:
        """Give spans their tokens, entity and score."""
        out = []
        start, end = at[spans[:, 0]], at[spans[:, 1]]
        both = np.stack([sure[:, 1 + 2 * k] + sure[:, 2 + 2 * k] for k in range(3)], axis=1)
        total = np.vstack((np.zeros((1, 3)), np.cumsum(both, axis=0)))
        kind = spans[:, 2]
        mean = (total[spans[:, 1] + 1, kind] - total[spans[:, 0], kind]) / (spans[:, 1] - spans[:, 0] + 1)
        steps = np.linspace(0, 1, self._model.curve.shape[1])
        score = np.choose(kind, [np.interp(mean, steps, curve) for curve in self._model.curve])
        finer = self._finer(spans, tokens, seen, at)
        for row in np.flatnonzero(score >= FLOOR).tolist():
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


def _spread(spans: list[Found], tokens: Tokens, held: Stretches) -> list[Span]:
    """Give names their places in code points, and those of stretches that are the same."""
    every = list(spans)
    if spans and (copies := held.copies()):
        heads = held.at[held.first]
        place = heads[np.searchsorted(heads, [span[0] for span in spans], "right") - 1].tolist()
        found: dict[int, list[Found]] = {}
        for head, span in zip(place, spans, strict=True):
            found.setdefault(head, []).append(span)
        for head, lead in copies:
            for start, stop, entity, score in found.get(lead, ()):
                every.append((start + head - lead, stop + head - lead, entity, score))
    every.sort()
    begins = tokens.start[[span[0] for span in every]].tolist()
    ends = tokens.end[[span[1] for span in every]].tolist()
    return [(a, b, *span[2:]) for a, b, span in zip(begins, ends, every, strict=True)]


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
