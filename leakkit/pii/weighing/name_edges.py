"""Words at the edges of a name that are no part of it: greetings, titles, labels, verbs, the s of possession."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re

from leakkit.pii.gazetteer.lookup import is_given_name, is_place, is_surname

_GREETINGS = frozenset(
    "shalom salaam salam grüezi grüßgott servus moin tere tervist bok zdravo zdravei ahoj čau nazdar dobrý ciao hallo hola olá oi hej hei "
    "moi terve halló labas sveiki szia sziasztok bună salut buenas buenos bonjour bonsoir merhaba selam namaste sawasdee selamat apa "
    "kia ora sziasztok здравейте здравствуйте привет γεια שלום مرحبا che поздрави поздрав поздоров pozdravi pozdrav lp mvh vh hälsningar "
    "hilsen groet groeten groetjes gruß grüße saludos saludo abraços abraço abs att cordialement bises cordialmente saluti pozdrawiam "
    "üdvözlettel terveisin tervitades selamlar saygılar saygılarımla χαιρετισμούς χαιρετισμοί cofion".split()
)
_ROLES = frozenset(
    "zeuge zeugin absender absenderin empfänger mieter mieterin nachmieter vermieter vermieterin halter halterin fahrer fahrerin antragsteller "
    "antragstellerin patientin versicherte versicherter übergabe mme mlle mm mr mrs mister frau herr herrn señor señora sra don doña dña dona signora signor pani pan fru "
    "أنا انا اسمي я меня mi soy ich 我叫 我是 témoin expéditeur destinataire locataire bailleur testigo remitente destinatario inquilino arrendador testimone mittente inquilina "
    "أ/ د/ م/ المستشار المستشارة القاضي المحامي المدعي المدعية المتهم المتهمة الشاهد الشاهدة الأستاذ الأستاذة الدكتور الدكتورة برئاسة عضوية وعضوية أقام أقامت "
    "monteur technicus chauffeur bestuurder motorista conductor autista kierowca förare "
    "sohn tochter ehemann ehefrau bruder schwester mutter getuige afzender huurder verhuurder vittne avsändare świadek nadawca svědek odesílatel svjedok pošiljatelj שמי שמה שמו".split()
)
_NEVER = _GREETINGS | frozenset(
    "المدعي المدعية المتهم المتهمة الشاهد الشاهدة المحامي المحامية القاضي المستشار أقام أقامت "
    "narne narn nane حسابي bitte danke rückfragen absender ausweis kennzeichen führerschein halterin fahrer driver rego sagsnr factura llamala llámala llámalo llamalo escrevam liguem "
    "geb wohnanschrift fahrzeug клиент κύριος κυρία من في على إلى عن مع مدينة محافظة بخصوص رقم وترك náhradu vorgang übergabe straße strasse relative folio radicado pesanan objednávka cererea ponuda leping sehr".split()
)
"""Words of letters and forms that no name is."""
_NEVER_FIRST = frozenset(
    "من في إلى الى على عن مع السلام عليكم تم لم لا هل كيف متى هذا هذه ذلك التي الذي كان كانت قال شكرا شكراً تحية طيبة "
    "بعد يرجى أرجو ارجو نرجو خصم خصمتم مبلغ مبلغا مبلغاً حساب حسابي بطاقة بطاقتي لدي عندي يوم تاريخ بتاريخ".split()
)
"""Words of Arabic with which no name begins: it has no capitals by which names could be told."""
_OF_BODIES = frozenset(
    "محكمة المحكمة شركة الشركة جامعة الجامعة وزارة الوزارة إدارة الإدارة الدائرة مديرية المديرية السر".split()
)
"""Words of Arabic in names of bodies and posts: court, firm, ministry, circuit, secretary."""
_PLACES = frozenset(["LOCATION", "STREET_ADDRESS", "CITY"])
_LABELS_OF_PLACES = frozenset(
    "wohnung haus büro lager lasku osoitteeseen osoite aadressil adresse adres address addy ship sent deliver t0 to an nach indirizzo dirección "
    "endereço appartement apartamento logement bytem bydliště zamieszkały zamieszkała adresa demeurant domicilié domiciliée habitant habite résidant "
    "wohnhaft domiciliado domiciliada residente reside residing resident living lives morador moradora domicilio domicílio morada woont wonende "
    "bosatt bor bopæl bosat asuva lakik lakcím privat privé particulier home work office ansässig".split()
)
_FORM_WORDS = frozenset("الفاتورة رقم بخصوص وترك الطلب الهاتف الجوال الرقم الحساب".split())
"""Words with which no name of a place begins: invoice, number, concerning."""
_NUMBERS_OF_PERSONS = frozenset(
    "dni cpf cnpj curp rfc ssn bsn pesel regon kvnr steuernummer steuer-id hetu cnp oib jmbg tckn egn aadhaar aadhar passport pasaporte "
    "reisepass passeport iban email pwd puk login nie nif cif nss nip bic verwendungszweck kontoinhaber kontonummer rechnungsnummer".split()
)
"""Words before numbers and names that are no part of a place."""
_BEFORE_NUMBERS = frozenset(
    "tel tél telf fon fax mob gsm cell mail pass pin pan swift user puls pulse temp millesimi devis facture factura rechnung auftrag "
    "angebot pedido order ordre bestellung kapitel chapter capitolo art article artikel saldo betrag importe montant point punkt flight "
    "dossier fattura polizza protocollo pratica zamówienie faktura".split()
)
"""Words that are no part of a place where a number stands behind them; "Tel Aviv" and "Pan Am" are names."""
_ARTICLES = frozenset("le la les der die das den il lo el the o a os as de het".split())
_NUMBER_BEHIND = re.compile(r"\S+ [#№]?\d")
_OWNING = frozenset(
    "ihre ihr ihren ihrer ihrem unsere unser unseren unserer meine mein meinen meiner deine dein seine seiner seinen votre notre vostra "
    "nuestra nuestro vuestra".split()
)
_FIELD_NAME = re.compile(
    r"(?i)[\s\-](?:ID|Nr\.?)\Z|(?<=[^\W\d_])(?:nummer|anschrift)\Z|\A(?:身[分份][證证](?:字號|号码?|號碼?)?|주민등록번호|접수번호|주문번호)\Z|\A(?:Заявка|Заказ|Договор|Сч[её]т)(?: №.*)?\Z|\A(?:Ο|Η) κ[υύ]ρ[ίι]\w*\Z"
)
"""Names of fields of a form, which taggers take for names in capitals."""
_FIELD_ENDS = frozenset("dDrR.tT")
"""Signs with which those of them end that are in ASCII."""
_PARTICLES = frozenset(
    "de da van von der den het la le les del della di du des dos do das al el bin ibn ben ter ten y zu af av e und and".split()
)
_MORE_PARTICLES = frozenset(
    "aan ab abou abu am ap aus bar bij bint boven buiten dal dalla dalle dallo degli dei dello dem ferch het im in lo li mac mc mhic nic "
    "onder op ould over 's san sant santa st 't te thoe tot uijt uit umm ui vanden vander ver vom voor zum zur ní ó".split()
)
"""Other small words with which family names begin."""
_KIN = frozenset(
    "padre madre hijo hija hermano hermana esposo esposa marido mujer tío tía abuelo abuela nieto nieta fils fille frère soeur sœur père mère "
    "époux épouse mari oncle tante filho filha irmão irmã pai mãe avô avó neto neta figlio figlia fratello sorella moglie marito zio zia nonno "
    "nonna son daughter brother sister father mother husband wife uncle aunt nephew niece zoon dochter broer zus vader moeder echtgenoot syn "
    "córka brat siostra ojciec matka mąż żona сын дочь брат сестра отец мать муж жена alumno alumna élève tutor tutora".split()
)
"""What somebody is to whom; small letters."""
_FROM = frozenset("von from de di do da del van av af od by mit with bei par por pour för für".split())
"""Words between what somebody sends or does and his name."""

_AT_PLACE = re.compile(
    r"(?:En|Em|À|In|Im|Am|Bei|Nach|Aus|Dans|Chez|Presso|Kod|We|Ve|V|Na|På|Til|Från|Te|Op) [^\W\d_]+\Z"
)
_ARTICLE = re.compile(
    r"(?i)(?<!\w)(?:un[aoe]?|la|il|el|lo|les?|der|die|das|den|dem|eine?[nrm]?|an?|the|het|een|ett|uma?|os?)[ ]\Z"
)
"""An article right before a word in small letters: ``una rosa`` is nobody."""
_WORDS_FOR_FIRMS = frozenset(
    "firma fa ditta société entreprise empresa azienda spółka bedrijf företaget firmaet фирма компания фірма компанія".split()
)
"""Words for a firm before its name."""
_POLISH_ENDING = re.compile(r"\.?[ ]?z[ ]?o\.?[ ]?o\.?")
_POSSESSION = ("'s", "’s")
_JOINTS = tuple(f" {word}" for word in "and und et og och oraz &".split())
_WORD_AND_STOP = re.compile(r"(?<![^\W\d_])[^\W\d_a-z][^\W\d_A-Z]{4,}\.\Z")
_NEXT_NUMBER = re.compile(r"(?<=\d)\.\s{1,3}[^\W\d_a-z][^\W\d_]{2,} \d")
_NUMBER_WORDS = frozenset(
    (
        "رقم الهاتف",
        "رقم الطلب",
        "رقم الجوال",
        "رقم الهوية",
        "מספר הזמנה",
        "מספר טלפון",
        "номер заказа",
        "номер телефона",
    )
)


def name_edges(text: str, start: int, end: int, entity: str) -> tuple[int, int]:
    """Give a name without the words at its edges that are none of it; nothing (start is end) where nothing is left.

    Parameters
    ----------
    text : str
        The text.
    start, end, entity
        What a tagger found.

    Examples
    --------
    >>> text = "Zeuge Max Muster, Maxine's car, Tere"
    >>> [text[slice(*name_edges(text, a, b, "PERSON"))] for a, b in ((0, 16), (18, 26), (32, 36))]
    ['Max Muster', 'Maxine', '']
    """
    if entity == "PERSON":
        return _person(text, start, end)
    value = text[start:end]
    small = value.lower()
    if small.strip(".,:") in _NEVER or _form(small) or _is_field(value):
        return start, start
    first = small.partition(" ")[0].strip(".:")
    if first in _FORM_WORDS or (entity in _PLACES and _begins_no_place(first, small)):
        return start, start
    while (gap := text.find(" ", start, end)) > 0 and text[start:gap].lower().strip(":") in _LABELS_OF_PLACES:
        start = gap + 1
    if entity == "ORGANIZATION":
        gap = text.find(" ", start, end)
        if gap > 0 and text[start:gap].lower().rstrip(".") in _WORDS_FOR_FIRMS and text[gap + 1].isupper():
            start = gap + 1
        if (goes_on := _POLISH_ENDING.match(text, end)) is not None and text.endswith(
            (" Sp", " sp", "Sp."), start, end
        ):
            return start, goes_on.end()
    number = _NEXT_NUMBER.search(text, start, end) if "." in value else None
    if number:
        end = number.start()
    if entity == "ORGANIZATION" and text.endswith(_JOINTS, start, end):
        end = text.rindex(" ", start, end)
        if end > start and text[end - 1] == ",":
            end -= 1
    if text[end - 1] == "." and (
        _WORD_AND_STOP.search(text, start, end)
        or (entity in ("CITY", "COUNTRY") and "." not in text[start : end - 1])
    ):
        end -= 1
    return start, end


def _begins_no_place(first: str, small: str) -> bool:
    """Tell whether the first word is one before numbers of persons, or of papers and measures with one behind it."""
    if first in _ARTICLES:
        small = small[len(first) :].lstrip()
        first = small.partition(" ")[0].strip(".:")
    if first in _NUMBERS_OF_PERSONS:
        return True
    return first in _BEFORE_NUMBERS and _NUMBER_BEHIND.match(small) is not None


def _is_before_name(word: str, rest: str, cut: bool) -> bool:
    """Tell whether a word in small letters stands before a name: "padre de", "den Sohn"; "de la" is part of one.

    `cut`: others were cut off before it.
    """
    if not (word.islower() and word.isalpha()) or rest == rest.lower():
        return False
    if word in _PARTICLES or word in _MORE_PARTICLES:
        first = rest.partition(" ")[0]
        if first.lower() in _ROLES:
            return True
        return first[:1].isupper() and (is_given_name(first) or (cut and not is_surname(first)))
    return word in _KIN or (len(word) > 1 and not is_given_name(word) and not is_surname(word))


def _person(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the name of a person alone."""
    if text.endswith(_POSSESSION, start, end) and end > start + 3:
        end -= 2
    if _form(text[start:end].lower()) or _is_field(text[start:end]):
        return start, start
    start += _of_what_is_from(text[start:end])
    begun = start
    while (gap := text.find(" ", start, end)) > 0:
        first = text[start:gap].lower().strip(".,:")
        named = first in _GREETINGS or first in _ROLES or first in _OWNING
        if not (named or _is_before_name(text[start:gap], text[gap + 1 : end], start > begun)):
            break
        start = gap + 1
    if (
        text[start:end].islower()
        and " " not in text[start:end]
        and _ARTICLE.search(text, max(0, start - 6), start)
    ):
        return start, start
    if _AT_PLACE.match(text[start:end]) and is_place(text[text.find(" ", start) + 1 : end]):
        return start, start
    if text[start:end].lower().strip(".,:") in _NEVER or text[start:end].partition(" ")[0] in _NEVER_FIRST:
        return start, start
    if text[start] >= "\u0600" and not _OF_BODIES.isdisjoint(text[start:end].split(" ")):
        return start, start
    while text[start].isupper() and (gap := text.rfind(" ", start, end)) > 0:
        last = text[gap + 1 : end]
        if not (last.isalpha() and last.islower() and last.isascii() and last not in _PARTICLES):
            break
        end = gap
    return start, end


def _of_what_is_from(value: str) -> int:
    """Count the signs before a name of what comes from somebody: "Anruf von " before Hartmut Vogel."""
    words = value.split(" ", 3)
    if len(words) < 4 or words[1] not in _FROM or not words[0][:1].isupper() or not is_given_name(words[2]):
        return 0
    if is_given_name(words[0]) or is_surname(words[0]):
        return 0
    return len(words[0]) + len(words[1]) + 2


def _is_field(value: str) -> bool:
    """Tell whether a span is the name of a field of a form; most end with no letter of such names."""
    return (value[-1:] in _FIELD_ENDS or not value.isascii()) and _FIELD_NAME.search(value) is not None


def _form(small: str) -> bool:
    """Tell whether a span is the words for a number in a form."""
    stem = small.rstrip(" .:0123456789")
    return stem in _NUMBER_WORDS
