"""Templates: patterns that documents fill in, and what copies do to counts."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

import leakkit as lk
from leakkit.bias.text import templates
from leakkit.errors import BadParameterError


def form(text: str) -> str:
    """Give one text with its slots masked."""
    return templates.masked(pa.array([text], pa.large_string()))[0].as_py()


def test_names_numbers_and_addresses_are_slots() -> None:
    assert form("Dear  Ann O'Neill,\nyou owe 1,250.50 by May.") == "□, you owe 0 by □."
    assert form("write to ann@example.com or https://example.org/x now") == "write to □ or □ now"
    assert form("key sk3abc9 and twenty two boats") == "key 0 and 0 boats"
    assert form("from Port_Larkin-Nord to Ålesund") == "from □ to □"


def test_templates_are_counted_with_exact_copies_apart() -> None:
    texts = [f"The ferry to {place} leaves {n} times a day." for place, n in [("Ayr", 2), ("Ulm", 4)] * 3]
    texts += ["Something else entirely was said here."] * 2 + ["hi Ann", "hi Bob", "hi Cid", None]
    frame = lk.measure_templates(texts)
    lk.frames.TEMPLATES.validate(frame)
    assert frame[["template", "documents", "distinct_documents", "n_documents"]].values.tolist() == [
        ["□ ferry to □ leaves 0 times a day.", 6, 2, 11]
    ]
    assert frame["words"].tolist() == [6]
    both = lk.measure_templates(texts, least=2, least_words=1)
    assert both["documents"].tolist() == [6, 3, 2]
    assert len(lk.measure_templates(texts, least=2, least_words=1, most=1)) == 1


def test_groups_are_those_that_half_of_the_copies_mention() -> None:
    texts = [f"In {place} the women and the old sailor sang." for place in ("Ayr", "Ulm", "Wick", "Ryde")]
    terms = {"women": ["women"], "place": ["ayr", "ulm"], "rare": ["wick"]}
    frame = lk.measure_templates(texts, lexicon=terms)
    assert list(frame["groups"].iloc[0]) == ["place", "women"]


def test_skew_is_the_rate_among_documents_over_the_rate_among_forms() -> None:
    texts = [f"All women of {place} vote here today." for place in "ABCDEFGH"]
    texts += ["Men like tea and a walk in the rain.", "Some men have an old grey boat."]
    skew = lk.measure_template_skew(texts, lexicon={"women": ["women"], "men": ["men"], "cats": ["cat"]})
    lk.frames.TEMPLATE_SKEW.validate(skew)
    women, men = (skew[skew["group"].eq(group)].iloc[0] for group in ("women", "men"))
    assert women[["documents", "from_templates", "forms", "n_forms"]].tolist() == [8, 8, 1, 3]
    assert women["inflation"] == pytest.approx((8 / 10) / (1 / 3))
    assert women["largest"] == 1
    assert men["inflation"] == pytest.approx((2 / 10) / (2 / 3))
    cats = skew[skew["group"].eq("cats")].iloc[0]
    assert cats["documents"] == 0
    assert pd.isna(cats["inflation"])


def test_batches_make_no_difference_and_memory_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"The council of {'AB'[i % 2]}x met for the {i}th time about the bridge." for i in range(9_000)]
    texts += [f"{word} is a word that stands in one document" for word in map("w{}".format, range(50))]
    whole = lk.measure_templates(texts)
    assert whole["documents"].tolist() == [9_000, 50]
    letters = ["".join(chr(97 + int(d)) for d in str(i)) for i in range(9_000)]
    many = [f"{word} was said once and never again" for word in letters] + texts[:10]
    monkeypatch.setattr(templates, "MOST_FORMS", 5_000)
    assert lk.measure_templates(many)["documents"].tolist() == [10]


def test_weather_of_the_sample_leak_is_its_largest_template() -> None:
    crawl = pd.read_parquet(lk.sample_leak() / "datasets/web/crawl-2024-46.parquet")
    first = lk.measure_templates(crawl).iloc[0]
    assert first["template"].startswith("□ for □: 0 degrees, wind from the west")
    alone = crawl["text"].str.startswith("Weather for") & ~crawl["text"].str.contains("\n\n")
    assert first["documents"] == alone.sum()


def test_no_text_gives_no_template_and_bad_limits_are_errors() -> None:
    assert len(lk.measure_templates([])) == 0
    assert lk.measure_template_skew([], lexicon={"a": ["b"]})["documents"].tolist() == [0]
    for wrong in ({"least": 1}, {"least_words": 0}, {"most": 0}):
        with pytest.raises(BadParameterError, match="found"):
            lk.measure_templates(["x"], **wrong)
