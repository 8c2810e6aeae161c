"""Verdicts on columns whose values are written in several ways, or stand in several rows; all values are invented."""

from __future__ import annotations

import random

import pytest

from leakkit.pii.columns.verdict import judge

DICE = random.Random(23)
MAILS = [
    f"{name}{i}@example.com" for i in range(20) for name in ("anna", "piotr", "joana", "emre", "kofi", "li")
]


def told(**columns: list[str]) -> dict[str, str | None]:
    """Give what each column of a table is told to be."""
    verdicts = judge(list(columns), list(columns.values()))
    return {name: verdict.entity for name, verdict in zip(columns, verdicts, strict=True)}


def digits(number: int) -> str:
    """Give so many digits."""
    return "".join(DICE.choices("0123456789", k=number))


def again(values: list[str]) -> list[str]:
    """Give 120 rows in which each value stands about three times."""
    return DICE.choices(values, k=120)


def cpf() -> str:
    """Give an invented number of a taxpayer of Brazil with its two check digits."""
    number = [int(d) for d in digits(9)]
    for _ in range(2):
        rest = sum(d * w for d, w in zip(number, range(len(number) + 1, 1, -1), strict=True)) * 10 % 11
        number.append(rest % 10)
    return "".join(map(str, number))


def test_numbers_with_check_digits_written_in_two_ways_are_one_kind() -> None:
    numbers = [cpf() for _ in range(60)]
    dotted = [f"{n[:3]}.{n[3:6]}.{n[6:9]}-{n[9:]}" for n in numbers[:30]]
    assert told(doc=dotted + numbers[30:], e=MAILS[:60])["doc"] in ("NATIONAL_ID", "TAX_ID")
    changed = [n[:-1] + str((int(n[-1]) + 1) % 10) for n in numbers]
    assert told(doc=changed, e=MAILS[:60])["doc"] is None


def test_numbers_of_social_security_with_and_without_joints() -> None:
    numbers = [
        f"{DICE.randrange(1, 600):03}{DICE.randrange(1, 99):02}{DICE.randrange(1, 9999):04}"
        for _ in range(60)
    ]
    joined = [f"{n[:3]}-{n[3:5]}-{n[5:]}" for n in numbers[:25]]
    assert told(col_4=joined + numbers[25:], e=MAILS[:60])["col_4"] == "US_SSN"
    assert told(col_4=numbers, e=MAILS[:60])["col_4"] != "US_SSN"


def test_numbers_of_citizens_who_stand_in_several_rows() -> None:
    citizens = [
        f"4401061{9}{DICE.randrange(50, 99)}0{DICE.randrange(1, 9)}{DICE.randrange(10, 28)}{digits(4)}"
        for _ in range(90)
    ]
    assert told(f2=again(citizens), e=MAILS[:120])["f2"] == "NATIONAL_ID"


def test_cards_of_networks_with_and_without_joints() -> None:
    cards = [f"{DICE.getrandbits(48):012x}" for _ in range(60)]
    joined = [":".join(c[i : i + 2] for i in range(0, 12, 2)) for c in cards[:40]]
    assert told(enhet=joined + [c.upper() for c in cards[40:]], e=MAILS[:60])["enhet"] == "MAC_ADDRESS"
    assert told(enhet=cards, e=MAILS[:60])["enhet"] != "MAC_ADDRESS"


@pytest.mark.parametrize("name", ["ver", "release"])
def test_four_numbers_that_begin_with_small_ones_are_versions(name: str) -> None:
    versions = [
        f"{DICE.randrange(2, 12)}.{DICE.randrange(40)}.{DICE.randrange(40)}.{DICE.randrange(255)}"
        for _ in range(40)
    ]
    addresses = [
        f"{DICE.randrange(2, 220)}.{DICE.randrange(40)}.{DICE.randrange(40)}.{DICE.randrange(255)}"
        for _ in range(40)
    ]
    inside = [f"10.0.{DICE.randrange(40)}.{DICE.randrange(255)}" for _ in range(40)]
    assert told(**{name: versions, "e": MAILS[:40]})[name] is None
    assert told(q=addresses, e=MAILS[:40])["q"] == "IP_ADDRESS"
    assert told(q=inside, e=MAILS[:40])["q"] == "IP_ADDRESS"


def test_breadth_and_length_are_places_on_earth_where_both_are_degrees() -> None:
    breadths = [f"{DICE.uniform(47, 55):.6f}" for _ in range(40)]
    lengths = [f"{DICE.uniform(6, 15):.6f}" for _ in range(40)]
    assert set(told(breite=breadths, laenge=lengths).values()) == {"COORDINATES"}
    boards = [f"{DICE.uniform(100, 900):.1f}" for _ in range(40)]
    assert set(told(breite=boards, laenge=boards[::-1]).values()) == {None}


def test_names_some_of_which_are_shortened() -> None:
    families = (
        "Schneider Fischer Bennett Wagner Dubois Becker Girard Weber Hoffmann Lambert Rousseau Meyer".split()
    )
    given = "Anna Peter Claire Jonas Emily Lucas Sophie Martin".split()
    whole = [f"{g} {f}" for g in given for f in families]
    short = [f"{g[0]} {f}" for g in given for f in families]
    assert told(drv=DICE.sample(whole, 30) + DICE.sample(short, 30), e=MAILS[:60])["drv"] == "PERSON"
    dotted = [f"{g[0]}. {f}" for g in given for f in families][:60]
    assert (
        told(who=[n.upper() if i % 4 else n for i, n in enumerate(dotted)], e=MAILS[:60])["who"] == "PERSON"
    )


def test_names_in_signs_of_few_people_with_families_of_two_signs() -> None:
    people = [
        family + given
        for family in ("马", "欧阳", "赵", "孙", "高")
        for given in ("志强", "浩然", "秀英", "晓燕", "建国")
    ]
    phones = [f"1{DICE.choice('3589')}{digits(9)}" for _ in range(120)]
    assert told(f1=again(people), f3=phones, e=MAILS[:120])["f1"] == "PERSON"
    states = again(["已完成", "处理中", "已取消", "待支付", "高优先"])
    assert told(f1=states, f3=phones, e=MAILS[:120])["f1"] is None


def test_plates_of_vehicles_that_stand_in_several_rows() -> None:
    frames = [f"WBA{DICE.randrange(10, 99)}F8D7PS{digits(6)}" for _ in range(120)]
    plates = [
        f"{DICE.randrange(1, 81):02}{''.join(DICE.choices('ABCDEFGHJK', k=2))}{digits(3)}" for _ in range(90)
    ]
    assert told(no=again(plates), sasi=frames, e=MAILS[:120])["no"] == "LICENSE_PLATE"


def test_postcodes_in_small_letters_beside_towns() -> None:
    towns = again(
        "Leeds Bristol Cardiff Dundee York Exeter Norwich Oxford Preston Swansea Derby Lincoln".split()
    )
    codes = [
        f"{DICE.choice(('ls', 'BS', 'cf', 'DD', 'ox'))}{DICE.randrange(1, 20)} {DICE.randrange(1, 9)}"
        for _ in range(120)
    ]
    codes = [
        c + (tail.lower() if i % 2 else tail)
        for i, (c, tail) in enumerate((c, "".join(DICE.choices("ABDEFGHJLN", k=2))) for c in codes)
    ]
    assert told(c=towns, d=codes, e=MAILS[:120])["d"] == "POSTCODE"


def test_numbers_of_citizens_and_foreigners_of_one_country_are_one_kind() -> None:
    letters = "TRWAGMYFPDXBNJZSQVHLCKE"
    citizens = [int(digits(8)) for _ in range(40)]
    foreign = [int(digits(7)) for _ in range(20)]
    numbers = [f"{n:08}-{letters[n % 23]}" for n in citizens] + [f"X{n:07}{letters[n % 23]}" for n in foreign]
    assert told(col_2=numbers, e=MAILS[:60])["col_2"] == "NATIONAL_ID"


def test_cards_of_patients_are_no_cards_of_banks() -> None:
    weights = range(15, 0, -1)
    numbers: list[str] = []
    while len(numbers) < 40:
        number = DICE.choice("789") + digits(14)
        if sum(int(d) * w for d, w in zip(number, weights, strict=True)) % 11 == 0:
            numbers.append(number)
    assert told(cartao=numbers, e=MAILS[:40])["cartao"] == "MEDICAL_ID"


def test_surnames_with_initials_under_a_name_of_something_else() -> None:
    families = (
        "Schneider Fischer Bennett Wagner Becker Girard Weber Hoffmann Lambert Rousseau Meyer Moreau".split()
    )
    people = [f"{initial}. {family}" for initial in "ABCDEF" for family in families]
    assert told(op=people, e=MAILS[:72])["op"] == "PERSON"


def test_degrees_under_y_and_x_are_far_from_zero() -> None:
    assert set(
        told(
            y=[f"{DICE.uniform(30, 47):.5f}" for _ in range(40)],
            x=[f"{DICE.uniform(-117, -85):.5f}" for _ in range(40)],
        ).values()
    ) == {"COORDINATES"}
    assert set(
        told(
            y=[f"{DICE.gauss(0, 1):.5f}" for _ in range(40)], x=[f"{DICE.gauss(0, 1):.5f}" for _ in range(40)]
        ).values()
    ) == {None}


def test_genders_with_a_few_other_answers() -> None:
    answers = ["femme"] * 60 + ["homme"] * 50 + ["FEMME", "homme", "nsp", "nsp", "autre", "non-binaire"]
    assert told(genre=answers, e=MAILS[:116])["genre"] == "GENDER"
    assert told(gsl=["m"] * 40 + ["v"] * 40 + ["x"], e=MAILS[:81])["gsl"] == "GENDER"
    assert told(genre=["rock"] * 60 + ["jazz"] * 50 + ["femme"] * 6, e=MAILS[:116])["genre"] is None


def test_a_word_for_codes_over_numbers_of_taxpayers() -> None:
    numbers = [
        f"{''.join(DICE.choices('ABCDEFGHIJ', k=4))}{DICE.randrange(50, 99)}0{DICE.randrange(1, 9)}12AY{digits(1)}"
        for _ in range(40)
    ]
    assert told(clave2=numbers, e=MAILS[:40])["clave2"] == "TAX_ID"
