"""Lexicons: the words that the measures of text look for. Ours, or the reader's own in the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from leakkit.bias.text.lexicon_rows import NEEDED, checked, halved, plain_word, unfit
from leakkit.bias.text.tokens import in_word
from leakkit.bundled import data_path
from leakkit.errors import BadFrameError, BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

LEXICONS = {
    "identity": "words for people: gender, sexual orientation, religion, origin, disability, age, class, body",
    "pronouns": "English personal pronouns",
    "occupations": "occupations with the share of women among the employed (United States, 2022)",
    "countries": "names of countries and of their people, in English",
    "dialects": "spellings and words that mark a variety of English; a marker is no speaker",
    "valence": "pleasant and unpleasant words",
    "refusals": "phrases with which assistants decline",
    "word_sets": "sets of words for association tests of embeddings",
    "sample_communities": "the two invented communities of the sample leak",
}
"""What ships in data/lexicons, and what it holds."""

MOST_BYTES = 64 * 2**20
OWN_AXIS = "terms"
"""Axis of groups that come without one."""

_TODO = (
    "pass a name of lk.list_lexicons(), a path, a frame of lk.load_lexicon(), "
    "or a dictionary: {'group': ['term', 'two words'], ...}"
)


def load_lexicon(
    name: str | Path, *, axis: str | Sequence[str] | None = None, sensitive: bool = False
) -> pd.DataFrame:
    """Words to look for: one of the lexicons that ship with leakkit, or your own.

    Parameters
    ----------
    name : str or path
        A name that `list_lexicons` gives, or the path of a CSV file (UTF-8) with the columns ``term``,
        ``group`` and ``axis``; ``form``, ``value``, ``sensitive``, ``source`` and ``note`` may follow.
    axis : str or sequence of str, optional
        Only these axes ("gender", "religion", ...).
    sensitive : bool
        Also slurs and outdated words. Left out unless you ask: show them only after a warning. The counting
        functions count them in any case, under their group.

    Returns
    -------
    pandas.DataFrame
        The frame `leakkit.frames.LEXICON`, sorted by axis, group and term. Terms are in lower case; one whose
        ``form`` says "capitalised" is counted only where the text writes it so (Polish, not polish).

    Raises
    ------
    BadParameterError
        There is no such lexicon, file or axis.
    BadFrameError
        The file has faults; lines and columns are named.

    Notes
    -----
    Misleading: a list of words is a choice, and what it lacks is not counted. Many terms have other senses
    (see ``note``). They are English only. A person whom a text mentions need not be one of the group.

    Examples
    --------
    >>> words = load_lexicon("pronouns")
    >>> words.loc[words["group"].eq("feminine"), "term"].tolist()[:3]
    ['her', 'hers', 'herself']
    """
    path = _path(name)
    frame = _read(path)
    listed = isinstance(axis, Iterable) and not isinstance(axis, str)
    wanted = list(axis) if listed and axis is not None else [axis] if axis is not None else []
    known = sorted(frame["axis"].unique())
    if unknown := [one for one in wanted if one not in known]:
        raise BadParameterError(
            f"Expected an axis of this lexicon: {', '.join(known)}",
            f"found {printable(str(unknown[0]), 60)!r}",
            "choose one of them",
        )
    if wanted:
        frame = frame[frame["axis"].isin(wanted)]
    return (frame if sensitive else frame[~frame["sensitive"]]).reset_index(drop=True)


def list_lexicons() -> pd.DataFrame:
    """Which lexicons ship with leakkit.

    Returns
    -------
    pandas.DataFrame
        One row a lexicon: ``name``, ``what`` (string), ``axes`` (list), ``groups``, ``terms``, ``sensitive``
        (Int64; the latter counts words that are shown only when asked for).

    Examples
    --------
    >>> list_lexicons().set_index("name").loc["pronouns", "groups"]
    np.int64(4)
    """
    import pandas as pd

    rows = []
    for name, what in LEXICONS.items():
        frame = load_lexicon(name, sensitive=True)
        rows.append(
            {
                "name": name,
                "what": what,
                "axes": sorted(frame["axis"].unique()),
                "groups": frame.groupby("axis")["group"].nunique().sum(),
                "terms": len(frame),
                "sensitive": int(frame["sensitive"].sum()),
            }
        )
    numbers = dict.fromkeys(("groups", "terms", "sensitive"), "Int64")
    return pd.DataFrame(rows).astype({"name": "string", "what": "string", **numbers})


def as_lexicon(lexicon: Any = None, default: str = "identity", *, terms: Any = None) -> pd.DataFrame:
    """Give a LEXICON frame for what a caller may pass as `lexicon` or as `terms`, which mean the same.

    That is nothing, a name, a path, a frame, or a dictionary that gives terms to each group, or groups with
    terms to each axis (otherwise "terms"). Sensitive words are in it, as they are counted and not shown.

    Examples
    --------
    >>> as_lexicon(terms={"cats": ["cat", "kitten"]})["term"].tolist()
    ['cat', 'kitten']
    """
    import pandas as pd

    if lexicon is not None and terms is not None:
        raise BadParameterError("Expected terms or a lexicon", "found both", "leave one of them out")
    given = lexicon if terms is None else terms
    if given is None:
        return load_lexicon(default, sensitive=True)
    if isinstance(given, (str, PurePath)):
        return load_lexicon(Path(given) if isinstance(given, PurePath) else given, sensitive=True)
    if isinstance(given, pd.DataFrame):
        frame = given if "axis" in given or "group" not in given else given.assign(axis=OWN_AXIS)
        return checked(frame, "the lexicon given")
    if not isinstance(given, Mapping):
        raise BadParameterError(
            "Expected a lexicon, or terms by group", f"found {type(given).__name__}", _TODO
        )
    rows = list(dict.fromkeys(_rows_of(given)))
    if not rows:
        raise BadParameterError("Expected at least one group with terms", "found none", _TODO)
    return checked(pd.DataFrame(rows, columns=list(NEEDED), dtype="string"), "the terms given")


def _rows_of(given: Mapping[Any, Any]) -> Iterator[tuple[str, str, str]]:
    """Give term, group and axis of a dictionary of groups, or of axes with groups."""
    for name, value in given.items():
        inner = value if isinstance(value, Mapping) else {name: value}
        axis = str(name) if isinstance(value, Mapping) else OWN_AXIS
        for group, words in inner.items():
            words = [words] if isinstance(words, str) else words
            several = sorted(words) if isinstance(words, (set, frozenset)) else words
            if not isinstance(several, Iterable) or isinstance(several, (bytes, Mapping)):
                several = ()
            listed = list(several)
            if not listed or not all(isinstance(word, str) and any(map(in_word, word)) for word in listed):
                raise BadParameterError(
                    "Expected terms with letters for every group",
                    f"found none, or another, in {printable(str(group), 40)!r}",
                    _TODO,
                )
            for word in listed:
                half = any(map(halved, (word, str(group), axis)))
                if fault := "half a surrogate pair" if half else unfit(plain_word(word)):
                    raise BadParameterError(
                        f"Expected terms of plain text, at most 200 characters long, in {printable(str(group), 40)!r}",
                        f"found {fault}",
                        "mend or leave out the term",
                    )
                yield plain_word(word), str(group), axis


def _path(name: str | Path) -> Path:
    """Give the file of a lexicon by its name or path."""
    if not isinstance(name, (str, PurePath)):
        raise BadParameterError(
            "Expected the name or path of a lexicon", f"found {type(name).__name__}", "see lk.list_lexicons()"
        )
    if str(name) in LEXICONS:
        return data_path(f"lexicons/{name}.csv")
    path = Path(name)
    if path.suffix.lower() != ".csv" or not path.is_file():
        raise BadParameterError(
            f"Expected the name of a lexicon ({', '.join(LEXICONS)}) or the path of a CSV file",
            f"found {printable(str(name), 120)!r}, which is neither",
            "see lk.list_lexicons(), or check the path",
        )
    if path.stat().st_size > MOST_BYTES:
        raise BadParameterError(
            f"Expected a lexicon of at most {MOST_BYTES // 2**20} MB",
            f"found {path.stat().st_size // 2**20} MB",
            "split it by axis",
        )
    return path


def _read(path: Path) -> pd.DataFrame:
    """Read and check a CSV file of terms."""
    import pandas as pd

    try:  # the first line is read as a row: else pandas renames doubled columns and shifts long lines
        table = pd.read_csv(
            path, dtype=str, keep_default_na=False, encoding="utf-8-sig", header=None, skip_blank_lines=False
        )
    except (ValueError, UnicodeDecodeError) as error:  # pandas' own parser errors are ValueErrors
        raise BadFrameError(
            f"Expected a CSV file in UTF-8 at {printable(path.name, 80)}, as many cells a line as in the first",
            f"found {printable(str(error), 120)}",
            "save it as CSV with a header line, and quotes around a cell that holds a comma",
        ) from None
    table = table[table.fillna("").ne("").any(axis=1)]
    rows = table.iloc[1:].set_axis(table.iloc[0].fillna("").tolist(), axis=1)
    return checked(rows, path.name, [place + 1 for place in rows.index])
