"""Word vectors from a text file as word2vec, GloVe and fastText write it."""

from __future__ import annotations

import codecs
import gzip
import math
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import numpy as np

from leakkit.bias.text.vectors import Embeddings
from leakkit.errors import BadParameterError, LeakNotFoundError, LeakUnreadableError
from leakkit.leak.text import printable

MOST_DIMENSIONS = 4_096
_LONGEST_LINE = 32 * MOST_DIMENSIONS
_LONGEST_WORD = 1_000
_TODO = "give a text file of one word and its numbers a line (.txt, .vec, or the same as .gz)"


def load_vectors(path: str | Path, *, most_words: int = 200_000) -> Embeddings:
    r"""Read word vectors from a text file.

    Parameters
    ----------
    path : str or Path
        One word and its numbers a line, parted by spaces; a first line with the number of words and of
        dimensions may stand before them. A name that ends in ``.gz`` is unpacked while it is read.
    most_words : int
        Only the first so many words are read (files list words by falling frequency).

    Returns
    -------
    Embeddings
        Without counts. ``notes`` says how many lines were left out, and whether the file has more words.

    Raises
    ------
    LeakNotFoundError
        If there is no such file.
    LeakUnreadableError
        If it may not be read, or is not whole.
    BadParameterError
        If a line is no word with finite numbers, as many as on the first line, or longer than 131,072
        bytes. The line is named, never shown.

    Notes
    -----
    Memory is at most `most_words` times dimensions times 4 bytes, twice while it is read. A word that comes
    again is left out, as is one that is not UTF-8, longer than 1,000 bytes, or holds blanks (GloVe's file of
    840 billion words has some).

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import leakkit as lk
    >>> file = pathlib.Path(tempfile.mkdtemp(), "invented.vec")
    >>> _ = file.write_text("2 3\nferry 1 0 0\nharbour 0.5 0.5 0\n")
    >>> lk.load_vectors(file).vectors.shape
    (2, 3)
    """
    if most_words < 1:
        raise BadParameterError("Expected most_words of 1 or more", f"found {most_words}", "leave it out")
    file = Path(path)
    shown = printable(file.name, 80)
    if not file.is_file():
        raise LeakNotFoundError("Expected a file", f"found none at '{shown}'", "check the spelling")
    try:
        with _opened(file) as stream:
            return _read(stream, shown, most_words)
    except (OSError, EOFError, zlib.error) as error:
        if isinstance(error, LeakUnreadableError):
            raise
        raise LeakUnreadableError(
            f"Expected to read '{shown}' to its end", f"found {type(error).__name__}", "get the file again"
        ) from None


def _opened(file: Path) -> IO[bytes]:
    """Open a file, unpacked while it is read where it is packed."""
    return cast("IO[bytes]", gzip.open(file)) if file.suffix == ".gz" else file.open("rb")


def _read(stream: IO[bytes], shown: str, most_words: int) -> Embeddings:
    """Read the lines of an open file."""
    vectors: dict[str, np.ndarray] = {}
    left_out, more, dimension = 0, False, 0
    for number, parts in _lines(stream, shown):
        if number == 1 and len(parts) == 2 and all(part.isdigit() for part in parts):
            continue
        if len(vectors) == most_words:
            more = True
            break
        dimension = dimension or len(parts) - 1
        blanks = _has_blanks(parts, dimension)
        values = _numbers(parts[-dimension - 1 :] if blanks else parts, dimension, number, shown)
        word = None if blanks else _word(parts[0])
        if word is None or word in vectors:
            left_out += 1
        else:
            vectors[word] = values
    if not vectors:
        raise BadParameterError("Expected words with their vectors", f"found none in '{shown}'", _TODO)
    notes = (
        [f"{left_out} lines were left out: a word twice, with blanks, too long, or not UTF-8"]
        if left_out
        else []
    )
    notes += [f"Only the first {most_words:,} words were read; the file has more"] if more else []
    return Embeddings(tuple(vectors), np.stack(list(vectors.values())), notes=tuple(notes))


def _lines(stream: IO[bytes], shown: str) -> Iterator[tuple[int, list[bytes]]]:
    """Give the number and the parts of each line that is not empty."""
    number = 0
    while line := stream.readline(_LONGEST_LINE + 1):
        number += 1
        if len(line) > _LONGEST_LINE:
            raise _bad(number, shown, f"one of more than {_LONGEST_LINE:,} bytes")
        line = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        parts = line.rstrip(b"\r\n ").split(b" ")
        if parts != [b""]:
            yield number, parts


def _has_blanks(parts: list[bytes], dimension: int) -> bool:
    """Tell whether the word of a line holds blanks: something else than numbers stands before the last ones."""
    try:
        return not all(map(math.isfinite, map(float, parts[1:-dimension])))
    except ValueError:
        return True


def _numbers(parts: list[bytes], dimension: int, number: int, shown: str) -> np.ndarray:
    """Give the numbers of a line, checked."""
    if len(parts) != dimension + 1 or not 1 <= dimension <= MOST_DIMENSIONS:
        raise _bad(number, shown, f"{len(parts) - 1} numbers")
    try:
        with np.errstate(over="ignore"):
            values = np.array([float(part) for part in parts[1:]], dtype=np.float32)
    except ValueError:
        raise _bad(number, shown, "something that is no number") from None
    if not np.isfinite(values).all():
        raise _bad(number, shown, "a number that is missing or infinite")
    return values


def _word(raw: bytes) -> str | None:
    """Give the word, or None where it is no UTF-8, empty or too long."""
    if len(raw) > _LONGEST_WORD:
        return None
    try:
        return raw.decode("utf-8") or None
    except UnicodeDecodeError:
        return None


def _bad(number: int, shown: str, found: str) -> BadParameterError:
    """Give the error of one line."""
    return BadParameterError(
        f"Expected a word and as many finite numbers as on the lines before (1 to {MOST_DIMENSIONS:,}) "
        f"on line {number} of '{shown}'",
        f"found {found}",
        _TODO,
    )
