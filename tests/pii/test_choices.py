"""What only many values together can tell: lists of choices, and which country a number of any country is of."""

from __future__ import annotations

import pandas as pd

import leakkit as lk


def test_a_column_of_a_few_repeated_values_holds_no_names():
    frame = pd.DataFrame({"team": ["Harbour Hillfolk", "Larkin Marshlanders"] * 150})
    assert lk.find_pii(frame).empty


def test_a_column_of_many_different_names_still_does():
    given = ("Anna", "Peter", "Maria", "John", "Laura")
    family = ("Novak", "Smith", "Schneider", "Rossi", "Dubois", "Larsen", "Kowalski")
    names = pd.DataFrame({"who": [f"{a} {b}" for a in given for b in family] * 8})
    assert lk.find_pii(names)["entity"].eq("PERSON").mean() > 0.9


def test_a_key_for_any_id_leaves_the_country_to_the_number():
    found = lk.find_pii(pd.DataFrame({"gov_id": ["536-22-8726", "419-55-1037"]}), names=None)
    assert found["entity"].tolist() == ["US_SSN", "US_SSN"]
