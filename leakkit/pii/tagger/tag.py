"""The tagger: persons, places and organisations in texts, with a score; fast on prose, free on machine text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from leakkit.pii.gazetteer.lookup import Gazetteer
from leakkit.pii.gazetteer.lookup import load as load_lists
from leakkit.pii.gazetteer.tokens import SEPARATOR, SHAPE_TITLE, Tokens, tokenise
from leakkit.pii.tagger.alike import stretches
from leakkit.pii.tagger.clauses import is_clause, is_no_name, people_of
from leakkit.pii.tagger.decode import best_path, legal_moves, marginals, runs_of, spans_of, trimmed
from leakkit.pii.tagger.features import REACH, Described, candidates, describe, distinct
from leakkit.pii.tagger.indic import is_indic, with_indic
from leakkit.pii.tagger.named import ENTITIES, Named, chunks, described, spread
from leakkit.pii.tagger.second import SURE, Network, inputs, logs_of, mixed_logs
from leakkit.pii.tagger.slots import around_slots, near_slots, own_slots
from leakkit.pii.tagger.small import SCORE, small_names
from leakkit.pii.tagger.words import Words, agents, inside

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

Span = tuple[int, int, str, float]
AT_ONCE = 1 << 14
"""Candidates scored at once, which bounds memory where every token is one."""
IN_CACHE = 1 << 11
"""Candidates that the network looks at together: what it sees of them stays in the cache."""
AT_A_TIME = 1 << 20
"""Bytes in which words are looked up at once; a text of several times as many is not, but tagged."""

_TITLED = re.compile(r"[A-Z][a-z]")
_WORDY = re.compile(r"[^\W\d_]{2}[,.:;]?[ \t][^\W\d_]{2}|[^\W\d_a-z][^\W\d_A-Z]|[\u0900-\u0d7f]{4}")


_TELEPHONE = re.compile(
    r"(?P<name>[^\W\d_]+(?:[ .'\-]{1,2}[^\W\d_]+){1,4})[ ,;:/(]{1,3}\+?\(?\d(?:[ ./()\-]{0,2}\d){7,13}$"
)
_MOST_JOINED = 2
"""Blanks in a name from which on another word is the next one's."""
_LONGEST_CELL = 64
"""Characters of a cell that may hold a name and a telephone."""


def _before_telephone(text: str) -> str:
    """Cut a telephone off that is all that follows words: the figures make them look like those of an address."""
    if len(text) > _LONGEST_CELL or (whole := _TELEPHONE.match(text)) is None:
        return text
    return whole["name"]


def _gone_on(found: list[Span], text: str, start: int, stop: int, entity: str) -> tuple[int, float] | None:
    """Give where a person's name begins that goes on after one blank, and its score; None where it is another's."""
    if entity != "PERSON" or not found:
        return None
    begun, end, before, score = found[-1]
    if " " in text[begun:end] and " " in text[start:stop]:
        return None
    whole = (
        before == entity
        and end + 1 == start
        and text[end] == " "
        and text.count(" ", begun, end) < _MOST_JOINED
    )
    return (begun, score) if whole else None


_Spans = tuple[NDArray[np.int64], NDArray[np.int64], NDArray, NDArray]
"""First characters, characters after, numbers of entities, scores."""


def _with_small(found: _Spans, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> _Spans:
    """Put names in small letters in the place of whatever else was seen of their words, and of nothing longer."""
    begins, stops, kinds, scores = found
    person = ENTITIES.index("PERSON")
    place = np.searchsorted(starts, stops) - 1
    kept = (place < 0) | (ends[place] <= begins)
    whole = np.searchsorted(begins, starts, "right") - 1
    held = (whole >= 0) & (stops[whole] >= ends) if len(begins) else np.zeros(len(starts), bool)
    longer = (stops - begins)[whole[held]] > (ends - starts)[held]
    held[held] = longer | (kinds[whole[held]] == person)
    kept[whole[held]] = True
    starts, ends = starts[~held], ends[~held]
    every = (
        np.concatenate([begins[kept], starts]),
        np.concatenate([stops[kept], ends]),
        np.concatenate([kinds[kept], np.full(len(starts), person, kinds.dtype)]),
        np.concatenate([scores[kept], np.full(len(starts), SCORE, scores.dtype)]),
    )
    order = np.argsort(every[0], kind="stable")
    return every[0][order], every[1][order], every[2][order], every[3][order]


def _grown(found: _Spans, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> _Spans:
    """Let a person whose name is one word of a given name and a surname that stand side by side have both."""
    begins, stops, kinds, scores = found
    if not len(begins):
        return found
    place = np.maximum(np.searchsorted(starts, begins, "right") - 1, 0)
    part = (starts[place] <= begins) & (stops <= ends[place]) & (kinds == ENTITIES.index("PERSON"))
    begins, stops = np.where(part, starts[place], begins), np.where(part, ends[place], stops)
    scores = np.where(part, np.maximum(scores, SCORE), scores)
    first = np.append(True, begins[1:] >= np.maximum.accumulate(stops)[:-1])
    return begins[first], stops[first], kinds[first], scores[first]


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
    network = Network.of(arrays)
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
                found[first:stop] = self._words.rows(data, begins[first:stop] - begins[first])
            first = stop
        return found

    def gate(self, text: str) -> bool:
        """Tell cheaply whether a text can hold a name at all (a word in capitals, or two words in a row)."""
        return _TITLED.search(text) is not None or _WORDY.search(text) is not None

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
        texts = [_before_telephone(text) if text[-1:].isdigit() else text for text in texts]
        for places, pieces in chunks(texts):
            sizes = [len(SEPARATOR), *(len(piece) + len(SEPARATOR) for piece in pieces)]
            begins = np.cumsum(sizes)
            spans = self._tag(SEPARATOR.join(["", *pieces, ""]))
            which = np.searchsorted(begins, spans[0], "right") - 1
            moved = np.array(places, np.int64)[which, 1] - begins[which]
            columns = (which, spans[0] + moved, spans[1] + moved, *spans[2:])
            for at, start, end, kind, score in zip(*(c.tolist() for c in columns), strict=True):
                number, entity = places[at][0], ENTITIES[kind]
                name = texts[number][start:end]
                if (entity == "PERSON" and is_clause(name)) or is_no_name(name, entity):
                    continue
                parts = people_of(name) if entity == "PERSON" else [(0, len(name))]
                if len(parts) == 1 and (whole := _gone_on(found[number], texts[number], start, end, entity)):
                    found[number][-1] = (whole[0], end, entity, max(whole[1], round(score, 3)))
                    continue
                found[number] += [(start + at, start + to, entity, round(score, 3)) for at, to in parts]
        for number, text in enumerate(texts):
            if is_indic(text):
                found[number] = with_indic(text, found[number])
        return found

    def _tag(self, text: str) -> _Spans:
        """Find names in one joined text; stretches that are the same are looked at once."""
        tokens = tokenise(text)
        seen = describe(tokens, self._lists)
        spans = agents(text)
        at = candidates(tokens, seen, inside(spans, tokens.start) if spans else None)
        names = Named.none()
        if len(at):
            texts = np.cumsum(tokens.code == ord("\x1e"))
            held = stretches(tokens, seen, at, texts[at])
            names = spread(self._scored(tokens, seen, held.leads(), texts), held)
        found = (tokens.start[names.first], tokens.end[names.last], names.kind, names.score)
        first, last = small_names(tokens, seen, SHAPE_TITLE) if len(names.first) else (at[:0], at[:0])
        found = _grown(found, tokens.start[first], tokens.end[last]) if len(first) else found
        first, last = small_names(tokens, seen) if len(at) else (at, at)
        return _with_small(found, tokens.start[first], tokens.end[last]) if len(first) else found

    def _scored(self, tokens: Tokens, seen: Described, at: NDArray, texts: NDArray) -> Named:
        """Find names among some candidates."""
        if not len(at):
            return Named.none()
        groups = runs_of(at)
        first = marginals(self._emission(tokens, seen, at), self._model.moves, groups)
        scores = logs_of(first)
        rows = np.flatnonzero(first[:, 0] < SURE)
        if not len(rows):
            return Named.none()
        held = inputs(tokens, seen, self._lists, at, first, texts[at])
        for some in np.array_split(rows, -(-len(rows) // IN_CACHE)):
            scores[some] = mixed_logs(scores[some], self._model.network.scores(held.of(some)))
        legal = legal_moves(self._model.moves)
        sure = np.exp(scores)
        sure /= sure.sum(1, keepdims=True)
        scores[:, 0] -= self._model.bias
        spans = spans_of(best_path(scores, legal, groups), at)
        spans = trimmed(spans, tokens, at)
        return described(spans, sure, tokens, seen, at, self._lists, self._model.curve)

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
