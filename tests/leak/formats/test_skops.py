"""Skops schemas are judged by the names they would import."""

import json

import pytest

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats import read_facts
from leakkit.leak.formats.skops import flag_schema, looks_like_schema
from leakkit.leak.source import BytesSource


def node(module, name, content=None):
    return {"__class__": name, "__module__": module, "__loader__": "ObjectNode", "content": content}


def facts_of(schema):
    facts = Facts()
    flag_schema(facts, BytesSource(json.dumps(schema).encode(), "schema.json"))
    return facts


def test_plain_values_have_no_dangerous_import():
    inner = [node("builtins", "list"), node("numpy", "ndarray"), node("numpy.random.mtrand", "RandomState")]
    facts = facts_of(node("builtins", "dict", {"a": inner}))
    assert (facts.danger, facts.danger_rules) == ("none_found", [])


def test_an_estimator_is_for_review():
    facts = facts_of(node("sklearn.pipeline", "Pipeline", {"steps": [node("__main__", "Divide")]}))
    assert facts.danger_rules == ["skops-import:__main__.Divide", "skops-import:sklearn.pipeline.Pipeline"]
    assert facts.danger == "review"


def test_a_function_that_runs_something_is_dangerous_however_deep():
    schema = node("builtins", "str")
    for _ in range(200):
        schema = node("builtins", "list", [schema])
    hidden = node("builtins", "function", {"module_path": "subprocess", "function": "run"})
    assert facts_of(node("builtins", "dict", [schema, hidden])).danger == "yes"


def test_a_method_named_by_getattr_is_dangerous():
    assert facts_of(node("operator", "methodcaller")).danger == "yes"


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"\xff", b'{"a": NaN}'])
def test_broken_json_is_one_of_our_errors(data):
    with pytest.raises(BadMemberError):
        flag_schema(Facts(), BytesSource(data))


def test_a_schema_inside_an_archive_is_judged_where_it_lies():
    source = BytesSource(json.dumps(node("os", "system")).encode(), "schema.json")
    assert read_facts(source, "json").danger_rules == ["skops-import:os.system"]


def test_a_schema_is_told_from_other_json():
    assert looks_like_schema(json.dumps(node("a", "b")).encode())
    assert not looks_like_schema(b'{"model_type": "llama"}')
