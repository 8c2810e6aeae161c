"""Columns of a database that hold keys of another table of it, as names tell: ``files.id`` and ``loans.file_id``.

What a table of people is called may be any word. That another table has a column called like it tells which of its
columns is the key, and that both hold the same numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from leakkit.leak.records.person_numbers import NUMBERS, PERSONS

OF_TABLES = re.compile(r"\.(?:sqlite3?|db3?|s3db|xlsx|xlsm|xlsb|xls|ods|ots|sql)$", re.IGNORECASE)
"""Members whose fields begin with the name of a table."""

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")
_JOINTS = NUMBERS | frozenset("fk pk of the de la le del der".split())
_SHORTEST, _ENDING = 3, 2
"""Letters of the name of a table that can be told, and how many more a word for several has than one for one."""

_OF_PEOPLE = frozenset(
    "name names first last given family full surname forename middle maiden birth birthday birthdate born dob date sex "
    "gender email mail phone telephone tel mobile cell address street "
    "nom noms prenom prenoms naissance civilite courriel portable gsm adresse sexe mel "
    "vorname nachname familienname geburt geburtsdatum geburtstag anrede telefon handy strasse anschrift geschlecht "
    "nombre nombres apellido apellidos nacimiento fecha correo telefono movil celular direccion sexo domicilio "
    "nome cognome nascita data indirizzo cellulare sobrenome apelido nascimento telefone endereco celular "
    "naam voornaam achternaam geboortedatum adres imie nazwisko urodzenia jmeno prijmeni narozeni "
    "fornamn efternamn fodelsedatum fornavn etternavn efternavn fodselsdato etunimi sukunimi syntymaaika "
    "ad soyad adi soyadi dogum tarihi eposta nume prenume nastere nev vezeteknev keresztnev ime prezime "
    "имя фамилия отчество рождения дата телефон почта адрес онома επωνυμο ονομα".split()
)
"""Words of columns that tell of a person."""

_FEWEST = 2
"""Columns called by such words, from which on a table is one of people."""

_MOST_TABLES, _MOST_COLUMNS = 200, 20_000
"""Tables, and columns of all of them, beyond which nothing is told."""

Field = tuple[str, str]
"""A table and a column."""


def keys_told(tables: Mapping[str, Sequence[str]], *, all_known: bool = True) -> dict[Field, str]:
    """Give the columns that hold keys of a table of people which others refer to, each with the name of that table.

    Parameters
    ----------
    tables : mapping
        Columns by table.
    all_known : bool
        Whether there are no more tables: else others may refer to each table of people.

    Examples
    --------
    >>> keys_told({"fiches": ["id", "nom", "courriel"], "loans": ["id", "fiche_id", "sum"]})
    {('loans', 'fiche_id'): 'fiches', ('fiches', 'id'): 'fiches'}
    """
    fewest = 2 if all_known else 1
    if not fewest <= len(tables) <= _MOST_TABLES or sum(map(len, tables.values())) > _MOST_COLUMNS:
        return {}
    keys = {
        table: key
        for table, columns in tables.items()
        if _is_of_people(columns) and (key := _key_of(table, columns))
    }
    known = _by_beginning(keys)
    found: dict[Field, str] = {}
    for table, columns in tables.items() if keys else ():
        for column in columns:
            fitting = _called(_thing(column), known) - {table}
            if len(fitting) == 1 and column != keys.get(table):
                found[table, column] = fitting.pop()
    return found | {(table, keys[table]): table for table in sorted({*found.values()} if all_known else keys)}


def _by_beginning(tables: Iterable[str]) -> dict[str, list[str]]:
    """Give tables by what one of their things is called, and by that without its last letters."""
    result = defaultdict(list)
    for table in tables:
        for ending in range(_ENDING + 1):
            result[_without(_thing(table), ending)].append(table)
    return result


def _called(thing: str, tables: Mapping[str, list[str]]) -> set[str]:
    """Give the tables whose things are called so."""
    near = {table for ending in range(_ENDING + 1) for table in tables.get(_without(thing, ending), ())}
    return {table for table in near if _is_called(table, thing)}


def _without(thing: str, ending: int) -> str:
    """Take some letters off the end of a word."""
    return thing[: max(0, len(thing) - ending)]


def _key_of(table: str, columns: Sequence[str]) -> str:
    """Give the column of a table's own number: called by a word for numbers alone, or with the table's name."""
    for column in columns:
        if not _JOINTS.isdisjoint(words_of(column)) and (
            not _thing(column) or _is_called(table, _thing(column))
        ):
            return column
    return ""


def _is_of_people(columns: Sequence[str]) -> bool:
    """Tell whether columns are of people: names, telephones and the like, and nobody else's."""
    words = [words_of(column) for column in columns]
    if any(word in PERSONS for held in words for word in held):
        return False
    return sum(bool(held) and _OF_PEOPLE.issuperset(held) for held in words) >= _FEWEST


def _is_called(table: str, thing: str) -> bool:
    """Tell whether a word, or several in one, is what one of a table's things is called."""
    short, long = sorted((_thing(table), thing), key=len)
    return len(short) >= _SHORTEST and long.startswith(short) and len(long) - len(short) <= _ENDING


@lru_cache(maxsize=16_384)
def _thing(name: str) -> str:
    """Give the words of a name in one, without those for numbers and keys."""
    return "".join(word for word in words_of(name) if word not in _JOINTS)


@lru_cache(maxsize=16_384)
def words_of(name: str) -> tuple[str, ...]:
    """Cut a name into words in small letters without accents."""
    parts = unicodedata.normalize("NFD", name) if not name.isascii() else name
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return tuple(word.lower() for word in _WORDS.findall(bare))
