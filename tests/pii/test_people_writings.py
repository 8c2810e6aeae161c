"""One name in two alphabets, and in signs without a blank; all people are invented."""

import pytest

from leakkit.pii.people.join import people
from tests.pii.test_people import found, groups, record


def entry(row, *values, path="people.ldif"):
    return [(path, row + place, "", at, entity, text) for place, (at, entity, text) in enumerate(values)]


def directory(path="people.ldif"):
    entries = [
        ("Hanako Kijima", "木嶋 花子", "hana1@post.example"),
        ("Taro Usami", "宇佐美 太郎", "usami2@post.example"),
        ("Ren Kijima", "木嶋 蓮", "ren3@post.example"),
    ]
    lines = []
    for number, (latin, signs, mail) in enumerate(entries):
        told = (4, "PERSON", latin), (13, "PERSON", signs), (6, "EMAIL", mail)
        lines += entry(6 * number, *told, path=path)
    return lines


def test_a_directory_tells_names_in_two_alphabets_and_other_files_either():
    assert groups(found(*directory())) == [3, 3, 3]
    minutes = [("minutes.txt", 1, "", at, "PERSON", name) for at, name in ((4, "木嶋 花子"), (20, "木嶋 蓮"))]
    mail = record("a.csv", 0, name=("PERSON", "Taro Usami"), tel=("PHONE", "03-5550-0123"))
    assert len(people(found(*directory(), *minutes, *mail))) == 3


def test_a_name_in_signs_is_the_same_without_its_blank():
    one = record("a.csv", 0, name=("PERSON", "林 花子"), mail=("EMAIL", "h1@post.example"))
    other = record("b.csv", 0, name=("PERSON", "林花子"), tel=("PHONE", "03-5550-0123"))
    assert len(people(found(*one, *other))) == 1


@pytest.mark.parametrize(
    ("first", "second"), [("name_kanji", "name_romaji"), ("氏名", "name_en"), ("name", "name_native")]
)
def test_columns_of_one_name_in_two_alphabets_are_one_person(first, second):
    row = {
        first: ("PERSON", "木嶋 花子"),
        second: ("PERSON", "Hanako Kijima"),
        "mail": ("EMAIL", "h1@post.example"),
    }
    other = record("b.csv", 3, holder=("PERSON", "Hanako Kijima"), tel=("PHONE", "03-5550-0123"))
    assert len(people(found(*record("a.csv", 0, **row), *other))) == 1


def test_columns_of_two_people_stay_two_in_whatever_alphabets():
    row = {
        "customer": ("PERSON", "木嶋 花子"),
        "agent": ("PERSON", "Amy Lee"),
        "mail": ("EMAIL", "h1@post.example"),
    }
    assert len(people(found(*record("a.csv", 0, **row)))) == 2


def test_names_whose_letters_can_be_compared_are_one_only_if_they_agree():
    wife = entry(
        0, (4, "PERSON", "Olga Ivanova"), (13, "PERSON", "Олег Иванов"), (6, "EMAIL", "o1@post.example")
    )
    rest = [(path, row + 6, *more) for path, row, *more in directory()]
    assert len(people(found(*wife, *rest))) == 5


def test_a_reading_in_kana_is_no_other_person():
    row = {
        "氏名": ("PERSON", "木嶋 花子"),
        "フリガナ": ("PERSON", "キジマ ハナコ"),
        "mail": ("EMAIL", "h1@post.example"),
    }
    assert len(people(found(*record("a.csv", 0, **row)))) == 1


@pytest.mark.parametrize(
    ("own", "written"),
    [
        ("Юргин Сергей Ильич", "SERGEY YURGIN"),
        ("Воробьёва Алёна Игоревна", "ALYONA VOROBYEVA"),
        ("Воробьёва Алёна Игоревна", "Alena Vorobeva"),
        ("Гайдай Евгений Юрьевич", "YEVGENY GAIDAI"),
        ("Гайдай Евгений Юрьевич", "EVGENY GAYDAY"),
        ("Шевчук Андрій Йосипович", "Andrii Shevchuk"),
    ],
)
def test_the_holder_of_an_account_is_one_person_in_whatever_way_the_name_is_written(own, written):
    client = record("clients.csv", 0, name=("PERSON", own), account=("BANK_ACCOUNT", "40817810000000000011"))
    party = [
        ("mt103.txt", 0, "party", 1, "BANK_ACCOUNT", "40817810000000000011"),
        ("mt103.txt", 0, "party", 22, "PERSON", written),
    ]
    assert len(people(found(*client, *party))) == 1
    stranger = [(*party[1][:5], "OLEG PETRENKO")]
    assert len(people(found(*client, party[0], *stranger))) == 2


def test_a_name_and_a_fathers_name_are_of_whom_both_alphabets_know():
    client = record("clients.csv", 0, name=("PERSON", "Юргин Сергей Ильич"), tel=("PHONE", "8 912 555-12-34"))
    party = record("mt.csv", 0, name=("PERSON", "SERGEY YURGIN"), tel=("PHONE", "8 912 555-12-34"))
    spoken = [("calls.txt", 4, "", 4, "PERSON", "Сергей Ильич")]
    assert len(people(found(*party, *client, *spoken))) == 1


def test_an_account_beside_names_in_two_alphabets_is_one_persons():
    one = record("issues.csv", 0, name=("PERSON", "박지훈"), login=("USERNAME", "jhpark7"))
    other = record("tickets.csv", 4, holder=("PERSON", "Jihoon Park"), login=("USERNAME", "jhpark7"))
    wife = record("tickets.csv", 5, holder=("PERSON", "Hana Moor"), login=("USERNAME", "jhpark7"))
    assert len(people(found(*one, *other))) == 1
    assert len(people(found(*one, *other, *wife))) > 1


def test_numbers_tell_people_whose_names_are_written_in_several_ways_beside_another_alphabet():
    written = [
        ("خالد الحربي", "Khalid Alharbi", "Khaled Al-Harbi", "1048200011"),
        ("نورة الشمري", "Noura Alshammari", "Norah Al Shamri", "1048200022"),
        ("يوسف العتيبي", "Yousef Alotaibi", "Yusuf Al-Utaybi", "1048200033"),
        ("سارة القحطاني", "Sara Alqahtani", "Sarah Al-Kahtani", "1048200044"),
    ]
    rows = []
    for row, (own, first, second, number) in enumerate(written):
        rows += record("kyc.csv", row, name=("PERSON", own), id_no=("NATIONAL_ID", number))
        rows += record("paid.csv", row, payee=("PERSON", first), payee_id=("NATIONAL_ID", number))
        rows += record("paid.csv", 9 + row, payee=("PERSON", second), payee_id=("NATIONAL_ID", number))
    assert len(people(found(*rows))) == 4


@pytest.mark.parametrize(
    ("signs", "latin"),
    [
        ("गीता कुलकर्णी", "Geeta Kulkarni"),
        ("विनोद श्रीवास्तव", "Vinod Srivastava"),
        ("राजेश दीक्षित", "Rajesh Dixit"),
        ("कविता सिंह", "Kavita Singh"),
    ],
)
def test_a_name_in_devanagari_is_the_latin_one_of_the_same_telephone(signs, latin):
    rows = record(
        "a.csv", 0, name=("PERSON", latin), tel=("PHONE", "+91 91234 56780"), id=("EMAIL", "x1@post.example")
    )
    rows += record("a.csv", 1, name=("PERSON", "Anil Negi"), tel=("PHONE", "+91 91234 56780"))
    rows += record("b.csv", 0, name=("PERSON", signs), tel=("PHONE", "9123456780"))
    assert groups(found(*rows)) == [5, 2]


def test_relatives_in_devanagari_stay_two():
    rows = record("a.csv", 0, name=("PERSON", "सरिता रावत"), tel=("PHONE", "9123456780"))
    rows += record("a.csv", 1, name=("PERSON", "सुनील रावत"), tel=("PHONE", "9123456780"))
    assert groups(found(*rows)) == [2, 2]


def test_a_whole_name_in_katakana_without_a_blank_is_a_person_and_a_half_is_none():
    paid = record("paid.csv", 0, name=("PERSON", "モリシタハルカ"), konto=("BANK_ACCOUNT", "1234561"))
    half = record("paid.csv", 1, name=("PERSON", "ハルカ"), konto=("BANK_ACCOUNT", "1234562"))
    assert len(people(found(*paid, *half))) == 1


def test_a_household_of_two_alphabets_under_one_number_is_several_people():
    names = [
        ("दिनेश पटेल", "Dinesh Patel"),
        ("मीना शर्मा", "Meena Sharma"),
        ("गणेश यादव", "Ganesh Yadav"),
        ("राधा गुप्ता", "Radha Gupta"),
    ]
    rows = []
    for n, (own, latin) in enumerate(names):
        card = ("NATIONAL_ID", f"RC23001{n}")
        rows += record("holders.csv", n, name=("PERSON", own), card=card)
        rows += record("members.csv", 2 * n, member=("PERSON", latin), card=card)
        relative = f"Vimla {latin.split()[1]}"
        rows += record("members.csv", 2 * n + 1, member=("PERSON", relative), card=card)
    assert len(people(found(*rows))) == 8


def test_guardians_in_greek_are_others_than_pupils_and_than_whoever_has_their_telephone():
    pupils = [
        ("ΜΑΚΡΗΣ", "ΑΝΔΡΕΑΣ"),
        ("ΚΟΝΤΟΥ", "ΣΟΦΙΑ"),
        ("ΒΛΑΧΟΥ", "ΜΑΡΙΑ"),
        ("ΞΕΝΑΚΗΣ", "ΣΤΕΛΙΟΣ"),
        ("ΖΕΡΒΑ", "ΕΛΕΝΗ"),
    ]
    guardians = ["Μακρή Άννα", "Κοντού Μαρίνα", "Βλάχος Βασίλης", "Ξενάκη Μαρία", "Ζέρβας Νίκος"]
    latin = ["Anna Makri", "Marina Kontou", "Vasilis Vlachos", "Maria Xenaki", "Nikos Zervas"]
    rows = []
    for n, (family, given) in enumerate(pupils):
        phone = ("PHONE", f"+3069421234{n:02}")
        rows += record(
            "roster.html",
            n,
            ΕΠΩΝΥΜΟ=("PERSON", family),
            ΟΝΟΜΑ=("PERSON", given),
            Κηδεμόνας=("PERSON", guardians[n]),
            Κινητό=phone,
        )
        rows += record("chat.csv", n, onoma=("PERSON", latin[n]), kinito=phone)
    assert len(people(found(*rows))) == 10
