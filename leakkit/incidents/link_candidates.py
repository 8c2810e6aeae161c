"""Which pairs of records are worth a closer look: shared rare words, one domain, or one name near in time.

Ten thousand records against a thousand are ten million pairs; a sparse product of word weights leaves some
ten a record. Addresses and catalogue numbers are cut out of all texts first, so that no reference speaks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

MOST_PARTNERS = 12
"""Partners by words that are looked at for each record, in each other source."""

MOST_NAMESAKES = 40
"""Partners by one shared name or domain that are looked at for each record, in each other source."""

LEAST_LIKENESS = 0.12
"""Cosine of word weights below which a pair is not looked at for its words."""

NAME_DAYS = 730
"""Days within which two records of one name are looked at."""

BACKGROUND = 1000
"""Records that are imagined beside those given, so that a word is rare in a small frame too."""

Places = np.ndarray[Any, np.dtype[np.int64]]
_NO_DATE = 2**40  # a beginning in days that is after every date

_REFERENCES = re.compile(
    r"https?://\S+|www\.\S+|\b(?:AML\.CS|AVID-)[\w.-]*\d[\w-]*|\bincident\s+(?:id\s+|no\.?\s+)?#?\d+\b",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORD = re.compile(r"[\W_]+")
_LEGAL = frozenset(
    "inc incorporated llc ltd limited corp corporation co company gmbh plc ag sa nv bv pty the group holdings "
    "and of".split()
)
_ACTIONS = frozenset("malware hacking social misuse physical error environmental unknown at by".split())
_NO_NAMES = frozenset(
    {"", "unknown", "na", "n a", "none", "various", "unknown deployer", "unknown developer"}
)


def plain(text: object) -> str:
    """Give text as lower-case words without accents, addresses and catalogue numbers.

    Examples
    --------
    >>> plain("TayBot: see https://example.org/cite/6, Incident 6")
    'tay bot see'
    """
    if not isinstance(text, str):
        return ""
    text = unicodedata.normalize("NFKD", _REFERENCES.sub(" ", text))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", _CAMEL.sub(" ", text)).strip().casefold()


def organisation(text: object) -> str:
    """Give an organisation's name without its legal form; empty where it says nothing.

    Examples
    --------
    >>> organisation("Fennimoor Models, Inc."), organisation("Unknown")
    ('fennimoor models', '')
    """
    name = plain(text)
    words = [word for word in name.split() if word not in _LEGAL]
    return "" if name in _NO_NAMES else " ".join(words)


@dataclass(frozen=True)
class Records:
    """What linkage reads of a frame of incidents, one entry a record; never its references."""

    source: np.ndarray[Any, Any]
    titles: list[str]
    texts: list[str]
    names: list[tuple[str, ...]]
    domains: list[str]
    first: np.ndarray[Any, Any]
    last: np.ndarray[Any, Any]
    basis: list[str]

    @classmethod
    def of(cls, incidents: pd.DataFrame) -> Records:
        """Read the columns that may speak for a link."""
        victims = incidents["victim"]
        both = zip(incidents["title"], victims, strict=True)
        titles = [_telling(plain(title), plain(victim)) for title, victim in both]
        summaries = [plain(text)[:2000] for text in incidents["summary"]]
        lists = zip(victims, incidents["deployer"], incidents["developer"], strict=True)
        names = [tuple(dict.fromkeys(filter(None, map(organisation, _flat(parts))))) for parts in lists]
        first = incidents["incident_date"].to_numpy(dtype="datetime64[D]")
        last = incidents["incident_date_end"].to_numpy(dtype="datetime64[D]")
        return cls(
            source=incidents["source"].astype(str).to_numpy(),
            titles=titles,
            texts=[f"{a} {a} {b}" for a, b in zip(titles, summaries, strict=True)],
            names=names,
            domains=[_domain(text) for text in incidents["victim_domain"]],
            first=first,
            last=np.where(np.isnat(last), first, last),
            basis=list(incidents["date_basis"].astype("string").fillna("")),
        )


def _telling(title: str, victim: str) -> str:
    """Give a title that tells what happened; nothing where it only names the victim and the kind of action."""
    return "" if victim and set(title.split()) <= set(victim.split()) | _ACTIONS else title


def _flat(parts: Iterable[Any]) -> Iterable[Any]:
    """Give names that stand alone and in lists, one by one."""
    for part in parts:
        if isinstance(part, (list, tuple, np.ndarray)):
            yield from part
        else:
            yield part


def _domain(text: object) -> str:
    """Give a domain in lower case without www."""
    return text.strip().casefold().removeprefix("www.") if isinstance(text, str) else ""


def word_weights(texts: list[str]) -> Any:
    """Give the sparse rows of word weights (TF-IDF, each of length one)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        stop_words="english", sublinear_tf=True, token_pattern=r"\b\w\w+\b", dtype=np.float64
    )
    try:
        return vectorizer.fit_transform(texts)
    except ValueError:  # not one word in any text
        from scipy.sparse import csr_matrix

        return csr_matrix((len(texts), 1))


def find_candidates(records: Records, weights: Any) -> np.ndarray[Any, Any]:
    """Give the pairs to look at, as an array of two columns of places; each pair once, of two sources.

    Of more than `MOST_NAMESAKES` records of another source that share a name or a domain, only those are paired
    whose intervals of dates begin nearest (records without a date last, ties by place, that is by uid). A pair
    is kept when either side chooses it, so the work grows with the records and not with their pairs.
    """
    places = {name: np.flatnonzero(records.source == name) for name in sorted(set(records.source))}
    found: set[tuple[int, int]] = set()
    names = list(places)
    for number, one in enumerate(names):
        for other in names[number + 1 :]:
            found |= _by_words(weights, places[one], places[other])
            found |= _by_words(weights, places[other], places[one])
    found |= _by_key([(d,) if d else () for d in records.domains], records, None)
    found |= _by_key(records.names, records, NAME_DAYS)
    ordered = sorted((min(a, b), max(a, b)) for a, b in found)
    return np.array(sorted(set(ordered)), dtype=np.int64).reshape(-1, 2)


def _by_words(weights: Any, one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> set[tuple[int, int]]:
    """Pair each record of the one source with those of the other that share most weight of words."""
    found: set[tuple[int, int]] = set()
    turned = weights[other].T.tocsr()
    for start in range(0, len(one), 500):
        likeness = (weights[one[start : start + 500]] @ turned).tocsr()
        for row in range(likeness.shape[0]):
            span = slice(likeness.indptr[row], likeness.indptr[row + 1])
            values, columns = likeness.data[span], likeness.indices[span]
            kept = values >= LEAST_LIKENESS
            values, columns = values[kept], columns[kept]
            best = np.lexsort((columns, -values))[:MOST_PARTNERS]
            found |= {(int(one[start + row]), int(other[column])) for column in columns[best]}
    return found


def _by_key(keys: Iterable[tuple[str, ...]], records: Records, most_days: int | None) -> set[tuple[int, int]]:
    """Pair records of two sources that share a key, the `MOST_NAMESAKES` nearest in date of each record."""
    groups: dict[str, list[int]] = {}
    for place, own in enumerate(keys):
        for key in own:
            groups.setdefault(key, []).append(place)
    found: set[tuple[int, int]] = set()
    begins = np.where(np.isnat(records.first), _NO_DATE, records.first.astype(np.int64))
    for group in groups.values():
        by_source: dict[str, list[int]] = {}
        for place in group:
            by_source.setdefault(records.source[place], []).append(place)
        for one, other in permutations(by_source.values(), 2):
            a, b = _nearest(np.array(one), np.array(other), begins)
            if most_days is not None:
                near = _within(records, a, b, most_days)
                a, b = a[near], b[near]
            found.update(zip(np.minimum(a, b).tolist(), np.maximum(a, b).tolist(), strict=True))
    return found


def _nearest(one: Places, other: Places, begins: Places) -> tuple[Places, Places]:
    """Pair each place of the one side with the nearest of the other; of equally near ones the first places."""
    most = MOST_NAMESAKES
    if len(other) <= most:
        return np.repeat(one, len(other)), np.tile(other, len(one))
    rising = other[np.lexsort((other, begins[other]))]
    falling = other[np.lexsort((-other, begins[other]))]  # leftwards: first places first
    start = np.searchsorted(begins[rising], begins[one])[:, None]
    later, earlier = start + np.arange(most), start - 1 - np.arange(most)
    last = len(other) - 1
    partners = np.hstack((rising[np.minimum(later, last)], falling[np.maximum(earlier, 0)]))
    outside = np.hstack((later > last, earlier < 0))
    distance = np.where(outside, 2 * _NO_DATE, np.abs(begins[partners] - begins[one][:, None]))
    best = np.lexsort((partners, distance), axis=-1)[:, :most]
    return np.repeat(one, most), np.take_along_axis(partners, best, axis=-1).ravel()


def _within(records: Records, a: Places, b: Places, most_days: int) -> np.ndarray[Any, Any]:
    """Tell of each pair whether the later record begins at most so many days after the earlier one's end."""
    ordered = records.first[a] <= records.first[b]
    gap = records.first[np.where(ordered, b, a)] - records.last[np.where(ordered, a, b)]
    return np.asarray(gap <= np.timedelta64(most_days, "D"))  # False where a date is missing
