"""What the commands ``leakkit fetch --list`` and ``leakkit check-data`` print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from leakkit.leak.text import printable


def sources_table(folder: Path | None) -> str:
    """Give a few lines on each source that can be fetched."""
    from leakkit.sources import data_folder, list_sources

    lines = [
        "Catalogues of incidents, and tables on bias; fetched ones lie in "
        f"{printable(str(data_folder(folder)))}",
        "",
    ]
    for row in list_sources(folder).fillna({"version": "", "harms": ""}).itertuples():
        state = f"fetched on {row.fetched_on}, SHA-256 {row.fetched_sha256}" if row.fetched else "not fetched"
        version = f"version {row.version}" if row.version else "changes; no version is fixed"
        lines += [
            f"{row.name:<6} {row.what}",
            f"       {state}; {version}; licence {row.licence}",
            f"       attribution: {row.attribution}",
            f"       {row.page}",
            *([f"       known harms: {row.harms}"] if row.harms else []),
        ]
    return "\n".join(lines)


def checked(files: Sequence[Path] | None) -> tuple[str, bool]:
    """Check tables of facts; gives what to print, and whether nothing was found."""
    from leakkit.incidents.check import check_data
    from leakkit.incidents.tables import TABLES

    problems = check_data(files or None)
    n_files = len(files) if files else len(TABLES)
    tables = f"{n_files} table{'s' if n_files != 1 else ''}"
    if not problems:
        return f"Nothing wrong in {tables}.", True
    rows = len({(problem.file, problem.line) for problem in problems})
    faults = f"{len(problems):,} fault{'s' if len(problems) != 1 else ''}"
    summary = f"{faults} in {rows:,} line{'s' if rows != 1 else ''} of {tables}."
    return "\n".join([*map(str, problems), summary]), False
