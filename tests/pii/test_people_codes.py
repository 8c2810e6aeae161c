"""Numbers by which systems know people: joined whatever files call them; all values are invented."""

import json

import leakkit as lk
from leakkit.pii.explain import explain
from leakkit.pii.id_roles import same_role
from leakkit.pii.people.join import count_people, people
from leakkit.pii.record_ids import role_of
from tests.pii.test_people import found, groups, record

WRITTEN = (
    "이진주 Jinju.Lee",
    "김경서 Kyungseo.Kim",
    "서아하 Aha.Seo",
    "윤미동 Midong.Yoon",
    "권수미 Sumi.Kwon",
)


def beside(path, number, row, kind, name):
    """A number with a name, in a row of a file."""
    return record(path, row, code=(kind, number), name=("PERSON", name))


def test_a_number_is_one_persons_whether_found_as_a_staff_number_a_login_or_an_id():
    rows = [
        *beside("staff.csv", "AN40994", 0, "EMPLOYEE_ID", "Slavko Halm"),
        *beside("hours.csv", "AN40994", 0, "USERNAME", "HALM, S."),
        *beside("chat.jsonl", "an40994", 0, "ACCOUNT_ID", "Slavko H."),
    ]
    assert groups(found(*rows)) == [6]
    assert groups(found(*rows[:2], *beside("hours.csv", "AN40995", 1, "USERNAME", "Berta Quint"))) == [2, 2]


def test_short_numbers_of_two_systems_are_not_the_same():
    rows = [
        *beside("staff.csv", "173", 0, "EMPLOYEE_ID", "Slavko Halm"),
        *beside("shop.csv", "173", 0, "ACCOUNT_ID", "Slavko Halm-Ost"),
    ]
    assert len(people(found(*record("a.csv", 0, c=("EMPLOYEE_ID", "173")), *rows[2:]))) == 2


def test_names_in_two_scripts_under_the_numbers_of_two_files_are_one_persons():
    rows = []
    for n, both in enumerate(WRITTEN):
        signs, latin = both.split()
        rows += beside("consent.csv", f"S{n:03d}", n, "ACCOUNT_ID", signs)
        rows += beside("paid.csv", f"S{n:03d}", n, "ACCOUNT_ID", latin.replace(".", " "))
    assert groups(found(*rows)) == [4] * len(WRITTEN)


def test_names_beside_the_numbers_of_others_stay_apart():
    owners = ["Ada Ahlberg", "Bela Corsen", "Cleo Dalmann", "Dora Eckford", "Edda Falwood"]
    called = ["Finn Ulmski", "Gero Tordahl", "Hedy Stenova", "Ivo Rosez", "Jara Pelini"]
    rows = []
    for n, (owner, other) in enumerate(zip(owners, called, strict=True)):
        rows += beside("staff.csv", f"M21{n:02d}", n, "EMPLOYEE_ID", owner)
        rows += beside("whom_to_call.csv", f"M21{n:02d}", n, "EMPLOYEE_ID", other)
    assert len(people(found(*rows))) == 10


def test_one_changed_name_among_numbers_whose_names_agree_is_one_person():
    rows = []
    for n, name in enumerate(["Ada Ahlberg", "Bela Corsen", "Cleo Dalmann", "Dora Eckford", "Edda Falwood"]):
        rows += beside("staff.csv", f"M21{n:02d}", n, "EMPLOYEE_ID", name)
        rows += beside("cards.csv", f"M21{n:02d}", n, "EMPLOYEE_ID", name if n else "Rosez, Ada")
    assert len(people(found(*rows))) == 5


def test_badges_without_a_name_are_of_one_of_the_names_of_their_number():
    rows = [
        *beside("staff.csv", "M2101", 0, "EMPLOYEE_ID", "Ada Ahlberg"),
        *beside("whom_to_call.csv", "M2101", 0, "EMPLOYEE_ID", "Finn Ulmski"),
        *[r for n in range(4) for r in record("badges.csv", n, c=("EMPLOYEE_ID", "M2101"))],
    ]
    assert len(people(found(*rows))) == 2


def test_a_number_found_as_an_identity_number_and_as_a_tax_number_is_one():
    rows = [
        *record("a.csv", 0, n=("PERSON", "Ada Ahlberg"), c=("NATIONAL_ID", "1103193892")),
        *record("b.csv", 0, n=("PERSON", "A. Ahlberg"), c=("TAX_ID", "1103193892")),
        *record("b.csv", 1, n=("PERSON", "Aron Ahlberg"), c=("TAX_ID", "1103193893")),
    ]
    assert groups(found(*rows)) == [4, 2]


def test_a_users_number_is_the_same_in_every_language():
    assert same_role(role_of("用户ID")) == same_role(role_of("uid")) == "user"
    assert same_role(role_of("顧客番号")) == same_role(role_of("customer_no")) == "customer"
    assert role_of("作業者番号") == "worker" and role_of("ユーザーID") == role_of("이용자번호") == "user"
    assert role_of("Kennung") == "*" and role_of("订单编号") is None


def test_values_under_keys_that_are_values_belong_to_their_key(tmp_path):
    given = "Ada Bela Cleo Dora Edda Finn Gero Hedy Ivo Jara Kai Lena Milo Nora Odin Pia Quin Rosa Sven Tara".split()
    users = {}
    for n in range(160):
        name = f"{given[n % 20]} {given[n // 20]}mann{given[n % 7].lower()}"
        users[f"u_{n * 7919 + 104729:012x}"] = {
            "email": f"box{n * 37 % 1000}{'x' * (n % 5)}@post.org",
            "name": None if n % 4 == 0 else name,
        }
    (tmp_path / "users.json").write_text(json.dumps(users, indent=0))
    lines = [f'10.0.0.1 - {key} [01/Jan/2025:01:07:03 +0000] "GET /v1 HTTP/1.1" 200 12' for key in users]
    (tmp_path / "access.log").write_text("\n".join(lines))
    table = lk.scan(tmp_path, workers=1, progress=False).findings()
    estimate = count_people(table)
    assert abs(estimate.best - 160) <= 5 and estimate.lower <= 160 <= estimate.upper
    under = table[table["field"].eq("*.email")]
    assert len(under) and under["evidence"].str.contains("; element:").all()
    assert "element" not in explain(under.iloc[0])


def test_a_key_that_comes_in_many_records_is_nobodys_number(tmp_path):
    rows = [{"q2024": {"contact": f"box{n}@post.org"}} for n in range(40)]
    (tmp_path / "r.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    assert len(people(lk.scan(tmp_path, workers=1, progress=False).findings())) == 40
