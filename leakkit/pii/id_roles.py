"""Whose number it is, in several languages: one word for each role, and names of columns written in signs."""

from __future__ import annotations

import re

from leakkit.leak.records.person_numbers import IN_SIGNS, NUMBER_IN_SIGNS
from leakkit.pii.folding import tokens_of

_SAME = {
    word: words.split()[0]
    for words in (
        "user usr benutzer nutzer utilisateur usuario utente gebruiker uzytkownik uzivatel bruger kullanici "
        "пользователь 用户",
        "customer cust client kunde kunden buyer cliente klant klient zakaznik kund kunder musteri ugyfel клиент "
        "客户 顧客",
        "member mitglied socio miembro membro adherent lid medlem uye 会員",
        "employee employe staff worker mitarbeiter trabajador emp empl pracownik pracownika zamestnanec "
        "calisan personel dolgozo angajat "
        "сотрудник сотрудника работника موظف الموظف الموظفون وظيفي الوظيفي עובד karyawan pegawai "
        "tyontekija anstalld ansat ansatt",
        "patient patienten pat pacjent pacjenta pacient hasta pasient pasien пациент пациента "
        "ασθενη مريض المريض",
        "student pupil alumno learner stud uczen ucznia ogrenci zak ucenika tanulo elev ученик "
        "ученика студент студента μαθητη طالب الطالب siswa",
        "candidate applicant bewerber candidat candidato",
        "person people",
        "account acct",
        "annotator labeler labeller rater",
        "participant teilnehmer respondent",
    )
    for word in words.split()
}
"""Words for one role, in several languages, by the first of them."""


def same_role(role: str) -> str:
    """Give the word by which a role goes, whatever the language.

    Examples
    --------
    >>> same_role("kunden"), same_role("用户"), same_role("driver")
    ('customer', 'user', 'driver')
    """
    return _SAME.get(role, role)


_WHOLE = {"學號": "student", "学籍号": "student", "工號": "employee"}
_OF_SIGNS = {"".join(tokens_of(word)): role for role, words in IN_SIGNS.items() for word in words.split()}
_SIGNS = re.compile(
    rf"({'|'.join(sorted(_OF_SIGNS, key=len, reverse=True))})?"
    rf"({NUMBER_IN_SIGNS}|コート)|{'|'.join(_WHOLE)}"
)


def parts_in_signs(word: str) -> list[str]:
    """Part a word without blanks ("顧客番号") into whose number it is and the word for a number."""
    found = _SIGNS.fullmatch(word)
    if found is None:
        return [_OF_SIGNS.get(word, word)]
    whose = _WHOLE.get(word) or _OF_SIGNS.get(found[1] or "")
    return [whose, "number"] if whose else ["number"]
