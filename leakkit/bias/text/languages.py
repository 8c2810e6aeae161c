"""Which languages texts are in, by py3langid on a random sample of a stream of any length."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

UNSURE = "not told"
LEAST_LETTERS = 20
LEAST_CONFIDENCE = 0.5
MOST_CHARACTERS = 1_000


class Sample:
    """A random sample of the documents of a stream, each with the same chance (by random keys).

    Parameters
    ----------
    size : int
        Most documents kept.
    seed : int
        Same seed and same documents, same sample, however they were cut into batches.
    """

    def __init__(self, size: int, seed: int = 0) -> None:
        self._size = size
        self._random = np.random.default_rng(seed)
        self._keys = np.zeros(0)
        self._texts: list[str] = []

    def add(self, texts: pa.LargeStringArray) -> None:
        """Let the filled documents of a batch take part."""
        import pyarrow as pa
        import pyarrow.compute as pc

        filled = texts.filter(pc.greater(pc.binary_length(texts), 0))
        keys = self._random.random(len(filled))
        if len(self._keys) == self._size:
            chosen = np.flatnonzero(keys < self._keys[-1])
            filled, keys = filled.take(pa.array(chosen)), keys[chosen]
        order = np.argsort(np.concatenate([self._keys, keys]), kind="stable")[: self._size]
        known = len(self._texts)
        fresh = filled.take(pa.array(order[order >= known] - known))
        cut = iter(pc.utf8_slice_codeunits(fresh, 0, MOST_CHARACTERS).to_pylist())
        self._texts = [self._texts[place] if place < known else next(cut) for place in order.tolist()]
        self._keys = np.concatenate([self._keys, keys])[order]

    def texts(self) -> list[str]:
        """Give the sampled documents, cut to their first thousand characters."""
        return self._texts


def tell_language(text: str) -> str:
    """Give the ISO 639-1 code of a text's language, or "not told" where it is too short or doubtful.

    Examples
    --------
    >>> tell_language("Der Rat der Stadt hat am Dienstag beraten."), tell_language("ok")
    ('de', 'not told')
    """
    if sum(map(str.isalpha, text[:MOST_CHARACTERS])) < LEAST_LETTERS:
        return UNSURE
    code, confidence = _identifier().classify(text[:MOST_CHARACTERS])
    return str(code) if confidence >= LEAST_CONFIDENCE else UNSURE


def count_languages(texts: list[str]) -> dict[str, tuple[int, int]]:
    """Give documents and distinct documents of each language."""
    known: dict[str, str] = {}
    found: dict[str, tuple[int, int]] = {}
    for text in texts:
        new = text not in known
        code = known[text] if not new else known.setdefault(text, tell_language(text))
        documents, distinct = found.get(code, (0, 0))
        found[code] = (documents + 1, distinct + new)
    return found


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """Load the model that ships with py3langid (arrays, no pickle)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
