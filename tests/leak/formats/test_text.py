"""Text members: encoding, language, licence, traps for parsers, spoiled copies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.leak.facts import Facts
from leakkit.leak.formats import _MODULES
from leakkit.leak.formats.text import read
from leakkit.leak.source import HEAD_BYTES, BytesSource


def facts_of(data: bytes | str, format: str = "text", name: str = "x") -> Facts:
    """Read `data`."""
    return read(BytesSource(data.encode() if isinstance(data, str) else data, name), format)


def test_encoding_and_lines_are_told() -> None:
    assert facts_of("a\nb").values == {"x_encoding": "ascii", "x_n_lines": 2}
    assert facts_of("Köln\n").values == {"x_encoding": "utf-8", "x_n_lines": 1}
    assert facts_of("Köln\n".encode("latin-1")).values["x_encoding"] == "cp1252"
    assert facts_of("Ленинский проспект\n".encode("koi8-r")).values["x_encoding"] == "koi8-r"
    assert facts_of("Köln und mehr\n".encode("utf-16")).values["x_encoding"] == "utf-16"


def test_a_character_cut_by_the_end_of_the_head_is_still_utf_8() -> None:
    assert facts_of(b"a" * (HEAD_BYTES - 1) + "ü".encode() * 10).values["x_encoding"] == "utf-8"


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("train.py", "x = 1\n", "Python"), ("run", "#!/bin/bash\necho\n", "Shell"), ("k.cu", "__global__", "CUDA"),
        ("run", "#!/usr/bin/env -S python3 -u\n", "Python"), ("Makefile", "all:\n", "Makefile"),
        ("tool.sh", "#!/usr/bin/python\n", "Python"), ("x", "#include <a.h>\nint main(void) {}\n", "C"),
        ("x", "package main\n\nfunc main() {\n}\n", "Go"), ("x", "use std::io;\nfn main() { }\n", "Rust"),
        ("x", "#!/opt/odd/interpreter\n", "Script"),
    ],
)  # fmt: skip
def test_language_comes_from_shebang_name_and_lines(name: str, text: str, language: str) -> None:
    assert facts_of(text, "source-code", name).values["x_language"] == language


def test_licences_are_read_from_headers_and_licence_files_only() -> None:
    header = "# SPDX-License-Identifier: MIT\nx = 1\n"
    assert facts_of(header, "source-code", "a.py").values["licence"] == "MIT"
    assert (
        facts_of("Apache License\nVersion 2.0, January 2004\n", "licence", "LICENSE").values["licence"]
        == "Apache-2.0"
    )
    assert facts_of(header, "text").values["licence"] == "MIT"
    assert "licence" not in facts_of("We like the Apache License Version 2.0.\n", "text").values


def test_a_database_dump_is_data() -> None:
    values = facts_of(
        "CREATE TABLE a (b int);\nINSERT INTO a VALUES (1);\n", "source-code", "dump.sql"
    ).values
    assert (values["x_language"], values["kind"]) == ("SQL", "dataset")
    assert "kind" not in facts_of("SELECT 1;\n", "source-code", "query.sql").values


def test_deep_json_is_flagged_and_shallow_is_not() -> None:
    deep = facts_of("[" * 200_000 + "]" * 200_000, "json")
    assert (deep.danger, deep.danger_rules) == ("yes", ["json-depth"])
    assert facts_of('{"a": ["[[[["]}' + " " * 70_000, "json").danger == "none_found"
    late = '{"a": "' + "x" * 100_000 + '", "b": ' + "[" * 5_000
    assert facts_of("[" + "[]," * 100 + late, "json").danger == "yes"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('<!DOCTYPE l [<!ENTITY a "aaa"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>', "xml-entities"),
        ('<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>', "xml-external-entity"),
        ("<!DOCTYPE l [<!ENTITY % x SYSTEM 'http://example.org/x'>]><l/>", "xml-external-entity"),
    ],
)
def test_xml_entities_are_flagged(text: str, rule: str) -> None:
    facts = facts_of(text, "xml")
    assert (facts.danger, facts.danger_rules) == ("yes", [rule])


def test_harmless_xml_is_not_flagged() -> None:
    assert facts_of('<!DOCTYPE l [<!ENTITY a "one">]><l>&a;&amp;</l>', "xml").danger == "none_found"


def test_yaml_tags_are_flagged() -> None:
    facts = facts_of("a: !!python/object/new:os.system [x]\n", "yaml")
    assert (facts.danger, facts.danger_rules) == ("yes", ["yaml-python-tag:object/new:os.system"])
    assert facts_of("a: 1\n", "yaml").danger == "none_found"


def test_jinja_files_are_judged() -> None:
    assert facts_of("{{ x.__class__ }}", "source-code", "chat_template.jinja").danger == "yes"
    assert facts_of("{{ messages }}", "source-code", "chat_template.jinja").danger == "none_found"


def test_spoiled_copies_are_corrupt_and_a_few_marks_are_not() -> None:
    spoiled = bytes(range(32, 256)).decode("utf-8", "replace").encode()
    assert facts_of(spoiled).status == "corrupt"
    assert facts_of(b"\0\1" + spoiled, "unknown").status == "corrupt"
    assert facts_of("A long text with one \ufffd in it, and nothing else wrong. " * 3).status == "ok"
    assert facts_of(bytes(range(256)), "unknown").status == "ok"


@given(st.binary(max_size=300), st.sampled_from(_MODULES["text"]))
def test_any_bytes_are_survived(data: bytes, format: str) -> None:
    assert facts_of(data, format, "x.py").status in {"ok", "corrupt"}


def test_yaml_that_only_names_a_function_of_its_own_is_not_flagged() -> None:
    ordinary = facts_of("emoji: !!python/name:sitetheme.emoji.to_svg\nnav: []\n", "yaml")
    assert (ordinary.danger, ordinary.danger_rules) == ("none_found", [])
    reaching = facts_of("emoji: !!python/name:os.system\nnav: []\n", "yaml")
    assert (reaching.danger, reaching.danger_rules) == ("review", ["yaml-python-tag:name:os.system"])
