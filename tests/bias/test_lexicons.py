"""Lexicons: what ships, the reader's own, and files of others."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import leakkit as lk
from leakkit.bias.text.lexicons import LEXICONS, as_lexicon
from leakkit.bundled import data_path
from leakkit.errors import BadFrameError, BadParameterError


@pytest.mark.parametrize("name", LEXICONS)
def test_every_bundled_lexicon_is_a_valid_frame_with_sources(name: str) -> None:
    lexicon = lk.load_lexicon(name, sensitive=True)
    lk.frames.LEXICON.validate(lexicon)
    assert len(lexicon) > 2
    assert lexicon["source"].str.len().gt(3).all()
    assert lexicon["term"].eq(lexicon["term"].str.lower()).all()


def test_every_file_of_the_folder_is_listed() -> None:
    files = {path.stem for path in Path(data_path("lexicons")).glob("*.csv")}
    assert files == set(LEXICONS) | {"association_tests"}
    assert set(lk.list_lexicons()["name"]) == set(LEXICONS)


def test_sensitive_terms_stay_out_unless_asked_for() -> None:
    shown, whole = lk.load_lexicon("identity"), lk.load_lexicon("identity", sensitive=True)
    assert not shown["sensitive"].any()
    assert 0 < whole["sensitive"].sum() < 100
    assert len(shown) == len(whole) - whole["sensitive"].sum()


def test_identity_terms_cover_eight_axes() -> None:
    axes = set(lk.load_lexicon("identity")["axis"])
    assert axes == {
        "gender",
        "sexual orientation",
        "religion",
        "origin",
        "disability",
        "age",
        "class",
        "body",
    }
    religion = lk.load_lexicon("identity", axis="religion")
    assert set(religion["axis"]) == {"religion"}


def test_unknown_axis_is_named_with_those_there_are() -> None:
    with pytest.raises(BadParameterError, match="religion.*found 'shoe size'"):
        lk.load_lexicon("identity", axis="shoe size")


def test_occupations_have_one_share_of_women_each_and_name_their_row() -> None:
    occupations = lk.load_lexicon("occupations")
    shares = occupations.groupby("group")["value"].nunique(dropna=False)
    assert len(shares) >= 60
    assert shares.eq(1).all()
    assert occupations["value"].between(0, 1).all()
    assert occupations["source"].str.contains(r"table 11: .+").all()
    nurse = occupations[occupations["term"].eq("nurse")].iloc[0]
    assert nurse["value"] == pytest.approx(0.879)


def test_pleasant_and_unpleasant_words_share_none_with_the_identity_terms() -> None:
    valence = lk.load_lexicon("valence")
    assert valence["term"].is_unique
    assert not set(valence["term"]) & set(lk.load_lexicon("identity", sensitive=True)["term"])


def test_own_lexicon_is_read_and_tidied(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "\ufeffterm,group,axis,sensitive\n Tall   Ships ,ships,things,no\nO’Neill,ships,things,YES\n",
        encoding="utf-8",
    )
    mine = lk.load_lexicon(path, sensitive=True)
    assert mine["term"].tolist() == ["o'neill", "tall ships"]
    assert mine["sensitive"].tolist() == [True, False]
    assert mine["source"].tolist() == ["mine.csv", "mine.csv"]
    assert lk.load_lexicon(path)["term"].tolist() == ["tall ships"]


def test_faults_of_an_own_lexicon_are_named_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("term,group,axis,value\n,a,b,1\ncat,a,b,much\ncat,a,b,1\n", encoding="utf-8")
    with pytest.raises(BadFrameError) as caught:
        lk.load_lexicon(path)
    message = str(caught.value)
    assert "row 2, column term: empty" in message
    assert "row 3, column value: no number" in message
    assert "row 4, column term: occurs twice" in message


def test_lexicon_without_a_needed_column_or_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("term,axis\ncat,b\n", encoding="utf-8")
    with pytest.raises(BadFrameError, match="found no group"):
        lk.load_lexicon(path)
    with pytest.raises(BadParameterError, match="identity"):
        lk.load_lexicon("no such lexicon")


def test_frame_or_dictionary_or_name_make_a_lexicon() -> None:
    assert as_lexicon({"cats": ("Cat",)})[["term", "group", "axis"]].values.tolist() == [
        ["cat", "cats", "terms"]
    ]
    assert len(as_lexicon("pronouns")) == len(as_lexicon(lk.load_lexicon("pronouns")))
    assert as_lexicon(None)["sensitive"].any()
    assert as_lexicon(terms={"cats": "Tom  Cat"})["term"].tolist() == ["tom cat"]  # one phrase
    assert as_lexicon(pd.DataFrame({"term": ["a"], "group": ["b"]}))["axis"].tolist() == ["terms"]
    with pytest.raises(BadParameterError, match="found list"):
        as_lexicon(["cat"])
    with pytest.raises(BadFrameError, match="found no group"):
        as_lexicon(pd.DataFrame({"term": ["a"]}))


def test_association_tests_have_four_sets_that_share_no_words_with_their_opposite() -> None:
    tests = lk.load_association_tests()
    assert sum("control" in name for name in tests) == 2
    for sides in tests.values():
        assert all(len(sides[side]) >= 7 for side in "xyab")
        assert not set(sides["x"]) & set(sides["y"])
        assert not set(sides["a"]) & set(sides["b"])


def test_weat_file_gives_the_tests_whose_sets_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "weat.json"
    sets = {"science": ["Lab"], "arts_2": ["paint"], "male_terms_2": ["he"], "female_terms_2": ["she", "She"]}
    path.write_text(json.dumps(sets), encoding="utf-8")
    tests = lk.load_weat_sets(path)
    assert tests == {
        "WEAT 8: science and arts": {"x": ["lab"], "y": ["paint"], "a": ["he"], "b": ["she"]},
    }
    path.write_text('{"science": ["lab"]}', encoding="utf-8")
    with pytest.raises(BadFrameError, match="found the sets science"):
        lk.load_weat_sets(path)
    for wrong in ("[1]", '{"a": "b"}', '{"a": [1]}'):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(BadFrameError, match="another form"):
            lk.load_weat_sets(path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(BadParameterError, match="JSON"):
        lk.load_weat_sets(path)


def test_holistic_bias_descriptors_and_nouns_become_lexicons(tmp_path: Path) -> None:
    path = tmp_path / "descriptors.json"
    held = {
        "body_type": {
            "hair": ["curly-haired", {"descriptor": "Bald  one", "preference": "dispreferred"}],
            "eyes": ["brown-eyed", {"descriptor": "grey-eyed", "preference": None}],
        }
    }
    path.write_text(json.dumps(held), encoding="utf-8")
    frame = lk.load_holistic_bias(path)
    assert frame["term"].tolist() == ["brown-eyed", "grey-eyed", "bald one", "curly-haired"]
    assert frame["sensitive"].tolist() == [False, False, True, False]
    assert set(frame["axis"]) == {"body type"}
    path.write_text('{"female": [["woman", "women"]]}', encoding="utf-8")
    assert lk.load_holistic_bias(path)["form"].tolist() == ["singular", "plural"]
    for wrong in ("{}", "[]", '{"a": {"b": [3]}}', '{"a": [["b"]]}', '{"a": 3}'):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(BadFrameError, match="HolisticBias"):
            lk.load_holistic_bias(path)


@pytest.mark.parametrize(
    "held",
    [
        '{"a": {"b": "xyz"}}',
        '{"a": {"b": [""]}}',
        '{"a": {"b": ["x\\ud800"]}}',
        '{"a": ["xy"]}',
        '{"a": {"b": {}}}',
    ],
)
def test_a_file_like_holistic_bias_with_other_things_in_it_is_refused(tmp_path: Path, held: str) -> None:
    file = tmp_path / "descriptors.json"
    file.write_text(held)
    with pytest.raises(BadFrameError, match="descriptors or nouns"):
        lk.load_holistic_bias(file)


def test_a_mark_of_byte_order_before_json_is_read_over(tmp_path: Path) -> None:
    file = tmp_path / "sets.json"
    sets = {"flowers": ["rose"], "insects": ["wasp"], "pleasant_5": ["joy"], "unpleasant_5a": ["filth"]}
    file.write_text("\ufeff" + json.dumps(sets), encoding="utf-8")
    assert list(lk.load_weat_sets(file)) == ["WEAT 1: flowers, insects"]


@pytest.mark.parametrize(
    ("term", "fault"),
    [("nur\x00se", "a control character"), ("nur\ud800se", "half a surrogate pair"), ("n" * 201, "200 char")],
)
def test_a_term_that_cannot_be_looked_for_is_named(term: str, fault: str) -> None:
    with pytest.raises(BadParameterError, match=fault):
        as_lexicon({"a": ["nurse", term]})
    frame = pd.DataFrame({"term": ["nurse", term], "group": "a", "axis": "b"}, dtype=object)
    with pytest.raises(BadFrameError, match=f"row 1, column term: .*{fault}"):
        as_lexicon(frame)
    with pytest.raises(BadParameterError, match="half a surrogate pair"):
        as_lexicon({"a\udfff": ["nurse"]})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("term,group,axis\ncat,pets,animals,3\ndog,pets,animals,4\n", "Expected 3 fields in line 2, saw 4"),
        ("term,group,axis\n\ncat,pets,animals\n\n,pets,animals\n", "row 5, column term: empty"),
        ("term,group,axis,term\ncat,pets,animals,dog\n", "found term more than once"),
        ("term,group,axis,value\ncat,pets,animals,inf\n", "row 2, column value: no number"),
        ("term,group,axis,value\ncat,pets,animals,nan\n", "row 2, column value: no number"),
        ("term,group,axis\nca\x00t,pets,animals\n", "row 2, column term: a control character"),
        ("", "Expected a CSV file"),
    ],
)
def test_a_lexicon_that_would_be_misread_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFrameError, match=fault):
        lk.load_lexicon(path)


def test_a_frame_with_a_column_twice_and_names_of_other_types_are_refused() -> None:
    twice = pd.DataFrame([["a", "b", "c", "d"]], columns=["term", "group", "axis", "term"])
    with pytest.raises(BadFrameError, match="found term more than once"):
        as_lexicon(twice)
    for axis in (5, [5], "", []):
        if axis == []:
            assert len(lk.load_lexicon("pronouns", axis=axis))
            continue
        with pytest.raises(BadParameterError, match="Expected an axis of this lexicon"):
            lk.load_lexicon("pronouns", axis=axis)
    with pytest.raises(BadParameterError, match="found int"):
        lk.load_lexicon(5)  # type: ignore[arg-type]
