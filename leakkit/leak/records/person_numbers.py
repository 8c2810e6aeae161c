"""Whose short whole numbers are read: those by which a system knows people, as their names and tables tell.

Most short numbers are counts and prices. A customer's number is often as short, and joins the tables of a dump.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import PurePosixPath

from leakkit.leak.records.batch import SHORTEST_NUMBER

NUMBERS = frozenset(
    "id ids no nr num number nummer numer numero code kode kod codigo ref reference key uuid guid uid pk номер "
    "код 编号 番号 kennung kennziffer matricule matricula matricola legajo badge matr matrikel registro cislo "
    "broj stev szam szama azonosito numeris numurs numri nomeri sifra nomor raqam arithmos αριθμοσ αρ αμ κωδικοσ "
    "табельныи лицевои личныи рег қатар رقم كود معرف מספר מס קוד हिंदी क्रमांक संख्या 번호 코드 sicil".split()
)
"""Words of a name that says a number or code is meant."""

PERSONS = frozenset(
    "tg telegram discord slack wechat vk "
    "user usr customer cust client candidate applicant member borrower debtor worker annotator labeler labeller "
    "rater reviewer speaker subject subscriber account acct owner author sender recipient person people contact "
    "lead guest driver rider player profile donor tenant voter buyer seller holder participant respondent patient "
    "student pupil employee employe staff agent passenger traveler visitor learner trainee tutor creator operator "
    "assignee requester caller party witness kunde kunden benutzer nutzer mitglied bewerber teilnehmer "
    "mitarbeiter patienten utilisateur adherent candidat usuario cliente miembro candidato trabajador socio "
    "alumno utente membro gebruiker klant lid uzytkownik klient uzivatel zakaznik bruger kund kunder medlem "
    "kullanici musteri uye felhasznalo ugyfel пользователь клиент 用户 客户 会員 顧客 emp empl pat cand stud resident "
    "crew volunteer parishioner pensioner policyholder insured cardholder payee contractor freelancer intern "
    "delegate attendee registrant claimant defendant inmate prisoner refugee beneficiary "
    "pracownika pracownik klienta pacjenta pacjent ucznia uczen studenta czlonka zamestnanec zamestnance pacienta "
    "pacient zaka zak clena clen ogrenci calisan personel hasta abone zaposlenika zaposleni osobni clana ucenika "
    "polaznika dolgozo paciens tanulo angajat angajatului elev elevului pacientului darbuotojo mokinio "
    "toolaja opilase tyontekija asiakas jasen opiskelija ansatt pasient ansat deltaker anstalld patienter "
    "сотрудника сотрудник работника ученика ученик студента студент пациента пациент абонента абонент клиента "
    "члена заёмщика заемщика працівника учня пацієнта клієнта μητρωου πελατη υπαλληλου ασθενη μαθητη μελουσ موظف "
    "موظفون الموظفون عميل العميل طالب الطالب مريض المريض عضو وظيفي الوظيفي עובד לקוח תלמיד חבר कर्मचारी छात्र "
    "रोगी ग्राहक karyawan pegawai siswa pasien anggota pelanggan "
    "prestatario deudor acreditado afiliado asegurado paciente estudiante aluno cidadao mitgl mitglieds пользователя "
    "مستخدم "
    "titulaire cotitulaire titular cotitular titulares inhaber inhaberin kontoinhaber intestatario titolare houder "
    "rekeninghouder posiadacz majitel drzitel innehavare innehaver omistaja haltija sahibi hesapsahibi владелец "
    "владельца держатель nasabah correntista accountholder keyholder policyholders "
    "tiers personne persona personas pessoa pessoas osoba osoby osobu henkilo kisi человек лицо физлицо شخص "
    "proprietaire proprietario propietario eigentuemer eigentumer eigenaar wlasciciel vlasnik agare eier "
    "abonne abonado abbonato assinante locataire inquilino mieter huurder najemca "
    "assure assegurado segurado assicurato versicherter versicherte versicherten verzekerde "
    "usager salarie employeur emprunteur demandeur eleve etudiant stagiaire beneficiaire beneficiario empleado "
    "dipendente funcionario funcionarios colaborador associado cooperado contribuyente contribuinte solicitante "
    "antragsteller schueler schuler angestellter medewerker deelnemer leerling paziente assistito iscritto studente "
    "allievo заявитель заявителя плательщик плательщика жилец должник individual citizen taxpayer signatory".split()
)
"""Words of a name that says whose number it is."""

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")
_GLUED = re.compile(
    r"(?i)(?:user|customer|cust|client|member|account|person|patient|student|employee|guest)_?(?:id|no|nr)"
)


@lru_cache(maxsize=65_536)
def numbers_people(path: str, field: str) -> bool:
    """Tell whether a field holds the numbers of people.

    Parameters
    ----------
    path : str
        The member's path.
    field : str
        The field's name, with the names of what it stands in before it.

    Examples
    --------
    >>> numbers_people("a.parquet", "customer_id"), numbers_people("dump.sql", "guests.id")
    (True, True)
    >>> numbers_people("users.jsonl", "id"), numbers_people("orders.jsonl", "id")
    (True, False)
    """
    *owners, leaf = field.split(".")
    words = [word.lower() for word in _WORDS.findall(_bare(leaf))]
    if not 0 < len(words) <= 4:
        return False
    if _GLUED.fullmatch(leaf):
        return True
    if not all(word in PERSONS or word in NUMBERS for word in words):
        return False
    return any(word in PERSONS for word in words) or person_of(path, owners) is not None


def is_read(value: int, path: str, field: str) -> bool:
    """Tell whether a whole number is a row: long ones are, and those of people."""
    if not -SHORTEST_NUMBER < value < SHORTEST_NUMBER:
        return True
    return value > 0 and numbers_people(path, field)


def person_of(path: str, owners: list[str]) -> str | None:
    """Give the word for people that a table, an object or else a file is called by, if it is one alone."""
    table = owners[-1].partition("[")[0] if owners else PurePosixPath(path).name.partition(".")[0]
    called = {one for word in _WORDS.findall(_bare(table)) if (one := _singular(word.lower()))}
    return called.pop() if len(called) == 1 else None


def _bare(name: str) -> str:
    """Take the accents off Latin letters, as the words above are written."""
    if name.isascii():
        return name
    parts = unicodedata.normalize("NFD", name)
    return "".join(
        c for n, c in enumerate(parts) if not (unicodedata.combining(c) and parts[n - 1].isascii())
    )


def _singular(word: str) -> str:
    """Give the word for one person of a word for one or several; nothing where it is none."""
    return next((one for end in (0, 1, 2) if (one := word[: len(word) - end]) in PERSONS), "")
