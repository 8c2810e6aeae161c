"""Figures of bias in text: shares with n, chance hollow, hostile words escaped, nothing said as nothing."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

import leakkit as lk
from leakkit import frames
from tests import made_up_bias
from tests.bias.test_plots_tables import dots, names, texts


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def test_words_are_sorted_by_ratio_and_one_sided_ones_are_arrows():
    ax = lk.draw_keyness(made_up_bias.words())
    assert names(ax)[0] == "mire"
    assert names(ax)[-1] == "peak"
    marks = {m for _, m, _ in dots(ax)}
    assert {"<", ">", "o"} <= marks
    said = texts(ax)
    assert "4 of 7,354 words tell Marsh from others" in said
    assert "12.0% beside 2.0%, p < .001" in said
    assert "n = 500 documents beside 4,500" in said
    assert "1/4" in said


def test_a_ratio_of_two_to_the_power_stands_at_its_logarithm():
    words = made_up_bias.words().query("word == 'stubborn'").assign(ratio=8.0)
    assert [x for x, _, _ in dots(lk.draw_keyness(words))] == [3.0]


def test_a_larger_dot_has_more_documents():
    ax = lk.draw_keyness(made_up_bias.words())
    sizes = {round(float(m.get_xdata()[0]), 2): m.get_markersize() for m in ax.lines if m.get_marker() == "o"}
    assert sizes[0.0] > sizes[2.58]  # market in 500 documents, stubborn in 150


def test_hostile_words_are_plain_text():
    said = texts(lk.draw_keyness(made_up_bias.words()))
    assert "\x1b" not in said
    assert "$x$" in said


def test_another_group_can_be_named():
    ax = lk.draw_keyness(made_up_bias.words(), "Hill")
    assert names(ax) == ["market"]
    assert "0 of 7,354 words tell Hill from others" in texts(ax)


def test_occupations_are_named_and_those_without_figures_counted():
    said = texts(lk.draw_occupations(made_up_bias.occupations()))
    assert "Of 3 occupations, 1 stand above and 1 below labour statistics" in said
    assert "engineer" in said
    assert "not drawn: 1" in said
    assert "n = 610 documents" in said


def test_names_of_occupations_do_not_overlap():
    rows = [{"occupation": f"occupation {n}", "documents": 9, "feminine": 5, "masculine": 4, "both": 0,
             "share": 0.5 + n / 200, "low": 0.4, "high": 0.7, "labour_share": 0.5, "excess": n / 200,
             "p_adjusted": 0.9} for n in range(8)]  # fmt: skip
    ax = lk.draw_occupations(frames.OCCUPATION_PRONOUNS.from_rows(rows))
    boxes = [t.get_window_extent() for t in ax.texts]
    assert boxes
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_association_tests_show_the_band_of_random_targets():
    ax = lk.draw_associations(made_up_bias.associations())
    assert names(ax) == ["flowers", "names"]
    said = texts(ax)
    assert "+1.31, p < .001; 97% of words known" in said
    assert "tests with a warning: 1" in said
    assert "without a figure: 1" in said
    assert ax.get_xlim()[0] < -0.7


def test_association_tests_name_the_p_value_by_documents_where_it_is_the_larger():
    tests = made_up_bias.associations().assign(p_value=0.0001, p_documents=[0.01, 0.00001, None])
    said = texts(lk.draw_associations(tests))
    assert "+1.31, p < .001 by documents; 97% of words known" in said
    assert said.count("by documents") == 1


def test_representation_shows_one_axis_and_distinct_documents():
    ax = lk.draw_representation(made_up_bias.representation(), "origin")
    assert names(ax) == ["Marsh", "Hill", "Isle"]
    said = texts(ax)
    assert "120 (120 documents, 90 distinct)" in said
    assert "60.0 (60 documents)" in said
    assert "other axes not drawn: 1" in said


def test_the_identity_axis_with_most_documents_is_drawn_where_none_is_named():
    assert names(lk.draw_representation(made_up_bias.representation()))[0] == "Marsh"


def test_copies_stand_beside_forms():
    ax = lk.draw_template_skew(made_up_bias.template_skew())
    assert names(ax) == ["Marsh", "Hill"]
    assert sorted((x, m) for x, m, _ in dots(ax)) == [(40.0, "D"), (60.0, "D"), (60.0, "o"), (120.0, "o")]
    said = texts(ax)
    assert "Copies inflate: Marsh 3.00 times" in said
    assert "groups in no document: 1" in said


def test_labels_stand_beside_texts_that_mention_none():
    ax = lk.draw_label_bias(made_up_bias.labels())
    assert [h for _, _, h in dots(ax)] == [False, True]
    said = texts(ax)
    assert "52.0% (52 of 100), p < .001" in said
    assert "dashed: texts that mention none, 12.0% (120 of 1,000)" in said
    assert "Texts that mention 1 of 2 groups carry the label toxic more often" in said


def test_answers_are_in_points_for_shares_and_plain_for_means():
    said = texts(lk.draw_outputs(made_up_bias.outputs()))
    assert "+20.0, p = .001 (30.0% beside 10.0%, n = 80)" in said
    assert "Marsh beside Hill" in said
    assert "percentage points" in said
    plain = texts(lk.draw_outputs(made_up_bias.outputs(), "words"))
    assert "-11.9, p < .001 (40.2 beside 52.1, n = 80)" in plain
    assert "%" not in plain


def test_empty_frames_are_drawn_as_nothing():
    for draw, kind in (
        (lk.draw_keyness, frames.WORD_ASSOCIATIONS), (lk.draw_occupations, frames.OCCUPATION_PRONOUNS),
        (lk.draw_associations, frames.EMBEDDING_ASSOCIATIONS), (lk.draw_representation, frames.REPRESENTATION),
        (lk.draw_label_bias, frames.LABEL_BIAS), (lk.draw_outputs, frames.OUTPUT_COMPARISONS),
        (lk.draw_template_skew, frames.TEMPLATE_SKEW),
    ):  # fmt: skip
        assert "nothing to draw" in texts(draw(kind.from_rows([])))


def test_every_word_of_every_figure_stands_inside_it():
    m = made_up_bias
    for ax in (
        lk.draw_group_rates(m.rates()), lk.draw_error_rates(m.rates()), lk.draw_comparisons(m.comparisons()),
        lk.draw_comparisons(m.comparisons(), figure="ratio"), lk.draw_gaps(m.gaps()),
        lk.draw_four_fifths(m.four_fifths()), lk.draw_strata(*m.strata()), lk.draw_adjusted(m.adjusted()),
        lk.draw_calibration(m.calibration()), lk.draw_proxies(m.proxies()), lk.draw_keyness(m.words()),
        lk.draw_occupations(m.occupations()), lk.draw_associations(m.associations()),
        lk.draw_representation(m.representation()), lk.draw_template_skew(m.template_skew()),
        lk.draw_label_bias(m.labels()), lk.draw_outputs(m.outputs()),
    ):  # fmt: skip
        ax.figure.draw_without_rendering()
        room = ax.figure.bbox.padded(1)
        words = [ax._left_title, ax.xaxis.label, ax.figure._supxlabel, *ax.texts, *ax.get_yticklabels()]
        outside = [w.get_text() for w in words if w.get_text() and not _within(room, w.get_window_extent())]
        assert outside == []


def _within(room, box):
    """Tell whether a box stands inside another."""
    return room.x0 <= box.x0 and box.x1 <= room.x1 and room.y0 <= box.y0 and box.y1 <= room.y1
