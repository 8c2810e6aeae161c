"""Who and what a corpus is about: identity terms, countries, languages, dialect markers, per thousand documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leakkit.bias.text.batches import text_batches
from leakkit.bias.text.identity import Tally, represented
from leakkit.bias.text.languages import Sample, count_languages
from leakkit.bias.text.lexicons import as_lexicon
from leakkit.bias.text.terms import Terms
from leakkit.errors import BadParameterError

if TYPE_CHECKING:
    import pandas as pd


def measure_representation(
    texts: Any,
    *,
    lexicon: Any = None,
    terms: Any = None,
    languages: bool = True,
    countries: bool = True,
    dialects: bool = True,
    field: str | None = None,
    language_sample: int = 2_000,
    seed: int = 0,
) -> pd.DataFrame:
    """How often documents mention groups and countries, in which languages they are, with which markers.

    Parameters
    ----------
    texts : iterable of str, Series, DataFrame, Arrow array, Records or pathlib.Path
        Documents; see `text_batches`. They are read once, a batch at a time.
    lexicon, terms : optional
        As for `count_identity_terms`; left out, the identity terms that ship with leakkit.
    languages, countries, dialects : bool
        Whether to measure these too.
    field : str, optional
        Column or field that holds the text.
    language_sample : int
        Documents whose language is told: a random sample, the same for the same seed.
    seed : int
        Of the sample.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.REPRESENTATION`. ``axis`` is that of the lexicon, or "country", "dialect",
        "language"; groups that nobody mentions have a row with 0 documents. For languages, ``n_documents``
        is the size of the sample, ``tokens`` is missing, and "not told" means shorter than 20 letters or a
        confidence below .5.

    Raises
    ------
    BadParameterError
        `texts` or `lexicon` is nothing of the kind, or the sample is smaller than one.

    Notes
    -----
    Misleading: to be mentioned is not to be represented well. Terms are English, so a corpus in other languages
    seems to mention nobody: look at the languages first. A dialect marker is no speaker (jokes, songs, quotes);
    a country may be a jersey, a bird or a recipe. Intervals take documents for independent; compare
    ``distinct_documents``, and see `measure_templates` for near copies.

    Examples
    --------
    >>> texts = ["The Polish nurse met two women in Peru.", "Nothing of the kind was said in the hall."]
    >>> found = measure_representation(texts)
    >>> found.loc[found["documents"].gt(0), ["axis", "group"]].values.tolist()
    [['country', 'Peru'], ['country', 'Poland'], ['gender', 'women'], ['language', 'en']]
    """
    import pandas as pd

    from leakkit.frames.bias_text import REPRESENTATION

    if language_sample < 1:
        raise BadParameterError(
            "Expected a sample of at least one document",
            f"found {language_sample}",
            "correct language_sample",
        )
    wanted = [as_lexicon(lexicon, terms=terms)]
    wanted += [
        as_lexicon(None, name) for name, on in (("countries", countries), ("dialects", dialects)) if on
    ]
    tally = Tally(Terms(pd.concat(wanted, ignore_index=True)))
    sample = Sample(language_sample, seed)
    for batch in text_batches(texts, field=field):
        tally.add(batch)
        if languages:
            sample.add(batch)
    return REPRESENTATION.from_rows(tally.rows() + _language_rows(sample.texts()))


def _language_rows(texts: list[str]) -> list[dict[str, Any]]:
    """Give a row for each language of the sampled texts."""
    return [
        represented("language", code, documents, len(texts), None, distinct)
        for code, (documents, distinct) in count_languages(texts).items()
    ]
