from leakkit.pii.people.join import count_people, people
from tests.pii.test_people import found, groups, record


def test_an_initial_is_the_person_of_the_same_address_though_the_name_came_in_halves():
    halves = record("a.csv", 0, first_name=("PERSON", "Joan"), last_name=("PERSON", "Butler"),
                    mail=("EMAIL", "jb1@post.example"))  # fmt: skip
    assert groups(
        found(*halves, *record("b.csv", 0, n=("PERSON", "J. Butler"), m=("EMAIL", "jb1@post.example")))
    ) == [5]


def test_a_tag_in_an_address_makes_no_other_person_and_another_host_does():
    one = record("a.csv", 0, name=("PERSON", "Brenda Vask"), mail=("EMAIL", "brenda.vask@post.example"))
    tagged = record(
        "b.csv", 0, name=("PERSON", "Brenda Vask"), mail=("EMAIL", "brenda.vask+news@post.example")
    )
    other = record("c.csv", 0, name=("PERSON", "Brenda Vask"), mail=("EMAIL", "brenda.vask@web.example"))
    assert groups(found(*one, *tagged)) == [4]
    assert groups(found(*one, *other)) == [2, 2]


def test_the_people_in_a_header_of_a_letter_are_each_their_own():
    letter = [
        ("x.mbox", 0, "from", 0, "PERSON", "Ann Lee"), ("x.mbox", 0, "from", 10, "EMAIL", "ann@post.example"),
        ("x.mbox", 0, "to", 0, "PERSON", "Bob Fox"), ("x.mbox", 0, "to", 9, "EMAIL", "bob@web.example"),
        ("x.mbox", 0, "to", 30, "EMAIL", "cy@firm.example"), ("x.mbox", 0, "cc", 0, "EMAIL", "di@firm.example"),
    ]  # fmt: skip
    assert groups(found(*letter)) == [2, 2, 1, 1]


def test_a_family_name_of_two_words_makes_a_child_no_part_of_the_mother():
    row = {
        "surname": ("PERSON", "van Berg"),
        "first_name": ("PERSON", "Kai"),
        "born": ("DATE_OF_BIRTH", "2012-03-04"),
    }
    row |= {"guardian": ("PERSON", "Mona van Berg"), "guardian_phone": ("PHONE", "020 7946 0001")}
    assert groups(found(*record("pupils.csv", 0, **row))) == [3, 2]


def test_a_named_contact_is_another_person_and_contact_details_without_a_name_are_the_rows_own():
    kin = record("a.csv", 0, emp_no=("EMPLOYEE_ID", "E10016"), contact_name=("PERSON", "Amy Lee"),
                 contact_phone=("PHONE", "020 7946 0001"))  # fmt: skip
    staff = record("b.csv", 0, emp_no=("EMPLOYEE_ID", "E10016"), name=("PERSON", "Ann Lee"))
    assert groups(found(*kin, *staff)) == [3, 2]
    own = record("c.csv", 0, name=("PERSON", "Bob Day"), contact_email=("EMAIL", "x7@post.example"))
    assert groups(found(*own)) == [2]
    firm = record("d.csv", 0, contact=("PERSON", "Di Moor"), email=("EMAIL", "q8@firm.example"))
    assert groups(found(*firm)) == [2]


def test_names_beside_a_manuals_address_are_samples_and_beside_a_real_one_people():
    rows = record("a.csv", 0, name=("PERSON", "Foo Bertram"), mail=("EMAIL", "foo@example.com"))
    rows += record(
        "a.csv", 1, name=("PERSON", "Ann Lee"), mail=("EMAIL", "ann@post.example"), tel=("PHONE", "5550100")
    )
    frame = found(*rows)
    sample = frame["entity"].eq("PHONE") | (frame["entity"].eq("EMAIL") & frame["row"].eq(0))
    frame["placeholder"] = sample.astype("boolean")
    assert groups(frame) == [2]


def test_a_telephone_joins_names_that_agree_and_no_family():
    rows = record("r.csv", 0, name=("PERSON", "Susan G."), tel=("PHONE", "+44 20 7946 0001"))
    rows += record("m.csv", 0, name=("PERSON", "Susan Gale"), tel=("PHONE", "020 7946 0001"))
    assert groups(found(*rows)) == [4]
    brother = record("m.csv", 1, name=("PERSON", "Simon Gale"), tel=("PHONE", "020 7946 0001"))
    unclear = record("r.csv", 1, name=("PERSON", "S. Gale"), tel=("PHONE", "020 7946 0001"))
    assert len(people(found(*rows, *brother))) == 2
    assert groups(found(*rows, *brother, *unclear))[:2] == [4, 2]


def test_a_telephone_with_its_calling_code_and_no_sign_is_the_one_with_a_sign():
    table = record("s.tsv", 0, login=("USERNAME", "oguz55"), msisdn=("PHONE", "905350226656"))
    assert groups(found(*table, ("sms.log", 0, "", 0, "PHONE", "+905350226656"))) == [3]


def test_parts_of_a_nested_object_are_its_own_and_another_object_is_another_person():
    patient = [
        ("b.json", 0, "entry[0].resource.name[0].family", 0, "PERSON", "Gates"),
        ("b.json", 0, "entry[0].resource.name[0].given[0]", 0, "PERSON", "Jon"),
        ("b.json", 0, "entry[0].resource.birthDate", 0, "DATE_OF_BIRTH", "1998-08-30"),
        ("b.json", 0, "entry[0].resource.telecom[0].value", 0, "PHONE", "020 7946 0001"),
        ("b.json", 0, "entry[0].resource.contact[0].name.family", 0, "PERSON", "Rice"),
        ("b.json", 0, "entry[0].resource.contact[0].name.given[0]", 0, "PERSON", "Debra"),
        ("b.json", 0, "entry[0].resource.contact[0].telecom[0].value", 0, "PHONE", "020 7946 0002"),
        ("b.json", 0, "entry[1].resource.name[0].family", 0, "PERSON", "Gates"),
        ("b.json", 0, "entry[1].resource.name[0].given[0]", 0, "PERSON", "Jeff"),
    ]  # fmt: skip
    assert groups(found(*patient)) == [4, 3, 2]


def test_a_row_that_names_people_in_several_columns_is_about_the_one_who_varies():
    rows = []
    for row, (child, father, mother) in enumerate(
        [("Ada", "Bert", "Cleo"), ("Dora", "Emil", "Flo"), ("Gus", "Hal", "Ida")]
    ):
        cells = {"dziecko": ("PERSON", f"{child} Lind{row}"), "ojciec": ("PERSON", f"{father} Lind{row}")}
        cells |= {"matka": ("PERSON", f"{mother} Sund{row}"), "udzielil": ("PERSON", "Jan Kross")}
        rows += record("parish.csv", row, **cells, data=("DATE_OF_BIRTH", f"198{row}-01-02"))
    frame = people(found(*rows))
    assert len(frame) == 10
    assert sorted(frame["n_findings"]) == [1] * 6 + [2] * 3 + [3]


def test_values_of_columns_named_like_a_name_are_that_persons():
    row = {"rider_name": ("PERSON", "Ann Lee"), "rider_phone": ("PHONE", "020 7946 0001")}
    row |= {"pilot_name": ("PERSON", "Bob Fox"), "pilot_phone": ("PHONE", "020 7946 0002")}
    frame = people(found(*record("a.csv", 0, **row)))
    assert sorted(map(list, frame["entities"])) == [["PERSON", "PHONE"], ["PERSON", "PHONE"]]


def test_half_a_name_one_level_below_counts_where_half_a_name_is_asked_for():
    rows = record(
        "a.csv", 0, family=("PERSON", "Gates"), given=("PERSON", "Jon"), tel=("PHONE", "020 7946 0001")
    )
    rows += record(
        "a.csv", 1, family=("PERSON", "Gates"), given=("PERSON", "Jeff"), tel=("PHONE", "020 7946 0001")
    )
    frame = found(*rows)
    frame.loc[frame["field"].eq("given"), "likelihood"] = "unlikely"
    assert groups(frame) == [3, 3]
    assert len(people(frame, min_likelihood="likely")) == 1


def test_who_is_told_by_login_and_telephone_in_one_table_leaves_a_narrow_range():
    rows = [
        r
        for n in range(200)
        for r in record("s.csv", n, login=("USERNAME", f"member{n:03d}x"), tel=("PHONE", f"020 7946 {n:04d}"))
    ]
    estimate = count_people(found(*rows))
    assert estimate.lower <= 200 <= estimate.upper and estimate.upper - estimate.lower <= 30


def test_a_changed_family_name_is_one_person_where_telephone_and_host_agree_and_siblings_are_two():
    one = record(
        "a.csv",
        0,
        name=("PERSON", "Paula Capp"),
        mail=("EMAIL", "paula.capp@firm.example"),
        tel=("PHONE", "020 7946 0001"),
    )
    new = record(
        "b.csv",
        0,
        name=("PERSON", "Paula Told"),
        mail=("EMAIL", "paula.told@firm.example"),
        tel=("PHONE", "020 7946 0001"),
    )
    brother = record(
        "c.csv",
        0,
        name=("PERSON", "Piet Capp"),
        mail=("EMAIL", "piet.capp@firm.example"),
        tel=("PHONE", "020 7946 0001"),
    )
    assert groups(found(*one, *new)) == [6]
    assert groups(found(*one, *brother)) == [3, 3]
    families = [  # the family's word comes first: many telephones have two such names
        r
        for n in range(8)
        for given in ("Anh", "Binh")
        for r in record(f"{given}.csv", n, name=("PERSON", f"Tran{'abcdefgh'[n]} {given}"),
                        mail=("EMAIL", f"{given}{n}@post.example"), tel=("PHONE", f"020 7946 010{n}"))
    ]  # fmt: skip
    assert len(people(found(*families))) == 16


def test_an_address_below_a_name_it_is_made_of_is_that_persons():
    rows = []
    for n, (given, family) in enumerate([("Ann", "Lee"), ("Bob", "Fox"), ("Cy", "Day"), ("Di", "Moor")]):
        rows += [
            ("c.vcf", 8 * n, "", 0, "PERSON", f"{given} {family}"),
            ("c.vcf", 8 * n + 1, "", 9, "PHONE", f"020 7946 000{n}"),
            ("c.vcf", 8 * n + 2, "", 6, "EMAIL", f"{given}.{family}{n}1@post.example".lower()),
        ]
        rows += record("calls.csv", n, who=("PERSON", f"{given} {family}"))
    assert groups(found(*rows)) == [4, 4, 4, 4]


def test_a_greeting_before_many_first_names_is_no_name():
    rows = []
    for n, given in enumerate("Ann Bob Cleo Dora Emil Flo Gus Hal Ida Jan".split()):
        rows += record("m.csv", n, name=("PERSON", f"{given} Lind{n}"), mail=("EMAIL", f"q{n}x@post.example"))
        rows += [
            ("m.mbox", n, "to", 0, "EMAIL", f"q{n}x@post.example"),
            ("m.mbox", n, "body", 0, "PERSON", f"Beste {given}"),
        ]
    assert len(people(found(*rows))) == 10
