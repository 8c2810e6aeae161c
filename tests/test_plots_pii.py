"""Figures and sentences about personal data: n, unknowns and intervals are printed; hostile names escaped."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import leakkit as lk
from leakkit.frames import FINDINGS, PEOPLE


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def findings():
    """Three real findings and a placeholder."""
    base = {"path": "a", "field": "", "start": 0, "end": 5, "score": 0.9, "detector": "d"}
    rows = [
        ("EMAIL", "contact", "very_likely", False), ("EMAIL", "contact", "possible", False),
        ("API_KEY", "credential", "likely", False), ("EMAIL", "contact", "likely", True),
    ]  # fmt: skip
    return FINDINGS.from_rows(
        [
            base
            | {"row": n, "entity": e, "family": f, "likelihood": v, "placeholder": p, "value_key": str(n)}
            for n, (e, f, v, p) in enumerate(rows)
        ]
    )


def texts(ax):
    """All words of the figure of an axes."""
    figure = ax.figure
    legend = ax.get_legend()
    words = [ax.get_title(loc="left"), ax.get_xlabel(), *(t.get_text() for t in ax.texts)]
    words += [t.get_text() for t in (*ax.get_yticklabels(), *ax.get_xticklabels())]
    words += [t.get_text() for t in legend.get_texts()] if legend else []
    return " | ".join([*words, figure._supxlabel.get_text() if figure._supxlabel else ""])


def test_findings_are_drawn_without_placeholders_and_say_so():
    said = texts(lk.draw_findings(findings()))
    assert "2 of 3 findings are likely or more" in said
    assert "n = 3 findings" in said
    assert "1 documentation values left out" in said


def test_scores_are_drawn_with_their_numbers_of_values():
    truth = pd.DataFrame([{"path": "a", "row": 0, "field": "", "start": 0, "end": 5, "entity": "EMAIL"}])
    scores = lk.score_findings(findings(), truth)
    said = texts(lk.draw_scores(scores))
    assert "n = 1 true values, 3 findings" in said
    assert "EMAIL" in said


def test_people_are_counted_in_every_family():
    people = PEOPLE.from_rows(
        [
            {"person_key": k, "n_findings": 1, "n_records": 1, "n_paths": 1, "families": f}
            for k, f in (("a", ["contact", "identity"]), ("b", ["contact"]))
        ]
    )
    said = texts(lk.draw_people(people))
    assert "2 (100%)" in said
    assert "1 (50%)" in said


def test_rates_stand_beside_published_ones_and_zero_is_said():
    ours = lk.measure_prevalence(findings(), 100, {"EMAIL": "email_address", "PHONE": "phone_number"})
    said = texts(lk.draw_prevalence(ours, lk.load_pii_prevalence(), "ours"))
    assert "1 of ours are zero, not drawn" in said
    assert "$" not in said


def test_nothing_is_drawn_and_said_when_there_is_nothing():
    empty = FINDINGS.from_rows([])
    assert "0 of 0 findings" in texts(lk.draw_findings(empty))
    assert "nothing to draw" in texts(lk.draw_people(PEOPLE.from_rows([])))
    nothing = lk.score_findings(empty, lk.known_truth("elsewhere"))
    assert "nothing to draw" in texts(lk.draw_scores(nothing))
    assert "no known truth" in lk.describe_scores(nothing)
    assert "No secret" in lk.describe_secrets(empty)
    assert "no bars" in lk.describe_entities(empty)


def test_sentences_carry_their_numbers():
    first, second = lk.describe_findings(findings())
    assert "3 findings in 1 members; 2 of them (67%)" in first
    assert "1 documentation or test values" in second
    assert "1 different secrets in 1 members" in lk.describe_secrets(findings())
