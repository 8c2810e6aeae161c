"""Whose field it is: the role a column's name gives ("agent", "emergency contact"), and the place in nested data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leakkit.pii.folding import tokens_of, without_dots

_ROLES = {
    "agent": "agent operator assignee assigned handler representative rep caseworker bearbeiter sachbearbeiter "
    "resolved answered betreuer conseiller agente handled clerk support staff temsilci temsilcisi",
    "emergency": "emergency kin nok notfall notfallkontakt urgence emergencia emergenza noodcontact noodgeval "
    "prevenir anhorig ice",
    "spouse": "spouse partner husband wife ehepartner ehegatte conjoint conyuge conjuge coniuge maka make manzel "
    "manzelka malzonek echtgenoot echtgenote puoliso ektefelle spouses",
    "parent": "parent guardian mother father mum dad pita mata pati patni abhibhavak ayah ibu orangtua wali anne "
    "baba mutter vater eltern mere pere madre padre tutor custodian "
    "responsavel encarregado vardnadshavare malsman foresatt genitore rodzic huoltaja veli apoderado acudiente tuteur "
    "voogd foralder vormund",
    "child": "child dependent dependant kid kind enfant hijo student pupil minor ogrenci barn hija filho filha figlio "
    "figlia fils fille zoon dochter sohn tochter syn corka dziecko dite lapsi cocuk daughter",
    "manager": "manager supervisor boss lead chef vorgesetzter approver approved superior line",
    "doctor": "doctor dr dra physician gp provider practitioner nurse therapist arzt aerztin behandler medecin medico "
    "medica dentist dentista zahnarzt lekarz laakari lakare clinician surgeon prescriber",
    "teacher": "teacher lehrer lehrerin klassenlehrer professeur enseignant docente profesor profesora leraar "
    "leerkracht nauczyciel instructor",
    "referee": "referee reference referrer referral referred sponsor recommender witness zeuge referencia guarantor "
    "garant fiador avalista aval codeudor coborrower cosigner burge mallevadore",
    "to": "to recipient receiver addressee empfaenger empfanger destinataire destinatario payee creditor cdtr "
    "beneficiary consignee callee called delivered rcpt angerufene angerufener gerufene appele llamado chiamato "
    "chamado gebelde volany uppringd oppringt aranan alici",
    "cc": "cc bcc",
    "from": "from sender absender expediteur remitente payer debtor dbtr caller calling author reporter "
    "anrufer appelant llamante chiamante chamador beller dzwoniacy volajici uppringare innringer soittaja arayan "
    "gonderen",
    "created": "created creator modified updated editor reviewer uploaded owner committer reviewed",
    "seller": "seller vendor supplier landlord vermieter broker realtor host driver courier",
    "beneficiary": "heir beneficiaries",
    "companion": "companion companions with accompanying accompanied begleitung begleiter begleitperson mitreisende "
    "accompagnant acompanante accompagnatore roommate",
    "delivery": "ship shipping delivery deliver shipment liefer livraison envio entrega consegna entregar "
    "consegnare livrer dostawa bezorgen leverans levering toimitus teslimat",
    "contact": "contact contacts kontakt kontaktperson ansprechpartner contacto contatto contato kontakten",
}
_ROLES_IN_OTHER_LETTERS = {
    "parent": "κηδεμονας κηδεμονες γονεας γονεις πατερας μητερα родитель родители опекун мать отец мама папа батьки "
    "мати опікун майка баща настойник والد والدة الأب الأم ולי הורה הורים अभिभावक पिता माता",
    "spouse": "συζυγος супруг супруга чоловік дружина жена муж زوج زوجة पति पत्नी",
    "child": "παιδι τεκνο μαθητης μαθητρια ребенок сын дочь дитина син طفل ابن ابنة ילד ילדה बच्चा पुत्र पुत्री छात्र छात्रा "
    "विद्यार्थी ученик ученица учень учениця تلميذ تلميذة תלמיד תלמידה",
    "manager": "προισταμενος руководитель начальник менеджер керівник مدير מנהל प्रबंधक",
    "doctor": "γιατρος ιατρος врач лікар طبيب רופא चिकित्सक",
    "teacher": "δασκαλος καθηγητης учитель преподаватель вчитель معلم מורה शिक्षक",
    "referee": "μαρτυρας εγγυητης свидетель поручитель свідок شاهد ضامن ערב गवाह",
    "to": "παραληπτης получатель одержувач المستلم مستلم נמען प्राप्तकर्ता",
    "from": "αποστολεας καλων отправитель звонящий відправник المرسل مرسل المتصل שולח מתקשר प्रेषक",
    "agent": "χειριστης оператор исполнитель موظف נציג",
    "seller": "πωλητης продавец водитель курьер продавець водій سائق بائع נהג מוכר विक्रेता",
    "beneficiary": "δικαιουχος бенефициар مستفيد מוטב",
    "delivery": "παραδοση доставка توصيل משלוח",
    "contact": "επαφη контакт контактное संपर्क",
}
_THINGS = frozenset(
    "city town village street road place location address country region state province district company firm firma "
    "organisation organization employer product item brand ort stadt strasse land ville rue pays ciudad calle pais "
    "empresa cidade rua bairro citta via paese azienda miasto ulica kraj plaats straat stad gata "
    "mesto kaupunki katu".split()
)
"""What a column holds that may be called by a person's name."""

_ROLES_IN_SIGNS = (
    ("emergency", re.compile("緊急|紧急|비상")),
    ("parent", re.compile("保護者|家长|家長|监护人|監護人|父|母|보호자|학부모")),
    ("spouse", re.compile("配偶|妻|夫(?!人)|배우자")),
    ("agent", re.compile("担当者|经办人|經辦人|客服|담당자")),
    ("doctor", re.compile("医師|主治医|医生|醫生|의사")),
    ("teacher", re.compile("講師|担任|教師|老师|老師|班主任|교사|강사|담임")),
    ("referee", re.compile("紹介者|推荐人|推薦人|추천인")),
    ("contact", re.compile("联系人|聯絡人|담당")),
)
"""The same in words written without blanks."""

_READINGS = frozenset(
    "kana furigana katakana hiragana romaji romanized romanised phonetic yomi pinyin translit transliteration "
    "transliterated transcription latin latinised romanization транслит латиница латинскими lateinisch".split()
)
_READINGS_IN_SIGNS = re.compile(
    "フリガナ|ふりがな|カナ|かな|ヨミ|読み|ローマ字|英字|英文|拼音|ピンイン|영문|로마자"
)
"""Words for a column with another writing of the name beside it."""

_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()} | {
    word: role for role, words in _ROLES_IN_OTHER_LETTERS.items() for word in tokens_of(words)
}
_TEXT_WORDS = frozenset(
    "body text content message messages comment comments note notes reply prompt completion description desc summary "
    "subject remarks remark feedback letter transcript answer question response review bio about html log line raw msg "
    "bemerkung notiz kommentar nachricht texte commentaire mensaje nota details history payload query value "
    "obs observaciones observacion observacoes observacao osservazioni bemerkungen anmerkung anmerkungen "
    "hinweis hinweise opmerking opmerkingen remarque remarques commentaires comentario comentarios uwagi uwaga "
    "poznamka poznamky anmarkning anmarkningar bemaerkning huomautus megjegyzes aciklama notlar примечание примечания "
    "комментарий комментарии заметки примітка примітки "
    "ustrd verwendungszweck buchungstext causale concepto motif omschrijving mededeling назначение призначення".split()
)
_FAMILY = frozenset(
    "family surname last lastname nachname familienname nom apellido apellidos cognome achternaam efternamn etternavn "
    "nazwisko prijmeni sukunimi sobrenome lname sn familyname soyad soyadi soyisim vezeteknev csaladnev prezime "
    "priimek priezvisko pavarde uzvards perekonnanimi perenimi фамилия прізвище презиме фамилно επωνυμο επιθετο "
    "eponymo familiya surnames 姓 姓氏 성 sei".split()
)
_GIVEN = frozenset(
    "first given firstname forename vorname prenom nombre nome voornaam fornamn fornavn imie jmeno etunimi fname "
    "givenname middle roepnaam rufname kutsumanimi tilltalsnamn adi keresztnev utonev ime meno prenume vardas "
    "vards eesnimi имя імя ονομα onoma imya 名 mei firstnames imiona prenoms "
    "отчество батькови бащино otchestvo patronymic patronym".split()
)
_INITIALS = frozenset(
    "initials initial voorletters voorletter initialen iniciales initiales iniziali inicial iniciais".split()
)
"""Words for a column that holds but the first letters of given names."""
_INDEX = re.compile(r"(?:\[\d+\])+$")
_HELD = frozenset(
    "name names telecom telecoms address addresses adresse adressen adres direccion direcciones indirizzo email emails "
    "mail mails phone phones telephone telephones telefon telefono tel number numbers identifier identifiers id ids "
    "card cards iban ibans document documents bank location locations profile details".split()
)
"""Names of objects and lists that are but a part of whom they stand in: ``{"name": [{"family": ...}]}``."""
_PART = re.compile(r"#\d+$")


@dataclass(frozen=True, slots=True)
class Field:
    """Where in a record a value stands: `place` (table or element of a list), `role`, and if it is free text.

    `name_part` is "given", "initials" or "family" for a column that holds half a name; `column` is the name as it
    stands; `is_thing` a column of places, firms or goods, whose names may be like people's; `is_reading` one of
    the same names in other letters (kana, Latin).
    """

    place: str
    role: str
    is_text: bool
    name_part: str = ""
    column: str = ""
    is_thing: bool = False
    is_reading: bool = False


@lru_cache(maxsize=65_536)
def field_of(name: str) -> Field:
    """Read the name of a field.

    Examples
    --------
    >>> field_of("emergency_contact_phone").role, field_of("messages[3].content").place
    ('emergency', 'messages[3]')
    """
    name = _PART.sub("", name)
    told = without_dots(name)
    *owners, leaf = told.split(".")
    bare = _INDEX.sub("", leaf)
    given = words_of(bare)
    part = "family" if _FAMILY & set(given) else "given" if _GIVEN & set(given) else ""
    part = part or ("initials" if _INITIALS & set(given) else "")
    if bare != leaf and not part:  # a list of values: each may be another person's
        owners, given = [*owners, leaf], ()
    while (
        owners
        and owners[-1] is not leaf
        and (held := words_of(_INDEX.sub("", owners[-1])))
        and _HELD.issuperset(held)
    ):
        owners.pop()
    last = max((n for n, owner in enumerate(owners) if owner.endswith("]")), default=-1)
    beside = [word for owner in owners[last + 1 :] for word in words_of(owner)]
    around = words_of(_INDEX.sub("", owners[last])) if last >= 0 and not beside else ()
    roles = [_ROLE_OF[w] for w in (*given, *beside, *around) if w in _ROLE_OF]
    if not bare.isascii():
        roles += [role for role, signs in _ROLES_IN_SIGNS if signs.search(bare)]
    role = next((one for one in roles if one != "contact"), next(iter(roles), ""))  # "contacto de emergencia"
    is_part = len(told.split(".")) > len(owners) + 1 and bare == leaf
    is_text = (
        not name
        or not is_part
        and not (owners and bare == "value")  # {"type": "phone", "value": ...}
        and any(w in _TEXT_WORDS for w in (*(given or around), *(beside if last >= 0 else ())))
    )
    is_thing = bool(given) and not part and not _THINGS.isdisjoint(given) and "name" not in given[:1]
    is_reading = not _READINGS.isdisjoint(given) or _READINGS_IN_SIGNS.search(bare) is not None
    return Field(".".join(owners[: last + 1]), role, is_text, part, name, is_thing, is_reading)


@lru_cache(maxsize=65_536)
def words_of(name: str) -> tuple[str, ...]:
    """Cut a name into words in lower case, without their accents."""
    return tuple(tokens_of(name))
