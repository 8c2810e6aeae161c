"""Names that were taken for places, or hardly believed, in a leak whose people are called so (Welsh, Basque, Maori)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from leakkit.pii.masking.traits import LIKE_NAMES
from leakkit.pii.people.mentions import Group, read_traits

if TYPE_CHECKING:
    import pandas as pd

_WORDS = (2, 3)
_TAGGED = "tagger:"


def called_alike(findings: pd.DataFrame, kept: pd.Series) -> pd.Series:
    """Tell which names of the tagger are people's as their words are those of other names in the leak.

    Places and firms of two words: the first word begins the name of one person, the last one ends that of another. Of
    names that are a level less than likely enough, the last word does.

    Parameters
    ----------
    findings : DataFrame
        All findings.
    kept : Series
        Which of them are likely enough.
    """
    import pandas as pd

    entity, evidence = findings["entity"], findings["evidence"].fillna("")
    named = entity.eq("PERSON") & ~kept & findings["likelihood"].ne("very_unlikely")
    may = entity.isin(LIKE_NAMES) | named
    may &= evidence.str.startswith(_TAGGED) & evidence.str.contains("; traits:", regex=False)
    result = pd.Series(False, index=findings.index)
    if not may.any():
        return result
    first, last = _ends(evidence[entity.eq("PERSON") & kept].drop_duplicates())
    for place, told in evidence[may].items():
        words = _words(told)
        result[place] = len(words) in _WORDS and words[-1] in last and (named[place] or words[0] in first)
    return result


def are_called_alike(groups: Sequence[Group], people: Sequence[Group]) -> list[bool]:
    """Tell of some people, each of a whole name, whether both ends of it are those of others' names as well.

    Parameters
    ----------
    groups : sequence of Group
        Of whom it is told.
    people : sequence of Group
        All.
    """
    first, last = (
        Counter(group.full_names[0].words[end] for group in people if group.full_names) for end in (0, -1)
    )
    names = (group.full_names[0].words for group in groups)
    return [first[words[0]] > 1 and last[words[-1]] > 1 for words in names]


def _ends(evidence: pd.Series) -> tuple[set[str], set[str]]:
    """Give the words with which whole names begin, and those with which they end."""
    names: set[tuple[str, ...]] = {_words(told) for told in evidence}
    return {words[0] for words in names if len(words) > 1}, {words[-1] for words in names if len(words) > 1}


def _words(evidence: Hashable) -> tuple[str, ...]:
    """Give the keys of a name's words."""
    return read_traits(str(evidence)).get("words", ())
