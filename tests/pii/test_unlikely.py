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
        ("Hoi, mijn BSN is 123456782 en", "BSN", "ORGANIZATION"),
        ("die Vertragsnummer 5450794661 bitte", "Vertragsnummer", "LOCATION"),
        ("an Ada Fenn, Durchwahl +49 30 1", "Durchwahl", "LOCATION"),
        ("Konto: Inhaber Ada Fenn zahlt", "Inhaber", "ORGANIZATION"),
        ("in 110105196102052000 wohnt", "110105196102052000", "LOCATION"),
        ("it took 107 GB of memory", "107 GB", "LOCATION"),
        ("Mar 19 03:14:52 gate", "Mar 19 03", "LOCATION"),
        ("Skills: SQL, CUDA", "SQL, CUDA", "ORGANIZATION"),
        ("id 3055 then", "3055", "LOCATION"),
        ("00 11 22 33 44 55 66 77  88 99 aa bb cc dd ee ff  |..Ada+x.|", "Ada", "PERSON"),
        ("0011 2233 4455 6677 8899 aabb ccdd eeff  .Ada+x.", "Ada", "PERSON"),
        ("1. e4 e5 2. Nf3 Nc6 3. Bb5 a6 4. O-O Nf6 5. d4 exd4", "Nc6", "LOCATION"),
        ("C(F)(F)FC#NCOc1ccccc1\tMOL204\t399.29", "FC", "ORGANIZATION"),
        ("  387: 60b6ba69d72cc848  9902 FUNC GLOBAL DEFAULT 11 _ZN4gate", "FUNC GLOBAL", "ORGANIZATION"),
        ("SEQRES   3 A  345  MET ALA GLY SER VAL", "MET ALA GLY", "LOCATION"),
        ("0x0020:  b31d c29e 62d1 d144 beed de94", "d144 beed", "LOCATION"),
        ("return J.lockRod(this)", "lockRod", "PERSON"),
        ("LIN+39++4302580672524:EN'", "LIN", "PERSON"),
        ("sub erin", "erin", "PERSON"),
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


@pytest.mark.parametrize(
    ("text", "value", "entity"),
    [
        ("12 | 1990 | SMITH, JOHN | 77 | 4 | 5", "SMITH, JOHN", "PERSON"),
        ("THE PARCEL WENT TO VIA GARIBALDI 112 AND CAME BACK", "VIA GARIBALDI 112", "LOCATION"),
        ("#sunrise over #Bray via @here 23. 07. 2014.", "#Bray", "LOCATION"),
        ("14, 036-66-0368, 'UK', 3065.38, 17", "UK", "COUNTRY"),
        ("hi erin", "erin", "PERSON"),
        ("1 | 22 | 333 | Anna Kowalska | 4444", "Anna Kowalska", "PERSON"),
    ],
)
def test_names_among_numbers_and_in_capitals_stay(text: str, value: str, entity: str) -> None:
    assert not judged(text, value, entity)
