"""Which of several findings on overlapping spans stays: the highest score, then the longest, then the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANY_COUNTRY = 0.3
"""How much surer a number of any country must be to stay instead of one whose rules are known."""

_WHOLE = 0.6
"""Score from which on a rule is believed that gives a whole name."""

_HOLDERS = frozenset({"URL", "SOCIAL_PROFILE", "CONNECTION_STRING"})


def stays_beside(inner: Any, outer: Any) -> bool:
    """True where a credential or an e-mail address inside a URL or connection string stays beside it."""
    return (
        outer.entity in _HOLDERS
        and inner.entity not in _HOLDERS - {"CONNECTION_STRING"}
        and (inner.family == "credential" or inner.entity == "EMAIL")
        and inner.start >= outer.start
        and inner.end <= outer.end
    )


def groups(rows: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> list[np.ndarray]:
    """Give the positions of findings that overlap one another, group by group; single ones are left out."""
    if len(rows) < 2:
        return []
    order = np.lexsort((ends, starts, rows))
    row, start, end = rows[order], starts[order], ends[order]
    shift = row.astype(np.int64) * (int(end.max()) + 1)
    reach = np.maximum.accumulate(end + shift)
    new = np.ones(len(order), bool)
    new[1:] = (start + shift)[1:] >= reach[:-1]
    firsts = np.flatnonzero(new)
    sizes = np.diff(np.append(firsts, len(order)))
    return [order[f : f + n] for f, n in zip(firsts[sizes > 1], sizes[sizes > 1], strict=True)]


def _holds_credential(one: Any, findings: Sequence[Any]) -> bool:
    """True for what looks like an e-mail address but is a password and its host (``//user:password@host``)."""
    return one.entity == "EMAIL" and any(
        other.family == "credential" and one.start <= other.start and other.end < one.end
        for other in findings
    )


def _inside_mail(one: Any, findings: Sequence[Any]) -> bool:
    """True for what looks like a user's name but is the first part of an e-mail address."""
    return one.entity == "USERNAME" and any(
        other.entity == "EMAIL" and other.start <= one.start and one.end < other.end
        for other in findings
        if not _holds_credential(other, findings)
    )


def _cuts_address(one: Any, findings: Sequence[Any]) -> bool:
    """True for a name by the tagger in, or over an end of, an address told by its form: ``12 rue Jean Exemple``."""
    return one.detector == "tagger" and any(
        other.entity == "STREET_ADDRESS"
        and other.detector.startswith("address_")
        and other.start < one.end
        and one.start < other.end
        and not (one.start <= other.start and other.end <= one.end)
        for other in findings
    )


def _cuts_name(one: Any, findings: Sequence[Any]) -> bool:
    """True for half a name by the tagger where a rule for names in Japanese signs gives the whole one."""
    return one.detector == "tagger" and any(
        other.detector.startswith("person_japanese")
        and other.score >= _WHOLE
        and other.start <= one.start
        and one.end <= other.end
        and one.end - one.start < other.end - other.start
        for other in findings
    )


def _of_any_country(one: Any) -> bool:
    """True for an identifier that nothing but its key or column tells."""
    return one.detector.endswith("_any") or (
        one.detector in ("column", "layout") and one.entity in ("NATIONAL_ID", "TAX_ID")
    )


def _holds_shorter(one: Any, findings: Sequence[Any]) -> bool:
    """True for a number that holds a less sure one of its kind, which is but a part of it: "504 545 856" of eleven."""
    return any(
        other.entity == one.entity
        and other.score < one.score
        and one.start <= other.start
        and other.end <= one.end
        and other.end - other.start < one.end - one.start
        for other in findings
    )


def losers(findings: Sequence[Any]) -> dict[int, int]:
    """Give, for each finding of an overlapping group that goes, the place of the one that stays."""
    ranked = sorted(
        range(len(findings)),
        key=lambda i: (
            _holds_credential(findings[i], findings)
            or _inside_mail(findings[i], findings)
            or _cuts_address(findings[i], findings)
            or _cuts_name(findings[i], findings),
            -findings[i].score
            + _ANY_COUNTRY * (_of_any_country(findings[i]) and not _holds_shorter(findings[i], findings)),
            findings[i].start - findings[i].end,
            findings[i].order,
        ),
    )
    kept: list[int] = []
    gone: dict[int, int] = {}
    for i in ranked:
        one = findings[i]
        against = [
            k
            for k in kept
            if one.start < findings[k].end
            and findings[k].start < one.end
            and not stays_beside(one, findings[k])
            and not stays_beside(findings[k], one)
        ]
        if against:
            gone[i] = against[0]
        else:
            kept.append(i)
    return gone
