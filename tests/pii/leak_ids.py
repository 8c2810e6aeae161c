"""Invented identity numbers of many countries with valid check digits, for the second leak generator."""

# ruff: noqa: E501 - whole templates and lists read better on one line
from __future__ import annotations

import datetime
import random
from importlib import import_module

LETTERS = "ABCDEFGHJKLMNPRSTVWXYZ"

NATIONAL = {
    "gb.nhs": ("### ### ####|##########", "nhs number|NHS no"),
    "gb.utr": ("##########", "utr|unique taxpayer reference"),
    "de.idnr": ("## ### ### ###|###########", "steuer-id|steueridentifikationsnummer|tax id"),
    "fr.nir": ("1%y%m75######&&|2 %y %m 13 ### ### &&", "nir|numéro de sécurité sociale|insee"),
    "es.dni": ("########K", "dni|nif|documento"),
    "es.nie": ("X#######K|Y#######K", "nie|numero de extranjero"),
    "nl.bsn": ("#########", "bsn|burgerservicenummer"),
    "be.nn": ("%y.%m.%d-###.&&", "rijksregisternummer|numéro national"),
    "pt.nif": ("2########|1########", "nif|contribuinte"),
    "pl.pesel": ("%y%m%d#####", "pesel|nr pesel"),
    "cz.rc": ("%y%m%d/####", "rodné číslo|rc"),
    "ro.cnp": ("1%y%m%d12###&|2%y%m%d40###&", "cnp|cod numeric personal"),
    "bg.egn": ("%y%m%d####", "egn|ЕГН"),
    "hr.oib": ("###########", "oib|osobni identifikacijski broj"),
    "si.emso": ("%d%m9%y50####", "emšo|emso"),
    "ee.ik": ("3%y%m%d####|4%y%m%d####", "isikukood|personal code"),
    "lt.asmens": ("3%y%m%d####|4%y%m%d####", "asmens kodas|personal code"),
    "fi.hetu": ("%d%m%y-###K", "henkilötunnus|hetu"),
    "se.personnummer": ("%y%m%d-####", "personnummer|pnr"),
    "no.fodselsnummer": ("%d%m%y#####", "fødselsnummer|fodselsnummer"),
    "dk.cpr": ("%d%m%y-####", "cpr|cpr-nummer"),
    "is_.kennitala": ("%d%m%y-###9", "kennitala"),
    "ie.pps": ("#######K", "pps|pps number"),
    "at.vnr": ("####%d%m%y|#### %d%m%y", "svnr|sozialversicherungsnummer"),
    "ch.ssn": ("756.####.####.##", "ahv|ahv-nummer|avs"),
    "gr.amka": ("%d%m%y#####", "amka|αμκα"),
    "tr.tckimlik": ("1#########&|4#########&", "tc kimlik no|tckn"),
    "il.idnr": ("########&", "teudat zehut|id number"),
    "za.idnr": ("%y%m%d5###08#", "sa id number|id number"),
    "in_.aadhaar": ("#### #### ####|############", "aadhaar|aadhaar no|uidai"),
    "in_.pan": ("KKKPK####K", "pan|pan card|pan number"),
    "br.cpf": ("###.###.###-##|###########", "cpf|cpf do titular"),
    "ar.cuit": ("20-########-#|27########&", "cuit|cuil"),
    "cl.rut": ("1#.###.###-&|9.###.###-&", "rut|run"),
    "co.nit": ("#########-#", "nit"),
    "ec.ci": ("17########", "cédula|cedula"),
    "kr.rrn": ("%y%m%d-1######|%y%m%d-2######", "주민등록번호|rrn|resident registration number"),
    "cn.ric": ("11010519%y%m%d###&|44030619%y%m%d###&", "身份证号|id card number|身份证"),
    "th.pin": ("#-####-#####-##-#", "เลขประจำตัวประชาชน|thai id"),
    "my.nric": ("%y%m%d-14-####", "nric|ic no"),
    "id.nik": ("3171##%d%m%y000#", "nik|no ktp"),
    "pk.cnic": ("35202-#######-#", "cnic|cnic no"),
    "au.tfn": ("### ### ###", "tfn|tax file number"),
    "nz.ird": ("##-###-###", "ird|ird number"),
    "ca.sin": ("### ### ###|###-###-###", "sin|social insurance number|nas"),
    "us.itin": ("9##-7#-####", "itin"),
    "mx.curp": ("KAKK%y%m%dHDFKKK0#|KAKK%y%m%dMJCKKK0#", "curp"),
    "do.cedula": ("001-#######-#", "cédula de identidad"),
    "ru.inn": ("77##########", "инн|inn"),
    "ua.rntrc": ("3#########", "рнокпп|ipn"),
}
"""Module of python-stdnum: shapes (# digit, K letter, & check mark tried) and telling names."""


def fill(shape: str, rng: random.Random) -> str:
    """Fill a shape: # digit, K letter, & last check mark, %y %m %d of one random date of birth."""
    born = datetime.date(1940, 1, 1) + datetime.timedelta(days=rng.randrange(23_000))
    for mark, value in (("%y", f"{born:%y}"), ("%m", f"{born:%m}"), ("%d", f"{born:%d}")):
        shape = shape.replace(mark, value)
    swap = {"#": "0123456789", "&": "0123456789", "K": LETTERS}
    return "".join(rng.choice(swap[c]) if c in swap else c for c in shape)


def national(rng: random.Random, module: str) -> str:
    """Draw numbers of a country's shape until the check digits hold."""
    check = import_module(f"stdnum.{module}")
    shape = rng.choice(NATIONAL[module][0].split("|"))
    for _ in range(20_000):
        value = fill(shape, rng)
        if check.is_valid(value):
            return value
    raise AssertionError(f"no valid number for {module}")


def nino(rng: random.Random) -> str:
    """Make a UK national insurance number."""
    head = rng.choice("ABCEGHJKLMPRSTWXYZ") + rng.choice("ABCEGHJKLMPRSTWXYZ")
    return fill(rng.choice(("## ## ## ", "######")), rng).join(
        (head + rng.choice(("", " ")), rng.choice("ABCD"))
    )


def ssn(rng: random.Random) -> str:
    """Make a US social security number of an issuable range."""
    area = rng.choice([a for a in range(1, 900) if a != 666])
    return f"{area:03d}-{rng.randrange(1, 100):02d}-{rng.randrange(1, 10_000):04d}"


def card(rng: random.Random) -> str:
    """Make a card number with a valid Luhn digit."""
    prefix, length = rng.choice(
        [("4", 16), ("51", 16), ("54", 16), ("2231", 16), ("37", 15), ("6011", 16), ("3530", 16)]
    )
    body = prefix + "".join(rng.choice("0123456789") for _ in range(length - len(prefix) - 1))
    total = sum(sum(divmod(int(c) * (2 - i % 2), 10)) for i, c in enumerate(reversed(body)))
    number = body + str(-total % 10)
    parts = (
        [number[:4], number[4:10], number[10:]]
        if length == 15
        else [number[i : i + 4] for i in range(0, 16, 4)]
    )
    return rng.choice(("", "", " ", "-")).join(parts)


IBANS = {"GB": "KKKK##############", "DE": "##################", "NL": "KKKK##########", "AT": "################", "CH": "#################",
         "PL": "########################", "SE": "####################", "DK": "##############", "IE": "KKKK##############", "LT": "################",
         "LU": "################", "GR": "#######################", "RO": "KKKK################", "LV": "KKKK#############", "TR": "#####0################",
         "SA": "####################", "AE": "###################", "CY": "########################"}  # fmt: skip


def iban(rng: random.Random) -> str:
    """Make an IBAN whose check digits hold."""
    country = rng.choice(sorted(IBANS))
    body = fill(IBANS[country], rng)
    value = int("".join(str(int(c, 36)) for c in body + country + "00"))
    number = f"{country}{98 - value % 97:02d}{body}"
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4)) if rng.random() < 0.4 else number


VIN_VALUES = dict(
    zip(
        "ABCDEFGHJKLMNPRSTUVWXYZ",
        (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
        strict=True,
    )
)
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin(rng: random.Random) -> str:
    """Make a vehicle identification number with its check mark (ISO 3779, 49 CFR 565)."""
    start = rng.choice(("1FT", "WVW", "JHM", "2HG", "WBA", "3VW", "KMH", "5YJ"))
    marks = list(start + "".join(rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(14)))
    marks[9:10] = rng.choice("PRSTVWX123456789")
    total = sum(
        w * (int(c) if c.isdigit() else VIN_VALUES[c]) for w, c in zip(VIN_WEIGHTS, marks, strict=True)
    )
    marks[8] = "0123456789X"[total % 11]
    return "".join(marks)


def plate(rng: random.Random) -> str:
    """Make a registration plate of one of ten countries."""
    shapes = "KK## KKK|K-KK ####|KK-###-KK|#### KKK|KK ### KK|KKK-####|#KKK###|KK ## K ####|KK#### K|B KK ###"
    return fill(rng.choice(shapes.split("|")), rng)


def passport(rng: random.Random) -> str:
    """Make a passport number of a common shape."""
    return fill(rng.choice(("#########", "K########", "KK#######", "C01X##K##", "##KK#####")), rng)


def licence(rng: random.Random) -> str:
    """Make a driving licence number of a common shape."""
    return fill(
        rng.choice(
            ("K#######", "K###-####-####", "KKKKK9##%m%d9KKKKK"[:16] + "##", "B072RRE####", "########")
        ),
        rng,
    )
