"""Which keys of JSON are names of fields, and which are data: addresses, numbers and names of people are keys, too."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from leakkit.late import late

_PLAIN = re.compile(r"(?!(?:[^\d]*\d){6})[A-Za-z_$][\w$ .:/-]{0,79}", re.ASCII)
_MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff"
    r"\u0e31-\u0e4e\u1780-\u17ff\u200c\u200d"
)
"""Vowels and accents that stand on letters: Python counts them as no part of a word."""

_OTHER = re.compile(rf"(?!(?:[^\d]*\d){{6}})[^\W\d][\w{_MARKS} $.:/()（）\-]{{0,39}}")
_PICTURED = late(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_KATAKANA = re.compile(r"[\u30a0-\u30ffー]{2,12}")
_HANGUL = re.compile(
    r"이름|성명|성함|번호|주소|메일|연락처|전화|날짜|일시|일자|고객|회원|계좌|코드|내용|상태|비고|메모|금액|생년|나이|성별|직업|회사|지역|국가"
)
_ENDS = frozenset(
    "名氏号號日期所址话話箱码碼者人客员員注地别別龄齢岁歳间間型省県區区市町国國数數量额額费費价價态態状狀类類种種时時分秒率点點内內容件会會社证"
    "證券门門部科室长長度色性籍业業职職位信息况況明述由果考備备単单票路径徑层層集先元行欄栏项項目籤签级級段"
)
"""Signs with which words for what is told of somebody or something end in Chinese and Japanese, and names seldom do."""

_SCHEMA = frozenset(
    "Имя Фамилия Отчество Телефон Адрес Город Почта Дата Возраст Пол Номер Статус Страна Компания Должность Сумма "
    "Улица Индекс Паспорт Клиент Комментарий Прізвище Адреса Місто Посада Вік Стать Straße Größe Länge Höhe Beträge "
    "Änderung Übersicht Prénom Téléphone Société Numéro Âge Détails Créé Modifié Número Dirección Teléfono País "
    "Código Población Teléfonos Móvil Correo Descripción Categoría Endereço Código Município Descrição Observação "
    "Jméno Příjmení Město Číslo Název Imię Płeć Województwo Miejscowość Şehir İsim Ülke Açıklama Müşteri Telefón Név "
    "Cím Város Életkor Megjegyzés Ηλικία Όνομα Επώνυμο Διεύθυνση Πόλη Τηλέφωνο Χώρα Име Фамилно Град ФИО Пациент "
    "Ученик Студент Сотрудник Должник Абонент Жилец Владелец Логин Пароль Счёт Счет Квартира Дом Подразделение Отдел "
    "Класс Группа Диагноз Врач Оклад Зарплата Табельный СНИЛС ИНН Email Эл Контакт Примечание Ім'я Ім’я Місце "
    "Телефони Пошта Дані Учень Працівник Пацієнт ЕГН Имена Презиме Пол Имейл Длъжност Ученик Ονοματεπώνυμο Επίθετο "
    "ΑΦΜ ΑΜΚΑ Ημερομηνία Πατρώνυμο Μητρώνυμο Ασθενής Υπάλληλος Κινητό Μαθητής Τμήμα Θέση Adı Soyadı Öğrenci Öğretmen "
    "Veli Sınıfı Sınıf Doğum Baba Anne Çalışan Müşteriler Görevi Ücret İl İlçe Üye Kayıt Družina Příslušnost Žák "
    "Třída Rodné Ulice Zaměstnanec Vezetéknév Keresztnév Születési Lakcím Anyja Osztály Diák Törzsszám Főnök Prénoms "
    "Élève Étudiant Salarié Employé Adhérent Références Naissance Établissement Apellido Año Teléfonos Dirección "
    "Cédula Padrón Número Nº N° Nascimento Função Mãe Responsável Situação Endereços Turma Nombre(s) Imię Imiona "
    "Nazwisko Uczeń Członek Pracownik Wiek Województwo Förnamn Efternamn Födelsedatum Personnummer Målsman Ålder "
    "Anställd Fornavn Fødselsdato Fødselsnummer Stilling Årskull Etunimi Syntymäaika Äiti Osoite Ikä Họ Tên Ngày Địa "
    "Số Điện Giới Năm Chức Lớp Họ_tên Prenume Naștere Județ Localitate Funcție Școală Elevă Părinte Vārds Uzvārds "
    "Pavardė".split()
)
"""Capitalised words that name fields; other single ones with letters beyond ASCII may be somebody's name."""


def _in_small(word: str) -> str:
    """Write a word in small letters without accents: capitals often have none."""
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).rstrip(".")


_SMALL_SCHEMA = frozenset(map(_in_small, _SCHEMA))

_HEAD_SHARE = 0.4
"""Share of the names of a table's columns that name fields for sure, from which on the others are believed to."""


@lru_cache(maxsize=16_384)
def is_field_name(key: str) -> bool:
    """Tell whether a key of an object names a field; what does not is read as a text of its own.

    Parameters
    ----------
    key : str
        The key as it stands.

    Notes
    -----
    Any plain name of ASCII does. Of other scripts words in small letters do, those that are known, and in Chinese,
    Japanese and Korean words that end as words for attributes do: people's names stand as keys in some dumps, and
    names of fields are shown in the clear.

    Examples
    --------
    >>> [is_field_name(key) for key in ("name", "prénom", "電話番号", "Имя", "ΕΠΩΝΥΜΟ")]
    [True, True, True, True, True]
    >>> is_field_name("मोबाइल नंबर")
    True
    >>> [is_field_name(key) for key in ("ann@example.com", "0049170123", "Jürgen Müller", "山田太郎")]
    [False, False, False, False]
    """
    if key.isascii():
        return _PLAIN.fullmatch(key) is not None
    if _OTHER.fullmatch(key) is None:
        return False
    if _PICTURED.search(key):
        return len(key) <= 14 and (
            key[-1] in _ENDS or _KATAKANA.fullmatch(key) is not None or _HANGUL.search(key) is not None
        )
    first, *rest = key.split()
    if key.isupper():
        return _in_small(first) in _SMALL_SCHEMA
    return (not first[:1].isupper() or first in _SCHEMA) and not any(word[:1].isupper() for word in rest)


def names_in_head(names: list[str]) -> list[bool]:
    """Tell which texts above the columns of a table name them: where many surely do, words that may be names do too.

    Examples
    --------
    >>> names_in_head(["No", "Cüzdan", "e-mail"]), names_in_head(["Jürgen", "Käthe", "17"])
    ([True, True, True], [False, False, False])
    """
    sure = [is_field_name(name) for name in names]
    if sum(sure) < _HEAD_SHARE * len(names):
        return sure
    return [one or _OTHER.fullmatch(name) is not None for one, name in zip(sure, names, strict=True)]
