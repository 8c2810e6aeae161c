"""Figures: sorted bars from zero, n and unknowns printed, colours that everybody can tell apart."""

from __future__ import annotations

import warnings

import matplotlib
import matplotlib.pyplot as plt
import pytest

from leakkit.errors import BadFrameError
from leakkit.plots import draw_access, draw_danger, draw_exposure, draw_formats, draw_sensitivity, label
from leakkit.plots.exposure import DANGER_MARKS
from leakkit.plots.style import BLUE, GREEN, GREY, INK, PURPLE, VERMILION
from tests import made_up

DRAWINGS = [draw_exposure, draw_formats, draw_danger, draw_sensitivity]


@pytest.fixture(autouse=True)
def _closed():
    """Leave no figure open."""
    yield
    plt.close("all")


def axes_of(drawn):
    """Give all Axes of a drawing."""
    return list(drawn) if isinstance(drawn, tuple) else [drawn]


def words_of(axes):
    """Give every text in the figure of these Axes."""
    figure = axes[0].figure
    return " | ".join(text.get_text() for text in figure.findobj(matplotlib.text.Text))


def luminance(colour):
    """Relative luminance, WCAG 2.2."""
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in matplotlib.colors.to_rgb(colour)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(first, second="white"):
    """Contrast ratio, WCAG 2.2."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("draw", DRAWINGS)
def test_bars_start_at_zero_and_axes_are_named(draw):
    for axes in axes_of(draw(made_up.artifacts())):
        assert axes.get_xlim()[0] == 0
        assert axes.get_xlabel()
        assert axes.get_title(loc="left")


@pytest.mark.parametrize("draw", DRAWINGS)
def test_n_is_printed(draw):
    assert "n = " in words_of(axes_of(draw(made_up.artifacts())))


def test_what_is_unknown_or_only_claimed_is_printed():
    words = words_of(axes_of(draw_exposure(made_up.artifacts())))
    assert "n = 6 members, 1.04 kB" in words
    assert "2 only claimed, not drawn" in words
    assert "1 of unknown size" in words
    assert "3 not looked at" in words_of([draw_danger(made_up.artifacts())])


@pytest.mark.parametrize("draw", DRAWINGS)
def test_at_most_ten_bars_and_the_rest_is_counted(draw):
    kinds = [
        "weights",
        "config",
        "tokenizer",
        "evaluation",
        "log",
        "dataset",
        "secret",
        "source_code",
        "document",
        "archive",
        "other",
    ]
    varieties = [
        "API key",
        "Bank",
        "Classified",
        "Copyrighted",
        "Credentials",
        "Internal",
        "Medical",
        "Payment",
        "Personal",
        "Secrets",
        "System",
    ]
    many = [
        {"path": f"p{i}", "size": i + 1, "format": f"format-{i}", "kind": kind, "veris_variety": variety}
        for i, (kind, variety) in enumerate(zip(kinds, varieties, strict=True))
    ]
    axes = axes_of(draw(made_up.artifacts(*many)))
    assert all(len(one.get_yticks()) == 10 for one in axes)
    assert "not drawn: " in words_of(axes)


def test_bars_are_sorted_longest_first():
    left, _ = draw_exposure(made_up.artifacts())
    widths = [bar.get_width() for bar in left.patches]
    assert widths == sorted(widths, reverse=True)
    assert left.get_ylim()[0] > left.get_ylim()[1]  # the first bar is on top


@pytest.mark.parametrize("draw", DRAWINGS)
def test_an_empty_leak_draws_an_empty_figure(draw):
    assert "nothing to draw" in words_of(axes_of(draw(made_up.artifacts().head(0))))


@pytest.mark.parametrize("draw", DRAWINGS)
def test_hostile_names_reach_no_figure_as_markup(draw):
    artifacts = made_up.artifacts(made_up.hostile_row())
    artifacts["format"] = artifacts["format"].where(artifacts["path"] != made_up.HOSTILE, made_up.HOSTILE)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a glyph that the font lacks would warn
        axes = axes_of(draw(artifacts))
        axes[0].figure.canvas.draw()
    assert "\x1b" not in words_of(axes)
    assert all(not text.get_parse_math() for text in axes[0].get_yticklabels())


def test_a_label_is_short_and_has_only_glyphs_of_the_font():
    assert len(label("z" * 400)) <= 36
    assert label("模型") == "□□"


@pytest.mark.parametrize("colour", [BLUE, VERMILION, GREEN, PURPLE, GREY])
def test_marks_keep_three_to_one_against_the_paper(colour):
    assert contrast(colour) >= 3


def test_text_keeps_four_and_a_half_to_one():
    assert contrast(INK) >= 4.5
    assert contrast("#404040") >= 4.5


def test_danger_is_told_by_hatch_and_word_too():
    marks = [(hatch, word) for word, _, hatch in DANGER_MARKS.values()]
    assert len({word for _, word in marks}) == 4
    assert marks[0][0] and marks[1][0] and marks[0][0] != marks[1][0]


def test_the_legend_counts_bars_that_are_not_drawn_too():
    legend = draw_danger(made_up.artifacts()).get_legend()
    assert [text.get_text() for text in legend.get_texts()] == [
        "dangerous (1)",
        "none found (2)",
        "not looked at (3)",
    ]


def test_access_marks_the_first_answered_anonymous_read():
    axes = draw_access(made_up.access())
    assert "first anonymous read" in words_of([axes])
    marks = [line for line in axes.get_lines() if line.get_linestyle() == ":" and len(line.get_xdata()) == 2]
    assert any(str(line.get_xdata()[0]).startswith("2025-03-01 09:00") for line in marks)
    assert "n = 5 requests" in words_of([axes])


def test_access_lines_differ_by_style_not_by_colour_alone():
    lines = [
        line for line in draw_access(made_up.access()).get_lines() if not line.get_label().startswith("_")
    ]
    assert len({line.get_linestyle() for line in lines}) == len(lines) == 3


def test_no_access_log_draws_an_empty_figure():
    assert "nothing to draw" in words_of([draw_access(made_up.access().head(0))])


def test_another_frame_is_refused():
    with pytest.raises(BadFrameError, match="no column time"):
        draw_access(made_up.artifacts().drop(columns="status"))


def test_a_drawing_uses_the_axes_it_is_given():
    _, axes = plt.subplots()
    assert draw_formats(made_up.artifacts(), axes) is axes
