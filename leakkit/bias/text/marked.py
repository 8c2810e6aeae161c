"""Which documents mention which group, as columns, and which groups a corpus lets one compare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.batches import text_batches
from leakkit.bias.text.lexicons import as_lexicon
from leakkit.bias.text.mentions import mentions
from leakkit.bias.text.terms import Terms
from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

NOT_PEOPLE = frozenset({"country", "dialect", "language"})


def mark_mentions(
    texts: Any, lexicon: Any = None, *, terms: Any = None, field: str | None = None
) -> pd.DataFrame:
    """Tell for each document which groups it mentions.

    Parameters
    ----------
    texts : iterable of str, Series, DataFrame, Arrow array, Records or pathlib.Path
        Documents, as for `word_associations`.
    lexicon, terms : optional
        The groups, as for `label_bias`; left out, the identity terms that ship with leakkit. What a mention
        is, `leakkit.bias.text.terms` says.
    field : str, optional
        Column or field that holds the text.

    Returns
    -------
    pandas.DataFrame
        A row for each document in their order, a column (boolean) for each group; a missing text mentions
        nobody. Groups of one name share a column. The index is that of `texts` where they are a Series or
        frame, so that a column can be put beside them.

    Raises
    ------
    BadParameterError
        As `label_bias`.

    Notes
    -----
    With `rate_groups` it answers how often documents about one group have what others have less: make a column
    of groups with `only_mention`, and one of the words asked for.

    Examples
    --------
    >>> mark_mentions(
    ...     ["The old baker", "rain"], terms={"bakers": ["baker"], "rain": ["rain"]}
    ... ).values.tolist()
    [[True, False], [False, True]]
    """
    import pandas as pd

    known = as_lexicon(lexicon, terms=terms)
    search, given = Terms(known), lexicon if terms is None else terms
    parts = [mentions(batch, search) for batch in text_batches(texts, field=field)]
    found = np.concatenate(parts) if parts else np.zeros((0, len(search.groups)), bool)
    places: dict[str, list[int]] = {}
    for place, (_, name) in enumerate(search.groups):
        places.setdefault(printable(name, 80), []).append(place)
    order = [printable(str(name), 80) for name in given] if isinstance(given, Mapping) else []
    names = dict.fromkeys([*order, *(printable(name, 80) for name in known["group"])])
    columns = {name: found[:, places[name]].any(axis=1) for name in names if name in places}
    index = texts.index if isinstance(texts, (pd.Series, pd.DataFrame)) else pd.RangeIndex(len(found))
    return pd.DataFrame(columns, index=index).astype("boolean")


def only_mention(marks: pd.DataFrame) -> pd.Series:
    """Name the group that a document mentions alone; missing where it mentions none or several.

    Parameters
    ----------
    marks : pandas.DataFrame
        What `mark_mentions` gives.

    Returns
    -------
    pandas.Series
        string, in the order of the documents.

    Examples
    --------
    >>> marks = mark_mentions(
    ...     ["a baker", "a baker in the rain"], terms={"bakers": ["baker"], "rain": ["rain"]}
    ... )
    >>> only_mention(marks).fillna("-").tolist()
    ['bakers', '-']
    """
    import pandas as pd

    found = marks.to_numpy(dtype=bool)
    names = np.array([*map(str, marks.columns), ""], dtype=object)
    one = found.sum(axis=1) == 1
    places = np.where(one, found.argmax(axis=1) if found.shape[1] else 0, len(names) - 1)
    named = pd.Series(names[places], index=marks.index, dtype="string")
    return named.where(pd.Series(one, index=marks.index))


def pick_groups(
    representation: pd.DataFrame, lexicon: Any = None, *, terms: Any = None, most: int = 2, least: int = 20
) -> dict[str, list[str]]:
    """Pick the groups of one axis that most documents mention, to compare them with each other.

    Parameters
    ----------
    representation : pandas.DataFrame
        What `measure_representation` gives for the corpus and this lexicon.
    lexicon, terms : optional
        The groups, as for `mark_mentions`: what was given to `measure_representation`. Terms of a frame are
        taken as they are, so that none is shown that was left out of it.
    most : int, default 2
        Groups at most.
    least : int, default 20
        Documents that each must be mentioned in.

    Returns
    -------
    dict of str to list of str
        Group to its terms, most documents first; empty where no axis has two such groups. Terms are found in
        any case, also those whose form says "capitalised".

    Raises
    ------
    BadParameterError
        Fewer than two groups or less than one document are asked for.

    Examples
    --------
    >>> import leakkit as lk
    >>> lexicon = lk.load_lexicon("sample_communities")
    >>> found = lk.count_identity_terms(["a marshlander"] * 30 + ["the hillfolk"] * 20, lexicon)
    >>> pick_groups(found, lexicon)
    {'Marshlanders': ['marshlander', 'marshlanders'], 'Hillfolk': ['hillfolk']}
    """
    if most < 2 or least < 1:
        raise BadParameterError(
            "Expected 2 groups and 1 document or more", f"found {most} and {least}", "raise it"
        )
    lexicon = as_lexicon(lexicon, terms=terms)
    enough = representation[representation["documents"].ge(least) & ~representation["axis"].isin(NOT_PEOPLE)]
    enough = enough[enough["axis"].isin(set(lexicon["axis"]))]
    enough = enough.sort_values(["documents", "axis", "group"], ascending=[False, True, True])
    sizes = enough.groupby("axis", sort=True)["documents"].agg(lambda counts: counts.head(2).sum())
    many = enough.groupby("axis", sort=True).size()
    sizes = sizes[many.ge(2)]
    if not len(sizes):
        return {}
    axis = sizes.sort_values(ascending=False, kind="stable").index[0]
    groups = enough.loc[enough["axis"].eq(axis), "group"].head(most)
    of_axis = lexicon[lexicon["axis"].eq(axis)]
    return {str(group): of_axis.loc[of_axis["group"].eq(group), "term"].tolist() for group in groups}
