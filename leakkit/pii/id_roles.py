"""Whose number it is, in several languages: one word for each role, and names of columns written in signs."""

from __future__ import annotations

import re

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


_SIGNS = re.compile(
    r"(顧客|客户|客戶|用户|用戶|会員|会员|會員|患者|学生|社員|员工|員工|生徒|学籍|受験|職員|职工|雇员|고객|회원|사용자|환자|직원|학생|사원|수험)?"
    r"(番号|编号|編號|コード|号码|号|번호|코드|[Ii][Dd]|[Nn][Oo]\.?)|學號|学籍号|工號"
)
_OF_SIGNS = {
    "用戶": "用户", "사용자": "用户", "客戶": "客户", "고객": "客户", "会员": "会員", "會員": "会員", "회원": "会員",
    "患者": "patient", "환자": "patient", "学生": "student", "학생": "student", "社員": "employee",
    "员工": "employee", "員工": "employee", "직원": "employee", "사원": "employee", "職員": "employee",
    "职工": "employee", "雇员": "employee", "生徒": "student", "学籍": "student", "受験": "student",
    "수험": "student", "學號": "student", "学籍号": "student", "工號": "employee",
}  # fmt: skip


def parts_in_signs(word: str) -> list[str]:
    """Part a word without blanks ("顧客番号") into whose number it is and the word for a number."""
    found = _SIGNS.fullmatch(word)
    if found is None:
        return [word]
    whose = found[1] or (word if word in _OF_SIGNS else "")
    return [*([_OF_SIGNS.get(whose, whose)] if whose else []), "number"]
