"""What a column, JSON key or form label says its values are: how names are cut, and weighed word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leakkit.pii.folding import tokens_of
from leakkit.pii.lexicon import STRENGTHS, UNKNOWN, KeySense, Lexicon, key_lexicon
from leakkit.pii.numbered import numbered
from leakkit.pii.weighing.memory import remembered

_LONGEST = 160
_MOST_TOKENS = 14
_OPEN = re.compile(r"[\[(<{][^\])>}]{0,40}[\])>}]")
_SEGMENTS = re.compile(r"[./\\>:|#@]+")
_NUMBERED_SLUG = re.compile(r"[A-Za-z0-9]-\d{1,9}[./\\>:|#@][^./\\>:|#@]*\Z")
"""A part of a path such as ``driver-edge-57`` before the last one: it names one thing of many, not its kind."""
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,5}(?=\s|$)")


def entity_of_key(name: str) -> KeySense:
    """Tell what a column, JSON key or form label says its values are.

    Parameters
    ----------
    name : str
        The name as it stands: any joints (``snake_case``, ``camelCase``, ``a.b[0].c``), any of some
        thirty languages, with whom it belongs to (``billing_city``, ``emergencyContactPhone``).

    Returns
    -------
    KeySense
        ``(entity, strength)``. `strength` is 0.95 for names that mean nothing else, about 0.75 and 0.5
        for those that may (``name``, ``address``), less with foreign words beside them. ``(None, s)``
        with `s` of 0.7 or more says that the name speaks of something that is no personal data
        (``file_name``, ``phone_type``); ``(None, 0.0)`` that nothing is known.

    Notes
    -----
    A name is a claim: values may overrule it. Only the name is looked at.

    Examples
    --------
    >>> entity_of_key("billing_address.postalCode")
    KeySense(entity='POSTCODE', strength=0.95)
    >>> entity_of_key("Kundenvorname").entity, entity_of_key("file_name").entity
    ('PERSON', None)
    """
    return _judged(name[-_LONGEST:]) if len(name) > _LONGEST else _judged(name)


@remembered(16384)
def _judged(name: str) -> KeySense:
    """Judge a name by its last part, and where that says little, together with the part above it."""
    bare = _OPEN.sub(" ", name)
    if "." in bare:
        bare = _INITIALS.sub(lambda found: found[0].replace(".", ""), bare)
    segments = [tokens for part in _SEGMENTS.split(bare) if (tokens := tokens_of(part))]
    segments = [tokens for tokens in segments if not all(t.isdigit() for t in tokens)]
    if not segments:
        return UNKNOWN
    last = segments[-1]
    if len(last) > _MOST_TOKENS:
        return UNKNOWN
    sense = _sense(tuple(last))
    if len(segments) == 1 or (sense == UNKNOWN and _NUMBERED_SLUG.search(bare)):
        return sense
    return _below(segments[-2], last, sense)


def others_of_key(name: str) -> tuple[str, ...]:
    """Give the entities that a name may tell too, as ``cep`` in Turkish and in Portuguese: values decide."""
    return key_lexicon().also.get("".join(tokens_of(name)), ())


def words_of(name: str) -> list[str]:
    """Give the words that a name is judged by: compounds cut, parts of a path that are numbers left out."""
    segments = [tokens_of(part) for part in _SEGMENTS.split(name)]
    held = [token for tokens in segments if not all(map(str.isdigit, tokens)) for token in tokens]
    return [part for token in held for part in _parts(token)]


def says_of_persons(name: str, word: str) -> bool:
    """Tell whether a word of a name is not ordinary, or has only words beside it that speak of persons too.

    ``plate`` tells a licence plate in ``plate``, ``plate_no`` and ``vehicle_plate``, in ``plate-router`` it does not.
    """
    lexicon = key_lexicon()
    if "".join(tokens_of(word)) not in lexicon.ordinary:
        return True
    return _alone(words_of(name), lexicon)


def is_ordinary(word: str) -> bool:
    """Tell whether a word stands in names of things as often as in names of personal data."""
    return word in key_lexicon().ordinary


def _alone(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether words are one ordinary one and those of owners, fillers and other personal data."""
    if sum(word in lexicon.ordinary for word in words) > 1:
        return False
    return all(
        word in lexicon.ordinary
        or word in lexicon.kin
        or word in lexicon.owner
        or word in lexicon.filler
        or word in lexicon.senses
        or word in lexicon.asks
        or word.isdigit()
        for word in words
    )


def _below(parent: list[str], last: list[str], sense: KeySense) -> KeySense:
    """Correct the sense of the last part of a path by the part above it."""
    lexicon = key_lexicon()
    whole = lexicon.senses.get("".join(parent + last))
    if whole is not None:
        return whole
    if sense == UNKNOWN:
        return _sense(tuple((parent + last)[-_MOST_TOKENS:]))
    head = parent[-1]
    singular = head[:-1] if head.endswith("s") else head
    things = singular in lexicon.thing or head in lexicon.thing
    if things and head not in lexicon.owner and singular not in lexicon.owner:
        if "".join(last) in lexicon.generic:
            return KeySense(None, 0.8)
        return KeySense(sense.entity, round(sense.strength * 0.8, 3))
    return sense


def _sense(tokens: tuple[str, ...]) -> KeySense:
    """Judge the words of one name."""
    lexicon = key_lexicon()
    joined = "".join(tokens)
    if joined in lexicon.nothing and joined not in lexicon.senses:
        return KeySense(None, 0.9)
    if joined in lexicon.senses:
        return lexicon.senses[joined]
    words = [part for token in tokens for part in _parts(token)]
    if (number := numbered(tokens) or numbered(words)) is not None:
        return KeySense(number, STRENGTHS["likely"])
    best = _best(words)
    if best is None:
        known = [w for w in words if w in lexicon.thing or w in lexicon.about or w in lexicon.nothing]
        return KeySense(None, 0.7) if known else UNKNOWN
    return _beside(words, *best)


@remembered(16384)
def _parts(token: str) -> tuple[str, ...]:
    """Cut a compound such as ``kundenvorname`` or ``producttype`` in two where both halves are known."""
    lexicon = key_lexicon()
    least = 1 if ord(token[0]) > 0x2E80 else 3
    if len(token) < 2 * least or token in lexicon.known or token.isdigit():
        return (token,)
    for cut in range(least, len(token) - least + 1):
        head, tail = token[:cut], token[cut:]
        if tail in lexicon.known and (
            tail in lexicon.senses
            or tail in lexicon.nothing
            or (tail in lexicon.about and head in lexicon.senses)
        ):
            for joint in ("", "s", "n", "en", "es", "e"):
                owner = head.removesuffix(joint)
                if owner in lexicon.known or owner in lexicon.asks:
                    return (owner, tail)
            if len(tail) >= 5 * least / 3 and tail not in lexicon.generic and tail in lexicon.senses:
                return (head, tail)
    return (token,)


def _best(words: list[str]) -> tuple[int, int, KeySense] | None:
    """Find the run of words that says most: no mere owner, rather a phrase, rather the later one."""
    lexicon = key_lexicon()
    best: tuple[tuple[bool, bool, int, int], tuple[int, int, KeySense]] | None = None
    count = len(words)
    for i in range(count):
        joined = ""
        for j in range(i + 1, min(count, i + 6) + 1):
            joined += words[j - 1]
            if joined not in lexicon.known and joined[-1] != "s":
                continue
            sense = lexicon.senses.get(joined) or _plural(joined, lexicon)
            if joined in lexicon.nothing and (sense is None or j - i > 1):
                sense = KeySense(None, 0.85)
            if sense is None:
                continue
            mere = j - i == 1 and (words[i] in lexicon.owner or sense.entity is None)
            rank = (not mere, j - i > 1, j, len(joined))
            if best is None or rank > best[0]:
                best = rank, (i, j, sense)
    return best[1] if best else None


def _plural(joined: str, lexicon: Lexicon) -> KeySense | None:
    """Look an English plural up."""
    if len(joined) > 4 and joined.endswith("s"):
        return lexicon.senses.get(joined[:-1]) or lexicon.senses.get(joined.removesuffix("es"))
    return None


def _beside(words: list[str], i: int, j: int, sense: KeySense) -> KeySense:
    """Weaken or revoke the sense of words i to j by the words around it."""
    lexicon = key_lexicon()
    joined = "".join(words[i:j])
    generic = joined in lexicon.generic or joined.removesuffix("s") in lexicon.generic
    strength = sense.strength
    if any(word in lexicon.about and word not in lexicon.filler for word in words[j:]):
        return KeySense(None, 0.8)
    if j - i == 1 and joined in lexicon.ordinary and not _alone(words, lexicon):
        return KeySense(None, 0.7) if set(words).intersection(lexicon.thing) else UNKNOWN
    rest = [word for word in words[j:] if word not in lexicon.filler and not word.isdigit()]
    if rest and j - i == 1 and words[i] in lexicon.owner:
        return KeySense(sense.entity, round(strength * 0.4, 3))
    plural = joined.endswith("s") and joined[:-1] in lexicon.senses
    for word in words[:i]:
        if word in lexicon.thing and word not in lexicon.owner:
            if generic:
                return KeySense(None, 0.8)
            strength *= 0.8
        elif (plural and word in ("n", "num", "nb", "no")) or word in lexicon.asks:
            return KeySense(None, 0.8)
        elif word in lexicon.owner or word in lexicon.filler or word.isdigit() or word in lexicon.senses:
            continue
        elif word in lexicon.about:
            return KeySense(None, 0.8)
        else:
            strength *= 0.6 if generic else 0.85
    for word in words[j:]:
        if word in lexicon.filler or word.isdigit():
            continue
        if word in lexicon.about:
            return KeySense(None, 0.8)
        if word in lexicon.owner:
            continue
        strength *= (0.5 if generic else 0.8) if word not in lexicon.known else 0.7
    return KeySense(sense.entity, round(strength, 3))
