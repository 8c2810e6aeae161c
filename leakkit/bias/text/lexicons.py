"""Lexicons: the words that the measures of text look for. Ours, or the reader's own in the same columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

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

NEEDED = ("term", "group", "axis")
_OPTIONAL = ("form", "value", "sensitive", "source", "note")
_YES, _NO = {"true", "yes", "1"}, {"false", "no", "0", ""}
MOST_BYTES = 64 * 2**20
MOST_PROBLEMS = 10
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
    wanted = [axis] if isinstance(axis, str) else list(axis or [])
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
            yield from ((_plain(word), str(group), axis) for word in listed)


def checked(frame: pd.DataFrame, where: str, first_line: int = 0) -> pd.DataFrame:
    """Give a LEXICON frame of a table with at least term, group and axis; name every fault.

    Raises
    ------
    BadFrameError
        A column is missing, a cell of these is empty or holds what it must not, or a row occurs twice.
    """
    from leakkit.frames.bias_text import LEXICON

    if missing := [name for name in NEEDED if name not in frame.columns]:
        raise BadFrameError(
            f"Expected the columns {', '.join(NEEDED)} in {printable(where, 80)}",
            f"found no {', '.join(missing)}",
            "see lk.frames.LEXICON.describe() for what each column holds",
        )
    rows, problems, seen = [], [], set()
    names = [name for name in (*NEEDED, *_OPTIONAL) if name in frame.columns]
    for place, cells in enumerate(zip(*(frame[name].tolist() for name in names), strict=True)):
        row, faults = _row(dict(zip(names, cells, strict=True)), where)
        key = (row["axis"], row["group"], row["term"])
        if key in seen:
            faults.append("column term: occurs twice in this group")
        seen.add(key)
        problems += [f"row {place + first_line}, {fault}" for fault in faults]
        rows.append(row)
    if problems:
        more = f" and {len(problems) - MOST_PROBLEMS} more" if len(problems) > MOST_PROBLEMS else ""
        raise BadFrameError(
            f"Expected a lexicon in {printable(where, 80)}",
            f"found {'; '.join(problems[:MOST_PROBLEMS])}{more}",
            "mend these rows",
        )
    return LEXICON.from_rows(rows)


def _row(cells: dict[str, Any], where: str) -> tuple[dict[str, Any], list[str]]:
    """Give one row as the frame holds it, and its faults."""
    faults = []
    text = {
        name: "" if value is None or value != value else str(value).strip()
        for name, value in cells.items()
        if not _missing(value)
    }
    row: dict[str, Any] = {name: text.get(name, "") for name in ("group", "axis", "form", "note")}
    row["term"] = _plain(text.get("term", ""))
    row["source"] = text.get("source") or printable(where, 80)
    faults += [f"column {name}: empty" for name in NEEDED if not row[name]]
    if row["term"] and not any(map(in_word, row["term"])):
        faults.append("column term: no letter or digit")
    if (said := text.get("sensitive", "").lower()) not in _YES | _NO:
        faults.append("column sensitive: neither true nor false")
    row["sensitive"] = said in _YES
    try:
        row["value"] = float(text["value"]) if text.get("value") else None
    except ValueError:
        faults.append("column value: no number")
    return row, faults


def _missing(value: Any) -> bool:
    """Tell whether a cell is missing."""
    import pandas as pd

    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def _plain(term: str) -> str:
    """Give a term in lower case with single spaces and plain apostrophes."""
    return " ".join(term.replace("\u2019", "'").lower().split())


def _path(name: str | Path) -> Path:
    """Give the file of a lexicon by its name or path."""
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

    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, UnicodeDecodeError) as error:  # pandas' own parser errors are ValueErrors
        raise BadFrameError(
            f"Expected a CSV file in UTF-8 at {printable(path.name, 80)}",
            f"found {printable(str(error), 120)}",
            "save it as CSV with a header line",
        ) from None
    return checked(table, path.name, first_line=2)
