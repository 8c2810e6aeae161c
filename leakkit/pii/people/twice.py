"""Who is counted twice: people known by one kind of value alone may be somebody known by others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from leakkit.pii.people.made import most_made
from leakkit.pii.people.mentions import ACCOUNT, NAME, OPAQUE, STRONG, Group

_MOST_KNOWN, _UNKNOWN_SHARE = 0.98, 0.5
_LEAST_ANCHORS, _LEAST_LINKS = 20, 5
_ONE_FILE = 0.3
_HAS_ONE = 0.65
"""Share of people known without a value of a kind who have one all the same: a judgement, measured on unseen leaks."""

_MOST_MEMBERS = 20


_OF_STUDIES = frozenset({"AGE", "GENDER", "NATIONALITY", "DATE_OF_BIRTH"})


def known_by(group: Group) -> str:
    """Say by what alone a person is known; empty where several things tell."""
    if group.full_names:
        told = group.kinds & {ACCOUNT, STRONG} or group.values.get("PHONE") or len(group.values) > 2
        return "" if told else NAME
    if ACCOUNT in group.kinds:
        return ACCOUNT if STRONG not in group.kinds and not group.values.get("PHONE") else ""
    if STRONG in group.kinds:
        return "number"
    return "" if is_studied(group) else "phone"


def is_studied(group: Group) -> bool:
    """Tell whether a person is known by a number of a system, and by age, sex or origin: of studies and surveys."""
    return OPAQUE in group.kinds and len(_OF_STUDIES & group.values.keys()) > 1


def is_told_twice(group: Group) -> bool:
    """Tell whether a person known by one kind of value has two such values, or a telephone or date of birth with it."""
    told = sum(
        bool(group.values.get(e)) for e in ("USERNAME", "EMAIL", "PHONE", "DATE_OF_BIRTH", "STREET_ADDRESS")
    )
    return told + bool(group.full_names) > 1


def expected_twice(alone: dict[str, list[Group]], people: Sequence[Group]) -> float:
    """Expect how many people known by one kind of value alone are counted already under others.

    For each member of the leak that holds such fragments, look at the people told by something else in
    *other* members (anchors): a share a of them is known there to have this kind of value. Of all values of
    the kind in the member, a share r was joined to an anchor. So owners of values in the member are anchors
    with probability k = r / a; where too few links can be expected to measure it, k is that of the leak's
    main table. A fragment was not joined, so it is of an anchor with probability
    k (1 - a) / (k (1 - a) + 1 - k). Within one member without anchors, an account and a name told apart from
    each other are taken for one person in `_ONE_FILE` of the cases in which they can be.
    """
    main = _main_path(people)
    overall = _share_known(people, main) if main is not None else None
    places = _places(people)
    expected: dict[str, float] = {}
    left: dict[str, Counter[str]] = {}
    for kind, groups in alone.items():
        expected[kind], left[kind] = _twice_of_kind(kind, groups, places, overall)
    names, accounts = expected.pop("name", 0.0), expected.get("account", 0.0)
    if names and accounts:  # an account alone and a name alone that are one person are expected on both sides
        nameless = sum(1 for group in people if not group.full_names)
        names *= 1 - len(alone["account"]) / max(1, nameless)
    in_one_file = left.get("name", Counter()) & left.get("account", Counter())
    return names + sum(expected.values()) + _ONE_FILE * in_one_file.total()


@dataclass(slots=True)
class _Place:
    """In which members a group has which kinds of value."""

    group: Group
    paths: dict[str, set[str]]

    def outside(self, paths: frozenset[str], *kinds: str) -> bool:
        """Tell whether the group has a value of one of some kinds in another member."""
        return any(kind in self.paths and not self.paths[kind] <= paths for kind in kinds)

    def inside(self, paths: frozenset[str], kind: str) -> bool:
        """Tell whether the group has a value of a kind in one of some members."""
        return kind in self.paths and not paths.isdisjoint(self.paths[kind])


_TOLD_BY = {
    "account": ("name", "number"),
    "number": ("name", "account"),
    "name": ("account", "number"),
    "phone": ("name", "account"),
}


def _places(people: Sequence[Group]) -> list[_Place]:
    """Index groups by kind of value and member; numbers also by what they are."""
    kinds = {ACCOUNT: "account", STRONG: "number", NAME: "name"}
    result = []
    for group in people:
        paths: dict[str, set[str]] = defaultdict(set)
        for mention in group.mentions:
            for found in mention.findings:
                kind = "phone" if found.entity == "PHONE" else kinds.get(found.kind)
                if kind is not None and not (kind == "name" and found.one_word):
                    paths[kind].add(mention.path)
                    if kind == "number":
                        paths[found.entity].add(mention.path)
            if mention.name is not None and not mention.name.one_word:
                paths["name"].add(mention.path)
        result.append(_Place(group, paths))
    return result


def _twice_of_kind(
    kind: str, groups: list[Group], places: list[_Place], overall: float | None
) -> tuple[float, Counter[str]]:
    """Expect it for one kind of value, member by member; give also the fragments of members without anchors."""
    total, left = 0.0, Counter[str]()
    for value, counts in _fragments(kind, groups).items():
        for paths in _members(counts):
            count = sum(counts[path] for path in paths)
            anchors = [place for place in places if place.outside(paths, *_TOLD_BY[kind])]
            if len(anchors) < _LEAST_ANCHORS:
                left.update({path: counts[path] for path in paths})
                continue
            has = [place for place in anchors if place.outside(paths, value)]
            linked = sum(place.inside(paths, value) for place in has)
            tried = sum(place.inside(paths, value) for place in places)
            a = len(has) / len(anchors)
            known = overall if overall is not None else _UNKNOWN_SHARE
            if known * a * tried >= _LEAST_LINKS:
                known = min(_MOST_KNOWN, (linked + 0.5) / (tried + 1) / a)
            share = count * _share_twice(known, a, tried)
            most = _most_made(groups, places, paths) if kind == "account" else None
            if kind == "name":  # whoever has a whole name would have been joined by it
                most = sum(not place.group.full_names for place in anchors)
            total += share if most is None else min(share, most)
    return total, left


def _most_made(groups: list[Group], places: list[_Place], paths: frozenset[str]) -> float | None:
    """Expect how many accounts of some members can be others' at most, by the names that accounts there are made of."""
    alone = [group for group in groups if min(group.paths) in paths]
    named = [place for place in places if place.group.full_names]
    known = [place.group for place in named if place.inside(paths, "account")]
    return most_made(alone, known, [p.group for p in named if not p.inside(paths, "account")], paths)


def _share_twice(known: float, has: float, tried: int) -> float:
    """Expect which share of fragments are of anchors, over what the few links say of how many owners are anchors.

    `known` is measured by `tried` values; a small error of it near 1 would change the share much. An anchor who is
    not known to have such a value has one in `_HAS_ONE` of the cases, as far as can be known.
    """
    lacking = (1 - has) * _HAS_ONE
    error = sqrt(known * (1 - known) / (tried + 1)) + 0.5 / (tried + 1)
    guesses = (min(_MOST_KNOWN, max(0.0, known + step * error)) for step in (-1.5, -0.5, 0.5, 1.5))
    shares = [one * lacking / (one * lacking + 1 - one) for one in guesses]
    return sum(shares) / len(shares)


def _fragments(kind: str, groups: list[Group]) -> dict[str, Counter[str]]:
    """Count people known by one kind of value alone, by value (numbers by what they are) and member."""
    result: dict[str, Counter[str]] = defaultdict(Counter)
    for group in groups:
        result[min(group.values) if kind == "number" else kind][min(group.paths)] += 1
    return dict(sorted(result.items()))


def _members(counts: Counter[str]) -> list[frozenset[str]]:
    """Give members one by one, most fragments first; the many small ones (letters) as one."""
    order = sorted(counts, key=lambda path: (-counts[path], path))
    large = [path for path in order[:_MOST_MEMBERS] if counts[path] >= _LEAST_ANCHORS]
    rest = frozenset(order) - frozenset(large)
    return [frozenset([path]) for path in large] + ([rest] if rest else [])


def _main_path(people: Sequence[Group]) -> str | None:
    """Find the member that tells most about most people; none where there is no such table."""
    counts = Counter(path for group in people if not known_by(group) for path in group.paths)
    path, count = min(counts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return path if count >= _LEAST_ANCHORS else None


def _share_known(people: Sequence[Group], main: str) -> float:
    """Estimate the share of the people in other members who are in the main one: by identifiers both have."""
    inside: dict[str, set[str]] = defaultdict(set)
    outside: dict[str, set[str]] = defaultdict(set)
    size = 0
    for group in people:
        size += main in group.paths
        for mention in group.mentions:
            side = inside if mention.path == main else outside
            for found in mention.findings:
                if found.kind in (ACCOUNT, STRONG):
                    side[found.entity].add(found.key)
    met = tried = 0.0
    for entity, keys in inside.items():
        share = min(1.0, len(keys) / max(1, size))
        if share >= 0.2:
            met += len(keys & outside[entity])
            tried += share * len(outside[entity])
    return min(_MOST_KNOWN, met / tried) if tried >= _LEAST_ANCHORS else _UNKNOWN_SHARE
