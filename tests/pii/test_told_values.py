"""Numbers, addresses and dates told in words of many languages, or hidden, are found; all values are invented."""

# ruff: noqa: E501, RUF001 - told values read better on one line, in their own scripts

from __future__ import annotations

import pytest

from leakkit.pii.adapter import detect
from leakkit.pii.readings.copy import Copy
from leakkit.pii.readings.numerals import languages
from leakkit.pii.readings.spaced import rejoined, spaced
from leakkit.pii.readings.spoken import addressed, counted
from leakkit.pii.readings.told_dates import dated
from leakkit.pii.validators.dates import told_birth_date


def found(text: str) -> set[tuple[str, str]]:
    """Give values and types found in a text."""
    return {(text[start:end], kind) for start, end, kind, _ in detect([text])[0]}


@pytest.mark.parametrize(
    ("language", "word", "number"),
    [
        ("de", "vierundzwanzig", 24),
        ("de", "fünfhundertsiebzehn", 517),
        ("nl", "drieëndertig", 33),
        ("it", "ventotto", 28),
        ("es", "veintidós", 22),
        ("sv", "fyrtiotvå", 42),
        ("da", "toogfyrre", 42),
        ("hu", "kétszáznegyvenegy", 241),
        ("fi", "neljäkymmentäkaksi", 42),
        ("sl", "štiriindvajset", 24),
        ("cs", "dvaadvacet", 22),
    ],
)
def test_numbers_in_one_word_are_known(language, word, number):
    assert languages()[language].words[word].value == number


@pytest.mark.parametrize(
    ("told", "digits"),
    [
        ("zéro six quarante-deux dix-huit soixante-dix-sept quatre-vingt-dix-neuf", "0642187799"),
        ("sześćset dwa, sto osiem, siedemdziesiąt siedem, zero trzy", "6021087703"),
        ("beş yüz otuz iki, dört yüz on bir, yirmi iki", "53241122"),
        ("nul zes, twaalf vierendertig zesenvijftig achtenzeventig", "0612345678"),
        ("sedm set sedmdesát sedm, sto dvacet tři, čtyři sta padesát šest", "777123456"),
        ("плюс семь, девятьсот три, сто сорок пять, двадцать, ноль девять", "+79031452009"),
        ("дев'яносто сім, сто двадцять три, сорок п'ять, шістдесят сім", "971234567"),
        ("nueve uno, cuatro cuatro siete, treinta y dos, sesenta y cinco", "914473265"),
        ("oh eight two, triple four, 1 9 0 7", "0824441907"),
        ("o86 five five five, 41 98", "0865554198"),
        ("नौ आठ सात दो, तीन चार पांच, एक शून्य छह", "9872345106"),
        ("幺三九 零四四七 二八幺六", "13904472816"),
        ("ゼロハチゼロ、ヨンニイイチロク、ナナサンゴオキュウ".replace("ゴオ", "ゴ"), "08042167359"),
        ("공일공 이삼사오 육칠팔구", "01023456789"),
        ("خمسة وعشرين، صفر ثلاثة أربعة، سبعة ثمانية", "2503478"),
    ],
)
def test_told_numbers_are_put_together(told, digits):
    assert counted(Copy.of(told)).text.replace(" ", "").lstrip("☎") == digits


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("mon numéro : zéro six quarante-deux dix-huit vingt-et-un zéro neuf, après huit heures", "zéro six quarante-deux dix-huit vingt-et-un zéro neuf", "PHONE"),
        ("zadzwoń: pięćset jeden trzysta dwadzieścia cztery sto dziewięć i tyle", "pięćset jeden trzysta dwadzieścia cztery sto dziewięć", "PHONE"),
        ("给我打电话吧，幺三九 零四四七 二八幺六，两三个人", "幺三九 零四四七 二八幺六", "PHONE"),
        ("my pin is four four one nine, dont tell", "four four one nine", "SECRET"),
        ("el pin es siete cero dos cinco, el de siempre", "siete cero dos cinco", "SECRET"),
        ("her social is five one two, forty-four, nineteen oh six, ok", "five one two, forty-four, nineteen oh six", "US_SSN"),
    ],
)  # fmt: skip
def test_told_value_is_found_in_whole(text, value, kind):
    assert (value, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "There were one, two, three, four, five, six of us, and we sang seven eight nine ten all night.",
        "compté : un deux trois quatre cinq six sept huit neuf dix, puis j'ai ouvert les yeux",
        "In neunzehnhundertdreiundachtzig kosteten zwölf Eier zwei Mark vierzig.",
        "twenty three thousand four hundred fifty six, seven thousand eight hundred ninety one",
        "tengo dos o tres dudas, cuatro cosas, cinco minutos y seis problemas",
        "五六七八九十个人，一二三四五六七，三百二十一",
    ],
)
def test_plain_counts_are_no_values(text):
    assert not {kind for _, kind in found(text)} & {"PHONE", "SECRET", "NATIONAL_ID", "CREDIT_CARD"}


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("lucia guion bajo prado arroba correoandino punto com punto pe", "lucia_prado@correoandino.com.pe"),
        ("t punt verhulst apestaartje postduif punt nl", "t.verhulst@postduif.nl"),
        ("anouk tiret martin chez posteclaire point fr", "anouk-martin@posteclaire.fr"),
        ("ivan.sokolov собака pochtadom точка ru", "ivan.sokolov@pochtadom.ru"),
        ("иван точка соколов собака почта точка ру", "иван.соколов@почта.ру"),
        ("lena_k (собака) listok.ru", "lena_k@listok.ru"),
        ("deniz.aksoy kuyruklu a postakutum nokta com nokta tr", "deniz.aksoy@postakutum.com.tr"),
        ("info2 [kuyruklu a] kargocu.com.tr", "info2@kargocu.com.tr"),
        ("tanaka_ryo アットマーク tegami ドット jp", "tanaka_ryo@tegami.jp"),
        ("minseo88 골뱅이 pyeonji 점 kr", "minseo88@pyeonji.kr"),
        ("huong.le a còng thuviet chấm vn", "huong.le@thuviet.vn"),
        ("nikos.p παπάκι grammata τελεία gr", "nikos.p@grammata.gr"),
    ],
)
def test_told_address_is_put_together_and_found(told, address):
    assert addressed(Copy.of(told)).text == address
    assert (told, "EMAIL") in found(f"mail: {told}, ok")


@pytest.mark.parametrize(
    "text",
    ["meet me at ten dot com park", "у меня собака Рекс. точка ру", "look at dot, she is at point zero", "chez moi point final"],
)  # fmt: skip
def test_sentences_with_such_words_are_no_addresses(text):
    assert not {kind for _, kind in found(text)} & {"EMAIL"}


def test_address_that_runs_over_a_line_at_its_host_is_one():
    assert ("kodom@lar\nkpost.net", "EMAIL") in found("got wrapped:\nkodom@lar\nkpost.net\ncell")
    assert ("latoya_g\n@larkpost.net", "EMAIL") in found("got wrapped:\nlatoya_g\n@larkpost.net\ncell")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nació el 3 de mayo de 1941 en Teruel, y murió", "3 de mayo de 1941"),
        ("Eileen, b. 17 April 1938, m. 1960", "17 April 1938"),
        ("zm. 2011, ur. 7 XI 1968 w Tarnowie", "7 XI 1968"),
        ("Brandt, Uwe, geb. 3. März 61, wohnhaft in Celle", "3. März 61"),
        ("陈立，1988年3月4日生，未婚", "1988年3月4日"),
        ("生年月日:昭和52年8月19日 血液型O", "昭和52年8月19日"),
        ("narozena 9. srpna 1955 v Kolíně", "9. srpna 1955"),
        ("született: 1964. február 29. Pécs", "1964. február 29."),
        ("1983 m. gegužės 12 d. gimė Kaune", "1983 m. gegužės 12 d."),
        ("sinh ngày 4 tháng 9 năm 1993 tại Huế", "4 tháng 9 năm 1993"),
        ("Lahir di Medan, 17 Agustus 1986", "17 Agustus 1986"),
        ("ولد في ١٢ مارس ١٩٧٨ بالقاهرة", "١٢ مارس ١٩٧٨"),
        ("DOB 12-JAN-1975, admitted 03-FEB-2024", "12-JAN-1975"),
        ("Иванов, 14.03.1972 г.р., Самара", "14.03.1972"),
        ("* 8. Juli 1943 in Graz, † 2. Mai 2020", "8. Juli 1943"),
    ],
)
def test_whole_date_of_birth_is_one_value(text, value):
    dates = {found_value for found_value, kind in found(text) if kind == "DATE"}
    assert any(value in one and len(one) < len(value) + 3 for one in dates)


@pytest.mark.parametrize(
    ("text", "real"),
    [("3 de mayo de 1941", True), ("7 XI 1968", True), ("5 พฤษภาคม 2526", True), ("40 May 1941", False), ("3 Leute 1941", False), ("3 May 1741", False)],
)  # fmt: skip
def test_dates_have_real_months_and_years(text, real):
    assert told_birth_date(text) is real


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("contract renewed 01/07/2018, that is all", "01/07/2018"),
        ("la luz se la cortaron el 3 de mayo de 2021 por un recibo", "2021"),
        ("Próxima cita el 29/01/2025 con la doctora", "29/01/2025"),
        ("and the meeting is on 12/05/2024 in room five", "12/05/2024"),
        ("the other number 4929 1844 on the receipt is old", "1844"),
    ],
)
def test_days_of_papers_and_visits_are_no_dates_of_birth(text, day):
    assert (day, "DATE") not in found(text)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Geburtsdatum  0 2 . 0 6 . 1 9 6 2", "Geburtsdatum  02.06.1962"),
        ("é 8 3 3 . 7 6 8 . 2 9 0 - 6 3 e não", "é 833.768.290-63 e não"),
        ("no is 3 5 2 3   4 1 4 4   8 2 4 0 kindly", "no is 3523 4144 8240 kindly"),
        ("είναι 2 4 1 0   5 1 5 2 8 6 και", "είναι 2410515286 και"),
        ("D E 6 2  1 2 0 3  0 0 0 0", "DE62 1203 0000"),
        ("seats 1 2 3 4 5 6 7 8 taken", "seats 1 2 3 4 5 6 7 8 taken"),
        ("0 0 0 1 0 0 0 1 0 0 0 1", "0 0 0 1 0 0 0 1 0 0 0 1"),
    ],
)
def test_signs_that_stand_one_by_one_are_put_together(text, new):
    assert spaced(Copy.of(text)).text == new


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("cell (208) 5\n55-0182\nok", "cell (208) 555-0182\nok"),
        ("cell 423.55\n5.0197\nok", "cell 423.555.0197\nok"),
        ("VIN: TMBCYB3X\n0CU670624\n", "VIN: TMBCYB3X0CU670624\n"),
        ("ES72 0182-5519-\n4602-0337-\n1407", "ES72 0182 5519 4602 0337 1407"),
        ("208 555\n209 1234", "208 555\n209 1234"),
        ("in 2019\n2020 and", "in 2019\n2020 and"),
    ],
)
def test_numbers_on_two_lines_are_joined(text, new):
    assert rejoined(Copy.of(text)).text == new


def test_mailbox_behind_a_label_for_addresses_is_a_mailbox():
    text = "adresse : marc.delvaux arobase courrielnord point be, pas de pub svp"
    assert ("marc.delvaux arobase courrielnord point be", "EMAIL") in found(text)


def test_moves_of_chess_are_no_telephones():
    assert counted(Copy.of("14. gxf3 O-O 15. Rac8 Rac8 16. O-O O-O 17. Bxf7#")).text.count("☎") == 0


def test_capitals_of_turkish_tell_the_same_number():
    told = "SIFIR BEŞ OTUZ İKİ, DÖRT YÜZ ON SEKİZ, YİRMİ YEDİ, DOKSAN ALTI"
    assert (told, "PHONE") in found(f"TELEFON {told}. BEKLERİM")


def test_mailboxes_of_a_role_are_told_too():
    assert ("info apestaartje dekade-zuid punt nl", "EMAIL") in found(
        "Mail naar info apestaartje dekade-zuid punt nl t.a.v. S."
    )
    assert not {kind for _, kind in found("I will be at the till at ten dot com is what they call me")} & {
        "EMAIL"
    }


def test_second_date_with_its_own_word_is_no_date_of_birth():
    values = found(
        "Born 7 July 1978, started job 4 March 2019. Data di nascita 05/10/1986; visita del 12/09/2023."
    )
    assert {("7 July 1978", "DATE"), ("05/10/1986", "DATE")} <= values
    assert not {value for value, kind in values if kind == "DATE"} & {"4 March 2019", "12/09/2023"}


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("the second of January nineteen sixty-one, a Monday", "the 2 of January 1961, a Monday"),
        (
            "vinte e três de outubro de mil novecentos e oitenta e quatro em Braga",
            "23 de outubro de 1984 em Braga",
        ),
        ("am dritten März neunzehnhunderteinundsechzig in Köln", "am 3 März 1961 in Köln"),
        ("le quatorze juillet mille neuf cent quatre-vingt-quatre à Lyon", "le 14 juillet 1984 à Lyon"),
        ("first, may I say nineteen people came", "first, may I say nineteen people came"),
    ],
)
def test_dates_in_words_are_put_together(text, new):
    assert dated(Copy.of(text)).text == new


def test_date_of_birth_in_words_is_found_in_whole():
    values = found("Early Riser, born the second of January nineteen sixty-one, and yes I rise early")
    assert any(kind == "DATE" and value.endswith("January nineteen sixty-one") for value, kind in values)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("旅券 TK 0 7 7 4 9 5 3、部屋", "旅券 TK 0774953、部屋"),
        ("box 5 5 3 0 9 4 0 7-6 0 7 3 3 5 6 0. end", "box 5 5 3 0 9 4 0 7-6 0 7 3 3 5 6 0. end"),
        ("seats 1 2 3 5 6 7 8 9 10 11", "seats 1 2 3 5 6 7 8 9 10 11"),
    ],
)
def test_no_part_of_a_longer_run_of_signs_is_put_together(text, new):
    assert spaced(Copy.of(text)).text == new


@pytest.mark.parametrize(
    "text",
    ["the nurse was meant to come yesterday and again on Tuesday", "the house is vacant from 12 Feb on"],
)
def test_days_without_a_year_are_no_dates_of_birth(text):
    assert "DATE" not in {kind for _, kind in found(text)}
