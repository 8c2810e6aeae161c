"""One name in several writings: two letters for an umlaut, readings of signs, words that lead to names; whose rows."""

import pyarrow as pa
import pytest

from leakkit.pii.masking.case import Case
from leakkit.pii.masking.writings import digraph_parts, is_whole_in_signs
from leakkit.pii.people.fields import field_of
from leakkit.pii.people.join import people
from leakkit.pii.people.records import mentions_of
from leakkit.pii.record_ids import role_of
from tests.pii.test_people import found, groups, record
from tests.pii.test_people_records import scanned, telephone

SIGNS = "佐藤 健太,鈴木 美咲,高橋 大輔,田中 結衣,渡辺 直樹,伊藤 千尋".split(",")
KANA = "サトウ ケンタ,スズキ ミサキ,タカハシ ダイスケ,タナカ ユイ,ワタナベ ナオキ,イトウ チヒロ".split(",")
ROMAJI = "SATO Kenta,SUZUKI Misaki,TAKAHASHI Daisuke,TANAKA Yui,WATANABE Naoki,ITO Chihiro".split(",")


@pytest.mark.parametrize(
    ("name", "other"),
    [("Jörg Müller", "Joerg Mueller"), ("Åse Sørbø", "Aase Soerboe"), ("Müller, Jörg", "MUELLER J.")],
)
def test_an_umlaut_and_its_two_letters_are_one_name(name, other):
    rows = record("a.csv", 0, name=("PERSON", name), tel=("PHONE", telephone(1)))
    rows += record("sepa.csv", 0, name=("PERSON", other), place=("POSTCODE", "21680"))
    assert groups(found(*rows)) == [4]


def test_two_letters_that_are_no_umlaut_of_the_leak_stay():
    rows = record("a.csv", 0, name=("PERSON", "Michael Nowak"), tel=("PHONE", telephone(1)))
    rows += record("b.csv", 0, name=("PERSON", "Michal Nowak"), mail=("EMAIL", "q1@post.example"))
    assert groups(found(*rows)) == [2, 2]
    assert digraph_parts("Joe Moeller") == []


def test_traits_of_many_names_tell_umlauts_as_those_of_one_do():
    case, names = (
        Case(b"an invented salt of a test"),
        ["Jörg Groß", "Ann Lee", "JÖRG", "Łukasz Öz", "Bob Ray"] * 20,
    )
    made = case.trait_array("PERSON", pa.array(names))
    assert made.to_pylist() == [case.traits("PERSON", name) for name in names]


def test_a_column_of_readings_names_nobody_else():
    rows = []
    for n, (name, kana) in enumerate(zip(SIGNS, KANA, strict=True)):
        rows += record(
            "list.csv",
            n,
            **{"氏名": ("PERSON", name), "フリガナ": ("PERSON", kana), "携帯": ("PHONE", telephone(n))},
        )
        rows += record("scores.csv", n, name=("PERSON", ROMAJI[n]), name_kana=("PERSON", kana))
    assert len(people(found(*rows))) == len(SIGNS)


def test_names_with_and_without_the_blank_between_signs_are_one():
    rows = [
        row
        for n, name in enumerate(SIGNS)
        for row in (
            *record("list.csv", n, name=("PERSON", name), tel=("PHONE", telephone(n))),
            *record("chat.csv", n, sender=("PERSON", name.replace(" ", ""))),
        )
    ]
    assert len(people(found(*rows))) == len(SIGNS)
    assert is_whole_in_signs("長谷川太郎丸") and not is_whole_in_signs("開会式")


@pytest.mark.parametrize(
    ("column", "role"),
    [
        ("保護者氏名", "parent"),
        ("緊急連絡先", "emergency"),
        ("家长电话", "parent"),
        ("보호자 연락처", "parent"),
        ("担任", "teacher"),
        ("responsavel", "parent"),
        ("dr", "doctor"),
        ("氏名", ""),
    ],
)
def test_roles_are_told_by_names_of_columns_in_signs_and_short_words(column, role):
    assert field_of(column).role == role


def test_numbers_of_pupils_are_told_by_names_of_columns_in_signs():
    assert [role_of(name) for name in ("生徒番号", "学号", "학번", "工号", "商品番号")] == [
        "student", "student", "student", "employee", None,
    ]  # fmt: skip


def test_a_pupils_number_beside_the_only_name_is_that_persons():
    rows = []
    for n, name in enumerate(SIGNS):
        rows += record("list.csv", n, no=("ACCOUNT_ID", f"S240{n}"), name=("PERSON", name))
        rows += record("scores.csv", n, student=("ACCOUNT_ID", f"S240{n}"), romaji=("PERSON", ROMAJI[n]))
    assert len(people(found(*rows))) == len(SIGNS)


def test_whom_to_call_in_an_emergency_is_the_guardian_named_beside():
    rows = []
    for n, name in enumerate(SIGNS):
        rows += record(
            "list.csv",
            n,
            name=("PERSON", name),
            born=("DATE_OF_BIRTH", f"2012-03-1{n}"),
            guardian=("PERSON", ROMAJI[n]),
            emergency_phone=("PHONE", telephone(n)),
        )
    frame = people(found(*rows))
    assert len(frame) == 2 * len(SIGNS) and not frame["n_findings"].eq(1).any()


def test_a_column_of_names_beside_many_peoples_numbers_is_of_clerks():
    rows = []
    for n in range(24):
        rows += record(
            "visits.csv",
            n,
            patient_ref=("NATIONAL_ID", f"390.533.447-{n:02}"),
            seen_by=("PERSON", ROMAJI[n % 3]),
        )
        rows += record(
            "patients.csv", n, ref=("NATIONAL_ID", f"390533447{n:02}"), tel=("PHONE", telephone(n))
        )
    assert len(people(found(*rows))) == 24 + 3


def test_the_name_of_a_table_makes_no_column_a_clerks():
    rows = []
    for n in range(12):
        rows += record(
            "dump.sql",
            n,
            **{
                "visits.ref": ("NATIONAL_ID", f"390.533.447-{n:02}"),
                "visits.doctor": ("PERSON", ROMAJI[n % 3]),
                "visits.name": ("PERSON", f"Ann Fa{'abcdefghijkl'[n]}tor"),
            },
        )
    assert sorted(groups(found(*rows)), reverse=True) == [4] * 3 + [2] * 12


def test_teachers_alone_in_a_sheet_of_a_workbook_have_its_telephones():
    rows = []
    for n, name in enumerate(SIGNS):
        rows += record(
            "list.xlsx",
            n,
            **{"講師.講師名": ("PERSON", name), "講師.携帯": ("PHONE", telephone(n))},
        )
        rows += record("list.xlsx", n, **{"生徒.氏名": ("PERSON", ROMAJI[n]), "生徒.担任": ("PERSON", name)})
    frame = people(found(*rows))
    assert len(frame) == 2 * len(SIGNS)


def test_a_firms_telephone_is_nobodys():
    rows = record(
        "dump.sql", 0, name=("ORGANIZATION", "Garage du Port"), no=("COMPANY_ID", "44011667790492"),
        tel=("PHONE", telephone(1)),
    )  # fmt: skip
    rows += record("dump.sql", 1, tel=("PHONE", telephone(2)))
    assert len(people(found(*rows))) == 1


def test_a_card_is_one_persons_in_whatever_letters_it_tells_the_name(tmp_path):
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL:{telephone(n)}\nNOTE:{ROMAJI[n]}\n"
        f"EMAIL:q{n}w@post-akme.test-firm.eu\nEND:VCARD\n"
        for n, name in enumerate(SIGNS)
    )
    assert scanned(tmp_path, cards__vcf=cards).rows == len(SIGNS)


def leading(word, names):
    """Make a table of names in halves and a text whose names begin with a word."""
    rows = []
    for n, name in enumerate(names):
        given, family = name.split()
        rows += record(
            "contacts.csv", n, given_name=("PERSON", given), family_name=("PERSON", family),
            tel=("PHONE", telephone(n)),
        )  # fmt: skip
        rows.append(("calls.txt", n, "", 5, "PERSON", f"{word} {name}"))
    return found(*rows)


def test_a_word_before_many_names_of_the_leak_is_a_preposition_and_no_given_name_is():
    names = "Ann Fox,Bea Lee,Cid Hart,Dora Kent,Emil Moore,Flora Vask".split(",")
    for word, expected in (("de", 2), ("Ann", 3)):
        frame = leading(word, [*names, "Ann Ross"]).reset_index()
        told = [m.name.words for m in mentions_of(frame) if m.name is not None and m.path == "calls.txt"]
        assert max(map(len, told)) == expected


def test_a_purpose_before_given_names_makes_no_people():
    given = "Ann Bea Cid Dora Emil Flora Gus Hugo".split()
    rows = []
    for n, name in enumerate(given):
        rows.append(("sepa.xml", 2 * n, "", 10, "PERSON", f"{name} Fa{'abcdefgh'[n]}tor"))
        rows.append(("sepa.xml", 2 * n + 1, "", 90, "PERSON", f"Beitrag {name}"))
    assert len(people(found(*rows))) == len(given)
