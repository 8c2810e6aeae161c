"""Paired prompts: those that ask the same but for the group they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.batches import text_batches
from leakkit.bias.text.lexicons import as_lexicon
from leakkit.bias.text.mentions import mentions, with_slot
from leakkit.bias.text.terms import Terms
from leakkit.bias.text.word_rows import shown_word
from leakkit.errors import BadParameterError
from leakkit.frames import PROMPT_PAIRS
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_SHOWN = 160


def find_pairs(
    prompts: Any, *, lexicon: Any = None, terms: Any = None, field: str | None = None
) -> pd.DataFrame:
    """Prompts that differ in one term of one axis alone.

    Parameters
    ----------
    prompts : list, Series, DataFrame, ...
        Prompts, as for `text_batches`. Of a frame the column `field`, "prompt" when left out; with a
        column ``model`` only prompts to the same model make a pair.
    lexicon, terms : optional
        The groups: a lexicon frame, name or path, or a dict ``{group: [term, ...]}`` or
        ``{axis: {group: [term, ...]}}``. Left out, a frame with filled columns ``axis`` and ``term`` (a
        log that names its own terms) gives them; else the bundled identity terms.
    field : str, optional
        Column of the prompts.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.PROMPT_PAIRS`, a row for each prompt of a set of two groups or more.
        ``place`` counts the prompts as given, ``template`` is masked by a line for the term.

    Notes
    -----
    Prompts are compared in lower case without punctuation, and "a" equals "an" before the term. All
    forms of a group's terms are one: "Marshlander" against "Hillfolk" is a pair. A prompt that names two
    groups of an axis is in no pair of it.

    Examples
    --------
    >>> asked = ["Describe a nurse.", "Describe an engineer.", "Describe a day."]
    >>> found = find_pairs(asked, terms={"nurses": ["nurse"], "engineers": ["engineer"]})
    >>> found[["group", "place", "template"]].values.tolist()
    [['engineers', 1, 'describe a _'], ['nurses', 0, 'describe a _']]
    """
    search = Terms(pair_lexicon(prompts, lexicon, terms))
    texts, models = _prompts(prompts, field), _models(prompts)
    named = mentions(texts, search)
    rows: list[dict[str, Any]] = []
    for axis in dict.fromkeys(axis for axis, _ in search.groups):
        members = [place for place, group in enumerate(search.groups) if group[0] == axis]
        rows += _of_axis(texts, models, named[:, members], search, members, len(rows))
    return PROMPT_PAIRS.from_rows(_numbered(rows))


def pair_lexicon(prompts: Any, lexicon: Any, terms: Any) -> pd.DataFrame:
    """Give the groups asked for; without any those that a log names itself."""
    import pandas as pd

    own = isinstance(prompts, pd.DataFrame) and {"axis", "term"} <= set(prompts.columns)
    if lexicon is not None or terms is not None or not own:
        return as_lexicon(lexicon, terms=terms)
    known = prompts[["axis", "term"]].dropna().drop_duplicates().sort_values(["axis", "term"])
    if known.empty:
        return as_lexicon()
    nested: dict[str, dict[str, list[str]]] = {}
    for axis, term in known.itertuples(index=False):
        nested.setdefault(str(axis), {})[str(term)] = [str(term)]
    return as_lexicon(nested)


def _prompts(prompts: Any, field: str | None) -> pa.Array:
    """Give the prompts."""
    import pandas as pd
    import pyarrow as pa

    if field is None and isinstance(prompts, pd.DataFrame):
        field = "prompt"
    batches = list(text_batches(prompts, field=field))
    return pa.concat_arrays(batches) if batches else pa.array([], pa.large_string())


def _models(prompts: Any) -> Any:
    """Give a code of the model of each prompt; None when none are named."""
    import pandas as pd

    if not isinstance(prompts, pd.DataFrame) or "model" not in prompts:
        return None
    return pd.factorize(prompts["model"].astype(object), use_na_sentinel=False)[0]


def _of_axis(
    texts: pa.Array, models: Any, named: np.ndarray, search: Terms, members: list[int], start: int
) -> list[dict[str, Any]]:
    """Give the prompts of one axis that are alike but for the term."""
    import pandas as pd
    import pyarrow as pa

    places = np.flatnonzero(named.sum(axis=1) == 1)
    if not len(places):
        return []
    groups = [tuple(printable(name, 60) for name in search.groups[member]) for member in members]
    masked = with_slot(texts.take(pa.array(places)), search, members).dictionary_encode()
    frame = pd.DataFrame(
        {
            "template": masked.indices.to_numpy(),
            "model": 0 if models is None else models[places],
            "group": named[places].argmax(axis=1),
            "place": places,
        }
    )
    key = frame.groupby(["template", "model"], sort=False)
    frame = frame[key["group"].transform("nunique") > 1]
    if not len(frame):
        return []
    frame = frame.assign(pair=start + frame.groupby(["template", "model"], sort=False).ngroup())
    shown = {code: _shown(masked.dictionary[code].as_py()) for code in frame["template"].unique().tolist()}
    columns = [frame[name].tolist() for name in ("pair", "group", "place", "template")]
    return [
        {
            "pair": pair,
            "axis": groups[group][0],
            "group": groups[group][1],
            "place": place,
            "template": shown[template],
        }
        for pair, group, place, template in zip(*columns, strict=True)
    ]


def _shown(template: str) -> str:
    """Give a template with numbers and keys masked, escaped and short."""
    return printable(" ".join(map(shown_word, template.split())), _SHOWN)


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Number the sets from 0 in the order in which their first prompts stand."""
    first: dict[int, int] = {}
    for row in rows:
        first[row["pair"]] = min(first.get(row["pair"], row["place"]), row["place"])
    order = {pair: number for number, pair in enumerate(sorted(first, key=lambda pair: (first[pair], pair)))}
    return [row | {"pair": order[row["pair"]]} for row in rows]


def check_pairs(pairs: Any, size: int) -> Any:
    """Give pairs that are the user's own or found before, when they fit the outputs."""
    import pandas as pd

    if not isinstance(pairs, pd.DataFrame) or not {"pair", "axis", "group", "place"} <= set(pairs.columns):
        raise BadParameterError(
            "Expected pairs with the columns pair, axis, group, place",
            f"found {type(pairs).__name__}",
            "pass what find_pairs gives",
        )
    place = pd.to_numeric(pairs["place"], errors="coerce").fillna(-1)
    if len(place) and (place.min() < 0 or place.max() >= size):
        raise BadParameterError(
            f"Expected places from 0 to {size - 1}",
            f"found {place.min():.0f} to {place.max():.0f}",
            "find the pairs anew",
        )
    return pairs
