"""Words with which letters are spelled are no names of people or places, and lists of people keep theirs."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

from pathlib import Path

import pytest

import leakkit as lk

NAMES = ("PERSON", "ORGANIZATION", "LOCATION", "CITY", "COUNTRY")
ALPHABETS = {
    "radio": "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango",
    "de": "Anton Berta Cäsar Dora Emil Friedrich Gustav Heinrich Ida Julius Kaufmann Ludwig Martha Nordpol Otto Paula Quelle Richard",
    "fr": "Anatole Berthe Célestin Désiré Eugène François Gaston Henri Irma Joseph Kléber Louis Marcel Nicolas Oscar Pierre Quintal Raoul",
    "it": "Ancona Bologna Como Domodossola Empoli Firenze Genova Hotel Imola Jolly Kursaal Livorno Milano Napoli Otranto Padova Quarto Roma",
    "ru": "Анна Борис Василий Григорий Дмитрий Елена Женя Зинаида Иван Константин Леонид Михаил Николай Ольга Павел Роман Семён Татьяна",
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(ALPHABETS))
def test_spelling_alphabet_has_no_names(tmp_path: Path, language: str) -> None:
    words = ALPHABETS[language].split()
    lines = [f"| {word[0]} | {word} |" for word in words]
    lines += [f"- {' '.join(words[n : n + 5])}: " + " ".join(words[-n - 4 :][:4]) for n in range(12)]
    (tmp_path / "alphabet.md").write_text("\n".join(lines), encoding="utf-8")
    found = lk.scan(tmp_path, workers=1, progress=False).findings()
    assert not found["entity"].isin(NAMES).any()


def test_call_sign_in_a_sentence_is_nobody() -> None:
    found = lk.find_pii(["Call sign Sierra Tango Foxtrot is cleared for runway nine."])
    assert not found["entity"].isin(NAMES).any()


def test_people_with_such_names_stay(tmp_path: Path) -> None:
    assert lk.find_pii(["Oscar, Victor and Charlie met at noon."])["entity"].tolist().count("PERSON") >= 2
    given = ALPHABETS["de"].split()
    last = "Huber Klein Franke Lang Moll Kern Sommer Braun Vogel Adler Busch Storm Wolf".split()
    some = (0, 1, 4, 5, 6, 7, 8, 9, 11, 12, 14, 15, 17)
    lines = [f"{given[n]} {name}" for n, name in zip(some, last, strict=True)]
    (tmp_path / "members.txt").write_text("\n".join(lines), encoding="utf-8")
    found = lk.scan(tmp_path, workers=1, progress=False).findings()
    assert found.loc[found["entity"] == "PERSON", "row"].nunique() >= 12
