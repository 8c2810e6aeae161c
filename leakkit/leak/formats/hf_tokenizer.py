"""``tokenizer.json`` and ``tokenizer_config.json``: vocabulary size and chat templates, in bounded memory.

A ``tokenizer.json`` may hold 40 MB. Its vocabulary is counted with a pattern over a window that moves
through the file: no entry is kept, so that memory stays at a few megabytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.hf_config import judge_code
from leakkit.leak.formats.json_text import whole_number
from leakkit.leak.formats.templates import judge_template
from leakkit.leak.source import Source
from leakkit.leak.text import printable

BLOCK = 2**20
SCAN_LIMIT = 128 * 2**20
"""Largest ``tokenizer.json`` that is counted to its end (bytes)."""

_ENTRY_LIMIT = 64 * 1024
_VOCABULARY = re.compile(rb'"vocab"\s*:\s*([{\[])')
_ENTRY = re.compile(rb'\s*,?\s*"(?:[^"\\]++|\\.)*+"\s*:\s*(\d{1,12})(?=\s*[,}])')
_PIECE = re.compile(rb'\s*,?\s*\[\s*"(?:[^"\\]++|\\.)*+"\s*,\s*-?[\d.eE+-]{1,40}\s*\]')
_END = re.compile(rb"\s*[}\]]")
_MODEL_TYPE = re.compile(rb'"type"\s*:\s*"(BPE|WordPiece|WordLevel|Unigram)"')
_ADDED = re.compile(rb'"id"\s*:\s*(\d{1,12})\s*,')


class Vocabulary(NamedTuple):
    """Entries counted, highest id seen, and whether the end of the vocabulary was reached."""

    n_entries: int
    highest: int
    whole: bool


class _Window:
    """A piece of the file that moves forward as a pattern consumes it."""

    def __init__(self, source: Source, offset: int) -> None:
        self._source, self._next = source, offset
        self.data, self.place = b"", 0

    def more(self) -> bool:
        """Drop what was consumed and read another block; False at the end of the file."""
        block = self._source.read_at(self._next, min(BLOCK, max(0, self._source.size - self._next)))
        self._next += len(block)
        self.data, self.place = self.data[self.place :] + block, 0
        return bool(block)


def read_tokenizer(source: Source) -> Facts:
    """Read the vocabulary size and kind of a ``tokenizer.json``."""
    facts = Facts()
    if source.size > SCAN_LIMIT:
        raise BadMemberError(f"{source.size:,} bytes; at most {SCAN_LIMIT:,} are counted", status="limit")
    start, opening, added, kind = _find_vocabulary(source)
    if kind is not None:
        facts.values["x_tokenizer_type"] = kind
    if start is None:
        facts.error = "no vocabulary was found"
        return facts
    vocabulary = count_vocabulary(source, start, _ENTRY if opening == b"{" else _PIECE)
    highest = max(vocabulary.highest, added)
    facts.values |= {"vocab_size": highest + 1, "x_n_entries": vocabulary.n_entries}
    if highest < 0:
        del facts.values["vocab_size"]
    if not vocabulary.whole:
        facts.values.pop("vocab_size", None)
        facts.status, facts.error = "truncated", "the vocabulary breaks off or holds what is no entry"
    return facts


def _find_vocabulary(source: Source) -> tuple[int | None, bytes, int, str | None]:
    """Give where the vocabulary starts, its opening bracket, the highest added id before it, the model's kind."""
    highest, kind, window, offset = -1, None, _Window(source, 0), 0
    while window.more():
        kind = kind or next((match[1].decode() for match in _MODEL_TYPE.finditer(window.data)), None)
        found = _VOCABULARY.search(window.data)
        stop = found.start() if found else len(window.data)
        highest = max([highest, *(int(match[1]) for match in _ADDED.finditer(window.data, 0, stop))])
        if found is not None:
            return offset + found.end(), found[1], highest, kind
        window.place = max(0, len(window.data) - 64)
        offset += window.place
    return None, b"", highest, kind


def count_vocabulary(source: Source, start: int, entry: re.Pattern[bytes]) -> Vocabulary:
    """Count entries from `start` to the closing bracket; `entry` may capture an id."""
    window, count, highest = _Window(source, start), 0, -1
    with_ids = entry.groups > 0
    while window.more():
        while match := entry.match(window.data, window.place):
            count += 1
            highest = max(highest, int(match[1]) if with_ids else count - 1)
            window.place = match.end()
        left = len(window.data) - window.place
        if _END.match(window.data, window.place):
            return Vocabulary(count, highest, True)
        if left > _ENTRY_LIMIT:
            break
    return Vocabulary(count, highest, False)


def tokenizer_config_facts(config: Mapping[str, Any], facts: Facts) -> None:
    """Put vocabulary size, class and what the chat templates would do into `facts`."""
    judge_code(config, facts)
    for danger, rule in judge_template(config.get("chat_template")):
        facts.flag(danger, rule)
    size = whole_number(config.get("vocab_size"))
    if size is not None:
        facts.values["vocab_size"] = size
    for key in ("tokenizer_class", "processor_class"):
        if isinstance(config.get(key), str):
            facts.values[f"x_{key}"] = printable(config[key], 100)
    facts.values["x_has_chat_template"] = bool(list(_templates(config)))


def _templates(config: Mapping[str, Any]) -> Iterator[Any]:
    """Give the template entries that hold something."""
    template = config.get("chat_template")
    yield from (part for part in (template if isinstance(template, list) else [template]) if part)
