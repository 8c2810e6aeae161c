"""Lines that are alike are taken apart once: their cells are those that each would have by itself."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from leakkit.pii.columns.verdict import judge
from leakkit.pii.layout.alike import cells_of
from leakkit.pii.layout.cells import cells
from leakkit.pii.layout.signs import EVERY

LINES = [
    "2025-03-12 10:11:07,123 INFO login ok user=ann.{n}@inbox{n}.example.net from 192.0.2.7",
    "2025-03-12T10:11:07.5Z name: Ann{n} city: Oldmarsh",
    "  email: {w}{n}@example.org",
    "phone: 07700 900{n}",
    "address 1: {n} Mill Lane; address 2: flat {n}",
    "\tat org.example.Client.close(Client.java:{n})",
    '"user": true, "email": "{w}@example.org"',
    '"name": null, "active": false, "pin": {n}',
    "name={w} note=[email: {w}{n}]",
    "BEGIN:VCARD",
    "dn: cn={w}{n},dc=example,dc=org",
    "root:x:0:0:{w}:/root:/bin/sh",
    "{w}{n}@example.org:{w}{n}",
    "password={w}{n} user={w}",
    "| name | {w}{n} |",
    "first name\u3000\uff1a{w}{n}",
    "name.....{w}{n}",
    "<user>{w}{n}</user> name: {w}",
    "user: {w} email: {w}{n}@example.org  phone: +44 7700 900{n}",
]


@pytest.mark.parametrize("line", LINES)
def test_lines_of_one_form_have_the_cells_that_each_has_by_itself(line: str) -> None:
    rng = random.Random(line)
    for _ in range(40):
        word = "".join(rng.choice("abtfnNTxXKmZ") for _ in range(rng.randrange(1, 8)))
        text = line.replace("{n}", str(rng.randrange(10_000))).replace("{w}", word)
        for may in (0, EVERY):
            assert list(cells_of(text, may)) == cells(text, may)


@settings(max_examples=300, deadline=None)
@given(
    some.text(alphabet="name: user=email;|,\t.012399(){}[]<>\"'@x-/\n", max_size=60),
    some.sampled_from(("", "2025-03-12 10:11:07,123 ", "email: ", "user=", "name: Ann; phone: ")),
)
def test_any_line_has_the_cells_that_it_has_by_itself(text: str, head: str) -> None:
    for may in (0, EVERY):
        assert list(cells_of(head + text, may)) == cells(head + text, may)


@pytest.mark.parametrize("rest", ["", " from 192.0.2.7", " logged from 198.51.100.23:8080"])
@pytest.mark.parametrize("name", ["user", "email", "password", None])
def test_an_address_is_judged_alike_whatever_its_letters_and_where_it_comes_from(
    name: str | None, rest: str
) -> None:
    first, *others = [
        judge([name], [[value + rest]], rules=False)
        for value in ("ann.1@example.org", "tom.7@example.org", "fay.0@example.org")
    ]
    assert all(other == first for other in others)
