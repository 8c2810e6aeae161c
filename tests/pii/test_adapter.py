"""The adapter gives findings in the form and under the names that evaluations use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from leakkit.pii.adapter import COMMON_TYPES, THRESHOLDS, detect
from leakkit.pii.detector import entities

sys.path.insert(0, str(Path(__file__).parent))


def test_spans_count_code_points_and_come_by_place() -> None:
    text = "Ünal 😀 wrote from 203.0.113.9, mail ünal.x@example.org and ana.b@example.org"
    found = detect([text, ""])
    assert found[1] == []
    assert found[0] == sorted(found[0])
    assert "203.0.113.9" in [text[s:e] for s, e, kind, _ in found[0] if kind == "IP"]
    assert "ana.b@example.org" in [text[s:e] for s, e, kind, _ in found[0] if kind == "EMAIL"]


def test_types_are_common_ones_and_scores_shares() -> None:
    import leak_texts

    texts = [d["text"] for d in leak_texts.documents("dev", 54, seed=5)]
    for text, spans in zip(texts, detect(texts), strict=True):
        for start, end, kind, score in spans:
            assert kind in COMMON_TYPES
            assert 0 <= start < end <= len(text)
            assert 0 <= score <= 1


def test_every_common_type_is_made_by_some_entity() -> None:
    assert {e.common for e in entities().values()} >= COMMON_TYPES
    assert set(THRESHOLDS) <= COMMON_TYPES


def test_documentation_values_count_except_credentials() -> None:
    found = detect(["aws_access_key_id = AKIAIOSFODNN7EXAMPLE, mail ana@example.com"])[0]
    assert {kind for *_, kind, _ in found} == {"EMAIL"}


def test_dates_in_prose_and_addresses_of_pages_are_given() -> None:
    text = "They met on 12 March 2019; see https://www.example.org/page for more."
    assert {"DATE", "URL"} <= {kind for *_, kind, _ in detect([text])[0]}


@pytest.mark.parametrize("family", ["dev", "held"])
def test_gold_spans_of_the_second_generator_fit_their_texts(family: str) -> None:
    import leak_texts

    made = leak_texts.documents(family, 120, seed=3)
    assert made == leak_texts.documents(family, 120, seed=3)
    for document in made:
        spans = sorted((s["start"], s["end"]) for s in document["spans"])
        assert all(a < b <= len(document["text"]) for a, b in spans)
        assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))
        values = [document["text"][a:b] for a, b in spans]
        assert all(value == value.strip() and value for value in values)


def test_families_of_the_second_generator_share_no_surname() -> None:
    from leak_lists import Lists

    dev, held = Lists("dev"), Lists("held")
    surnames = [{name for _, family in lists.cultures.values() for name in family} for lists in (dev, held)]
    assert not surnames[0] & surnames[1]
    assert not set(dev.firms) & set(held.firms) and not set(dev.national) & set(held.national)
