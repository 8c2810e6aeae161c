"""The same person under several writings of a name; all values are invented."""

import pytest

from leakkit.pii.masking.writings import is_whole_in_signs, name_parts, other_forms, script_of
from leakkit.pii.people.join import count_people, people
from leakkit.pii.people.mentions import Group
from leakkit.pii.people.names import Resolution
from leakkit.pii.people.namesakes import same_share
from tests.pii.test_people import found, groups, record


def test_a_short_form_of_a_given_name_is_the_person_where_a_telephone_agrees():
    one = record("a.csv", 0, n=("PERSON", "William Ostberg"), t=("PHONE", "020 7946 0001"))
    other = record("b.csv", 0, n=("PERSON", "Bill Ostberg"), t=("PHONE", "020 7946 0001"))
    brother = record("c.csv", 0, n=("PERSON", "Walter Ostberg"), t=("PHONE", "020 7946 0001"))
    assert groups(found(*one, *other)) == [4]
    assert len(people(found(*one, *other, *brother))) == 2


def test_a_short_form_alone_is_the_only_one_of_its_full_name():
    one = record("a.csv", 0, n=("PERSON", "William Ostberg"), m=("EMAIL", "wo1@post.example"))
    short = record("b.csv", 0, n=("PERSON", "Bill Ostberg"))
    assert len(people(found(*one, *short))) == 1
    assert len(people(found(*one, *record("b.csv", 0, n=("PERSON", "Bob Ostberg"))))) == 2


def test_people_of_a_cell_with_a_short_form_stay_several():
    cell = [("s.csv", 0, "crew", 0, "PERSON", "Ann Lee, Bob Fox, Cy Day")]
    assert len(people(found(*cell, *record("t.csv", 0, lead=("PERSON", "Ann Lee"))))) == 3


def test_an_initial_of_two_latin_letters_is_an_initial():
    assert name_parts("МЕЛЬНИКОВ А.Ю.")[:3] == ["melnikov", "a", "y"]
    whole = record("a.csv", 0, n=("PERSON", "Мельников Аполлон Юлианович"), m=("EMAIL", "ap1@post.example"))
    assert len(people(found(*whole, *record("b.csv", 0, n=("PERSON", "МЕЛЬНИКОВ А.Ю."))))) == 1


@pytest.mark.parametrize("text", ["胡女士", "王先生", "이씨", "佐藤様"])
def test_a_family_name_and_a_title_in_signs_are_no_whole_name(text):
    assert not is_whole_in_signs(text)
    assert len(people(found(("chat.txt", 0, "", 0, "PERSON", text)))) == 0


def test_scripts_and_full_forms_are_told():
    assert script_of("鈴木 聡太郎") == script_of("スズキ") == "cjk" and script_of("Jörg Öst") == ""
    assert "robert" in other_forms("Bob Quint") and not other_forms("Robert Quint")


def test_an_initial_with_the_telephone_and_an_address_made_of_the_name_is_one_person():
    whole = record(
        "a.csv",
        0,
        n=("PERSON", "Erika Lynd"),
        m=("EMAIL", "erikalynd@post.example"),
        t=("PHONE", "020 7946 0001"),
    )
    short = record(
        "b.csv",
        0,
        n=("PERSON", "E. Lynd"),
        m=("EMAIL", "erika_lynd86@web.example"),
        t=("PHONE", "020 7946 0001"),
    )
    other = record(
        "b.csv",
        0,
        n=("PERSON", "E. Lynd"),
        m=("EMAIL", "edgar.lynd@web.example"),
        t=("PHONE", "020 7946 0001"),
    )
    assert groups(found(*whole, *short)) == [6]
    assert len(people(found(*whole, *other))) == 2


def test_names_that_agree_join_by_date_of_birth():
    whole = record(
        "a.csv",
        0,
        n=("PERSON", "Erika Lynd"),
        b=("DATE_OF_BIRTH", "1964-04-12"),
        m=("EMAIL", "e1@post.example"),
    )
    short = record(
        "b.csv",
        0,
        n=("PERSON", "Lynd E."),
        b=("DATE_OF_BIRTH", "12.04.1964"),
        i=("IBAN", "DE89370400440532013000"),
    )
    assert len(people(found(*whole, *short))) == 1


def test_a_column_of_initials_tells_the_name_by_its_family():
    whole = record("a.csv", 0, naam=("PERSON", "Lieke Bartels"), m=("EMAIL", "lb1@post.example"))
    short = record(
        "b.csv",
        0,
        voorletters=("PERSON", "L."),
        achternaam=("PERSON", "Bartels"),
        m=("EMAIL", "lb1@post.example"),
    )
    other = record(
        "b.csv",
        1,
        voorletters=("PERSON", "V."),
        achternaam=("PERSON", "Holten"),
        m=("EMAIL", "lb1@post.example"),
    )
    assert len(people(found(*whole, *short))) == 1
    assert len(people(found(*whole, *other))) == 2


def test_halves_of_a_name_under_one_address_are_one_person():
    rows = [
        *record("a.eml", 0, to=("PERSON", "Gitte"), m=("EMAIL", "g.faust@firm.example")),
        *record("b.html", 0, name=("PERSON", "Faust"), m=("EMAIL", "g.faust@firm.example")),
        *record("c.eml", 0, cc=("EMAIL", "g.faust@firm.example")),
    ]
    assert len(people(found(*rows))) == 1


def test_more_of_one_name_than_namesakes_explain_are_expected_to_be_one_person_each():
    few = Resolution(doubtful=4, anchors=400, anchor_namesakes=8)
    many = Resolution(doubtful=40, anchors=400, anchor_namesakes=2)
    people = [Group() for _ in range(400)]
    assert same_share(few, people) == 0.05 and same_share(many, people) == 0.85


def test_a_range_over_several_members_is_a_fifth_wide():
    rows = [
        r
        for n in range(200)
        for r in record(
            f"{n % 2}.csv", n, n=("PERSON", f"Quin Ost{n:03d}berg"), t=("PHONE", f"020 7946 {n:04d}")
        )
    ]
    estimate = count_people(found(*rows))
    assert 38 <= estimate.upper - estimate.lower <= 50


def test_a_spouse_beside_a_column_that_may_be_of_given_names_is_another_person():
    rows = [
        r
        for n in range(4)
        for r in record("s.tsv", n, cônjuge=("PERSON", f"Marta Quin{n}sen"), nome=("PERSON", f"Teresa Ost{n}berg"),
                        mail=("EMAIL", f"to{n}@post.example"))
    ]  # fmt: skip
    assert len(people(found(*rows))) == 8


def test_whom_to_call_has_the_telephone_of_a_column_called_otherwise():
    rows = [
        r
        for n in range(4)
        for r in record("s.csv", n, apellido_y_nombre=("PERSON", f"Teresa Ost{n}berg"),
                        dni=("NATIONAL_ID", f"8412{n}X"), contacto_de_emergencia=("PERSON", f"Marta Quin{n}sen"),
                        tel_emergencia=("PHONE", f"020 7946 000{n}"))
    ]  # fmt: skip
    assert groups(found(*rows)) == [2] * 8
