"""Terms of documents about machines are no names, and names of people stay; all texts are invented."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import leakkit as lk
from leakkit.pii.weighing.signs_of_people import has_label, speaks_of_people

NAMES = ("PERSON", "ORGANIZATION", "LOCATION", "CITY", "COUNTRY")
PARTS = {
    "en": ("Request Router", "Prefix Cache", "Osprey Gateway", "Mercury Queue", "Hudson Pipeline", "Golden Path Builder"),
    "de": ("Milan Kern", "Dachs Verteiler", "Ereignis Speicher", "Schlüssel Tresor", "Hermelin Planer", "Lese Replik"),
    "fr": ("Module Ordonnanceur", "Passerelle Héron", "Registre Central", "Noyau Colombe", "Grappe Martin", "File Rapide"),
    "es": ("Módulo Repartidor", "Puerta Gaviota", "Almacén Frío", "Núcleo Cóndor", "Cola Santa", "Planificador Sierra"),
}  # fmt: skip
SENTENCES = {
    "en": "The {} forwards each batch to the {} in Northern Finland and drops frames after {} ms.",
    "de": "Der {} leitet Anfragen an den {} weiter und wartet danach {} Sekunden.",
    "fr": "Le {} transmet les lots vers le {} et redémarre après {} secondes.",
    "es": "El {} envía los lotes al {} y se reinicia después de {} segundos.",
}


def _names(tmp_path: Path, lines: list[str], name: str = "text.md") -> pd.DataFrame:
    """Search a member of some lines; gives the names of people, places and organisations."""
    (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = lk.scan(tmp_path, workers=1, progress=False).findings()
    return found[found["entity"].isin(NAMES)]


def _document(language: str) -> list[str]:
    """Give a long document about the parts of a machine."""
    parts, sentence = PARTS[language], SENTENCES[language]
    lines = []
    for n in range(40):
        lines += [f"## {parts[n % 6]} {n}", sentence.format(parts[n % 6], parts[(n * 5 + 1) % 6], n)]
    return lines


@pytest.mark.parametrize("language", sorted(PARTS))
def test_document_about_the_parts_of_a_machine_has_no_names(tmp_path: Path, language: str) -> None:
    assert _names(tmp_path, _document(language)).empty


@pytest.mark.parametrize(
    "line",
    [
        "Her colleague Zoltan Brankovics lives in Lyon.",
        "Herr Zoltan Brankovics bittet um Rückruf.",
        "Mme Brankovics habite à Lyon.",
        "Reviewer: Zoltan Brankovics",
    ],
)
def test_name_beside_a_sign_of_people_stays_in_such_a_document(tmp_path: Path, line: str) -> None:
    lines = _document("en")
    found = _names(tmp_path, [*lines[:40], line, *lines[40:]])
    assert 40 in set(found.loc[found["entity"] == "PERSON", "row"])


def test_name_told_once_is_one_in_all_of_the_document(tmp_path: Path) -> None:
    lines = _document("en")
    lines[2] = "She is Ilse Brankovics and has the keys."
    lines[70] = "The keys were handed over by Ilse Brankovics on Monday."
    found = _names(tmp_path, lines)
    assert 70 in set(found.loc[found["entity"] == "PERSON", "row"])


def test_known_people_stay_where_nothing_else_says_that_people_are_meant(tmp_path: Path) -> None:
    lines = _document("en")
    lines[30] = "The export was checked by Henrike Osterloh last week."
    lines[50] = "The bucket was closed by Boubacar Diallo last week."
    found = _names(tmp_path, lines)
    assert {30, 50} <= set(found.loc[found["entity"] == "PERSON", "row"])


def test_minutes_keep_their_people_and_places(tmp_path: Path) -> None:
    names = ("Feldkamp", "Wiegand", "Attenhofer", "Karaca")
    topics = ("legt die Zahlen vor", "holt ein Angebot ein", "berichtet aus Bad Tölz", "bittet um Geduld")
    lines = ["Protokoll der Sitzung", "Anwesend: Jürgen Habersack, Ulrike Feldkamp, Mehmet Karaca"]
    lines += [f"{names[n % 4]} {topics[n % 4]}." for n in range(40)]
    found = _names(tmp_path, lines, "minutes.txt")
    told = {row: sum(found["row"] == row) for row in range(len(lines))}
    assert told[1] == 3
    assert all(told[row] == 2 for row in range(4, 42, 4)), "Attenhofer and Bad Tölz in each of their lines"
    assert all(told[row] for row in range(2, 42) if row % 4 != 3), "Feldkamp and Karaca, too"


def test_family_names_alone_begin_sentences_of_minutes(tmp_path: Path) -> None:
    names = (
        "Zwickler",
        "Haberkorn",
        "Ostrowski",
        "Lindhorst",
        "Pfannkuch",
        "Szymkowiak",
        "Kaltwasser",
        "Brettschneider",
    )
    topics = ("legt die Zahlen vor", "holt ein Angebot ein", "bittet um Geduld", "ruft den Klempner an")
    lines = ["Protokoll der Sitzung", *(f"{name} {topic}." for name in names for topic in topics)]
    found = _names(tmp_path, lines, "minutes.txt")
    begun = found[(found["start"] == 0) & (found["entity"] == "PERSON")]
    assert begun["row"].nunique() >= 24  # of 32


def test_class_list_keeps_its_pupils(tmp_path: Path) -> None:
    given = ("Yasmine", "Loïc", "Camille", "Erwan", "Manon", "Clément", "Jade", "Hugo")
    last = ("Amrani", "Béranger", "Chauvin", "Delacroix", "Esnault", "Guillemot", "Kerbrat", "Moreau")
    lines = [f"{last[n % 8]} {given[(n + n // 8) % 8]}" for n in range(40)]
    assert _names(tmp_path, lines, "class.txt")["row"].nunique() >= 36


def test_few_lines_are_left_as_the_tagger_saw_them(tmp_path: Path) -> None:
    found = _names(tmp_path, ["The box was carried to Lyon by train.", "It came back from Tallinn."])
    assert found["row"].nunique() == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("She has moved to Lyon", True),
        ("Liebe Kolleginnen", True),
        ("I have seen the list", True),
        ("A. Brankovics, Sparse routing, 2024", True),
        ("called Mrs. Brankovics twice", True),
        ("the batch is dropped after 40 ms.", False),
        ("The Bundle of His conducts", False),
        ("weights use He initialisation here", False),
        ("my ($self, @rows) = @_;", False),
        ("Sierra Madre Wool Blanket", False),
        ("The queue is drained by the router", False),
        ("", False),
    ],
)
def test_sign_of_people_is_a_word_that_only_people_have(line: str, told: bool) -> None:
    assert speaks_of_people(line) is told


def test_label_stands_before_a_sign() -> None:
    assert has_label("Approved by: Zoltan") and has_label("Ansprechpartner: Zoltan")
    assert not has_label("approved by the board") and not has_label("max-author=3")
