"""Columns of the second leak generator: which key names, in which style, hold which field of a person."""

# ruff: noqa: E501 - whole templates and lists read better on one line
from __future__ import annotations

import datetime
import random
import re
from dataclasses import dataclass

from leak_ids import NATIONAL, fill
from leak_lists import Lists
from leak_values import HEX, letters
from leak_words import NEUTRAL

FIELDS = {
    "PERSON": "name", "GIVEN": "given", "FAMILY": "family", "EMAIL": "email", "PHONE": "phone", "STREET": "street", "CITY": "city", "ZIP": "zip",
    "COUNTRY": "land", "ADDRESS": "address", "ORGANIZATION": "firm", "DATE": "born", "US_SSN": "ssn", "PASSPORT": "passport",
    "DRIVER_LICENSE": "licence", "CREDIT_CARD": "card", "IBAN": "iban", "BANK_ACCOUNT": "account", "CRYPTO": "wallet", "USERNAME": "handle",
    "IP": "ip", "MAC": "mac", "URL": "url", "PLATE": "plate", "VIN": "vin", "SECRET": "secret", "NATIONAL": "national",
}  # fmt: skip
"""Groups of key names -> the person's field."""


def neutral(rng: random.Random, kind: str) -> str:
    """Make a value that is nobody's: numbers, hashes, versions, stamps."""
    stamp = datetime.datetime(2024, 1, 1) + datetime.timedelta(seconds=rng.randrange(60_000_000))
    return {
        "int": lambda: str(rng.randrange(1, 10**6)),
        "order": lambda: str(rng.randrange(10**8, 10**12)),
        "stamp": lambda: stamp.isoformat(" ") if rng.random() < 0.5 else stamp.isoformat() + "Z",
        "version": lambda: ".".join(str(rng.randrange(30)) for _ in range(3)),
        "sha": lambda: letters(rng, HEX, 40),
        "word": lambda: rng.choice("active pending closed failed ok archived".split()),
        "float": lambda: f"{rng.random():.6f}",
        "uuid": lambda: "-".join(letters(rng, HEX, n) for n in (8, 4, 4, 4, 12)),
        "money": lambda: f"{rng.randrange(10, 9999)}.{rng.randrange(100):02d}",
        "small": lambda: str(rng.randrange(500)),
        "region": lambda: rng.choice("eu-west-1 us-east-2 ap-south-1".split()),
        "sku": lambda: fill("KK-####-K", rng),
        "hex": lambda: letters(rng, HEX, 16),
        "model": lambda: rng.choice("tern-7b gull-0.6m petrel-1.3b-chat".split()),
        "lang": lambda: rng.choice("en de fr pl tr".split()),
    }[kind]()


@dataclass(frozen=True)
class Key:
    """A column: how it is named, which field of the person it holds, or which nobody's value."""

    name: str
    field: str | None
    neutral: str = ""


def draw_keys(rng: random.Random, lists: Lists, module: str, n: int) -> list[Key]:
    """Draw the columns of one table, names styled alike; split names and split addresses stay together."""
    style = rng.choice((snake, camel, kebab, upper, str, str.title, snake, camel))
    groups = rng.sample(sorted(FIELDS), n)
    if rng.random() < 0.3 and "NATIONAL" not in groups:
        groups.append("NATIONAL")
    for whole, parts in ((("PERSON",), ("GIVEN", "FAMILY")), (("ADDRESS",), ("STREET", "CITY", "ZIP"))):
        if set(parts) & set(groups):
            groups = [g for g in groups if g not in (*parts, *whole)] + list(parts)
    names = {g: NATIONAL[module][1].split("|") if g == "NATIONAL" else lists.keys[g] for g in groups}
    keys = [Key(style(rng.choice(names[g])), FIELDS[g]) for g in groups]
    for name in rng.sample(sorted(NEUTRAL), rng.randrange(1, 4)):
        keys.insert(rng.randrange(len(keys) + 1), Key(style(name), None, NEUTRAL[name]))
    return keys


def snake(name: str) -> str:
    """Write words as snake_case."""
    return re.sub(r"[ -]+", "_", name.lower())


def kebab(name: str) -> str:
    """Write words as kebab-case."""
    return re.sub(r"[ _]+", "-", name.lower())


def upper(name: str) -> str:
    """Write words as UPPER_CASE."""
    return snake(name).upper()


def camel(name: str) -> str:
    """Write words as camelCase."""
    words = re.split(r"[ -]+", name.lower())
    return words[0] + "".join(w.title() for w in words[1:])
