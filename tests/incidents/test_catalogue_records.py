"""Records taken apart: everything is placed or listed, once."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadFrameError
from leakkit.incidents.catalogue_records import Account, Record, content_digest, numbered
from leakkit.incidents.catalogue_values import day_of, one_line


@pytest.fixture
def account() -> Account:
    return Account("aiid", "file.json", "CC0-1.0")


def losses(account: Account) -> list[tuple[str, str, int]]:
    return [(row["field"], row["reason"], row["n_values"]) for row in account.finish().losses]


def test_values_not_taken_have_no_place(account):
    record = Record(account, "f", "1", {"a": "x", "b": {"c": [1, 2, None, ""]}, "d": [], "e": {}})
    assert record.text("a") == "x"
    record.close()
    assert losses(account) == [("b.c[]", "no_place", 2)]
    assert (account.loaded.n_values, account.loaded.n_placed) == (3, 1)


def test_wrong_types_are_malformed_and_named_by_record(account):
    record = Record(
        account, "f", "AML.1", {"name": 5, "n": "many", "day": "31/31/2024", "flag": "perhaps", "t": " "}
    )
    assert record.text("name") is None
    assert record.whole("n") is None
    assert record.day("day") is None
    assert record.flag("flag") is None
    assert record.text("t") is None
    found = account.finish().losses
    assert [(row["record"], row["value"]) for row in found] == [
        ("AML.1", "5"),
        ("AML.1", "many"),
        ("AML.1", "31/31/2024"),
        ("AML.1", "perhaps"),
        (None, None),
    ]
    assert {row["reason"] for row in found} == {"malformed"}


def test_several_texts_where_one_belongs_are_ambiguous(account):
    record = Record(account, "f", "1", {"a": ["x", "y"]})
    assert record.text("a[]") == "x"
    assert losses(account) == [("a[]", "ambiguous", 1)]


def test_forgotten_value_is_a_fault_of_the_reader(account):
    Record(account, "f", "1", {"a": "x"})
    with pytest.raises(BadFrameError, match="1 values"):
        account.finish()


def test_hostile_number_of_losses_becomes_few_rows(account):
    for number in range(30):
        document = {f"key{number}-{n}": n for n in range(1000)}
        record = Record(account, "f", "1", document)
        record.close()
    assert len(losses(account)) <= 5_001


def test_numbers_of_equal_ids_do_not_depend_on_order():
    records = [("a", "7"), ("a", "3"), ("a", "3")]
    assert numbered("x", records) == ["x:a#2", "x:a", None]
    assert numbered("x", records[::-1]) == ["x:a", None, "x:a#2"]


def test_content_is_the_same_whatever_the_order_of_keys():
    assert content_digest({"a": 1, "b": [2]}) == content_digest({"b": [2], "a": 1})
    assert content_digest({"a": 1}) != content_digest({"a": "1"})


def test_texts_are_one_line_without_hidden_characters():
    assert one_line("a\n\tb\x00\u202ec") == "a b\\x00\\u202ec"
    assert len(one_line("x" * 10_000_000, 100)) <= 100


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_any_document_is_accounted_for(document):
    account = Account("aiid", "f", "CC0-1.0")
    record = Record(account, "f", "1", json.loads(json.dumps(document)))
    for path in list(record.leaves)[::2]:
        record.texts(path)
    record.close()
    loaded = account.finish()
    assert loaded.n_values == loaded.n_placed + sum(row["n_values"] for row in loaded.losses)


@pytest.mark.parametrize(
    "text", ["2024-02-29", "2/29/2024", "02/29/2024", "2024-02-29T00:00:00Z", "2/29/2024 12:00 AM"]
)
def test_days_in_iso_and_american_form(text):
    assert day_of(text) == dt.datetime(2024, 2, 29)


@pytest.mark.parametrize("text", ["2023-02-29", "29/2/2024", "0000-01-01", "2024", "", "soon", None, 5])
def test_what_is_no_day_is_none(text):
    assert day_of(text) is None
