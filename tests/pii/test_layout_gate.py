"""What the look at a whole batch leaves out has no cells, and what it rules out in a text is not there."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakkit.pii.keys import entity_of_key
from leakkit.pii.layout.cells import cells
from leakkit.pii.layout.digits import may_tell
from leakkit.pii.layout.gate import open_rows
from leakkit.pii.layout.signs import Kind
from leakkit.pii.matching.buffers import join_bytes
from leakkit.pii.matching.endings import IN_KEY, Endings

sys.path.insert(0, str(Path(__file__).parent))

import leak_texts

PIECES = (
    "name|email|city|user_name_of_a_very_long_key|telephone_number_of_the_customer_who_called|full_name|id|birth|no"
    "|date of|Ann Lee|a@b.com|9|12:30|10:11:07|b2:c3|address1|line2|é|x|é:|'|\"|{|[|}|]|(|'a'|(1,|<a>|<b|</i>"
    "|values |VALUES(|insert into t |insert |copy t from stdin;\n|\u3000copy t (a) from stdin\n|$2$abcdefgh12|\\"
    '|{SSHA}abcdefgh12|:x:1:2:|:/home/a:|dn: |BEGIN:VCARD|"columns"|"Fieldſ"|"header|//|-|--|---+---|.|...|>|'
).split("|") + [
    "|",
    ":",
    ": ",
    "=",
    " = ",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\r",
    " ",
    "  ",
    "   ",
    "\x1e",
    "：",
    "\u00a0",
]
SIGNED = st.lists(st.lists(st.sampled_from(PIECES), max_size=24).map("".join), min_size=1, max_size=5)


def assert_nothing_is_lost(texts: list[str]) -> int:
    rows = join_bytes([text.encode() for text in texts])
    opened, kinds = open_rows(rows, np.ones(len(texts), bool))
    may = dict(zip(opened.tolist(), kinds.tolist(), strict=True))
    for row, text in enumerate(texts):
        assert cells(text) == (cells(text, may[row]) if row in may else [])
    return len(texts) - len(may)


@pytest.mark.parametrize("family", ["dev", "held"])
def test_no_cell_of_leaks_is_lost(family: str):
    texts = [document["text"] for document in leak_texts.documents(family, 120, seed=3)]
    assert_nothing_is_lost(texts)
    lines = [line for text in texts for line in text.split("\n")]
    assert assert_nothing_is_lost(lines) > len(lines) / 4


@settings(max_examples=400, deadline=None)
@given(SIGNED)
def test_no_cell_of_texts_made_of_signs_is_lost(texts: list[str]):
    assert_nothing_is_lost(texts)


def test_no_cell_is_lost_among_many_texts_made_of_signs():
    rng = random.Random(5)
    assert_nothing_is_lost(["".join(rng.choices(PIECES, k=rng.randrange(2, 30))) for _ in range(3000)])


def test_prose_and_logs_of_machines_are_left_out():
    prose = "We walked along the river, over the bridge, and then home.\nIt rained: we were wet, but it was fun.\n"
    log = "2025-03-14 10:11:07,123 DEBUG trainer step=123 loss=0.25 lr=3e-4 grad_norm=1.2 sha256:ab12"
    assert not len(open_rows(join_bytes([prose.encode(), log.encode()]), np.ones(2, bool))[0])


def test_rows_that_are_not_looked_at_stay_closed():
    texts = [b"name: Ann Lee\ncity: Ulm", b"a", b"name: Ann Lee\ncity: Ulm", b"name;city\nAnn Lee;Ulm"]
    opened, kinds = open_rows(join_bytes(texts), np.array([False, True, True, True]))
    assert opened.tolist() == [2, 3] and kinds.tolist() == [0, Kind.SEMICOLONS]


NAMES = st.lists(
    st.sampled_from(
        "addr address line 1 2 0 md 5 sha 256 email zip cvv ipv 4 _ - . icd 10 x node user Address rfc 822 mailbox plus"
        " e mail city 7 s key password".split()
    ),
    min_size=1,
    max_size=6,
).map("".join)


@settings(max_examples=500, deadline=None)
@given(NAMES)
def test_a_name_that_tells_may_tell_with_any_digits(name: str):
    if entity_of_key(name).entity is not None:
        assert may_tell("".join("0" if char.isdigit() else char for char in name))


def test_hashes_and_places_in_a_row_tell_nothing():
    assert not any(map(may_tell, ("sha000", "eth0", "a0b0", "T00", "md0", "node00")))
    assert all(map(may_tell, ("address0", "cvv0", "rfc000mailbox", "zip0")))


def key_of(ending: bytes) -> bytes:
    """Give the key that ends with a sign, over blanks and quotes."""
    body = ending[:-1].rstrip(b' "')
    return body[len(body.rstrip(IN_KEY)) :]


def asked(ending: bytes) -> bool | None:
    """Judge as a test may: keys that hold an x say something."""
    key = key_of(ending)
    return None if ending[:-1].rstrip(b' "') == key else b"x" not in key


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='abxyz019_: ="é\x00', max_size=400), st.integers(0, 60))
def test_endings_lose_no_key_that_says_something(text: str, ahead: int):
    data = (" " * ahead + text).encode() + b"\x1e\n"
    array = np.frombuffer(data, np.uint8)
    signs = np.flatnonzero((array == 58) | (array == 61))
    endings = Endings(asked)
    for _ in range(2):
        kept = set(endings.telling(array, signs).tolist())
        assert kept <= set(signs.tolist())
        assert kept >= {sign for sign in signs.tolist() if b"x" in key_of(data[: sign + 1])}


def test_endings_are_asked_for_once():
    calls: list[bytes] = []
    endings = Endings(lambda ending: calls.append(ending) or asked(ending))
    data = b"".join(b"a line: step=%d and a_rather_long_key = %d, 10:11:07\n" % (i, i) for i in range(500))
    array = np.frombuffer(data, np.uint8)
    signs = np.flatnonzero((array == 58) | (array == 61))
    for _ in range(3):
        assert len(endings.telling(array, signs)) < 5
    assert len(calls) < 10
