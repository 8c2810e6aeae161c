"""SentencePiece vocabularies (``tokenizer.model``, ``spiece.model``): how many pieces and of which kind.

https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto
"""

from __future__ import annotations

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.protobuf import BYTES, FIXED32, VARINT, Field, Window, matches, walk
from leakkit.leak.source import Source

_MODEL = dict.fromkeys((1, 2, 3, 4, 5), BYTES) | dict.fromkeys(range(200, 264), BYTES)
_PIECE = {1: BYTES, 2: FIXED32, 3: VARINT}
_PIECES = 8
_KINDS = {1: "Unigram", 2: "BPE", 3: "Word", 4: "Char"}


def looks_like_sentencepiece(source: Source) -> bool:
    """Tell whether the file is a list of pieces: each has a text and a score, a score of 0 may be left out."""
    if source.head[:1] != b"\x0a" or matches(source, _MODEL, fields=16) is None:
        return False
    pieces = [_piece(source, field) for field in _first_pieces(source)]
    return all(1 in piece and len(piece) > 1 for piece in pieces) and any(2 in piece for piece in pieces)


def _first_pieces(source: Source) -> list[Field]:
    """Give the first pieces of the file."""
    pieces: list[Field] = []
    try:
        for field in walk(Window(source, _PIECES + 1), 0, source.size):
            if field.number != 1 or len(pieces) == _PIECES:
                break
            pieces.append(field)
    except BadMemberError:
        pass
    return pieces


def _piece(source: Source, piece: Field) -> dict[int, Field]:
    """Give the fields of a piece by number; nothing for what is no piece."""
    found: dict[int, Field] = {}
    if not 2 <= piece.length <= 4096:
        return found
    try:
        for field in walk(Window(source, 8), piece.value, piece.end):
            if _PIECE.get(field.number) != field.wire:
                return {}
            found[field.number] = field
    except BadMemberError:
        return {}
    return found


def read(source: Source, format: str = "sentencepiece") -> Facts:
    """Give the number of pieces and the algorithm.

    Returns
    -------
    Facts
        ``vocab_size`` (missing when the file breaks off) and ``x_tokenizer_type``. Nothing in this format
        runs code.
    """
    facts, count, window = Facts(danger="none_found"), 0, Window(source)
    try:
        for field in walk(window, 0, source.size):
            if field.number == 1 and field.wire == BYTES:
                count += 1
            elif field.number == 2 and field.wire == BYTES:
                _trainer(facts, window, field)
    except BadMemberError as error:
        facts.status, facts.error = error.status, error.reason
        return facts
    facts.values["vocab_size"] = count
    return facts


def _trainer(facts: Facts, window: Window, trainer: Field) -> None:
    """Read the algorithm from the settings of the training; unigram is the default."""
    kind = 1
    for field in walk(window, trainer.value, trainer.end):
        if field.number == 3 and field.wire == VARINT:
            kind = field.value
    facts.values["x_tokenizer_type"] = _KINDS.get(kind, "other")
