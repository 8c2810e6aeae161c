"""Numbers in the customary groups of a country, kept where the text around is written in a language of that country.

``Sprzedam opony, stan dobry. 693 207 118``: no word says what the number is, and in a text about machines, or in another
language, it may be anything.
"""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.late import late
from leakkit.pii.fields import coded_texts
from leakkit.pii.places import Places
from leakkit.pii.weighing.other_numbers import is_about_thing

if TYPE_CHECKING:
    import pyarrow as pa

DETECTORS = "phone_by_language_"
"""How the detectors begin whose findings are asked about."""
_UNTOLD = 0.29
"""Score of such a finding at most that no key and no name of a field has lifted."""
_REACH, _FEWEST_WORDS, _LONGEST = 600, 3, 100_000
"""Characters on both sides that tell the language, words of it that tell at least, and the longest text asked."""
_WORDS = {
    "PL": "nie się jest na do że jak ale czy tylko proszę dla od po za przez już mam pan pani dzień cena dobry stan sprzedam sprzedaż wynajmę kontakt godz ul jutro dziś oraz lub być",
    "CZ SK": "je na se že jak ale nebo pro od po za už mám pan paní den cena stav prodám predám pronajmu volejte prosím dobrý večer ráno kolo dohodou které který jsem jsme byl sa som sú pre alebo keď nie je do ve",
    "ES MX CO CL AR PE": "el la los las de que en y con para por una un es se lo si su mi tu al del pero como más este esta llevo algo cosa cualquier vendo busco hola gracias señor señora calle hoy mañana soy está son hay",
    "PT BR": "o a os as de que em e com para por uma um é se não do da no na mas como mais este esta meu minha seu sua vendo só obrigado olá rua hoje amanhã sou está são tem eur",
    "IT": "il lo la i gli le di che in e con per una un è si non del della al ma come più questo questa mio mia suo sua vendo grazie ciao via oggi domani sono sei ha sig signora no",
    "NO DK": "og i på er det en et til for med som av af den de ikke jeg du vi har kan om fra etter efter ved kl skal vil meg mig dere hybel leie lejlighed sommerhus visning selges sælges udlejes henv hilsen hei hej takk tak",
    "DE AT CH": "der die das und in zu den ist mit von für auf nicht ein eine dem des im sich auch ich sie wir er es bei nach aus um am oder bitte herr frau uhr straße morgen heute verkaufe suche",
    "GB IE US CA AU NZ ZA NG IN": "the and to of in is for on it at you my with be are this that me or if from we your was not but have please call outside lol ur cuz yo hey hi mum dad pm am tomorrow today",
    "RO": "și de la în cu pe nu este pentru un o că se din mai sau am ai sunt dar să vă mă bună ziua vând caut domnul doamna str azi mâine",
    "HR RS SI BA": "je i u na se da za od s sa su ne li po do ili kao ali koji što bi sam smo prodajem tražim ulica danes jutri in ne za dan dobar hvala molim kod",
    "HU": "a az és hogy nem is egy van de ha meg már csak vagy mint ez eladó keresek kérem este délután utca ára után kiadó",
    "FI": "ja on ei se että hän en olen oli kuin mutta tai jos niin myydään tied illalla huomenna tänään kiitos hei vuokrataan klo",
    "SE": "och i att det som en på är av för med till den har de inte om ett jag du vi säljes uthyres hej tack kr efter kl idag",
    "TR": "ve bir bu da de için ile çok ne var yok gibi ama daha kadar olan satılık kiralık ilan bey hanım lütfen bugün yarın",
    "NL BE": "de het een en van in is op te dat die niet met voor aan er zijn bij ook als maar om naar of ik je we huur koop reacties graag vandaag morgen na",
    "FR BE CH": "le la les de des et à un une est en que pour pas au dans sur avec ce qui ou par je vous nous mon ma mais bonjour merci madame monsieur vends loue rue svp",
    "VN": "và của là cho có không được với một này bán xe giá gặp anh chị em nhà cần tìm nhé",
    "ID MY": "dan di yang untuk dari ke ini itu ada tidak dengan atau saya jual dijual dekat bu pak harga kost bisa sudah",
    "LT": "ir yra su ne kad už iki į iš ar bet parduodu nuomoju prašau laba diena",
    "LV": "un ir ar uz no par kas bet lai vai pārdod izīrē lūdzu labdien",
    "EE": "ja on ei et see kui ka või aga müüa üürile palun tere kell",
}
_LETTERS = late(r"[^\W\d_]+")
_SCRIPTS = (
    (late(r"[\u0370-\u03ff]{3}"), "GR CY"),
    (late(r"[іїєґ]"), "UA"),
    (late(r"[ыэ]"), "RU KZ BY"),
    (late(r"[јљњђћџѓќѕ]"), "RS MK"),
    (late(r"[\u0430-\u044f]{3}"), "RU BG UA KZ"),
    (late(r"[\u0590-\u05ff]{2}"), "IL"),
    (late(r"[پچگژ]"), "IR PK"),
    (late(r"[\u0621-\u064a]{3}"), "SA AE EG JO LB IQ KW MA DZ TN"),
    (late(r"[\u3041-\u30ff]"), "JP"),
    (late(r"[\uac00-\ud7a3]{2}"), "KR"),
    (late(r"[\u4e00-\u9fff]{2}"), "CN TW HK"),
    (late(r"[\u0e01-\u0e4e]{3}"), "TH"),
    (late(r"[\u0900-\u097f]{3}"), "IN NP"),
    (late(r"[\u0980-\u09ff]{3}"), "BD IN"),
    (late(r"[\u0a00-\u0d7f]{3}"), "IN LK"),
)
_AMOUNT_AFTER = late(
    r"(?i)\s?(?:zł|pln|kč|czk|eur|euros?|€|\$|usd|kr\b|nok|dkk|sek|ft\b|huf|lei|ron|mln|mil|tys|%|km|kg|m²|m2|m\b|pcs|szt|ks\b|stk|rs\b|inr|gb|mb|руб|грн|лв|元|円|원|/\d|[x×])"
)
_AMOUNT_BEFORE = late(
    r"(?i)(?:[€$£¥₹#=@_]|\b(?:eur|usd|pln|czk|rs|n|art|id|v|ver|version|isbn|siren|siret|iban|bic|nip|ico|ičo|dič|cif|nif|dni|bsn|kvk|cvr|org|pesel))[ .:]{0,2}\Z"
)
_GROUP_BEFORE, _GROUP_AFTER = late(r"\d[ .\-/]{0,2}\Z"), late(r"[ .\-/]{0,2}\d")
"""Further groups of a longer number."""
_MACHINE = late(r"[{}\[\]<>|=;]|\w_\w|::|\\")
_COLUMNS_READ = ("start", "end")


@lru_cache(1)
def _languages() -> dict[str, frozenset[str]]:
    """Give the words of languages by the countries in which they are spoken."""
    return {countries: frozenset(words.split()) for countries, words in _WORDS.items()}


@lru_cache(512)
def countries_of(text: str) -> tuple[str, ...]:
    """Give the countries in which the language of a text is spoken; none where too few words tell it.

    Examples
    --------
    >>> countries_of("Sprzedam opony zimowe, stan dobry, cena do negocjacji")
    ('PL',)
    >>> countries_of("kernel 6.1 build 693")
    ()
    """
    small = text.lower()
    for letters, countries in _SCRIPTS:
        if letters.search(small):
            return tuple(countries.split())
    words = _LETTERS.findall(small)
    held = {countries: sum(word in known for word in set(words)) for countries, known in _languages().items()}
    most = max(held.values())
    if most < _FEWEST_WORDS:
        return ()
    near = [countries for countries, count in held.items() if count >= max(_FEWEST_WORDS, 0.7 * most)]
    return tuple(dict.fromkeys(code for countries in near for code in countries.split()))


def is_of_language(text: str, start: int, end: int) -> bool:
    """Tell whether a number is one that is dialled where the language of its text is spoken.

    Examples
    --------
    >>> ad = "Sprzedam opony zimowe, stan dobry. 693 207 118, po godz. 17"
    >>> is_of_language(ad, 35, 46), is_of_language("loss 693 207 118 step", 5, 16)
    (True, False)
    """
    if (
        not text
        or len(text) > _LONGEST
        or _AMOUNT_AFTER.match(text, end)
        or _AMOUNT_BEFORE.search(text[max(0, start - 12) : start])
    ):
        return False
    if _GROUP_BEFORE.search(text[max(0, start - 3) : start]) or _GROUP_AFTER.match(text, end):
        return False
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end) % (len(text) + 1)
    line = text[max(begin, start - 60) : start] + " " + text[end : min(stop, end + 40)]
    if _MACHINE.search(line) or is_about_thing(text[max(begin, start - 30) : start]):
        return False
    place = (
        start // _REACH * _REACH
    )  # the same stretch for all numbers in it, so that its language is told once
    around = text[max(0, place - _REACH) : place + 2 * _REACH]
    return any(_is_valid(text[start:end], country) for country in countries_of(around))


@lru_cache(4096)
def _is_valid(value: str, country: str) -> bool:
    """Tell whether a number is issued in a country."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number_for_region(parsed, country)


def without_other_languages(batch: pa.RecordBatch, found: pa.Table) -> pa.Table:
    """Leave out numbers that are not dialled where the language of their text is spoken.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it, with numbers of texts for strings that come again (`find_coded`).
    """
    import pyarrow as pa

    codes, names = coded_texts(found.column("detector"))
    candidates = np.array([name.startswith(DETECTORS) for name in names] or [False], bool)[codes]
    asked = np.flatnonzero(candidates & (found.column("score").to_numpy() <= _UNTOLD))
    if not len(asked):
        return found
    starts, ends = (found.column(name).to_numpy()[asked].tolist() for name in _COLUMNS_READ)
    rows = Places(batch, found).rows(asked).tolist()
    column = batch.column("text")
    texts = {row: _short(column[row]) for row in set(rows)}  # each text once, however many numbers it holds
    kept = np.ones(found.num_rows, bool)
    kept[asked] = [
        is_of_language(texts[row], start, end) for row, start, end in zip(rows, starts, ends, strict=True)
    ]
    return found.filter(pa.array(kept))


def _short(cell: Any) -> str:
    """Give a text; nothing for one that is too long to be of one language."""
    buffer = cell.as_buffer()
    return "" if buffer is None or len(buffer) > 4 * _LONGEST else str(cell.as_py())
