"""Read the texts in ``training/written``: invented ones, written one by one, with what is personal in them marked.

Texts are parted by lines of ``=====``. A mark is ``[[P|Anna Kowalska]]``: P person, L place, O organisation; other
letters (e-mail, telephone, user, secret, numbers) mark what the tagger is not to take for a name.
"""

from __future__ import annotations

import re
from pathlib import Path

from training.corpora import Document

FOLDER = Path(__file__).parent / "written"
NAMES = {"P": "PERSON", "L": "LOCATION", "O": "ORGANIZATION"}
OTHERS = {
    "E": "EMAIL",
    "T": "PHONE",
    "U": "USERNAME",
    "S": "SECRET",
    "N": "NATIONAL_ID",
    "B": "BANK_ACCOUNT",
    "V": "VEHICLE",
    "D": "DATE",
    "X": "PASSPORT",
    "R": "DRIVER_LICENSE",
}
_PARTED = re.compile(r"^=====\s*$", re.MULTILINE)
_MARK = re.compile(r"\[\[([PLOETUSNBVDXR])\|((?:(?!\[\[|\]\]).)+?)\]\]", re.DOTALL)


def marked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Give a text without its marks, and the spans that were marked, each with its letter.

    Examples
    --------
    >>> marked("ask [[P|priya]] in [[L|Pune]]")
    ('ask priya in Pune', [(4, 9, 'P'), (13, 17, 'L')])
    """
    parts: list[str] = []
    spans = []
    at = size = 0
    for mark in _MARK.finditer(text):
        parts += [text[at : mark.start()], mark[2]]
        start = size + mark.start() - at
        size = start + len(mark[2])
        spans.append((start, size, mark[1]))
        at = mark.end()
    return "".join([*parts, text[at:]]), spans


def texts() -> list[tuple[str, list[tuple[int, int, str]]]]:
    """Give every text of the folder with its marks; files by name, texts in their order."""
    raw = [text for path in sorted(FOLDER.glob("*.txt")) for text in _PARTED.split(path.read_text("utf-8"))]
    return [marked(text.strip("\n")) for text in raw if text.strip()]


def written() -> list[Document]:
    """Give every text with its names."""
    return [
        Document(text, [(start, end, NAMES[letter]) for start, end, letter in spans if letter in NAMES])
        for text, spans in texts()
    ]


def cells() -> list[Document]:
    """Give what was marked as a name once more, alone as a cell of a table holds it, and short lines without names.

    A given name alone is left out: without anything around it, it may as well be a word.
    """
    alone: dict[str, Document] = {}
    every = texts()
    for number, (text, spans) in enumerate(every):
        place = number / len(every)
        for start, end, letter in spans:
            value = text[start:end]
            if letter in NAMES and "\n" not in value and (letter != "P" or " " in value):
                span = (0, len(value), NAMES[letter])
                alone.setdefault(value, Document(value, [span], number=number, place=place))
        if not spans:
            for line in map(str.strip, text.split("\n")):
                if 1 < len(line.split()) <= 5:
                    alone.setdefault(line, Document(line, [], number=number, place=place))
    return list(alone.values())
