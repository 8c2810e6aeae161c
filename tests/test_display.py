"""What notebooks show: escaped, captioned, rounded, the same bytes each run."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from leakkit.display import cell_text, figure_png, figure_svg, format_bytes, settings, show_figure, show_table
from leakkit.display.cells import format_count
from leakkit.display.tables import show_text
from leakkit.errors import BadParameterError
from leakkit.plots import draw_exposure
from tests import made_up


@pytest.fixture
def shown(monkeypatch):
    """Collect what would be displayed in a notebook."""
    seen = []

    def collect(data, metadata=None):
        seen.append((data, metadata or {}))

    monkeypatch.setattr("leakkit.display.tables.publish", collect)
    monkeypatch.setattr("leakkit.display.figures.publish", collect)
    return seen


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.00 kB"),
        (9_994, "9.99 kB"),
        (9_996, "10.0 kB"),
        (99_960, "100 kB"),
        (999_499, "999 kB"),
        (999_500, "1.00 MB"),
        (10**15, "1.00 PB"),
        (3 * 10**24, "3,000,000 EB"),
    ],
)
def test_sizes_are_decimal_with_three_digits(size, text):
    assert format_bytes(size) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        (pd.NA, "–"),
        (pd.NaT, "–"),
        (float("nan"), "–"),
        (True, "yes"),
        (1234, "1,234"),
        (1.005, "1.00"),
        (["a", "b"], "a, b"),
        ([], "–"),
        (b"abc", "hidden (3 bytes)"),
        ({"k": 1}, "k: 1"),
        (pd.Timestamp("2025-03-01T09:00:00.5Z"), "2025-03-01 09:00:00 UTC"),
    ],
)
def test_a_cell_reads_as_a_person_would_write_it(value, text):
    assert cell_text(value) == text


def test_text_of_private_columns_is_never_shown():
    for column in ("client", "principal", "text", "value", "raw"):
        assert "hunter2" not in cell_text("hunter2", column)
        assert "hunter2" not in cell_text(["hunter2"], column)
    assert cell_text(0.25, "value") == "0.25"  # a metric's value is no secret


def test_a_long_name_loses_its_middle_and_keeps_its_ends():
    text = cell_text("a" * 500 + ".gguf")
    assert len(text) <= 90
    assert text.endswith(".gguf")


def test_a_hostile_cell_is_text_and_nothing_else(shown):
    show_table(made_up.artifacts(made_up.hostile_row())[["path", "danger_rules"]], f"n {made_up.HOSTILE}")
    html = shown[0][0]["text/html"]
    soup = BeautifulSoup(html, "html.parser")
    assert soup.find("script") is None
    assert "alert(1)" in soup.get_text()
    for hidden in ("\x1b", "\u202e"):
        assert hidden not in html
        assert hidden not in shown[0][0]["text/plain"]


def test_a_table_has_caption_scopes_and_a_fixed_identifier(shown):
    frame = pd.DataFrame({"kind": ["a", "b"], "size": [10, 2_000_000], "share": [0.123456, 0.5]})
    show_table(frame, "Bytes by kind")
    show_table(frame, "Bytes by kind")
    assert shown[0] == shown[1]
    soup = BeautifulSoup(shown[0][0]["text/html"], "html.parser")
    assert soup.caption.get_text() == "Bytes by kind"
    assert soup.table["id"].startswith("table-")
    assert [th["scope"] for th in soup.find_all("th")] == ["col"] * 3 + ["row"] * 2
    assert [td.get_text() for td in soup.find_all("td")] == ["10 B", "0.12", "2.00 MB", "0.50"]
    assert all("right" in td["style"] for td in soup.find_all("td"))
    assert all(th.get_text().strip() for th in soup.find_all("th"))
    region = soup.find(class_="table-scroll")
    assert region["tabindex"] == "0"
    assert region["aria-label"]


def test_a_long_table_says_how_many_rows_are_left_out(shown):
    show_table(pd.DataFrame({"n": range(1500)}), "Numbers")
    soup = BeautifulSoup(shown[0][0]["text/html"], "html.parser")
    assert len(soup.tbody.find_all("tr")) == 12
    assert "first 12 of 1,500 rows; 1,488 left out" in soup.caption.get_text()
    assert "1,488 left out" in shown[0][0]["text/plain"]


def test_an_empty_table_says_so(shown):
    show_table(pd.DataFrame({"n": []}), "Numbers")
    assert "(no rows)" in shown[0][0]["text/html"]


def test_a_frame_with_no_columns_is_no_error(shown):
    show_table(pd.DataFrame(), "Nothing")
    assert "Nothing" in shown[0][0]["text/plain"]


def test_a_value_with_the_unit_bytes_is_shown_as_a_size(shown):
    show_table(
        pd.DataFrame({"figure": ["a", "b"], "value": [5000, 5000], "unit": ["bytes", "members"]}), "Figures"
    )
    cells = BeautifulSoup(shown[0][0]["text/html"], "html.parser").find_all("td")
    assert [cell.get_text() for cell in cells[::2]] == ["5.00 kB", "5,000"]


def test_two_columns_of_one_name_are_both_shown(shown):
    show_table(pd.DataFrame([[1, "a"]], columns=["n", "n"]), "Twice")
    assert shown[0][0]["text/plain"] == "Twice\nn  n\n1  a"


def test_zero_rows_are_refused():
    with pytest.raises(BadParameterError, match="at least 1"):
        show_table(pd.DataFrame({"n": [1]}), "Numbers", rows=0)


def test_sentences_are_escaped(shown):
    show_text("a < b", made_up.HOSTILE)
    html = shown[0][0]["text/html"]
    assert html.startswith('<p class="finding mathjax_ignore tex2jax_ignore">a &lt; b x&lt;script&gt;')


def test_a_figure_carries_alt_text_and_caption_and_is_closed(shown):
    import matplotlib.pyplot as plt

    plt.close("all")
    show_figure(draw_exposure(made_up.artifacts()), caption="What & where", alt="Most bytes are weights.")
    (image, about), (below, role) = shown
    assert set(image) == {
        "image/png",
        "text/plain",
    }  # nothing that differs between font libraries is compared
    assert about["image/png"]["alt"] == "Most bytes are weights."
    assert about["image/png"]["caption"] == "What & where"
    assert image["text/plain"] == "Figure. Most bytes are weights."
    assert "What &amp; where" in below["text/html"]
    assert role["leakkit"]["role"] == "caption"
    assert plt.get_fignums() == []


@pytest.mark.parametrize("words", [{"caption": " ", "alt": "a"}, {"caption": "a", "alt": ""}])
def test_a_figure_without_words_is_refused(words):
    with pytest.raises(BadParameterError, match="to be a sentence"):
        show_figure(draw_exposure(made_up.artifacts()), **words)


def test_what_is_no_figure_is_refused():
    with pytest.raises(BadParameterError, match="found int"):
        show_figure(3, caption="a", alt="b")


def test_two_drawings_give_the_same_bytes_and_name_no_software():
    pictures, vectors = [], []
    for _ in range(2):
        figure = draw_exposure(made_up.artifacts())[0].figure
        pictures.append(figure_png(figure))
        vectors.append(figure_svg(figure))
    assert pictures[0] == pictures[1]
    assert vectors[0] == vectors[1]
    assert b"atplotlib" not in pictures[0]
    assert "<dc:date>" not in vectors[0]


def test_settings_forget_personal_ones():
    import matplotlib

    matplotlib.rcParams["font.size"] = 40
    settings()
    assert matplotlib.rcParams["font.size"] == 9.5
    assert matplotlib.rcParams["svg.hashsalt"] == "leakkit"


def test_outside_a_notebook_plain_text_is_printed(capsys):
    show_table(pd.DataFrame({"n": [1]}), "Numbers")
    assert capsys.readouterr().out == "Numbers\nn\n1\n"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (999_999, "999,999"),
        (1_000_000, "1.00 million"),
        (7_241_732_096, "7.24 billion"),
        (10**15, "1,000 trillion"),
    ],
)
def test_large_counts_have_three_digits_and_a_word(number, text):
    assert format_count(number) == text
