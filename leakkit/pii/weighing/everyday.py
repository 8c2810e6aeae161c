"""Words of everyday and office language that a tagger takes for names: articles, nouns, words that begin a sentence."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from leakkit.late import late
from leakkit.pii.gazetteer.lookup import COUNTRY, GIVEN, REGION, SURNAME, TOWN, lookup
from leakkit.pii.keys import entity_of_key

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_ARTICLES = frozenset(
    "der die das den dem des ein eine einen einem einer el la los las un una unos unas il lo gli i le uno les une du des o a os as um uma uns umas de het een "
    "the an en et ett".split()
)
"""Articles of languages that have them before the noun."""
_OF_GERMAN = frozenset("der die das den dem des ein eine einen einem einer eines".split())
"""Those of German, where every noun has a capital behind them."""
_BEGINS_GERMAN = frozenset("Der Die Das Den Dem Des Ein Eine Einen Einem Im Am Beim Zum Zur Vom".split())
"""Articles with which a sentence begins, before its noun."""
_ENGLISH = frozenset(
    "the and that this was war die hat not must will has have had are is in on at so all man men an as to for from with by of or it he she we you they be been but if no so do did my me his her our "
    "its their who what when where why how an one two more most some any can could would should may might than then there here out up down over after before into about also only just now new "
    "day time year name art gift bald handy rat labor test team mail mails computer server ticket tickets hotel station restaurant minute minutes page pages patient patients client clients service "
    "note notes tore code plan son sons case cases more fast stand hand hands land wind arm order import email password version versions problem test tests total agenda format radio video personal "
    "cane dame pure sale date dates mine mobile due pace sole fine come done some same here were made late fare rose care base line gate rate".split()
)
"""Words of other languages that are English ones, too."""
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_REACH, _FEW_AROUND = 100, 3
_ANY_OF_KIND = late(
    r"(?i)(?<![^\W\d_])(?:ein|eine|einen|einem|einer|kein|keine|un|una|uno|unos|unas|une|um|uma|een|ett|every|each|another|cada|ogni|chaque|jede[rnms]?|każd[ya]|każde|каждый|каждая|каждое)[ ]\Z"
)
_THE_NOUN = late(
    r"(?<![^\W\d_])(?:[Dd](?:er|ie|as|en|em|es)|[Ee]in(?:e[nmrs]?)?|[Zz]u[mr]|[Bb]eim|[Vv]om|[Ii]m|[Ee]l|[Ll][aoe]s?|[Ii]l|[Gg]li|[Uu]n[aoe]?|[Dd]el(?:la)?|[Oo]s?|[Aa]s?|[Uu]ma?|[Dd][aoe]s?|[Nn][ao]s?|[Hh]et|[Ee]en|[Dd]e|the|an?)[ ]\Z"
)
_TITLED = late(
    r"(?i)(?<![^\W\d_])(?:herrn?|frau|fr|hr|mr|mrs|ms|miss|dr|prof|sr|sra|srta|don|doña|señora?|señorita|signora?|sig|sig\.?ra|dott|mme|mlle|madame|monsieur|m|pan|pani|pana|paní|dhr|mevr|mevrouw|meneer|fru|"
    r"família|familia|famille|familie|famiglia|rodzina|rodina|family|name|nome|nombre|nom|naam|namn|navn|imię|nazwisko|jméno|имя|фамилия|ім'я|прізвище|geb|née?)\.?:?[ ]\Z"
)
_ALSO_NAMES = frozenset(
    "rosa paz esperanza consuelo luz estrella luna sol cielo mar reina cruz dolores pilar fe remedios mercedes soledad victoria gloria gracia alegría libertad aurora flor flores rocío nieves pan perla "
    "stella sole luna mare vento neve fiore fiori gioia pace speranza fede grazia vittoria rosa viola margherita aurora torre fontana ponte conti costa chiara fleur rose lune étoile soleil mer ciel paix espoir "
    "joie grâce victoire aube violette marguerite page rosa sol lua estrela céu rio serra costa vitória glória alegria graça jasmim "
    "vogel baum freund mann fisch keller zug welt zeit glück berg stein wald bach wolf fuchs hahn hase hirsch storch rabe krebs kraus winter sommer herbst frühling engel teufel kaiser könig fürst graf herzog ritter papst bischof "
    "march april may june august sunday summer autumn hope faith joy grace rose lily daisy ivy dawn sky sun star river brook stone wood hill field page price bill mark will".split()
)
"""Names that are words too: with an article before them and in small letters, they are words."""
_CRAFTS = frozenset(
    "müller bäcker becker schmied schmidt schneider fischer weber koch wirt richter jäger metzger maurer zimmermann schäfer pfarrer bauer kaiser könig wagner schuster gärtner förster krämer köhler "
    "schreiner tischler glaser böttcher töpfer gerber drechsler schlosser seiler sattler färber walker melzer brauer winzer zöllner vogt meier hofmann lehmann schulze fleischer metzler beck bader".split()
)
_A_PERSON_ACTS = late(
    r"[ ](?:aus (?:der|dem)|vom|von (?:der|dem|nebenan)|hat|habe|war|meint|meinte|sagt|sagte|schreibt|schrieb|will|wollte|kann|ruft|rief|kommt|kam|soll|sollte|weiß|weiss|ist (?:krank|weg|da|nicht))\b"
)
_SMALL_ARTICLE = late(r"(?<![^\W\d_])(?:der|den|dem|des|ein|einem|einen|beim|zum|vom)[ ]\Z")
_IS_A_THING = late(r"[ ]?[—–\-][ ](?:это|эта|этот|це|ото)[ ]")
_NUMBER_NEXT = late(r"[ ](?:[Nn][ro]s?\.?|N°|n[°º]\.?|№|num\.?|numer|nummer|número|numero|#)[ ]?\d")
_CODE = late(r"(?!(?:APO|FPO|DPO)\b)[A-Z]{3,5} \d{3,}[A-Z]?")
_SPACED = late(r"(?:[^\W\d_] ){3,}.*\d")
"""Letters that stand apart, and a number."""
_OTHER_LETTERS = "\u0370"
"""The first letter behind those of Latin."""
_BEFORE_ARABIC = late(r"\A(?:[وف]?(?:[بك]?ال|لل|[بلك])|[وف])(?=\w{2})")
"""And, in, for, like and the article, which are written as one with the word behind them."""
_BEHIND_ARABIC = late(r"(?<=\w{3})(?:ي|ه|ها|ك|نا|كم|هم|ات|ين|ون)\Z")
"""My, his, her, your, our, their and the plural, which are written as one with the word before them."""
_NUMBERS_OF_PEOPLE = frozenset(
    "CPF RG CNH CEP CNPJ RNE BSN KVK BTW IBAN BIC RIB NIF NIE NIPC NISS PESEL NIP REGON KRS DNI CUIT CUIL CBU RUT RFC CURP NSS SSN NINO CPR CVR PNR TCKN TC VKN "
    "GSTIN IFSC OTP PUK CVV TIN EIN OIB JMBG EMBG EMŠO EGN CNP CUI EIK AFM AMKA DOB MRN UTR SIRET SIREN NIR ASL GDPR DSGVO RGPD RODO LGPD АФМ АМКА ИНН СНИЛС ОГРН КПП БИК "
    "ЕГН ЕИК ІПН РНОКПП ЄДРПОУ ЈМБГ ΑΦΜ ΑΜΚΑ ΔΟΥ".split()
)
"""What forms call the numbers of people and firms, and laws about them: none is a firm."""
_OF_NUMBER = late(r"[ ]?(?:number|no\b|nr\b|num\b|#|n[°º]|:?[ ]?\d)")
_SHORT_TITLES = frozenset("dr prof sgt cpl capt lt maj pat art hr fr dipl ing mag rev hon".split())
"""Words cut short that stand before a name or a number."""
_TITLE_GOES_ON = late(r"\.(?:-|[ ]?\d|[ ][^\W\d_a-z][^\W\d_]*(?![^\W\d_]))")
_OPENS = late(
    r"(?i)(?:\A|[\n:,;(]|(?:\A|[ \n])(?:an|bei|von|und|and|with|to|mit|für|frau|herrn?|[^\W\d_]{1,5}\.))[ ]?\Z"
)
_PLACE_BEHIND = late(
    r"[^\W\d_]+[ ](?:до|в|у|из|з|із|зі|на|от|від|к|do|w|we|z|ze|na|v|ve|po|od|u|iz|nach|aus|von)[ ](?=[^\W\d_a-zа-яіїєґё])"
)
"""A verb that begins a sentence, and the small word before a place."""


@cache
def _everyday() -> frozenset[str]:
    """Read the words."""
    text = (files("leakkit.pii.weighing") / "everyday_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if line[:1] != "#" for word in line.split())


def everyday_edges(text: str, start: int, end: int, entity: str) -> tuple[int, int]:
    """Give a name without everyday words before it; nothing (start is end) where it is none but such words.

    Parameters
    ----------
    text : str
        The text.
    start, end, entity
        What a tagger found.

    Examples
    --------
    >>> text = "Die Kostenstelle. La rosa es blanca. Heute Mara"
    >>> [text[slice(*everyday_edges(text, a, b, "PERSON"))] for a, b in ((0, 16), (18, 25), (37, 47))]
    ['', '', 'Mara']
    """
    value = text[start:end]
    words = _WORD.findall(value)
    if not words:
        return start, end
    if len(words) == 1 and _is_short(text, start, end, words[0]):
        return start, start
    first, last = _without_everyday(text, start, end, entity, words)
    if (first, last) != (start, end) and _TITLED.search(text, max(0, start - 16), start):
        return start, end
    return first, last


def _without_everyday(text: str, start: int, end: int, entity: str, words: list[str]) -> tuple[int, int]:
    """Give the same wherever no title stands before the name."""
    if (
        len(words) > 1
        and entity in ("LOCATION", "CITY")
        and (verb := _PLACE_BEHIND.match(text, start, end))
        and not _known(words[0], TOWN)
    ):
        return verb.end(), end
    if (
        _is_plain(text, start, end, words, entity)
        or _is_noun(text, start, end, words)
        or _is_craft(text, start, end, words)
    ):
        return start, start
    value = text[start:end]
    if entity != "PERSON" and _is_numbered(value, words):
        return start, start
    if len(words) > 1 and entity == "PERSON" and _begins_sentence(words):
        return start + value.index(words[1], value.index(words[0]) + len(words[0])), end
    return start, end


def _is_plain(text: str, start: int, end: int, words: list[str], entity: str) -> bool:
    """Tell whether all words are everyday ones, or an article in capitals and words in small letters."""
    small = [word.lower() for word in words]
    if len(words) == 1 and small[0] in _ARTICLES:
        german = small[0] in _OF_GERMAN and not words[0].isupper()
        return german or (words[0].istitle() and text[end : end + 2].lstrip(" ").islower())
    if len(words) > 1 and words[0][:1].isupper() and small[0] in _ARTICLES and "".join(words[1:]).islower():
        return True
    if len(words) == 1 and entity == "PERSON" and _is_label(small[0]):
        return True
    if len(words) == 2 and entity == "PERSON" and words[0] in _BEGINS_GERMAN and not _known(small[1], GIVEN):
        return small[1] in _CRAFTS or not _known(small[1], SURNAME)
    if not all(is_everyday(word) or word in _OF_GERMAN for word in small):
        return False
    if len(words) == 1 and (len(small[0]) < 4 and words[0].isascii()):
        return False
    if entity in ("CITY", "COUNTRY"):
        return False
    return (entity == "PERSON" and len(words) == 1) or _is_foreign(text, start, end)


def _is_short(text: str, start: int, end: int, word: str) -> bool:
    """Tell whether a word is what forms call a number, or a title cut short before a name."""
    if word in _NUMBERS_OF_PEOPLE or (word == "NHS" and _OF_NUMBER.match(text, end)):
        return True
    if word.lower() not in _SHORT_TITLES or not word[0].isupper():
        return False
    at = end - 1 if text[end - 1 : end] == "." else end
    return (
        _TITLE_GOES_ON.match(text, at) is not None
        and _OPENS.search(text, max(0, start - 12), start) is not None
    )


def _is_label(word: str) -> bool:
    """Tell whether a word of other than Latin letters is what a form calls one of its fields."""
    if word[:1] < _OTHER_LETTERS or entity_of_key(word).entity is None:
        return False
    return not _known(word, GIVEN | SURNAME)


def is_everyday(word: str) -> bool:
    """Tell whether a word is an everyday one, with what Arabic writes before it or without."""
    if word in _everyday():
        return True
    if not "\u0621" <= word[:1] <= "\u064a":
        return False
    bare = _BEFORE_ARABIC.sub("", word)
    return bare in _everyday() or _BEHIND_ARABIC.sub("", bare) in _everyday()


def _is_foreign(text: str, start: int, end: int) -> bool:
    """Tell whether everyday words of other languages than English stand around a span, or hardly any words at all."""
    beside = f"{text[max(0, start - _REACH) : start]} {text[end : end + _REACH]}".lower()
    words = [word for word in _LETTERS.findall(beside) if word not in _ENGLISH]
    return len(words) < _FEW_AROUND or sum(is_everyday(word) for word in words) * 4 >= len(words)


def _is_noun(text: str, start: int, end: int, words: list[str]) -> bool:
    """Tell whether a single word is a noun by what stands before or behind it."""
    if len(words) > 1:
        return False
    if _IS_A_THING.match(text, end) is not None:
        return True
    if not words[0].islower():
        return False
    if _ANY_OF_KIND.search(text, max(0, start - 12), start) or _NUMBER_NEXT.match(text, end):
        return True
    return words[0] in _ALSO_NAMES and _THE_NOUN.search(text, max(0, start - 8), start) is not None


def _is_craft(text: str, start: int, end: int, words: list[str]) -> bool:
    """Tell whether a word is a craft with its article, and nothing that one says of a person comes next."""
    if len(words) == 2 and words[0] in ("der", "den", "dem", "des", "ein", "einem", "einen"):
        craft = words[1]
    elif len(words) == 1 and _SMALL_ARTICLE.search(text, max(0, start - 8), start):
        craft = words[0]
    else:
        return False
    return craft.lower() in _CRAFTS and _A_PERSON_ACTS.match(text, end) is None


def _is_numbered(value: str, words: list[str]) -> bool:
    """Tell whether a place is letters apart and a number, or a code of capitals and one that no list knows."""
    if not any(map(str.isdigit, value)):
        return False
    if _SPACED.match(value):
        return True
    return _CODE.fullmatch(value) is not None and not _known(words[0], TOWN | REGION | COUNTRY)


def _begins_sentence(words: list[str]) -> bool:
    """Tell whether the first of some words is an everyday one that is no name, and the next is a name."""
    first = words[0].lower()
    if len(first) < 4 and words[0].isascii():
        return False
    if not is_everyday(first) or _known(first, GIVEN | SURNAME):
        return False
    if first.upper() == first:  # letters without capitals
        return True
    return words[1][:1].isupper() and not words[0].isupper()


def _known(word: str, flags: int) -> bool:
    """Tell whether the lists have a word as one of some kinds."""
    return bool(lookup([word])[0] & flags)
