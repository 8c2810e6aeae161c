"""Numbers behind a label for them are found in any groups, in many languages; numbers of other things are not."""

from __future__ import annotations

import pytest

from leakkit.pii.adapter import detect
from leakkit.pii.validators.labelled import told_bank_account, told_digits, told_plate, told_vin


def found(text: str) -> set[tuple[str, str]]:
    """Give the values and types found in one text."""
    return {(text[start:end], kind) for start, end, kind, _ in detect([text])[0]}


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("Zapisz: PESEL podał mi sam 921 214 321 90, sprawa 12", "921 214 321 90", "NATIONAL_ID"),
        ("my adhar no is 3 5 2 3   4 1 4 4   8 2 4 0 kindly", "3 5 2 3   4 1 4 4   8 2 4 0", "NATIONAL_ID"),
        ("—¿y el DNI?\n—85 79 16 12 W... espera", "85 79 16 12 W", "NATIONAL_ID"),
        ("[09:01] bot: Informe o CPF.\n[09:02] cliente: 00995860610\n", "00995860610", "NATIONAL_ID"),
        ("CNP-ul meu: 2850714 447188; atât", "2850714 447188", "NATIONAL_ID"),
        ("la C.F. brn mda 61t14 f839 k, grazie", "brn mda 61t14 f839 k", "NATIONAL_ID"),
        ("Пацијент, ЈМБГ 1502949710038, упућен", "1502949710038", "NATIONAL_ID"),
        ("Soical: 306 551 234\nok", "306 551 234", "US_SSN"),
        ("провезла по загранпаспорту 71 4402918 вчера", "71 4402918", "PASSPORT"),
        ("el permiso de conducir 31442907-K caducó", "31442907-K", "DRIVER_LICENSE"),
        ("Führerschein Klasse B, Nr. K2908XT41M7, gültig", "K2908XT41M7", "DRIVER_LICENSE"),
        ("Pierwszy płaci z konta 7585987232, druga nie", "7585987232", "BANK_ACCOUNT"),
        ("akaun maybank 1644 7188 2019, terima kasih", "1644 7188 2019", "BANK_ACCOUNT"),
        ("der will frei parken. kennz. hh oz 4418, steht vorn", "hh oz 4418", "VEHICLE"),
        ("coche: Seat Ibiza gris 4471-kxz, vi", "4471-kxz", "VEHICLE"),
        ("the VIN of the grey one: WVW ZZZ 1KZ 8W 447188, ok", "WVW ZZZ 1KZ 8W 447188", "VEHICLE"),
    ],
)
def test_a_number_behind_its_label_is_found_in_any_groups(text: str, value: str, kind: str) -> None:
    assert (value, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "plates 12 mm thick, 5 kg each",
        "image: tin-router:23.17.21\n3 21 1 * * /usr/bin",
        "the truck of 2019 AB was sold",
        "savings until 12.05.2024 only",
        "licence class B since 2024",
    ],
)
def test_measures_versions_and_dates_behind_a_label_are_no_numbers_of_persons(text: str) -> None:
    kinds = {"NATIONAL_ID", "DRIVER_LICENSE", "BANK_ACCOUNT", "VEHICLE", "PASSPORT"}
    assert not {kind for _, kind in found(text)} & kinds


def test_the_checks_tell_numbers_from_measures_dates_sums_and_cards() -> None:
    assert told_digits("764 809 4533") and not told_digits("000-000-000") and not told_digits("2024-05-06 11")
    assert told_bank_account("003 118 4402 7") and not told_bank_account("4111 1111 1111 1111")
    assert not told_bank_account("1.250,00") and not told_bank_account("12.05.2024")
    assert told_plate("kx 447 zl") and told_plate("kdk 447x") and told_plate("41-882-07")
    assert not told_plate("bmw 320") and not told_plate("12 mm") and not told_plate("of 2019 AB")
    assert told_vin("1hgcm82633a044718") and not told_vin("WVWZZZ1KZ8W44")


def test_days_and_counted_things_are_no_plates() -> None:
    assert [told_plate(text) for text in ("12 May 2020", "form 12-B", "12 and 14", "B-MK 4471")] == [
        False,
        False,
        False,
        True,
    ]
