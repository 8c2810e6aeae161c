"""Skops files (a zip with ``schema.json``): the names that loading would import, judged as in a pickle.

https://skops.readthedocs.io/en/stable/persistence.html. Skops itself asks its user to trust every type
outside scikit-learn, NumPy and SciPy; a name that means running something is as dangerous as in a pickle.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leakkit.leak.facts import Facts
from leakkit.leak.formats.header_json import parse_header
from leakkit.leak.formats.imports import judge
from leakkit.leak.formats.pickle_danger import flag
from leakkit.leak.source import HEADER_LIMIT, Source

_MARKS = (b'"__loader__"', b'"__module__"', b'"__class__"')


def looks_like_schema(head: bytes) -> bool:
    """Say whether JSON is the schema of a skops file.

    Examples
    --------
    >>> looks_like_schema(b'{"__class__": "SVC", "__module__": "sklearn.svm", "__loader__": "ObjectNode"}')
    True
    """
    return head.lstrip()[:1] == b"{" and all(mark in head for mark in _MARKS)


def flag_schema(facts: Facts, source: Source) -> None:
    """Note the imports that a skops schema asks for.

    Parameters
    ----------
    facts : Facts
        Gets ``danger`` and rules ``skops-import:module.name``; ``none_found`` when nothing was found.
    source : Source
        The member ``schema.json``.

    Raises
    ------
    BadMemberError
        It is no JSON, or too large or deep.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> facts = Facts()
    >>> schema = b'{"__loader__": "ObjectNode", "__module__": "os", "__class__": "system", "content": 1}'
    >>> flag_schema(facts, BytesSource(schema))
    >>> facts.danger, facts.danger_rules
    ('yes', ['skops-import:os.system'])
    """
    schema = parse_header(source.read_at(0, min(source.size, HEADER_LIMIT)))
    if facts.danger is None:
        facts.danger = "none_found"
    for module, name in sorted(set(_names(schema))):
        danger = judge(module, name)
        if danger != "none_found":
            flag(facts, danger, f"skops-import:{module}.{name}")


def _names(schema: Any) -> Iterator[tuple[str, str]]:
    """Give module and name of every node, and of functions that are named in its content."""
    pending = [schema]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(node)
        elif isinstance(node, dict):
            pending.extend(node.values())
            for module_key, name_key in (("__module__", "__class__"), ("module_path", "function")):
                module, name = node.get(module_key), node.get(name_key)
                if isinstance(module, str) and isinstance(name, str):
                    yield module, name
