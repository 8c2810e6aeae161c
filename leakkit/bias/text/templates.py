"""Texts made from templates: how many documents fill in one pattern, and how that inflates a group's count."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.bias.text.batches import text_batches
from leakkit.bias.text.identity import count_filled
from leakkit.bias.text.lexicons import as_lexicon
from leakkit.bias.text.terms import Terms
from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

SLOT, NUMBER = "□", "0"
SHOWN_CHARACTERS = 120
MOST_FORMS = 2_000_000
"""Forms held at once; beyond it those seen once are forgotten, and counts become lower bounds."""

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    "|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"
)
_MASKS = (
    (r"\S*(?:@|://)\S*|\bwww\.\S*", SLOT),
    (r"\p{Lu}[\p{L}\p{M}'’]*(?:[_-][\p{L}\p{M}'’]+)*", SLOT),
    (r"[^\s□]*\d\S*", NUMBER),
    (rf"(?i)\b(?:{_NUMBER_WORDS})\b", NUMBER),
    (r"□(?:\s+□)+", SLOT),
    (r"0(?:\s+0)+", NUMBER),
    (r"\s+", " "),
)


def measure_templates(
    texts: Any,
    *,
    lexicon: Any = None,
    terms: Any = None,
    least: int = 3,
    most: int = 50,
    least_words: int = 4,
    field: str | None = None,
) -> pd.DataFrame:
    """Patterns that several documents copy or fill in anew: numbers and capitalised words are their slots.

    Parameters
    ----------
    texts : iterable of str, Series, DataFrame, Arrow array, Records or pathlib.Path
        Documents; see `text_batches`. They are read once, a batch at a time.
    lexicon, terms : optional
        As for `count_identity_terms`: whose groups are looked for in the copies.
    least : int
        Documents that make a template, 2 or more.
    most : int
        Most rows.
    least_words : int
        Words outside slots that a template has at least; shorter texts are alike by chance.
    field : str, optional
        Column or field that holds the text.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.TEMPLATES`, most documents first. Addresses, names and whatever holds a digit
        are masked in ``template``, which is cut to 120 characters.

    Raises
    ------
    BadParameterError
        An argument is not of its kind.

    Notes
    -----
    Misleading: only whole documents are compared. Copies with a line added, or with slots in lower case, are
    other forms, so this is a lower bound. Names in small letters are not masked: look before you publish.

    Examples
    --------
    >>> texts = [f"Weather for {place}: wind from the west." for place in ("Ayr", "Port Ellen", "Ulm")]
    >>> measure_templates(texts)[["template", "documents"]].values.tolist()
    [['□ for □: wind from the west.', 3]]
    """
    from leakkit.frames.bias_text import TEMPLATES

    forms = _read(texts, as_lexicon(lexicon, terms=terms), least, least_words, field)
    if most < 1:
        raise BadParameterError("Expected at least one row", f"found most={most}", "correct it")
    chosen = sorted(forms.templates(least), key=lambda key: (-forms.documents[key], forms.shown[key]))[:most]
    return TEMPLATES.from_rows(
        {
            "rank": rank,
            "template": forms.shown[key],
            "words": forms.words[key],
            "documents": forms.documents[key],
            "distinct_documents": forms.distinct[key],
            "n_documents": forms.n_documents,
            "share": forms.documents[key] / forms.n_documents,
            "groups": forms.groups_of(key),
        }
        for rank, key in enumerate(chosen, 1)
    )


def measure_template_skew(
    texts: Any,
    *,
    lexicon: Any = None,
    terms: Any = None,
    least: int = 3,
    least_words: int = 4,
    field: str | None = None,
) -> pd.DataFrame:
    """How far copies of templates inflate the count of each group.

    Parameters
    ----------
    texts, lexicon, terms, least, least_words, field
        As for `measure_templates`.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.TEMPLATE_SKEW`, a row for each group of the lexicon. ``inflation`` is its rate
        among documents over its rate among forms: 2 means that copies make it look twice as frequent.

    Raises
    ------
    BadParameterError
        An argument is not of its kind.

    Notes
    -----
    Misleading: a form counts for a group when any of its copies mentions it, so a template whose slot holds the
    group's name counts once for each group that fills it.

    Examples
    --------
    >>> texts = [f"All women of {place} vote here today." for place in ("Ayr", "Ulm", "Wick")]
    >>> skew = measure_template_skew([*texts, "Men like tea and a walk in the rain."])
    >>> skew.loc[skew["documents"].gt(0), ["group", "documents", "forms", "inflation"]].values.tolist()
    [['men', 1, 1, 0.5], ['women', 3, 1, 1.5]]
    """
    from leakkit.frames.bias_text import TEMPLATE_SKEW

    forms = _read(texts, as_lexicon(lexicon, terms=terms), least, least_words, field)
    return TEMPLATE_SKEW.from_rows(forms.skew(least))


class Forms:
    """Forms of documents (their text with slots masked) and the groups that their copies mention."""

    def __init__(self, terms: Terms, least_words: int) -> None:
        self._terms, self._least_words = terms, least_words
        self.n_documents = 0
        self.documents: Counter[int] = Counter()
        self.distinct: Counter[int] = Counter()
        self.shown: dict[int, str] = {}
        self.words: dict[int, int] = {}
        self.mentions: Counter[tuple[int, int]] = Counter()
        self._seen: set[int] = set()

    def add(self, texts: pa.LargeStringArray) -> None:
        """Take one batch."""
        self.n_documents += count_filled(texts)
        encoded = masked(texts).dictionary_encode()
        codes = encoded.indices.to_numpy(zero_copy_only=False)
        values = encoded.dictionary.to_pylist()
        keys = [hash(value) for value in values]
        counts = np.bincount(codes, minlength=len(values)).tolist()
        for key, value, count in zip(keys, values, counts, strict=True):
            self.documents[key] += count
            if key not in self.shown:
                self.words[key] = _count_words(value)
                self.shown[key] = printable(value[:SHOWN_CHARACTERS])
        empty = [key for key, value in zip(keys, values, strict=True) if not value.strip()]
        for text, code in zip(texts.to_pylist(), codes.tolist(), strict=True):
            if (exact := hash(text)) not in self._seen:
                self._seen.add(exact)
                self.distinct[keys[code]] += 1
        self._mentioned(texts, keys, codes)
        for key in empty:
            self._forget(key)
        if len(self.documents) > MOST_FORMS:
            for key in [key for key, count in self.documents.items() if count == 1]:
                self._forget(key)
            self._seen.clear()

    def _mentioned(self, texts: pa.LargeStringArray, keys: list[int], codes: np.ndarray) -> None:
        """Count the documents of each form that mention each group."""
        hits = self._terms.find(texts)
        found, groups = self._terms.of_groups(hits)
        size = max(len(self._terms.groups), 1)
        documents, groups = np.divmod(np.unique(hits.documents[found] * size + groups), size)
        pairs, counts = np.unique(codes[documents] * size + groups, return_counts=True)
        for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
            self.mentions[keys[pair // size], pair % size] += count

    def _forget(self, key: int) -> None:
        """Leave a form out."""
        for held in (self.documents, self.distinct, self.shown, self.words):
            held.pop(key, None)

    def templates(self, least: int) -> list[int]:
        """Give the forms that enough documents have and that are more than a few words."""
        return [
            key
            for key, count in self.documents.items()
            if count >= least and self.words[key] >= self._least_words
        ]

    def groups_of(self, key: int) -> list[str]:
        """Give the groups that at least half of the copies of a form mention."""
        return [
            printable(group, 80)
            for place, (_, group) in enumerate(self._terms.groups)
            if self.mentions[key, place] * 2 >= self.documents[key]
        ]

    def skew(self, least: int) -> list[dict[str, Any]]:
        """Give the rows of the TEMPLATE_SKEW frame."""
        templates = set(self.templates(least))
        held: dict[int, list[tuple[int, int]]] = {}
        for (key, place), count in self.mentions.items():
            if key in self.documents:
                held.setdefault(place, []).append((key, count))
        short = [key for key in self.documents if self.words[key] < self._least_words]
        n_forms = len(self.documents) - len(short) + sum(self.distinct[key] for key in short)
        return [
            self._skew_row(axis, group, held.get(place, []), templates, n_forms)
            for place, (axis, group) in enumerate(self._terms.groups)
        ]

    def _skew_row(
        self, axis: str, group: str, held: list[tuple[int, int]], templates: set[int], n_forms: int
    ) -> dict[str, Any]:
        """Give the row of one group; a text too short for a template is a form of its own."""
        documents = sum(count for _, count in held)
        forms = sum(
            1 if self.words[key] >= self._least_words else min(count, self.distinct[key])
            for key, count in held
        )
        copies = [count for key, count in held if key in templates]
        row: dict[str, Any] = {
            "axis": printable(axis, 60),
            "group": printable(group, 80),
            "documents": documents,
            "n_documents": self.n_documents,
            "from_templates": sum(copies),
            "forms": forms,
            "n_forms": n_forms,
        }
        if documents:
            row["largest"] = max(copies, default=0) / documents
        if self.n_documents:
            row["per_1000_documents"] = 1000 * documents / self.n_documents
            row["per_1000_forms"] = 1000 * forms / n_forms if n_forms else None
        if documents and forms:
            row["inflation"] = row["per_1000_documents"] / row["per_1000_forms"]
        return row


def masked(texts: pa.LargeStringArray) -> pa.LargeStringArray:
    """Give documents with slots for names and numbers, in lower case, with single spaces."""
    import pyarrow.compute as pc

    for pattern, filler in _MASKS:
        texts = pc.replace_substring_regex(texts, pattern, filler)
    return pc.utf8_trim_whitespace(pc.utf8_lower(texts))


def _count_words(form: str) -> int:
    """Give how many words stand outside slots."""
    return sum(any(sign.isalpha() for sign in word) for word in form.split(" "))


def _read(texts: Any, lexicon: pd.DataFrame, least: int, least_words: int, field: str | None) -> Forms:
    """Read all documents."""
    for name, value, floor in (("least", least, 2), ("least_words", least_words, 1)):
        if value < floor:
            raise BadParameterError(f"Expected {name} of {floor} or more", f"found {value}", "correct it")
    forms = Forms(Terms(lexicon), least_words)
    for batch in text_batches(texts, field=field):
        forms.add(batch)
    return forms
