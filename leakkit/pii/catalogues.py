"""Catalogues of the texts of a screen in several languages: their keys name places in a program, and no values.

Under ``de.login.user`` stands the label "Benutzer", and no user.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.detector import builtin_detectors
from leakkit.pii.fields import coded_texts
from leakkit.pii.places import Places, are_of

if TYPE_CHECKING:
    import pyarrow as pa

FEWEST_TEXTS = 10
"""Texts in each language, of two at least, from which on a document is a catalogue."""
_MOSTLY = 0.8
"""Share of the fields of a document that stand below a language."""
_LANGUAGES = frozenset(
    "ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky "
    "lo lt lv mk ml mn mr ms my nb ne nl nn no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi "
    "zh zu".split()
)
"""Codes of languages (ISO 639-1) that programs are translated to."""
_CELLS = ("layout", "column")
_MESSAGE = r"^msg(?:id|str|id_plural|ctxt)(?:\[[0-9]\])? \""


def without_labels(batch: pa.RecordBatch, found: pa.Table) -> pa.Table:
    """Leave out what only its key tells in catalogues of texts in several languages, and accounts in messages.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    """
    import pyarrow as pa

    found = _without_messages(batch, found)
    kinds, names = coded_texts(found.column("detector"))
    keyed = np.array([tells_by_key(name) for name in names], bool)[kinds]
    if not keyed.any():
        return found
    paths, texts = coded_texts(batch.column("path"))
    of_batch = in_catalogue(paths, *coded_texts(batch.column("field")))
    if not of_batch.any():
        return found
    catalogues = {texts[code] for code in np.unique(paths[of_batch]).tolist()}
    codes, texts = coded_texts(found.column("path"))
    gone = keyed & np.array([text in catalogues for text in texts], bool)[codes]
    return found.filter(pa.array(~gone))


def _without_messages(batch: pa.RecordBatch, found: pa.Table) -> pa.Table:
    """Leave out names of accounts in lines of gettext, where a word stands for any account."""
    import pyarrow as pa
    import pyarrow.compute as pc

    asked = np.flatnonzero(are_of(found, "entity", "USERNAME"))
    if not len(asked) or not pc.any(pc.starts_with(batch.column("text"), "msg")).as_py():
        return found
    told = pc.match_substring_regex(Places(batch, found).texts(asked), _MESSAGE)
    kept = np.ones(found.num_rows, bool)
    kept[asked[told.to_numpy(zero_copy_only=False)]] = False
    return found if kept.all() else found.filter(pa.array(kept))


def in_catalogue(paths: np.ndarray, codes: np.ndarray, names: list[str]) -> np.ndarray:
    """Tell which texts stand in a catalogue, by the numbers of their paths and of the names of their fields."""
    languages = [_language(name) for name in names]
    known = {language: number for number, language in enumerate(dict.fromkeys(filter(None, languages)), 1)}
    told = np.array([known.get(language or "", 0) for language in languages], np.int64)[codes]
    none = np.zeros(len(paths), bool)
    if len(known) < 2:
        return none
    counts = np.zeros((int(paths.max(initial=0)) + 1, len(known) + 1), np.int64)
    np.add.at(counts, (paths, told), 1)
    many = (counts[:, 1:] >= FEWEST_TEXTS).sum(axis=1) >= 2
    mostly = counts[:, 1:].sum(axis=1) >= _MOSTLY * counts.sum(axis=1)
    once = np.unique(np.stack([paths, codes]), axis=1)
    alone = np.bincount(once[0], minlength=len(counts)) >= _MOSTLY * counts.sum(axis=1)
    return (many & mostly & alone)[paths]


@cache
def tells_by_key(detector: str) -> bool:
    """Tell whether a detector asks for a telling key and takes nearly any value."""
    return detector in _CELLS or detector in _keyed()


@cache
def _keyed() -> frozenset[str]:
    """Give the detectors that need a key."""
    return frozenset(one.id for one in builtin_detectors() if one.needs == "key")


def _language(name: str) -> Any:
    """Give the code of the language that the path to a field begins with; nothing where it does not."""
    head, sign, _ = name.partition(".")
    code = head.replace("_", "-").partition("-")[0]
    return code if sign and len(head) <= 7 and code in _LANGUAGES else None
