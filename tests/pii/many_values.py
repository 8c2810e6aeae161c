"""Invented values of many forms, and hypothesis strategies for odd ones: what arrays of values are tested with."""

from __future__ import annotations

import random

from hypothesis import strategies as st

_SYLLABLES = "ba bi bo da de du ka ko la le lo ma mi mu na ne no ra ri ro sa su ta te to".split()
_NAMES = (
    "Anna José Łukasz Jean-Pierre O'Brian Ann-Zoë Élodie Müller Weiß García Quist-Bay Dr. Jane Doe Mr van İnci ŉov "
    "Don Miss Ǆon 李 小龙 عمر Ærø Søren Þór ﬁne Ça"
).split()
_LONG = [
    "Łu " * 900,
    "+49 " + "( " * 900,
    "9" * 1500,
    "ann." * 400 + "lee@firm.io",
    "ghp_" + "a" * 1200,
    "1" * 1025,
]
ODD = [
    *_LONG,
    "", " ", "\0", "a\0b", "\u200f", "\u202eabc", "٣٤٥٦٧٨٩٠١٢٣٤", "１２３４５６７８", "e\u0301", "\ufb01", "x" * 300,
    "9" * 60, "+", "@", "a@b.c", ".", "..", "-", "--------", "mailto:a.bc@firm.io", "<ann@firm.io>",
    "a@.firm.com", "a@firm.com.", "\x1f x", "a  b", "a\u00a0b", "A_B", "00", "000", "+1", "+0", "+000 000 000",
    "0049 30 2312506", "+ 49 30 231250", "01.02.03.04", "1.2.3.256", "1.2.3.4.5", "::1", "::ffff:1.2.3.4",
    "1.2.3.4 ", "30/2/99", "3.4.85", "1/2/3", "1985", "19850304", "04031985", "3 March 1985", "1985-3-4T00:00",
    "1985-1985-3", "12-2024-13", "007-1-2", "1/2/3/4", "Doe, Jane", "Jane", "Ann,", ",Ann", "Lee, Ann, Bo",
    "Mr. Lee", "Don Miller", "J. R. Lee", "Ann Ann", "a.a@firm.io", "info@firm.io", "no-reply@firm.io",
    "support-uk@firm.io", "sales99@firm.io", "@ann_lee", "ann+tag@firm.io", "+@firm.io", "u00344110",
    "https://", "ftp://a.b", "HTTPS://A.B", "-----BEGIN RSA PRIVATE KEY-----", "sk-", "sk-ant-" + "x" * 30,
    "ghp_" + "é" * 20, "+1 555-0100x12", "020 (0) 7946 0888", "+44 (0)20 7946 0888", "(+44) 20 7946 0888",
    "1-902-555-0120", "\u2028", "DE 00", "GB33FNMR20201555555557", "gb33 fnmr 2020 1555 5555 57",
    "12 Rue de l’Été", "Straße 7", "a" * 47 + "1/2/1990", "Łódź", "Åse", "aÅ b", "ÅÅ", "ß", "ẞ", "ſ", "K", "Å",
    "1ab", "a'", "'a", "a-", "O’Neil", "a.b.c.d.e.f@firm.io", "a@b@firm.io", "a_1@firm.io",
    "a@firm.toolonglabelhere", "ab@firm.c0m", "1234 5678 9012 3456 7", "4000-0000-0000-0002",
]  # fmt: skip


def _made(draw: random.Random) -> dict[str, str]:
    """Give one value of each kind."""

    def word(count: int) -> str:
        return "".join(draw.choice(_SYLLABLES) for _ in range(count))

    def number(count: int) -> str:
        return "".join(draw.choice("0123456789") for _ in range(count))

    def date() -> str:
        year, month, day = draw.randint(1925, 2029), draw.randint(1, 12), draw.randint(1, 28)
        return draw.choice(
            [
                f"{year}-{month:02}-{day:02}",
                f"{day}.{month}.{year}",
                f"{month}/{day}/{year % 100:02}",
                f"{day} May {year}",
            ]
        )

    name = f"{draw.choice([*_NAMES, word(2).title()])} {draw.choice([*_NAMES, word(3).title()])}"
    return {
        "EMAIL": draw.choice(
            [
                f"{word(1)}.{word(3)}{number(2)}@{word(3)}.com",
                f"{word(2)}_{word(2).title()}@{word(2)}.co.uk",
            ]
        ),
        "PHONE": draw.choice(
            [
                f"+49 30 {number(5)} {number(3)}",
                f"({number(3)}) {number(3)}-{number(4)}",
                f"+1-{number(10)}",
            ]
        ),
        "IP_ADDRESS": ".".join(str(draw.randint(0, 280)) for _ in range(4)),
        "DATE_OF_BIRTH": date(),
        "PERSON": draw.choice(
            [
                name,
                f"{word(2).title()}, {name}",
                f"{name} {word(2).title()}",
                name.replace(" ", ", "),
            ]
        ),
        "ORGANIZATION": f"{word(3).title()} & {name} Ltd.",
        "USERNAME": draw.choice(
            [
                word(3),
                f"{word(2)}_{word(2)}{number(2)}",
                f"u{number(7)}",
                f"{word(1)}.{word(1)}",
            ]
        ),
        "STREET_ADDRESS": draw.choice(
            [
                f"{number(2)} {word(3).title()} Street, Apt. {number(1)}",
                f"{name}straße {number(2)}",
            ]
        ),
        "POSTCODE": draw.choice([number(5), f"FM{number(1)} {number(1)}AB"]),
        "CITY": draw.choice([word(3).title(), name]),
        "CREDIT_CARD": draw.choice([f"4{number(3)} {number(4)} {number(4)} {number(4)}", number(15)]),
        "IBAN": draw.choice([f"DE{number(20)}", f"gb{number(2)} FNMR {number(4)} {number(4)}"]),
        "US_SSN": f"{number(3)}-{number(2)}-{number(4)}",
        "NATIONAL_ID": draw.choice([number(11), f"X{number(7)}{draw.choice('ABC')}"]),
        "MAC_ADDRESS": ":".join(f"{draw.randint(0, 255):02x}" for _ in range(6)),
        "URL": draw.choice(
            [
                f"https://{word(3)}.example/{number(6)}",
                f"http://{word(2)}.example",
                f"www.{word(2)}.example",
            ]
        ),
        "GITHUB_TOKEN": "ghp_" + number(36),
        "OPENAI_KEY": draw.choice(["sk-proj-", "sk-", ""]) + number(30),
    }


def _realistic() -> dict[str, list[str]]:
    """Give many values of each kind, odd ones among them."""
    draw = random.Random(7)
    made = [_made(draw) for _ in range(300)]
    return {entity: [values[entity] for values in made] + ODD + _NAMES for entity in made[0]}


REALISTIC = _realistic()


@st.composite
def texts_of_all_kinds(draw: st.DrawFn) -> list[str | None]:
    """Give a list of odd texts, enough of them to be worked on together."""
    signs = st.text("aZé5Ł.-_ '@+(,/0:\u0301", max_size=14)
    some = st.one_of(st.text(max_size=20), signs, st.sampled_from(ODD), st.none())
    return draw(st.lists(some, min_size=1, max_size=12)) * draw(st.sampled_from([1, 40, 80]))
