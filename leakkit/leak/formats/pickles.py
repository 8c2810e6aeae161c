"""Reads pickles without loading them: what they would import and call, and whether bytes are a pickle."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from leakkit.leak.facts import DANGER_ORDER, Facts
from leakkit.leak.formats.imports import judge, picklescan_imports
from leakkit.leak.formats.pickle_walk import (
    BYTES_LIMIT,
    OPCODE_LIMIT,
    Import,
    Made,
    Walk,
    walk_pickle,
)
from leakkit.leak.source import BytesSource, Source
from leakkit.leak.text import printable

SNIFF_OPCODES = 4_096
PICKLES_LIMIT = 10_000
SEARCH_LIMIT = 8 * 2**20
SECOND_OPINION_LIMIT = 2**20
RULE_LENGTH = 120
MAX_RULES = 100

_STARTERS = frozenset(b"(])}cINLFSVUTXKMJGBC\x82\x83\x84\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x95\x96")
_REACHING = frozenset(
    {
        "builtins.getattr",
        "__builtin__.getattr",
        "numpy.core._ufunc_reconstruct",
        "numpy._core._ufunc_reconstruct",
    }
)
_EVENTS = {
    "import:computed": ("yes", "pickle-import:computed"),
    "call:computed": ("yes", "pickle-call:computed"),
    "extension-registry": ("review", "pickle-extension-registry"),
    "scan-limit": ("review", "pickle-scan-limit"),
}


# --- is it a pickle? ------------------------------------------------------------------------------


def looks_like_pickle(head: bytes, size: int) -> bool:
    """Say whether the first bytes of a member are those of a pickle.

    Parameters
    ----------
    head : bytes
        The first bytes, at least a few hundred where the member has them.
    size : int
        Length of the whole member in bytes.

    Returns
    -------
    bool
        Protocol 2 to 5: a header and opcodes that make sense. Without a header: the opcodes must lead
        to a STOP that ends the member, or call an import. Text is no pickle: ``I am here.`` is not.

    Examples
    --------
    >>> looks_like_pickle(b"\\x80\\x04N.", 4), looks_like_pickle(b"(lp0\\n.", 6), looks_like_pickle(b"I am here.", 10)
    (True, True, False)
    """
    if not head:
        return False
    if head[0] == 0x80:
        return len(head) > 2 and head[1] <= 5 and _walks_from_header(head, size)
    return head[0] in _STARTERS and _walks_without_header(head, size)


def _sniff(head: bytes) -> Walk:
    """Walk over the head alone."""
    return walk_pickle(BytesSource(head), 0, SNIFF_OPCODES)


def _calls_a_name(walk: Walk) -> bool:
    """Say whether something with the form of a Python name is called."""
    return any(i.invoked and _is_dotted(i.module) and _is_dotted(i.name) for i in walk.imports.values())


def _is_dotted(text: str) -> bool:
    """Say whether text is a dotted Python name."""
    return all(part.isidentifier() for part in text.split("."))


def _walks_from_header(head: bytes, size: int) -> bool:
    """Judge opcodes behind a PROTO header."""
    walk = _sniff(head)
    if walk.ended == "stop" or walk.imports:
        return True
    if walk.ended == "broken":
        return walk.n_opcodes > 8 and walk.problem == "an opcode that does not exist"
    return walk.problem is None or (walk.n_opcodes > 2 and walk.ended == "truncated")


def _walks_without_header(head: bytes, size: int) -> bool:
    """Judge opcodes of protocol 0 and 1, where text must not be taken for a pickle."""
    walk = _sniff(head)
    if _calls_a_name(walk):
        return True
    if walk.n_opcodes < 3:
        return False
    if walk.sound:
        rest = head[walk.end : walk.end + 64]
        return not rest.strip() or looks_like_pickle(head[walk.end :], size - walk.end)
    cut = walk.problem == "the bytes end inside the pickle" and size > len(head)
    return walk.n_opcodes > 64 and (cut or (walk.ended == "limit" and walk.problem is None))


# --- what would it do? ----------------------------------------------------------------------------


@dataclass(slots=True)
class PickleReport:
    """What the pickles of one member would do.

    Attributes
    ----------
    imports : list of Import
        Every distinct name, in order of appearance.
    walks : list of Walk
        One for each pickle, in order.
    end : int
        Offset of the first byte after the last pickle.
    """

    imports: list[Import] = field(default_factory=list)
    walks: list[Walk] = field(default_factory=list)
    end: int = 0

    @property
    def first(self) -> Walk:
        """The first pickle."""
        return self.walks[0]


def flag_pickle(facts: Facts, source: Source, offset: int = 0) -> PickleReport:
    """Look at every pickle from `offset` on and note in `facts` what loading them would do.

    Parameters
    ----------
    facts : Facts
        Gets ``danger`` and ``danger_rules``; ``none_found`` when nothing was found.
    source : Source
        The member.
    offset : int
        Where the first pickle begins: behind the header in an ``.npy`` file.

    Returns
    -------
    PickleReport

    Examples
    --------
    >>> facts = Facts()
    >>> report = flag_pickle(facts, BytesSource(b"cposix\\nsystem\\n(S'ls'\\ntR."))
    >>> facts.danger, facts.danger_rules
    ('yes', ['pickle-import:posix.system'])
    """
    report = walk_all(source, offset)
    flag_walks(facts, source, report)
    second_opinion(facts, source, offset, report)
    if report.walks[-1].ended != "limit":
        flag_hidden(facts, source, report.end)
    return report


def walk_all(source: Source, offset: int, inline: dict[str, Any] | None = None) -> PickleReport:
    """Walk over pickles that follow each other, within one budget of opcodes."""
    report, left = PickleReport(end=offset), OPCODE_LIMIT
    while True:
        walk = walk_pickle(source, report.end, left, inline)
        report.walks.append(walk)
        report.end, left = walk.end, left - walk.n_opcodes
        if walk.ended != "stop" or left <= 0 or len(report.walks) >= PICKLES_LIMIT or walk.end >= source.size:
            break
        if not looks_like_pickle(source.read_at(walk.end, 4096), source.size - walk.end):
            break
    seen = {(i.module, i.name): i for walk in report.walks for i in walk.imports.values()}
    report.imports = list(seen.values())
    return report


def flag_walks(facts: Facts, source: Source, report: PickleReport) -> None:
    """Note the dangers of walked pickles."""
    if facts.danger is None:
        facts.danger = "none_found"
    for walk in report.walks:
        for found in walk.imports.values():
            flag_import(facts, found, walk)
        for event in walk.events:
            word, _, path = event.partition(":")
            if word == "write-to-import":
                flag(facts, "yes", f"pickle-write-to-import:{path}")
            else:
                flag(facts, *_EVENTS[event])
        if walk.ended == "limit":
            flag(facts, "review", "pickle-scan-limit")
        for call in walk.calls:
            flag_nested(facts, source, call)


def flag(facts: Facts, danger: str, rule: str) -> None:
    """Note one rule, escaped and cut; at most `MAX_RULES`."""
    if len(facts.danger_rules) < MAX_RULES:
        facts.flag(danger, printable(rule, RULE_LENGTH))
    elif facts.danger is None or DANGER_ORDER.index(danger) > DANGER_ORDER.index(facts.danger):
        facts.danger = danger


def flag_import(facts: Facts, found: Import, walk: Walk) -> None:
    """Note one import unless it is known to be harmless."""
    danger = judge(found.module, found.name)
    if danger != "none_found":
        flag(facts, danger, f"pickle-import:{found.path}")


def flag_nested(facts: Facts, source: Source, call: Made) -> None:
    """Look at a file that is held as bytes inside the pickle."""


def second_opinion(facts: Facts, source: Source, offset: int, report: PickleReport) -> None:
    """Ask picklescan's scanner about the same bytes; count only names that we would flag too."""
    length = report.end - offset
    if not 0 < length <= SECOND_OPINION_LIMIT:
        return
    known = {(i.module, i.name) for i in report.imports}
    for module, name, danger in picklescan_imports(source.read_at(offset, length)):
        if (module, name) not in known and danger == "yes" and judge(module, name) == "yes":
            flag(facts, "yes", f"pickle-import:{module}.{name}")


def flag_hidden(facts: Facts, source: Source, start: int) -> None:
    """Search the bytes behind the last pickle for one more that holds a dangerous import."""
    left = min(SEARCH_LIMIT, source.size - start)
    if left <= 0:
        return
    data = source.read_at(start, left)
    at = data.find(b"\x80")
    while at >= 0:
        if at + 2 < len(data) and data[at + 1] <= 5:
            walk = walk_pickle(BytesSource(data[at : at + 65_536]), 0, 2_000)
            for found in walk.imports.values():
                if judge(found.module, found.name) == "yes" and _is_dotted(found.path):
                    flag(facts, "yes", f"pickle-import:{found.path}")
        at = data.find(b"\x80", at + 1)


def read(source: Source, format: str) -> Facts:
    """Read a pickle: its imports and, where it holds arrays or tensors, their shapes.

    Parameters
    ----------
    source : Source
        The member.
    format : str
        ``pickle`` or ``joblib-pickle``.

    Returns
    -------
    Facts
    """
    facts = Facts()
    report = flag_pickle(facts, source)
    first = report.first
    if first.ended == "truncated":
        facts.status, facts.error = "truncated", "the pickle ends before its STOP opcode"
    elif not first.sound and first.ended != "limit":
        facts.status, facts.error = "corrupt", f"a loader would stop early: {first.problem}"
    return facts


__all__ = ["BYTES_LIMIT", "PickleReport", "flag_pickle", "looks_like_pickle", "read", "walk_all"]
