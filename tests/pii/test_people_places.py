from leakkit.pii.people.join import count_people, people
from tests.pii.test_people import found, groups, record

GIVEN = "Ada Ben Cleo Dina Egon Finn Gina Hugo Ines Jost Karl Lena".split()
FAMILY = "Abel Brix Curt Dahm Eick Falk Gros Hahn Ibel Jahn Kern Lenz".split()


def found_by(frame, by, score=0.8):
    """Let names be found by the tagger, or column by column."""
    names = frame["entity"].eq("PERSON")
    told = frame["evidence"].str.replace("base:truth", f"{by}:PERSON", regex=False)
    frame["evidence"] = frame["evidence"].mask(names, told)
    frame["score"] = frame["score"].mask(names, score)
    return frame


def payroll(names):
    """Make rows of a name under "staff" with an address that is not made of it."""
    return [
        value
        for n, name in enumerate(names)
        for value in record("pay.csv", n, staff=("PERSON", name), mail=("EMAIL", f"q{n}z@post.example"))
    ]


def test_the_staff_of_a_payroll_are_the_rows_own_and_staff_who_come_again_are_others():
    own = [f"{given} {family}" for given, family in zip(GIVEN, FAMILY, strict=True)]
    assert groups(found(*payroll(own))) == [2] * 12
    agents = found(*payroll(own[:2] * 6))
    assert groups(agents) == [6, 6] + [1] * 12


def test_a_joint_holder_in_a_column_that_is_seldom_filled_is_a_person():
    rows = []
    for n in range(144):
        cells = {"name1": ("PERSON", f"{GIVEN[n % 12]} {FAMILY[n // 12]}"), "iban": ("IBAN", f"DE{n:020}")}
        if n % 12 == 0:
            cells["name2"] = ("PERSON", f"Zora {FAMILY[n // 12]}")
        rows += record("bank.csv", n, **cells)
    assert len(people(found_by(found(*rows), "column"))) == 156
    assert len(people(found_by(found(*rows), "tagger"))) == 144


def chat(*senders):
    """Make lines of an exported chat: each sender stands after date and time."""
    values = []
    for n, sender in enumerate(senders):
        entity = "PHONE" if sender[0].isdigit() else "PERSON"
        values.append(("chat.txt", n, None, 20, entity, sender))
    return values


def test_senders_of_a_chat_who_are_but_telephones_are_not_the_name_in_the_line_before():
    phones = [f"020 7946 00{n:02}" for n in range(8)]
    assert groups(found(*chat("Ann Lee", *phones))) == [1] * 9
    named = found(*chat("Ann Lee", *phones), ("chat.txt", 3, None, 50, "PERSON", "Bob Fox"))
    assert groups(named) == [1] * 10


def test_a_telephone_below_a_name_in_a_card_is_still_that_persons():
    card = found(*chat("Ann Lee", "020 7946 0001", "Bob Fox", "020 7946 0002", "Cy Dorn", "020 7946 0003",
                       "Di Moor", "020 7946 0004"))  # fmt: skip
    assert groups(card) == [2] * 4


def text_of_names():
    """Make a text of forty names, a line each, of forty families."""
    names = [f"{GIVEN[n % 12]} {FAMILY[n // 12]}{'bcdfghklmnpr'[n % 12]}stad" for n in range(40)]
    return found(*[("list.txt", 3 * n, None, 12, "PERSON", name) for n, name in enumerate(names)])


def test_names_in_text_are_doubted_as_far_as_the_tagger_doubts_them_and_by_a_rule_not_at_all():
    surely = count_people(found_by(text_of_names(), "tagger", 0.95))
    perhaps = count_people(found_by(text_of_names(), "tagger", 0.8))
    assert (surely.best, perhaps.best, count_people(text_of_names()).best) == (38, 36, 40)


def test_a_bank_account_beside_an_office_s_mailbox_without_a_name_is_a_firm_s():
    firm = record("a.csv", 0, iban=("IBAN", "DE02120300000000202051"), mail=("EMAIL", "office@works.example"))
    own = record("a.csv", 1, iban=("IBAN", "DE02500105170137075030"), tel=("PHONE", "020 7946 0001"))
    assert groups(found(*firm, *own)) == [2]
    named = record("a.csv", 2, iban=("IBAN", "DE02100500000054540402"), name=("PERSON", "Ann Lee"),
                   mail=("EMAIL", "office@works.example"))  # fmt: skip
    assert len(people(found(*named))) == 1


def in_lines(lines):
    """Findings of a text file, from the places, kinds and values of its lines."""
    return found(*[("paid.ini", row, None, *line) for row, line in lines])


def test_records_whose_lines_come_in_one_order_need_no_keys():
    lines = []
    for n, name in enumerate(zip(GIVEN[:8], FAMILY, strict=False)):
        told = (1, "PASSPORT", f"C91{n}577{n}K"), (8, "PERSON", " ".join(name)), (7, "IBAN", f"XX00 77{n}")
        lines += [(4 * n + below, value) for below, value in enumerate(told)]
    assert groups(in_lines(lines)) == [3] * 8
    other = [(row, (start + row % 5, *rest)) for row, (start, *rest) in lines]
    assert groups(in_lines(other)) != [3] * 8
