"""Invented values in place of real ones: the same value gets the same one within a case, in the same form."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from leakkit.pii.detector import entities
from leakkit.pii.masking.case import Case, default_case
from leakkit.pii.masking.values import mask_value

_GIVEN = (
    "Abel Adva Aino Alva Amra Anik Arlo Asta Beno Bela Bryn Caro Ciel Dani Darya Eila Elio Emre Enya Ezra Fenna Finn "
    "Gael Hana Ilka Imre Inka Isa Jory Juno Kaia Keir Koa Lale Lior Luca Maro Mika Mina Nahia Neo Nika Noa Nuri Oona "
    "Ori Pax Quin Remy Rin Robin Runa Sami Sasha Sol Tove Umi Vanja Wren Yael Yuri Zadie Zuri Zora"
).split()
_STEMS = (
    "Alder Ash Beck Birch Brock Burn Cliff Cole Crag Dale Elder Ember Fen Flint Frost Glen Haw Hazel Heath Holm Ivy "
    "Larch Linden Marsh Moor Oak Pine Reed Rowan Thorn Willow Wren"
).split()
_ENDS = (
    "bank bourne brook bury by combe croft dene field ford gate ham hart haven holt hurst land ley low mere mond more "
    "ridge shaw side stead stow thorpe ton wick wood worth"
).split()
_PARTICLES = frozenset(
    "von van der den de da di del della du la le af av bin ibn al el y i zu zur ten ter".split()
)
_TOKEN = re.compile(r"[^\W\d_]+")
_BASE32 = "abcdefghijkmnpqrstuvwxyz23456789"
_DATE = re.compile(r"(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})(.*)", re.DOTALL)
_CODE = re.compile(r"\s*\+(1|44)(?!\d)")


class _Stream:
    """Numbers that follow from a value and the case alone."""

    def __init__(self, case: Case, entity: str, text: str) -> None:
        self._left = int(case.key(entity, text), 16)

    def below(self, limit: int) -> int:
        """Draw the next number below `limit`."""
        self._left, drawn = divmod(self._left, limit)
        if self._left == 0:
            self._left = (drawn + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**127
        return drawn

    def letters(self, count: int) -> str:
        """Draw letters and digits that are not mistaken for each other."""
        return "".join(_BASE32[self.below(32)] for _ in range(count))


def pseudonym(entity: str, text: str, *, case: Case | None = None) -> str:
    """Give an invented value of the same form in place of a value, the same one for the same value in a case.

    Parameters
    ----------
    entity : str
        What it is, a name in ``entities.toml``.
    text : str
        The value.
    case : Case, optional
        The session's own when left out.

    Returns
    -------
    str
        Names word by word from a small list of our own (a word keeps its pseudonym, so "Marta" and "Marta
        García" agree; gender and origin are not kept); e-mail at ``example.org``; telephone in a fictional
        range (+1, +44) or with three leading zeros; card of a test range with a wrong check digit; IBAN
        with check digits 00 or 01, which are never given; other numbers in their form with leading zeros; dates
        moved by a number of days that is the same for the whole case; network addresses of documentation
        ranges. Secrets are masked, not invented; kinds with few values (age, gender, country, diagnosis)
        become their label.

    Notes
    -----
    This is pseudonymisation in the sense of Article 4(5) GDPR, not anonymisation: whoever has the case can
    test a guess, repeated values stay recognisable, and what stands around them may tell who it is. Two
    people may get the same name: count by keys, not by pseudonyms.

    Examples
    --------
    >>> case = Case(b"an example, never a real salt")
    >>> pseudonym("EMAIL", "Ann@firm.io", case=case) == pseudonym("EMAIL", "ann@firm.io", case=case)
    True
    >>> pseudonym("IBAN", "GB33 FNMR 2020 1555 5555 57", case=case)[:4]
    'GB00'
    """
    case = case or default_case()
    maker = _MAKERS.get(entity)
    if maker is not None:
        return maker(entity, text, case)
    known = entities().get(entity)
    if known is not None and known.strength == "secret":
        return mask_value(entity, text)
    if known is not None and known.strength == "strong":
        return _number(entity, text, case)
    return f"[{entity if known else 'VALUE'}]"


def _name(entity: str, text: str, case: Case) -> str:
    """Replace each word of a name; particles stay."""
    place = 0

    def word(found: re.Match[str]) -> str:
        """Give one word's pseudonym in its own case."""
        nonlocal place
        original = found.group()
        if original in _PARTICLES:
            return original
        place += 1
        stream = _Stream(case, entity, original)
        if len(original) == 1:
            return "ABCDEFGHIJKLMNOPRSTUVW"[stream.below(22)]
        made = _GIVEN[stream.below(len(_GIVEN))]
        if place > 1 and "," not in text or place == 1 and "," in text:
            made = _STEMS[stream.below(len(_STEMS))] + _ENDS[stream.below(len(_ENDS))]
        return made.upper() if original.isupper() else made.lower() if original.islower() else made

    return _TOKEN.sub(word, text)


def _email(entity: str, text: str, case: Case) -> str:
    """Give an address at a host that belongs to nobody (RFC 2606)."""
    return f"{_Stream(case, entity, text).letters(8)}@example.org"


def _username(entity: str, text: str, case: Case) -> str:
    """Give a user name."""
    return f"user_{_Stream(case, entity, text).letters(7)}"


def _url(entity: str, text: str, case: Case) -> str:
    """Give an address of a page that does not exist."""
    return f"https://example.org/{_Stream(case, entity, text).letters(8)}"


def _filled(text: str, digits: str) -> str:
    """Put digits into the places of a text's digits, from the end; places left over become 0."""
    left = list(digits)
    made = []
    for c in reversed(text):
        if c.isdigit():
            made.append(left.pop() if left else "0")
        else:
            made.append(c if c in " -./()+" else "x")
    return "".join(reversed(made))


def _drawn(stream: _Stream, count: int) -> str:
    """Draw digits."""
    return "".join(str(stream.below(10)) for _ in range(max(0, count)))


def _phone(entity: str, text: str, case: Case) -> str:
    """Give a number of a fictional range in the same form, else one that begins with zeros."""
    stream = _Stream(case, entity, text)
    code = _CODE.match(text)
    rest = text[code.end() :] if code else text
    count = sum(c.isdigit() for c in rest)
    if code and code.group(1) == "1" and count == 10:
        made = _filled(
            rest, f"{2 + stream.below(7)}{stream.below(9)}{stream.below(10)}55501{_drawn(stream, 2)}"
        )
    elif code and code.group(1) == "44" and count >= 10:
        made = _filled(rest, f"7700900{_drawn(stream, 3)}")
    else:
        made = _filled(text, _drawn(stream, sum(c.isdigit() for c in text) - 3))
        return _with_code(text, made)
    return f"+{code.group(1)}{made}"


def _with_code(text: str, made: str) -> str:
    """Put a written calling code back."""
    code = re.match(r"\s*\+\d{2}", text)
    return code.group(0) + made[code.end() :] if code else made


def _card(entity: str, text: str, case: Case) -> str:
    """Give a number of a test range whose check digit (ISO/IEC 7812-1, Luhn) is wrong."""
    stream = _Stream(case, entity, text)
    count = sum(c.isdigit() for c in text)
    body = f"400000{_drawn(stream, count - 7)}"
    doubled = [int(c) * (2 if place % 2 == 0 else 1) for place, c in enumerate(reversed(body))]
    right = -sum(d - 9 if d > 9 else d for d in doubled) % 10
    return _filled(text, f"{body}{(right + 1 + stream.below(9)) % 10}")


def _iban(entity: str, text: str, case: Case) -> str:
    """Keep the country and the form; check digits 00 and 01 are never given (ISO 13616-1 gives 02 to 98).

    To who only divides by 97, 00 is as good as 97; 01 is taken where it would be the right one.
    """
    from stdnum.iso7064 import mod_97_10

    bare = text.lstrip()
    country, rest = bare[:2].upper(), _same_form(bare[4:], _Stream(case, entity, text))
    digits = "".join(c for c in rest if c.isascii() and c.isalnum())
    passes = country.isascii() and country.isalnum() and mod_97_10.is_valid(f"{digits}{country}00")
    return f"{country}{'01' if passes else '00'}{rest}"


def _same_form(text: str, stream: _Stream) -> str:
    """Draw a digit for a digit, a letter for a letter; signs stay."""
    made = []
    for c in text:
        if c.isdigit():
            made.append(str(stream.below(10)))
        elif c.isalpha():
            letter = "ABCDEFGHJKLMNPRSTUVWXYZ"[stream.below(23)]
            made.append(letter if c.isupper() else letter.lower())
        else:
            made.append(c if c in " -./:_" else "-")
    return "".join(made)


def _number(entity: str, text: str, case: Case) -> str:
    """Keep the form, with zeros in place of the first three digits: such numbers are issued to nobody."""
    made = list(_same_form(text, _Stream(case, entity, text)))
    zeros = 3
    for place, c in enumerate(made):
        if c.isdigit() and zeros:
            made[place], zeros = "0", zeros - 1
    return "".join(made)


def _postcode(entity: str, text: str, case: Case) -> str:
    """Keep the form."""
    return _same_form(text, _Stream(case, entity, text))


def _place(entity: str, text: str, case: Case) -> str:
    """Give the name of an invented town."""
    stream = _Stream(case, entity, text)
    return f"{_STEMS[stream.below(len(_STEMS))]}{_ENDS[stream.below(len(_ENDS))]}"


def _street(entity: str, text: str, case: Case) -> str:
    """Give an invented street with a number."""
    stream = _Stream(case, entity, text)
    return f"{1 + stream.below(98)} {_STEMS[stream.below(len(_STEMS))]} Invented Street"


def _ip(entity: str, text: str, case: Case) -> str:
    """Give an address kept for documentation (RFC 5737, RFC 3849)."""
    stream = _Stream(case, entity, text)
    if ":" in text:
        return f"2001:db8::{stream.below(65536):x}:{stream.below(65536):x}"
    return f"{('192.0.2', '198.51.100', '203.0.113')[stream.below(3)]}.{1 + stream.below(254)}"


def _date(entity: str, text: str, case: Case) -> str:
    """Move a date by the days of the case, in its own writing; what cannot be read becomes its label."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return f"[{entity}]"
    first, sign, second, third, rest = found.groups()
    days = _Stream(case, "DATE", "shift").below(300) - 150
    days += 31 if abs(days) < 31 else 0
    try:
        if len(first) == 4:
            moved = date(int(first), int(second), int(third)) + timedelta(days)
            return f"{moved.year:04d}{sign}{moved.month:02d}{sign}{moved.day:02d}"
        month_first = int(second) > 12 or (sign == "/" and int(first) <= 12)
        day, month = (second, first) if month_first else (first, second)
        year = int(third) if len(third) == 4 else int(third) + (2000 if int(third) <= 25 else 1900)
        moved = date(year, int(month), int(day)) + timedelta(days)
    except (ValueError, OverflowError):
        return f"[{entity}]"
    parts = [moved.month, moved.day] if month_first else [moved.day, moved.month]
    return sign.join([f"{parts[0]:02d}", f"{parts[1]:02d}", f"{moved.year:04d}"[-len(third) :]])


_MAKERS: dict[str, Callable[[str, str, Case], str]] = {
    "PERSON": _name,
    "EMAIL": _email,
    "USERNAME": _username,
    "URL": _url,
    "SOCIAL_PROFILE": _url,
    "PHONE": _phone,
    "CREDIT_CARD": _card,
    "IBAN": _iban,
    "POSTCODE": _postcode,
    "CITY": _place,
    "LOCATION": _place,
    "ORGANIZATION": _place,
    "STREET_ADDRESS": _street,
    "IP_ADDRESS": _ip,
    "DATE_OF_BIRTH": _date,
    "DATE": _date,
    "MAC_ADDRESS": _number,
    "ROUTING_NUMBER": _number,
    "COMPANY_ID": _number,
}
