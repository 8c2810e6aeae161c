"""Sentences on bias: every rate with n and interval, chance said as chance, nothing said as nothing."""

from __future__ import annotations

import pytest

import leakkit as lk
from leakkit import frames
from leakkit.errors import BadFrameError
from tests import made_up_bias


def test_rates_are_told_with_counts_and_intervals():
    assert lk.describe_rates(made_up_bias.rates()) == (
        "Selection rate (share predicted 0) by people: highest Hill 75.0% (300 of 400, interval 70.5% to 79.0%); "
        "lowest Marsh 40.0% (400 of 1,000, interval 37.0% to 43.1%); all rows 50.3% (730 of 1,450, interval 47.8% to "
        "52.9%). 1 group is too small to be shown."
    )


def test_errors_are_told_one_by_one():
    first, second = lk.describe_errors(made_up_bias.rates())
    assert "highest Marsh 40.0% (200 of 500" in first
    assert "lowest Hill 10.0% (20 of 200" in first
    assert second.startswith("False negative rate")


def test_weights_leave_n_alone():
    rates = made_up_bias.rates().assign(k=None)
    assert "75.0% (n = 400, interval" in lk.describe_rates(rates)


def test_comparisons_tell_chance_from_findings():
    marsh, coast = lk.describe_comparisons(made_up_bias.comparisons())
    assert marsh == (
        "Marsh 40.0% (n = 1,000) beside Hill 75.0% (n = 400): difference -35.0 points, interval -40.0 to -30.0; "
        "ratio 0.53, interval 0.49 to 0.58; p < .001 after correction over 2 tests."
    )
    assert coast.endswith("p = .12 after correction over 2 tests (not told from chance).")


def test_a_comparison_without_a_test_says_so():
    untested = made_up_bias.comparisons().assign(p_adjusted=None)
    assert lk.describe_comparisons(untested)[0].endswith("0.58; no p-value (not tested).")


def test_equal_rates_have_no_highest():
    equal = made_up_bias.rates().query("not suppressed").assign(rate=1.0, low=0.9, high=1.0, k=None)
    assert (
        "the same in 3 groups, of which the smallest is Coast 100.0% (n = 50, interval"
        in lk.describe_rates(equal)
    )


def test_a_gap_is_told_beside_that_of_equal_groups():
    said = lk.describe_gap(made_up_bias.gaps())
    assert said == (
        "The selection rate of Hill is 35.0 points above that of Marsh (interval 30.0 to 40.0 points; 3 groups, "
        "n = 1,450, the smaller of the two n = 400). Groups of these sizes show a gap of 8.0 points on average when "
        "none differs; the groups differ (p < .001)."
    )
    assert "this may be chance (p = .40)" in lk.describe_gap(made_up_bias.gaps(), "false_negative_rate")


def test_four_fifths_tells_the_failures_of_equal_groups():
    said = lk.describe_four_fifths(made_up_bias.four_fifths())
    assert said.startswith("1 of 2 groups is below four fifths of the selection rate of Hill (n = 400)")
    assert "Marsh, 0.53 (interval 0.49 to 0.58, n = 1,000)" in said
    assert "fail in under 0.01% of samples" in said


def test_four_fifths_of_a_result_tells_the_failures_of_any_group():
    class Result:
        four_fifths = made_up_bias.four_fifths()
        equal_failures = {"people": 0.3}  # noqa: RUF012

    assert lk.describe_four_fifths(Result()).endswith("and some group of all in 30.0%.")


def test_strata_are_told_with_their_warning():
    pooled, within, warning = lk.describe_strata(made_up_bias.strata()[1])
    assert (
        "Marsh differs from Hill in the favourable rate by -14.1 points (interval -17.0 to -11.3)" in pooled
    )
    assert "Within 2 strata the difference is +1.8 points" in within
    assert "1.11 (interval 0.95 to 1.30), p = .23" in within
    assert warning == "It turns round."


def test_adjusted_stands_beside_crude():
    marsh = lk.describe_adjusted(made_up_bias.adjusted())[1]
    assert "as it is +19.0 points (interval +14.0 to +24.0)" in marsh
    assert "held equal +8.4 points (interval +4.0 to +13.0); risk ratio 1.60" in marsh


def test_calibration_names_the_band_furthest_apart():
    said = lk.describe_calibration(made_up_bias.calibration())
    assert said.startswith(
        "In 1 of 4 bands of scores the intervals of two groups do not overlap; furthest apart in band 4"
    )
    assert "Marsh 50.0% (100 of 200" in said


def test_proxies_are_told_best_first():
    said = lk.describe_proxies(made_up_bias.proxies())
    assert said.startswith("2 of 3 columns tried tell the group (n = 1,450)")
    assert said.index("postcode") < said.index("priors")
    assert said.endswith("1 column was not tried.")


def test_words_are_told_with_both_shares():
    said = lk.describe_words(made_up_bias.words(), most=1)
    assert said == (
        "Of 7,354 words tested in documents of Marsh (n = 500) beside others (n = 4,500), 4 are told from chance; "
        "surest: stubborn in 12.0% against 2.0% (ratio 6.00, interval 4.29 to 8.40)."
    )
    assert lk.describe_words(made_up_bias.words(), "Hill").endswith("none is told from chance.")


def test_occupations_are_told_on_both_sides():
    head, above, below, agreement = lk.describe_occupations(made_up_bias.occupations(), "They agree.")
    assert "1 bear more feminine pronouns than women work in them and 1 fewer; 1 are not told" in head
    assert "nurse, 97.1% (233 of 240" in above
    assert "against 17.0%; p < .001." in below
    assert agreement == "They agree."


def test_associations_are_told_with_coverage_and_warning():
    flowers, people, rare = lk.describe_associations(made_up_bias.associations())
    assert (
        "effect size +1.31 (interval 1.00 to 1.60), p < .001; random targets reach -0.70 to 0.72; 17 of 20"
        in flowers
    )
    assert "(not told from chance)" in people
    assert people.endswith("Note: Low coverage.")
    assert "no effect can be told" in rare


def test_the_p_value_by_documents_is_named_where_it_is_the_larger():
    tests = made_up_bias.associations().assign(p_value=0.0001, p_documents=[0.01, 0.00001, None])
    by_documents, by_words, _ = lk.describe_associations(tests)
    assert "p < .001 by documents (p = .010 before correction, by words p < .001); random" in by_documents
    assert "by documents" not in by_words


def test_representation_is_told_per_thousand():
    said = lk.describe_representation(made_up_bias.representation(), "origin")
    assert said.startswith(
        "Origin, per 1,000 documents (n = 1,000): Marsh 120 (interval 101 to 142), Hill 60.0"
    )
    assert said.endswith("1 of 3 groups in none.")


def test_labels_are_told_against_texts_that_mention_none():
    head, far = lk.describe_labels(made_up_bias.labels())
    assert "texts that mention 1 carry the label toxic more often" in head
    assert (
        "Marsh, 52.0% (52 of 100, interval 42.3% to 61.5%) against 12.0% (120 of 1,000): +40.0 points" in far
    )


def test_copies_are_told_with_both_counts():
    assert lk.describe_template_skew(made_up_bias.template_skew()) == (
        "Copies inflate Marsh most: 120 of 1,000 documents mention it (120 in 1,000), but 20 of 500 different forms "
        "(40.0 in 1,000): 3.00 times as many."
    )


def test_answers_are_told_pair_by_pair():
    said = " ".join(lk.describe_outputs(made_up_bias.outputs()))
    assert (
        "30.0% against 10.0% in 80 pairs of prompts, difference +20.0 points (interval +9.0 to +30.0)" in said
    )
    assert "only the first in 20 pairs, only the second in 4" in said
    assert (
        "difference -11.9 (interval -16.0 to -7.00)"
        in lk.describe_outputs(made_up_bias.outputs(), "words")[0]
    )


@pytest.mark.parametrize(
    ("describe", "kind"),
    [
        (lk.describe_rates, frames.GROUP_RATES), (lk.describe_errors, frames.GROUP_RATES),
        (lk.describe_comparisons, frames.GROUP_COMPARISONS), (lk.describe_gap, frames.GROUP_GAPS),
        (lk.describe_four_fifths, frames.FOUR_FIFTHS), (lk.describe_strata, frames.STRATIFIED),
        (lk.describe_adjusted, frames.ADJUSTED), (lk.describe_calibration, frames.CALIBRATION),
        (lk.describe_proxies, frames.PROXIES), (lk.describe_words, frames.WORD_ASSOCIATIONS),
        (lk.describe_occupations, frames.OCCUPATION_PRONOUNS),
        (lk.describe_associations, frames.EMBEDDING_ASSOCIATIONS),
        (lk.describe_representation, frames.REPRESENTATION), (lk.describe_labels, frames.LABEL_BIAS),
        (lk.describe_outputs, frames.OUTPUT_COMPARISONS), (lk.describe_template_skew, frames.TEMPLATE_SKEW),
    ],
)  # fmt: skip
def test_an_empty_frame_is_said_to_be_empty_and_another_refused(describe, kind):
    said = describe(kind.from_rows([]))
    text = said if isinstance(said, str) else " ".join(said)
    assert text.startswith(("There", "No ", "Of 0"))
    assert text.endswith(".")
    with pytest.raises(BadFrameError, match=kind.name):
        describe(frames.MODELS.from_rows([]))
