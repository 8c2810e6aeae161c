"""Numbers that a short key alone makes a document of a person, in members that are about nobody.

``doc`` is a document of a person, and a text of a corpus; ``nid`` a national id, and a node; ``sin`` a number of
Canada, and a sine. Where a member has no name, mail address or word of persons anywhere, it is the other thing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.fields import coded_texts
from leakkit.pii.nobody.telling import OF_PERSONS, OF_USERS, Telling, texts_of
from leakkit.pii.places import are_of

if TYPE_CHECKING:
    import pyarrow as pa

MOSTLY = 0.9
"""Share of the numbers of a field that pass the check of one country, from which on they are that country's."""
_FAMILIES = ("government_id", "health")
_WEAK = frozenset(
    "doc document nid nin ni ci cf cc sin tin ein ident cn cni ic tc pin nie cin fin cui".split()
)
"""Short names of documents that are the names of other things as often."""
_ADDED = frozenset("id ids no num nr number ref key code hash idx index n t c".split())
_CONTEXT = re.compile(r"; context:([^:;]+):")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def without_short_keys(batch: pa.RecordBatch, found: pa.Table) -> pa.Table:
    """Leave out documents told by a short key alone, in members of which nothing tells of a person.

    Those stay of which most in the same field pass the check of one country.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    """
    import pyarrow as pa

    asked = np.flatnonzero(are_of(found, "family", *_FAMILIES))
    if not len(asked):
        return found
    fields, names = texts_of(found.column("field"), asked)
    steps, evidence = texts_of(found.column("evidence"), asked)
    weak = np.array([is_weak(name) for name in names], bool)[fields]
    plain = np.array([not name for name in names], bool)[fields]
    keyed = np.array(["; key:" in step for step in evidence], bool)[steps]
    weak |= np.array([_is_weak_word(step) for step in evidence], bool)[steps] & (plain | ~keyed)
    asked, fields = asked[weak], fields[weak]
    if not len(asked):
        return found
    telling = Telling(batch, found, asked)
    gone = telling.nowhere(asked, OF_PERSONS, OF_USERS)
    gone &= ~_pass(found, asked, telling.places.members[asked], fields)
    kept = np.ones(found.num_rows, bool)
    kept[asked[gone]] = False
    return found if kept.all() else found.filter(pa.array(kept))


def _pass(found: pa.Table, asked: np.ndarray, members: np.ndarray, fields: np.ndarray) -> np.ndarray:
    """Tell which findings stand in a field of which most pass the check of one detector."""
    import pyarrow as pa
    import pyarrow.compute as pc

    some = found.select(["validated", "detector"]).take(pa.array(asked))
    valid = pc.fill_null(some.column("validated"), False).to_numpy(zero_copy_only=False)
    kinds, _ = coded_texts(some.column("detector"))
    _, columns = np.unique(np.stack([members, fields]), axis=1, return_inverse=True)
    columns = columns.reshape(-1)
    width = int(kinds.max()) + 1
    counts = np.bincount(columns * width + kinds, valid, minlength=width * (int(columns.max()) + 1))
    most = counts.reshape(-1, width).max(axis=1)
    return (most >= MOSTLY * np.bincount(columns))[columns]


@lru_cache(4096)
def is_weak(name: str) -> bool:
    """Tell whether the name of a field is short for a document, and for other things.

    Examples
    --------
    >>> [
    ...     is_weak(name)
    ...     for name in ("meta.doc_id", "nid", "documentNo", "dni", "national_id", "person_nid", "id_no")
    ... ]
    [True, True, True, False, False, False, True]
    """
    words = [word.lower() for word in _WORDS.findall(name.rpartition(".")[2])]
    rest = [word for word in words if word not in _ADDED]
    return bool(words) and len(rest) <= 1 and all(word in _WEAK for word in rest)


def _is_weak_word(evidence: str) -> bool:
    """Tell whether the word beside a value is short for a document, and for other things."""
    word = _CONTEXT.search(evidence)
    return word is not None and is_weak(word[1])
