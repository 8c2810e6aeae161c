"""Tables whose texts were read in a wrong encoding, or whose whole numbers are floats; all values are invented."""

from __future__ import annotations

import pandas as pd
import pytest

from leakkit.pii.columns.mended import mended
from leakkit.pii.columns.types import column_types

TABLES = {
    "cp1253": (
        {
            "Επώνυμο": ["Μαυρίδης", "Καραγιάννη", "Παπαδάκης", "Οικονόμου", "Ζαφειρίου"],
            "Πόλη": ["Βόλος", "Πάτρα", "Χανιά", "Λάρισα", "Καβάλα"],
            "Ποσό": ["12,50", "8,10", "99,00", "4,20", "7,70"],
        },
        ["PERSON", "CITY", "nothing"],
    ),
    "cp949": (
        {
            "이름": ["김민준", "이서연", "박도윤", "최하은", "정지호"],
            "성별": ["남", "여", "남", "여", "여"],
            "상품": ["겨울 코트", "무선 이어폰", "등산화", "겨울 코트", "등산화"],
        },
        ["PERSON", "GENDER", "nothing"],
    ),
    "cp1250": (
        {
            "příjmení": ["Kovařík", "Dvořáček", "Růžičková", "Šťastný", "Žižka"],
            "č. pasu": ["41230987", "39871234", "40019283", "38172635", "41998877"],
            "množství": ["4", "17", "2", "9", "31"],
        },
        ["PERSON", "PASSPORT", "nothing"],
    ),
    "utf-8": (
        {
            "imię": ["Grażyna", "Łucja", "Świętosława", "Żaneta", "Bożena"],
            "płeć": ["K", "K", "M", "K", "M"],
            "uwagi": ["późno", "zwrot", "późno", "", "zwrot"],
        },
        ["PERSON", "GENDER", "nothing"],
    ),
}


def verdicts(frame: pd.DataFrame) -> list[str]:
    """Give the verdicts on a frame's columns."""
    return column_types(frame)["entity"].fillna("nothing").tolist()


@pytest.mark.parametrize("codec", TABLES)
def test_a_table_read_as_latin_1_is_judged_as_the_one_that_was_written(codec: str) -> None:
    columns, expected = TABLES[codec]
    frame = pd.DataFrame(columns)
    misread = pd.DataFrame(
        {
            name.encode(codec).decode("latin-1"): [value.encode(codec).decode("latin-1") for value in values]
            for name, values in columns.items()
        }
    )
    assert verdicts(frame) == expected
    assert verdicts(misread) == expected


def test_the_names_of_columns_stay_as_the_table_has_them() -> None:
    name = "Πόλη".encode("cp1253").decode("latin-1")
    values = [town.encode("cp1253").decode("latin-1") for town in ("Βόλος", "Πάτρα", "Χανιά", "Λάρισα")]
    assert column_types(pd.DataFrame({name: values}))["column"].tolist() == [name]


@pytest.mark.parametrize(
    "words",
    [
        ["Müller", "Jäger", "Größe", "Façade"],
        ["François", "Zoë", "Élodie", "São"],
        ["Peñalver", "¿Qué?", "«Años»", "Íñigo"],
        ["Ærø", "Ångström", "Ø", "Åå"],
        ["Ñandú", "°C", "£5", "½"],
        ["Герасим", "Ольга", "Ö", "Пётр"],
    ],
)
def test_texts_that_were_read_rightly_are_left_alone(words: list[str]) -> None:
    assert mended(["Straße"], [words]) == (["Straße"], [words])


def test_whole_numbers_written_as_floats_are_judged_as_numbers() -> None:
    frame = pd.DataFrame(
        {
            "telefon": [f"4477009001{i}.0" for i in range(10, 30)],
            "doğum yılı": [f"{1950 + 2 * i}.0" for i in range(20)],
            "posta kodu": [f"{34000 + 117 * i}.0" for i in range(20)],
            "tutar": [f"{i * 13}.5" for i in range(20)],
        }
    )
    assert verdicts(frame) == ["PHONE", "DATE_OF_BIRTH", "POSTCODE", "nothing"]


def test_prices_of_which_some_are_whole_keep_their_point() -> None:
    values = ["12.0", "13.5", "9.0", "7.25"]
    assert mended(["p"], [values])[1] == [values]
