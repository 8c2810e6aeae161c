"""Tables to sort and search: offline, escaped, masked; static where nobody can click."""

from __future__ import annotations

import html as html_module
import importlib.util
import json
import re
import sys

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from leakkit.errors import MissingExtraError
from leakkit.explore import explore, harmless, interactive_html
from tests import made_up


@pytest.fixture
def interactive(monkeypatch):
    """Take away the wish for static tables, and stand in for a notebook."""
    monkeypatch.delenv("LEAKKIT_STATIC", raising=False)
    monkeypatch.setattr(sys.modules["leakkit.explore"], "in_notebook", lambda: True)


def table_part(page):
    """Give the HTML without the program that sorts and searches."""
    return page[page.index('<div class="mathjax_ignore') :]


def test_the_static_form_is_a_plain_table(capsys):
    explore(made_up.artifacts()[["path", "size"]], "Inventory")
    assert capsys.readouterr().out.startswith("Inventory\npath")


def test_without_itables_the_error_says_what_to_install(interactive, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r'pip install "leakkit\[lab\]"'):
        explore(made_up.artifacts(), "Inventory")


def test_nothing_is_fetched_and_nothing_hostile_is_live():
    pytest.importorskip("itables")
    page = interactive_html(made_up.artifacts(made_up.hostile_row()), "</script><img src=x onerror=alert(1)>")
    part = table_part(page)
    assert "<script>alert" not in part
    assert "<img" not in part
    assert "\x1b" not in part and "\u202e" not in part
    soup = BeautifulSoup(page, "html.parser")
    assert not [tag for tag in soup.find_all(src=True) if not tag["src"].startswith("data:")]
    assert not soup.find_all("link")
    assert not re.findall(r"""import\s*\(?\s*['"]https?:""", page)


def test_every_row_reaches_the_table_with_its_numbers_plain():
    pytest.importorskip("itables")
    part = table_part(interactive_html(made_up.artifacts()[["path", "size"]], "Inventory"))
    data = json.loads(json.loads(re.search(r'"data_json": ("(?:[^"\\]|\\.)*")', part).group(1)))
    assert len(data) == 9
    assert [html_module.unescape(cell) for cell in data[-1]] == ["w.safetensors", "1000"]


def test_private_columns_are_hidden_and_the_frame_is_not_changed():
    access = made_up.access()
    before = access.copy(deep=True)
    shown = harmless(access)
    assert not shown["client"].str.contains("203.0.113").any()
    assert access.equals(before)


def test_two_columns_of_one_name_do_not_break_it():
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert len(harmless(frame)) == 1
