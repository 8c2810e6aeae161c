"""Says what loading a pickle would do: every name it imports, every trick, every pickle inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, cast

from leakkit.errors import BadMemberError
from leakkit.leak.archives.zip_streams import Window
from leakkit.leak.facts import DANGER_ORDER, Facts
from leakkit.leak.formats.imports import is_gadget, judge, picklescan_imports
from leakkit.leak.formats.joblib import INLINE_ARRAYS
from leakkit.leak.formats.pickle_calls import REACHING, decoded
from leakkit.leak.formats.pickle_machine import Allowance, Walk
from leakkit.leak.formats.pickle_sniff import is_dotted, looks_like_pickle
from leakkit.leak.formats.pickle_values import Blob, Import, Made
from leakkit.leak.formats.pickle_walk import walk_pickle
from leakkit.leak.source import BytesSource, FileSource, Source
from leakkit.leak.text import printable

PICKLES_LIMIT = 10_000
PEEK = 4_096
SEARCH_LIMIT = 8 * 2**20
SEARCH_OPCODES = 200_000
SECOND_OPINION_LIMIT = 256 * 2**10
SUSPECT_LIMIT = 4 * 2**20
NESTED_LIMIT = 4
RULE_LENGTH = 120
RULES_LIMIT = 100

_OLD_IMPORT = re.compile(rb"[ci]([A-Za-z_][\w.]{0,100})\n([A-Za-z_][\w.]{0,100})\n")

_EVENTS = {
    "import:computed": ("yes", "pickle-import:computed"),
    "call:computed": ("yes", "pickle-call:computed"),
    "extension-registry": ("review", "pickle-extension-registry"),
    "scan-limit": ("review", "pickle-scan-limit"),
    "allocation": ("yes", "pickle-allocation"),
    "expansion": ("yes", "pickle-expansion"),
}


@dataclass(slots=True)
class PickleReport:
    """What the pickles of one member would do.

    Attributes
    ----------
    imports : list of Import
        Every distinct name, in order of appearance.
    walks : list of Walk
        One for each pickle, in order; never empty.
    end : int
        Offset of the first byte after the last pickle.
    """

    imports: list[Import] = field(default_factory=list)
    walks: list[Walk] = field(default_factory=list)
    end: int = 0


def flag_pickle(
    facts: Facts,
    source: Source,
    offset: int = 0,
    *,
    trusted: str = "",
    depth: int = 0,
    allowance: Allowance | None = None,
) -> PickleReport:
    r"""Look at every pickle from `offset` on and note in `facts` what loading them would do.

    Parameters
    ----------
    facts : Facts
        Gets ``danger`` and ``danger_rules``; ``none_found`` when nothing was found.
    source : Source
        The member.
    offset : int
        Where the first pickle begins: behind the header in an ``.npy`` file.
    trusted : str
        A module whose names mean nothing to Python here (``__torch__`` in TorchScript).
    depth : int
        How many files this one stands inside of.
    allowance : Allowance, optional
        Opcodes and memory, shared with other pickles of the same member.

    Returns
    -------
    PickleReport

    Notes
    -----
    ``danger`` is about what loading would import and call. Rules: ``pickle-import:module.name``;
    ``pickle-import:computed`` (a name made while loading), ``pickle-call:computed`` (something other
    than a name is called), ``pickle-write-to-import:module.name`` (an imported thing is changed),
    ``pickle-extension-registry`` (a name only the victim's registry knows), ``pickle-allocation`` and
    ``pickle-expansion`` (memory or time without end), ``pickle-nested:...`` (a pickle inside the pickle),
    ``pickle-scan-limit``.

    Examples
    --------
    >>> facts = Facts()
    >>> report = flag_pickle(facts, BytesSource(b"cposix\nsystem\n(S'ls'\ntR."))
    >>> facts.danger, facts.danger_rules
    ('yes', ['pickle-import:posix.system'])
    """
    allowance = allowance or Allowance()
    report = walk_all(source, offset, allowance)
    if facts.danger is None:
        facts.danger = "none_found"
    for walk in report.walks:
        _flag_walk(facts, walk, trusted)
        for call in walk.calls:
            _flag_nested(facts, source, call, depth, allowance)
        _flag_suspects(facts, source, walk, depth, allowance)
    if depth == 0:
        _second_opinion(facts, source, offset, report)
    _flag_hidden(facts, source, report.end, allowance)
    return report


def walk_all(source: Source, offset: int, allowance: Allowance) -> PickleReport:
    """Walk over pickles that follow each other, within one allowance."""
    report = PickleReport(end=offset)
    while True:
        walk = walk_pickle(source, report.end, allowance, INLINE_ARRAYS)
        report.walks.append(walk)
        report.end = walk.end
        if walk.ended != "stop" or len(report.walks) >= PICKLES_LIMIT or walk.end >= source.size:
            break
        if not looks_like_pickle(_peek(source, walk.end, PEEK), source.size - walk.end):
            break
    seen = {key: found for walk in report.walks for key, found in walk.imports.items()}
    report.imports = list(seen.values())
    return report


def _peek(source: Source, offset: int, length: int) -> bytes:
    """Bytes from `offset`, or none where the member cannot be read on."""
    try:
        return source.read_at(offset, length)
    except BadMemberError:
        return b""


def flag(facts: Facts, danger: str, rule: str) -> None:
    """Note one rule, escaped and cut; beyond `RULES_LIMIT` only the danger is raised."""
    if len(facts.danger_rules) < RULES_LIMIT:
        facts.flag(danger, printable(rule, RULE_LENGTH))
    elif facts.danger is None or DANGER_ORDER.index(danger) > DANGER_ORDER.index(facts.danger):
        facts.danger = danger


def _flag_walk(facts: Facts, walk: Walk, trusted: str) -> None:
    """Note the dangers of one pickle."""
    for found in walk.imports.values():
        danger = judge(found.module, found.name)
        followed = found.path in REACHING and found.resolved
        foreign = trusted and found.path.startswith(trusted + ".")
        if danger != "none_found" and not followed and not foreign:
            flag(facts, danger, f"pickle-import:{found.path}")
    for event in walk.events:
        word, _, path = event.partition(":")
        if word == "write-to-import":
            flag(facts, "yes", f"pickle-write-to-import:{path}")
        else:
            flag(facts, *_EVENTS[event])
    if walk.ended == "limit":
        flag(facts, "review", "pickle-scan-limit")


def _flag_nested(facts: Facts, source: Source, call: Made, depth: int, allowance: Allowance) -> None:
    """Look at a file that is held as bytes inside the pickle and would be loaded from there."""
    blob = call.arguments[0] if call.arguments else None
    if not isinstance(blob, Blob):
        flag(facts, "review", "pickle-nested:not-read")
    elif depth >= NESTED_LIMIT:
        flag(facts, "review", "pickle-scan-limit")
    else:
        from leakkit.leak.formats import torch

        window = FileSource(
            cast(Any, Window(source.stream(), blob.offset, blob.length)), "nested", blob.length
        )
        _take_over(facts, torch.read_nested(window, depth + 1, allowance))


def _flag_suspects(facts: Facts, source: Source, walk: Walk, depth: int, allowance: Allowance) -> None:
    """Look at constants that are pickles themselves: nothing loads them yet, but somebody meant to."""
    left = SUSPECT_LIMIT
    for blob in walk.suspects:
        if left <= 0 or depth >= NESTED_LIMIT:
            return flag(facts, "review", "pickle-scan-limit")
        data = decoded(_peek(source, blob.offset, min(blob.length, left)))
        if looks_like_pickle(data, len(data)):
            left -= len(data)
            inner = Facts()
            flag_pickle(inner, BytesSource(data), depth=depth + 1, allowance=allowance)
            _take_over(facts, inner)
    return None


def _take_over(facts: Facts, inner: Facts) -> None:
    """Note the dangers of something held inside the pickle."""
    for rule in inner.danger_rules:
        flag(facts, inner.danger or "review", f"pickle-nested:{rule.removeprefix('pickle-nested:')}")


def _second_opinion(facts: Facts, source: Source, offset: int, report: PickleReport) -> None:
    """Ask picklescan's scanner about the same bytes; count names that we would flag too."""
    length = report.end - offset
    if not 0 < length <= SECOND_OPINION_LIMIT:
        return
    known = {(found.module, found.name) for found in report.imports}
    for module, name, danger in picklescan_imports(_peek(source, offset, length)):
        if danger == "yes" and (module, name) not in known and judge(module, name) == "yes":
            flag(facts, "yes", f"pickle-import:{module}.{name}")


def _flag_hidden(facts: Facts, source: Source, start: int, allowance: Allowance) -> None:
    """Search the bytes behind the last pickle for one more that would do harm."""
    data = _peek(source, start, min(SEARCH_LIMIT, max(0, source.size - start)))
    search = Allowance(min(SEARCH_OPCODES, allowance.opcodes), allowance.room)
    at = data.find(b"\x80")
    while at >= 0 and search.opcodes > 0:
        if data[at + 1 : at + 2] <= b"\x05" and at + 2 < len(data):
            walk = walk_pickle(BytesSource(data[at : at + 65_536]), 0, search)
            for found in walk.imports.values():
                if is_dotted(found.path) and judge(found.module, found.name) == "yes":
                    flag(facts, "yes", f"pickle-import:{found.path}")
        at = data.find(b"\x80", at + 1)
    for match in islice(_OLD_IMPORT.finditer(data), PICKLES_LIMIT):
        module, name = (part.decode() for part in match.groups())
        if is_gadget(module, name):
            flag(facts, "yes", f"pickle-import:{module}.{name}")
