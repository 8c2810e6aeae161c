"""YAML of a catalogue as plain lists, objects and texts: no tags, no classes, and a limit to what aliases repeat."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import yaml

from leakkit.errors import BadMemberError
from leakkit.incidents.catalogue_formats import text_of

MOST_VALUES = 1_000_000
"""Values of one file, those that aliases repeat included; ATLAS has some 5,000."""

MAX_DEPTH = 50

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class _Builder:
    """Puts events of the parser together; each node knows how many values it holds."""

    def __init__(self) -> None:
        self.stack: list[tuple[Any, str | None]] = []
        self.keys: list[str | None] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.counts = [0]
        self.document: Any = None
        self.record = 0

    def open(self, holder: Any, anchor: str | None) -> None:
        """Begin a list or an object."""
        if len(self.stack) >= MAX_DEPTH:
            raise BadMemberError(f"YAML nested deeper than {MAX_DEPTH}", status="refused")
        if len(self.stack) == 2 and self.keys[0] == "case-studies":
            self.record = len(self.stack[1][0]) + 1
        elif len(self.stack) == 1 and self.keys[0] == "study":
            self.record = 1
        self.stack.append((holder, anchor))
        self.keys.append(None)
        self.counts.append(0)

    def close(self) -> Any:
        """End the innermost list or object, and put it where it belongs."""
        holder, anchor = self.stack.pop()
        self.keys.pop()
        return self.put(holder, anchor, self.counts.pop() + 1)

    def put(self, value: Any, anchor: str | None, count: int) -> Any:
        """Put a finished value into what is open."""
        self.counts[-1] += count
        if sum(self.counts) > MOST_VALUES:
            raise BadMemberError(f"YAML of more than {MOST_VALUES:,} values, aliases counted", status="limit")
        if anchor is not None:
            self.anchors[anchor] = (value, count)
        if not self.stack:
            return value
        holder = self.stack[-1][0]
        if isinstance(holder, list):
            holder.append(value)
        elif self.keys[-1] is None:
            if not isinstance(value, str | None):
                raise BadMemberError("a key of the YAML is no text")
            self.keys[-1] = self._free(holder, value or "")
        else:
            holder[self.keys[-1]] = value
            self.keys[-1] = None
        return value

    def place(self) -> str:
        """Say which case study was reached."""
        return f"record {self.record:,} reached" if self.record else "record not reached"

    @staticmethod
    def _free(holder: dict[str, Any], key: str) -> str:
        """Give `key`, numbered when the object has it already."""
        number, name = 1, key
        while name in holder:
            number += 1
            name = f"{key}#{number}"
        return name


def yaml_documents(data: bytes) -> Iterator[Any]:
    """Give the documents of a YAML file; every plain value is a text, null is None.

    Raises
    ------
    BadMemberError
        It is no YAML, is nested too deep, refers to itself, or repeats too much by aliases; names the case
        study that was reached.

    Examples
    --------
    >>> list(yaml_documents(b"{a: &x [1, ~], b: *x, c: 2020-01-01}"))
    [{'a': ['1', None], 'b': ['1', None], 'c': '2020-01-01'}]
    """
    builder = _Builder()
    try:
        for event in yaml.parse(text_of(data), Loader=_LOADER):
            whole = _take(builder, event)
            if not builder.stack and isinstance(event, yaml.DocumentEndEvent):
                yield builder.document
            elif not builder.stack and isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                builder.document = whole
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 1:,}" if mark is not None else ""
        raise BadMemberError(f"no valid YAML{line}; {builder.place()}") from None
    except BadMemberError as error:
        raise BadMemberError(f"{error.reason}; {builder.place()}", status=error.status) from None
    except (RecursionError, ValueError):
        raise BadMemberError(f"no valid YAML; {builder.place()}") from None


def place_reached(start: bytes) -> str:
    """Say which case study the start of a file reaches into.

    Examples
    --------
    >>> place_reached(b"case-studies: [{id: a}, {id: b"), place_reached(b"id: ATL")
    ('record 2 reached', 'record not reached')
    """
    builder = _Builder()
    with contextlib.suppress(yaml.YAMLError, BadMemberError, RecursionError, ValueError):
        for event in yaml.parse(text_of(start), Loader=_LOADER):
            _take(builder, event)
    return builder.place()


def _take(builder: _Builder, event: yaml.Event) -> Any:
    """Let the builder see one event; give the value it ends, if any."""
    if isinstance(event, yaml.ScalarEvent):
        null = event.implicit[0] and event.value in _NULLS
        return builder.put(None if null else event.value, event.anchor, 1)
    if isinstance(event, yaml.AliasEvent):
        value, count = builder.anchors.get(event.anchor or "", (None, 0))
        if not count:
            raise BadMemberError("an alias of the YAML refers to nothing, or to what it stands in")
        return builder.put(value, None, count)
    if isinstance(event, yaml.SequenceStartEvent):
        builder.open([], event.anchor)
    elif isinstance(event, yaml.MappingStartEvent):
        builder.open({}, event.anchor)
    elif isinstance(event, yaml.CollectionEndEvent):
        return builder.close()
    return None
