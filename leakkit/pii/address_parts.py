"""Forms of what belongs to a postal address beside its street: flats, floors, codes, towns, in many countries."""

# ruff: noqa: E501 - a pattern reads better on one line

from __future__ import annotations

GAP = r"(?:[ ]{0,3},?[ ]{0,3}(?:\r?\n[ ]{0,5})?,?[ ]{0,3})"
"""What may stand between two parts."""

_NUMBERED_UNIT = (
    r"(?i:apt|apto|apart|appt|app|apartment|ap|suite|ste|unit|flat|floor|fl|room|rm|box|p\.?o\.? box|building|bldg|lot|blk|"
    r"block|bloque|bloco|bl|whg|wohnung|top|lgh|leil|daire|kat|kapı|кв|корп|подъезд|под|оф|стр|lok|mieszk|byt|piso|pta|"
    r"puerta|portal|esc|escalera|interno|int|scala|sc|étage|bte|bus|loja|sala|andar|casa|quadra|lote|sh|m|d)"
    r"\.?[ \t]{0,2}[:#№]?[A-Za-z]?\d{1,5}[A-Za-z]?(?:/\d{1,4})?"
)
_ORDINAL_UNIT = (
    r"\d{1,2}(?:\.?[ºª°]|\.)[ ]?(?:[A-Z](?![\w])|(?i:izda|izq|dcha|dta|dto|esq|centro|tv|th|mf|og|sal|kerros|andar|piso|patro|em|fsz))"
    r"\.?(?:[ ]\d{1,3})?|\d{1,2}[ºª°][ ]?[A-Z]?(?![\w])"
)
_BARE_UNIT = (
    r"(?i:bajos?|ground floor|1st floor|2nd floor|3rd floor|erdgeschoss|rez-de-chaussée|beletage)(?![\w])"
)
UNIT = rf"(?:{_NUMBERED_UNIT}|{_ORDINAL_UNIT}|{_BARE_UNIT})"
"""A flat, a floor, a door."""

_DIGITS = r"(?:\d{5}-\d{3,4}|\d{3}[ -]\d{2,4}|\d{2}-\d{3}|\d{4,6})(?![ ]?\d)"
_LETTERED = (
    r"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]\d[\dW] ?[A-Z][A-Z\d]{3}|[A-Z]{1,2}-\d{3,5}"
    r"|\d{4} ?[A-Z]{2}(?![a-z]))"
)
CODE = rf"(?:{_LETTERED}|{_DIGITS})"
"""A postcode: forms of the Universal Postal Union's addressing sheets."""

STATE = r"(?:[A-Z]{2,3}|nan)"
_WORD = r"[^\W\d_a-z](?:[\w'’.\-]{0,24}[\w'’])?(?![\w])"
_SIMPLE = r"[^\W\d_a-z](?:[\w'’.]{0,24}[\w'’])?(?![\w])"
NAME = rf"(?:{_WORD}(?:[ \t](?:{_WORD}|[a-z]{{1,3}}(?=[ \t]))){{0,4}})"
"""A town: words with capitals, and small ones between them."""

OVER = r"(?=[ \t]*(?:$|[\"'“”«»<>|\t\n;)\]}]|[.,](?:\s|$|[\"'<])))"
"""Where a cell, a line or a sentence ends."""
SHORT_NAME = rf"(?:{_SIMPLE}(?:[ \t-](?:{_SIMPLE}|[a-z]{{1,3}}(?=[ \t-]))){{0,2}})"
END = r"(?![\w@]|[.,/\-]\d)"
