"""Patterns that wait for their first use are patterns like others."""

from __future__ import annotations

import re

import pytest

from leakkit.late import late


def test_a_late_pattern_is_compiled_at_its_first_use_and_then_finds_what_others_find():
    source, text = r"(\d)(?P<name>[a-z]+)", "1ab, 2cd"
    pattern, known = late(source), re.compile(source)
    assert pattern.pattern == source
    assert "search" not in vars(pattern)
    assert pattern.findall(text) == known.findall(text)
    assert vars(pattern)["search"](text)["name"] == "ab"
    assert pattern.groups == 2 and pattern.sub("", text) == ", "


def test_flags_count_and_a_wrong_pattern_is_told_when_it_is_used():
    assert late("ab", re.IGNORECASE).fullmatch("AB")
    wrong = late("(")
    with pytest.raises(re.error):
        wrong.search("x")
