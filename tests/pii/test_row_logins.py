"""Logins in columns whose names do not say so; all values are invented."""

import pyarrow as pa
import pytest

from leakkit.leak.records.person_numbers import numbers_people
from leakkit.pii.find import find_batch
from leakkit.pii.people.join import people
from leakkit.pii.record_ids import role_of
from leakkit.pii.setup import make_setup
from tests.pii.test_people import found, record

GIVEN = "ada bela cleo dora edda finn gero hedy ivo jara".split()
FAMILY = "ahlberg corsen dalmann eckford falwood tordahl stenova pelini halmer quintus".split()


def batch(column, values, beside="mail", at="@ostwind.net"):
    """A table of a column and addresses or names, as records."""
    texts = [f"{given}.{family}{at}" for given, family in zip(GIVEN, FAMILY, strict=True)]
    rows = [(n, field, text) for n, pair in enumerate(zip(values, texts, strict=True))
            for field, text in zip((column, beside), pair, strict=True)]  # fmt: skip
    return pa.RecordBatch.from_pydict({
        "path": pa.array(["t.csv"] * len(rows)),
        "row": pa.array([row for row, _, _ in rows], pa.int64()),
        "field": pa.array([field for _, field, _ in rows]),
        "text": pa.array([text for _, _, text in rows]),
    })  # fmt: skip


def logins(column, values):
    """Fields in which user names are found."""
    table = find_batch(batch(column, values), make_setup(names=None)).to_pylist()
    return {one["field"] for one in table if one["entity"] == "USERNAME"}


@pytest.mark.parametrize("column", ["subject", "kx", "kakao_id"])
def test_a_column_made_of_the_addresses_beside_it_holds_logins(column):
    made = [f"{family}{given[0]}" for given, family in zip(GIVEN, FAMILY, strict=True)]
    assert logins(column, made) == {column}


def test_words_that_are_not_made_of_the_addresses_beside_them_are_no_logins():
    words = "granite basalt gneiss marble slate quartz pumice chert flint jasper".split()
    assert logins("kx", words) == set()


def test_names_of_files_made_of_addresses_are_no_logins():
    files = [f"{given}_{family}.png" for given, family in zip(GIVEN, FAMILY, strict=True)]
    assert logins("kx", files) == set()


def test_what_comes_again_and_again_is_no_login():
    assert logins("kx", ["ahlberg", "corsen"] * 5) == set()


def test_a_value_that_ends_its_line_is_no_login():
    made = [f"{family}{given[0]}" for given, family in zip(GIVEN, FAMILY, strict=True)]
    assert logins("kx", [f"{value}\n" for value in made]) == set()
    table = find_batch(batch("kx", [*made[:9], f"{made[9]}\n"]), make_setup(names=None)).to_pylist()
    assert sum(one["detector"] == "row_login" for one in table) == 9


def records(*cells):
    """Fields of path, row, name and text."""
    paths, rows, fields, texts = zip(*cells, strict=True)
    return pa.RecordBatch.from_pydict({
        "path": pa.array(paths), "row": pa.array(rows, pa.int64()), "field": pa.array(fields), "text": pa.array(texts)
    })  # fmt: skip


@pytest.mark.parametrize("shift", [0, 1])
def test_elements_of_a_list_have_their_own_addresses_beside_them(shift):
    cells = []
    for n, (given, family) in enumerate(zip(GIVEN, FAMILY, strict=True)):
        cells.append(("a.json", 0, f"cards[{n}].mail", f"{given}.{family}@ostwind.net"))
        cells.append(("a.json", 0, f"cards[{(n + shift) % 10}].kx", f"{family}{given[0]}"))
    table = find_batch(records(*cells), make_setup(names=None)).to_pylist()
    assert sum(one["detector"] == "row_login" for one in table) == (0 if shift else 10)


@pytest.mark.parametrize("path", ["a.csv", "b.csv"])
def test_rows_of_other_members_are_not_beside_a_login(path):
    cells = []
    for n, (given, family) in enumerate(zip(GIVEN, FAMILY, strict=True)):
        cells.append(("a.csv", n, "mail", f"{given}.{family}@ostwind.net"))
        cells.append((path, n, "kx", f"{family}{given[0]}"))
    table = find_batch(records(*cells), make_setup(names=None)).to_pylist()
    assert sum(one["detector"] == "row_login" for one in table) == (10 if path == "a.csv" else 0)


def test_accounts_of_services_are_nobody():
    rows = [
        *record("a.csv", 0, c=("USERNAME", "sa-loader-3f01"), d=("EMAIL", "sa-77f1@iam.ostwind.net")),
        *record("a.csv", 1, c=("USERNAME", "simulator")),
        *record("a.csv", 2, d=("EMAIL", "mill-7@shop.iam.ostwind.net")),
    ]
    assert len(people(found(*rows))) == 0
    assert len(people(found(*record("a.csv", 1, c=("USERNAME", "sa.loadermann"))))) == 1


def test_numbers_of_principals_are_people_and_sums_are_not():
    assert role_of("principal_id") == "principal" and role_of("principal") is None
    assert numbers_people("a.jsonl", "principal_id") and not numbers_people("a.jsonl", "principal")
