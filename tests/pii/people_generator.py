"""A second invented population, made otherwise than the sample leak's: its values with their places and owners.

Tables with emergency contacts and clerks, nested JSON orders, chat rooms with several people in a record, logs,
letters by lines. Households share a landline and sometimes an address; couples share a mailbox; shops have role
mailboxes; namesakes; changed family names; misspelt names; fields left out. All values are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

GIVEN = (
    "Ada Bela Cleo Dora Edda Finn Gero Hedy Ivo Jara Kai Lena Milo Nora Odin Pia Quin Rosa Sven Tara Ugo Vera Wim "
    "Xenia Yara Zeno Alma Bruno Carla Dario Elin Fabio Greta Henk Ines Joris Kira Lars Mona Nils Olga Pavel Rita "
    "Silas Thea"
).split()
STEMS = "Ahl Ber Cor Dal Eck Fal Gru Hol Ing Jen Kol Lin Mor Nor Ost Pel Quas Ros Sten Tor Ulm Vas Wen Zeh".split()
ENDS = "mann sen ini ez ova berg stad ley ford wood dahl ski".split()
STREETS = "Quay Lane Row Walk Steps Mews".split()
ROLES = "info support billing office".split()


@dataclass
class Someone:
    """One invented person."""

    number: int
    given: str
    family: str
    born: str
    email: str
    mobile: str
    landline: str
    street: str
    postcode: str
    ssn: str
    iban: str
    card: str
    login: str
    earlier: str = ""
    earlier_email: str = ""

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"


@dataclass
class MadeLeak:
    """Spans of one invented leak: `spans` has a row for each value; `n_people` are those who occur."""

    spans: list[dict[str, object]] = field(default_factory=list)

    def put(self, path: str, row: int, name: str, parts: list[tuple[str, str, object]]) -> None:
        """Write values (entity, text, owner) one behind the other into a field; plain words have no entity."""
        at = 0
        for entity, text, owner in parts:
            if entity and text:
                self.spans.append(
                    {
                        "path": path, "row": row, "field": name, "start": at, "end": at + len(text),
                        "entity": entity, "value": text, "person": owner,
                    }
                )  # fmt: skip
            at += len(text) + 1

    @property
    def n_people(self) -> int:
        """People of whom something stands here that identifies: not an address, a town or a date alone."""
        telling = {"PERSON", "EMAIL", "USERNAME", "PHONE", "US_SSN", "IBAN", "CREDIT_CARD"}
        return len({s["person"] for s in self.spans if s["entity"] in telling and s["person"] is not None})


def people_of(random: np.random.Generator, count: int) -> list[Someone]:
    """Invent people with households, couples' mailboxes, namesakes and changed names among them."""

    def digits(length: int) -> str:
        return "".join(map(str, random.integers(0, 10, length)))

    def one(number: int) -> Someone:
        given, family = str(random.choice(GIVEN)), str(random.choice(STEMS)) + str(random.choice(ENDS))
        local = (f"{given}.{family}", f"{given[0]}{family}", f"{given}_{digits(3)}", f"x{digits(6)}")
        login = local[int(random.choice(4, p=(0.4, 0.25, 0.2, 0.15)))].lower()
        year, month, day = 1940 + random.integers(65), 1 + random.integers(12), 1 + random.integers(28)
        born = f"{year}-{month:02d}-{day:02d}"
        return Someone(
            number, given, family, born, f"{login}{number}@{random.choice(['mail', 'post'])}.example",
            f"+44 7700 {digits(6)}", f"020 7946 {digits(4)}",
            f"{int(random.integers(1, 99))} {random.choice(STEMS)} {random.choice(STREETS)}",
            f"KR{int(random.integers(1, 30))} {digits(1)}QX", f"8{digits(2)}-{digits(2)}-{digits(4)}",
            f"DE{digits(20)}", f"400000{digits(10)}", f"{login}{number}",
        )  # fmt: skip

    found = [one(number) for number in range(count)]
    free = iter(random.permutation(count).tolist())
    for _ in range(round(0.08 * count)):  # households
        first, second = found[next(free)], found[next(free)]
        second.landline, second.street, second.postcode = first.landline, first.street, first.postcode
        if random.random() < 0.7:
            second.family = first.family
        if random.random() < 0.2:
            second.email = first.email
    for _ in range(round(0.03 * count)):  # namesakes
        first, second = found[next(free)], found[next(free)]
        second.given, second.family = first.given, first.family
    for _ in range(round(0.04 * count)):  # changed names
        person = found[next(free)]
        person.earlier, person.earlier_email = person.name, person.email
        person.family = str(random.choice(STEMS)) + str(random.choice(ENDS))
        person.email = f"{person.given}.{person.family}{person.number}@mail.example".lower()
    return found


def _misspelt(random: np.random.Generator, text: str) -> str:
    """Swap two letters now and then."""
    if random.random() > 0.02 or len(text) < 6:
        return text
    at = int(random.integers(2, len(text) - 2))
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def make_leak(seed: int, count: int = 300, parts: str = "members orders chat log letters staff") -> MadeLeak:
    """Make a leak of some kinds of member about people of one population."""
    random = np.random.default_rng([seed, 77])
    crowd = people_of(random, count)
    leak = MadeLeak()
    makers = {
        "members": _members,
        "orders": _orders,
        "chat": _chat,
        "log": _log,
        "letters": _letters,
        "staff": _staff,
    }
    for part in parts.split():
        chosen = random.permutation(count)[: int(count * random.uniform(0.25, 0.7))]
        makers[part](leak, random, [crowd[int(n)] for n in chosen])
    return leak


def _members(leak: MadeLeak, random: np.random.Generator, crowd: list[Someone]) -> None:
    """Write a table of members; every field but the name is missing now and then."""
    for row, p in enumerate(crowd):
        phone = p.landline if random.random() < 0.5 else p.mobile
        cells = [
            ("surname", "PERSON", p.family), ("first_name", "PERSON", p.given), ("mail", "EMAIL", p.email),
            ("tel", "PHONE", phone), ("dob", "DATE_OF_BIRTH", p.born), ("addr", "STREET_ADDRESS", p.street),
            ("zip", "POSTCODE", p.postcode), ("ssn", "US_SSN", p.ssn),
        ]  # fmt: skip
        for name, entity, text in cells:
            if entity == "PERSON" or random.random() < 0.85:
                leak.put("exports/members.csv", row, name, [(entity, text, p.number)])


def _orders(leak: MadeLeak, random: np.random.Generator, crowd: list[Someone]) -> None:
    """Write orders as nested JSON: one to three for each buyer, packed by clerks, some through a role mailbox."""
    row = 0
    for p in crowd:
        for _ in range(int(random.integers(1, 4))):
            path = "shop/orders.jsonl"
            older = bool(p.earlier) and random.random() < 0.5
            name, mail = (p.earlier, p.earlier_email) if older else (_misspelt(random, p.name), p.email)
            leak.put(path, row, "buyer.name", [("PERSON", name, p.number)])
            if random.random() < 0.1:
                leak.put(path, row, "buyer.email", [("EMAIL", f"{random.choice(ROLES)}@shop.example", None)])
            elif random.random() < 0.9:
                leak.put(path, row, "buyer.email", [("EMAIL", mail, p.number)])
            if random.random() < 0.6:
                leak.put(path, row, "buyer.phone", [("PHONE", p.landline, p.number)])
            leak.put(path, row, "payment.card", [("CREDIT_CARD", p.card, p.number)])
            clerk = int(random.integers(5))
            leak.put(
                path,
                row,
                "handled_by",
                [("PERSON", f"{GIVEN[clerk]} Packer{'abcde'[clerk]}", f"clerk{clerk}")],
            )
            row += 1


def _chat(leak: MadeLeak, random: np.random.Generator, crowd: list[Someone]) -> None:
    """Write chat rooms: several authors in a record, who give details in free text."""
    for row in range(len(crowd) // 2):
        for place in range(int(random.integers(2, 5))):
            p = crowd[int(random.integers(len(crowd)))]
            author = f"messages[{place}].author"
            if random.random() < 0.7:
                leak.put("rooms.jsonl", row, author, [("PERSON", p.name, p.number)])
            else:
                leak.put("rooms.jsonl", row, author, [("USERNAME", p.login, p.number)])
            words = [("", "please write to", None), ("EMAIL", p.email, p.number)]
            if random.random() < 0.5:
                words = [("", "ring me on", None), ("PHONE", p.mobile, p.number)]
            if random.random() < 0.4:
                leak.put("rooms.jsonl", row, f"messages[{place}].text", words)


def _log(leak: MadeLeak, random: np.random.Generator, crowd: list[Someone]) -> None:
    """Write a log of logins by user name or e-mail, with addresses of the network."""
    for row in range(3 * len(crowd)):
        p = crowd[int(random.integers(len(crowd)))]
        who = ("USERNAME", p.login, p.number) if random.random() < 0.5 else ("EMAIL", p.email, p.number)
        ip = f"192.0.2.{int(random.integers(255))}"
        leak.put("var/auth.log", row, "", [("", "login of", None), who, ("IP_ADDRESS", ip, p.number)])


def _letters(leak: MadeLeak, random: np.random.Generator, crowd: list[Someone]) -> None:
    """Write letters, a file each: name, street, place, then a text with an account or a telephone."""
    for number, p in enumerate(crowd[: len(crowd) // 3]):
        path = f"letters/{number:04d}.txt"
        leak.put(path, 0, "", [("PERSON", p.name, p.number)])
        leak.put(path, 1, "", [("STREET_ADDRESS", p.street, p.number)])
        leak.put(path, 2, "", [("POSTCODE", p.postcode, p.number)])
        leak.put(path, 6, "", [("", "Dear", None), ("PERSON", p.given, p.number)])
        if random.random() < 0.6:
            leak.put(path, 9, "", [("", "your account", None), ("IBAN", p.iban, p.number)])
        if random.random() < 0.6:
            leak.put(path, 11, "", [("", "we tried", None), ("PHONE", p.landline, p.number)])
        leak.put(path, 20, "", [("EMAIL", "office@bank.example", None)])


def _staff(leak: MadeLeak, random: np.random.Generator, crowd: list[Someone]) -> None:
    """Write a table of staff "Family, Given", each with somebody to ring in an emergency."""
    for row, p in enumerate(crowd[: len(crowd) // 2]):
        kin = crowd[len(crowd) - 1 - row]
        path = "hr/staff.csv"
        leak.put(path, row, "employee", [("PERSON", f"{p.family}, {p.given}", p.number)])
        leak.put(path, row, "born", [("DATE_OF_BIRTH", p.born, p.number)])
        leak.put(path, row, "bank", [("IBAN", p.iban, p.number)])
        if random.random() < 0.7:
            leak.put(path, row, "work_email", [("EMAIL", p.email, p.number)])
        leak.put(path, row, "emergency_contact", [("PERSON", kin.name, kin.number)])
        leak.put(path, row, "emergency_phone", [("PHONE", kin.mobile, kin.number)])


def findings_of(spans: pd.DataFrame) -> pd.DataFrame:
    """Give spans as a findings frame, as a detector would that finds everything and invents nothing."""
    from leakkit.frames import FINDINGS
    from leakkit.pii.detector import entities
    from leakkit.pii.masking.case import Case
    from leakkit.pii.masking.values import mask_value

    case = Case(b"only for invented people")
    kinds, texts = spans["entity"].tolist(), spans["value"].astype(str).tolist()
    keys, masked = case.keys(kinds, texts), list(map(mask_value, kinds, texts))
    rows = [
        {
            "path": path, "row": row, "field": name, "start": start, "end": end, "entity": kind,
            "family": entities()[kind].family, "likelihood": "likely", "score": 0.8, "detector": "truth",
            "evidence": f"base:truth:0.80; traits:{case.traits(kind, text)}:0.80", "placeholder": bool(sample),
            "masked": mask, "value_key": key,
        }
        for path, row, name, start, end, sample, kind, text, mask, key in zip(
            spans["path"], spans["row"], spans["field"].fillna(""), spans["start"], spans["end"],
            spans.get("placeholder", pd.Series(False, index=spans.index)), kinds, texts, masked, keys, strict=True,
        )
    ]  # fmt: skip
    return FINDINGS.from_rows(rows)
