"""Which texts of a batch are lines of one member: those of one field, or all of a document whose fields stand once."""

from __future__ import annotations

import re

import numpy as np

MANY_FIELDS = 30
"""Different fields from which on a member is a document, as catalogues of strings and settings are."""
MOST_TEXTS = 2
"""Texts a field of it at most, on the average."""
MANY_KEYS = 8
"""Keys of an object from which on they are values, where the same stands below each."""
_DEEPEST = 8
_PLACE = re.compile(r"\[\d{1,9}\]")


def folded(names: list[str]) -> list[str]:
    """Give names of fields without the places of elements in lists, and without keys that are values themselves.

    Examples
    --------
    >>> folded(["items[0].name", "items[12].name", "name"])
    ['items[].name', 'items[].name', 'name']
    >>> folded([f"nodes.n{n}.name" for n in range(MANY_KEYS)])[-1]
    'nodes.*.name'
    """
    bare = [_PLACE.sub("[]", name) if "[" in name else name for name in names]
    if len(bare) < MANY_KEYS:
        return bare
    alike: dict[tuple[str, str], set[str]] = {}
    for name in set(bare):
        for above, key, below in _cuts(name):
            alike.setdefault((above, below), set()).add(key)
    told = {}
    for name in set(bare):
        for above, _, below in _cuts(name):
            if len(alike[above, below]) >= MANY_KEYS:
                told[name] = f"{above}*{below}"
                break
    return [told.get(name, name) for name in bare]


def _cuts(name: str) -> list[tuple[str, str, str]]:
    """Cut the path to a field at each of its keys but the last: what stands above, the key, what stands below."""
    parts = name.split(".")
    return [
        (".".join([*parts[:at], ""]), parts[at], ".".join(["", *parts[at + 1 :]]))
        for at in range(min(len(parts) - 1, _DEEPEST))
    ]


def members_of(
    paths: np.ndarray, missing: np.ndarray, codes: np.ndarray, names: list[str]
) -> tuple[np.ndarray, frozenset[int]]:
    """Number the members of a batch.

    Parameters
    ----------
    paths, codes : numpy.ndarray
        For each text the numbers of its path and of its field.
    missing : numpy.ndarray
        Places of the texts without a path; each is a member of its own.
    names : list of str
        Names of the fields.

    Returns
    -------
    tuple of numpy.ndarray and frozenset of int
        For each text the number of its member: the texts of one field of a path, wherever in lists they stand. A path
        with very many fields that hardly come again is one member; the numbers of those are the second.
    """
    known: dict[str, int] = {}
    of_field = np.array([known.setdefault(name, len(known)) for name in folded(names)], np.int64)[codes]
    count = len(known) + 1
    told = paths * count + of_field
    pairs = np.unique(told)
    fields = np.bincount(pairs // count, minlength=int(paths.max(initial=0)) + 1)
    texts = np.bincount(paths, minlength=len(fields))
    document = (fields >= MANY_FIELDS) & (texts <= MOST_TEXTS * fields)
    told = np.where(document[paths], paths * count + count - 1, told)
    documents = frozenset((np.flatnonzero(document) * count + count - 1).tolist())
    told[missing] = int(told.max(initial=0)) + 1 + np.arange(len(missing))
    return told, documents
