"""Keys, codes, units and times are no names; a name is given whole."""

from __future__ import annotations

from bisect import bisect_right

import pytest

from leakkit.pii.layout.cells import cells
from leakkit.pii.weighing.unlikely import is_unlikely, whole_words


def judged(text: str, value: str, entity: str = "PERSON") -> bool:
    """Judge the first place of a value in a text."""
    start = text.index(value)
    found = cells(text)
    place = bisect_right([c.start for c in found], start) - 1
    return is_unlikely(text, start, start + len(value), entity, found, place)


@pytest.mark.parametrize(
    ("text", "value", "entity"),
    [
        ('{"Kennzeichen": "B XY 12"}', "Kennzeichen", "PERSON"),
        ("name|Org|Birth Date|city\nAda|Fenn|1.2.1990|Ulm", "Org", "PERSON"),
        ("region=us-east-2 ok", "us-east-2", "LOCATION"),
        ("sku VB-9806-R sold", "VB", "ORGANIZATION"),
        ("it took 107 GB of memory", "107 GB", "LOCATION"),
        ("Mar 19 03:14:52 gate", "Mar 19 03", "LOCATION"),
        ("Skills: SQL, CUDA", "SQL, CUDA", "ORGANIZATION"),
        ("id 3055 then", "3055", "LOCATION"),
        ("00 11 22 33 44 55 66 77  88 99 aa bb cc dd ee ff  |..Ada+x.|", "Ada", "PERSON"),
        ("0011 2233 4455 6677 8899 aabb ccdd eeff  .Ada+x.", "Ada", "PERSON"),
        ('{"status": "Harbour", "checksum": 17, "name": "x"}', "Harbour", "LOCATION"),
    ],
)
def test_parts_of_machine_text_are_no_names(text: str, value: str, entity: str) -> None:
    assert judged(text, value, entity)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Please call me, Georgina Thistle, on Monday", "Georgina Thistle"),
        ('{"comment": "I met Ada Quill and her dog today"}', "Ada Quill"),
        ("('Pauline','Fenn','x')", "Pauline"),
        ("Dear Jean-Luc,", "Jean-Luc"),
    ],
)
def test_names_in_prose_and_cells_stay(text: str, value: str) -> None:
    assert not judged(text, value)


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("call Ji-hoon Fenn", "Ji-", "Ji-hoon"),
        ("surname=Kostas", "K", "Kostas"),
        ("O'Quill said", "Quill", "O'Quill"),
        ("x 'East Fenn' y", "East Fenn", "East Fenn"),
        ("('Ada','Quill')", "Ada", "Ada"),
    ],
)
def test_a_name_cut_inside_a_word_is_given_whole(text: str, cut: str, whole: str) -> None:
    start = text.index(cut)
    a, b = whole_words(text, start, start + len(cut))
    assert text[a:b] == whole
