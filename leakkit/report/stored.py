"""Execute committed notebooks from clean and store their outputs, so that a diff is a change of argument."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadParameterError, MissingExtraError
from leakkit.report.notebooks import read_notebook
from leakkit.report.progress import cell_bar, watched
from leakkit.report.run import run_notebook

if TYPE_CHECKING:
    from nbformat import NotebookNode

_METADATA: dict[str, Any] = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

_BUNDLED_ALONE = {"LEAKKIT_INCIDENTS": "ai_leak", "LEAKKIT_BIAS_TABLES": "none"}
"""Stored outputs are those without catalogues and tables that were fetched, whatever this machine holds."""


def execute_notebooks(folder: Path) -> Iterator[Path]:
    """Format, run and store every notebook of a folder; gives each path when it is stored.

    Parameters
    ----------
    folder : Path
        Holds the notebooks. Each is run on the sample leak and written only if it ran to its end.

    Raises
    ------
    BadParameterError
        There is no notebook.
    NotebookFailedError
        A cell raised.
    """
    paths = sorted(folder.glob("*.ipynb"))
    if not paths:
        raise BadParameterError(
            "Expected a folder with notebooks", "found none in it", "run this from the top of the repository"
        )
    format_notebooks(paths)
    for path in paths:
        notebook = clean_notebook(read_notebook(path))
        n_cells = sum(cell.cell_type == "code" for cell in notebook.cells)
        with cell_bar(n_cells, show=watched()) as bar:
            bar.set_description(path.stem)
            run_notebook(notebook, path.name, _BUNDLED_ALONE, bar.update)
        write_notebook(notebook, path)
        yield path


def format_notebooks(paths: list[Path]) -> None:
    """Let ruff format the code cells."""
    if importlib.util.find_spec("ruff") is None:
        raise MissingExtraError(
            "Expected the package ruff, which formats code cells",
            "found it missing",
            'install the extra "dev": python -m pip install "leakkit[dev]"',
        )
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", *map(str, paths)], check=True)


def clean_notebook(notebook: NotebookNode) -> NotebookNode:
    """Drop outputs, counts and everything that a front end leaves behind; keep tags and cell identifiers."""
    kept = {"leakkit": notebook.metadata["leakkit"]} if "leakkit" in notebook.metadata else {}
    notebook.metadata = type(notebook.metadata)(**_METADATA, **kept)
    for cell in notebook.cells:
        cell.metadata = type(cell.metadata)(
            {"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {}
        )
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook; it replaces the old file only when it is whole."""
    import nbformat

    notebook.metadata = type(notebook.metadata)(**{**notebook.metadata, **_METADATA})
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
