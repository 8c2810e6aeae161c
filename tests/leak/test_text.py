"""Names from a leak cannot steer a terminal, turn text around or become a formula."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.leak.text import printable, spreadsheet_safe


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plain.txt", "plain.txt"),
        ("\x1b]0;owned\x07", "\\x1b]0;owned\\x07"),
        ("exe\u202egnp.txt", "exe\\u202egnp.txt"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("line\nbreak\u2028", "line\\x0abreak\\u2028"),
        ("lone\udc80", "lone\\udc80"),
        ("Ελλάδα 東京 é", "Ελλάδα 東京 é"),
    ],
)
def test_hidden_characters_become_visible_codes(name, shown):
    assert printable(name) == shown


@given(st.text(alphabet=st.characters(codec=None)))
def test_result_is_one_encodable_line_without_hidden_characters(name):
    shown = printable(name)
    shown.encode("utf-8")
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} for c in shown)


@given(st.text(), st.integers(3, 40))
def test_limit_is_kept(name, limit):
    assert len(printable(name, limit)) <= limit


@pytest.mark.parametrize("cell", ["=cmd()", "+1", "-1", "@x", "\t=1", " =1", "|x"])
def test_formulas_are_quoted(cell):
    assert spreadsheet_safe(cell).startswith("'")


def test_ordinary_cell_is_left_alone():
    assert spreadsheet_safe("a=b") == "a=b"
