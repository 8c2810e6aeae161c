"""Lines of logs with an address under its key are searched by detectors alone, and nothing is lost by it."""

from __future__ import annotations

import random
import re

import pyarrow as pa
import pytest

from leakkit.leak.records.stream import schema
from leakkit.pii.find import find_batch
from leakkit.pii.findings import table_of
from leakkit.pii.laid import laid_out
from leakkit.pii.masking.case import Case
from leakkit.pii.matching.buffers import Texts, join_arrow
from leakkit.pii.setup import Setup, make_setup
from leakkit.pii.spans import find_spans
from leakkit.pii.told_alone import holds_service, mails_alone

CASE = Case.from_passphrase("a long pass phrase", "test")
KEYS = "user email to from login mail mailto owner password token name cc id key account subject sender order".split()
LOCALS = "ann.lee root git u024be7lh lucía.weiß info a_b-c test.user ann ubuntu.7 x".split()
HOSTS = "example.org inbox7.example.net srv.local mail.host localhost a.b.c.example.com 192.0.2.7".split()
BEHIND = (
    "",
    " from 192.0.2.7",
    " from 192.0.2.7:22",
    " in 12 ms",
    " 0511 / 44 70 - 218",
    "(3)",
    " name=Ada Quill",
    " status=ok",
    " to=bo@example.org",
    " id=4111111111111111",
    " ok, call 07700 900123",
    ";",
    " pid 8812345",
    "|",
    " by Anna Kowalska",
)
BEFORE = (
    "",
    "INFO ",
    "2025-03-14 03:01:07,428 INFO auth login ok ",
    "[auth] ",
    "status=ok, ",
    "id: 77 ",
    "Ada Quill: ",
    "GET /x?",
    "card=4111 1111 1111 1111 ",
    "-",
    "time: 12 ",
)


def line(rng: random.Random) -> str:
    """Draw a line with an address, or with something like one."""
    mail = f"{rng.choice(LOCALS)}@{rng.choice(HOSTS)}"
    sign = rng.choice(("=", "=", ": ", ":", "=<", '="'))
    return f"{rng.choice(BEFORE)}{rng.choice(KEYS)}{sign}{mail}{rng.choice(BEHIND)}{rng.choice(BEHIND)}"


def batch_of(texts: list[str]) -> pa.RecordBatch:
    """Give texts as a batch of one member."""
    columns = [["t.log"] * len(texts), list(range(len(texts))), [""] * len(texts), texts]
    types = (pa.string(), pa.int64(), pa.string(), pa.large_string())
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema())


def without_losers(found: list[dict]) -> list[dict]:
    """Give findings without the notes of detectors that lost against them."""
    return [one | {"evidence": re.sub(r"; also:[^:]*:[^;]*", "", one["evidence"])} for one in found]


def alone(texts: list[str], setup: Setup) -> list[int]:
    """Give the lines that are left to detectors."""
    rows = join_arrow(batch_of(texts).column("text"))
    return sorted(mails_alone(laid_out(rows, Texts(rows), setup), Texts(rows), setup))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_lines_left_to_detectors_have_the_same_findings(seed: int) -> None:
    rng, setup = random.Random(seed), make_setup(names="builtin", case=CASE)
    texts = [line(rng) for _ in range(400)]
    batch = batch_of(texts)
    found = find_batch(batch, setup).to_pylist()
    spans = find_spans(join_arrow(batch.column("text")), batch.column("field"), setup)
    told = set(alone(texts, setup))
    assert len(told) > 20
    every = [one for one in table_of(batch, spans, setup).to_pylist() if one["row"] in told]
    assert without_losers([one for one in found if one["row"] in told]) == without_losers(every)


@pytest.mark.parametrize(
    ("text", "is_alone"),
    [
        ("2025-03-14 03:01:07,428 INFO auth login ok user=ann.lee@example.org from 192.0.2.7", True),
        ("mail sent to=ann.lee@example.org status=ok", True),
        ("password=ann.lee@example.org", False),
        ("user=ann.lee@example.org ssn=078-05-1120", False),
        ("user=ann.lee@example.org id=4111111111111111", False),
        ("user=annlee", False),
        ("email=ann.lee@example.org from 192.0.2.7", False),
        ("to: bo@example.org to=ann.lee@example.org", False),
    ],
)
def test_only_lines_with_nothing_but_addresses_to_tell_are_left_to_detectors(
    text: str, is_alone: bool
) -> None:
    assert alone([text], make_setup(names="builtin", case=CASE)) == [0] * is_alone


def test_no_line_is_left_to_detectors_that_do_not_look_for_addresses() -> None:
    text = "login ok user=ann.lee@example.org"
    assert alone([text], make_setup(["email", "PERSON"], names="builtin", case=CASE)) == []


def test_the_account_of_a_service_before_an_at_sign_is_seen() -> None:
    assert holds_service("root@example.org") and holds_service("ubuntu.7@example.org")
    assert not holds_service("ann.lee@example.org")
