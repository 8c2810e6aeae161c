"""Names in Japanese signs with their reading in brackets."""

import pytest

from leakkit.pii.find import find_pii
from leakkit.pii.people.join import people


def names(text):
    """The names of a text."""
    found = find_pii([text])
    found = found[found["entity"].eq("PERSON")]
    return [text[start:end] for start, end in zip(found["start"], found["end"], strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("氏名 中村 紗英(ナカムラ サエ)\n生年月日 1966年1月21日", ["中村 紗英", "ナカムラ サエ"]),
        ("氏名 佐々木 悠真（ササキ　ユウマ）", ["佐々木 悠真", "ササキ　ユウマ"]),
    ],
)
def test_both_writings_are_whole(text, expected):
    assert names(text) == expected


def test_they_are_one_person():
    texts = [f"氏名 {name}\n携帯 090-{n}043-81{n}2" for n, name in enumerate(
        ["中村 紗英(ナカムラ サエ)", "佐々木 悠真(ササキ ユウマ)", "田中 蒼太(タナカ ソウタ)"], 1)]  # fmt: skip
    assert len(people(find_pii(texts))) == 3
