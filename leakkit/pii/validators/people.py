"""Checks of names written in small letters, by the lists of given and family names."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

from leakkit.pii.weighing.said_of_values import is_demand

_NEVER = frozenset(
    "the her him his she you your they them this that these those what when where who whom why how all any both each few more most "
    "other some such not only own same than too very can will just should now here there then once again yes thanks thank please "
    "hello sorry love dear best mail email phone call text order work home back time will may mark grace hope joy rose faith sky sun "
    "mom mum dad mama papa boss team staff support admin user guest client customer doctor nurse teacher police everyone someone "
    "one two me us it its and but for from with about over under after before bill rob art drew chance april june august sandy dawn "
    "summer autumn may march monday friday sunday angel baby honey miss king prince duke earl dean page major general north west "
    "non nein nicht aber und oder der die das den dem des ein eine ist war sind mit von zu bei que los las una uno por para con sin "
    "les des une est pour avec dans sur pas plus che per con non una del della".split()
)
"""Words that are given names as well, and far oftener words."""
_NO_TOWNS = frozenset(
    "peace tears sleep reading bath mobile nice sale same deal best bear most many more such work town city here there home bed the case "
    "hell heaven fear hope pain love danger doubt trouble vain general split orange normal order luck much done eye box media casa paz paris's".split()
)
"""Towns of which the name is far oftener a word."""
_SMALL_PARTS = frozenset(
    "de da do dos di del della van von der den ter ten 't in la le el al bin ibn y e".split()
)


def _flags(text: str) -> list[int]:
    """Give what the lists say of each word, parts of double names apart."""
    from leakkit.pii.columns.words import name_flags

    return name_flags(text.lower().replace("-", " ").split())


def given_name(text: str) -> bool | None:
    """Say whether a word in small letters is a given name; None where it is a word of a language, too.

    Examples
    --------
    >>> given_name("johanna"), given_name("the"), given_name("deliver")
    (True, False, False)
    """
    from leakkit.pii.gazetteer.lookup import COMMON, GIVEN

    if text.lower() in _NEVER:
        return False
    flags = _flags(text)
    if not all(flag & GIVEN for flag in flags):
        return False
    return True if not any(flag & COMMON for flag in flags) else None


def full_name(text: str) -> bool | None:
    """Say whether words in small letters are a given and a family name, one of them surely no word of a language.

    Examples
    --------
    >>> full_name("johanna voutilainen"), full_name("the mark"), full_name("order number")
    (True, False, False)
    """
    from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, SURNAME

    words = text.lower().split()
    if len(words) < 2 or any(word in _NEVER for word in words):
        return False
    first, last = _flags(words[0]), _flags(words[-1])
    if not first[0] & (GIVEN | SURNAME) and any(first):
        return False
    if (first[0] & COMMON or not first[0] & GIVEN) and (last[-1] & COMMON or not last[-1] & SURNAME):
        return None if first[0] & GIVEN and last[-1] & SURNAME else False
    return bool(first[0] & GIVEN or last[-1] & SURNAME)


def name_in_signs(text: str) -> bool:
    """Say whether Chinese signs are a family's name that the lists know and a given one.

    Examples
    --------
    >>> name_in_signs("小笠原健太"), name_in_signs("関係者各位")
    (True, False)
    """
    from leakkit.pii.weighing.names_in_signs import is_whole

    return is_whole(text)


def whole_name(text: str) -> bool:
    """Say whether two words in small letters are a given and a family name, the second no word of a language.

    Examples
    --------
    >>> whole_name("johanna voutilainen"), whole_name("johanna new"), whole_name("the mark")
    (True, False, False)
    """
    from leakkit.pii.gazetteer.lookup import COMMON

    return bool(full_name(text)) and not _flags(text.split()[-1])[-1] & COMMON


def known_name(text: str) -> bool:
    """Say whether a word in small letters is a given or a family name and no word of a language.

    Examples
    --------
    >>> known_name("johanna"), known_name("voutilainen"), known_name("fine")
    (True, True, False)
    """
    from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, SURNAME

    if text.lower() in _NEVER:
        return False
    return all(flag & (GIVEN | SURNAME) and not flag & COMMON for flag in _flags(text))


def titled_name(text: str) -> bool | None:
    """Say whether a word in small letters may be a name behind a title; None where it is a word, too, or nobody knows it.

    Examples
    --------
    >>> titled_name("voutilainen"), titled_name("vogel"), titled_name("the")
    (True, None, False)
    """
    from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, SURNAME
    from leakkit.pii.weighing.everyday import is_everyday

    if text.lower() in _NEVER:
        return False
    flags = _flags(text)
    if all(flag & (GIVEN | SURNAME) and not flag & COMMON for flag in flags):
        return True
    if is_everyday(text.lower()) or any(flag and not flag & (GIVEN | SURNAME) for flag in flags):
        return False
    return None


def known_given(text: str) -> bool:
    """Say whether a word in small letters is a given name, and no word of a language or of everyday ones.

    Examples
    --------
    >>> known_given("johanna"), known_given("keller"), known_given("fine")
    (True, False, False)
    """
    from leakkit.pii.weighing.everyday import is_everyday

    return given_name(text) is True and not is_everyday(text.lower())


def new_name(text: str) -> bool | None:
    """Say whether words may be a name where one is called for: True for known names, None for words nobody knows.

    Examples
    --------
    >>> new_name("johanna"), new_name("Thabo"), new_name("permission"), new_name("everyone")
    (True, None, False, False)
    """
    from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, SURNAME

    words = text.lower().replace("’", "'").split()
    if is_demand(text) or (any(word in _NEVER for word in words) and not text[:1].isupper()):
        return False
    flags = [flag for word in words if word not in _SMALL_PARTS for flag in _flags(word.replace("'", ""))]
    named = [flag & (GIVEN | SURNAME) and not flag & COMMON for flag in flags]
    if any(named):
        return True if not any(flag & COMMON and not flag & (GIVEN | SURNAME) for flag in flags) else None
    if text[:1].isupper() and flags and all(flag & GIVEN for flag in flags):
        return True if text.lower() not in _NEVER or len(text) > 3 else None
    return None if flags and not any(flag & COMMON for flag in flags) else False


def large_town(text: str) -> bool | None:
    """Say whether a word is the name of a town of many people, or of a smaller one that is no word; else False.

    Examples
    --------
    >>> large_town("pune"), large_town("peace"), large_town("zzyzzx")
    (True, False, False)
    """
    from leakkit.pii.gazetteer.lookup import COMMON, LARGE_TOWN, TOWN

    flag = _flags(text)[0]
    if text.lower() in _NO_TOWNS or not flag & TOWN:
        return False
    return True if flag & LARGE_TOWN else (None if flag & COMMON else True)
