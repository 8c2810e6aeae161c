"""Tables that textbooks print: stratified figures come out as published, and the paradox is said."""

from __future__ import annotations

import pandas as pd
import pytest

import leakkit as lk

STONES = {  # C. R. Charig and others, British Medical Journal 292 (1986) 879-882: successes and failures
    ("open", "small"): (81, 6),
    ("open", "large"): (192, 71),
    ("needle", "small"): (234, 36),
    ("needle", "large"): (55, 25),
}
SENTENCES = {  # M. L. Radelet and G. L. Pierce, Florida Law Review 43 (1991) 1-34, in Agresti (2013), table 2.6
    ("white", "white"): (414, 53),
    ("black", "white"): (37, 11),
    ("white", "black"): (16, 0),
    ("black", "black"): (139, 4),
}
TITANIC = {  # R. J. MacG. Dawson, Journal of Statistics Education 3 (1995) 3: survived and not
    ("first", "f"): (141, 4),
    ("first", "m"): (62, 118),
    ("second", "f"): (93, 13),
    ("second", "m"): (25, 154),
    ("third", "f"): (90, 106),
    ("third", "m"): (88, 422),
    ("crew", "f"): (20, 3),
    ("crew", "m"): (192, 670),
}


def table(cells: dict[tuple[str, str], tuple[int, int]]) -> pd.DataFrame:
    """Give one row a cell."""
    rows = [
        (one, two, outcome, n)
        for (one, two), counts in cells.items()
        for outcome, n in zip(("good", "bad"), counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["one", "two", "outcome", "n"])


def test_kidney_stones_are_said_to_be_a_paradox_though_neither_difference_is_told() -> None:
    _, found = lk.stratify_rates(
        table(STONES), "outcome", "one", "two", favourable="good", reference="needle", counts="n"
    )
    row = found.iloc[0]
    assert row["crude_difference"] == pytest.approx(273 / 350 - 289 / 350)
    assert row["odds_ratio"] == pytest.approx(1.447, abs=5e-4) and row["strata_up"] == 2
    assert row["crude_difference_high"] > 0 > row["difference_low"]
    assert row["simpson"] and "-0.046 [-0.104, +0.013], within strata by +0.054" in row["warning"]


def test_sentences_by_victim_turn_the_answer() -> None:
    strata, found = lk.stratify_rates(
        table(SENTENCES), "outcome", "one", "two", favourable="good", reference="white", counts="n"
    )
    row = found.iloc[0]
    assert 1 - strata.set_index("stratum").loc["white", "rate"] == pytest.approx(0.229, abs=5e-4)
    assert row["crude_difference"] > 0 > row["difference_high"] and row["simpson"]
    assert row["odds_ratio"] == pytest.approx(0.4119, abs=5e-5)


def test_titanic_is_as_printed() -> None:
    found = lk.rate_groups(table(TITANIC), "outcome", ["one", "two"], favourable="good", counts="n")
    assert found.n == 2201
    rates = found.rates.set_index("group")["rate"]
    assert [round(100 * rates[name], 1) for name in ("all", "first", "third", "crew", "f")] == [
        32.3,
        62.5,
        25.2,
        24.0,
        73.2,
    ]
    gap = found.gaps.set_index("grouping").loc["one"]
    assert gap["statistic"] == pytest.approx(190.4, abs=0.05) and gap["degrees_of_freedom"] == 3


def test_a_sign_that_turns_by_chance_is_no_paradox() -> None:
    cells = {("a", "x"): (50, 50), ("b", "x"): (51, 49), ("a", "y"): (30, 20), ("b", "y"): (28, 21)}
    _, found = lk.stratify_rates(
        table(cells), "outcome", "one", "two", favourable="good", reference="b", counts="n"
    )
    assert not found["simpson"][0]
