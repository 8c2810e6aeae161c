"""The values in the invented leak: nobody's, of right form, and each where the truth says."""

from __future__ import annotations

import ipaddress
import re

import pytest

from data.make_sample_leak.build import build, truth_frame, truth_tables
from leakkit import bundled
from tests.data.sample_text import BINARY, members, records

# Names that formats demand; nothing there belongs to the invented company.
FORMAT_HOSTS = {"s3.amazonaws.com", "git-lfs.github.com", "www.apache.org"}
RESERVED_HOST = re.compile(r"(?:[\w-]+\.)*(?:example\.(?:com|org|net)|[\w-]+\.example|example)")
HOST = re.compile(
    r"(?:https?://|@)(?P<named>[\w.-]*\w)"
    r"|\b(?P<bare>(?:[a-z0-9-]+\.)+(?:com|org|net|io|ai|co|edu|gov|dev|app|cloud|de|fr|uk|eu|se|ie|au|ca))\b"
)
DOCUMENTATION = [
    ipaddress.ip_network(block)
    for block in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
]
IPV4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)")
IPV6 = re.compile(r"(?<![\w:])[0-9a-f]{1,4}(?:::?[0-9a-f]{1,4}){1,7}(?![\w:])")

# Written apart from the generator; data/README.md says who keeps each range.
FICTION = [
    r"(?:\+1[ -]|\()?[2-9]\d\d\)?[ -]555[ -]01\d\d", r"(?:\+44 |0)20 7946 0\d{3}",
    r"(?:\+44 |0)7700 900\d{3}", r"(?:\+44 |0)161 496 0\d{3}", r"(?:\+44 |0)131 496 0\d{3}",
    r"(?:\+49 |0)30 23125 \d{3}",
    r"(?:\+49 |0)69 90009 \d{3}", r"(?:\+49 |0)40 66969 \d{3}", r"(?:\+49 |0)221 4710 \d{3}",
    r"(?:\+49 |0)89 99998 \d{3}", r"(?:\+33 |0)1 99 00 \d\d \d\d", r"(?:\+33 |0)6 39 98 \d\d \d\d",
    r"(?:\+33 |0)4 65 71 \d\d \d\d", r"(?:\+61 2|\(02\)) 5550 \d{4}", r"(?:\+61 3|\(03\)) 7010 \d{4}",
    r"(?:\+353 |0)20 91\d \d{4}", r"(?:\+46 8 |08-)465 004 \d\d", r"(?:\+46 31 |031-)390 06 \d\d",
    r"(?:\+46 40 |040-)628 04 \d\d", r"(?:\+46 980 |0980-)319 2\d\d", r"555-0100",
]  # fmt: skip
FICTIONAL_PHONE = re.compile("|".join(FICTION))
PHONE_LIKE = re.compile(
    r"\+\d{1,3}[ -]\d[\d -]{6,}\d|\(\d{2,3}\) \d{3,4}[ -]\d{4}|\b\d{3}-\d{3}-\d{4}\b"
    r"|(?<!\d )\b0\d{2,4} \d{2,5} \d{2,4}\b"
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def all_texts(truth, held):
    """Path, row, field, text of every string in the leak, binaries left out."""
    found = []
    for path, format in zip(truth["path"], truth["format"], strict=True):
        if format not in {"parquet"} | BINARY or (format == "parquet" and not path.endswith(".part")):
            found += [(path, *record) for record in records(format, held[path])]
    return found


@pytest.fixture(scope="module")
def texts(truth, held):
    return all_texts(truth, held)


@pytest.fixture(scope="module")
def pii():
    return bundled.sample_truth("pii")


def test_every_host_name_is_reserved(texts, truth, held):
    binaries = truth.loc[truth["format"].isin(BINARY), "path"]
    runs = [(path, 0, "", text) for path in binaries for _, _, text in records("png", held[path])]
    strange = set()
    for path, _, _, text in [*texts, *runs]:
        for hit in HOST.finditer(text):
            host = hit["named"] or hit["bare"]
            if not RESERVED_HOST.fullmatch(host) and host not in FORMAT_HOSTS:
                strange.add((path, host))
    assert strange == set()


def test_every_address_is_kept_for_documentation(texts):
    strange, seen = set(), 0
    for path, _, _, text in texts:
        for found in IPV4.findall(text) + [hit for hit in IPV6.findall(text) if hit.count(":") > 1]:
            try:
                address = ipaddress.ip_address(found)
            except ValueError:
                continue  # a time of day
            seen += 1
            if not any(address in block for block in DOCUMENTATION):
                strange.add((path, found))
    assert strange == set()
    assert seen > 5_000


def test_every_telephone_number_is_kept_for_fiction(texts, pii):
    phones = pii.loc[pii["entity"] == "PHONE", "value"]
    assert [phone for phone in phones if not FICTIONAL_PHONE.fullmatch(phone)] == []
    free = set(pii.loc[pii["entity"] != "PHONE", "value"])
    strange = {
        (path, hit)
        for path, _, _, text in texts
        for hit in PHONE_LIKE.findall(text)
        if not FICTIONAL_PHONE.fullmatch(hit) and hit not in free
    }
    assert strange == set()


def misplaced(texts, pii):
    """Planted values that are not where the truth says."""
    where = {(path, row, field): text for path, row, field, text in texts}
    return [
        (entry.path, entry.row, entry.field)
        for entry in pii.itertuples()
        if where[entry.path, entry.row, entry.field][entry.start : entry.end] != entry.value
    ]


def test_every_planted_value_stands_where_the_truth_says(texts, pii):
    assert misplaced(texts, pii) == []
    assert len(pii) > 20_000


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_seeds_give_a_truth_as_exact(seed):
    exhibit = build(seed, scale=0.05)
    truth, tables = truth_frame(exhibit), truth_tables(exhibit)
    held = members(exhibit.files, dict(zip(truth["path"], truth["format"], strict=True)))
    assert sorted(held) == sorted(truth["path"])
    assert misplaced(all_texts(truth, held), tables["pii"]) == []
    phones = tables["pii"].query("entity == 'PHONE'")["value"]
    assert phones.map(FICTIONAL_PHONE.fullmatch).notna().all()
    assert tables["people"]["person_id"].is_unique


def test_no_email_or_address_is_missing_from_the_truth(texts, pii):
    planted = set(zip(pii["path"], pii["row"], pii["field"], pii["value"], strict=True))
    missing = [
        (path, row, field, value)
        for path, row, field, text in texts
        for value in EMAIL.findall(text) + IPV4.findall(text)
        if (path, row, field, value) not in planted and "://" not in text  # not within a connection string
    ]
    assert missing == []


def luhn(number):
    doubled = [
        int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(re.sub(r"\D", "", number)))
    ]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def mod97(iban):
    return int("".join(str(int(c, 36)) for c in iban[4:] + iban[:4])) % 97 == 1


@pytest.mark.parametrize(
    ("entity", "rule"),
    [
        ("CREDIT_CARD", luhn),
        ("IBAN", mod97),
        ("US_SSN", lambda v: re.fullmatch(r"(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}|987-65-432\d", v)),
        (
            "UK_NHS",
            lambda v: (
                sum(int(d) * w for d, w in zip(v.replace(" ", ""), range(10, 0, -1), strict=True)) % 11 == 0
            ),
        ),
        ("FR_NIR", lambda v: 97 - int(v[:13]) % 97 == int(v[13:])),
        ("SE_PERSONNUMMER", lambda v: luhn(v[2:])),
    ],
)
def test_check_digits_are_right(pii, entity, rule):
    values = pii.loc[pii["entity"] == entity, "value"]
    assert len(values) > 90
    assert [value for value in values if not rule(value)] == []


def test_placeholders_belong_to_nobody(pii):
    assert (pii.loc[pii["placeholder"], "person_id"] == "").all()
    assert {"EMAIL", "CREDIT_CARD", "US_SSN", "PHONE", "IP_ADDRESS"} <= set(
        pii.loc[pii["placeholder"], "entity"]
    )


def test_people_are_counted_once_however_often_they_occur(pii):
    people = bundled.sample_truth("people")
    spans = pii[pii["person_id"] != ""].groupby("person_id").size()
    assert people.set_index("person_id")["n_spans"].to_dict() == spans.to_dict()
    users = pii[(pii["path"] == "datasets/users/users.csv") & (pii["entity"] == "EMAIL")]
    assert len(users) > users["person_id"].nunique() > 1_800  # two accounts of one person


def test_households_share_a_telephone_and_strangers_do_not():
    people = bundled.sample_truth("people")
    shared = people.groupby("phone").filter(lambda group: len(group) > 1)
    assert len(shared) > 80
    assert (shared["household"] != "").all()
    assert shared.groupby("phone")["household"].nunique().eq(1).all()


def test_namesakes_are_two_people():
    people = bundled.sample_truth("people").set_index("person_id")
    pairs = people[people["namesake_of"] != ""]
    assert len(pairs) >= 20
    for person in pairs.itertuples():
        one = people.loc[person.namesake_of]
        assert (one.given_name, one.family_name) == (person.given_name, person.family_name)
        assert one.born != person.born and one.email != person.email and one.phone != person.phone


def test_married_people_occur_under_both_names(pii):
    people = bundled.sample_truth("people")
    married = people[people["earlier_family_name"] != ""]
    names = pii[pii["entity"] == "PERSON"].groupby("person_id")["value"].agg(set)
    both = sum(
        any(earlier in name for name in names[key]) and any(later in name for name in names[key])
        for key, earlier, later in zip(
            married["person_id"], married["earlier_family_name"], married["family_name"], strict=True
        )
    )
    assert both > 20


def test_column_verdicts_cover_every_column(held):
    verdicts = bundled.sample_truth("columns")
    for path in verdicts.loc[verdicts["table"] == "", "path"].unique():
        header = held[path].split(b"\n", 1)[0].decode().split(",")
        assert sorted(header) == sorted(verdicts.loc[verdicts["path"] == path, "column"])
