"""What speaks for two records being of one incident: names, texts, domain, dates; each a number from 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from leakkit.incidents.link_candidates import BACKGROUND, Records

Floats = np.ndarray[Any, np.dtype[np.float64]]
ENOUGH_RARITY = 4.0
"""Sum of the rarities (natural logarithms) of shared words at which likeness counts for 63 %."""

TEXT_FROM, TEXT_TO = 0.25, 0.75
"""Cosine of word weights that speaks for nothing, and that which speaks for all that words can."""

LOOSE_DAYS = 1460.0
"""A date as wide as this makes two records of one name half as near as a day would."""


@dataclass(frozen=True)
class Evidence:
    """The pieces of the score, one entry a pair."""

    title: Floats
    organisation: Floats
    text: Floats
    days: Floats
    same_domain: np.ndarray[Any, Any]
    closeness: Floats
    order: Floats

    @cached_property
    def name(self) -> Floats:
        """Likeness of the names: the better one of titles and organisations."""
        return np.asarray(np.maximum(self.title, self.organisation))


def weigh(records: Records, weights: Any, pairs: np.ndarray[Any, Any]) -> Evidence:
    """Give the evidence of each pair."""
    a, b = pairs[:, 0], pairs[:, 1]
    cosine = np.asarray(weights[a].multiply(weights[b]).sum(axis=1)).ravel()
    days, late = _days_apart(records, a, b)
    mixed = np.array([records.basis[i] != records.basis[j] for i, j in pairs], dtype=bool)
    return Evidence(
        title=_title_likeness(records, pairs),
        organisation=_organisation_likeness(records, pairs),
        text=np.clip((cosine - TEXT_FROM) / (TEXT_TO - TEXT_FROM), 0, 1),
        days=days,
        same_domain=np.array([_same(records.domains[i], records.domains[j]) for i, j in pairs], dtype=object),
        closeness=_closeness(days, mixed) / (1 + _widest(records, a, b) / LOOSE_DAYS),
        order=_order(records, pairs, days, late, mixed),
    )


def _rarity(groups: list[set[str]]) -> dict[str, float]:
    """Give for each word the logarithm of how few records hold it."""
    counts: dict[str, int] = {}
    for words in groups:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    total = len(groups) + BACKGROUND
    return {word: float(np.log(total / count)) for word, count in counts.items()}


def _words(text: str) -> set[str]:
    """Give the words of a text that are no stop words."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return {word for word in text.split() if len(word) > 1 and word not in ENGLISH_STOP_WORDS}


def _specific(rarity: float) -> float:
    """Give how much a likeness that rests on words of such rarity counts."""
    return float(1 - np.exp(-rarity / ENOUGH_RARITY))


def _title_likeness(records: Records, pairs: np.ndarray[Any, Any]) -> Floats:
    """Compare titles: likeness of the words in order of the alphabet, by the rarity of what is shared."""
    from rapidfuzz import fuzz, process

    words = [_words(title) for title in records.titles]
    rarity = _rarity(words)
    left, right = ([records.titles[i] for i in pairs[:, side]] for side in (0, 1))
    whole = process.cpdist(left, right, scorer=fuzz.token_sort_ratio) / 100
    part = process.cpdist(left, right, scorer=fuzz.token_set_ratio) / 100
    found = np.zeros(len(pairs))
    for number, (i, j) in enumerate(pairs):
        shared = sum(rarity[word] for word in words[i] & words[j])
        least = min(len(words[i]), len(words[j]))
        inside = part[number] * 0.92 if least >= 3 else 0.0  # one title within the other
        found[number] = max(whole[number], inside) * _specific(shared)
    return found


def _organisation_likeness(records: Records, pairs: np.ndarray[Any, Any]) -> Floats:
    """Compare the organisations of two records: the best pair of names, by the rarity of the name."""
    from rapidfuzz import fuzz

    rarity = _rarity([set(names) for names in records.names])
    rarest = float(np.log((len(records.names) + BACKGROUND) / 2))  # a name that two records have
    found = np.zeros(len(pairs))
    known: dict[tuple[str, str], float] = {}
    for number, (i, j) in enumerate(pairs):
        for one in records.names[i]:
            for other in records.names[j]:
                if (one, other) not in known:
                    like = fuzz.token_sort_ratio(one, other) / 100
                    rare = min(rarity[one], rarity[other]) / rarest
                    known[one, other] = max(0.0, like * 2 - 1) * min(rare, 1.0)
                found[number] = max(found[number], known[one, other])
    return found


def _days_apart(records: Records, a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> tuple[Floats, Floats]:
    """Give the days between two intervals (0 where they overlap), and how many days the second begins later."""
    day = np.timedelta64(1, "D")
    after = (records.first[b] - records.last[a]) / day
    before = (records.first[a] - records.last[b]) / day
    return np.maximum(np.maximum(after, before), 0), (records.first[b] - records.first[a]) / day


def _widest(records: Records, a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> Floats:
    """Give the days of the longer one of two intervals; a date known to the year says little."""
    width = (records.last - records.first) / np.timedelta64(1, "D")
    return np.asarray(np.nan_to_num(np.maximum(width[a], width[b])))


def _closeness(days: Floats, mixed: np.ndarray[Any, Any]) -> Floats:
    """Give how near two dates are: 1 within a week, 0.37 at two months (half a year across bases)."""
    near = np.exp(-np.maximum(days - 7, 0) / np.where(mixed, 180.0, 60.0))
    return np.where(np.isnan(days), 0.3, near)


def _order(
    records: Records, pairs: np.ndarray[Any, Any], days: Floats, late: Floats, mixed: np.ndarray[Any, Any]
) -> Floats:
    """Give what dates take away: much where one became known before the other happened, or both are far apart."""
    occurred = np.array([[records.basis[i] == "occurred" for i in pair] for pair in pairs]).reshape(-1, 2)
    early = (mixed & occurred[:, 0] & (late < -31)) | (mixed & occurred[:, 1] & (late > 31))
    far = ~mixed & (days > 1100)
    return np.where((early | far) & (days > 31), 0.75, 1.0)


def _same(one: str, other: str) -> bool | None:
    """Tell whether two domains are the same; None where one is missing."""
    return one == other if one and other else None
