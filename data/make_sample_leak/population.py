"""Everybody who occurs in the leak: people with one identity across its files.

Made on purpose: households that share a landline and an address, namesakes, people who changed their family
name, people with two accounts, staff with role mailboxes. The truth counts people, not rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from data.make_sample_leak import identifiers
from data.make_sample_leak.names import COUNTRIES, FAMILY_FIRST, NAMES, STREETS, email_part, fill, phone, pick

MAIL_HOSTS = (
    "example.com",
    "example.org",
    "example.net",
    "mail.example.com",
    "post.example.org",
    "inbox.example.net",
)
WORKPLACES = ("alder", "birch", "cedar", "elm", "hazel", "rowan")
STAFF_HOST = "fennimoor.example"


@dataclass
class Person:
    """One human being of the invention."""

    person_id: str
    given: str
    family: str
    gender: str
    culture: str
    born: date
    country: str
    town: str
    street: str
    postcode: str
    email: str
    phone_home: str
    phone_abroad: str
    government_kind: str
    government_id: str
    iban: str
    card: str
    ip: str
    username: str
    role: str = "customer"
    household: str = ""
    earlier_family: str = ""
    second_email: str = ""
    namesake_of: str = ""
    note: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Given and family name as written in mail and tables."""
        return f"{self.given} {self.family}"

    @property
    def language(self) -> str:
        """The language the person writes in."""
        return COUNTRIES[self.country][1]

    @property
    def office(self) -> str:
        """The role mailbox of the person's workplace, which several people use."""
        return f"office@{WORKPLACES[int(self.person_id[1:]) % len(WORKPLACES)]}.example"


class Population:
    """The people of one leak: `customers`, `staff`, `passers_by` (named in web text and mail only)."""

    def __init__(self, random: np.random.Generator, customers: int) -> None:
        self._random, self._count = random, 0
        self._used: set[str] = set()
        self.customers = [self._person("customer") for _ in range(customers)]
        self.staff = [self._person("staff") for _ in range(24)]
        self.passers_by = [self._person("passer_by") for _ in range(max(20, customers // 12))]
        self._make_households()
        self._make_namesakes()
        self._make_married()
        self._make_second_accounts()

    @property
    def everybody(self) -> list[Person]:
        """All people in the order they were made."""
        return [*self.customers, *self.staff, *self.passers_by]

    def _person(self, role: str) -> Person:
        """Make one person."""
        random = self._random
        self._count += 1
        shares = np.array([entry[0] for entry in COUNTRIES.values()])
        country = list(COUNTRIES)[int(random.choice(len(shares), p=shares / shares.sum()))]
        _, language, cultures, towns, post = COUNTRIES[country]
        weights = np.array(list(cultures.values()), dtype=float)
        culture = list(cultures)[int(random.choice(len(weights), p=weights / weights.sum()))]
        gender = "f" if random.random() < 0.5 else "m"
        given, family = (
            pick(random, NAMES[culture][0 if gender == "f" else 1]),
            pick(random, NAMES[culture][2]),
        )
        born = date(1945, 1, 1) + timedelta(days=int(random.integers(0, 365 * 61)))
        number, street = int(random.integers(1, 190)), pick(random, STREETS.get(language, STREETS["en"]))
        home, abroad = self._phone(country)
        kind, government = identifiers.government_id(random, country, born, gender)
        person = Person(
            f"P{self._count:05d}",
            given,
            family,
            gender,
            culture,
            born,
            country,
            pick(random, towns),
            f"{street} {number}" if language in {"de", "sv"} else f"{number} {street}",
            fill(random, pick(random, post)),
            "",
            home,
            abroad,
            kind,
            government,
            identifiers.iban(random, country),
            identifiers.card(random),
            identifiers.ip_address(random, "staff" if role == "staff" else "customer"),
            "",
            role,
        )
        person.email = self._email(person)
        person.username = person.email.split("@")[0].replace(".", "_")
        return person

    def _phone(self, country: str) -> tuple[str, str]:
        """Draw a number nobody else has (the ranges are small: beyond scale 4 strangers may share)."""
        for _ in range(500):
            home, abroad = phone(self._random, country)
            if abroad not in self._used:
                break
        self._used.add(abroad)
        return home, abroad

    def _email(self, person: Person, host: str = "") -> str:
        """Make an address nobody else in the leak has."""
        given, family = email_part(person.given), email_part(person.family)
        shapes = [f"{given}.{family}", f"{given[0]}{family}", f"{family}.{given}", f"{given}{person.born:%y}"]
        shape = shapes[int(self._random.integers(len(shapes)))]
        host = host or (STAFF_HOST if person.role == "staff" else pick(self._random, list(MAIL_HOSTS)))
        local, tries = shape, 1
        while f"{local}@{host}" in self._used:
            tries += 1
            local = f"{shape}{tries}"
        self._used.add(f"{local}@{host}")
        return f"{local}@{host}"

    def _sample(self, share: float) -> list[Person]:
        """Give some customers that have no part in an earlier complication."""
        free = [p for p in self.customers if not p.note]
        chosen = self._random.choice(
            len(free), size=max(2, round(share * len(self.customers))), replace=False
        )
        return [free[int(i)] for i in chosen]

    def _make_households(self) -> None:
        """Let couples and families share address, landline and mostly the family name."""
        chosen, at = self._sample(0.07), 0
        while at < len(chosen) - 1:
            size = 3 if self._random.random() < 0.3 and at + 3 <= len(chosen) else 2
            first, *others = chosen[at : at + size]
            for other in others:
                other.country, other.town, other.street = first.country, first.town, first.street
                other.postcode, other.phone_home = first.postcode, first.phone_home
                other.phone_abroad, other.culture = first.phone_abroad, first.culture
                if self._random.random() < 0.8:
                    other.family = first.family
                names = NAMES[first.culture][0 if other.gender == "f" else 1]
                taken = {p.given for p in (first, *others) if p is not other and p.family == other.family}
                other.given = pick(self._random, [n for n in names.split() if n not in taken])
                kind, number = identifiers.government_id(
                    self._random, other.country, other.born, other.gender
                )
                other.government_kind, other.government_id = kind, number
                other.iban, other.email = identifiers.iban(self._random, other.country), self._email(other)
                other.username = other.email.split("@")[0].replace(".", "_")
            for member in (first, *others):
                member.household = first.person_id
                member.note.append("household")
            at += size

    def _make_namesakes(self) -> None:
        """Give pairs of different people the same given and family name."""
        chosen = self._sample(0.03)
        for one, two in zip(chosen[::2], chosen[1::2], strict=False):
            two.given, two.family, two.gender, two.culture = one.given, one.family, one.gender, one.culture
            two.email, two.namesake_of = self._email(two), one.person_id
            kind, number = identifiers.government_id(self._random, two.country, two.born, two.gender)
            two.government_kind, two.government_id = kind, number
            two.username = two.email.split("@")[0].replace(".", "_")
            one.note.append("namesake")
            two.note.append("namesake")

    def _make_married(self) -> None:
        """Let some people appear in older files under an earlier family name and address."""
        for person in self._sample(0.03):
            person.earlier_family = person.family
            names = [n for n in NAMES[person.culture][2].split() if n != person.family]
            person.second_email, person.family = person.email, pick(self._random, names)
            person.email = self._email(person)
            person.note.append("married_name")

    def _make_second_accounts(self) -> None:
        """Let some people hold two rows of the user table, under two addresses."""
        for person in self._sample(0.04):
            person.second_email = self._email(person)
            person.note.append("second_account")


def shown_name(person: Person) -> str:
    """Give the name in the order usual where the person comes from, as people sign themselves."""
    return f"{person.family} {person.given}" if person.culture in FAMILY_FIRST else person.name
