"""Whose columns they are: a row that names several people in several columns (child, father, priest) is several."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from leakkit.pii.people.fields import words_of
from leakkit.pii.people.greeted import places_of_greeted
from leakkit.pii.people.mentions import (
    NAME,
    WITHOUT_BLANKS,
    Finding,
    Mention,
    account_fits,
    may_be_written,
    names_agree,
)

PLACES = re.compile(r"\[\d+\]")
OF_NAMES: frozenset[str] = frozenset(
    "name names full fullname real display nombre nom nome naam namn navn nazwisko imie jmeno the of id no nr number "
    "email mail mobile phone tel telephone telefon telefono telefone handy address".split()
)
_ALPHABETS = frozenset(
    words_of(
        "kanji kana furigana hiragana katakana romaji hangul pinyin latin lat english eng en native local script "
        "int intl international translit transliterated transliteration romanized romanised original orig cyrillic "
        "cyr ja jp zh cn ko kr ru uk ar th hi el sr bg 氏名 姓名 名前 中文 中文名 英文 英文名 拼音 ローマ字 "
        "ローマ字氏名 "
        "カナ カナ氏名 氏名カナ フリガナ ふりがな 이름 성명 한글 한글명 영문 영문명 영문이름 "
        "фио имя латиница"
    )
)
"""Words for the letters that a name is written in, and for names in languages that have others than Latin ones."""

LEAST_SHARE = 0.2
"""A column that holds names in fewer rows, measured by the column with most, holds something else."""


@dataclass(slots=True)
class Columns:
    """Which columns of a member hold full names: in how many cells, how many different ones, which were found whole.

    `greeted` says where in columns of messages the name of the person greeted begins.
    """

    filled: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    different: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    whole: set[str] = field(default_factory=set)
    greeted: dict[str, int] = field(default_factory=dict)

    def holds_names(self, column: str) -> bool:
        """Tell whether names are what a column is for: by what it is called and holds, or by how many there are."""
        return column in self.whole or self.filled[column] >= LEAST_SHARE * max(
            self.filled.values(), default=0
        )


def names_in_columns(findings: Sequence[Finding]) -> Columns:
    """Count names of each column of a member."""
    result = Columns(greeted=places_of_greeted(findings))
    for found in findings:
        if found.kind == NAME and not found.field.is_text:
            column = column_of(found)
            result.filled[column] += 1
            result.different[column].add(found.key)
            if found.by == "column":
                result.whole.add(column)
    return result


def column_of(found: Finding) -> str:
    """Give the column of a finding, the same for all elements of a list."""
    name = found.field.column
    return PLACES.sub("", name) if "[" in name else name


def words_of_column(found: Finding) -> set[str]:
    """Give the words that a column is called by, without its table's and those of names, numbers and addresses."""
    field = found.field
    return set(words_of(field.column.removeprefix(f"{field.place}."))) - OF_NAMES


def by_column(mention: Mention, columns: Columns) -> tuple[Mention, list[Mention]]:
    """Part a row's mention into the person it is about and others it names.

    The person is whose name stands in halves, else in the column of most different names: clerks and priests come
    again and again. Another column's name that does not agree is another person, who gets the values of
    columns named alike ("father", "father_phone") and the addresses made of the name.
    """
    family = any(f.field.name_part == "family" for f in mention.findings if f.kind == NAME)
    names = [
        f
        for f in mention.findings
        if f.kind == NAME and not f.one_word and not f.field.is_reading and not (f.field.name_part and family)
    ]  # "nome" may be the given name or the whole one
    halves = any(f.field.name_part and (family or f.one_word) for f in mention.findings if f.kind == NAME)
    names = [f for f in names if columns.holds_names(column_of(f))]
    if len(names) < 2 - halves:
        return mention, []
    own = mention.name
    if not halves or own is None:
        own = max(names, key=lambda f: (len(columns.different[column_of(f)]), -f.index))
    others: list[Mention] = []
    for found in names:
        if found.key != own.key and not names_agree(found, own) and not _is_writing(found, own):
            home = next((m for m in others if m.name is not None and names_agree(m.name, found)), None)
            if home is None:
                home = Mention()
                others.append(home)
            home.add(found)
    if not others:
        return mention, []
    mine = Mention()
    for found in mention.findings:
        if not any((found.entity, found.key) in other.keys for other in others):
            (_owner(found, own, others) or mine).add(found)
    mine.name = own
    return mine, others


def _is_writing(found: Finding, own: Finding) -> bool:
    """Tell whether a name is the row's own in other letters, as the columns say: ``name_kanji`` and ``name_romaji``."""
    one, other = ({*words_of(column_of(name))} - OF_NAMES for name in (found, own))
    if one == other or one - _ALPHABETS != other - _ALPHABETS:
        return False
    return may_be_written(found, own) or found.script == own.script != "" and found.script in WITHOUT_BLANKS


def _owner(found: Finding, own: Finding, others: list[Mention]) -> Mention | None:
    """Find whose of the others a value is; nobody's where it fits the row's own person as well."""
    if found.kind == NAME:
        return None
    fitting = [other for other in others if account_fits(other.name, found)]
    if len(fitting) == 1 and not account_fits(own, found):
        return fitting[0]
    words = words_of_column(found)
    if words & words_of_column(own):
        return None
    return next((m for m in others if m.name and words & words_of_column(m.name)), None)


def set_role(findings: Sequence[Finding], columns: set[str], role: str) -> None:
    """Set the role of some columns."""
    for found in findings:
        if found.field.column in columns:
            found.field = replace(found.field, role=role)
