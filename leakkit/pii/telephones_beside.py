"""Telephones that only their place tells: right behind a person, an address or another telephone, or as an answer.

``partner Ana Example, 612 44 87 19``; ``ana@example.org or 0511 / 44 70 - 218``; ``phone for the courier?`` and on the
next line ``512-624-147``. No word says it beside the number, and numbers of that form may be many things.
"""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from leakkit.pii.detector import entities, listed_words
from leakkit.pii.spans import Span
from leakkit.pii.spans_more import span_of
from leakkit.pii.validators.contact import phone, phone_shape
from leakkit.pii.weighing.context import Words, words_of
from leakkit.pii.weighing.other_numbers import is_about_thing, is_denied, is_of_thing

BESIDE = "beside"
"""How the detector is called of what was found here."""
_SCORE, _LEAST, _LONGEST = 0.5, 0.3, 20_000
_FEWEST, _MOST = 8, 15
"""Digits of a number."""
_NUMBER = re.compile(
    r"[(+\d](?<![\w@#+/=][(+\d])(?<!\d[.,:\-][(+\d])(?:(?:(?<=\()\+?\d{1,6}|(?<=\+)\d{1,6}|(?<=\d)\d{0,5})\)?(?:[ .\-/]{1,3}\(?\d{1,8}\)?){1,5}(?![\w/%°€$£]|[.,:\-]\d)"
    r"|(?:(?<=\+)\d{8,14}|(?<=\d)\d{7,13})(?![\w/%°€$£]|[.,:\-]\d))"
)
"""Groups of digits, or many without a gap; what may not stand before them is looked at behind the first sign."""
_SIGNS = " .-/()+"
"""All that is no digit in such a number."""
_DAY = re.compile(
    r"(?:19|20)\d\d[\-./ ](?:0?[1-9]|1[0-2])[\-./ ]\d{1,2}(?!\d).*|\d{1,2}[\-./ ]\d{1,2}[\-./ ](?:19|20)\d\d.*|\d{1,3}(?:\.\d{3})+"
    r"|(?:19|20)\d\d(?: ?[\-/] ?(?:19|20)\d\d)+|\d{4}(?: \d{4}){2,}|\d{1,3}(?:\.\d{1,3}){3}|\d{3}-\d\d-\d{4}"
    r"|\d{5}-\d{4}"
)
"""Days, amounts, spans of years, cards, addresses of machines, codes of post."""
_CALLED_PLAIN = re.compile(r"0\d{8,10}|[679]\d{8}|[36-9]\d{9}|1[3-9]\d{9}|[78]9\d{9}|\+\d{9,14}|00\d{10,13}")
"""Numbers without a gap that are nearly always telephones of somewhere."""
_JOINED = re.compile(
    r"[\s\"')>\]]{0,3}(?:[,;:/|–—\-]|(?:or|oder|o|ou|of|eller|tai|või|vai|arba|lub|albo|nebo|alebo|vagy|sau|ori|ili|ali|или|або|чи|ή|veya|ya da|atau|hoặc|או|أو|یا|"
    r"and|und|et|y|e|en|och|og|ja|ir|un|i|a|és|și|si|in|и|і|й|та|και|ve|dan|và|ו|و)(?=[ \t]))?[ \t\"'(<\[]{0,3}"
)
_NEXT = re.compile(rf"{_JOINED.pattern}[(+]?\d[\d ()./\-]{{6}}")
_CELL = re.compile(r"</t[dh]>\s{0,8}<t[dh][^<>\n]{0,40}>|[ ]?\|[ ]?|\t")
_OF_SOMEONE = re.compile(
    r"[\"')>]?(?: ?\([^()\d\n]{2,24}\))?(?P<role>(?:[ \t]?[,/|·–—\-] ?[^\d\n,/|·:;.]{2,25}){0,2})(?:[ \t]?[,;:/|·–—\-][ \t]{0,2}|[ \t]{1,2}\(?)(?:(?P<word>[^\W\d_]{1,12})\.?:? )?"
)
"""What stands between a name and its number: who it is to whom, a sign, a short word (``cell``, ``privat``)."""
_LIKE_ONE = re.compile(r"[0+(].*|(?:\(?\d+\)?[ .\-/]+){2,}\d+|3\d\d[ ./\-]\d{6,7}|[6-9]\d{4}[ \-]\d{5}")
"""How numbers are grouped that are not one for a document: a nought in front, three groups, mobiles of some countries."""
_SPEAKS = re.compile(r"\d[:.]\d\d|[\])>]\s*\Z")
"""What stands before the name of somebody who says what follows."""
_OF_KIN = re.compile(
    r"(?i)(?<!\w)(?:mum|mom|mam|mother|dad|father|wife|husband|hubby|partner|son|daughter|brother|sister|gran|grandma|grandpa|nan|aunt|uncle|cousin|"
    r"neighbour|neighbor|landlord|boss|office|home|work|next of kin|emergency|mama|mutti|mutter|papa|vater|oma|opa|frau|ehefrau|mann|ehemann|sohn|tochter|bruder|"
    r"schwester|nachbar(?:in)?|büro|privat|zuhause|maman|mère|père|mari|femme|épouse|fils|fille|frère|sœur|voisin[e]?|bureau|maison|domicile|mamá|madre|papá|"
    r"padre|esposa|marido|mujer|hijo|hija|hermano|hermana|abuela|abuelo|vecin[oa]|oficina|casa|trabajo|mãe|pai|filh[oa]|irmã|irmão|avó|vizinh[oa]|trabalho|"
    r"mamma|papà|moglie|marito|figli[oa]|fratello|sorella|nonn[oa]|ufficio|lavoro|moeder|vader|vrouw|zoon|dochter|broer|zus|buurman|buurvrouw|kantoor|thuis|"
    r"far|mor|mormor|farmor|kone|fru|man|sønn|datter|bror|søster|syster|kontor|hemma|hjemme|äiti|isä|vaimo|mies|koti|työ|matka|ojciec|tata|żona|mąż|syn|"
    r"córka|brat|siostra|babcia|sąsiad(?:ka)?|biuro|dom|praca|matka|máma|táta|otec|manželka|manžel|dcera|sestra|babička|kancelář|domů|anya|anyu|apa|apu|"
    r"férj|feleség|otthon|iroda|mama|soția|soțul|fiul|fiica|vecin(?:a|ul)|acasă|birou|majka|otac|žena|muž|kćerka|susjed(?:a)?|kuća|ured|posao|anne(?:m)?|baba(?:m)?|"
    r"eşim|eşi|kardeş(?:im)?|komşu|ofis|ev|iş|мама|мать|папа|отец|жена|муж|сын|дочь|брат|сестра|бабушка|сосед(?:ка)?|офис|дом|дома|работа|мати|тато|чоловік|"
    r"дружина|офіс|майка|баща|съпруга|съпруг|μαμά|μπαμπάς|σύζυγος|γιος|κόρη|αδερφή|αδερφός|γραφείο|σπίτι|nanay|tatay|kuya|ate|ibu|bapak|ayah|suami|istri|isteri|anak|amma|appa|papa|didi|bhai|bhaiya|maa|husbands?|mamá|abuelita)"
    r"(?:['’]s (?:cell|mob|mobile|phone|line))?\)?[ \t]?(?:[,:;–—\-]+[ \t]?|[ \t])\Z"
)
"""Kin and places of work right before a number: ``wife - 082 441 9931``."""
_CODE_FOR = re.compile(r"(?<!\w)([A-Z]{2,5})\.?[ :#]{0,2}(?:[A-Z] )?\Z")
"""Capitals right before a number: a document's, or a word for telephones."""
_NAMED = ("PERSON", "EMAIL", "LOCATION", "ORGANIZATION", "URL", "PHONE")
_NAMES = ("LOCATION", "ORGANIZATION", "PERSON")
_LABELLED = re.compile(
    r"[\s,;:|/·–—\-]*(?:(?i:t[eé]l|tfno|tlf|phone|mob|cell?|tel[eé][a-zé]{0,8}|m[oó]vil|handy|fax|тел|τηλ|电话|電話|手机)[.:]{0,2})?[\s,;:|/·–—\-]*\Z"
)
"""What stands between an address and the telephone behind it."""
_ASKED = re.compile(r"[?？]\s*\Z")
_NUMBER_OF = re.compile(
    r"(?i)\b(?:n[uú]m[eé]r[oi]?|numéro|nummer[et]*|number|numara(?:sı)?|n[uú]mero|номер|broj|číslo|szám\w*|nomor|nomer|namba|число|(?:which|what) (?:no|nr|num)|(?:his|her|your|ur|the) (?:no|num|digits))\b|号码|番号|번호|เบอร์"
)
_ANSWER = re.compile(r"[^\n]{0,60}?(?:[:>\]] ?|\A)(?:[^\W\d_]{1,8}[,.!]? ){0,2}\Z")
_ALONE = re.compile(r"[ \t]*\Z")
_KINDS = ("PERSON", "EMAIL", "PHONE")


@cache
def _words() -> Words:
    """Give the words that stand beside telephones."""
    return words_of(listed_words("telephones"))


def with_telephones_beside(spans: list[Span], texts: Any, laid: Mapping[int, Sequence[Any]]) -> list[Span]:
    """Give the spans and the telephones that stand where only a telephone does.

    Parameters
    ----------
    spans : list of Span
        What was found, by row.
    texts : sequence of str
        The texts of the rows.
    laid : mapping of int to cells
        Rows of which the layout is known: a cell that is nothing but a number is told by its column or key.
    """
    held: dict[int, list[Span]] = {}
    for span in spans:
        held.setdefault(span.row, []).append(span)
    more: list[Span] = []
    for row, own in held.items():
        if len(texts[row]) <= _LONGEST:
            more += _of_text(row, texts[row], own, laid.get(row, ()))
    if not more:
        return spans
    told = {(span.row, span.start) for span in more}
    return [span for span in spans if span.entity != "PHONE" or (span.row, span.start) not in told] + more


def precedes_number(text: str, end: int) -> bool:
    """Tell whether a number stands behind what ends at a place of a text, with a sign or a short word between.

    Examples
    --------
    >>> precedes_number("ana@example.org or 0511 / 44 70 - 218", 15), precedes_number("ana@example.org", 15)
    (True, False)
    """
    return _NEXT.match(text, end) is not None


def apart_from_telephones(spans: list[Span], texts: Any) -> list[Span]:
    """Give the spans with names cut before a telephone at their end, which becomes a span of its own.

    ``Unit 7, Mill Lane, Otley`` and on the next line ``Tel 01943 555 018``: an address goes on over lines.
    """
    changed: list[Span] = []
    for span in spans:
        common = entities()[span.entity].common
        hit = _at_end(texts[span.row], span) if common in _NAMES and span.end - span.start > _FEWEST else None
        if hit is None:
            changed.append(span)
            continue
        start, name = hit.start(), _LABELLED.sub("", texts[span.row][span.start : hit.start()])
        if len(name) > 2:
            changed.append(replace(span, end=span.start + len(name), value=name))
        told = f"{BESIDE}:PHONE:{_SCORE:.2f}"
        changed.append(span_of(span.row, start, hit.end(), "PHONE", _SCORE, told, BESIDE, texts[span.row]))
    return changed


def _at_end(text: str, span: Span) -> re.Match[str] | None:
    """Give the telephone in which a name ends, with a nought or a plus in front, or a word for telephones."""
    for hit in _NUMBER.finditer(text, span.start, min(len(text), span.end + 8)):
        if hit.start() > span.start and hit.end() >= span.end > hit.start() and _is_number(hit[0]):
            named = _words().before(text[max(span.start, hit.start() - 20) : hit.start()])
            return hit if named or hit[0][0] in "0+(" else None
    return None


def _of_text(row: int, text: str, own: list[Span], cells: Sequence[Any]) -> list[Span]:
    """Give the telephones of one text; one that was found stands beside the next."""
    clear = sorted((span for span in own if span.score >= _LEAST), key=lambda span: span.end)
    ends = [span.end for span in clear]
    whole = {(cell.start, cell.end) for cell in cells if cell.key}
    found: list[Span] = []
    last = -1
    for hit in _NUMBER.finditer(text):
        start, end = hit.span()
        value = hit[0]
        if not _is_number(value) or (start, end) in whole:
            continue
        place = bisect_left(ends, start + 1)
        if any(span.start < end and start < span.end for span in clear[place:]):
            continue
        before = text[max(text.rfind("\n", 0, start) + 1, start - 80) : start]
        after = text[end : end + 40].partition("\n")[0]
        if is_of_thing(before, True) or is_denied(after):
            continue
        beside = clear[place - 1] if place else None
        if _is_told(text, start, end, beside, last):
            found.append(
                span_of(row, start, end, "PHONE", _SCORE, f"{BESIDE}:PHONE:{_SCORE:.2f}", BESIDE, text)
            )
            last = end
    return found


def _is_number(value: str) -> bool:
    """Tell whether a value can be a telephone's number that nothing beside it names."""
    count = len(value) - sum(map(value.count, _SIGNS))
    if not _FEWEST <= count <= _MOST or _DAY.fullmatch(value) or value.count("(") != value.count(")"):
        return False
    if value.isdigit() or value[1:].isdigit():
        return _CALLED_PLAIN.fullmatch(value) is not None and bool(phone_shape(value))
    if value.startswith(("+", "00")):
        return phone(value) is not False
    return _LIKE_ONE.fullmatch(value) is not None and phone_shape(value) is True


def _is_told(text: str, start: int, end: int, beside: Span | None, last: int) -> bool:
    """Tell whether a number stands behind somebody, another number, or a question for one."""
    if 0 <= last <= start <= last + 8 and _JOINED.fullmatch(text, last, start):
        return True
    if beside is not None and start - beside.end <= 40:
        kind = entities()[beside.entity].common
        if kind == "PERSON" and _is_of(text, start, beside):
            return True
        if kind in ("EMAIL", "PHONE") and _JOINED.fullmatch(text, beside.end, start):
            return True
        if kind in ("PERSON", "EMAIL") and _CELL.fullmatch(text, beside.end, start):
            return True
    begin = text.rfind("\n", 0, start) + 1
    if _OF_KIN.search(text, max(begin, start - 40), start):
        return True
    return _fills_line(text, start, end, beside) or _answers(text, start, end)


def _fills_line(text: str, start: int, end: int, beside: Span | None) -> bool:
    """Tell whether a number is a whole line below a line with a name, an address or another telephone."""
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end) % (len(text) + 1)
    if beside is None or text[begin:start].strip(" \t(*-–•") or text[end:stop].strip():
        return False
    above = text.rfind("\n", 0, max(begin - 1, 0)) + 1
    return above <= beside.start < begin and entities()[beside.entity].common in _NAMED


def _is_of(text: str, start: int, person: Span) -> bool:
    """Tell whether nothing but a sign, and a word for telephones, stands between somebody and a number."""
    between = _OF_SOMEONE.fullmatch(text, person.end, start)
    if between is None or (between["word"] and between["word"].lower() not in _words().words):
        return False
    code = _CODE_FOR.search(between[0])
    if code is not None and code[1].lower() not in _words().words:
        return False
    line = text[text.rfind("\n", 0, person.start) + 1 : person.start]
    if is_about_thing(line[-40:] + between["role"]):
        return False
    return ":" not in between[0] or _SPEAKS.search(line) is None


def _answers(text: str, start: int, end: int) -> bool:
    """Tell whether a number ends a line, and the line before asks for a telephone."""
    begin = text.rfind("\n", 0, start) + 1
    if not begin or not _ALONE.match(text[end : end + 20].partition("\n")[0].rstrip(" .!)")):
        return False
    asked = text[max(text.rfind("\n", 0, begin - 1) + 1, begin - 121) : begin - 1]
    if not _ASKED.search(asked) or not _ANSWER.fullmatch(text, begin, start):
        return False
    asked = asked[-60:].rstrip(" ?？")
    return _words().before(asked) is not None or _NUMBER_OF.search(asked) is not None
