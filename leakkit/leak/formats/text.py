"""Reads text members: encoding, lines, language of source code, licence, traps for parsers, spoiled copies."""

from __future__ import annotations

import re

from leakkit.leak import languages, licences
from leakkit.leak.encodings import codec_in
from leakkit.leak.facts import Facts
from leakkit.leak.formats.damage import is_text_mangled
from leakkit.leak.formats.json_text import decode_text, judge_depth
from leakkit.leak.formats.templates import judge_template
from leakkit.leak.formats.yaml_text import judge_yaml
from leakkit.leak.names import split_name
from leakkit.leak.sniff.text import from_utf16
from leakkit.leak.source import Source

_SPDX = b"SPDX-License-Identifier"
_MANGLED = b"\xef\xbf\xbd"
_MANGLED_SHARE = 0.1
_ENTITY = re.compile(
    rb"<!ENTITY\s+(%\s+)?[\w.:-]{1,100}\s+(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|(SYSTEM|PUBLIC)\b)"
)
_REFERENCE = re.compile(rb"&[\w.:-]{1,100};")
_QUOTED = re.compile(rb"(?:\"([^\"]{0,500})\"|'([^']{0,500})')")
_BESIDE = re.compile(rb"[\w-][\w./-]{0,200}")
_ADDRESS_REACH = 1_200
_HEADER_CHARACTERS = 4_000
_DUMP = re.compile(r"(?im)^(?:insert into|copy [^\n]{1,500} from stdin)")


def read(source: Source, format: str) -> Facts:
    """Read what the head of a text tells.

    Parameters
    ----------
    source : Source
    format : str
        A text format, or ``unknown``, for which only damage is looked for.

    Returns
    -------
    Facts
        ``x_encoding``, ``x_n_lines`` (of the first 64 KiB), ``x_language``, ``licence`` of source code and
        licence files; ``danger`` where the format can hold a trap (JSON nesting, XML entities, YAML
        tags, Jinja); status ``corrupt`` when a text-mode copy has spoiled it.
    """
    facts = Facts()
    head = source.head
    if is_spoiled(head, format):
        facts.status = "corrupt"
        facts.error = "bytes above 7F were replaced in a text-mode copy and cannot be brought back"
    if format == "unknown":
        return facts
    facts.values["x_encoding"] = encoding_of(source)
    facts.values["x_n_lines"] = head.count(b"\n") + (not head.endswith(b"\n") if head else 0)
    if format == "json":
        judge_depth(source, facts)
        if b'"__loader__"' in head:
            _judge_schema(source, facts)
    elif format in ("xml", "html", "pmml", "openvino-ir"):
        judge_entities(head, facts)
    elif format == "yaml":
        judge_yaml(decode_text(head), facts)
    elif format in ("source-code", "licence") or (format in ("text", "markdown") and _SPDX in head):
        _licence_and_language(source, format, facts)
    return facts


def _judge_schema(source: Source, facts: Facts) -> None:
    """Judge the names that the schema of a skops file would import."""
    from leakkit.leak.formats.skops import flag_schema, looks_like_schema

    if looks_like_schema(source.head):
        flag_schema(facts, source)


def is_spoiled(head: bytes, format: str) -> bool:
    """Tell a copy in which EF BF BD stands where bytes were lost.

    A text may hold a few such marks and be whole; a tenth of its bytes is too many. Bytes of no
    known format count as spoiled when all of them are valid UTF-8 and the mark occurs.
    """
    if _MANGLED not in head:
        return False
    if format == "unknown":
        return is_text_mangled(head)
    return len(head) >= 64 and 3 * head.count(_MANGLED) > _MANGLED_SHARE * len(head)


def encoding_of(source: Source) -> str:
    r"""Name the encoding the head is in: told from the bytes for anything but ASCII, UTF-8 and UTF-16.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> [
    ...     encoding_of(BytesSource(raw))
    ...     for raw in (b"plain", "Köln".encode(), "Jürgen Müller".encode("cp1252"))
    ... ]
    ['ascii', 'utf-8', 'cp1252']
    """
    head = source.head
    if head.isascii():
        return "ascii" if 0 not in head[:1024] else "utf-16"
    if from_utf16(head):
        return "utf-16"
    codec = codec_in(source)
    return "utf-8" if codec == "utf-8-sig" else codec


def judge_entities(head: bytes, facts: Facts) -> None:
    """Flag XML entities that multiply (billion laughs) or bring in files and addresses.

    ``yes`` for absolute paths, paths upwards and addresses; ``review`` for a file of the same folder.
    """
    facts.danger = facts.danger or "none_found"
    if b"<!ENTITY" not in head:
        return
    for match in _ENTITY.finditer(head):
        if match[4] is not None:
            reach = head[match.end() : match.end() + _ADDRESS_REACH]
            facts.flag("review" if _stays_beside(reach, match[4]) else "yes", "xml-external-entity")
        elif len(_REFERENCE.findall(match[2] or match[3] or b"")) > 1:
            facts.flag("yes", "xml-entities")


def _stays_beside(reach: bytes, word: bytes) -> bool:
    """Tell an entity that brings in a file of its own folder, as document types do, from one that reaches out."""
    quoted = [first or second for first, second in _QUOTED.findall(reach)[: 2 if word == b"PUBLIC" else 1]]
    address = quoted[-1] if len(quoted) == (2 if word == b"PUBLIC" else 1) else b""
    return bool(_BESIDE.fullmatch(address)) and b".." not in address


def _licence_and_language(source: Source, format: str, facts: Facts) -> None:
    """Put the licence a text names and the language code is in into `facts`."""
    text = decode_text(source.head[: _licence_reach(format)])
    licence = licences.find_licence(text if format == "licence" else text[:_HEADER_CHARACTERS])
    if licence is not None:
        facts.values["licence"] = licence
    if format != "source-code":
        return
    base, extension = split_name(source.name)
    language = languages.language_from_shebang(source.head) or languages.language_from_name(base, extension)
    language = language or languages.language_from_lines(source.head[:4096])
    if language is not None:
        facts.values["x_language"] = language
    if language == "Jinja":
        facts.danger = "none_found"
        for danger, rule in judge_template(decode_text(source.head)):
            facts.flag(danger, rule)
    if language == "SQL" and _DUMP.search(decode_text(source.head)):
        facts.values |= {"kind": "dataset", "veris_variety": "Internal"}


def _licence_reach(format: str) -> int:
    """Give how many bytes are looked at for a licence."""
    return 20_000 if format == "licence" else 2 * _HEADER_CHARACTERS
