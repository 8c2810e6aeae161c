"""Whose number it is, in several languages: one word for each role, and names of columns written in signs."""

from __future__ import annotations

import re

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


_IN_SIGNS = {
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
"""Words written in signs, by a word for the same role."""

_OF_SIGNS = {"".join(tokens_of(word)): role for role, words in _IN_SIGNS.items() for word in words.split()}
_SIGNS = re.compile(
    rf"({'|'.join(sorted(_OF_SIGNS, key=len, reverse=True))})?"
    r"(番号|编号|編號|コード|コート|号码|号|번호|코드|[Ii][Dd]|[Nn][Oo]\.?)|學號|学籍号|工號"
)
_WHOLE = {"學號": "student", "学籍号": "student", "工號": "employee"}


def parts_in_signs(word: str) -> list[str]:
    """Part a word without blanks ("顧客番号") into whose number it is and the word for a number."""
    found = _SIGNS.fullmatch(word)
    if found is None:
        return [_OF_SIGNS.get(word, word)]
    whose = _WHOLE.get(word) or _OF_SIGNS.get(found[1] or "")
    return [whose, "number"] if whose else ["number"]
