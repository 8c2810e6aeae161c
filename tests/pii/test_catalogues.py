"""Catalogues of the texts of a screen have labels for values, and no names; all texts are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

import leakkit as lk
from leakkit.pii.weighing.members import folded

LABELS = {
    "en": ("First name", "Save changes", "Are you sure you want to delete this item?", "Discard", "Sign in"),
    "de": ("Vorname", "Änderungen speichern", "Möchten Sie diesen Eintrag löschen?", "Verwerfen", "Anmelden"),
    "pl": ("Nazwisko", "Zapisz zmiany", "Czy na pewno chcesz to usunąć?", "Odrzuć", "Zaloguj się"),
    "ja": ("生年月日", "変更を保存", "この項目を削除しますか", "破棄", "サインイン"),
    "fr": ("Nom", "Enregistrer", "Voulez-vous vraiment supprimer ceci ?", "Annuler", "Se connecter"),
}
PLACES = ("form.handle", "toolbar.region", "list.block", "dialog.user", "panel.driver")


def _named(tmp_path: Path, text: str, name: str, names: str | None = "auto") -> pd.DataFrame:
    """Search a member."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    return lk.scan(tmp_path, workers=1, names=names, progress=False).findings()


def _catalogue() -> dict[str, dict[str, str]]:
    """Give texts in several languages under keys that other files call values of a person."""
    return {
        language: {f"{PLACES[n % 5]}{n}": words[n % 5] for n in range(40)}
        for language, words in LABELS.items()
    }


def test_labels_in_several_languages_are_no_names(tmp_path: Path) -> None:
    assert _named(tmp_path, json.dumps(_catalogue(), ensure_ascii=False), "a.json").empty
    assert _named(tmp_path, json.dumps(_catalogue(), ensure_ascii=False), "a.json", None).empty


def test_mail_in_a_catalogue_is_found(tmp_path: Path) -> None:
    texts = _catalogue()
    texts["en"]["about.contact"] = "Write to mara@firm-one.net"
    found = _named(tmp_path, json.dumps(texts, ensure_ascii=False), "a.json")
    assert found["entity"].tolist() == ["EMAIL"]


def test_known_name_in_a_catalogue_is_found(tmp_path: Path) -> None:
    texts = _catalogue()
    texts["en"]["about.thanks"] = "Our thanks go to Maria Gonzalez for the icons"
    found = _named(tmp_path, json.dumps(texts, ensure_ascii=False), "a.json")
    assert found["field"].tolist() == ["en.about.thanks"]


def test_records_of_people_by_their_key_keep_their_names(tmp_path: Path) -> None:
    people = ("Maria Gonzalez", "James Wilson", "Anna Kowalska", "Thomas Schmidt", "Laura Rossi")
    texts = {f"u_{n:04d}": {"name": people[n % 5], "plan": "free"} for n in range(60)}
    found = _named(tmp_path, json.dumps(texts), "a.json")
    assert found["entity"].eq("PERSON").sum() == 60


def test_names_of_things_in_a_dictionary_are_none(tmp_path: Path) -> None:
    first, second = (
        ("Iron", "Wooden", "Heavy", "Sharp", "Copper"),
        ("Sword", "Boots", "Hammer", "Wand", "Axe"),
    )
    texts = {f"item_{n}": {"name": f"{first[n % 5]} {second[n // 5 % 5]}", "weight": n} for n in range(200)}
    assert _named(tmp_path, json.dumps(texts), "a.json").empty
    assert _named(tmp_path, json.dumps({"items": list(texts.values())}), "b.json").empty


def test_lines_of_a_lock_file_have_no_addresses_of_people(tmp_path: Path) -> None:
    held = {
        f"node_modules/{word}-edge-{n}": {
            "version": "1.2.3",
            "resolved": f"https://registry.npmjs.org/{word}/-/{word}-1.2.{n}.tgz",
            "dev": True,
        }
        for n, word in enumerate(["driver", "block", "vertex", "menu"] * 12)
    }
    assert _named(tmp_path, json.dumps({"packages": held}), "package-lock.json").empty


def test_fields_of_elements_fold() -> None:
    assert folded(["a.b", "a.c[3].d"]) == ["a.b", "a.c[].d"]
    assert set(folded([f"k{n}.name" for n in range(20)])) == {"*.name"}
    assert folded([f"k{n}" for n in range(20)])[3] == "k3"


def test_messages_of_gettext_name_no_accounts(tmp_path: Path) -> None:
    lines = [f'msgid "part {n} for user mapping"\nmsgstr "Teil {n} for user abbildung"\n' for n in range(20)]
    assert _named(tmp_path, "\n".join(lines), "de.po", None).empty


def test_settings_hold_no_names_that_no_list_knows(tmp_path: Path) -> None:
    words = ("Sampler", "Lexer", "Vertex", "Decoder", "Kernel", "Socket")
    lines = [f"pool.{words[n % 6].lower()}.region{n}={words[n // 6 % 6]} {words[n % 5]}" for n in range(120)]
    found = _named(tmp_path, "\n".join(lines), "a.properties")
    assert found[found["entity"].isin(["PERSON", "CITY", "COUNTRY"])].empty


def test_settings_of_people_keep_theirs(tmp_path: Path) -> None:
    lines = [f"app.part{n}.size={n}" for n in range(60)]
    lines += ["app.owner.name=Maria Gonzalez", "app.owner.email=mara@firm-one.net"]
    assert {"PERSON", "EMAIL"} <= set(_named(tmp_path, "\n".join(lines), "a.properties")["entity"])
