"""Columns that hold keys of another table of people, by what tables and columns are called."""

from __future__ import annotations

import sqlite3

import pytest

from leakkit.leak.open import open_leak
from leakkit.leak.records.json_keys import names_in_head
from leakkit.leak.records.table_keys import keys_told

OWN = ["id", "nom", "prenom", "gsm"]


@pytest.mark.parametrize("column", ["fiche", "fiche_id", "id_fiche", "ficheNo", "fk_fiches", "num_fiche"])
def test_a_column_called_like_a_table_of_people_points_to_its_key(column: str) -> None:
    told = keys_told({"fiches": OWN, "loans": ["num", column, "amount"]})
    assert told == {("loans", column): "fiches", ("fiches", "id"): "fiches"}


def test_a_dump_read_from_its_beginning_does_not_know_yet_who_refers_to_its_people() -> None:
    assert keys_told({"fiches": OWN}, all_known=False) == {("fiches", "id"): "fiches"}
    assert keys_told({"orders": ["id", "total", "paid"]}, all_known=False) == {}


@pytest.mark.parametrize(
    "tables",
    [
        {"orders": ["id", "total", "paid"], "items": ["id", "order_id", "sku"]},  # of things
        {
            "orders": ["id", "customer_name", "email", "phone"],
            "items": ["order_id", "sku"],
        },  # of others' things
        {"fiches": OWN, "loans": ["id", "amount", "affiche_id"]},
        {"fiches": OWN},
    ],
)
def test_tables_of_things_and_of_nobody_else_are_left_alone(tables: dict[str, list[str]]) -> None:
    assert keys_told(tables) == {}


@pytest.mark.parametrize("table", ["fiche", "fiches", "fichesen", "fichen"])
def test_a_table_may_be_called_by_a_word_for_several_or_for_one(table: str) -> None:
    told = keys_told({table: OWN, "loans": ["num", "fiche_id"]})
    assert told.get(("loans", "fiche_id")) == (None if table == "fichesen" else table)


def test_a_word_for_the_things_of_two_tables_tells_neither() -> None:
    assert keys_told({"fiche": OWN, "fiches": OWN, "loans": ["num", "fiche_id"]}) == {}


def test_nothing_is_told_of_more_columns_than_people_make() -> None:
    tables = {"fiches": OWN, "loans": ["num", "fiche_id"]}
    assert keys_told(tables | {"wide": ["sum"] * 100})
    assert keys_told(tables | {"wide": ["sum"] * 20_000}) == {}


def test_short_keys_of_people_are_read_from_databases_and_dumps(tmp_path: object) -> None:
    path = f"{tmp_path}/a.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE fiches (id int, nom text, prenom text, gsm text, age int)")
        connection.execute("CREATE TABLE loans (num int, fiche int, title text)")
        connection.execute("INSERT INTO fiches VALUES (17, 'Lind', 'Ada', '0612', 44)")
        connection.execute("INSERT INTO loans VALUES (3, 17, 'Book')")
        dump = "\n".join(connection.iterdump())
    connection.close()
    with open(f"{tmp_path}/b.sql", "w", encoding="utf-8") as file:
        file.write(dump)
    read: dict[str, list[tuple[str, str]]] = {"a.sqlite": [], "b.sql": []}
    for batch in open_leak(str(tmp_path), hash=False).records():
        for name, field, text in zip(
            *(batch.column(c).to_pylist() for c in ("path", "field", "text")), strict=True
        ):
            read[name] += [(field, text)] if text.isdigit() and len(text) < 4 else []
    assert read["a.sqlite"] == read["b.sql"] == [("fiches.id", "17"), ("loans.fiche", "17")]


def test_heads_in_capitals_name_columns_and_families_do_not() -> None:
    assert names_in_head(["ΕΠΩΝΥΜΟ", "ΟΝΟΜΑ", "ΑΦΜ", "ΓΕΝΝ."]) == [True] * 4
    assert names_in_head(["ФАМИЛИЯ", "ИМЯ", "ИНН"]) == [True] * 3
    assert names_in_head(["ИВАНОВ", "ПЁТР"]) == names_in_head(["ΨΑΡΑΣ", "ΝΙΚΟΣ"]) == [False] * 2
