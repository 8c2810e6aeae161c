"""Word sets of others, read when the user has them: WEAT sets of WEFE, HolisticBias; and our own test list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.bias.text.lexicons import MOST_BYTES, load_lexicon
from leakkit.bundled import data_path
from leakkit.errors import BadFrameError, BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

Tests = dict[str, dict[str, list[str]]]

_CALISKAN = {
    "WEAT 1: flowers, insects": ("flowers", "insects", "pleasant_5", "unpleasant_5a"),
    "WEAT 2: instruments, weapons": ("instruments", "weapons", "pleasant_5", "unpleasant_5a"),
    "WEAT 3: names, European and African American": (
        "european_american_names_5",
        "african_american_names_5",
        "pleasant_5",
        "unpleasant_5b",
    ),
    "WEAT 4: the same, names of 7": (
        "european_american_names_7",
        "african_american_names_7",
        "pleasant_5",
        "unpleasant_5b",
    ),
    "WEAT 5: the same, attributes of 9": (
        "european_american_names_7",
        "african_american_names_7",
        "pleasant_9",
        "unpleasant_9",
    ),
    "WEAT 6: names, career and family": ("male_names", "female_names", "career", "family"),
    "WEAT 7: mathematics and arts": ("math", "arts", "male_terms", "female_terms"),
    "WEAT 8: science and arts": ("science", "arts_2", "male_terms_2", "female_terms_2"),
    "WEAT 9: mental and physical disease": ("mental_disease", "physical_disease", "temporary", "permanent"),
    "WEAT 10: names, young and old": ("young_people_names", "old_people_names", "pleasant_9", "unpleasant_9"),
}
"""Caliskan, Bryson and Narayanan 2017, table 1: targets X and Y, attributes A and B, by the names WEFE gives."""


def load_association_tests() -> Tests:
    """Tests of word associations made of the word sets that ship with leakkit.

    Returns
    -------
    dict
        Name of the test -> ``{"x": [...], "y": [...], "a": [...], "b": [...]}``: targets and attributes, as
        `embedding_associations` takes them. Two tests are controls without people; an embedding that fails
        those says nothing about groups either.

    Examples
    --------
    >>> tests = load_association_tests()
    >>> sorted(tests["gender: career and family"])
    ['a', 'b', 'x', 'y']
    """
    import pandas as pd

    words = load_lexicon("word_sets").groupby("group")["term"].apply(list)
    table = pd.read_csv(data_path("lexicons/association_tests.csv"), dtype=str)
    return {
        row["test"]: {side: list(words[row[side]]) for side in ("x", "y", "a", "b")}
        for row in table.to_dict("records")
    }


def load_weat_sets(path: str | Path) -> Tests:
    """WEAT tests of a file of word sets, such as WEFE's ``WEAT.json``.

    Parameters
    ----------
    path : str or path
        A JSON file: name of a set -> list of words.

    Returns
    -------
    dict
        Name of the test -> ``{"x": [...], "y": [...], "a": [...], "b": [...]}``: those of the ten tests of
        Caliskan, Bryson and Narayanan (2017) whose four sets are in the file. Words are in lower case.

    Raises
    ------
    BadParameterError
        There is no such file, or it is no JSON.
    BadFrameError
        It holds something else than sets of words, or none of the ten tests.

    Notes
    -----
    Misleading: sets of first names stand for groups in these tests. They say what names are near in a text,
    nothing about anybody who bears one. Few names occur in most corpora: look at the coverage.

    Examples
    --------
    >>> import json, pathlib, tempfile
    >>> names = ("flowers", "insects", "pleasant_5", "unpleasant_5a")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "sets.json")
    ...     _ = path.write_text(json.dumps({name: [f"{name} word"] for name in names}), encoding="utf-8")
    ...     tests = load_weat_sets(path)
    >>> [sorted(test) for test in tests.values()]
    [['a', 'b', 'x', 'y']]
    """
    sets = load_word_sets(path)
    tests: Tests = {
        test: dict(zip("xyab", (sets[name] for name in names), strict=True))
        for test, names in _CALISKAN.items()
        if all(name in sets for name in names)
    }
    if not tests:
        raise BadFrameError(
            "Expected the sets of at least one WEAT test, named as WEFE names them",
            f"found the sets {', '.join(printable(name, 30) for name in list(sets)[:5]) or '(none)'}",
            "name them flowers, insects, pleasant_5, unpleasant_5a, ..., or pass your own tests as a dictionary",
        )
    return tests


def load_word_sets(path: str | Path) -> dict[str, list[str]]:
    """Sets of words of a JSON file: name -> list of words, in lower case.

    Parameters
    ----------
    path : str or path
        A JSON file.

    Returns
    -------
    dict
        Words of a set in the order of the file, each once.

    Raises
    ------
    BadParameterError
        There is no such file, or it is no JSON.
    BadFrameError
        It holds something else than sets of words.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "sets.json")
    ...     _ = path.write_text('{"flowers": ["Rose", "rose", "Tulip"]}', encoding="utf-8")
    ...     load_word_sets(path)
    {'flowers': ['rose', 'tulip']}
    """
    held = _json(path)
    sound = isinstance(held, dict) and all(
        isinstance(words, list) and all(isinstance(word, str) for word in words) for words in held.values()
    )
    if not sound:
        raise _unlike(path, "a JSON object that gives a list of words to each name")
    return {name: list(dict.fromkeys(word.lower() for word in words)) for name, words in held.items()}


def load_holistic_bias(path: str | Path) -> pd.DataFrame:
    """Descriptors, or nouns, of HolisticBias (v1.1) as a lexicon.

    Parameters
    ----------
    path : str or path
        ``descriptors.json`` (axis -> bucket -> descriptors) or ``nouns.json`` (gender -> singular and plural).

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.LEXICON`: the axis is that of the file with spaces, the group its bucket.
        Descriptors that the file calls dispreferred, polarizing or not to be used are marked ``sensitive``.

    Raises
    ------
    BadParameterError
        There is no such file, or it is no JSON.
    BadFrameError
        It is neither of the two.

    Notes
    -----
    The data set is under CC BY-SA 4.0 (Smith et al. 2022). Misleading: its descriptors were made to fill
    templates ("I'm a young person"); many ("slow", "green") mean something else in running text.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "descriptors.json")
    ...     _ = path.write_text('{"age": {"young": ["young", "teenage"]}}', encoding="utf-8")
    ...     load_holistic_bias(path)[["axis", "group", "term"]].values.tolist()
    [['age', 'young', 'teenage'], ['age', 'young', 'young']]
    """
    from leakkit.frames.bias_text import LEXICON

    held = _json(path)
    if not isinstance(held, dict) or not held:
        raise _unlike(path, "descriptors or nouns of HolisticBias")
    try:
        rows = list(_nouns(held) if _is_nouns(held) else _descriptors(held))
    except (TypeError, KeyError, AttributeError, ValueError):
        raise _unlike(path, "descriptors or nouns of HolisticBias") from None
    unique = {(row["axis"], row["group"], row["term"]): row for row in reversed(rows)}
    return LEXICON.from_rows(unique.values())


def _is_nouns(held: dict[str, Any]) -> bool:
    """Tell whether this is the file of nouns: pairs of singular and plural."""
    return all(isinstance(value, list) for value in held.values())


def _nouns(held: dict[str, Any]) -> Any:
    """Give the rows of the file of nouns."""
    for group, pairs in held.items():
        for singular, plural in map(_listed, pairs):
            yield _term(singular, str(group), "gender noun", form="singular")
            yield _term(plural, str(group), "gender noun", form="plural")


def _descriptors(held: dict[str, Any]) -> Any:
    """Give the rows of the file of descriptors; a bucket may hold lists by yet another name."""
    for axis, buckets in held.items():
        for bucket, entries in buckets.items():
            for entry in _listed(entries):
                said = {"descriptor": entry} if isinstance(entry, str) else entry
                preference = str(said.get("preference") or "")
                yield _term(
                    said["descriptor"],
                    bucket.replace("_", " "),
                    axis.replace("_", " "),
                    sensitive=preference not in ("", "reviewed", "preferred"),
                    note=preference,
                )


def _listed(entries: Any) -> Any:
    """Refuse what is no list, a text above all: its letters would be taken for terms."""
    if not isinstance(entries, list):
        raise TypeError
    return entries


def _term(term: str, group: str, axis: str, **more: Any) -> dict[str, Any]:
    """Give one row; a term is some words in valid Unicode."""
    plain = " ".join(term.lower().replace("’", "'").split())
    if not plain.encode():
        raise ValueError
    return {
        "term": plain,
        "group": group,
        "axis": axis,
        "sensitive": False,
        "source": "HolisticBias v1.1 (Smith et al. 2022), CC BY-SA 4.0",
    } | more


def _json(path: str | Path) -> Any:
    """Read a JSON file of bounded size."""
    place = Path(path)
    if not place.is_file() or place.stat().st_size > MOST_BYTES:
        raise BadParameterError(
            f"Expected the path of a JSON file of at most {MOST_BYTES // 2**20} MB",
            f"found {printable(str(path), 120)!r}",
            "check the path",
        )
    try:
        return json.loads(place.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise BadParameterError(
            "Expected a JSON file in UTF-8",
            f"found something else at {printable(place.name, 80)!r}",
            "mend it",
        ) from None


def _unlike(path: str | Path, expected: str) -> BadFrameError:
    """Give the error for a file of another form."""
    return BadFrameError(
        f"Expected {expected}", f"found another form in {printable(Path(path).name, 80)!r}", "check the file"
    )
