"""Names whose letters stand apart, as scans and forms have them: "Zeuge: H u b e r t  N ö l d e k e"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, SURNAME, TOWN, flags_of, is_given_name

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

SCORE = 0.6
_LETTERS = r"[^\W\d_](?:[ ][^\W\d_]){2,20}"
_RUN = re.compile(rf"(?<![^\W_]){_LETTERS}(?:[ ]{{2,3}}{_LETTERS}){{0,3}}(?![^\W_])")
_APART = re.compile(r"[ ]{2,3}")
_LEAST = 4
"""Letters of a name."""
_LABEL = re.compile(r"[ ]{0,3}(?:[:/]|\n?[ ]?=)")
_CUE = re.compile(
    r"(?i)(?:(?<![^\W\d_])(?:herrn?|frau|fr|hr|zeug(?:e|in)|pat|mrs?|ms|miss|dr|prof|sr|sra|(?-i:[Pp]ani?)|mme|p|signed|"
    r"witness|(?:[^\W\d_]{1,6}[ \-])?(?:name|nom|nome|nombre|naam|namn|navn|nazwisko|imię|soyadı|adı|surname|vorname|"
    r"nachname|zuname|prénom|cognome|apellidos?|jméno|příjmení|név|имя|фамилия|прізвище|ім'я|ім’я))[.:]?"
    r"|to[ ]?:|t[ ]o[ ]:)[ \t]{0,4}\Z"
)
_GIVEN_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_a-zà-ÿ][^\W\d_A-ZÀ-Þ]{2,15}[ ]{1,2}\Z")
_REACH = 30
_BLANK, _ROW_LETTERS = 32, np.zeros(256, bool)
_ROW_LETTERS[[*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0x80, 0x100)]] = True


def spaced(rows: Rows) -> np.ndarray:
    """Tell which rows hold letters that stand apart, two of them side by side."""
    found = np.zeros(len(rows.starts), bool)
    data = rows.array
    if len(data) < 5:
        return found
    blank = data == _BLANK
    at = np.flatnonzero(blank[:-4] & blank[2:-2] & blank[4:])
    at = at[_ROW_LETTERS[data[at + 1]] & _ROW_LETTERS[data[at + 3]]]
    found[np.searchsorted(rows.starts, at, "right") - 1] = True
    return found


def spaced_names(text: str) -> list[tuple[int, int, str, float, str]]:
    """Give the people and towns whose letters stand apart.

    A word is one where the lists know it as a name, or where a title, a label or a given name stands before it.

    Examples
    --------
    >>> text = "Protokoll: Herr K ü h n a s t war da, T A G E S O R D N U N G folgt"
    >>> [text[start:end] for start, end, *_ in spaced_names(text)]
    ['K ü h n a s t']
    """
    found = []
    for run in _RUN.finditer(text):
        start, end = run.span()
        if len(run[0].replace(" ", "")) < _LEAST or _LABEL.match(text, end):
            continue
        given = _GIVEN_BEFORE.search(text, max(0, start - _REACH), start)
        if given is not None and not is_given_name(given[0].strip()):
            given = None
        entity = _entity(
            run[0], given is not None or _CUE.search(text, max(0, start - _REACH), start) is not None
        )
        if entity:
            begin = given.start() if given is not None else start
            found.append((begin, end, entity, SCORE, f"spaced:letters of a name stand apart:{SCORE:.2f}"))
    return found


def _entity(value: str, told: bool) -> str:
    """Tell what letters that stand apart name; nothing where they are a word or nothing says what they are."""
    words = [part.replace(" ", "") for part in _APART.split(value)]
    flags = [flags_of(word) for word in words if len(word) > 1]
    if told or (all(one & (GIVEN | SURNAME) for one in flags) and not all(one & COMMON for one in flags)):
        return "PERSON"
    return "CITY" if all(one & TOWN and not one & COMMON for one in flags) else ""
