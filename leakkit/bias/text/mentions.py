"""Which documents name which group: whole words of a lexicon found in texts.

Texts and terms are compared in lower case, with straight apostrophes and without invisible format
characters; whatever is no letter, mark, digit or apostrophe only parts words. A term is also found with
an apostrophe or 's behind it. A term of several words needs them one behind the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

_TODO = "pass terms={'name': ['word', ...]}, {'axis': {'name': [...]}}, or a frame as load_lexicon gives it"
SLOT = "_"
"""Stands in a prompt where a term was; no word of a folded text holds it."""


class Group(NamedTuple):
    """One group with the words that stand for it."""

    axis: str
    name: str
    terms: tuple[str, ...]


def named_groups(terms: Any = None, lexicon: Any = None) -> list[Group]:
    """Give the groups of `terms` (dict) or of a lexicon (frame, name or path), in their order.

    Parameters
    ----------
    terms : dict, optional
        ``{group: [term, ...]}``, whose axis is called "terms", or ``{axis: {group: [term, ...]}}``.
    lexicon : DataFrame, str or Path, optional
        The frame `leakkit.frames.LEXICON`, or what `load_lexicon` takes; left out with `terms`: the
        bundled identity terms.

    Raises
    ------
    BadParameterError
        Both are given, or a group has no terms that are words.
    """
    if terms is not None and lexicon is not None:
        raise BadParameterError("Expected terms or a lexicon", "found both", "leave one of them out")
    groups = _of_frame(_loaded(lexicon)) if terms is None else _of_terms(terms)
    if not groups:
        raise BadParameterError("Expected at least one group of terms", "found none", _TODO)
    for group in groups:
        if not group.terms or not all(_words_of(group.terms)):
            raise BadParameterError(
                "Expected words for every group",
                f"found none, or a term without letters, for {printable(group.name, 40)!r}",
                _TODO,
            )
    return groups


def _loaded(lexicon: Any) -> Any:
    """Give the lexicon as a frame."""
    import pandas as pd

    if isinstance(lexicon, pd.DataFrame):
        missing = sorted({"axis", "group", "term"} - set(lexicon.columns))
        if missing:
            raise BadParameterError(
                "Expected a lexicon with axis, group, term", f"found no {', '.join(missing)}", _TODO
            )
        return lexicon
    from leakkit.bias.text.lexicons import load_lexicon

    return load_lexicon("identity" if lexicon is None else lexicon)


def _of_frame(frame: Any) -> list[Group]:
    """Give the groups of a lexicon in the order in which they stand there."""
    found: dict[tuple[str, str], list[str]] = {}
    for axis, name, term in zip(frame["axis"], frame["group"], frame["term"], strict=True):
        found.setdefault((str(axis), str(name)), []).append(str(term))
    return [Group(axis, name, tuple(dict.fromkeys(terms))) for (axis, name), terms in found.items()]


def _of_terms(terms: Any) -> list[Group]:
    """Give the groups of a dict."""
    if not isinstance(terms, Mapping):
        raise BadParameterError("Expected a dict of terms", f"found {type(terms).__name__}", _TODO)
    groups = []
    for name, value in terms.items():
        inner = value.items() if isinstance(value, Mapping) else [(name, value)]
        axis = str(name) if isinstance(value, Mapping) else "terms"
        for group, words in inner:
            if isinstance(words, str) or not isinstance(words, Sequence):
                raise BadParameterError(
                    f"Expected a list of terms for {printable(str(group), 40)!r}",
                    f"found {type(words).__name__}",
                    _TODO,
                )
            groups.append(Group(axis, str(group), tuple(dict.fromkeys(map(str, words)))))
    return groups


def folded(texts: pa.Array) -> pa.Array:
    """Give texts as lower-case words, each with a blank on either side; for `found_in` and `counts_in`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = pc.utf8_lower(texts.cast(pa.large_string()).fill_null(""))
    plain = pc.replace_substring_regex(plain, "[\u2019\u02bc\uff07]", "'")
    plain = pc.replace_substring_regex(plain, "[\u00ad\u200b-\u200d\u2060\ufeff]", "")
    plain = pc.replace_substring_regex(plain, r"[^\pL\pM\pN']+", "  ")
    blank, nothing = (pa.scalar(text, pa.large_string()) for text in ("  ", ""))
    return pc.binary_join_element_wise(blank, plain, blank, nothing)


def pattern(terms: Sequence[str]) -> str:
    """Give the pattern that finds any of the terms in folded texts, the longest first."""
    every = sorted(set(_words_of(terms)) - {""}, key=lambda term: (-len(term), term))
    return f" '*(?:{'|'.join(every)})(?:'s|'*) "


def _words_of(terms: Sequence[str]) -> list[str]:
    """Give terms as they stand in folded texts; only letters, marks, digits, apostrophes and blanks."""
    import pyarrow as pa

    return [value.strip(" '") for value in folded(pa.array(list(terms), pa.large_string())).to_pylist()]


def found_in(texts: pa.Array, terms: Sequence[str]) -> NDArray[np.bool_]:
    """Tell which folded texts hold one of the terms."""
    import pyarrow.compute as pc

    if not terms:
        return np.zeros(len(texts), bool)
    hits = pc.match_substring_regex(texts, pattern(terms))
    return np.asarray(hits.to_numpy(zero_copy_only=False), bool)


def counts_in(texts: pa.Array, terms: Sequence[str] | None = None) -> NDArray[np.int64]:
    """Count the terms in folded texts, or all words when no terms are given."""
    import pyarrow.compute as pc

    wanted = r" [^ ]*[\pL\pM\pN][^ ]* " if terms is None else pattern(terms)
    return np.asarray(pc.count_substring_regex(texts, wanted).to_numpy(zero_copy_only=False), np.int64)


def mentions(texts: pa.Array, groups: Sequence[Group]) -> NDArray[np.bool_]:
    """Tell which folded texts (rows) name which group (columns)."""
    return np.column_stack([found_in(texts, group.terms) for group in groups])


def with_slot(texts: pa.Array, terms: Sequence[str]) -> pa.Array:
    """Give folded texts with a slot for each of the terms; the article before a slot is "a"."""
    import pyarrow.compute as pc

    masked = pc.replace_substring_regex(texts, pattern(terms), f" {SLOT} ")
    return pc.replace_substring_regex(masked, f" an  {SLOT} ", f" a  {SLOT} ")
