"""Whose column, list or element it is where no name of a column says so, and what the range makes of it."""

import json
from pathlib import Path

import pytest

import leakkit as lk
from leakkit.pii.columns.verdict import judge
from leakkit.pii.people.join import count_people, people
from leakkit.pii.tagger import load
from leakkit.pii.tagger.clauses import is_clause
from tests.pii.test_people import found, groups, record
from tests.pii.test_people_records import NAMES, scanned

GIVEN = "Ann Bea Cid Dora Emil Flora Gus Hugo Iris Jack Kira Lars".split()
FAMILY = "Lee Fox Moore Hart Kent Vask Ross Bond Shaw Pike Nash Wood".split()
CHOSEN = (
    "kilostorm599 arnequiz98 wanjnyam18 otieno_ch villanueval4 nightwolf359 ironowl845 agrawalc8 tinybyte314 "
    "lovedela80 esther_mu luckymoth353 sunnycrab116 zayajagg30"
).split()


def test_who_invites_is_not_who_is_invited():
    rows = [
        r
        for n in range(12)
        for r in record(
            "invites.csv",
            n,
            invited_email=("EMAIL", f"q{n}member@post.example"),
            invited_by=("EMAIL", f"{'ann bea cid'.split()[n % 3]}.lee@firm.example"),
        )
    ]
    assert len(people(found(*rows))) == 15


def test_a_second_address_that_always_goes_with_the_first_is_the_same_persons():
    rows = [
        r
        for n in range(12)
        for r in record(
            "users.csv",
            n,
            email=("EMAIL", f"q{n}member@post.example"),
            work_email=("EMAIL", f"g{n}@firm.example"),
        )
    ]
    assert len(people(found(*rows))) == 12


@pytest.mark.parametrize(
    ("local", "expected"),
    [("{given}{n}", 12), ("{family}.{given}", 12), ("k{family}{n}", 24), ("rio.blue{n}", 24)],
)
def test_a_contact_address_made_of_the_rows_own_name_is_of_the_same_person(local, expected):
    rows = []
    for n, (given, family) in enumerate(zip(GIVEN, FAMILY, strict=True)):
        contact = local.format(given=given.lower(), family=family.lower(), n=n)
        rows += record(
            "staff.csv",
            n,
            given=("PERSON", given),
            family=("PERSON", family),
            work_mail=("EMAIL", f"w{n}e@firm.example"),
            contact_email=("EMAIL", f"{contact}@post.example"),
        )
    assert len(people(found(*rows))) == expected


@pytest.mark.parametrize(("account", "expected"), [(None, 12), ("payer{n}@post.example", 24)])
def test_telephones_of_a_table_of_recipients_are_theirs_unless_an_account_is_beside_them(account, expected):
    rows = []
    for n, (given, family) in enumerate(zip(GIVEN, FAMILY, strict=True)):
        more = {"email": ("EMAIL", account.format(n=n))} if account else {}
        rows += record(
            "parcels.csv",
            n,
            recipient=("PERSON", f"{given} {family}"),
            phone=("PHONE", f"+44 20 7946 0{100 + n}"),
            **more,
        )
    assert len(people(found(*rows))) == expected


def test_whoever_travels_with_a_guest_is_not_the_guest_of_that_number():
    rows = []
    for n, (given, family) in enumerate(zip(GIVEN, FAMILY, strict=True)):
        guest = {"full_name": ("PERSON", f"{given} {family}"), "guest_id": ("ACCOUNT_ID", f"guest-{n}401")}
        rows += record("guests.csv", n, **guest)
        rows += record("stays.csv", n, **guest, travels_with=("PERSON", f"{FAMILY[n - 1]} {GIVEN[n - 2]}"))
    assert len(people(found(*rows))) == 24


def test_a_payroll_with_private_addresses_tells_of_the_same_people_as_the_accounts():
    names = [f"{GIVEN[n % 12]} {FAMILY[n // 5]}{'abcde'[n % 5]}" for n in range(60)]
    rows = []
    for n, name in enumerate(names):
        rows += record("users.json", n, real_name=("PERSON", name), email=("EMAIL", f"w{n}x@firm.example"))
        rows += record("payroll.csv", n, holder=("PERSON", name), email=("EMAIL", f"p{n}q@post.example"))
    figures = count_people(found(*rows))
    assert figures.rows == 120
    assert figures.lower <= 60 <= figures.best * 1.15
    assert figures.upper < 75


def test_analysts_of_many_applicants_numbers_are_nobody_elses_account():
    rows = []
    for n, (given, family) in enumerate(zip(GIVEN, FAMILY, strict=True)):
        number = ("NATIONAL_ID", f"{n}70{n}45")
        rows += record("applicants.sql", n, name=("PERSON", f"{given} {family}"), cpf=number)
        rows += record("scores.parquet", n, cpf=number, analyst=("EMAIL", f"a{n % 3}x@firm.example"))
    assert len(people(found(*rows))) == 15


def test_an_address_called_like_the_contact_is_not_the_candidates():
    rows = []
    for n, (given, family) in enumerate(zip(GIVEN, FAMILY, strict=True)):
        rows += record(
            "pipeline.csv",
            n,
            candidate=("PERSON", f"{given} {family}"),
            client_contact=("PERSON", "Mona Berg"),
            client_email=("EMAIL", "office7@firm.example"),
        )
        rows += record(
            "users.csv", n, name=("PERSON", f"{given} {family}"), mail=("EMAIL", f"q{n}@post.example")
        )
    assert len(people(found(*rows))) == 13


@pytest.mark.parametrize("kind", ["contacts", "contact_points"])
def test_contacts_in_a_list_are_of_the_record_around_it(tmp_path, kind):
    rows = [
        {
            "person": {
                "firstName": name.split()[0],
                "lastName": name.split()[1],
                kind: [
                    {"type": "email", "value": f"x{n}y@post-firm.eu"},
                    {"type": "mobile", "value": f"+44 791 431 04{n:02d}"},
                ],
            }
        }
        for n, name in enumerate(NAMES)
    ]
    assert scanned(tmp_path, people__json=json.dumps(rows)).rows == len(NAMES)


def test_the_contact_of_an_account_in_a_list_is_the_accounts(tmp_path):
    accounts = [
        {"user": user, "profile": {"fullname": ""}, "contact": {"email": f"{n}box@post-firm.eu"}}
        for n, user in enumerate(CHOSEN)
    ]
    assert scanned(tmp_path, accounts__json=json.dumps({"accounts": accounts})).rows == len(CHOSEN)


def test_an_initial_with_a_family_name_is_the_only_person_of_that_name():
    whole = record("a.csv", 0, name=("PERSON", "Lily Hall"), mail=("EMAIL", "lily7@post.example"))
    other = record("a.csv", 1, name=("PERSON", "Tom Vask"), mail=("EMAIL", "tom7@post.example"))
    short = record("b.csv", 0, candidate=("PERSON", "L. Hall"))
    stranger = record("b.csv", 0, candidate=("PERSON", "B. Vask"))
    assert groups(found(*whole, *other, *short)) == [3, 2]
    assert groups(found(*whole, *other, *stranger)) == [2, 2, 1]


@pytest.mark.parametrize("name", ["annotator", "worker", "anotador", "标注员", "reviewer"])
def test_chosen_names_under_a_role_are_accounts(name):
    verdict = judge([name, "label"], [CHOSEN * 3, ["A", "B", "C"] * 14])[0]
    assert verdict.entity == "USERNAME"


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (
            "worker",
            ["toxicity-sw", "sum-pref", "bbox-retail", "rlhf-pairs", "ner-news", "qa-med", "ocr-bank"] * 4,
        ),
        ("worker", [f"ann-{n:04d}" for n in range(40)]),
        ("annotator", ["gpt-4", "claude-3", "llama-3-70b", "mistral-7b"] * 10),
        ("label", CHOSEN * 3),
    ],
)
def test_projects_numbers_models_and_columns_of_no_role_are_no_accounts(name, values):
    assert judge([name, "n"], [values, ["1"] * len(values)])[0].entity != "USERNAME"


def test_a_name_of_a_column_that_says_little_takes_nothing_from_its_values():
    values = [f"{family}, {given}" for given, family in zip(GIVEN, FAMILY, strict=True)]
    weak, none = judge(["co_name"], [values])[0], judge([None], [values])[0]
    assert weak.entity == none.entity == "PERSON" and weak.confidence >= none.confidence


@pytest.mark.parametrize(
    "text", ["了解です", "確認お願いします", "面接は来週です", "候補者", "您好请问", "감사합니다"]
)
def test_clauses_of_east_asia_are_no_names(text):
    assert is_clause(text)


@pytest.mark.parametrize(
    "text", ["遠藤 裕子", "山田さくら", "ますだ さくら", "水野 よう子", "王小明", "김하늘", "Ann Lee"]
)
def test_names_of_east_asia_are_no_clauses(text):
    assert not is_clause(text)


def _unlinked(n_unlinked):
    """Give a table in which one in five has no login, and a log of logins, of which some are in no table."""
    rows = []
    for n in range(100):
        cells = {
            "name": ("PERSON", f"{GIVEN[n % 12]} {FAMILY[n // 12]}"),
            "tel": ("PHONE", f"020 7946 {n:04d}"),
        }
        if n % 5:
            cells["login"] = ("USERNAME", f"member{n}x")
            rows += record("log.csv", n, worker=("USERNAME", f"member{n}x"))
        rows += record("staff.csv", n, **cells)
    for n in range(n_unlinked):
        rows += record("log.csv", 1000 + n, worker=("USERNAME", f"other{n}y"))
    return count_people(found(*rows))


def test_logins_that_nothing_links_may_be_of_known_people_or_of_others():
    estimate = _unlinked(16)
    assert 100 < estimate.best < 116 and estimate.lower <= 100 and estimate.upper >= 112


def test_the_range_is_wider_where_much_is_known_by_one_kind_of_value_alone_and_never_above_a_quarter():
    clean, unclean = _unlinked(0), _unlinked(60)
    width = [(e.upper - e.lower) / e.best for e in (clean, unclean)]
    assert width[0] < width[1] <= 0.25


@pytest.mark.parametrize("number", ["0696 940 224", "+31 640 150 887", "0171 2345678", "(020) 7946 0321"])
@pytest.mark.parametrize("name", ["Dirk van der Laar", "Stijn Hofman", "Anna Kowalska"])
def test_a_name_before_a_telephone_in_one_cell_is_found(name, number):
    assert load().tag([f"{name} {number}"])[0][:1] == load().tag([name])[0]
    assert [entity for _, _, entity, _ in load().tag([name])[0]] == ["PERSON"]


@pytest.mark.parametrize(
    "name", ["Gemeente Utrecht", "Landkreis Harz", "Comune di Roma", "Ayuntamiento de Soria"]
)
def test_an_authority_is_no_person(name):
    assert len(people(found(*record("claims.csv", 0, opponent=("PERSON", name))))) == 0


def test_accounts_of_clerks_are_not_of_those_whose_cases_they_have(tmp_path: Path) -> None:
    clerks = ["gustaf.strom@firm-one.net", "inger.dahl@firm-one.net", "bo.nyberg@firm-one.net"]
    given, family = (
        ("Maria", "Ted", "Jan", "Sven", "Nils", "Olle"),
        ("Lind", "Persson", "Ek", "Holm", "Frisk"),
    )
    names = [f"{one} {other}" for one in given for other in family]
    lines = [
        json.dumps(
            {
                "skadenr": f"S-{n}",
                "handläggare": clerks[n % 3],
                "motpart": {"namn": name, "tel": f"070-13{n:02} 668"},
            }
        )
        for n, name in enumerate(names)
    ]
    (tmp_path / "skador.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = lk.scan(tmp_path, workers=1, progress=False).findings()
    assert lk.people(found).attrs["estimate"]["rows"] == len(names) + len(clerks)


def test_whole_names_in_chinese_signs_are_people(tmp_path: Path) -> None:
    names = ["杨峰", "王华", "田秀梅", "邹红霞", "胡建华", "吕坤", "郭丽", "张桂芝", "郑兵", "卢丽丽"]
    rows = [
        json.dumps({"收件人": name, "地址": "幸福路1号", "备注": "放门口"}, ensure_ascii=False)
        for name in names
    ]
    (tmp_path / "orders.jsonl").write_text("\n".join(rows), encoding="utf-8")
    found = lk.scan(tmp_path, workers=1, progress=False).findings()
    assert set(found["field"]) >= {"收件人"}
    assert lk.people(found).attrs["estimate"]["rows"] == len(names)
