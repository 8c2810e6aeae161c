"""Reads pickles without loading them: what they would import and call, and the arrays they hold."""

from __future__ import annotations

from leakkit.leak.facts import Facts
from leakkit.leak.formats import joblib
from leakkit.leak.formats.pickle_danger import PickleReport, flag_pickle
from leakkit.leak.formats.pickle_machine import Walk
from leakkit.leak.formats.pickle_sniff import looks_like_pickle
from leakkit.leak.formats.pickle_tree import arrays_of
from leakkit.leak.source import Source


def read(source: Source, format: str) -> Facts:
    r"""Read a pickle: its imports and the arrays it holds.

    Parameters
    ----------
    source : Source
        The member.
    format : str
        ``pickle`` or ``joblib-pickle``; either may be packed by zlib as a whole.

    Returns
    -------
    Facts
        ``danger``, one `Tensor` for each numpy array; ``format`` is ``joblib-pickle`` when joblib wrote
        it. ``status`` tells a pickle that a loader could not read to its end. ``n_params`` stays missing:
        arrays in a plain pickle are data as often as they are weights.

    Raises
    ------
    BadMemberError
        A packed file cannot be unpacked.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> facts = read(BytesSource(b"cposix\nsystem\n(S'ls'\ntR."), "pickle")
    >>> facts.danger, facts.danger_rules
    ('yes', ['pickle-import:posix.system'])
    """
    facts = Facts()
    source = joblib.unpacked(source)
    report = flag_pickle(facts, source)
    if any(found.path in joblib.INLINE_ARRAYS for found in report.imports):
        facts.format = "joblib-pickle"
    facts.tensors = [tensor for walk in report.walks for tensor in arrays_of(walk.root)]
    describe_end(facts, report.walks)
    return facts


def describe_end(facts: Facts, walks: list[Walk]) -> None:
    """Set status and error where a loader could not read a pickle to its end."""
    for walk in walks:
        if walk.ended == "truncated":
            facts.status, facts.error = "truncated", "a pickle ends before its STOP opcode"
        elif walk.ended == "limit":
            facts.status, facts.error = "limit", "a pickle has more opcodes than are read"
        elif not walk.sound:
            facts.status, facts.error = "corrupt", f"a loader would stop early: {walk.problem}"
        else:
            continue
        return


__all__ = ["PickleReport", "describe_end", "flag_pickle", "looks_like_pickle", "read"]
