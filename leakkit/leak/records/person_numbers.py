"""Whose short whole numbers are read: those by which a system knows people, as their names and tables tell.

Most short numbers are counts and prices. A customer's number is often as short, and joins the tables of a dump.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import PurePosixPath

SHORTEST_NUMBER = 10**5
"""Integers from here on (six digits) are rows: no identifier is shorter, and counts mostly are."""

NUMBERS = frozenset(
    "id ids no nr nro num number nummer numer numero code kode kod codigo ref reference key uuid guid uid pk номер "
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
    "allievo заявитель заявителя плательщик плательщика жилец должник individual citizen taxpayer signatory "
    "payer principal tutor guardian pilot consultant courier therapist doctor nurse coach mentor mentee transcriber "
    "translator moderator grader evaluator curator juror athlete artist".split()
)
"""Words of a name that says whose number it is."""

SUMS = frozenset({"principal"})
"""Such words that alone are for sums of money."""

IN_SIGNS = {
    "customer": "顧客 客户 客戶 고객",
    "user": "用户 用戶 사용자 利用者 ユーザ ユーザー 이용자",
    "member": "会員 会员 會員 회원 組合員 조합원 加入者 가입자",
    "patient": "患者 환자 病人 病患",
    "student": "学生 학생 生徒 学籍 受験 수험 受講者 受講生 수강생 学员 學員",
    "employee": "社員 员工 員工 직원 사원 職員 职工 雇员 従業員 スタッフ 종업원 교직원 근로자",
    "worker": "作業者 作業員 ワーカー 작업자 工人",
    "annotator": "标注员 標註員 アノテーター",
    "registrant": "登録者 申込者 신청자",
    "applicant": "応募者 应聘者 候选人 지원자",
    "holder": "契約者 名義人 계약자 持卡人 户主 戶主 世帯主 세대주",
    "insured": "被保険者 参保人 投保人 피보험자 被保险人",
    "resident": "入居者 住民 住户 住戶 业主 業主 입주자 입주민 居民",
    "tenant": "租户 租客 借主 임차인 세입자",
    "borrower": "借款人 차주",
    "participant": "参加者 参与者 참여자 참가자 被験者 受试者 피험자",
    "respondent": "回答者 응답자",
    "speaker": "話者 说话人 说话者 화자",
    "driver": "司机 骑手 기사",
    "volunteer": "志愿者 志工 자원봉사자",
    "buyer": "購入者 购买者 구매자",
    "taxpayer": "納税者 纳税人 납세자",
}
"""Words for people written in signs, by a word for the same role."""

NUMBER_IN_SIGNS = r"番号|编号|編號|コード|号码|号|번호|코드|[Ii][Dd]|[Nn][Oo]\.?"
_SIGNS = re.compile(
    rf"(?:{'|'.join(word for words in IN_SIGNS.values() for word in words.split())})(?:{NUMBER_IN_SIGNS})"
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")
_GLUED = re.compile(r"(\w{2,}?)(id|nr|no|num|nummer|number|numer|numero|nro|kod|kode|code|cislo|szam|ref)")
_JOINTS = ("", "s", "n", "es", "en", "er")
"""What stands between a word and the one behind it in one word: ``Kundennummer``."""


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
    words = [part for word in _WORDS.findall(_bare(leaf)) for part in unglued(word.lower())]
    if not 0 < len(words) <= 4:
        return False
    if _SIGNS.fullmatch(leaf):
        return True
    if not all(word in PERSONS or word in NUMBERS for word in words) or SUMS.issuperset(words):
        return False
    return any(word in PERSONS for word in words) or person_of(path, owners) is not None


def unglued(word: str) -> list[str]:
    """Part a word into whose number it is and the word for a number, where it is made of both.

    Examples
    --------
    >>> unglued("lidnr"), unglued("kundennummer"), unglued("casino"), unglued("member")
    (['lid', 'nr'], ['kunden', 'nummer'], ['casino'], ['member'])
    """
    made = None if word in PERSONS or word in NUMBERS else _GLUED.fullmatch(word)
    if made is None:
        return [word]
    named = (made[1].removesuffix(joint) for joint in _JOINTS if made[1].endswith(joint))
    return next(([whose, made[2]] for whose in named if whose in PERSONS), [word])


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
