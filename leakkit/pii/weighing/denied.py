"""What stands beside a number and says that it is none of its kind: ``is not a passport number``, ``no es un DNI``."""

# ruff: noqa: E501 - patterns read better on long lines

from __future__ import annotations

import re
from functools import lru_cache

from leakkit.late import late

DENIED = "denied"
"""Stands for the word that speaks against a value."""
LABELLED = ""
"""Stands for no word against a value with a word for it in its own sentence: what is denied behind it is another."""

_IDS = (
    r"ssn\b|social\b|i\.?d\.?s?\b|identit\w+|identifica\w+|dni\b|nie\b|nif\b|cif\b|nuss\b|bsn\b|burgerservice\w*|pesel|nip\b|regon|cpf|cnpj|rg\b|c[ée]dula|curp|rfc|clave única|codice fiscale|fiscal\w*|s[ée]cu\w*|insee|nir\b|"
    r"personnummer|fødselsnummer|fodselsnummer|cpr\b|hetu\b|henkilötunnus|\w*ausweis\w*|perso\b|steuer\w*|tax|tin\b|nhs|nino\b|insurance|sin\b|aadhaar|aadhar|pan\b|oib\b|jmbg|emšo|emso|cnp\b|egn|егн|инн|снилс|"
    r"rodné|personalausweis\w*|national|government|kimlik|tckn|isikukood|asmens|personas|személyi|adószám|taj\b"
)
_PASSPORTS = r"pass(?:port\w*|nummer|-?nr|e?port\w*|aporto)?\b|passport\w*|reisepass\w*|passeport\w*|pasaporte\w*|passaport\w*|paszport\w*|paspoort\w*|паспорт\w*|pasaport\w*|útlev\w*|documento?|ausweis\w*|id\b|pas\b"
_CARDS = r"(?:credit|debit|bank|kredit)?\W?(?:cards?|kart\w*|cartes?|tarjetas?|carta|cart[ãa]o|kort\w*|kaart\w*|карт\w*|visa|pan)\b"
_BANKS = r"(?:bank\w*|account|konto\w*|cuenta|compte|conto|conta|rekening\w*|iban|rachun\w*|sch?[её]t\w*|сч[её]т\w*|рахун\w*|routing|clabe)\b"
_PHONES = (
    r"(?:tele)?phone|tel\b|telefon\w*|tel[eé]fono|t[ée]l[ée]phone|rufnummer|puhelin\w*|телефон\w*|τηλέφωνο"
)
_LABELS = {"ids": _IDS, "passports": _PASSPORTS, "cards": _CARDS, "banks": _BANKS, "phones": _PHONES}
_OF = {
    "PASSPORT": "passports",
    "CREDIT_CARD": "cards",
    "BANK_ACCOUNT": "banks",
    "PHONE": "phones",
}
_NOT = (
    r"(?:(?:is|was|are|it['’]?s|that['’]?s) (?:not|no)|isn['’]?t|not|ist (?:kein\w{0,2}|nicht)|sind keine|kein\w{0,2}|ce n['’]est pas|n['’]est pas|pas|no (?:es|son|era)|non (?:è|e|sono)|n[ãa]o (?:é|e|são)|is (?:geen|niet)|geen|"
    r"(?:to )?nie (?:jest|je)|to nie|není|neni|ei ole|är (?:inte|inget|inte ett)|er (?:ikke|ikke et)|nem|nu (?:e|este)|nije|ni|не є|(?:это )?не|це не|δεν είναι)"
)
_ARTICLE = r"(?:(?:an?|the|any|real|valid|true|actual|ein\w{0,2}|die|der|das|gültige\w?|echte\w?|une?|la|le|l['’]|de|un[ao]?|el|uma?|o|a|il|lo|het|een|et|ett|żaden|to|to też|also|even|auch)[ ]){0,3}"
_KIND = r"(?:(?:numbers?|no\.?|nummer|num[ée]ro|número|numero|numer\w{0,2}|nr\.?|code|código|codice|número de|numéro de|číslo|broj|номер\w?|šifra)[ ](?:of |de |di |do |d['’]|da |del |den )?(?:la |l['’]|el )?)?"
_OTHER_WORD = r"(?!(?:my|her|his|your|their|our|mein\w{0,2}|dein\w{0,2}|sein\w{0,2}|ihr\w{0,2}|mon|ma|sa|son|sus?|mis?|tus?|suo|sua|seu|meu|mijn|zijn|haar|jego|jej|его|её|ее)[ ])[^\W\d_]{1,12}"
"""A word of the label; that it is not hers says that it is somebody's."""
_CUT = r"(?:numéro|número|numero|numer|number|code|código)(?: (?:de|di|do|of|d['’]))?[ ]?\Z"
"""A word for any number where the stretch ends, as its kind stands further on."""
_ASIAN = {
    "ids": late(r"[ 、,]{0,3}(?:(?:は|が)?(?:マイナンバー|個人番号|身分証)[^。\n]{0,6}(?:ではあり|ではな|じゃな)|(?:这|這)?不是(?:身份证|身份證|身分證|证件)|[은는이]? ?(?:주민|신분증)[^.\n]{0,8}아[니닙])"),
    "phones": late(r"[ 、,]{0,3}(?:(?:は|が)?(?:電話|携帯)(?:番号)?(?:ではあり|ではな|じゃな)|(?:这|這)?不是(?:电话|電話|手机|手機)|[은는이]? ?전화(?:번호)?가? ?아[니닙])"),
}  # fmt: skip
_WORDS = frozenset(
    "not no isn't isn’t kein keine keinen keiner keinem keines nicht n'est n’est pas non não nao geen niet nie není neni ei inte inget ikke nem nu nije ni не это це δεν".split()
)
"""Words of which every denial before a number has one."""
_ENDS = frozenset(" :()\"'")


def kind_of(entity: str, family: str) -> str:
    """Give the kind of words by which a number of an entity is denied; nothing for what is not denied.

    Examples
    --------
    >>> kind_of("PASSPORT", "government_id"), kind_of("US_SSN", "government_id"), kind_of("EMAIL", "contact")
    ('passports', 'ids', '')
    """
    return _OF.get(entity, "ids" if family == "government_id" else "")


@lru_cache(16)
def _patterns(kind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile what denies a kind behind a number, and before it."""
    label = rf"{_ARTICLE}{_KIND}(?:{_OTHER_WORD}[ \-]){{0,1}}?(?:{_LABELS[kind]})"
    cut = rf"|{_ARTICLE}{_CUT}" if kind != "phones" else ""
    behind = rf"(?i)(?:[ .\-]\d{{1,4}}){{0,2}}[ \xa0\"'”»),:(\-–—]{{0,3}}(?:(?:this|that|das|dies|ceci|esto|este|questo|isso|dit|to|это|which|,) )?{_NOT}[ \xa0](?:{label}{cut})"
    before = rf"(?i)(?<![^\W_]){_NOT}[ ]{label}(?:[ ](?:numbers?|no\.?|nummer|nr\.?|code))?[ :()\"']{{1,3}}\Z"
    return re.compile(behind), re.compile(before)


def is_denied_behind(near: str, kind: str) -> bool:
    """Tell whether what stands behind a number says that it is none of its kind.

    Examples
    --------
    >>> is_denied_behind(" is no ssn, it is a part", "ids"), is_denied_behind(" (no es un DNI)", "ids")
    (True, True)
    >>> is_denied_behind(" is not a secret", "ids"), is_denied_behind(" to nie jest numer telefonu", "ids")
    (False, False)
    """
    asian = _ASIAN.get(kind)
    return _patterns(kind)[0].match(near) is not None or (
        asian is not None and not near.isascii() and asian.match(near) is not None
    )


def is_denied_before(near: str, kind: str) -> bool:
    """Tell whether what stands before a number says that it is none of its kind.

    Examples
    --------
    >>> (
    ...     is_denied_before("This is not a passport number: ", "passports"),
    ...     is_denied_before("It is not her ID ", "ids"),
    ... )
    (True, False)
    """
    if near[-1:] not in _ENDS or _WORDS.isdisjoint(near.lower().replace("(", " ").split()):
        return False
    return _patterns(kind)[1].search(near) is not None
