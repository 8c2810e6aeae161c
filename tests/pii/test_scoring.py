"""Findings against truth: coverage of characters, common types, intervals, and counts that say what they count."""

from __future__ import annotations

import pandas as pd
import pytest

import leakkit as lk
from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames import FINDINGS
from leakkit.pii.scoring import false_alarms, missed_values, score_findings
from leakkit.pii.summary import at_least, counted, is_counted, measure_findings, measure_prevalence


def spans(*rows):
    """Spans of one place: (start, end, entity) or (start, end, entity, row)."""
    return pd.DataFrame(
        [
            {"path": "a", "row": (*row, 0)[3], "field": "", "start": row[0], "end": row[1], "entity": row[2]}
            for row in rows
        ],
        columns=["path", "row", "field", "start", "end", "entity"],
    )


def findings(*rows):
    """A findings frame: (entity, likelihood, row, placeholder)."""
    return FINDINGS.from_rows(
        [
            {"path": "a", "row": row, "field": "", "start": 0, "end": 5, "entity": entity, "family": "contact",
             "likelihood": level, "score": 0.5, "placeholder": fake, "value_key": str(n), "detector": "d"}
            for n, (entity, level, row, fake) in enumerate(rows)
        ]
    )  # fmt: skip


def test_half_of_the_characters_make_a_hit_and_less_does_not():
    assert score_findings(spans((0, 5, "PERSON")), spans((0, 10, "PERSON")))["recall"].tolist() == [1, 1]
    assert score_findings(spans((0, 4, "PERSON")), spans((0, 10, "PERSON")))["recall"].tolist() == [0, 0]
    assert score_findings(spans((0, 4, "PERSON")), spans((0, 10, "PERSON")))["precision"].tolist() == [1, 1]


def test_a_street_and_a_town_found_as_one_address_are_both_found():
    truth = spans((0, 10, "STREET_ADDRESS"), (12, 18, "CITY"))
    scored = score_findings(spans((0, 18, "LOCATION")), truth)
    assert scored.iloc[0][["type", "n_truth", "n_found", "n_right"]].tolist() == ["LOCATION", 2, 2, 1]


def test_another_type_another_row_and_another_place_do_not_count():
    truth = spans((0, 5, "PERSON"))
    assert score_findings(spans((0, 5, "EMAIL")), truth)["recall"].tolist() == [0, 0]
    assert score_findings(spans((0, 5, "PERSON", 1)), truth)["recall"].tolist() == [0, 0]
    elsewhere = spans((0, 5, "PERSON")).assign(path="b")
    assert score_findings(elsewhere, truth)["n_right"].tolist() == [0, 0]


def test_types_that_the_truth_does_not_mark_are_neither_right_nor_wrong():
    scored = score_findings(spans((0, 5, "PERSON"), (9, 12, "ORGANIZATION")), spans((0, 5, "PERSON")))
    assert scored["n_findings"].tolist() == [1, 1]


def test_without_findings_precision_is_missing_and_its_interval_says_nothing():
    scored = score_findings(spans(), spans((0, 5, "PERSON")))
    assert scored["precision"].isna().all()
    assert scored["recall"].tolist() == [0, 0]


def test_false_alarms_and_missed_values_are_the_rest():
    found, truth = spans((0, 5, "PERSON"), (20, 25, "PERSON")), spans((0, 5, "PERSON"), (40, 45, "PERSON"))
    assert false_alarms(found, truth)["start"].tolist() == [20]
    assert missed_values(found, truth)["start"].tolist() == [40]


def test_a_frame_without_spans_is_answered_with_what_lacks():
    with pytest.raises(BadFrameError, match="no end"):
        score_findings(spans((0, 5, "PERSON")).drop(columns="end"), spans((0, 5, "PERSON")))


def test_counts_keep_placeholders_apart_and_name_their_denominators():
    frame = findings(
        ("EMAIL", "likely", 0, False),
        ("EMAIL", "likely", 0, False),
        ("EMAIL", "possible", 1, True),
        ("PHONE", "unlikely", 2, None),
    )
    counts = measure_findings(frame).set_index("entity")
    assert counts.loc["EMAIL", ["findings", "records", "members", "likely", "placeholders"]].tolist() == [
        2,
        1,
        1,
        2,
        1,
    ]
    assert counts.loc["PHONE", ["findings", "unlikely", "placeholders"]].tolist() == [1, 1, 0]
    assert counts["findings"].sum() == 3


def test_only_levels_at_or_above_the_asked_one_stay():
    frame = findings(
        ("EMAIL", "likely", 0, False), ("EMAIL", "very_likely", 1, False), ("EMAIL", "possible", 2, False)
    )
    assert at_least(frame, "likely")["row"].tolist() == [0, 1]
    with pytest.raises(BadParameterError, match="level"):
        at_least(frame, "sure")


def test_prevalence_needs_every_document_that_was_searched():
    frame = findings(
        ("EMAIL", "likely", 0, False), ("EMAIL", "likely", 0, False), ("EMAIL", "likely", 1, True)
    )
    rates = measure_prevalence(counted(frame), 100, {"EMAIL": "email_address", "PHONE": "phone_number"})
    assert rates["per_1000_documents"].tolist() == [20, 0]
    assert rates["documents_with"].tolist() == [1, 0]
    assert rates["high"].gt(rates["share"]).all()
    with pytest.raises(BadParameterError, match="documents"):
        measure_prevalence(frame, 0, {"EMAIL": "email_address"})


def test_twenty_different_reserved_values_make_a_leak_invented_and_count():
    many = findings(*[("EMAIL", "likely", n, True) for n in range(20)], ("PHONE", "likely", 30, True))
    assert is_counted(many).tolist() == [True] * 20 + [False]
    assert not is_counted(many.head(19)).any()
    assert len(counted(many)) == 20


def test_reserved_addresses_that_differ_by_numbers_alone_count_for_nothing():
    series = [f"k6_user_{number}@example.com" for number in range(30)]
    several = [f"user_{chr(97 + number % 26) * (3 + number // 26)}@example.com" for number in range(300)]
    alone = lk.find_pii(series)
    assert len(alone) == 30 and not is_counted(alone).any()
    assert not is_counted(pd.concat([alone, alone])).any()
    assert is_counted(lk.find_pii([*series[:10], *several])).all()


def test_an_empty_frame_counts_nothing():
    assert measure_findings(findings()).empty
    assert measure_prevalence(findings(), 10, {"EMAIL": "x"})["share"].tolist() == [0]
