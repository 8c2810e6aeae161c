"""Tells pickles from everything else by their first bytes, text above all."""

from __future__ import annotations

from leakkit.leak.formats.pickle_machine import Allowance, Walk
from leakkit.leak.formats.pickle_values import Import
from leakkit.leak.formats.pickle_walk import walk_pickle
from leakkit.leak.source import BytesSource

SNIFF_OPCODES = 4_096
_NOT_THERE = "an opcode that does not exist"
_STARTERS = frozenset(b"(])}cINLFSVUTXKMJGBC\x82\x83\x84\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x95\x96")


def looks_like_pickle(head: bytes, size: int) -> bool:
    r"""Say whether the first bytes of a member are those of a pickle.

    Parameters
    ----------
    head : bytes
        The first bytes, at least a few hundred where the member has them.
    size : int
        Length of the whole member in bytes.

    Returns
    -------
    bool
        Behind a header of protocol 0 to 5: opcodes that make sense. Without one: the opcodes must lead
        to a STOP at the end of the member, or call an import. A broken pickle that calls an import is
        still a pickle. Text is none: ``I am here.``

    Examples
    --------
    >>> looks_like_pickle(b"\x80\x04N.", 4), looks_like_pickle(b"(lp0\n.", 6)
    (True, True)
    >>> looks_like_pickle(b"I am here.", 10)
    False
    """
    if not head:
        return False
    if head[0] == 0x80:
        return len(head) > 2 and head[1] <= 5 and _walks_behind_header(head, size)
    return head[0] in _STARTERS and _walks_without_header(head, size)


def is_dotted(text: str) -> bool:
    """Say whether text is a dotted Python name."""
    return all(part.isidentifier() for part in text.split("."))


def _is_meant(found: Import) -> bool:
    """Say whether an import is called, or known for running something: text has no such lines."""
    if found.invoked:
        return True
    from leakkit.leak.formats.imports import is_gadget

    return is_gadget(found.module, found.name)


def _walk(head: bytes) -> Walk:
    """Walk over the head alone."""
    return walk_pickle(BytesSource(head), 0, Allowance(SNIFF_OPCODES))


def _walks_behind_header(head: bytes, size: int) -> bool:
    """Judge opcodes behind a PROTO header."""
    walk = _walk(head)
    if walk.ended == "stop" or any(is_dotted(found.path) for found in walk.imports.values()):
        return True
    if walk.ended == "broken":
        return walk.n_opcodes > 8 and walk.problem == _NOT_THERE
    least = 1 if size > len(head) else 2  # a long constant may reach beyond the head
    return walk.problem is None or (walk.n_opcodes > least and walk.ended == "truncated")


def _walks_without_header(head: bytes, size: int) -> bool:
    """Judge opcodes without a header, where text must not be taken for a pickle."""
    walk = _walk(head)
    named = [f for f in walk.imports.values() if f.opcode < walk.sound_opcodes]
    if any(is_dotted(found.module) and is_dotted(found.name) and _is_meant(found) for found in named):
        return True
    if walk.n_opcodes < 3:
        return False
    if walk.sound:
        rest = head[walk.end : walk.end + 64]
        return not rest.strip() or looks_like_pickle(head[walk.end :], size - walk.end)
    cut = walk.problem == "the bytes end inside the pickle" and size > len(head)
    return walk.n_opcodes > 64 and (cut or (walk.ended == "limit" and walk.problem is None))
