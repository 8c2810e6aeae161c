"""Names told by the words around them ("my name is ...", "I work at ...", "Dear ..."), in several languages."""

# ruff: noqa: E501 - a list of words in a pattern reads better on one line

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from leakkit.late import late
from leakkit.pii.gazetteer.lookup import is_place

Named = tuple[int, int, str, float]
"""Start, end, entity, score."""

SCORE = 0.75
_PARTICLES = (
    "de|da|van|von|der|den|het|la|le|les|del|della|di|du|des|dos|do|das|al|el|bin|ibn|ben|ter|ten|y|zu|af|av"
)
_PART = r"[^\W\d_a-z][^\W\d_]*(?:['’\-][^\W\d_]+)*"
_PERSON = late(
    rf"(?:{_PART}|[^\W\d_a-z]\.)(?: (?:[^\W\d_a-z]\. )?(?:(?:{_PARTICLES}) ){{0,2}}(?:{_PART})){{0,3}}(?:,? (?:Jr|Sr|II|III|IV)\b\.?)?"
)
ENDING = (
    r"(?:Inc|\(Pty\) Ltd|\(Pvt\) Ltd|Pvt\.? Ltd\.?|Ltd|LLC|LLP|PLC|plc|GmbH|AG|KG|OHG|SE|S\.A\.|SA|S\.L\.|S\.p\.A\.|SpA|SARL|SAS|B\.V\.|BV|N\.V\.|AB|Oy|AS|A/S|ApS|"
    r"Kft\.|Zrt\.|sp\. z o\.o\.|s\.r\.o\.|Pty|Limited|Incorporated|Corporation|Cooperative|Oyj|ASA|OÜ|EOOD|OOD|Ltda|Sdn Bhd|S\.[Rr]\.[Ll]\.|S\.r\.l\.s\.|S\.A\.S\.|S\.n\.c\.|S\.a\.s\.|A\.Ş\.|Ltd\. Şti\.|e\.V\.|e\.K\.|mbH|d\.o\.o\.|"
    r"Nyrt\.|S\.A\. de C\.V\.|Corp|Co|Group|Holdings|& Co\.?(?: KG)?)"
)
_FIRM_PART = r"(?:[^\W_a-z]|[0-9](?=\w*[^\W\d_]))[\w'’.\-]*[\w'’]|[^\W\d_a-z]"
_FIRM = late(
    rf"(?:(?:{_FIRM_PART}))(?:(?:, (?:{_FIRM_PART}))? (?:and|&|und|et|y|e) (?:{_FIRM_PART})| (?:(?:of|de|for|the|du|des|di|für|van|la|del) )?"
    rf"(?:{_FIRM_PART})){{0,5}}(?:,? {ENDING}\b\.?){{0,2}}"
)
_TITLES = r"mr|mrs|ms|miss|mister|dr|prof|professor|herr|herrn|frau|mme|mlle|madame|monsieur|señora?|sra|signora?|sig|pan|pani|sir|dame|judge|officer|sergeant"

PERSON_CUES = (
    rf"(?:{_TITLES})(?:\.|\b)",
    r"(?:my|his|her|the|your) (?:full |last |first |sur)?name(?: is|'s|:| was)",
    r"(?:people |please |just |they |you can )?call(?:s|ed)? me",
    r"ich (?:heiße|heisse|bin)|mein name ist|je m'appelle|je suis|me llamo|mi nombre es|mi chiamo|sono|nazywam się|jmenuji se|ik ben|"
    r"mijn naam is|meu nome é|me chamo|jag heter|mit navn er|jeg heter|nimeni on|benim adım|a nevem|numele meu este",
    r"(?:dear|hi|hello|hey|hola|bonjour|hallo|liebe|lieber|cher|chère|querid[oa]|estimad[oa]|caro|cara|ciao|beste|cześć|hej|ahoj)",
    r"(?:this is|speaking with|talk to|spoke (?:to|with)|meet|ask for|attn:?|attention:|c/o)",
    r"(?:signed|yours (?:truly|sincerely|faithfully)|(?:kind |best |warm )?regards|best wishes|sincerely|cheers|mit freundlichen grüßen|"
    r"cordialement|atentamente|saludos|met vriendelijke groet|cordiali saluti|z poważaniem)[,.]?\s{1,4}",
    r"(?:patient|requester|complainant|witness|defendant|claimant|applicant|customer|client|contact|reported by|assigned to|statement of|"
    r"kunde|kundin|name|author|cc|to|from|von|an|de|à|für)\s?:",
    r"(?:name|naam|nombre|nom|nome|namn|navn|imię|nazwisko|cognome|apellidos?|jméno|příjmení|név|nume|vorname|nachname)"
    r"(?: [a-zà-ž]{2,12}){0,2} (?:block (?:letters|capitals)|capitals|blokletters|hoofdletters|druckbuchstaben|blockbuchstaben|mayúsculas|"
    r"majuscules|stampatello|maiuscolo|versaler|blokbogstaver|blokkbokstaver|drukowanymi|maiúsculas|hůlkovým písmem)\s?:",
    r"(?:directed|written|composed|produced|reviewed|approved|signed|sent|reported|prepared) by",
    r"[\"”'!?,] (?:says|said|asked|replied|explained|added|wrote)",
    r"(?:starring|wife|husband|brother|sister|mother|father|son|daughter|colleague|"
    r"boss|manager|friend|producer|singer|actor|author|player|commenter|novelist|director|officer|attorney|nurse)",
    r"(?:i am|i'm|soy|eu sou|jestem)",
    r"(?:in the name of|op naam van|auf den namen|au nom de|a nombre de|a nome di|em nome de|na jméno|na nazwisko|i namnet)",
)
FIRM_CUES = (
    r"(?:work(?:s|ed|ing)?|job|employed|position|interned|consultant|engineer|contractor|manager|developer|employment|career) (?:at|for|with|by)",
    r"(?:my|his|her|our|their) (?:employer|company|firm|bank|insurer|provider) is",
    r"(?:thank you for choosing|employee of|customer of|ceo of|cto of|cfo of|founder of|director of|head of \w{2,12} at|on behalf of|"
    r"contract with|account with|policy with|invoice from|hired by|joined|(?:the )?address of)",
    r"arbeite (?:bei|für)|arbeitet (?:bei|für)|travaille (?:chez|pour)|trabajo (?:en|para)|trabaja (?:en|para)|lavoro (?:per|presso)|"
    r"werk bij|pracuję w|pracuje w|trabalho na|arbetar på|jobbar på",
    r"(?:company|employer|organi[sz]ation|firma|entreprise|empresa|azienda|bedrijf|organisatie|arbeitgeber)\s?:",
)
PLACE_CUES = (
    r"(?:live|lives|lived|living|reside|resides|based|grew up|raised|born|stationed|headquartered|located) in",
    r"(?:moved|moving|travel(?:l?ing|s|ed)?|flew|drove|flight|trip|relocated|commute) (?:here )?(?:to|from)",
    r"wohne in|wohnhaft in|lebe in|habite à|vivo en|vivo a|abito a|mieszkam w|woon in|moro em|bor i|asun|bydlím v",
    r"(?:home ?town|home city|city|town|ort|ville|ciudad|città|country|birthplace)\s?:",
    r"(?:barrio|bairro|quartier|stadtteil|neighbou?rhood)(?: (?:de la|de|da|do|del|of))?",
    r"(?:поїхал[аи]|поїхав|їде|їду|їдемо|приїхал[аи]|приїхав|переїхал[аи]|переїхав) (?:до|в|у)|(?:по|у|при|пере)?(?:ехали?|ехала) (?:в|во|из)|(?:едет|еду|едем) (?:в|во)|"
    r"(?:живе|живу|мешкає|мешкаю|живёт|живет|проживает) (?:в|у|во)|(?:jadę|jedzie|pojechała?|pojechał|wyjechała?|wyjechał) do|mieszka (?:w|we)|(?:jedu|jede|jela?|odjela?) do|bydlí v|"
    r"(?:wohnt|lebt|geboren) in|(?:fährt|zieht|reist|gefahren|gezogen) nach|(?:woont|woonde) in|(?:vive|vivo|viven|reside|nació|nacida|nacido) en|(?:mora|vive|nasceu) em|(?:abita|vive|nato|nata) a|(?:habite|née?) à",
    r"(?:born|geboren|née?|nacid[oa]|nascid[oa]|nat[oa]|urodzon[ya]|născută?|född|født|narozen[aý]?)[^\n;!?]{0,25}\d{2} (?:in|en|em|à|a|w|te|la|i|v)",
)
_FIRM_WITH_ENDING = late(
    rf"(?<![\w&'’.\-])((?:{_FIRM_PART})(?:(?:,? (?:and|&|und|et|y|e))? (?:{_FIRM_PART})){{0,4}},? {ENDING})(?![\w])"
)
_SIGNED = late(
    r"(?i:regards|sincerely|faithfully|wishes|cheers|grüßen|cordialement|atentamente|saludos|groet|saluti|poważaniem|truly)[,.]?[ \t]*\r?\n+"
    rf"(?:{_PERSON.pattern})[ \t]*\r?\n(?P<firm>{_FIRM.pattern})(?=[ \t.]*(?:\r?\n|$))"
)
_ROLE = re.compile(
    r"(?i)\b(?:head|manager|director|engineer|officer|lead|chief|assistant|team|department|sales|support|human|dear|kind|if|senior)\b"
)
_FIRM_AFTER = late(
    rf"he (?<=\b[Tt]he )({_FIRM.pattern}) (?=(?:office|offices|headquarters|branch|website|store|orchestra|support team|subsidiary)\b)"
)
_FIRM_IS = late(
    rf"({_FIRM.pattern}) (?=is an? (?:\w+ ){{0,3}}(?:agency|company|firm|startup|start-up|bank|supplier|retailer|501|non-?profit|charity)\b)"
)
SIGNED_SIGNS = r"(?:regards|sincerely|faithfully|wishes|cheers|grüßen|cordialement|atentamente|saludos|groet|saluti|poważaniem|truly)[,.]?[ \t]*\r?\n"
OFFICE_SIGNS = r" (?:offices?|headquarters|branch|website|store|orchestra|support team|subsidiary)(?:[^\w]|$)"
FIRM_IS_SIGNS = r" is an? (?:[^\s]+ ){0,3}(?:agency|company|firm|startup|start-up|bank|supplier|retailer|501|non-?profit|charity)"
"""What each of the three forms before holds at least, without regard to case."""
_CAPITALS_NEXT = re.compile(r" [A-Z]{2,}(?: [A-Z]{2,}|[.,;])")
"""What follows ``THE ENTIRE RISK AS`` in shouted prose, where ``AS`` ends no firm."""
_GLUED = tuple("_/=@\\#$")
_NOT_NAMES = frozenset(
    "i you he she it we they the a an this that these those my your his her our their sir madam all everyone team customer user "
    "friends folks there again hello thanks please here not sure so very just really glad happy sorry afraid going in on at to for "
    "from yes no ok okay what when where why how who support service sales info admin help mr mrs ms dr herr frau damen herren "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december subject date re fw god bad good first last other none null true false n unknown whom tv and but or if".split()
)


_CUES = {
    rf"(?i)(?:^|[^\w])(?:{'|'.join(cues)})[ \t]{{0,3}}": (entity, shape)
    for entity, cues, shape in (
        ("PERSON", PERSON_CUES, _PERSON),
        ("ORGANIZATION", FIRM_CUES, _FIRM),
        ("LOCATION", PLACE_CUES, _PERSON),
    )
}
"""What stands before a name: its entity, and its shape."""
_FIRMS = {
    rf" {ENDING}(?:[^\w]|$)": _FIRM_WITH_ENDING,
    f"(?i){SIGNED_SIGNS}": _SIGNED,
    f"(?i){OFFICE_SIGNS}": _FIRM_AFTER,
    f"(?i){FIRM_IS_SIGNS}": _FIRM_IS,
}
"""The forms that tell a firm, by what a text holds at least that has one."""


@cache
def _forms() -> list[tuple[Any, str, re.Pattern[str]]]:
    """Give the cues, compiled, with what they tell; then the forms that tell a firm, which need none."""
    cues = [(_compiled(cue), *told) for cue, told in _CUES.items()]
    return cues + [(None, "ORGANIZATION", form) for form in _FIRMS.values()]


@cache
def _present() -> Any:
    """Compile what says of a text, in one look, which of these forms may stand in it."""
    import re2

    options = _options()
    options.max_mem = 64 << 20
    found = re2.Set.SearchSet(options)
    for pattern in (*_CUES, *_FIRMS):
        found.Add(pattern.encode("utf-8"))
    found.Compile()
    return found.Match


def _options() -> Any:
    """Give options for patterns whose groups nobody asks for."""
    import re2

    options = re2.Options()
    options.log_errors, options.never_capture = False, True
    return options


def _compiled(pattern: str) -> Any:
    """Compile a pattern for bytes; give what searches with it."""
    import re2

    return re2.compile(pattern.encode("utf-8"), _options())._regexp.Match


def _ends(search: Any, data: bytes, ascii: bool) -> Iterator[int]:
    """Give the characters at which the matches of a pattern end, one after the other."""
    from leakkit.pii.matching.engine_re2 import unanchored

    anchor, size = unanchored(), len(data)
    place, counted, characters = 0, 0, 0
    while place < size:
        begin, end = search(anchor, data, place, size)[0]
        if begin < 0:
            return
        if ascii:
            yield end
        else:
            characters += len(data[counted:end].decode("utf-8", "replace"))
            counted = end
            yield characters
        place = max(end - 1, begin + 1)


def told_names(text: str) -> list[Named]:
    """Give the names that the words around them tell, with their kind.

    Parameters
    ----------
    text : str
        Prose, a chat or a letter.

    Returns
    -------
    list of (start, end, entity, score)
        Entities PERSON, ORGANIZATION, LOCATION; sorted, not overlapping.

    Examples
    --------
    >>> text = "hi, my name is Ada Quill and I work at Fenn Maps Ltd"
    >>> [(text[a:b], entity) for a, b, entity, _ in told_names(text)]
    [('Ada Quill', 'PERSON'), ('Fenn Maps Ltd', 'ORGANIZATION')]
    """
    kept: list[Named] = []
    for name in sorted(_all(text), key=lambda n: (-n[3], n[0] - n[1], n[0])):
        place = bisect_left(kept, name)
        if (place == 0 or kept[place - 1][1] <= name[0]) and (
            place == len(kept) or name[1] <= kept[place][0]
        ):
            kept.insert(place, name)
    return kept


def _all(text: str) -> Iterator[Named]:
    """Give every name after a cue, and firms before one."""
    data = text.encode("utf-8", "replace")
    for number in sorted(_present()(data) or ()):
        cue, entity, shape = _forms()[number]
        if cue is None:
            yield from _firms_of(text, shape)
            continue
        for end in _ends(cue, data, text.isascii()):
            name = None if text[end - 1].isalnum() else shape.match(text, end)
            if name and text[name.end() : name.end() + 1] in _GLUED:
                continue
            if name and entity == "PERSON" and any(map(str.isdigit, name[0])):
                continue
            if name and not _shouted(name[0], text) and (trimmed := _trimmed(name[0])):
                yield name.start(), name.start() + len(trimmed), entity, SCORE


def _firms_of(text: str, form: re.Pattern[str]) -> Iterator[Named]:
    """Give every firm that a form tells."""
    for firm in form.finditer(text):
        if form is _FIRM_WITH_ENDING:
            if not (firm[1].isupper() and _CAPITALS_NEXT.match(text, firm.end(1))):
                yield firm.start(1), firm.end(1), "ORGANIZATION", SCORE + 0.1
        elif form is _SIGNED:
            if not _ROLE.search(firm["firm"]):
                yield firm.start("firm"), firm.end("firm"), "ORGANIZATION", SCORE
        elif _trimmed(firm[1]) == firm[1]:
            town = form is _FIRM_AFTER and " " not in firm[1] and is_place(firm[1])
            yield firm.start(1), firm.end(1), "LOCATION" if town else "ORGANIZATION", SCORE


_I_AM = re.compile(
    r"(?:Sou|Soy|Jestem|Jsem|Sunt|Olen|Vagyok|Fal[ao]|Habl[ao]|Parl[ao]|Chiamo|Llamo|Nazywam)(?: (?:[aoAO]|el|la|się))? (?=[^\W\d_a-z])"
)
"""Verbs with which one says who speaks, where they begin a sentence; none is a first name."""


def _shouted(name: str, text: str) -> bool:
    """Tell whether a name stands in capitals as all the text does: then capitals say nothing."""
    return name.isupper() and len(name) > 1 and text.isupper()


def _trimmed(name: str) -> str:
    """Take words off the end that no name ends with; nothing is left of what is no name."""
    if name.split()[0].lower().strip(".,") in _NOT_NAMES or len(name.strip(".")) < 2:
        return ""
    words = name.split(" ")
    while words and words[-1].lower().strip(".,") in _NOT_NAMES:
        words.pop()
    return " ".join(words).rstrip(",")


def with_cues(text: str, spans: Sequence[Named]) -> list[Named]:
    """Set the names that cues tell against those of a tagger: a cue overrules another kind, never a longer name.

    Parameters
    ----------
    text : str
        The text.
    spans : sequence of (start, end, entity, score)
        What the tagger found.
    """
    told = told_names(text)
    if not told:
        return list(spans)
    kept = sorted(spans)
    for start, end, entity, score in told:
        low = bisect_left(kept, end, key=itemgetter(0))
        high = low
        while low and kept[low - 1][1] > start:
            low -= 1
        over = kept[low:high]
        same = [s for s in over if s[2] == entity]
        if same:
            widest = max(same, key=lambda s: s[1] - s[0])
            if widest[0] <= start and widest[1] >= end:
                kept[low:high] = [widest]
                continue
        if any(s[0] < start or s[1] > end for s in over if s[3] >= score):
            continue
        kept[low:high] = [(start, end, entity, max([score, *(s[3] for s in same)]))]
    return kept


def own_name(text: str, start: int, end: int) -> int:
    """Give where a name begins that a speaker says of himself, after the verb he begins with.

    Examples
    --------
    >>> text = "Sou Rui da Cruz"
    >>> text[own_name(text, 0, len(text)) :]
    'Rui da Cruz'
    """
    verb = _I_AM.match(text, start, end)
    return start if verb is None else verb.end()
