"""Invented tables of many kinds of column, clean and dirty, for tests and benchmarks of the column path.

Every value is made up: reserved hosts, documentation networks, ranges for drama, numbers made by formula.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable

GIVEN = (
    "Ana Björn Chloé Dmitri Eszter Fátima Grzegorz Heidi Ivo Józef Karin Łukasz María Nils Øyvind Zoë".split()
)
FAMILY = (
    "Almeida Brandt Çelik Dubois Eriksen Fernández Größ Horváth Ivanov Jansen O'Connor Péter Šimek".split()
)
STREETS = ("{n} High Street", "Hauptstraße {n}", "{n}, rue de la Paix", "Calle Mayor {n}", "Via Roma, {n}")
TOWNS = ("Nordhafen", "Villeclaire", "São Exemplo", "Ambercliff", "Žabokrky", "Oldmarsh upon Fenn")
HOSTS = (
    "mail.example.org",
    "example.com",
    "post.example",
    "büro.example",
    "inbox7.example.net",
    "corp.invalid",
)
WORDS = "the order was late so please call back about our invoice and send it again thanks".split()


def _digits(rng: random.Random, count: int) -> str:
    """Give some digits."""
    return "".join(rng.choices("0123456789", k=count))


def _luhn(number: str) -> str:
    """Add the check digit of ISO/IEC 7812-1."""
    for check in "0123456789":
        doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(number + check))]
        if sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0:
            return number + check
    raise AssertionError


def _iban(rng: random.Random) -> str:
    """Give a number of German or French form whose check digits are right."""
    country, inside = rng.choice((("DE", _digits(rng, 18)), ("FR", _digits(rng, 23))))
    moved = "".join(str(int(sign, 36)) for sign in f"{inside}{country}00")
    whole = f"{country}{98 - int(moved) % 97:02}{inside}"
    return whole if rng.random() < 0.7 else " ".join(whole[i : i + 4] for i in range(0, len(whole), 4))


def _mail(rng: random.Random) -> str:
    """Give an address of one of several forms."""
    given, family = rng.choice(GIVEN).lower(), rng.choice(FAMILY).lower().replace("'", "")
    local = rng.choice(
        (f"{given}.{family}", f"{given[0]}{family}{rng.randrange(99)}", f"{family}_{given}", given)
    )
    return f"{local}{rng.choice(('', '', '+news', str(rng.randrange(9999))))}@{rng.choice(HOSTS)}"


def _phone(rng: random.Random) -> str:
    """Give a number of one of several countries' forms."""
    return rng.choice(
        (
            f"+49 30 {_digits(rng, 7)}", f"+33 {rng.randrange(1, 8)} {' '.join(_digits(rng, 2) for _ in range(4))}",
            f"0{rng.randrange(100, 999)}/{_digits(rng, 6)}", f"(555) 01{_digits(rng, 1)}-{_digits(rng, 4)}",
            f"07700 900{_digits(rng, 3)}", f"+44 7700 900{_digits(rng, 3)}",
            f"0034{rng.randrange(6, 8)}{_digits(rng, 8)}",
            f"1-202-555-01{_digits(rng, 2)}", _digits(rng, 10),
        )
    )  # fmt: skip


def _date(rng: random.Random) -> str:
    """Give a date in one of several forms, not always a real one."""
    year, month, day = rng.randrange(1920, 2012), rng.randrange(1, 13), rng.randrange(1, 32)
    return rng.choice((f"{year}-{month:02}-{day:02}", f"{day:02}.{month:02}.{year}", f"{month}/{day}/{year}"))


def _address(rng: random.Random) -> str:
    """Give a network address: of documentation, private, of version 6, or a version number."""
    return rng.choice(
        (
            f"192.0.2.{rng.randrange(256)}", f"10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(256)}",
            f"2001:db8::{rng.randrange(65536):x}", f"198.51.100.{rng.randrange(300)}",
            f"{rng.randrange(9)}.0.{rng.randrange(9)}.1",
        )
    )  # fmt: skip


Maker = Callable[[random.Random], str]

COLUMNS: dict[str, Maker] = {
    "id": lambda r: str(r.randrange(10**9)),
    "Kundenname": lambda r: f"{r.choice(GIVEN)} {r.choice(FAMILY)}",
    "e_mail": _mail,
    "Telefon": _phone,
    "contact": lambda r: r.choice((_mail, _phone))(r),
    "Straße": lambda r: r.choice(STREETS).format(n=r.randrange(1, 300)),
    "ort": lambda r: r.choice(TOWNS),
    "plz": lambda r: _digits(r, 5),
    "geburtsdatum": _date,
    "created_at": lambda r: f"{_date(r)}T{r.randrange(24):02}:{r.randrange(60):02}:07Z",
    "ip": _address,
    "IBAN": _iban,
    "card": lambda r: _luhn("4" + _digits(r, 14)) if r.random() < 0.9 else _digits(r, 16),
    "ssn": lambda r: f"{_digits(r, 3)}-{_digits(r, 2)}-{_digits(r, 4)}",
    "steuer_id": lambda r: _digits(r, 11),
    "passport no": lambda r: r.choice("CFGHJK") + _digits(r, 8),
    "plate": lambda r: f"{r.choice(('B', 'HH', 'M'))}-{r.choice(('AB', 'XY'))} {r.randrange(1, 9999)}",
    "user": lambda r: f"{r.choice(GIVEN).lower()}{r.randrange(10**4)}",
    "password": lambda r: "".join(
        r.choices("abcdefghkmnpqrstuvwxyzABCDEFG23456789!?$", k=r.randrange(6, 14))
    ),
    "session": lambda r: f"{r.getrandbits(128):032x}",
    "uuid": lambda r: (
        f"{r.getrandbits(32):08x}-{r.getrandbits(16):04x}-4{r.getrandbits(12):03x}-a{r.getrandbits(12):03x}-{r.getrandbits(48):012x}"
    ),
    "amount": lambda r: f"{r.random() * 1e4:.2f}",
    "lat,lon": lambda r: f"{r.random() * 180 - 90:.5f}, {r.random() * 360 - 180:.5f}",
    "url": lambda r: f"https://www.example.org/{r.choice(WORDS)}/{r.randrange(10**5)}?u={_mail(r)}",
    "version": lambda r: f"v{r.randrange(9)}.{r.randrange(20)}.{r.randrange(99)}",
    "status": lambda r: r.choice(("active", "blocked", "new", "phone pending", "tel: none")),
    "note": lambda r: " ".join(r.choices(WORDS, k=r.randrange(1, 9))),
    "mac": lambda r: ":".join(f"{r.randrange(256):02x}" for _ in range(6)),
    "nhs number": lambda r: f"{_digits(r, 3)} {_digits(r, 3)} {_digits(r, 4)}",
    "alter": lambda r: str(r.randrange(120)),
}
"""Columns by name: how a cell is made."""

HIDDEN: tuple[Maker, ...] = (
    lambda r: f"AKIA{''.join(r.choices('ABCDEFGHJKLMNPQRSTUVWXYZ234567', k=16))}",
    lambda r: f"ghp_{''.join(r.choices('abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789', k=36))}",
    _mail,
    _phone,
    _iban,
    _address,
    lambda r: f"password: {_digits(r, 4)}Kq!x{_digits(r, 2)}",
    lambda r: f"see {_mail(r)} and {_phone(r)}",
    lambda r: f"tel {_digits(r, 6)}",
    lambda r: "",
    lambda r: " ",
    lambda r: "\u0661\u0662\u0663\u0664\u0665\u0666\u0667",
    lambda r: "N/A",
    lambda r: f"line one\nmail {_mail(r)}",
    lambda r: f"tab\t{_phone(r)}\x00",
    lambda r: "“" + _digits(r, 9) + "”",
    lambda r: f"{_mail(r)};{_mail(r)}",
    lambda r: f"x{_digits(r, 30)}",
    lambda r: f"<b>{_phone(r)}</b>",
    lambda r: "a" * r.randrange(70, 90),
)
"""What stands in cells where it does not belong."""


def rows(
    count: int, seed: int, dirt: float = 0.02, columns: tuple[str, ...] | None = None
) -> list[dict[str, str]]:
    """Give rows of a table; `dirt` is the share of cells that hold something else."""
    rng = random.Random(f"mixed {seed}")
    chosen = columns or tuple(COLUMNS)
    return [
        {name: (rng.choice(HIDDEN) if rng.random() < dirt else COLUMNS[name])(rng) for name in chosen}
        for _ in range(count)
    ]


def as_csv(table: list[dict[str, str]]) -> bytes:
    """Write a table with quotes where they are needed."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return file.getvalue().encode()
