"""Several people side by side in one row, told by numbers: ``adult1_name, adult1_id, adult2_name, child1_name``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from leakkit.pii.keys import entity_of_key
from leakkit.pii.people.columns import LEAST_SHARE, OF_NAMES, PLACES
from leakkit.pii.people.fields import words_of
from leakkit.pii.people.mentions import NAME, STRONG, Finding

_VALUES: frozenset[str] = OF_NAMES | frozenset(
    "first last given family surname forename vorname nachname familienname prenom apellido apellidos paterno materno "
    "cognome nazwisko achternaam voornaam fornamn efternamn street line strasse straat rue calle via ulica city town "
    "zip postcode plz iban account card fax cell celular gsm movil handy telefono alias nick login user username note "
    "birth dob ssn passport document doc url link website company employer job school linea ligne zeile field "
    "col column q question answer item product order campo feld champ kolumna spalte kolom coluna columna fld attr "
    "attribute var val wert valeur valor dato dado data param".split()
)
"""Words of which one person has several with numbers: ``email2``, ``address_line_1``."""

SEVERAL_EACH = ("CREDIT_CARD", "IBAN")
"""Numbers of which people have several."""

_SURE = 0.7
_LETTERS = ("", "a", "b", "c", "d")
_WORD_AND_NUMBER = 2
_Slot = tuple[str, int]


def give_slots(findings: Sequence[Finding]) -> None:
    """Give columns of one word with different numbers the role of that word and number, where they name people.

    Where no column without a number names anybody, the first of those that most rows name is whom they are about.
    """
    tables: dict[str, list[Finding]] = defaultdict(list)
    for found in findings:
        tables[PLACES.sub("", found.field.place)].append(found)
    for table in tables.values():
        _of_table(table)


def _of_table(findings: Sequence[Finding]) -> None:
    """Do so for one table."""
    slots = {
        column: slot
        for column, found in {found.field.column: found for found in findings}.items()
        if (slot := _slot(found)) is not None
    }
    bare = _most_named(findings, slots)
    slots = {column: (bare, slot[1]) if not slot[0] else slot for column, slot in slots.items()}
    named: dict[str, set[int]] = defaultdict(set)
    filled: Counter[_Slot] = Counter()
    alone = False
    for found in findings:
        slot = slots.get(found.field.column)
        if slot is None:
            alone |= found.kind == NAME and not (found.field.role or found.field.is_thing)
        elif _is_somebody(found, slot):
            named[slot[0]].add(slot[1])
            filled[slot] += found.kind == NAME
    named[""] -= _seldom(findings, slots, filled)
    several = {word for word, numbers in named.items() if len(numbers) > 1}
    if not several:
        return
    main = max(sorted(filled), key=filled.__getitem__) if filled and not alone else None
    for found in findings:
        slot = slots.get(found.field.column)
        if slot is not None and (slot[0] in several or slot == main):
            found.field = replace(found.field, role="" if slot == main else f"{slot[0]} {slot[1]}".strip())


def _seldom(findings: Sequence[Finding], slots: dict[str, _Slot], filled: Counter[_Slot]) -> set[int]:
    """Give the numbers without a word under which names are rare, and were not found for the column as a whole."""
    whole = {slots[f.field.column] for f in findings if f.by == "column" and f.field.column in slots}
    least = LEAST_SHARE * max(filled.values(), default=0)
    return {slot[1] for slot in filled if not slot[0] and slot not in whole and filled[slot] < least}


def _most_named(findings: Sequence[Finding], slots: dict[str, _Slot]) -> str:
    """Give the word under which most whole names stand: whose the values are whose columns tell but a number."""
    counts: Counter[str] = Counter()
    for found in findings:
        if found.kind == NAME and not found.one_word and found.field.column in slots:
            counts[slots[found.field.column][0]] += 1
    return max(sorted(counts), key=counts.__getitem__, default="")


def _is_somebody(found: Finding, slot: _Slot) -> bool:
    """Tell whether a finding names a person of a slot, or is a number of which everybody has one.

    Where no word says whose they are ("name 1"), a whole name does.
    """
    if found.kind == NAME:
        return bool(slot[0]) or not found.one_word
    return bool(slot[0]) and found.kind == STRONG and found.entity not in SEVERAL_EACH


def _slot(found: Finding) -> _Slot | None:
    """Read the word for a person and the number beside it in the name of a column; an empty word, if there is none.

    A number of everybody's alone ("ssn 1") has the word of the value.
    """
    field = found.field
    if field.is_text or "[" in field.column:
        return None
    words = words_of(field.column.removeprefix(f"{field.place}."))
    place = next((n for n, word in enumerate(words) if _is_number(word)), None)
    if place is None:
        return None
    told = [word for word in (*words[:place][::-1], *words[place + 1 :]) if not _is_of_values(word)]
    if len(words) == _WORD_AND_NUMBER and found.kind == STRONG:
        told = []
    return next(iter(told), ""), int(words[place]) if words[place].isdigit() else _LETTERS.index(words[place])


def _is_number(word: str) -> bool:
    """Tell whether a word is a small number or one of the first letters."""
    return (word.isdigit() and len(word) < 3) or word in _LETTERS


@lru_cache(maxsize=4096)
def _is_of_values(word: str) -> bool:
    """Tell whether a word is for a value, not for a person."""
    sense = entity_of_key(word)
    return word in _VALUES or (sense.entity not in (None, "PERSON") and sense.strength >= _SURE)
