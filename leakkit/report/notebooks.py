"""Which notebooks there are, which of them make a report, and what they ask."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from leakkit.bundled import notebooks_folder
from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    from nbformat import NotebookNode


def notebook_paths(notebooks: Iterable[str | Path] | None = None) -> list[Path]:
    """Give the notebooks of a report in reading order; by default those that ship and take a leak.

    A notebook of the set stays out of reports when its metadata says ``"leakkit": {"report": false}``.

    Raises
    ------
    BadParameterError
        One of `notebooks` is no notebook file, or two have the same name.
    """
    if notebooks is None:
        return [path for path in sorted(notebooks_folder().glob("*.ipynb")) if _in_report(path)]
    chosen = [Path(notebook) for notebook in notebooks]
    for path in chosen:
        if path.suffix != ".ipynb" or not path.is_file():
            raise BadParameterError(
                "Expected notebook files (.ipynb)",
                f"found {printable(path.name, 100)}",
                "check the name and the folder",
            )
    if len({path.stem for path in chosen} | {"index"}) <= len(chosen):
        raise BadParameterError(
            "Expected notebooks with different names, none called index",
            f"found {', '.join(printable(path.name, 60) for path in chosen)}",
            "rename one, as each becomes a page of that name",
        )
    return chosen


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook as format 4."""
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError) as error:
        raise BadParameterError(
            f"Expected {printable(path.name, 100)} to be a notebook",
            f"found what cannot be read as one ({type(error).__name__})",
            "save it again from JupyterLab",
        ) from None


def title_of(notebook: NotebookNode, name: str) -> str:
    """Give the first heading of a notebook, else its name."""
    for cell in notebook.cells:
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else ():
            if line.startswith("# "):
                return line[2:].strip()
    return name


def _in_report(path: Path) -> bool:
    """Tell whether a notebook of the set belongs into a report."""
    return bool(read_notebook(path).metadata.get("leakkit", {}).get("report", True))
