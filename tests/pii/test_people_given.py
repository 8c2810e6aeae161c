"""Logins, signatures and cards given to whose they are; all people are invented."""

from leakkit.pii.people.join import people
from tests.pii.test_people import found, groups, record

NAMES = ["Ada Ahlberg", "Bela Corsen", "Cleo Dalmann", "Dora Eckford", "Edda Falwood", "Finn Ulmski"]


def staff():
    rows = []
    for n, name in enumerate(NAMES):
        rows += record("staff.csv", n, name=("PERSON", name), mail=("EMAIL", f"m{n}k@post.example"))
    return rows


def logins(*names, path="auth.log"):
    return [(path, n, "", 16, "USERNAME", name) for n, name in enumerate(names)]


def test_a_login_of_initial_and_surname_is_the_only_person_of_that_name():
    assert groups(found(*staff(), *logins("aahlberg", "bcorsen", "xunknown"))) == [3, 3, 2, 2, 2, 2, 1]


def test_a_login_that_fits_two_people_is_nobodys():
    twin = record("staff.csv", 9, name=("PERSON", "Anton Ahlberg"), mail=("EMAIL", "q9@post.example"))
    assert groups(found(*staff(), *twin, *logins("aahlberg"))) == [2] * 7 + [1]


def test_who_has_another_login_in_the_same_member_does_not_get_one():
    own = record("staff.csv", 0, name=("PERSON", "Ada Ahlberg"), mail=("EMAIL", "m0k@post.example"))
    git = [
        ("auth.log", 7, "", 0, "EMAIL", "m0k@post.example"),
        ("auth.log", 7, "", 30, "USERNAME", "moonlight77"),
    ]
    assert len(people(found(*own, *git, *logins("aahlberg")))) == 2
    assert len(people(found(*own, *logins("aahlberg")))) == 1


def aliases(path):
    rows = []
    for n, name in enumerate(NAMES):
        rows += [
            (path, n, "", 0, "PERSON", name),
            (path, n, "", 20, "EMAIL", f"{'.'.join(name.lower().split())}@post.example"),
        ]
        rows += [(path, n, "", 60, "EMAIL", f"zz{n}{name[0]}9@mail.example")]
    return rows


def test_each_line_of_gits_aliases_is_one_person():
    assert groups(found(*aliases(".mailmap"))) == [3] * 6


def messages(names):
    rows = []
    for n, name in enumerate(names):
        rows.append(("sms.log", n, "", 22, "PHONE", f"+3069312345{n:02d}"))
        rows += [("sms.log", n, "", 50, "PERSON", name)] if name else []
    return rows


def test_who_writes_to_an_office_and_signs_is_one_person_with_the_telephone():
    assert groups(found(*messages([*NAMES, ""]))) == [2] * 6 + [1]


def test_whom_messages_of_a_chat_name_did_not_send_them():
    names = ["Ada Ahlberg", "", "Ada Ahlberg", "", "", "Bela Corsen", "", "Ada Ahlberg", "", ""]
    assert len(people(found(*messages(names)))) == 12


def card(row, given, family, mail, path="club.vcf"):
    told = (
        (2, "PERSON", family),
        (len(family) + 3, "PERSON", given),
        (3, "PERSON", f"{given} {family}"),
        (6, "EMAIL", mail),
    )
    places = (0, 0, 1, 2)
    return [
        (path, row + at, "", start, kind, text) for at, (start, kind, text) in zip(places, told, strict=True)
    ]


def test_a_card_whose_family_name_has_two_words_is_of_the_whole_name():
    cards = [("Ada", "Ahlberg Corsen"), ("Bela", "Dalmann Eckford"), ("Cleo", "Falwood Ulmski")]
    rows, dues = [], []
    for n, (given, family) in enumerate(cards):
        rows += card(8 * n, given, family, f"k{n}x@post.example")
        dues += record(
            "dues.csv", n, name=("PERSON", f"{family} {given}"), id=("NATIONAL_ID", f"AHCA98122{n}HG")
        )
    assert len(people(found(*rows, *dues))) == 3


def test_a_given_name_that_stands_alone_too_leads_to_no_other_name():
    families = ["Ahlberg Corsen", "Dalmann Eckford", "Falwood Ulmski", "Tordahl Rosez", "Pelini Stenova"]
    rows = []
    for n, family in enumerate(families):
        rows += card(8 * n, "Tomás", family, f"k{n}x@post.example")
    dues = [r for n, f in enumerate(families) for r in record("d.csv", n, name=("PERSON", f"{f} Tomás"))]
    assert len(people(found(*rows, *dues))) == len(families)


def test_one_name_beside_two_numbers_of_a_table_is_two_people():
    rows = []
    for n, (number, passport) in enumerate((("IN-20005", "K1234567"), ("IN-20830", "K7654321"))):
        told = {"id": ("ACCOUNT_ID", number), "name": ("PERSON", "Kavita Bhatt")}
        rows += [*record("paid.csv", n, **told), *record("a.csv", n, **told, p=("PASSPORT", passport))]
    assert groups(found(*rows)) == [5, 5]


def test_an_address_that_takes_no_mail_is_the_login_of_the_only_person_of_that_name():
    commits = [
        ("git.log", n, "", 8, "EMAIL", f"{n + 70}83+{login}@users.noreply.github.com")
        for n, login in enumerate(["aahlberg", "bela-corsen"])
    ]
    assert groups(found(*staff(), *commits)) == [3, 3, 2, 2, 2, 2]


def test_names_that_two_accounts_show_do_not_join_them():
    rows = []
    for n in range(6):
        place = f"messages[{n}].author"
        rows += record(
            "chat.json",
            0,
            **{f"{place}.name": ("USERNAME", f"user{n}k"), f"{place}.nickname": ("USERNAME", "Thiago")},
        )
    assert len(people(found(*rows))) == 6
