"""What ships with leakkit: the invented leak, the truth about it, tables of facts, the notebooks.

Everything is looked for in ``leakkit/_bundle/`` first (an installed wheel), else in ``data/`` and
``notebooks/`` at the top of the repository (a clone).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from leakkit.errors import BadParameterError, LeakNotFoundError

if TYPE_CHECKING:
    import pandas as pd

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "_bundle", _PACKAGE.parent)

_TRUTH_DTYPES = {
    "truth": {"size": "int64", "present": "bool", "n_params": "Int64"},
    "pii": {"placeholder": "bool"},
    "people": {"n_spans": "int64", "n_paths": "int64", "n_same_name": "int64"},
}


def _find(folder: str, kind: str) -> Path:
    """Give a bundled folder, from the wheel or from the repository."""
    for root in _ROOTS:
        if (root / folder).is_dir():
            return root / folder
    raise LeakNotFoundError(
        f"Expected leakkit's {kind} in leakkit/_bundle/{folder} or in {folder}/ beside the package",
        "found neither",
        "install leakkit from a wheel, or run it from a whole clone of the repository",
    )


def data_path(name: str = "") -> Path:
    """Path of a bundled data file or folder.

    Parameters
    ----------
    name : str
        Path below ``data/``, with forward slashes; empty for the folder itself.

    Returns
    -------
    pathlib.Path
        An existing path.

    Raises
    ------
    BadParameterError
        When nothing of that name ships with leakkit, or `name` points outside ``data/``.

    Examples
    --------
    >>> data_path("registry.csv").name
    'registry.csv'
    """
    folder = _find("data", "bundled data")
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or not path.exists():
        known = ", ".join(sorted(p.name for p in folder.iterdir() if not p.name.startswith((".", "_"))))
        raise BadParameterError(
            "Expected the name of something in leakkit's data folder",
            f"found {name!r}",
            f"choose one of: {known}",
        )
    return path


def sample_leak() -> Path:
    """Path of the invented leak: a folder as an exposed bucket of a model hub would look.

    Every person, number and key in it was made up. It holds one inert pickle that would run a
    command (an ``echo``) if a program loaded it; leakkit does not.

    Returns
    -------
    pathlib.Path

    Examples
    --------
    >>> sample_leak().name
    'sample_leak'
    """
    return data_path("sample_leak")


def sample_truth(table: str = "truth") -> pd.DataFrame:
    """What was planted in the sample leak.

    Parameters
    ----------
    table : str
        ``truth`` (one row a member, members of archives included), or one of the further tables:
        ``access``, ``bias_rates``, ``bias_tables``, ``claimed``, ``columns``, ``evals``,
        ``label_bias``, ``licences``, ``lineage``, ``output_bias``, ``people``, ``pii``, ``text_bias``.
        ``data/README.md`` explains their columns.

    Returns
    -------
    pandas.DataFrame
        Text columns hold an empty string where there is nothing to say; numbers are missing (NA)
        where they do not apply.

    Raises
    ------
    BadParameterError
        When there is no such table.

    Examples
    --------
    >>> truth = sample_truth()
    >>> truth.loc[truth["danger"] == "yes", "format"].unique().tolist()
    ['pickle', 'tar', 'text']
    """
    import pandas as pd

    path = data_path("sample_leak_truth.csv") if table == "truth" else _further(table)
    frame = pd.read_csv(path, dtype=_TRUTH_DTYPES.get(table))
    texts = frame.columns[frame.dtypes.map(pd.api.types.is_string_dtype)]
    return frame.fillna(dict.fromkeys(texts, ""))


def _further(table: str) -> Path:
    """Give the file of one of the further truth tables."""
    folder = data_path("sample_leak_truth")
    tables = {path.name.split(".")[0]: path for path in folder.glob("*.csv*")}
    if table not in tables:
        raise BadParameterError(
            "Expected the name of a truth table",
            f"found {table!r}",
            f"choose one of: {', '.join(['truth', *sorted(tables)])}",
        )
    return tables[table]


def notebooks_folder() -> Path:
    """Path of the folder that holds the themed notebooks.

    Returns
    -------
    pathlib.Path
    """
    return _find("notebooks", "notebooks")


def known_truth(leak: object, table: str = "pii") -> pd.DataFrame:
    """What is known to be in a leak: a truth table for the sample leak, no rows for any other.

    Parameters
    ----------
    leak : str, path or Leak
        The leak that is looked at.
    table : str
        As for `sample_truth`.

    Returns
    -------
    pandas.DataFrame
        The columns are the same in both cases, so that a notebook runs on every leak.

    Examples
    --------
    >>> len(known_truth(sample_leak())) > 30_000, len(known_truth("elsewhere"))
    (True, 0)
    """
    truth = sample_truth(table)
    place = getattr(leak, "place", leak)
    try:
        same = Path(str(place)).resolve() == sample_leak().resolve()
    except OSError:
        same = False
    return truth if same else truth.head(0)


def load_pii_prevalence(confidence: tuple[str, ...] = ("high",)) -> pd.DataFrame:
    """Published counts of personal data in known corpora, to compare a leak's rates with.

    Parameters
    ----------
    confidence : tuple of {'high', 'medium', 'low'}
        Which rows: high ones rest on a page that was read.

    Returns
    -------
    pandas.DataFrame
        One row a corpus and entity: ``corpus``, ``entity``, ``count`` (instances, as published),
        ``precision_percent`` (of 100 instances that the authors looked at), ``corpus_documents``,
        ``rate_per_1000_documents`` (our division), ``method``, ``source_title``, ``source_url``, ``notes``,
        ``confidence``. Missing means not published.

    Notes
    -----
    Misleading: another detector gives another count. Precision ranges from 7 % (telephone numbers in
    LAION-2B-en) to 100 %, and recall was never measured, so only orders of magnitude compare.

    Examples
    --------
    >>> known = load_pii_prevalence()
    >>> sorted(set(known.loc[known["corpus"].eq("C4"), "entity"]))
    ['email_address', 'ip_address', 'phone_number']
    """
    import pandas as pd

    table = pd.read_csv(data_path("corpus_pii_prevalence.csv"))
    return table[table["confidence"].isin(confidence)].reset_index(drop=True)


def load_staff_numbers() -> pd.DataFrame:
    """Sixty invented lines with and without an invented staff number, for the exercise of notebook 04.

    Returns
    -------
    pandas.DataFrame
        ``text``, and ``start`` and ``end`` of the number (Int64, code points; missing where there is none).

    Examples
    --------
    >>> lines = load_staff_numbers()
    >>> len(lines), int(lines["start"].notna().sum())
    (60, 30)
    """
    import pandas as pd

    return pd.read_csv(
        data_path("exercises/staff_numbers.csv"), dtype={"text": str, "start": "Int64", "end": "Int64"}
    )


def is_staff_number(value: str) -> bool:
    """Tell whether the check letter of an invented staff number fits its digits.

    Parameters
    ----------
    value : str
        ``FM-``, five digits, ``-`` and a letter.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_staff_number("FM-76842-G"), is_staff_number("FM-76842-H"), is_staff_number("FM-7")
    (True, False, False)
    """
    digits, letter = value[3:8], value[9:]
    if not (digits.isascii() and digits.isdigit() and len(digits) == 5):
        return False
    return letter == "ABCDEFGHKL"[sum((place + 2) * int(digit) for place, digit in enumerate(digits)) % 10]
