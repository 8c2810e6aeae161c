"""Numbers and codes by which a system knows people (customer number, user id), found beside other data of a person.

Such a number says nothing by itself, and every table is full of numbers: it is looked for only in the record, or the
part of a nested one, in which something else of a person stands. Joining people needs it: an orders table often has
nothing else of its customers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from leakkit.leak.records.person_numbers import NUMBERS, PERSONS, SUMS, person_of, unglued
from leakkit.leak.records.table_keys import OF_TABLES, keys_told
from leakkit.pii.fields import coded_texts, fields_of
from leakkit.pii.folding import tokens_of, without_dots
from leakkit.pii.id_findings import ANY, ENTITY, SCORE, id_columns, inserted, rows_of
from leakkit.pii.id_roles import parts_in_signs

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.setup import Setup


KEYS = "*"
"""How the reader calls keys of an object that are values themselves (``{"u_81c2": {"name": ...}, ...}``)."""

_WHOLE = {
    "userid": "user", "uid": "user", "customerid": "customer", "custid": "customer", "clientid": "client",
    "memberid": "member", "accountid": "account", "personid": "person", "contactid": "contact",
    "kundennummer": "kunden", "kundennr": "kunden", "kdnr": "kunden", "mitgliedsnummer": "mitglied",
    "benutzerid": "benutzer", "candidateid": "candidate", "workerid": "worker", "patientid": "patient",
    "studentid": "student", "employeeid": "employee", "empno": "employee", "empid": "employee",
    "empref": "employee", "staffno": "employee", "personalnummer": "employee", "personalnr": "employee",
    "persnr": "employee", "matrikelnummer": "student", "uhid": "patient", "mrn": "patient", "patno": "patient",
    "studno": "student", "工号": "employee", "学号": "student", "会员号": "会員", "사번": "employee", "학번": "student",
    "rollno": "student", "rollnumber": "student", "admno": "student", "admissionno": "student",
    "admissionid": "student", "admissionnumber": "student", "enrolmentno": "student", "enrollmentno": "student",
    "enrolmentnumber": "student", "enrollmentnumber": "student", "enrolmentid": "student", "enrollmentid": "student",
    "प्रवेशसं": "student", "प्रवेशसंख्या": "student", "प्रवेशक्रमांक": "student", "नामांकनसंख्या": "student",
    "अनुक्रमांक": "student",
    "mitgliedsnr": "mitglied", "mitglnr": "mitglied", "medlemsnr": "medlem", "medlemsnummer": "medlem",
    "kundnr": "kund", "kundnummer": "kund", "kundenr": "kund", "elevnr": "student", "leerlingnummer": "student",
    "leerlingnr": "student", "klantnummer": "klant", "klantnr": "klant", "lidnummer": "lid", "lidnr": "lid",
    "jasennumero": "member", "asiakasnumero": "customer", "matrikelnr": "student", "regno": "student",
    "fromid": "user", "actorid": "user", "telegramid": "user", "tgid": "user", "stuid": "student", "stuno": "student",
}  # fmt: skip
"""The same in one word, or written as one; chats of Telegram call senders so."""

BESIDE = (
    "PERSON", "EMAIL", "USERNAME", "PHONE", "DATE_OF_BIRTH", "STREET_ADDRESS", "IBAN", "CREDIT_CARD", "PASSPORT",
)  # fmt: skip
"""Who has one of these in the same record is a person."""

_DISTINCTIVE = re.compile(
    r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])(?=(?:[^0-9]*[0-9]){3})[A-Za-z0-9][A-Za-z0-9_\-]{3,63}|[0-9]{7,20}|[0-9a-fA-F]{12,64}"
)
_NUMBER = re.compile(r"[0-9]{1,20}|(?:19|20)[0-9]{2}/[0-9]{1,7}")
"""Also one of a year's: "2015/301"."""

_LONGEST, _SHORTEST_NUMBER = 64, 7
_FEWEST_TRAITS = 2
_TRAITS = {
    trait: frozenset(words.split())
    for trait, words in {
        "age": "age ages agegroup ageband agerange ageyears yearofbirth birthyear yob alter altersgruppe geburtsjahr "
        "âge tranchedage anneenaissance edad edadanos età eta idade leeftijd geboortejaar wiek ålder alder ikä věk kor "
        "yaş yas возраст вік ηλικια 年齢 年龄 나이 연령",
        "sex": "sex gender geschlecht sexe genre sexo genero género sesso geslacht płeć plec kön køn kjønn sukupuoli "
        "pohlavi nem cinsiyet пол стать φυλο 性別 性别 성별",
        "origin": "ethnicity ethnicitysimplified ethnicgroup race nationality countryofbirth birthcountry origin "
        "staatsangehörigkeit herkunft ethnie nationalite nationalité nacionalidad etnia raza nazionalità nacionalidade "
        "raça nationaliteit narodowość obywatelstwo nationalitet kansalaisuus национальность 国籍 民族 국적",
        "life": "maritalstatus familienstand etatcivil estadocivil statocivile burgerlijkestaat stancywilny education "
        "educationlevel bildung diplome nivelestudios employmentstatus studentstatus religion income incomeband "
        "householdincome disability occupation firstlanguage nativelanguage",
    }.items()
}
"""What studies and surveys ask of whom they know by a number alone."""


@lru_cache(maxsize=65_536)
def role_of(name: str) -> str | None:
    """Say whose number the last part of a field's name speaks of: a role, `ANY` for a bare "id", None for nobody.

    Examples
    --------
    >>> role_of("candidate_ref"), role_of("_id"), role_of("order_id"), role_of("userId"), role_of("Código")
    ('candidate', '*', None, 'user', '*')
    """
    words = tokens_of(name)
    if name == KEYS:
        return ANY
    if (whole := "".join(words)) in _WHOLE:
        return _WHOLE[whole]
    words = [part for word in words for one in parts_in_signs(word) for part in unglued(one)]
    words = words[:-1] if len(words) > 1 and words[-1].isdigit() else words
    if not words or len(words) > 4 or SUMS.issuperset(words):
        return None
    roles = [word for word in words if word in PERSONS]
    if len(roles) > 1 or not all(word in PERSONS or word in NUMBERS for word in words):
        return None
    return roles[0] if roles else ANY


@lru_cache(maxsize=65_536)
def role_in(path: str, name: str) -> str | None:
    """Say whose number a field holds: a bare "id" is of those the table or file is called after.

    Examples
    --------
    >>> role_in("dump.sql", "guests.id"), role_in("export/customers.csv", "id"), role_in("orders.csv", "id")
    ('guest', 'customer', '*')
    """
    *owners, leaf = without_dots(name).split(".")
    role = role_of(leaf)
    if role != ANY or leaf == KEYS:
        return role
    return person_of(path, owners) or role


def with_record_ids(batch: pa.RecordBatch, found: pa.Table, setup: Setup) -> pa.Table:
    """Add the ids of records in which something of a person was found.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it, with numbers of texts for strings that come again (`find_coded`).
    setup : Setup
        What is looked for.

    Returns
    -------
    pyarrow.Table
        The findings, and one more a field that holds such an id and in which nothing else was found.
    """
    if not found.num_rows or not setup.wants(ENTITY) or setup.least_score > SCORE:
        return found
    return with_cells(batch, found, _ids_in(batch), setup, SCORE)


def with_cells(batch: pa.RecordBatch, found: pa.Table, cells: Cells, setup: Setup, score: float) -> pa.Table:
    """Add fields that hold an id, where something of a person stands in the record and nothing else is found in them.

    Parameters
    ----------
    batch, found, setup
        As for `with_record_ids`.
    cells : Cells
        The fields.
    score : float
        How sure it is that they hold ids.
    """
    if not len(cells.places):
        return found
    cells = cells.take(
        np.flatnonzero(_among(cells, found, _of_people(found), part_of) | _studied(cells, batch))
    )
    fields, names = coded_texts(found.column("field"))
    wanted = set(cells.names_present())
    others = np.flatnonzero(np.array([name in wanted for name in names], bool)[fields])
    if len(others):
        cells = cells.take(np.flatnonzero(~_among(cells, found, others, str)))
    if not len(cells.places):
        return found
    return inserted(batch, found, cells.places, id_columns(cells.values, cells.roles, setup, score))


@dataclass(slots=True)
class Cells:
    """Fields that hold an id: their places in the batch, and whose each is."""

    places: np.ndarray
    members: tuple[np.ndarray, list[str]]
    rows: np.ndarray
    fields: tuple[np.ndarray, list[str]]
    values: pa.Array
    roles: list[str]

    def take(self, chosen: np.ndarray) -> Cells:
        """Give some of them."""
        import pyarrow as pa

        if len(chosen) == len(self.places):
            return self
        (members, paths), (codes, names) = self.members, self.fields
        return Cells(
            self.places[chosen],
            (members[chosen], paths),
            self.rows[chosen],
            (codes[chosen], names),
            self.values.take(pa.array(chosen)),
            [self.roles[i] for i in chosen.tolist()],
        )

    def names_present(self) -> list[str]:
        """Give the names of their fields."""
        codes, names = self.fields
        return [names[number] for number in np.flatnonzero(np.bincount(codes, minlength=1)).tolist()]


def _ids_in(batch: pa.RecordBatch) -> Cells:
    """Find the fields whose names speak of somebody's number, and whose values can be told from others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    codes, names = fields_of(batch)
    members, paths = coded_texts(batch.column("path"))
    pairs, pair_of = np.arange(len(names)), codes
    if members.any():
        pairs, pair_of = np.unique(members * len(names) + codes, return_inverse=True)
    roles = _roles([(paths[pair // len(names)], names[pair % len(names)]) for pair in pairs.tolist()])
    kinds = np.array([0 if role is None else 1 if role == ANY else 2 for role in roles], np.int8)
    places = np.flatnonzero(kinds.astype(bool)[pair_of])
    own = pair_of[places]
    values = pc.fill_null(batch.column("text").take(pa.array(places)), "")
    short, long = _are_short_numbers(values), kinds[own] != 2
    if long.any():
        kept = ~long | _long_or_lettered(values)
        places, own, short, long = places[kept], own[kept], short[kept], long[kept]
        values = values.filter(pa.array(kept))
    told = np.array([role or "" for role in roles], object)[own]
    odd = np.flatnonzero(~short | long)
    if len(odd):
        texts = values.take(pa.array(odd)).to_pylist()
        told[odd] = [telling(text, roles[n] or "") for text, n in zip(texts, own[odd].tolist(), strict=True)]
    own_rows = rows_of(batch)[places]
    cells = Cells(places, (members[places], paths), own_rows, (codes[places], names), values, told.tolist())
    return cells.take(np.flatnonzero(told.astype(bool))) if len(odd) else cells


def _are_short_numbers(texts: pa.Array) -> np.ndarray:
    """Tell which values are digits, and so few that they say nothing by themselves."""
    from leakkit.pii.masking.rows import DIGIT, Rows

    rows = Rows.of_array(texts)
    short: np.ndarray = (rows.lengths > 0) & (rows.lengths < _SHORTEST_NUMBER)
    return short & ~rows.rows_with(~rows.of(DIGIT))


def _roles(fields: list[tuple[str, str]]) -> list[str | None]:
    """Say whose number each field holds; a bare "id" is another's where a field beside it says it is theirs."""
    roles = [role_in(path, name) if name else None for path, name in fields]
    if (meant := _keys_of_tables(fields)) and any(role in (None, ANY) for role in roles):
        roles = [
            meant.get(field, role) if role in (None, ANY) else role
            for field, role in zip(fields, roles, strict=True)
        ]
    places = [(path, name.partition(".")[0] if OF_TABLES.search(path) else "") for path, name in fields]
    bare = [role_of(without_dots(name).rpartition(".")[2]) for _, name in fields]
    told = {
        (place, role) for place, role, own in zip(places, roles, bare, strict=True) if role and own == role
    }
    return [
        ANY if own == ANY and (place, role) in told else role
        for place, role, own in zip(places, roles, bare, strict=True)
    ]


def _keys_of_tables(fields: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Give the columns of databases that hold keys of one of their tables of people, whatever that is called."""
    databases: dict[str, dict[str, list[str]]] = {}
    for path, name in fields:
        table, dot, column = name.partition(".")
        if dot and OF_TABLES.search(path):
            databases.setdefault(path, {}).setdefault(table, []).append(column)
    return {
        (path, f"{table}.{column}"): "".join(tokens_of(meant))
        for path, tables in databases.items()
        for (table, column), meant in keys_told(tables).items()
    }


def _long_or_lettered(texts: pa.Array) -> np.ndarray:
    """Tell which values are no short numbers, which a bare "id" mostly is."""
    from leakkit.pii.masking.rows import LETTER, Rows

    rows = Rows.of_array(texts)
    told: np.ndarray = (rows.lengths >= _SHORTEST_NUMBER) | rows.any_of(LETTER)
    return told


def telling(value: str, role: str) -> str:
    """Say whose number a value is; nothing where it is too short to be told from others, and nobody's by its name."""
    if len(value) > _LONGEST:
        return ""
    if _DISTINCTIVE.fullmatch(value):
        return ANY
    return role if role != ANY and _NUMBER.fullmatch(value) else ""


def _of_people(found: pa.Table) -> np.ndarray:
    """Give the places of findings of a person that begin a field."""
    kinds, texts = coded_texts(found.column("entity"))
    own = np.array([text in BESIDE for text in texts], bool)[kinds]
    begins = found.column("start").to_numpy() == 0
    return np.flatnonzero(own & begins & ~np.asarray(found.column("placeholder")))


def _studied(cells: Cells, batch: pa.RecordBatch) -> np.ndarray:
    """Tell which fields are somebody's number in a member that tells age, sex or origin beside it, as studies do.

    A bare "id" is not: rows of any table have one.
    """
    (codes, names), (owners, paths) = fields_of(batch), coded_texts(batch.column("path"))
    traits = [trait_told(name) if name else "" for name in names]
    if len({trait for trait in traits if trait}) < _FEWEST_TRAITS:
        return np.zeros(len(cells.places), bool)
    kinds = {trait: number for number, trait in enumerate(dict.fromkeys(traits)) if trait}
    told = np.array([kinds.get(trait, -1) for trait in traits])[codes]
    pairs = np.unique(np.stack([owners[told >= 0], told[told >= 0]]), axis=1)
    studies = np.bincount(pairs[0], minlength=len(paths)) >= _FEWEST_TRAITS
    members, own = cells.members
    named = np.array([role not in ("", ANY) for role in map(_own_role, cells.fields[1])], bool)
    studied = {paths[n] for n in np.flatnonzero(studies).tolist()}
    known = np.array([text in studied for text in own], bool)
    return known[members] & named[cells.fields[0]]


def _own_role(name: str) -> str:
    """Give whose number the name of a field says it is; nothing where it does not."""
    return (role_of(name.rpartition(".")[2]) or "") if name else ""


def trait_told(name: str) -> str:
    """Give what of a person a field tells that studies ask for; nothing for others.

    Examples
    --------
    >>> trait_told("Country of birth"), trait_told("Sex"), trait_told("answers.age"), trait_told("page")
    ('origin', 'sex', 'age', '')
    """
    words = "".join(tokens_of(name.rpartition(".")[2]))
    return next((trait for trait, called in _TRAITS.items() if words in called), "")


def part_of(name: str) -> str:
    """Give the part of a nested record in which a field stands."""
    return name[: name.rfind("]") + 1]


def _among(cells: Cells, found: pa.Table, chosen: np.ndarray, part: Callable[[str], str]) -> np.ndarray:
    """Tell which fields stand in a member, row and part of a record in which some of the findings do."""
    (owners, theirs), (fields, labels) = (coded_texts(found.column(name)) for name in ("path", "field"))
    found_rows = rows_of(found)[chosen]
    if not len(chosen) or not len(cells.places):
        return np.zeros(len(cells.places), bool)
    paths: dict[str, int] = {}
    parts: dict[str, int] = {}
    keys = []
    for members, texts, rows, codes, names in (
        (*cells.members, cells.rows, *cells.fields),
        (owners[chosen], theirs, found_rows, fields[chosen], labels),
    ):
        member = np.array([paths.setdefault(text, len(paths)) for text in texts], np.int64)[members]
        own = [parts.setdefault(part(name), len(parts)) if name else -1 for name in names]
        told = np.array(own, np.int64)[codes]
        keys.append((member, told, rows))
    first = min(int(rows.min()) for *_, rows in keys)
    width = max(int(rows.max()) for *_, rows in keys) - first + 1
    ours, others = (
        np.where(told < 0, -1, (member * len(parts) + told) * width + rows - first)
        for member, told, rows in keys
    )
    return np.isin(ours, others)
