import numpy as np
import pandas as pd
import pytest

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames import FINDINGS, PEOPLE
from leakkit.pii.people.fields import field_of
from leakkit.pii.people.join import count_people, lost, people
from tests.pii.people_generator import findings_of, make_leak


def found(*values):
    """Make findings of (path, row, field, start, entity, text)."""
    names = ["path", "row", "field", "start", "entity", "value"]
    spans = pd.DataFrame(values, columns=names)
    spans["end"] = spans["start"] + spans["value"].str.len()
    return findings_of(spans)


def record(path, row, **cells):
    """Make a table's row: column=(entity, text)."""
    return [(path, row, name, 0, entity, text) for name, (entity, text) in cells.items()]


def groups(frame):
    """Sizes of the people, largest first."""
    return sorted(people(frame)["n_findings"], reverse=True)


def test_rows_with_one_address_are_one_person():
    rows = record("a.csv", 0, name=("PERSON", "Ann Lee"), mail=("EMAIL", "ann@post.example"))
    rows += record("b.csv", 7, mail=("EMAIL", "ANN@post.example"), phone=("PHONE", "020 7946 0001"))
    frame = people(found(*rows))
    assert len(frame) == 1
    row = frame.iloc[0]
    assert (row["n_findings"], row["n_records"], row["n_paths"]) == (4, 2, 2)
    assert list(row["families"]) == ["contact", "identity"] and row["strongest"] == "EMAIL"
    assert list(row["entities"]) == ["EMAIL", "PERSON", "PHONE"] and row["masked"] == "A•••• L••••"


def test_a_households_telephone_joins_nobody():
    rows = record("a.csv", 0, name=("PERSON", "Ann Lee"), tel=("PHONE", "020 7946 0001"))
    rows += record("a.csv", 1, name=("PERSON", "Bob Lee"), tel=("PHONE", "020 7946 0001"))
    assert groups(found(*rows)) == [2, 2]


def test_a_role_mailbox_joins_nobody_and_is_nobody():
    rows = record("a.csv", 0, name=("PERSON", "Ann Lee"), mail=("EMAIL", "info@shop.example"))
    rows += record("a.csv", 1, name=("PERSON", "Bob Fox"), mail=("EMAIL", "info@shop.example"))
    rows += record("a.csv", 2, mail=("EMAIL", "info@shop.example"))
    assert len(people(found(*rows))) == 2


def test_a_couples_mailbox_is_two_people():
    rows = record("a.csv", 0, name=("PERSON", "Ann Lee"), mail=("EMAIL", "the.lees@post.example"))
    rows += record("a.csv", 1, name=("PERSON", "Bob Lee"), mail=("EMAIL", "the.lees@post.example"))
    assert groups(found(*rows)) == [2, 2]


def test_namesakes_with_two_dates_of_birth_are_two_people():
    rows = record("a.csv", 0, name=("PERSON", "Ann Lee"), born=("DATE_OF_BIRTH", "1980-01-02"))
    rows += record("a.csv", 1, name=("PERSON", "Ann Lee"), born=("DATE_OF_BIRTH", "1991-03-04"))
    rows += record("b.csv", 0, name=("PERSON", "Lee, Ann"), born=("DATE_OF_BIRTH", "4 March 1991"))
    assert groups(found(*rows)) == [4, 2]


def test_a_name_alone_joins_the_only_person_of_that_name_and_neither_of_two_namesakes():
    one = record("a.csv", 0, name=("PERSON", "Ann Lee"), mail=("EMAIL", "ann@post.example"))
    card = record("b.csv", 0, holder=("PERSON", "ANN LEE"), card=("CREDIT_CARD", "4000000000000002"))
    assert groups(found(*one, *card)) == [4]
    other = record("a.csv", 1, name=("PERSON", "Ann Lee"), mail=("EMAIL", "ann2@mail.example"))
    frame = people(found(*one, *other, *card))
    assert sorted(frame["n_findings"]) == [2, 2] and frame.attrs["n_unassigned"] == 2


def test_a_changed_family_name_is_one_person_where_birth_and_place_agree():
    old = record(
        "a.csv",
        0,
        name=("PERSON", "Ann Lee"),
        born=("DATE_OF_BIRTH", "1980-01-02"),
        zip=("POSTCODE", "KR1 1QX"),
    )
    new = record(
        "b.csv",
        0,
        name=("PERSON", "Ann Fox"),
        born=("DATE_OF_BIRTH", "1980-01-02"),
        zip=("POSTCODE", "KR1 1QX"),
    )
    assert groups(found(*old, *new)) == [6]


def test_given_and_family_name_in_two_columns_are_one_name():
    rows = record(
        "a.csv", 0, surname=("PERSON", "Lee"), first_name=("PERSON", "Ann"), tel=("PHONE", "020 7946 0001")
    )
    rows += record("b.csv", 0, name=("PERSON", "Lee, Ann"), tel=("PHONE", "+44 20 7946 0001"))
    assert groups(found(*rows)) == [5]


def test_the_contact_for_an_emergency_is_another_person():
    cells = {"name": ("PERSON", "Ann Lee"), "email": ("EMAIL", "ann@post.example")}
    cells |= {"emergency_contact": ("PERSON", "Cy Fox"), "emergency_phone": ("PHONE", "020 7946 0001")}
    assert groups(found(*record("a.csv", 0, **cells))) == [2, 2]


def test_names_in_one_text_take_what_stands_by_them():
    text = [
        ("t", 0, "body", 0, "PERSON", "Ann Lee"),
        ("t", 0, "body", 10, "EMAIL", "ann.lee@post.example"),
        ("t", 0, "body", 40, "PERSON", "Bob Fox"),
        ("t", 0, "body", 50, "PHONE", "020 7946 0001"),
        ("t", 0, "body", 80, "EMAIL", "bfox@post.example"),
    ]
    frame = people(found(*text))
    assert sorted(map(list, frame["entities"])) == [["EMAIL", "PERSON"], ["EMAIL", "PERSON", "PHONE"]]


def test_a_login_in_a_log_finds_the_mail_of_the_same_letters_unless_two_have_it():
    mail = record("a.csv", 0, name=("PERSON", "Ann Lee"), mail=("EMAIL", "ann.lee84@post.example"))
    log = [("x.log", 3, "", 0, "USERNAME", "ann_lee84")]
    assert len(people(found(*mail, *log))) == 1
    other = record("a.csv", 1, name=("PERSON", "Ann Lee"), mail=("EMAIL", "annlee84@mail.example"))
    assert len(people(found(*mail, *other, *log))) == 3


def test_two_tables_of_a_database_are_not_one_record():
    rows = [
        ("hub.sqlite", 0, "accounts.email", 0, "EMAIL", "ann@post.example"),
        ("hub.sqlite", 0, "payers.email", 0, "EMAIL", "bob@post.example"),
    ]
    assert len(people(found(*rows))) == 2


def test_an_address_of_the_network_or_a_first_name_alone_is_nobody():
    rows = [("x.log", n, "", 0, "IP_ADDRESS", f"192.0.2.{n}") for n in range(9)]
    assert len(people(found(*rows, ("x.log", 20, "", 0, "PERSON", "Ann")))) == 0
    assert count_people(found(*rows)).upper == 0


def test_a_number_under_many_names_is_nobodys_own():
    names = "Ann Lee|Bob Fox|Cy Day|Di Moor|Ed Hill|Flo Reed|Gus Ness".split("|")
    rows = [
        r
        for n, name in enumerate(names)
        for r in record("a.csv", n, n=("PERSON", name), i=("IBAN", "DE00" + "1" * 18))
    ]
    assert groups(found(*rows)) == [2] * 7


def test_manuals_names_and_values_are_nobody_but_many_of_a_kind_are_invented_people():
    frame = found(("a", 0, "", 0, "PERSON", "Jane Doe"), ("a", 0, "", 20, "EMAIL", "jane@example.com"))
    frame["placeholder"] = frame["entity"].eq("EMAIL").astype("boolean")
    assert len(people(frame)) == 0
    many = found(*[("a.csv", n, "mail", 0, "EMAIL", f"p{n}x@example.com") for n in range(30)])
    many["placeholder"] = pd.array([True] * 30, "boolean")
    assert len(people(many)) == 30


def test_no_findings_are_no_people():
    frame = people(FINDINGS.from_rows([]))
    assert frame.empty and list(frame.columns) == list(PEOPLE.names)
    assert (count_people(FINDINGS.from_rows([])).lower, count_people(FINDINGS.from_rows([])).upper) == (0, 0)


def test_the_frame_is_valid_sorted_and_the_same_whatever_the_order_of_findings():
    spans = pd.DataFrame(make_leak(3, 60).spans)
    frame = findings_of(spans)
    one, other = people(frame), people(frame.sample(frac=1, random_state=1))
    PEOPLE.validate(one)
    assert one["person_key"].is_monotonic_increasing and one["person_key"].is_unique
    pd.testing.assert_frame_equal(one, other)


def test_no_raw_value_is_in_the_result():
    spans = pd.DataFrame(make_leak(4, 60).spans)
    frame = people(findings_of(spans))
    shown = frame.to_csv() + repr(frame.attrs)
    assert not any(str(v) in shown for v in spans["value"].unique() if len(str(v)) > 4)


def test_what_was_lost_counts_people_and_not_findings():
    rows = record("a.csv", 0, name=("PERSON", "Ann Lee"), mail=("EMAIL", "ann@post.example"))
    rows += record("a.csv", 1, name=("PERSON", "Bob Fox"), iban=("IBAN", "DE00" + "1" * 18))
    table = lost(people(found(*rows)))
    assert table.set_index("families")["people"].to_dict() == {"identity": 2, "contact": 1, "financial": 1}
    assert table["share"].tolist() == [1.0, 0.5, 0.5]


def test_a_frame_of_another_kind_is_refused_by_its_missing_columns():
    with pytest.raises(BadFrameError, match="value_key"):
        people(pd.DataFrame({"path": []}))
    with pytest.raises(BadParameterError, match="surely"):
        people(FINDINGS.from_rows([]), min_likelihood="surely")


@pytest.mark.parametrize(
    ("name", "role", "place"),
    [
        ("customer_email", "", ""),
        ("agent", "agent", ""),
        ("emergencyContactPhone", "emergency", ""),
        ("messages[2].content", "", "messages[2]"),
        ("recipient.address.zip", "to", ""),
        ("billing_street", "", ""),
    ],
)
def test_a_fields_name_says_whose_value_it_holds(name, role, place):
    assert (field_of(name).role, field_of(name).place) == (role, place)


def test_names_of_columns_are_read_with_their_accents():
    assert [field_of(name).name_part for name in ("Prénom", "Příjmení", "Jméno")] == [
        "given",
        "family",
        "given",
    ]
    assert [field_of(name).role for name in ("médecin", "Empfänger", "cónyuge")] == ["doctor", "to", "spouse"]
    assert field_of("Straße").is_thing and field_of("Größe").is_thing is False


SEEDS = range(100, 120)


def _outcome(frame, n_people):
    estimate = count_people(frame)
    return estimate.lower <= n_people <= estimate.upper, (estimate.upper - estimate.lower) / n_people


def test_the_range_holds_the_true_number_on_19_of_20_leaks_of_another_generator():
    outcomes = []
    for seed in SEEDS:
        leak = make_leak(seed, 120)
        outcomes.append(_outcome(findings_of(pd.DataFrame(leak.spans)), leak.n_people))
    assert sum(held for held, _ in outcomes) >= 19
    assert max(width for _, width in outcomes) <= 0.25


def test_the_range_holds_when_a_fifth_of_the_findings_is_missed():
    outcomes = []
    for seed in SEEDS:
        leak = make_leak(seed, 120)
        spans = pd.DataFrame(leak.spans)
        spans = spans[np.random.default_rng(seed).random(len(spans)) > 0.2]
        outcomes.append(_outcome(findings_of(spans), leak.n_people))
    assert sum(held for held, _ in outcomes) >= 18


def test_a_text_or_list_of_thousands_takes_no_squared_time():
    import time

    line = [("a.txt", 0, "body", 30 * n, "EMAIL", f"reader{n}@post.example") for n in range(6_000)]
    items = [("b.json", 0, f"users[{n}].email", 0, "EMAIL", f"member{n}@post.example") for n in range(6_000)]
    frame = found(*line, *items)
    start = time.process_time()
    assert len(people(frame)) == 12_000
    assert time.process_time() - start < 30


@pytest.mark.parametrize("seed", [300, 301, 302, 303])
def test_the_range_holds_the_true_number_on_sample_leaks_of_other_seeds(seed):
    from data.make_sample_leak.build import build, truth_tables

    tables = truth_tables(build(seed, 0.05))
    spans = tables["pii"].reset_index(drop=True)
    held, width = _outcome(findings_of(spans), len(tables["people"]))
    assert held and width <= 0.25
