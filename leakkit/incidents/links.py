"""The same incident in two sources: pairs with a score, what it is made of, and what to do with them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.errors import BadParameterError
from leakkit.frames import INCIDENT_LINKS, INCIDENTS
from leakkit.incidents.link_candidates import Records, find_candidates, word_weights
from leakkit.incidents.link_evidence import Evidence, Floats, weigh

if TYPE_CHECKING:
    import pandas as pd

ACCEPT, REVIEW, SHOWN = 0.85, 0.6, 0.4
"""Scores from which a link is accepted, from which it is for review, and below which it is not listed."""

RIVAL = 0.05
"""A link by name and date alone is accepted only when no other partner comes so near to its score."""

_NEEDED = ("incident_uid", "source", "title", "summary", "victim", "victim_domain", "deployer", "developer",
           "incident_date", "incident_date_end", "date_basis")  # fmt: skip


def link_incidents(
    incidents: pd.DataFrame, *, accept: float = ACCEPT, review: float = REVIEW
) -> pd.DataFrame:
    """Pairs of records of two sources that seem to be of the same incident.

    Parameters
    ----------
    incidents : pandas.DataFrame
        Incidents frame of several sources.
    accept, review : float, default 0.85 and 0.6
        Scores from which a pair is accepted, or left for a person to review.

    Returns
    -------
    pandas.DataFrame
        Frame `leakkit.frames.INCIDENT_LINKS`, best first among those of one record: ``score`` with its pieces
        ``name_score`` (titles or organisations), ``text_score`` (words of title and summary), ``same_domain``,
        ``days_apart``, and ``decision``. Pairs below 0.4 are not listed; an empty frame where none is left.

    Raises
    ------
    BadFrameError
        A column is missing.
    BadParameterError
        Not 0 <= review <= accept <= 1.

    Notes
    -----
    The score is the kit's own weighing, no probability: pieces are joined as if they were independent
    (1 less the product of what each leaves open), likeness that rests on frequent words counts for little,
    a name counts only as far as the dates are near, and a report that precedes its incident by more than a
    month takes a quarter off. Where a name and a date fit several records about equally, or two titles tell
    different things of one name, the pair is for review. A title that only names the victim tells nothing. The
    columns ``reference`` and ``source_id`` are not read, and addresses and catalogue numbers are
    cut out of texts, so links given by a catalogue can serve as truth. After I. P. Fellegi and A. B. Sunter,
    JASA 64 (1969) 1183-1210, with weights set by hand.

    Of more than 40 records of another source that share a name or a domain, only the 40 that begin nearest
    in date are compared for it (records without a date last, ties by ``incident_uid``), seen from either side.

    Misleading: a link says that two records tell of one event, not that they agree on it; and records of
    one campaign at several victims may be linked.

    Examples
    --------
    >>> from leakkit.frames import INCIDENTS
    >>> rows = [
    ...     {
    ...         "incident_uid": "aiid:1",
    ...         "source": "aiid",
    ...         "source_id": "1",
    ...         "title": "Robot drowns in fountain",
    ...     },
    ...     {
    ...         "incident_uid": "avid:1",
    ...         "source": "avid",
    ...         "source_id": "1",
    ...         "title": "Robot Drowns in a Fountain",
    ...     },
    ... ]
    >>> link_incidents(INCIDENTS.from_rows(rows))[["uid_a", "uid_b", "decision"]].values.tolist()
    [['aiid:1', 'avid:1', 'accept']]
    """
    if not 0 <= review <= accept <= 1:
        raise BadParameterError(
            "Expected 0 <= review <= accept <= 1", f"found review {review} and accept {accept}", "change them"
        )
    _check(incidents)
    frame = incidents.sort_values("incident_uid", kind="stable", ignore_index=True)
    records = Records.of(frame)
    weights = word_weights(records.texts)
    pairs = find_candidates(records, weights) if len(frame) else np.empty((0, 2), dtype=np.int64)
    if not len(pairs):
        return INCIDENT_LINKS.from_rows([])
    evidence = weigh(records, weights, pairs)
    score = _score(evidence)
    decision = _decide(score, evidence, pairs, records, accept, review)
    uids, titles = (frame[name].tolist() for name in ("incident_uid", "title"))
    listed = np.flatnonzero(score >= min(SHOWN, review))
    return INCIDENT_LINKS.from_rows(
        [_row(uids, titles, pairs, evidence, score, decision, int(n)) for n in listed]
    )


def links_to_review(links: pd.DataFrame) -> pd.DataFrame:
    """Pairs for a person to look at, the likeliest first, with the words of why they are listed.

    Parameters
    ----------
    links : pandas.DataFrame
        What `link_incidents` gives.

    Returns
    -------
    pandas.DataFrame
        ``title_a``, ``title_b``, ``score``, ``name_score``, ``text_score``, ``days_apart``, ``method``,
        ``uid_a``, ``uid_b``.

    Examples
    --------
    >>> links_to_review(INCIDENT_LINKS.from_rows([])).empty
    True
    """
    columns = ["title_a", "title_b", "score", "name_score", "text_score", "days_apart", "method"]
    open_ones = links[links["decision"].eq("review")]
    ordered = open_ones.sort_values(["score", "uid_a", "uid_b"], ascending=[False, True, True])
    return ordered[[*columns, "uid_a", "uid_b"]].reset_index(drop=True)


def _check(incidents: pd.DataFrame) -> None:
    """Refuse a frame that lacks what linkage reads."""
    if any(name not in incidents.columns for name in _NEEDED):
        INCIDENTS.validate(incidents)


def _score(evidence: Evidence) -> Floats:
    """Join the pieces: what each leaves open is multiplied."""
    domain = np.array([bool(same) for same in evidence.same_domain])
    pieces = (
        0.97 * evidence.title**1.5,
        0.85 * evidence.text,
        0.92 * evidence.organisation * evidence.closeness,
        np.where(domain, 0.9, 0.0) * evidence.closeness,
    )
    left = np.prod([1 - piece for piece in pieces], axis=0)
    return np.asarray((1 - left) * evidence.order)


def _decide(
    score: Floats,
    evidence: Evidence,
    pairs: np.ndarray[Any, Any],
    records: Records,
    accept: float,
    review: float,
) -> list[str]:
    """Accept, review or reject; a link by name and date alone must have no rival."""
    by_words = (evidence.title >= 0.7) | (evidence.text >= 0.6)
    rivals: dict[tuple[int, str], list[float]] = {}
    for (a, b), value in zip(pairs, score, strict=True):
        rivals.setdefault((a, records.source[b]), []).append(float(value))
        rivals.setdefault((b, records.source[a]), []).append(float(value))
    for side in rivals.values():
        side.sort()
    found = []
    hints = (evidence.title >= 0.3) | (evidence.text >= 0.1)  # two tales of one event share some words
    for (a, b), value, words, hinted in zip(pairs, score, by_words, hints, strict=True):
        sides = (rivals[a, records.source[b]], rivals[b, records.source[a]])
        alone = all(len(side) - bisect_right(side, value - RIVAL) == 1 for side in sides)
        sure = value >= accept and (
            words or (alone and (hinted or not (records.titles[a] and records.titles[b])))
        )
        found.append("accept" if sure else "review" if value >= review else "reject")
    return found


def _row(
    uids: list[str],
    titles: list[Any],
    pairs: np.ndarray[Any, Any],
    evidence: Evidence,
    score: Floats,
    decision: list[str],
    number: int,
) -> dict[str, Any]:
    """Write one link."""
    a, b = (int(place) for place in pairs[number])
    days = evidence.days[number]
    spoke = {
        "name": evidence.name[number] >= 0.5,
        "domain": bool(evidence.same_domain[number]),
        "date": evidence.closeness[number] >= 0.5,
        "text": evidence.text[number] >= 0.2,
    }
    return {
        "uid_a": uids[a],
        "uid_b": uids[b],
        "score": round(float(score[number]), 4),
        "name_score": round(float(evidence.name[number]), 4),
        "text_score": round(float(evidence.text[number]), 4),
        "days_apart": None if np.isnan(days) else int(days),
        "same_domain": evidence.same_domain[number],
        "method": "+".join(word for word, yes in spoke.items() if yes) or "text",
        "decision": decision[number],
        "title_a": _text(titles[a]),
        "title_b": _text(titles[b]),
    }


def _text(value: Any) -> str | None:
    """Give a text, or None where it is missing."""
    return value if isinstance(value, str) else None
