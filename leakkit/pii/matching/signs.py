"""Which cheap sign each detector has: rare literals, a group of shapes, skeletons, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from leakkit.pii.detector import Detector
from leakkit.pii.matching import engine_re2
from leakkit.pii.matching.databases import compiled
from leakkit.pii.matching.gates import (
    FEWEST_DIGITS,
    choose,
    fewest_digits,
    fits,
    gates_of,
    needed_signs,
    opens_wide,
)
from leakkit.pii.matching.groups import with_borders
from leakkit.pii.matching.literals import PATTERN, Literals
from leakkit.pii.matching.openings import opening
from leakkit.pii.matching.relaxed import COMMON_FORMS, in_ascii, relaxed
from leakkit.pii.matching.shapes import COMMON, is_wide, literals_of, most_bytes
from leakkit.pii.matching.skeletons import skeletons_of

_Sign = tuple[bytes, int, int]
_COSTLY, _CHEAPER = 500, 3
"""Instructions of a pattern from which on another is asked first that has fewer by such a factor."""
_FREQUENT = frozenset(
    (", ", "* ", "S ", "__", "name", "number", "umber", "from ", "auth", "box", "ut ", " exp", " 13")
)
"""Literals of which prose, programs or logs hold hundreds in a million characters."""

_RARE = 6
"""Letters of a literal that does not need the blank behind it."""


@dataclass(frozen=True)
class Signs:
    """Literals and skeletons with their detectors; detectors of shapes alone, and those without any sign."""

    literals: list[_Sign] = field(default_factory=list)
    skeletons: list[_Sign] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    anywhere: list[int] = field(default_factory=list)


def signs_of(detectors: Sequence[Detector], guarded: bool) -> tuple[Signs, set[int]]:
    """Choose the sign of each detector; also give those that are looked for only where a context word stands.

    A detector that needs context but has rare literals is found by these.
    """
    signs, needy = Signs(), set[int]()
    for index, detector in enumerate(detectors):
        rare, words, open_case = _literals(detector)
        literals: list[_Sign] = [(_unended(word).encode(), open_case, index) for word in words]
        if opened := _opening(detector, words):
            literals = [(opened, PATTERN, index)]
        common = _common(detector, words, open_case) and fits(detector)
        skeletons = () if rare else skeletons_of(detector.pattern, guarded and detector.neighbours != "none")
        if rare and common:
            signs.shapes.append(index)
        elif rare:
            signs.literals.extend(literals)
        elif guarded and detector.needs != "nothing":
            needy.add(index)
            signs.skeletons.extend((one.encode(), False, index) for one in skeletons)
            if not skeletons:
                signs.anywhere.append(index)
        elif words and not skeletons and not common:
            signs.literals.extend(literals)
        elif fits(detector):
            signs.shapes.append(index)
        elif opened := _rare_opening(detector.pattern):
            signs.literals.append((opened, PATTERN, index))
        else:
            signs.anywhere.append(index)
    return signs, needy


def _unended(word: str) -> str:
    """Give a literal without the blanks that end it, where it stays rare: Hyperscan looks twice at each blank."""
    bare = word.rstrip(" ")
    return bare if len(bare) >= _RARE else word


def _opening(detector: Detector, words: Sequence[str]) -> bytes | None:
    """Give a pattern to look for in the place of literals of which one is frequent; None where there is no better."""
    return None if _FREQUENT.isdisjoint(words) else _rare_opening(detector.pattern)


def _rare_opening(pattern: str) -> bytes | None:
    """Give what stands in every match of a pattern, as a pattern for Hyperscan; None where it stands everywhere."""
    import hyperscan

    if not (found := opening(pattern)):
        return None
    written = found.encode("latin-1")
    try:
        compiled([written], [0], literal=False)
    except hyperscan.error:
        return None
    return written if re.search(written, COMMON_FORMS.encode()) is None else None


def _wider(detector: Detector, guarded: bool) -> str:
    """Give the wider pattern of a detector of shapes; the pattern itself where it is searched beside runs alone."""
    if gates_of(detector.pattern) == {"run"}:
        return detector.pattern
    return relaxed(detector.pattern, partial(with_borders, detector, guarded=guarded))


def _looser(detector: Detector) -> str | None:
    """Give a pattern that finds what a costly one does, and maybe more; None where none is much cheaper."""
    found = relaxed(detector.pattern, str)
    sizes = [engine_re2.compiled(one)[0].programsize for one in (detector.pattern, found)]
    return found if sizes[0] > _COSTLY and sizes[0] > _CHEAPER * sizes[1] else None


def needed_beside(detectors: Sequence[Detector], signs: Signs) -> dict[int, str]:
    """Give, for detectors found by literals, signs of which every match holds one beside those in each literal."""
    literals: dict[int, list[bytes]] = {}
    for literal, _, index in signs.literals:
        literals.setdefault(index, []).append(literal)
    needed = {index: needed_signs(detectors[index].pattern) for index in literals}
    return {
        index: "".join(map(chr, sorted(held)))
        for index, held in needed.items()
        if held and any(held.isdisjoint(literal) for literal in literals[index])
    }


def _literals(detector: Detector) -> tuple[bool, tuple[str, ...], bool]:
    """Tell whether a detector has rare literals, and give its literals and whether their case is open."""
    inner, open_case = literals_of(detector.pattern)
    doubtful = bool(inner) and not _proved(detector, inner)
    trusted = bool(detector.trigger) and not doubtful and all(map(_rare, detector.trigger))
    telling = bool(inner) and all(_telling(word, open_case) for word in inner)
    if telling and not (trusted and min(map(len, detector.trigger)) >= min(map(len, inner))):
        return True, inner, open_case
    if trusted:
        return True, detector.trigger, detector.trigger_ignore_case
    if inner and (doubtful or not detector.trigger):
        return False, inner, open_case
    return False, detector.trigger, detector.trigger_ignore_case


def _common(detector: Detector, words: Sequence[str], open_case: bool) -> bool:
    """True where one of some literals stands everywhere, and the pattern as a whole does not."""
    if words == ("@",):
        return detector.pattern.startswith("@") and detector.neighbours != "none"
    held = any((word.lower() if open_case else word).strip() in COMMON for word in words)
    return held and not opens_wide(detector.pattern)


def _proved(detector: Detector, inner: tuple[str, ...]) -> bool:
    """Tell whether the pattern itself shows that one of the triggers stands in every match."""
    if detector.trigger_ignore_case:
        triggers = [trigger.lower() for trigger in detector.trigger]
        return all(any(trigger in word.lower() for trigger in triggers) for word in inner)
    return all(any(trigger in word for trigger in detector.trigger) for word in inner)


def _telling(literal: str, open_case: bool) -> bool:
    """True for a literal of a pattern that few texts hold."""
    size = len(literal.encode())
    if size == 2:
        return not any(c.isalnum() or c.isspace() for c in literal)
    return size > 3 or (size == 3 and not open_case and literal[-1] == " ")


def _rare(trigger: str) -> bool:
    """True for a trigger that numbers and prose do not hold everywhere."""
    return len(trigger) > 2 or trigger in "@+" or any(c.isupper() for c in trigger)


def derived(detectors: Sequence[Detector], guarded: bool) -> dict[str, Any]:
    """Derive everything that a search looks for, as JSON can say it."""
    from leakkit.pii.weighing.context import bordered, in_camel, is_single, phrase_in_camel, trigger_words

    signs, needy = signs_of(detectors, guarded)
    triggers = [(i, *trigger_words(detectors[i].context)) for i in sorted(needy)]
    words = Literals(
        [(word, True, i) for i, long, *_ in triggers for word in long]
        + [(one, False, i) for i, _, short, _ in triggers for word in short for one in in_camel(word)]
        + [
            (one, open_case, i)
            for i, _, short, _ in triggers
            for word in short
            for open_case, ones in zip((True, False), phrase_in_camel(word), strict=True)
            for one in ones
        ]
    )
    phrases = {
        w for i in needy for c in detectors[i].context if not is_single(c) for w in trigger_words([c])[0]
    }
    short_words = Literals(
        (one, False, i) for i, _, short, _ in triggers for word in short for one in bordered(word)
    )
    pairs = Literals((one, False, i) for i, *_, beside in triggers for one in beside)
    return {
        "needy": sorted(needy),
        "longest": [most_bytes(d.pattern) for d in detectors],
        "literals": Literals(signs.literals).packed(),
        "groups": choose(detectors, signs.shapes),
        "wider": {index: _wider(detectors[index], guarded) for index in signs.shapes},
        "looser": {i: one for i, detector in enumerate(detectors) if (one := _looser(detector)) is not None},
        "in_ascii": {i: one for i, detector in enumerate(detectors) if (one := in_ascii(detector.pattern))},
        "needed": needed_beside(detectors, signs),
        "skeletons": Literals(signs.skeletons).packed(),
        "words": words.packed(),
        "short_words": short_words.packed(),
        "pairs": pairs.packed(),
        "single": [int(word not in phrases) for word in words.known],
        "anywhere": signs.anywhere,
        "digits": [min(fewest_digits(detector.pattern), FEWEST_DIGITS) for detector in detectors],
        "wide": [index for index, detector in enumerate(detectors) if is_wide(detector.pattern)],
    }
