"""Invented people and secrets of the second leak generator, and the builder that remembers where each stands."""

# ruff: noqa: E501 - whole templates and lists read better on one line
from __future__ import annotations

import base64
import datetime
import json
import random
import re
import unicodedata
from collections.abc import Callable
from hashlib import sha256

from leak_ids import card, fill, iban, licence, national, nino, passport, plate, ssn, vin
from leak_lists import Lists
from leak_words import FIRM_ENDINGS

ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
HEX = "0123456789abcdef"
PROVIDERS = "gmail.com outlook.com yahoo.fr gmx.net proton.me web.de icloud.com libero.it wp.pl seznam.cz hotmail.es mail.ru naver.com qq.com".split()
WORDS = "harbour lantern pebble meadow ember willow quartz saffron thicket velvet anchor bramble cinder delta falcon".split()


def letters(rng: random.Random, alphabet: str, n: int) -> str:
    """Draw n letters."""
    return "".join(rng.choice(alphabet) for _ in range(n))


def ascii_of(text: str) -> str:
    """Write a name in lower ASCII letters and digits."""
    plain = unicodedata.normalize(
        "NFKD", text.replace("ł", "l").replace("ß", "ss").replace("ı", "i").replace("ø", "o")
    )
    return re.sub(r"[^a-z0-9]+", "", plain.encode("ascii", "ignore").decode().lower())


def base58check(data: bytes) -> str:
    """Encode bytes with their double SHA-256 check as Bitcoin addresses are."""
    data += sha256(sha256(data).digest()).digest()[:4]
    value, text = int.from_bytes(data, "big"), ""
    while value:
        value, rest = divmod(value, 58)
        text = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[rest] + text
    return "1" * (len(data) - len(data.lstrip(b"\x00"))) + text


class Person:
    """One invented person whose values are drawn when first asked for and then stay."""

    def __init__(self, rng: random.Random, lists: Lists, module: str | None = None) -> None:
        """Draw culture and country; `module` fixes whose national number it is."""
        self.rng, self.lists = rng, lists
        self.seen: dict[str, tuple[str | None, str]] = {}
        self.given_names, self.surnames = lists.cultures[rng.choice(sorted(lists.cultures))]
        self.given, self.family = rng.choice(self.given_names), rng.choice(self.surnames)
        self.country = rng.choice(sorted(lists.places))
        self.module = module or rng.choice(lists.national)

    def value(self, name: str) -> tuple[str | None, str]:
        """Give type and text of a field."""
        if name not in self.seen:
            self.seen[name] = getattr(self, "_" + name)()
        return self.seen[name]

    def _name(self) -> tuple[str, str]:
        middle = f" {self.rng.choice('ABCDEFGHJKLMNPRSTW')}." if self.rng.random() < 0.12 else ""
        return "PERSON", f"{self.given}{middle} {self.family}"

    def _given(self) -> tuple[str, str]:
        return "PERSON", self.given

    def _family(self) -> tuple[str, str]:
        return "PERSON", self.family

    def _reversed(self) -> tuple[str, str]:
        return "PERSON", f"{self.family}, {self.given}"

    def _handle(self) -> tuple[str, str]:
        g, f, n = ascii_of(self.given) or "user", ascii_of(self.family), self.rng.randrange(100)
        return "USERNAME", self.rng.choice(
            (
                f"{g}.{f}",
                f"{g[0]}{f}",
                f"{g}{n:02d}",
                f"{f}_{g}",
                f"{self.rng.choice(WORDS)}{n}",
                f"{g[:2]}{f[:5]}{n}",
            )
        )

    def _email(self) -> tuple[str, str]:
        g, f = ascii_of(self.given) or "info", ascii_of(self.family)
        firm = ascii_of(self.rng.choice(self.lists.firms))
        host = self.rng.choice(
            [
                *PROVIDERS,
                f"{firm}.{self.rng.choice(('com', 'io', 'de', 'co.uk', 'org'))}",
                f"mail.{firm}.eu",
                "example.org",
            ]
        )
        return "EMAIL", self.rng.choice(
            (f"{g}.{f}", f"{g[0]}{f}", f"{g}{self.rng.randrange(99)}", f"{f}+news", f"{g}_{f}")
        ) + "@" + host

    def _phone(self) -> tuple[str, str]:
        import phonenumbers as p

        region = self.country
        kind = self.rng.choice((p.PhoneNumberType.MOBILE, p.PhoneNumberType.FIXED_LINE))
        sample = p.example_number_for_type(region, kind) or p.example_number(region)
        digits = str(sample.national_number)
        for _ in range(200):
            number = p.PhoneNumber(sample.country_code, int(digits[:-5] + letters(self.rng, "0123456789", 5)))
            if p.is_valid_number(number):
                break
        style = self.rng.choice(
            (p.PhoneNumberFormat.INTERNATIONAL, p.PhoneNumberFormat.E164, p.PhoneNumberFormat.NATIONAL)
        )
        text = p.format_number(number, style)
        return "PHONE", text.replace(" ", self.rng.choice((" ", " ", ".", "-")))

    def _city(self) -> tuple[str, str]:
        return "LOCATION", self.rng.choice(self.lists.places[self.country][0])

    def _street(self) -> tuple[str, str]:
        return "LOCATION", fill_address(self.rng.choice(self.lists.places[self.country][1]), self.rng)

    def _zip(self) -> tuple[str, str]:
        return "LOCATION", fill(
            self.rng.choice(self.lists.places[self.country][2]).replace("Q", "K"), self.rng
        )

    def _land(self) -> tuple[str, str]:
        return "LOCATION", self.rng.choice(self.lists.places[self.country][3])

    def _address(self) -> tuple[str, str]:
        street, city, code = (self.value(n)[1] for n in ("street", "city", "zip"))
        return "LOCATION", self.rng.choice(
            (f"{street}, {code} {city}", f"{street}, {city} {code}", f"{street}, {city}")
        )

    def _lines(self) -> tuple[str, str]:
        street, city, code = (self.value(n)[1] for n in ("street", "city", "zip"))
        return "LOCATION", f"{street}\n{code} {city}"

    def _firm(self) -> tuple[str, str]:
        if self.rng.random() < 0.25:
            return "ORGANIZATION", self.rng.choice(self.lists.bodies).format(city=self.value("city")[1])
        return "ORGANIZATION", f"{self.rng.choice(self.lists.firms)} {self.rng.choice(FIRM_ENDINGS)}".strip()

    def _born(self) -> tuple[str, str]:
        day = datetime.date(1938, 1, 1) + datetime.timedelta(days=self.rng.randrange(24_000))
        return "DATE", day.strftime(
            self.rng.choice(
                ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d %B %Y", "%d-%b-%Y", "%Y%m%d")
            )[:]
        ) if self.rng.random() < 0.9 else f"{day:%B} {day.day}, {day.year}"

    def _when(self) -> tuple[str, str]:
        day = datetime.date(2019, 1, 1) + datetime.timedelta(days=self.rng.randrange(2_300))
        return "WHEN", day.strftime(self.rng.choice(("%d %B %Y", "%d/%m/%Y", "%Y-%m-%d", "%A")))

    def _ssn(self) -> tuple[str, str]:
        return "US_SSN", ssn(self.rng)

    def _national(self) -> tuple[str, str]:
        return "NATIONAL_ID", nino(
            self.rng
        ) if self.module == "gb.utr" and self.rng.random() < 0.5 else national(self.rng, self.module)

    def _passport(self) -> tuple[str, str]:
        return "PASSPORT", passport(self.rng)

    def _licence(self) -> tuple[str, str]:
        return "DRIVER_LICENSE", licence(self.rng)

    def _card(self) -> tuple[str, str]:
        return "CREDIT_CARD", card(self.rng)

    def _iban(self) -> tuple[str, str]:
        return "IBAN", iban(self.rng)

    def _account(self) -> tuple[str, str]:
        return "BANK_ACCOUNT", fill(
            self.rng.choice(("########", "##########", "############", "##-##-##")), self.rng
        )

    def _wallet(self) -> tuple[str, str]:
        if self.rng.random() < 0.5:
            return "CRYPTO", "0x" + letters(self.rng, HEX, 40)
        return "CRYPTO", base58check(b"\x00" + self.rng.randbytes(20))

    def _ip(self) -> tuple[str, str]:
        if self.rng.random() < 0.25:
            return "IP", f"2a0{self.rng.randrange(10)}:" + ":".join(
                f"{self.rng.randrange(1, 65536):x}" for _ in range(3)
            ) + "::" + f"{self.rng.randrange(1, 4096):x}"
        first = self.rng.choice([n for n in range(11, 224) if n not in (127, 169, 172, 192, 198, 203)])
        return "IP", ".".join(str(n) for n in (first, *(self.rng.randrange(1, 255) for _ in range(3))))

    def _mac(self) -> tuple[str, str]:
        sep = self.rng.choice(":-")
        return "MAC", sep.join(
            letters(self.rng, self.rng.choice(("0123456789ABCDEF", HEX)), 2) for _ in range(6)
        )

    def _url(self) -> tuple[str, str]:
        host = self.rng.choice(
            (
                ascii_of(self.rng.choice(self.lists.firms)) + ".com",
                f"{self.rng.choice(WORDS)}-{self.rng.choice(WORDS)}.net",
            )
        )
        return (
            "URL",
            f"https://{host}/{self.rng.choice(('u', 'profile', 'cv', 'img'))}/{self.rng.choice(WORDS)}{self.rng.randrange(999)}",
        )

    def _plate(self) -> tuple[str, str]:
        return "VEHICLE", plate(self.rng)

    def _vin(self) -> tuple[str, str]:
        return "VEHICLE", vin(self.rng)

    def _password(self) -> tuple[str, str]:
        r = self.rng
        return "SECRET", r.choice(
            (
                letters(r, ALNUM, 6) + r.choice("!#$%&*") + letters(r, ALNUM, 5),
                f"{r.choice(WORDS).title()}{r.randrange(1000, 9999)}{r.choice('!?#')}",
                f"{r.choice(WORDS)}-{r.choice(WORDS)}-{r.randrange(10, 99)}-{r.choice(WORDS)}",
                letters(r, ALNUM, 16),
            )
        )

    def _token(self) -> tuple[str, str]:
        r = self.rng
        makers: list[Callable[[], str]] = [
            lambda: "AKIA" + letters(r, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
            lambda: "ghp_" + letters(r, ALNUM, 36),
            lambda: "github_pat_" + letters(r, ALNUM, 22) + "_" + letters(r, ALNUM, 59),
            lambda: "glpat-" + letters(r, ALNUM, 20),
            lambda: (
                "xoxb-"
                + letters(r, "123456789", 11)
                + "-"
                + letters(r, "123456789", 12)
                + "-"
                + letters(r, ALNUM, 24)
            ),
            lambda: "sk-proj-" + letters(r, ALNUM, 48),
            lambda: "sk-ant-api03-" + letters(r, ALNUM + "-_", 93) + "AA",
            lambda: "hf_" + letters(r, ALNUM, 34),
            lambda: "AIza" + letters(r, ALNUM + "-_", 35),
            lambda: "sk_live_" + letters(r, ALNUM, 24),
            lambda: "SG." + letters(r, ALNUM, 22) + "." + letters(r, ALNUM, 43),
            lambda: "npm_" + letters(r, ALNUM, 36),
            lambda: "dop_v1_" + letters(r, HEX, 64),
            lambda: "shpat_" + letters(r, HEX, 32),
            lambda: "SK" + letters(r, HEX, 32),
            lambda: "r8_" + letters(r, ALNUM, 37),
            lambda: "gsk_" + letters(r, ALNUM, 52),
            lambda: letters(r, "0123456789", 9) + ":AA" + letters(r, ALNUM + "-_", 33),
            self._jwt,
        ]
        return "SECRET", r.choice(makers)()

    def _jwt(self) -> str:
        parts = [
            {"alg": "HS256", "typ": "JWT"},
            {"sub": str(self.rng.randrange(10**9)), "iat": 1_700_000_000 + self.rng.randrange(10**7)},
        ]
        head = [base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts]
        return ".".join([*head, letters(self.rng, ALNUM + "-_", 43)])

    def _hexkey(self) -> tuple[str, str]:
        return "SECRET", self.rng.choice(
            (letters(self.rng, HEX, 32), letters(self.rng, HEX, 40), letters(self.rng, ALNUM + "+/", 40))
        )

    def _secret(self) -> tuple[str, str]:
        return self.rng.choice((self._password, self._token, self._hexkey))()


def fill_address(shape: str, rng: random.Random) -> str:
    """Put house numbers into an address: the first digit of a run is no zero."""
    return re.sub(r"#+", lambda m: str(rng.randrange(10 ** (len(m[0]) - 1), 10 ** len(m[0]))), shape)
