"""Values that look like personal data and are none, and the other way round, told apart; all are invented."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from leakkit.pii.columns.types import column_types
from leakkit.pii.columns.verdict import judge

DICE = random.Random(11)
ROWS = 50
PEOPLE = [
    f"{DICE.choice(['Inger', 'Halvard', 'Solveig', 'Torbjørn'])} {DICE.choice(['Haugen', 'Lien', 'Solberg', 'Moen'])}"
    for _ in range(ROWS)
]
MAILS = [f"k{number}@example.org" for number in range(ROWS)]


def digits(count: int) -> str:
    """Draw digits."""
    return "".join(DICE.choices("0123456789", k=count))


def told(**columns: list[str]) -> dict[str, str | None]:
    """Give the verdict on each column of one table."""
    return {
        name: verdict.entity
        for name, verdict in zip(columns, judge(list(columns), list(columns.values())), strict=True)
    }


def drawn(values: str) -> list[str]:
    """Draw among values with a bar between them."""
    return DICE.choices(values.split("|"), k=ROWS)


@pytest.mark.parametrize(
    "form",
    [
        lambda: f"1.3.6.1.4.1.{DICE.randint(1, 9999)}.{DICE.randint(1, 9)}",
        lambda: f"{DICE.randint(1, 12)}.{DICE.randint(0, 9)}.{DICE.randint(10, 99)}.{digits(4)}",
        lambda: f"{DICE.randint(50, 9999)}-{digits(2)}-{digits(1)}",
    ],
)
def test_versions_paths_of_objects_and_chemicals_are_no_telephones(form) -> None:
    held = told(kunde=PEOPLE, epost=MAILS, phone=[form() for _ in range(ROWS)])
    assert held["phone"] is None


def test_telephones_in_groups_with_points_stay_telephones() -> None:
    values = [f"0{DICE.randint(1, 9)}.{digits(2)}.{digits(2)}.{digits(2)}.{digits(2)}" for _ in range(ROWS)]
    assert told(navn=PEOPLE, tlf=values)["tlf"] == "PHONE"


def test_names_of_ships_are_neither_towns_nor_people() -> None:
    ships = drawn("MV Astrid Solberg|SS Bergen|M/T Kristina|HMS Oslo|MS Karl Johan")
    held = told(vessel_name=ships, master=PEOPLE, mail=MAILS, x=ships)
    assert held["vessel_name"] is None and held["x"] is None and held["master"] == "PERSON"


@pytest.mark.parametrize("values", ["scan_{}.pdf", "avatar{}.webp", "IMG-{}.heic", "report.{}.xlsx"])
def test_names_of_files_are_no_addresses_of_the_web(values: str) -> None:
    held = told(avatar=[values.format(digits(4)) for _ in range(ROWS)], navn=PEOPLE)
    assert held["avatar"] is None


@pytest.mark.parametrize(
    "pair", ["M.|Mme", "Sig.|Sig.ra|Dott.", "Hr.|Fru", "dhr.|mevr.", "Ông|Bà", "Mr|Mrs|Ms|Dr"]
)
def test_forms_of_address_tell_the_gender(pair: str) -> None:
    assert told(anr=drawn(pair), navn=PEOPLE)["anr"] == "GENDER"


def test_titles_without_men_and_women_do_not_tell_it() -> None:
    assert told(anr=drawn("Dr.|Prof.|Ing."), navn=PEOPLE)["anr"] is None


def test_codes_of_languages_are_no_countries() -> None:
    held = told(navn=PEOPLE, country=drawn("ja|en|sv|zh|da"), land=drawn("NO|SE|DK|FI"))
    assert held["country"] is None and held["land"] == "COUNTRY"


def test_countries_are_told_behind_a_word_for_a_thing() -> None:
    held = told(beløp=[digits(3) for _ in range(ROWS)], server_country=drawn("NO|SE|DK|FI|PL"))
    assert held["server_country"] == "COUNTRY"


def test_accounts_behind_the_number_of_their_bank_are_accounts() -> None:
    routed = [f"021000021 / {digits(10)}" for _ in range(ROWS)]
    sorted_ = [f"20-00-{digits(2)} {digits(8)}" for _ in range(ROWS)]
    grouped = [" ".join([digits(2), *(digits(4) for _ in range(6))]) for _ in range(ROWS)]
    held = told(navn=PEOPLE, zz_a=routed, zz_b=sorted_, zz_c=grouped)
    assert [held["zz_a"], held["zz_b"], held["zz_c"]] == ["BANK_ACCOUNT"] * 3


def test_numbers_that_no_bank_has_are_no_accounts() -> None:
    values = [f"99{digits(6)}1 / {digits(10)}" for _ in range(ROWS)]
    assert told(amount=[digits(3) for _ in range(ROWS)], pair=values)["pair"] is None


def test_codes_of_goods_beside_cards_are_no_plates() -> None:
    cards = ["4111111111111111", "5555555555554444", "4012888888881881", "5105105105105100"]
    codes = [f"{''.join(DICE.choices('ABCDEFGHJK', k=3))}-{digits(4)}" for _ in range(ROWS)]
    assert told(betaling=DICE.choices(cards, k=ROWS), ref=codes)["ref"] is None


def test_books_are_no_people_where_their_publishers_stand() -> None:
    books = drawn("Anna Karenina|Jane Eyre|Peer Gynt|Oliver Twist|David Copperfield")
    isbn = [f"978-82-{digits(3)}-{digits(4)}-{digits(1)}" for _ in range(ROWS)]
    assert told(name=books, isbn=isbn, price=[digits(3) for _ in range(ROWS)])["name"] is None
    assert told(name=PEOPLE, title=books, isbn=isbn)["name"] == "PERSON"


def test_given_out_numbers_of_customers_are_no_names_of_accounts() -> None:
    letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
    values = ["acct_" + "".join(DICE.choices(letters, k=6)) + "aB7" + digits(7) for _ in range(ROWS)]
    assert told(acct=values, ip=[f"192.0.2.{n}" for n in range(ROWS)])["acct"] is None


def test_doctors_are_people_by_their_titles_however_few_they_are() -> None:
    held = told(
        navn=PEOPLE, zuständig=drawn("Dr. Zurita|Dra. Arjona|Dr. Lozano"), arzt=drawn("Dr. Lien|Dr. Moen")
    )
    assert held["zuständig"] == "PERSON" and held["arzt"] == "PERSON"


def test_another_word_of_a_name_is_heard_where_the_values_cannot_be_what_the_last_says() -> None:
    phones = [f"9{DICE.choice('12346')}{digits(7)}" for _ in range(ROWS)]
    assert told(nombre=PEOPLE, tfno_fam=phones)["tfno_fam"] == "PHONE"


def test_names_that_speak_of_things_are_not_heard_where_they_hide_people() -> None:
    held = told(
        size=[f"jens.{n}@example.com" for n in range(ROWS)],
        status=[f"192.0.2.{n + 1}" for n in range(ROWS)],
        price=[f"+47 99 {digits(2)} {digits(2)} {digits(2)}" for _ in range(ROWS)],
        level=drawn("Bergen|Tromsø|Stavanger|Bodø|Drammen"),
    )
    assert held["level"] == "CITY"


def test_numbers_of_people_are_told_though_digits_are_hidden() -> None:
    values = [f"{DICE.randint(60, 99)}0{DICE.randint(1, 9)}1{digits(1)}-1******" for _ in range(ROWS)]
    assert told(이름=drawn("김민준|이서연|박도윤|최하은"), 주민번호=values)["주민번호"] == "NATIONAL_ID"


def test_numbers_of_cases_are_no_telephones() -> None:
    cases = [f"{DICE.randint(100, 999)}/{digits(4)}/{DICE.randint(18, 25)}" for _ in range(ROWS)]
    assert told(saksøker=PEOPLE, sak=cases, epost=MAILS)["sak"] is None


def test_paths_of_pictures_are_no_streets() -> None:
    paths = [f"doc/{digits(8)}.jpg" for _ in range(ROWS)]
    assert told(navn=PEOPLE, bilde=paths, epost=MAILS)["bilde"] is None


def test_judges_are_people_by_their_initials_in_any_script() -> None:
    judges = drawn("Георгиев П.А.|Петкова Д.С.|Ангелов К.Т.")
    assert told(ищец=MAILS, состав=judges)["состав"] == "PERSON"


def test_firms_are_told_by_a_legal_form_before_their_name() -> None:
    firms = drawn("UAB Gintaras|UAB Nemunas|SIA Daugava|OÜ Rannarootsi")
    assert told(navn=PEOPLE, partneris=firms)["partneris"] == "ORGANIZATION"


def test_twelve_digits_in_fours_are_no_telephones() -> None:
    values = [f"{digits(4)} {digits(4)} {digits(4)}" for _ in range(ROWS)]
    assert told(navn=PEOPLE, epost=MAILS, inscrição=values)["inscrição"] != "PHONE"


@pytest.mark.parametrize(
    "people",
    [
        [f"{a}　{b}" for a in ("佐々木", "井上", "清水", "斎藤") for b in ("彩", "拓海", "千尋")],
        [f"{a} {b}" for a in ("いのうえ", "しみず", "さいとう") for b in ("あや", "たくみ", "ちひろ")],
        [f"{a} {b}" for a in ("Десислава", "Румен", "Калин") for b in ("Велков", "Христова", "Бонев")],
    ],
)
def test_people_are_told_without_a_name_by_the_form_of_theirs(people: list[str]) -> None:
    samples = [(people * ROWS)[:ROWS], MAILS]
    assert [verdict.entity for verdict in judge([None, None], samples)] == ["PERSON", "EMAIL"]


def test_numbers_of_orders_with_their_day_and_of_entries_with_their_year_are_no_telephones() -> None:
    orders = [f"2024{DICE.randint(1, 12):02}{DICE.randint(1, 28):02}-{digits(6)}" for _ in range(ROWS)]
    entries = [f"{DICE.randint(1950, 2022)}-{digits(4)}" for _ in range(ROWS)]
    held = told(navn=PEOPLE, epost=MAILS, a1=orders, a2=entries)
    assert held["a1"] is None and held["a2"] is None


def test_months_are_no_people() -> None:
    spans = drawn("May-Jun|April|August|Jun-Jul")
    assert told(navn=MAILS, a1=spans)["a1"] is None


def test_a_mother_is_told_by_her_name_though_the_last_word_speaks_of_birth() -> None:
    mothers = drawn("Hedwig Zollner|Mechthild Kirchgässner|Roswitha Brandhuber|Irmgard Obermüller")
    births = [
        f"{DICE.randint(1, 28):02}.{DICE.randint(1, 12):02}.{DICE.randint(1940, 2004)}" for _ in range(ROWS)
    ]
    held = told(**{"geb.": births, "Mutter geb.": mothers})
    assert held == {"geb.": "DATE_OF_BIRTH", "Mutter geb.": "PERSON"}


def test_notes_with_somebodys_telephone_are_no_streets():
    notes = [
        f"deputy during holidays is {name}, {phone}"
        for name, phone in zip(
            ("Wanda Quist", "Arne Falk", "Mia Brandt", "Ole Vinter", "Ida Storm"),
            ("06-00492356", "+46 70-917 68 79", "06 68 16 35 80", "0160 2999916", "+49 176 38958710"),
            strict=True,
        )
    ]
    frame = pd.DataFrame({"note": [*notes, "wants a quote", "no answer"] * 5})
    assert column_types(frame)["entity"].isna().all()


def test_many_names_are_possible_people_whatever_their_column_is_called():
    names = [
        "DACHSEL/OTTO",
        "QUANDT/PAULA",
        "FALK/ARNE",
        "HUBER/ANNA",
        "MAIER/KARL",
        "LANG/EVA",
        "BECK/PAUL",
        "VOGT/ULRIKE",
    ]
    verdict = column_types(pd.DataFrame({"booked_name": [*names, "KRAUS/MIA", "ROTH/LEA"]})).iloc[0]
    assert verdict["entity"] == "PERSON"
    assert verdict["confidence"] >= 0.5


def test_accounts_called_konto_may_be_logins_and_are_no_bank_accounts():
    logins = ["micofala2", "bhubert97", "smeyer1", "dwesack4", "edwohl12", "cchal50"]
    frame = pd.DataFrame({"konto": logins * 3, "rekening": [f"{n}4471289" for n in range(18)]})
    assert column_types(frame)["entity"].tolist()[0] == "USERNAME"
    assert column_types(frame)["entity"].tolist()[1] != "USERNAME"
