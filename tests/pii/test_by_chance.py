"""Values of a field that look alike, of which only some pass as what a detector looks for; all are invented."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd

import leakkit as lk


def _found(tmp_path: Path, name: str, values: list[str]) -> pd.DataFrame:
    """Search a table of a number and one more column."""
    rows = [f"{n},{value}" for n, value in enumerate(values)]
    (tmp_path / "goods.csv").write_text("\n".join([f"n,{name}", *rows]) + "\n", encoding="utf-8")
    found = lk.scan(tmp_path, workers=1, names=None, progress=False).findings()
    return found[found["field"] == name]


def _card(rng: random.Random, valid: bool) -> str:
    """Make a number that begins as cards do; its check digit right or any."""
    digits = [4, *(rng.randrange(10) for _ in range(14))]
    doubled = [2 * d - 9 * (d > 4) if i % 2 == 0 else d for i, d in enumerate(digits)]
    check = -sum(doubled) % 10
    return "".join(map(str, [*digits, check if valid else (check + rng.randrange(1, 10)) % 10]))


def test_numbers_of_which_few_pass_a_check_are_no_cards(tmp_path: Path) -> None:
    rng = random.Random(5)
    values = [_card(rng, valid=n % 10 == 0) for n in range(300)]
    assert "CREDIT_CARD" not in set(_found(tmp_path, "batch", values)["entity"])


def test_numbers_that_all_pass_stay_cards(tmp_path: Path) -> None:
    rng = random.Random(6)
    found = _found(tmp_path, "batch", [_card(rng, valid=True) for _ in range(300)])
    assert found["entity"].eq("CREDIT_CARD").sum() == 300


def test_one_card_among_words_stays(tmp_path: Path) -> None:
    rng = random.Random(7)
    values = ["paid in cash"] * 150 + [_card(rng, valid=True)] + ["nothing left to say"] * 150
    assert _found(tmp_path, "remark", values)["entity"].tolist() == ["CREDIT_CARD"]


def test_codes_of_which_some_look_like_plates_are_none(tmp_path: Path) -> None:
    rng = random.Random(8)
    letters = "BCDFGHJKLMNPRSTVWXZAEIOU"
    values = [
        f"{rng.choice(letters)}{rng.choice(letters)}-{rng.randrange(10 ** rng.choice((2, 3, 4)))}-{rng.choice(letters)}"
        for _ in range(400)
    ]
    assert "LICENSE_PLATE" not in set(_found(tmp_path, "part", values)["entity"])


def test_field_whose_name_says_what_it_holds_keeps_the_values_that_pass(tmp_path: Path) -> None:
    rng = random.Random(9)
    values = [_card(rng, valid=n % 4 == 0) for n in range(200)]
    assert _found(tmp_path, "card_number", values)["entity"].eq("CREDIT_CARD").sum() >= 50
