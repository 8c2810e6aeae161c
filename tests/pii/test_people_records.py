"""People in records of many formats: down the page, in pages, under keys, in two alphabets, beside nobodies."""

import json

import pytest

import leakkit as lk
from leakkit.pii.masking.case import Case
from leakkit.pii.people.join import count_people, people
from tests.pii.test_people import found, groups, record

NAMES = "Anna Miller,Robert Fox,Susan Day,Dina Moore,Emil Hart,Flora Kent".split(",")


def telephone(number):
    return f"+44 20 7946 0{100 + number}"


def scanned(folder, **files):
    """Count people in files of a folder."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return count_people(lk.scan(folder, workers=1, progress=False).findings())


def test_the_entries_of_a_directory_are_people_and_its_service_accounts_are_not(tmp_path):
    entries = []
    for n, name in enumerate(NAMES):
        given, family = name.split()
        user = f"q{n}{family.lower()}"
        entries.append(
            f"dn: uid={user},ou=people,dc=akme\nobjectClass: person\nuid: {user}\ncn: {name}\nsn: {family}\n"
            f"givenName: {given}\nmail: {user}@akme.test-firm.eu\n"
            + (f"telephoneNumber: {telephone(n)}\n" if n % 2 else "")
        )
    for user in ("svc-backup", "jenkins", "printer-2og", "node-agent", "proj7"):
        entries.append(
            f"dn: uid={user},ou=service,dc=akme\nobjectClass: account\nuid: {user}\nmail: {user}@akme.test-firm.eu\n"
        )
    assert scanned(tmp_path, directory__ldif="\n".join(entries)).rows == len(NAMES)


def test_the_items_of_a_list_in_yaml_are_people_and_two_of_a_telephone_are_two(tmp_path):
    items = [
        f'- member: {n}\n  name: "{name}"\n  phone: "{telephone(n // 2)}"\n'
        + (f"  nick: blue{n}wolf\n" if n % 3 else "")
        + f"  since: 2022-12-1{n}\n"
        for n, name in enumerate(NAMES)
    ]
    assert scanned(tmp_path, members__yaml="".join(items)).rows == len(NAMES)


def test_a_list_within_a_record_down_the_page_begins_no_record():
    rows = []
    for n in range(6):
        for k, name in enumerate(("Ann", "Bob")):
            rows.append(("pnr.txt", 8 * n + k, "", 13, "PERSON", f"{name} Fa{'abcdef'[n]}tor"))
        rows.append(("pnr.txt", 8 * n + 2, "", 7, "EMAIL", f"z{n}@post.example"))
        rows.append(("pnr.txt", 8 * n + 3, "", 7, "PHONE", telephone(n)))
    frame = found(*rows)
    frame["evidence"] = "also:layout:0.9; " + frame["evidence"].fillna("")
    assert len(people(frame)) == 12


def test_the_cells_of_a_page_s_table_are_records():
    rows = []
    for n, name in enumerate(NAMES):
        at = 4 + 6 * n
        rows += [
            ("staff.html", at, "text", 0, "PERSON", name),
            ("staff.html", at + 1, "@href", 7, "EMAIL", f"x{n}q@post.example"),
            ("staff.html", at + 2, "text", 0, "EMAIL", f"x{n}q@post.example"),
            ("staff.html", at + 3, "text", 0, "PHONE", telephone(n)),
        ]
    assert groups(found(*rows)) == [4] * len(NAMES)


def test_values_under_a_key_that_is_an_address_are_its_owners(tmp_path):
    accounts = {f"x{n}q@post{n}.org": {"mobile": telephone(n), "plan": "free"} for n in range(30)}
    assert scanned(tmp_path, accounts__json=json.dumps({"accounts": accounts}, indent=1)).rows == 30


def test_a_name_in_cyrillic_and_in_latin_letters_on_one_telephone_is_one_person():
    chat = record("chat.json", 0, name=("PERSON", "Юлия Щукина"), phone=("PHONE", "+79171234567"))
    for latin in ("Shchukina Yuliya", "Yulia Shchukina", "Iuliia Shchukina"):
        card = record("list.csv", 0, name=("PERSON", latin), tel=("PHONE", "8 (917) 123-45-67"))
        assert groups(found(*chat, *card)) == [4], latin
    brother = record("list.csv", 0, name=("PERSON", "Oleg Shchukin"), tel=("PHONE", "8 (917) 123-45-67"))
    assert groups(found(*chat, *brother)) == [2, 2]


def test_names_that_a_leak_writes_in_latin_letters_in_its_own_way_are_joined_by_their_telephones():
    own_way = {"Ανδρέας Ζάππας": "Andrs Zppas", "Μαρία Κώτση": "Mara Ktsi", "Λήδα Βόγλη": "Ldadd Vgli"}
    rows = [
        value
        for n, (name, latin) in enumerate(own_way.items())
        for path, text in (("cards.csv", name), ("sms.csv", latin))
        for value in record(path, n, name=("PERSON", text), tel=("PHONE", telephone(n)))
    ]
    assert groups(found(*rows)) == [4, 4, 4]


def test_an_address_of_latin_letters_is_of_the_name_in_greek_it_is_made_of():
    rows = record("a.csv", 0, name=("PERSON", "Νίκος Παππάς"), tel=("PHONE", "6912345678"))
    rows += record("b.csv", 0, mail=("EMAIL", "nikos.pappas@post.example"))
    assert groups(found(*rows)) == [3]


def test_whom_an_ssh_server_does_not_know_is_nobody(tmp_path):
    lines = [
        f"Nov 03 07:08:5{n} srv1 sshd[2844]: Accepted publickey for {user} from 192.0.2.{n} port 5626{n} ssh2"
        for n, user in enumerate(("ann.lee", "bob.fox", "cy.day"))
    ]
    lines += [
        f"Nov 03 07:09:5{n} srv1 sshd[2845]: Failed password for invalid user {user} from 192.0.2.9 port 4{n}267 ssh2"
        for n, user in enumerate(("oracle", "minecraft", "maria", "ubuntu"))
    ]
    assert scanned(tmp_path, auth__log="\n".join(lines) + "\n").rows == 3


@pytest.mark.parametrize(
    "firm", ["Lee, Fox and Hart", "Kovács és Juhász Bt.", "Grupo Vera y Castro", "Hill & Sons"]
)
def test_a_firm_among_givers_is_nobody(firm):
    rows = record("gifts.csv", 0, donor=("PERSON", firm), mail=("EMAIL", "office@hill-works.example"))
    rows += record("gifts.csv", 1, donor=("PERSON", "Ann Lee"), mail=("EMAIL", "ann@post.example"))
    assert groups(found(*rows)) == [2]


def test_a_name_with_an_office_s_mailbox_among_people_s_own_is_doubted():
    rows = [
        value
        for n in range(30)
        for value in record("gifts.csv", n, donor=("PERSON", f"{NAMES[n % 6].split()[0]} Lu{n}t"),
                            mail=("EMAIL", f"k{n}z@post.example" if n % 3 else f"office@fa{n}.example"))
    ]  # fmt: skip
    figures = count_people(found(*rows))
    assert figures.rows == 30 and 23 <= figures.best < 30


def test_rows_that_testers_type_are_nobody():
    rows = record("a.csv", 0, name=("PERSON", "asdf asdf")) + record(
        "a.csv", 1, name=("PERSON", "QA Account")
    )
    rows += record("a.csv", 2, name=("PERSON", "Testa Fosca"))
    assert groups(found(*rows)) == [1]


def test_the_telephone_of_a_desk_is_nobody_s():
    rows = record("a.csv", 0, login=("USERNAME", "helpdesk"), phone=("PHONE", telephone(1)))
    rows += record("a.csv", 1, login=("USERNAME", "blue7wolf"), phone=("PHONE", telephone(2)))
    assert groups(found(*rows)) == [2]


def test_several_names_in_one_cell_are_several_people_and_a_family_name_of_two_words_is_not():
    crew = record("shifts.csv", 0, crew=("PERSON", "Ann Lee, Bob Fox, Cy Day"))
    crew += record("shifts.csv", 1, crew=("PERSON", "Bob Fox, Ann Lee"))
    crew += record("s.csv", 0, lead=("PERSON", "Ann Lee"))
    assert len(people(found(*crew))) == 3
    spanish = record("a.csv", 0, name=("PERSON", "García López, María José"))
    assert len(people(found(*spanish))) == 1


def test_a_name_that_a_street_is_called_by_is_nobody():
    letter = [
        ("l.txt", 2, "", 4, "PERSON", "Ann Lee"),
        ("l.txt", 3, "", 0, "PERSON", "Robert Hill"),
        ("l.txt", 3, "", 12, "STREET_ADDRESS", "Nr. 20, 6820 Newtown"),
        ("l.txt", 7, "", 4, "PERSON", "Cy Day"),
    ]
    assert len(people(found(*letter))) == 2


def test_a_city_called_like_a_person_is_nobody_and_who_gets_a_parcel_is_somebody():
    row = {
        "name": ("PERSON", "Ann Lee"),
        "email": ("EMAIL", "ann@post.example"),
        "city": ("PERSON", "Santa Rosa"),
    }
    row |= {"ship_to": ("PERSON", "Bob Fox"), "ship_phone": ("PHONE", telephone(1))}
    rows = record("orders.csv", 0, **row)
    assert len(people(found(*rows))) == 2


def test_a_family_called_like_a_town_is_a_name():
    rows = record("a.json", 0, family=("CITY", "Valencia"), given=("PERSON", "Ana"))
    assert len(people(found(*rows))) == 1


def test_a_handle_with_a_telephone_is_sure_of_being_a_person():
    riders = [
        value
        for n in range(40)
        for value in record(
            "rides.jsonl", n, handle=("USERNAME", f"blue{n}wolf"), msisdn=("PHONE", telephone(n))
        )
    ]
    drivers = [
        value
        for n in range(30)
        for value in record(
            "drivers.csv", n, name=("PERSON", f"Ann Lu{n}t"), tel=("PHONE", telephone(100 + n))
        )
    ]
    figures = count_people(found(*riders, *drivers))
    assert figures.best == figures.rows == 70


@pytest.mark.parametrize("entity,text,flag", [
    ("USERNAME", "svc-backup", "role-mailbox"), ("EMAIL", "printer-2og@firm.example", "role-mailbox"),
    ("PERSON", "Hill Ltd", "firm"), ("PERSON", "Ann Lee, Bob Fox", "pair="), ("PERSON", "asdf asdf", "sample-name"),
    ("PERSON", "Иван Петров", "forms="),
])  # fmt: skip
def test_traits_tell_nobodies_and_other_forms(entity, text, flag):
    assert flag in Case(b"a salt that only tests use").traits(entity, text)


def test_cards_of_contacts_in_lines_are_one_person_each(tmp_path):
    cards = [
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{given} {family}\nN:{family};{given};;;\nTEL;TYPE=CELL:+40 750 978 9{n:02}\n"
        + (f"EMAIL:{given.lower()}.{family.lower()}@firm-one.net\n" if n % 2 else "")
        + "END:VCARD\n"
        for n, (given, family) in enumerate(
            zip(
                "Ann Bob Eva Tom Olga Peter Ines Marek".split(),
                "Lee Stone Brandt Okafor Larsen Weiss Costa Novak".split(),
                strict=True,
            )
        )
    ]
    (tmp_path / "contacts.vcf").write_text("".join(cards), encoding="utf-8")
    found = lk.scan(tmp_path, workers=1, progress=False).findings()
    assert len(lk.people(found)) == len(cards)
