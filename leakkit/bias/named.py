"""Small CSV files in which people say how tables of a leak are to be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.bundled import sample_leak
from leakkit.errors import BadFrameError, LeakNotFoundError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

    from leakkit.frames import Frame


def read_named(path: Path, frame: Frame, needed: tuple[str, ...], example: str) -> pd.DataFrame:
    """Read such a file into its frame, in the order of the file.

    Raises
    ------
    LeakNotFoundError
        There is no such file.
    BadFrameError
        Columns or cells in `needed` are missing; the lines are named.
    """
    import pandas as pd

    if not path.is_file():
        raise LeakNotFoundError(
            "Expected a CSV file that says how tables are to be read",
            f"found none called {printable(path.name, 100)!r}",
            f"check the spelling; {example} is an example",
        )
    try:
        table = pd.read_csv(path, dtype="string", keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, OSError) as error:  # bad CSV and bad text are values
        raise BadFrameError(
            f"Expected {printable(path.name, 100)!r} to be a CSV file in UTF-8",
            f"found what cannot be read as one ({type(error).__name__})",
            f"save it again; {example} is an example",
        ) from None
    if not isinstance(table.index, pd.RangeIndex):  # pandas takes the first cells of such lines for names
        raise BadFrameError(
            f"Expected as many cells in every line of {printable(path.name, 100)!r} as in the first",
            "found more",
            "put quotes around a cell that holds a comma",
        )
    table = table.apply(lambda column: column.str.strip()).replace("", pd.NA)
    _check(table, path.name, frame, needed, example)
    made = frame.from_rows(table.astype(object).where(table.notna(), None).to_dict("records"))
    order = {path: place for place, path in enumerate(table["path"])}
    return made.sort_values("path", key=lambda paths: paths.map(order), kind="stable", ignore_index=True)


def _check(table: pd.DataFrame, name: str, frame: Frame, needed: tuple[str, ...], example: str) -> None:
    """Raise where a column or a cell that must be filled is not."""
    missing = [column for column in needed if column not in table]
    unknown = [str(column) for column in table.columns if column not in frame.names]
    if missing or unknown:
        found = [f"no {column}" for column in missing] + [printable(column, 40) for column in unknown]
        raise BadFrameError(
            f"Expected {printable(name, 100)!r} to have columns out of {', '.join(frame.names)}",
            f"found {', '.join(found)}",
            f"see {example}",
        )
    holes = [
        f"line {place + 2}, {column}" for column in needed for place in table.index[table[column].isna()]
    ]
    if holes:
        raise BadFrameError(
            f"Expected {', '.join(needed)} in every line of {printable(name, 100)!r}",
            f"found empty cells at {'; '.join(holes[:5])}",
            "fill them: what a label means must be named",
        )


def is_sample(leak: Any) -> bool:
    """Tell whether this is the leak that ships with leakkit."""
    try:
        return Path(str(getattr(leak, "place", leak))).resolve() == sample_leak().resolve()
    except OSError:
        return False
