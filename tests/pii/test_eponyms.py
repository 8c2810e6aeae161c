"""Names of things that are called by a person's name; all sentences are invented."""

from __future__ import annotations

import pytest

import leakkit as lk
from leakkit.pii.weighing.eponyms import is_eponym


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Jensen's inequality the bound holds", "Jensen"),
        ("by the Johnson--Lindenstrauss lemma", "Johnson--Lindenstrauss"),
        ("a Bernoulli sampling argument", "Bernoulli"),
        ("Dijkstra's algorithm is used", "Dijkstra"),
        ("the Wilcoxon signed-rank test", "Wilcoxon"),
        ("folgt aus dem Satz von Fubini", "Fubini"),
        ("die Poisson-Verteilung ist diskret", "Poisson"),
        ("l'équation de Schrödinger", "Schrödinger"),
        ("l'algorithme d'Euclide", "Euclide"),
        ("la desigualdad de Chebyshev", "Chebyshev"),
        ("il teorema di Fubini", "Fubini"),
        ("Parkinson's disease is common", "Parkinson"),
    ],
)
def test_name_of_a_law_or_a_method_is_nobody(text: str, name: str) -> None:
    start = text.index(name)
    assert is_eponym(text, start, start + len(name), "PERSON")
    assert "PERSON" not in lk.find_pii([text])["entity"].tolist()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna's algorithm crashed", "Anna"),
        ("Maria's loss was great", "Maria"),
        ("Brankovics's condition is stable", "Brankovics"),
        ("Peter's law firm called", "Peter"),
        ("Anna Weber tests the car", "Anna Weber"),
        ("D'après Marie, tout va bien", "Marie"),
        ("lettre de Paul", "Paul"),
        ("Jensen's car", "Jensen"),
    ],
)
def test_what_belongs_to_somebody_leaves_the_name(text: str, name: str) -> None:
    start = text.index(name)
    assert not is_eponym(text, start, start + len(name), "PERSON")
