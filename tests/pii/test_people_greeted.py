"""Messages that greet somebody by name, and cards of contacts with halves alone; all values are invented."""

import pytest

import leakkit as lk
from leakkit.pii.people import texts
from leakkit.pii.people.join import count_people, people
from tests.pii.test_people import found

GIVEN = "Matteo Giulia Chiara Davide Elena Marco Paola Renzo".split()
FAMILY = "Zanetti Fontana Moretti Colombo Rinaldi Santoro Greco Ferrari".split()


def message(row, recipient, sender, phone):
    """A message that greets its recipient by the first name and is signed with the whole one."""
    body = f"Buongiorno {recipient.split()[0]},\nmi chiami al {phone}.\n{sender}"
    to = ".".join(recipient.lower().split())
    return [
        ("in.mbox", row, "from", 0, "PERSON", sender),
        ("in.mbox", row, "from", 40, "EMAIL", f"q{row}@post.example"),
        ("in.mbox", row, "to", 0, "EMAIL", f"{to}@firm.example"),
        ("in.mbox", row, "body", body.index(recipient.split()[0]), "PERSON", recipient.split()[0]),
        ("in.mbox", row, "body", body.index(phone), "PHONE", phone),
        ("in.mbox", row, "body", body.rindex(sender), "PERSON", sender),
    ]


@pytest.mark.parametrize("recipient", ["Alessia Gallo", "Matteo Gallo"])
def test_a_telephone_behind_a_greeting_is_of_who_wrote_it(recipient):
    rows = []
    for n, (given, family) in enumerate(zip(GIVEN, FAMILY, strict=True)):
        rows += message(n, recipient, f"{given} {family}", f"+3934418971{n:02}")
    frame = people(found(*rows))
    told = frame[["PHONE" in values for values in frame["entities"]]]
    assert len(frame) == 9 and len(told) == 8
    assert all("EMAIL" in values for values in told["entities"])


def test_a_telephone_behind_the_first_name_of_another_is_not_the_writers():
    rows = message(0, "Alessia Gallo", "Matteo Zanetti", "+393441897121")
    rows[3] = ("in.mbox", 0, "body", 11, "PERSON", "Ignazio")
    frame = people(found(*rows))
    told = frame[["PHONE" in values for values in frame["entities"]]]
    assert not any("EMAIL" in values for values in told["entities"])


def test_a_message_that_greets_again_and_again_looks_once_for_whom_it_greets(monkeypatch):
    asked = []
    agree = texts.names_agree
    monkeypatch.setattr(texts, "names_agree", lambda *names: asked.append(names) or agree(*names))
    rows = message(0, "Alessia Gallo", "Matteo Zanetti", "+393441897121")
    for n in range(100):
        rows += [
            ("in.mbox", 0, "body", 100 * (n + 1), "PERSON", "Alessia"),
            ("in.mbox", 0, "body", 100 * (n + 1) + 50, "PERSON", f"Renzo {'abcdefghij'[n % 10] * 3}ari"),
        ]
    people(found(*rows))
    assert len(asked) <= 1_000


def test_cards_with_halves_of_names_alone_are_people(tmp_path):
    cards = [
        f"BEGIN:VCARD\nVERSION:2.1\nN:{family};{given}\nTEL;CELL:003934971340{n:02}\n"
        f"EMAIL;INTERNET:q{n}blue@post-net.it\nEND:VCARD\n"
        for n, (given, family) in enumerate(zip(GIVEN, FAMILY, strict=True))
    ]
    (tmp_path / "book.vcf").write_text("".join(cards), encoding="utf-8")
    findings = lk.scan(tmp_path, workers=1, progress=False).findings()
    names = findings[findings["entity"].eq("PERSON")]
    assert len(names) == 8 and set(names["start"]) == {2}
    (tmp_path / "list.txt").write_text("".join(f"{g} {f}\n" for g, f in zip(GIVEN, FAMILY, strict=True)))
    assert count_people(lk.scan(tmp_path, workers=1, progress=False).findings()).rows == 8


def rows_of_pattern(names, before):
    """Messages of one pattern to a telephone each."""
    return [
        r
        for n, name in enumerate(names)
        for r in (
            ("sms.csv", n, "dest", 0, "PHONE", f"+3934418971{n:02}"),
            ("sms.csv", n, "body", len(before), "PERSON", name),
        )
    ]


NAMES = [f"{given} {family}" for given, family in zip(GIVEN, FAMILY, strict=True)]


def test_messages_of_one_pattern_name_whose_the_telephones_are():
    assert len(people(found(*rows_of_pattern(NAMES, "Gentile ")))) == 8


@pytest.mark.parametrize(
    ("names", "expected"), [(["Renzo Ferrari"] * 8, 9), (NAMES[:4], 8), ([NAMES[0], *["Bo Li"] * 7], 10)]
)
def test_names_that_come_again_or_seldom_are_not_whose_the_telephones_are(names, expected):
    assert len(people(found(*rows_of_pattern(names, "Qui chiama ")))) == expected


def test_names_with_which_messages_begin_may_be_who_wrote_them():
    assert len(people(found(*rows_of_pattern(NAMES, "")))) == 16
