"""Documents are marked with the groups they mention, and groups are picked that a corpus mentions enough."""

from __future__ import annotations

import pandas as pd
import pytest

import leakkit as lk
from leakkit.bias.text.marked import mark_mentions, only_mention, pick_groups
from leakkit.errors import BadParameterError

TERMS = {"bakers": ["baker", "bakers"], "millers": ["miller"]}


def test_each_document_has_a_row_and_each_group_a_column():
    marks = mark_mentions(["A BAKER's shop", None, "baker and miller", "bakery"], terms=TERMS)
    assert marks.columns.tolist() == ["bakers", "millers"]
    assert marks.to_numpy(dtype=bool).tolist() == [
        [True, False],
        [False, False],
        [True, True],
        [False, False],
    ]
    assert only_mention(marks).fillna("-").tolist() == ["bakers", "-", "-", "-"]


def test_no_document_is_no_row():
    marks = mark_mentions([], terms=TERMS)
    assert marks.shape == (0, 2)
    assert len(only_mention(marks)) == 0
    assert len(only_mention(pd.DataFrame(index=range(3)))) == 3


def test_the_axis_with_most_documents_is_picked_and_countries_never():
    lexicon = pd.concat([lk.load_lexicon("identity"), lk.load_lexicon("countries")])
    texts = ["a woman in Peru"] * 30 + ["a man in Chile"] * 25 + ["a muslim"] * 40
    found = lk.count_identity_terms(texts, lexicon)
    picked = pick_groups(found, lexicon)
    assert list(picked) == ["women", "men"]
    assert "woman" in picked["women"]


def test_too_few_documents_pick_nothing():
    lexicon = lk.load_lexicon("sample_communities")
    found = lk.count_identity_terms(["a marshlander"] * 30 + ["the hillfolk"] * 19, lexicon)
    assert pick_groups(found, lexicon) == {}
    assert pick_groups(found, lexicon, least=19) != {}
    with pytest.raises(BadParameterError, match="2 groups"):
        pick_groups(found, lexicon, most=1)


def test_the_tone_planted_in_the_sample_is_found_as_rates_of_groups():
    leak = lk.open_leak(lk.sample_leak())
    path, field = lk.find_prose(leak).loc[0, ["path", "field"]]
    texts = [text for batch in lk.read_prose(leak, path, field) for text in batch.column("text").to_pylist()]
    group = only_mention(mark_mentions(texts, "sample_communities"))
    contempt = mark_mentions(texts, terms={"contempt": "lazy careless dishonest noisy".split()})
    table = pd.DataFrame({"group": group, "contempt": contempt["contempt"]}).dropna()
    rates = lk.rate_groups(table, "contempt", "group", favourable=False).rates
    truth = lk.sample_truth("text_bias").query("word == 'contempt'").set_index("group")
    shown = rates[rates["level"].eq("group")].set_index("group")
    for name in truth.index:
        assert shown.loc[name, "n"] == truth.loc[name, "of_documents"]
        assert shown.loc[name, "n"] - shown.loc[name, "k"] == truth.loc[name, "documents"]


def test_marks_stand_beside_the_rows_they_are_of():
    frame = pd.DataFrame({"text": ["rain", "a baker", "a miller"]}, index=[7, 3, 5])
    frame["who"] = only_mention(mark_mentions(frame, terms=TERMS))
    assert frame["who"].fillna("-").tolist() == ["-", "bakers", "millers"]
    assert mark_mentions(frame["text"], terms=TERMS).index.tolist() == [7, 3, 5]


def test_groups_whose_names_look_alike_when_shortened_share_a_column():
    names = ["g" * 90 + sign + "g" * 90 for sign in "ab"]
    marks = mark_mentions(["one", "two", "three"], terms={names[0]: ["one"], names[1]: ["two"]})
    assert marks.shape[1] == 1
    assert marks.iloc[:, 0].tolist() == [True, True, False]
